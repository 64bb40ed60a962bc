"""What is told by the company it keeps: it stands where the venues, or the people, of most of its list stand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from .entry import Entry, Place
from .labels import Label, read_label, tells_dated_venue
from .people import read_people
from .tails import names_organisation

_ENOUGH = 3
_SHARE = 0.5
_MOST_WORDS = 8


def take_venues_of_siblings(entries: list[Entry]) -> None:
    """Read as a venue what stands beside a title where most of its list have one, if the entry has none yet.

    Parameters
    ----------
    entries
        The papers of a page. An unknown name, a lone word taken for a person or a remark becomes the venue.
    """
    for members in _lists(entries):
        usual = _usual_places(members, "venue")
        for entry in members:
            if entry.label.venue:
                continue
            for place in entry.places:
                if place.key in usual and _take(entry, place):
                    break


def take_people_of_siblings(entries: list[Entry]) -> None:
    """Read the one person who stands where in their list several do, also before a colon (``Ann Lee: Ponds, 2019``).

    Parameters
    ----------
    entries
        The papers of a page; elsewhere such words are a remark, or the title before its subtitle.
    """
    for members in _lists(entries):
        usual = _usual_places(members, "people")
        for entry in members:
            alone = [place for place in entry.places if place.key in usual and place.said == "rest"]
            if not entry.authors and len(alone) == 1:
                _take_person(entry, alone[0])
        _take_people_before_colons(members)


def _take_people_before_colons(members: list[Entry]) -> None:
    """Take one person from before a colon where more have several there than have one, or the words of a title."""
    divided = [(entry, entry.title.partition(": ")) for entry in members
               if ": " in entry.title and not (entry.authors or entry.links)]
    several = sum(entry.after_colon for entry in members)
    if several < max(_ENOUGH, len(members) / 4) or several <= len(divided):
        return
    for entry, (before, _, title) in divided:
        if people := read_people(before):
            entry.add_people(people)
            entry.title = title


def _lists(entries: list[Entry]) -> Iterable[list[Entry]]:
    """The papers of a page by the lists, or the tables and runs of paragraphs, they stand in."""
    lists: dict[object, list[Entry]] = defaultdict(list)
    for entry in entries:
        block = entry.block
        lists[(block.kind, block.depth) if block.kind == "item" else (block.kind, block.group)].append(entry)
    return lists.values()


def _usual_places(members: list[Entry], said: str) -> set[tuple[str, bool, str]]:
    """The places at which most of what stands there is venues, or people."""
    found: Counter[tuple[str, bool, str]] = Counter()
    others: Counter[tuple[str, bool, str]] = Counter()
    for entry in members:
        for key, is_so in {(place.key, place.said == said) for place in entry.places}:
            (found if is_so else others)[key] += 1
    return {key for key, count in found.items() if count >= _ENOUGH and count >= _SHARE * (count + others[key])}


def _take_person(entry: Entry, place: Place) -> None:
    """Take what stands at a place as the one author, if it is a full name."""
    people = read_people(place.text, lone=True)
    if people is None or len(people[0]) > 1 or ", " not in people[0][0] or tells_dated_venue(place.text):
        return
    entry.add_people(people)
    _take_away(entry, place)


def _take_away(entry: Entry, place: Place) -> None:
    """Take what stands at a place out of the remarks."""
    entry.summary = [text for text in entry.summary if text.strip() != place.text.strip()]
    entry.before = [text for text in entry.before if text.strip() != place.text.strip()]


def _take(entry: Entry, place: Place) -> bool:
    """Take what stands at a place as the venue; False where it cannot be one."""
    lone = place.said == "people" and len(entry.authors) == 1 and not entry.et_al
    if place.text.count(" ") > _MOST_WORDS or not (lone or place.said == "rest"):
        return False
    label = read_label(place.text, trusted=True)
    if label is None or not label.venue or names_organisation(label.venue):
        return False
    if lone and " " in label.venue and not tells_dated_venue(label.venue):
        return False
    if lone:
        entry.authors = []
    _take_away(entry, place)
    entry.add_label(Label(label.venue, label.year, label.month, label.day, label.remark))
    return True
