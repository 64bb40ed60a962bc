"""One block of a paper list as an entry: which of its words are title, authors, venue, date and links."""

from __future__ import annotations

import re

from ..identifiers import label_kind, link_kind
from .list_entry import EDGE, NAMED, ROLE_OF_NAME, Entry, add_link, gaps, overlaps, with_brackets
from .list_labels import may_hold_label, read_label
from .list_people import read_people, split_at_et_al
from .list_text import CELL, HARD, SOFT, Block, Link
from .list_titles import find_title

_BRACKETS = re.compile(r"\[[^\[\]\n\x1d\x1f]{1,90}\]|\([^()\n\x1d\x1f]{1,90}\)|【[^【】]{1,90}】|（[^（）]{1,90}）|"
                       r"「[^「」]{1,90}」")
_FREE_PIECE = re.compile(f"[^{HARD}{CELL}{SOFT}|·•]+")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD_SIGN = re.compile(r"\w")
_TWO_DIGITS = re.compile(r"\d\d")
_IDENTIFIER = re.compile(r"(?:arxiv\s*:?\s*)?[\d.]+(?:v\d+)?|\d+|10\.\d{4,9}/\S+|https?://\S+|www\.\S+|"
                         r"[\w.-]+\.(?:pdf|html?)", re.I)
_SAYS_NOTHING = re.compile(r"(?:\d{1,3}|new|code|paper|and|or|with|in|none|null|n/a|tbd)\W*", re.I)
_INITIAL = re.compile(r"\b[A-Z]\.|, [A-Z]")
# Where people may end and a label begin.
_CUT = re.compile(r"[.,;:)]\s+|\s[-–—]\s|\s\(|\s(?=[A-Z][\w-]*['’]?\s?\d\d)|\s(?=in\s[A-Z])")
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
    find_title(entry, claimed, candidates)
    if entry.title:
        claimed.append(entry.span)
    for start, end, style in _free(block, claimed):
        _read_segment(entry, start, end, style)
    return entry


def _sort_links(entry: Entry, claimed: list[tuple[int, int]]) -> list[Link]:
    """Put the links that have a label into the entry; give back those whose text may be a title."""
    block, candidates = entry.block, []
    for link in block.links:
        text = link.label.strip(" []()（）【】`*_:|,.")
        kind = label_kind(text)
        label = None
        if text and kind in (None, "paper"):
            label = read_label(text, trusted=link.label.lstrip().startswith("["))
        if label is not None and kind is not None:
            label, kind = (label, None) if label.venue and label.year else (None, kind)
        if link.url.startswith("#") or not link.url or link.url.startswith("mailto:"):
            if kind is not None or link.picture:
                claimed.append((link.start, link.end))
            elif link.url:
                entry.extra.setdefault("anchors", []).append(text)
            continue
        named = kind is None and label is None and not link.picture and bool(_LETTERS.search(text))
        if named and not _is_identifier(text):
            candidates.append(link)
            continue
        if label is not None and not link.picture and (label.venue or label.year):
            entry.add_label(label)
        elif link.picture and kind is None and (badge := read_label(text)) is not None and badge.year:
            entry.add_label(badge)
        add_link(entry, link, text, "paper" if label and link_kind(link.url) == "other" else None)
        claimed.append(with_brackets(block.text, link.start, link.end))
    for found in _BARE_URL.finditer(block.text):
        if not any(start <= found.start() < end for start, end in claimed) and not any(
                link.start <= found.start() < link.end for link in candidates):
            add_link(entry, Link(found.start(), found.end(), found[0], ""), "", None)
            claimed.append(with_brackets(block.text, found.start(), found.end()))
    return candidates


def _is_identifier(text: str) -> bool:
    """Whether a link's text is an id, an address or a number rather than words."""
    return bool(_IDENTIFIER.fullmatch(text))


