"""An act of a person made into an event: checked against the schema, labelled, in plain JSON values."""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from .errors import LogError, NotSaved
from .schema import DECISIONS, EVENT_KINDS, STAGES

_REVIEWER = re.compile(r"[^\W_][\w.@+-]{0,63}")


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


def paper_labels(papers: pd.DataFrame) -> dict[str, str]:
    """The labels of many papers by ``paper_id``; a plan brings them with it, bare ids have none."""
    if "about" in papers:
        labels = papers["about"].tolist()
    elif "title" in papers:
        named = papers[[name for name in ("title", "year", "arxiv_id", "doi") if name in papers]]
        labels = [paper_label(row) for row in named.to_dict("records")]
    else:
        return {}
    return {paper_id: label for paper_id, label in zip(papers["paper_id"], labels) if not pd.isna(label)}


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


def foreign_events(events: pd.DataFrame) -> list[dict[str, Any]]:
    """Events of another tool or another copy of the log as they may enter this one; refuses what could not be read."""
    rows = [{k: plain_value(v) for k, v in row.items()} for row in events.to_dict("records")]
    for reviewer in dict.fromkeys(row["reviewer"] for row in rows):
        reviewer_name(str(reviewer))
    for row in rows:
        some_text(row["event_id"], "event_id")
        check_word(row["kind"], EVENT_KINDS, "kind")
        row["at"] = row.get("at") or now()  # not every tool keeps dates; a line without one cannot be read
    return [whole_event(row) for row in rows]


def reviewer_name(name: str) -> str:
    """A reviewer's name, which must be able to name a file."""
    if not _REVIEWER.fullmatch(name) or name.endswith("."):
        raise LogError(
            f"reviewer {name!r}: expected a name of letters, digits and _ . @ + - (at most 64), such as 'ada'"
        )
    return name


def now() -> str:
    """The time in UTC, for people; never used for order."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def check_word(value: str, allowed: Sequence[str], what: str) -> None:
    """Refuse a word that the schema does not know."""
    if value not in allowed:
        raise LogError(f"{what}: expected one of {', '.join(allowed)}; found {value!r}")


def check_decision(decision: str, stage: str, reason: str | None) -> None:
    """Refuse a decision that its stage does not know, or that lacks the reason it needs."""
    check_word(stage, STAGES, "stage")
    check_word(decision, DECISIONS[stage], f"decision at {stage}")
    if stage == "full_text" and decision == "exclude" and not (reason or "").strip():
        raise LogError("full_text: an exclusion needs one primary reason from the protocol; none was given")


def some_text(value: Any, what: str) -> str:
    """A text that may not be empty."""
    if not str(value or "").strip():
        raise LogError(f"{what}: expected some text, found nothing")
    return str(value)
