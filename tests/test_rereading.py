"""A source is read again: acts stay with their papers, changes are told, and the same file twice adds nothing."""

import random
import shutil
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_kit.acts import paper_label
from review_kit.errors import ReviewKitError, SourceError
from review_kit.rereading import add_source, compare_records, place_events
from review_kit.rereading.identity import is_mended
from review_kit.review_log import ReviewLog
from review_kit.schema import events_table, records_table
from review_kit.screening import assign_papers
from review_kit.search_log import read_search_log

TITLES = (
    "Open-Medical-R1: How to Choose Data for RLVR Training at Medicine Domain",
    "Med-R1: Reinforcement Learning for Generalizable Medical Reasoning in Vision-Language Models",
    "Med-R2: Reinforcement Learning for Generalizable Medical Reasoning in Vision-Language Models",
    "MedRAG: Enhancing Retrieval-augmented Generation with Knowledge Graph-Elicited Reasoning",
    "iVISPAR: An Interactive Visual-Spatial Reasoning Benchmark for VLMs",
    "Medical Adaptation of Large Language Models: Are We Making Progress?",
    "The Limited Impact of Medical Adaptation of Large Language Models",
    "A Survey of Large Language Models in Radiology",
    "A Survey of Large Language Models in Cardiology",
    "Toward Expert-Level Medical Question Answering, Part 1",
    "Toward Expert-Level Medical Question Answering, Part 2",
    "WiNGPT-3.0 Technical Report",
    "Lingshu",
)


def paper(number, **changes):
    """A record of the list; its true paper is kept in ``extra``."""
    row = {"source": "list", "title": TITLES[number], "year": 2025, "arxiv_id": f"2504.{number + 10000}",
           "url": f"https://arxiv.org/abs/2504.{number + 10000}", "extra": {"paper": number}, **changes}
    return {"title_raw": row["title"], **row}


def event(record, kind="note", value="read it", **more):
    return {"event_id": f"e-{record['record_id']}-{kind}", "kind": kind, "record_id": record["record_id"],
            "value": value, "about": paper_label(record), "reviewer": "ada", **more}


def rows(records):
    return records.to_dict("records")


def place_of(record_before, records_after):
    """The record one act is placed on, or None where it is listed."""
    placed, unplaced = place_events(events_table([event(record_before)]), records_after)
    assert 1 == len(placed) + len(unplaced)
    return None if placed.empty else placed["record_id"].iloc[0]


def one(**changes):
    return rows(records_table([paper(0, **changes)]))[0]


def test_an_event_whose_record_is_there_stays_as_it_is():
    records = records_table([paper(0), paper(1)])
    events = events_table([event(row) for row in rows(records)])
    placed, unplaced = place_events(events, records)
    pd.testing.assert_frame_equal(events, placed)
    assert unplaced.empty


@pytest.mark.parametrize("changes", [
    {"title": "Open-Medical-R1: How to Choose Data for RLVR Training at the Medicine Domain"},
    {"title": "How to Choose Data for RLVR Training at Medicine Domain"},
    {"url": "https://arxiv.org/pdf/2504.10000v2"},
    {"url": "https://arxiv.org/abs/2504.99999", "arxiv_id": "2504.99999"},
    {"source": "renamed"},
], ids=["title mended", "name left out", "link mended", "wrong id mended", "source renamed"])
def test_an_event_follows_its_record(changes):
    after = records_table([paper(2), paper(0, **changes), paper(3)])
    assert after["record_id"].iloc[1] == place_of(one(), after)


@pytest.mark.parametrize(("title", "mended"), [
    ("Toward expert-level medical questions answering", "Toward expert-level medical question answering"),
    ("Medical Reasoning in Vision-Language Mode", "Medical Reasoning in Vision-Language Models"),
    ("Large Language Models Learn Medical Reas", "Large Language Models Learn Medical Reasoning From Textbooks"),
    ("Reinforcement Learning for Medical Reasoning", "Med-R1: Reinforcement Learning for Medical Reasoning"),
])
def test_a_slip_in_a_title_without_identifiers_is_recognised(title, mended):
    bare = {"arxiv_id": None, "url": None}
    after = records_table([paper(2, **bare), paper(0, title=mended, **bare)])
    assert after["record_id"].iloc[1] == place_of(one(title=title, **bare), after)


