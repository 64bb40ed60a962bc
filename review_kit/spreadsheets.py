"""Tables for spreadsheet programs: text stays text, no formula runs, no link leads anywhere but to the web."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from .file_writing import write_whole

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# Excel's own limits, in its UTF-16 units: https://support.microsoft.com/office/excel-specifications-and-limits
LONGEST_CELL = 32_767
LONGEST_LINK = 2_079
MOST_LINKS = 65_530
LONGEST_SHEET_NAME = 31
CUT = " […]"

# What spreadsheet programs take for a formula, full-width signs included, also behind quotes that stand there already.
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠|%]")
_QUOTED_FORMULA = re.compile(r"'+[=+\-@\t\r\n＝＋－＠|%]")
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_EXCEL_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_SHEET_NAME_SIGNS = re.compile(r"[\[\]:*?/\\\x00-\x1f]")
_WEB = re.compile(r"https?://[^\s/\\<>\"'{}|^`@]+(?:[/?#][^\s<>\"]*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """A sheet of a workbook.

    Attributes
    ----------
    name
        What stands on its tab; signs that Excel refuses are replaced.
    table
        The cells: whole numbers, numbers and truth values as such, everything else as text.
    links, comments
        By row number (from 0) and column name: where a cell leads to, and what its comment says.
    """

    name: str
    table: pd.DataFrame
    links: Mapping[tuple[int, str], str] = field(default_factory=dict)
    comments: Mapping[tuple[int, str], str] = field(default_factory=dict)


def neutral_text(text: str) -> str:
    """Put a ``'`` before text that a spreadsheet program would run as a formula; `original_text` takes it off."""
    return f"'{text}" if _FORMULA.match(text) else text


def original_text(text: str) -> str:
    """Take off the ``'`` that `neutral_text` put there."""
    return text[1:] if _QUOTED_FORMULA.match(text) else text


def write_csv(table: pd.DataFrame, path: str | Path, *, for_spreadsheets: bool = False) -> Path:
    """Write a table as CSV in UTF-8, every text quoted.

    Parameters
    ----------
    table
        Any table; lists are joined with ``; ``.
    path
        Where to write.
    for_spreadsheets
        Neutralise what Excel would run as a formula, and add the mark by which Excel knows UTF-8. Without it the file
        is lossless, for programs.

    Returns
    -------
    Path

    Raises
    ------
    ReviewKitError
        The file cannot be written.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\n")
    safe = neutral_text if for_spreadsheets else str
    writer.writerow([safe(str(name)) for name in table.columns])
    for row in table.itertuples(index=False, name=None):
        cells = [_cell(value) for value in row]
        writer.writerow([safe(cell) if isinstance(cell, str) else cell for cell in cells])
    encoding = "utf-8-sig" if for_spreadsheets else "utf-8"
    return write_whole(path, text.getvalue().encode(encoding, "replace"))


def write_workbook(sheets: Iterable[Sheet], path: str | Path) -> Path:
    """Write sheets as an Excel workbook, each with a frozen head, a filter and readable column widths.

    A text that Excel has no room for is cut with ``[…]`` and listed on a last sheet ``cut cells``. Control characters,
    which Excel refuses, are left out.

    Parameters
    ----------
    sheets
        What to write, in order.
    path
        Where to write.

    Returns
    -------
    Path

    Raises
    ------
    ReviewKitError
        The file cannot be written.
    """
    from openpyxl import Workbook

    workbook = Workbook()
    workbook.remove(workbook.active)
    cut: list[dict[str, Any]] = []
    for sheet in sheets:
        worksheet = workbook.create_sheet(_sheet_name(sheet.name, workbook.sheetnames))
        cut += _fill(worksheet, sheet)
    if cut:
        _fill(workbook.create_sheet(_sheet_name("cut cells", workbook.sheetnames)), Sheet("", pd.DataFrame(cut)))
    if not workbook.sheetnames:
        workbook.create_sheet("empty")
    data = io.BytesIO()
    workbook.save(data)
    return write_whole(path, _undated(data))


def _undated(workbook: io.BytesIO) -> bytes:
    """The workbook without the time of writing, so that the same table gives the same bytes."""
    undated = io.BytesIO()
    with zipfile.ZipFile(workbook) as written, zipfile.ZipFile(undated, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in written.namelist():
            content = written.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"<dcterms:(created|modified).*?</dcterms:\1>", b"", content)
            kept.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return undated.getvalue()


def _fill(worksheet: Worksheet, sheet: Sheet) -> list[dict[str, Any]]:
    """Write the cells of a sheet; returns what had to be cut."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for column, name in enumerate(sheet.table.columns, 1):
        _put(worksheet, (1, column), str(name))
        worksheet.cell(1, column).font = Font(bold=True)
    links = dict(islice(sheet.links.items(), MOST_LINKS))
    cut = []
    for row, values in enumerate(sheet.table.itertuples(index=False, name=None), 2):
        for column, (name, value) in enumerate(zip(sheet.table.columns, values), 1):
            length = _put(worksheet, (row, column), _cell(value))
            if length > LONGEST_CELL:
                cut.append({"sheet": worksheet.title, "row": row, "column": str(name), "characters": length})
            worksheet.cell(row, column).alignment = Alignment(wrap_text=True, vertical="top")
            _link(worksheet, (row, column), links.get((row - 2, str(name)), ""))
            _comment(worksheet, (row, column), sheet.comments.get((row - 2, str(name)), ""))
    for column, name in enumerate(sheet.table.columns, 1):
        longest = max([len(str(name)) + 4, *(len(str(_cell(v))) for v in sheet.table.iloc[:200, column - 1])])
        worksheet.column_dimensions[get_column_letter(column)].width = min(max(longest + 2, 8), 60)
    worksheet.freeze_panes = "A2"
    if len(sheet.table.columns):
        worksheet.auto_filter.ref = worksheet.dimensions
    return cut


