"""The columns and types of every table, and the words allowed in them. No table is built anywhere else."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from .errors import LogError

STAGES = ("title_abstract", "retrieval", "full_text")
DECISIONS = {
    "title_abstract": ("include", "exclude", "maybe"),
    "retrieval": ("retrieved", "not_retrieved"),
    "full_text": ("include", "exclude", "maybe"),
}
MODES = {"single": 1, "dual": 2}  # how many reviewers must decide on a paper
STOPPABLE = ("title_abstract",)
STATUSES = ("pending", "include", "exclude", "maybe", "conflict", "unscreened")
VERDICTS = ("duplicate", "versions", "maybe", "different")
MERGING_VERDICTS = ("duplicate", "versions")
EVENT_KINDS = (
    "decide", "tag", "untag", "note", "extract", "correct", "judge_pair", "undo", "assign", "unblind", "stop",
)

TEXT, INTEGER, TRUTH, NUMBER, LIST, DICT, ANY = "text", "integer", "truth", "number", "list", "dict", "any"

RECORD_COLUMNS = {
    "record_id": TEXT, "source": TEXT, "line": INTEGER, "type": TEXT, "title": TEXT, "title_raw": TEXT,
    "authors": LIST, "n_authors": INTEGER, "et_al": TRUTH,
    "year": INTEGER, "month": INTEGER, "day": INTEGER, "year_inferred": TRUTH,
    "venue": TEXT, "volume": TEXT, "number": TEXT, "pages": TEXT,
    "doi": TEXT, "arxiv_id": TEXT, "arxiv_version": INTEGER, "pmid": TEXT, "other_ids": DICT,
    "url": TEXT, "code_url": TEXT, "project_url": TEXT, "links": LIST,
    "abstract": TEXT, "summary": TEXT, "keywords": LIST, "section": LIST, "organisation": TEXT,
    "key": TEXT, "extra": DICT, "raw": TEXT, "problem": TEXT,
}
PAIR_COLUMNS = {
    "record_id_1": TEXT, "record_id_2": TEXT, "score": NUMBER, "verdict": TEXT, "evidence": TEXT, "judged_by": TEXT,
}
PROBLEM_COLUMNS = {
    "source": TEXT, "line": INTEGER, "record_id": TEXT, "kind": TEXT, "severity": TEXT,
    "found": TEXT, "expected": TEXT, "todo": TEXT,
}
EVENT_COLUMNS = {
    "event_id": TEXT, "seq": INTEGER, "at": TEXT, "reviewer": TEXT, "kind": TEXT, "record_id": TEXT,
    "stage": TEXT, "value": ANY, "reason": TEXT, "final": TRUTH, "about": TEXT, "context": DICT,
}
PAPER_COLUMNS = {
    "paper_id": TEXT, "record_ids": LIST,
    **{c: t for c, t in RECORD_COLUMNS.items()
       if c not in ("record_id", "source", "line", "section", "raw", "problem", "extra")},
    "sources": LIST, "sections": LIST, "versions": LIST, "citation_key": TEXT, "provenance": DICT, "problems": LIST,
}

# What people may correct; all else says where a record came from and what stood there.
CORRECTABLE = {
    **{c: t for c, t in RECORD_COLUMNS.items()
       if c not in ("record_id", "source", "line", "title_raw", "links", "extra", "raw", "problem")},
    "citation_key": TEXT,
}

# The least and the largest a corrected number may be.
RANGES = {
    "year": (1000, 2999), "month": (1, 12), "day": (1, 31), "n_authors": (0, 99_999), "arxiv_version": (1, 999),
}

_FITTING = {
    TEXT: (str, "text"), INTEGER: (int, "a whole number"), TRUTH: (bool, "true or false"), LIST: (list, "a list"),
    DICT: (Mapping, "a mapping"),
}
_DTYPES = {TEXT: "string", INTEGER: "Int64", TRUTH: "boolean", NUMBER: "float64", ANY: "object"}


def check_correction(field: str, value: Any) -> None:
    """Refuse a correction that could not be applied; None empties a field.

    Raises
    ------
    LogError
        The field is not one of ``CORRECTABLE``, or the value is not of its kind or out of range.
    """
    if field not in CORRECTABLE:
        raise LogError(f"field: expected one of {', '.join(CORRECTABLE)}; found {field!r}")
    fitting, words = _FITTING[CORRECTABLE[field]]
    if value is not None and (not isinstance(value, fitting) or (fitting is int and isinstance(value, bool))):
        raise LogError(f"{field}: expected {words}; found {value!r}")
    if value is not None and field in RANGES:
        least, largest = RANGES[field]
        if not least <= value <= largest:
            raise LogError(f"{field}: expected a number from {least} to {largest}; found {value}")


def make_table(rows: Iterable[Mapping[str, Any]] | pd.DataFrame, columns: Mapping[str, str]) -> pd.DataFrame:
    """Build a table with exactly these columns and types; a value that was not given is missing.

    Parameters
    ----------
    rows
        Mappings from column to value, or a table. Text that is empty or only blanks counts as missing.
    columns
        Column names and kinds, one of the ``*_COLUMNS`` of this module.

    Returns
    -------
    DataFrame
        Text as ``string``, integers as ``Int64``, truth values as ``boolean`` (missing is ``<NA>``);
        list and dict cells are always a list or dict of their own, empty when nothing is known.

    Raises
    ------
    KeyError
        A row names a column that is not in `columns`.
    """
    if isinstance(rows, pd.DataFrame):
        named, count = set(rows.columns), len(rows)
        given = {name: rows[name].tolist() for name in rows.columns}
    else:
        rows = list(rows)
        named, count = set().union(*rows), len(rows)
        known = columns.keys() & named
        given = dict(zip(known, zip(*(map(row.get, known) for row in rows))))
    if unknown := named - columns.keys():
        raise KeyError(f"unknown columns {sorted(unknown)}; a table has {list(columns)}")
    index = range(count)
    return pd.DataFrame({name: _column(given.get(name), kind, index) for name, kind in columns.items()}, index=index)


def _column(values: list[Any] | None, kind: str, index: range) -> pd.Series:
    """One column of its kind; list and dict cells are copied so that tables never share them."""
    if kind == LIST:
        return pd.Series([list(v) if isinstance(v, (list, tuple)) else [] for v in values or index], dtype="object")
    if kind == DICT:
        return pd.Series([dict(v) if isinstance(v, (dict, Mapping)) else {} for v in values or index], dtype="object")
    if values is None or kind == ANY:
        return pd.Series(values, index=index, dtype=_DTYPES[kind])
    if kind == TEXT:
        texts = [v if v is None or (type(v) is str and v and not v.isspace()) else _text(v) for v in values]
        return pd.Series(texts, dtype="string")
    return pd.Series([v if type(v) is int or not _is_missing(v) else None for v in values], dtype=_DTYPES[kind])


def _text(value: Any) -> str | None:
    """A text; None when it is empty, blank or missing."""
    if type(value) is not str:
        if _is_missing(value):
            return None
        value = str(value)
    return value if value and not value.isspace() else None


def _is_missing(value: Any) -> bool:
    """Whether a single cell holds nothing (None, NaN or <NA>)."""
    return value is None or value is pd.NA or (isinstance(value, float) and value != value)


def records_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a records table; ``record_id`` is made from the content where it is missing."""
    records = make_table(rows, RECORD_COLUMNS)
    missing = records["record_id"].isna()
    if missing.any():
        records["record_id"] = records["record_id"].mask(missing, record_ids(records))
    return records


