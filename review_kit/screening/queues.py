"""A reviewer's queues at a stage: what waits for whom, what differs, what is done, and in which order it comes."""

from __future__ import annotations

import numpy as np
import pandas as pd

from .decisions import assigned_reviewers, check_word, combine, lay_out
from .status import random_places, reached_stage, takes_part, visible_votes

ORDERS = ("ranked", "listed", "random")
QUEUES = ("mine", "awaiting another", "conflicts", "done")


def screening_queue(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, reviewer: str, order: str = "ranked",
    queue: str = "mine", mode: str = "single", ranking: pd.Series | None = None, seed: int = 0,
) -> pd.DataFrame:
    """List the papers of one of a reviewer's queues, in the order to screen them.

    Every paper that reached the stage is in one queue at most; papers that only wait for other reviewers are in none,
    and neither are those that a stop left unscreened.

    Parameters
    ----------
    papers, events, stage, mode
        As for :func:`screening_status`.
    reviewer
        Whose queue; what it holds never depends on decisions this reviewer is blinded from.
    order
        ``ranked`` (as in `ranking`; without one, and for papers it does not name, as listed), ``listed`` (as in
        `papers`), or ``random`` (by `seed`; the order of the others stays when papers come or go).
    queue
        ``mine``: waits for this reviewer (once papers of the stage are assigned, only assigned ones).
        ``awaiting another``: decided by this reviewer, waits for another. ``conflicts``: reviewers differ and nobody
        has settled it. ``done``: settled.
    ranking
        Series indexed by ``paper_id``, best first, as `rank_papers` makes it.

    Returns
    -------
    DataFrame
        Rows of `papers`.
    """
    check_word(queue, QUEUES, "queue")
    member = reviewer_queues(papers, events, stage=stage, reviewer=reviewer, mode=mode) == queue
    places = order_places(papers, order=order, ranking=ranking, seed=seed)
    return papers.iloc[places[member[places]]].copy()


def reviewer_queues(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, reviewer: str, mode: str = "single",
) -> np.ndarray:
    """For each paper the queue of the reviewer that it is in, or None; parameters as for :func:`screening_queue`."""
    found = queues_of_reached(papers, events, stage=stage, reviewer=reviewer, mode=mode)
    found[~reached_stage(papers, events, stage=stage, mode=mode)] = None
    return found


def queues_of_reached(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, reviewer: str, mode: str = "single",
) -> np.ndarray:
    """As :func:`reviewer_queues`, of papers that are known to have reached the stage: each depends on itself alone."""
    given = assigned_reviewers(papers, events, stage=stage)
    votes = lay_out(papers, events, stage=stage, mode=mode, given=given)
    own, waits = takes_part(votes, events, stage=stage, reviewer=reviewer, given=given)
    view = visible_votes(votes, events, stage=stage, reviewer=reviewer, given=given)
    status, _ = combine(view, stage=stage)
    settled = view.count(view.decided["final"].to_numpy(dtype=bool)) > 0
    conditions = [waits & ~settled & ~votes.left, own & (status == "pending"), status == "conflict",
                  np.isin(status, ("include", "exclude", "maybe"))]
    return np.select(conditions, np.array(QUEUES, dtype=object), None)


def order_places(papers: pd.DataFrame, *, order: str, ranking: pd.Series | None, seed: int) -> np.ndarray:
    """The places of all papers in the order to screen them."""
    check_word(order, ORDERS, "order")
    if order == "random":
        return random_places(papers, seed=seed)
    if order == "listed" or ranking is None:
        return np.arange(len(papers))
    rank = {paper_id: place for place, paper_id in reversed(list(enumerate(ranking.index)))}
    return np.argsort([rank.get(p, len(rank)) for p in papers["paper_id"]], kind="stable").astype(int)
