"""One block of a paper list as an entry: which of its words are title, authors, venue, date and links."""

from __future__ import annotations

import re

from ..identifiers import label_kind, link_kind
from .list_entry import EDGE, Entry, add_link, gaps, joined, name_of_field, overlaps, says_nothing, with_brackets
from .list_labels import Label, read_label
from .list_people import read_people, split_at_et_al
from .list_tails import read_people_and_label, read_tail, tells_organisation
from .list_text import CELL, HARD, SOFT, Block, Link
from .list_titles import find_title

_BRACKETS = re.compile(r"\[[^\[\]\n\x1d\x1f]{1,90}\]|\([^()\n\x1d\x1f]{1,90}\)|【[^【】]{1,90}】|（[^（）]{1,90}）|"
                       r"「[^「」]{1,90}」")
# A line that ends with a comma or ``and`` goes on in the next.
_FREE_PIECE = re.compile(f"(?:[^{HARD}{CELL}{SOFT}|·•｜]+|(?<=,){SOFT}|(?<=, ){SOFT}|(?<=\\band){SOFT})+")
_REST_OF_LINE = re.compile(f"[^{HARD}{SOFT}{CELL}]*")
_LETTERS = re.compile(r"[^\W\d_]{2}")
_WORD_SIGN = re.compile(r"\w")
_AFTER_TITLE = re.compile(r"(?:[\"”][.,]?|[.?!][\"”])\s+([A-Z][^\"“”\x1d\x1f\n|()]+)$")
_LONGEST_VENUE = 110
_YEAR_AT_END = re.compile(r"\((?:19|20)\d\d\)\W*$")
_IN_VENUE = re.compile(r"(?:^|(?<=[.!?;])\s+)[Ii]n:?\s+([A-Z][^.()]{2,80}(?:\([^()]*\))?[^.()]{0,20})\.?$")
_MONTH_AFTER = re.compile(r"\s*(?:19|20)\d\d[-./–]\d\d\b")
_YEAR_AFTER = re.compile(r",?\s*\(?((?:19|20)\d\d)\b")
_BEFORE_YEAR = re.compile(r"[,\s]+(?:[A-Z][a-z]+\.?\s+)?(?:19|20)\d\d")
_TWO_DIGITS = re.compile(r"\d\d")
_IDENTIFIER = re.compile(r"(?:arxiv\s*:?\s*)?[\d.]+(?:v\d+)?|\d+|10\.\d{4,9}/\S+|https?://\S+|www\.\S+|"
                         r"[\w.-]+\.(?:pdf|html?)", re.I)
_SAYS_NOTHING = re.compile(r"(?:[\d\s:.–-]+|new|code|paper|by|and|or|with|in|none|null|n/a|tbd)\W*", re.I)
# What may stand before a venue in its brackets: ``(Ann Lee & Bo Dam, ICML'23)``.
_PEOPLE_BEFORE = re.compile(r"\w,\s|\w\s&\s|\.;\s")
_WORD_BEFORE = re.compile(r"(?<=\s)([^\W\d_]{2,12})\s?[:：]\s*$")
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
        if text and (kind in (None, "paper") or kind != "code" and _TWO_DIGITS.search(text)):
            bracketed = link.label.lstrip().startswith("[")
            label = _label_of(text, bracketed=bracketed or _in_brackets(block.text, link))
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
        to_paper = label and (label.year and label.venue or link_kind(link.url) == "other")
        add_link(entry, link, text, "paper" if to_paper else None)
        claimed.append(with_brackets(block.text, link.start, link.end))
    for found in _BARE_URL.finditer(block.text):
        if not any(start <= found.start() < end for start, end in claimed) and not any(
                link.start <= found.start() < link.end for link in candidates):
            _add_named_link(entry, Link(found.start(), found.end(), found[0], ""), claimed)
    return candidates


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
    elif (word := _WORD_BEFORE.search(text, line, start)) and label_kind(word[1]) is not None:
        add_link(entry, link, word[1].lower(), None)
        claimed.append((word.start(1), end))
    else:
        add_link(entry, link, "", None)
        claimed.append((start, end))


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
    seen = False
    for start, end in block.badges:
        label = read_label(block.text[start + 1:end - 1])
        if label is not None:
            entry.add_label(label)
        elif label_kind(block.text[start + 1:end - 1]) is None:
            entry.extra.setdefault("tags", []).append(block.text[start + 1:end - 1])
        claimed.append((start, end))
    for found in _BRACKETS.finditer(block.text):
        start, end = found.span()
        if overlaps(start, end, claimed) or any(a <= start and end <= b for a, b in kept):
            continue
        if found[0][0] == "(" and (_BEFORE_YEAR.match(block.text, end) and start and block.text[start - 1] == " "
                                   or _ends_label(block.text, start, end)):
            continue
        leading = (not seen or found[0][0] == "【") and not any(
            _LETTERS.search(block.text, *part) for part in gaps(0, start, claimed))
        square = found[0][0] in "[【「"
        label = read_label(found[0][1:-1], trusted=leading or (square and bool(_TWO_DIGITS.search(found[0]))))
        # Without a date, a name in brackets is a venue only if it would be one with a date; else it is a topic.
        if label is not None and label.venue and not label.year and (
                read_label(f"{label.venue} 2000") is None or leading and _is_whole_line(block.text, found, claimed)):
            label = None
        is_tag = label is None and leading and square and len(found[0]) < 40 and not overlaps(start, end, kept)
        if is_tag and not _is_whole_line(block.text, found, claimed):
            if not found[0][1:-1].isdigit():
                entry.extra.setdefault("tags", []).append(found[0][1:-1].strip())
            claimed.append((start, end))
            seen = True
        elif label is not None and _PEOPLE_BEFORE.search(label.venue) and read_people_and_label(
                entry, found[0][1:-1], lone=True):
            claimed.append((start, end))
            seen = True
        elif label is not None and (label.year or (square or leading or label.venue.isupper()) and str(label)):
            entry.add_label(label)
            claimed.append((start, end))
            seen = True


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


