"""EndNote's XML, as written by EndNote, Bookends, Zotero and Rayyan.

Each ``<record>`` is cut out and parsed by itself with defusedxml: a damaged record costs only itself, and entities of a
document type are never defined, so none can grow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from .document_types import document_type
from .record_rows import describes_nothing, flat_roles, problem_row, record_row
from .source_lines import add_problem, note_repairs, tidy_lines

NAME = "endnote_xml"

_ROLES = flat_roles(
    {
        "title": ("titles/title",),
        "authors": ("contributors/authors/author",),
        "venue": ("periodical/full-title", "titles/secondary-title", "periodical/abbr-1", "titles/tertiary-title"),
        "volume": ("volume",),
        "number": ("number", "issue"),
        "pages": ("pages",),
        "year": ("dates/year",),
        "date": ("dates/pub-dates/date",),
        "abstract": ("abstract",),
        "keywords": ("keywords/keyword",),
        "doi": ("electronic-resource-num", "doi"),
        "pmid": ("pmid",),
        "pmcid": ("custom2",),
        "issn": ("issn",),
        "isbn": ("isbn",),
        "wos": ("wos",),
        "url": ("urls/web-urls/url", "urls/related-urls/url", "urls/text-urls/url", "urls/pdf-urls/url", "urls/url"),
        "key": ("rec-number", "label"),
    }
)
_PLUMBING = frozenset(("database", "source-app", "foreign-keys/key", "ref-type"))
_RECORD = re.compile(r"<record(?=[\s>])")
_END = "</record>"
_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_BAD_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[dD][89a-fA-F]\w\w)|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_RESCUED = {
    "titles/title": "title",
    "dates/year": "year",
    "electronic-resource-num": "electronic-resource-num",
    "abstract": "abstract",
}
_LARGEST_RECORD = 20_000_000
_DEEPEST = 50


def matches(text: str, name: str) -> bool:
    """Tell whether a text is EndNote XML: XML with records that have EndNote's elements."""
    start = text[:20_000].lstrip("\ufeff \t\r\n")
    return (
        start.startswith("<")
        and bool(_RECORD.search(text))
        and bool(re.search(r"<(?:ref-type|rec-number|contributors|titles|source-app|foreign-keys)[\s>]", text))
    )


def read(text: str) -> list[dict[str, Any]]:
    """Read EndNote XML as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per ``<record>``, in order; one that is not well-formed is a row with ``raw`` and ``problem``.
    """
    text, hurt = tidy_lines(text)
    rows = []
    for raw, line, closed in _records(text):
        repaired = _BAD_REFERENCE.sub(" ", raw)
        repaired, undefined = _ENTITY.subn("&amp;", repaired)
        row = _parsed(repaired if closed else repaired + _END, line)
        if undefined:
            add_problem(row, f"{undefined} signs '&' that begin no known character were kept as text")
        if row.get("problem"):
            row["raw"] = raw[:100_000]
        rows.append(row)
    return note_repairs(rows, hurt)


def _records(text: str) -> Iterator[tuple[str, int, bool]]:
    """Each record's text, its line, and whether it is closed before the next begins."""
    starts = [found.start() for found in _RECORD.finditer(text)]
    line, counted = 1, 0
    for start, following in zip(starts, [*starts[1:], len(text)]):
        line += text.count("\n", counted, start)
        counted = start
        end = text.find(_END, start, following)
        yield (text[start : end + len(_END)], line, True) if end >= 0 else (text[start:following], line, False)


def _parsed(raw: str, line: int) -> dict[str, Any]:
    """One record as a row, or as what is wrong with it."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(raw) > _LARGEST_RECORD:
        return problem_row(raw, f"the record has {len(raw):,} characters; the limit is {_LARGEST_RECORD:,}", line=line)
    try:
        return _row(fromstring(raw, forbid_dtd=True), line)
    except ParseError as error:
        return _rescued(raw, line, f"the record is not well-formed XML ({error})")
    except DefusedXmlException as error:
        return problem_row(raw, f"the record holds what no reference needs and may do harm ({error})", line=line)


def _row(record: Element, line: int) -> dict[str, Any]:
    """One parsed record as a row."""
    fields: dict[str, list[str]] = {}
    kind = ""
    for path, element in _leaves(record):
        value = "".join(element.itertext()).strip()
        if path == "ref-type":
            kind = element.get("name") or value
        elif value and path not in _PLUMBING:
            fields.setdefault(path, []).append(value)
    if "urls/related-urls/url" in fields:
        fields["urls/related-urls/url"] = [" ".join(fields["urls/related-urls/url"])]
    if not any(value.startswith("PMC") for value in fields.get("custom2", ())):
        fields["extra custom2"] = fields.pop("custom2", [])
    row = record_row(fields, _ROLES, line=line)
    row["extra"] = {path.removeprefix("extra ").rpartition("/")[2]: value for path, value in row["extra"].items()}
    row["type"] = document_type([kind]) if kind else None
    if kind:
        row["extra"]["ref-type"] = kind
    if describes_nothing(row):
        add_problem(row, "nothing in the record describes a paper")
    return row


def _leaves(record: Element) -> Iterator[tuple[str, Element]]:
    """The elements that hold a value, with their path; ``<style>`` only says how text looks."""
    waiting = [("", child) for child in reversed(record)]
    while waiting:
        above, element = waiting.pop()
        path = f"{above}/{element.tag}" if above else str(element.tag)
        children = [child for child in element if child.tag not in ("style", "b", "i", "sub", "sup")]
        if children and path.count("/") < _DEEPEST:
            waiting += [(path, child) for child in reversed(children)]
        else:
            yield path, element


def _rescued(raw: str, line: int, problem: str) -> dict[str, Any]:
    """What can be read of a damaged record: its title, year and DOI by their tags."""
    row = problem_row(raw, problem, line=line)
    fields = {}
    for role, tag in _RESCUED.items():
        opening = re.search(rf"<{tag}(?:\s[^<>]*)?>", raw)
        end = raw.find(f"</{tag}>", opening.end()) if opening else -1
        if opening and end >= 0:
            fields[role] = [re.sub(r"<[^<>]*>", "", raw[opening.end() : end]).strip()]
    return {**record_row(fields, _ROLES, line=line), **row}
