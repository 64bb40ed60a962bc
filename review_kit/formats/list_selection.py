"""Which blocks of a page are papers: by what an entry shows, and by the company it keeps."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import islice

from ..text import title_key
from .list_blocks import SUMMARY_LEVEL
from .list_entries import read_entry
from .list_entry import Entry, name_of_field
from .list_parts import parts
from .list_tables import read_row
from .list_text import HARD, SOFT, Block

ENOUGH = 5
_ALMOST = 3
_OTHER_MATTER = re.compile(
    r"\b(?:contents?|toc|contribut\w+|licen[sc]e|acknowledg\w*|cit(?:e|ing|ations?)|reference us|star\s+history|"
    r"stargazers|"
    r"change\s?log|news|updates?|announcements?|contacts?|support|sponsors?|maintainers?|authors?|how to|features|"
    r"installation|usage|quick\s?start|requirements|faq|join us|feedback|disclaimer|todo|about us|organizers|team)\b|"
    r"目录|贡献|更新|致谢|引用|联系|交流群|许可", re.I)
_CLOSING = re.compile(r"\b(?:contributing|licen[sc]e|acknowledg\w*|citation|change\s?log|news)\b", re.I)
_PLACEHOLDER = frozenset("paper title|title|paper name|your paper title|the paper title|title of paper|paper|"
                         "论文标题|标题|name|full title|"
                         "example paper|example title|paper title here|template".split("|"))
_OF_A_PAPER = frozenset(("authors", "label", "link"))
_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\[\d{1,3}\])\s+(?=\S)")
_VIDEO = re.compile(r"youtu\.?be|bilibili|vimeo|slideslive|videolectures", re.I)
_COLON = re.compile(r"\s*[\w /-]{2,24}[:：]")
_SENTENCE = re.compile(r"(?:^|\s)[a-z]{3,}\b.*\s[a-z]{2,}\b|[\u4e00-\u9fff]{7}")
_ASKS = re.compile(r"^(?:please|feel free|if you|we (?:welcome|are|have|will|release)|fork|submit|add|follow|"
                   r"edit|check|star|click|thanks?|"
                   r"contributions?|pull requests?|join|note that|this (?:repo|list|page|is)|see |make sure|for "
                   r"more)\b", re.I)


@dataclass
class Candidate:
    """An entry with the weight of what speaks for it, and the notes that stand under it."""

    entry: Entry
    weight: int | None = None
    children: list[int] = field(default_factory=list)
    chosen: bool = False


def find_papers(blocks: list[Block]) -> list[Entry]:
    """Find the entries that describe papers, in the order of the page.

    Parameters
    ----------
    blocks
        The page.

    Returns
    -------
    list of Entry
        Continuation lines, notes and folded abstracts are in the entry they belong to. An entry among papers whose
        title could not be found is there without title.
    """
    candidates, at_block = _candidates(blocks)
    _join_children(blocks, candidates, at_block)
    for candidate in candidates:
        candidate.weight = _weight(candidate.entry)
        candidate.chosen = candidate.weight >= ENOUGH and bool(candidate.entry.title)
    _choose_by_company(candidates)
    _note_parents(blocks, candidates, at_block)
    return [candidate.entry for candidate in candidates if candidate.chosen]


def _candidates(blocks: list[Block]) -> tuple[list[Candidate], dict[int, int]]:
    """An entry for every block that may be one, and which candidate each block became or joined."""
    candidates: list[Candidate] = []
    at_block: dict[int, int] = {}
    last: Candidate | None = None
    above: Block | None = None
    for number, block in enumerate(blocks):
        if block.kind == "abstract":
            if last is not None and not last.entry.abstract:
                last.entry.abstract = " ".join(block.text.split())
            continue
        if block.kind == "fence":
            continue
        if block.kind == "heading":
            last, above = None, block
            if not _may_be_title(block):
                continue
        for part in parts(block):
            entry = _note(part) if _is_note(part, last) else read_row(part) if part.kind == "row" else read_entry(part)
            if last is not None and _continues(last.entry, entry) and block.kind in ("paragraph", "item"):
                if block.kind == "paragraph" or block.parent is None:
                    _join(last.entry, entry)
                    continue
            if last is None and above is not None and _is_titled_by(above, entry):
                last = Candidate(_titled(above, entry))
                candidates.append(last)
                continue
            candidates.append(Candidate(entry))
            at_block[number] = len(candidates) - 1
            if entry.title:
                last, above = candidates[-1], None
    return candidates, at_block


def _is_titled_by(heading: Block, entry: Entry) -> bool:
    """Whether an entry without title stands under a heading that reads as one, or tells fields of what that names."""
    if entry.title or entry.block.kind == "row" or _OTHER_MATTER.search(heading.text):
        return False
    said = bool(entry.authors) or any(link["kind"] == "paper" for link in entry.links)
    return said and (len(heading.text.split()) > _ALMOST or bool(entry.named & _OF_A_PAPER))


def _titled(heading: Block, below: Entry) -> Entry:
    """The heading as an entry with what stands below it, under the headings above."""
    entry = read_entry(replace(heading, end=below.block.end))
    if not entry.title:
        entry.title, entry.title_from = heading.text.replace(HARD, " ").strip(), "heading"
    entry.title = _NUMBER.sub("", entry.title, count=1)
    _join(entry, below)
    return entry


def _is_note(block: Block, last: Candidate | None) -> bool:
    """Whether an item under an entry is plainly a remark: no link, nothing set apart, no name before a colon."""
    return (block.parent is not None and last is not None and not block.links and not block.bold and not block.italic
            and last.entry.block.depth < block.depth and any(link["kind"] == "paper" for link in last.entry.links)
            and "://" not in block.text and not _COLON.match(block.text) and bool(_SENTENCE.search(block.text)))


def _note(block: Block) -> Entry:
    """A remark as an entry that says nothing but its text."""
    return Entry(block, title=block.text.strip(), title_from="text")


def _may_be_title(heading: Block) -> bool:
    """Whether a heading is a paper itself: a linked title rather than the name of a section."""
    if heading.depth == SUMMARY_LEVEL and len(read_entry(heading).authors) > 1:
        return True
    titles = [link for link in heading.links if len(link.label.split()) >= 4 and not link.picture]
    return any(not link.url.startswith("#") for link in titles)


def _continues(entry: Entry, after: Entry) -> bool:
    """Whether a block without title goes on with the entry before it."""
    said = after.authors or after.links or after.label.year or after.label.remark or after.abstract or after.named
    if after.title or not said:
        return False
    if entry.block.kind == "row":
        return False
    if after.block.kind == "item" and entry.block.kind == "item" and not after.named:
        return False
    again = bool(after.authors) or any(link["kind"] == "paper" for link in after.links)
    complete = again and bool(entry.authors) and any(link["kind"] == "paper" for link in entry.links)
    return entry.block.section == after.block.section[: len(entry.block.section)] and not complete


def _join(entry: Entry, after: Entry) -> None:
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


def _join_children(blocks: list[Block], candidates: list[Candidate], at_block: dict[int, int]) -> None:
    """Put the items under an entry that are no entries themselves into it: links, people, notes."""
    gone = set()
    own = {number for number, at in at_block.items() if _is_own(candidates[at].entry)}
    topics = {parent for number in own for parent in _parents(blocks, number)} - own
    for number, at in list(at_block.items()):
        parent = blocks[number].parent
        if parent is None or parent not in at_block:
            continue
        child, above = candidates[at].entry, candidates[at_block[parent]]
        if number in own or parent in topics and child.title or not above.entry.title:
            above.children.append(at)
            continue
        if child.title:
            named = child.block.text.strip().replace(HARD, " ")
            child.summary = [named]
            child.before = []
        _join(above.entry, child)
        gone.add(at)
        at_block[number] = at_block[parent]
    for at in gone:
        candidates[at].entry.title = ""
        candidates[at].entry.links = []
        candidates[at].entry.authors = []


def _is_own(entry: Entry) -> bool:
    """Whether an item under another is an entry of its own rather than a note on that."""
    return bool(entry.title) and (_weight(entry) >= ENOUGH or any(link["kind"] == "paper" for link in entry.links))


def _parents(blocks: list[Block], number: int) -> Iterator[int]:
    """The items a block stands under, the nearest first."""
    parent = blocks[number].parent
    while parent is not None:
        yield parent
        parent = blocks[parent].parent


def _weight(entry: Entry) -> int:
    """How much speaks for an entry being a paper."""
    headings = entry.block.section
    if headings and len(headings[-1]) < 60 and _OTHER_MATTER.search(headings[-1]) or any(
            _CLOSING.search(heading) for heading in headings[1:-1] if len(heading) < 60):
        return -5
    if entry.extra.get("anchors") and not any(link["kind"] == "paper" for link in entry.links):
        return -5
    key = title_key(entry.title)
    if not key and entry.title:
        return -5
    papers = [link for link in entry.links if link["kind"] == "paper"]
    if key in _PLACEHOLDER or (_ASKS.match(entry.title) and not papers and not entry.authors):
        return -5
    weight = 4 if papers else 0
    weight += 0 if not entry.authors else 3 if entry.et_al or len(entry.authors) > 1 else 2
    weight += 2 if entry.label.remark and not entry.label.venue else 0
    weight += (1 if entry.label.venue else 0) + (1 if entry.label.year else 0)
    weight += 1 if _is_long(key) else 0
    weight += 1 if any(link["kind"] == "code" for link in entry.links) and entry.title_from != "link" else 0
    weight += 2 if entry.named & _OF_A_PAPER else 0
    weight += 1 if _is_nothing_but_a_paper(entry) else 0
    if entry.title_link is not None and _VIDEO.search(entry.title_link.url) and not papers:
        weight -= 3
    if entry.block.kind == "paragraph" and not (entry.authors or entry.label.year or entry.named):
        weight -= 1 + _prose(entry)
    short = [link for link in papers if link["label"] and len(link["label"].split()) < 5]
    return weight - (3 if entry.block.kind == "row" and len(short) > 3 else 0)


def _is_long(title: str) -> bool:
    """Whether a title has the length of a paper's rather than of a name or topic."""
    return len(title.split()) >= 4 or len(re.findall(r"[\u3040-\u9fff]", title)) >= 6


