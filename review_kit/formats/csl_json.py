"""CSL-JSON, the reference format of citation processors, as Zotero, Better BibTeX, citation.js and pandoc write it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import takewhile
from typing import Any

from ..text import clean_text
from .author_fields import one_name
from .dates import read_date
from .document_types import document_type
from .json_items import Item, items, rescued_fields, without_halves
from .record_rows import describes_nothing, flat_roles, problem_row, record_row
from .source_lines import add_problem, note_repairs, tidy_lines

NAME = "csl"

_ROLES = flat_roles(
    {
        "title": ("title",),
        "subtitle": ("subtitle",),
        "venue": ("container-title", "event-title", "event", "container-title-short", "journalAbbreviation"),
        "volume": ("volume",),
        "number": ("issue", "number"),
        "pages": ("page",),
        "start_page": ("page-first",),
        "abstract": ("abstract",),
        "keywords": ("keyword",),
        "doi": ("DOI", "doi"),
        "year": ("publication_year",),
        "pmid": ("PMID",),
        "pmcid": ("PMCID",),
        "issn": ("ISSN",),
        "isbn": ("ISBN",),
        "url": ("URL",),
        "key": ("id", "citation-key", "citekey"),
    }
)
_LEAST_YEAR = 100
_SHORT_NUMBER = re.compile(r"-?[0-9]{1,4}")
_BROKEN = "this is no item of CSL-JSON; mend what is amiss in its text, or export the file anew"
_RESCUED = (*_ROLES, "author", "issued", "type")


def matches(text: str, name: str) -> bool:
    """Tell whether a text is CSL-JSON: JSON (its head may be lost) with a ``type`` and another field of references."""
    start = text[:50_000].lstrip("\ufeff \t\r\n")
    if start[:1] not in ("[", "{") and not name.lower().endswith(".json"):
        return False
    fields = set(re.findall(r'"(type|id|title|author|issued|container-title|DOI|citation-key|URL)"\s*:', start))
    if name.lower().endswith(".json") and re.search(r"\b(?:family|issued|date-parts|container-title)\b", start):
        return True
    return "type" in fields and len(fields) >= 2 or bool(fields & {"issued", "container-title", "citation-key"})


def read(text: str) -> list[dict[str, Any]]:
    """Read CSL-JSON as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded: a list of items, one item, one item a line, items under their ids, or a list under ``items``
        or ``references``; also what Crossref and OpenAlex answer.

    Returns
    -------
    list of dict
        One row per item, in order. Of a damaged file every item that can be read, and for each that cannot a row with
        ``raw`` and ``problem``.
    """
    text, hurt = tidy_lines(text)
    text, halves = without_halves(text)
    rows = [row for item in items(text) for row in _rows_of(item)]
    if rows and text.lstrip().startswith("[") and not text.rstrip().endswith("]"):
        add_problem(rows[-1], "the list of items does not end; the file may be cut off behind this one")
    return note_repairs(rows, {line: hurt.get(line, 0) + halves.get(line, 0) for line in (*hurt, *halves)})


def _rows_of(item: Item) -> Iterator[dict[str, Any]]:
    """The rows of what was found: of each item in it, or of what stands in its place."""
    if item.broken:
        rescued = _row(rescued_fields(item.raw, _RESCUED), item.line)
        yield {**rescued, **problem_row(item.raw.strip(), _BROKEN, line=item.line)}
        return
    for value in _unwrapped(item.value):
        if not isinstance(value, dict):
            yield problem_row(_as_text(value), "expected an object with fields", line=item.line)
            continue
        row = _row(value, item.line)
        if item.repeated:
            add_problem(row, f"fields that stand twice, of which the first is used: {', '.join(item.repeated)}")
            row["raw"] = item.raw
        yield row


def _unwrapped(found: object) -> list[object]:
    """The items in what was found: a work in an answer of Crossref, items under their ids, or the item itself."""
    if not isinstance(found, dict):
        return [found]
    if isinstance(found.get("message"), dict):
        return [found["message"]]
    values = list(found.values())
    if values and all(isinstance(value, dict) and {"type", "title"} & set(value) for value in values):
        return values
    return [found]


def _row(item: dict[str, Any], line: int) -> dict[str, Any]:
    """One item as a row."""
    fields: dict[str, list[str]] = {}
    for name, value in item.items():
        if name in ("author", "authorships", "issued", "type") or value in (None, "", [], {}):
            continue
        fields[name] = [str(part) for part in value if part is not None] if _is_plain_list(value) else [_as_text(value)]
    row = record_row(fields, _ROLES, line=line, names=_names(_people(item)))
    row["type"] = document_type([str(item.get("type", ""))]) if item.get("type") else None
    if item.get("type"):
        row["extra"]["type"] = str(item["type"])
    if item.get("genre") and "thesis" in str(item.get("type")) and "master" in str(item["genre"]).lower():
        row["type"] = "mastersthesis"
    _add_date(row, item.get("issued"))
    arxiv = re.search(
        r"arxiv:?\s*(\d{4}\.\d{4,5})",
        " ".join(_as_text(item.get(f, "")) for f in ("number", "note", "archive_location")),
        re.I,
    )
    if arxiv:
        row.setdefault("arxiv_id", arxiv[1])
    if describes_nothing(row):
        row |= problem_row(json.dumps(item, ensure_ascii=False), "nothing in the item describes a paper", line=line)
    return row


def _people(item: dict[str, Any]) -> object:
    """The authors of an item, or of a work of OpenAlex."""
    works = item.get("authorships")
    if not isinstance(works, list):
        return item.get("author")
    people = [work.get("author") for work in works if isinstance(work, dict)]
    return [{"name": person.get("display_name")} for person in people if isinstance(person, dict)]


def _is_plain_list(value: object) -> bool:
    """Whether a value is a list of texts and numbers."""
    return isinstance(value, list) and all(isinstance(part, (str, int, float)) for part in value)


def _as_text(value: object) -> str:
    """A value as text: numbers without a needless ``.0``, what is nested as JSON."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, str):
        return value
    try:
        return json.dumps(value, ensure_ascii=False)
    except RecursionError:
        return "(nested too deep to be shown)"


