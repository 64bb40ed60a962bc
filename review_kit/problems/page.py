"""The text of a paper list as numbered lines and headings, code fences and comments told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property

TEXT, FENCE, COMMENT = "text", "fence", "comment"

_FENCE = re.compile(r"\s{0,3}(?:>\s*)?(?:[-*+\d.)]+\s+)?(`{3,}|~{3,})")
_HEADING = re.compile(r"\s{0,3}(#{1,6})\s*(?P<text>[^#\s].*?)\s*#*\s*$")
_HTML_HEADING = re.compile(r"<h([1-6])\b[^>]*>(?P<text>.*?)</h\1>", re.I)
_TAG = re.compile(r"<[^<>]*>")
_PICTURE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK = re.compile(r"\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()]*(?:\([^()]*\)[^()]*)*\)")
_CODE = re.compile(r"(`+)(?!`).*?(?<!`)\1(?!`)")


@dataclass(frozen=True)
class Heading:
    """A heading: its line, level and text without markup."""

    line: int
    level: int
    text: str


@dataclass
class Page:
    """A text as lines, each with its kind; line numbers begin with 1."""

    lines: list[str]
    kinds: list[str]
    covered: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, text: str, *, covered: set[int] = frozenset()) -> Page:
        """Divide a text into lines; `covered` are the lines that belong to records."""
        lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
        return cls(lines, _kinds(lines), set(covered))

    def text_lines(self) -> list[tuple[int, str]]:
        """Number and text of the lines outside fences and comments."""
        return [(at, line) for at, (line, kind) in enumerate(zip(self.lines, self.kinds), 1) if kind == TEXT]

    @cached_property
    def headings(self) -> list[Heading]:
        """All headings, in order."""
        found = []
        for at, line in self.text_lines():
            if hit := _HEADING.match(line):
                found.append(Heading(at, len(hit[1]), plain_markdown(hit["text"])))
            elif hit := _HTML_HEADING.search(line):
                found.append(Heading(at, int(hit[1]), plain_markdown(hit["text"])))
        return [heading for heading in found if heading.text]


def plain_markdown(text: str) -> str:
    """Markdown of one line as its reader sees it: no tags, no marks, links as their text."""
    text = _LINK.sub(lambda found: found[1], _PICTURE.sub("", text))
    text = _TAG.sub("", text)
    text = re.sub(r"\*\*|__|`|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)", "", text)
    return " ".join(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text).split())


def without_code(line: str) -> str:
    """A line with code spans, escaped marks and addresses blanked out."""
    line = _CODE.sub(lambda found: " " * len(found[0]), line)
    return re.sub(r"\\[*_\\]|https?://[^\s()\[\]<>*]+|<[^<>]*>", lambda found: "x" * len(found[0]), line)


def _kinds(lines: list[str]) -> list[str]:
    """For each line whether it is text, or stands in a fence or a comment."""
    kinds, fence, comment = [], "", False
    for line in lines:
        marker = _FENCE.match(line)
        if comment:
            kinds.append(COMMENT)
            comment = "-->" not in line
        elif fence:
            kinds.append(FENCE)
            if marker and marker[1].startswith(fence):
                fence = ""
        elif marker and "`" not in line[marker.end():]:
            kinds.append(FENCE)
            fence = marker[1]
        elif (start := line.rfind("<!--")) >= 0 and "-->" not in line[start:]:
            kinds.append(COMMENT if not line[:start].strip() else TEXT)
            comment = True
        elif re.fullmatch(r"\s*<!--.*-->\s*", line):
            kinds.append(COMMENT)
        else:
            kinds.append(TEXT)
    return kinds
