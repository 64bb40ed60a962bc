"""Which of an entry's plain words, those not set apart, may be its title, and where that ends."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from .citations import people_before
from .entry import EDGE, Entry, gaps, name_of_field, overlaps, says_nothing
from .labels import read_label, starts_with_label
from .people import read_people, split_at_et_al
from .running_text import CELL, HARD, SOFT
from .tails import is_told_label, label_and_people
from .title_options import LONGEST_TITLE, Span, is_strong_title
from .venues import is_known_venue

_STOP = re.compile(r"(?:(?<=[^\W\d_]{2})(?<!\bvs)|(?<=[)\]+])|(?<=[^\W\d_]\s\d))[.。](?=\s|$)|\n|"
                   r"\s\(|\s?[,，](?:\s|(?=arxiv|[A-Z]{3}))|\s[-–—|]\s")
_BRACKET_FIRST = re.compile(r"\W*[(（](?:[^()（）]*[)）]\W*$|[^()（）]*$)")
_WORD_SIGN = re.compile(r"\w")
_DATE_BEHIND = re.compile(r"(?:[*_\s,]*\(?(?:19|20)\d\d\b\)?)?")
_INITIAL = re.compile(r"\b[A-Z]\.")
_IN_AT_END = re.compile(r"[,.]\s+[Ii]n$")
_PLAIN = re.compile(f"[^{HARD}{CELL}|·•]+")
_ENDS = (".", ",", "?", "!", ")")
_PAPER = frozenset(("paper", "papers", "论文"))
_FEW = 2
# A link that is missing leaves its name before the title: ``/ code - Title``.
_NAME_OF_NO_LINK = re.compile(r"\W*(?:code|paper|pdf|project|website|data)\s+[-–—]\s+", re.I)


def plain_title(entry: Entry, claimed: list[Span]) -> Span | None:
    """Where the first plain words stand that may be a title; people and labels before it are passed over."""
    block, people = entry.block, None
    set_apart = sorted({*block.italic, *block.bold, *block.small})
    for start, end in gaps(0, len(block.text), claimed):
        near = set_apart[bisect_left(set_apart, (start, 0)):bisect_left(set_apart, (end, 0))]
        for a, b in _plain_pieces(block.text, start, end, near):
            piece = block.text[a:b]
            named = name_of_field(piece)
            if named and (named.role not in ("title", "link") or says_nothing(piece[named.end:])):
                continue
            a += named.end if named and (named.role == "title" or named.word in _PAPER) else 0
            a += len(block.text[a:b]) - len(block.text[a:b].lstrip(EDGE + ".*_"))
            a += _line_before(block.text[a:b])
            leading = starts_with_label(block.text[a:b])
            if leading and len(block.text[a + leading[1]:b].split()) > _FEW:
                entry.add_label(leading[0])
                a += leading[1]
            if len(piece.split()) > 3 and read_people(block.text[a:b]) is not None or _BRACKET_FIRST.match(piece):
                continue
            a += len(found[0]) if (found := _NAME_OF_NO_LINK.match(block.text[a:b])) else 0
            a += people_before(block.text[a:b])
            piece = _IN_AT_END.sub("", first_part(block.text[a:b]).rstrip(EDGE + "*_([（"))
            if not re.search(r"[^\W\d_]{2}", piece) or read_label(piece) is not None:
                continue
            if any(first <= a and a + len(piece) <= last for first, last in block.small):
                people = people or (a, a + len(piece))
                continue
            if read_people(piece) is None:
                return a, a + len(piece)
            if len(piece.split()) <= 3 and not split_at_et_al(piece) and not overlaps(a, a + 1, block.italic):
                people = people or (a, a + len(piece))
    return people


def _plain_pieces(text: str, start: int, end: int, set_apart: list[Span]) -> Iterator[Span]:
    """The parts of a range between hard breaks and bars, and where the setting changes with what is said."""
    for found in _PLAIN.finditer(text, start, end):
        a, b = found.span()
        for cut, closed in set_apart:
            if not a <= cut < b:
                continue
            closed = min(closed, b)
            first = not _WORD_SIGN.search(text, a, cut)
            ends = text[max(a, cut - 3):cut].rstrip().endswith(_ENDS)
            if not first and (ends or _tells_its_place(text[cut:closed])):
                yield a, cut
                a, first = cut, True
            if first and _ends_what_is_first(text, cut, closed, b):
                cut = _DATE_BEHIND.match(text, closed, b).end()
                yield a, cut
                a = cut
        yield a, b


def _line_before(text: str) -> int:
    """How many characters the line above the title takes that is people or a label and nothing else."""
    line, stop, rest = text.partition(SOFT)
    if not stop or len(rest.split()) < _FEW:
        return 0
    told = " " in line and read_people(line, lone=True) is not None or (
        label := read_label(line)) is not None and bool(label.year or label.venue)
    return len(line) + len(stop) if told and not line.rstrip().endswith(",") else 0


def _ends_what_is_first(text: str, start: int, end: int, stop: int) -> bool:
    """Whether words set apart at the beginning tell what stands before a title, or are the title before such."""
    label = read_label(text[start:end])
    if label is not None and (label.year or label.venue) or _tells_its_place(text[start:end]):
        return True
    return is_strong_title(text[start:end]) and _reads_as_tail(text[end:stop].strip(EDGE + ".*_"))


def _tells_its_place(text: str) -> bool:
    """Whether words set apart tell the people, the venue or the date rather than words of a title."""
    found = split_at_et_al(text)
    people = read_people(found[0] if found else text)
    if people is not None and (found or len(people[0]) > 1 or _INITIAL.search(text)):
        return True
    label = read_label(text, trusted=True)
    return label is not None and bool(label.year or is_known_venue(label.venue))


def first_part(text: str) -> str:
    """The words up to a sentence's end that is followed by people or a label, or a label in brackets."""
    for found in _STOP.finditer(text[:LONGEST_TITLE]):
        after = text[found.end():found.end() + LONGEST_TITLE].strip(EDGE + ".")
        if not after:
            return text[:found.start()]
        if found[0].lstrip()[:1] in ",，":
            if text.count("(", 0, found.start()) == text.count(")", 0, found.start()) and (
                    _reads_as_tail(after, comma=True)):
                return text[:found.start()]
            continue
        told = found[0][0] in ".\n" and is_told_label(after)
        if told or _reads_as_tail(after) or (found[0][0] in "\n" and len(after.split()) > 3 and read_people(after)):
            return text[:found.start()]
    return text[:LONGEST_TITLE]


def _reads_as_tail(text: str, *, comma: bool = False) -> bool:
    """Whether what follows a title is people, a venue or a date; after a comma only what is certain counts."""
    text = text.strip(" ()[]")
    at = split_at_et_al(text)
    if at and len(at[0]) < 200 and read_people(at[0]):
        return True
    label = read_label(text)
    if label is not None and (label.year or (label.venue and not comma)) or label_and_people(text):
        return True
    if comma:
        name = label.venue.split(" ")[0] if label else ""
        if is_known_venue(name) and (sum(map(str.isupper, name)) > 1 or name.lower() == "arxiv"):
            return True
        people = read_people(text)
        return people is not None and len(people[0]) > 1 and all("," in name for name in people[0])
    pieces = re.split(r"[.;]\s|\s[-–—|]\s|,\s(?=\d{4}|[A-Z]{3,}\b)", text, maxsplit=1)
    first = pieces[0]
    if len(pieces) == 2 and read_people(first) and (read_label(pieces[1]) or len(first.split()) > 3):
        return True
    return read_people(text) is not None and len(text.split()) > 1
