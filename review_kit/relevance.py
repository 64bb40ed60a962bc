"""Learn relevance from the features of papers and labels. Knows neither decisions nor log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from .text_features import PaperFeatures

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MODEL = "ridge on words, pairs and affixes 2"

# How much the decided and undecided papers weigh, see paper_weights.
STRENGTH = 0.11
RELEVANT_TO_IRRELEVANT = 9.8
UNDECIDED_TO_IRRELEVANT = 1.0
# So many undecided papers, drawn at random, stand for all of them, so that 100,000 papers stay fast.
BACKGROUND = 500
# Relative size of the residual at which the solution counts as found; more digits change no ranks that matter.
TOLERANCE = 3e-3
# Scores are compared to this many decimals, far coarser than rounding errors, so that all platforms see the same ties.
DECIMALS = 9


def relevance_scores(features: PaperFeatures, labels: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """Score every paper by what the labels teach; there must be a relevant and an irrelevant one.

    Parameters
    ----------
    features
        As made by :func:`paper_features`.
    labels
        One per row of `features`: 1 relevant, 0 irrelevant, NaN undecided.
    seed
        Draws the undecided papers that stand for all where there are more than ``BACKGROUND``.

    Returns
    -------
    ndarray
        One score per row, higher is more likely relevant; rounded to ``DECIMALS``, so ties are true ties everywhere.

    Notes
    -----
    What was tried, as gain in WSS@95 over a linear SVM with the settings of ASReview's ELAS u4 and the same schedule
    of relearning (which is .002 to .003 below ASReview itself); means of 21 open sets, each whole and as three
    random 70 % parts, with the standard error over sets where it is given. What is kept is marked *.

    - ridge regression in place of the SVM*: .000, but solved in 2 to 5 steps; terms of one paper left out*: +.001
    - all undecided presumed irrelevant, with a total weight of .1, .3, 1 of the irrelevant: .006, .016, .018 +- .007;
      each with .05, .2 of an irrelevant one: .006, .015; at most .1, .3 of one: .014, .019
    - that weight falling with their number, 1*, 2, 4: .021 +- .004, .020, .014; rising at first: .016 (from .018)
    - 1,000 of them drawn at random: .021; with the affixes 1,000, 500*: .030, .034 +- .008 (from .018)
    - affixes beside the words, at a third*, half: .030 +- .007, .029 (from .018); scaled with the words: .014
    - 5-letter beginnings beside the words: .023 +- .008; character 4-grams: .023 +- .009 in four times the time,
      in place of words: .010 +- .013; titles once more, at a third, at half: .017, -.037
    - relevant to irrelevant 3, 30 in place of 9.8: .010, .019 (from .016)
    - strength .03, .3 in place of .11: .014, .014 (from .016); growing with size to the power .8: .017 (from .018)
    - as gain over all that is marked so far, on 25 sets, whole and as one or two such parts: pairs of words in
      three papers* instead of two: +.003 +- .002; terms in more than 30 % of papers left out: +.002 +- .008, but
      more sets worse; rarity to the power .7, 1.3: -.004, +.004 +- .005 (all of it from one set); pairs at .7:
      -.002; the likeliest 30 % of the undecided not presumed irrelevant: +.002 +- .003; drawing them anew each
      time: .000; scores averaged with earlier ones: -.004; 300 undecided ones: -.005; a second model with hardly any
      undecided ones, averaged with this one, in turns: -.004, -.005 (each +- .004)
    - reading uncertain papers sooner, a little, more: .017, .004 (from .021)

    Choosing among the last six models with one collection left out at a time gains .032 +- .007 on the one left out.
    To ASReview 3.0.8 itself, on 25 whole sets and 3 seeds: +.023, 14 better by .02, 2 worse; see benchmarks/ranking.py.
    """
    return score(features, learn(features, labels, seed=seed))


def learn(
    features: PaperFeatures, labels: np.ndarray, *, seed: int = 0, start: np.ndarray | None = None,
) -> np.ndarray:
    """Learn the slope of each term by a weighted ridge regression on the labels.

    Minimises |w|^2 + sum_i c_i (w.x_i - t_i)^2 with t = 1 for relevant papers and -1 for all others:
    undecided papers are presumed irrelevant at a low weight, which teaches what the whole pool looks like.
    Parameters are those of :func:`relevance_scores`; a solution for other labels to `start` from saves time.
    """
    order = np.random.default_rng(seed).permutation(len(labels))
    background = order[np.isnan(labels[order])][:BACKGROUND]
    learned_from = np.r_[np.flatnonzero(~np.isnan(labels)), background]
    target = np.where(labels == 1, 1.0, -1.0)[learned_from]
    return ridge(features.terms[learned_from], target, paper_weights(labels)[learned_from], start=start)


def score(features: PaperFeatures, slopes: np.ndarray) -> np.ndarray:
    """Score every paper by learned slopes."""
    return np.round(features.terms @ slopes, DECIMALS)


def paper_weights(labels: np.ndarray) -> np.ndarray:
    """Weigh papers by label, so that few relevant ones count as much as many irrelevant ones.

    The weights of the relevant papers add up to ``RELEVANT_TO_IRRELEVANT`` times those of the irrelevant ones, all
    decided ones to 2 * ``STRENGTH`` * their number. If nothing were decided the undecided ones would add up to
    ``UNDECIDED_TO_IRRELEVANT`` times the irrelevant ones; as they become fewer, so does their weight. It falls on
    the first ``BACKGROUND`` of them alone.
    """
    relevant, irrelevant, undecided = labels == 1, labels == 0, np.isnan(labels)
    total = 2 * STRENGTH * (~undecided).sum() / (1 + RELEVANT_TO_IRRELEVANT)
    weight = np.empty(len(labels))
    weight[relevant] = total * RELEVANT_TO_IRRELEVANT / max(relevant.sum(), 1)
    weight[irrelevant] = total / max(irrelevant.sum(), 1)
    share = undecided.sum() / len(labels)
    weight[undecided] = total * UNDECIDED_TO_IRRELEVANT * share / max(min(undecided.sum(), BACKGROUND), 1)
    return weight


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
