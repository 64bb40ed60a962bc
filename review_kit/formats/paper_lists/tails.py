"""What stands beside a title: people, an organisation, a venue and a date."""

from __future__ import annotations

import re
from itertools import islice

from .entry import EDGE, Entry, add_link
from .labels import Label, may_hold_label, read_label
from .people import People, read_citing, read_people, split_at_et_al
from .running_text import LETTERS, Link
from .venues import is_known_venue, tells_venue

# Two capitals in a word, or words cut short, are a venue before a year: ``NeurlPS, 2022``, ``Lake Syst., 2017``.
_CAPITALS_AND_YEAR = re.compile(
    r"\w*[A-Z]\w*[A-Z][\w/-]*(?:[.,]?\s+(?:[A-Z][a-z]{2,8}\.?\s+)?|(?<=[A-Za-z-]))(?:19|20)\d\d[\s.]*")
_SHORTENED_AND_YEAR = re.compile(r"(?:[A-Z][\w-]*\.?\s+)*[A-Z][a-z]{2,}\.(?:\s+[A-Z][\w-]*\.?)*,\s+(?:19|20)\d\d[\s.]*")
_ALL_SHORTENED = re.compile(r"(?:[A-Z][\w-]*\.?\s+)*(?:[A-Z][a-z]{1,7}\.\s+){2,}(?:19|20)\d\d\.?")
# Not ``Ann Lee. PONDS, 2009``.
_STOP_AND_CAPITALS = re.compile(r"\.\s+[A-Z]{3}")
_ORGANISATION = re.compile(r"\b(?:universit\w+|institut\w*|college|labs?|laborator\w+|(?:ai|corporate)\s+research|"
                           r"google|microsoft|facebook|meta|openai|deepmind|amazon|nvidia|apple|ibm|intel|tencent|alibaba|baidu|huawei|mit|"
                           r"cmu|eth|epfl|kaist)\b", re.I)
_INITIAL = re.compile(r"\b[A-Z]\.|, [A-Z]")
# The people of a reference end with initials; what follows with a year is where it appeared.
_INITIAL_AT_END = re.compile(r"[\s.-][A-Z]\.\s+$")
_INITIAL_FIRST = re.compile(r"[A-Z]{1,2}\.? [A-Z][a-z]+$")
_PUBLISHER_FIRST = re.compile(r"(?:springer|ieee|acm|elsevier)(?:,\s[A-Z]\w+)*\.\s+(?=[A-Z])", re.I)
_STOP = re.compile(r"(?<=\w\w)(?<!\bSt)\.\s+")
_GLUED_STOP = re.compile(r"(?<=[a-z])\.(?=arXiv|[A-Z]{3})")
_WIDE_SIGNS = str.maketrans({"，": ", ", "、": ", ", "；": "; ", "。": ". "})
# Where people may end and a label begin.
_CUT = re.compile(r"[.,;:)]\s+|\s[-–—]\s|\s\(|\s(?=[A-Z][\w-]*['’]?\s?\d\d)|\s(?=in\s[A-Z])|"
                  r"\s(?=(?:19|20)\d\d(?:[./-]\d\d?)?$)")
# Where a label that stands first may end and people begin.
_CUT_AFTER_LABEL = re.compile(r"[.,;:)]\s+|\s[-–—]\s|(?<=\s(?:19|20)\d\d)\s+|(?<=^(?:19|20)\d\d)\s+|"
                              r"(?<=\b(?:19|20)\d\d[./-]\d\d)\s+")
_MOST_CUTS = 6
_DATE_AT_END = re.compile(r"[\s,.(]*(?:[A-Z][a-z]{2,8}\.?\s+)?(?:19|20)\d\d[\s.)]*$")
_LONGEST_ORGANISATION = 200
_LONGEST_VENUE = 80
_ET_AL_ALONE = re.compile(r"\bet\.?\s*al\b\.?", re.I)
# A volume behind the name of a journal.
_VOLUME = re.compile(r"[a-z]\s\d+\s?(?:\(|,\s)")
_DIGIT = re.compile(r"\d")


