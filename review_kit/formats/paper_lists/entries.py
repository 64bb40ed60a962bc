"""One block of a paper list as an entry: which of its words are title, authors, venue, date and links."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...identifiers import label_kind, link_kind
from .beside import read_beside
from .entry import Entry, Name, add_link, gaps, name_of_field, overlaps, with_brackets
from .labels import Label, may_hold_label, read_label
from .people import split_at_et_al
from .running_text import CELL, HARD, SOFT, Block, Link
from .tails import read_citing_link, read_people_and_label, read_tail
from .title_options import is_strong_title
from .titles import find_title
from .venues import is_known_venue, tells_venue

_BRACKETS = re.compile(r"\[[^\[\]\n\x1d\x1f]{1,90}\]|[(（][^()（）\n\x1d\x1f]{1,90}[)）]|【[^【】]{1,90}】|"
                       r"「[^「」]{1,90}」")
_REST_OF_LINE = re.compile(f"[^{HARD}{SOFT}{CELL}]*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_AFTER_TITLE = re.compile(r"(?:[\"”][.,]?|[.?!][\"”])\s+([A-Z][^\"“”\x1d\x1f\n|()]+)$")
_LONGEST_VENUE, _LONGEST_PAGES = 110, 24
_BESIDE_PAPERS = ("code", "project", "data", "model")
# Fields whose values are no titles, however long.
_NOT_TITLES = frozenset(("abstract", "summary", "keywords", "organisation"))
_AFTER_PAGES = re.compile(r"\d[–-]\d+ $|[\d)], \w*\d+ $")
_BEFORE_YEAR = re.compile(r"[,\s]+(?:[A-Z][a-z]+\.?\s+)?(?:19|20)\d\d")
_TWO_DIGITS = re.compile(r"\d\d")
_IDENTIFIER = re.compile(r"(?:arxiv\s*:?\s*)?[\d.]+(?:v\d+)?|\d+|10\.\d{4,9}/\S+|https?://\S+|www\.\S+|"
                         r"[\w.-]+\.(?:pdf|html?)", re.I)
# What may stand before a venue in its brackets: ``(Ann Lee & Bo Dam, ICML'23)``.
_PEOPLE_BEFORE = re.compile(r"\w[.\s]\s?\w[\w.’'-]*,\s|\w\s&\s|\.;\s|\bet al\b")
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
    _claim_brackets(entry, claimed, candidates)
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
    if entry.label.venue and not entry.label.year and entry.title.startswith(f"{entry.label.venue}:"):
        entry.label = Label(remark=entry.label.remark)
    read_beside(entry, claimed)
    return entry


def _names_links(block: Block, named: Name, candidates: list[Link]) -> bool:
    """Whether a block is nothing but links to what belongs to a paper, and their name (``Code: [PondNet](...)``)."""
    spans = [(link.start, link.end) for link in block.links]
    return label_kind(named.word) in _BESIDE_PAPERS and all(link_kind(link.url) != "paper" for link in candidates) and (
        not any(_LETTERS.search(block.text, *part) for part in gaps(named.end, len(block.text), spans)))


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
    _claim_brackets(entry, claimed, [])
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
        named = kind is None and label is None and not link.picture and bool(_LETTERS.search(text))
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
        to_paper = label and (label.year and label.venue or link_kind(link.url) == "other")
        add_link(entry, link, text, "paper" if to_paper else None)
        claimed.append(with_brackets(block.text, link.start, link.end))
    for found in _BARE_URL.finditer(block.text):
        if not any(start <= found.start() < end for start, end in claimed) and not any(
                link.start <= found.start() < link.end for link in candidates):
            _add_named_link(entry, Link(found.start(), found.end(), found[0], ""), claimed)
    return candidates


def _tells_venue_first(block: Block, link: Link, label: Label) -> bool:
    """Whether a link that stands before everything else is labelled with its paper's venue (``[[CVPR](...)] ...``)."""
    first = not _LETTERS.search(block.text, 0, link.start)
    return first and is_known_venue(label.venue) and bool(_LETTERS.search(block.text, link.end))


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
    for words in (rest,) if named else (text,):
        label = read_label(words, trusted=True)
        if label is not None and label.year and (label.venue or read_label(words) is not None):
            return label
    return None


def _in_brackets(text: str, link: Link) -> bool:
    """Whether a link is its own pair of square brackets, or stands in one."""
    start, end = with_brackets(text, link.start, link.end)
    return text[start:start + 1] == "[" and text[end - 1:end] == "]"


def _label_of(text: str, *, bracketed: bool) -> Label | None:
    """The label a link's text is; in brackets its venue need not be known, if it would be one with a date."""
    label = read_label(text, trusted=bracketed)
    doubtful = label is not None and bool(label.venue) and not label.year and not label.remark
    return None if doubtful and read_label(f"{label.venue} 2000") is None else label


def _is_identifier(text: str) -> bool:
    """Whether a link's text is an id, an address or a number rather than words."""
    return bool(_IDENTIFIER.fullmatch(text))


