"""The log: what was acknowledged is on disk, whole, in order, and damage is named."""

import json
import os
import random
import signal
import subprocess
import sys
import threading
import time

import pandas as pd
import pytest

from review_kit.errors import LogError, NotSaved
from review_kit.review_log import ReviewLog, check_log, current_events, read_events
from review_kit.schema import events_table
from review_kit.screening.assignment import assign_papers

TA = "title_abstract"


@pytest.fixture
def log(tmp_path):
    return ReviewLog(tmp_path / "log", reviewer="ada")


def test_making_a_log_touches_no_disk(tmp_path):
    ReviewLog(tmp_path / "log", reviewer="ada")
    assert not (tmp_path / "log").exists()


def test_replaying_the_log_gives_the_same_events(log):
    log.decide("p1", "include", stage=TA, reason="on topic")
    log.tag("p1", "modality/text")
    log.note("p1", "A *note* with ümlauts, 中文 and\nnew lines")
    log.extract("p1", "benchmarks", ["MedQA", "MMLU"], quote="on MedQA", where="p. 4")
    log.correct("p1", "arxiv_id", "2502.03214", reason="the list links another paper", old="2502.04413")
    log.judge_pair("p1", "p2", "different")
    again = read_events(log.location)
    assert log.events.to_dict("records") == again.to_dict("records")
    assert ["decide", "tag", "note", "extract", "correct", "judge_pair"] == again["kind"].tolist()
    assert {"item": "benchmarks", "value": ["MedQA", "MMLU"], "quote": "on MedQA", "where": "p. 4"} == again["value"][3]


def test_a_note_leaves_tags_and_decisions_alone(log):
    log.decide("p1", "include", stage=TA)
    log.tag("p1", "a")
    log.note("p1", "x")
    log.note("p1", "y")
    assert ["include", "a", "x", "y"] == log.events["value"].tolist()


def test_undo_takes_back_the_last_act_and_undoing_the_undo_brings_it_back(log):
    log.decide("p1", "include", stage=TA)
    log.decide("p2", "exclude", stage=TA)
    undo = log.undo()
    assert ["p1"] == current_events(log.events)["record_id"].tolist()
    log.undo(undo)
    assert ["p1", "p2"] == current_events(log.events)["record_id"].tolist()


def test_an_undo_sent_twice_with_the_same_id_takes_back_one_act(log):
    log.decide("p1", "include", stage=TA)
    act = log.decide("p2", "exclude", stage=TA)
    assert ["undo-1", "undo-1"] == [log.undo(act, event_id="undo-1"), log.undo(act, event_id="undo-1")]
    assert ["p1"] == current_events(log.events)["record_id"].tolist()


def test_undo_refuses_the_id_of_another_act_as_its_own(log):
    act = log.decide("p1", "include", stage=TA)
    with pytest.raises(LogError, match="target"):
        log.undo(event_id=act)


def test_half_a_character_in_a_title_is_no_reason_not_to_save(log):
    log.decide({"paper_id": "p1", "title": "half \udfff"}, "include", stage=TA)
    assert "half \ufffd" == log.events["about"].iloc[0]


def test_undo_goes_back_to_the_beginning_and_then_says_so(log):
    for paper in "abc":
        log.decide(paper, "include", stage=TA)
    for _ in "abc":
        log.undo()
    assert current_events(log.events).empty
    with pytest.raises(LogError, match="nothing to undo"):
        log.undo()


def test_nobody_undoes_the_act_of_another(log):
    theirs = ReviewLog(log.location, reviewer="bob").decide("p1", "include", stage=TA)
    with pytest.raises(LogError, match="not an event of ada"):
        log.undo(theirs)


def test_the_same_event_id_is_stored_once(log):
    for _ in range(3):
        assert "id-1" == log.decide("p1", "include", stage=TA, event_id="id-1")
    assert 1 == len(ReviewLog(log.location, reviewer="ada").events)