def record_ids(records: pd.DataFrame) -> pd.Series:
    """Ids that follow a record when its source is reordered: ``<source>-<hash of title and first link>``.

    The same content twice in one source gets ``-2``, ``-3`` ... in the order of the source.
    """
    made, seen = [], {}
    columns = (records[name].fillna("").tolist() for name in ("source", "title_raw", "url", "raw"))
    for source, title, url, raw in zip(*columns):
        content = "\n".join((title or raw, url)).casefold()
        digest = hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        made_id = f"{source or 'record'}-{digest}"
        seen[made_id] = seen.get(made_id, 0) + 1
        made.append(made_id if seen[made_id] == 1 else f"{made_id}-{seen[made_id]}")
    return pd.Series(made, index=records.index, dtype="string")


def pairs_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a pairs table; the smaller record id always stands first, so a pair has one spelling."""
    ordered = [
        {**row, "record_id_1": min(row["record_id_1"], row["record_id_2"]),
         "record_id_2": max(row["record_id_1"], row["record_id_2"])}
        for row in rows
    ]
    return make_table(ordered, PAIR_COLUMNS)


def problems_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a problems table."""
    return make_table(rows, PROBLEM_COLUMNS)


def events_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make an events table; keys that are not columns (checksums) are left out."""
    return make_table(({k: v for k, v in row.items() if k in EVENT_COLUMNS} for row in rows), EVENT_COLUMNS)


def papers_table(rows: Iterable[Mapping[str, Any]]) -> pd.DataFrame:
    """Make a papers table, indexed by ``paper_id`` (which also stays a column)."""
    papers = make_table(rows, PAPER_COLUMNS)
    return papers.set_index("paper_id", drop=False).rename_axis(None)
