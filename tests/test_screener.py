"""The screener's logic, without a browser: messages in, events in the log, messages out."""

import contextlib
import json
import tempfile
import threading

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from widget_messages import ask, listen, shown, tell

from review_kit.errors import LogError, NotSaved, ReviewKitError
from review_kit.events import current_events
from review_kit.protocol import Protocol
from review_kit.review_log import ReviewLog
from review_kit.schema import papers_table
from review_kit.screening import assign_papers, screening_queue
from review_kit.screening.queues import QUEUES
from review_kit.widgets import Screener, Tagger

TA = "title_abstract"
PROTOCOL = Protocol("Test", reasons={TA: ("not medical", "no reasoning"), "full_text": ("no evaluation",)})


def test_a_decision_is_in_the_log_before_the_browser_hears_saved(papers, log):
    screener = Screener(papers, log)
    in_log = []
    screener.send = lambda message, buffers=None: in_log.append((message["type"], log.events["event_id"].tolist()))
    tell(screener, event_id="e1", kind="decide", record_id="p0", decision="include")
    assert [("saved", ["e1"])] == in_log


def test_the_decision_is_about_the_paper_the_browser_showed(papers, log):
    screener = Screener(papers, log, order="listed")
    tell(screener, event_id="e1", kind="decide", record_id="p3", decision="exclude", reason="not medical")
    event = log.events.iloc[0]
    assert ["p3", "exclude", "not medical", TA] == event[["record_id", "value", "reason", "stage"]].tolist()
    assert ["p0", "p1", "p2", "p4"] == shown(screener)


def test_the_same_event_id_again_is_acknowledged_and_stored_once(papers, log):
    screener = Screener(papers, log)
    said = listen(screener)
    for _ in range(2):
        tell(screener, event_id="e1", kind="decide", record_id="p0", decision="include")
    assert ["saved", "saved"] == [message["type"] for message in said]
    assert 1 == len(log.events) == screener.progress["done"]


def test_an_old_act_sent_again_after_a_restart_does_not_overrule_a_newer_one(papers, log):
    log.decide("p0", "include", stage=TA, event_id="old")
    log.decide("p0", "exclude", stage=TA, event_id="new")
    screener = Screener(papers, log)
    tell(screener, event_id="old", kind="decide", record_id="p0", decision="include")
    assert {"exclude": 1} == screener.progress["counts"]


@pytest.mark.parametrize("act", [
    {"kind": "decide", "record_id": "nobody", "decision": "include"},
    {"kind": "decide", "record_id": "p0", "decision": "perhaps"},
    {"kind": "judge_pair", "record_id": "p0", "record_id_2": "p1", "verdict": "duplicate"},
    {"kind": "undo", "target": "not an event"},
])
def test_what_the_log_does_not_take_is_refused_in_words(papers, log, act):
    screener = Screener(papers, log)
    said = listen(screener)
    tell(screener, event_id="e1", **act)
    assert [("refused", False)] == [(message["type"], message["again"]) for message in said]
    assert said[0]["text"] and log.events.empty and screener.progress["done"] == 0


def test_a_full_disk_is_said_and_the_same_act_may_come_again(papers, log, monkeypatch):
    screener = Screener(papers, log, order="listed")
    said = listen(screener)

    def full(*_, **__):
        raise NotSaved("No space left on device. Nothing was recorded.")

    with monkeypatch.context() as broken:
        broken.setattr(log, "decide", full)
        tell(screener, event_id="e1", kind="decide", record_id="p0", decision="include")
    assert ("refused", "No space left on device. Nothing was recorded.", True) == tuple(
        said[-1][name] for name in ("type", "text", "again"))
    assert "p0" == shown(screener)[0]
    tell(screener, event_id="e1", kind="decide", record_id="p0", decision="include")
    assert "saved" == said[-1]["type"] and ["e1"] == log.events["event_id"].tolist()


