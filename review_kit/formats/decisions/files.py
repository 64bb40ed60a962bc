"""Papers with their decisions as the files that Rayyan, ASReview and Covidence write."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from .notes import ASREVIEW_LABELS, ASREVIEW_MARKS, COVIDENCE_FILES, rayyan_note

Content = list[dict[str, str]] | str

_LINE_ENDS = re.compile("[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")


class Screened:
    """A paper, and who decided, tagged and noted what about it."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        self.row = row
        self.decisions: dict[str, dict[str, tuple[str, str | None, str]]] = {}
        self.finals: dict[str, tuple[str, str | None]] = {}
        self.tags: dict[str, str] = {}
        self.notes: dict[str, list[str]] = {}

    def take(self, event: Mapping[str, Any]) -> None:
        """Add one event in effect; a later decision of the same reviewer replaces the earlier."""
        kind, value, context = event["kind"], event.get("value"), event.get("context") or {}
        # Who came from another tool goes back under the name written there.
        reviewer = str(context["name"] if {"from", "name"} <= context.keys() else event.get("reviewer", ""))
        if kind == "decide":
            stage, reason = str(event.get("stage", "")), event.get("reason")
            self.decisions.setdefault(stage, {})[reviewer] = (str(value), reason, str(event.get("at", "")))
            if event.get("final"):
                self.finals[stage] = (str(value), reason)
        elif kind == "tag":
            self.tags[str(value)] = reviewer
        elif kind == "untag":
            self.tags.pop(str(value), None)
        elif kind == "note":
            self.notes.setdefault(reviewer, []).append(str(value))

    def settled(self, stage: str) -> tuple[str, str | None] | None:
        """The decision of a stage with its reason: the final one, or the one on which all agree."""
        votes = self.decisions.get(stage, {})
        if stage in self.finals:
            return self.finals[stage]
        if len({decision for decision, _, _ in votes.values()}) == 1:
            return next(iter(votes.values()))[0], next((reason for _, reason, _ in votes.values() if reason), None)
        return None

    def text(self, column: str) -> str:
        """A column as text, empty where it is missing."""
        value = self.row.get(column)
        if isinstance(value, list):
            return "; ".join(map(str, value))
        return "" if value is None or pd.isna(value) else str(value)


def rayyan_files(screened: list[Screened], path: Path, stage: str) -> Iterator[tuple[Path, Content]]:
    """Rayyan's ``articles.csv``: the decisions of all reviewers in the notes."""
    columns = {
        "key": "paper_id", "title": "title", "year": "year", "month": "month", "day": "day", "journal": "venue",
        "volume": "volume", "issue": "number", "pages": "pages", "url": "url", "abstract": "abstract", "doi": "doi",
        "keywords": "keywords", "pubmed_id": "pmid",
    }  # fmt: skip
    rows = []
    for paper in screened:
        votes = {name: (decision, reason) for name, (decision, reason, _) in paper.decisions.get(stage, {}).items()}
        note = rayyan_note(votes, list(paper.tags), paper.notes)
        authors = " and ".join(paper.row["authors"])
        rows.append(
            {name: paper.text(column) for name, column in columns.items()} | {"authors": authors, "notes": note}
        )
    yield path, rows


def asreview_files(screened: list[Screened], path: Path, stage: str) -> Iterator[tuple[Path, Content]]:
    """ASReview's export, CSV or RIS: relevant papers, then unlabelled, then irrelevant ones."""
    order = {"include": 0, None: 1, "maybe": 1, "exclude": 2}
    ranked = sorted(screened, key=lambda paper: order[(paper.settled(stage) or (None,))[0]])
    tags = sorted({tag for paper in screened for tag in paper.tags})
    rows = [_asreview_row(paper, stage, tags) for paper in ranked]
    if path.suffix.lower() == ".ris":
        yield path, "".join(_asreview_ris(paper, row) for paper, row in zip(ranked, rows))
    else:
        yield path, rows


