"""The lines of a source: one kind of line end, characters that cannot be read taken out and counted."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Any

_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_PLAIN = bytes((*b"\t\n", *range(32, 127)))
_PIECE = 65_536
_WIDEST_INDENT = 200


def tidy_lines(text: str) -> tuple[str, list[int]]:
    r"""Bring text to ``\n`` line ends and take out control characters and halves of characters.

    Parameters
    ----------
    text
        A file, decoded.

    Returns
    -------
    text : str
        The same lines; a control character became a blank, half a character U+FFFD.
    hurt : list of int
        For each character that was taken out, its line.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    text = text.removeprefix("\ufeff")
    if _is_plain(text) or not _UNREADABLE.search(text):
        return text, []
    lines = text.split("\n")
    hurt = [number for number, line in enumerate(lines, 1) for _ in _UNREADABLE.findall(line)]
    return "\n".join(_UNREADABLE.sub(lambda m: " " if m[0] < " " else "\ufffd", line) for line in lines), hurt


def _is_plain(text: str) -> bool:
    """Whether a text is ASCII without control characters; bytes in pieces tell that sooner than an expression."""
    pieces = (text[at : at + _PIECE].encode() for at in range(0, len(text), _PIECE))
    return text.isascii() and not any(piece.translate(None, _PLAIN) for piece in pieces)


def has_line(text: str, start: str) -> bool:
    """Whether a line begins with these characters; in a long text far faster than an expression with ``^``."""
    return text.startswith(start) or f"\n{start}" in text


def begins_line(text: str, at: int, blanks: str = " \t") -> bool:
    """Whether a place is the first of its line but for a few blanks."""
    before = text[max(at - _WIDEST_INDENT, 0) : at].rstrip(blanks)
    return before.endswith("\n") or (not before and at <= _WIDEST_INDENT)


def note_repairs(rows: list[dict[str, Any]], hurt: list[int]) -> list[dict[str, Any]]:
    """Note in each row how many unreadable characters were taken out of its lines; returns the rows."""
    starts = [row.get("line") or 0 for row in rows]
    counts: dict[int, list[int]] = {}
    for number in hurt:
        counts.setdefault(max(bisect_right(starts, number) - 1, 0), []).append(number)
    for at, lines in counts.items():
        if rows:
            add_problem(
                rows[at], f"{len(lines)} control or broken characters were taken out (first in line {lines[0]})"
            )
    return rows


def add_problem(row: dict[str, Any], problem: str) -> None:
    """Note one more problem in a row."""
    row["problem"] = f"{row['problem']}; {problem}" if row.get("problem") else problem