@pytest.mark.parametrize(("title", "other"), [
    ("Large Language Models in Clinical Radiology", "A Survey of Large Language Models in Clinical Radiology"),
    ("Large Language Models in Clinical Radiology", "Comment on: Large Language Models in Clinical Radiology"),
    ("A Survey of Large Language Models", "A Survey of Large Language Models in Cardiology"),
    ("Toward Better Question Answering, Part 1", "Toward Better Question Answering, Part 2"),
])
def test_words_that_make_another_paper_are_no_slip(title, other):
    bare = {"arxiv_id": None, "url": None}
    assert place_of(one(title=title, **bare), records_table([paper(0, title=other, **bare)])) is None


@pytest.mark.parametrize(("number", "other"), [(1, 2), (7, 8), (9, 10), (5, 6)])
def test_an_event_never_goes_to_a_paper_with_a_like_title(number, other):
    bare = {"arxiv_id": None, "url": None}
    before = rows(records_table([paper(number, **bare)]))[0]
    assert place_of(before, records_table([paper(other, **bare)])) is None


def test_a_common_identifier_with_another_title_is_not_the_same_paper():
    after = records_table([paper(4, arxiv_id="2504.10003")])
    assert place_of(rows(records_table([paper(3)]))[0], after) is None


def test_an_event_is_never_guessed_between_two_candidates():
    """One candidate has the title, the other the identifier of what the event is about."""
    after = records_table([
        paper(0, arxiv_id="2504.77777", url="https://arxiv.org/abs/2504.77777"),
        paper(0, title="How to Choose Data for RLVR Training", url="https://arxiv.org/abs/2504.10000v2"),
    ])
    before = one(url="http://arxiv.org/abs/2504.10000")
    assert place_of(before, after) is None


def test_of_two_entries_of_one_paper_the_more_alike_is_taken():
    after = records_table([
        paper(0, title="How to Choose Data for RLVR Training at Medicine Domain"),
        paper(0, title="Open-Medical-R1: How to Choose Data for RLVR Training in Medicine Domains"),
    ])
    assert after["record_id"].iloc[1] == place_of(one(), after)


def test_an_entry_taken_out_of_one_source_is_found_in_another():
    after = records_table([paper(1), paper(0, source="other", url="https://huggingface.co/papers/2504.10000")])
    assert after["record_id"].iloc[1] == place_of(one(), after)


def test_the_own_source_goes_before_others():
    after = records_table([paper(0, source="a"), paper(0, url="https://arxiv.org/pdf/2504.10000")])
    before = one(url="https://www.arxiv.org/abs/2504.10000")
    assert after["record_id"].iloc[1] == place_of(before, after)


def test_a_repeated_entry_taken_out_leaves_its_acts_with_the_other():
    before = rows(records_table([paper(0), paper(0)]))
    assert before[0]["record_id"] == place_of(before[1], records_table([paper(0)]))


def test_an_event_without_a_label_is_placed_by_what_other_events_say():
    before = one()
    after = records_table([paper(0, url="https://arxiv.org/pdf/2504.10000")])
    events = events_table([event(before, about=None), event(before, kind="tag", value="modality/text")])
    placed, unplaced = place_events(events, after)
    assert [after["record_id"].iloc[0]] * 2 == list(placed["record_id"])
    assert unplaced.empty


def test_both_records_of_a_verdict_are_placed():
    before = rows(records_table([paper(0), paper(1)]))
    verdict = event(before[0], kind="judge_pair", context={"about_2": paper_label(before[1])},
                    value={"record_id_2": before[1]["record_id"], "verdict": "different"})
    after = records_table([paper(0, url="https://arxiv.org/pdf/1"), paper(1, url="https://arxiv.org/pdf/2")])
    placed, _ = place_events(events_table([verdict]), after)
    assert list(after["record_id"]) == [placed["record_id"].iloc[0], placed["value"].iloc[0]["record_id_2"]]
    assert before[1]["record_id"] == verdict["value"]["record_id_2"], "the log's own value is not changed"


def test_a_verdict_on_entries_that_became_one_is_listed():
    before = rows(records_table([paper(0), paper(0)]))
    verdict = event(before[0], kind="judge_pair", value={"record_id_2": before[1]["record_id"], "verdict": "duplicate"})
    placed, unplaced = place_events(events_table([verdict]), records_table([paper(0)]))
    assert (0, 1) == (len(placed), len(unplaced))