def test_it_opens_at_the_first_undecided_paper_of_this_reviewer(papers, log):
    log.decide("p0", "include", stage=TA)
    log.decide("other-1", "exclude", stage=TA)
    ReviewLog(log.location, reviewer="bob").decide("p2", "include", stage=TA)
    screener = Screener(papers, log, order="listed")
    assert ["p2", "p3", "p4"] == shown(screener)
    assert (2, 5) == (screener.progress["done"], screener.progress["total"])


def test_undo_brings_the_paper_back_and_goes_on_to_the_act_before(papers, log):
    screener = Screener(papers, log)
    said = listen(screener)
    tell(screener, event_id="e1", kind="decide", record_id="p0", decision="include")
    tell(screener, event_id="e2", kind="decide", record_id="p1", decision="exclude")
    tell(screener, event_id="u1", kind="undo", target="e2")
    assert ("saved", "p1") == (said[-1]["type"], said[-1]["record_id"]) and "p1" == shown(screener)[0]
    assert {"include": 1, "exclude": 0} == screener.progress["counts"]
    assert ["e1"] == [act["event_id"] for act in screener.undoable]
    screener.undo()
    assert current_events(log.events).empty and 0 == screener.progress["done"]
    with pytest.raises(LogError, match="nothing to undo"):
        screener.undo()


def test_undo_of_a_changed_decision_gives_the_one_before(papers, log):
    screener = Screener(papers, log)
    screener.decide("p0", "include")
    screener.decide("p0", "exclude", reason="not medical")
    assert ("exclude", "not medical") == (screener._card("p0")["decision"], screener._card("p0")["reason"])
    screener.undo()
    assert {"include": 1, "exclude": 0} == screener.progress["counts"] and {} == screener.progress["reasons"]


def test_undo_reaches_acts_of_an_earlier_session_but_not_those_of_others(papers, log):
    log.decide("p0", "include", stage=TA)
    ReviewLog(log.location, reviewer="bob").decide("p1", "include", stage=TA)
    screener = Screener(papers, log)
    assert ["p0"] == [act["record_id"] for act in screener.undoable]


def test_full_text_needs_a_reason_to_exclude(papers, log):
    for i in range(5):
        log.decide(f"p{i}", "include", stage=TA)
    screener = Screener(papers, log, stage="full_text", protocol=PROTOCOL)
    said = listen(screener)
    tell(screener, event_id="e1", kind="decide", record_id="p0", decision="exclude")
    assert "refused" == said[-1]["type"] and "reason" in said[-1]["text"]
    tell(screener, event_id="e2", kind="decide", record_id="p0", decision="exclude", reason="no evaluation")
    assert "saved" == said[-1]["type"] and {"no evaluation": 1} == screener.progress["reasons"]
    assert [{"label": "Title and abstract", "done": 5, "total": 5}] == [
        stage for stage in screener.progress["stages"] if stage["label"] != "Retrieval"]


def test_full_text_takes_only_the_reasons_of_the_protocol(papers, log):
    log.decide("p0", "include", stage=TA)
    screener = Screener(papers, log, stage="full_text", protocol=PROTOCOL)
    with pytest.raises(LogError, match="expected one of the protocol's, no evaluation; found 'a whim'"):
        screener.decide("p0", "exclude", reason="a whim")
    assert 1 == len(log.events)
    Screener(papers, log, stage=TA, protocol=PROTOCOL).decide("p1", "exclude", reason="a whim")
    assert "a whim" == log.events["reason"].iloc[-1]


def test_a_blinded_field_never_reaches_the_browser(papers, log):
    papers["code_url"] = "https://github.com/lovelace/code"
    assert "github.com" in json.dumps(Screener(papers, log).get_state())
    screener = Screener(papers, log, fields=("year",))
    sent = json.dumps(screener.get_state())
    assert "Lovelace" not in sent and "NeurIPS" not in sent and "github.com" not in sent
    with pytest.raises(ReviewKitError, match="fields"):
        Screener(papers, log, fields=("colour",))


