"""EndNote's tagged text (``.enw``, refer): ``%A`` authors, ``%T`` title, a blank line between records.

EndNote, Google Scholar, publishers and bepress repositories write it; only some begin a record with ``%0``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .document_types import document_type, is_issn
from .record_rows import flat_roles, record_row
from .source_lines import note_repairs, tidy_lines
from .tagged_lines import TaggedRecord, at_margin, tell_all

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
    head = at_margin(text[:20_000].lstrip("\ufeff"))
    if name.lower().endswith(".enw") and _BEGINS.search(head):
        return True
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
    text, hurt = tidy_lines(at_margin(text))
    rows = []
    for record in _records(text.split("\n")):
        row = _row(record.fields("\n"), record.line)
        tell_all(row, record.strays, record.raw)
        rows.append(row)
    return note_repairs(rows, hurt)


def _records(lines: list[str]) -> Iterator[TaggedRecord]:
    """Each record; text before the first tag belongs to the first.

    A new one begins at a second ``%0`` or ``%T``, and behind a blank line with a tag that begins records or stood
    already: a blank line within an abstract does not tear a record.
    """
    record, blank = TaggedRecord(), False
    for number, line in enumerate(lines, 1):
        hit = _TAG.fullmatch(line.rstrip())
        if hit is None:
            blank = blank or not line.strip()
            if line.strip():
                record.carry_on(line.strip(), number)
            continue
        tag = hit[1]
        if record.tags and ((tag in "0T" and tag in record.tags) or (blank and (tag in "0TA" or tag in record.tags))):
            yield record.cut_from(lines, number - 1)
            record = TaggedRecord()
        blank = False
        record.add(tag, (hit[2] or "").strip(), number)
    if record.line:
        yield record.cut_from(lines)


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
