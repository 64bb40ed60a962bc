"""BibTeX and BibLaTeX, as people, Zotero, Mendeley, JabRef, ADS, DBLP, Scopus and Web of Science write it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from ..identifiers import clean_arxiv_id, clean_doi
from .bibtex_blocks import PUT_ASIDE, Block, blocks
from .bibtex_names import author_list
from .bibtex_values import readable
from .journal_macros import journal_name
from .record_rows import flat_roles, problem_row, record_row
from .source_lines import add_problem, begins_line, note_repairs, tidy_lines

NAME = "bibtex"

_ROLES = flat_roles(
    {
        "title": ("title",),
        "subtitle": ("subtitle",),
        "authors": ("author",),
        "year": ("year",),
        "date": ("date",),
        "month": ("month",),
        "day": ("day",),
        "venue": ("journaltitle", "journal", "booktitle", "shortjournal", "publicationtitle"),
        "volume": ("volume",),
        "number": ("number", "issue"),
        "pages": ("pages",),
        "abstract": ("abstract",),
        "keywords": ("keywords", "keyword", "author_keywords", "author-keywords"),
        "doi": ("doi",),
        "pmid": ("pmid",),
        "pmcid": ("pmcid", "pmc"),
        "issn": ("issn",),
        "isbn": ("isbn",),
        "wos": ("unique-id",),
        "arxiv_id": ("arxivid", "arxiv"),
        "url": (
            *("url", "ee", "link", "adsurl", "howpublished", "remote-url", "bdsk-url-1", "bdsk-url-2"),
            # BibBase's and al-folio's, and what a note says
            *("url_link", "url_paper", "url_arxiv", "url_pdf", "pdf", "html", "url_code", "code", "note: link"),
        ),
    }
)
_MONTHS = {month: month for month in "jan feb mar apr may jun jul aug sep oct nov dec".split()}
_ADDRESSES = frozenset(("doi", *(field for field, (role, _) in _ROLES.items() if role == "url")))
# ``Available at: \url{...}``, ``[Online]. Available: \url{...}``; other words may speak of another paper's link.
_NOTED_LINK = re.compile(
    r"\W*(?:(?:online|available|accessed|retrieved|see|url|website|at|from|last|on|\d+)\W+)*?"
    r"\\url\s*\{([^{}]+)\}.*",
    re.I | re.S,
)
_NOT_PAPERS = {"xdata": "data that other entries refer to", "set": "a set of other entries"}
_DATES = frozenset(("year", "date", "month"))
_INHERITED = (
    "author",
    "booktitle",
    "journal",
    "journaltitle",
    "year",
    "date",
    "month",
    "publisher",
    "editor",
    "volume",
    "series",
    "address",
    "location",
    "isbn",
    "issn",
    "organization",
)
# Europe PMC makes keys of PubMed's ids.
_PMID_KEY = re.compile(r"PMID:(\d{1,8})")
_SUFFIXES = (".bib", ".bibtex", ".biblatex")
_MARKER = re.compile(r"^[^\S\n]*@[ \t]*[A-Za-z_]\w*[ \t]*[{(]", re.M)
_ENTRY = re.compile(r"@[ \t]*+([A-Za-z_]\w*+)\s*+[{(]\s*+[^\s{}()=,]*+\s*+[,}]")
_FIELD = re.compile(r"^[^\S\n]*[A-Za-z_][\w-]*[ \t]*=[ \t]*\S[^\n]*[}\",][ \t]*$", re.M)
_FIELD_WITHIN = re.compile(r"\n[^\S\n]*[A-Za-z_][\w-]*[ \t]*=[ \t]*[{\"]")
_STYLE_RULES = frozenset(("media", "import", "font"))
_BRACED_SIGN = re.compile(r"\{(\\?[_%&#~$^-])\}")
_ESCAPED = re.compile(r"\\([_%&#~$])(?:\{\})?|\{\\textasciitilde\}|\\textasciitilde(?:\{\})?|\\(?:url|path)\s*")


def matches(text: str, name: str) -> bool:
    """Tell whether a text is BibTeX: it has lines that begin an ``@entry{`` and is no page or list that quotes one."""
    if any(hit[1].lower() not in _STYLE_RULES and begins_line(text, hit.start()) for hit in _ENTRY.finditer(text)):
        first = text[:20_000].lstrip("\ufeff \t\r\n")
        quoted = "```" in text or first.startswith(("<", "#", "-", "*", "{", "[")) or name.lower().endswith(".md")
        return name.lower().endswith(_SUFFIXES) or first.startswith(("@", "%")) or not quoted
    return name.lower().endswith(_SUFFIXES) and bool(_MARKER.search(text) or _FIELD.search(text))


def read(text: str) -> list[dict[str, Any]]:
    """Read BibTeX as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per entry, in order, repeated keys included; ``type`` is the entry's own, ``title_raw`` its LaTeX. An
        entry that does not close, a field that stands twice and an ``@xdata`` say so in ``problem``. Values without a
        column are in ``extra`` as they stand in the source. Of a ``crossref``, what the entry lacks is taken over.
        Fields that stand in no entry are a row too, and so is, in a file with torn entries, all text between them.
        A ``crossref`` to an entry that is not there is a problem.
    """
    text, hurt = tidy_lines(text)
    found = list(blocks(text, _MONTHS))
    entries = [block for block in found if block.kind or block.broken]
    by_key = {block.key.lower(): block for block in reversed(entries)}
    rows = []
    for block in entries:
        row = _row(block, by_key)
        if block.problems or not block.fields:
            for problem in dict.fromkeys(block.problems or ["the entry has no fields"]):
                add_problem(row, problem)
            row["raw"] = text[block.start : block.end].rstrip()
        if block.kind in _NOT_PAPERS:
            add_problem(row, f"no paper: {_NOT_PAPERS[block.kind]}")
        rows.append(row)
    if any(block.broken and PUT_ASIDE not in block.problems for block in found):  # what was put aside is whole
        rows += _told_comments(text, [block for block in found if not block.broken and not block.kind])
    return note_repairs(sorted(rows, key=itemgetter("line")), hurt)


def _told_comments(text: str, comments: list[Block]) -> list[dict[str, Any]]:
    """One row for all text between the entries of a damaged file, where it may have been part of one."""
    if not comments:
        return []
    raw = "\n".join(text[block.start : block.end].strip() for block in comments)
    told = f"text stands in no entry (places: {len(comments)}); as the file has broken entries, it may be part of one"
    return [problem_row(raw, told, line=comments[0].line)]


def _row(block: Block, by_key: dict[str, Block]) -> dict[str, Any]:
    """One entry as a row."""
    fields = _with_inherited(block, by_key)
    if "crossref" in block.fields and (missing := _missing_parent(block, by_key)):
        block.problems.append(f"crossref names {missing!r}, which is not in this file")
    for name, values in fields.items():
        if len(values) > 1 and _ROLES.get(name, ("",))[0] != "keywords":  # ScienceDirect writes a field for each
            kept = "the first is used, the others are in extra" if len(set(values)) > 1 else "with one value"
            block.problems.append(f"field {name} stands {len(values)} times; {kept}")
    if "note" in fields and (noted := _NOTED_LINK.fullmatch(fields["note"][0])):
        fields["note: link"] = [noted[1]]
    for name in _ADDRESSES.intersection(fields):
        if "\\" in fields[name][0] or "{" in fields[name][0]:
            fields[name] = [_plain_address(value) for value in fields[name]]
    if "doi" not in fields and (doi := clean_doi(fields.get("crossref", [""])[0])):
        fields["doi"] = [doi]
    if "journal" in fields:
        fields["journal"] = [journal_name(value) for value in fields["journal"]]
    for name in _DATES:
        if name in fields and "\\" in fields[name][0]:
            fields[name] = [readable(value) for value in fields[name]]
    names = author_list(fields["author"][0]) if "author" in fields else None
    row = record_row(fields, _ROLES, line=block.line, plain=readable, names=names)
    row["type"] = block.kind or None
    row["key"] = block.key
    if pmid := _PMID_KEY.fullmatch(block.key):
        row.setdefault("pmid", pmid[1])
    _add_arxiv(row, fields)
    if not block.broken:
        block.problems += _look_alikes(block.fields)
    return row


def _missing_parent(block: Block, by_key: dict[str, Block]) -> str:
    """The key of the parent that an entry names and the file lacks; SciELO writes DOIs there."""
    key = block.fields["crossref"][0].strip()
    return "" if not key or key.lower() in by_key or clean_doi(key) else key


def _look_alikes(fields: dict[str, list[str]]) -> Iterator[str]:
    """What is said of values with lines like those of an entry: quoted, or there for want of a brace."""
    for name, values in fields.items():
        for value in values:
            if "@" in value and _MARKER.search(value):
                yield f"a line of field {name} looks like an entry; it was kept as text"
            elif "\n" in value and "=" in value and _FIELD_WITHIN.search(value):
                yield f"a line of field {name} looks like another field; it was kept as text"


def _with_inherited(block: Block, by_key: dict[str, Block], generations: int = 3) -> dict[str, list[str]]:
    """An entry's fields, and those of its ``crossref`` and ``xdata`` it lacks; a parent's title is its book title."""
    fields = dict(block.fields)
    for name in ("crossref", "xdata"):
        for key in fields.get(name, [""])[0].split(","):
            parent = by_key.get(key.strip().lower())
            if parent is None or parent is block or not key.strip() or not generations:
                continue
            theirs = _with_inherited(parent, by_key, generations - 1) if name == "crossref" else parent.fields
            if name == "crossref" and (book := parent.fields.get("booktitle") or parent.fields.get("title")):
                fields.setdefault("booktitle", book)
            dated = not _DATES.isdisjoint(fields)
            for field in theirs if name == "xdata" else _INHERITED:
                if field in theirs and not (dated and field in _DATES):
                    fields.setdefault(field, theirs[field])
    return fields


def _plain_address(value: str) -> str:
    """A URL or DOI without the LaTeX that protected its special characters."""
    value = _ESCAPED.sub(lambda m: m[1] or ("~" if "tilde" in m[0] else " "), _BRACED_SIGN.sub(r"\1", value))
    return value.replace("{", " ").replace("}", " ").strip()


def _add_arxiv(row: dict[str, Any], fields: dict[str, list[str]]) -> None:
    """The arXiv id of ``eprint`` or, failing that, of the places where people write it."""
    eprint = fields.get("eprint", [""])[0]
    prefix = (fields.get("archiveprefix") or fields.get("eprinttype") or [""])[0].lower()
    places = [eprint] if eprint and prefix in ("", "arxiv") else []
    for name in ("journal", "journaltitle", "howpublished", "note", "volume", "number", "pages"):
        value = fields.get(name, [""])[0]
        if "arxiv" in value.lower() or value.startswith("abs/"):
            places.append("arXiv:" + value[4:] if value.startswith("abs/") else value)
    for place in places:
        arxiv_id, version = clean_arxiv_id(place) if re.search(r"\d{4}[./]?\d{3}", place) else ("", None)
        if arxiv_id and row.setdefault("arxiv_id", arxiv_id) == arxiv_id and version:
            row.setdefault("arxiv_version", version)
