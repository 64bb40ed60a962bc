"""Tables: exact columns and types, missing stays missing, ids that follow their content."""

import pandas as pd
import pytest

from review_kit import schema


def test_a_table_has_exactly_its_columns_and_types():
    records = schema.records_table([{"title": "A", "year": 2025, "authors": ("X, Y",)}])
    assert list(schema.RECORD_COLUMNS) == list(records.columns)
    assert ("string", "Int64", "boolean") == tuple(str(records[c].dtype) for c in ("title", "year", "et_al"))
    assert (["X, Y"], [], {}) == (records["authors"][0], records["keywords"][0], records["extra"][0])


@pytest.mark.parametrize("nothing", [None, float("nan"), pd.NA, "", "  ", "\n"])
def test_what_is_missing_is_missing(nothing):
    assert schema.records_table([{"title": nothing, "raw": "x"}])["title"].isna().all()


@pytest.mark.parametrize("title", ["NA", "None", "null", "nan", "0"])
def test_a_title_may_look_like_nothing(title):
    assert title == schema.records_table([{"title": title}])["title"][0]


def test_a_table_can_be_made_from_a_table_and_shares_no_cell_with_it():
    first = schema.records_table([{"title": "A", "authors": ["X"]}, {"title": "B"}])
    second = schema.make_table(first, schema.RECORD_COLUMNS)
    pd.testing.assert_frame_equal(first, second)
    second["authors"][0].append("Y")
    assert ["X"] == first["authors"][0]


def test_an_empty_table_has_its_columns():
    assert list(schema.PAIR_COLUMNS) == list(schema.pairs_table([]).columns)
    again = schema.make_table(schema.records_table([]), schema.RECORD_COLUMNS)
    assert list(schema.RECORD_COLUMNS) == list(again.columns)


def test_unknown_columns_are_refused():
    with pytest.raises(KeyError, match="colour"):
        schema.records_table([{"colour": "red"}])


def test_ids_follow_the_content_not_the_order():
    rows = [{"source": "s", "title_raw": f"T{n}", "url": f"https://e.org/{n}"} for n in range(5)]
    forward, backward = schema.records_table(rows), schema.records_table(rows[::-1])
    assert forward["record_id"].tolist() == backward["record_id"].tolist()[::-1]


def test_the_same_entry_twice_gets_two_ids():
    ids = schema.records_table([{"source": "s", "title_raw": "T"}] * 3)["record_id"].tolist()
    assert [ids[0], f"{ids[0]}-2", f"{ids[0]}-3"] == ids


def test_a_pair_has_one_spelling():
    pairs = schema.pairs_table([{"record_id_1": "b", "record_id_2": "a", "verdict": "maybe"}])
    assert ("a", "b") == tuple(pairs.loc[0, ["record_id_1", "record_id_2"]])