def _put(worksheet: Worksheet, place: tuple[int, int], value: Any) -> int:
    """Put a value into a cell, text always as text; returns the length of a text."""
    cell = worksheet.cell(*place)
    if not isinstance(value, str):
        cell.value = value
        return 0
    length = len(value.encode("utf-16-le", "replace")) // 2
    if length > LONGEST_CELL:
        value = _first_units(value, LONGEST_CELL - len(CUT)) + CUT
    # Excel reads _x0041_ as the letter A; an escaped underscore keeps it as it is.
    text = _EXCEL_ESCAPE.sub("_x005F_", _ILLEGAL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")))
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        text = _first_units(text, LONGEST_CELL - len(CUT)) + CUT
    cell.value = text or None
    if text:
        # openpyxl makes a formula of any text that begins with '='; the prefix keeps it text when it is edited.
        cell.data_type = "s"
        cell.quotePrefix = bool(_FORMULA.match(text))
    return length


def _first_units(text: str, units: int) -> str:
    """As much of a text as fits into a number of UTF-16 units, without half a character."""
    return text.encode("utf-16-le", "replace")[: 2 * units].decode("utf-16-le", "ignore")


def _link(worksheet: Worksheet, place: tuple[int, int], url: str) -> None:
    """Make a cell lead to a page of the web; any other link stays text."""
    cell = worksheet.cell(*place)
    # A link on an empty cell would write its address there.
    if len(url) <= LONGEST_LINK and _WEB.fullmatch(url) and cell.value is not None:
        from openpyxl.styles import Font

        cell.hyperlink = url
        cell.font = Font(color="0563C1", underline="single")


def _comment(worksheet: Worksheet, place: tuple[int, int], text: str) -> None:
    """Attach a comment, cut at the length of a cell."""
    if text.strip():
        from openpyxl.comments import Comment

        worksheet.cell(*place).comment = Comment(_first_units(_ILLEGAL.sub("", text), 8_000), "review_kit")


def _cell(value: Any) -> Any:
    """What goes into a cell: a number, a truth value, text, or nothing."""
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple, set)):
        return "; ".join(str(part) for part in value)
    if isinstance(value, dict):
        return "; ".join(f"{name}: {part}" for name, part in value.items())
    if value is None or pd.isna(value):
        return None
    if isinstance(value, float) and value in (float("inf"), float("-inf")):
        return str(value)
    return value if isinstance(value, (bool, int, float, str)) else str(value)


def _sheet_name(name: str, taken: list[str]) -> str:
    """A name that Excel allows and that no other sheet has."""
    wanted = _SHEET_NAME_SIGNS.sub(" ", _ILLEGAL.sub("", name)).strip(" '")[:LONGEST_SHEET_NAME] or "Sheet"
    used = {other.casefold() for other in taken}
    number, made = 1, wanted
    while made.casefold() in used:
        number += 1
        made = f"{wanted[:LONGEST_SHEET_NAME - len(str(number)) - 1]} {number}"
    return made
