"""The fields of one record, under whatever names its format has for them, as a row of the records table.

A format says in one table which of its fields has which *role*, the preferred field first. Roles are columns of the
records table and a few words for what is put together here: ``subtitle start_page end_page date organisation_authors
sponsors`` and the identifiers (``pmcid issn isbn wos ...``). Fields without a role are kept in ``extra``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from ..identifiers import clean_arxiv_id, clean_doi
from ..text import clean_text
from .author_fields import author_names
from .dates import read_date
from .plain_values import plain_text, split_keywords
from .record_links import Extra, add_links
from .source_lines import add_problem

Fields = Mapping[str, Sequence[str]]
Roles = Mapping[str, tuple[str, int]]
Found = dict[str, list[tuple[str, Sequence[str]]]]

FIELD_LIMIT = 1_000_000
_TEXTS = ("title", "abstract", "key", "venue", "volume", "number", "summary", "organisation")
_PAGES = ("start_page", "end_page")
# A date, page or number of a database is shorter: what is longer holds more than is taken from it.
_LONGEST = 60
# ``PMID: 12345678 [PubMed - indexed for MEDLINE]``; with more words it is something else.
_MOST_BLANKS = 6
_LONGEST_DATE = 25
_DATES = ("year", "month", "day", "date")
_OTHER_IDS = frozenset("pmcid issn isbn wos scopus openalex lens dimensions embase eric s2".split())
_DASH = re.compile(r"\s*[-–—‐‑−]+\s*")
_PMID = re.compile(r"\d{1,8}(?!\w)")


def flat_roles(roles: Mapping[str, Iterable[str]]) -> Roles:
    """Turn ``{role: fields, the preferred first}`` into ``{field: (role, place in the order of preference)}``."""
    return {field: (role, place) for role, fields in roles.items() for place, field in enumerate(fields)}


def record_row(
    fields: Fields,
    roles: Roles,
    *,
    line: int | None = None,
    plain: Callable[[str], str] = plain_text,
    names: tuple[list[str], bool] | None = None,
) -> dict[str, Any]:
    """Make a row of the records table from the fields of one record.

    Parameters
    ----------
    fields
        The record: field name to its values, in the order of the source.
    roles
        What each field is for, made by `flat_roles`.
    line
        Where the record begins in its source.
    plain
        Makes a value readable (for BibTeX: renders LaTeX).
    names
        Authors in our form and whether there are more, where the format knows better than its author fields tell.

    Returns
    -------
    dict
        Columns of the records table. What is not understood, and a second value where one is taken, is in ``extra``;
        a field cut at the limit is named in ``problem``.
    """
    row: dict[str, Any] = {"line": line}
    fields, cut = _readable(fields)
    if cut:
        row["problem"] = "; ".join(cut)
    found, extra = _by_role(fields, roles)
    _add_texts(row, found, extra, plain)
    _add_authors(row, found, extra, names)
    _add_dates(row, found, extra)
    _add_pages(row, found, extra)
    _add_identifiers(row, found, extra)
    if "url" in found:
        add_links(row, _values(found, "url"), extra)
    if "arxiv" in row.get("doi", ""):
        row.setdefault("arxiv_id", clean_arxiv_id(row["doi"])[0])
    if "keywords" in found:
        row["keywords"] = split_keywords([value for _, value in _values(found, "keywords")], plain)
    row["extra"] = {field: values[0] if len(values) == 1 else values for field, values in extra.items()}
    return row


def problem_row(raw: str, problem: str, *, line: int | None = None) -> dict[str, Any]:
    """Make the row of something that could not be read: what stands in the source, and what is wrong with it."""
    if len(raw) > FIELD_LIMIT:
        problem += f"; only the first {FIELD_LIMIT:,} of its {len(raw):,} characters are kept here"
    return {"line": line, "raw": raw[:FIELD_LIMIT], "problem": problem}


def describes_nothing(row: Mapping[str, Any]) -> bool:
    """Whether a row has nothing by which a paper could be known."""
    return not any(map(row.get, ("title", "authors", "abstract", "doi", "arxiv_id", "pmid", "url")))


def tell_nothing(row: dict[str, Any], what: str = "record") -> None:
    """Note in a row that what it was read from describes no paper, where that is so."""
    if describes_nothing(row):
        add_problem(row, f"nothing in the {what} describes a paper")


def _readable(fields: Fields) -> tuple[Fields, list[str]]:
    """The fields with the values that hold something, none longer than the limit; and what had to be cut."""
    every = [*chain.from_iterable(fields.values())]
    blank = any(map(str.isspace, every)) or not all(every) or not all(fields.values())
    if not blank and sum(map(len, every)) <= FIELD_LIMIT:
        return fields, []
    cut = [
        f"field {field} has {len(value):,} characters; the limit is {FIELD_LIMIT:,}, the rest was left out"
        for field, values in fields.items()
        for value in values
        if len(value) > FIELD_LIMIT
    ]
    kept = {field: [value[:FIELD_LIMIT] for value in values if value.strip()] for field, values in fields.items()}
    return {field: values for field, values in kept.items() if values}, cut


def _by_role(fields: Fields, roles: Roles) -> tuple[Found, Extra]:
    """The fields of each role, the preferred one first; and the fields that have none."""
    found: Found = {}
    extra: Extra = {}
    for pair in fields.items():
        known = roles.get(pair[0])
        if known is None:
            extra[pair[0]] = pair[1]
        elif known[0] in found:
            found[known[0]].append(pair)
            found[known[0]].sort(key=lambda pair: roles[pair[0]][1])
        else:
            found[known[0]] = [pair]
    return found, extra


def _values(found: Found, role: str) -> list[tuple[str, str]]:
    """Each value of a role with its field, the preferred first."""
    return [(field, value) for field, values in found[role] for value in values]


def _add_texts(row: dict[str, Any], found: Found, extra: Extra, plain: Callable[[str], str]) -> None:
    """Title, abstract and the columns that hold one value; a second, different value is kept in extra."""
    for role in _TEXTS:
        if role not in found:
            continue
        values = found[role][0][1]
        value = values[0].strip()
        row[role] = value if role == "key" or (value.isalnum() and value.isascii()) else plain(value)
        if len(values) > 1 or len(found[role]) > 1:
            _add_others(row, found, extra, (role, plain))
    if "title" in row:
        row["title_raw"] = found["title"][0][1][0].strip()
    if "subtitle" in found:
        _add_subtitles(row, found, extra, plain)


def _add_others(row: dict[str, Any], found: Found, extra: Extra, kind: tuple[str, Callable[[str], str]]) -> None:
    """The values of a role behind its first: the parts of an abstract go on with it, others are kept in extra."""
    role, plain = kind
    (first, value), *others = _values(found, role)
    for field, other in others:
        if role == "abstract" and field == first:
            row[role] += " " + plain(other)
        elif clean_text(other) != clean_text(value):
            extra.setdefault(field, []).append(other)


def _add_subtitles(row: dict[str, Any], found: Found, extra: Extra, plain: Callable[[str], str]) -> None:
    """Subtitles behind the title that does not hold them yet."""
    for field, subtitle in _values(found, "subtitle"):
        if "title" not in row:
            extra[field] = [subtitle]
        elif plain(subtitle).casefold() not in row["title"].casefold():
            row["title"] = f"{row['title'].rstrip(': ')}: {plain(subtitle)}"


def _add_authors(row: dict[str, Any], found: Found, extra: Extra, names: tuple[list[str], bool] | None) -> None:
    """Authors of the preferred field, then organisations; their number where the list is whole.

    Sponsors stand where a book's group author stands, and are authors only where nobody else is.
    """
    if names is None:
        names = author_names(found["authors"][0][1]) if "authors" in found else ([], False)
        for field, values in found["authors"][1:] if "authors" in found else ():
            if len(values) != len(found["authors"][0][1]):  # else they are the same people in another form
                extra[field] = list(values)
    people, et_al = names
    if "organisation_authors" in found:
        people = people + _organisations(found, "organisation_authors")
    if "sponsors" in found and people:
        extra.update(found["sponsors"])
    elif "sponsors" in found:
        people = _organisations(found, "sponsors")
    if people or et_al:
        row["authors"] = people
        row["et_al"] = et_al
        if not et_al:
            row["n_authors"] = len(people)


def _organisations(found: Found, role: str) -> list[str]:
    """The organisations of a role; their commas go, because a comma means family and given name."""
    return [clean_text(value).replace(",", "") for _, value in _values(found, role)]


def _add_dates(row: dict[str, Any], found: Found, extra: Extra) -> None:
    """Year, month and day; what does not read as a date, is too long for one or names another day is kept in extra."""
    for role in _DATES:
        for field, value in _values(found, role) if role in found else ():
            date = read_date(value, role=role)
            agrees = row.keys().isdisjoint(date) or all(row.get(part, date[part]) == date[part] for part in date)
            if date and len(value) <= _LONGEST and (agrees or "year" not in row):
                row.update(date if agrees else {"year": date.get("year", row.get("year"))})
            if not date or not agrees or len(value) > _LONGEST_DATE:
                extra.setdefault(field, []).append(value)
    if "day" in row and "month" not in row:
        row.pop("day")


def _add_pages(row: dict[str, Any], found: Found, extra: Extra) -> None:
    """Pages as ``first-last`` with a plain hyphen; what is too long for a page is kept in extra."""
    if "pages" in found:
        row["pages"] = _DASH.sub("-", found["pages"][0][1][0].strip())
    elif "start_page" in found:
        first = found["start_page"][0][1][0].strip()
        first = first if first.isdigit() else _DASH.sub("-", first)
        last = found["end_page"][0][1][0].strip() if "end_page" in found else ""
        row["pages"] = f"{first}-{last}" if last and last != first and "-" not in first else first
    for role in _PAGES:
        for field, value in _values(found, role) if role in found else ():
            if len(value) > _LONGEST:
                extra.setdefault(field, []).append(value)


def _add_identifiers(row: dict[str, Any], found: Found, extra: Extra) -> None:
    """DOI, arXiv and PubMed ids, and the other ids in their dict; a second or unreadable one is kept in extra."""
    for field, value in _values(found, "doi") if "doi" in found else ():
        doi = clean_doi(value)
        if not doi and "arxiv" in value.lower():
            found.setdefault("arxiv_id", []).append((field, [value]))
        elif not doi or row.setdefault("doi", doi) != doi or len(value) > len(doi) + _LONGEST:
            extra.setdefault(field, []).append(value)
    for field, value in _values(found, "arxiv_id") if "arxiv_id" in found else ():
        arxiv_id, version = clean_arxiv_id(value)
        if not arxiv_id or row.setdefault("arxiv_id", arxiv_id) != arxiv_id:
            extra.setdefault(field, []).append(value)
        elif version:
            row.setdefault("arxiv_version", version)
    for field, value in _values(found, "pmid") if "pmid" in found else ():
        number = _PMID.search(value)
        if not number or row.setdefault("pmid", number[0]) != number[0] or value.count(" ") > _MOST_BLANKS:
            extra.setdefault(field, []).append(value)
    if not _OTHER_IDS.isdisjoint(found):
        row["other_ids"] = {}
        for role in [role for role in found if role in _OTHER_IDS]:
            for field, value in _values(found, role):
                number = clean_text(value)
                if row["other_ids"].setdefault(role, number) != number:
                    extra.setdefault(field, []).append(value)
