"""What stands beside the title of an entry, part by part: people, venue and date, named fields, remarks."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from sys import maxsize

from .entry import EDGE, Entry, Place, gaps, joined, name_of_field, says_nothing
from .labels import Label, may_hold_label, read_label
from .people import is_one_of_people, read_people, split_at_et_al
from .running_text import CELL, HARD, SOFT, Block
from .tails import read_tail, tells_organisation
from .venues import PADDING, tells_venue

# A line that ends with a comma or ``and`` goes on in the next.
_FREE_PIECE = re.compile(f"(?:[^{HARD}{CELL}{SOFT}|·•｜]+|(?<=,){SOFT}|(?<=, ){SOFT}|(?<=\\band){SOFT})+")
_WORD_SIGN = re.compile(r"\w")
_SURNAME = re.compile(r"[A-Z][a-z'’-]+")
_YEAR_IN_BRACKETS = re.compile(r"\s*\((?:19|20)\d\d\)")
_YEAR_AT_END = re.compile(r"\((?:19|20)\d\d\)\W*$")
_DATE_AT_END = re.compile(r"[\s,(]*(?:19|20)\d\d\W*$")
_IN_VENUE = re.compile(r"(?:^|(?<=[.!?;])\s+|\s[-–—]\s+)[Ii]n:?\s+([A-Z][^.()]{2,80}(?:\([^()]*\))?[^.()]{0,20})\.?$")
_MONTH_AFTER = re.compile(r"\s*(?:19|20)\d\d[-./–]\d\d\b")
# Volume, pages and publisher may stand between.
_YEAR_AFTER = re.compile(r"(?:[\s,]+(?:(?:vol|no|pp?)\.?\s?)?\(?\d[\d():.–-]*){0,4}(?:,\s[A-Z]\w+\sPress)?"
                         r",?\s*\(?((?:19|20)\d\d)\b")
_SEVERAL = re.compile(r"[,;&，；、]|\band\b")
_IN = re.compile(r"[,.]\s+[Ii]n:?\s+$")
# Words said about the paper behind where it appeared: ``CVPR2015. Note: ...``.
_REMARK = re.compile(r"(?<=\w\.)\s+(?:notes?|comments?|remarks?):\s", re.I)
_SAYS_NOTHING = re.compile(r"(?:[\d\s:.–-]+|new|code|paper|by|and|or|with|in|none|null|n/a|tbd)\W*", re.I)


def read_beside(entry: Entry, claimed: list[tuple[int, int]]) -> None:
    """Read all of an entry's text that neither its title, its links nor its labels in brackets have claimed."""
    for start, end in entry.bracketed:
        key = ("", bool(entry.title) and start < entry.span[0], entry.block.text[start])
        entry.places.append(Place(key, entry.block.text[start + 1:end - 1], "venue"))
    for start, end, style in _parts(entry.block, claimed):
        venue, people, rest = entry.label.venue, len(entry.authors), len(entry.before) + len(entry.summary)
        _read_part(entry, start, end, style)
        said = ("venue" if entry.label.venue != venue else "people" if len(entry.authors) > people
                else "rest" if len(entry.before) + len(entry.summary) > rest else "")
        if said:
            key = (style, bool(entry.title) and start < entry.span[0], _sign_before(entry.block.text, start, end))
            entry.places.append(Place(key, entry.block.text[start:end].strip(EDGE + "*_\"“”<>"), said))


def _sign_before(text: str, start: int, end: int) -> str:
    """The sign before the first word of a part (``,``, ``(``, ``-``), empty where there is none."""
    word = _WORD_SIGN.search(text, start, end)
    lead = text[max(0, start - 2):word.start()].rstrip(" *_`") if word else ""
    return lead[-1:] if lead and not lead[-1].isalnum() else ""


