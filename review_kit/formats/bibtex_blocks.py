r"""BibTeX text taken apart into entries: braces, quotes, ``#``, ``@string``, and what is left when they do not close.

The scanner is our own. bibtexparser 2, tried first, splits an entry at a line ``@word{`` that stands inside an abstract
(one record lost, one invented), leaves ``nat # " (Online)"`` unresolved, runs the fields around a missing comma into
one value, and its splitting alone takes the time that is there for everything. Tests compare the two on sound files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from .bibtex_values import (
    BLANK,
    FIELD_LINE,
    LIKE_ENTRY,
    LINE_MARK,
    SURELY_ENTRY,
    Macros,
    all_macros,
    closing,
    meaning,
    read_value,
)

_MARK = re.compile(r"@[ \t]*([A-Za-z_][\w:+-]*)\s*([{(])")
# Where another entry begins, as far as can be told in text whose braces cannot be trusted.
_NEXT_ENTRY = re.compile(
    r"\n[^\S\n]*(?=@[ \t]*[A-Za-z_][\w:+-]*[ \t]*[{(])|[})][ \t]*(?=@[ \t]*[A-Za-z_]\w*[ \t]*[{(][^\s,{}()]*,)"
    rf"|(?={SURELY_ENTRY.pattern})|\n(?=[^\S\n]*@\w[^\s{{}}()=]*,[^\S\n]*(?:\n|\Z))"
)
# The first line of an entry that has lost its brace.
_BRACELESS = re.compile(r"^[^\S\n]*@\w[^\s{}()=]*,[^\S\n]*$", re.M)
_GAP = re.compile(r"(?:[\s,]+|%[^\n]*)*")
_KEY = {
    closer: re.compile(rf"\s*+((?:[^,\n{{}}{closer}]++|\{{[^\n{{}}]*+\}})*+)(?=[,\n{closer}])") for closer in "})"
}
_NAME = re.compile(r"([A-Za-z_][^\s={}\"#%,@()]*(?:[ \t]+[A-Za-z][\w-]*){0,3})\s*=\s*")
# Nearly every field is of this shape; possessive, so that a brace that is missing costs no time.
_PLAIN_FIELD = re.compile(
    r'([A-Za-z_][\w.:+/-]*)\s*=\s*(?:\{((?:[^{}@]++|\{[^{}@]*+\})*+)\}|"([^"{}@]*+)"|(\w++))\s*(?:,\s*|(?=[})]))'
)
_STRAY_FIELD = re.compile(
    r"(?<![^\s,{}()])[A-Za-z][\w-]*+[ \t]*=[ \t]*\{|^[^\S\n]*[A-Za-z_][\w-]*[ \t]*=[ \t]*(?:\"|[^\n]*[}\"],?$)", re.M
)
# How people put an entry aside: its first line behind a ``%``, or its ``@`` taken away.
_PUT_ASIDE = re.compile(r"^[^\S\n]*(?:%+[^\S\n]*@\w+\s*[{(]|\w+\{[^\s,{}]*,)", re.M)
PUT_ASIDE = "an entry that was put aside (its @ is missing or behind a %); remove the row or restore the @"
_HEADLESS = "this stands in no entry: the @type{key before it is missing or damaged"
_COMMENT = re.compile(r"@[ \t]*comment\s*\{", re.I)
_COMMENT_LINE = re.compile(r"^[^\S\n]*%.*$", re.M)
_TOO_SOON = re.compile(r"[^\s,{}@=%]{0,50}(?:\s*,\s*|[ \t]*\n?[ \t]*)[A-Za-z][\w-]*\s*=\s*[{\"\d]")
_RAN_ON = "a brace or quote is missing before the next entry"
_REST = re.compile(r"[,\n{})]")


@dataclass(slots=True)
class Block:
    """One ``@type{key, ...}`` as it stands in the source, or text that no entry holds (without a kind)."""

    kind: str
    line: int
    start: int
    end: int = 0
    key: str = ""
    broken: bool = False
    fields: dict[str, list[str]] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    quotes: bool = False
    doubtful: bool = False

    def add(self, name: str, value: str) -> None:
        """Add a field; names are compared without regard to case.

        What two entries run together have is a line that begins one, and in it or after it fields that stand twice.
        Programs write keywords twice.
        """
        name = name.lower()
        self.quotes = self.quotes or "@" in value and bool(LIKE_ENTRY.search(value))
        self.doubtful = self.doubtful or self.quotes and name in self.fields and name != "keywords"
        self.fields.setdefault(name, []).append(value)

    def mark_broken(self, problem: str) -> None:
        """Note what shows that the block is not as it was written."""
        self.broken = True
        self.problems.append(problem)


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
        over, and so is an entry behind a ``%`` (BibTeX itself would read that; biber and people do not). Text between
        entries, which is a comment in BibTeX, is a block without a kind; it is broken if it holds fields.
    """
    macros = all_macros(text, dict(macros))
    at = done = counted = 0
    line, comments = 1, {}
    while mark := _MARK.search(text, at):
        start, kind = mark.start(), mark[1].lower()
        if not _begins_block(text, start, at):
            at = mark.end()
            continue
        line += text.count("\n", counted, start)
        counted = start
        yield from _rests(text, (done, start), line, macros)
        if kind == "comment":
            comments = comments or _ends_of_comments(text)
            at = comments.get(mark.end(), 0) or _end_of_line(text, mark.end())
        elif kind in ("preamble", "string"):
            at = _end_of_group(text, mark)
        else:
            block = Block(kind, line, start)
            at = _read_entry(text, mark, block, macros)
            if (block.broken or block.doubtful) and _NEXT_ENTRY.search(text, start + 1, at):
                block.fields = {}  # such an entry does not quote another, it ran into it
                at = _give_up(text, block, macros, _RAN_ON)
            block.end = at
            yield block
        done = at
    yield from _rests(text, (done, len(text)), line + text.count("\n", counted), macros)


