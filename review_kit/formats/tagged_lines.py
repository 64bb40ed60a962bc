"""Records of tagged lines (RIS, MEDLINE, Web of Science, EndNote): lines gathered under tags, and those under none."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from .record_rows import tell_nothing
from .source_lines import add_problem


def at_margin(text: str) -> str:
    """The text without the blanks that all its lines begin with; a quoted or copied file has some."""
    return textwrap.dedent(text.replace("\xa0", " ")) if text[:1].isspace() and text[:1] != "\n" else text


@dataclass(slots=True)
class TaggedRecord:
    """The lines of one record: the values of its tags, and what stands under no tag."""

    line: int = 0
    tags: dict[str, list[list[str]]] = field(default_factory=dict)
    strays: list[str] = field(default_factory=list)
    raw: str = ""
    ended: bool = False
    last: str = ""

    def begin(self, number: int) -> None:
        """Take this line as the record's first, unless it has one."""
        self.line = self.line or number

    def add(self, tag: str, value: str, number: int) -> None:
        """Add a value that begins on this line."""
        self.begin(number)
        self.tags.setdefault(tag, []).append([value])
        self.last = tag

    def carry_on(self, text: str, number: int) -> None:
        """Add text to the last value; where there is none it is a stray."""
        if self.last:
            self.tags[self.last][-1].append(text)
        elif text:
            self.begin(number)
            self.strays.append(text)

    def end(self, text: str, number: int) -> None:
        """End the record at a line of its own; what else stands on the line is a stray."""
        self.last = ""
        if text:
            self.carry_on(text, number)
        self.ended = self.line > 0

    def cut_from(self, lines: list[str], end: int | None = None) -> TaggedRecord:
        """The record with its text: the lines of the file from its own to this one."""
        self.raw = "\n".join(lines[self.line - 1 : end])
        return self

    def fields(self, glue: str) -> dict[str, list[str]]:
        """The values of each tag, each put together from its lines now: adding line to line takes its time."""
        return {tag: [glue.join(lines) for lines in values] for tag, values in self.tags.items()}


def tell_strays(row: dict[str, Any], strays: Iterable[str]) -> None:
    """Note in a row the lines of its record that stand under no tag."""
    if lines := [line for line in strays if line.strip()]:
        more = f" and {len(lines) - 1} more lines" if len(lines) > 1 else ""
        add_problem(row, f"text that belongs to no tag: {lines[0].strip()[:60]!r}{more}")


def tell_all(row: dict[str, Any], strays: Iterable[str], raw: str) -> None:
    """Note in a record's row what is wrong with any tagged record, and keep its text if anything is."""
    tell_strays(row, strays)
    tell_nothing(row)
    if row.get("problem"):
        row["raw"] = raw
