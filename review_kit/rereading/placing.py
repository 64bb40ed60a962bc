"""Place every event of the log on a record of today, or list it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from .identity import Identity, RecordIndex, record_identities

OF_MANY = ("assign", "stop")  # events about many papers
Places = Mapping[str, str | None]


def place_events(events: pd.DataFrame, records: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give each event the id of the record of today that it is about; the log itself is not changed.

    Record ids follow the content of a record. Where a source was edited, an event whose ``record_id`` is gone is
    placed on the record with the same identity, known by the event's ``about`` (title and identifier), by the rule
    of ``rereading/identity.py``. It is never guessed between two candidates.

    Parameters
    ----------
    events
        An events table. The second record of a ``judge_pair`` and the records of an ``assign`` or ``stop`` are placed
        too; their labels stand in ``context`` under ``about_2`` (text) and ``abouts`` (record id to text).
    records
        A records table: every record of today.

    Returns
    -------
    placed, unplaced : DataFrame
        Two events tables in the order of the log. Each event is in one of them; an ``assign`` or ``stop`` of which some
        papers are gone is in both, with the papers that were found in one and the rest in the other.
    """
    known = set(records["record_id"])
    gone = sorted({record_id for event in _rows(events) for record_id in _mentioned(event)} - known)
    if not gone:
        return events.copy(), events.iloc[:0].copy()
    places = _find(gone, events, records)
    placed, unplaced = [], []
    for event in events.to_dict("records"):
        here, rest = _place(event, places)
        placed += [here] if here else []
        unplaced += [rest] if rest else []
    return _like(events, placed), _like(events, unplaced)


def place_corrections(events: pd.DataFrame, facts: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Place corrections of checked values, and what took them back, on the facts of today.

    No other act stays with a fact: it is of no paper by itself, so the act would count nowhere and be listed nowhere.

    Parameters
    ----------
    events
        An events table.
    facts
        A records table of checked values.

    Returns
    -------
    placed, unplaced : DataFrame
        Two events tables in the order of the log.
    """
    sources = set(facts["source"])
    of_facts = events["record_id"].map(lambda r: Identity.of_label(r, ()).source in sources, na_action="ignore")
    mends = (events["kind"] == "correct") & of_facts.fillna(False).astype(bool)
    mends |= (events["kind"] == "undo") & events["value"].isin(set(events["event_id"][mends]))
    placed, lost = place_events(events[mends], facts)
    return placed, events[~mends | events["event_id"].isin(lost["event_id"])]


def _rows(events: pd.DataFrame) -> Iterator[tuple[str, Any, Any, Any, Any]]:
    """Kind, record_id, value, about and context of each event."""
    return zip(*(events[name] for name in ("kind", "record_id", "value", "about", "context")))


def _mentioned(event: tuple[str, Any, Any, Any, Any]) -> Iterator[str]:
    """Every record id an event speaks of."""
    kind, record_id, value, _, _ = event
    if not pd.isna(record_id):
        yield record_id
    if kind == "judge_pair":
        yield value["record_id_2"]
    if kind in OF_MANY:
        yield from value["record_ids"]


def _labels(events: pd.DataFrame) -> dict[str, set[str]]:
    """Everything the log says about what a record id is: labels, and titles and identifiers that were corrected."""
    labels: dict[str, set[str]] = defaultdict(set)
    for kind, record_id, value, about, context in _rows(events):
        if not pd.isna(record_id) and not pd.isna(about):
            labels[record_id].add(about)
        if kind == "judge_pair" and isinstance(context.get("about_2"), str):
            labels[value["record_id_2"]].add(context["about_2"])
        if isinstance(context.get("abouts"), Mapping):
            for other, label in context["abouts"].items():
                labels[other].add(str(label))
        if kind == "correct" and value["field"] == "title" and not pd.isna(record_id):
            labels[record_id] |= {title for title in (value.get("old"), value.get("new")) if isinstance(title, str)}
    return labels


def _find(gone: list[str], events: pd.DataFrame, records: pd.DataFrame) -> Places:
    """For each id that is gone the id of the same record today, or None; ids that are not gone are not in it."""
    index, labels = RecordIndex(record_identities(records)), _labels(events)
    ids = list(records["record_id"])
    found = {record_id: index.find(Identity.of_label(record_id, sorted(labels[record_id]))) for record_id in gone}
    return {record_id: None if at is None else ids[at] for record_id, at in found.items()}


def _place(event: dict[str, Any], places: Places) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """An event as it is placed, and what of it could not be placed."""
    record_id, value = event["record_id"], event["value"]
    here = event
    if not pd.isna(record_id):
        if places.get(record_id, record_id) is None:
            return None, event
        here = {**event, "record_id": places.get(record_id, record_id)}
    if event["kind"] == "judge_pair":
        second = places.get(value["record_id_2"], value["record_id_2"])
        # Two entries that became one need no verdict any more; it is listed, so that it is seen.
        if second is None or second == here["record_id"]:
            return None, event
        here = {**here, "value": {**value, "record_id_2": second}}
    if event["kind"] in OF_MANY:
        return _place_many(here, places)
    return here, None


def _place_many(event: dict[str, Any], places: Places) -> tuple[dict[str, Any] | None, dict[str, Any] | None]:
    """An event about many papers divided into the papers that are there and those that are not."""
    given = event["value"]["record_ids"]
    found = list(dict.fromkeys(places.get(r, r) for r in given if places.get(r, r) is not None))
    lost = [r for r in given if places.get(r, r) is None]
    here, rest = ({**event, "value": {**event["value"], "record_ids": ids}} for ids in (found, lost))
    return (here if found or not lost else None), (rest if lost else None)


def _like(events: pd.DataFrame, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Rows as a table with the columns and types of `events`."""
    columns = {
        name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in events.dtypes.items()
    }
    return pd.DataFrame(columns, columns=events.columns)
