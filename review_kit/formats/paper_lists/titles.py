"""The title among the words of an entry, and the short name or the labels printed with it."""

from __future__ import annotations

import re
from collections import defaultdict

from ...identifiers import clean_url, label_kind, link_kind
from ..plain_title import readable_title
from .citations import Citation, read_after_colon, read_citation, read_reference
from .entry import EDGE, Entry, add_link, gaps, name_of_field
from .evidence import is_in_title_case
from .labels import Label, read_label, tells_dated_venue
from .people import read_people
from .plain_words import first_part, plain_title
from .running_text import CELL, HARD, LETTERS, SOFT, Block, Link
from .title_ends import without_labels
from .title_options import (
    LONGEST_TITLE,
    NUMBER,
    Option,
    Span,
    follows_people,
    is_strong_option,
    is_strong_title,
    is_weak_title,
    title_options,
)
from .venues import tells_venue

_YEAR_AT_END = re.compile(r"(.*\S.*\w)[,.]?\s((?:19|20)\d\d)\.?")
_BREAK = re.compile(f"[{SOFT}{HARD}{CELL}|]")
_YEAR_IN_BRACKETS = re.compile(r"\((?:19|20)\d\d[a-z]?\)")
_FILE = ".pdf"
_SAID = re.compile(r"[\])\s]*\s[-–—]\s+\w")
_SENTENCE = re.compile(r"(?:It|This|They|These|We|There) [a-z]")
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_SEVERAL = 2
_NEAR = 4
_LONGEST_NAME = 4


def find_title(entry: Entry, claimed: list[Span], candidates: list[Link]) -> None:
    """Choose the title: a link's text, bold or quoted words, a named line, else the first plain words."""
    block = entry.block
    options = title_options(block, claimed, candidates)
    cited = next((option for option in options if option[2] == "quote" and follows_people(block, option[0])), None)
    strong = [option for option in options if is_strong_option(block, option)]
    strong = _without_names(block, strong)
    strong.sort(key=lambda option: (option[2] != "link" and option[2] != "bold", option[0]))
    if cited and strong and strong[0][2] in ("link", "bold") and strong[0][0] < cited[0]:
        cited = None  # behind a title it is where that appeared
    named = next((option for option in options if _is_name_before_links(block, option)), None)
    if named is not None:
        _take_title(entry, claimed, candidates, named)
        return
    if not cited and strong and _is_name_before_colon(block, strong[0]) and _take_named(entry, claimed, strong[0]):
        return
    if cited or strong:
        _take_title(entry, claimed, candidates, cited or strong[0])
        return
    if not any(option[2] == "quote" for option in options) and _take_citation(entry, claimed, candidates):
        return
    plain = plain_title(entry, claimed + [(link.start, link.end) for link in candidates])
    weak = sorted((option for option in options if is_weak_title(block.text[option[0]:option[1]])),
                  key=lambda option: (option[2] == "quote", option[0]))
    if weak and _take_named(entry, claimed, weak[0]):
        pass
    elif plain and is_strong_title(block.text[slice(*plain)]) and not (weak and weak[0][3] and weak[0][0] < plain[0]):
        _take_title(entry, claimed, candidates, (*plain, "text", None))
    elif weak:
        _take_title(entry, claimed, candidates, weak[0])
    elif plain:
        _take_title(entry, claimed, candidates, (*plain, "text", None))
    else:
        _release(entry, claimed, candidates, None)


def _without_names(block: Block, options: list[Option]) -> list[Option]:
    """Strong options without bold names that end with a colon before a title, and links that only name the venue."""
    kept = [option for option in options if not (
        option[2] == "bold" and block.text[option[0]:option[1]].rstrip().endswith(":")
        and any(other[0] >= option[1] and other[0] - option[1] < _NEAR for other in options))]
    return [option for option in kept if not (option[2] == "link" and _is_linked_venue(block, option))]


