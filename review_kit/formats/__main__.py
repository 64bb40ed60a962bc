"""Print the records of any file as JSON lines: ``python -m review_kit.formats FILE``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

import pandas as pd

from ..errors import ReviewKitError
from ..formats import FORMATS, csl_json, read_records

_ABOUT = """Print the records of a file, whatever its format, one JSON object a line, in the order of the file.

Fields (missing ones are left out):
  title         the title, readable; of CSL-JSON as printed, with the markup that is part of it
  authors       list of "Family, Given"; organisations whole
  year          the year                         date          yyyy-mm-dd, only when the day is known
  doi arxiv_id  identifiers, bare                url code_url  link to the paper; link labelled as code
  venue         journal, conference or arXiv     section       list of the headings above the entry
  key type      BibTeX key and entry type        n_authors     their number, also where only that is printed
  upvotes       the lone number after a date     organisation  as printed
  abstract      the abstract                     problem raw   of what could not be read, and the text it stood in
"""
_FIELDS = ("title", "authors", "year", "doi", "arxiv_id", "url", "code_url", "venue", "section", "key", "type",
           "n_authors", "organisation", "abstract", "problem")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; 0 if the file was read, 2 if it cannot be read at all."""
    parser = argparse.ArgumentParser(
        prog="python -m review_kit.formats", description=_ABOUT, formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="Exit code 0 if the file was read; 2 with one sentence on standard error if it cannot be read at all.")
    parser.add_argument("file", help="the file to read")
    parser.add_argument("--format", choices=[room.NAME for room in FORMATS], help="do not look; read it as this format")
    options = parser.parse_args(arguments)
    try:
        records = read_records(options.file, format=options.format)
    except ReviewKitError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    if "note" in records.attrs:
        sys.stderr.write(f"{options.file}: {records.attrs['note']}\n")
    if records.attrs["format"] == csl_json.NAME:
        records["title"] = records["title_raw"]
    for row in records.to_dict("records"):
        line = json.dumps(record_as_json(row), ensure_ascii=False)
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.flush()
    return 0


def record_as_json(row: dict[str, Any]) -> dict[str, Any]:
    """One record as plain values; what is missing is left out."""
    known = {field: row[field] for field in _FIELDS if isinstance(row[field], list) or not pd.isna(row[field])}
    known = {field: value for field, value in known.items() if value != []}
    if not any(pd.isna(row[part]) for part in ("year", "month", "day")):
        known["date"] = f"{row['year']:04d}-{row['month']:02d}-{row['day']:02d}"
    if "trailing_number" in row["extra"]:
        known["upvotes"] = row["extra"]["trailing_number"]
    if "problem" in known and isinstance(row["raw"], str):
        known["raw"] = row["raw"]
    return {field: int(value) if field in ("year", "n_authors", "upvotes") else value for field, value in known.items()}


if __name__ == "__main__":
    sys.exit(main())