def _names(people: object) -> tuple[list[str], bool]:
    """CSL names in our form; a literal is whole unless it is a list of names."""
    names, et_al = [], False
    for person in people if isinstance(people, list) else [people] if people else []:
        if not isinstance(person, dict):
            person = {"literal": str(person)}
        part = {
            key: clean_text(str(value).replace(",", " "))
            for key, value in person.items()
            if isinstance(value, (str, int)) and value
        }
        family = " ".join(part[key] for key in ("non-dropping-particle", "dropping-particle", "family") if key in part)
        if family.lower() in ("others", "et al.", "et al") or part.get("literal", "").lower() in (
            "others",
            "et al.",
            "et al",
        ):
            et_al = True
        elif family:
            names.append(", ".join(word for word in (family, part.get("suffix", ""), part.get("given", "")) if word))
        elif "literal" in part:
            names.append(part["literal"])
        elif "given" in part or "name" in part:
            names.append(one_name(part.get("name") or part["given"]))
    return names, et_al


def _add_date(row: dict[str, Any], issued: object) -> None:
    """The first date of ``issued``, whose parts may be numbers or text; what cannot be read is kept in extra."""
    first: object = issued
    if isinstance(issued, dict):
        first = issued.get("date-parts") or issued.get("raw") or issued.get("literal") or issued
    while isinstance(first, list) and first and isinstance(first[0], (list, dict)):
        first = first[0]
    if isinstance(first, dict):
        first = [first[part] for part in ("year", "month", "day") if part in first]
    if isinstance(first, list):
        numbers = [int(part) for part in takewhile(_SHORT_NUMBER.fullmatch, map(str, first))]
        parts = {name: number for name, number in zip(("year", "month", "day"), numbers) if number > 0}
        parts = {name: number for name, number in parts.items() if "year" in parts and (name == "year" or number <= 31)}
        if parts.get("month", 1) > 12:
            parts.pop("month")
    else:
        parts = read_date(str(first)) if first else {}
    row.update(parts)
    if parts.get("year", _LEAST_YEAR) < _LEAST_YEAR:
        add_problem(row, f"the year {parts['year']} has lost digits, or is of antiquity")
    if issued and "year" not in parts:
        row["extra"]["issued"] = _as_text(issued)
