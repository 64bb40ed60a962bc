"""Learn relevance from the features of papers and decisions. Knows neither events nor log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .text_features import PaperFeatures

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MODEL = "ridge on words, pairs and affixes, and likeness 3"

# How much the decided and undecided papers weigh, see paper_weights.
STRENGTH = 0.2
RELEVANT_TO_IRRELEVANT = 9.8
UNDECIDED_TO_IRRELEVANT = 1.0
# By how many times its weight the relevant paper found last outweighs the one found first.
LATER_RELEVANT = 2
# So many undecided papers, drawn at random, stand for all of them, so that 100,000 papers stay fast.
BACKGROUND = 500
# Likeness to the most alike of the last so many relevant papers is added to the score, times its weight.
NEIGHBOURS, LIKENESS = 30, 1.0
# Relative size of the residual at which the solution counts as found; more digits change no ranks that matter.
TOLERANCE = 3e-3
# Scores are compared to this many decimals, far coarser than rounding errors, so that all platforms see the same ties.
DECIMALS = 9


class RelevanceModel:
    """Scores papers by what the decisions so far teach; kept between retrainings it saves time.

    A score is the sum of two: a weighted ridge regression on the terms, and the likeness to the most alike of the
    relevant papers found last. The regression minimises |w|^2 + sum_i c_i (w.x_i - t_i)^2 with t = 1 for relevant
    papers and -1 for all others: undecided papers are presumed irrelevant at a low weight, which teaches what the
    whole pool looks like.

    Parameters
    ----------
    features
        As made by :func:`paper_features`.
    seed
        Draws the undecided papers that stand for all where there are more than ``BACKGROUND``.

    Notes
    -----
TRIED
    """

    def __init__(self, features: PaperFeatures, *, seed: int = 0) -> None:
        self._features = features
        self._order = np.random.default_rng(seed).permutation(len(features.paper_ids))
        self._slopes: np.ndarray | None = None
        self._likeness: dict[int, np.ndarray] = {}

    def scores(self, decided: np.ndarray, relevant: np.ndarray) -> np.ndarray:
        """Score every paper; there must be a relevant and an irrelevant one.

        Parameters
        ----------
        decided
            Rows of the features of the papers decided, in the order of screening.
        relevant
            One truth value for each of them.

        Returns
        -------
        ndarray
            One score per paper, higher is more likely relevant; rounded to ``DECIMALS``, so ties are true ties
            everywhere. A model that scored before begins where it ended, which changes scores by ``TOLERANCE``.
        """
        terms, relevant = self._features.terms, relevant.astype(bool)
        undecided = np.ones(len(self._order), dtype=bool)
        undecided[decided] = False
        background = self._order[undecided[self._order]][:BACKGROUND]
        weight = paper_weights(relevant, undecided=int(undecided.sum()))
        target = np.r_[np.where(relevant, 1.0, -1.0), np.full(len(background), -1.0)]
        self._slopes = ridge(terms[np.r_[decided, background]], target, weight, start=self._slopes)
        nearest = self._nearest(decided[relevant][-NEIGHBOURS:])
        return np.round(terms @ self._slopes + LIKENESS * nearest, DECIMALS)

    def _nearest(self, rows: np.ndarray) -> np.ndarray:
        """How alike each paper is to the most alike of some others."""
        new = [row for row in rows.tolist() if row not in self._likeness]
        known = self._likeness | dict(zip(new, self._features.likeness(new).T))
        self._likeness = {row: known[row] for row in rows.tolist()}
        return np.maximum.reduce(list(self._likeness.values()))


def paper_weights(relevant: np.ndarray, *, undecided: int) -> np.ndarray:
    """Weigh papers by label, so that few relevant ones count as much as many irrelevant ones.

    The weights of the relevant papers add up to ``RELEVANT_TO_IRRELEVANT`` times those of the irrelevant ones, all
    decided ones to 2 * ``STRENGTH`` * their number. Relevant papers found later weigh more: those found first are much
    alike, and more like them would be found anyway. If nothing were decided the undecided ones would add up to
    ``UNDECIDED_TO_IRRELEVANT`` times the irrelevant ones; as they become fewer, so does their weight. It falls on
    the first ``BACKGROUND`` of them alone.

    Parameters
    ----------
    relevant
        One truth value per decided paper, in the order of screening.
    undecided
        How many papers are not decided.

    Returns
    -------
    ndarray
        The weights of the decided papers, then of the undecided ones that stand for all.
    """
    decided, n_relevant = len(relevant), int(relevant.sum())
    total = 2 * STRENGTH * decided / (1 + RELEVANT_TO_IRRELEVANT)
    place = n_relevant + LATER_RELEVANT * np.arange(1, n_relevant + 1)
    weight = np.full(decided, total / max(decided - n_relevant, 1))
    weight[relevant] = total * RELEVANT_TO_IRRELEVANT * place / place.sum()
    background = min(undecided, BACKGROUND)
    share = undecided / (decided + undecided)
    return np.r_[weight, np.full(background, total * UNDECIDED_TO_IRRELEVANT * share / max(background, 1))]


def ridge(
    terms: csr_matrix, target: np.ndarray, weight: np.ndarray, *, start: np.ndarray | None = None,
) -> np.ndarray:
    """Solve a weighted ridge regression by conjugate gradients; returns the slopes.

    Source: Hestenes and Stiefel (1952), doi:10.6028/jres.049.044.
    """
    transposed = terms.T

    def image(slopes: np.ndarray) -> np.ndarray:
        """The left side of the normal equations."""
        return slopes + transposed @ (weight * (terms @ slopes))

    aim = transposed @ (weight * target)
    slopes = np.zeros(len(aim)) if start is None else start
    residual = aim - image(slopes)
    direction, size = residual, _dot(residual, residual)
    goal = TOLERANCE**2 * _dot(aim, aim)
    while size > goal:
        moved = image(direction)
        step = size / _dot(direction, moved)
        slopes = slopes + step * direction
        residual = residual - step * moved
        size, before = _dot(residual, residual), size
        direction = residual + (size / before) * direction
    return slopes


def _dot(one: np.ndarray, other: np.ndarray) -> float:
    """The inner product without BLAS, whose threads are slow on a busy machine and round differently on each."""
    return float((one * other).sum())