def test_a_summary_stands_in_for_a_missing_abstract_and_says_so(papers, log):
    card = Screener(papers, log)._card("p4")
    assert ("In short.", "Summary (the sources give no abstract)") == (card["text"], card["text_kind"])


def test_only_eight_cards_go_ahead_and_long_texts_are_cut(log, papers):
    many = pd.concat([papers] * 10, ignore_index=True)
    many["paper_id"] = [f"p{i}" for i in range(len(many))]
    many["record_ids"] = [[paper_id] for paper_id in many["paper_id"]]
    many.loc[0, "abstract"] = "x" * 50_000
    screener = Screener(many, log, order="listed")
    assert 8 == len(screener.cards) and len(screener.cards[0]["text"]) < 20_100
    assert "30000 more characters" in screener.cards[0]["text"]


def test_a_paper_put_off_comes_last(papers, log):
    screener = Screener(papers, log, order="listed")
    ask(screener, listen(screener), "later", record_id="p0")
    assert ["p1", "p2", "p3", "p4", "p0"] == shown(screener) and log.events.empty


@pytest.mark.parametrize(("text", "found"), [
    ("#2", ["p1"]), ("2501.00003", ["p3"]), ("paper 4", ["p4"]), ("MEDICAL Páper", ["p0", "p1", "p2", "p3", "p4"]),
    ("other-1", ["p1"]), ("nothing like it", []), ("#99", []), ("  ", []),
])
def test_search_finds_words_numbers_and_identifiers(papers, log, text, found):
    screener = Screener(papers, log)
    answer = ask(screener, listen(screener), "search", text=text)
    assert (found, len(found)) == ([card["id"] for card in answer["cards"]], answer["total"])


def test_ranking_is_learned_in_the_background_and_logged_with_the_decision(papers, log):
    screener = Screener(papers, log)
    screener.decide("p0", "include")
    screener.decide("p1", "exclude")
    screener._learner.wait()
    screener._handle_custom_msg({"type": "alive"}, [])
    assert "ranked by 2 decisions" == screener.progress["order"]
    first = screener.cards[0]
    tell(screener, event_id="e3", kind="decide", record_id=first["id"], decision="include", context=first["context"])
    context = log.events["context"].iloc[-1]
    assert {"model", "seed", "training_size", "rank"} == set(context) and 2 == context["training_size"]


