"""Where a reviewer stands at a stage: what was decided, what was settled, and what that leaves in the queues."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from ..errors import LogError
from ..screening.decisions import act_rows
from .stage_queues import StageQueues


class Standing:
    """A reviewer's decisions at a stage, independent (`own`) and final (`settled`), and the `queues`.

    Parameters
    ----------
    papers, stage, reviewer, mode
        As for :func:`~review_kit.screening.screening_queue`.
    """

    def __init__(self, papers: pd.DataFrame, *, stage: str, reviewer: str, mode: str) -> None:
        self.papers, self.stage, self.reviewer = papers, stage, reviewer
        self.queues = StageQueues(papers, stage=stage, reviewer=reviewer, mode=mode)
        self.own, self.settled = Tally(), Tally()
        self.stops: list[dict[str, str]] = []

    def look_up(self, key: str, acts: Sequence[Mapping[str, Any]]) -> None:
        """Take the decisions on a paper from the reviewer's acts about it that are in effect."""
        decided = [event for event in acts if event["kind"] == "decide"]
        for tally, final in ((self.own, False), (self.settled, True)):
            tally.put(key, next((event for event in reversed(decided) if _is_true(event["final"]) == final), None))

    def read(self, events: pd.DataFrame, *, order: Iterable[int]) -> None:
        """Work out the queues from the log, and who has stopped the stage; the decisions were looked up before."""
        self.queues.read(events, order=order, mine=self._decided())
        stops = events.iloc[act_rows(events, "stop", stage=self.stage)]
        self.stops = [{"reviewer": who, "reason": why} for who, why in zip(stops["reviewer"], stops["reason"])]

    def change(self, key: str, acts: Sequence[Mapping[str, Any]]) -> None:
        """Keep decisions and queues true after an act about a paper."""
        self.look_up(key, acts)
        self.queues.move(key, acts)

    def tally(self, queue: str) -> Tally:
        """What counts in a queue: in the conflicts what was settled, elsewhere what was decided independently."""
        return self.settled if queue == "conflicts" else self.own

    def undecided(self) -> pd.DataFrame:
        """The papers this reviewer has not decided on; which of them others have is not for this reviewer to know."""
        decided = self._decided()
        return self.papers[[key not in decided for key in self.papers["paper_id"]]]

    def is_final(self, key: str, queue: str) -> bool:
        """Whether a decision made in a queue settles a conflict; refuses one that would count for nothing."""
        if key in self.settled.decisions:
            return True
        if other := self.queues.settled_by(key):
            raise LogError(f"{other} has settled this paper by a final decision. Nothing was recorded.")
        if queue == "conflicts" and key not in self.queues.by_name["conflicts"]:
            raise LogError("not in conflict; only conflicts are settled here. Nothing was recorded.")
        return queue == "conflicts"

    def decision(self, key: str, queue: str) -> tuple[str | None, str | None]:
        """The reviewer's decision on a paper and its reason, as a queue shows it."""
        return self.settled.decisions.get(key) or self.tally(queue).decisions.get(key, (None, None))

    def says(self, key: str) -> str:
        """What became of a paper, in words; nothing of what others decided but that it is settled."""
        settled = key in self.settled.decisions
        decision, reason = self.decision(key, "mine")
        said = f"you {'settled' if settled else 'decided'}: {decision}{f' ({reason})' if reason else ''}"
        other = None if settled else self.queues.settled_by(key)
        return " · ".join([said] * bool(decision) + [f"settled by {other}"] * bool(other))

    def votes(self, key: str, queue: str) -> list[dict[str, Any]]:
        """Who decided what, for those who settle conflicts; a search reaches every paper, but only these show it."""
        if queue != "conflicts" or not (key in self.queues.by_name["conflicts"] or key in self.settled.decisions):
            return []
        own = [{"reviewer": self.reviewer, "decision": decision, "reason": reason}
               for decision, reason in filter(None, [self.own.decisions.get(key)])]
        return own + self.queues.decisions_of_others(key)

    def _decided(self) -> dict[str, Any]:
        """What the reviewer decided or settled."""
        return {**self.own.decisions, **self.settled.decisions}


class Tally:
    """Decisions on papers, with running counts."""

    def __init__(self) -> None:
        self.decisions: dict[str, tuple[str, str | None]] = {}
        self.counts: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()

    def put(self, key: str, event: Mapping[str, Any] | None) -> None:
        """Take the last decision on a paper, or none, in place of the one before."""
        self._count(self.decisions.pop(key, None), -1)
        if event is not None:
            reason = event.get("reason")
            self.decisions[key] = (event["value"], None if pd.isna(reason) else reason)
            self._count(self.decisions[key], 1)

    def _count(self, decided: tuple[str, str | None] | None, step: int) -> None:
        """Count a decision, or take it off."""
        if decided:
            self.counts[decided[0]] += step
            self.reasons[decided[1]] += step if decided[1] else 0

    def streak(self) -> int:
        """How many decisions have been made since the last include."""
        streak = 0
        for decision, _ in reversed(self.decisions.values()):
            if decision == "include":
                break
            streak += 1
        return streak


def _is_true(value: Any) -> bool:
    """Whether a truth value that may be missing is true."""
    return not pd.isna(value) and bool(value)
