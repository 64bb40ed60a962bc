"""find_source_problems: defects of a source outside its records, found in its text."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from pathlib import Path

import pandas as pd

from ..formats import read_records
from ..formats.decoding import decode
from ..schema import problems_table
from . import list_lines, list_sections
from .kinds import Finding, problem_row
from .page import Page

Numbered = Iterator[tuple[int, Finding]]

# Checks of the text of a paper list, and of a pasted page. A new check is a function of a page and a name here.
LIST_CHECKS: tuple[Callable[[Page], Numbered], ...] = (
    list_lines.encoding_checks, list_lines.numbering_checks, list_lines.emphasis_checks, list_lines.template_checks,
    list_lines.link_checks, list_lines.file_checks, list_lines.label_checks, list_lines.separator_checks,
    list_sections.empty_section_checks, list_sections.anchor_checks, list_sections.badge_checks,
    list_sections.heading_checks,
)
PAGE_CHECKS: tuple[Callable[[Page], Numbered], ...] = (list_lines.encoding_checks, list_lines.date_checks)
CHECKS = {"paper_list": LIST_CHECKS, "hugging_face": PAGE_CHECKS}


def find_source_problems(
    path: str | Path, *, source: str | None = None, records: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Find the defects of a source that lie outside its records: numbering, sections, contents, badges, encoding.

    What `find_problems` finds in the records is not found again.

    Parameters
    ----------
    path
        The file.
    source
        The source's name in the table; else the file's name without suffix.
    records
        The records as `read_records` gave them, where they were read before.

    Returns
    -------
    DataFrame
        A problems table, one row per defect in the order of the lines; ``record_id`` is given where the line belongs to
        a record.

    Raises
    ------
    SourceError
        The file cannot be read.
    """
    path = Path(path)
    if records is None or "format" not in records.attrs:
        records = read_records(path, source=source)
    source = source or path.stem
    rows = []
    if note := records.attrs.get("note"):
        rows.append(problem_row(Finding("guessed_encoding", note, "UTF-8"), source=source, line=1))
    checks = CHECKS.get(records.attrs["format"], ())
    if checks:
        text, _, _ = decode(path.read_bytes())
        spans = _spans(records)
        page = Page.of(text, covered={line for first, last, _ in spans for line in range(first, last + 1)})
        found = sorted(((line, finding) for check in checks for line, finding in check(page)), key=lambda one: one[0])
        rows += [problem_row(finding, source=source, line=line, record_id=_record_at(spans, line))
                 for line, finding in dict.fromkeys(found)]
    return problems_table(rows)


def _spans(records: pd.DataFrame) -> list[tuple[int, int, str]]:
    """First line, last line and id of each record that says where it stands."""
    placed = records[records["line"].notna()]
    return sorted((int(line), int(line) + (0 if pd.isna(raw) else raw.count("\n")), record_id)
                  for line, raw, record_id in zip(placed["line"], placed["raw"], placed["record_id"]))


def _record_at(spans: list[tuple[int, int, str]], line: int) -> str | None:
    """The record a line belongs to, if there is one."""
    at = bisect_right(spans, (line, float("inf"), ""))
    if at and spans[at - 1][1] >= line:
        return spans[at - 1][2]
    return None
