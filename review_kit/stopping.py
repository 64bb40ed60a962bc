"""Evidence on when screening may stop: several signals side by side. None is hidden and none decides.

The checklist is the SAFE procedure of Boetje and van de Schoot (2024), doi:10.1186/s13643-024-02502-7. Its text could
not be read whole here; the thresholds are as commonly given by those who cite it: a random start of 1 % (ASReview's
issue 2343); then a stop only when all key papers are found, twice the expected relevant papers and 10 % of all are
screened, and 50 in a row were irrelevant; then another model, again until 50 in a row are irrelevant (the same issue);
then a check of what was excluded. Others warn that no fixed threshold fits every review.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from .errors import ReviewKitError
from .ranking import RANDOM_ORDER, relevance_labels, visible_decisions

CONFIDENCE = 0.95
SAFE_RANDOM_SHARE, SAFE_SCREENED_SHARE, SAFE_RUN = 0.01, 0.10, 50
SAFE_ITEMS = {
    "safe_random_start": "1 % screened in random order, a relevant paper among them",
    "safe_twice_expected": "twice as many screened as the random start lets expect relevant",
    "safe_share": "10 % screened",
    "safe_run": "50 irrelevant in a row since the random start",
    "safe_key_papers": "all key papers found relevant",
    "safe_second_model": "50 irrelevant in a row under a second model",
    "safe_excluded_checked": "excluded papers checked again",
}
# What a person may say was done, because the log cannot show it or need not.
STATED = {"second_model": "Another model or tool was used until 50 in a row were irrelevant",
          "excluded_checked": "Somebody checked the excluded papers again"}


def stopping_evidence(
    papers: pd.DataFrame, events: pd.DataFrame, *,
    stage: str, recall: float = 0.95, reviewer: str | None = None, key_papers: Iterable[str] = (),
    stated: Iterable[str] = (),
) -> pd.Series:
    """Gather the evidence on whether screening may stop; the decision stays with the reviewer.

    Parameters
    ----------
    papers
        The papers to be screened at this stage (a papers table).
    events
        An events table; ``context`` of the decisions says which order each paper was shown in.
    stage
        One of ``schema.STAGES``.
    recall
        The share of all relevant papers that should be found.
    reviewer
        Use only this reviewer's decisions, unless the stage was unblinded.
    key_papers
        ``paper_id`` of papers known to be relevant, for the SAFE checklist.
    stated
        What a person says was done, some of ``STATED``: ``second_model`` (this package has one model; the log shows
        a second one only in decisions brought in from another tool) and ``excluded_checked``.

    Returns
    -------
    Series
        ``papers, screened, relevant``; ``p_target_missed`` (see :func:`missed_target_p`) and
        ``target_reached``, whether it is below 1 - ``confidence``; ``remaining`` and ``remaining_high``, how many
        relevant papers are still unseen and how many there may be (:func:`remaining_relevant`), ``recall_low``, the
        recall if there are that many; ``irrelevant_run``, papers screened since the last relevant one; and the
        checklist ``safe_...``, each True, False, or <NA> where the log cannot tell.

    Raises
    ------
    ReviewKitError
        The stage or something in `stated` is unknown, or `recall` is not between 0 and 1.
    """
    if not 0 < recall < 1:
        raise ReviewKitError(f"recall: expected a share between 0 and 1, such as 0.95; found {recall}")
    stated = list(stated)
    if unknown := [name for name in stated if name not in STATED]:
        raise ReviewKitError(f"stated: expected some of {', '.join(STATED)}; found {', '.join(unknown)}")
    labels = relevance_labels(papers, events, stage=stage, reviewer=reviewer)
    relevant, n_papers = labels.to_numpy(dtype=bool), papers["paper_id"].nunique()
    p_missed = missed_target_p(relevant, n_papers, recall=recall)
    remaining, high = remaining_relevant(relevant, n_papers)
    evidence: dict[str, Any] = {
        "stage": stage, "papers": n_papers, "screened": len(relevant), "relevant": int(relevant.sum()),
        "recall_target": recall, "confidence": CONFIDENCE,
        "p_target_missed": p_missed, "target_reached": bool(p_missed < 1 - CONFIDENCE),
        "remaining": remaining, "remaining_high": high,
        "recall_low": relevant.sum() / (relevant.sum() + high) if relevant.any() else 0.0,
        "irrelevant_run": irrelevant_run(relevant),
    }
    shown = _shown_by(papers, events, stage=stage, reviewer=reviewer).reindex(labels.index)
    checklist = safe_checklist(labels, shown, n_papers=n_papers, key_papers=key_papers)
    checklist |= {f"safe_{name}": True for name in stated}
    return pd.Series({**evidence, **checklist}, dtype="object", name="stopping_evidence")


def evidence_in_words(evidence: pd.Series) -> list[str]:
    """Say the evidence in a few lines, for people; the checklist item by item."""
    reached = "reached" if evidence["target_reached"] else "not shown to be reached"
    signs = {True: "yes", False: "no"}
    items = [f"SAFE, {says}: {'not known' if evidence[name] is pd.NA else signs[bool(evidence[name])]}"
             for name, says in SAFE_ITEMS.items()]
    lines = [
        f"{evidence['screened']:,} of {evidence['papers']:,} papers screened, {evidence['relevant']:,} relevant; "
        f"{evidence['irrelevant_run']:,} irrelevant since the last relevant one",
        f"Recall of {evidence['recall_target']:.0%} {reached}: p = {evidence['p_target_missed']:.3f} that it is missed",
        f"Relevant papers still unseen: about {evidence['remaining']:,}, at most {evidence['remaining_high']:,} "
        f"({evidence['confidence']:.0%} confidence)", *items,
    ]
    return [re.sub(r"(\d)%", r"\1 %", line) for line in lines]


def missed_target_p(relevant: Iterable[bool], n_papers: int, *, recall: float = 0.95) -> float:
    """Test whether the recall target may have been missed, from the order in which relevant papers were found.

    Treats the last papers screened as a random sample of those then unscreened, for every possible number of last
    papers, and takes the smallest p. Since ranked screening finds relevant papers sooner than a random sample would,
    the true p tends to be smaller. Where all that is relevant is found the p is only as small as the rest allows.

    Parameters
    ----------
    relevant
        One truth value per paper, in the order of screening.
    n_papers
        How many papers there are, screened or not.
    recall
        The target.

    Returns
    -------
    float
        The p of "recall is below the target"; 1 before anything is screened, 0 where it cannot be.

    Notes
    -----
    Callaghan and Mueller-Hansen (2020), doi:10.1186/s13643-020-01521-4; the same numbers as ``calculate_h0`` of
    buscarpy 0.0.2. Tails that begin right after a relevant paper suffice: a longer one with no more relevant papers
    in it always has the smaller p.
    """
    found = np.asarray(list(relevant), dtype=bool)
    # The fewest relevant papers there can be in all when the target is missed.
    least = np.floor(found.sum() / recall + 1)
    return _smallest_p(found, n_papers, least - found.sum())


def remaining_relevant(relevant: Iterable[bool], n_papers: int) -> tuple[int, int]:
    """Estimate how many relevant papers are unseen, and an upper limit that holds with 95 % confidence.

    Inverts the test of :func:`missed_target_p`: the estimate is the largest number with p of at least one half, the
    limit the largest with p of at least 0.05; the lower limit is always 0, since a good ranking may have found all.

    Parameters
    ----------
    relevant
        One truth value per paper, in the order of screening.
    n_papers
        How many papers there are, screened or not.

    Returns
    -------
    tuple of int
        The estimate and the upper limit.
    """
    found = np.asarray(list(relevant), dtype=bool)
    return tuple(_largest(found, n_papers, p) for p in (0.5, 1 - CONFIDENCE))


def irrelevant_run(relevant: Iterable[bool]) -> int:
    """Count the papers screened since the last relevant one."""
    found = np.asarray(list(relevant), dtype=bool)
    return int(np.argmax(found[::-1])) if found.any() else len(found)


def safe_checklist(
    labels: pd.Series, shown_by: pd.Series, *, n_papers: int, key_papers: Iterable[str] = (),
) -> dict[str, Any]:
    """Fill in the SAFE checklist as far as the log tells.

    Parameters
    ----------
    labels
        Whether relevant, by ``paper_id``, in the order of screening.
    shown_by
        The ``model`` whose ranking showed the paper, by ``paper_id``; missing where it was not logged.
    n_papers
        How many papers there are.
    key_papers
        Papers known to be relevant.

    Returns
    -------
    dict
        ``safe_random_start`` (1 % in random order, one relevant among them), ``safe_twice_expected`` (screened twice
        the relevant papers the random start lets expect), ``safe_share`` (10 % screened), ``safe_run`` (50 irrelevant
        in a row among the papers a ranking showed: irrelevant papers in random order say nothing of what is left),
        ``safe_key_papers`` (all found relevant), ``safe_second_model`` (50 irrelevant in a row under a second model),
        ``safe_excluded_checked``: never known from the log, always <NA>.
    """
    key_papers, screened = list(key_papers), len(labels)
    random_start = labels[(shown_by == RANDOM_ORDER).to_numpy(dtype=bool, na_value=False)]
    started = len(random_start) >= SAFE_RANDOM_SHARE * n_papers and bool(random_start.any())
    expected = random_start.mean() * n_papers if started else None
    models = [m for m in shown_by.dropna().unique() if m != RANDOM_ORDER]
    # A relevant paper ends the run however it was found; only papers that a ranking showed make it longer.
    since = shown_by[len(labels) - irrelevant_run(labels):]
    return {
        "safe_random_start": started,
        "safe_twice_expected": pd.NA if expected is None else bool(screened >= 2 * expected),
        "safe_share": bool(screened and screened >= SAFE_SCREENED_SHARE * n_papers),
        "safe_run": since.isin(models).sum() >= SAFE_RUN if models or not shown_by.isna().any() else pd.NA,
        "safe_key_papers": bool(labels.reindex(key_papers, fill_value=False).all()) if key_papers else pd.NA,
        "safe_second_model": len(models) > 1 and (since == models[-1]).sum() >= SAFE_RUN,
        "safe_excluded_checked": pd.NA,
    }


def _smallest_p(found: np.ndarray, n_papers: int, unseen: float) -> float:
    """The smallest p, over all tails, of seeing so few relevant papers if so many more were unseen."""
    if unseen > n_papers - len(found):
        return 0.0
    if not len(found):
        return 1.0
    start = np.r_[0, np.flatnonzero(found[:-1]) + 1]
    inside = found.sum() - np.r_[0, np.cumsum(found)][start]
    return float(hypergeometric_cdf(inside, n_papers - start, inside + unseen, len(found) - start).min())


def hypergeometric_cdf(drawn: np.ndarray, population: np.ndarray, special: np.ndarray, draws: np.ndarray) -> np.ndarray:
    """The probability of at most `drawn` special ones in so many draws without replacement.

    Sums downwards from the last term, each got from the one before, because many tails are asked for at once.
    """
    from scipy.special import gammaln

    def log_choose(n: np.ndarray, k: np.ndarray) -> np.ndarray:
        return gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)

    plain = population - special
    last = log_choose(special, drawn) + log_choose(plain, draws - drawn) - log_choose(population, draws)
    count = drawn.astype(float)
    term, total = np.ones_like(count), np.ones_like(count)
    with np.errstate(over="ignore"):
        while (term > 1e-17 * total).any():
            term = term * count * (plain - draws + count) / ((special - count + 1) * (draws - count + 1))
            term = np.where(count > 0, np.maximum(term, 0), 0)
            total = total + term
            count = np.maximum(count - 1, 0)
        return np.minimum(np.exp(last + np.log(total)), 1.0)


def _largest(found: np.ndarray, n_papers: int, p: float) -> int:
    """The largest number of unseen relevant papers that is not less likely than p; by bisection."""
    low, high = 0, n_papers - len(found)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if _smallest_p(found, n_papers, middle) >= p else (low, middle - 1)
    return low


def _shown_by(papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, reviewer: str | None) -> pd.Series:
    """For each decided paper the model whose ranking first showed it, from the context of its decision."""
    first = visible_decisions(papers, events, stage=stage, reviewer=reviewer).drop_duplicates("paper_id")
    contexts = events["context"].iloc[first["row"].to_numpy(dtype=int)]
    models = [c.get("model") if isinstance(c, dict) else None for c in contexts]
    return pd.Series(models, index=first["paper_id"].to_numpy(dtype=object), dtype="string")
