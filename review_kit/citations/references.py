"""What the reference of a paper says, worked out once for all formats and styles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd

from ..cite_keys import citation_keys
from ..text import clean_text
from .venues import CONFERENCE, JOURNAL, PREPRINT, read_venue

# Types under which a database may list a paper of any venue: there the venue decides.
_TOLD_BY_VENUE = {"", "misc", "unpublished", "preprint", "online", "article", "inproceedings", "conference"}
_LOOSE_TYPES = {"conference": CONFERENCE, "article": JOURNAL, "inproceedings": CONFERENCE}
_ARXIV_MONTH = re.compile(r"(\d\d)(\d\d)\.\d{4,5}")
_UNSAFE_IN_IDENTIFIER = re.compile(r"[\s\\{}%~^\"|`]")


@dataclass(frozen=True)
class Reference:
    """One reference. `kind` is a BibTeX entry type or ``preprint``; text is readable text; what is unknown is empty."""

    key: str
    kind: str
    title: str = ""
    authors: tuple[str, ...] = ()
    et_al: bool = False
    year: int | None = None
    month: int | None = None
    day: int | None = None
    venue: str = ""
    volume: str = ""
    number: str = ""
    pages: str = ""
    doi: str = ""
    arxiv_id: str = ""
    url: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    other_ids: tuple[tuple[str, str], ...] = ()


def references(papers: pd.DataFrame) -> list[Reference]:
    """Work out the reference of each paper, in the order of the table.

    A paper whose venue names a journal or conference is cited as published there, in the year the venue states, with
    its arXiv id kept. A month that is the month of the arXiv id is the preprint's, and stays out of a published one.
    Links other than http and https, and identifiers with characters that no identifier has, are left out.

    Parameters
    ----------
    papers
        A papers table; columns that are not there count as missing.

    Returns
    -------
    list of Reference
    """
    keys = citation_keys(papers)
    return [_reference(row, key) for row, key in zip(papers.to_dict("records"), keys)]


def _reference(row: dict[str, Any], key: str) -> Reference:
    """The reference of one paper."""
    venue = read_venue(_text(row, "venue"))
    arxiv_id = _identifier(row, "arxiv_id")
    kind = _kind(_text(row, "type").lower(), venue.kind, (venue.name, arxiv_id))
    year, month, day = (_number(row, part) for part in ("year", "month", "day"))
    if kind != PREPRINT:
        if venue.year not in (None, year):
            year, month, day = venue.year, None, None
        elif _same_month(arxiv_id, year, month):
            month = day = None
    return Reference(
        key=key, kind=kind, title=_text(row, "title"), authors=tuple(_texts(row, "authors")),
        et_al=bool(_known(row.get("et_al"))), year=year, month=month, day=day,
        venue="" if kind == PREPRINT and arxiv_id else venue.name,
        volume=_text(row, "volume") or venue.volume or "", number=_text(row, "number") or venue.number or "",
        pages=_text(row, "pages") or venue.pages or "", doi=_identifier(row, "doi"), arxiv_id=arxiv_id,
        url=web_address(_text(row, "url")), abstract=_text(row, "abstract"), keywords=tuple(_texts(row, "keywords")),
        other_ids=tuple(_other_ids(row)),
    )


def _kind(told: str, venue_kind: str | None, facts: tuple[str, str]) -> str:
    """The entry type: what the source calls the paper, unless the venue knows better."""
    venue, arxiv_id = facts
    if told not in _TOLD_BY_VENUE:
        return told if re.fullmatch("[a-z]+", told) else "misc"
    if venue_kind == PREPRINT or not venue and (arxiv_id or told == "preprint"):
        return PREPRINT
    if not venue:
        return "misc"
    return venue_kind or _LOOSE_TYPES.get(told, JOURNAL)


def web_address(url: str) -> str:
    """A link if it is one for the web (http or https, with a host, no line ends or blanks), else nothing."""
    return url if re.fullmatch(r"https?://[^\s/\\<>\"'{}|^`]+(?:[/?#]\S*)?", url, re.IGNORECASE) else ""


def pages_from_to(pages: str) -> tuple[str, str]:
    """First and last page; the last is empty where there is only one."""
    first, _, last = re.sub(r"\s*[-–—‑]+\s*", "\0", pages).partition("\0")
    return first, last


def _same_month(arxiv_id: str, year: int | None, month: int | None) -> bool:
    """Whether a date is the month in which the preprint appeared."""
    found = _ARXIV_MONTH.match(arxiv_id)
    return bool(found) and (2000 + int(found[1]), int(found[2])) == (year, month)


def _identifier(row: dict[str, Any], column: str) -> str:
    """An identifier, if it is spelled as one."""
    value = _text(row, column)
    return "" if _UNSAFE_IN_IDENTIFIER.search(value) else value


def _other_ids(row: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """PubMed and other identifiers that reference managers know."""
    others = row.get("other_ids") if isinstance(row.get("other_ids"), dict) else {}
    for name, value in (("pmid", row.get("pmid")), *((n, others.get(n)) for n in ("pmcid", "isbn", "issn"))):
        value = _known(value)
        if isinstance(value, (list, tuple)):
            value = value[0] if value else None
        if value is not None and not _UNSAFE_IN_IDENTIFIER.search(clean_text(str(value))):
            yield name, clean_text(str(value))


def _known(value: Any) -> Any:
    """The value of a cell, or None where it is missing."""
    return None if value is None or pd.api.types.is_scalar(value) and pd.isna(value) else value


def _text(row: dict[str, Any], column: str) -> str:
    """A text cell on one line, empty where it is missing."""
    value = _known(row.get(column))
    return "" if value is None else clean_text(str(value))


def _texts(row: dict[str, Any], column: str) -> Iterator[str]:
    """The texts of a list cell."""
    values = row.get(column)
    for value in values if isinstance(values, (list, tuple)) else ():
        if _known(value) is not None and clean_text(str(value)):
            yield clean_text(str(value))


def _number(row: dict[str, Any], column: str) -> int | None:
    """A whole number, None where it is missing."""
    value = _known(row.get(column))
    return None if value is None else int(value)