def test_verdicts_plans_and_stops_of_the_log_find_edited_entries_again(tmp_path):
    before = records_table([paper(0), paper(1)])
    log, papers = ReviewLog(tmp_path, reviewer="ada"), before.assign(paper_id=before["record_id"])
    log.judge_pair(*rows(before), "different")
    log.assign(assign_papers(papers, ["ada"]), stage="title_abstract")
    log.stop(papers, stage="title_abstract", reason="enough")
    after = records_table([paper(0, url="https://arxiv.org/pdf/1"), paper(1, url="https://arxiv.org/pdf/2")])
    placed, unplaced = place_events(log.events, after)
    verdict, plan, stop = placed["value"]
    assert unplaced.empty and after["record_id"].iloc[1] == verdict["record_id_2"]
    assert list(after["record_id"]) == plan["record_ids"] == stop["record_ids"]


def test_an_assignment_keeps_the_papers_that_are_there_and_lists_the_rest():
    before = rows(records_table([paper(0), paper(1), paper(2)]))
    assign = {"event_id": "a", "kind": "assign", "stage": "full_text", "reviewer": "ada", "value": {
        "record_ids": [row["record_id"] for row in before], "reviewers": ["ada"]}}
    after = records_table([paper(0), paper(1, url="https://arxiv.org/pdf/1")])
    placed, unplaced = place_events(events_table([assign, event(before[1])]), after)
    assert list(after["record_id"]) == placed["value"].iloc[0]["record_ids"]
    assert [before[2]["record_id"]] == unplaced["value"].iloc[0]["record_ids"]


def test_events_about_no_record_stay():
    records = records_table([paper(0)])
    events = events_table([event(one(title="Gone", arxiv_id=None, url=None)),
                           {"event_id": "u", "kind": "unblind", "value": "full_text"}])
    placed, unplaced = place_events(events, records)
    assert (["u"], ["note"]) == (list(placed["event_id"]), list(unplaced["kind"]))
    assert events.dtypes.equals(placed.dtypes) and events.dtypes.equals(unplaced.dtypes)


def test_inputs_are_not_changed():
    before, after = records_table([paper(0)]), records_table([paper(0, url="https://arxiv.org/pdf/1")])
    events = events_table([event(rows(before)[0])])
    copies = events.copy(), after.copy()
    place_events(events, after)
    pd.testing.assert_frame_equal(copies[0], events)
    pd.testing.assert_frame_equal(copies[1], after)


SLIPS = {"Choose": "Chose", "Reinforcement": "Reinforcment", "Generation": "Generations", "Benchmark": "Benchmarks",
         "Large": "Large", "Expert-Level": "Expert Level", "Technical": "Technicall"}


def edited(number, edit):
    """A record after a person mended something."""
    changes = {}
    if "title" in edit:
        changes["title"] = " ".join(SLIPS.get(word, word) for word in TITLES[number].split())
    if "case" in edit:
        changes["title"] = changes.get("title", TITLES[number]).title()
    if "link" in edit:
        changes["url"] = f"https://huggingface.co/papers/2504.{number + 10000}"
    if "id" in edit:
        changes |= {"arxiv_id": f"2505.{number + 10000}", "url": f"https://arxiv.org/abs/2505.{number + 10000}"}
    if "move" in edit:
        changes["section"] = ["Elsewhere"]
    return paper(number, **changes)


@settings(max_examples=60, deadline=None)
@given(
    kept=st.sets(st.sampled_from(range(len(TITLES)))),
    edits=st.lists(st.sets(st.sampled_from(["title", "case", "link", "id", "move"])), min_size=13, max_size=13),
    bare=st.booleans(), order=st.randoms(use_true_random=False),
)
def test_whatever_is_edited_an_event_stays_with_its_paper_or_is_listed(kept, edits, bare, order):
    without = {"arxiv_id": None, "url": None} if bare else {}
    before = records_table([paper(number, **without) for number in range(len(TITLES))])
    after = [edited(number, edits[number]) for number in sorted(kept)]
    new = [paper(0, title=f"Entry {n} that is new here", arxiv_id=None, url=None, extra={}) for n in range(3)]
    after = [{**row, **without} for row in after] + new
    order.shuffle(after)
    after = records_table(after)
    events = events_table([event(row) for row in rows(before)])
    placed, unplaced = place_events(events, after)

    paper_before = {row["record_id"]: row["extra"]["paper"] for row in rows(before)}
    paper_after = {row["record_id"]: row["extra"].get("paper") for row in rows(after)}
    was = dict(zip(events["event_id"], events["record_id"].map(paper_before)))
    now = dict(zip(placed["event_id"], placed["record_id"].map(paper_after)))
    assert {event_id: was[event_id] for event_id in now} == now
    assert sorted(events["event_id"]) == sorted([*placed["event_id"], *unplaced["event_id"]])
    short = {number for number in kept if len(TITLES[number].split()) < 4}
    small = {n for n in kept if not {"id", "title"} <= edits[n] and not (n in short and "id" in edits[n])}
    assert small <= set(now.values()), "a single mend never loses an event"


