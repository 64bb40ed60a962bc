"""How far reviewers agree, measured on what they decided independently.

What counts is each reviewer's last decision on a paper before the paper was settled by a final decision and before the
stage was unblinded; decisions made later are not independent. Only papers that both reviewers decided count.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from math import nan, sqrt
from typing import Any

import numpy as np
import pandas as pd

from ..schema import DICT, INTEGER, NUMBER, TEXT, make_table
from .decisions import act_rows, all_decisions, check_word

SCALES: Mapping[str, Mapping[str, str]] = {
    "advance": {"include": "include", "maybe": "include", "exclude": "exclude"},
    "three_way": {"include": "include", "maybe": "maybe", "exclude": "exclude"},
}
AGREEMENT_COLUMNS = {
    "reviewer_1": TEXT, "reviewer_2": TEXT, "scale": TEXT, "n": INTEGER, "agreement": NUMBER,
    "kappa": NUMBER, "kappa_low": NUMBER, "kappa_high": NUMBER, "pabak": NUMBER, "ac1": NUMBER,
    "positive_agreement": NUMBER, "negative_agreement": NUMBER, "confusion": DICT, "note": TEXT,
}
STAGES_OF_JUDGEMENT = ("title_abstract", "full_text")
_Z = 1.959963984540054  # two-sided 95 %
_ROUNDING = 1e-12


def agreement(events: pd.DataFrame, *, stage: str, papers: pd.DataFrame | None = None) -> pd.DataFrame:
    """Measure how far each two reviewers agree at a stage, before conflicts were settled.

    Parameters
    ----------
    events
        An events table in the order of the log.
    stage
        ``title_abstract`` or ``full_text`` (retrieval is a fact, not a judgement).
    papers
        A papers table, so that decisions about records of one paper meet; without it a ``record_id`` is a paper.

    Returns
    -------
    DataFrame
        One row per pair of reviewers and scale (``advance``: maybe counts as include; ``three_way``), with
        ``reviewer_1, reviewer_2, scale, n`` (papers both decided), ``agreement`` (share), ``kappa`` with its 95 %
        interval ``kappa_low, kappa_high``, ``pabak, ac1, positive_agreement, negative_agreement``, ``confusion``
        (nested dict: decision of reviewer_1, then of reviewer_2) and ``note``. What is undefined is missing, and
        ``note`` says why.

    Raises
    ------
    ReviewKitError
        The stage holds no judgements.

    Notes
    -----
    Formulas: kappa, Cohen 1960 (doi:10.1177/001316446002000104), its standard error, Fleiss, Cohen and Everitt 1969
    (doi:10.1037/h0028106); PABAK, Byrt et al. 1993 (doi:10.1016/0895-4356(93)90018-V), for more than two categories
    after Brennan and Prediger 1981 (doi:10.1177/001316448104100307); AC1, Gwet 2008 (doi:10.1348/000711006X126600);
    positive and negative agreement, Cicchetti and Feinstein 1990 (doi:10.1016/0895-4356(90)90159-M). Categories nobody
    used do not count. Kappa falls when nearly all papers get the same decision, however well reviewers agree (Feinstein
    and Cicchetti 1990, doi:10.1016/0895-4356(90)90158-L); PABAK and AC1 do not.
    """
    rows = []
    votes = independent_decisions(events, stage=stage, papers=papers)
    for first, second in combinations(votes.columns, 2):
        both = votes[[first, second]].dropna()
        for scale, words in SCALES.items():
            kinds = list(dict.fromkeys(words.values()))
            counts = pd.crosstab(both[first].map(words), both[second].map(words))
            counts = counts.reindex(index=kinds, columns=kinds, fill_value=0).astype(int)
            rows.append({"reviewer_1": first, "reviewer_2": second, "scale": scale,
                         "confusion": counts.to_dict("index"), **agreement_statistics(counts.to_numpy())})
    return make_table(rows, AGREEMENT_COLUMNS)


def agreement_statistics(counts: np.ndarray) -> dict[str, Any]:
    """Work out the statistics of :func:`agreement` from a square table of counts.

    Parameters
    ----------
    counts
        Rows: decisions of the first reviewer, columns: of the second; include comes first and exclude last.

    Returns
    -------
    dict
        ``n`` to ``negative_agreement`` and ``note``, as in :func:`agreement`.
    """
    counts = np.asarray(counts, dtype=float)
    n = counts.sum()
    if n == 0:
        return {"n": 0, "note": "undefined: no paper was decided by both"}
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    observed, expected = float(np.trace(shares)), float(rows @ columns)
    mean = (rows + columns) / 2
    k = max(int((mean > 0).sum()), 2)
    by_chance = float((mean * (1 - mean)).sum()) / (k - 1)
    kappa = _ratio(observed - expected, 1 - expected)
    # A reviewer who always decides the same makes kappa 0 and its error 0: an interval without width would mislead.
    constant = max(rows.max(), columns.max()) > 1 - _ROUNDING
    error = nan if constant else _kappa_error(shares, kappa, expected) / sqrt(n)
    ac1 = _ratio(observed - by_chance, 1 - by_chance)
    same = [_ratio(2 * shares[i, i], rows[i] + columns[i]) for i in (0, -1)]
    return {
        "n": int(n), "agreement": observed, "kappa": kappa,
        "kappa_low": nan if constant else max(kappa - _Z * error, -1.0),
        "kappa_high": nan if constant else min(kappa + _Z * error, 1.0),
        "pabak": (k * observed - 1) / (k - 1), "ac1": ac1,
        "positive_agreement": same[0], "negative_agreement": same[1],
        "note": "; ".join(_notes(kappa, ac1, constant=constant, mean=mean)) or None,
    }


def krippendorff_alpha(
    events: pd.DataFrame, *, stage: str, scale: str = "advance", papers: pd.DataFrame | None = None
) -> float:
    """Measure how far any number of reviewers agree, gaps allowed: Krippendorff's alpha for nominal data.

    Parameters
    ----------
    events, stage, papers
        As for :func:`agreement`.
    scale
        ``advance`` (maybe counts as include) or ``three_way``.

    Returns
    -------
    float
        NaN where alpha is undefined: no paper with two decisions, or one and the same decision everywhere.

    Notes
    -----
    Krippendorff 2011, "Computing Krippendorff's alpha-reliability", section C (nominal data, any number of observers,
    missing data): the coincidence matrix counts, within each paper with m decisions, every ordered pair as 1/(m - 1).
    """
    check_word(scale, tuple(SCALES), "scale")
    votes = independent_decisions(events, stage=stage, papers=papers)
    kinds = list(dict.fromkeys(SCALES[scale].values()))
    named = votes.apply(lambda column: column.map(SCALES[scale]))
    units = np.array([(named == kind).sum(axis=1).to_numpy() for kind in kinds], dtype=float).T
    units = units[units.sum(axis=1) >= 2] if len(units) else np.zeros((0, len(kinds)))
    m = units.sum(axis=1, keepdims=True)
    coincidence = (units / (m - 1)).T @ units - np.diag((units / (m - 1)).sum(axis=0))
    totals, n = coincidence.sum(axis=0), coincidence.sum()
    disagreement = n - np.trace(coincidence)
    return float(1 - (n - 1) * _ratio(disagreement, n**2 - (totals**2).sum()))


def independent_decisions(
    events: pd.DataFrame, *, stage: str, papers: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Lay out what each reviewer decided before conflicts were settled or the stage was unblinded.

    Returns
    -------
    DataFrame
        Papers as rows, reviewers as columns in alphabetical order, decisions as cells; missing where there is none.
    """
    check_word(stage, STAGES_OF_JUDGEMENT, "stage")
    decided = all_decisions(papers, events, stage=stage)
    settled = decided[decided["final"]].groupby("paper_id")["row"].min()
    end = decided["paper_id"].map(settled).fillna(len(events))
    unblinded = act_rows(events, "unblind", stage=stage)
    end = end.clip(upper=unblinded[0] if len(unblinded) else len(events))
    votes = decided[~decided["final"] & (decided["row"] < end)]
    votes = votes.drop_duplicates(["paper_id", "reviewer"], keep="last")
    return votes.pivot(index="paper_id", columns="reviewer", values="decision").rename_axis(columns=None)