def test_conflicts_are_settled_by_a_final_decision_with_the_originals_in_view(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    log.decide("p0", "include", stage=TA)
    bob.decide("p0", "exclude", stage=TA)
    screener = Screener(papers, log, mode="dual", queue="conflicts")
    assert ["p0"] == shown(screener)
    assert ["ada", "bob"] == [other["reviewer"] for other in screener.cards[0]["others"]]
    screener.decide("p0", "include")
    assert [False, False, True] == log.events["final"].tolist() and [] == shown(screener)


def test_the_conflicts_queue_neither_shows_nor_settles_what_is_no_conflict(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    log.decide("p0", "include", stage=TA)
    for paper_id in ("p0", "p1"):
        bob.decide(paper_id, "exclude", stage=TA)
    screener = Screener(papers, log, mode="dual", queue="conflicts")
    said = listen(screener)
    assert [] == ask(screener, said, "card", record_id="p1")["others"]
    tell(screener, event_id="e1", kind="decide", record_id="p1", decision="include")
    assert "refused" == said[-1]["type"] and not log.events["final"].any()


def queues(screener):
    return {queue["name"]: queue["n"] for queue in screener.progress["queues"]}


def choose(screener, queue):
    ask(screener, listen(screener), "queue", queue=queue)
    return shown(screener)


def test_all_four_queues_can_be_shown_and_hold_what_the_screening_room_says(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    for paper_id, mine, theirs in (("p0", "include", "exclude"), ("p1", "include", None), ("p2", "maybe", "include"),
                                   ("p3", None, "exclude")):
        for reviewer, decision in ((log, mine), (bob, theirs)):
            if decision:
                reviewer.decide(paper_id, decision, stage=TA)
    screener = Screener(papers, log, mode="dual", order="listed")
    found = {name: choose(screener, name) for name in QUEUES}
    assert {"mine": ["p3", "p4"], "awaiting another": ["p1"], "conflicts": ["p0"], "done": ["p2"]} == found
    assert {name: len(keys) for name, keys in found.items()} == queues(screener)


def test_a_done_decision_can_be_changed_and_shows_nothing_of_the_other_reviewer(papers, log):
    log.decide("p0", "include", stage=TA)
    ReviewLog(log.location, reviewer="bob").decide("p0", "maybe", stage=TA)
    screener = Screener(papers, log, mode="dual", queue="done")
    [card] = screener.cards
    assert ("you decided: include", []) == (card["state"], card["others"]) and "bob" not in json.dumps(card)
    tell(screener, event_id="e1", kind="decide", record_id="p0", decision="exclude", queue="done")
    assert [] == shown(screener) and 1 == queues(screener)["conflicts"] and not log.events["final"].any()


def test_a_settled_conflict_is_done_and_changed_there_it_is_settled_anew(papers, log):
    for name, decision in (("bob", "include"), ("cy", "exclude")):
        ReviewLog(log.location, reviewer=name).decide("p0", decision, stage=TA)
    screener = Screener(papers, log, mode="dual", queue="conflicts")
    screener.decide("p0", "include")
    assert ["p0"] == choose(screener, "done") and "you settled: include" == screener.cards[0]["state"]
    screener.decide("p0", "exclude")
    assert [True, True] == log.events["final"].tolist()[2:]
    bob = Screener(papers, ReviewLog(log.location, reviewer="bob"), mode="dual", queue="done")
    assert "you decided: include · settled by ada" == bob.cards[0]["state"]
    with pytest.raises(LogError, match="ada has settled"):
        bob.decide("p0", "include")


def test_an_act_sent_late_means_what_it_meant_in_its_queue(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    log.decide("p0", "include", stage=TA)
    bob.decide("p0", "exclude", stage=TA)
    screener = Screener(papers, log, mode="dual")
    tell(screener, event_id="e1", kind="decide", record_id="p0", decision="include", queue="conflicts")
    assert log.events["final"].iloc[-1]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["ada", "bob", "cy", "undo", "final"]), st.integers(0, 4),
                          st.sampled_from(["include", "exclude", "maybe"])), max_size=12),
       st.sampled_from(["single", "dual"]), st.booleans(), st.booleans())
def test_queues_kept_act_by_act_are_those_of_the_screening_room(acts, mode, assigned, stopped):
    papers = papers_table({"paper_id": f"p{i}", "record_ids": [f"p{i}"], "title": f"Paper {i}"} for i in range(5))
    with tempfile.TemporaryDirectory() as place:
        logs = {name: ReviewLog(place, reviewer=name) for name in ("ada", "bob", "cy")}
        if assigned:
            logs["cy"].assign(assign_papers(papers, ["ada", "bob"], overlap=2), stage=TA)
        if stopped:
            logs["cy"].stop(papers.iloc[1:], stage=TA, reason="enough")
        screener = None
        for who, number, decision in sorted(acts, key=lambda act: act[0] in ("ada", "undo", "final")):
            if who in ("bob", "cy"):
                logs[who].decide(f"p{number}", decision, stage=TA)
                continue
            screener = screener or Screener(papers, logs["ada"], mode=mode, order="listed")
            with contextlib.suppress(LogError):
                screener.queue = "conflicts" if who == "final" else "mine"
                screener.undo() if who == "undo" else screener.decide(f"p{number}", decision)
            for name in QUEUES:
                found = screening_queue(papers, logs["ada"].events, stage=TA, reviewer="ada", mode=mode, queue=name)
                kept = set(screener._standing.queues.by_name[name])
                assert set(found["paper_id"]) == kept or (name == "done" and kept <= set(found["paper_id"]))