def _free(block: Block, claimed: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """The parts of the text nobody claimed, divided where lines, cells or the setting change."""
    italic = joined(block.text, block.italic, " ,&")
    bold = [span for span in block.bold if not _is_one_of_people(block.text, *span)]
    edges = {edge for spans in (italic, bold, block.small) for start, end in spans for edge in (start, end)
             if not name_of_field(block.text[start:end + 3])}
    parts = []
    for start, end in gaps(0, len(block.text), claimed):
        cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
        for a, b in zip(cuts, cuts[1:]):
            style = next((name for name, spans in (("italic", italic), ("bold", bold), ("small", block.small))
                          if any(x <= a and b <= y for x, y in spans)), "")
            for found in _FREE_PIECE.finditer(block.text[a:b]):
                parts.append((a + found.start(), a + found.end(), style))
    return parts


def _is_one_of_people(text: str, start: int, end: int) -> bool:
    """Whether bold words are one name among others (``Ann Lee, **Bo Dam**, Cy Ek``): it is no end of the list."""
    listed = text[end:end + 1] == "," or text[:start].rstrip()[-1:] == ","
    return listed and read_people(text[start:end], lone=True) is not None


def _read_segment(entry: Entry, start: int, end: int, style: str) -> None:
    """Read one part of the text beside the title: people, venue, date, a named field, or a remark."""
    text = entry.block.text[start:end]
    named = name_of_field(text)
    if named and _read_named(entry, named.role, text[named.end:].strip(EDGE + "*_")):
        return
    text = text.strip(EDGE + "*_\"“”<>")
    core = text.strip(" .()（）[]【】")
    if not _WORD_SIGN.search(core):
        return
    before = bool(entry.title) and start < entry.span[0]
    remark = style == "bold" or text[:1] in "(（"
    told = entry.cited or entry.title_from == "quote" and bool(_YEAR_AT_END.search(text))
    if told and not (before or remark) and (label := read_label(text.lstrip(".\" "), trusted=True)):
        entry.add_label(label)
        return
    if style == "bold" and not before and _MONTH_AFTER.match(entry.block.text, end) and (
            label := read_label(text, trusted=True)):
        entry.add_label(label)
        return
    if style == "italic" and not before and (year := _YEAR_AFTER.match(entry.block.text, end)) and (
            label := read_label(f"{core} {year[1]}")) is not None and label.venue:
        entry.add_label(label)
        return
    if before and style == "bold" and ":" in entry.block.text[end - 1:end + 1] and _are_names_of_works(core):
        entry.before.append(core)
        return
    if style == "italic" and entry.title_from == "quote" and entry.block.text[start - 1:start] == "(" and (
            tells_organisation(core)):
        entry.organisation = entry.organisation or core
        return
    if _is_nickname(entry, start, text) and style == "italic":
        entry.summary.append(text)
        return
    if (found := _IN_VENUE.search(text)) and (label := read_label(found[1], trusted=True)) is not None and label.year:
        entry.add_label(label)
        text = text[:found.start()]
    lone = style == "italic" and not before or text.startswith("by ")
    if read_tail(entry, text, lone=lone, before=before):
        return
    if before and not core.isdigit():
        entry.before.append(core)
    elif not _SAYS_NOTHING.fullmatch(core):
        entry.summary.append(text.strip())


def _are_names_of_works(text: str) -> bool:
    """Whether single words joined by commas or ``&`` are names of works (``PondNet & MossTrack``), not of people."""
    return all(" " not in name for name in re.split(r",\s+|\s+(?:&|and)\s+", text))


def _is_nickname(entry: Entry, start: int, text: str) -> bool:
    """Whether a word or two after the links are a name of the work rather than a single author or a venue."""
    line = max(entry.block.text.rfind(mark, 0, start) for mark in (SOFT, HARD))
    linked = any(line < link.start and entry.span[1] < link.start and link.end <= start for link in entry.block.links)
    return bool(entry.title) and linked and "," not in text and not split_at_et_al(text) and " and " not in text


def _read_named(entry: Entry, role: str, value: str) -> bool:
    """Put a named line (``Authors: ...``) into its field; False where its value reads as something else."""
    if role == "title" or role == "link" and not says_nothing(value):
        return role == "title" and not value
    entry.named.add(role)
    if not value or role in ("authors", "label", "organisation") and says_nothing(value):
        return True
    if role == "authors":
        if people := read_people(value, lone=True):
            entry.add_people(people)
        else:
            read_tail(entry, value, lone=True, before=False)
    elif role == "label":
        label = read_label(value, trusted=True)
        if label:
            entry.add_label(label)
    elif role == "keywords":
        entry.keywords = [word for part in re.split(r"[;,，；、]", value) if (word := part.strip(" []"))]
    elif role in ("organisation", "abstract"):
        setattr(entry, role, value)
    elif role == "link":
        return False
    elif role == "summary":
        entry.summary.append(value)
    return True
