"""Which blocks of a page are papers: by what an entry shows, and by the company it keeps."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import replace

from ...identifiers import label_kind, link_kind
from .blocks import SUMMARY_LEVEL
from .company import Candidate, choose_by_company
from .entries import read_details, read_entry
from .entry import Entry, name_of_field
from .evidence import ALMOST, ENOUGH, evidence, heads_other_matter, is_in_title_case, is_long, tells_fields
from .joining import NAME_AND_COLON, join, join_children, note_parents
from .parts import parts
from .people import read_people
from .rows import read_row
from .running_text import HARD, YEAR_ALONE, YEAR_WITHIN, Block, Link
from .siblings import take_people_of_siblings, take_venues_of_siblings
from .title_options import is_strong_title

_NUMBER = re.compile(r"(?:\d{1,3}[.)]|\[\d{1,3}\])\s+(?=\S)")
_YEAR_BEHIND = re.compile(r"\.\s+(?:[A-Z][\w-]*\s?)?['’]?(?:(?:19|20)\d\d|(?<=['’])\d\d)\W*$|"
                          r"\((?:19|20)\d\d(?:[-./]\d\d?)?\)\W*$")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_SENTENCE = re.compile(r"(?:^|\s)[a-z]{3,}\b.*\s[a-z]{2,}\b|[\u4e00-\u9fff]{7}")


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
    join_children(blocks, candidates, at_block)
    for candidate in candidates:
        candidate.weight = evidence(candidate.entry)
        candidate.chosen = candidate.weight >= ENOUGH and bool(candidate.entry.title)
    choose_by_company(candidates)
    note_parents(blocks, candidates, at_block)
    papers = [candidate.entry for candidate in candidates if candidate.chosen]
    take_people_of_siblings(papers)
    take_venues_of_siblings(papers)
    _place_under_headings(blocks, papers)
    return papers


def _place_under_headings(blocks: list[Block], papers: list[Entry]) -> None:
    """Put headings that are papers under the heading of their own level that they follow, which groups them."""
    titled = {entry.block.line: entry for entry in papers if entry.block.kind == "heading"}
    group: Block | None = None
    for block, after in zip(blocks, [*blocks[1:], None]):
        if block.kind != "heading":
            continue
        entry = titled.get(block.line)
        if entry is None:
            follows = after is not None and after.kind == "heading" and after.line in titled
            group = block if follows else None
        elif group is not None and group.depth == block.depth:
            entry.block.section = (*group.section, " ".join(group.text.split()))


def _candidates(blocks: list[Block]) -> tuple[list[Candidate], dict[int, int]]:
    """An entry for every block that may be one, and which candidate each block became or joined."""
    candidates: list[Candidate] = []
    at_block: dict[int, int] = {}
    n_children = Counter(block.parent for block in blocks if block.parent is not None)
    # Where one item has several below it, the items of its list are topics.
    of_topics = {blocks[parent].group for parent, count in n_children.items() if count > 1}
    dated = _dated_headings(blocks)
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
            if block.line not in dated and not _may_be_title(block):
                continue
        for part in parts(block):
            if last is not None and _translates(last.entry, part):
                named = name_of_field(part.text)
                last.entry.extra["other_title"] = part.text[named.end if named else 0:].strip()
                continue
            above_it = candidates[at_block[part.parent]] if part.parent in at_block else None
            entry = _read_part(part, last, above_it)
            entry.named |= {"reference"} if block.kind == "heading" and dated.get(block.line) else set()
            whole = last if last is not None and _tells_of_last(last.entry, entry) else None
            if above_it is not None and above_it.entry.block.group not in of_topics and (
                    _is_titled_above(above_it.entry, entry)):
                whole = above_it
            if whole is not None:
                _complete(whole.entry, entry)
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


def _dated_headings(blocks: list[Block]) -> dict[int, bool]:
    """The lines of headings that are titles and a year, where a page has several, and whether such name venues.

    Those of a page with venues (``## Tidy Ponds. ICLR 2017``) are papers; the others need what speaks for one.
    """
    found: dict[int, list[int]] = defaultdict(list)
    long, placed = Counter[int](), set()
    for block in blocks:
        if block.kind != "heading" or block.depth < 2 or not _YEAR_BEHIND.search(block.text):
            continue
        entry = read_entry(block)
        if entry.title and entry.label.year and not entry.label.remark and entry.title_from == "text":
            found[block.depth].append(block.line)
            long[block.depth] += is_long(entry.title)
            placed |= {block.depth} if entry.label.venue else set()
    return {line: depth in placed for depth, lines in found.items() if long[depth] >= ALMOST for line in lines}


def _tells_of_last(entry: Entry, after: Entry) -> bool:
    """Whether what follows an entry goes on with it, is a note on it, or is the reference of which it has the name."""
    block = after.block
    apart = block.kind not in ("paragraph", "item") or block.kind == "item" and block.parent is not None
    return not apart and _continues(entry, after) or _tells_of_heading(entry, after) or _names_it(entry, after)


def _complete(entry: Entry, after: Entry) -> None:
    """Put what tells of an entry into it; of a name and a title the longer is the title."""
    if _tells_of_heading(entry, after):
        people = None if entry.authors or entry.summary else read_people(after.block.text)
        if people is not None:
            entry.add_people(people)
        else:
            entry.summary.append(" ".join(after.block.text.split()))
        return
    if after.title:
        name, title = sorted((entry.title, after.title), key=len)
        entry.extra["name"], entry.title = name, title
    join(entry, after)


def _read_part(block: Block, last: Candidate | None, parent: Candidate | None) -> Entry:
    """A block as an entry: a row by its columns, an item below another as what it may tell of that."""
    if _is_note(block, last):
        return _note(block)
    if block.kind == "row":
        return read_row(block)
    told = parent is not None and bool(parent.entry.title or parent.entry.links)
    details = read_details(block) if told else None
    if details is not None and parent is not None and (_is_titled(parent.entry) or len(details.authors) > 1 and not any(
            link["kind"] == "paper" for link in details.links)):
        return details
    return read_entry(block)


def _is_titled(entry: Entry) -> bool:
    """Whether an entry has a title by its length or its link to a paper."""
    return is_long(entry.title) or any(link["kind"] == "paper" for link in entry.links)


def _translates(entry: Entry, block: Block) -> bool:
    """Whether an item names once more, as in another language, the title of the paragraph or heading above it."""
    if block.kind == "paragraph" and entry.block.kind == "paragraph" and entry.title and not block.links:
        short = len(block.text) < 2 * len(entry.title) and not block.text.rstrip().endswith("。")
        return short and len(_CHINESE.findall(block.text)) > len(block.text) / 2 and not _CHINESE.search(entry.title)
    if block.kind != "item" or entry.block.kind == "item" or not entry.title or entry.links or block.links:
        return False
    named = name_of_field(block.text)
    return named is not None and named.role == "title" and not read_entry(block).authors


def _tells_of_heading(entry: Entry, after: Entry) -> bool:
    """Whether an item, no paper by itself, is a note on the paper that is its heading."""
    below = entry.block.kind == "heading" and after.block.kind == "item"
    return below and bool(after.title) and len(after.block.section) == len(entry.block.section) + 1 and (
        not (len(after.authors) > 1 and after.label.venue) and not any(link["kind"] == "paper" for link in after.links))


def _names_it(entry: Entry, after: Entry) -> bool:
    """Whether an item is the reference of the one above it, which has only a short name and the links."""
    if after.block.kind != "item" or not after.title or after.links or not (after.authors or after.label.venue):
        return False
    return _has_only_a_name(entry)


def _is_titled_above(entry: Entry, after: Entry) -> bool:
    """Whether the only item below a title without links has the name of the work and its links."""
    titled = entry.block.kind == "item" and not entry.links and is_long(entry.title) and is_in_title_case(entry.title)
    return titled and not is_long(after.title) and any(link["kind"] == "paper" for link in after.links)


def _has_only_a_name(entry: Entry) -> bool:
    """Whether an item has a short name and links, and nothing else."""
    told = entry.authors or entry.label.venue or entry.summary or entry.title_link is not None
    return entry.block.kind == "item" and bool(entry.title and entry.links) and not told and not is_long(entry.title)


def _is_titled_by(heading: Block, entry: Entry) -> bool:
    """Whether an entry without title stands under a heading that reads as one, or tells fields of what that names."""
    if entry.title or entry.block.kind == "row" or heads_other_matter(heading.text):
        return False
    said = bool(entry.authors) or any(link["kind"] == "paper" for link in entry.links)
    return said and (len(heading.text.split()) > ALMOST or tells_fields(entry))


def _titled(heading: Block, below: Entry) -> Entry:
    """The heading as an entry with what stands below it, under the headings above."""
    entry = read_entry(replace(heading, end=below.block.end))
    if not entry.title:
        entry.title, entry.title_from = heading.text.replace(HARD, " ").strip(), "heading"
    entry.title = _NUMBER.sub("", entry.title, count=1)
    join(entry, below)
    return entry


def _is_note(block: Block, last: Candidate | None) -> bool:
    """Whether an item under an entry is plainly a remark: no link, nothing set apart, no name before a colon."""
    if last is None or _has_only_a_name(last.entry):
        return False
    return (block.parent is not None and not block.links and not block.bold and not block.italic
            and last.entry.block.depth < block.depth and any(link["kind"] == "paper" for link in last.entry.links)
            and "://" not in block.text and not NAME_AND_COLON.match(block.text) and bool(_SENTENCE.search(block.text))
            and read_people(block.text, lone=True) is None)


def _note(block: Block) -> Entry:
    """A remark as an entry that says nothing but its text."""
    return Entry(block, title=block.text.strip(), title_from="text")


def _may_be_title(heading: Block) -> bool:
    """Whether a heading is a paper itself: a linked title rather than the name of a section."""
    if heading.depth == SUMMARY_LEVEL:
        entry = read_entry(heading)
        if len(entry.authors) > 1 or is_long(entry.title) and any(link["kind"] == "paper" for link in entry.links):
            return True
    titles = [link for link in heading.links if not link.picture and not link.url.startswith("#") and (
        len(link.label.split()) >= 4 or _is_all_of(heading, link))]
    if titles:
        return True
    entry = read_entry(heading) if heading.depth > 1 and (heading.links or YEAR_WITHIN.search(heading.text)) else None
    if entry is None or not is_strong_title(entry.title):
        return False
    if is_long(entry.title) and entry.label.year and entry.authors:
        return True
    return is_in_title_case(entry.title) and any(link["kind"] == "paper" and link["label"] for link in entry.links)


def _is_all_of(heading: Block, link: Link) -> bool:
    """Whether a heading is a link to a paper and nothing else but a number."""
    beside = heading.text[:link.start] + heading.text[link.end:]
    return link_kind(link.url) == "paper" and label_kind(link.label) is None and not beside.strip(" .:)0123456789")


def _continues(entry: Entry, after: Entry) -> bool:
    """Whether a block without title goes on with the entry before it."""
    dated = after.label.year and not YEAR_ALONE.fullmatch(after.block.text)
    said = after.authors or after.links or dated or after.label.remark or after.abstract or after.named
    if after.title or not said or entry.block.kind == "row":
        return False
    if after.block.kind == "item" and entry.block.kind == "item" and not after.named:
        return False
    again = bool(after.authors) or any(link["kind"] == "paper" for link in after.links)
    complete = again and bool(entry.authors) and any(link["kind"] == "paper" for link in entry.links)
    return entry.block.section == after.block.section[: len(entry.block.section)] and not complete
