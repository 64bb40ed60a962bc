"""Compare two readings of a source: what is new, changed, moved and gone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from ..schema import LIST, RECORD_COLUMNS, TEXT, make_table
from .identity import STEPS, RecordIndex, record_identities

CHANGES = ("new", "changed", "moved", "gone", "same")
CHANGE_COLUMNS = dict.fromkeys(
    ("change", "record_id_before", "record_id_after", "title", "field", "before", "after"), TEXT
)
_NOT_COMPARED = ("record_id", "source", "line", "raw", "title")


def compare_records(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Tell what changed between two readings of a source.

    Records are found again by their id, else by the rule of ``rereading/identity.py``; a record matches one record.

    Parameters
    ----------
    before, after
        Records tables.

    Returns
    -------
    DataFrame
        ``change`` (``new``, ``changed``, ``moved`` to another section, ``gone``, ``same``), ``record_id_before``,
        ``record_id_after``, ``title``, ``field``, ``before``, ``after``. One row per new or gone record and per changed
        field, in the order of `after`, gone ones last. The last row, ``same``, says how many records are as they were;
        a table with that row only means that nothing changed.
    """
    matches = _matches(before, after)
    old, rows, same = before.to_dict("records"), [], 0
    for at, record in enumerate(after.to_dict("records")):
        if at not in matches:
            rows.append({"change": "new", "record_id_after": record["record_id"], "title": record["title"]})
            continue
        changed = list(_changed_fields(old[matches[at]], record))
        rows += changed
        same += not changed
    kept = set(matches.values())
    rows += [{"change": "gone", "record_id_before": record["record_id"], "title": record["title"]}
             for at, record in enumerate(old) if at not in kept]
    return make_table([*rows, {"change": "same", "title": same_message(same, len(rows))}], CHANGE_COLUMNS)


def same_message(same: int, changes: int) -> str:
    """How many records are as they were, in words."""
    records = f"{same} record{'s' if same != 1 else ''}"
    return f"{records} as before" if changes else f"{records} as before; nothing was added, changed or taken away"


def _matches(before: pd.DataFrame, after: pd.DataFrame) -> dict[int, int]:
    """For each place in `after` its place in `before`, where there is one."""
    places = {record_id: at for at, record_id in enumerate(before["record_id"])}
    matches = {at: places[record_id] for at, record_id in enumerate(after["record_id"]) if record_id in places}
    open_before = sorted(set(range(len(before))) - set(matches.values()))
    open_after = sorted(set(range(len(after))) - set(matches))
    index = RecordIndex(record_identities(after.iloc[open_after]))
    wanted = dict(zip(open_before, record_identities(before.iloc[open_before])))
    taken: set[int] = set()
    # The certain steps go first for all records, so that no one takes the place of a better match.
    for step in STEPS:
        for at in list(wanted):
            found = index.candidates(wanted[at], step, taken=taken)
            chosen = index.choose(wanted[at], found) if found else None
            if chosen is not None:
                taken.add(chosen)
                matches[open_after[chosen]] = at
                del wanted[at]
    return matches


def _changed_fields(before: dict[str, Any], after: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """One row per field that differs."""
    for name in RECORD_COLUMNS:
        old, new = _shown(before[name], name), _shown(after[name], name)
        if name not in _NOT_COMPARED and old != new:
            yield {
                "change": "moved" if name == "section" else "changed", "record_id_before": before["record_id"],
                "record_id_after": after["record_id"], "title": after["title"], "field": name,
                "before": old, "after": new,
            }


def _shown(value: Any, name: str) -> str:
    """A cell as text; missing is empty."""
    if isinstance(value, (list, dict)):
        if RECORD_COLUMNS[name] == LIST and all(isinstance(part, str) for part in value):
            return (" / " if name == "section" else "; ").join(value)
        return str(value) if value else ""
    return "" if pd.isna(value) else str(value)
