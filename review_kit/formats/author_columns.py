"""Columns of authors in tables: how one cell holds several names is told by the whole column."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Sequence

from ..text import split_names
from .author_fields import author_names, without_entities

Splitter = Callable[[str], tuple[list[str], bool]]

_PARTICLE = "(?:van|von|de|der|den|da|di|del|della|dos|du|la|le|ten|ter|bin|al|el) "
_GLUED = re.compile(
    r"(?<=[^\W\d_A-Z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bLe)"
    rf"(?=[A-ZÀ-ÖØ-Þ][\w'’-]*\.? (?:[(A-ZÀ-ÖØ-Þ]|{_PARTICLE}))"
)
_HONOUR = r"(?:Jr\.?|Sr\.?|III|II|IV|Ph\.?\s?D\.?|M\.?D\.?)"
_BEFORE_HONOUR = re.compile(rf",\s?(?={_HONOUR}(?![^\W\d_A-ZÀ-Þ]))")
# Behind ``Jr.`` or ``III`` the next name begins without a small letter before it.
_GLUED_HONOUR = re.compile(rf"(?<=[^\W\d_A-Z]\s)({_HONOUR})(?=[^\W\d_a-z][a-zà-ÿ.'’-])")
_DEGREE = re.compile(r"\s(?:Ph\.?\s?D|M\.?D)\.?(?=;|$)")
_TITLE = re.compile(r"(?:(?<=^)|(?<=; ))(?:(?:Prof|Dr|Mr|Mrs|Ms)\.\s?)+")
_LEADING_AND = re.compile(r"^(?:and|&)\s+")


def way_to_split(cells: Sequence[str], *, glued: bool) -> Splitter:
    """Find the function that takes the cells of a column of authors apart.

    Parameters
    ----------
    cells
        The column.
    glued
        Whether the table is Springer's, which writes names without anything between them.

    Returns
    -------
    callable
        Takes a cell; gives the names in our form and whether the cell says that there are more.
    """
    return _split_pairs if _holds_pairs(cells) else _split_glued if glued else _split_cell


def _split_cell(cell: str) -> tuple[list[str], bool]:
    """Names in one cell, in any usual spelling, a list as Python or JSON writes it included."""
    cell = without_entities(cell)
    if cell.startswith("[") and cell.endswith("]"):
        try:
            listed = ast.literal_eval(cell) if len(cell) < 100_000 else None
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            listed = None
        if isinstance(listed, list):
            return author_names(name.get("name", "") if isinstance(name, dict) else str(name) for name in listed)
    if "|" in cell or ";" in cell or "\n" in cell:
        names = (name.strip() for name in re.split(r"[|;\n]", cell))
        return author_names(_LEADING_AND.sub("", name, count=1) if name[:1] in "a&" else name for name in names if name)
    return split_names(cell)


def _split_pairs(cell: str) -> tuple[list[str], bool]:
    """Names of a column that writes ``Family, Given, Family, Given``."""
    if ";" in cell or "[" in cell:
        return _split_cell(cell)
    pieces = [piece.strip() for piece in cell.split(",")]
    return author_names(f"{family}, {given}" for family, given in zip(pieces[::2], pieces[1::2]))


def _split_glued(cell: str) -> tuple[list[str], bool]:
    """Names of Springer's export, which stand without anything between them: ``Ann Lee, Jr.Dr. Bo Chen``."""
    bare = _BEFORE_HONOUR.sub(" ", cell)
    if re.search(r"[;,|]", bare):
        return _split_cell(cell)
    apart = _GLUED.sub("; ", _GLUED_HONOUR.sub(r"\1; ", bare))
    return _split_cell(_TITLE.sub("", _DEGREE.sub("", apart)))


def _holds_pairs(cells: Iterable[str]) -> bool:
    """Whether a whole column writes ``Family, Given, Family, Given``: pieces in pairs, each first one a family name."""
    lists = [
        [piece.strip() for piece in cell.split(",")]
        for cell in cells
        if cell.count(",") > 0 and ";" not in cell and "[" not in cell
    ]
    several = [pieces for pieces in lists if len(pieces) > 2]
    if not several or any(len(pieces) % 2 for pieces in lists):
        return False
    families = [family for pieces in lists for family in pieces[::2]]
    if any(re.search(r"\.$|\s[A-Z]{1,3}$", family) for family in families):
        return False
    if len(lists) > 5 and len(several) > 2:
        return True  # that so many numbers are even by chance is unlikely
    given = [name for pieces in lists for name in pieces[1::2]]
    return (
        sum(len(family.split()) == 1 for family in families) > 0.8 * len(families)
        and (any(re.search(r"\s\w\.?$|^\w\.", name) for name in given) or len(several) > 1)
    )
