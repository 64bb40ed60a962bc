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
    What was tried, as gain in WSS@95 over a linear SVM with the settings of ASReview's ELAS u4 and the same schedule
    of relearning (which is .002 to .003 below ASReview itself); means of 21 open sets, each whole and as three
    random 70 % parts, with the standard error over sets where it is given. What was kept is marked *.

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

    What was tried later, as gain over all that is marked above (SVM + .03); means of 25 sets, each whole with three
    seeds and as two random 70 % parts, +- standard error over sets. Again what is kept is marked *:

    - terms said again weigh as in BM25 without its correction for length, k = .6, 1.2*, 2: .005, .008 +- .005, .004;
      with it .007; square root, no counts at all: .001, .000; that and a level three times as free*: .008, a freer
      level alone: .002
    - with both: strength .06, .2*, .4: .008, .010 +- .006, .007; relevant to irrelevant 6, 15, falling, rising with
      the number of relevant: .007, .009, .009, .003; 1,000 undecided ones: .008; weight of the undecided halved,
      doubled, constant (BM25 alone): .004, .004, .004; affixes at a fifth, half: .006, .009; rarity to the power .8,
      1.3: .006, .007; word pairs at .7, in two papers: .008, .007
    - likeness to the nearest relevant paper, standardised, at .2, .5 (BM25 alone): .009, .009; at .3 (strength .2):
      .013; to the mean of the three nearest: .009; fading with their number: .010, .009. To the nearest of the last
      10, 30* found: .010, .014 (of all: .015, with later ones heavier). Added as it is, at .5, 1*: .012, .016;
      at 1.5: .015 +- .008 (from .019)
    - relevant papers found later heavier, up to 3 times, 20 times (from .008): .011, .009 (strength .2); earlier ones
      heavier: -.003; with likeness up to 3 times*, 5 times, 20 times, not at all: .019 +- .008, .019, .016, .015.
      Later or earlier irrelevant ones heavier: .006, .006
    - what is kept but for one: without BM25 .014, with the level as it was .016, strength .11 .015
    - squared hinge instead of squares: .008 (from .008); slopes free by how much more often a term stands in relevant
      papers: .003 +- .007, -.009; a centroid, naive Bayes added: .005, .006 (from .008)
    - short texts with smaller weights: -.005, -.010, -.012; long ones: .008 (from .008); a column for papers without
      abstract, for length: .001 +- .005, .005 +- .006; titles again, as a block of a tenth, a fifth: .001, -.002, -.005
    - learning anew after every hundredth, every paper: .009, .010 (from .008), in 3 and 9 times the time

    Choosing the best of these 80 with one collection left out gains .012 +- .006 on the collection left out (best on
    Cohen's and SYNERGY's, nothing on ASReview's three), with one set left out .018 +- .007, over what was there before.
    To ASReview 3.0.8 itself, on 25 whole sets and 3 seeds: +.050, 18 better by .02, 2 worse; see benchmarks/ranking.py.
    Expect less of new sets: these were looked at.
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
        if new := [row for row in rows.tolist() if row not in self._likeness]:
            self._likeness |= zip(new, self._features.likeness(new).T)
        self._likeness = {row: self._likeness[row] for row in rows.tolist()}
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
