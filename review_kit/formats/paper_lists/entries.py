"""One block of a paper list as an entry: which of its words are title, authors, venue, date and links."""

from __future__ import annotations

import re

from ...identifiers import clean_url, label_kind, link_kind
from ...link_kinds import is_front_page
from .beside import read_beside
from .brackets import claim_brackets
from .entry import Entry, Name, add_link, gaps, name_of_field, with_brackets
from .labels import Label, read_label, tells_dated_venue
from .running_text import CELL, HARD, LETTERS, SOFT, Block, Link
from .tails import read_citing_link
from .title_options import is_strong_title
from .titles import find_title
from .venues import COLLECTION, is_known_venue

_BESIDE_PAPERS = ("code", "project", "data", "model")
# Fields whose values are no titles, however long.
_NOT_TITLES = frozenset(("abstract", "summary", "keywords", "organisation"))
_TWO_DIGITS = re.compile(r"\d\d")
_IDENTIFIER = re.compile(r"(?:arxiv\s*:?\s*)?[\d.]+(?:v\d+)?|\d+|10\.\d{4,9}/\S+|https?://\S+|www\.\S+|"
                         r"[\w.-]+\.(?:pdf|html?)", re.I)
_BADGE_OF_WORK = re.compile(r"(?P<label>[A-Za-z][\w-]*['’ ]\d\d(?:\d\d)?)\s+(?P<name>\S.*)")
_LONGEST_WORD = 16
_WORD_BEFORE = re.compile(r"(?<=\s)([^\W\d_]{2,12})\s?[:：]\s*$")
_ARXIV_ID = re.compile(r"arxiv:\s?\d{4}\.", re.I)
_BARE_URL = re.compile(r"https?://[^\s<>\"'`）】，。|]+")


def read_entry(block: Block) -> Entry:
    """Read a block's running text as an entry of a paper list.

    Parameters
    ----------
    block
        A list item, paragraph, table row or heading.

    Returns
    -------
    Entry
        Its title is empty where none was found.
    """
    entry = Entry(block)
    claimed: list[tuple[int, int]] = []
    candidates = _sort_links(entry, claimed)
    claim_brackets(entry, claimed, candidates)
    named = name_of_field(block.text)
    if named is not None and candidates and _names_links(block, named, candidates):
        for link in candidates:
            add_link(entry, link, named.word, label_kind(named.word))
        entry.named.add("link")
        return entry
    if named is None or named.role not in _NOT_TITLES or candidates:
        find_title(entry, claimed, candidates)
    if entry.title:
        claimed.append(entry.span)
    elif not LETTERS.search(block.text):
        _take_name_of_badge(entry)
    elif entry.links and is_strong_title(tag := next(iter(entry.extra.get("tags", ())), "")):
        entry.title, entry.title_from = tag, "text"
    if entry.label.venue and not entry.label.year and entry.title.startswith(f"{entry.label.venue}:"):
        entry.label = Label(remark=entry.label.remark)
    read_beside(entry, claimed)
    if entry.title_link is None and len(entry.links) > 1:
        _put_papers_in_order(entry)
    return entry


def _put_papers_in_order(entry: Entry) -> None:
    """Put the links to papers, some of which were no titles after all, in the order in which they stand."""
    urls = [clean_url(link.url) for link in entry.block.links]
    places = [at for at, link in enumerate(entry.links) if link["kind"] == "paper"]
    papers = sorted((entry.links[at] for at in places), key=lambda link: (*urls, link["url"]).index(link["url"]))
    for at, link in zip(places, papers):
        entry.links[at] = link


def _names_links(block: Block, named: Name, candidates: list[Link]) -> bool:
    """Whether a block is nothing but links to what belongs to a paper, and their name (``Code: [PondNet](...)``)."""
    spans = [(link.start, link.end) for link in block.links]
    titles = block.kind == "item" and block.parent is None and any(
        is_strong_title(link.label) and not _is_identifier(link.label) and "/" not in link.label for link in candidates)
    return label_kind(named.word) in _BESIDE_PAPERS and not titles and all(
        link_kind(link.url) != "paper" for link in candidates) and (
        not any(LETTERS.search(block.text, *part) for part in gaps(named.end, len(block.text), spans)))


def read_details(block: Block) -> Entry | None:
    """Read a block that has no title of its own but people, venue or date; None for a block that says more.

    Parameters
    ----------
    block
        A list item below another.

    Returns
    -------
    Entry or None
        What the item tells of the one above it, with its links.
    """
    entry = Entry(block)
    claimed: list[tuple[int, int]] = []
    if _sort_links(entry, claimed):
        return None
    claim_brackets(entry, claimed, [])
    read_beside(entry, claimed)
    people = entry.et_al or len(entry.authors) > 1 or any(" " in name for name in entry.authors)
    told = people or not entry.authors and (entry.label.venue or entry.label.year)
    return entry if told and not (entry.summary or entry.before or entry.extra) else None


