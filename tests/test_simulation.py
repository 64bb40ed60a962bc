"""simulate_screening: the story it tells, and its measures against their definitions."""

import numpy as np
import pandas as pd
import pytest

from review_kit.errors import ReviewKitError
from review_kit.schema import papers_table
from review_kit.simulation import draw_priors, plot_recall, screening_metrics, simulate_screening

WORDS = "reasoning diagnosis model benchmark clinical graph traffic protein image text code agent".split()


def labelled(n: int = 60) -> tuple[pd.DataFrame, pd.Series]:
    """Papers whose relevance shows in their words, and the truth about them."""
    random = np.random.default_rng(4)
    relevant = random.random(n) < 0.2
    texts = [" ".join(random.choice(WORDS[:6] if r else WORDS[3:], 12)) for r in relevant]
    papers = papers_table({"paper_id": f"p{i}", "title": t} for i, t in enumerate(texts))
    return papers, pd.Series(relevant, index=papers.index)


def test_every_paper_is_screened_once_and_all_relevant_ones_are_found():
    papers, relevant = labelled()
    simulation = simulate_screening(papers, relevant)
    assert sorted(papers["paper_id"]) == sorted(simulation["paper_id"])
    assert 1.0 == simulation["recall"].iloc[-1]
    assert simulation["relevant"].tolist() == relevant[simulation["paper_id"]].tolist()
    assert [0, 0, *range(1, len(papers) - 1)] == simulation["screened"].tolist()


def test_the_two_priors_come_first_and_count_for_nothing():
    papers, relevant = labelled()
    simulation = simulate_screening(papers, relevant, seed=3)
    assert [True, False] == simulation["relevant"].tolist()[:2]
    assert [True, True] + [False] * (len(papers) - 2) == simulation["prior"].tolist()
    assert relevant.sum() - 1 == simulation["found"].iloc[-1] == simulation.attrs["metrics"]["n_relevant"]


def test_the_priors_are_those_of_asreview():
    """What asreview 3.0.8 drew with --n-prior-included 1 --n-prior-excluded 1 for 20 rows, 3, 7 and 11 relevant."""
    relevant = pd.Series([i in (3, 7, 11) for i in range(20)], index=range(20))
    assert {1: [3, 4], 2: [11, 15], 3: [7, 19]} == {seed: draw_priors(relevant, seed=seed) for seed in (1, 2, 3)}


def test_it_beats_a_random_order():
    assert simulate_screening(*labelled()).attrs["metrics"]["wss95"] > 0.3


def test_the_same_seed_tells_the_same_story():
    papers, relevant = labelled()
    assert simulate_screening(papers, relevant, seed=1).equals(simulate_screening(papers, relevant, seed=1))


def test_relevant_may_be_ids_or_truth_values_by_id_or_in_order():
    papers, relevant = labelled()
    told = simulate_screening(papers, relevant)
    assert told.equals(simulate_screening(papers, set(relevant.index[relevant])))
    assert told.equals(simulate_screening(papers, relevant.reset_index(drop=True)))
    assert told.equals(simulate_screening(papers, relevant.astype("boolean").sample(frac=1, random_state=1)))


def test_it_relearns_after_every_twentieth_of_what_is_decided():
    sizes = simulate_screening(*labelled()).query("not prior")["training_size"]
    first = sizes.drop_duplicates().tolist()
    while_learning = [b - a for a, b in zip(first, first[1:])]
    assert while_learning == [max(1, a // 20) for a in first[:-1]]


@pytest.mark.parametrize("relevant, complaint", [
    ({"p1"}, "two relevant"), ({"p1", "p2", "nobody"}, "nobody"), (pd.Series([True, False]), "for each of 60"),
    (set(), "two relevant"),
])
def test_labels_that_cannot_be_replayed_are_refused(relevant, complaint):
    with pytest.raises(ReviewKitError, match=complaint):
        simulate_screening(labelled()[0], relevant)


def test_the_measures_by_hand():
    metrics = screening_metrics([c == "1" for c in "1100000100" + "0" * 10])
    assert {"n": 20, "n_relevant": 3, "wss95": 0.95 - 8 / 20, "wss100": 1 - 8 / 20, "rrf10": 2 / 3,
            "atd": (1 + 2 + 8) / 3 / 20, "last": 8} == pytest.approx(metrics.to_dict())


def test_measures_of_a_set_without_relevant_papers_are_missing():
    metrics = screening_metrics([False, False])
    assert 2 == metrics["n"] and metrics[["wss95", "rrf10", "atd"]].isna().all()


def test_the_recall_curve_is_drawn_where_it_is_told():
    from matplotlib.figure import Figure

    simulation, ax = simulate_screening(*labelled()), Figure().subplots()
    assert ax is plot_recall(simulation, ax=ax)
    curve = ax.lines[-1]
    assert (0, 0) == (curve.get_xdata()[0], curve.get_ydata()[0])
    assert (58, 1.0) == (curve.get_xdata()[-1], curve.get_ydata()[-1])
    assert "WSS@95" in plot_recall(simulation).get_legend().get_texts()[-1].get_text()
