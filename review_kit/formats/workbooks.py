"""Sheets of Excel workbooks as rows of text, with limits that stop archives built to fill the memory."""

from __future__ import annotations

import datetime
import io
import zipfile
import zlib
from collections.abc import Iterator

from ..errors import SourceError

Grid = list[tuple[int, list[str]]]

LARGEST_CONTENT = 1_000_000_000
LARGEST_RATIO = 100
_SMALL_CONTENT = 20_000_000
_MOST_CELLS = 20_000_000


def sheets(data: bytes) -> Iterator[tuple[str, Grid]]:
    """Read the sheets of a workbook.

    Parameters
    ----------
    data
        The file's bytes: ``.xlsx``, or ``.xls`` where xlrd is installed.

    Yields
    ------
    tuple
        The sheet's name, and its rows that hold something: number and cells as text. Numbers lose a needless ``.0``,
        dates are written ``2021-03-04``.

    Raises
    ------
    SourceError
        The workbook is damaged, protected by a password, or unpacks to more than the limits allow.
    """
    if data.startswith(b"PK"):
        _check_size(data)
        yield from _sheets_of_xlsx(data)
    else:
        yield from _sheets_of_xls(data)


def _check_size(data: bytes) -> None:
    """Refuse an archive that unpacks to far more than any table."""
    try:
        members = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError) as error:
        raise SourceError(f"The workbook is damaged ({error}). Save it again, or as CSV.") from error
    size = sum(member.file_size for member in members)
    packed = max(sum(member.compress_size for member in members), 1)
    if size > LARGEST_CONTENT:
        raise SourceError(
            f"The workbook unpacks to {size:,} bytes; the limit is {LARGEST_CONTENT:,} (1 GB). Save it as CSV."
        )
    if size > _SMALL_CONTENT and size / packed > LARGEST_RATIO:
        raise SourceError(
            f"The workbook unpacks to {size / packed:.0f} times its size; the limit is {LARGEST_RATIO} times. "
            "Save it as CSV."
        )
    if not any(member.filename.startswith("xl/") for member in members):
        raise SourceError("The file is a zip archive but no workbook. Unpack it and read the files inside.")


def _sheets_of_xlsx(data: bytes) -> Iterator[tuple[str, Grid]]:
    """Sheets of an ``.xlsx``; the size a sheet gives of itself is not believed."""
    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    # What openpyxl raises on damaged parts: bad XML, missing members, wrong numbers.
    faults = (
        InvalidFileException,
        zipfile.BadZipFile,
        zlib.error,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        SyntaxError,
        EOFError,
        OSError,
        RuntimeError,
    )
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            grid, cells = [], 0
            for number, values in enumerate(sheet.iter_rows(values_only=True), 1):
                cells += len(values)
                if cells > _MOST_CELLS:
                    raise SourceError(
                        f"Sheet {sheet.title!r} has more than {_MOST_CELLS:,} cells; that is the limit. Save it as CSV."
                    )
                if any(value is not None for value in values):
                    grid.append((number, [_as_text(value) for value in values]))
            yield str(sheet.title), grid
    except faults as error:
        raise SourceError(
            f"The workbook cannot be read ({type(error).__name__}: {error}). Save it again, or as CSV."
        ) from error


def _sheets_of_xls(data: bytes) -> Iterator[tuple[str, Grid]]:
    """Sheets of an old ``.xls``."""
    try:
        import xlrd
    except ImportError as error:
        raise SourceError("This is an old Excel workbook (.xls). Save it as .xlsx or CSV, or install xlrd.") from error
    try:
        book = xlrd.open_workbook(file_contents=data, logfile=io.StringIO())
        for sheet in book.sheets():
            rows = ((number, [_as_text(cell.value) for cell in sheet.row(number)]) for number in range(sheet.nrows))
            yield sheet.name, [(number + 1, cells) for number, cells in rows if any(cells)]
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError, ValueError, IndexError, KeyError, AssertionError) as error:
        raise SourceError(f"The old Excel workbook cannot be read ({error}). Save it as .xlsx or CSV.") from error


def _as_text(value: object) -> str:
    """A cell as text."""
    from openpyxl.utils.escape import unescape

    if value is None:
        return ""
    if isinstance(value, str):
        # Excel writes what XML has no room for as _x000D_, and _x005F_ before text that only looks so.
        return unescape(value) if "_x" in value else value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(" ", "seconds")
    return str(value)