def _is_nothing_but_a_paper(entry: Entry) -> bool:
    """Whether an item is a linked title without a word beside it, and the link leads to a paper."""
    link = entry.title_link
    return (link is not None and entry.block.kind == "item" and link.start < 4 and entry.links[0]["kind"] == "paper"
            and not entry.before and not entry.summary)


def _prose(entry: Entry) -> int:
    """How much a paragraph reads as prose that mentions a paper rather than as an entry."""
    beside = sum(len(part.split()) for part in entry.before + entry.summary)
    led = sum(len(part.split()) for part in entry.before)
    return 4 if beside > 12 or led > 4 or len(entry.title.split()) > 30 else 0


def _choose_by_company(candidates: list[Candidate]) -> None:
    """Let in entries with little of their own where most of their neighbours are papers."""
    groups: dict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        block = candidate.entry.block
        groups_others = bool(candidate.children) and not candidate.chosen
        if block.kind in ("item", "row", "paragraph") and candidate.weight > -5 and not groups_others:
            groups[(block.section, block.kind, block.depth, block.parent is None)].append(candidate)
    for group in groups.values():
        alone = [candidate for candidate in group if candidate.weight == ENOUGH - 1]
        if len(alone) > 1 and (group[0].entry.block.kind == "paragraph" or 2 * len(alone) > len(group)):
            for candidate in alone:
                candidate.chosen = bool(candidate.entry.title)
        chosen = [candidate for candidate in group if candidate.chosen]
        if len(chosen) < 0.5 * len(group) or not chosen:
            continue
        usual = {other.entry.title_from for other in chosen}
        for candidate in group:
            entry = candidate.entry
            enough = 1 if len(chosen) >= max(3, 0.8 * len(group)) and entry.block.kind != "paragraph" else _ALMOST
            alike = entry.title and (entry.title_from in usual or enough == 1 and _is_long(entry.title))
            if not candidate.chosen and alike and candidate.weight >= enough:
                candidate.chosen = True
            elif not entry.title and entry.block.kind != "paragraph" and (entry.authors or any(
                    link["kind"] == "paper" for link in entry.links)):
                candidate.chosen = True


def _note_parents(blocks: list[Block], candidates: list[Candidate], at_block: dict[int, int]) -> None:
    """Add the text of items that only group others to the headings of those."""
    for number, at in at_block.items():
        names: list[str] = []
        for parent in islice(_parents(blocks, number), 8):
            if parent in at_block and not candidates[at_block[parent]].chosen:
                name = re.split(f"[{HARD}{SOFT}]", blocks[parent].text.strip())[0].strip(" :：*")
                if name and len(name) <= 120:
                    names.append(name)
        if names and candidates[at].chosen:
            block = candidates[at].entry.block
            block.section = (*block.section, *reversed(names))
