"""The search log: which sources were searched, where, when and how (``sources/sources.csv``)."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from .errors import SourceError
from .schema import TEXT, make_table

# Kind of source -> what PRISMA 2020 calls such sources; the first two are its databases and registers.
KINDS = {
    "database": "databases", "register": "registers", "website": "websites", "organisation": "organisations",
    "citation_search": "citation_searching", "other": "other",
}
ROLES = ("search", "facts")
SEARCH_LOG_COLUMNS = dict.fromkeys(
    ("source", "file", "format", "kind", "name", "url", "query", "date", "role", "notes"), TEXT
)


def read_search_log(path: str | Path) -> pd.DataFrame:
    """Read the search log of a review.

    Returns
    -------
    DataFrame
        ``source`` (short name), ``file`` (beside the search log), ``format`` (missing: found by content), ``kind``
        (a PRISMA 2020 kind of source, see ``KINDS``), ``name`` (as PRISMA should print it), ``url``, ``query``,
        ``date`` of the search, ``role`` (``search``, or ``facts`` for checked values that complete papers and are
        not counted), ``notes``.

    Raises
    ------
    SourceError
        The file is missing or breaks its rules; all faults are listed at once.
    """
    path = Path(path)
    try:
        found = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise SourceError(f"{path}: expected the search log of a review. `review-kit new FOLDER` makes one.") from error
    except (ValueError, OSError) as error:
        columns = ", ".join(SEARCH_LOG_COLUMNS)
        raise SourceError(f"{path}: expected a table with the columns {columns}; {error}") from error
    faults = [f"unknown column {name!r}" for name in found.columns if name not in SEARCH_LOG_COLUMNS]
    faults += [f"no column {name!r}" for name in ("source", "file", "kind") if name not in found.columns]
    if not faults:
        found["role"] = found["role"].replace("", "search") if "role" in found.columns else "search"
        rows = enumerate(found.to_dict("records"), start=2)
        faults = [fault for number, row in rows for fault in _faults(number, row)]
        faults += [f"source {name!r} stands twice" for name in found["source"][found["source"].duplicated()]]
    if faults:
        raise SourceError(f"{path}:\n" + "\n".join(f"- {fault}" for fault in faults))
    return make_table(found, SEARCH_LOG_COLUMNS)


def _faults(number: int, row: dict[str, str]) -> list[str]:
    """What is wrong with one line."""
    faults = []
    if not row["source"] or Path(row["source"]).name != row["source"]:
        faults.append(f"line {number}: source: expected a short name; found {row['source']!r}")
    if not row["file"] or Path(row["file"]).name != row["file"] or row["file"] in (".", ".."):
        faults.append(f"line {number}: file: expected a file beside the search log; found {row['file']!r}")
    if row["kind"] not in KINDS:
        faults.append(f"line {number}: kind: expected one of {', '.join(KINDS)}; found {row['kind']!r}")
    if row["role"] not in ROLES:
        faults.append(f"line {number}: role: expected one of {', '.join(ROLES)}; found {row['role']!r}")
    return faults
