"""The values of BibTeX's fields: braces, quotes, abbreviations, and the ``#`` between their parts."""

from __future__ import annotations

import re
import sys
from functools import lru_cache

from ..text import plain_latex
from .plain_values import plain_text

LINE_MARK = re.compile(r"\n[^\S\n]*@[ \t]*[A-Za-z_][\w:+-]*[ \t]*[{(]")
# Possessive, here and below, so that long blanks cost no time.
LIKE_ENTRY = re.compile(r"@\s*+\w++\s*+[{(]\s*+[^\s,{}()]*+\s*+,")
BLANK = re.compile(r"(?:\s+|%[^\n]*\n)*")
FIELD_LINE = re.compile(r"^[^\S\n]*([A-Za-z_][\w-]*)[ \t]*=[ \t]*([{\"]?)", re.M)
_BARE = re.compile(r"[^\s,#{}()\"=%]+")
SURELY_ENTRY = re.compile(rf"{LIKE_ENTRY.pattern}\s*+[A-Za-z][\w-]*+\s*+=")
_BEGINS = rf"\n[^\S\n]*(?=@[ \t]*[A-Za-z_][\w:+-]*[ \t]*[{{(])|(?={SURELY_ENTRY.pattern})"
_INNER = {"{": re.compile(rf"[{{}}]|{_BEGINS}"), '"': re.compile(rf'[{{}}"]|{_BEGINS}')}
# What follows a value that is whole: another field, or the end of the entry.
_GOES_ON = re.compile(r"\s*+,\s*+[A-Za-z][\w-]*+\s*+=|[\s,]*+[})]")
# No text has a line ``@word{`` as deep in braces as this.
_DEEPEST = 20
_LONGEST_MACRO = 10_000

Macros = dict[str, str]


def all_macros(text: str, macros: Macros) -> Macros:
    """The abbreviations of the whole text, without those that grow beyond all bounds by naming each other."""
    too_long: set[str] = set()
    for mark in re.finditer(r"@[ \t]*string\s*[{(]\s*", text, re.I):
        name = re.compile(r"([^\s={}]+)\s*=\s*").match(text, mark.end())
        if name:
            undefined: list[str] = []
            value, _ = read_value(text, name.end(), macros, undefined)
            if value is not None and len(value) <= _LONGEST_MACRO and too_long.isdisjoint(undefined):
                macros[name[1].lower()] = value
            elif value is not None:
                too_long.add(_undefined(name[1]))
    return macros


def read_value(text: str, at: int, macros: Macros, problems: list[str] | None = None) -> tuple[str | None, int]:
    """A value with its ``#`` parts put together, and where it ends; nothing if it does not end.

    An abbreviation that is not defined stays as its name, and is added to `problems`.
    """
    parts: list[str] = []
    while True:
        at = BLANK.match(text, at).end()
        opener = text[at : at + 1]
        if opener in ("{", '"') and opener:
            end = closing(text, at)
            if end < 0:
                return None, at
            parts.append(text[at + 1 : end])
            at = end + 1
        elif bare := _BARE.match(text, at):
            parts.append(meaning(bare[0], macros, problems))
            at = bare.end()
        after = BLANK.match(text, at).end()
        if text[after : after + 1] != "#":
            return "".join(parts), at
        at = after + 1


def meaning(bare: str, macros: Macros, problems: list[str] | None) -> str:
    """What an abbreviation stands for; a number, and one that is not defined, stand for themselves."""
    if problems is not None and bare.lower() not in macros and not bare.isdigit():
        problems.append(_undefined(bare))
    return macros.get(bare.lower(), bare)


def _undefined(bare: str) -> str:
    """What is said of an abbreviation that is not defined."""
    return f"abbreviation {bare} is not defined"


def closing(text: str, at: int, until: int = sys.maxsize) -> int:
    """Where the brace or quote at a place is closed, or -1. BibTeX counts escaped braces too.

    A line ``@type{`` inside is text as long as everything closes; if fields stand before it, or if it holds another, it
    is the next entry. Several are text only where the value ends as a value does.
    """
    opener = text[at]
    depth, marks, outermost = 0, [], 0
    for found in _INNER[opener].finditer(text, at + 1, until):
        sign = found[0]
        if sign == "}" and depth == 0 and opener == "{" or sign == '"' and depth <= 0:
            return found.start() if len(set(marks)) < 2 or _is_whole(text, (at, marks[0]), found.end()) else -1
        if sign in ("{", "}"):
            depth += 1 if sign == "{" else -1
        elif sign != '"' and depth > _DEEPEST:
            return -1
        elif sign != '"' and LIKE_ENTRY.match(text, found.end()):
            if depth > outermost if marks else FIELD_LINE.search(text, at + 1, found.start()):
                return -1
            outermost = depth
            marks.append(found.end())
    return -1


def _is_whole(text: str, before: tuple[int, int], end: int) -> bool:
    """Whether a value that quotes entries ends as one does, and no comma before the first tells that it ended there."""
    return not text[slice(*before)].rstrip().endswith(",") and bool(_GOES_ON.match(text, end))


@lru_cache(maxsize=10_000)
def readable(value: str) -> str:
    """A LaTeX value as text to be read."""
    return plain_text(plain_latex(value))
