"""Finding duplicates: cases with their reason, laws, and people's verdicts."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from review_kit.duplicates import duplicate_counts, find_duplicates, merge_duplicates
from review_kit.errors import ReviewKitError
from review_kit.schema import MERGING_VERDICTS, events_table, pairs_table, records_table

CASES = json.loads((Path(__file__).parent / "duplicate_cases.json").read_text(encoding="utf-8"))
LABELLED = Path(__file__).parents[1].parent / "shared" / "data" / "dedup"
TITLE = "Stepwise rewards for reasoning about rare diseases"


def records_of(*rows: dict) -> pd.DataFrame:
    """Records with ids a, b, c ... and the source "list"."""
    return records_table([
        {"record_id": chr(97 + i), "source": "list", "line": i + 1, "title_raw": row.get("title"), **row}
        for i, row in enumerate(rows)
    ])


def verdict_on(pairs: pd.DataFrame, one: str = "a", other: str = "b") -> str:
    """The verdict on a pair; a pair that is not listed is different."""
    found = pairs[(pairs["record_id_1"] == one) & (pairs["record_id_2"] == other)]
    return "different" if found.empty else found["verdict"].iloc[0]


def judged(one: str, other: str, verdict: str, *, event_id: str, reviewer: str = "anna") -> dict:
    """A row of the events table in which a person judged a pair."""
    return {"event_id": event_id, "kind": "judge_pair", "record_id": one, "reviewer": reviewer,
            "value": {"record_id_2": other, "verdict": verdict}}


@pytest.mark.parametrize("case", CASES, ids=[case["id"] for case in CASES])
@pytest.mark.parametrize("swapped", [False, True], ids=["in order", "swapped"])
def test_a_case_gets_its_verdict(case, swapped):
    rows = [{**case["one"], "record_id": "one"}, {**case["other"], "record_id": "other"}]
    pairs = find_duplicates(records_of(*(reversed(rows) if swapped else rows)))
    assert case["verdict"] == verdict_on(pairs, "one", "other"), case["why"]
    assert pairs["evidence"].str.contains(case.get("evidence", "")).all()


def test_every_case_says_why_and_has_an_id_of_its_own():
    assert len(CASES) == len({case["id"] for case in CASES})
    assert all(case["why"].endswith(".") for case in CASES)


def test_the_order_of_the_rows_changes_nothing():
    records = records_of(*(side for case in CASES for side in (case["one"], case["other"])))
    records["record_id"] = [f"r{i:03d}" for i in range(len(records))]
    shuffled = records.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(find_duplicates(records), find_duplicates(shuffled))


def test_the_records_are_not_changed():
    records = records_of(CASES[3]["one"], CASES[3]["other"])
    before = records.copy(deep=True)
    merge_duplicates(records, find_duplicates(records))
    pd.testing.assert_frame_equal(before, records)


def test_no_records_give_no_pairs():
    assert 0 == len(find_duplicates(records_table([])))
    assert 0 == len(find_duplicates(records_of({"title": None})))


@pytest.mark.parametrize("text", ["\ud800 half", "a" * 100_000, "(" * 10_000, "[Review" * 2_000, "x\x00y", "???"])
def test_odd_text_is_compared_in_moments(text):
    row = {"title": text, "venue": text, "authors": [text], "doi": text, "volume": text, "pages": text,
           "other_ids": {"acl": text}}
    records = records_of(row, row, {**row, "venue": text[::-1]})
    assert 3 == sum(map(len, merge_duplicates(records, find_duplicates(records))["record_ids"]))


def test_every_shown_pair_says_why_in_words():
    records = records_of(*(side for case in CASES for side in (case["one"], case["other"])))
    records["record_id"] = [f"r{i:03d}" for i in range(len(records))]
    pairs = find_duplicates(records)
    assert pairs["evidence"].str.len().gt(10).all()
    assert pairs["score"].between(0, 1).all()
    assert {"rules"} == set(pairs["judged_by"])


def test_two_records_with_one_id_are_refused():
    records = records_of({"title": TITLE}, {"title": TITLE}).assign(record_id="same")
    with pytest.raises(ReviewKitError, match="same"):
        find_duplicates(records)


def test_a_persons_verdict_outranks_the_rules():
    records = records_of({"title": TITLE, "arxiv_id": "2501.00001"}, {"title": TITLE, "arxiv_id": "2501.00001"})
    pairs = find_duplicates(records, verdicts=events_table([judged("b", "a", "different", event_id="1")]))
    assert ["different", "anna"] == pairs.loc[0, ["verdict", "judged_by"]].tolist()
    assert "rules: duplicate" in pairs.loc[0, "evidence"]


def test_a_person_may_join_what_the_rules_never_compared():
    records = records_of({"title": TITLE}, {"title": "Querying network directories"})
    pairs = find_duplicates(records, verdicts=events_table([judged("a", "b", "duplicate", event_id="1")]))
    assert "duplicate" == verdict_on(pairs)


def test_the_later_verdict_wins_and_an_undone_one_does_not_count():
    records = records_of({"title": TITLE}, {"title": TITLE})
    events = [judged("a", "b", "different", event_id="1"), judged("a", "b", "maybe", event_id="2", reviewer="ben")]
    assert "maybe" == verdict_on(find_duplicates(records, verdicts=events_table(events)))
    undo = {"event_id": "3", "kind": "undo", "reviewer": "ben", "value": "2"}
    assert "different" == verdict_on(find_duplicates(records, verdicts=events_table([*events, undo])))


def test_people_verdicts_survive_being_found_again():
    records = records_of({"title": TITLE}, {"title": TITLE}, {"title": TITLE + " today"})
    first = find_duplicates(records, verdicts=events_table([judged("a", "b", "different", event_id="1")]))
    pd.testing.assert_frame_equal(first, find_duplicates(records, verdicts=first))


def test_a_verdict_that_is_no_verdict_is_refused():
    with pytest.raises(ReviewKitError, match="perhaps"):
        find_duplicates(records_of({"title": TITLE}, {"title": TITLE}),
                        verdicts=events_table([judged("a", "b", "perhaps", event_id="1")]))


def test_a_chain_does_not_join_what_a_person_keeps_apart():
    records = records_of({"title": TITLE}, {"title": TITLE}, {"title": TITLE})
    pairs = find_duplicates(records, verdicts=events_table([judged("a", "c", "different", event_id="1")]))
    papers = merge_duplicates(records, pairs)
    assert 2 == len(papers)
    assert not any({"a", "c"} <= set(ids) for ids in papers["record_ids"])
    assert 1 == pairs["verdict"].eq("maybe").sum()
    assert pairs.loc[pairs["verdict"] == "maybe", "evidence"].str.contains("would put").all()


def test_a_chain_does_not_join_two_arxiv_ids():
    records = records_of({"title": TITLE, "arxiv_id": "2501.00001"}, {"title": TITLE},
                         {"title": TITLE, "arxiv_id": "2502.00002"})
    papers = merge_duplicates(records, find_duplicates(records))
    assert 2 == len(papers)
    assert not any({"a", "c"} <= set(ids) for ids in papers["record_ids"])


def test_a_person_may_join_records_with_contradicting_ids():
    records = records_of({"title": TITLE, "arxiv_id": "2501.00001"}, {"title": TITLE, "arxiv_id": "2502.00002"})
    pairs = find_duplicates(records, verdicts=events_table([judged("a", "b", "duplicate", event_id="1")]))
    assert 1 == len(merge_duplicates(records, pairs))


def test_people_are_asked_once_about_two_papers():
    abstract = {"title": TITLE, "authors": ["Berg, A.", "Lind, P."], "year": 2011, "venue": "Meetings", "volume": "3"}
    article = {**abstract, "year": 2012, "venue": "Rare Diseases", "volume": "40"}
    records = records_of(abstract, abstract, article, article)
    pairs = find_duplicates(records)
    assert 1 == pairs["verdict"].eq("maybe").sum()
    asked = pairs[pairs["verdict"] == "maybe"].iloc[0]
    answer = judged(asked["record_id_1"], asked["record_id_2"], "different", event_id="1")
    assert not find_duplicates(records, verdicts=events_table([answer]))["verdict"].eq("maybe").any()
    answer["value"]["verdict"] = "duplicate"
    again = find_duplicates(records, verdicts=events_table([answer]))
    assert not again["verdict"].eq("maybe").any()
    assert 1 == len(merge_duplicates(records, again))


def test_only_pairs_with_a_new_record_are_compared():
    records = records_of({"title": TITLE}, {"title": TITLE}, {"title": TITLE})
    pairs = find_duplicates(records, new=["c"])
    assert [["a", "c"], ["b", "c"]] == pairs[["record_id_1", "record_id_2"]].values.tolist()


def test_old_and_new_pairs_together_are_all_pairs():
    rows = [side for case in CASES for side in (case["one"], case["other"])]
    records = records_of(*rows)
    records["record_id"] = [f"r{i:03d}" for i in range(len(records))]
    old = find_duplicates(records.iloc[:50])
    both = pd.concat([old, find_duplicates(records, new=records["record_id"].iloc[50:])])
    everything = find_duplicates(records)
    told = both[both["verdict"] != "maybe"], everything[everything["verdict"] != "maybe"]
    ids = [set(map(tuple, pairs[["record_id_1", "record_id_2"]].values)) for pairs in told]
    assert ids[0] == ids[1]


def test_a_title_of_every_year_is_not_one_paper():
    rows = [{"title": "News from the working group on plans", "authors": ["Lee, A."], "year": 2000 + i // 2,
             "venue": "Notes"} for i in range(10)]
    assert not find_duplicates(records_of(*rows))["verdict"].isin(MERGING_VERDICTS).any()


def test_counts_for_prisma_add_up():
    records = records_of({"title": TITLE}, {"title": TITLE}, {"title": "Querying network directories", "source": "db"},
                         {"title": TITLE, "source": "db"})
    counts = duplicate_counts(records, merge_duplicates(records, find_duplicates(records)))
    assert [4, 2, 2] == counts.loc["total", ["records", "papers", "duplicates_removed"]].tolist()
    assert 1 == counts.loc["db", "also in list"]
    assert (counts["records"] == counts["papers"] + counts["duplicates_removed"]).all()
    assert (counts["duplicates_removed"] == counts[["also in list", "also in db"]].sum(axis=1)).all()


def test_counts_refuse_papers_of_other_records():
    records = records_of({"title": TITLE}, {"title": "Querying network directories"})
    papers = merge_duplicates(records, pairs_table([]))
    with pytest.raises(ReviewKitError, match="exactly one paper"):
        duplicate_counts(records.iloc[:1], papers)


def test_pairs_are_the_same_from_disk(tmp_path):
    pytest.importorskip("duckdb", reason="needs the extra [large]")
    from review_kit.duplicates import find_duplicates_on_disk

    records = records_of(*(side for case in CASES for side in (case["one"], case["other"])))
    records["record_id"] = [f"r{i:03d}" for i in range(len(records))]
    verdicts = events_table([judged("r000", "r001", "duplicate", event_id="1")])
    parts = find_duplicates_on_disk([records.iloc[30:], records.iloc[:30]], tmp_path / "pairs.db", verdicts=verdicts)
    on_disk = pd.concat(list(parts), ignore_index=True)
    pd.testing.assert_frame_equal(find_duplicates(records, verdicts=verdicts), on_disk)
    with pytest.raises(ReviewKitError, match="not there yet"):
        next(find_duplicates_on_disk([records], tmp_path / "pairs.db"))


@pytest.mark.skipif(not LABELLED.exists(), reason="the labelled sets are not here")
@pytest.mark.parametrize(("name", "sensitivity", "specificity"), [
    ("ASY_diabetes", 0.998, 0.999), ("SRA_cytology_screening", 0.992, 0.999), ("SRA_stroke", 0.98, 0.999),
    ("ER_dblp_acm", 0.95, 0.99),
])
def test_labelled_sets_are_told_apart(name, sensitivity, specificity, monkeypatch):
    monkeypatch.syspath_prepend(Path(__file__).parents[1])
    from benchmarks.duplicates import labelled_records, scores

    records, clusters = labelled_records(LABELLED / f"{name}.csv.gz")
    papers = merge_duplicates(records, find_duplicates(records))
    found = {member: ids[0] for ids in papers["record_ids"] for member in ids}
    score = scores(clusters, found)
    assert sensitivity <= score["sensitivity"]
    assert specificity <= score["specificity"]


def test_a_resolver_before_the_doi_is_no_difference():
    dois = ("https://doi.org/10.1000/ABC.1", "10.1000/abc.1")
    rows = [{"record_id": str(n), "title": "One good title of a paper", "doi": doi} for n, doi in enumerate(dois)]
    records = records_table(rows)
    assert ["duplicate"] == find_duplicates(records)["verdict"].tolist()
