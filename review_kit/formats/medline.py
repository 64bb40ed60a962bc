"""PubMed's MEDLINE format (``.nbib``): tags of four places, lines carried on with six blanks. ERIC writes it too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from .document_types import document_type
from .record_rows import flat_roles, record_row
from .source_lines import add_problem, has_line, note_repairs, tidy_lines
from .tagged_lines import TaggedRecord, at_margin, tell_all

NAME = "medline"

_ROLES = flat_roles(
    {
        "title": ("TI", "CTI", "BTI"),
        "authors": ("FAU", "AU"),
        "organisation_authors": ("CN",),
        "year": ("YR",),
        "date": ("DP", "DEP"),
        "venue": ("JT", "TA", "JO"),
        "volume": ("VI", "VL"),
        "number": ("IP",),
        "pages": ("PG",),
        "abstract": ("AB",),
        "keywords": ("OT", "MH"),
        "doi": ("DOI", "DO"),
        "key": ("PMID",),
        "pmid": ("PM",),
        "pmcid": ("PMC",),
        "eric": ("ERIC",),
        "issn": ("IS", "ISSN"),
        "isbn": ("ISBN",),
        "url": ("URL", "4099", "4100"),
    }
)
# Lines are carried on with six blanks.
_TAG = re.compile(r"[^\S\n]{0,4}([A-Z][A-Z0-9]{1,3}) {0,3}- ?(.*)")
_BEGINS = re.compile(r"^PMID ?- ?\d", re.M)
_MARK = re.compile(r"^[^\S\n]{0,4}PMID ?-", re.M)


def matches(text: str, name: str) -> bool:
    """Tell whether a text is MEDLINE: ``PMID-`` lines, or its other tags where ``TY`` and ``ER`` (RIS) are missing."""
    text = at_margin(text)
    if re.search(r"^TY  ?- ", text[:20_000], re.M):
        return False  # RIS may hold a PMID too
    if name.lower().endswith(".nbib") and re.search(r"^[A-Z]{2,4} {0,2}- ", text, re.M):
        return True
    if has_line(text, "PMID") and _BEGINS.search(text):
        return True
    tags = set(re.findall(r"^(OWN|FAU|TI|JT|STAT|PT|DP|AID|OID|LID|PMID) {0,2}- ", text[:20_000], re.M))
    return len(tags) >= 3 and not re.search(r"^(?:TY|ER)  ?-", text, re.M)


def read(text: str) -> list[dict[str, Any]]:
    """Read MEDLINE text as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per ``PMID-``, in order; in a file without PMIDs one per block of tags. Descriptive fields without a
        column (``AD``, ``GR``, ``LA`` ...) are in ``extra``.
    """
    text, hurt = tidy_lines(at_margin(text))
    rows = []
    for record in _records(text.split("\n"), numbered=bool(_MARK.search(text))):
        row = _row(record.fields(" "), record.line)
        if "PMID" in record.tags and not row.get("pmid"):
            add_problem(row, f"the PMID {record.tags['PMID'][0][0]!r} is not a number")
        tell_all(row, record.strays, record.raw)
        rows.append(row)
    return note_repairs(rows, hurt)


def _records(lines: list[str], *, numbered: bool) -> Iterator[TaggedRecord]:
    """Each record; a new one begins at ``PMID-`` or with a tag after a blank line, text before the first is its own.

    In a file with PMIDs a block without one still belongs to the record before it if that has no title yet or the
    block has none: a blank line that slipped into a record does not tear it.
    """
    record, blank = TaggedRecord(), False
    for number, line in enumerate(lines, 1):
        hit = _TAG.fullmatch(line)
        if hit is None:
            blank = not line.strip() or (blank and not line[0].isspace())
            if line.strip():
                if blank:
                    record.last = ""  # what comes behind a blank line goes on with no value
                record.carry_on(line.strip(), number)
                if record.last and not line[0].isspace():
                    record.strays.append(line)
            continue
        tag, tags = hit[1], record.tags
        torn = numbered and "PMID" in tags and not (tag in ("PMC", "PMCR", "OWN", "TI") and "TI" in tags)
        if tags and ((tag == "PMID" and "PMID" in tags) or (blank and (tag == "PMID" or not torn))):
            yield record.cut_from(lines, number - 1)
            record = TaggedRecord()
        blank = False
        record.add(tag, hit[2].strip(), number)
    if record.line:
        yield record.cut_from(lines)


def _row(fields: dict[str, list[str]], line: int) -> dict[str, Any]:
    """One record's tags as a row, its identifiers told apart by the marks they carry."""
    fields = {tag: values for tag, values in fields.items() if any(values)}
    if "PMID" in fields:
        fields["PM"] = fields["PMID"][:1]
    for value in (*fields.get("AID", ()), *fields.get("LID", ()), *fields.get("SO", ())):
        doi = re.search(r"10\.\d{4,9}/\S+", value)
        if doi and (_mark_of(value) == "doi" or "doi" in value.lower()):
            fields.setdefault("DOI", [doi[0].rstrip(".")])
        elif value.startswith("http"):
            fields.setdefault("URL", []).append(value)
    for value in fields.get("OID", ()):
        if re.fullmatch(r"E[JD]\d+", value):
            fields["ERIC"] = [value]
    if "TI" in fields and len(fields["TI"]) > 1:
        fields["TI"] = [" ".join(fields["TI"])]
    fields["OT"] = [*fields.pop("OT", ()), *(heading.replace("*", "") for heading in fields.pop("MH", ()))]
    row = record_row({tag: values for tag, values in fields.items() if values}, _ROLES, line=line)
    row["type"] = document_type(fields.get("PT", ["Journal Article"]))
    return row


def _mark_of(value: str) -> str:
    """The mark that says what an article id is: ``doi`` of ``10.1/x [doi]``."""
    hit = re.search(r"\[(\w+)\]\s*$", value)
    return hit[1] if hit else ""
