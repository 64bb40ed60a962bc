"""Corrections: what people mended in records, applied on top of the sources, which stay as they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from .errors import LogError
from .schema import PAPER_COLUMNS, RECORD_COLUMNS, TEXT, check_correction, make_table, problems_table

CORRECTION_COLUMNS = dict.fromkeys(("record_id", "source", "field", "found", "corrected", "reason", "reviewer"), TEXT)


def fitting_corrections(events: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Leave out corrections that cannot be applied, and list them: one slip must not keep a review shut.

    Parameters
    ----------
    events
        An events table without undone events.

    Returns
    -------
    events, problems
        The events that can be used, and a problem (``correction_unfit``) for each that cannot.
    """
    unfit, problems = [], []
    for row in events[events["kind"] == "correct"].to_dict("records"):
        field, new = row["value"]["field"], row["value"]["new"]
        try:
            check_correction(field, new)
        except LogError as error:
            unfit.append(row["event_id"])
            problems.append({
                "source": f"log of {row['reviewer']}", "record_id": row["record_id"], "kind": "correction_unfit",
                "severity": "error", "found": f"{field}: {new!r}", "expected": str(error),
                "todo": f"{row['reviewer']} takes it back with log.undo({row['event_id']!r}) and corrects anew.",
            })
    return events[~events["event_id"].isin(unfit)], problems_table(problems)


def apply_corrections(records: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Records with the corrected values; the last correction of a field counts.

    Parameters
    ----------
    records
        A records table.
    events
        An events table without undone events; rows of kind ``correct`` are used.

    Returns
    -------
    DataFrame
        A new records table; ``title_raw``, ``raw`` and ``links`` keep what the source says.

    Raises
    ------
    LogError
        A correction names a field that no record has, or a value that does not fit the field.
    """
    changes: dict[str, dict[str, Any]] = {}
    for record_id, field, new, _ in _corrections(events):
        if field in RECORD_COLUMNS:
            changes.setdefault(record_id, {})[field] = new
    if not changes:
        return records.copy()
    rows = [{**row, **changes.get(row["record_id"], {})} for row in records.to_dict("records")]
    return make_table(rows, RECORD_COLUMNS)


def corrected_papers(papers: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Papers in which a person's correction outranks every merged value, with its provenance."""
    papers = papers.copy()
    papers["provenance"] = [dict(cell) for cell in papers["provenance"]]
    paper_of = {record_id: paper_id for paper_id, ids in papers["record_ids"].items() for record_id in ids}
    for record_id, field, new, row in _corrections(events):
        if record_id in paper_of and field in PAPER_COLUMNS:
            paper_id = paper_of[record_id]
            papers.at[paper_id, field] = new
            papers.at[paper_id, "provenance"][field] = f"corrected by {row['reviewer']}: {row['reason']}"
    return papers


def corrections_table(records: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """Source, defect and correction side by side: record_id, source, field, found, corrected, reason, reviewer.

    Pinned citation keys are left out: they mend nothing.
    """
    acts = list(_corrections(events))
    mended = records[records["record_id"].isin([record_id for record_id, *_ in acts])]
    by_id = {row["record_id"]: row for row in mended.to_dict("records")}
    rows = [
        {"record_id": record_id, "source": by_id[record_id]["source"], "field": field,
         "found": _shown(by_id[record_id].get(field, "")), "corrected": _shown(new),
         "reason": row["reason"], "reviewer": row["reviewer"]}
        for record_id, field, new, row in acts if record_id in by_id and field in RECORD_COLUMNS
    ]
    return make_table(rows, CORRECTION_COLUMNS)


def _corrections(events: pd.DataFrame) -> Iterator[tuple[str, str, Any, dict[str, Any]]]:
    """Record id, field, new value and event of each correction."""
    for row in events[events["kind"] == "correct"].to_dict("records"):
        field, new = row["value"]["field"], row["value"]["new"]
        try:
            check_correction(field, new)
        except LogError as error:
            named = f"correction {row['event_id']} by {row['reviewer']}"
            raise LogError(f"{named}: {error}. Undo it, then go on.") from error
        yield row["record_id"], field, new, row


def _shown(value: Any) -> str:
    """A cell as text."""
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return "" if value is None or value is pd.NA else str(value)
