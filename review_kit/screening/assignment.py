"""Plan who screens what: a pilot round for all, an overlap for agreement, the rest shared out."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations, cycle, islice

import numpy as np
import pandas as pd

from ..acts import paper_labels
from ..errors import ReviewKitError
from ..schema import LIST, TEXT, make_table

ASSIGNMENT_COLUMNS = {"paper_id": TEXT, "reviewers": LIST, "part": TEXT, "about": TEXT}


def assign_papers(
    papers: pd.DataFrame, reviewers: Sequence[str], *, overlap: float | int = 0.1, pilot: int = 0, seed: int = 0
) -> pd.DataFrame:
    """Plan which reviewers screen which papers; nothing is recorded until `ReviewLog.assign` is told.

    Papers are drawn by `seed`. The pilot goes to everybody, the overlap to two reviewers in turn, the rest to one each;
    reviewers' shares differ by a few papers at most. ``overlap=1.0`` gives every paper to two reviewers.

    Parameters
    ----------
    papers
        The papers to share out (``paper_id``), all or a selection.
    reviewers
        At least one; at least two for an overlap or a pilot.
    overlap
        How many of the papers after the pilot two reviewers screen: a share if a float, a number if an int.
    pilot
        How many papers everybody screens first.
    seed
        The same seed gives the same plan.

    Returns
    -------
    DataFrame
        One row per paper, in the order of `papers`: ``paper_id``, ``reviewers``, ``part`` (``pilot``, ``overlap`` or
        ``split``) and ``about``, by which the log knows the paper again.

    Raises
    ------
    ReviewKitError
        The numbers or reviewers cannot be met.
    """
    reviewers, n_papers = list(reviewers), len(papers)
    left = n_papers - pilot
    shared = overlap if isinstance(overlap, int) else round(overlap * max(left, 0))
    _check(reviewers, n_papers=n_papers, pilot=pilot, shared=shared)
    if len(reviewers) == 1:
        shared = 0
    groups = [("pilot", reviewers)] * pilot
    groups += [("overlap", pair) for pair in islice(cycle(combinations(reviewers, 2)), shared)]
    groups += [("split", [one]) for one in islice(cycle(reviewers), left - shared)]
    drawn = np.random.default_rng(seed).permutation(n_papers)
    plan = sorted(zip(drawn.tolist(), groups), key=lambda pair: pair[0])
    labels = paper_labels(papers)
    return make_table(
        ({"paper_id": paper_id, "reviewers": group, "part": part, "about": labels.get(paper_id)}
         for paper_id, (_, (part, group)) in zip(papers["paper_id"], plan)),
        ASSIGNMENT_COLUMNS,
    )


def _check(reviewers: list[str], *, n_papers: int, pilot: int, shared: int) -> None:
    """Refuse a plan that cannot be met."""
    if not reviewers or len(set(reviewers)) < len(reviewers):
        raise ReviewKitError(f"reviewers: expected different names, at least one; found {reviewers}")
    if pilot < 0 or shared < 0 or pilot + shared > n_papers:
        raise ReviewKitError(f"pilot and overlap: expected at most {n_papers} papers; found {pilot} and {shared}")
    if pilot and len(reviewers) == 1:
        raise ReviewKitError("pilot: expected at least two reviewers to compare, found one")