def test_stopping_is_an_act_with_its_evidence_and_can_be_undone(papers, log):
    screener = Screener(papers, log, mode="dual", key_papers=["p0"])
    said = listen(screener)
    screener.decide("p0", "include")
    assert "1 of 5 papers screened, 1 relevant" in ask(screener, said, "evidence", stated=[])[0]
    tell(screener, event_id="s1", kind="stop", reason="tired", stated=["excluded_checked"])
    event = log.events.iloc[-1]
    assert ("stop", "tired", {"p1", "p2", "p3", "p4"}) == (
        event["kind"], event["reason"], set(event["value"]["record_ids"]))
    evidence = event["context"]["evidence"]
    assert (1, True, True) == tuple(evidence[name] for name in ("screened", "safe_excluded_checked", "safe_key_papers"))
    assert [{"reviewer": "ada", "reason": "tired"}] == screener.progress["stops"] and 0 == queues(screener)["mine"]
    screener.undo()
    assert [] == screener.progress["stops"] and 4 == queues(screener)["mine"]


def sent(papers, log, stage):
    """All that a screener of dual mode sends to the browser, whatever is asked."""
    screener = Screener(papers, log, stage=stage, protocol=PROTOCOL, mode="dual")
    said = listen(screener)
    told = [screener.get_state(["cards", "progress", "settings", "news"]), screener.summary()]
    told += [ask(screener, said, "search", text="paper"), ask(screener, said, "evidence", stated=[])]
    for queue in QUEUES:
        told += [choose(screener, queue), screener.get_state(["cards", "progress"])]
        told += [ask(screener, said, "card", record_id=f"p{i}") for i in range(5)]
    return json.dumps(told, default=str)


@pytest.mark.parametrize("stage", [TA, "retrieval", "full_text"])
def test_nothing_the_browser_gets_depends_on_what_a_blinded_other_did(papers, log, stage):
    bob = ReviewLog(log.location, reviewer="bob")
    for reviewer in (log, bob):
        for paper_id in ("p0", "p1", "p2"):
            reviewer.decide(paper_id, "include", stage=TA)
    log.decide("p0", "include", stage="full_text")
    before = sent(papers, log, stage)
    for paper_id, decision in (("p1", "include"), ("p2", "exclude")):
        bob.decide(paper_id, decision, stage="full_text", reason="no evaluation")
        bob.note(paper_id, "as I thought", stage="full_text")
    for paper_id, decision in (("p3", "exclude"), ("p4", "maybe")):
        bob.decide(paper_id, decision, stage=TA)
    assert before == sent(papers, log, stage)
    log.decide("p3", "include", stage=TA)
    assert '"bob"' in sent(papers, log, TA), "both have decided now"