def is_told_label(text: str) -> bool:
    """Whether a text has the shape of a venue, known or not, before a year."""
    text = text.lstrip(". ")
    if _ALL_SHORTENED.fullmatch(text):
        return True
    shortened = _SHORTENED_AND_YEAR.fullmatch(text) and not _STOP_AND_CAPITALS.search(text)
    return len(text) < _LONGEST_VENUE and bool(shortened or _CAPITALS_AND_YEAR.fullmatch(text))


def read_tail(entry: Entry, text: str, *, lone: bool, before: bool) -> bool:
    """Read what stands beside a title as people, venue and date; False where it is something else."""
    text = _PUBLISHER_FIRST.sub("", text if text.isascii() else text.translate(_WIDE_SIGNS), count=1)
    if text.startswith("by ") and _read_led_people(entry, text[3:]):
        return True
    told = not before and is_told_label(text)
    if not _DIGIT.search(text) and (people := read_people(text)) is not None and len(people[0]) > 1:
        entry.add_people(people)
        return True
    if not lone and (found := label_and_people(text)):
        entry.add_label(found[0])
        entry.add_people(found[1])
        return True
    if found := split_at_et_al(text):
        people = read_people(found[0])
        rest = found[1].strip(EDGE + ".()")
        if not found[0].lower().removeprefix("et").strip(". ").removeprefix("al") and entry.authors:
            # The names stand in italics, ``et al.`` behind them does not.
            people = (tuple(entry.authors), True)
            entry.et_al = True
        if people is None and not LETTERS.search(_ET_AL_ALONE.sub("", found[0])):
            text, told = rest, True
        if people:
            entry.add_people(people)
            if not rest or _read_organisation(entry, rest):
                return True
            text, lone, told = rest, True, True
    several = not told and ("," in text or ". " in text)
    if several and read_people_and_label(entry, text, lone=lone):
        return True
    label = read_label(text, trusted=told)
    if label is not None:
        entry.add_label(label)
        return True
    first, stop, rest = text.lstrip(". ").partition(". ")
    if stop and " " in first and (people := read_people(first, lone=True)) and _read_organisation(entry, rest):
        entry.add_people(people)
        return True
    people = read_people(text, lone=lone)
    if people is not None and lone and entry.authors and (label := read_label(text, trusted=True)):
        entry.add_label(label)
        return True
    if people is not None and not (before and len(people[0]) < 2 and not (entry.cited or _INITIAL.search(text))):
        entry.add_people(people)
        return True
    return not several and read_people_and_label(entry, text, lone=lone)


def _read_led_people(entry: Entry, text: str) -> bool:
    """Take ``Ann Lee, Bo Dam and Cy Ek. Pond Letters 2021.``, the people up to the first stop behind no initial."""
    text = _GLUED_STOP.sub(". ", text)
    for stop in islice(_STOP.finditer(text), _MOST_CUTS):
        people = None if names_organisation(text[:stop.start()]) else read_people(text[:stop.start()], lone=True)
        label = read_label(text[stop.end():], trusted=True) if people else None
        if people is not None and label is not None and label.year:
            entry.add_people(people)
            entry.add_label(label)
            return True
    return False


def read_citing_link(entry: Entry, link: Link, text: str) -> bool:
    """Take people and date from a link that only cites (``PondNet [Lee et al., 2023](...)``); False for other links."""
    words = entry.block.text
    cited = read_citing(text)
    if cited is None or not LETTERS.search(words[:link.start] + words[link.end:]):
        return False
    people, date = cited
    entry.add_people(people)
    entry.add_label(read_label(date) or Label())
    add_link(entry, link, text, "paper")
    return True


def _read_organisation(entry: Entry, text: str) -> bool:
    """Take what follows people as their organisation, and a date behind it."""
    if not names_organisation(text) or len(text) > _LONGEST_ORGANISATION:
        return False
    date = _DATE_AT_END.search(text)
    if date and (label := read_label(date[0])) is not None:
        entry.add_label(label)
    entry.organisation = entry.organisation or text[:date.start() if date else None].strip(" .,(")
    return True


