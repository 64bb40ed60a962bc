"""A Markdown or HTML page as a sequence of blocks, each of which may describe a paper."""

from __future__ import annotations

import re
from typing import Any

from .entry import with_brackets
from .page_tree import html_tree, markdown_tree
from .running_text import CELL, HARD, SKIPPED, YEAR_ALONE, Block, Tail, add_text, flatten, is_inline

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# A fold's summary is a heading below all others.
SUMMARY_LEVEL = 7
_COLUMN_NAMES = frozenset("title paper papers venue year date author authors code link links model name pdf".split())
_WAY_BACK = re.compile(r"\b(?:top|back|toc|up)\b|[⬆↑🔝🔙]|返回|回到", re.I)
# The summary of a fold that goes on with what stands above it.
_MORE = re.compile(r"\W*(?:(?:show |read |see )?(?:more |)(?:more|details?|info)|expand|详情|更多)\W*", re.I)
_LISTS = frozenset(("ul", "ol"))
_LONGEST_SUMMARY = 300
_DIGITS_OF_SPAN, _LONGEST_SPANNING = 5, 100


def markdown_blocks(text: str) -> list[Block]:
    """Divide a Markdown text into blocks."""
    return _Walk().blocks_of(markdown_tree(text))


def html_blocks(text: str) -> list[Block]:
    """Divide an HTML page into blocks."""
    return _Walk().blocks_of(html_tree(text))


class _Walk:
    """One walk through a page; it remembers the headings above the place it is at."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.headings: list[tuple[int, str]] = []
        self.year: int | None = None
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
            if is_inline(child):
                running.append(child)
            else:
                self._paragraph(running)
                running = []
                self._visit(child, depth=depth + 1)
            if child.tail:
                running.append(Tail(child.tail))
        self._paragraph(running)

    def _visit(self, element: Any, *, depth: int) -> None:
        """Visit one block element."""
        tag = element.tag if isinstance(element.tag, str) else ""
        self._note_line(element)
        if not tag or tag in SKIPPED:
            return
        if tag in _HEADINGS:
            self._heading(element, _HEADINGS[tag])
        elif tag in _LISTS or tag == "dl":
            self._list(element, depth=depth, parent=None)
        elif tag == "table":
            self._table(element, depth=depth)
        elif tag == "p" and not any(not is_inline(child) for child in element):
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
        section = tuple(text for _, text in self.headings)
        return Block(kind=kind, line=lines[0], end=lines[1], section=section, year_above=self.year, **more)

    def _heading(self, element: Any, level: int) -> None:
        """Take note of a heading: it stands above what follows, up to the next of its level."""
        block = self._new("heading", self._note_line(element), depth=level)
        flatten(block, element)
        text = " ".join(_without_ways_back(block).split())
        if not text:
            return
        while self.headings and self.headings[-1][0] >= level:
            self.headings.pop()
        block.section = tuple(heading for _, heading in self.headings)
        self.blocks.append(block)
        self.headings.append((level, text))
        self.year = None

    def _paragraph(self, parts: list[Any]) -> None:
        """Running text as one block; nothing for blanks."""
        lines = (self.line, 0)
        for part in parts:
            if not isinstance(part, (str, Tail)) and isinstance(part.tag, str) and part.get("data-line"):
                lines = self._note_line(part)
                break
        block = self._new("paragraph", lines, group=-len(self.headings))
        for part in parts:
            flatten(block, part)
        if found := YEAR_ALONE.fullmatch(block.text):
            self.year = int(found[1])
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
            if self._is_headed(item):
                self._children(item, depth=depth + 1)
                continue
            block = self._new("item", self._note_line(item), group=group, depth=depth, parent=parent)
            at = len(self.blocks)
            self.blocks.append(block)
            self._item(item, block, at, depth=depth)

    def _is_headed(self, item: Any) -> bool:
        """Whether a list item is nothing but a heading, and what stands below it."""
        if (item.text or "").strip() or not len(item) or item[0].tag not in _HEADINGS:
            return False
        return all(child.tag in _LISTS for child in item[1:]) and not any((child.tail or "").strip() for child in item)

    def _item(self, item: Any, block: Block, at: int, *, depth: int) -> None:
        """The text of one item, and the lists, tables and folds it holds as blocks of their own."""
        if item.text:
            add_text(block, item.text)
        above = list(self.headings)
        for child in item:
            tag = child.tag if isinstance(child.tag, str) else ""
            if tag in _HEADINGS and block.text.strip():
                self._heading(child, _HEADINGS[tag])
            elif tag in _LISTS and depth < 60:
                self._list(child, depth=depth + 1, parent=at)
            elif tag in ("table", "pre", "details") and depth < 60:
                self._visit(child, depth=depth + 1)
            elif tag not in SKIPPED:
                if tag and not is_inline(child) and block.text.strip():
                    add_text(block, HARD)
                flatten(block, child)
            if child.tail:
                add_text(block, child.tail)
        self.headings = above
        # What belongs to the item itself ends where the first list in it begins.
        inner = [other.line for other in self.blocks[at + 1:] if other.line > block.line]
        if inner and block.end >= inner[0]:
            block.end = inner[0] - 1

    def _table(self, element: Any, *, depth: int) -> None:
        """The rows of a table, each with the names of its columns."""
        self.groups += 1
        columns: tuple[str, ...] = ()
        held: dict[int, tuple[int, Any]] = {}
        for row in element.iter("tr"):
            cells = _with_held([cell for cell in row if cell.tag in ("td", "th")], held)
            if any(next(cell.iter("table"), None) is not None for cell in cells):
                continue
            block = self._new("row", self._note_line(row), group=self.groups, depth=depth)
            for number, cell in enumerate(cells):
                if number:
                    block.text += CELL
                flatten(block, cell)
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
        """A fold: an abstract belongs to the block before it; any other is a section with its summary as heading."""
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
            summary.tail = None
            element.remove(summary)
            element.text = (element.text or "") + (tail or "")
            if title and len(title) < _LONGEST_SUMMARY and not _MORE.fullmatch(title):
                self._heading(summary, SUMMARY_LEVEL)
        self._children(element, depth=depth)
        self.headings = kept


def _without_ways_back(heading: Block) -> str:
    """The words of a heading without links to the top of the page."""
    text = heading.text
    for link in reversed(heading.links):
        if link.url.startswith("#") and link.start and _WAY_BACK.search(link.label):
            start, end = with_brackets(text, link.start, link.end)
            text = text[:start] + text[end:]
    return text.strip()


def _with_held(cells: list[Any], held: dict[int, tuple[int, Any]]) -> list[Any]:
    """The cells of a row with those of earlier rows that reach down into it; `held` says for how many rows more.

    A linked or long cell keeps its place only: its paper is an entry once.
    """
    row: list[Any] = []
    while cells or len(row) in held:
        at = len(row)
        rows, below = held.pop(at) if at in held else (0, None)
        cell = cells.pop(0) if below is None else below
        if below is None and (span := (cell.get("rowspan") or "").strip()).isdigit() and len(span) < _DIGITS_OF_SPAN:
            repeated = cell.find(".//a") is None and len(cell.text_content()) < _LONGEST_SPANNING
            rows, below = int(span) - 1, cell if repeated else cell.makeelement("td")
        if rows > 0:
            held[at] = (rows - 1, below)
        row.append(cell)
    return row


def _is_header(block: Block) -> bool:
    """Whether the first row of a table without heads names its columns."""
    words = [part.strip().lower() for part in block.text.split(CELL)]
    return not block.links and len(words) > 1 and sum(word in _COLUMN_NAMES for word in words) >= 2
