"""What of a record is compared: each field in one plain form, so that a spelling is not taken for a difference.

Every form is text (empty when nothing is known), so a table of forms can live in memory or in a database alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np
import pandas as pd

from ..identifiers import clean_doi
from ..text import title_key
from . import words

ID_COLUMNS = ("doi", "arxiv_id", "pmid")
OTHER_IDS = ("pmcid", "acl", "openreview", "s2")
IDENTIFIERS = ID_COLUMNS + OTHER_IDS
FORMS = (
    "title", "head", "squeezed", "families", "people", "year", "venue", "volume", "number", "page", "last", "locator",
    "stage", "record_id", *IDENTIFIERS, "usual",
)
_TITLE, _YEAR = FORMS.index("squeezed"), FORMS.index("year")
_TEXT_COLUMNS = ("title", "title_raw", "venue", "volume", "number", "pages", "type", *ID_COLUMNS)
Forms = dict[str, np.ndarray]
# A title borne in this many different years is a column ("Chair's message"), not the title of one paper.
RECURRING = 4
# Letters of a field that are compared: a text swallowed whole into a title must not cost the time of a book.
LONGEST = 1_000

_HUNG_ON = re.compile(
    rf"(?!\A)[\[(]\s*(?:{'|'.join(words.TITLE_LABELS)})\b(?:[^\])(]|\([^)]*\)){{0,200}}(?:[\])]|$)", re.IGNORECASE
)
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_COLON = re.compile(r"\s*[:?：]\s+|\s+[-–—]+\s+|\.\s+(?=\w{3})")
_NUMBER = re.compile(r"\d")
_NO_WORD = re.compile("[^a-z0-9]+")
_MARKUP = frozenset("\\{}$<&")
_IDEOGRAPH = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_TO_LATIN = str.maketrans(words.TO_LATIN)
_PREPRINT_VENUE = re.compile(rf"\b(?:{'|'.join(words.PREPRINT_VENUES)})\b", re.IGNORECASE)
_PREPRINT_DOI = re.compile(rf"10\.(?:{'|'.join(words.PREPRINT_DOIS)})")
_VENUES = tuple((re.compile(rf"\b(?:{phrases})\b"), name) for phrases, name in words.KNOWN_VENUES)
_MONTHS = re.compile(r"jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec", re.IGNORECASE)


def comparison_forms(records: pd.DataFrame) -> Forms:
    """Bring every record into the forms that are compared; their order does not depend on the order of the rows.

    Parameters
    ----------
    records
        The records table.

    Returns
    -------
    dict
        One array of text per name in `FORMS`, sorted by title, people, year, place and record_id.
    """
    columns = {name: _texts(records[name]) for name in _TEXT_COLUMNS}
    record_ids = records["record_id"].tolist()
    years = ["" if y != y else str(int(y)) for y in records["year"].astype("float64").tolist()]
    people = _People()
    venues = {venue: venue_form(venue) for venue in set(columns["venue"])}
    rows = []
    for values in zip(record_ids, years, records["authors"], records["other_ids"], *columns.values()):
        record_id, year, authors, other_ids = values[:4]
        row = dict(zip(columns, values[4:]))
        title, head = title_forms(row["title"] or row["title_raw"])
        venue = venues[row["venue"]]
        rows.append((
            title, head, title.replace(" ", ""), *people.forms(authors), year, venue,
            *issue_forms(row["volume"], row["number"]), *page_forms(row["pages"]),
            version_stage(row["venue"], row["doi"], row["type"], row["arxiv_id"]), record_id, _doi(row["doi"]),
            row["arxiv_id"], row["pmid"], *(_valid(str(other_ids.get(name) or "")) for name in OTHER_IDS),
            _usual(title, venue),
        ))
    return _sorted_forms(rows)


def _doi(text: str) -> str:
    """A DOI in its bare form, also where a table was made by hand and holds a resolver's link."""
    return text.lower() if not text or text.startswith("10.") else clean_doi(text) or text.lower()


def _sorted_forms(rows: list[tuple[str, ...]]) -> Forms:
    """Rows of text as one array per form, in an order that only their content decides; recurring titles are marked."""
    rows.sort()
    years: dict[str, set[str]] = {}
    for row in rows:
        years.setdefault(row[_TITLE], set()).add(row[_YEAR])
    rows = [(*row[:-1], "usual") if len(years[row[_TITLE]] - {""}) >= RECURRING else row for row in rows]
    columns = list(zip(*rows)) if rows else [()] * len(FORMS)
    return {name: np.array(column, dtype=object) for name, column in zip(FORMS, columns)}