def _claim_brackets(entry: Entry, claimed: list[tuple[int, int]], candidates: list[Link]) -> None:
    """Take venue and date labels that stand in brackets, outside of what may be the title."""
    block = entry.block
    kept = [(link.start, link.end) for link in candidates] + [
        span for span in block.bold if span[1] - span[0] > 60 or not read_label(block.text[slice(*span)], trusted=True)]
    seen = False
    for found in _BRACKETS.finditer(block.text):
        start, end = found.span()
        if overlaps(start, end, claimed) or any(a <= start and end <= b for a, b in kept):
            continue
        leading = not seen and not _WORD_SIGN.search("".join(block.text[a:b] for a, b in gaps(0, start, claimed)))
        square = found[0][0] in "[【「"
        label = read_label(found[0][1:-1], trusted=leading or (square and bool(_TWO_DIGITS.search(found[0]))))
        # Without a date, a name in brackets is a venue only if it would be one with a date; else it is a topic.
        if label is not None and label.venue and not label.year and read_label(f"{label.venue} 2000") is None:
            label = None
        if label is None and leading and square and len(found[0]) < 40 and not overlaps(start, end, kept):
            entry.extra.setdefault("tags", []).append(found[0][1:-1].strip())
            claimed.append((start, end))
            seen = True
        elif label is not None and (label.year or (square or leading or label.venue.isupper()) and str(label)):
            entry.add_label(label)
            claimed.append((start, end))
            seen = True


def _free(block: Block, claimed: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """The parts of the text nobody claimed, divided where lines, cells or the setting change."""
    edges = {edge for spans in (block.italic, block.bold, block.small) for span in spans for edge in span}
    parts = []
    for start, end in gaps(0, len(block.text), claimed):
        cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
        for a, b in zip(cuts, cuts[1:]):
            style = next((name for name in ("italic", "bold", "small")
                          if any(x <= a and b <= y for x, y in getattr(block, name))), "")
            for found in _FREE_PIECE.finditer(block.text[a:b]):
                parts.append((a + found.start(), a + found.end(), style))
    return parts


def _read_segment(entry: Entry, start: int, end: int, style: str) -> None:
    """Read one part of the text beside the title: people, venue, date, a named field, or a remark."""
    text = entry.block.text[start:end]
    named = NAMED.match(text)
    if named and _read_named(entry, named["name"].lower().replace(" ", ""), text[named.end():]):
        return
    text = text.strip(EDGE + "*_")
    core = text.strip(" .()（）[]【】")
    if not _WORD_SIGN.search(core):
        return
    before = bool(entry.title) and start < entry.span[0]
    if _read_tail(entry, text, lone=style == "italic" and not before, before=before):
        return
    if before:
        entry.before.append(core)
    elif not _SAYS_NOTHING.fullmatch(core):
        entry.summary.append(text.strip())


def _read_named(entry: Entry, name: str, value: str) -> bool:
    """Put a named line (``Authors: ...``) into its field."""
    role = next((role for role, names in ROLE_OF_NAME.items() if name in names), None)
    value = value.strip(EDGE + "*_")
    if role is None:
        return not value
    if role == "authors":
        people = read_people(value, lone=True)
        if people:
            entry.add_people(people)
    elif role == "label":
        label = read_label(value, trusted=True)
        if label:
            entry.add_label(label)
    elif role == "keywords":
        entry.keywords = [word.strip() for word in re.split(r"[;,，；、]", value) if word.strip()]
    elif role in ("organisation", "abstract"):
        setattr(entry, role, value)
    elif role == "summary" and value:
        entry.summary.append(value)
    return True


def _read_tail(entry: Entry, text: str, *, lone: bool, before: bool) -> bool:
    """Read what stands beside a title as people, venue and date; False where it is something else."""
    told = False
    if found := split_at_et_al(text):
        people = read_people(found[0])
        rest = found[1].strip(EDGE + ".()")
        if people:
            entry.add_people(people)
            if not rest:
                return True
            text, lone, told = rest, True, True
    if ("," in text or ". " in text) and _read_people_and_label(entry, text, lone=lone):
        return True
    label = read_label(text, trusted=told)
    if label is not None:
        entry.add_label(label)
        return True
    people = read_people(text, lone=lone)
    if people is not None and lone and entry.authors and (label := read_label(text, trusted=True)):
        entry.add_label(label)
        return True
    if people is not None and not (before and len(people[0]) < 2 and not _INITIAL.search(text)):
        entry.add_people(people)
        return True
    return _read_people_and_label(entry, text, lone=lone)


def _read_people_and_label(entry: Entry, text: str, *, lone: bool) -> bool:
    """Read ``people, venue year``: the longest beginning that is people with a rest that is a label."""
    if len(text) > 5000 or not may_hold_label(text):
        return False
    for found in reversed(list(_CUT.finditer(text))):
        label = read_label(text[found.end():])
        if label is None or not (label.year or label.venue):
            continue
        people = read_people(text[:found.start()], lone=lone or bool(label.year))
        if people is None and found[0][0] == ".":
            people = read_people(text[:found.start() + 1])
        if people is not None:
            entry.add_people(people)
            entry.add_label(label)
            return True
    return False