def test_each_reviewer_has_a_file_and_everybody_reads_all(log):
    bob = ReviewLog(log.location, reviewer="bob")
    log.decide("p1", "include", stage=TA)
    bob.decide("p1", "exclude", stage=TA)
    assert ["ada.jsonl", "bob.jsonl"] == sorted(p.name for p in log.location.iterdir())
    assert ["ada", "bob"] == log.events["reviewer"].tolist()


def test_order_follows_what_was_known_not_the_clock(log):
    bob = ReviewLog(log.location, reviewer="bob")
    for number in range(6):
        (log, bob)[number % 2].note("p1", str(number))
    assert list("012345") == read_events(log.location)["value"].tolist()


def test_a_row_of_a_table_says_what_the_event_is_about(log):
    log.tag({"paper_id": "p1", "title": "MedRAG: a copilot", "year": 2025, "arxiv_id": "2502.04413"}, "x")
    assert "MedRAG: a copilot (2025) arXiv:2502.04413" == log.events["about"][0]
    assert "p1" == log.events["record_id"][0]


@pytest.mark.parametrize("name", ["../ada", "", "a/b", "con\x00", "ada ", ".ada", "a" * 70, "ada."])
def test_a_reviewer_is_a_plain_file_name(tmp_path, name):
    with pytest.raises(LogError, match="expected a name"):
        ReviewLog(tmp_path, reviewer=name)


@pytest.mark.parametrize("act", [
    lambda log: log.decide("p", "yes", stage=TA),
    lambda log: log.decide("p", "include", stage="second"),
    lambda log: log.decide("p", "exclude", stage="full_text"),
    lambda log: log.judge_pair("p", "q", "same"),
    lambda log: log.correct("p", "title", "x", reason=" "),
    lambda log: log.correct("p", "colour", "x", reason="not a field"),
    lambda log: log.correct("p", "raw", "x", reason="what stood there stays"),
    lambda log: log.correct("p", "year", "soon", reason="not a number"),
    lambda log: log.correct("p", "authors", "Lovelace, Ada", reason="not a list"),
    lambda log: log.tag("p", ""),
])
def test_what_the_schema_does_not_know_is_refused_and_not_stored(log, act):
    with pytest.raises(LogError):
        act(log)
    assert log.events.empty


def test_half_characters_and_numpy_values_are_saved_as_plain_json(log):
    import numpy as np
    log.extract("p", "n", np.int64(3))
    log.note("p", "half \ud800 character")
    assert 3 == log.events["value"][0]["value"]
    assert "half \ufffd character" == read_events(log.location)["value"][1]


def test_a_torn_last_line_swallows_nothing(log):
    log.decide("p1", "include", stage=TA)
    path = log.location / "ada.jsonl"
    path.write_bytes(path.read_bytes() + b'{"event_id":"half a li')
    again = ReviewLog(log.location, reviewer="ada")
    again.decide("p2", "include", stage=TA)
    assert ["p1", "p2"] == read_events(log.location)["record_id"].tolist()
    assert check_log(log.location).empty, "the torn line was never acknowledged"


@pytest.mark.parametrize(("damage", "kind"), [
    (lambda lines: [lines[0], lines[1].replace("p1", "pX"), *lines[2:]], "log_line_changed"),
    (lambda lines: [lines[0], lines[1][:40], *lines[2:]], "log_line_unreadable"),
    (lambda lines: [lines[0], *lines[2:]], "log_chain_broken"),
    (lambda lines: [lines[0], lines[2], lines[1], lines[3]], "log_chain_broken"),
])
def test_damage_is_named_by_file_and_line_and_the_rest_is_kept(log, damage, kind):
    for number in range(4):
        log.decide(f"p{number}", "include", stage=TA)
    path = log.location / "ada.jsonl"
    lines = damage(path.read_text().splitlines())
    path.write_text("\n".join(lines) + "\n")
    problems = check_log(log.location)
    assert kind in problems["kind"].tolist()
    assert {"ada.jsonl"} == set(problems["source"])
    assert len(read_events(log.location)) >= 3


