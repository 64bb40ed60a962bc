"""Merging records to papers: the best value per field, where it came from, and nothing lost."""

from __future__ import annotations

import pandas as pd
import pytest

from review_kit.duplicates import find_duplicates, merge_duplicates
from review_kit.duplicates.merging import FIELD_RULES
from review_kit.schema import PAPER_COLUMNS, pairs_table, records_table

PREPRINT = {
    "record_id": "list-1", "source": "list", "line": 12, "title": "MED-R1: LEARNING TO REASON IN MEDICINE",
    "title_raw": "MED-R1: LEARNING TO REASON IN MEDICINE", "authors": ["Lai, Y."], "et_al": True, "year": 2025,
    "month": 3,
    "arxiv_id": "2503.13939", "arxiv_version": 1, "venue": "arXiv", "url": "https://arxiv.org/abs/2503.13939",
    "section": ["Models", "RL"], "keywords": ["RL"], "links": [{"url": "https://github.com/x/y", "label": "code"}],
    "code_url": "https://github.com/x/y", "other_ids": {"s2": "77"},
}
ARTICLE = {
    "record_id": "db-1", "source": "db", "line": 3, "title": "Med-R1: Learning to Reason in Medicine",
    "title_raw": "Med-{R1}: Learning to Reason in Medicine", "authors": ["Lai, Yuxiang", "Zhong, Jike"], "year": 2026,
    "venue": "Medical Imaging", "volume": "45", "pages": "1-12", "doi": "10.1000/med.1", "abstract": "We learn.",
    "keywords": ["rl", "medicine"], "other_ids": {"pmcid": "PMC1"}, "type": "article",
}
AGAIN = {**PREPRINT, "record_id": "list-2", "line": 40, "section": ["Surveys"], "arxiv_version": 3, "source": "list"}


def merged(*rows: dict, verdict: str = "duplicate") -> pd.DataFrame:
    """Papers of records of which each is joined with the next."""
    records = records_table(rows)
    ids = records["record_id"].tolist()
    pairs = [{"record_id_1": a, "record_id_2": b, "verdict": verdict, "score": 1.0, "judged_by": "rules"}
             for a, b in zip(ids, ids[1:])]
    return merge_duplicates(records, pairs_table(pairs))


def test_a_record_without_pairs_is_a_paper_with_every_value():
    papers = merge_duplicates(records_table([ARTICLE]), pairs_table([]))
    assert list(PAPER_COLUMNS) == list(papers.columns)
    assert ["db-1"] == papers.index.tolist()
    for field in ("title", "authors", "year", "venue", "volume", "pages", "doi", "abstract", "keywords", "other_ids"):
        assert ARTICLE[field] == papers.loc["db-1", field]
    assert {"db:3"} == set(papers.loc["db-1", "provenance"].values())
    assert [] == papers.loc["db-1", "versions"]


def test_the_first_record_leads_and_all_records_stay():
    paper = merged(PREPRINT, ARTICLE, AGAIN).loc["list-1"]
    assert ["list-1", "db-1", "list-2"] == paper["record_ids"]
    assert ["list", "db"] == paper["sources"]


def test_both_identifiers_survive():
    paper = merged(PREPRINT, ARTICLE, verdict="versions").loc["list-1"]
    assert ["10.1000/med.1", "2503.13939"] == [paper["doi"], paper["arxiv_id"]]
    assert {"s2": "77", "pmcid": "PMC1"} == paper["other_ids"]


def test_versions_keep_their_own_place_and_identifier():
    preprint, published = merged(PREPRINT, ARTICLE, AGAIN, verdict="versions").loc["list-1", "versions"]
    assert {"record_ids": ["list-1", "list-2"], "type": "preprint", "venue": "arXiv", "year": 2025, "doi": None,
            "arxiv_id": "2503.13939", "url": "https://arxiv.org/abs/2503.13939"} == preprint
    assert ["db-1"] == published["record_ids"]
    assert "10.1000/med.1" == published["doi"]


