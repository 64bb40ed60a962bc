"""Entries that show little of themselves, let in by the company they keep."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field

from .entry import Entry
from .evidence import ALMOST, ENOUGH, NEVER, is_in_title_case, is_long, leads_to_notes

_OF_PAPERS = re.compile(r"\b(?:papers?|publications?|literature|reading list|bibliography|surveys?)\b|论文|文献", re.I)
_SUBTITLE = re.compile(r": [A-Z]")
_MANY = 5


@dataclass
class Candidate:
    """An entry with the weight of what speaks for it, and the notes that stand under it."""

    entry: Entry
    weight: int = 0
    children: list[int] = field(default_factory=list)
    chosen: bool = False


def choose_by_company(candidates: list[Candidate]) -> None:
    """Let in entries with little of their own where most of their neighbours, or most of the page, are papers."""
    sections: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    pages: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        block = candidate.entry.block
        groups_others = bool(candidate.children) and not candidate.chosen
        if block.kind in ("item", "row", "paragraph") and candidate.weight > NEVER and not groups_others:
            sections[(block.section, block.kind, block.depth, block.parent is None)].append(candidate)
            pages[(block.kind, block.depth)].append(candidate)
    for group in pages.values():
        # What leads elsewhere than to a paper needs more than the way of the page.
        _choose_almost([other for other in group if other.weight >= ENOUGH or not other.entry.links
                        or leads_to_notes(other.entry)])
    for group in sections.values():
        _choose_almost(group)
    for group in pages.values():
        _choose_labelled(group, {other.entry.block.section for other in group if other.chosen})
    for group in sections.values():
        _choose_neighbours(group)
    shown = any(candidate.chosen for candidate in candidates)
    if not shown and any(_OF_PAPERS.search(name) for candidate in candidates
                         for name in (candidate.entry.title, *candidate.entry.block.section)):
        for group in pages.values():
            _choose_bare_titles(group)


def _choose_bare_titles(group: list[Candidate]) -> None:
    """Let in titles without anything beside them, where a page that speaks of papers has little else.

    Titles begin most of their words with capitals or have a subtitle, as what other lists of mere words hold does not.
    """
    bare = [candidate for candidate in group if not (
        candidate.chosen or candidate.entry.links or candidate.entry.before or candidate.entry.summary)]
    titles = [candidate for candidate in bare if is_long(candidate.entry.title) and (
        is_in_title_case(candidate.entry.title) or _SUBTITLE.search(candidate.entry.title))]
    if len(titles) < max(_MANY, 0.6 * len(bare), 0.5 * len(group)):
        return
    sections = {candidate.entry.block.section for candidate in titles}
    for candidate in bare:
        if candidate.entry.title and candidate.entry.block.section in sections:
            candidate.chosen = True


def _choose_almost(group: list[Candidate]) -> None:
    """Let in what lacks a little to be a paper, where this is the way of the list."""
    almost = [candidate for candidate in group if candidate.weight == ENOUGH - 1]
    likely = sum(candidate.weight >= ENOUGH - 1 for candidate in group)
    rows = any(candidate.entry.block.kind == "row" for candidate in group[:1])
    several = len(almost) > 1 or bool(almost) and (likely > ENOUGH or rows)
    if several and (group[0].entry.block.kind == "paragraph" or 2 * likely > len(group) - rows):
        for candidate in almost:
            candidate.chosen = bool(candidate.entry.title)


def _choose_neighbours(group: list[Candidate]) -> None:
    """Let in entries like the papers they stand among, and entries without title that have people or a paper."""
    # The rows of one table are more alike than the items of a list.
    rows = group[0].entry.block.kind == "row"
    for share, enough in ((0.5, ALMOST), (0.6, 0) if rows else (0.8, 1)):
        chosen = [candidate for candidate in group if candidate.chosen]
        paragraphs = group[0].entry.block.kind == "paragraph"
        if not chosen or len(chosen) < share * len(group) or enough < ALMOST and (
                paragraphs or len(chosen) < (2 if rows else ALMOST)):
            return
        usual = {other.entry.title_from for other in chosen}
        for candidate in group:
            entry = candidate.entry
            alike = entry.title and (entry.title_from in usual or not paragraphs and is_long(entry.title))
            people_or_paper = bool(entry.authors) or any(link["kind"] == "paper" for link in entry.links)
            if alike and candidate.weight >= enough or not (entry.title or paragraphs) and people_or_paper:
                candidate.chosen = True


def _choose_labelled(group: list[Candidate], sections: set[tuple[str, ...]]) -> None:
    """Let in titles with a venue or a year, or alone; where nearly all of the page are papers all long titles.

    Only in sections that have papers: a list of tools or talks on the same page has none.
    """
    chosen = sum(candidate.chosen for candidate in group)
    if chosen < max(ALMOST, 0.6 * len(group)) or group[0].entry.block.kind == "paragraph":
        return
    usual = {candidate.entry.title_from for candidate in group if candidate.chosen}
    most = chosen >= max(2 * ENOUGH, 0.8 * len(group))
    for candidate in group:
        entry = candidate.entry
        labelled = bool(entry.label.venue or entry.label.year) and candidate.weight > 1
        elsewhere = any(link["kind"] in ("code", "data", "model") for link in entry.links[:1])
        described = bool(entry.summary or entry.before)
        alike = most and entry.title_from in usual and is_long(entry.title) and not (elsewhere or described)
        to_project = [link["kind"] for link in entry.links] == ["project"]
        alone = (to_project or not entry.links) and not described
        bare = alone and is_long(entry.title) and is_in_title_case(entry.title)
        if entry.title and (labelled or alike or bare) and entry.block.section in sections:
            candidate.chosen = True
