"""Web of Science's tagged text (``.ciw``, ``savedrecs.txt``): two-letter tags, lines carried on with three blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .document_types import document_type
from .record_rows import flat_roles, record_row
from .source_lines import add_problem, has_line, note_repairs, tidy_lines
from .tagged_lines import TaggedRecord, at_margin, tell_all

NAME = "ciw"

_ROLES = flat_roles(
    {
        "title": ("TI",),
        "authors": ("AF", "AU", "BA"),
        "organisation_authors": ("CA",),
        "sponsors": ("GP",),
        "year": ("PY",),
        "date": ("PD", "EA"),
        "venue": ("SO", "JI", "J9"),
        "volume": ("VL",),
        "number": ("IS",),
        "pages": ("PS",),
        "start_page": ("BP", "AR"),
        "end_page": ("EP",),
        "abstract": ("AB",),
        "keywords": ("DE", "ID"),
        "doi": ("DI",),
        "pmid": ("PM",),
        "issn": ("SN", "EI"),
        "isbn": ("BN",),
        "wos": ("WOS",),
        "key": ("UT",),
    }
)
_LISTS = frozenset("AU AF BA BE CA CR C1 C3 RI OI EM FU".split())
# The lines above and below the records; a longer one has run together with a record.
_FRAME = frozenset(("FN", "VR", "EF"))
_LONGEST_FRAME = 60
# Where downloads were put together, the end of one has run into the head of the next.
_SEAM = re.compile(r"EF\ufeff?(?=FN )")
# Lines are carried on with three blanks.
_TAG = re.compile(r"[^\S\n]{0,2}([A-Z][A-Z0-9])(?: (.*))?")
_BEGINS = re.compile(r"^PT [A-Z]\b", re.M)
_SAMPLE = 200_000
_TYPES = {"J": "article", "B": "book", "S": "article", "P": "patent", "C": "inproceedings"}


def matches(text: str, name: str) -> bool:
    """Tell whether a text is Web of Science's tagged text: ``PT`` lines, with its head or its accession numbers."""
    text = at_margin(text)
    if name.lower().endswith(".ciw") and re.search(r"^(?:PT|AU|TI|SO|AB|UT|ER)(?: |$)", text, re.M):
        return True
    begins = has_line(text[:_SAMPLE], "PT ") and bool(_BEGINS.search(text))
    return begins and bool(re.search(r"^(?:FN |VR |UT |ER$|ER )", text, re.M))


def read(text: str) -> list[dict[str, Any]]:
    """Read Web of Science's tagged text as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per ``PT``, in order; a record without its ``ER`` is a row that says so in ``problem``.
    """
    text, hurt = tidy_lines(at_margin(text))
    rows = []
    for record in _records(text.split("\n")):
        row = row_of(record.fields(" "), record.line)
        if not record.ended:
            add_problem(row, "the record has no ER line; it was ended where the next one or the file ends")
        tell_all(row, record.strays, record.raw)
        rows.append(row)
    return note_repairs(rows, hurt)


def _records(lines: list[str]) -> Iterator[TaggedRecord]:
    """Each record, with the text between it and the next; text before the first tag belongs to the first."""
    record = TaggedRecord()
    for number, line in enumerate(lines, 1):
        line = _SEAM.sub("", line, 1) if line.startswith("EF") else line
        hit = _TAG.fullmatch(line.rstrip())
        tag, value = (hit[1], (hit[2] or "").strip()) if hit else (None, line.strip())
        if tag in _FRAME:
            record.last = ""
            if len(value) > _LONGEST_FRAME:
                record.carry_on(value, number)
        elif tag == "ER":
            record.end(value, number)
        elif tag:
            if record.tags and (record.ended or tag == "PT"):
                yield record.cut_from(lines, number - 1)
                record = TaggedRecord()
            record.add(tag, value, number)
        elif value and record.last in _LISTS:
            record.add(record.last, value, number)
        elif value:
            record.carry_on(value, number)
    if record.line:
        yield record.cut_from(lines)


def row_of(fields: dict[str, list[str]], line: int) -> dict[str, Any]:
    """One record's tags as a row of the records table; the tab-divided export has the same tags as columns."""
    kinds = [word for value in fields.get("DT", ()) for word in value.split(";")]
    accession = fields.get("UT", [""])[0]
    if accession.startswith("MEDLINE:"):
        fields.setdefault("PM", [accession.removeprefix("MEDLINE:")])
    elif accession.startswith(("WOS:", "ISI:")) or (accession and ":" not in accession):
        fields["WOS"] = [accession]
    row = record_row(fields, _ROLES, line=line)
    row["type"] = document_type(kinds) if kinds else _TYPES.get(fields.get("PT", [""])[0][:1], "misc")
    return row
