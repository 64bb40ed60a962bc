"""A Markdown or HTML page as a sequence of blocks, each of which may describe a paper.

Markdown is rendered to HTML, so that lists, tables, ``<details>`` and pasted HTML are one tree. A block keeps its text
flat, with the spans of that text that are linked, bold, italic or a heading above it: titles, authors and venues are
told apart by where they stand and how they are set.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote

SOFT, HARD, CELL = "\n", "\x1d", "\x1f"

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_SUMMARY_LEVEL = 7
_SKIPPED = frozenset("script style nav button svg form iframe noscript template head".split())
_INLINE = frozenset("a abbr b bdi br cite code del em font i img input ins kbd label mark q s samp small span strong sub sup "
                    "tt u var wbr big strike picture source time".split())
_LISTS = frozenset(("ul", "ol"))
_LINED = re.compile(r"<(tr|li|p|td|div|h[1-6]|details|summary|table|dt|dd)\b", re.I)
_COUNTER = re.compile(r"stars?/|forks?/|/issues|visitor|hits|last-commit|license|contributors|/likes|citation|awesome\.re|"
                      r"/badge/dynamic|views|komarev|commit-activity|watchers|PRs|\.gif|welcome", re.I)
_STARS = re.compile(r"(?:github/|repos=|api/v1/)?stars/([\w.-]+/[\w.-]+?)(?:\.svg)?(?:[?&#/]|$)", re.I)
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
    """A list item, paragraph, table row, heading or fence of a page, its text flat and its markup as spans of it."""

    kind: str
    line: int
    end: int
    section: tuple[str, ...]
    text: str = ""
    links: list[Link] = field(default_factory=list)
    bold: list[tuple[int, int]] = field(default_factory=list)
    italic: list[tuple[int, int]] = field(default_factory=list)
    small: list[tuple[int, int]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    repositories: list[str] = field(default_factory=list)
    columns: tuple[str, ...] = ()
    group: int = 0
    depth: int = 0
    parent: int | None = None


def markdown_blocks(text: str) -> list[Block]:
    """Divide a Markdown text into blocks."""
    return _Walk().blocks_of(_parsed(_rendered(text)))


def html_blocks(text: str) -> list[Block]:
    """Divide an HTML page into blocks."""
    return _Walk().blocks_of(_parsed(_with_lines(text, 1)))


def _rendered(text: str) -> str:
    """Markdown as HTML whose elements carry the lines they come from."""
    from markdown_it import MarkdownIt

    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    tokens = reader.parse(_mended_markup(text))
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", f"{token.map[0] + 1},{token.map[1]}")
        if token.type == "html_block" and token.map:
            token.content = _with_lines(token.content, token.map[0] + 1)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _mended_markup(text: str) -> str:
    """Markdown with the slips that would hide a link or a heading put right; lines stay in their places."""
    text = re.sub(r"\][ \t]+\((?=https?://)", "](", text)
    text = re.sub(r"\]\((https?://[^()\s<>\"]+(?:[ \t]+[^()\s<>\"]+)+)\)", lambda m: "](" + re.sub(r"\s+", "%20", m[1]) + ")", text)
    text = re.sub(r"^(#{2,6})(?=[^\s#])", r"\1 ", text, flags=re.M)
    return re.sub(r"^(\s*)(?:[•●▪◦]|\\-)\s+", r"\1- ", text, flags=re.M)


def _with_lines(html: str, first: int) -> str:
    """HTML whose block elements carry the line they stand on."""
    lines = html.split("\n")
    return "\n".join(_LINED.sub(rf'<\1 data-line="{number},{number}"', line) if "<" in line else line
                     for number, line in enumerate(lines, first))


def _parsed(html: str) -> Any:
    """The body of an HTML text as a tree."""
    from lxml import html as reader

    html = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f]", " ", re.sub("[\ud800-\udfff]", "\ufffd", html))
    html = re.sub(r"^\s*<\?xml[^>]*\?>", "", html)
    page = reader.document_fromstring(f"<html><body>{html}</body></html>", parser=reader.HTMLParser(huge_tree=True))
    return page.find("body") if page.find("body") is not None else page


class _Walk:
    """One walk through a page; it remembers the headings above the place it is at."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.headings: list[tuple[int, str]] = []
        self.line = 1
        self.groups = 0

    def blocks_of(self, body: Any) -> list[Block]:
        """All blocks of the page, in its order."""
        self._children(body, depth=0)
        for before, after in zip(self.blocks, self.blocks[1:]):
            if before.end < before.line:
                before.end = max(before.line, after.line - 1)
        return self.blocks

    def _children(self, element: Any, *, depth: int) -> None:
        """Visit what stands in an element: block elements one by one, running text between them as paragraphs."""
        if depth > 150:
            return
        running: list[Any] = [element.text] if element.text else []
        for child in element:
            if _is_inline(child):
                running.append(child)
            else:
                self._paragraph(running)
                running = []
                self._visit(child, depth=depth + 1)
            if child.tail:
                running.append(_Tail(child.tail))
        self._paragraph(running)

    def _visit(self, element: Any, *, depth: int) -> None:
        """Visit one block element."""
        tag = element.tag if isinstance(element.tag, str) else ""
        self._note_line(element)
        if not tag or tag in _SKIPPED:
            return
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag in _LISTS or tag == "dl":
            self._list(element, depth=depth, parent=None)
        elif tag == "table":
            self._table(element, depth=depth)
        elif tag == "p" and not any(not _is_inline(child) for child in element):
            self._paragraph([element])
        elif tag == "pre":
            self._fence(element)
        elif tag == "details":
            self._details(element, depth=depth)
        else:
            self._children(element, depth=depth)

    def _note_line(self, element: Any) -> tuple[int, int]:
        """The lines an element comes from; the last known line where it does not say."""
        mark = element.get("data-line") if isinstance(element.tag, str) else None
        if mark is None:
            return self.line, 0
        first, last = (int(part) for part in mark.split(","))
        self.line = first
        return first, last

    def _new(self, kind: str, lines: tuple[int, int], **more: Any) -> Block:
        """A new block under the present headings."""
        return Block(kind=kind, line=lines[0], end=lines[1], section=tuple(text for _, text in self.headings), **more)

    def _heading(self, element: Any, level: int) -> None:
        """Take note of a heading: it stands above what follows, up to the next of its level."""
        block = self._new("heading", self._note_line(element), depth=level)
        _flatten(block, element)
        text = " ".join(block.text.split()).strip()
        if not text:
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        block.section = tuple(heading for _, heading in self.headings)
        self.blocks.append(block)
        self.headings.append((level, text))

    def _paragraph(self, parts: list[Any]) -> None:
        """Running text as one block; nothing for blanks."""
        lines = (self.line, 0)
        for part in parts:
            if not isinstance(part, (str, _Tail)) and isinstance(part.tag, str) and part.get("data-line"):
                lines = self._note_line(part)
                break
        block = self._new("paragraph", lines, group=-len(self.headings))
        for part in parts:
            _flatten(block, part)
        if block.text.strip() or block.links or block.comments:
            self.blocks.append(block)

    def _list(self, element: Any, *, depth: int, parent: int | None) -> None:
        """The items of a list; lists inside an item come after it, with it as parent."""
        self.groups += 1
        group = self.groups
        for item in element:
            if not isinstance(item.tag, str):
                continue
            if item.tag in _LISTS:
                self._list(item, depth=depth + 1, parent=parent)
                continue
            block = self._new("item", self._note_line(item), group=group, depth=depth, parent=parent)
            at = len(self.blocks)
            self.blocks.append(block)
            self._item(item, block, at, depth=depth)

    def _item(self, item: Any, block: Block, at: int, *, depth: int) -> None:
        """The text of one item, and the lists, tables and folds it holds as blocks of their own."""
        if item.text:
            _add_text(block, item.text)
        for child in item:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _LISTS and depth < 60:
                self._list(child, depth=depth + 1, parent=at)
            elif tag in ("table", "pre", "details") and depth < 60:
                self._visit(child, depth=depth + 1)
            elif tag not in _SKIPPED:
                if tag and not _is_inline(child) and block.text.strip():
                    _add_text(block, HARD)
                _flatten(block, child)
            if child.tail:
                _add_text(block, child.tail)
        # What belongs to the item itself ends where the first list in it begins.
        inner = [other.line for other in self.blocks[at + 1:] if other.line > block.line]
        if inner and block.end >= inner[0]:
            block.end = inner[0] - 1

    def _table(self, element: Any, *, depth: int) -> None:
        """The rows of a table, each with the names of its columns."""
        self.groups += 1
        columns: tuple[str, ...] = ()
        for row in element.iter("tr"):
            cells = [cell for cell in row if cell.tag in ("td", "th")]
            if any(next(cell.iter("table"), None) is not None for cell in cells):
                continue
            block = self._new("row", self._note_line(row), group=self.groups, depth=depth)
            for number, cell in enumerate(cells):
                if number:
                    block.text += CELL
                _flatten(block, cell)
            if not columns and cells and (all(cell.tag == "th" for cell in cells) or _is_header(block)):
                columns = tuple(" ".join(part.split()) for part in block.text.split(CELL))
            elif block.text.strip():
                block.columns = columns
                self.blocks.append(block)

    def _fence(self, element: Any) -> None:
        """A fenced text, with its language."""
        code = element.find("code")
        lines = self._note_line(code if code is not None else element)
        language = (code.get("class") or "").removeprefix("language-") if code is not None else ""
        self.blocks.append(self._new("fence", lines, text=element.text_content(), columns=(language,)))

    def _details(self, element: Any, *, depth: int) -> None:
        """A fold: an abstract belongs to the block before it; anything else is a section with its summary as heading."""
        summary = element.find("summary")
        title = " ".join(summary.text_content().split()) if summary is not None else ""
        if re.search(r"\babstract\b|摘要", title, re.I):
            block = self._new("abstract", self._note_line(element))
            if summary is not None:
                block.text = summary.tail or ""
                rest = list(element)[list(element).index(summary) + 1:]
            else:
                rest = list(element)
            block.text += "".join(part.text_content() + (part.tail or "") for part in rest if isinstance(part.tag, str))
            self.blocks.append(block)
            return
        kept = list(self.headings)
        if summary is not None:
            tail = summary.tail
            element.remove(summary)
            element.text = (element.text or "") + (tail or "")
        if title and len(title) < 200:
            self.headings = [*kept, (_SUMMARY_LEVEL, title)]
        self._children(element, depth=depth)
        self.headings = kept


