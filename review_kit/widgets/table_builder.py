"""The table builder: choose papers, columns and groups of a survey table, see it, write it in four formats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import ipywidgets
import pandas as pd

from ..errors import ReviewKitError
from ..extraction import extraction_table, tag_table
from ..protocol import Item, Node, Protocol
from ..review_log import ReviewLog
from ..tables import SurveyTable, survey_table
from .forms import AUTO, LINE, WIDE, WRAPPED, Form, KeyGuard

FORMATS = {"LaTeX": ".tex", "Markdown": ".md", "HTML": ".html", "Excel": ".xlsx"}
FIELDS = (
    "citation", "title", "authors", "year", "venue", "doi", "arxiv_id", "url", "code_url", "project_url",
    "citation_key",
)
FIRST_COLUMNS = ("citation", "title", "year")
PREVIEWED = 20
STYLE = """<style>
.rk-preview :is(th, td) { padding: 4px 16px 4px 0; text-align: left; vertical-align: top; line-height: 1.4; }
.rk-preview :is(thead th, tbody th[colspan]) { border-bottom: 1px solid var(--jp-border-color1, #bdbdbd); }
.rk-preview tbody th[scope=row] { font-weight: 400; }
.rk-preview a { color: var(--jp-content-link-color, #1565c0); }
</style>"""


class TableBuilder(Form):
    """Build a survey table by choosing: papers, columns and their order, groups, caption; preview and export.

    ``builder.table`` is the table that is on screen, for use in the next cell.

    Parameters
    ----------
    papers
        A papers table.
    log_or_events
        A review log or an events table, with tags and extracted items.
    protocol
        Gives labels and the order of tags and items.
    folder
        Where files are written; by default ``outputs`` beside the log.
    """

    def __init__(
        self, papers: pd.DataFrame, log_or_events: ReviewLog | pd.DataFrame, protocol: Protocol | None = None,
        folder: str | Path | None = None,
    ) -> None:
        self.column = ipywidgets.Dropdown(description="More columns", style=WIDE, layout=LINE)
        self.columns = ipywidgets.Select(description="Columns", style=WIDE, layout=LINE, rows=6)
        self.group_by = ipywidgets.Dropdown(description="Grouped by", style=WIDE, layout=LINE)
        self.sort_by = ipywidgets.Dropdown(description="Sorted by", style=WIDE, layout=LINE)
        self.descending = ipywidgets.Checkbox(description="Highest first", indent=False)
        self.caption = ipywidgets.Text(description="Caption", style=WIDE, layout=LINE, continuous_update=False)
        self.name = ipywidgets.Text("survey-table", description="File name", style=WIDE, layout=LINE)
        self.preview = ipywidgets.HTML()
        self._chosen = list(FIRST_COLUMNS)
        super().__init__(papers, log_or_events, protocol, folder)
        moves = {"Add": self._add, "Up": lambda: self._move(-1), "Down": lambda: self._move(1), "Remove": self._remove}
        buttons = [_button(word, act) for word, act in moves.items()]
        exports = [_button(f"Write {word}", lambda word=word: self._write(word)) for word in FORMATS]
        self.children = [
            KeyGuard(), self.which, self.tags, self.words,
            _line(self.column, buttons[0]), _line(self.columns, *buttons[1:]), self.group_by,
            _line(self.sort_by, self.descending), self.caption, self.name, _line(*exports, self.refresh_button),
            self.status, self.preview,
        ]

    @property
    def table(self) -> SurveyTable:
        """The survey table as chosen."""
        return self._table(self.selected)

    def export(self, format: str) -> Path:
        """Write the table as ``LaTeX``, ``Markdown``, ``HTML`` or ``Excel`` and return the file.

        Raises
        ------
        ReviewKitError
            The format is not one of these, or the file cannot be written.
        """
        if format not in FORMATS:
            raise ReviewKitError(f"format: expected one of {', '.join(FORMATS)}; found {format!r}")
        path = self.folder / f"{Path(self.name.value.strip() or 'survey-table').name}{FORMATS[format]}"
        table = self.table
        write = {"LaTeX": table.to_latex, "Markdown": table.to_markdown, "HTML": table.to_html, "Excel": table.to_excel}
        return Path(write[format](path))

    def choose_columns(self, columns: Sequence[str]) -> None:
        """Set the columns and their order."""
        self._chosen = list(columns)
        self._offer_columns(None)
        self._react()

    def refresh(self) -> None:
        """Read the log again and offer the columns there are now."""
        self._known = _with_what_was_used(self.protocol or Protocol(""), self.papers, self.events)
        named = {name: name.replace("_", " ") for name in FIELDS}
        named = {axis.axis: f"{axis.label} (tags)" for axis in self._known.axes} | named
        named = {item.id: f"{item.label} (charted)" for item in self._known.items} | named
        self._offered = [(label, name) for name, label in sorted(named.items(), key=lambda pair: pair[0] not in FIELDS)]
        for control, none in ((self.group_by, "no groups"), (self.sort_by, "the order of the papers")):
            kept = control.value
            control.options = [(none, ""), *self._offered]
            control.value = kept if kept in named else ""
        self._offer_columns(None)
        super().refresh()

    def controls(self) -> Sequence[ipywidgets.Widget]:
        """The controls whose change is a reason to show the table anew."""
        return (*super().controls(), self.group_by, self.sort_by, self.descending, self.caption)

    def _offer_columns(self, at: int | None) -> None:
        """Show the chosen columns in order, and those that may be added."""
        label = {name: word for word, name in self._offered}
        self.column.options = [option for option in self._offered if option[1] not in self._chosen]
        self.column.index = 0 if self.column.options else None
        self.columns.options = [(label.get(name, name), name) for name in self._chosen]
        self.columns.index = at

    def _add(self) -> None:
        """Put the offered column last."""
        if self.column.value:
            self._chosen.append(self.column.value)
            self._offer_columns(len(self._chosen) - 1)
            self._react()

    def _move(self, by: int) -> None:
        """Move the marked column."""
        at = self.columns.index
        if at is not None and 0 <= at + by < len(self._chosen):
            self._chosen[at], self._chosen[at + by] = self._chosen[at + by], self._chosen[at]
            self._offer_columns(at + by)
            self._react()

    def _remove(self) -> None:
        """Take the marked column out."""
        if self.columns.index is not None:
            del self._chosen[self.columns.index]
            self._offer_columns(None)
            self._react()

    def _table(self, papers: pd.DataFrame) -> SurveyTable:
        """The table of some papers, as chosen."""
        order = f"-{self.sort_by.value}" if self.sort_by.value and self.descending.value else self.sort_by.value
        return survey_table(
            papers, self.events, columns=self._chosen, group_by=self.group_by.value or None, sort_by=order or None,
            caption=self.caption.value, label=self.name.value, protocol=self._known,
        )

    def _react(self) -> None:
        self.attempt(self._show)

    def _show(self) -> str:
        """Show the first rows; the table's own HTML holds text as text and links to web pages only."""
        papers = self.selected
        table = self._table(papers.head(PREVIEWED))
        rows = table._repr_html_().replace("<a ", '<a target="_blank" ')
        self.preview.value = f'{STYLE}<div class="rk-preview">{rows}</div>'
        more = f"; the first {PREVIEWED} are shown" if len(papers) > PREVIEWED else ""
        return f"{len(papers)} papers{more}"

    def _write(self, word: str) -> None:
        """Write one format and say where."""
        self.attempt(lambda: f"Written: {self.export(word)} ({len(self.selected)} papers)")


def _with_what_was_used(protocol: Protocol, papers: pd.DataFrame, events: pd.DataFrame) -> Protocol:
    """The protocol and, after it, axes and items that were used without being planned: they are columns too."""
    axes = dict.fromkeys(tag_table(papers, events)["axis"].dropna())
    items = extraction_table(papers, events).columns
    free_axes = [Node(axis, axis, axis) for axis in axes if protocol.node(axis) is None]
    free_items = [Item(item, item) for item in items if protocol.item(item) is None]
    return replace(protocol, taxonomy=(*protocol.taxonomy, *free_axes), items=(*protocol.items, *free_items))


def _button(word: str, act: Any) -> ipywidgets.Button:
    """A button that does something."""
    button = ipywidgets.Button(description=word, layout=AUTO)
    button.on_click(lambda _: act())
    return button


def _line(*controls: ipywidgets.Widget) -> ipywidgets.HBox:
    """Controls beside one another, below one another where there is no room."""
    return ipywidgets.HBox(controls, layout=WRAPPED)
