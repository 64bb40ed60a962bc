"""A reviewer's four queues at a stage: worked out from the log once, then kept true act by act."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..schema import events_table
from ..screening.decisions import act_rows, all_decisions, assigned_reviewers, stopped_papers
from ..screening.queues import QUEUES, queues_of_reached, reviewer_queues


class StageQueues:
    """The papers of each queue in order: `by_name` maps a queue to its papers, which say whether they were put off.

    An act about a paper moves that paper alone, so the rule of the screening room is asked about it alone, with its own
    few events: the same rule, and no click waits for a hundred thousand papers.

    Parameters
    ----------
    papers
        A papers table.
    stage, reviewer, mode
        As for :func:`~review_kit.screening.screening_queue`.
    """

    def __init__(self, papers: pd.DataFrame, *, stage: str, reviewer: str, mode: str) -> None:
        self.papers = papers[["paper_id", "record_ids"]]
        self.ids = papers["paper_id"].tolist()
        self._place = {paper_id: place for place, paper_id in enumerate(self.ids)}
        self._asked = {"stage": stage, "reviewer": reviewer, "mode": mode}
        self.by_name: dict[str, dict[str, bool]] = {name: {} for name in QUEUES}

    def read(self, events: pd.DataFrame, *, order: Iterable[int], mine: Iterable[str]) -> None:
        """Work out the queues from the log.

        Parameters
        ----------
        events
            An events table.
        order
            The places of the papers in the order to screen them; what waits for nobody here comes as listed.
        mine
            The papers this reviewer decided, in the order of deciding: the last one is the first of those done.
        """
        stage, reviewer = self._asked["stage"], self._asked["reviewer"]
        found = reviewer_queues(self.papers, events, **self._asked)
        self._queue_of = dict(zip(self.ids, found))
        listed = {name: [self.ids[place] for place in np.flatnonzero(found == name)] for name in QUEUES}
        listed["mine"] = [self.ids[place] for place in order if found[place] == "mine"]
        listed["done"] = [key for key in reversed(list(mine)) if self._queue_of.get(key) == "done"]
        self.by_name = {name: dict.fromkeys(keys, False) for name, keys in listed.items()}
        decided = all_decisions(self.papers, events, stage=stage)
        self._events, self._others = events, {}
        for key, who, row in zip(decided["paper_id"], decided["reviewer"], decided["row"]):
            if who != reviewer:
                self._others.setdefault(key, []).append(row)
        self._unblinding = act_rows(events, "unblind", stage=stage).tolist()
        self._given = assigned_reviewers(self.papers, events, stage=stage)
        self._stopped = stopped_papers(self.papers, events, stage=stage)

    def move(self, key: str, mine: Iterable[Mapping[str, Any]]) -> None:
        """Put a paper into the queue where it belongs after an act about it, in front.

        Parameters
        ----------
        key
            The paper.
        mine
            This reviewer's acts about it that are in effect.
        """
        place = self._place[key]
        [queue] = queues_of_reached(self.papers.iloc[place : place + 1], self._events_of(key, mine), **self._asked)
        before, self._queue_of[key] = self._queue_of[key], queue
        if before:
            self.by_name[before].pop(key, None)
        if queue:
            self.by_name[queue] = {key: False, **self.by_name[queue]}

    def put_off(self, queue: str, key: str) -> bool:
        """Move a paper to the end of a queue, for this session; whether it was there."""
        there = key in self.by_name[queue]
        if there:
            del self.by_name[queue][key]
            self.by_name[queue][key] = True
        return there

    def rank(self, ranked: Iterable[str]) -> None:
        """Put what waits for the reviewer into a new order; what was put off stays last."""
        waiting = self.by_name["mine"]
        first = dict.fromkeys((key for key in ranked if waiting.get(key) is False), False)
        self.by_name["mine"] = {**first, **waiting}

    def decisions_of_others(self, key: str) -> list[dict[str, Any]]:
        """What others decided on a paper, each one's last word."""
        last = {}
        for row in self._others.get(key, ()):
            event = self._events.iloc[row]
            final, reason = bool(event["final"]), event["reason"]
            last[event["reviewer"], final] = {
                "reviewer": event["reviewer"], "decision": event["value"], "final": final,
                "reason": None if pd.isna(reason) else reason}
        return list(last.values())

    def settled_by(self, key: str) -> str | None:
        """The other reviewer whose final decision stands, if there is one."""
        return next((said["reviewer"] for said in self.decisions_of_others(key) if said["final"]), None)

    def _events_of(self, key: str, mine: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
        """All that bears on the queue of one paper: few events, in the order of the log."""
        stage = self._asked["stage"]
        rows = self._events.iloc[self._others.get(key, []) + self._unblinding].to_dict("records")
        rows += [{"kind": "decide", "record_id": key, "stage": stage, "reviewer": self._asked["reviewer"], **event}
                 for event in mine if event["kind"] == "decide"]
        late = len(self._events) + 1  # an act made since has no number yet
        rows.sort(key=lambda row: late if pd.isna(row.get("seq")) else row["seq"])
        if self._given is not None:
            given = {"record_ids": [key] if key in self._given else [], "reviewers": self._given.get(key, [])}
            rows.append({"event_id": "assign", "kind": "assign", "stage": stage, "value": given})
        if key in self._stopped:
            rows.append({"event_id": "stop", "kind": "stop", "stage": stage, "value": {"record_ids": [key]}})
        return events_table(rows)
