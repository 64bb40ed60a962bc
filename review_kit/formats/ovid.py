"""Ovid's tagged export, the same for all its databases: ``<1. >``, then tags of two or three letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .document_types import document_type
from .record_rows import flat_roles, record_row
from .source_lines import note_repairs, tidy_lines
from .tagged_lines import TaggedRecord, at_margin, tell_all

NAME = "ovid"

_ROLES = flat_roles(
    {
        "title": ("TI", "BT"),
        "authors": ("FA", "AU"),
        "organisation_authors": ("CA",),
        "year": ("YR",),
        "date": ("DG", "DP"),
        "venue": ("JN", "JT", "SO: venue", "TA", "JA", "AS"),
        "volume": ("VI", "VO", "SO: volume"),
        "number": ("IP", "SO: number"),
        "pages": ("PG", "SO: pages"),
        "abstract": ("AB",),
        "keywords": ("KW", "KF", "MH"),
        "doi": ("DO", "DI"),
        "pmid": ("PM",),
        "embase": ("EMBASE",),
        "issn": ("IS",),
        "isbn": ("IB",),
        "key": ("UI", "AN"),
    }
)
_NUMBER = re.compile(r"<\d{1,7}\. ?>")
_TAG = re.compile(r"([A-Z][A-Z0-9](?:  |[A-Z0-9] ))-(?: (.*))?")
_BEGINS = re.compile(r"^VN  - Ovid\b|^<\d{1,7}\. ?>\n{1,2}[A-Z][A-Z0-9](?:  |[A-Z0-9] )- ", re.M)
_RIS = re.compile(r"^TY  ?-", re.M)
# What a record has once: where one stands again, another record has begun.
_ONCE = frozenset(("VN", "UI", "AN", "TI"))
# ``Journal of Things. 12(3):4-9, 2018 Mar.``; Embase: ``Things. 12 (3) (pp 4-9), 2018. Date of Publication: 2018.``
_SOURCE = re.compile(
    r"(?P<venue>[^;]{1,300}?)\. (?:Conference: [^;]{0,400}?\. )?(?P<volume>\d{1,4})(?: ?\((?P<number>[^()]{1,30})\))?"
    r"(?:: ?(?P<pages>[\w-]+)| \(pp (?P<range>[\w-]+)\))?(?= ?[,.(])"
)
_VENUE = re.compile(r"[^.;]+(?=[.;])")
_NOTE = re.compile(r"(?<!\s)\s{0,3}\[[^\W\d][^\[\]\d+=/]{2,500}\]\.?$")


def matches(text: str, name: str) -> bool:
    """Tell whether a text is Ovid's: a line names Ovid as its maker, or numbered records begin with a tag."""
    head = at_margin(text[:20_000])
    return bool(_BEGINS.search(head)) and not _RIS.search(head)


def read(text: str) -> list[dict[str, Any]]:
    """Read Ovid's tagged text as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per record, in order. Journal, volume, issue and pages that stand only in the source line are taken
        from it. Tags without a column are in ``extra``, so are Ovid's own links, which lead to a database.
    """
    text, hurt = tidy_lines(at_margin(text))
    rows = []
    for record in _records(text.split("\n")):
        row = _row(record.fields(" "), record.line)
        tell_all(row, record.strays, record.raw)
        rows.append(row)
    return note_repairs(rows, hurt)


def _records(lines: list[str]) -> Iterator[TaggedRecord]:
    """Each record; it begins at its number, or where a tag stands again that a record has once."""
    record = TaggedRecord()
    for number, line in enumerate(lines, 1):
        hit = _TAG.fullmatch(line.rstrip())
        tag = hit[1].rstrip() if hit else ""
        numbered = hit is None and bool(_NUMBER.fullmatch(line.strip()))
        if record.line and (numbered or (tag in _ONCE and tag in record.tags)):
            yield record.cut_from(lines, number - 1)
            record = TaggedRecord()
        if numbered:
            record.begin(number)
        elif hit:
            record.add(tag, (hit[2] or "").strip(), number)
        elif line.strip():
            record.carry_on(line.strip(), number)
    if record.line:
        yield record.cut_from(lines)


def _row(fields: dict[str, list[str]], line: int) -> dict[str, Any]:
    """One record's tags as a row; what number it has depends on the database."""
    database = fields.get("DB", [""])[0].lower()
    if "medline" in database or "pubmed" in database:
        fields["PM"] = fields.get("UI", [])[:1]
    elif "embase" in database:
        fields["EMBASE"] = fields.get("UI", [])[:1]
    for tag in ("AU", "FA", "TI"):
        if any(value.endswith("]") for value in fields.get(tag, ())):
            fields[tag] = [_NOTE.sub("", value) or value for value in fields[tag]]
    fields["MH"] = [heading.replace("*", "") for heading in fields.get("MH", ())]
    row = record_row(fields | _source_parts(fields.get("SO", [""])[0]), _ROLES, line=line)
    row["type"] = document_type([*fields.get("PT", ()), *fields.get("DT", ())] or ["Journal Article"])
    return row


def _source_parts(source: str) -> dict[str, list[str]]:
    """Journal, volume, issue and pages of a source line; of one in another order the journal alone."""
    hit = _SOURCE.match(source)
    if hit is None:
        return {"SO: venue": [found[0]]} if (found := _VENUE.match(source)) else {}
    parts = hit.groupdict()
    parts["pages"] = parts.pop("range") or parts["pages"]
    return {f"SO: {role}": [value] for role, value in parts.items() if value}
