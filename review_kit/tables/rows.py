"""Rows of a survey table in groups, and the columns that are shown: shared by the formats for people."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from .cells import cell_text
from .columns import Column

if TYPE_CHECKING:
    from . import SurveyTable


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