def test_an_edited_line_does_not_count(log):
    log.decide("p1", "exclude", stage=TA)
    path = log.location / "ada.jsonl"
    path.write_text(path.read_text().replace('"exclude"', '"include"'))
    assert read_events(log.location).empty
    assert ["log_line_changed"] == check_log(log.location)["kind"].tolist()


def test_a_log_that_lost_saved_events_under_an_open_session_refuses_to_go_on(log):
    log.decide("p1", "include", stage=TA)
    log.decide("p2", "include", stage=TA)
    path = log.location / "ada.jsonl"
    path.write_text(path.read_text().splitlines()[0] + "\n")
    with pytest.raises(LogError, match="1 events that were saved are gone"):
        log.decide("p3", "include", stage=TA)


def test_a_full_disk_says_not_saved_and_leaves_nothing_behind(log, monkeypatch):
    log.decide("p1", "include", stage=TA)
    before = (log.location / "ada.jsonl").read_bytes()
    real = os.write
    monkeypatch.setattr(os, "write", lambda fd, data: real(fd, data[: len(data) // 2]))
    with pytest.raises(NotSaved, match="try again"):
        log.decide("p2", "include", stage=TA, event_id="x")
    monkeypatch.undo()
    assert before == (log.location / "ada.jsonl").read_bytes()
    log.decide("p2", "include", stage=TA, event_id="x")
    assert ["p1", "p2"] == log.events["record_id"].tolist()


def test_a_failing_fsync_is_never_acknowledged(log, monkeypatch):
    def refuse(descriptor):
        raise OSError(5, "Input/output error")
    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(NotSaved, match="Input/output error"):
        log.decide("p1", "include", stage=TA)
    monkeypatch.undo()
    assert log.events.empty


def test_two_kernels_of_one_reviewer_lose_nothing(log):
    def write(first):
        mine = ReviewLog(log.location, reviewer="ada")
        for number in range(40):
            mine.note(f"p{first + number}", "x")
    threads = [threading.Thread(target=write, args=(100 * n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 160 == len(read_events(log.location))
    assert check_log(log.location).empty


def test_adopting_a_log_is_a_union_and_twice_adds_nothing(log, tmp_path):
    other = ReviewLog(tmp_path / "other", reviewer="bob")
    other.decide("p1", "include", stage=TA)
    other.note("p1", "read")
    assert (2, 0) == (log.adopt(other.events), log.adopt(other.events))
    assert ["bob", "bob"] == log.events["reviewer"].tolist()


WRITER = """
import sys
from review_kit.review_log import ReviewLog
log = ReviewLog(sys.argv[1], reviewer="ada")
number = 0
while True:
    number += 1
    print(log.note(f"p{number}", "x" * (number % 3000)), flush=True)
"""


def test_adopted_events_without_a_date_get_one_and_unknown_kinds_are_refused(log):
    event = {"event_id": "e1", "kind": "tag", "reviewer": "bob", "record_id": "p", "value": "method"}
    assert 1 == log.adopt(events_table([event])) == len(log.events)
    assert log.problems.empty and log.events["at"].notna().all()
    with pytest.raises(LogError, match="kind: expected one of"):
        log.adopt(events_table([{**event, "event_id": "e2", "kind": "vote"}]))


def test_kill_9_never_loses_an_acknowledged_event(tmp_path):
    """Writers are killed in the middle of writing; every id they printed must be in the log, and nothing is damaged."""
    acknowledged = []
    for seed in range(6):
        command = [sys.executable, "-c", WRITER, str(tmp_path / "log")]
        writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        acknowledged.append(writer.stdout.readline().strip())
        time.sleep(random.Random(seed).uniform(0.05, 0.3))
        writer.send_signal(signal.SIGKILL)
        acknowledged += [line.strip() for line in writer.stdout.read().splitlines() if len(line) == 36]
        writer.wait()
    assert set(acknowledged) <= set(read_events(tmp_path / "log")["event_id"])
    assert check_log(tmp_path / "log").empty
    assert len(acknowledged) > 50


def test_one_decision_for_many_papers_is_one_event_each(log):
    papers = pd.DataFrame({"paper_id": ["p1", "p2"], "title": ["One", "Two"]})
    made = log.decide_all(papers, "exclude", stage=TA, reason="too old")
    assert made == log.events["event_id"].tolist()
    assert ["One", "Two"] == log.events["about"].tolist()


def test_a_plan_is_assigned_by_groups_of_reviewers(log):
    plan = assign_papers(pd.DataFrame({"paper_id": [f"p{n}" for n in range(10)]}), ["ada", "bob"], overlap=4)
    log.assign(plan, stage=TA)
    assert 3 == len(log.events)
    assert sorted(plan["paper_id"]) == sorted(p for value in log.events["value"] for p in value["record_ids"])
    with pytest.raises(LogError, match="expected reviewers"):
        log.assign(plan[["paper_id"]], stage=TA)


def test_a_stop_says_who_stopped_where_and_why_and_on_what_evidence(log):
    papers = pd.DataFrame({"paper_id": ["p1", "p2"], "title": ["One", "Two"], "year": [2024, 2025]})
    evidence = pd.Series({"screened": 40, "p_target_missed": 0.03, "safe_key_papers": pd.NA})
    made = log.stop(papers, stage=TA, reason="p below .05", evidence=evidence)
    event = log.events.iloc[0]
    assert (made, "stop", "ada", TA, "p below .05") == tuple(event[["event_id", "kind", "reviewer", "stage", "reason"]])
    assert {"record_ids": ["p1", "p2"]} == event["value"]
    assert {"screened": 40, "p_target_missed": 0.03, "safe_key_papers": None} == event["context"]["evidence"]
    assert {"p1": "One (2024)", "p2": "Two (2025)"} == event["context"]["abouts"]


@pytest.mark.parametrize("how", [{"stage": "full_text", "reason": "enough"}, {"stage": TA, "reason": " "}])
def test_a_stop_needs_a_reason_and_a_stage_that_can_stop(log, how):
    with pytest.raises(LogError, match="expected"):
        log.stop(pd.DataFrame({"paper_id": ["p1"]}), **how)


def test_a_verdict_and_a_plan_say_what_they_are_about(log):
    papers = pd.DataFrame({"paper_id": ["p1", "p2"], "title": ["One", "Two"]})
    log.judge_pair(*papers.to_dict("records"), "different")
    log.assign(assign_papers(papers, ["ada"]), stage=TA)
    log.assign(papers, stage=TA, reviewers=["bob"])
    verdict, *plans = log.events["context"]
    assert {"about_2": "Two"} == verdict
    assert [{"p1": "One", "p2": "Two"}] * 2 == [plan["abouts"] for plan in plans]


def test_an_open_log_notices_a_line_edited_in_place(log):
    log.note("p1", "first")
    path = log.location / "ada.jsonl"
    path.write_bytes(path.read_bytes().replace(b"first", b"other"))
    with pytest.raises(LogError, match="edited"):
        _ = log.events


def test_an_open_log_misses_a_file_that_was_deleted(log):
    log.note("p1", "first")
    (log.location / "ada.jsonl").unlink()
    for read in (lambda: log.events, lambda: log.problems, lambda: log.note("p2", "x")):
        with pytest.raises(LogError, match="are gone"):
            read()


def test_every_line_says_which_tool_wrote_it(log):
    log.note("p1", "x")
    assert "review_kit" in json.loads((log.location / "ada.jsonl").read_text())["tool"]


@pytest.mark.slow
def test_an_undo_in_a_long_log_takes_a_moment(log):
    log.decide_all(pd.DataFrame({"paper_id": [f"p{i}" for i in range(30_000)]}), "include", stage="title_abstract")
    log.note("p1", "Read again.")
    start = time.process_time()
    log.undo()
    assert time.process_time() - start < 0.2
