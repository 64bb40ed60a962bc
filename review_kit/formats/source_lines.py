"""The lines of a source: one kind of line end, characters that cannot be read taken out and counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_PLAIN = bytes((*b"\t\n", *range(32, 127)))
_PIECE = 65_536
_WIDEST_INDENT = 200


def even_ends(text: str) -> str:
    r"""Bring text to ``\n`` line ends and take out byte order marks, which files put together have at each seam.

    ``\r\r\n`` is what is left when Windows' line ends are written twice.
    """
    if "\r" in text:
        text = text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\ufeff").replace("\n\ufeff", "\n")


def tidy_lines(text: str) -> tuple[str, dict[int, int]]:
    r"""Bring text to ``\n`` line ends and take out control characters and halves of characters.

    Parameters
    ----------
    text
        A file, decoded.

    Returns
    -------
    text : str
        The same lines; a control character became a blank, half a character U+FFFD.
    hurt : dict
        How many characters were taken out, by line.
    """
    text = even_ends(text)
    if _is_plain(text) or not _UNREADABLE.search(text):
        return text, {}
    lines = text.split("\n")
    hurt = {}
    for at, line in enumerate(lines):
        line, controls = _CONTROL.subn(" ", line)
        lines[at], halves = _UNREADABLE.subn("\ufffd", line)
        if controls or halves:
            hurt[at + 1] = controls + halves
    return "\n".join(lines), hurt


def _is_plain(text: str) -> bool:
    """Whether a text is ASCII without control characters; bytes in pieces tell that sooner than an expression."""
    pieces = (text[at : at + _PIECE].encode() for at in range(0, len(text), _PIECE))
    return text.isascii() and not any(piece.translate(None, _PLAIN) for piece in pieces)


def has_line(text: str, start: str) -> bool:
    """Whether a line begins with these characters; in a long text far faster than an expression with ``^``."""
    return text.startswith(start) or f"\n{start}" in text


def begins_line(text: str, at: int, blanks: str = " \t\xa0") -> bool:
    """Whether a place is the first of its line but for a few blanks."""
    before = text[max(at - _WIDEST_INDENT, 0) : at].rstrip(blanks)
    return before.endswith("\n") or (not before and at <= _WIDEST_INDENT)


def note_repairs(rows: list[dict[str, Any]], hurt: dict[int, int]) -> list[dict[str, Any]]:
    """Note in each row how many unreadable characters were taken out of its lines; returns the rows."""
    starts = [row.get("line") or 0 for row in rows]
    counts: dict[int, list[int]] = {}
    for number in hurt:
        counts.setdefault(max(bisect_right(starts, number) - 1, 0), []).append(number)
    for at, lines in counts.items() if rows else ():
        count = sum(hurt[number] for number in lines)
        add_problem(rows[at], f"{count} control or broken characters were taken out (first in line {lines[0]})")
    return rows


def add_problem(row: dict[str, Any], problem: str) -> None:
    """Note one more problem in a row."""
    row["problem"] = f"{row['problem']}; {problem}" if row.get("problem") else problem
