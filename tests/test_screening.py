"""Screening: only what passed goes on, reviewers stay blinded, conflicts stay until they are settled."""

import pandas as pd
import pytest

from review_kit.errors import LogError, ReviewKitError
from review_kit.review_log import ReviewLog
from review_kit.schema import events_table, papers_table
from review_kit.screening.assignment import assign_papers
from review_kit.screening.queues import QUEUES, screening_queue
from review_kit.screening.status import screening_status, select_papers

TA, RETRIEVAL, FT = "title_abstract", "retrieval", "full_text"
PAPERS = papers_table([{"paper_id": p, "record_ids": [p, f"{p}-again"]} for p in "abcdef"])


def acts(*rows):
    """Events from short rows: (reviewer, paper, stage, decision, reason, final) or a dict for other kinds."""
    names = ("reviewer", "record_id", "stage", "value", "reason", "final")
    made = [{"kind": "decide", **(row if isinstance(row, dict) else dict(zip(names, row)))} for row in rows]
    return events_table([
        {"event_id": f"e{n}", "seq": n, "at": f"2026-01-01T00:00:{n:02}Z", "reviewer": "ada", "final": False, **row}
        for n, row in enumerate(made)
    ])


def everyone(decision, stage, reviewers=("ada",), papers="abcdef", reason=None):
    return [(r, p, stage, decision, reason) for p in papers for r in reviewers]


def status(events, stage=TA, **options):
    return screening_status(PAPERS, events, stage=stage, **options)["status"].to_dict()


def queue(events, reviewer="ada", stage=TA, **options):
    return "".join(screening_queue(PAPERS, events, stage=stage, reviewer=reviewer, **options)["paper_id"])


def selected(events, **options):
    return "".join(select_papers(PAPERS, events, **options)["paper_id"])


def unblind(stage=TA, reviewer="lead"):
    return {"kind": "unblind", "stage": stage, "value": stage, "reviewer": reviewer}


def assign(papers, reviewers, stage=TA):
    return {"kind": "assign", "stage": stage, "value": {"record_ids": list(papers), "reviewers": list(reviewers)}}


def stop(papers="abcdef"):
    return {"kind": "stop", "stage": TA, "value": {"record_ids": list(papers)}}


# Combining decisions

@pytest.mark.parametrize("mode, decisions, expected", [
    ("single", [], "pending"), ("single", ["include"], "include"), ("single", ["maybe"], "maybe"),
    ("single", ["exclude"], "exclude"), ("single", ["include", "exclude"], "conflict"),
    ("dual", ["include"], "pending"), ("dual", ["include", "include"], "include"),
    ("dual", ["include", "maybe"], "include"), ("dual", ["maybe", "maybe"], "maybe"),
    ("dual", ["exclude", "exclude"], "exclude"), ("dual", ["maybe", "exclude"], "conflict"),
    ("dual", ["include", "exclude"], "conflict"), ("dual", ["include", "include", "exclude"], "conflict"),
])
def test_decisions_at_title_and_abstract_combine(mode, decisions, expected):
    events = acts(*((r, "a", TA, d) for r, d in zip(("ada", "bob", "cy"), decisions)))
    assert expected == status(events, mode=mode)["a"]


@pytest.mark.parametrize("first, second, expected", [
    (("exclude", "not medical"), ("exclude", "not medical"), "exclude"),
    (("exclude", "not medical"), ("exclude", "no reasoning"), "conflict"),
    (("include", None), ("maybe", None), "conflict"), (("maybe", None), ("maybe", None), "maybe"),
    (("include", None), ("exclude", "not medical"), "conflict"), (("include", None), ("include", None), "include"),
])
def test_different_reasons_at_full_text_are_a_conflict(first, second, expected):
    events = acts(("ada", "a", FT, *first), ("bob", "a", FT, *second))
    assert expected == status(events, FT, mode="dual")["a"]


def test_different_reasons_at_title_and_abstract_are_no_conflict_and_the_first_is_kept():
    events = acts(("ada", "a", TA, "exclude", None), ("bob", "a", TA, "exclude", "x"), ("cy", "a", TA, "exclude", "y"))
    row = screening_status(PAPERS, events, stage=TA, mode="dual").loc["a"]
    assert ("exclude", "x") == (row["status"], row["reason"])


