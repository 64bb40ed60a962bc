"""Tables: CSV, TSV and Excel exports of databases and screening tools, through one list of column names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ..formats import csv_grid, wos_text
from ..spreadsheets import neutral_text, original_text
from .author_columns import way_to_split
from .column_names import column_roles, plain_name
from .document_types import document_type
from .record_rows import Roles, problem_row, record_row, tell_nothing
from .source_lines import add_problem, note_repairs, tidy_lines

NAME = "table"

_FIRST_ROWS = 30
_LONGEST_NAME = 5  # words
# What stands in rows and not in names: a year, a DOI, an address.
_VALUE = re.compile(r"^\W*(?:19|20)\d\d\W*$|\b10\.\d{4,9}/|https?://")
_SUFFIXES = (".csv", ".tsv", ".tab", ".psv", ".xlsx", ".xls", ".xlsm")
_MISSING = frozenset(("nan", "NaN"))
_OWN_IDS = {"record_id", "paper_id"}
_WOS_TAGS = {"PT", "AU", "TI", "SO"}
# Embase's Source: journal, year, volume, issue, pages and date in one cell.
_APPEARED_IN = re.compile(
    r"(?P<venue>.+?) \((?P<year>(?:19|20)\d\d)\)(?: (?P<volume>[^\s:()]+))?(?::(?P<number>[^\s()]+))?"
    r"(?: \((?P<pages>[^()]*)\))?\.?(?: Date of Publication: (?P<date>.+))?"
)

Grid = list[tuple[int, list[str]]]


# The rule under the head of a Markdown table, or between two parts of a page.
_MARKDOWN_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}|^[ \t]*\|?(?:[ \t]*:?-+:?[ \t]*\|)+[ \t:-]*$", re.M)


def matches(text: str, name: str) -> bool:
    """Tell whether a text is a table of papers: by its name, or by a line of known column names at its head."""
    if text[:2000].lstrip("\ufeff \t\r\n").startswith(("<", "@", "{", "[")):
        return False
    if name.lower().endswith(_SUFFIXES):
        return True
    head, _ = tidy_lines(text[:20_000])
    if _MARKDOWN_RULE.search(head):
        return False
    grid = list(csv_grid.cut_rows(head, csv_grid.find_divider(head, _likeness)))[:_FIRST_ROWS]
    at = _header_at(grid)
    return at is not None and len(_roles_in(grid[at][1])) >= 3


def read(text: str) -> list[dict[str, Any]]:
    """Read a table from text as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded. The divider (comma, tab, semicolon, bar) is found; lines above the column names are skipped.

    Returns
    -------
    list of dict
        One row per row of the table, everything read as text: an id ``00123`` and a title ``NA`` stay what they are.
        Columns that are not known are in ``extra``. Without known column names each row says so in ``problem``.
    """
    text, hurt = tidy_lines(text)
    divider = csv_grid.find_divider(text, _likeness)
    first = re.match(r"sep=.\n", text)
    grid = list(csv_grid.cut_rows(text, divider))[1 if first else 0 :]
    return note_repairs(_rows(_as_written(grid)), hurt)


def _as_written(grid: Grid) -> Grid:
    """A table of our own without the ``'`` that keeps spreadsheets from running a cell; any other as it is.

    It is our own if it has the column of our ids, and no cell that the ``'`` would have been put before lacks it.
    """
    if not grid or not _OWN_IDS & set(grid[0][1]):
        return grid
    if any(neutral_text(cell) != cell and original_text(cell) == cell for _, cells in grid for cell in cells):
        return grid
    return [(line, [original_text(cell) for cell in cells]) for line, cells in grid]


def read_bytes(data: bytes) -> list[dict[str, Any]]:
    """Read an Excel workbook as rows of the records table: every sheet with known column names.

    Parameters
    ----------
    data
        The file's bytes.

    Returns
    -------
    list of dict
        As `read` gives; with several sheets of papers the sheet's name is in ``extra``. A sheet without known column
        names is one row with ``problem``, unless it is the only one.

    Raises
    ------
    SourceError
        The workbook is damaged, or unpacks to more than the limits allow.
    """
    from .workbooks import sheets

    found = [(name, grid) for name, grid in sheets(data) if grid]
    papers = [name for name, grid in found if _header_at(grid) is not None or _vertical(grid)]
    rows: list[dict[str, Any]] = []
    for name, grid in found:
        if name in papers or len(found) == 1:
            rows += [
                row if len(papers) < 2 else {**row, "extra": {**row.get("extra", {}), "sheet": name}}
                for row in _rows(grid)
            ]
        elif len(grid) > 1:
            rows.append(
                problem_row(
                    "\n".join("\t".join(cells) for _, cells in grid[:20]),
                    line=grid[0][0],
                    problem=f"sheet {name!r} has no column with a known name; its {len(grid)} rows were not read",
                )
            )
    return rows


def _roles_in(cells: Iterable[str]) -> set[str]:
    """What the columns of a row of names are for, as far as the names are known."""
    return {role for role, _ in column_roles(cell for cell in cells if len(cell) < 60).values()}


def _likeness(cells: Iterable[str]) -> int:
    """How much a row is like a row of column names: known names, a title counting more."""
    roles = _roles_in(cells)
    return len(roles) + 2 * ("title" in roles)


def _header_at(grid: Grid) -> int | None:
    """Which of the first rows holds the column names: the one most like it, if it names what a paper is known by."""
    best, most = None, 0
    for at, (_, cells) in enumerate(grid[:_FIRST_ROWS]):
        likeness = _likeness(cells)
        if likeness > most and (likeness >= 3 or _roles_in(cells) & {"doi", "pmid", "abstract", "url"}):
            best, most = at, likeness
    return best


def _vertical(grid: Grid) -> bool:
    """Whether the names stand in the first column, as in Embase's export by rows: one line per field."""
    names = [plain_name(cells[0]) for _, cells in grid[:_FIRST_ROWS] if cells]
    return names.count("title") >= 1 and len(_roles_in(names)) >= 5 and all(len(name) < 60 for name in names)


