"""Learn relevance from texts: papers -> features (words as numbers) -> scores. Knows neither decisions nor log."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

MODEL = "ridge on word 1-2-grams 1"

# Scripts that set no blanks between words: every character counts as a word, so that pairs of them become terms.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]{{2,}}")

# A term in one paper only cannot tell two papers apart; a term in nearly all tells nothing.
MIN_PAPERS, MAX_SHARE = 2, 0.95

# How much the decided and undecided papers weigh, see paper_weights.
STRENGTH = 0.11
RELEVANT_TO_IRRELEVANT = 9.8
UNDECIDED_TO_IRRELEVANT = 1.0
# So many undecided papers, drawn at random, stand for all of them, so that 100,000 papers stay fast.
BACKGROUND = 1_000
# Relative size of the residual at which the solution counts as found; more digits change no ranks that matter.
TOLERANCE = 1e-3
# Scores are compared to this many decimals, far coarser than rounding errors, so that all platforms see the same ties.
DECIMALS = 9


@dataclass(frozen=True)
class PaperFeatures:
    """The texts of papers as numbers, computed once and used for every retraining.

    Attributes
    ----------
    paper_ids
        One per row of `terms`, in alphabetical order, so that the order of the papers table changes nothing.
    terms
        Weight of each term (column) in each paper (row); rows have length 1, or 0 where there is no text.
    """

    paper_ids: pd.Index
    terms: csr_matrix


def paper_texts(papers: pd.DataFrame) -> list[str]:
    """Return the text that relevance is learned from.

    Parameters
    ----------
    papers
        Columns ``title``, ``abstract``, ``summary`` (read where there is no abstract), ``keywords``; any may be absent.

    Returns
    -------
    list of str
        One text per paper; empty where nothing is known.
    """
    blank = pd.Series("", index=papers.index, dtype="object")
    title, abstract, summary = (
        papers[c].astype("object").where(papers[c].notna(), "") if c in papers else blank
        for c in ("title", "abstract", "summary")
    )
    keywords = papers["keywords"] if "keywords" in papers else blank
    return [
        " ".join((str(t), str(a) if str(a).strip() else str(s), *(map(str, k) if isinstance(k, (list, tuple)) else ())))
        for t, a, s, k in zip(title, abstract, summary, keywords)
    ]


def paper_features(papers: pd.DataFrame) -> PaperFeatures:
    """Turn the texts of papers into numbers: words and word pairs, tf-idf, once for all retrainings.

    Parameters
    ----------
    papers
        A papers table; ``paper_id`` and the columns of :func:`paper_texts`.

    Returns
    -------
    PaperFeatures
        Term weights (1 + ln tf) * (1 + ln((1 + n) / (1 + df))), rows scaled to length 1.
    """
    ordered = papers.assign(paper_id=papers["paper_id"].astype(str)).sort_values("paper_id", kind="stable")
    return PaperFeatures(pd.Index(ordered["paper_id"].to_numpy(dtype=object)), _term_weights(paper_texts(ordered)))


def words(text: str) -> list[str]:
    """Split a text of any language into the words that count as terms."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _WORD.findall(text.casefold())


def _term_weights(texts: Sequence[str]) -> csr_matrix:
    """Words and word pairs of each text, weighted, each row scaled to length 1."""
    from scipy import sparse

    vocabulary: dict[str, int] = {}
    split = [[vocabulary.setdefault(word, len(vocabulary)) for word in words(text)] for text in texts]
    lengths = np.array([len(row) for row in split], dtype=np.int64)
    word = np.fromiter((w for row in split for w in row), dtype=np.int64, count=int(lengths.sum()))
    paper = np.repeat(np.arange(len(texts)), lengths)
    single, shared = _weighted_counts(paper, word, (len(texts), len(vocabulary)))
    together = (paper[1:] == paper[:-1]) & shared[word[1:]] & shared[word[:-1]]
    pair, pairs = pd.factorize(word[:-1][together] * len(vocabulary) + word[1:][together])
    double, _ = _weighted_counts(paper[1:][together], pair, (len(texts), len(pairs)))
    both = sparse.hstack([single, double], format="csr")
    row = np.repeat(np.arange(len(texts)), np.diff(both.indptr))
    length = np.sqrt(np.bincount(row, both.data**2, minlength=len(texts)))
    both.data /= length[row]
    return both


def _weighted_counts(paper: np.ndarray, term: np.ndarray, shape: tuple[int, int]) -> tuple[csr_matrix, np.ndarray]:
    """The tf-idf weights of occurrences listed paper by paper, and for each term whether two papers share it."""
    from scipy import sparse

    n_papers, n_terms = shape
    begins = np.searchsorted(paper, np.arange(n_papers + 1))
    counts = sparse.csr_matrix((np.ones(len(paper)), term, begins), shape=shape)
    counts.sum_duplicates()
    spread = np.bincount(counts.indices, minlength=n_terms)
    shared = spread >= MIN_PAPERS
    kept = shared & (spread <= max(MIN_PAPERS, MAX_SHARE * n_papers))
    rarity = 1 + np.log((1 + n_papers) / (1 + spread))
    counts.data = (1 + np.log(counts.data)) * rarity[counts.indices]
    return counts[:, np.flatnonzero(kept)], shared


def relevance_scores(features: PaperFeatures, labels: np.ndarray, *, seed: int = 0) -> np.ndarray:
    """Score every paper by a weighted ridge regression on the labels; needs a relevant and an irrelevant one.

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
    Minimises |w|^2 + b^2 + sum_i c_i (w.x_i + b - t_i)^2 with t = 1 for relevant papers and -1 for all others:
    undecided papers are presumed irrelevant at a low weight, which teaches what the whole pool looks like.
    """
    order = np.random.default_rng(seed).permutation(len(labels))
    background = order[np.isnan(labels[order])][:BACKGROUND]
    learned_from = np.r_[np.flatnonzero(~np.isnan(labels)), background]
    target = np.where(labels == 1, 1.0, -1.0)[learned_from]
    weight = paper_weights(labels)[learned_from]
    slope, level = ridge(features.terms[learned_from], target, weight)
    return np.round(features.terms @ slope + level, DECIMALS)


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


def ridge(terms: csr_matrix, target: np.ndarray, weight: np.ndarray) -> tuple[np.ndarray, float]:
    """Weighted ridge regression by conjugate gradients; returns the slope of each term and the level.

    Source: Hestenes and Stiefel (1952), doi:10.6028/jres.049.044.
    """
    transposed = terms.T

    def pull(residual: np.ndarray) -> np.ndarray:
        """What weighted residuals add to the slopes and the level."""
        return np.append(transposed @ residual, residual.sum())

    solution = np.zeros(terms.shape[1] + 1)
    residual = pull(weight * target)
    direction, size = residual.copy(), residual @ residual
    goal = TOLERANCE**2 * size
    while size > goal:
        image = direction + pull(weight * (terms @ direction[:-1] + direction[-1]))
        step = size / (direction @ image)
        solution += step * direction
        residual -= step * image
        size, before = residual @ residual, size
        direction = residual + (size / before) * direction
    return solution[:-1], float(solution[-1])