def _sort_links(entry: Entry, claimed: list[tuple[int, int]]) -> list[Link]:
    """Put the links that have a label into the entry; give back those whose text may be a title."""
    block, candidates = entry.block, []
    for link in block.links:
        text = link.label.strip(" []()（）【】`*_:|,.")
        kind = label_kind(text)
        label = None
        if text and (kind in (None, "paper") or kind != "code" and _TWO_DIGITS.search(text)):
            bracketed = link.label.lstrip().startswith("[")
            label = _label_of(text, bracketed=bracketed or _in_brackets(block.text, link))
        if label is not None and kind is not None:
            label, kind = (label, None) if label.venue and label.year or _tells_venue_first(block, link, label) else (
                None, kind)
        if not link.url and not link.picture and is_strong_title(text):
            candidates.append(link)
            continue
        if link.url.startswith("#") or not link.url or link.url.startswith("mailto:"):
            if kind is not None or link.picture:
                claimed.append((link.start, link.end))
                if kind == "paper" and not link.url:
                    entry.named.add("link")
            elif link.url:
                entry.extra.setdefault("anchors", []).append(text)
            continue
        named = kind is None and label is None and not link.picture and bool(LETTERS.search(text))
        if named and not _is_identifier(text):
            if read_citing_link(entry, link, text):
                claimed.append((link.start, link.end))
            else:
                candidates.append(link)
            continue
        if label is not None and not link.picture and (label.venue or label.year):
            entry.add_label(label)
        elif _ARXIV_ID.match(text):
            entry.add_label(Label("arXiv"))
        elif link.picture and (badge := _label_of_badge(text)) is not None:
            entry.add_label(badge)
        to_paper = label and not is_front_page(link.url) and (
            label.year and label.venue or link_kind(link.url) == "other")
        add_link(entry, link, text, "paper" if to_paper else None)
        claimed.append(with_brackets(block.text, link.start, link.end))
    for found in _BARE_URL.finditer(block.text):
        if not any(start <= found.start() < end for start, end in claimed) and not any(
                link.start <= found.start() < link.end for link in candidates):
            _add_named_link(entry, Link(found.start(), found.end(), found[0], ""), claimed)
    return candidates


def _tells_venue_first(block: Block, link: Link, label: Label) -> bool:
    """Whether a link that stands before everything else is labelled with its paper's venue (``[[CVPR](...)] ...``)."""
    first = not LETTERS.search(block.text, 0, link.start)
    return first and is_known_venue(label.venue) and bool(LETTERS.search(block.text, link.end))


def _add_named_link(entry: Entry, link: Link, claimed: list[tuple[int, int]]) -> None:
    """Put a link that has no words of its own into the entry, by the name before it (``Code: https://...``)."""
    text = entry.block.text
    start, end = with_brackets(text, link.start, link.end)
    line = max(text.rfind(mark, 0, start) for mark in (SOFT, HARD, CELL, "|", ",", ";", "•", "·")) + 1
    named = name_of_field(text[line:start]) if start - line < 60 else None
    if named and named.role == "link" and not text[line + named.end:start].strip(" *_<"):
        entry.named.add("link")
        add_link(entry, link, named.word, None)
        claimed.append((line, end))
    elif (word := _WORD_BEFORE.search(text, max(line, start - _LONGEST_WORD), start)) and label_kind(word[1]):
        add_link(entry, link, word[1].lower(), None)
        claimed.append((word.start(1), end))
    else:
        add_link(entry, link, "", None)
        claimed.append((start, end))


def _label_of_badge(text: str) -> Label | None:
    """The venue and date a badge tells, also behind the name of its link (``Paper PONDS 2022``)."""
    first, _, rest = text.partition(" ")
    named = label_kind(first) is not None and not is_known_venue(first)
    for words in (rest,) if named and rest else (text,):
        label = read_label(words, trusted=True)
        if label is not None and label.year and (label.venue or read_label(words) is not None):
            return label
    return None


def _take_name_of_badge(entry: Entry) -> None:
    """Take as the title the name of a work that a badge of the paper tells behind its venue (``PONDS'22-PondNet``)."""
    for link in entry.block.links:
        told = _BADGE_OF_WORK.fullmatch(link.label) if link.picture and link_kind(link.url) == "paper" else None
        label = read_label(told["label"]) if told else None
        if told and label is not None and label.year and label_kind(told["name"]) is None:
            entry.title, entry.title_from, entry.label = told["name"], "badge", label
            return


def _in_brackets(text: str, link: Link) -> bool:
    """Whether a link is its own pair of square brackets, or stands in one."""
    start, end = with_brackets(text, link.start, link.end)
    return text[start:start + 1] == "[" and text[end - 1:end] == "]"


def _label_of(text: str, *, bracketed: bool) -> Label | None:
    """The label a link's text is; in brackets its venue need not be known, if it would be one with a date."""
    label = read_label(text, trusted=bracketed)
    if label is None or not label.venue or label.year or label.remark:
        return label
    long = text.count(" ") > 2 and not COLLECTION.match(text) and not is_known_venue(text.partition(" ")[0])
    return None if long or not tells_dated_venue(label.venue) else label


def _is_identifier(text: str) -> bool:
    """Whether a link's text is an id, an address or a number rather than words."""
    return bool(_IDENTIFIER.fullmatch(text))
