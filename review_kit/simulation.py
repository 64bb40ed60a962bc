"""Replay the screening of a labelled set: how soon would the ranking have shown the relevant papers?"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from .errors import ReviewKitError
from .relevance import RelevanceModel
from .text_features import PaperFeatures, paper_features

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# The ranking is learned anew after every decision at first, later when the decided papers grew by this share.
RELEARN_SHARE = 20


def simulate_screening(papers: pd.DataFrame, relevant: Iterable[str] | pd.Series, *, seed: int = 0) -> pd.DataFrame:
    """Replay a finished screening as if it were ranked: decide the best papers, learn, rank again, to the end.

    It starts from one relevant and one irrelevant paper (``prior``), drawn as ``asreview simulate --prior-seed`` draws
    them, and learns anew after every ``max(1, decided // 20)`` decisions. Once every relevant paper is found the rest
    follows in the last order. It says nothing about papers whose labels are wrong.

    Parameters
    ----------
    papers
        A papers table.
    relevant
        The ``paper_id`` of the relevant papers, or a truth value for each paper (a Series by ``paper_id``, or one in
        the order of `papers`).
    seed
        Draws the two first papers.

    Returns
    -------
    DataFrame
        In the order of screening: ``paper_id, relevant, prior, screened`` (how many so far, priors not counted),
        ``found``, ``recall``, ``training_size``. ``.attrs["metrics"]`` holds :func:`screening_metrics` as a dict.

    Raises
    ------
    ReviewKitError
        There are not at least two relevant and one irrelevant paper, or `relevant` names papers that are not there.
    """
    features = paper_features(papers)
    wanted = _truth(papers, relevant)
    truth = wanted.reindex(features.paper_ids).to_numpy(dtype=bool)
    place = {paper_id: row for row, paper_id in enumerate(features.paper_ids)}
    priors = [place[paper_id] for paper_id in draw_priors(wanted, seed=seed)]
    order, sizes = _replay(features, truth, priors)
    return _story(features.paper_ids[order], truth[order], np.array(sizes))


def screening_metrics(relevant: Iterable[bool]) -> pd.Series:
    """Measure how early an order of screening finds what is relevant.

    Parameters
    ----------
    relevant
        One truth value per paper in the order of screening, to the last paper; papers known beforehand left out.

    Returns
    -------
    Series
        ``n`` and ``n_relevant``; ``wss95`` and ``wss100``, work saved over random order at 95 % and 100 % recall
        (Cohen et al. 2006, doi:10.1197/jamia.M1929: recall minus the share screened); ``rrf10``, the share of relevant
        papers found in the first 10 %; ``atd``, the mean share screened when a relevant paper is found (average time
        to discovery, Ferdinands et al. 2023, doi:10.1186/s13643-023-02257-7); ``last``, the papers screened when the
        last relevant one is found. Without relevant papers all but ``n`` and ``n_relevant`` are missing.
    """
    truth = np.asarray(list(relevant), dtype=bool)
    n, found_at = len(truth), np.flatnonzero(truth) + 1
    n_relevant = len(found_at)
    measured = dict.fromkeys(("wss95", "wss100", "rrf10", "atd", "last"), np.nan)
    if n_relevant:
        measured = {
            "wss95": 0.95 - found_at[math.ceil(0.95 * n_relevant) - 1] / n,
            "wss100": 1 - found_at[-1] / n,
            "rrf10": truth[: max(int(0.1 * n), 1)].sum() / n_relevant,
            "atd": found_at.mean() / n,
            "last": found_at[-1],
        }
    return pd.Series({"n": n, "n_relevant": n_relevant, **measured}, dtype="float64", name="metrics")


def draw_priors(relevant: pd.Series, *, seed: int) -> list[str]:
    """Draw one relevant and one irrelevant paper as ``asreview simulate`` does with one prior of each kind.

    Parameters
    ----------
    relevant
        Truth values by ``paper_id``, in the order of the set: the draw depends on it.
    seed
        As ``--prior-seed``.

    Returns
    -------
    list of str
        The relevant, then the irrelevant ``paper_id``.
    """
    truth = relevant.to_numpy(dtype=bool)
    return [
        relevant.index[np.random.RandomState(seed).choice(np.flatnonzero(truth == wanted), 1, replace=False)[0]]
        for wanted in (True, False)
    ]


def plot_recall(simulation: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the recall curve of a simulation beside what a random order would give.

    Parameters
    ----------
    simulation
        As made by :func:`simulate_screening`; ``screened``, ``recall``, ``prior``.
    ax
        Where to draw; a new figure when not given.

    Returns
    -------
    Axes
        Papers screened against recall, with WSS@95 in the legend.
    """
    if ax is None:
        from matplotlib.figure import Figure

        ax = Figure(figsize=(6, 4), layout="constrained").subplots()
    shown = simulation[~simulation["prior"]]
    metrics = simulation.attrs.get("metrics") or screening_metrics(shown["relevant"]).to_dict()
    ax.plot([0, len(shown)], [0, 1], color="0.6", linestyle=":", label="random order")
    ax.axhline(0.95, color="0.6", linewidth=0.8)
    ax.step([0, *shown["screened"]], [0, *shown["recall"]], where="post",
            label=f"ranked: WSS@95 {metrics['wss95']:.2f}, RRF@10 {metrics['rrf10']:.2f}")
    ax.set(xlabel="papers screened", ylabel="relevant papers found", xlim=(0, max(len(shown), 1)), ylim=(0, 1.02))
    ax.yaxis.set_major_formatter("{x:.0%}")
    ax.legend(loc="lower right", frameon=False)
    return ax


def _truth(papers: pd.DataFrame, relevant: Iterable[str] | pd.Series) -> pd.Series:
    """A truth value for each paper by paper_id, in the order of the papers; complains about what does not fit."""
    paper_ids = papers["paper_id"].astype(str).to_numpy(dtype=object)
    named = _named(paper_ids, relevant)
    unknown = sorted(str(p) for p in named - set(paper_ids))
    if unknown:
        raise ReviewKitError(f"relevant: {len(unknown)} are not in papers: {', '.join(unknown[:5])}")
    truth = pd.Series([p in named for p in paper_ids], index=paper_ids, dtype=bool)
    if truth.sum() < 2 or truth.all():
        found = f"{truth.sum()} relevant of {len(truth)}"
        raise ReviewKitError(f"a simulation needs two relevant papers and an irrelevant one; found {found}")
    return truth


def _named(paper_ids: np.ndarray, relevant: Iterable[str] | pd.Series) -> set[str]:
    """The paper_ids called relevant, however that was said."""
    if not (isinstance(relevant, pd.Series) and pd.api.types.is_bool_dtype(relevant.dtype)):
        return set(relevant)
    truth = relevant.fillna(False).to_numpy(dtype=bool)
    if relevant.index.isin(paper_ids).all():
        return set(relevant.index[truth])
    if len(truth) != len(paper_ids):
        raise ReviewKitError(f"relevant: expected truth values for each of {len(paper_ids)} papers, found {len(truth)}")
    return set(paper_ids[truth])


def _replay(features: PaperFeatures, truth: np.ndarray, priors: list[int]) -> tuple[np.ndarray, list[int]]:
    """The rows in the order of screening, and how many decided papers the ranking of each was learned from."""
    model, order, sizes, left = RelevanceModel(features), list(priors), [0] * len(priors), int(truth.sum()) - 1
    while len(order) < len(truth):
        scores = model.scores(np.array(order), truth[order])
        scores[order] = -np.inf
        best = np.argsort(-scores, kind="stable")[: len(truth) - len(order)]
        if left:
            best = best[: max(1, len(order) // RELEARN_SHARE)]
        sizes += [len(order)] * len(best)
        order += best.tolist()
        left -= int(truth[best].sum())
    return np.array(order), sizes


def _story(paper_ids: pd.Index, relevant: np.ndarray, sizes: np.ndarray) -> pd.DataFrame:
    """The table of a simulation."""
    prior = sizes == 0
    found = np.cumsum(relevant & ~prior)
    simulation = pd.DataFrame({
        "paper_id": pd.array(paper_ids, dtype="string"), "relevant": relevant, "prior": prior,
        "screened": np.cumsum(~prior), "found": found, "recall": found / max(found[-1], 1), "training_size": sizes,
    })
    simulation.attrs["metrics"] = screening_metrics(relevant[~prior]).to_dict()
    return simulation
