"""stopping_evidence: the test agrees with its source, the rest is counted right, nothing is hidden."""

import numpy as np
import pandas as pd
import pytest

from review_kit.errors import ReviewKitError
from review_kit.ranking import RANDOM_ORDER
from review_kit.schema import events_table, papers_table
from review_kit.stopping import (
    SAFE_ITEMS,
    evidence_in_words,
    hypergeometric_cdf,
    irrelevant_run,
    missed_target_p,
    remaining_relevant,
    stopping_evidence,
)

STAGE = "title_abstract"


def screened(pattern: str, n_papers: int, *, models: dict | None = None, reviewer: str = "ada"):
    """Papers and the events that decide the first of them; 1 is an include, 0 an exclude."""
    papers = papers_table({"paper_id": f"p{i:04}", "title": f"Paper {i}"} for i in range(n_papers))
    events = events_table(
        {"event_id": f"{reviewer}{i}", "seq": i, "kind": "decide", "stage": STAGE, "reviewer": reviewer,
         "record_id": f"p{i:04}", "value": "include" if mark == "1" else "exclude", "final": False,
         "context": {"model": (models or {}).get(i, "some model")}}
        for i, mark in enumerate(pattern)
    )
    return papers, events


# calculate_h0 of buscarpy 0.0.2 (Python 3.11, scipy 1.17), run once; the order of screening, papers, target, p.
BUSCARPY = [
    ("1" * 60 + "0" * 600, 1000, 0.95, 0.016923467092504314),
    ("10" * 20 + "0" * 200, 900, 0.9, 0.44994608486302),
    ("0" * 30 + "1" + "0" * 70 + "1" + "0" * 99, 250, 0.95, 0.3310810810810811),
    ("1" * 5, 40, 0.8, 1.0),
    ("0" * 100, 400, 0.95, 0.75),
    ("110" * 30 + "0" * 500, 600, 0.95, 7.479248544441626e-08),
]


@pytest.mark.parametrize("pattern, n_papers, recall, expected", BUSCARPY)
def test_the_p_is_that_of_buscarpy(pattern, n_papers, recall, expected):
    found = [mark == "1" for mark in pattern]
    assert expected == pytest.approx(missed_target_p(found, n_papers, recall=recall), rel=1e-9)


def test_the_cumulated_probabilities_are_those_of_scipy():
    from scipy.stats import hypergeom

    random = np.random.default_rng(0)
    population = random.integers(2, 3000, 400)
    draws = random.integers(1, population)
    special = random.integers(0, population)
    drawn = hypergeom.rvs(population, special, draws, random_state=1)
    assert np.allclose(hypergeom.cdf(drawn, population, special, draws),
                       hypergeometric_cdf(drawn, population, special, draws), atol=1e-10)


def test_before_anything_is_screened_nothing_is_known():
    evidence = stopping_evidence(*screened("", 30), stage=STAGE)
    assert (1.0, False, 30, 0) == tuple(evidence[["p_target_missed", "target_reached", "remaining_high", "screened"]])


def test_when_all_is_screened_nothing_remains():
    evidence = stopping_evidence(*screened("1001000000", 10), stage=STAGE)
    assert (0.0, True, 0, 0, 1.0) == tuple(
        evidence[["p_target_missed", "target_reached", "remaining", "remaining_high", "recall_low"]])


def test_the_limit_is_the_last_number_that_the_test_does_not_rule_out():
    found = np.r_[np.ones(60), np.zeros(600)]
    estimate, high = remaining_relevant(found, 1000)
    assert estimate <= high
    # With one more than the limit unseen, recall is high + 1 short; the test must reject exactly there.
    assert missed_target_p(found, 1000, recall=60 / (60 + high)) < 0.05
    assert missed_target_p(found, 1000, recall=60 / (60 + high - 1)) >= 0.05


def test_more_irrelevant_papers_leave_less_to_be_found():
    limits = [remaining_relevant([True] * 20 + [False] * n, 1000)[1] for n in range(0, 980, 70)]
    assert limits == sorted(limits, reverse=True)


def test_the_run_counts_the_papers_since_the_last_relevant_one():
    assert [0, 2, 3, 0] == [irrelevant_run([c == "1" for c in p]) for p in ("01", "0100", "000", "")]


