"""Add a source to a review, or take in its newer edition: all of it or nothing."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from ..errors import ReviewKitError, SourceError
from ..file_writing import write_whole
from ..formats import read_records
from ..schema import make_table, records_table
from ..search_log import KINDS, ROLES, SEARCH_LOG_COLUMNS, read_search_log
from .comparing import CHANGE_COLUMNS, compare_records

Line = dict[str, str]

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}(?<!\.)")
# Windows opens a device for these, with any ending; a review may be shared with people who use it.
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)


def add_source(
    folder: str | Path, path: str | Path, *, source: str, kind: str | None = None, date: str | None = None,
    name: str | None = None, url: str | None = None, query: str | None = None, role: str | None = None,
    notes: str | None = None, format: str | None = None,
) -> pd.DataFrame:
    """Copy a file into a review's sources and enter it in the search log; with a known name, take in its new edition.

    The same file again changes nothing, and the answer says so. A new edition takes the place of the old file; the log
    is not touched, and `place_events` finds the records again.

    Parameters
    ----------
    folder
        The folder of the review, such as ``data``.
    path
        The list, export or page that was saved.
    source
        A short name for it: letters, digits, ``.``, ``_`` and ``-``.
    kind
        A PRISMA 2020 kind of source, one of ``search_log.KINDS``; ``website`` for a new source where not given.
    date
        Day of the search (``2025-11-20``); today where not given.
    name, url, query, role, notes, format
        What else the search log says of it; what is not given stays as it is.

    Returns
    -------
    DataFrame
        As from `compare_records`: every record of a new source is ``new``; a table with the one row ``same`` means that
        nothing was changed.

    Raises
    ------
    SourceError
        The file cannot be read, or a value breaks the rules of the search log; nothing was touched.
    ReviewKitError
        The disk refused; what was there before is unchanged.
    """
    folder, path = Path(folder), Path(path)
    given = {"kind": kind, "date": date, "name": name, "url": url, "query": query, "role": role, "notes": notes,
             "format": format}
    _check(folder, source, given)
    content, after = _read(path, source, format)
    place = folder / "sources"
    listed = _listed(place / "sources.csv")
    owner = _owner(place, listed, content, source)
    if owner not in (None, source):
        return _nothing(len(after), f"the same file is there already as source {owner!r}; nothing was added")
    line = listed.get(source, {})
    new_line = _new_line(place, path, line, {"source": source, **given}, is_new=owner is None)
    if owner == source and new_line == line:
        return _nothing(len(after), f"source {source!r} has the same content already; nothing was added")
    _refuse_foreign_file(place / new_line["file"], content, listed, source)
    changes = compare_records(_records_before(place, line, source), after)
    _write(place, new_line["file"], content, {**listed, source: new_line})
    return changes


def _check(folder: Path, source: str, given: dict[str, str | None]) -> None:
    """Refuse a source that cannot be entered; every fault in one message."""
    faults = []
    if not folder.is_dir():
        faults.append(f"folder: expected the folder of a review; found none at {folder}")
    if not _NAME.fullmatch(source) or _DEVICES.fullmatch(source):
        faults.append("source: expected a short name of letters, digits and . _ - (at most 64) that can be a file's "
                      f"name; found {source!r}")
    for field, allowed in (("kind", KINDS), ("role", ROLES)):
        if given[field] is not None and given[field] not in allowed:
            faults.append(f"{field}: expected one of {', '.join(allowed)}; found {given[field]!r}")
    if given["date"] is not None and not _is_day(given["date"]):
        faults.append(f"date: expected a day such as 2025-11-20; found {given['date']!r}")
    if faults:
        raise SourceError("the source was not added:\n" + "\n".join(f"- {fault}" for fault in faults))


def _is_day(text: str) -> bool:
    """Whether a text is a day of the calendar."""
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _read(path: Path, source: str, format: str | None) -> tuple[bytes, pd.DataFrame]:
    """The bytes of a file and the records in it; refuses a file without a record, such as a login page."""
    records = read_records(path, source=source, format=format)
    if records[["title", "doi", "arxiv_id", "pmid", "url"]].isna().all(axis=None):
        raise SourceError(f"{path}: {'; '.join(records['problem'].dropna()[:3])}. Nothing was changed.")
    try:
        return path.read_bytes(), records
    except OSError as error:
        raise SourceError(f"{path} cannot be read: {error.strerror or error}. Nothing was changed.") from error


def _listed(path: Path) -> dict[str, Line]:
    """The lines of the search log by source; empty text where nothing is said."""
    if not path.exists():
        return {}
    lines = read_search_log(path).astype("object").fillna("").to_dict("records")
    return {line["source"]: line for line in lines}


def _owner(place: Path, listed: Mapping[str, Line], content: bytes, source: str) -> str | None:
    """The source that has this very content already, if there is one; this one rather than another."""
    owners = [name for name, line in listed.items() if _is_same(place / line["file"], content)]
    return source if source in owners else next(iter(owners), None)


def _is_same(file: Path, content: bytes) -> bool:
    """Whether a file is there and holds this content."""
    return file.is_file() and file.stat().st_size == len(content) and file.read_bytes() == content


def _records_before(place: Path, line: Line, source: str) -> pd.DataFrame:
    """The records of the edition that is there; none for a new source or one whose file is missing."""
    if not line or not (place / line["file"]).is_file():
        return records_table([])
    return read_records(place / line["file"], source=source, format=line["format"] or None)


def _new_line(place: Path, path: Path, line: Line, given: dict[str, str | None], *, is_new: bool) -> Line:
    """The line of the search log: what is given, else what stood there, else the usual."""
    usual = {"kind": "website", "role": "search"}
    new = {column: given.get(column) or line.get(column) or usual.get(column, "") for column in SEARCH_LOG_COLUMNS}
    if given["date"] is None and is_new:
        new["date"] = datetime.datetime.now(datetime.UTC).date().isoformat()
    if path.resolve().parent == place.resolve():
        new["file"] = path.name
    elif not line or Path(line["file"]).suffix != path.suffix:
        new["file"] = str(given["source"]) + path.suffix
    return new


def _refuse_foreign_file(file: Path, content: bytes, listed: Mapping[str, Line], source: str) -> None:
    """Refuse to write over a file that is not this source's own."""
    owner = next((name for name, row in listed.items() if row["file"] == file.name), None)
    if owner == source or not file.exists() or (owner is None and _is_same(file, content)):
        return
    whose = f"of source {owner!r}" if owner else "that no source names"
    raise SourceError(f"{file}: there is another file {whose}; nothing was changed. Rename it, or choose another name.")


def _write(place: Path, file: str, content: bytes, listed: Mapping[str, Line]) -> None:
    """Write the file and the search log; if the second cannot be written, the first is put back."""
    target = place / file
    old = target.read_bytes() if target.is_file() else None
    lines = make_table(listed.values(), SEARCH_LOG_COLUMNS).to_csv(index=False, lineterminator="\n")
    if old != content:
        write_whole(target, content)
    try:
        write_whole(place / "sources.csv", lines.encode("utf-8"), check=read_search_log)
    except ReviewKitError:
        if old is None:
            target.unlink()
        elif old != content:
            write_whole(target, old)
        raise


def _nothing(records: int, message: str) -> pd.DataFrame:
    """The answer when nothing was changed."""
    return make_table([{"change": "same", "title": f"{records} records: {message}"}], CHANGE_COLUMNS)