def _rests(text: str, span: tuple[int, int], last_line: int, macros: Macros) -> Iterator[Block]:
    """What stands in no entry, if there is more than comments behind a ``%`` and braces; its fields are saved."""
    start, end = span
    if text[start:end].isspace():
        return
    begins = [found.start() for found in _BRACELESS.finditer(text, start, end)]
    line = last_line - text.count("\n", start, end)
    for begin, until in zip([start, *begins], [*begins, end]):
        raw = text[begin:until]
        if re.search(r"\w", shown := _COMMENT_LINE.sub("", raw)):
            block = Block("", line + raw.count("\n") - raw.lstrip().count("\n"), begin, until)
            # A brace that only opens is a remark's (a smiley); one that only closes was an entry's.
            if begins or _STRAY_FIELD.search(shown) or shown.count("{") < shown.count("}"):
                block.mark_broken(PUT_ASIDE if _PUT_ASIDE.search(raw) else _HEADLESS)
                _save_fields(shown, block, macros)
            yield block
        line += raw.count("\n")


def _begins_block(text: str, start: int, after: int) -> bool:
    """Whether an ``@`` begins a block: first on its line, behind the end of another, or much like an entry."""
    before = text[max(after, text.rfind("\n", after, start) + 1) : start].strip()
    if not before:
        return True
    if before.startswith("%"):
        return False
    if before[-1] in "})" or SURELY_ENTRY.match(text, start):
        return True
    return text[start - 1] in " \t," and bool(LIKE_ENTRY.match(text, start))


def _ends_of_comments(text: str) -> dict[int, int]:
    """Where each ``@comment{`` that closes ends, by where its text begins; entries in it are put aside by it."""
    begins = {mark.end() for mark in _COMMENT.finditer(text)}
    ends, waiting = {}, []
    for brace in re.finditer(r"[{}]", text):
        if brace[0] == "{":
            waiting.append(brace.end())
        elif waiting and (begin := waiting.pop()) in begins:
            ends[begin] = brace.end()
    return ends


def _end_of_group(text: str, mark: re.Match[str]) -> int:
    """Where a ``@string`` or ``@preamble`` ends: with its line, if it does not close before the next entry."""
    following = LINE_MARK.search(text, mark.end())
    until = following.start() if following else len(text)
    end = closing(text, mark.end() - 1, until) if mark[2] == "{" else text.find(")", mark.end(), until)
    return end + 1 if end >= 0 else _end_of_line(text, mark.end())


