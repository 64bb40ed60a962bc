"""Defects in single lines of a paper list: numbers, emphasis, templates, encoding, links beside the entries."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .kinds import Finding
from .links import markdown_findings
from .page import TEXT, Page, without_code
from .titles import encoding_findings

Numbered = Iterator[tuple[int, Finding]]

_NUMBER = re.compile(r"(?P<indent>\s*)(?P<number>\d{1,3})[.)]\s+\S")
_ITEM = re.compile(r"\s*(?:\d{1,3}[.)]|[-*+]|\|)\s*")
_LIST_ITEM = re.compile(r"\s*(?:\d{1,3}[.)]|[-*+])\s")
_TEMPLATE = re.compile(
    r"\]\((?:paper[-_ ]?)?(?:link|url|\.\.\.|…|#|)\)|\[(?:paper )?title\]|\*\*\[?(?:paper )?title\b|"
    r"\btitle of (?:the )?paper\b|\]\(https?://(?:\.\.\.|…|xxx+|example\.com)", re.I)
_PDF = re.compile(r"`([\w./-]+\.pdf)`|\]\((?!https?:|#|mailto:)([^()\s:]+\.pdf)\)", re.I)
_LABEL = {"'": re.compile(r"(?<=[A-Za-z\d])'(?=\d\d(?:\d\d)?\b)|(?<=\d{4})'(?=[A-Za-z])"),
          "’": re.compile(r"(?<=[A-Za-z\d])’(?=\d\d(?:\d\d)?\b)|(?<=\d{4})’(?=[A-Za-z])")}


def encoding_checks(page: Page) -> Numbered:
    """Lines that were read in the wrong encoding, and lost characters."""
    for at, line in enumerate(page.lines, 1):
        if not line.isascii():
            for finding in encoding_findings(line, "line"):
                yield at, finding


def numbering_checks(page: Page) -> Numbered:
    """Numbers of a list that stand twice or are missing. All alike, or counting down, is a way to number too."""
    for numbers in _numbered_lists(page):
        values = [number for _, number in numbers]
        steps = [after - before for before, after in zip(values, values[1:])]
        if not steps or set(values) <= {0, 1} or len(set(values)) == 1:
            continue
        down = sum(step == -1 for step in steps) > len(steps) / 2
        expected = values[0]
        for (at, number), step in zip(numbers[1:], steps):
            step = -step if down else step
            expected = number - step + 1 if not down else number + step - 1
            if step == 0:
                yield at, Finding("numbering_repeated", str(number), str(expected))
            elif step < 0:
                before = number + step if down else number - step
                yield at, Finding("numbering_repeated", f"{number} after {before}", str(expected))
            elif step > 1:
                yield at, Finding("numbering_skipped", str(number), str(expected))


def _numbered_lists(page: Page) -> Iterator[list[tuple[int, int]]]:
    """Line and number of the items of each numbered list; a heading or a new 1 begins another list."""
    headings = {heading.line for heading in page.headings}
    open_lists: dict[int, list[tuple[int, int]]] = {}
    for at, line in page.text_lines():
        found = _NUMBER.match(line)
        begins_text = line[:1].strip() and not found and not _ITEM.match(line) and not page.lines[at - 2].strip()
        if at in headings or begins_text:
            yield from open_lists.values()
            open_lists = {}
        if not found:
            continue
        indent, number = len(found["indent"].expandtabs(4)), int(found["number"])
        for deeper in [other for other in open_lists if other > indent]:
            yield open_lists.pop(deeper)
        items = open_lists.setdefault(indent, [])
        if items and number == 1 and items[-1][1] != 1:
            yield items
            items = open_lists[indent] = []
        items.append((at, number))
    yield from open_lists.values()


def emphasis_checks(page: Page) -> Numbered:
    """Bold text that is opened in a paragraph or an item and not closed there."""
    block: list[tuple[int, str]] = []
    for at, line in [*page.text_lines(), (0, "")]:
        if not line.strip() or _ITEM.match(line) or line.lstrip().startswith(("#", "|")):
            yield from _unclosed(block)
            block = []
        if line.strip():
            block.append((at, line))


def _unclosed(block: list[tuple[int, str]]) -> Numbered:
    """The place in a block where bold text is opened and not closed."""
    opened: tuple[int, str] | None = None
    for at, line in block:
        text = without_code(line)
        for mark in re.finditer(r"(?<!\*)\*\*\*?(?!\*)", text):
            before, after = text[mark.start() - 1:mark.start()], text[mark.end():mark.end() + 1]
            if opened and before.strip():
                opened = None
            elif not opened and after.strip():
                opened = (at, line[mark.start():])
    if opened:
        yield opened[0], Finding("unclosed_emphasis", opened[1], "** at its end")


def template_checks(page: Page) -> Numbered:
    """Rows to be copied and filled in, in fences, comments and among the entries."""
    for at, (line, kind) in enumerate(zip(page.lines, page.kinds), 1):
        if at not in page.covered and _ITEM.match(line.removeprefix("<!--").lstrip()):
            if len(_TEMPLATE.findall(line)) > (kind == TEXT):
                yield at, Finding("template_row", line.strip(), "an entry, or nothing")


def link_checks(page: Page) -> Numbered:
    """Links without address or text beside the entries; those of entries are checked with their records."""
    for at, line in page.text_lines():
        if at not in page.covered and "](" in line and len(_TEMPLATE.findall(line)) < 2:
            for finding in markdown_findings(line):
                yield at, finding


def file_checks(page: Page) -> Numbered:
    """Files beside the list, which whoever has only the list does not have."""
    for at, line in page.text_lines():
        for found in _PDF.finditer(line):
            yield at, Finding("local_file", found[1] or found[2], "a link")


def separator_checks(page: Page) -> Numbered:
    """Entries whose parts are separated by a bar without the blank before it that most have."""
    lines = [(at, line) for at, line in page.text_lines() if "|" in line and _LIST_ITEM.match(line)]
    joined = [(at, found) for at, line in lines if (found := re.search(r"\w+\|(?=\s)", without_code(line)))]
    if len(joined) * 2 < len(lines):
        for at, found in joined:
            yield at, Finding("uneven_separators", found[0], f"{found[0][:-1]} |")


def date_checks(page: Page) -> Numbered:
    """The date at the head of a pasted page, where it has no year."""
    first = min(page.covered, default=0)
    for at, line in page.text_lines()[:first]:
        if re.fullmatch(r"\s*(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* \d{1,2}\s*", line):
            yield at, Finding("undated_page", line.strip(), f"{line.strip()}, and a year")


def label_checks(page: Page) -> Numbered:
    """Labels such as ``ACL'24`` that are written with another apostrophe than most."""
    lines = {mark: [(at, found) for at, line in page.text_lines() for found in pattern.finditer(line)]
             for mark, pattern in _LABEL.items()}
    few, many = sorted(lines, key=lambda mark: len(lines[mark]))
    for at, found in lines[few]:
        before, after = found.string[:found.start()], found.string[found.end():]
        word = re.search(r"[\w-]*$", before)[0] + few + re.match(r"\w*", after)[0]
        yield at, Finding("uneven_labels", word, word.replace(few, many))
