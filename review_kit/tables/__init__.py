"""Survey tables: chosen columns of chosen papers, for the manuscript, the web, the README and the spreadsheet."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..file_writing import write_whole
from ..spreadsheets import Sheet, write_workbook
from .cells import cell_text
from .columns import NOT_GIVEN, Column, Columns, listed, sort_key
from .latex import latex_table
from .markup import NOTEBOOK_STYLE, html_page, html_table, markdown_table
from .view import TableView, show_table

if TYPE_CHECKING:
    from ..protocol import Protocol

__all__ = ["NOT_GIVEN", "SurveyTable", "TableView", "show_table", "survey_table"]

Filter = Mapping[str, Any] | pd.Series | Callable[[pd.DataFrame], pd.Series]


@dataclass(frozen=True)
class SurveyTable:
    """A survey table, ready to be written in every format with the same rows in the same order.

    Attributes
    ----------
    frame
        The cells, one row for each paper in each of its groups; indexed by ``paper_id``. With groups, the first column
        holds them. Lists stay lists; what is missing is ``None`` or ``<NA>``.
    columns
        What each column is called and holds.
    group_by
        The column of the groups, or None.
    links, quotes
        By row number and column name: where a cell leads, and the quote that supports it.
    caption, label
        For the manuscript.
    """

    frame: pd.DataFrame
    columns: tuple[Column, ...]
    group_by: str | None
    links: Mapping[tuple[int, str], str]
    quotes: Mapping[tuple[int, str], str]
    caption: str = ""
    label: str = ""

    def to_latex(
        self, path: str | Path | None = None, *, cite: str = "cite", environment: str = "auto"
    ) -> str | Path:
        r"""Write the table for LaTeX with booktabs.

        Every text is escaped; only citation keys are commands. Latin letters and common symbols compile with pdflatex,
        other scripts need xelatex or lualatex. Needs ``booktabs`` and ``array``, long tables ``longtable``.

        Parameters
        ----------
        path
            Where to write; without it the text is returned.
        cite
            The command of the citation column, such as ``cite``, ``citep`` or ``citet``.
        environment
            ``table``, ``table*``, ``sidewaystable``, ``longtable``, or ``auto``: longtable when it may not fit a page.

        Returns
        -------
        str or Path
            The LaTeX source, or the file written.

        Raises
        ------
        ReviewKitError
            `cite` is no command name, the environment is not known, or the file cannot be written.
        """
        return _written(latex_table(self, cite=cite, environment=environment), path)

    def to_markdown(self, path: str | Path | None = None) -> str | Path:
        """Write the table for GitHub: one table a group, cells escaped, links to web pages only.

        Parameters
        ----------
        path
            Where to write; without it the text is returned.
        """
        return _written(markdown_table(self), path)

    def to_html(self, path: str | Path | None = None) -> str | Path:
        """Write a page of its own that screen readers can follow; text is text, links lead to web pages only.

        Parameters
        ----------
        path
            Where to write; without it the text is returned.
        """
        return _written(html_page(self), path)

    def to_excel(self, path: str | Path) -> Path:
        """Write a workbook: typed cells, links, frozen head, filter; quotes are comments, formulas stay text.

        Parameters
        ----------
        path
            Where to write.
        """
        headings = {column.name: column.heading for column in self.columns}
        # Two columns may have one heading; Excel's filter needs them apart.
        names = _different([headings[name] for name in self.frame.columns])
        place = dict(zip(self.frame.columns, names))
        sheet = self.frame.set_axis(names, axis=1)
        links = {(row, place[name]): url for (row, name), url in self.links.items()}
        quotes = {(row, place[name]): quote for (row, name), quote in self.quotes.items()}
        return write_workbook([Sheet(self.caption or "Survey", sheet, links, quotes)], path)

    def _repr_html_(self) -> str:
        """The preview in a notebook."""
        return NOTEBOOK_STYLE + html_table(self)


def survey_table(
    papers: pd.DataFrame, events: pd.DataFrame, *, columns: Sequence[str] | Mapping[str, str],
    group_by: str | None = None, sort_by: str | Sequence[str] | None = None, where: Filter | None = None,
    caption: str = "", label: str = "", protocol: Protocol | None = None,
) -> SurveyTable:
    """Build a survey table from papers, their tags and their extracted items.

    Parameters
    ----------
    papers
        The papers to show, for instance those that `select_papers` chose.
    events
        The review log, with tags and extracted items.
    columns
        Names of papers columns (``authors`` in short form, ``citation`` for the citation key), of tag axes
        (``modality``) or of extraction items (``benchmarks``), looked up in this order; a mapping gives headings.
    group_by
        An axis, item or column; a paper with two values stands in both groups, one without in the last.
    sort_by
        One or more names; ``-year`` is descending. What is missing comes last. By default the order of `papers`.
    where
        A mapping from names to the value or values wanted (``{"modality": ["Text", "Image"]}``), a truth value for each
        paper, or a function that makes these from `papers`.
    caption, label
        For the manuscript; a label is reduced to the signs that LaTeX allows in one.
    protocol
        Gives labels and the order of tags and items.

    Returns
    -------
    SurveyTable

    Raises
    ------
    ReviewKitError
        Names that are not known; the message lists those that are.

    Examples
    --------
    >>> survey_table(papers, events, columns=["citation", "modality", "year"]).to_latex()  # doctest: +SKIP
    """
    known = Columns(papers, events, protocol)
    sort_names = [sort_by] if isinstance(sort_by, str) else list(sort_by or ())
    filtered = list(where) if isinstance(where, Mapping) else []
    wanted = [*columns, *([group_by] if group_by else []), *(name.removeprefix("-") for name in sort_names), *filtered]
    known.check(wanted)
    found = {name: known.find(name) for name in dict.fromkeys(wanted)}
    rows = [row for row, chosen in enumerate(_chosen(papers, found, where)) if chosen]
    for name in reversed(sort_names):
        rows = _sorted(rows, found[name.removeprefix("-")], descending=name.startswith("-"))
    placed = found[group_by].grouped(rows) if group_by else [(None, row) for row in rows]
    headings = columns if isinstance(columns, Mapping) else {}
    shown = [_headed(found[name], headings.get(name)) for name in dict.fromkeys(columns) if name != group_by]
    numbers = [row for _, row in placed]
    frame = pd.DataFrame({c.name: _series([c.values[n] for n in numbers], papers, c.name) for c in shown})
    if group_by:
        frame.insert(0, group_by, pd.array([group for group, _ in placed], dtype="object"))
    frame.index = pd.Index(papers["paper_id"].iloc[numbers], name="paper_id")
    return SurveyTable(
        frame, (*([found[group_by]] if group_by else []), *shown), group_by,
        {(at, c.name): c.links[n] for at, n in enumerate(numbers) for c in shown if c.links and c.links[n]},
        {(at, c.name): c.quotes[n] for at, n in enumerate(numbers) for c in shown if c.quotes and c.quotes[n]},
        caption, label,
    )


def _chosen(papers: pd.DataFrame, found: Mapping[str, Column], where: Filter | None) -> list[bool]:
    """Whether each paper passes the filter."""
    if where is None:
        return [True] * len(papers)
    if isinstance(where, Mapping):
        tests = [(found[name].texts(), {cell_text(value) for value in listed(wanted)})
                 for name, wanted in where.items()]
        return [all(wanted & set(texts[row]) for texts, wanted in tests) for row in range(len(papers))]
    mask = where(papers) if callable(where) else where
    if not isinstance(mask, pd.Series):
        mask = pd.Series(mask, index=papers.index)
    return mask.reindex(papers.index).fillna(False).astype(bool).tolist()


def _sorted(rows: list[int], column: Column, *, descending: bool) -> list[int]:
    """Rows in the order of a column; equal ones keep their order, missing ones come last."""
    known = [row for row in rows if listed(column.values[row])]
    known.sort(key=lambda row: sort_key(column.values[row]), reverse=descending)
    return known + [row for row in rows if not listed(column.values[row])]


def _headed(column: Column, heading: str | None) -> Column:
    """The column under another heading."""
    return replace(column, heading=heading) if heading else column


def _series(values: list[Any], papers: pd.DataFrame, name: str) -> pd.Series:
    """Cells with the type of the papers column where it is one."""
    is_plain = name in papers and name != "authors" and str(papers[name].dtype) in ("Int64", "boolean", "string")
    return pd.Series(values, dtype=papers[name].dtype if is_plain else "object")


def _different(names: list[str]) -> list[str]:
    """Names made different by a number where two are equal."""
    return [name if names.index(name) == at else f"{name} ({names[:at + 1].count(name)})"
            for at, name in enumerate(names)]


def _written(text: str, path: str | Path | None) -> str | Path:
    """The text itself, or the file it was written to."""
    return text if path is None else write_whole(path, text.encode("utf-8", "replace"))
