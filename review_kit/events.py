"""Events as a table: what is in effect, and what an event is about. The log that keeps them is ReviewLog."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import pandas as pd

from .errors import LogError, NotSaved


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


def record_id_of(record: Any) -> str | None:
    """The record_id of an id or of a row of papers or records."""
    if record is None or isinstance(record, str):
        return record
    for name in ("paper_id", "record_id"):
        if name in record:
            return str(record[name])
    raise LogError(f"expected a record_id or a row with paper_id or record_id, found {type(record).__name__}")


def paper_label(record: Any) -> str | None:
    """A line by which a person knows a paper: title, year, identifier; None for a bare id."""
    if record is None or isinstance(record, str):
        return None
    known = {k: record[k] for k in ("title", "year", "arxiv_id", "doi") if k in record and not pd.isna(record[k])}
    parts = [str(known.get("title", "(no title)"))]
    if "year" in known:
        parts.append(f"({known['year']})")
    if "arxiv_id" in known:
        parts.append(f"arXiv:{known['arxiv_id']}")
    elif "doi" in known:
        parts.append(f"doi:{known['doi']}")
    return " ".join(parts)


def plain_value(value: Any) -> Any:
    """A value as plain JSON types; missing becomes None, half characters become U+FFFD."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, Mapping):
        return {str(k): plain_value(v) for k, v in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain_value(v) for v in value]
    if hasattr(value, "item"):
        value = value.item()
    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, (bool, int, float)):
        return value
    return str(value)


def whole_event(event: Mapping[str, Any]) -> dict[str, Any]:
    """An event with every key, so that lines can be compared by eye; refuses what JSON cannot hold."""
    blank = dict.fromkeys(("event_id", "at", "reviewer", "kind", "record_id", "stage", "value", "reason"))
    whole = {**blank, "final": False, "about": None, "context": {}, **event}
    whole["final"], whole["context"] = bool(whole["final"]), whole["context"] or {}
    whole.pop("seq", None)
    try:
        json.dumps(whole, allow_nan=False)
    except ValueError as error:
        raise NotSaved(f"{whole['kind']}: the value cannot be saved as JSON ({error}); nothing was recorded") from error
    return whole
