"""Entries made whole: what stands below an entry or goes on with it is put into it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice

from ...identifiers import label_kind
from .company import Candidate
from .entry import Entry
from .evidence import ENOUGH, evidence, is_long
from .people import read_people
from .running_text import HARD, SOFT, Block

NAME_AND_COLON = re.compile(r"\s*[\w /-]{2,24}[:：]")


def join(entry: Entry, after: Entry) -> None:
    """Put what a continuation says into the entry."""
    for link in after.links:
        if not any(other["url"] == link["url"] for other in entry.links):
            entry.links.append(link)
    if after.authors:
        entry.add_people((tuple(after.authors), after.et_al))
    entry.add_label(after.label)
    entry.summary += after.before + after.summary
    entry.named |= after.named
    entry.abstract = entry.abstract or after.abstract
    entry.organisation = entry.organisation or after.organisation
    entry.keywords = entry.keywords or after.keywords
    entry.block.end = max(entry.block.end, after.block.end)


def join_children(blocks: list[Block], candidates: list[Candidate], at_block: dict[int, int]) -> None:
    """Put the items under an entry that are no entries themselves into it: links, people, notes."""
    gone = set()
    own = {number for number, at in at_block.items() if blocks[number].parent is not None
           and _is_own(candidates[at].entry)}
    topics = {parent for number in own for parent in _parents(blocks, number)} - own
    lists = {blocks[topic].group for topic in topics}
    topics |= {number for number, at in at_block.items() if blocks[number].group in lists and number not in own
               and not (candidates[at].entry.links or candidates[at].entry.authors)}
    titled: dict[int, Entry] = {}
    n_titled = Counter(blocks[number].parent for number, at in at_block.items() if candidates[at].entry.title)
    for number, at in list(at_block.items()):
        parent = blocks[number].parent
        if parent is None or parent not in at_block:
            continue
        child, above = candidates[at].entry, candidates[at_block[parent]]
        if not child.title and parent in titled:
            join(titled[parent], child)
            gone.add(at)
            continue
        if number in own or parent in topics and child.title or not above.entry.title:
            given = _gives_links(above.entry, child)
            if given or n_titled[parent] == 1 and _is_title_of(above.entry, child):
                child.add_label(above.entry.label)
                titled[parent] = child
            above.children.append(at)
            continue
        if child.label.year and not child.links and (people := read_people(child.title, lone=True)):
            child.title = ""
            child.add_people(people)
        if child.title:
            child.summary = [child.block.text.strip().replace(HARD, " ")]
            child.before = []
            _tell_links(child)
        join(above.entry, child)
        gone.add(at)
        at_block[number] = at_block[parent]
    for at in gone:
        candidates[at].entry.title = ""
        candidates[at].entry.links = []
        candidates[at].entry.authors = []


def _is_title_of(above: Entry, child: Entry) -> bool:
    """Whether a title without links below an item without title is what the items beside it tell of."""
    return not above.title and is_long(child.title) and not child.links


def _gives_links(above: Entry, child: Entry) -> bool:
    """Let the first title below an item that is nothing but links have them; whether it does."""
    if not child.title or above.title or not above.links or child.links or above.summary:
        return False
    child.links, above.links = above.links, []
    return True


def _tell_links(note: Entry) -> None:
    """Tell the links of a note by the name before them: the paper's code (``Code: [official]()``), or another's."""
    if note.title_link is not None and note.links:
        note.links[0]["label"] = note.title
    if not (name := NAME_AND_COLON.match(note.block.text)):
        return
    code = any(label_kind(word) == "code" for word in name[0].strip(" :：").split())
    for link in note.links:
        if link["kind"] in (("other", "project") if code else ("code",)):
            link["kind"] = "code" if code else "other"


def _is_own(entry: Entry) -> bool:
    """Whether an item under another is an entry of its own rather than a note on that."""
    return bool(entry.title) and (evidence(entry) >= ENOUGH or any(link["kind"] == "paper" for link in entry.links))


def _parents(blocks: list[Block], number: int) -> Iterator[int]:
    """The items a block stands under, the nearest first."""
    parent = blocks[number].parent
    while parent is not None:
        yield parent
        parent = blocks[parent].parent


def note_parents(blocks: list[Block], candidates: list[Candidate], at_block: dict[int, int]) -> None:
    """Add the text of items that only group others to the headings of those."""
    for number, at in at_block.items():
        names: list[str] = []
        for parent in islice(_parents(blocks, number), 8):
            if parent in at_block and not candidates[at_block[parent]].chosen:
                name = re.split(f"[{HARD}{SOFT}]", blocks[parent].text.strip())[0].strip(" :：*")
                if name and len(name) <= 120 and label_kind(name.strip("[]()")) is None:
                    names.append(name)
        if names and candidates[at].chosen:
            block = candidates[at].entry.block
            block.section = (*block.section, *reversed(names))
