"""Running text of a page, kept flat: what is linked, bold or italic is a span of it.

Titles, authors and venues are told apart by where in this text they stand and how they are set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import unquote

SOFT, HARD, CELL = "\n", "\x1d", "\x1f"
SKIPPED = frozenset("script style nav button svg form iframe noscript template head".split())
_INLINE = frozenset("a abbr b bdi br cite code del em font i img input ins kbd label mark q s samp small span "
                    "strong sub sup "
                    "tt u var wbr big strike picture source time".split())
_SET_APART = frozenset(("sub", "small", "code", "ins", "kbd", "mark", "u"))
_COUNTER = re.compile(r"stars?/|forks?/|/issues|visitor|hits|last-commit|license|contributors|/likes|citation|"
                      r"awesome\.re|"
                      r"/badge/dynamic|views|komarev|commit-activity|watchers|PRs|\.gif|welcome", re.I)
_STARS = re.compile(r"(?:github/|repos=|api/v1/)?stars/([\w.-]+/[\w.-]+?)(?:\.svg)?(?:[?&#/]|$)", re.I)
_TO_FOLD = re.compile(r"[\t\xa0\n]|  ")
_BLANKS = re.compile(r"[ \t\xa0]+")
_LINE_END = re.compile(r"[ \t\xa0]*\n\s*")
_SHORTCODE = re.compile(r"(?<![\w:]):[a-z][a-z0-9_+-]{1,30}:(?!:)")
_BADGE = re.compile(r"shields\.io/badge/([^?#]+)", re.I)


@dataclass
class Link:
    """A link in a block: where its label stands in the text, where it leads, and whether the label is a picture's."""

    start: int
    end: int
    url: str
    label: str
    picture: bool = False


