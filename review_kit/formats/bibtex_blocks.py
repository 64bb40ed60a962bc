r"""BibTeX text taken apart into entries: braces, quotes, ``#``, ``@string``, and what is left when they do not close.

The scanner is our own. bibtexparser 2, tried first, splits an entry at a line ``@word{`` that stands inside an abstract
(one record lost, one invented), leaves ``nat # " (Online)"`` unresolved, runs the fields around a missing comma into
one value, and its splitting alone takes the time that is there for everything. Tests compare the two on sound files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_MARK = re.compile(r"@[ \t]*([A-Za-z_][\w:+-]*)\s*([{(])")
_LINE_MARK = re.compile(r"\n[ \t]*@[ \t]*[A-Za-z_][\w:+-]*[ \t]*[{(]")
_LIKE_ENTRY = re.compile(r"@\s*\w+\s*[{(]\s*[^\s,{}()]*\s*,")
_GAP = re.compile(r"(?:[\s,]+|%[^\n]*)*")
_BLANK = re.compile(r"(?:\s+|%[^\n]*\n)*")
_KEY = {closer: re.compile(rf"\s*((?:[^,\n{{}}]|\{{[^\n{{}}]*\}})*?)\s*(?=[,\n{closer}])") for closer in "})"}
_NAME = re.compile(r"([A-Za-z_][^\s={}\"#%,@()]*(?:[ \t]+[A-Za-z][\w-]*){0,3})\s*=\s*")
# Nearly every field is of this shape; possessive, so that a brace that is missing costs no time.
_PLAIN_FIELD = re.compile(
    r'([A-Za-z_][\w.:+/-]*)\s*=\s*(?:\{((?:[^{}@]++|\{[^{}@]*+\})*+)\}|"([^"{}@]*+)"|(\w++))\s*(?:,\s*|(?=[})]))'
)
_BARE = re.compile(r"[^\s,#{}()\"=%]+")
_INNER = re.compile(r"[{}]|\n[ \t]*@[ \t]*[A-Za-z_][\w:+-]*[ \t]*[{(]")
_FIELD_LINE = re.compile(r"^[ \t]*([A-Za-z_][\w-]*)[ \t]*=[ \t]*[{\"]?", re.M)
_MOST_MARKS = 20

Macros = dict[str, str]


@dataclass(slots=True)
class Block:
    """One ``@type{key, ...}`` as it stands in the source."""

    kind: str
    line: int
    start: int
    end: int = 0
    key: str = ""
    fields: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)

    def add(self, name: str, value: str) -> None:
        """Add a field; names are compared without regard to case."""
        self.fields.setdefault(name.lower(), []).append(value)


def blocks(text: str, macros: Macros) -> Iterator[Block]:
    """Find every entry of a BibTeX text, in order.

    Parameters
    ----------
    text
        BibTeX with ``\\n`` line ends.
    macros
        Abbreviations known beforehand (months); the text's own ``@string`` are added, wherever they stand.

    Yields
    ------
    Block
        One per ``@type{`` that begins an entry. One that does not close is ended where the next begins; what could be
        saved is in ``fields`` and what is wrong in ``problems``. ``@comment``, ``@preamble`` and ``@string`` are passed
        over, and so is an entry behind a ``%`` (BibTeX itself would read that; biber and people do not).
    """
    macros = _all_macros(text, dict(macros))
    at, line, counted = 0, 1, 0
    while mark := _MARK.search(text, at):
        start, kind = mark.start(), mark[1].lower()
        if not _begins_block(text, start, at):
            at = mark.end()
        elif kind in ("comment", "preamble", "string"):
            at = _end_of_group(text, mark)
        else:
            line += text.count("\n", counted, start)
            counted = start
            block = Block(kind, line, start)
            at = _read_entry(text, mark, block, macros)
            yield block


def _begins_block(text: str, start: int, after: int) -> bool:
    """Whether an ``@`` begins a block: first on its line, behind the end of another, or much like an entry."""
    before = text[max(after, text.rfind("\n", 0, start) + 1) : start].strip()
    if not before:
        return True
    if before.startswith("%"):
        return False
    return before[-1] in "})" or (text[start - 1] in " \t," and bool(_LIKE_ENTRY.match(text, start)))


def _end_of_group(text: str, mark: re.Match[str]) -> int:
    """Where a ``@comment``, ``@string`` or ``@preamble`` ends; one that does not close ends with its line.

    Only a comment may hold entries (they are put aside by it); in the others one is a sign of a missing brace.
    """
    end = _closing(text, mark.end() - 1) if mark[2] == "{" else text.find(")", mark.end())
    if end < 0:
        end = text.find("\n", mark.end())
    end = end + 1 if end >= 0 else len(text)
    swallowed = _LINE_MARK.search(text, mark.end(), end) if mark[1].lower() != "comment" else None
    return swallowed.start() + 1 if swallowed else end


def _all_macros(text: str, macros: Macros) -> Macros:
    """The abbreviations of the whole text."""
    for mark in re.finditer(r"@[ \t]*string\s*[{(]\s*", text, re.I):
        name = re.compile(r"([^\s={}]+)\s*=\s*").match(text, mark.end())
        if name:
            value, _ = _read_value(text, name.end(), macros)
            if value is not None:
                macros[name[1].lower()] = value
    return macros


def _read_entry(text: str, mark: re.Match[str], block: Block, macros: Macros) -> int:
    """Fill a block from its text; returns where reading goes on."""
    closers = "}" if mark[2] == "{" else ")"
    at = _read_key(text, mark.end(), block, closers)
    while True:
        at = _GAP.match(text, at).end()
        plain = _PLAIN_FIELD.match(text, at)
        while plain:
            name, braced, quoted, bare = plain.groups()
            block.add(name, _meaning(bare, macros, block.problems) if bare else braced or quoted or "")
            at = plain.end()
            plain = _PLAIN_FIELD.match(text, at)
        at = _GAP.match(text, at).end()
        if text[at : at + 1] == closers:
            at += 1
            if not re.compile(r"[^\s,{}@=]{0,50}\s*,\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]").match(text, at):
                block.end = at
                return at
            block.problems.append("a closing brace too many before the end of the entry")
            continue
        name = _NAME.match(text, at)
        if name is None:
            resumed = _skip_rest(text, at, block)
            if resumed is None:
                return _give_up(text, block, "the entry does not end: its closing brace is missing")
            at = resumed
            continue
        value, after = _read_value(text, name.end(), macros, block.problems)
        if value is None:
            return _give_up(text, block, f"field {name[1]} does not end: a brace or quote is missing")
        block.add(name[1], value)
        at = after


def _read_key(text: str, at: int, block: Block, closer: str) -> int:
    """The citation key, if there is one; returns where the fields begin."""
    nameless = _NAME.match(text, _BLANK.match(text, at).end())
    if nameless and text[nameless.end() : nameless.end() + 1] in ("{", '"'):
        return at
    key = _KEY[closer].match(text, at)
    if key is None:
        return at
    block.key = key[1]
    return key.end()


def _skip_rest(text: str, at: int, block: Block) -> int | None:
    """Step over text that is no field; nothing if the entry is at its end without having been closed."""
    if at >= len(text) or (text[at] == "@" and _MARK.match(text, at)):
        return None
    stop = re.compile(r"[,\n})]").search(text, at + 1)
    end = stop.start() if stop else len(text)
    block.problems.append(f"text that is no field was passed over: {text[at : min(end, at + 60)].strip()!r}")
    return end


def _give_up(text: str, block: Block, problem: str) -> int:
    """End a block that does not close where the next one begins, and save the fields that stand one to a line."""
    following = _LINE_MARK.search(text, block.start + 1)
    block.end = following.start() + 1 if following else len(text)
    block.problems = [problem]
    _save_fields(text[block.start : block.end], block)
    return block.end


def _save_fields(raw: str, block: Block) -> None:
    """Read a damaged entry line by line: a value goes from its ``name =`` to the next."""
    starts = list(_FIELD_LINE.finditer(raw))
    saved: dict[str, list[str]] = {}
    for found, following in zip(starts, [*starts[1:], None]):
        value = raw[found.end() : following.start() if following else len(raw)].strip()
        value = (
            re.sub(r"[}\")]?\s*,?\s*$", "", value.rstrip("\n ,")) if following else re.sub(r"[\s})\",]+$", "", value)
        )
        saved.setdefault(found[1].lower(), []).append(value)
    block.fields = {**block.fields, **saved} if saved else block.fields


def _read_value(text: str, at: int, macros: Macros, problems: list[str] | None = None) -> tuple[str | None, int]:
    """A value with its ``#`` parts put together, and where it ends; nothing if it does not end.

    An abbreviation that is not defined stays as its name, and is added to `problems`.
    """
    parts: list[str] = []
    while True:
        at = _BLANK.match(text, at).end()
        opener = text[at : at + 1]
        if opener in ("{", '"') and opener:
            end = _closing(text, at) if opener == "{" else _closing_quote(text, at)
            if end < 0:
                return None, at
            parts.append(text[at + 1 : end])
            at = end + 1
        elif bare := _BARE.match(text, at):
            parts.append(_meaning(bare[0], macros, problems))
            at = bare.end()
        after = _BLANK.match(text, at).end()
        if text[after : after + 1] != "#":
            return "".join(parts), at
        at = after + 1


def _meaning(bare: str, macros: Macros, problems: list[str] | None) -> str:
    """What an abbreviation stands for; a number, and one that is not defined, stand for themselves."""
    if problems is not None and bare.lower() not in macros and not bare.isdigit():
        problems.append(f"abbreviation {bare} is not defined")
    return macros.get(bare.lower(), bare)


def _closing(text: str, at: int) -> int:
    """Where the brace at a place is closed, or -1. BibTeX counts escaped braces too.

    A line ``@type{`` inside is text as long as everything closes; if fields stand before it, it is the next entry.
    """
    depth, marks = 0, 0
    for found in _INNER.finditer(text, at):
        if found[0] == "{":
            depth += 1
        elif found[0] == "}":
            depth -= 1
            if depth == 0:
                return found.start()
        else:
            marks += 1
            if marks > _MOST_MARKS or (marks == 1 and _FIELD_LINE.search(text, at + 1, found.start())):
                return -1
            depth += found[0].endswith("{")
    return -1


def _closing_quote(text: str, at: int) -> int:
    """Where the quote at a place is closed outside braces, or -1; an entry that begins before says that it is not."""
    depth = 0
    for found in re.compile(r'[{}"]|\n[ \t]*@[A-Za-z]+[ \t]*\{[^\s,]*,').finditer(text, at + 1):
        if found[0] == '"' and depth <= 0:
            return found.start()
        if found[0][0] == "\n":
            return -1
        depth += (found[0] == "{") - (found[0] == "}")
    return -1