def test_a_reviewers_last_decision_counts():
    events = acts(("ada", "a", TA, "include"), ("ada", "a", TA, "exclude"))
    row = screening_status(PAPERS, events, stage=TA).loc["a"]
    assert ("exclude", 1, ["ada"], "2026-01-01T00:00:01Z") == (
        row["status"], row["n_decisions"], row["reviewers"], row["decided_at"])


def test_an_undone_decision_does_not_count():
    events = acts(("ada", "a", TA, "include"), ("ada", "a", TA, "exclude"),
                  {"kind": "undo", "value": "e1", "record_id": "a", "stage": TA})
    assert "include" == status(events)["a"]


def test_a_decision_about_any_record_of_a_paper_is_about_the_paper():
    assert "include" == status(acts(("ada", "a-again", TA, "include")))["a"]


def test_decisions_about_papers_that_are_not_there_are_left_out():
    assert {"pending"} == set(status(acts(("ada", "gone", TA, "include"))).values())


def test_a_final_decision_settles_a_conflict_and_the_originals_stay():
    conflict = [("ada", "a", FT, "include"), ("bob", "a", FT, "exclude", "not medical")]
    settled = acts(*conflict, ("ada", "a", FT, "exclude", "no reasoning", True))
    row = screening_status(PAPERS, settled, stage=FT, mode="dual").loc["a"]
    assert ("exclude", "no reasoning", True, 2, ["ada", "bob"]) == (
        row["status"], row["reason"], row["final"], row["n_decisions"], row["reviewers"])


def test_an_undone_final_decision_leaves_the_conflict():
    events = acts(("ada", "a", TA, "include"), ("bob", "a", TA, "exclude"), ("cy", "a", TA, "include", None, True),
                  {"kind": "undo", "value": "e2", "reviewer": "cy"})
    assert "conflict" == status(events, mode="dual")["a"]


def test_an_unknown_decision_is_named():
    with pytest.raises(LogError, match="expected one of include, exclude, maybe; found 'yes' by ada for a"):
        status(acts(("ada", "a", TA, "yes")))


def test_unknown_words_are_refused():
    for options in ({"stage": "title"}, {"mode": "triple"}, {"order": "best"}, {"queue": "yours"}):
        with pytest.raises(ReviewKitError, match="expected one of"):
            screening_queue(PAPERS, acts(), **{"stage": TA, "reviewer": "ada", **options})
    with pytest.raises(ReviewKitError, match="status: expected one of"):
        select_papers(PAPERS, acts(), status="in")


# Stages

def test_only_what_passed_title_and_abstract_reaches_full_text():
    events = acts(("ada", "a", TA, "include"), ("ada", "b", TA, "maybe"), ("ada", "c", TA, "exclude"))
    assert "ab" == queue(events, stage=FT)
    assert "ab" == queue(events, stage=RETRIEVAL)


def test_a_conflict_does_not_go_on():
    events = acts(("ada", "a", TA, "include"), ("bob", "a", TA, "exclude"))
    assert "" == queue(events, stage=FT, mode="dual")


def test_once_retrieval_is_logged_only_retrieved_papers_reach_full_text():
    events = acts(*everyone("include", TA, papers="abc"), ("ada", "a", RETRIEVAL, "retrieved"),
                  ("ada", "b", RETRIEVAL, "not_retrieved", "behind a paywall"))
    assert "a" == queue(events, stage=FT)
    assert "c" == queue(events, stage=RETRIEVAL)
    assert "b" == selected(events, stage=RETRIEVAL, status="not_retrieved")


def test_a_review_that_logs_only_failures_reads_all_others():
    events = acts(*everyone("include", TA, papers="abc"), ("ada", "b", RETRIEVAL, "not_retrieved"))
    assert "ac" == queue(events, stage=FT)


def test_a_full_text_decision_shows_that_the_report_was_there():
    events = acts(*everyone("include", TA, papers="abc"), ("ada", "a", RETRIEVAL, "retrieved"),
                  ("ada", "b", FT, "include"))
    assert "b" == selected(events)


