"""What of a record is compared: each field in one plain form, so that a spelling is not taken for a difference.

Every form is text (empty when nothing is known), so a table of forms can live in memory or in a database alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import numpy as np
import pandas as pd

from .text import title_key

ID_COLUMNS = ("doi", "arxiv_id", "pmid")
OTHER_IDS = ("pmcid", "acl", "openreview", "s2")
IDENTIFIERS = ID_COLUMNS + OTHER_IDS
FORMS = (
    "title", "head", "squeezed", "usual", "families", "people", "year", "venue", "volume", "number", "page", "last",
    "locator", "stage", "abstract", "record_id", *IDENTIFIERS,
)
Forms = dict[str, np.ndarray]
# A title borne in this many different years is a column ("Chair's message"), not the title of one paper.
RECURRING = 4

# Words that databases and publishers hang on a title; they are no part of it.
_LABELS = (
    r"reviews?(?: article)?|erratum|errata|corrigendum|published erratum|corrected|retracted|summary for patients|"
    r"comments?|see comments?|abstract|extended abstract|short version|full version|demo(?:nstration)?s?(?: abstract| "
    r"description| paper)?|panel(?: session)?|tutorial|experience paper|poster|invited (?:talk|paper)|keynote|\d+ refs?|"
    r"letter|editorial|in process citation|epub ahead of print|author'?s transl|proceeding|meeting abstract|preprint"
)
_HUNG_ON = re.compile(rf"(?!\A)[\[(]\s*(?:{_LABELS})\b(?:[^\])(]|\([^)]*\)){{0,200}}(?:[\])]|$)", re.IGNORECASE)
_CUT = re.compile(r"(?:\.\.\.|…)\s*$")
_COLON = re.compile(r"\s*[:?：]\s+|\s+[-–—]+\s+|\.\s+(?=\w{3})")
_NUMBER = re.compile(r"\d")
# Titles made of these words alone come again in every issue.
_USUAL_WORDS = frozenset((
    "a an the of in on for and or to from by with s this that book books review reviews column columns editor editors "
    "editorial editorials guest comment comments commentary message messages chair chairs president introduction "
    "introductory preface foreword front back matter cover contents content table index issue issues opinion opinions news "
    "newsletter notes note letter letters reply response discussion correspondence announcement announcements call calls "
    "papers paper special section session sessions abstract abstracts errata erratum corrigendum correction author authors "
    "reviewers acknowledgment acknowledgements obituary memoriam annual report reports remarks welcome article articles "
    "research part volume number year january february march april may june july august september october november "
    "december meeting conference proceedings poster posters program overview summary summaries conclusion conclusions "
    "references appendix supplement supplementary keynote panel tutorial "
    "in brief untitled no title title unknown anonymous"
).split())
_IDEOGRAPH = re.compile(r"([\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff])")
_TO_LATIN = str.maketrans({
    **{c: f" {name} " for c, name in zip("αβγδεζηθικλμνξοπρσςτυφχψω", (
        "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau "
        "upsilon phi chi psi omega").split())},
    **dict(zip("абвгдеёжзийклмнопрстуфхцчшщъыьэюяіїє", (
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia i i e").replace("_", "\0").split())),
    "\0": "",
})
_PREPRINT_VENUE = re.compile(r"\b(?:arxiv|corr|biorxiv|medrxiv|chemrxiv|psyarxiv|ssrn|research square|preprints?|"
                             r"techrxiv|osf|openreview|hal)\b", re.IGNORECASE)
_PREPRINT_DOI = re.compile(r"10\.(?:48550|1101/(?:\d{4}\.|\d{6})|21203|2139/ssrn|20944|31234|31219|36227|26434|22541)")
_VENUE_NOISE = {"the", "of", "and", "in", "on", "for", "a", "an", "de", "la", "et", "und", "der", "proceedings", "proc"}
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
    columns = {name: _texts(records[name]) for name in (*ID_COLUMNS, "record_id", "venue", "volume", "number", "type")}
    years = ["" if y != y else str(int(y)) for y in records["year"].astype("float64").tolist()]
    titles = [t or r for t, r in zip(_texts(records["title"]), _texts(records["title_raw"]))]
    people = _People()
    venues: dict[str, str] = {}
    rows = []
    for i, (title, authors, other, pages, abstract) in enumerate(zip(
        titles, records["authors"], records["other_ids"], _texts(records["pages"]), _texts(records["abstract"])
    )):
        row = {name: column[i] for name, column in columns.items()}
        families, names = people.forms(authors)
        venue = row["venue"]
        if venue not in venues:
            venues[venue] = venue_form(venue)
        volume, number = issue_forms(row["volume"], row["number"])
        title, head = title_forms(title)
        rows.append((
            title, head, title.replace(" ", ""), _usual(title, venues[venue]), families, names, years[i], venues[venue],
            volume, number, *page_forms(pages), version_stage(row["venue"], row["doi"], row["type"], row["arxiv_id"]), _opening(abstract), row["record_id"], row["doi"].lower(), row["arxiv_id"], row["pmid"],
            *(str(other.get(name) or "") for name in OTHER_IDS),
        ))
    return _sorted_forms(rows)


def _sorted_forms(rows: list[tuple[str, ...]]) -> Forms:
    """Rows of text as one array per form, in an order that only their content decides; columns of journals are marked."""
    rows.sort()
    years: dict[str, set[str]] = {}
    for row in rows:
        years.setdefault(row[2], set()).add(row[6])
    rows = [(*row[:3], "usual", *row[4:]) if len(years[row[2]] - {""}) >= RECURRING else row for row in rows]
    columns = list(zip(*rows)) if rows else [()] * len(FORMS)
    return {name: np.array(column, dtype=object) for name, column in zip(FORMS, columns)}


def _texts(column: pd.Series) -> list[str]:
    """A column as plain strings; missing is empty."""
    return column.astype(object).where(column.notna(), "").astype(str).tolist()


def title_forms(title: str) -> tuple[str, str]:
    """Key of a title, and key of its part before the first colon where there is one.

    Labels such as "[Review] [43 refs]" or "(tutorial)" are left out; Greek and Cyrillic letters are written in Latin
    ones; ideographs stand alone as words.
    """
    title = _CUT.sub("", _HUNG_ON.sub(" ", title) if "[" in title or "(" in title else title)
    parts = _COLON.split(title, maxsplit=1)
    key = _latin(title_key(title))
    head = _latin(title_key(parts[0])) if len(parts) > 1 and parts[1] else ""
    return key, "" if head == key else head


def _usual(title: str, venue: str) -> str:
    """"usual" for a title that other papers are likely to bear too, "short" for a few words, else nothing."""
    words = [w for w in title.split() if w not in _USUAL_WORDS and not w.isdigit()]
    if not set(words) - set(venue.split()):
        return "usual"
    return "short" if len(words) < 4 and len(title) < 30 else ""


def _latin(key: str) -> str:
    """A key with Greek and Cyrillic letters in Latin ones and ideographs as words of their own."""
    if key.isascii():
        return key
    return " ".join(_IDEOGRAPH.sub(r" \1 ", key.translate(_TO_LATIN).replace("\0", "")).split())


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
        family = _latin(title_key(family))
        form = (family.replace(" ", ""), f"{family} {_latin(title_key(given))}".strip())
        self._known[name] = form
        return form


def venue_form(venue: str) -> str:
    """Key of a venue without years, numbers, what stands in brackets at its end, and words that say nothing."""
    key = _latin(title_key(re.sub(r"\s*[\[(][^\])]*[\])]\s*$|\. Conference:.*$", "", venue)))
    return " ".join(w for w in key.split() if w not in _VENUE_NOISE and not _NUMBER.search(w))


def issue_forms(volume: str, number: str) -> tuple[str, str]:
    """Volume and issue as bare numbers; a volume such as "32 (Suppl 2)" gives up its issue, a lone "1)" is no volume."""
    found = re.match(r"\s*(?:vol(?:ume)?\.?\s*)?(\d+)(?!\d*\s*\)$)", volume, re.IGNORECASE)
    issue = number if number.strip().isdigit() else ""
    return (found.group(1).lstrip("0") if found and not volume.strip().endswith(")") or found and "(" in volume else "",
            issue.strip().lstrip("0"))


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


def _opening(abstract: str) -> str:
    """The first letters of an abstract, enough to know it again."""
    return re.sub(r"[\W_]+", "", abstract[:400]).casefold()[:160]


def as_forms(table: Any) -> Forms:
    """Forms from a table of forms."""
    return {name: np.asarray(table[name], dtype=object) for name in FORMS}
