"""Screening: what each paper's status is, what of it a reviewer may see, and which papers were selected.

Stages follow one another: title and abstract, retrieval, full text; only what passed goes on. A review that never logs
``retrieved`` is taken to read every paper that passed title and abstract, except those logged as ``not_retrieved``.

Reviewers are blinded from each other: with a reviewer given, the others' decisions at a stage stay hidden until that
reviewer and the others have decided, or the stage is unblinded, or the paper does not wait for that reviewer.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from ..extraction import tag_table
from ..schema import STAGES, STATUSES
from .decisions import (
    ADVANCING,
    RETRIEVAL_STATUS,
    Votes,
    assigned_reviewers,
    check_word,
    combine,
    is_unblinded,
    lay_out,
)

NOT_EXCLUDED = "not excluded"


def screening_status(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, mode: str = "single", reviewer: str | None = None
) -> pd.DataFrame:
    """Work out the status of every paper at a stage.

    Parameters
    ----------
    papers
        A papers table (``paper_id``, ``record_ids``).
    events
        An events table in the order of the log. Of each reviewer the last decision counts.
    stage
        One of ``schema.STAGES``. At retrieval the last word counts: ``retrieved`` shows as include,
        ``not_retrieved`` as exclude.
    mode
        ``single``: one decision is enough. ``dual``: two reviewers must decide. In both, a paper assigned to several
        reviewers waits for all of them, and reviewers who differ are a conflict. Include and maybe both advance at
        title and abstract and agree as include; at full text different reasons are a conflict too. In both, papers
        that a ``stop`` event left and nobody has decided are ``unscreened``.
    reviewer
        Whose view; the decisions of others are hidden as long as this reviewer is blinded. None sees everything.

    Returns
    -------
    DataFrame
        Indexed by ``paper_id``, in the order of `papers`: ``reached`` (the paper came as far as this stage),
        ``status`` (one of ``schema.STATUSES``), ``n_decisions`` and ``reviewers`` (without final decisions),
        ``reason`` (the primary reason of an exclusion), ``decided_at``, ``final`` (settled by a final decision).
    """
    check_word(stage, STAGES, "stage")
    given = assigned_reviewers(papers, events, stage=stage)
    votes = lay_out(papers, events, stage=stage, mode=mode, given=given)
    if reviewer is not None:
        votes = visible_votes(votes, events, stage=stage, reviewer=reviewer, given=given)
    status, reasons = combine(votes, stage=stage)
    final = votes.decided["final"].to_numpy(dtype=bool)
    reviewers: list[list[str]] = [[] for _ in votes.paper_ids]
    for paper, name in zip(votes.paper[~final].tolist(), votes.decided["reviewer"].to_numpy()[~final].tolist()):
        reviewers[paper].append(name)
    decided_at = np.full(len(votes.paper_ids), None, dtype=object)
    decided_at[votes.paper] = votes.decided["at"].to_numpy(dtype=object)
    return pd.DataFrame({
        "reached": pd.array(reached_stage(papers, events, stage=stage, mode=mode), dtype="boolean"),
        "status": pd.array(status, dtype="string"),
        "n_decisions": pd.array(votes.count(~final), dtype="Int64"),
        "reviewers": pd.Series(reviewers, dtype=object).to_numpy(),
        "reason": pd.array(reasons, dtype="string"), "decided_at": pd.array(decided_at, dtype="string"),
        "final": pd.array(votes.count(final) > 0, dtype="boolean"),
    }, index=pd.Index(papers["paper_id"], name="paper_id"))


def select_papers(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str = "full_text", status: str = "include",
    tags: Sequence[str] = (), mode: str = "single",
) -> pd.DataFrame:
    """Select the papers that reached a stage and have a status there.

    Parameters
    ----------
    papers, events, stage, mode
        As for :func:`screening_status`.
    status
        One of ``schema.STATUSES``, or ``not excluded``; at retrieval also ``retrieved`` and ``not_retrieved``.
    tags
        Only papers that carry all of these; a tag also stands for its descendants (``method`` for ``method/sft``).

    Returns
    -------
    DataFrame
        Rows of `papers`, in their order.
    """
    words = (*STATUSES, NOT_EXCLUDED) if stage != "retrieval" else (*STATUSES, NOT_EXCLUDED, *RETRIEVAL_STATUS)
    check_word(status, words, "status")
    found = screening_status(papers, events, stage=stage, mode=mode)
    wanted = found["status"] == RETRIEVAL_STATUS.get(status, status)
    if status == NOT_EXCLUDED:
        wanted = ~found["status"].isin(("exclude", "unscreened"))
    chosen = (found["reached"] & wanted).to_numpy(dtype=bool)
    if tags:
        tagged = tag_table(papers, events)
        carried = tagged.groupby("paper_id")["tag"].agg(set).to_dict()
        chosen &= np.array([
            all(any(t == tag or t.startswith(f"{tag}/") for t in carried.get(paper_id, ())) for tag in tags)
            for paper_id in papers["paper_id"]
        ], dtype=bool)
    return papers[chosen].copy()


def takes_part(
    votes: Votes, events: pd.DataFrame, *, stage: str, reviewer: str, given: dict[str, list[str]] | None
) -> tuple[np.ndarray, np.ndarray]:
    """For each paper: has the reviewer decided, and does the paper wait for the reviewer."""
    by = (votes.decided["reviewer"] == reviewer).to_numpy(dtype=bool)
    independent = ~votes.decided["final"].to_numpy(dtype=bool)
    own, others = votes.count(by & independent) > 0, votes.count(~by & independent)
    if stage == "retrieval":
        own = votes.count(independent) > 0
    if given is not None:
        return own, ~own & np.array([reviewer in given.get(p, ()) for p in votes.paper_ids], dtype=bool)
    if stage == "retrieval":
        return own, ~own
    # Where one decision is enough, a paper stays in the queue of a blinded reviewer: leaving would show the decision.
    blind = not is_unblinded(events, stage=stage)
    return own, ~own & ((others < votes.needed) | (blind & (votes.needed < 2)))


def visible_votes(
    votes: Votes, events: pd.DataFrame, *, stage: str, reviewer: str, given: dict[str, list[str]] | None
) -> Votes:
    """The votes a reviewer may see."""
    if stage == "retrieval" or is_unblinded(events, stage=stage):
        return votes
    own, waits = takes_part(votes, events, stage=stage, reviewer=reviewer, given=given)
    final = votes.decided["final"].to_numpy(dtype=bool)
    total = votes.count(~final)
    open_papers = np.where(own, total >= np.maximum(votes.needed, 2), ~waits & (total >= votes.needed))
    open_papers |= votes.count(final) > 0
    by = (votes.decided["reviewer"] == reviewer).to_numpy(dtype=bool)
    return votes.keep(by | open_papers[votes.paper])


def reached_stage(papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, mode: str) -> np.ndarray:
    """Whether each paper passed the stages before this one."""
    passed = np.ones(len(papers), dtype=bool)
    if stage == "title_abstract":
        return passed
    passed = np.isin(_status(papers, events, stage="title_abstract", mode=mode), ADVANCING)
    if stage == "full_text":
        retrieval = _status(papers, events, stage="retrieval", mode=mode)
        if (retrieval == "include").any():
            # Who decided at full text had the text, even if nobody logged that it was retrieved.
            read = _status(papers, events, stage="full_text", mode=mode) != "pending"
            passed &= (retrieval == "include") | ((retrieval == "pending") & read)
        passed &= retrieval != "exclude"
    return passed


def _status(papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, mode: str) -> np.ndarray:
    """The status of each paper as everybody's decisions make it."""
    given = assigned_reviewers(papers, events, stage=stage)
    return combine(lay_out(papers, events, stage=stage, mode=mode, given=given), stage=stage)[0]


def random_places(papers: pd.DataFrame, *, seed: int) -> np.ndarray:
    """The places of all papers in a random order; new papers leave the order of the old ones alone."""
    key = f"{seed:016d}"[-16:]
    # A hash, not a shuffle: each paper's draw depends on nothing but itself and the seed.
    return np.argsort(pd.util.hash_array(papers["paper_id"].to_numpy(dtype=object), hash_key=key), kind="stable")
