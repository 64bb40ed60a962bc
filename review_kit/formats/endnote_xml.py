"""EndNote's XML, as written by EndNote, Bookends, Zotero and Rayyan."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from .document_types import document_type, is_issn
from .record_rows import flat_roles, record_row, tell_nothing
from .tagged_lines import tell_strays
from .xml_elements import read_elements, rescued_fields

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
_LOOKS = frozenset(("style", "b", "i", "sub", "sup"))
_PLUMBING = frozenset(("database", "source-app", "foreign-keys/key", "ref-type"))
_RESCUED = {
    "titles/title": "title",
    "dates/year": "year",
    "electronic-resource-num": "electronic-resource-num",
    "abstract": "abstract",
}
_DEEPEST = 50


def matches(text: str, name: str) -> bool:
    """Tell whether a text is EndNote XML: XML with records that have EndNote's elements."""
    start = text[:20_000].lstrip("\ufeff \t\r\n")
    return (
        (start.startswith("<") or name.lower().endswith(".xml"))
        and bool(name.lower().endswith(".xml") or re.search(r"<record[\s>]", text))
        and bool(re.search(r"</?(?:ref-type|rec-number|contributors|titles|source-app|foreign-keys)[\s>]", text))
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
    return read_elements(text, ("record",), _row, lambda raw: record_row(rescued_fields(raw, _RESCUED), _ROLES))


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
    if is_issn(fields.get("isbn", [""])[0]):
        fields["issn"] = fields.pop("isbn")
    row = record_row(fields, _ROLES, line=line)
    row["extra"] = {path.removeprefix("extra ").rpartition("/")[2]: value for path, value in row["extra"].items()}
    row["type"] = document_type([kind]) if kind else None
    if kind:
        row["extra"]["ref-type"] = kind
    tell_strays(row, _strays(record))
    tell_nothing(row)
    return row


def _leaves(record: Element) -> Iterator[tuple[str, Element]]:
    """The elements that hold a value, with their path; ``<style>`` only says how text looks."""
    waiting = [("", child) for child in reversed(record)]
    while waiting:
        above, element = waiting.pop()
        path = f"{above}/{element.tag}" if above else str(element.tag)
        children = [child for child in element if child.tag not in _LOOKS]
        if children and path.count("/") < _DEEPEST:
            waiting += [(path, child) for child in reversed(children)]
        else:
            yield path, element


def _strays(record: Element) -> Iterator[str]:
    """Text that stands between elements, where none belongs."""
    for element in record.iter():
        if any(child.tag not in _LOOKS for child in element):
            yield from (text.strip() for text in (element.text, *(child.tail for child in element)) if text)