def names_organisation(text: str) -> bool:
    """Whether a text has a word of organisations, or the name of a well-known one."""
    return bool(_ORGANISATION.search(text))


def tells_organisation(text: str) -> bool:
    """Whether words alone in brackets name where people work: single words, or with a word of organisations."""
    return not split_at_et_al(text) and all(
        " " not in part or names_organisation(part) for part in re.split(r",\s+|\s+(?:[&+/]|and)\s+", text.strip()))


def read_people_and_label(entry: Entry, text: str, *, lone: bool) -> bool:
    """Read ``people, venue year``: the longest beginning that is people with a rest that is a label."""
    # No part of a text holds a label if the whole does not; brackets around it are no sign of one.
    if len(text) > 5000 or not may_hold_label(text.strip(" .()[]")):
        return False
    best = None
    for found in reversed(list(_CUT.finditer(text))):
        label = _label_behind(text, found)
        if found[0] == " " and label is not None and label.venue and not is_known_venue(label.venue.partition(" ")[0]):
            continue
        if label is None or not (label.year or label.venue) or best is not None and (
                not label.venue or found[0][0] == "." and " " not in label.venue
                or _INITIAL_FIRST.match(label.venue)):
            continue
        people = read_people(text[:found.start()], lone=lone or bool(label.year))
        if people is None and found[0][0] == ".":
            people = read_people(text[:found.start() + 1])
        sure = people and (found[0][0] not in ". " or people[1] or len(people[0]) > 1
                           or " " in people[0][0] and (label.venue or found[0] != " "))
        if people is not None and sure:
            best = people, label
            if label.venue:
                break
    if best is not None:
        entry.add_people(best[0])
        entry.add_label(best[1])
    return best is not None


def _label_behind(text: str, cut: re.Match[str]) -> Label | None:
    """The label behind a place where people may end; its venue need not be known where it is told to be one."""
    rest = text[cut.end():]
    return read_label(rest, trusted=is_told_label(rest)) or _label_after_people(text, cut)


def label_and_people(text: str) -> tuple[Label, People] | None:
    """What a text says that is a label and then people (``PONDS 2020, Lee et al.``); None for other texts."""
    if not may_hold_label(text[:_LONGEST_VENUE].strip(" .()[]")):
        return None
    for cut in islice(_CUT_AFTER_LABEL.finditer(text, 0, _LONGEST_VENUE), _MOST_CUTS):
        first = text[:cut.start()].strip(" ,")
        label = read_label(first, trusted=is_told_label(first))
        if label is None or not (label.year or label.venue):
            continue
        rest = text[cut.end():]
        people = read_people(rest, lone=bool(label.year)) if rest[:1] not in "([" else None
        if people is not None and (people[1] or len(people[0]) > 1 or " " in people[0][0]):
            return label, people
    return None


def _label_after_people(text: str, cut: re.Match[str]) -> Label | None:
    """The label, its venue unknown, behind people (``Ann Lee. Pond Letters 2014``, ``Ann Lee, Pond talks, 2014``).

    Behind a stop it has the shape of one; behind a comma it is no name as those before it are.
    """
    rest = text[cut.end():]
    stop = cut[0][0] == "." and (_INITIAL_AT_END.search(text, 0, cut.end()) or tells_venue(rest.strip(" .")))
    label = read_label(rest, trusted=True) if stop or cut[0][0] == "," else None
    if label is None or not (label.year and label.venue) or "," in label.venue or label.venue.startswith("and "):
        return None
    if cut[0][0] == ",":
        people = read_people(label.venue, lone=True)
        names = read_people(text[:cut.start()], lone=True)
        full = names is not None and all(" " in name for name in names[0])
        unlike = people is None or people[0] == (label.venue,) or bool(_VOLUME.search(rest))
        return label if full and unlike else None
    return label