@dataclass
class _Tail:
    """Text after an element, among the parts of a paragraph."""

    text: str


def _is_inline(element: Any) -> bool:
    """Whether an element is part of running text: an inline tag or a comment, with nothing but such inside."""
    if not isinstance(element.tag, str):
        return True
    return element.tag in _INLINE and all(_is_inline(child) for child in element)


def _is_header(block: Block) -> bool:
    """Whether the first row of a table without heads names its columns."""
    words = [part.strip().lower() for part in block.text.split(CELL)]
    known = {"title", "paper", "papers", "venue", "year", "date", "author", "authors", "code", "link", "links", "model", "name", "pdf"}
    return not block.links and len(words) > 1 and sum(word in known for word in words) >= 2


def _add_text(block: Block, text: str) -> None:
    """Add text to a block; blanks fold, line ends stay as soft breaks."""
    text = re.sub(r"[ \t\xa0]*\n\s*", "\n", re.sub(r"[ \t\xa0]+", " ", text))
    if text[:1] in (" ", "\n") and (not block.text or block.text[-1] in " \n" + HARD + CELL):
        text = text.lstrip(" ") if text[:1] == " " else text
    block.text += text


def _flatten(block: Block, part: Any) -> None:
    """Add running text to a block, with the spans its markup covers."""
    if isinstance(part, _Tail):
        _add_text(block, part.text)
    elif isinstance(part, str):
        _add_text(block, part)
    elif not isinstance(part.tag, str):
        if part.text and "[if" not in part.text:
            block.comments.append(part.text.strip(" -!"))
    elif part.tag not in _SKIPPED:
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
        _add_text(block, element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in _INLINE and block.text[start:].strip():
            block.text += HARD
        _flatten(block, child)
        if child.tail:
            _add_text(block, child.tail)
    end = len(block.text)
    if tag == "a" and element.get("href") is not None:
        _add_link(block, element, start)
    elif end > start and tag in ("b", "strong"):
        block.bold.append((start, end))
    elif end > start and tag in ("i", "em"):
        block.italic.append((start, end))
    elif end > start and tag in ("sub", "small"):
        block.small.append((start, end))


def _add_link(block: Block, element: Any, start: int) -> None:
    """Add a link; one around a picture has what the picture says as its label."""
    label = block.text[start:].strip()
    pictures = [child for child in element.iter("img")]
    if not label and pictures:
        label = next((text for text in map(_picture_text, pictures) if text), "") or (pictures[0].get("alt") or "")
        block.links.append(Link(start, start, unquote_spaces(element.get("href")), label, picture=True))
        return
    block.links.append(Link(start, len(block.text), unquote_spaces(element.get("href")), label))


def unquote_spaces(url: str) -> str:
    """A link as printed in Markdown, not as its renderer quotes it, save for blanks."""
    return url.strip().replace("%5B", "[").replace("%5D", "]").replace("%E2%80%99", "’") if "%" in url else url.strip()


def _add_picture(block: Block, element: Any) -> None:
    """A picture: a star counter names a repository, a badge may say venue or year; other pictures say nothing."""
    address = element.get("src") or ""
    if stars := _STARS.search(address):
        block.repositories.append(f"https://github.com/{stars[1]}")
    inside_link = any(True for _ in element.iterancestors("a"))
    if not inside_link and (text := _picture_text(element)):
        block.text += f" [{text}] "


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


def lines_of(block: Block) -> Iterator[tuple[int, str]]:
    """The soft and hard lines of a block's text, with the place each begins at."""
    start = 0
    for found in re.finditer(rf"[{SOFT}{HARD}]|$", block.text):
        yield start, block.text[start:found.start()]
        start = found.end()
