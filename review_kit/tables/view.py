"""Any table of a review shown in a notebook so that it can be read: text to the left, in full, and as text."""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pandas as pd
from pandas.api.types import is_bool_dtype, is_numeric_dtype

from ..text import clean_text
from .cells import MISSING, cell_text, web_link
from .markup import NOTEBOOK_STYLE

# An abstract is shown whole; ten megabytes in one cell would stop the browser.
LONGEST_CELL = 5_000
# Longer words (addresses, mostly) may be broken anywhere; others would be too, were it allowed for all.
_LONGEST_WORD = 36
# Jupyter would set formulas in what it shows; a defect such as `$^3$` must be seen as it stands in the source.
_NO_FORMULAS = "tex2jax_ignore mathjax_ignore"


@dataclass(frozen=True, repr=False)
class TableView:
    """A table as a notebook shows it; what a cell of a notebook returns.

    Attributes
    ----------
    frame
        The table itself.
    rows
        How many rows are shown; None for all.
    """

    frame: pd.DataFrame
    rows: int | None

    def _repr_html_(self) -> str:
        """The table for a notebook."""
        return NOTEBOOK_STYLE + "\n".join(_lines(self.frame, self.rows)) + "\n"

    def __repr__(self) -> str:
        return repr(self.frame)


def show_table(table: pd.DataFrame | pd.Series, *, rows: int | None = 100) -> TableView:
    """Show a table in a notebook so that it can be read: text to the left, in full, web links as links.

    pandas sets text to the right, cuts it after 50 characters and lets ``$...$`` become a formula. Here every text is
    whole (up to 5,000 characters) and shown as text, whatever it holds. An index of mere numbers is left out.

    Parameters
    ----------
    table
        Any table; of a Series the index stands beside the values.
    rows
        The most rows to show, with a line that tells how many more there are; None shows all.

    Returns
    -------
    TableView
        What a notebook shows; ``.frame`` is the table.
    """
    frame = table.to_frame(table.name or "value") if isinstance(table, pd.Series) else table
    return TableView(frame, rows)


def _lines(frame: pd.DataFrame, rows: int | None) -> Iterator[str]:
    """The lines of the table element."""
    shown = frame if rows is None else frame.head(rows)
    heads = _row_heads(shown)
    columns = [*heads, *((name, shown.iloc[:, at]) for at, name in enumerate(shown.columns))]
    numeric = [is_numeric_dtype(values.dtype) and not is_bool_dtype(values.dtype) for _, values in columns]
    yield f'<table class="rk-table {_NO_FORMULAS}">'
    names = "".join(_cell("th", name, number, "col") for (name, _), number in zip(columns, numeric))
    yield f"<thead><tr>{names}</tr></thead>"
    yield "<tbody>"
    for row in zip(*(values.tolist() for _, values in columns)):
        cells = (_cell(*(("th", value, number, "row") if at < len(heads) else ("td", value, number)))
                 for at, (value, number) in enumerate(zip(row, numeric)))
        yield f"<tr>{''.join(cells)}</tr>"
    yield "</tbody>"
    left = len(frame) - len(shown)
    if left or not len(frame):
        told = f"{left:,} more rows; show_table(..., rows=None) shows all." if left else "No rows."
        yield f'<tfoot><tr><td colspan="{len(columns) or 1}">{told}</td></tr></tfoot>'
    yield "</table>"


def _row_heads(frame: pd.DataFrame) -> list[tuple[Any, pd.Index]]:
    """Name and values of each level of the index that tells something: no bare numbers, no column again."""
    levels = ((name, frame.index.get_level_values(at)) for at, name in enumerate(frame.index.names))
    return [(name, values) for name, values in levels
            if name not in frame.columns and not (name is None and is_numeric_dtype(values.dtype))]


def _cell(element: str, value: Any, number: bool, scope: str = "") -> str:
    """One cell; a web address leads there."""
    text = clean_text(_text(value))
    if len(text) > LONGEST_CELL:
        text = f"{text[:LONGEST_CELL]} … ({len(text) - LONGEST_CELL:,} characters more)"
    content = html.escape(text) or ("" if element == "th" else MISSING)
    if web_link(text):
        content = f'<a href="{html.escape(text)}" target="_blank" rel="noopener noreferrer">{content}</a>'
    kind = "rk-number" if number else "rk-long" if max(map(len, text.split()), default=0) > _LONGEST_WORD else ""
    told = (f' scope="{scope}"' if scope else "") + (f' class="{kind}"' if kind else "")
    return f"<{element}{told}>{content}</{element}>"


def _text(value: Any) -> str:
    """A value as text: lists by semicolons, as names have commas; fractions to four places."""
    if isinstance(value, (list, tuple)):
        return "; ".join(_text(part) for part in value)
    return cell_text(round(value, 4) if isinstance(value, float) else value)