def _texts(column: pd.Series) -> list[str]:
    """A column as plain strings, no longer than makes sense; missing is empty, halves of characters become "?"."""
    texts = column.astype(object).where(column.notna(), "").astype(str).tolist()
    return [text[:LONGEST] if text.isascii() else _valid(text[:LONGEST]) for text in texts]


def _valid(text: str) -> str:
    """Text that can be written as UTF-8."""
    return text.encode("utf-8", "replace").decode("utf-8")


def title_forms(title: str) -> tuple[str, str]:
    """Key of a title, and key of its part before the first colon where there is one.

    Labels such as "[Review] [43 refs]" or "(tutorial)" are left out; Greek and Cyrillic letters are written in Latin
    ones; ideographs stand alone as words.
    """
    title = _CUT.sub("", _HUNG_ON.sub(" ", title) if "[" in title or "(" in title else title)
    parts = _COLON.split(title, maxsplit=1)
    key = _key(title)
    head = _key(parts[0]) if len(parts) > 1 and parts[1] else ""
    return key, "" if head == key else head


def _usual(title: str, venue: str) -> str:
    """"usual" for a title that other papers are likely to bear too, "short" for a few words, else nothing."""
    telling = [w for w in title.split() if w not in words.USUAL_WORDS and not w.isdigit()]
    if not set(telling) - set(venue.split()):
        return "usual"
    return "short" if len(telling) < 4 and len(title) < 30 else ""


def _key(text: str) -> str:
    """`title_key` with Greek and Cyrillic letters in Latin ones and ideographs as words of their own."""
    if text.isascii() and _MARKUP.isdisjoint(text):
        return _NO_WORD.sub(" ", text.lower()).strip()
    key = title_key(text)
    if key.isascii():
        return key
    return " ".join(_IDEOGRAPH.sub(r" \1 ", key.translate(_TO_LATIN)).split())


class _People:
    """Family names and whole names of author lists; each name is brought into its form once."""

    def __init__(self) -> None:
        self._known: dict[str, tuple[str, str]] = {}

    def forms(self, authors: Iterable[str]) -> tuple[str, str]:
        """Family names, each as one word, and all words of all names."""
        pairs = [self._known.get(name) or self._learn(name) for name in authors]
        return " ".join(p[0] for p in pairs if p[0]), " ".join(p[1] for p in pairs if p[1])

    def _learn(self, name: str) -> tuple[str, str]:
        """The two forms of one name."""
        family, _, given = name.partition(",")
        family = _key(family)
        form = (family.replace(" ", ""), f"{family} {_key(given)}".strip())
        self._known[name] = form
        return form


def venue_form(venue: str) -> str:
    """Key of a venue without years, numbers, brackets at its end, and little words; a known venue by its usual name."""
    key = _key(re.sub(r"\s*[\[(][^\])]*[\])]\s*$|\. Conference:.*$", "", venue))
    key = " ".join(w for w in key.split() if w not in words.VENUE_LITTLE_WORDS and not _NUMBER.search(w))
    return next((name for pattern, name in _VENUES if pattern.search(key)), key)


def issue_forms(volume: str, number: str) -> tuple[str, str]:
    """Volume and issue as bare numbers; "32 (Suppl 2)" is volume 32, a lone "1)" is no volume."""
    found = re.match(r"\s*(?:vol(?:ume)?\.?\s*)?0*(\d+)", volume, re.IGNORECASE)
    torn = ")" in volume and "(" not in volume
    return found.group(1) if found and not torn else "", number.strip().lstrip("0") if number.strip().isdigit() else ""


def page_forms(pages: str) -> tuple[str, str, str]:
    """First page, last page, and whether the number is an article number rather than a page.

    Page counts, dates that a spreadsheet made of pages, and words give nothing.
    """
    if _MONTHS.search(pages) or re.search(r"\d\s*(?:p|pp|pages)\.?$", pages.strip(), re.IGNORECASE):
        return "", "", ""
    found = re.search(r"(?:^|[\s.(:])([A-Za-z]{0,2})0*(\d+)(?:\W{1,3}[A-Za-z]{0,2}(\d+))?", pages)
    if not found:
        return "", "", ""
    letters, first, last = found.groups(default="")
    if last and len(last) < len(first):
        last = first[:len(first) - len(last)] + last
    locator = letters.lower() in {"a", "b", "c", "e", "f", "g", "m"} or pages[:3].lower() == "art"
    return first, last, "locator" if locator else ""


def version_stage(venue: str, doi: str, record_type: str, arxiv_id: str) -> str:
    """Whether a record describes a preprint or a published version; empty when it does not say."""
    if _PREPRINT_VENUE.search(venue) or _PREPRINT_DOI.match(doi) or "preprint" in record_type.lower():
        return "preprint"
    if venue or doi:
        return "published"
    return "preprint" if arxiv_id else ""
