"""What stands in brackets beside a title: venue and date, people, topics; and what badges tell."""

from __future__ import annotations

import re
from bisect import bisect_left

from ...identifiers import label_kind
from .entry import Entry, gaps, overlaps
from .labels import Label, may_hold_label, read_label, tells_dated_venue
from .people import split_at_et_al
from .running_text import CELL, HARD, LETTERS, SOFT, Block, Link
from .tails import is_told_label, read_people_and_label, read_tail
from .title_options import is_strong_title
from .venues import is_known_venue, tells_venue

_BRACKETS = re.compile(r"\[[^\[\]\n\x1d\x1f]{1,90}\]|[(（][^()（）\n\x1d\x1f]{1,400}[)）]|【[^【】]{1,90}】|"
                       r"「[^「」]{1,90}」")
_REST_OF_LINE = re.compile(f"[^{HARD}{SOFT}{CELL}]*")
_AFTER_TITLE = re.compile(r"(?:[\"”][.,]?|[.?!][\"”])\s+([A-Z][^\"“”\x1d\x1f\n|()]+)$")
_LONGEST_VENUE, _LONGEST_PAGES = 110, 24
# Longer ones hold only people.
_LONGEST_BRACKETS = 92
_AFTER_PAGES = re.compile(r"\d[–-]\d+ $|[\d)], \w*\d+ $")
_BEFORE_YEAR = re.compile(r"[,\s]+(?:[A-Z][a-z]+\.?\s+)?(?:19|20)\d\d")
_YEAR_AT_END = re.compile(r"\b(?:19|20)\d\d\W*$")
# What a badge says it tells: ``year 2001``, ``pub PONDS``.
_NAME_OF_BADGE = re.compile(r"^(?:year|date|pub|venue|conference|conf|journal)[\s:]+", re.I)
_TWO_DIGITS = re.compile(r"\d\d")
# What may stand before a venue in its brackets: ``(Ann Lee & Bo Dam, ICML'23)``.
_PEOPLE_BEFORE = re.compile(r"\w[.\s]\s?\w[\w.’'-]*,\s|\w\s&\s|\.;\s|\bet al\b")


def claim_brackets(entry: Entry, claimed: list[tuple[int, int]], candidates: list[Link]) -> None:
    """Take venue and date labels that stand in brackets, outside of what may be the title."""
    block = entry.block
    kept = [(link.start, link.end) for link in candidates] + [
        span for span in block.bold
        if is_strong_title(text := block.text[slice(*span)]) or not read_label(text, trusted=True)]
    _claim_badges(entry, claimed)
    of_links, tags, marked = list(claimed), sorted(block.small), sorted({*block.small, *block.bold})
    seen, leading, looked_from = False, True, 0
    for found in _BRACKETS.finditer(block.text):
        start, end = found.span()
        taken = overlaps(start, end, claimed) or any(a <= start and end <= b for a, b in kept)
        if taken or _is_left_to_others(block.text, found):
            continue
        square = found[0][0] in "[【「"
        # Where words stand before one pair of brackets, they stand before all that follow.
        leading = leading and not any(
            LETTERS.search(block.text, *part) for part in gaps(looked_from, start, [*of_links, *claimed[-1:]]))
        looked_from = start
        first = leading and (not seen or found[0][0] == "【")
        bold = (start + 1, end - 1) in block.bold
        if not (first or square or bold or may_hold_label(found[0][1:-1]) or " al" in found[0]):
            continue
        label = _label_in(found[0], trusted=first or bold)
        undated = label is not None and bool(label.venue) and not label.year
        if undated and first and _is_whole_line(block.text, found, claimed):
            label = None
        tells = label is not None and (label.year or is_known_venue(label.venue))
        if square and label is None and (start, end) in block.bold and _is_title(block, found):
            continue
        is_tag = label is None and first and square and len(found[0]) < 40 and not overlaps(start, end, kept)
        is_topic = is_tag and not _is_whole_line(block.text, found, claimed) or (
            square and not tells and _is_set_as_tags(block, start, end, tags if leading else marked))
        if _PEOPLE_BEFORE.search(found[0]) and _takes_people(entry, found[0][1:-1]):
            pass
        elif is_topic:
            if not found[0][1:-1].isdigit():
                entry.extra.setdefault("tags", []).append(" ".join(found[0][1:-1].split()))
        elif label is not None and (label.year or square or first or bold or label.venue.isupper()):
            entry.add_label(label)
            entry.bracketed += [(start, end)] if label.venue else []
        else:
            continue
        claimed.append((start, end))
        seen = True


def _label_in(brackets: str, *, trusted: bool) -> Label | None:
    """The label in brackets; without a date, a name is a venue only if it would be one with a date, else a topic."""
    words = brackets[1:-1]
    square = brackets[0] in "[【「"
    label = read_label(words, trusted=trusted or tells_venue(words) or square and bool(_TWO_DIGITS.search(words)))
    undated = label is not None and bool(label.venue) and not label.year
    undated = undated and not (label.remark and label.venue.isupper())
    return None if undated and not tells_dated_venue(label.venue) else label


def _is_left_to_others(text: str, found: re.Match[str]) -> bool:
    """Whether brackets are part of a venue's name, or so long that they are no label and no people of a year."""
    if found[0][0] == "(" and _belongs_to_venue(text, *found.span()):
        return True
    long = found.end() - found.start() > _LONGEST_BRACKETS
    return long and not (_YEAR_AT_END.search(found[0]) and _PEOPLE_BEFORE.search(found[0]))


def _is_title(block: Block, found: re.Match[str]) -> bool:
    """Whether words in brackets are the title: people or a venue follow (``**[Tidy Ponds]** A. Lee. KDD, 2018``)."""
    rest = _REST_OF_LINE.match(block.text, found.end())[0].partition("[")[0].strip(" ,*")
    return " " in found[0] and label_kind(found[0][1:-1]) is None and bool(rest) and read_tail(
        Entry(block), rest, lone=False, before=False)


def _claim_badges(entry: Entry, claimed: list[tuple[int, int]]) -> None:
    """Take the labels that badges without a link tell; what else they say is a topic."""
    for start, end in entry.block.badges:
        text = _NAME_OF_BADGE.sub("", entry.block.text[start + 1:end - 1])
        if (label := read_label(text, trusted=text != entry.block.text[start + 1:end - 1]
                                or is_told_label(text))) is not None:
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
    return bool(spans) and not any(LETTERS.search(block.text, *part) for part in gaps(start, end, spans))


def _belongs_to_venue(text: str, start: int, end: int) -> bool:
    """Whether brackets are part of a venue's name, or hold the year of a reference behind its venue or pages."""
    before_year = _BEFORE_YEAR.match(text, end) and start and text[start - 1] == " "
    pages = _AFTER_PAGES.search(text[max(0, start - _LONGEST_PAGES):start])
    return bool(before_year or pages) or _ends_label(text, start, end)


def _takes_people(entry: Entry, text: str) -> bool:
    """Take people and label from brackets; False where they hold something else."""
    if split_at_et_al(text):
        return read_tail(entry, text, lone=False, before=False)
    return read_people_and_label(entry, text, lone=True)


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
    return " " in found[0].strip(" []()") and not any(LETTERS.search(text, *part) for part in rest)