def _parts(block: Block, claimed: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """The parts of the text nobody claimed, divided where lines, cells or the setting change."""
    italic = block.italic
    if len(italic) > 1:
        labels = [span for span in italic if _is_label(block.text[slice(*span)])]
        italic = labels + joined(block.text, [span for span in italic if span not in labels], " ,&")
    bold = [span for span in block.bold
            if not block.text[slice(*span)].isdigit() and not is_one_of_people(block.text, *span)]
    edges = sorted({edge for spans in (italic, bold, block.small) for start, end in spans for edge in (start, end)
                    if not name_of_field(block.text[start:end + 3])})
    styles = [(name, sorted(spans)) for name, spans in (("italic", italic), ("bold", bold), ("small", block.small))]
    parts = []
    for start, end in gaps(0, len(block.text), claimed):
        cuts = [start, *edges[bisect_right(edges, start):bisect_left(edges, end)], end]
        for a, b in zip(cuts, cuts[1:]):
            style = next((name for name, spans in styles if _is_within(a, b, spans)), "")
            for found in _FREE_PIECE.finditer(block.text[a:b]):
                parts.append((a + found.start(), a + found.end(), style))
    return parts


def _is_label(text: str) -> bool:
    """Whether words set apart are a venue by themselves, not a part of what is set so beside them."""
    label = read_label(text)
    return label is not None and bool(label.venue)


def _is_within(start: int, end: int, spans: list[tuple[int, int]]) -> bool:
    """Whether a range lies in one of these sorted spans, of which a page may have very many."""
    at = bisect_right(spans, (start, maxsize)) - 1
    return at >= 0 and end <= spans[at][1]


def _read_part(entry: Entry, start: int, end: int, style: str) -> None:
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
    if found := _REMARK.search(text):
        entry.summary.append(text[found.start():].strip())
        text, core = text[:found.start()], core[:found.start()]
    if not before and (label := _label_by_place(entry, text, (start, end), style)) is not None:
        entry.add_label(label)
        return
    if before and entry.title_from == "quote" and _SURNAME.fullmatch(core) and _YEAR_IN_BRACKETS.match(
            entry.block.text, end):
        entry.add_people(((core,), False))
        return
    if before and style == "bold" and ":" in entry.block.text[end - 1:end + 1] and _are_names_of_works(core):
        entry.before.append(core)
        return
    if before and ":" in entry.block.text[start:end] and tells_venue(core.rstrip(": ")) and (
            read_people(_DATE_AT_END.sub("", core), lone=True) is None):
        entry.add_label(read_label(core, trusted=True) or Label())
        return
    if style == "italic" and _is_organisation(entry, start, core):
        entry.organisation = entry.organisation or core
        return
    if style == "italic" and _is_nickname(entry, start, text):
        entry.summary.append(text)
        return
    if (found := _IN_VENUE.search(text)) and (label := read_label(found[1], trusted=True)) is not None and label.year:
        entry.add_label(label)
        text = text[:found.start()]
        if not _WORD_SIGN.search(text):
            return
    lone = style == "italic" and not before or text.startswith("by ")
    if read_tail(entry, text, lone=lone, before=before):
        return
    if before and not core.isdigit():
        entry.before.append(core)
    elif not _SAYS_NOTHING.fullmatch(core):
        entry.summary.append(text.strip())


def _label_by_place(entry: Entry, text: str, span: tuple[int, int], style: str) -> Label | None:
    """The label a part is by where it stands: behind the title of a reference, after ``in``, set before a year."""
    around, (start, end) = entry.block.text, span
    remark = style == "bold" or text[:1] in "(（"
    told = entry.cited or entry.title_from == "quote" and bool(_YEAR_AT_END.search(text))
    if told and not remark and (label := read_label(text.lstrip(".\" "), trusted=True)):
        return label
    if style == "bold" and _MONTH_AFTER.match(around, end) or style and tells_venue(text):
        return read_label(text, trusted=True)
    if not style and ". " not in text.strip(" .") and tells_venue(text.strip(" .")) and (
            entry.authors or read_people(_DATE_AT_END.sub("", text), lone=True) is None):
        return read_label(text, trusted=True)
    year = _YEAR_AFTER.match(around, end) if style in ("italic", "small") else None
    if style == "italic" and _IN.search(around, 0, start):
        return read_label(f"{text} {year[1] if year else ''}", trusted=True)
    if year:
        people = read_people(text, lone=True)
        if people is not None and "," in text and not may_hold_label(text.strip(PADDING)):
            return None  # quickly told, as it is asked of most lines of some lists
        label = read_label(f"{text} {year[1]}", trusted=people is None)
        return label if label is not None and label.venue else None
    return None


def _is_organisation(entry: Entry, start: int, text: str) -> bool:
    """Whether words set apart in brackets of their own tell where people work (``"Title", CVPR, 2022 (*MIT*)``)."""
    return entry.title_from == "quote" and entry.block.text[start - 1:start] == "(" and tells_organisation(text)


def _are_names_of_works(text: str) -> bool:
    """Whether single words joined by commas or ``&`` are names of works (``PondNet & MossTrack``), not of people."""
    return all(" " not in name for name in re.split(r",\s+|\s+(?:&|and)\s+", text))


def _is_nickname(entry: Entry, start: int, text: str) -> bool:
    """Whether a word or two after the links are a name of the work rather than a single author or a venue."""
    line = max(entry.block.text.rfind(mark, 0, start) for mark in (SOFT, HARD))
    linked = any(line < link.start and entry.span[1] < link.start and link.end <= start for link in entry.block.links)
    several = _SEVERAL.search(text) or split_at_et_al(text)
    return bool(entry.title) and linked and not several and read_label(text) is None


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
