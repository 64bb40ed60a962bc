"""Tags, notes and extracted items of papers as tables, folded from the log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from .events import current_events

if TYPE_CHECKING:
    from .protocol import Protocol

TAG_COLUMNS = ("paper_id", "tag", "axis", "reviewer", "at")
NOTE_COLUMNS = ("paper_id", "note", "reviewer", "at")
DETAIL_COLUMNS = ("paper_id", "item", "value", "quote", "where", "reviewer", "at")


def tag_table(papers: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """List the tags that papers carry, one row for each paper, tag and person who set it.

    An ``untag`` takes the tag off the paper, whoever set it before. Events about papers that are not in the table are
    left out.

    Parameters
    ----------
    papers
        Papers with ``record_ids``; events may name any of them.
    events
        The review log.

    Returns
    -------
    DataFrame
        ``paper_id, tag, axis, reviewer, at`` in the order of `papers`, then of the log. `axis` is what stands before
        the first ``/`` of the tag; a free tag has none.
    """
    acts: dict[str, list[dict[str, Any]]] = {}
    for paper_id, event in _acts(papers, events, "tag", "untag"):
        acts.setdefault(paper_id, []).append(event)
    rows = [
        {"paper_id": paper_id, "tag": tag, "axis": tag.partition("/")[0] if "/" in tag else None,
         "reviewer": event["reviewer"], "at": event["at"]}
        for paper_id, about in acts.items() for tag, by in standing_tags(about).items() for event in by.values()
    ]
    return _table(papers, rows, TAG_COLUMNS)


def standing_tags(acts: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Fold the ``tag`` and ``untag`` events of one paper: the tags that stand, each with the event of each setter.

    Parameters
    ----------
    acts
        Events in effect, in the order of the log, with ``kind, value, reviewer``.
    """
    standing: dict[str, dict[str, Mapping[str, Any]]] = {}
    for event in acts:
        tag = str(event["value"])
        if event["kind"] == "untag":
            standing.pop(tag, None)
        else:
            standing.setdefault(tag, {}).setdefault(str(event["reviewer"]), event)
    return standing


def notes_table(papers: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """List the notes on papers: of each person the latest, for a note that is edited is written again.

    Parameters
    ----------
    papers, events
        As for `tag_table`.

    Returns
    -------
    DataFrame
        ``paper_id, note, reviewer, at``; an emptied note is left out. Earlier wordings stay in the log.
    """
    acts = ((paper_id, event, {"note": event["value"]}) for paper_id, event in _acts(papers, events, "note"))
    return _table(papers, [row for row in _last_words(acts) if not _is_empty(row["note"])], NOTE_COLUMNS)


def extraction_details(papers: pd.DataFrame, events: pd.DataFrame) -> pd.DataFrame:
    """List every extracted value with its quote and place: of each person the latest for each paper and item.

    Parameters
    ----------
    papers, events
        As for `tag_table`.

    Returns
    -------
    DataFrame
        ``paper_id, item, value, quote, where, reviewer, at`` in the order of `papers`, then of the log; an emptied
        value is left out.
    """
    acts = ((paper_id, event, {"item": str(event["value"]["item"]),
                               **{name: event["value"].get(name) for name in ("value", "quote", "where")}})
            for paper_id, event in _acts(papers, events, "extract")
            if isinstance(event["value"], dict) and "item" in event["value"])
    return _table(papers, [row for row in _last_words(acts) if not _is_empty(row["value"])], DETAIL_COLUMNS)


def extraction_table(
    papers: pd.DataFrame, events: pd.DataFrame, *, protocol: Protocol | None = None
) -> pd.DataFrame:
    """Spread the extracted values: one row for each paper, one column for each item; the last value in the log wins.

    Parameters
    ----------
    papers, events
        As for `tag_table`.
    protocol
        Gives the columns and their order, also of items that nobody has filled; other items follow.

    Returns
    -------
    DataFrame
        Indexed like `papers`; a value is as it was extracted (text, number, truth value or list), else ``<NA>``.
    """
    details = extraction_details(papers, events)
    planned = [item.id for item in protocol.items] if protocol else []
    items = list(dict.fromkeys([*planned, *details["item"]]))
    values = {(row.paper_id, row.item): row.value for row in details.itertuples()}
    columns = {
        item: pd.Series([values.get((paper_id, item), pd.NA) for paper_id in papers["paper_id"]], index=papers.index,
                        dtype="object")
        for item in items
    }
    return pd.DataFrame(columns, index=papers.index)


def _acts(papers: pd.DataFrame, events: pd.DataFrame, *kinds: str) -> list[tuple[str, dict[str, Any]]]:
    """Events of some kinds that are in effect, each with its paper, in the order of the log."""
    paper_of = {record_id: paper_id for paper_id, ids in zip(papers["paper_id"], papers["record_ids"])
                for record_id in (*ids, paper_id)}
    acts = current_events(events)
    acts = acts[acts["kind"].isin(kinds) & acts["record_id"].isin(list(paper_of))]
    return [(paper_of[event["record_id"]], event) for event in acts.to_dict("records")]


def _last_words(acts: Iterable[tuple[str, dict[str, Any], dict[str, Any]]]) -> list[dict[str, Any]]:
    """Of each person the last act for each paper (and item), as a row of what it holds; in the order of the log."""
    latest: dict[tuple[str, str, str], dict[str, Any]] = {}
    for paper_id, event, holds in acts:
        key = (paper_id, holds.get("item", ""), str(event["reviewer"]))
        latest.pop(key, None)
        latest[key] = {"paper_id": paper_id, **holds, "reviewer": event["reviewer"], "at": event["at"]}
    return list(latest.values())


def _table(papers: pd.DataFrame, rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    """Rows as a table in the order of the papers; all columns but extracted values are text."""
    place = {paper_id: at for at, paper_id in enumerate(papers["paper_id"])}
    rows = sorted(rows, key=lambda row: place[row["paper_id"]])
    return pd.DataFrame({
        name: pd.Series([row[name] for row in rows], dtype="object" if name == "value" else "string")
        for name in columns
    })


def _is_empty(value: Any) -> bool:
    """Whether a value says nothing: missing, blank text, or an empty list."""
    if isinstance(value, (list, tuple, dict)):
        return not value
    return bool(pd.isna(value)) or (isinstance(value, str) and not value.strip())