def _kappa_error(shares: np.ndarray, kappa: float, expected: float) -> float:
    """The large-sample standard error of kappa times the square root of n (Fleiss, Cohen and Everitt 1969, eq. 13)."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    # Entry (i, j) of the sum is the share of column category i and row category j, as in the paper's p.i + pj.
    margins = (columns[:, None] + rows[None, :]) ** 2
    diagonal = np.diag(shares) * (1 - (rows + columns) * (1 - kappa)) ** 2
    rest = shares * margins
    np.fill_diagonal(rest, 0)
    variance = diagonal.sum() + (1 - kappa) ** 2 * rest.sum() - (kappa - expected * (1 - kappa)) ** 2
    return sqrt(max(variance, 0)) / (1 - expected)


def _ratio(part: float, whole: float) -> float:
    """A quotient, NaN where there is nothing to divide by (up to rounding)."""
    return float(part / whole) if whole > _ROUNDING else nan


def _notes(kappa: float, ac1: float, *, constant: bool, mean: np.ndarray) -> Iterator[str]:
    """What a reader of the numbers should know: what is undefined and why, and where kappa misleads."""
    if kappa != kappa:
        yield "kappa is undefined: both gave every paper the same decision"
    elif constant:
        yield "kappa says nothing and has no interval: one reviewer gave every paper the same decision"
    elif ac1 - kappa > 0.2 and mean.max() > 0.85:
        yield "kappa is low because nearly all papers got the same decision; see pabak and ac1"
    if mean[0] == 0:
        yield "positive agreement is undefined: nobody included"
    if mean[-1] == 0:
        yield "negative agreement is undefined: nobody excluded"
