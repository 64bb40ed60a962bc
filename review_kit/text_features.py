"""The texts of papers as numbers, for the ranking: which words, pairs of words and affixes stand in which paper."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

# Scripts that set no blanks between words: every character counts as a word, so that pairs of them become terms.
_UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WORD = re.compile(rf"[{_UNSPACED}]|[^\W_{_UNSPACED}]{{2,}}")
# Makes letters small and all but letters and digits blank: for the many texts in ASCII faster than the pattern.
_ASCII = "".join(chr(i).lower() if chr(i).isalnum() else " " for i in range(128))

# A term in one paper only cannot tell two papers apart, a pair in two seldom does; a term in nearly all tells nothing.
MIN_PAPERS, MIN_PAPERS_PAIR, MAX_SHARE = 2, 3, 0.95
# How much of the likeness of two texts comes from the affixes of their words, the rest from words and word pairs.
AFFIX_SHARE = 1 / 3
# How soon a term said again counts no more: a term said ever so often weighs 1 + this times as much as one said once.
REPEATED = 1.2
# The column of all papers alike; the larger, the freer the level of the scores from that of the slopes.
LEVEL = 3.0


@dataclass(frozen=True)
class PaperFeatures:
    """The texts of papers as numbers, computed once and used for every retraining.

    Attributes
    ----------
    paper_ids
        One per row of `terms`, in alphabetical order, so that the order of the papers table changes nothing.
    terms
        Weight of each term (column) in each paper (row); rows have length 1 (0 without text). One more column, the
        last, is ``LEVEL`` for every paper: its slope sets the level of all scores.
    """

    paper_ids: pd.Index
    terms: csr_matrix

    def likeness(self, rows: list[int]) -> np.ndarray:
        """How alike each paper (row) is to each of some others (column): the cosine of their terms, from 0 to 1."""
        return self.terms @ self.terms[rows].toarray().T - LEVEL**2


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
    """Turn the texts of papers into numbers, once for all retrainings.

    Parameters
    ----------
    papers
        A papers table; ``paper_id`` and the columns of :func:`paper_texts`.

    Returns
    -------
    PaperFeatures
        Weights of words, pairs of neighbouring words, and affixes.
    """
    ordered = papers.assign(paper_id=papers["paper_id"].astype(str)).sort_values("paper_id", kind="stable")
    return PaperFeatures(pd.Index(ordered["paper_id"].to_numpy(dtype=object)), _term_weights(paper_texts(ordered)))


def words(text: str) -> list[str]:
    """Split a text of any language into the words that count as terms."""
    if text.isascii():
        return [word for word in text.translate(_ASCII).split() if len(word) > 1]
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def affixes(word: str) -> tuple[str, str, str]:
    """Two beginnings and the end of a word, by which its other forms are known in most languages."""
    return word[:4], word[:6], "-" + word[-4:]


def _term_weights(texts: Sequence[str]) -> csr_matrix:
    """Weights of the words and word pairs of each text, beside them of affixes (rows of length 1), and the level."""
    from scipy import sparse

    paper, word, vocabulary = _numbered_words(texts)
    single = _counts(paper, word, (len(texts), len(vocabulary)))
    shared = _spread(single) >= MIN_PAPERS
    together = (paper[1:] == paper[:-1]) & shared[word[1:]] & shared[word[:-1]]
    pair, pairs = pd.factorize(word[:-1][together] * len(vocabulary) + word[1:][together])
    double = _counts(paper[1:][together], pair, (len(texts), len(pairs)))
    whole = sparse.hstack([_tf_idf(single, MIN_PAPERS), _tf_idf(double, MIN_PAPERS_PAIR)], format="csr")
    parts = _tf_idf(single @ _affix_table(vocabulary), MIN_PAPERS)
    level = sparse.csr_matrix(np.full((len(texts), 1), LEVEL))
    return sparse.hstack([_unit_rows(whole, 1 - AFFIX_SHARE), _unit_rows(parts, AFFIX_SHARE), level], format="csr")


def _numbered_words(texts: Sequence[str]) -> tuple[np.ndarray, np.ndarray, list[str]]:
    """All words of all texts, one after the other: which paper, which word, and the words by number.

    Text by text, since the words of 100,000 texts would fill a gigabyte.
    """
    lengths: list[int] = []
    number: defaultdict[str, int] = defaultdict()
    number.default_factory = number.__len__

    def counted(text: str) -> list[str]:
        found = words(text)
        lengths.append(len(found))
        return found

    word = np.fromiter(map(number.__getitem__, chain.from_iterable(map(counted, texts))), dtype=np.int64)
    return np.repeat(np.arange(len(texts)), lengths), word, list(number)


def _affix_table(vocabulary: Sequence[str]) -> csr_matrix:
    """Which affix (column) stands how often in which word (row)."""
    from scipy import sparse

    known: dict[str, int] = {}
    columns = [known.setdefault(affix, len(known)) for word in vocabulary for affix in affixes(word)]
    begins = np.arange(0, len(columns) + 1, 3)
    return sparse.csr_matrix((np.ones(len(columns)), columns, begins), shape=(len(vocabulary), len(known)))


def _counts(paper: np.ndarray, term: np.ndarray, shape: tuple[int, int]) -> csr_matrix:
    """How often each term stands in each paper, from occurrences listed paper by paper."""
    from scipy import sparse

    begins = np.searchsorted(paper, np.arange(shape[0] + 1))
    counts = sparse.csr_matrix((np.ones(len(paper)), term, begins), shape=shape)
    counts.sum_duplicates()
    return counts


def _spread(counts: csr_matrix) -> np.ndarray:
    """In how many papers each term stands."""
    return np.bincount(counts.indices, minlength=counts.shape[1])


def _tf_idf(counts: csr_matrix, least: int) -> csr_matrix:
    """Weights of terms in `least` papers or more, but not nearly all: by how often (as in BM25) and how rare."""
    n_papers, spread = counts.shape[0], _spread(counts)
    kept = (spread >= least) & (spread <= max(least, MAX_SHARE * n_papers))
    rarity = 1 + np.log((1 + n_papers) / (1 + spread))
    weights = counts.copy()
    weights.data = (1 + REPEATED) * counts.data / (counts.data + REPEATED) * rarity[counts.indices]
    return weights[:, np.flatnonzero(kept)]


def _unit_rows(weights: csr_matrix, share: float) -> csr_matrix:
    """The rows scaled so that their squares add up to a share."""
    row = np.repeat(np.arange(weights.shape[0]), np.diff(weights.indptr))
    length = np.sqrt(np.bincount(row, weights.data**2, minlength=weights.shape[0]))
    weights.data *= np.sqrt(share) / length[row]
    return weights
