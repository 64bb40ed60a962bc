"""Web of Science's tagged text (``.ciw``, ``savedrecs.txt``): two-letter tags, lines carried on with three blanks."""

from __future__ import annotations

import re
from typing import Any

from .document_types import document_type
from .record_rows import flat_roles, record_row
from .source_lines import add_problem, has_line, joined, note_repairs, tidy_lines

NAME = "ciw"

_ROLES = flat_roles(
    {
        "title": ("TI",),
        "authors": ("AF", "AU", "BA"),
        "organisation_authors": ("CA", "GP"),
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
_TAG = re.compile(r"([A-Z][A-Z0-9])(?: (.*))?")
_BEGINS = re.compile(r"^PT [A-Z]\b", re.M)
_TYPES = {"J": "article", "B": "book", "S": "article", "P": "patent", "C": "inproceedings"}


def matches(text: str, name: str) -> bool:
    """Tell whether a text is Web of Science's tagged text: ``PT`` lines, with its head or its accession numbers."""
    begins = has_line(text, "PT") and bool(_BEGINS.search(text))
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
    text, hurt = tidy_lines(text)
    lines = text.split("\n")
    rows, fields, tag, start = [], {}, "", 0
    for number, line in enumerate([*lines, "EF"], 1):
        hit = _TAG.fullmatch(line.rstrip())
        if hit and (hit[1] in ("ER", "EF") or (hit[1] == "PT" and fields)):
            if fields:
                row = row_of(joined(fields, " "), start)
                if hit[1] != "ER":
                    add_problem(row, "the record has no ER line; it was ended where the next one or the file ends")
                    row["raw"] = "\n".join(lines[start - 1 : number - 1])[:100_000]
                rows.append(row)
            fields, tag = {}, ""
        if hit and hit[1] not in ("ER", "EF", "FN", "VR"):
            tag, start = hit[1], start if fields else number
            fields.setdefault(tag, []).append([(hit[2] or "").strip()])
        elif hit is None and tag and line.strip():
            if tag in _LISTS:
                fields[tag].append([line.strip()])
            else:
                fields[tag][-1].append(line.strip())
    return note_repairs(rows, hurt)


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
