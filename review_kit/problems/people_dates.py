"""Defects of authors, dates and reading of one record."""

from __future__ import annotations

import re

from .kinds import Finding, Findings, Record
from .titles import is_template

_NO_NAME = re.compile(r"@|https?:|[{}<>\\|]|^(?:anonymous|unknown|n/a|none|various|tba|tbd|\W*)$", re.I)
_ORDINAL = re.compile(r"\b(?:2nd|3rd|4th)\b", re.I)
_LONGEST_NAME = 120
_OTHER_PEOPLE = frozenset("editor editors editora ed a2 director producer translator organization organisation".split())
_AUTHORLESS = frozenset("proceedings collection mvcollection periodical reference mvreference legislation "
                        "jurisdiction legal legadminmaterial legmaterial constitution set xdata".split())
_MONTHS = ("", *"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())
_PREPRINT = re.compile(r"arxiv|preprint|corr\b", re.I)
# A preprint has a DOI of its own by right.
PREPRINT_DOIS = ("10.48550/", "10.1101/", "10.64898/", "10.21203/", "10.2139/", "10.20944/", "10.36227/", "10.31234/",
                 "10.31219/", "10.26434/", "10.5281/", "10.6084/", "10.22541/", "10.31223/", "10.2196/preprints",
                 "10.5194/egusphere", "10.31235/", "10.31730/", "10.7287/peerj.preprints", "10.33774/",
                 "10.1002/essoar")
# How readers word problems that are kinds of their own.
_SAID_BY_READERS = (
    (re.compile(r"field \S+ stands \d+ times; (?:the first is used, the others are in extra|with one value)"),
     "duplicate_field", "one value"),
    (re.compile(r"abbreviation \S+ is not defined"), "undefined_string", "an @string of that name"),
)


def people_checks(record: Record) -> Findings:
    """Check the authors of a record."""
    if record["et_al"]:
        found = "; ".join(record["authors"][:3]) + " et al."
        yield Finding("et_al", found.strip(), "all authors")
    elif not record["authors"] and record["title"] and not is_template(record["title"]):
        if counted := record["n_authors"]:
            yield Finding("unnamed_authors", f"{counted} authors, none named", f"{counted} names")
        elif record["organisation"]:
            yield Finding("organisation_for_authors", record["organisation"], "names")
        elif not _has_others(record):
            yield Finding("missing_authors", "no authors", "names")
    for name in record["authors"]:
        if _NO_NAME.search(name) or _has_wrong_digit(name) or len(name) > _LONGEST_NAME:
            yield Finding("odd_author", name, "a name")


def _has_others(record: Record) -> bool:
    """Whether a record names an editor or an organisation, or is of a kind that has no authors."""
    return record["type"] in _AUTHORLESS or not _OTHER_PEOPLE.isdisjoint(name.lower() for name in record["extra"])


def _has_wrong_digit(name: str) -> bool:
    """Whether a name has a digit, as a footnote leaves it; a person may be the 2nd, an organisation the G20 Group."""
    is_group = "," not in name and " " in name
    return not is_group and any(letter.isdigit() for letter in _ORDINAL.sub("", name))


def date_checks(record: Record) -> Findings:
    """Check the date of a record, also against its arXiv id."""
    if not record["title"] or is_template(record["title"]):
        return
    printed = " ".join(str(part) for part in (_MONTHS[record["month"] or 0], record["day"] or "") if part)
    if record["year"] is None:
        yield Finding("missing_year", printed or "no date", "a year")
    elif record["year_inferred"]:
        yield Finding("year_inferred", printed or "no year", f"a printed year; {record['year']} was inferred")
    if number := record["extra"].get("trailing_number"):
        yield Finding("unexplained_number", f"{printed}, {record['year'] or ''} {number}", "what the number counts")
    yield from _arxiv_date_findings(record)


def _arxiv_date_findings(record: Record) -> Findings:
    """The printed month and year against those in the arXiv id; a venue's date is later by right."""
    found = re.match(r"(\d\d)(\d\d)\.", record["arxiv_id"] or "")
    if not found or record["year"] is None or _is_published(record):
        return
    year, month = 2000 + int(found[1]), int(found[2])
    if record["month"] is None:
        if record["year"] < year:
            yield Finding("year_mismatch", str(record["year"]), f"{year} or later, by arXiv:{record['arxiv_id']}")
        return
    months = (record["year"] * 12 + record["month"]) - (year * 12 + month)
    # A paper sent in at the end of a month is announced, and dated by sites, a day or two later or earlier.
    if record["day"] and ((months == 1 and record["day"] <= 5) or (months == -1 and record["day"] >= 28)):
        return
    if months:
        yield Finding("month_mismatch", f"{record['year']}-{record['month']:02}",
                      f"{year}-{month:02}, by arXiv:{record['arxiv_id']}")


def _is_published(record: Record) -> bool:
    """Whether a record says where else than on a preprint server its paper stands: by a venue or a DOI."""
    venue, doi = record["venue"], record["doi"]
    return bool(venue and not _PREPRINT.search(venue)) or bool(doi and not doi.startswith(PREPRINT_DOIS))


def reading_checks(record: Record) -> Findings:
    """What readers could not read, and identifiers they could not make out."""
    if record["problem"]:
        rest = record["problem"]
        for pattern, kind, expected in _SAID_BY_READERS:
            for said in pattern.finditer(rest):
                yield Finding(kind, said[0], expected)
            rest = pattern.sub("", rest).strip("; ")
        if rest:
            kind = "reading_problem" if record["title"] else "unreadable_entry"
            yield Finding(kind, rest, "an entry that can be read as it stands")
    for name in ("doi", "DOI", "pmid", "PMID"):
        value = record["extra"].get(name)
        for text in value if isinstance(value, list) else [value] if value else []:
            if not record[name.lower()]:
                yield Finding("wrong_identifier", f"{name}: {text}", "a DOI such as 10.1038/s41591-024-03423-7"
                              if name.lower() == "doi" else "a PubMed number")