def _claim_brackets(entry: Entry, claimed: list[tuple[int, int]], candidates: list[Link]) -> None:
    """Take venue and date labels that stand in brackets, outside of what may be the title."""
    block = entry.block
    kept = [(link.start, link.end) for link in candidates] + [
        span for span in block.bold if span[1] - span[0] > 60 or not read_label(block.text[slice(*span)], trusted=True)]
    _claim_badges(entry, claimed)
    of_links, tags, marked = list(claimed), sorted(block.small), sorted({*block.small, *block.bold})
    seen, leading, looked_from = False, True, 0
    for found in _BRACKETS.finditer(block.text):
        start, end = found.span()
        if overlaps(start, end, claimed) or any(a <= start and end <= b for a, b in kept):
            continue
        if found[0][0] == "(" and _belongs_to_venue(block.text, start, end):
            continue
        square = found[0][0] in "[【「"
        # Where words stand before one pair of brackets, they stand before all that follow.
        leading = leading and not any(
            _LETTERS.search(block.text, *part) for part in gaps(looked_from, start, [*of_links, *claimed[-1:]]))
        looked_from = start
        first = leading and (not seen or found[0][0] == "【")
        bold = (start + 1, end - 1) in block.bold
        if not (first or square or bold or may_hold_label(found[0][1:-1]) or " al" in found[0]):
            continue
        label = read_label(found[0][1:-1], trusted=first or bold or tells_venue(found[0][1:-1])
                           or square and bool(_TWO_DIGITS.search(found[0])))
        # Without a date, a name in brackets is a venue only if it would be one with a date; else it is a topic.
        if label is not None and label.venue and not label.year and (
                read_label(f"{label.venue} 2000") is None or first and _is_whole_line(block.text, found, claimed)):
            label = None
        tells = label is not None and (label.year or is_known_venue(label.venue))
        is_tag = label is None and first and square and len(found[0]) < 40 and not overlaps(start, end, kept)
        if _PEOPLE_BEFORE.search(found[0]) and _takes_people(entry, found[0][1:-1]):
            claimed.append((start, end))
            seen = True
        elif is_tag and not _is_whole_line(block.text, found, claimed):
            if not found[0][1:-1].isdigit():
                entry.extra.setdefault("tags", []).append(found[0][1:-1].strip())
            claimed.append((start, end))
            seen = True
        elif square and not tells and _is_set_as_tags(block, start, end, tags if leading else marked):
            entry.extra.setdefault("tags", []).append(" ".join(found[0][1:-1].split()))
            claimed.append((start, end))
        elif label is not None and (label.year or square or first or bold or label.venue.isupper()):
            entry.add_label(label)
            claimed.append((start, end))
            seen = True


def _belongs_to_venue(text: str, start: int, end: int) -> bool:
    """Whether brackets are part of a venue's name, or hold the year of a reference behind its venue or pages."""
    before_year = _BEFORE_YEAR.match(text, end) and start and text[start - 1] == " "
    return bool(before_year or _AFTER_PAGES.search(text[max(0, start - _LONGEST_PAGES):start])) or _ends_label(text, start, end)


def _takes_people(entry: Entry, text: str) -> bool:
    """Take people and label from brackets; False where they hold something else."""
    if split_at_et_al(text):
        return read_tail(entry, text, lone=False, before=False)
    return read_people_and_label(entry, text, lone=True)


def _claim_badges(entry: Entry, claimed: list[tuple[int, int]]) -> None:
    """Take the labels that badges without a link tell; what else they say is a topic."""
    for start, end in entry.block.badges:
        text = entry.block.text[start + 1:end - 1]
        if (label := read_label(text)) is not None:
            entry.add_label(label)
        elif label_kind(text) is None:
            entry.extra.setdefault("tags", []).append(text)
        claimed.append((start, end))


def _is_set_as_tags(block: Block, start: int, end: int, marked: list[tuple[int, int]]) -> bool:
    """Whether all words in brackets, or these themselves, are set as topics are: these spans of the text."""
    near = marked[max(0, bisect_left(marked, (start, 0)) - 1):bisect_left(marked, (end, 0))]
    if any(a <= start and end <= b for a, b in near[:2]):
        return True
    spans = [span for span in near if start < span[0] and span[1] < end]
    return bool(spans) and not any(_LETTERS.search(block.text, *part) for part in gaps(start, end, spans))


def _ends_label(text: str, start: int, end: int) -> bool:
    """Whether a year in brackets belongs to the venue after a quoted title (``"Title." Pond Letters (2020)``)."""
    if end - start != 6 or not text[start + 1:end - 1].isdigit():
        return False
    venue = _AFTER_TITLE.search(text, max(0, start - _LONGEST_VENUE), start)
    label = read_label(text[venue.start(1):end], trusted=True) if venue else None
    return label is not None and bool(label.venue)


def _is_whole_line(text: str, found: re.Match[str], claimed: list[tuple[int, int]]) -> bool:
    """Whether several words in brackets have no word after them on their line but those of links."""
    rest = gaps(found.end(), _REST_OF_LINE.match(text, found.end()).end(), claimed)
    return " " in found[0].strip(" []()") and not any(_LETTERS.search(text, *part) for part in rest)
