"""Foreign formats: any file a paper may come in, read into the records table.

Each format is a module with ``NAME``, ``matches(text, name)`` (by content; `name` is the file's name) and
``read(text)``, which gives rows of the records table; formats that are not text have ``read_bytes(data)`` instead.
"""

from __future__ import annotations

from pathlib import Path
from types import ModuleType
from typing import Any

import pandas as pd

from ..collector import collector_paused
from ..errors import SourceError
from ..schema import records_table
from . import (
    arxiv_ids,
    bibtex,
    csl_json,
    endnote_xml,
    hf_papers,
    html_pages,
    medline,
    ovid,
    paper_lists,
    pubmed_xml,
    refer,
    ris,
    tables,
    wos_text,
)
from .decoding import decode
from .record_rows import FIELD_LIMIT
from .source_lines import add_problem, even_ends

__all__ = ["read_records"]

# The more certain a format is about its own files, the earlier it is asked; the last takes any text.
FORMATS: tuple[ModuleType, ...] = (
    hf_papers, pubmed_xml, endnote_xml, html_pages, csl_json, refer, bibtex, wos_text, ovid, medline, ris,
    arxiv_ids, tables, paper_lists,
)

LARGEST_FILE = 500_000_000
MOST_RECORDS = 2_000_000
_BINARY = {
    b"%PDF": "a PDF document", b"\x89PNG": "a PNG picture", b"\xff\xd8\xff": "a JPEG picture", b"GIF8": "a GIF picture",
    b"\x1f\x8b": "a gzip archive", b"Rar!": "a RAR archive", b"7z\xbc\xaf": "a 7z archive", b"\x7fELF": "a program",
    b"SQLite format 3": "an SQLite database", b"BZh": "a bzip2 archive",
}
_WORKBOOK = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def read_records(path: str | Path, *, source: str | None = None, format: str | None = None) -> pd.DataFrame:
    """Read any file of papers into a records table; the format is found by the file's content.

    What could not be read is a row with ``raw`` and ``problem``. A note on the file as a whole (an encoding that had to
    be guessed) is in ``records.attrs["note"]``, the format in ``records.attrs["format"]``.

    Parameters
    ----------
    path
        The file.
    source
        The source's name in the column ``source``; else the file's name without suffix.
    format
        The name of a format, where its content would not tell.

    Returns
    -------
    DataFrame
        The records, in the order of the file.

    Raises
    ------
    SourceError
        The file is missing, larger than 500 MB, holds more than 2 million records, or is no text and no workbook.
    """
    path = Path(path)
    with collector_paused():
        return _read(path, source or path.stem, format)


def _read(path: Path, source: str, format: str | None) -> pd.DataFrame:
    """The records of a file, under the name of its source."""
    data = _read_bytes(path)
    rows, name, note = _read_rows(data, path, format)
    if len(rows) > MOST_RECORDS:
        raise SourceError(f"{path} holds {len(rows):,} records; the limit is {MOST_RECORDS:,}. Split the file.")
    if not rows:
        rows = [_nothing_found(data, path, name)]
    for row in rows:
        row["source"] = source
        if any([type(value) is str and len(value) > FIELD_LIMIT for value in row.values()]):
            _cut_to_limit(row)
    records = records_table(rows)
    records.attrs.update({"format": name, **({"note": note} if note else {})})
    return records


def _read_bytes(path: Path) -> bytes:
    """The content of a file that is there and not too large."""
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise SourceError(f"{path} is a folder; expected a file.")
        if size > LARGEST_FILE:
            raise SourceError(f"{path} has {size:,} bytes; the limit is {LARGEST_FILE:,} (500 MB). Split the file.")
        return path.read_bytes()
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}.") from error


def _read_rows(data: bytes, path: Path, name: str | None) -> tuple[list[dict[str, Any]], str, str | None]:
    """Rows of a file, the format they were found in, and a note on its encoding."""
    known = {room.NAME: room for room in FORMATS}
    if name is not None and name not in known:
        raise SourceError(f"{name!r} is not a format; known are {', '.join(known)}.")
    if data.startswith(_WORKBOOK):
        for room in FORMATS:
            if hasattr(room, "read_bytes"):
                return room.read_bytes(data), room.NAME, None
    kind = next((kind for start, kind in _BINARY.items() if data.startswith(start)), None)
    if kind or _is_binary(data):
        raise SourceError(f"{path} is {kind or 'not a text file'}; expected a list, an export or a page of papers.")
    text, _, note = decode(data)
    text = even_ends(text)
    if not text.strip():
        return [], name or "empty", note
    room = known[name] if name else next(room for room in FORMATS if room.matches(text, path.name))
    return room.read(text), room.NAME, note


def _is_binary(data: bytes) -> bool:
    """Whether the first bytes are no text in any encoding."""
    start = data[:4096]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or not start:
        return False
    controls = sum(byte < 9 or 13 < byte < 27 or 27 < byte < 32 for byte in start)
    zeros = start.count(0)
    if zeros > len(start) // 4 and controls == zeros:
        return False
    return controls > len(start) // 20


def _nothing_found(data: bytes, path: Path, name: str) -> dict[str, Any]:
    """The one row of a file in which no record was found."""
    from .html_pages import page_title

    text, _, _ = decode(data[:20_000])
    if not text.strip():
        return {"line": 1, "problem": f"{path.name} is empty"}
    title = page_title(text)
    what = f"a web page ({title!r})" if title is not None else f"read as {name}"
    return {"line": 1, "raw": text[:2000],
            "problem": f"no paper was found in {path.name}; it is {what}. Expected a list, export or page of papers"}


def _cut_to_limit(row: dict[str, Any]) -> None:
    """Cut each text of a row that is longer than a megabyte, and name it in ``problem``."""
    for column in [column for column, value in row.items() if type(value) is str and len(value) > FIELD_LIMIT]:
        length, row[column] = len(row[column]), row[column][:FIELD_LIMIT]
        add_problem(row, f"{column} has {length:,} characters, kept are the first {FIELD_LIMIT:,}")
