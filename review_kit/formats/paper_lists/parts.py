"""One block of a page that holds several papers, divided so that each part holds one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from ...link_kinds import label_kind, link_kind
from ...text import title_key
from .entries import read_entry
from .entry import name_of_field
from .labels import read_label
from .running_text import HARD, SOFT, Block, lines_of, part_of
from .title_options import is_strong_title

_NUMBERED = re.compile(r"\s*\[\d{1,4}\]\s*\S")
_SEVERAL = 2
# So many words may stand between two linked titles in a row of papers; where more do, it is prose.
_BETWEEN, _BEFORE = 10, 5
_JOINT = re.compile(r"[\s/,;|&·+]*(?:and|和|、)?\s*")
_NAME = re.compile(r"[^\W\d_]{2}\w")


def parts(block: Block) -> Iterable[Block]:
    """The parts of a list item or paragraph that are entries of their own; of any other block itself."""
    lines = block.kind == "paragraph" and (SOFT in block.text or HARD in block.text) or (
        block.kind == "item" and HARD in block.text.strip())
    if lines and len(starts := _starts_of_lines(block)) >= _SEVERAL:
        return _divided(block, starts)
    if block.kind in ("paragraph", "item") and len(block.links) >= _SEVERAL:
        starts = _starts_of_links(block) or _starts_of_names(block)
        if len(starts) >= _SEVERAL:
            return _divided(block, [0, *starts[1:]])
    return [block]


def _divided(block: Block, starts: list[int]) -> list[Block]:
    """The block cut at these places; what stands before the first stays with it."""
    divided = []
    for number, start in enumerate(starts):
        start = start if number else 0
        end = starts[number + 1] if number + 1 < len(starts) else len(block.text)
        line = block.line + block.text[:start].count(SOFT)
        part = part_of(block, start, end)
        divided.append(replace(part, line=line, end=line + part.text.rstrip().count(SOFT),
                               comments=block.comments if not number else []))
    return divided


def _starts_of_lines(block: Block) -> list[int]:
    """Where lines begin that are entries, by the first of the signs that several lines show."""
    mark = HARD if block.kind == "item" else f"{SOFT}{HARD}"
    lines = [(start, text) for start, text in lines_of(block, mark) if text.strip()]
    for is_start in (_is_listed,) if block.kind == "item" else (_is_named, _is_numbered, _is_bold, _is_linked):
        starts = [start for start, text in lines if is_start(block, start, text)]
        if len(starts) >= _SEVERAL:
            return starts
    return []


def _is_named(block: Block, start: int, text: str) -> bool:
    """Whether a line says that it is a title (``Title: ...``)."""
    named = name_of_field(text)
    return named is not None and named.role == "title" and is_strong_title(text[named.end:])


def _is_listed(block: Block, start: int, text: str) -> bool:
    """Whether a line of a list item has a title of its own and a link to the paper."""
    part = part_of(block, start, start + len(text))
    entry = read_entry(part) if part.links else None
    return entry is not None and is_strong_title(entry.title) and any(
        link["kind"] == "paper" for link in entry.links)


def _is_numbered(block: Block, start: int, text: str) -> bool:
    """Whether a line begins with a number as references do."""
    return bool(_NUMBERED.match(text))


def _is_bold(block: Block, start: int, text: str) -> bool:
    """Whether a line is nothing but a bold title."""
    words = text.strip()
    at = start + text.index(words)
    return any(a <= at and at + len(words) <= b for a, b in block.bold) and is_strong_title(words)


def _is_linked(block: Block, start: int, text: str) -> bool:
    """Whether a line has a title and a link to paper, code or project."""
    part = part_of(block, start, start + len(text))
    entry = read_entry(part) if part.links or "://" in text else None
    return entry is not None and bool(entry.title) and any(
        link["kind"] in ("paper", "code", "project") for link in entry.links)


def _starts_of_links(block: Block) -> list[int]:
    """Where the titles of a row of papers begin: linked titles with little between them."""
    titles = [link for link in block.links if not link.picture and len(link.label) > 12
              and link_kind(link.url) == "paper" and is_strong_title(link.label)]
    keys = {title_key(link.label) for link in titles}
    if len(titles) < _SEVERAL or len(keys) < len(titles) or len(block.text[:titles[0].start].split()) > _BEFORE:
        return []
    starts = [0]
    for link, after in zip(titles, titles[1:]):
        between = block.text[link.end:after.start]
        if len(between.split()) > _BETWEEN:
            return []
        # What stands before a title, as its people do, is divided from the paper before it.
        cut = max(between.rfind(mark) for mark in (";", "；", HARD)) + 1
        starts.append(link.end + (cut or len(between.rstrip(" [("))))
    return starts


def _starts_of_names(block: Block) -> list[int]:
    """Where the links of an item begin that is nothing but short names of papers (``[A](..) / [B](..)``)."""
    links, at = block.links, 0
    if len({link.url for link in links}) < len(links):
        return []
    for link in links:
        named = _NAME.search(link.label) and label_kind(link.label) is None and read_label(link.label) is None
        if link.picture or not named or link_kind(link.url) != "paper":
            return []
        if not _JOINT.fullmatch(block.text, at, link.start):
            return []
        at = link.end
    return [] if block.text[at:].strip(" .") else [link.start for link in links]
