"""EndNote's tagged text (``.enw``, refer): ``%A`` authors, ``%T`` title, a blank line between records.

EndNote, Google Scholar, publishers and bepress repositories write it; only some begin a record with ``%0``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .document_types import document_type, is_issn
from .record_rows import describes_nothing, flat_roles, record_row
from .source_lines import add_problem, joined, note_repairs, tidy_lines

NAME = "refer"

_ROLES = flat_roles(
    {
        "title": ("T",),
        "authors": ("A",),
        "organisation_authors": ("Q",),
        "year": ("D",),
        "date": ("8",),
        "venue": ("J", "B", "S"),
        "volume": ("V",),
        "number": ("N",),
        "pages": ("P",),
        "abstract": ("X",),
        "keywords": ("K",),
        "doi": ("R",),
        "issn": ("issn",),
        "isbn": ("@",),
        "url": ("U",),
        "key": ("F",),
    }
)
_TAG = re.compile(r"%([0-9A-Z@!#$&()*+<=>?^~\[\]])(?:[ \t]+(.*))?")
_BEGINS = re.compile(r"^%[0A-Z](?:[ \t][^\n]*)?$", re.M)


def matches(text: str, name: str) -> bool:
    """Tell whether a text is EndNote's tagged text: there are tags at its head, a title and another."""
    head = text[:20_000].lstrip("\ufeff")
    return bool(_BEGINS.search(head[:500])) and {"T"} < set(re.findall(r"^%([0TADJB])[ \t]", head, re.M))


def read(text: str) -> list[dict[str, Any]]:
    """Read EndNote's tagged text as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per record, in order. Tags without a column are in ``extra``.
    """
    text, hurt = tidy_lines(text)
    lines = text.split("\n")
    rows = []
    for start, end, fields in _records(lines):
        row = _row(fields, start)
        if describes_nothing(row):
            add_problem(row, "nothing in the record describes a paper")
            row["raw"] = "\n".join(lines[start - 1 : end])[:100_000]
        rows.append(row)
    return note_repairs(rows, hurt)


def _records(lines: list[str]) -> Iterator[tuple[int, int, dict[str, list[str]]]]:
    """Each record's first and last line and its tags.

    A new one begins at a second ``%0`` or ``%T``, and behind a blank line with a tag that begins records or stood
    already: a blank line within an abstract does not tear a record.
    """
    start, fields, values, blank = 1, {}, [], False
    for number, line in enumerate(lines, 1):
        hit = _TAG.fullmatch(line.rstrip())
        if hit is None:
            blank = blank or not line.strip()
            if values and line.strip():
                values[-1].append(line.strip())
            continue
        tag = hit[1]
        if fields and ((tag in "0T" and tag in fields) or (blank and (tag in "0TA" or tag in fields))):
            yield start, number - 1, joined(fields, "\n")
            fields = {}
        start = start if fields else number
        blank = False
        values = fields.setdefault(tag, [])
        values.append([(hit[2] or "").strip()])
    if fields:
        yield start, len(lines), joined(fields, "\n")


def _row(fields: dict[str, list[str]], line: int) -> dict[str, Any]:
    """One record's tags as a row."""
    if is_issn(fields.get("@", [""])[0]):
        fields["issn"] = fields.pop("@")
    kinds = fields.pop("0", [])
    row = record_row(fields, _ROLES, line=line)
    row["type"] = document_type([*kinds, *fields.get("9", ())])
    if any(kinds):
        row["extra"]["0"] = kinds[0]
    return row
