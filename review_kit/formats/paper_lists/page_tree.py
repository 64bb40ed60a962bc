"""Markdown and HTML pages as one tree of HTML elements that know the lines they come from."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_SPACED_LINK = re.compile(r"\]\(((?:https?://|\.{0,2}/)[^()\s<>\"]+(?:[ \t]+[^()\s<>\"]+)+)\)")
# What Kramdown reads as classes and targets of the element before it.
_ATTRIBUTES = re.compile(r"\{:[^{}\n]*\}")
_LINK = re.compile(r"\[((?:[^\[\]\n<>]|\[[^\[\]\n<>]*\]){1,300})\]\((https?://[^\s()\"<>]+)\)")
_SQUARE_LINK = re.compile(r"\]\[(https?://[^\s\[\]()]+)\]")
_TASK = re.compile(r"^([ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+)\[[ xX]\][ \t]+", re.M)
# Titles of arXiv hold LaTeX's line breaks.
_LATEX_BREAK = re.compile(r"(?<=\w)\\{2} ?(?=\w)")
_NUMBERED = re.compile(r" *\d{1,4}[.)] +(?=\S)")
_BULLET = re.compile(r" *[-*+] ")
_SHALLOW = re.compile(r"^ {0,3}\d{1,4}[.)] .*\n(?: {1,4}[-*+] |\n {1,3}\S)", re.M)
# A line that begins with a year is no item of a numbered list.
_YEAR_FIRST = re.compile(r"^([ \t]*(?:[-*+][ \t]+)?(?:19|20)\d\d)\.(?=\s)", re.M)
# Before 1900 come other numbers where a list is as long as that.
_RUN_OF_NUMBERS = re.compile(r"^[ \t]*1899[.)]", re.M)
# A heading in HTML hides the Markdown that follows it without an empty line.
_HTML_HEADING = re.compile(r"(?:(?<=\n\n)|\A) {0,3}<h([1-6])\b[^<>\n]*>([^\n]*?)</h\1>[ \t]*(?=\n[ \t]*[^\s<])", re.I)
# The line under the heads of a table, drawn with long dashes.
_DASHED_RULE = re.compile(r"^[ \t]*\|(?=[^\n]*[–—])[ \t:|–—-]+$", re.M)
_UNSPACED = re.compile(r"^([ \t]*(?:-|\d{1,3}\.))(?=\[)", re.M)
_DEEPEST = 100
_MANY_BRACKETS = 100
# Rules that need a mark, apart from fences, which have two.
_MARKS_OF_RULES = {"backticks": "`", "autolink": "<", "html_inline": "<", "html_block": "<", "entity": "&",
                   "strikethrough": "~~", "escape": "\\", "image": "![", "table": "|", "blockquote": ">"}
_LINED = re.compile(r"<(tr|li|p|td|div|h[1-6]|details|summary|table|dt|dd)\b", re.I)


def markdown_tree(text: str) -> Any:
    """The body of the page a Markdown text makes; elements carry ``data-line="first,last"`` of their source."""
    return _parsed(_rendered(text))


def html_tree(text: str) -> Any:
    """The body of an HTML page; elements carry ``data-line="first,last"`` of their source."""
    return _parsed(_with_lines(text, 1))


def _rendered(text: str) -> str:
    """Markdown as HTML whose elements carry the lines they come from."""
    from markdown_it import MarkdownIt

    text = _without_open_brackets(_mended_markup(text))
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    # A rule whose mark stands nowhere is not tried at every sign.
    reader.disable([rule for rule, mark in _MARKS_OF_RULES.items() if mark not in text])
    # Links stay as printed; which of them may be followed is decided where they are shown.
    reader.normalizeLink = _as_printed  # type: ignore[method-assign]
    tokens = reader.parse(text)
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", f"{token.map[0] + 1},{token.map[1]}")
        if token.type == "html_block" and token.map:
            token.content = _with_lines(_with_links(token.content), token.map[0] + 1)
    return str(reader.renderer.render(tokens, reader.options, {}))


def _as_printed(url: str) -> str:
    """A link unchanged."""
    return url


def _mended_markup(text: str) -> str:
    """Markdown with the slips that would hide a link or a heading put right; lines stay in their places."""
    text = _ATTRIBUTES.sub("", text) if "{:" in text else text
    text = _HTML_HEADING.sub(lambda found: f"{'#' * int(found[1])} {found[2]}", text) if "</" in text else text
    text = _LATEX_BREAK.sub(" ", text) if "\\\\" in text else text
    text = text if _RUN_OF_NUMBERS.search(text) else _YEAR_FIRST.sub(r"\1\\.", text)
    text = _DASHED_RULE.sub(lambda found: found[0].replace("–", "-").replace("—", "-"), text)
    text = _UNSPACED.sub(r"\1 ", text)
    text = _TASK.sub(r"\1", text)
    text = re.sub(r"\][ \t]+\((?=https?://)", "](", text)
    text = _SQUARE_LINK.sub(r"](\1)", text) if "][http" in text else text
    text = _SPACED_LINK.sub(lambda found: f"]({'%20'.join(found[1].split())})", text)
    text = re.sub(r"^(#{2,6})(?=[^\s#])", r"\1 ", text, flags=re.M)
    text = re.sub(r"^(?: {6,}| *\t[ \t]*)(?=[•●▪◦][^\S\n])", "   ", text, flags=re.M)  # set in as deep it were code
    text = re.sub(r"^([ \t]*)(?:[•●▪◦]|\\-(?=[ \t]))[^\S\n]+(?=\S)", r"\1- ", text, flags=re.M)
    return "\n".join(_set_in(text.split("\n"))) if _SHALLOW.search(text) else text


def _set_in(lines: list[str]) -> Iterator[str]:
    """Lines in which what is set in under a number, but not as deep as its text, is: it tells of that entry.

    These are bullets, and lines behind an empty one.
    """
    number, content, shift, blank = None, 0, 0, False
    for line in lines:
        indent = len(line) - len(line.lstrip(" "))
        if found := _NUMBERED.match(line):
            number, content, shift = indent, found.end(), 0
        elif line.strip() and (number is None or indent <= number):
            number, shift = None, 0
        elif line.strip() and not shift and indent < content and (blank or _BULLET.match(line)):
            shift = content - indent
        blank = not line.strip()
        yield " " * shift + line if shift else line


def _without_open_brackets(text: str) -> str:
    """Markdown in which the brackets of a damaged paragraph that close nowhere are escaped.

    They are no links either way, but to look for the end of each takes a reader the square of their number.
    """
    if text.count("[") < _MANY_BRACKETS:
        return text
    pieces = re.split(r"(\n[ \t]*\n)", text)
    return "".join(_closed(piece) if piece.count("[") - piece.count("]") > _MANY_BRACKETS else piece
                   for piece in pieces)


def _closed(paragraph: str) -> str:
    """A paragraph with its unmatched opening brackets escaped."""
    open_at: list[int] = []
    for found in re.finditer(r"\\.|[\[\]]", paragraph):
        if found[0] == "[":
            open_at.append(found.start())
        elif found[0] == "]" and open_at:
            open_at.pop()
    places = set(open_at)
    return "".join(rf"\{sign}" if at in places else sign for at, sign in enumerate(paragraph))


def _with_links(html: str) -> str:
    """HTML in which links written as Markdown, which only a blank line before them would have made links, are some."""
    return _LINK.sub(r'<a href="\2">\1</a>', html) if "](" in html else html


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
    _flatten_depths(page)
    return page.find("body") if page.find("body") is not None else page


def _flatten_depths(page: Any) -> None:
    """Take the tags off elements nested deeper than any page a person wrote; their text stays."""
    from lxml import etree

    depth, deep = 0, []
    for event, element in etree.iterwalk(page, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if event == "start" and depth > _DEEPEST and isinstance(element.tag, str):
            deep.append(element)
    for element in reversed(deep):
        element.drop_tag()
