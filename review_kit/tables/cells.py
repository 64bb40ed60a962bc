"""Cells of a survey table as text, and its rows in groups: shared by the formats for people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

import pandas as pd

if TYPE_CHECKING:
    from . import SurveyTable
    from .columns import Column

MISSING = "–"
LEGEND = "–: not given."
NO_PAPERS = "No papers match this selection."
_WEB = re.compile(r"https?://[^\s/\\<>\"'{}|^`@]+(?:[/?#][^\s]*)?", re.IGNORECASE)


def cell_text(value: Any) -> str:
    """What a reader sees of a value; nothing where it is missing."""
    if isinstance(value, (list, tuple)):
        return ", ".join(cell_text(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {cell_text(part)}" for name, part in value.items())
    if value is None or pd.isna(value):
        return ""
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def web_link(url: str) -> str:
    """A link if it leads to a page of the web, else nothing."""
    return url if _WEB.fullmatch(url) else ""


def shown_columns(table: SurveyTable) -> list[Column]:
    """The columns that have cells: all but the one of the groups."""
    return [column for column in table.columns if column.name != table.group_by]


def grouped_rows(table: SurveyTable) -> Iterator[tuple[str | None, list[int]]]:
    """The groups in order, each with its row numbers; without groups, all rows under None."""
    if table.group_by is None:
        if len(table.frame):
            yield None, list(range(len(table.frame)))
        return
    groups = [cell_text(group) for group in table.frame[table.group_by]]
    for group, rows in groupby(range(len(groups)), key=lambda row: groups[row]):
        yield group, list(rows)


def has_missing(table: SurveyTable) -> bool:
    """Whether any shown cell is empty."""
    return any(not cell_text(value) for column in shown_columns(table) for value in table.frame[column.name])