def test_the_best_value_of_each_field_is_kept_and_its_place_is_told():
    paper = merged(PREPRINT, ARTICLE).loc["list-1"]
    assert "Med-R1: Learning to Reason in Medicine" == paper["title"]
    assert ["Lai, Yuxiang", "Zhong, Jike"] == paper["authors"]
    assert [2026, "Medical Imaging", "45"] == [paper["year"], paper["venue"], paper["volume"]]
    assert pd.isna(paper["month"]), "the month of the preprint is not the month of the article"
    assert "https://github.com/x/y" == paper["code_url"]
    places = {"title": "db:3", "authors": "db:3", "year": "db:3", "doi": "db:3", "arxiv_id": "list:12",
              "code_url": "list:12", "other_ids.s2": "list:12", "other_ids.pmcid": "db:3"}
    assert places.items() <= paper["provenance"].items()


def test_a_full_list_of_authors_is_better_than_et_al():
    paper = merged({**PREPRINT, "authors": ["A, B", "C, D", "E, F"], "et_al": True}, ARTICLE).loc["list-1"]
    assert ["Lai, Yuxiang", "Zhong, Jike"] == paper["authors"]


def test_a_stated_year_is_better_than_an_inferred_one():
    paper = merged({**PREPRINT, "year_inferred": True}, {**PREPRINT, "record_id": "x", "year": 2024}).loc["list-1"]
    assert 2024 == paper["year"]


def test_sections_links_and_keywords_are_united():
    paper = merged(PREPRINT, ARTICLE, AGAIN).loc["list-1"]
    assert ["list: Models / RL", "list: Surveys"] == paper["sections"]
    assert ["RL", "medicine"] == paper["keywords"]
    assert 1 == len(paper["links"])


def test_the_highest_arxiv_version_is_kept():
    assert 3 == merged(PREPRINT, AGAIN).loc["list-1", "arxiv_version"]


@pytest.mark.parametrize("verdict", ["maybe", "different"])
def test_pairs_that_are_not_settled_do_not_merge(verdict):
    assert 2 == len(merged(PREPRINT, ARTICLE, verdict=verdict))


def test_a_merge_is_undone_by_merging_again_without_it():
    records = records_table([PREPRINT, ARTICLE])
    pairs = find_duplicates(records)
    assert 1 == len(merge_duplicates(records, pairs))
    apart = merge_duplicates(records, pairs.assign(verdict="different"))
    pd.testing.assert_frame_equal(apart, merge_duplicates(records, pairs_table([])))


def test_every_record_is_in_exactly_one_paper():
    rows = [{"record_id": f"r{i}", "source": "s", "title": f"Title number {i % 7} of the list"} for i in range(50)]
    records = records_table(rows)
    papers = merge_duplicates(records, find_duplicates(records))
    assert sorted(records["record_id"]) == sorted(member for ids in papers["record_ids"] for member in ids)


def test_inputs_stay_as_they_are():
    records = records_table([PREPRINT, ARTICLE])
    pairs = pairs_table([{"record_id_1": "list-1", "record_id_2": "db-1", "verdict": "versions", "judged_by": "anna"}])
    before = records.copy(deep=True), pairs.copy(deep=True)
    papers = merge_duplicates(records, pairs)
    papers.loc["list-1", "keywords"].append("changed")
    pd.testing.assert_frame_equal(before[0], records)
    pd.testing.assert_frame_equal(before[1], pairs)


def test_every_field_of_a_paper_has_a_rule_with_its_reason():
    ruled = {field for rule in FIELD_RULES for field in rule.fields}
    united = {"other_ids", "links", "keywords", "sources", "sections"}
    made = {"paper_id", "record_ids", "versions", "citation_key", "provenance", "problems"}
    assert set(PAPER_COLUMNS) == ruled | united | made
    assert all(rule.why for rule in FIELD_RULES)


def test_no_records_give_no_papers():
    assert 0 == len(merge_duplicates(records_table([]), pairs_table([])))