def _is_linked_venue(block: Block, option: Option) -> bool:
    """Whether a link's words are a venue behind a plain title (``Tidy Ponds. [Journal of Ponds](...)``)."""
    start, end, _, link = option
    first = max(0, start - 2 * LONGEST_TITLE)
    line = max(first - 1, *(block.text.rfind(mark, first, start) for mark in (CELL, "]"))) + 1
    if link is None or not is_strong_title(block.text[line:start].strip(EDGE + ".`")):
        return False
    text = block.text[start:end]
    bracketed = text[:1] + text[-1:] == "[]"
    return (bracketed or tells_venue(text) or tells_dated_venue(text)) and not follows_people(block, start)


def _is_name_before_links(block: Block, option: Option) -> bool:
    """Whether bold words begin a block, and links and then a remark follow (``**PondNet** [[paper]]() — ...``)."""
    start, end, where, link = option
    if where != "bold" or link is not None or LETTERS.search(block.text, 0, start):
        return False
    behind = [other for other in block.links if end <= other.start]
    if not behind or block.text[end:behind[0].start].strip(" *_[(") or read_label(block.text[start:end]) is not None:
        return False
    return bool(_SAID.match(block.text, max(link.end for link in behind[:_SEVERAL]))) and (
        label_kind(block.text[start:end]) is None and name_of_field(block.text[start:end + 2]) is None)


def _is_name_before_colon(block: Block, option: Option) -> bool:
    """Whether a colon follows a few bold words without a link: the name of a work (``**PondNet (small)**: Title``)."""
    start, end, where, link = option
    return where == "bold" and link is None and block.text[end:end + 1] == ":" and (
        block.text[start:end].count(" ") < _LONGEST_NAME)


def take_years_at_ends(entries: list[Entry]) -> None:
    """Take the year from the end of titles in lists where this is the way (``Tidy Ponds 2019. [paper](...)``)."""
    lists: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        lists[entry.block.group].append(entry)
    for members in lists.values():
        ending = [(entry, found) for entry in members
                  if not entry.label.year and (found := _YEAR_AT_END.fullmatch(entry.title))]
        if len(ending) < _SEVERAL or 2 * len(ending) <= len(members):
            continue
        for entry, found in ending:
            entry.title = found[1]
            entry.add_label(Label(year=int(found[2])))


def _take_citation(entry: Entry, claimed: list[Span], candidates: list[Link]) -> bool:
    """Take people, title and label from an entry that is a reference with commas."""
    block = entry.block
    undated = [span for span in claimed if not _YEAR_IN_BRACKETS.fullmatch(block.text, *span)]
    for taken, read in ((undated, _read_dated), (claimed, read_after_colon), (claimed, _read_undivided)):
        start, end = next(iter(gaps(0, len(block.text), taken)), (0, 0))
        start += len(found[0]) if (found := NUMBER.match(block.text, start, end)) else 0
        start += end - start - len(block.text[start:end].lstrip())
        text = block.text[start:end].rstrip(EDGE + ".")
        line = _BREAK.search(text)
        if line and read is _read_dated:
            text, line = text[:line.start()].rstrip(EDGE + "."), None
        citation = None if line else read(text)
        if citation is not None:
            break
    else:
        return False
    entry.add_people(citation.people)
    entry.after_colon = read is read_after_colon
    if citation.label:
        entry.add_label(citation.label)
    a, b = citation.title
    claimed += [(start, start + a), (start + b, start + len(text))]
    _take_title(entry, claimed, candidates, (start + a, start + b, "text", None))
    return True


def _read_dated(text: str) -> Citation | None:
    """Read a reference that has the year behind its people, or the mark of its kind behind its title."""
    found = read_reference(text, dated=True)
    return None if found is None or read_people(text[slice(*found.title)], lone=True) else found


def _read_undivided(text: str) -> Citation | None:
    """Read a reference whose people are not set apart from the title by a dash."""
    before, dash, _ = text.partition(" — ") if " — " in text else text.partition(" - ")
    return None if dash and read_people(before) is not None else read_citation(text)