def _end_of_line(text: str, at: int) -> int:
    """Where the line of a place ends."""
    end = text.find("\n", at)
    return end if end >= 0 else len(text)


def _read_entry(text: str, mark: re.Match[str], block: Block, macros: Macros) -> int:
    """Fill a block from its text; returns where reading goes on."""
    closers = "}" if mark[2] == "{" else ")"
    at, next_entry = _read_key(text, mark.end(), block, closers), None
    while True:
        at = _GAP.match(text, at).end()
        plain = _PLAIN_FIELD.match(text, at)
        while plain:
            name, braced, quoted, bare = plain.groups()
            block.add(name, meaning(bare, macros, block.problems) if bare else braced or quoted or "")
            at = plain.end()
            plain = _PLAIN_FIELD.match(text, at)
        at = _GAP.match(text, at).end()
        if text[at : at + 1] == closers:
            at += 1
            if not _closed_too_soon(text, at, closers):
                return at
            block.mark_broken("a closing brace too many before the end of the entry")
            continue
        name = _NAME.match(text, at)
        if name is None:
            resumed = _skip_rest(text, at, block)
            if resumed is None:
                return _give_up(text, block, macros, "the entry does not end: its closing brace is missing")
            next_entry = _next_entry(text, block.start) if next_entry is None else next_entry
            if resumed > next_entry:  # at once, as to read on to the end from every entry would take too long
                return _give_up(text, block, macros, _RAN_ON)
            at = resumed
            continue
        value, after = read_value(text, name.end(), macros, block.problems)
        if value is None:
            return _give_up(text, block, macros, f"field {name[1]} does not end: a brace or quote is missing")
        block.add(name[1], value)
        at = after


def _closed_too_soon(text: str, at: int, closer: str) -> bool:
    """Whether fields follow what seemed the end of an entry, and behind them, before the next one, its true end."""
    if not _TOO_SOON.match(text, at):
        return False
    following = LINE_MARK.search(text, at)
    until = following.start() if following else len(text)
    return text.count(closer, at, until) > text.count("{" if closer == "}" else "(", at, until)


def _read_key(text: str, at: int, block: Block, closer: str) -> int:
    """The citation key, if there is one; returns where the fields begin."""
    nameless = _NAME.match(text, BLANK.match(text, at).end())
    if nameless and text[nameless.end() : nameless.end() + 1] in ("{", '"'):
        return at
    key = _KEY[closer].match(text, at)
    if key is None:
        return at
    block.key = key[1].rstrip()
    return key.end()


def _skip_rest(text: str, at: int, block: Block) -> int | None:
    """Step over text that is no field; nothing if the entry is at its end without having been closed."""
    if at >= len(text) or (text[at] == "@" and _MARK.match(text, at)):
        return None
    stop = _REST.search(text, at if text[at] == "{" else at + 1)
    while stop and stop[0] == "{":
        end = closing(text, stop.start())
        if end < 0:
            return None
        stop = _REST.search(text, end + 1)
    end = stop.start() if stop else len(text)
    block.mark_broken(f"text that is no field was passed over: {text[at : min(end, at + 60)].strip()!r}")
    return end


def _give_up(text: str, block: Block, macros: Macros, problem: str) -> int:
    """End a block that does not close where the next one begins, and save the fields that stand one to a line."""
    end = _next_entry(text, block.start)
    block.problems = []
    block.mark_broken(problem)
    _save_fields(text[block.start : end], block, macros)
    return end


def _next_entry(text: str, start: int) -> int:
    """Where the entry after one begins, as far as can be told."""
    following = _NEXT_ENTRY.search(text, start + 1)
    return following.end() if following else len(text)


def _save_fields(raw: str, block: Block, macros: Macros) -> None:
    """Read a damaged entry line by line: a value goes from its ``name =`` to the next."""
    starts = list(FIELD_LINE.finditer(raw))
    saved: dict[str, list[str]] = {}
    for found, following in zip(starts, [*starts[1:], None]):
        value = raw[found.end() : following.start() if following else len(raw)].strip()
        end = r"[}\")]?\s*,?\s*$" if following else r"[\s})\",]+$"
        value = re.sub(end, "", value.rstrip("\n ,"))
        saved.setdefault(found[1].lower(), []).append(value if found[2] else meaning(value, macros, None))
    block.fields |= saved
