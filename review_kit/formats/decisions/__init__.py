"""Decisions of other screening tools, read as events and written back: Rayyan, ASReview, Covidence."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd

from ...acts import paper_label
from ...errors import ReviewKitError, SourceError
from ...events import current_events
from ...file_writing import write_whole
from ...schema import DECISIONS, STAGES, events_table
from .. import read_records
from ..csv_grid import cut_rows
from ..decoding import decode
from ..source_lines import tidy_lines
from .files import DIALECTS, Screened
from .notes import Act, asreview_acts, covidence_acts, plain_note, rayyan_acts, rayyan_log_acts
from .papers import PaperFinder

__all__ = ["read_decisions", "write_decisions"]

Told = tuple[str, str | None, Act]

# What the other tools call a stage: at retrieval they know no decision.
_TOLD_STAGES = tuple(stage for stage in STAGES if "include" in DECISIONS[stage])
_NOTE_FIELDS = ("N1", "N2", "note", "notes", "Notes", "annote", "usera")


def read_decisions(
    path: str | Path, records: pd.DataFrame | None = None, *, stage: str = "title_abstract"
) -> pd.DataFrame:
    """Read the decisions, labels and notes of another screening tool as events of their reviewers.

    The tool is seen by what it writes: Rayyan's notes (CSV, RIS, BibTeX) and ``customizations_log.csv``, ASReview's
    columns and RIS notes, Covidence's CSV files, whose name must say ``irrelevant``, ``excluded`` or ``included``.

    Parameters
    ----------
    path
        The file another tool exported.
    records
        A records table whose ids the events shall carry; rows are matched by key, DOI, PMID, arXiv id, or title and
        year, where nothing speaks against it. Events of papers that are not there carry the ids that `read_records`
        gives for this file, so `place_events` lists them as unplaced.
    stage
        The stage of the decisions, where the file does not say it.

    Returns
    -------
    DataFrame
        Events. Their ids come from their content, so reading a file again gives the same events. What was decided by
        the tool's consensus (Covidence) is ``final``.

    Raises
    ------
    SourceError
        The file cannot be read, or holds no decision, label or note of these tools.
    ReviewKitError
        `stage` is not a stage.
    """
    if stage not in _TOLD_STAGES:
        raise ReviewKitError(f"{stage!r} is not a stage of other tools; expected one of {', '.join(_TOLD_STAGES)}.")
    path = Path(path)
    finder = PaperFinder(records)
    found = list(_log_acts(path, finder, stage)) or list(_record_acts(path, finder, stage))
    if not found:
        raise SourceError(
            f"{path} holds no decision, label or note of Rayyan, ASReview or Covidence. "
            "Covidence's files are told by their names: irrelevant, excluded, included."
        )
    return events_table(_events(found, path.name))


def write_decisions(
    papers: pd.DataFrame, events: pd.DataFrame, path: str | Path, *, dialect: str, stage: str = "title_abstract"
) -> list[Path]:
    """Write papers with the decisions, tags and notes about them as another screening tool would export them.

    Parameters
    ----------
    papers
        The papers to write, all of them.
    events
        The review log; events that were undone do not count, of a reviewer's decisions at a stage the last does.
    path
        Where to write. Covidence's form becomes up to three files, ``<name>_irrelevant``, ``_excluded``, ``_included``.
    dialect
        ``rayyan`` (CSV; every reviewer's decision), ``asreview`` (CSV, or RIS where `path` ends so; one decision a
        paper, none where reviewers differ) or ``covidence`` (CSV).
    stage
        The stage whose decisions are written; Covidence's files say the stage themselves.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    ReviewKitError
        `dialect` or `stage` is not known, or a file cannot be written.
    """
    if dialect not in DIALECTS:
        raise ReviewKitError(f"{dialect!r} is not a dialect; expected one of {', '.join(DIALECTS)}.")
    if stage not in _TOLD_STAGES:
        raise ReviewKitError(f"{stage!r} is not a stage of other tools; expected one of {', '.join(_TOLD_STAGES)}.")
    path = Path(path)
    screened = _screened(papers, current_events(events))
    return [
        write_whole(place, _as_csv(content) if isinstance(content, list) else content.encode("utf-8", "replace"))
        for place, content in DIALECTS[dialect](screened, path, stage)
    ]


def _as_csv(rows: list[dict[str, str]]) -> bytes:
    """Rows as CSV that our own reader and the tools read back unchanged."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "replace")