def test_the_safe_checklist_is_read_from_the_log():
    models = {**dict.fromkeys(range(20), RANDOM_ORDER), **dict.fromkeys(range(150, 220), "another model")}
    papers, events = screened("0001" + "0" * 16 + "1" * 30 + "0" * 170, 300, models=models)
    evidence = stopping_evidence(papers, events, stage=STAGE, key_papers=["p0003"])
    assert {
        "safe_random_start": True, "safe_twice_expected": True, "safe_share": True, "safe_run": True,
        "safe_key_papers": True, "safe_second_model": True,
    } == evidence[[k for k in evidence.index if k.startswith("safe_") and k != "safe_excluded_checked"]].to_dict()
    assert pd.isna(evidence["safe_excluded_checked"])


def test_what_was_not_done_is_not_ticked():
    evidence = stopping_evidence(*screened("10010", 300), stage=STAGE, key_papers=["p0000", "p0200"])
    assert not any(evidence[["safe_random_start", "safe_share", "safe_run", "safe_key_papers", "safe_second_model"]])
    assert pd.isna(evidence["safe_twice_expected"])
    assert pd.isna(stopping_evidence(*screened("1", 9), stage=STAGE)["safe_key_papers"])


def test_irrelevant_papers_in_random_order_are_no_run_and_an_unknown_order_is_not_known():
    for shown_by, expected in ((RANDOM_ORDER, False), ("some model", True)):
        models = dict.fromkeys(range(60), shown_by)
        assert expected == stopping_evidence(*screened("1" + "0" * 59, 300, models=models), stage=STAGE)["safe_run"]
    papers, events = screened("1" + "0" * 59, 300)
    events["context"] = [{}] * len(events)
    assert stopping_evidence(papers, events, stage=STAGE)["safe_run"] is pd.NA


def test_a_relevant_paper_found_in_random_order_ends_the_run():
    models = {**dict.fromkeys(range(60), "some model"), 60: RANDOM_ORDER}
    for found, expected in (("0", True), ("1", False)):
        papers, events = screened("1" + "0" * 59 + found, 300, models=models)
        assert expected == stopping_evidence(papers, events, stage=STAGE)["safe_run"]


def test_what_the_log_cannot_show_a_person_states():
    papers, events = screened("10010", 300)
    evidence = stopping_evidence(papers, events, stage=STAGE, stated=["second_model", "excluded_checked"])
    assert (True, True) == tuple(evidence[["safe_second_model", "safe_excluded_checked"]])
    with pytest.raises(ReviewKitError, match="stated: expected some of"):
        stopping_evidence(papers, events, stage=STAGE, stated=["share"])


def test_in_words_nothing_of_the_evidence_is_left_out():
    lines = evidence_in_words(stopping_evidence(*screened("10010", 3000), stage=STAGE, key_papers=["p0000"]))
    assert "5 of 3,000 papers screened, 2 relevant; 1 irrelevant since the last relevant one" == lines[0]
    assert "SAFE, all key papers found relevant: yes" in lines
    assert len(SAFE_ITEMS) == sum(line.startswith("SAFE") for line in lines)
    assert "SAFE, excluded papers checked again: not known" == lines[-1]


def test_a_blinded_reviewer_sees_only_own_evidence():
    papers, mine = screened("10", 30)
    theirs = screened("0110", 30, reviewer="bo")[1]
    evidence = stopping_evidence(papers, pd.concat([mine, theirs]), stage=STAGE, reviewer="ada")
    assert (2, 1) == tuple(evidence[["screened", "relevant"]])


def test_how_a_paper_was_shown_to_another_is_no_evidence_of_a_blinded_reviewer():
    papers, mine = screened("10", 30, models={0: RANDOM_ORDER, 1: RANDOM_ORDER})
    theirs = screened("10", 30, reviewer="bo")[1]
    evidence = stopping_evidence(papers, pd.concat([theirs, mine]), stage=STAGE, reviewer="ada")
    assert evidence["safe_random_start"]


@pytest.mark.parametrize("recall", [0, 1, 95])
def test_a_target_that_is_no_share_is_refused(recall):
    with pytest.raises(ReviewKitError, match="0.95"):
        stopping_evidence(*screened("10", 30), stage=STAGE, recall=recall)


def test_inputs_are_not_changed():
    papers, events = screened("0110", 30)
    before = papers.copy(deep=True), events.copy(deep=True)
    stopping_evidence(papers, events, stage=STAGE)
    pd.testing.assert_frame_equal(before[0], papers)
    pd.testing.assert_frame_equal(before[1], events)