def test_a_report_found_later_is_retrieved_whoever_finds_it():
    events = acts(("ada", "a", TA, "include"), ("ada", "a", RETRIEVAL, "not_retrieved"),
                  ("bob", "a", RETRIEVAL, "retrieved"))
    assert "include" == status(events, RETRIEVAL)["a"]


def test_a_paper_excluded_later_at_title_and_abstract_is_not_selected():
    events = acts(("ada", "a", TA, "include"), ("ada", "a", FT, "include"), ("ada", "a", TA, "exclude"))
    assert "" == selected(events)


def test_papers_not_excluded_are_all_that_came_so_far_and_were_not_excluded():
    events = acts(("ada", "a", TA, "include"), ("ada", "b", TA, "exclude"), ("ada", "c", TA, "maybe"),
                  ("ada", "c", FT, "exclude", "not medical"))
    assert "acdef" == selected(events, stage=TA, status="not excluded")
    assert "a" == selected(events, stage=FT, status="not excluded")


def test_selected_papers_carry_all_tags_or_their_descendants():
    tags = [("tag", "a", "method/rl"), ("tag", "a", "text"), ("tag", "b", "method"), ("tag", "c", "methodology"),
            ("tag", "d", "method/rl"), ("untag", "d", "method/rl")]
    events = acts(*everyone("include", TA), *everyone("include", FT),
                  *({"kind": k, "record_id": r, "value": v} for k, r, v in tags))
    assert "ab" == selected(events, tags=["method"])
    assert "a" == selected(events, tags=["method", "text"])
    assert "abcdef" == selected(events)


# Blinding

BOBS = [("bob", "a", TA, "include"), ("bob", "b", TA, "exclude"), ("bob", "c", TA, "maybe")]


@pytest.mark.parametrize("mode", ["single", "dual"])
@pytest.mark.parametrize("order", ["ranked", "listed", "random"])
def test_nothing_a_blinded_reviewer_sees_depends_on_the_other(mode, order):
    mine = [("ada", "d", TA, "include")]
    for name in QUEUES:
        alone, both = (queue(acts(*e), queue=name, mode=mode, order=order) for e in (mine, [*mine, *BOBS]))
        assert alone == both
    alone, both = (screening_status(PAPERS, acts(*e), stage=TA, mode=mode, reviewer="ada")
                   for e in (mine, [*mine, *BOBS]))
    pd.testing.assert_frame_equal(alone, both)


def test_a_reviewer_sees_the_others_decision_after_both_decided():
    events = acts(*BOBS, ("ada", "a", TA, "exclude"))
    view = screening_status(PAPERS, events, stage=TA, mode="dual", reviewer="ada")
    assert ("conflict", 2) == tuple(view.loc["a", ["status", "n_decisions"]])
    assert ("pending", 0) == tuple(view.loc["b", ["status", "n_decisions"]])
    assert "a" == queue(events, queue="conflicts", mode="dual")


def test_unblinding_shows_everything_at_that_stage_until_it_is_undone():
    view = screening_status(PAPERS, acts(*BOBS, unblind()), stage=TA, mode="dual", reviewer="ada")
    assert [1, 1, 1, 0, 0, 0] == view["n_decisions"].tolist()
    other_stage = screening_status(PAPERS, acts(*BOBS, unblind(FT)), stage=TA, mode="dual", reviewer="ada")
    undone = acts(*BOBS, unblind(), {"kind": "undo", "value": "e3", "reviewer": "lead"})
    again = screening_status(PAPERS, undone, stage=TA, mode="dual", reviewer="ada")
    assert 0 == other_stage["n_decisions"].sum() == again["n_decisions"].sum()


def test_unblinded_reviewers_in_single_mode_share_the_work():
    assert "abcdef" == queue(acts(*BOBS))
    assert "def" == queue(acts(*BOBS, unblind()))


def test_somebody_who_is_not_asked_sees_the_conflicts_of_the_others():
    events = acts(*BOBS, ("ada", "a", TA, "exclude"))
    assert "a" == queue(events, "cy", queue="conflicts", mode="dual")
    assert "bcdef" == queue(events, "cy", mode="dual")