def _record_acts(path: Path, finder: PaperFinder, stage: str) -> Iterator[Told]:
    """The acts in each record of a file, with the record's id and label."""
    for row in read_records(path).to_dict("records"):
        fields = {
            name: "\n".join(value) if isinstance(value, list) else str(value) for name, value in row["extra"].items()
        }
        note = "\n".join(plain_note(fields[name]) for name in _NOTE_FIELDS if name in fields)
        acts: list[Act] = []
        if "RAYYAN-" in note or "USER-NOTES:" in note:
            acts += rayyan_acts(note, stage)
        elif "Covidence #" in fields or {"Study", "Notes", "Ref"} & set(fields) and _is_covidence(path):
            acts += covidence_acts(fields, path.name)
        else:
            acts += asreview_acts(fields, note, stage)
        record = finder.find(row) if acts else None
        for act in acts:
            yield (record or row)["record_id"], paper_label(row), act


def _is_covidence(path: Path) -> bool:
    """Whether a CSV has Covidence's own column."""
    return path.suffix.lower() == ".csv" and "Covidence #" in decode(path.read_bytes()[:5000])[0]


def _log_acts(path: Path, finder: PaperFinder, stage: str) -> Iterator[Told]:
    """The acts in Rayyan's ``customizations_log.csv``, each with the id and label of its article."""
    if path.suffix.lower() != ".csv" or not path.is_file():
        return
    text, _ = tidy_lines(decode(path.read_bytes())[0])
    if not re.match(r"[^\n]*\barticle_id\b[^\n]*\bkey\b", text):
        return
    (_, head), *rows = cut_rows(text, ",")
    lines = [dict(zip(head, cells)) for _, cells in rows]
    for line, act in rayyan_log_acts(lines, stage):
        article = f"rayyan-{line.get('article_id', '')}"
        record = finder.by_key(article)
        yield record["record_id"] if record else article, paper_label(record), act


def _events(told: Iterable[Told], file_name: str) -> Iterator[dict[str, Any]]:
    """Acts as rows of the events table; the same act again is an event of its own."""
    numbers, times = count(1), Counter()
    in_effect: dict[tuple[str, str], list[str]] = {}
    for record_id, about, act in told:
        decided = in_effect.setdefault((record_id, act.reviewer), [])
        # Who takes a decision back takes back all of them, or the one before it would be in effect again.
        acts = [replace(act, value=target) for target in decided] if act.kind == "undo" else [act]
        for one in acts:
            event = _event(one, record_id, about=about, file_name=file_name, seq=next(numbers))
            times[event["event_id"]] += 1
            if (nth := times[event["event_id"]]) > 1:
                event["event_id"] = _digest([event["event_id"], nth])
            yield event
        if act.kind == "decide":
            decided.append(event["event_id"])
        elif act.kind == "undo":
            decided.clear()


def _digest(said: list[Any]) -> str:
    """An id made of what is said."""
    return hashlib.sha256(json.dumps(said, ensure_ascii=True).encode()).hexdigest()[:32]


def _event(act: Act, record_id: str, *, about: str | None, file_name: str, seq: int) -> dict[str, Any]:
    """An act as a row of the events table; its id is made of all that it says."""
    reviewer = re.sub(r"[^\w.@+-]+", "_", act.reviewer).strip("_.@+-")[:64] or "unnamed"
    said = [reviewer, act.kind, record_id, act.stage, act.value, act.reason, act.at]
    return {
        "event_id": _digest(said),
        "seq": seq,
        "at": act.at,
        "reviewer": reviewer,
        "kind": act.kind,
        "record_id": record_id,
        "stage": act.stage,
        "value": act.value,
        "reason": act.reason,
        "final": act.final,
        "about": about,
        "context": {"from": file_name, "name": act.reviewer},
    }


def _screened(papers: pd.DataFrame, events: pd.DataFrame) -> list[Screened]:
    """Each paper with what was said about it under any of its record ids."""
    screened = {row["paper_id"]: Screened(row) for row in papers.to_dict("records")}
    paper_of = {
        record_id: paper.row["paper_id"] for paper in screened.values() for record_id in paper.row["record_ids"]
    }
    for event in _told(events):
        paper = screened.get(paper_of.get(event["record_id"], event["record_id"]))
        if paper is not None:
            paper.take(event)
    return list(screened.values())


def _told(events: pd.DataFrame) -> Iterable[dict[str, Any]]:
    """The events as mappings without missing values."""
    for event in events.to_dict("records"):
        yield {name: value for name, value in event.items() if isinstance(value, (dict, list)) or not pd.isna(value)}
