"""Events as a table: which of them are in effect. An act becomes an event in acts.py; ReviewLog keeps them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from .errors import LogError
from .schema import events_table


def current_events(events: pd.DataFrame) -> pd.DataFrame:
    """Leave out events that were undone and the undo events themselves; the order stays."""
    return events[~events["event_id"].isin(undone_ids(events)) & (events["kind"] != "undo")]


def undone_ids(events: pd.DataFrame) -> set[str]:
    """Ids of the events that an undo in effect takes back (an undo that was undone does nothing)."""
    undone: set[str] = set()
    undos = events[events["kind"] == "undo"]
    for event_id, target in zip(undos["event_id"][::-1], undos["value"][::-1]):
        if event_id not in undone:
            undone.add(target)
    return undone


def act_to_undo(rows: Sequence[Mapping[str, Any]], target: str | None, *, reviewer: str) -> Mapping[str, Any]:
    """The reviewer's act to take back among the rows of a log: the one named, or the last one still in effect."""
    undone = undone_ids(events_table(row for row in rows if row["kind"] == "undo"))
    mine = {row["event_id"]: row for row in rows if row["reviewer"] == reviewer and row["event_id"] not in undone}
    if target is None:
        target = next((event_id for event_id, row in reversed(mine.items()) if row["kind"] != "undo"), None)
        if target is None:
            raise LogError(f"{reviewer} has nothing to undo")
    if target not in mine:
        raise LogError(f"{target}: not an event of {reviewer} that is in effect; nothing was undone")
    return mine[target]