def test_a_thousand_events_on_ten_thousand_records_are_placed_quickly(seconds_limit=6):
    import time

    stems, ends = ("model", "reason", "medic", "vision", "agent"), ("s", "ing", "al", "ed", "ful")
    words = [stem + end for stem in stems for end in ends]
    pick = random.Random(3)
    titles = [" ".join(pick.choices(words, k=9)) + f" {n}" for n in range(10_000)]
    made = [{"source": "big", "title": t, "title_raw": t, "url": f"https://x.org/{n}"} for n, t in enumerate(titles)]
    before, after = records_table(made[:1000]), records_table([{**row, "url": row["url"] + "/"} for row in made])
    events = events_table([event(row) for row in rows(before)])
    start = time.perf_counter()
    placed, _ = place_events(events, after)
    assert list(after["record_id"][:1000]) == list(placed["record_id"])
    assert time.perf_counter() - start < seconds_limit


@pytest.mark.parametrize(("one", "two", "mended"), [
    ("medical questions answering", "medical question answering", True),
    ("a survey of models in radiology", "a survey of models in cardiology", False),
    ("med r1 learning to reason", "med r2 learning to reason", False),
    ("treatment of men with drug", "treatment of hen with drug", False),
    ("reasoning", "medical reasoning", False),
])
def test_only_slips_count_as_mended(one, two, mended):
    assert mended is is_mended(one, two)


# What changed.


def changes_of(before, after):
    table = compare_records(records_table(before), records_table(after))
    table = table[["change", "field", "title"]].astype("object")
    return [tuple(row) for row in table.where(table.notna(), None).values]


def test_the_same_records_in_another_order_did_not_change():
    records = [paper(n) for n in range(4)]
    (same,) = changes_of(records, records[::-1])
    assert ("same", None, "4 records as before; nothing was added, changed or taken away") == same


def test_new_changed_moved_and_gone_records_are_told_apart():
    before = [paper(0), paper(1), paper(3, section=["A"]), paper(5)]
    after = [paper(0), paper(1, title=TITLES[1] + "s", year=2026), paper(3, section=["B"]), paper(6)]
    assert [
        ("changed", "title_raw", TITLES[1] + "s"), ("changed", "year", TITLES[1] + "s"),
        ("moved", "section", TITLES[3]), ("new", None, TITLES[6]), ("gone", None, TITLES[5]),
        ("same", None, "1 record as before"),
    ] == changes_of(before, after)


def test_a_record_matches_one_record_and_the_better_one():
    before = [paper(0), paper(0, title="How to Choose Data for RLVR Training at Medicine Domain")]
    after = [paper(0, title="How to Choose Data for RLVR Training at the Medicine Domain"), paper(0, url="https://arxiv.org/pdf/1")]
    table = compare_records(records_table(before), records_table(after))
    assert {"changed", "same"} == set(table["change"])
    assert 2 == table["record_id_before"].nunique() == table["record_id_after"].nunique()


# Adding a source.

LIST = """# Papers

## Text

1. **[Open-Medical-R1: How to Choose Data](https://arxiv.org/abs/2504.13950)** *(Ann Lee, Bo Chen).* 2025
2. **[Med-U1: Incentivizing Unified Medical Reasoning](https://arxiv.org/abs/2506.12307)** *(Cy Young, Di Wu).* 2025
"""
NEWER = LIST.replace("Incentivizing", "Incentivising") + (
    "3. **[ReasonMed: A 370K Multi-Agent Generated Dataset](https://arxiv.org/abs/2506.09513)** *(Ed Sun).* 2025\n")


@pytest.fixture
def review(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "list.md").write_text(LIST)
    return tmp_path


