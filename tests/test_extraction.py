import pandas as pd

from review_kit.extraction import extraction_details, extraction_table, notes_table, tag_table
from review_kit.protocol import Item, Protocol
from review_kit.schema import events_table, papers_table

PAPERS = papers_table([{"paper_id": "a-1", "record_ids": ["a-1", "b-7"]}, {"paper_id": "a-2", "record_ids": ["a-2"]}])


def log(*acts):
    rows = [{"event_id": f"e{n}", "seq": n, "at": f"2026-01-{n + 1:02d}", "reviewer": "ann", **act}
            for n, act in enumerate(acts)]
    return events_table(rows)


def tag(record_id, value, **more):
    return {"kind": "tag", "record_id": record_id, "value": value, **more}


def extract(record_id, item, value, **more):
    content = {"item": item, "value": value, "quote": more.pop("quote", None), "where": more.pop("where", None)}
    return {"kind": "extract", "record_id": record_id, "value": content, **more}


def note(record_id, text, **more):
    return {"kind": "note", "record_id": record_id, "value": text, **more}


def test_a_tag_finds_its_paper_by_any_record():
    found = tag_table(PAPERS, log(tag("a-2", "free"), tag("b-7", "modality/text")))
    assert [("a-1", "modality/text", "modality"), ("a-2", "free", pd.NA)] == [
        (r.paper_id, r.tag, r.axis) for r in found.itertuples()]


def test_untag_takes_the_tag_off_whoever_set_it():
    events = log(tag("a-1", "m/x"), tag("a-1", "m/x", reviewer="bob"), {**tag("b-7", "m/x"), "kind": "untag"})
    assert tag_table(PAPERS, events).empty


def test_a_tag_set_by_two_people_has_two_rows_and_set_twice_by_one_has_one():
    events = log(tag("a-1", "m/x"), tag("a-1", "m/x"), tag("a-1", "m/x", reviewer="bob"))
    assert ["ann", "bob"] == tag_table(PAPERS, events)["reviewer"].tolist()


def test_what_was_undone_does_not_count():
    events = log(tag("a-1", "m/x"), {"kind": "undo", "value": "e0"})
    assert tag_table(PAPERS, events).empty


def test_events_about_other_papers_are_left_out():
    assert tag_table(PAPERS, log(tag("z-9", "m/x"))).empty


def test_a_rewritten_note_replaces_the_note_of_that_person_alone():
    events = log(note("a-1", "first"), note("a-1", "hers", reviewer="bob"), note("b-7", "second"))
    assert {("ann", "second"), ("bob", "hers")} == set(notes_table(PAPERS, events)[["reviewer", "note"]]
                                                      .itertuples(index=False, name=None))


def test_an_emptied_note_is_gone():
    assert notes_table(PAPERS, log(note("a-1", "x"), note("a-1", " "))).empty


def test_the_last_value_wins_and_every_paper_has_a_row():
    events = log(extract("a-1", "size", 7), extract("b-7", "size", 8, reviewer="bob"),
                 extract("a-1", "bench", ["x", "y"]))
    found = extraction_table(PAPERS, events)
    assert [8, pd.NA] == found["size"].tolist()
    assert ["x", "y"] == found.loc["a-1", "bench"]
    assert PAPERS.index.equals(found.index)


def test_columns_follow_the_protocol():
    protocol = Protocol("t", items=(Item("b", "B"), Item("a", "A")))
    assert ["b", "a", "extra"] == extraction_table(
        PAPERS, log(extract("a-1", "extra", 1), extract("a-1", "a", 2)), protocol=protocol).columns.tolist()


def test_details_keep_quote_and_place():
    [row] = extraction_details(PAPERS, log(extract("a-1", "size", 7, quote="7B", where="p. 2"))).itertuples()
    assert (7, "7B", "p. 2", "ann") == (row.value, row.quote, row.where, row.reviewer)


def test_no_event_gives_empty_tables_with_their_columns():
    for make in (tag_table, notes_table, extraction_details):
        found = make(PAPERS, log())
        assert found.empty and "paper_id" in found.columns
    assert (2, 0) == extraction_table(PAPERS, log()).shape


def test_inputs_are_left_alone():
    papers, events = PAPERS.copy(deep=True), log(tag("a-1", "m/x"), extract("a-1", "b", [1]))
    before = events.copy(deep=True)
    tag_table(papers, events), extraction_table(papers, events), notes_table(papers, events)
    assert papers.equals(PAPERS) and before.equals(events)
