"""Events as a table: which of them are in effect. An act becomes an event in acts.py; ReviewLog keeps them."""

from __future__ import annotations

from collections.abc import Mapping
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


def act_to_undo(own: Mapping[str, Mapping[str, Any]], target: str | None, *, reviewer: str) -> Mapping[str, Any]:
    """The act to take back among a reviewer's own events by id: the one named, or the last one still in effect."""
    undone = undone_ids(events_table(row for row in own.values() if row["kind"] == "undo"))
    if target is None:
        acts = (event_id for event_id, row in reversed(own.items()) if row["kind"] != "undo" and event_id not in undone)
        if (target := next(acts, None)) is None:
            raise LogError(f"{reviewer} has nothing to undo")
    if target not in own or target in undone:
        raise LogError(f"{target}: not an event of {reviewer} that is in effect; nothing was undone")
    return own[target]
