"""Paper lists in Markdown: the READMEs of awesome lists and their like, in any of their dialects."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from ...identifiers import find_identifiers, label_kind, link_kind
from ...link_kinds import tells_kind
from ...text import clean_text, mend_mojibake, title_key
from ..plain_title import readable_title
from ..source_lines import note_repairs, tidy_lines
from .blocks import markdown_blocks
from .entry import NO_VENUE_OF_LINKS, Entry
from .labels import read_label
from .people import read_people
from .running_text import Block
from .selection import find_papers
from .titles import take_years_at_ends
from .venues import is_known_venue

NAME = "paper_list"
LONGEST_BLOCK = 100_000
_SHOWN = 2000

_YEAR_HEADING = re.compile(
    r"\W*(?:year|papers?|in|published|年份)?[\s:]*((?:19|20)\d\d)(?:[-./]\d\d?){0,2}\s*年?\W*", re.I)
# Meant as a heading, though Markdown wants a blank behind the ``#``.
_GLUED_HEADING = re.compile(r"^(#{1,6})(?=[^\W\d_a-z][^#\n]{2,80}$)", re.M)
_NUMBER = re.compile(r"\s*(?:[-*+]\s+)?[\[(]?(\d{1,4})[\])]?[.)、:]?\s")
_CITE_US = re.compile(r"\bcit(?:e|ing|ations?)\b|\bbibtex\b|引用", re.I)
_OF_THE_PLACE = ("line", "raw", "extra", "links", "url", "title_raw")
_BEFORE_ID = ("arxiv", "10.", "pmid", "pmc")
_SPELLED_ID = re.compile(r"arxiv\s*[:.]\s*\d|arxiv:\s?[a-z]|10\.\d{4}|pmid|\bPMC\d", re.I)
_BIBTEX = re.compile(r"\s*@\w+\s*[{(]")
_URL = re.compile(r"https?://\S+")
_STARS = re.compile(r"(?<=\w)/(?:stargazers|watchers)/?$")
_LONGEST_VENUE_HEADING = 40
_OTHER_IDS = ("pmcid", "acl", "openreview", "s2", "hf")


def matches(text: str, name: str) -> bool:
    """Whether a text may be a paper list: any text may, so this format is asked last."""
    return True


def read(text: str) -> list[dict[str, Any]]:
    """Read the papers of a Markdown list.

    Lists of contents, contributors, instructions, badges and tools without a paper are passed over. A BibTeX entry in a
    fence adds what it knows to the paper of the same title; one under a heading such as *Citation* is no entry of the
    list otherwise.

    Parameters
    ----------
    text
        The Markdown text. UTF-8 that was read as another encoding is mended where that is exact.

    Returns
    -------
    list of dict
        Rows of the records table, in the order of the list. ``section`` holds all headings above an entry, ``summary``
        the notes beside it, ``extra["list_number"]`` its number as printed; a year that only stands in the heading is
        marked in ``year_inferred``.
    """
    text, hurt = tidy_lines(text)
    blocks = markdown_blocks(_GLUED_HEADING.sub(r"\1 ", mend_mojibake(text)))
    return note_repairs(rows_of(blocks, text.split("\n")), hurt)


def rows_of(blocks: list[Block], lines: list[str]) -> list[dict[str, Any]]:
    """Turn the blocks of a page into rows of the records table; `lines` is its source, for ``raw``."""
    entries = find_papers([block for block in blocks if len(block.text) <= LONGEST_BLOCK or block.kind == "fence"])
    take_years_at_ends(entries)
    rows = [_row(entry, lines) for entry in entries]
    rows += [_too_long(block) for block in blocks if len(block.text) > LONGEST_BLOCK and block.kind != "fence"]
    rows.sort(key=lambda row: row["line"])
    fences = [block for block in blocks if block.kind == "fence" and _BIBTEX.match(block.text)]
    by_title = {title_key(row["title"]): row for row in rows if row["title"]} if fences else {}
    for block in fences:
        rows += _add_fence(by_title, block)
    return sorted(rows, key=lambda row: row["line"]) if fences else rows


def _row(entry: Entry, lines: list[str]) -> dict[str, Any]:
    """One entry as a row."""
    block, label = entry.block, entry.label
    title = readable_title(entry.title)
    row: dict[str, Any] = {
        "line": block.line, "title": title or None, "title_raw": clean_text(entry.title) or None,
        "authors": entry.authors, "et_al": entry.et_al if entry.authors else None,
        "n_authors": len(entry.authors) if entry.authors and not entry.et_al else None,
        "year": label.year, "month": label.month, "day": label.day, "venue": label.venue or _venue_of_links(entry),
        "section": [_plain_heading(heading) for heading in block.section],
        "abstract": clean_text(entry.abstract) or None, "organisation": entry.organisation or None,
        "keywords": entry.keywords,
        "raw": "\n".join(lines[block.line - 1:max(block.end, block.line)]),
    }
    notes = [clean_text(note) for note in (*entry.before, *entry.summary)]
    row["summary"] = " ".join(note for note in notes if note) or None
    row["extra"] = {key: value for key, value in entry.extra.items() if key != "anchors"}
    if label.remark:
        row["extra"]["remark"] = label.remark
    if (number := _NUMBER.match(row["raw"])) and block.kind == "item":
        row["extra"]["list_number"] = number[1]
    if block.comments:
        row["extra"]["comment"] = " ".join(block.comments)
    if not title:
        row["problem"] = "an entry of the list without a title"
    _infer_year(row, block)
    _add_links(row, entry)
    return row


def _venue_of_links(entry: Entry) -> str | None:
    """The conference or journal whose short name is the label of a link to the paper (``[ICML](https://...)``)."""
    labels = (link["label"].strip(" []()") for link in entry.links if link["kind"] == "paper")
    return next((label for label in labels if is_known_venue(label) and label.lower() not in NO_VENUE_OF_LINKS), None)


def _too_long(block: Block) -> dict[str, Any]:
    """The row of a piece of text that no person wrote as an entry."""
    return {"line": block.line, "raw": block.text[:_SHOWN],
            "problem": f"{len(block.text):,} characters without a break were not read; the limit is {LONGEST_BLOCK:,}"}


@lru_cache(maxsize=1000)
def _plain_heading(heading: str) -> str:
    """A heading on one line."""
    return clean_text(re.sub("[\x1d\x1f]", " ", heading))


def _infer_year(row: dict[str, Any], block: Block) -> None:
    """Where an entry has no year, take that of the line or heading above that is nothing but a date or venue's year."""
    if row["year"] is None:
        above = (year for heading in reversed(row["section"]) if (year := _year_of(heading)))
        year = block.year_above or next(above, None)
        row["year"], row["year_inferred"] = year, True if year else None


@lru_cache(maxsize=1000)
def _year_of(heading: str) -> int | None:
    """The year of a heading that says nothing else (``2023``, ``Papers in 2023``, ``CVPR 2023``)."""
    if found := _YEAR_HEADING.fullmatch(heading):
        return int(found[1])
    label = read_label(heading)
    return label.year if label and len(heading) < _LONGEST_VENUE_HEADING else None


def _add_links(row: dict[str, Any], entry: Entry) -> None:
    """Choose the links to paper, code and project, and take the identifiers from the links to the paper."""
    links = [link for link in entry.links if link["url"]]
    row["links"] = links
    titled = links[0] if entry.title_link is not None and links else None
    papers = [link for link in links if link["kind"] == "paper"]
    chosen = titled if titled and titled["kind"] != "code" else (papers[0] if papers else titled)
    if chosen and chosen is titled and chosen["kind"] in ("other", "model", "data", "project") and papers:
        chosen = papers[0]
    chosen = chosen or next((link for link in links if link_kind(link["url"]) == "paper"), None)
    chosen = chosen or _only_link(links)
    row["url"] = chosen["url"] if chosen else None
    labelled = [link for link in links if link["kind"] == "code" and link is not chosen and "." in link["url"]]
    code = [link["url"] for link in sorted(labelled, key=lambda link: not link["label"])] or entry.block.repositories
    code = code or [link["url"] for link in links if link is chosen and link["kind"] == "code"]
    row["code_url"] = _STARS.sub("", code[0]) if code else None
    row["project_url"] = next((link["url"] for link in links if link["kind"] == "project"), None)
    other_ids: dict[str, Any] = {}
    for place in [chosen["url"]] if chosen and chosen["kind"] != "code" else []:
        _add_identifiers(row, other_ids, place)
    for link in papers:
        if link is not chosen:
            _add_identifiers(row, other_ids, link["url"])
    small = entry.block.text.lower()
    if any(sign in small for sign in _BEFORE_ID) and _SPELLED_ID.search(entry.block.text):
        _add_identifiers(row, other_ids, _URL.sub(" ", entry.block.text))
    row["other_ids"] = other_ids


def _only_link(links: list[dict[str, str]]) -> dict[str, str] | None:
    """The one link of an entry, if nothing says that it leads to something else than the paper, as to a person."""
    link = links[0] if len(links) == 1 else None
    if link is None or link["kind"] != "other" or tells_kind(link["url"]) or label_kind(link["label"]) is not None:
        return None
    return None if " " in link["label"] and read_people(link["label"], lone=True) else link


def _add_identifiers(row: dict[str, Any], other_ids: dict[str, Any], text: str) -> None:
    """Add the identifiers found in a link or text that the row does not have yet."""
    found = find_identifiers(text)
    if "arxiv_id" in found and not row.get("arxiv_id"):
        row["arxiv_id"], row["arxiv_version"] = found["arxiv_id"], found.get("arxiv_version")
    for name in ("doi", "pmid"):
        if name in found and not row.get(name):
            row[name] = found[name]
    for name in _OTHER_IDS:
        if name in found:
            other_ids.setdefault(name, found[name])


def _add_fence(by_title: dict[str, dict[str, Any]], block: Block) -> list[dict[str, Any]]:
    """Let a BibTeX fence complete the records of the same titles; give back the entries that are records themselves."""
    from .. import bibtex

    rows = []
    for found in bibtex.read(block.text):
        row = by_title.get(title_key(found.get("title") or ""))
        if row is not None:
            for column, value in found.items():
                if column not in _OF_THE_PLACE and value and not row.get(column):
                    row[column] = value
            row["url"] = row["url"] or found.get("url")
        elif found.get("title") and not any(_CITE_US.search(heading) for heading in block.section):
            rows.append({**found, "line": block.line + (found.get("line") or 1), "section": list(block.section)})
            by_title[title_key(found["title"])] = rows[-1]
    return rows
