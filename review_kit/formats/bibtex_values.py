"""The values of BibTeX's fields: braces, quotes, abbreviations, and the ``#`` between their parts."""

from __future__ import annotations

import re

LINE_MARK = re.compile(r"\n[^\S\n]*@[ \t]*[A-Za-z_][\w:+-]*[ \t]*[{(]")
# Possessive, here and below, so that long blanks cost no time.
LIKE_ENTRY = re.compile(r"@\s*+\w++\s*+[{(]\s*+[^\s,{}()]*+\s*+,")
BLANK = re.compile(r"(?:\s+|%[^\n]*\n)*")
FIELD_LINE = re.compile(r"^[^\S\n]*([A-Za-z_][\w-]*)[ \t]*=[ \t]*([{\"]?)", re.M)
_BARE = re.compile(r"[^\s,#{}()\"=%]+")
SURELY_ENTRY = re.compile(rf"{LIKE_ENTRY.pattern}\s*+[A-Za-z][\w-]*+\s*+=")
_BEGINS = rf"\n[^\S\n]*(?=@[ \t]*[A-Za-z_][\w:+-]*[ \t]*[{{(])|(?={SURELY_ENTRY.pattern})"
_INNER = {"{": re.compile(rf"[{{}}]|{_BEGINS}"), '"': re.compile(rf'[{{}}"]|{_BEGINS}')}
# A value may quote one entry; several are entries that a brace is missing before.
_MOST_MARKS = 1

Macros = dict[str, str]


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
        problems.append(undefined_problem(bare))
    return macros.get(bare.lower(), bare)


def undefined_problem(bare: str) -> str:
    """What is said of an abbreviation that is not defined."""
    return f"abbreviation {bare} is not defined"


def closing(text: str, at: int) -> int:
    """Where the brace or quote at a place is closed, or -1. BibTeX counts escaped braces too.

    A line ``@type{`` inside is text as long as everything closes; if fields stand before it, or more such lines follow,
    it is the next entry.
    """
    opener = text[at]
    depth, marks = 0, set()
    for found in _INNER[opener].finditer(text, at + 1):
        sign = found[0]
        if sign == "}" and depth == 0 and opener == "{" or sign == '"' and depth <= 0:
            return found.start()
        if sign in ("{", "}"):
            depth += 1 if sign == "{" else -1
        elif sign != '"' and LIKE_ENTRY.match(text, found.end()):
            marks.add(found.end())
            if len(marks) > _MOST_MARKS or FIELD_LINE.search(text, at + 1, found.start()):
                return -1
    return -1