def test_three_assigned_reviewers_wait_for_each_other():
    two = [assign("a", ["ada", "bob", "cy"]), ("ada", "a", TA, "include"), ("bob", "a", TA, "exclude")]
    assert "pending" == status(acts(*two), mode="dual", reviewer="ada")["a"]
    assert "a" == queue(acts(*two), "cy", mode="dual")
    assert "conflict" == status(acts(*two, ("cy", "a", TA, "include")), mode="dual", reviewer="ada")["a"]


# Stopping early

def test_after_a_stop_what_nobody_decided_is_unscreened_and_in_no_queue():
    events = acts(("ada", "a", TA, "include"), stop("abcd"))
    assert {"a": "include", "b": "unscreened", "e": "pending"} == {p: status(events)[p] for p in "abe"}
    assert "ef" == queue(events) and {"", "a", "ef"} == {queue(events, queue=name) for name in QUEUES}
    assert "bcd" == selected(events, stage=TA, status="unscreened")
    assert "aef" == selected(events, stage=TA, status="not excluded")


def test_a_stop_can_be_undone_and_a_decision_made_all_the_same():
    stopped = [stop(), {"kind": "undo", "value": "e0"}]
    assert {"pending"} == set(status(acts(*stopped)).values()) and "abcdef" == queue(acts(*stopped))
    assert "include" == status(acts(stop(), ("ada", "b-again", TA, "include")))["b"]


def test_what_one_of_two_had_decided_still_waits_for_the_other_after_a_stop():
    events = acts(("ada", "a", TA, "include"), ("ada", "b", TA, "include"), ("bob", "b", TA, "include"), stop())
    assert {"a": "pending", "b": "include", "c": "unscreened"} == {p: status(events, mode="dual")[p] for p in "abc"}
    assert "a" == queue(events, "bob", mode="dual") == queue(events, "ada", queue="awaiting another", mode="dual")


def test_after_a_stop_the_queue_of_a_blinded_reviewer_does_not_show_what_others_decided():
    events = acts(("bob", "a", TA, "include"), stop())
    assert "" == queue(events) and {"unscreened"} == set(status(events, reviewer="ada").values())


# Queues

def test_every_paper_is_in_one_queue_of_a_reviewer():
    events = acts(("ada", "a", TA, "include"), ("ada", "b", TA, "include"), ("bob", "b", TA, "exclude"),
                  ("ada", "c", TA, "exclude"), ("bob", "c", TA, "exclude"))
    found = {name: queue(events, queue=name, mode="dual") for name in QUEUES}
    assert {"mine": "def", "awaiting another": "a", "conflicts": "b", "done": "c"} == found


def test_once_papers_are_assigned_mine_holds_only_assigned_ones():
    events = acts(assign("ab", ["ada", "bob"]), assign("c", ["bob"]), ("bob", "a", TA, "include"))
    assert "ab" == queue(events)
    assert "bc" == queue(events, "bob")
    assert "" == queue(events, "cy")


def test_an_overlap_in_single_mode_waits_for_both():
    events = acts(assign("a", ["ada", "bob"]), assign("b", ["ada"]), *everyone("include", TA, papers="ab"))
    assert ("pending", "include") == (status(events)["a"], status(events)["b"])
    assert "a" == queue(events, queue="awaiting another")


def test_the_ranking_orders_the_queue_and_papers_it_does_not_name_come_last():
    ranking = pd.Series([.9, .5, .1], index=["d", "f", "a"])
    assert "dfabce" == queue(acts(), ranking=ranking)
    assert "abcdef" == queue(acts(), ranking=ranking, order="listed") == queue(acts(), order="ranked")


def test_random_order_follows_the_seed_and_new_papers_leave_it_alone():
    first = queue(acts(), order="random", seed=3)
    assert sorted(first) == list("abcdef") and first == queue(acts(), order="random", seed=3)
    assert len({queue(acts(), order="random", seed=s) for s in range(9)}) > 3
    fewer = screening_queue(PAPERS.iloc[[4, 1, 2]], acts(), stage=TA, reviewer="ada", order="random", seed=3)
    assert [p for p in first if p in "bce"] == fewer["paper_id"].tolist()