def test_a_stop_gives_away_nothing_of_what_the_other_reviewer_has_decided(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    bob.decide("p0", "include", stage=TA)
    screener = Screener(papers, log, mode="dual", order="listed")
    screener.stop("enough")
    assert {f"p{i}" for i in range(5)} == set(log.events["value"].iloc[-1]["record_ids"])
    assert 1 == queues(screener)["mine"], "what one of two has decided waits for the other"


def test_a_stop_without_a_reason_is_refused(papers, log):
    screener = Screener(papers, log)
    said = listen(screener)
    tell(screener, event_id="s1", kind="stop", reason=" ")
    assert "refused" == said[-1]["type"] and log.events.empty


def test_acts_of_others_are_announced_without_a_word_about_them_and_read_when_asked(papers, log):
    bob, screener = ReviewLog(log.location, reviewer="bob"), Screener(papers, log, mode="dual", order="listed")
    log.decide("p0", "include", stage=TA)
    screener._handle_custom_msg({"type": "alive"}, [])
    assert not screener.news
    before = json.dumps(screener.get_state())
    bob.decide("p1", "include", stage=TA)
    screener._handle_custom_msg({"type": "alive"}, [])
    assert screener.news and before.replace('"news": false', '"news": true') == json.dumps(screener.get_state())
    screener._handle_custom_msg({"type": "refresh"}, [])
    assert not screener.news and ["p1", "p2", "p3", "p4"] == shown(screener)


@pytest.mark.parametrize("order", ["ranked", "random"])
def test_before_there_is_anything_to_learn_from_the_order_is_random_and_logged(papers, log, order):
    screener = Screener(papers, log, order=order, seed=3)
    queue = screening_queue(papers, log.events, stage=TA, reviewer="ada", order="random", seed=3)
    assert queue["paper_id"].tolist() == shown(screener)
    assert "random order" == screener.progress["order"]
    screener.decide(shown(screener)[0], "include")
    assert {"model": "random order", "seed": 3, "training_size": 0, "rank": 1} == log.events["context"].iloc[-1]


@pytest.mark.parametrize("option", ["stage", "order", "queue", "keys"])
def test_unknown_options_are_refused(papers, log, option):
    with pytest.raises(ReviewKitError, match=f"{option}: expected one of"):
        Screener(papers, log, **{option: "unheard of"})


def test_progress_at_other_stages_counts_papers_once(papers, log):
    bob = ReviewLog(log.location, reviewer="bob")
    log.decide("p0", "include", stage=TA)
    bob.decide("p0", "exclude", stage=TA)
    log.decide("p0", "include", stage=TA, final=True)
    stages = Screener(papers, log, mode="dual", stage="full_text", protocol=PROTOCOL).progress["stages"]
    assert {"label": "Title and abstract", "done": 1, "total": 5} == stages[0]


def test_acts_may_come_from_another_thread(papers, log):
    screener = Screener(papers, log)
    threads = [threading.Thread(target=tell, args=(screener,), kwargs={
        "event_id": f"e{i}", "kind": "decide", "record_id": f"p{i}", "decision": "maybe"}) for i in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 5 == len(log.events) == screener.progress["done"]


def test_a_cell_that_writes_the_log_is_seen_when_the_widget_is_shown_again(papers, log):
    screener = Screener(papers, log, order="listed")
    log.decide("p0", "include", stage=TA)
    screener._handle_custom_msg({"type": "open"}, [])
    assert "p1" == shown(screener)[0]


def test_a_log_that_lost_events_is_told_in_the_widget(papers, log):
    screener = Screener(papers, log)
    screener.decide("p0", "include")
    (log.location / "ada.jsonl").write_text("")
    said = listen(screener)
    screener._handle_custom_msg({"type": "open"}, [])
    assert ["refused", "alive"] == [message["type"] for message in said] and "are gone" in said[0]["text"]
    tell(screener, event_id="e2", kind="decide", record_id="p1", decision="include")
    assert "refused" == said[-1]["type"]


def test_a_static_export_shows_how_far_the_work_is(papers, log):
    data, _ = Screener(papers, log)._repr_mimebundle_()
    assert "0 of 5 decided" in data["text/plain"] and "0 of 5 decided" in data["text/html"]
    assert "application/vnd.jupyter.widget-view+json" in data


def test_what_waits_in_a_browser_is_kept_apart_by_log_reviewer_and_stage(papers, log, tmp_path):
    bob, other = ReviewLog(log.location, reviewer="bob"), ReviewLog(tmp_path / "other", reviewer="ada")
    widgets = [Screener(papers, log), Screener(papers, log, stage="full_text"), Screener(papers, bob),
               Screener(papers, other), Tagger(papers, log, PROTOCOL)]
    assert 5 == len({widget.project for widget in widgets})
    assert widgets[0].project == Screener(papers, log).project
