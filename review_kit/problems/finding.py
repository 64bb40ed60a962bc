"""find_problems: every defect that records show, alone and side by side; and their summary by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable

import pandas as pd

from ..collector import collector_paused
from ..schema import INTEGER, TEXT, make_table, problems_table
from . import across, links, people_dates, titles
from .kinds import PROBLEM_KINDS, Findings, Record, problem_row

# Checks of one record, and of records compared. A new check is a function in one of these rooms and a name here.
RECORD_CHECKS: tuple[Callable[[Record], Findings], ...] = (
    people_dates.reading_checks, titles.title_checks, titles.text_checks, links.link_checks, people_dates.people_checks,
    people_dates.date_checks,
)
COMPARING_CHECKS: tuple[Callable[[across.Comparison], across.Numbered], ...] = (
    across.identifier_checks, across.title_checks, across.repetition_checks, across.link_checks, across.key_checks,
)
SUMMARY_COLUMNS = {"kind": TEXT, "severity": TEXT, "count": INTEGER, "example": TEXT, "meaning": TEXT}

_FIELDS = (
    "record_id", "source", "line", "type", "title", "title_raw", "authors", "n_authors", "et_al", "year", "month",
    "day", "year_inferred", "venue", "doi", "arxiv_id", "pmid", "other_ids", "url", "code_url", "project_url", "links",
    "abstract", "summary", "section", "organisation", "key", "extra", "raw", "problem",
)


@collector_paused()
def find_problems(records: pd.DataFrame) -> pd.DataFrame:
    """Find every defect that records show: a linter for lists and bibliographies.

    Nothing is looked up and nothing is mended. Defects of a source outside its records (headings, numbering) are found
    by `find_source_problems`.

    Parameters
    ----------
    records
        A records table; it is not changed.

    Returns
    -------
    DataFrame
        A problems table, one row per defect in the order of the records: ``source``, ``line``, ``record_id``, ``kind``
        (see ``PROBLEM_KINDS``), ``severity``, ``found``, ``expected``, ``todo``. A clean table gives no row.
    """
    rows = _plain_rows(records)
    findings: dict[int, list] = defaultdict(list)
    for at, record in enumerate(rows):
        for check in RECORD_CHECKS:
            findings[at] += check(record)
    comparison = across.Comparison(rows)
    for comparing in COMPARING_CHECKS:
        for at, finding in comparing(comparison):
            findings[at].append(finding)
    return problems_table(
        problem_row(finding, source=rows[at]["source"], line=rows[at]["line"], record_id=rows[at]["record_id"])
        for at in sorted(findings) for finding in dict.fromkeys(findings[at])
    )


def problem_summary(problems: pd.DataFrame) -> pd.DataFrame:
    """Sum problems up by kind.

    Parameters
    ----------
    problems
        A problems table.

    Returns
    -------
    DataFrame
        ``kind``, ``severity``, ``count``, ``example`` (what was found first, and where) and ``meaning``; errors first,
        then by count.
    """
    rows = []
    for kind, group in problems.groupby("kind", sort=False):
        first, told = group.iloc[0], PROBLEM_KINDS.get(kind)
        where = f"{first['source']}:{first['line']}" if not pd.isna(first["line"]) else str(first["source"])
        rows.append({
            "kind": kind, "severity": first["severity"], "count": len(group), "example": f"{first['found']} ({where})",
            "meaning": told.meaning if told else first["expected"],
        })
    gravity = {"error": 0, "warning": 1, "info": 2}
    rows.sort(key=lambda row: (gravity.get(row["severity"], 3), -row["count"], row["kind"]))
    return make_table(rows, SUMMARY_COLUMNS)


def _plain_rows(records: pd.DataFrame) -> list[Record]:
    """Records as plain dicts; None where nothing is known."""
    columns = [records[name].astype("object").where(records[name].notna(), None).tolist() for name in _FIELDS]
    return [dict(zip(_FIELDS, values)) for values in zip(*columns)]