@dataclass
class Block:
    """A list item, paragraph, table row, heading or fence of a page, its text flat and its markup as spans of it.

    ``year_above`` is the year that stands alone on a line between it and the heading above.
    """

    kind: str
    line: int
    end: int
    section: tuple[str, ...]
    year_above: int | None = None
    text: str = ""
    links: list[Link] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    italic: list[tuple[int, int]] = field(default_factory=list)
    small: list[tuple[int, int]] = field(default_factory=list)
    badges: list[tuple[int, int]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    repositories: list[str] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    group: int = 0
    depth: int = 0
    parent: int | None = None


# Two letters: words stand here, not signs or a single mark.
LETTERS = re.compile(r"[^\W\d_]{2}")
YEAR_WITHIN = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
YEAR_ALONE = re.compile(r"\W*((?:19|20)\d\d)\s*年?\W*")


@dataclass
class Tail:
    """Text after an element, among the parts of a paragraph."""

    text: str


def lines_of(block: Block, marks: str) -> Iterator[tuple[int, str]]:
    """The lines of a block's text as these marks divide it, with the place each begins at."""
    start = 0
    for found in re.finditer(rf"[{marks}]|$", block.text):
        yield start, block.text[start:found.start()]
        start = found.end()


def is_inline(element: Any) -> bool:
    """Whether an element is part of running text: an inline tag or a comment, with nothing but such inside."""
    if not isinstance(element.tag, str):
        return True
    return element.tag in _INLINE and all(is_inline(child) for child in element)


def add_text(block: Block, text: str) -> None:
    """Add text to a block; blanks fold, line ends stay as soft breaks, names of pictures (``:star:``) go."""
    if ":" in text:
        text = _SHORTCODE.sub(" ", text)
    if _TO_FOLD.search(text):
        text = _LINE_END.sub("\n", _BLANKS.sub(" ", text))
    if text[:1] in (" ", "\n") and (not block.text or block.text[-1] in " \n" + HARD + CELL):
        text = text.lstrip(" ") if text[:1] == " " else text
    block.text += text


def flatten(block: Block, part: Any) -> None:
    """Add running text to a block, with the spans its markup covers."""
    if isinstance(part, Tail):
        add_text(block, part.text)
    elif isinstance(part, str):
        add_text(block, part)
    elif not isinstance(part.tag, str):
        if part.text and "[if" not in part.text:
            block.comments.append(part.text.strip(" -!"))
    elif part.tag not in SKIPPED:
        _flatten_element(block, part)


def _flatten_element(block: Block, element: Any) -> None:
    """Add one inline element, or the running text in a block element, to a block."""
    tag, start = element.tag, len(block.text)
    if tag == "br":
        block.text += HARD
        return
    if tag == "img":
        _add_picture(block, element)
        return
    if element.text:
        add_text(block, element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _INLINE and block.text[start:].strip():
            block.text += HARD
        flatten(block, child)
        if child.tail:
            add_text(block, child.tail)
    end = len(block.text)
    if tag == "a" and element.get("href") is not None:
        _add_link(block, element, start)
    elif end > start and tag in ("b", "strong"):
        block.bold.append((start, end))
    elif end > start and tag in ("i", "em"):
        block.italic.append((start, end))
    elif end > start and tag in _SET_APART:
        block.small.append((start, end))


def _add_link(block: Block, element: Any, start: int) -> None:
    """Add a link; one around a picture has what the picture says as its label."""
    label = block.text[start:].strip()
    pictures = [child for child in element.iter("img")]
    if not label and pictures:
        label = next((text for text in map(_picture_text, pictures) if text), "") or (pictures[0].get("alt") or "")
        if address := _address(element):
            block.links.append(Link(start, start, address, label, picture=True))
        elif label:
            _add_badge(block, label)
        return
    block.links.append(Link(start, len(block.text), _address(element), label))


def _address(element: Any) -> str:
    """Where a link leads, without the second pair of brackets that some print."""
    address = element.get("href").strip()
    return address[1:-1] if address[:1] == "(" and address[-1:] == ")" else address


def _add_picture(block: Block, element: Any) -> None:
    """A picture: a star counter names a repository, a badge may say venue or year; other pictures say nothing."""
    address = element.get("src") or ""
    if stars := _STARS.search(address):
        block.repositories.append(f"https://github.com/{stars[1]}")
    inside_link = any(True for _ in element.iterancestors("a"))
    if not inside_link and (text := _picture_text(element)):
        _add_badge(block, text)


def _add_badge(block: Block, text: str) -> None:
    """Add what a badge says as words in brackets."""
    block.text += f" [{text}] "
    block.badges.append((len(block.text) - len(text) - 3, len(block.text) - 1))


def _picture_text(element: Any) -> str:
    """What a badge says, if it is not a counter."""
    address = element.get("src") or ""
    if _COUNTER.search(address):
        return (element.get("alt") or "").strip() if element.getparent().tag == "a" and "badge" not in address else ""
    badge = _BADGE.search(address)
    if not badge:
        alt = (element.get("alt") or "").strip()
        return alt if element.getparent().tag == "a" else ""
    said = re.sub(r"\.svg$", "", unquote(badge[1])).replace("--", "\0").replace("__", "\1")
    parts = [part for part in said.split("-")]
    words = " ".join(parts[:-1] if len(parts) > 1 else parts)
    return words.replace("_", " ").replace("\0", "-").replace("\1", "_").strip()


def part_of(block: Block, start: int, end: int) -> Block:
    """A range of a block's text as a block, with the markup it has there."""
    def spans(ranges: list[tuple[int, int]]) -> list[tuple[int, int]]:
        return [(max(a, start) - start, min(b, end) - start) for a, b in ranges if a < end and b > start]

    links = [Link(link.start - start, min(link.end, end) - start, link.url, link.label, link.picture)
             for link in block.links if start <= link.start <= end and link.end <= end]
    return replace(block, text=block.text[start:end], links=links, bold=spans(block.bold), italic=spans(block.italic),
                   small=spans(block.small), badges=spans(block.badges), columns=())
