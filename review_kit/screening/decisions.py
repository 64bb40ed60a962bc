"""Fold events into decisions: who last decided what about which paper at a stage, and what that adds up to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from ..errors import LogError, ReviewKitError
from ..events import undone_ids
from ..schema import DECISIONS, MODES, STAGES

ADVANCING = ("include", "maybe")
# Retrieval is a fact, not a judgement: its two outcomes are read as include (goes on) and exclude (does not).
RETRIEVAL_STATUS = {"retrieved": "include", "not_retrieved": "exclude"}


def stage_decisions(papers: pd.DataFrame | None, events: pd.DataFrame, *, stage: str) -> pd.DataFrame:
    """List the decisions in effect at a stage: each reviewer's last one per paper, and each paper's last final one.

    Parameters
    ----------
    papers
        A papers table (``paper_id``, ``record_ids``); events about other papers are left out. With None each
        ``record_id`` of the events counts as a paper of its own.
    events
        An events table in the order of the log; undone events are left out.
    stage
        One of ``schema.STAGES``.

    Returns
    -------
    DataFrame
        ``paper_id, reviewer, decision, reason, at, final`` in the order of the log, and ``row``, the place of the
        event in `events`.

    Raises
    ------
    LogError
        A decision is none of the stage's.
    """
    decided = all_decisions(papers, events, stage=stage)
    voter = decided["reviewer"].where(~decided["final"], "\n")  # no reviewer is called so: one final per paper
    return decided[~pd.DataFrame({"p": decided["paper_id"], "v": voter}).duplicated(keep="last")].reset_index(drop=True)


def all_decisions(papers: pd.DataFrame | None, events: pd.DataFrame, *, stage: str) -> pd.DataFrame:
    """List every decision at a stage that was not undone, superseded ones too; columns as in stage_decisions."""
    check_word(stage, STAGES, "stage")
    rows = act_rows(events, "decide", stage=stage)
    acts = events.iloc[rows]
    record_ids = acts["record_id"].astype(object)
    paper_ids = record_ids if papers is None else record_ids.map(paper_of_record(papers))
    decided = pd.DataFrame({
        "paper_id": paper_ids.to_numpy(dtype=object), "reviewer": acts["reviewer"].to_numpy(dtype=object),
        "decision": acts["value"].to_numpy(dtype=object), "reason": acts["reason"].to_numpy(dtype=object),
        "at": acts["at"].to_numpy(dtype=object), "final": acts["final"].fillna(False).to_numpy(dtype=bool), "row": rows,
    })
    unknown = ~decided["decision"].isin(DECISIONS[stage])
    if unknown.any():
        found = ", ".join(f"{d.decision!r} by {d.reviewer} for {d.paper_id}" for d in decided[unknown].itertuples())
        raise LogError(f"{stage}: expected one of {', '.join(DECISIONS[stage])}; found {found}")
    return decided[decided["paper_id"].notna()].reset_index(drop=True)


def act_rows(events: pd.DataFrame, kind: str, *, stage: str | None = None) -> np.ndarray:
    """The places of the events of a kind (and stage) that were not undone."""
    rows = np.flatnonzero(events["kind"].to_numpy(dtype=object) == kind)
    if stage is not None:
        rows = rows[(events["stage"].iloc[rows] == stage).fillna(False).to_numpy(dtype=bool)]
    undone = undone_ids(events)
    return rows[~events["event_id"].iloc[rows].isin(undone).to_numpy(dtype=bool)] if undone else rows


def paper_of_record(papers: pd.DataFrame) -> dict[str, str]:
    """For each record_id, and each paper_id, the paper it belongs to."""
    paper_ids = papers["paper_id"].tolist()
    found = {r: paper_id for paper_id, ids in zip(paper_ids, papers["record_ids"]) for r in ids}
    found.update(zip(paper_ids, paper_ids))
    return found


def assigned_reviewers(papers: pd.DataFrame, events: pd.DataFrame, *, stage: str) -> dict[str, list[str]] | None:
    """For each paper the reviewers it was given to at a stage; None where nothing was assigned at that stage."""
    rows = act_rows(events, "assign", stage=stage)
    if not len(rows):
        return None
    paper_of, given = paper_of_record(papers), {}
    for plan in events["value"].iloc[rows]:
        for record_id in plan["record_ids"]:
            reviewers = given.setdefault(paper_of.get(record_id), [])
            reviewers.extend(r for r in plan["reviewers"] if r not in reviewers)
    given.pop(None, None)
    return given


def stopped_papers(papers: pd.DataFrame, events: pd.DataFrame, *, stage: str) -> set[str]:
    """The papers that a ``stop`` in effect left unscreened at a stage; some may have been decided all the same."""
    paper_of = paper_of_record(papers)
    rows = act_rows(events, "stop", stage=stage)
    return {paper_of[r] for value in events["value"].iloc[rows] for r in value["record_ids"] if r in paper_of}


def is_unblinded(events: pd.DataFrame, *, stage: str) -> bool:
    """Whether the stage was unblinded and that was not undone."""
    return len(act_rows(events, "unblind", stage=stage)) > 0


@dataclass(frozen=True)
class Votes:
    """Decisions of a stage laid out for counting: one entry per vote, papers and reviewers as numbers.

    Attributes
    ----------
    paper_ids
        All papers; `paper` holds places in it.
    decided
        A table as of :func:`stage_decisions`.
    paper
        For each row of `decided` the place of its paper.
    needed
        For each paper how many reviewers must decide.
    left
        For each paper whether a stop left it unscreened. One that some but not all had decided still waits.
    """

    paper_ids: np.ndarray
    decided: pd.DataFrame
    paper: np.ndarray
    needed: np.ndarray
    left: np.ndarray

    def count(self, rows: np.ndarray) -> np.ndarray:
        """How many of these rows (a mask over `decided`) each paper has."""
        return np.bincount(self.paper[rows], minlength=len(self.paper_ids))

    def keep(self, rows: np.ndarray) -> Votes:
        """Only these rows."""
        return replace(self, decided=self.decided[rows].reset_index(drop=True), paper=self.paper[rows])


def lay_out(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, mode: str, given: dict[str, list[str]] | None = None
) -> Votes:
    """The votes of a stage; a paper given to several reviewers waits for all of them."""
    check_word(mode, tuple(MODES), "mode")
    decided = stage_decisions(papers, events, stage=stage)
    if stage == "retrieval":
        decided = decided.drop_duplicates("paper_id", keep="last").reset_index(drop=True)
        decided["decision"] = decided["decision"].map(RETRIEVAL_STATUS).astype(object)
    paper_ids = papers["paper_id"].to_numpy(dtype=object)
    place = dict(zip(paper_ids.tolist(), range(len(paper_ids))))
    needed = np.full(len(paper_ids), 1 if stage == "retrieval" else MODES[mode])
    for paper_id, reviewers in (given or {}).items():
        if stage != "retrieval":
            needed[place[paper_id]] = max(MODES[mode], len(reviewers))
    paper = decided["paper_id"].map(place).to_numpy(dtype=int)
    stopped = stopped_papers(papers, events, stage=stage)
    n_votes = np.bincount(paper[~decided["final"].to_numpy(dtype=bool)], minlength=len(paper_ids))
    left = np.array([p in stopped for p in paper_ids], dtype=bool) & ((n_votes == 0) | (n_votes >= needed))
    return Votes(paper_ids, decided, paper, needed, left)


def combine(votes: Votes, *, stage: str) -> tuple[np.ndarray, np.ndarray]:
    """Work out the status of each paper and, where it is excluded, the reason.

    A final decision settles everything. No decision after a stop: unscreened. Too few decisions: pending. All agree:
    that decision (include and maybe both advance at title and abstract, so there they agree as include). Anything else
    is a conflict, and so are different reasons at full text.
    """
    decided, n_papers = votes.decided, len(votes.paper_ids)
    final = decided["final"].to_numpy(dtype=bool)
    n = {d: votes.count((decided["decision"] == d).to_numpy() & ~final) for d in DECISIONS["full_text"]}
    total = sum(n.values())
    reasons, same_reason = _common_reasons(votes, (decided["decision"] == "exclude").to_numpy() & ~final)
    include = (n["exclude"] == 0) & (n["include"] > 0)
    if stage == "full_text":
        include &= n["maybe"] == 0
    exclude = n["exclude"] == total
    if stage == "full_text":
        exclude &= same_reason
    status = np.select(
        [votes.left & (total == 0), total < np.maximum(votes.needed, 1), include, n["maybe"] == total, exclude],
        ["unscreened", "pending", "include", "maybe", "exclude"], "conflict",
    ).astype(object)
    settled = np.zeros(n_papers, dtype=bool)
    settled[votes.paper[final]] = True
    status[votes.paper[final]] = decided["decision"].to_numpy()[final]
    reasons[settled] = None
    reasons[votes.paper[final]] = decided["reason"].to_numpy()[final]
    reasons[status != "exclude"] = None
    return status, reasons


def _common_reasons(votes: Votes, excluding: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """For each paper the first reason given for excluding it, and whether no other reason was given."""
    reason = votes.decided["reason"].to_numpy(dtype=object)
    given = np.flatnonzero(excluding & ~pd.isna(reason))
    codes, texts = pd.factorize(reason[given])
    first = np.full(len(votes.paper_ids), len(texts))
    first[votes.paper[given][::-1]] = codes[::-1]
    other = codes != first[votes.paper[given]]
    same = np.ones(len(votes.paper_ids), dtype=bool)
    same[votes.paper[given][other]] = False
    return np.array([*texts, None], dtype=object)[first], same


def check_word(word: str, allowed: Sequence[str], what: str) -> None:
    """Refuse a word that is none of the allowed ones."""
    if word not in allowed:
        raise ReviewKitError(f"{what}: expected one of {', '.join(allowed)}; found {word!r}")
