import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_kit.cite_keys import LEGAL_KEY, citation_keys
from review_kit.schema import papers_table

PAYLOADS = Path(__file__).parents[1].parent / "shared" / "reliability" / "payloads.json"


def papers(*rows):
    return papers_table({"paper_id": f"p-{n}", **row} for n, row in enumerate(rows))


def key_of(**row):
    return citation_keys(papers(row)).iloc[0]


@pytest.mark.parametrize(("author", "year", "title", "expected"), [
    ("Lai, Yuxiang", 2025, "Med-R1: Reinforcement Learning for Medical Reasoning", "lai2025medr1"),
    ("Singhal, Karan", 2023, "Towards Expert-Level Medical Question Answering", "singhal2023expertlevel"),
    ("Tomašev, Nenad", 2024, "The Ångström: a study", "tomasev2024angstrom"),
    ("van der Berg, Jan", 2020, "On the Reasoning in the Age of Large Models: A Survey", "vanderberg2020reasoning"),
    ("Lüders, Łukasz", 2021, "Straße", "luders2021strasse"),
    ("Google Research", 2025, "MedGemma Technical Report", "google2025medgemma"),
    ("King, Jr., Martin Luther", 1963, "A letter", "king1963letter"),
    ("Lu, K", 2025, r"Med-R$^3$: Retrieval", "lu2025medr3"),
    ("王, 伟", 2020, "Reasoning 模型", "reasoning2020"),
])
def test_a_key_is_first_author_year_and_short_name(author, year, title, expected):
    assert expected == key_of(authors=[author], year=year, title=title)


def test_without_an_author_the_title_speaks():
    assert "medprm2025" == key_of(title="Med-PRM: rewards", year=2025)


def test_a_paper_with_nothing_to_build_on_still_has_a_legal_key():
    assert LEGAL_KEY.fullmatch(key_of(title="日本語"))
    assert LEGAL_KEY.fullmatch(key_of())


def test_papers_that_share_a_key_are_told_apart_by_date_whatever_the_row_order():
    table = papers(
        {"authors": ["Li, A"], "year": 2025, "month": 9, "title": "Med: later"},
        {"authors": ["Li, B"], "year": 2025, "month": 2, "title": "Med: earlier"},
        {"authors": ["Li, C"], "year": 2025, "month": 5, "title": "Med: between"},
    )
    keys = citation_keys(table)
    assert ["li2025medb", "li2025med", "li2025meda"] == keys.tolist()
    assert keys.sort_index().equals(citation_keys(table.iloc[[2, 0, 1]]).sort_index())


def test_a_suffix_never_takes_the_key_of_another_paper():
    table = papers({"authors": ["Li, A"], "year": 2025, "title": "Med: x"}, {"authors": ["Li, A"], "year": 2025,
                   "title": "Med: y"}, {"authors": ["Li, A"], "year": 2025, "title": "Meda: z"})
    assert ["li2025med", "li2025medb", "li2025meda"] == citation_keys(table).tolist()


def test_a_pinned_key_is_kept_and_never_given_again():
    table = papers({"authors": ["Li, A"], "year": 2020, "title": "Med: x"},
                   {"title": "Other", "year": 2025, "citation_key": "Li2020Med"})
    assert ["li2020meda", "Li2020Med"] == citation_keys(table).tolist()


def test_a_later_paper_does_not_rename_an_earlier_one():
    first = {"authors": ["Li, A"], "year": 2025, "month": 1, "title": "Med: x"}
    later = {"authors": ["Li, B"], "year": 2025, "month": 6, "title": "Med: y"}
    assert key_of(**first) == citation_keys(papers(later, first)).iloc[1]


def test_keys_are_unique_without_regard_to_case():
    table = papers(*({"citation_key": key} for key in ("Smith2020", "smith2020", "SMITH2020")))
    assert 3 == citation_keys(table).str.casefold().nunique()


def test_no_paper_gives_an_empty_series():
    assert [] == citation_keys(papers()).tolist()


def test_the_table_is_left_alone():
    table = papers({"title": "x", "authors": ["A, B"]})
    before = table.copy(deep=True)
    citation_keys(table)
    assert before.equals(table)


def hostile_keys():
    if not PAYLOADS.exists():
        return ["a}b", "a b", "a%b", "@a", "日本2020", "x" * 300, "\ud800", "a\tb", "a,b", "\\a", "á"]
    found = [p["payload"] for p in json.loads(PAYLOADS.read_text()) if p["cat"] == "bibkey" or p["field"] == "key"]
    return [p if isinstance(p, str) else p["unit"] * p["times"] + p["tail"] for p in found]


def test_hostile_pinned_keys_become_legal_unique_and_stable():
    hostile = hostile_keys()
    table = papers(*({"citation_key": key, "title": key} for key in hostile))
    keys = citation_keys(table)
    assert all(LEGAL_KEY.fullmatch(key) for key in keys)
    assert len(hostile) == keys.str.casefold().nunique()
    assert keys.sort_index().equals(citation_keys(table[::-1]).sort_index())
    assert [key for key in hostile if LEGAL_KEY.fullmatch(key)] == [
        key for key, old in zip(keys, hostile) if LEGAL_KEY.fullmatch(old)]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(), st.text(), st.one_of(st.none(), st.integers(1900, 2030))), max_size=6))
def test_any_text_gives_legal_unique_keys(rows):
    table = papers(*({"authors": [a] if a else [], "title": t, "year": y} for a, t, y in rows))
    keys = citation_keys(table)
    assert all(LEGAL_KEY.fullmatch(key) for key in keys)
    assert len(rows) == keys.str.casefold().nunique()