def _take_title(entry: Entry, claimed: list[Span], candidates: list[Link], option: Option) -> None:
    """Make words the title, and what else is linked a link of the entry."""
    start, end, where, link = option
    entry.cited = entry.cited or follows_people(entry.block, start)
    text = entry.block.text[start:end]
    if where in ("link", "bold") and (reference := read_reference(text)) is not None:
        entry.add_people(reference.people)
        text = text[slice(*reference.title)]
        entry.add_label(reference.label or Label())
    text, labels = without_labels(text)
    for label in labels:
        entry.add_label(label)
    if text.lower().endswith(_FILE):
        text = text[:-len(_FILE)].rstrip()
        entry.named.add("file")
    entry.title, entry.title_from, entry.span, entry.title_link = text, where, (start, end), link
    if link is None and where == "bold":
        entry.title_link = next((other for other in candidates if start <= other.start and other.end <= end), None)
    _release(entry, claimed, candidates, entry.title_link)


def _release(entry: Entry, claimed: list[Span], candidates: list[Link], title_link: Link | None) -> None:
    """Put the candidate links into the entry: the title's first, the others with their text as label."""
    for link in candidates:
        kind = link_kind(link.url)
        if link is title_link:
            url = clean_url(link.url)
            entry.links.insert(0, {"url": url, "label": "", "kind": kind})
        elif (label := read_label(link.label, trusted=True)) is not None and label.venue and label.year:
            entry.add_label(label)
            add_link(entry, link, link.label.strip(" []"), "paper")
            claimed.append((link.start, link.end))
        else:
            add_link(entry, link, link.label.strip(" []"), kind)
            if not read_people(link.label, lone=kind == "other"):
                claimed.append((link.start, link.end))


def _take_named(entry: Entry, claimed: list[Span], option: Option) -> bool:
    """Join a short name with the title that follows it (``[Med-PaLM](..): Large Language Models Encode ...``)."""
    start, end, _, link = option
    text = entry.block.text
    joint = re.compile(r"[\]*_`)]{0,3}\s*(?:[:：]|\s[-–—]|[-–—]\s)[\s*_\"“—–-]*").match(text, end)
    if not joint:
        return False
    stops = [a for a, _ in claimed if a >= joint.end()]
    stops += [found.start() for found in re.finditer(f"[{HARD}{CELL}|]", text) if found.start() >= joint.end()]
    stops += [other.start for other in entry.block.links if other.start >= joint.end()]
    stops += [a for a, _ in entry.block.italic if a > joint.end() and text[:a].rstrip()[-1] in ".,?!"]
    rest = text[joint.end():min(stops, default=len(text))]
    rest = first_part(rest).rstrip(" ,\"”" if "\"" in joint[0] or "“" in joint[0] else " ,")
    dash = "-" in joint[0] or "–" in joint[0] or "—" in joint[0]
    ended = text[joint.end() + len(rest):][:1] == "."
    described = dash and (rest[:1].islower() or ended and not is_in_title_case(rest))
    if described or _SENTENCE.match(rest) or not is_strong_title(rest):
        return False
    papers = [other for other in entry.links if other["kind"] == "paper"]
    if link is not None and link_kind(link.url) == "code" and not papers and "-" in joint[0]:
        return False
    whole = text[start:joint.end() + len(rest)]
    name = text[start:end].strip(EDGE)
    plain = rest.translate(_STRAIGHT)
    if re.match(rf"{re.escape(name.translate(_STRAIGHT))}\b|[^\s:]+(?:\s[^\s:]+){{0,2}}:\s", plain, re.I):
        whole = rest
    whole = re.sub(r"(?<=:)\s*[—–-]\s*", " ", whole)
    entry.title, labels = without_labels(whole)
    for label in labels:
        entry.add_label(label)
    entry.extra["name"] = readable_title(text[start:end])
    entry.title_from, entry.span, entry.title_link = "name", (start, joint.end() + len(rest)), link
    _release(entry, claimed, [link] if link else [], link)
    return True
