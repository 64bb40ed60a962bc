"""Text of a table cut into cells: the divider is found, quotes that do not close cost one cell, not the file.

Python's csv module refuses a cell above 128 KB unless a setting of the whole process is changed, and swallows the rest
of a file behind a quote that does not close; so the cutting is done here.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

Row = tuple[int, list[str]]

_DIVIDERS = (",", "\t", ";", "|")
_SAMPLE = 60_000


def cut_rows(text: str, divider: str) -> Iterator[Row]:
    """Cut text into rows of cells.

    Parameters
    ----------
    text
        A table with ``\\n`` line ends.
    divider
        The one character between cells.

    Yields
    ------
    tuple
        The line on which the row begins, and its cells; rows without any text are left out.
    """
    sign = re.escape(divider)
    cell = re.compile(rf'[ ]*"((?:[^"]++|"")*+)"[ \t]*(?=[{sign}\n]|\Z)|([^{sign}\n]*+)')
    at, line, start, cells = 0, 1, 1, []
    while at <= len(text):
        found = cell.match(text, at)
        quoted, plain = found.groups()
        value = quoted.replace('""', '"') if quoted is not None else _unquoted(plain)
        cells.append(value)
        line += value.count("\n")
        at = found.end()
        if text[at : at + 1] == divider:
            at += 1
            continue
        if any(cell and not cell.isspace() for cell in cells):
            yield start, cells
        cells, at, line = [], at + 1, line + 1
        start = line


def _unquoted(cell: str) -> str:
    """A cell whose quotes do not follow the rules, without the outer pair."""
    cell = cell.strip()
    return cell[1:-1] if len(cell) > 1 and cell[0] == cell[-1] == '"' else cell


def find_divider(text: str, known: Callable[[list[str]], int]) -> str:
    """Find the character between the cells of a table.

    Parameters
    ----------
    text
        A table.
    known
        How many of the names in a row are known names of columns.

    Returns
    -------
    str
        The divider that gives the most known columns; where none does, the one whose rows are most alike.
    """
    if named := re.match(r"sep=(.)\n", text):
        return named[1]
    sample = text[:_SAMPLE]
    best, best_score = ",", (-1, -1.0, 0)
    for divider in _DIVIDERS:
        rows = [cells for _, cells in zip(range(40), (cells for _, cells in cut_rows(sample, divider)))]
        widths = [len(cells) for cells in rows]
        usual = max(widths, key=widths.count, default=1)
        score = (
            max((known(cells) for cells in rows[:25]), default=0),
            widths.count(usual) / max(len(widths), 1) * (usual > 1),
            usual,
        )
        if score > best_score:
            best, best_score = divider, score
    return best