def _asreview_row(paper: Screened, stage: str, tags: list[str]) -> dict[str, str]:
    """One paper with ASReview's columns."""
    labels = {decision: label for label, decision in ASREVIEW_LABELS.items()}
    votes = paper.decisions.get(stage, {})
    settled = paper.settled(stage)
    notes = list(_told_notes(paper))
    if votes and (settled is None or settled[0] not in labels):
        notes.append("; ".join(f"{name}: {decision}" for name, (decision, _, _) in votes.items()))
    columns = (
        "title",
        "authors",
        "abstract",
        "year",
        "venue",
        "volume",
        "number",
        "pages",
        "doi",
        "url",
        "keywords",
        "pmid",
    )
    return {
        "record_id": paper.text("paper_id"),
        **{column: paper.text(column) for column in columns},
        "asreview_label": labels.get(settled[0], "") if settled else "",
        "asreview_time": max((at for _, _, at in votes.values()), default="").replace("T", " ")[:19],
        "asreview_note": "\n".join(notes),
        "asreview_user_name": "; ".join(sorted(votes or paper.notes)),
        **{f"asreview_tag_{tag}": "1" if tag in paper.tags else "0" for tag in tags},
    }


def _asreview_ris(paper: Screened, row: Mapping[str, str]) -> str:
    """One paper as ASReview's RIS: its label first among the notes, every other column as JSON."""
    marks = {
        label: mark
        for mark, decision in ASREVIEW_MARKS.items()
        for label, d in ASREVIEW_LABELS.items()
        if d == decision
    }
    lines = [
        ("TY", "GEN" if paper.text("type") != "article" else "JOUR"),
        ("ID", row["record_id"]),
        ("TI", row["title"]),
    ]
    lines += [("AU", name) for name in paper.row["authors"]]
    lines += [
        ("PY", row["year"]),
        ("JO", row["venue"]),
        ("DO", row["doi"]),
        ("UR", row["url"]),
        ("AB", row["abstract"]),
    ]
    lines += [("KW", keyword) for keyword in paper.row["keywords"]]
    lines.append(("N1", marks.get(row["asreview_label"], "ASReview_not_seen")))
    lines += [
        ("N1", f"{name}: {json.dumps(value, ensure_ascii=False)}")
        for name, value in row.items()
        if name.startswith("asreview_") and value
    ]
    return "".join(f"{tag}  - {_LINE_ENDS.sub(' ', value)}\n" for tag, value in lines if value) + "ER  - \n\n"


def covidence_files(screened: list[Screened], path: Path, stage: str) -> Iterator[tuple[Path, Content]]:
    """Covidence's exports, one file for each outcome that has papers."""
    columns = {
        "Title": "title", "Authors": "authors", "Abstract": "abstract", "Published Year": "year",
        "Published Month": "month", "Journal": "venue", "Volume": "volume", "Issue": "number", "Pages": "pages",
        "Accession Number": "pmid", "DOI": "doi", "Ref": "paper_id", "Covidence #": "", "Study": "",
        "Notes": "", "Tags": "",
    }  # fmt: skip
    for word, (of_stage, decision) in COVIDENCE_FILES.items():
        rows = []
        for number, paper in enumerate(screened, 1):
            settled = paper.settled(of_stage)
            if settled and settled[0] == decision:
                family = (paper.row["authors"] or ["Unknown"])[0].split(",")[0]
                reason = " ".join((settled[1] or "").replace(";", ",").split())
                rows.append(
                    {name: paper.text(column) for name, column in columns.items()}
                    | {
                        "Covidence #": f"#{number}",
                        "Study": f"{family} {paper.text('year')}".strip(),
                        "Notes": (f"Exclusion reason: {reason}; " if reason else "") + "\n".join(_told_notes(paper)),
                        # The last semicolon says that a comma is part of a tag.
                        "Tags": "".join(f"{tag.replace(';', ',')}; " for tag in paper.tags).strip(),
                    }
                )
        if rows:
            yield path.with_name(f"{path.stem}_{word}{path.suffix or '.csv'}"), rows


def _told_notes(paper: Screened) -> Iterator[str]:
    """The notes about a paper; whose they are is said where several people wrote."""
    for name, said in paper.notes.items():
        for note in said:
            yield note if len(paper.notes) == 1 else f"{name}: {note}"


DIALECTS: dict[str, Callable[[list[Screened], Path, str], Iterator[tuple[Path, Content]]]] = {
    "rayyan": rayyan_files,
    "asreview": asreview_files,
    "covidence": covidence_files,
}