def test_no_papers_and_no_events_give_empty_tables():
    nothing = papers_table([])
    assert 0 == len(screening_queue(nothing, acts(), stage=FT, reviewer="ada"))
    assert 0 == len(screening_status(nothing, acts(("ada", "a", TA, "include")), stage=FT))
    assert 0 == len(select_papers(nothing, acts(), tags=["x"]))


def test_inputs_are_never_changed():
    papers, events = PAPERS.copy(deep=True), acts(*BOBS, assign("a", ["ada"]))
    before = events.copy(deep=True)
    for name in QUEUES:
        found = screening_queue(papers, events, stage=TA, reviewer="ada", queue=name)
        found["title"] = "x"
    selection = select_papers(papers, events, stage=TA)
    selection["title"] = "x"
    screening_status(papers, events, stage=FT, mode="dual", reviewer="ada")
    assign_papers(papers, ["ada", "bob"])
    pd.testing.assert_frame_equal(PAPERS, papers)
    pd.testing.assert_frame_equal(before, events)


def test_the_log_and_the_queue_work_together(tmp_path):
    log = ReviewLog(tmp_path / "log", reviewer="ada")
    log.decide("a", "include", stage=TA)
    log.decide("b", "exclude", stage=TA, reason="not medical")
    log.undo()
    assert "bcdef" == queue(log.events)
    assert "a" == queue(log.events, stage=FT)


# Assignment

def many(n):
    return papers_table([{"paper_id": f"p{i}", "record_ids": [f"p{i}"]} for i in range(n)])


def test_a_plan_has_a_pilot_for_all_an_overlap_for_two_and_the_rest_for_one():
    plan = assign_papers(many(100), ["ada", "bob", "cy"], pilot=10, overlap=0.2, seed=1)
    assert {"pilot": 10, "overlap": 18, "split": 72} == plan["part"].value_counts().to_dict()
    assert {"pilot": {3}, "overlap": {2}, "split": {1}} == {
        part: set(rows.map(len)) for part, rows in plan.groupby("part")["reviewers"]}
    share = plan["reviewers"].explode().value_counts()
    assert share.max() - share.min() <= 2
    assert [f"p{i}" for i in range(100)] == plan["paper_id"].tolist()


def test_the_same_seed_gives_the_same_plan_and_another_seed_another():
    first, again, other = (assign_papers(many(50), ["ada", "bob"], seed=s) for s in (0, 0, 1))
    pd.testing.assert_frame_equal(first, again)
    assert not first.equals(other)


def test_an_overlap_of_one_gives_every_paper_to_two():
    assert {2} == set(assign_papers(many(9), ["ada", "bob", "cy"], overlap=1.0)["reviewers"].map(len))


@pytest.mark.parametrize("reviewers, options", [
    ([], {}), (["ada", "ada"], {}), (["ada"], {"pilot": 2}), (["ada", "bob"], {"pilot": 20}),
    (["ada", "bob"], {"overlap": 11}), (["ada", "bob"], {"overlap": -1}), (["ada", "bob"], {"overlap": 1.5}),
])
def test_a_plan_that_cannot_be_met_is_refused(reviewers, options):
    with pytest.raises(ReviewKitError, match="expected"):
        assign_papers(many(10), reviewers, **options)


def test_one_reviewer_gets_everything():
    assert [["ada"]] * 3 == assign_papers(many(3), ["ada"], overlap=0.5)["reviewers"].tolist()


@pytest.mark.slow
def test_a_hundred_thousand_papers_take_about_a_second():
    import time

    papers = many(100_000)
    events = acts(*((who, f"p{n}", TA, "include" if (n + k) % 5 == 0 else "exclude")
                    for n in range(100_000) for k, who in enumerate(("ada", "bob"))))
    for look in (screening_status, screening_queue):
        started = time.process_time()
        look(papers, events, stage=FT, mode="dual", reviewer="ada")
        assert time.process_time() - started < 2