def files(folder):
    return {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_new_source_is_copied_and_entered(review):
    changes = add_source(review / "data", review / "list.md", source="papers", name="A list", date="2025-11-20")
    assert ["new", "new", "same"] == list(changes["change"])
    line = read_search_log(review / "data/sources/sources.csv").iloc[0]
    assert ("papers", "papers.md", "website", "A list", "2025-11-20", "search") == tuple(
        line[["source", "file", "kind", "name", "date", "role"]])
    assert LIST == (review / "data/sources/papers.md").read_text()


def test_the_same_file_twice_adds_nothing_and_says_so(review):
    add_source(review / "data", review / "list.md", source="papers")
    before = files(review / "data")
    changes = add_source(review / "data", review / "list.md", source="papers")
    assert ["same"] == list(changes["change"])
    assert "nothing was added" in changes["title"].iloc[0]
    assert before == files(review / "data")


def test_the_same_file_under_another_name_adds_nothing_and_says_so(review):
    add_source(review / "data", review / "list.md", source="papers")
    before = files(review / "data")
    changes = add_source(review / "data", review / "list.md", source="again")
    assert "already as source 'papers'; nothing was added" in changes["title"].iloc[0]
    assert before == files(review / "data")


def test_a_newer_edition_takes_the_place_of_the_old_and_tells_what_changed(review):
    add_source(review / "data", review / "list.md", source="papers", name="A list", date="2025-01-01")
    (review / "list.md").write_text(NEWER)
    changes = add_source(review / "data", review / "list.md", source="papers")
    assert {"changed": 1, "new": 1, "same": 1} == changes["change"].value_counts().to_dict()
    assert NEWER == (review / "data/sources/papers.md").read_text()
    line = read_search_log(review / "data/sources/sources.csv").iloc[0]
    assert "A list" == line["name"]
    assert "2025-01-01" < line["date"]


def test_other_lines_of_the_search_log_stay(review):
    add_source(review / "data", review / "list.md", source="papers", notes="with, comma")
    (review / "other.md").write_text(NEWER)
    add_source(review / "data", review / "other.md", source="other", kind="database")
    log = read_search_log(review / "data/sources/sources.csv").set_index("source")
    assert ["papers", "other"] == list(log.index)
    assert "with, comma" == log.loc["papers", "notes"]


@pytest.mark.parametrize("source", ["", "../up", "a/b", "a b", ".hidden", "con", "nul.md", "x" * 65, "ends."])
def test_a_name_that_is_no_file_name_is_refused(review, source):
    with pytest.raises(SourceError, match="source: expected a short name"):
        add_source(review / "data", review / "list.md", source=source)
    assert {} == files(review / "data")


@pytest.mark.parametrize(("name", "content"), [
    ("missing.md", None), ("empty.md", b""), ("picture.md", b"\x89PNG\r\n\x1a\n" + bytes(100)),
    ("login.html", b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Password</p></body></html>"),
])
def test_a_file_that_cannot_be_read_is_refused_and_nothing_is_touched(review, name, content):
    add_source(review / "data", review / "list.md", source="papers")
    before = files(review / "data")
    if content is not None:
        (review / name).write_bytes(content)
    with pytest.raises(SourceError):
        add_source(review / "data", review / name, source="papers")
    assert before == files(review / "data")


def test_every_fault_of_the_search_log_line_is_named_at_once(review):
    with pytest.raises(SourceError, match=r"kind: .*\n- role: .*\n- date: "):
        add_source(review / "data", review / "list.md", source="papers", kind="blog", role="x", date="2025-13-01")


def test_a_file_of_another_source_is_not_written_over(review):
    (review / "data/sources").mkdir()
    (review / "data/sources/papers.md").write_text("mine")
    with pytest.raises(SourceError, match="no source names"):
        add_source(review / "data", review / "list.md", source="papers")
    assert "mine" == (review / "data/sources/papers.md").read_text()


def test_when_the_search_log_cannot_be_written_the_old_file_is_put_back(review, monkeypatch):
    from review_kit.rereading import adding

    add_source(review / "data", review / "list.md", source="papers")
    before = files(review / "data")
    (review / "list.md").write_text(NEWER)

    def full_disk(path, content, **more):
        if Path(path).name == "sources.csv":
            raise ReviewKitError("no room")
        Path(path).write_bytes(content)

    monkeypatch.setattr(adding, "write_whole", full_disk)
    with pytest.raises(ReviewKitError, match="no room"):
        add_source(review / "data", review / "list.md", source="papers")
    assert before == files(review / "data")


def test_a_file_that_lies_in_the_sources_already_keeps_its_name(review):
    (review / "data/sources").mkdir()
    shutil.copy(review / "list.md", review / "data/sources/list.md")
    add_source(review / "data", review / "data/sources/list.md", source="papers")
    assert "list.md" == read_search_log(review / "data/sources/sources.csv")["file"].iloc[0]