def _rows(grid: Grid) -> list[dict[str, Any]]:
    """The rows of a table below its column names."""
    at = _header_at(grid)
    if _vertical(grid) and (at is None or len(_roles_in(grid[at][1])) < 3):
        return _vertical_rows(grid)
    if at is None:
        return [
            problem_row(
                "\t".join(cells),
                "no column has a known name (title, authors, abstract, doi ...); name the columns in the first row",
                line=line,
            )
            for line, cells in grid
        ]
    headers = _headers(grid[at][1])
    body = [(line, cells) for line, cells in grid[at + 1 :] if cells != grid[at][1]]
    above = _rows_above(grid[:at], body)
    rows = _told(_rows_under(headers, above + body), headers, above + body, len(above))
    width = max((len(cells) for _, cells in body), default=len(headers))
    beyond = headers[width:]
    if any(len(cell.split()) > _LONGEST_NAME for cell in beyond) and any(map(_VALUE.search, beyond)):
        line, cells = grid[at]
        told = "a row stands in the line of the column names; move it below them"
        rows.insert(len(above), problem_row("\t".join(cells), told, line=line))
    return rows


def _rows_above(above: Grid, body: Grid) -> Grid:
    """The rows above the column names, if rows of the table are among them; words on the export are passed over."""
    if not body:
        return above
    filled = sorted(sum(map(bool, map(str.strip, cells))) for _, cells in body)
    usual = max(filled[len(filled) // 2], 2)
    return above if any(sum(map(bool, map(str.strip, cells))) >= usual for _, cells in above) else []


def _rows_under(headers: list[str], body: Grid) -> list[dict[str, Any]]:
    """The rows of a table under these column names."""
    if set(headers) >= _WOS_TAGS:
        return [_wos_row(headers, cells, line) for line, cells in body]
    roles = column_roles(headers)
    names_at = _preferred(headers, roles)
    column = [cells[names_at] for _, cells in body if len(cells) > names_at] if names_at is not None else []
    split = way_to_split(column, glued={"item title", "item doi"} <= {plain_name(header) for header in headers})
    return [_row(headers, cells, line, roles=roles, split=split) for line, cells in body]


def _told(rows: list[dict[str, Any]], headers: list[str], body: Grid, above: int) -> list[dict[str, Any]]:
    """The rows with what is wrong with their cells; the first ones stood above the column names."""
    for at, (row, (_, cells)) in enumerate(zip(rows, body)):
        if at < above:
            add_problem(row, "the row stands above the column names; move it below them")
        if len(cells) > len(headers) or (len(cells) < len(headers) and not row.get("title")):
            add_problem(row, f"the row has {len(cells)} cells, but there are {len(headers)} columns")
        tell_nothing(row, "row")
        if row.get("problem"):
            row["raw"] = "\t".join(cells)
    return rows


def _headers(cells: list[str]) -> list[str]:
    """Column names, each once: an empty one is called by its number, a repeated one gets a number."""
    headers: list[str] = []
    taken: set[str] = set()
    for number, cell in enumerate(cells, 1):
        name = " ".join(cell.split()) or f"column {number}"
        headers.append(name if name not in taken else f"{name} ({number})")
        taken.add(headers[-1])
    return headers


def _preferred(headers: list[str], roles: Roles) -> int | None:
    """Which column holds the authors."""
    columns = [(roles[header][1], at) for at, header in enumerate(headers) if roles.get(header, ("",))[0] == "authors"]
    return min(columns)[1] if columns else None


def _row(headers: list[str], cells: list[str], line: int, *, roles: Roles, split: Any) -> dict[str, Any]:
    """One row of a table as a row of the records table."""
    fields = {header: [cell] for header, cell in zip(headers, cells) if cell and not cell.isspace()}
    if not _MISSING.isdisjoint(cells):
        fields = {header: values for header, values in fields.items() if not _is_missing(values[0], roles.get(header))}
    for number, cell in enumerate(cells[len(headers) :], len(headers) + 1):
        if cell.strip():
            fields[f"column {number}"] = [cell]
    roles = _with_source_parts(fields, roles)
    by_place = sorted((roles[header][1], header) for header in fields if roles.get(header, ("",))[0] == "authors")
    names = split(fields[by_place[0][1]][0]) if by_place else None
    kinds = [fields[header][0] for header in fields if roles.get(header, ("",))[0] == "type"]
    row = record_row(fields, roles, line=line, names=names)
    if kinds:
        row["type"] = document_type(kinds)
        row["extra"].update(
            {header: values[0] for header, values in fields.items() if roles.get(header, ("",))[0] == "type"}
        )
    return row


def _is_missing(cell: str, role: tuple[str, int] | None) -> bool:
    """Whether a cell holds only pandas' word for what is missing; a title or key may be that word."""
    return cell in _MISSING and role is not None and role[0] not in ("title", "key")


def _with_source_parts(fields: dict[str, list[str]], roles: Roles) -> Roles:
    """The roles, and those of the parts into which an Embase source is taken, which are added to the fields."""
    found = _APPEARED_IN.fullmatch(fields.get("Source", [""])[0].strip()) if "Source" not in roles else None
    parts = {f"Source: {role}": (role, value) for role, value in (found.groupdict() if found else {}).items() if value}
    fields.update({name: [value] for name, (_, value) in parts.items()})
    return {**roles, **{name: (role, 99) for name, (role, _) in parts.items()}} if parts else roles


def _wos_row(headers: list[str], cells: list[str], line: int) -> dict[str, Any]:
    """One row of Web of Science's tab-divided export, whose columns have the tags of its text format."""
    fields = {header: [cell.strip()] for header, cell in zip(headers, cells) if cell.strip()}
    for tag in ("AU", "AF", "BA", "CA", "GP"):
        if tag in fields:
            fields[tag] = [name.strip() for name in fields[tag][0].split(";")]
    return wos_text.row_of(fields, line)


def _vertical_rows(grid: Grid) -> list[dict[str, Any]]:
    """The records of a table that has a line for each field; a new one begins where a title stands again."""
    records: list[tuple[int, dict[str, list[str]]]] = []
    for line, cells in grid:
        values = [cell for cell in cells[1:] if cell.strip()]
        if plain_name(cells[0]) == "title" or not records:
            records.append((line, {}))
        if values:
            records[-1][1].setdefault(cells[0].strip(), []).extend(values)
    return [record_row(fields, column_roles(fields), line=line) for line, fields in records]
