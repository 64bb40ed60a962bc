"""Merge records to papers: the best value of each field by a stated rule, with the place it came from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd

from ..errors import ReviewKitError
from ..schema import DICT, LIST, RECORD_COLUMNS, papers_table
from .forms import version_stage
from .groups import group_pairs

Row = dict[str, Any]


class FieldRule(NamedTuple):
    """Fields taken together from one record: the one that ranks first (smallest), then the first in the table."""

    fields: tuple[str, ...]
    why: str
    rank: Callable[[Row], tuple[Any, ...]]


FIELD_RULES = (
    FieldRule(("title", "title_raw"), "published before preprint, not all in capitals, the longest",
              lambda r: (_is_preprint(r), r["title"].isupper(), -len(r["title"]))),
    FieldRule(("authors", "et_al"), "without et al., the longest list, the fullest names",
              lambda r: (r["et_al"] is True, -len(r["authors"]), -sum(map(len, r["authors"])))),
    FieldRule(("n_authors",), "the largest number stated", lambda r: (-r["n_authors"],)),
    FieldRule(("year", "month", "day", "year_inferred"), "stated before inferred, published first, the exactest",
              lambda r: (r["year_inferred"] is True, _is_preprint(r), r["month"] is None, r["day"] is None)),
    FieldRule(("venue", "volume", "number", "pages"), "published before preprint, the most filled, the fullest name",
              lambda r: (_is_preprint(r), -_filled(r, "venue", "volume", "number", "pages"), -len(r["venue"] or ""))),
    FieldRule(("type",), "published before preprint", lambda r: (_is_preprint(r),)),
    FieldRule(("doi",), "published before preprint", lambda r: (_is_preprint(r),)),
    FieldRule(("arxiv_id", "arxiv_version"), "the highest version", lambda r: (-(r["arxiv_version"] or 0),)),
    FieldRule(("pmid",), "the first", lambda r: ()),
    FieldRule(("url",), "published before preprint", lambda r: (_is_preprint(r),)),
    FieldRule(("code_url",), "the first", lambda r: ()),
    FieldRule(("project_url",), "the first", lambda r: ()),
    FieldRule(("abstract",), "the longest", lambda r: (-len(r["abstract"]),)),
    FieldRule(("summary",), "the longest", lambda r: (-len(r["summary"]),)),
    FieldRule(("organisation",), "the first", lambda r: ()),
    FieldRule(("key",), "published before preprint", lambda r: (_is_preprint(r),)),
)
_SINGLE_FIELDS = tuple(field for rule in FIELD_RULES for field in rule.fields)
_VERSION_FIELDS = ("venue", "year", "doi", "arxiv_id", "url")
_CELLS = tuple(name for name, kind in RECORD_COLUMNS.items() if kind in (LIST, DICT))
_USED = (
    "record_id", "source", "line", "section", "other_ids", "links", "keywords",
    *_SINGLE_FIELDS,
)


def merge_duplicates(records: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Merge records that the pairs join into papers; records without such a pair are papers of their own.

    Every value is copied from a record as it stands; the rule for each field is in `FIELD_RULES`, and ``provenance``
    says from which record it came. Identifiers, links, keywords, sources and sections are united. No record is lost,
    and a merge is undone by changing a verdict and merging again.

    Parameters
    ----------
    records
        The records table.
    pairs
        The pairs table of `find_duplicates`. ``duplicate`` and ``versions`` join; no pair joins records that a
        person, or a contradiction the rules found, keeps apart.

    Returns
    -------
    DataFrame
        The papers table. ``paper_id`` is the id of the first record in table order; ``record_ids`` are all of them.
        Where a preprint and a published version meet, ``versions`` lists both with their own identifiers.

    Examples
    --------
    >>> from review_kit.schema import pairs_table, records_table
    >>> records = records_table([
    ...     {"record_id": "a", "title": "One"}, {"record_id": "b", "title": "ONE", "doi": "10.1/x"}])
    >>> pairs = pairs_table([
    ...     {"record_id_1": "a", "record_id_2": "b", "verdict": "duplicate", "judged_by": "anna"}])
    >>> merge_duplicates(records, pairs)[["title", "doi"]].values.tolist()
    [['One', '10.1/x']]
    """
    groups, _ = group_pairs(pairs)
    rows = _plain_rows(records)
    papers: dict[str, list[Row]] = {}
    for row in rows:
        papers.setdefault(groups.root(row["record_id"]), []).append(row)
    return papers_table(_merged(members) for members in papers.values())


def _plain_rows(records: pd.DataFrame) -> list[Row]:
    """Records as dicts of plain Python values, missing as None."""
    columns = {}
    for name in _USED:
        column = records[name].astype(object)
        columns[name] = (column if name in _CELLS else column.where(column.notna(), None)).tolist()
    return [dict(zip(columns, values)) for values in zip(*columns.values())]


def _single(row: Row) -> Row:
    """One row of the papers table from the only record of a paper."""
    place = _place(row)
    section = _section(row)
    paper = {field: row[field] for field in _SINGLE_FIELDS if _is_known(row[field])}
    provenance = dict.fromkeys(paper, place)
    provenance |= {f"other_ids.{name}": place for name, value in row["other_ids"].items() if _is_known(value)}
    return paper | {
        "paper_id": row["record_id"], "record_ids": (row["record_id"],), "provenance": provenance,
        "other_ids": row["other_ids"], "links": row["links"], "keywords": row["keywords"],
        "sources": (row["source"],) if row["source"] else (), "sections": (section,) if section else (),
    }


def _merged(members: list[Row]) -> Row:
    """One row of the papers table from the records of a paper, in table order."""
    if len(members) == 1:
        return _single(members[0])
    members = [{**r, "stage": _stage(r)} for r in members]
    ids = [r["record_id"] for r in members]
    places = [_place(r) for r in members]
    paper: Row = {"paper_id": ids[0], "record_ids": ids}
    provenance: dict[str, str] = {}
    for rule in FIELD_RULES:
        known = [i for i, r in enumerate(members) if _is_known(r[rule.fields[0]])]
        if known:
            best = min(known, key=lambda i: (*rule.rank(members[i]), i))
            chosen = [field for field in rule.fields if _is_known(members[best][field])]
            paper |= {field: members[best][field] for field in chosen}
            provenance |= dict.fromkeys(chosen, places[best])
    return paper | _united(members, places, provenance) | {"versions": _versions(members), "provenance": provenance}


def _united(members: list[Row], places: list[str], provenance: dict[str, str]) -> Row:
    """The fields that keep what every record says."""
    united: Row = {"other_ids": {}, "links": [], "keywords": [], "sources": [], "sections": []}
    seen: set[tuple[str, str]] = set()
    for row, place in zip(members, places):
        for name, value in row["other_ids"].items():
            if _is_known(value) and name not in united["other_ids"]:
                united["other_ids"][name] = value
                provenance[f"other_ids.{name}"] = place
        if row["source"] and row["source"] not in united["sources"]:
            united["sources"].append(row["source"])
        section = _section(row)
        parts = [("links", str(link.get("url")), link) for link in row["links"]]
        parts += [("keywords", word.casefold(), word) for word in row["keywords"]] + [("sections", section, section)]
        for field, same, value in parts:
            if value and (field, same) not in seen:
                seen.add((field, same))
                united[field].append(value)
    return united


def _section(row: Row) -> str:
    """The section of a source in which a record stands, as ``source: A / B``."""
    section = " / ".join(row["section"])
    return f"{row['source']}: {section}" if row["source"] and section else section


def _versions(members: list[Row]) -> list[Row]:
    """The preprint and the published version of one paper with their own identifiers; empty unless both are there."""
    stages: dict[str, list[Row]] = {}
    for row in members:
        stages.setdefault(row["stage"], []).append(row)
    if "preprint" not in stages or "published" not in stages:
        return []
    return [
        {"record_ids": [r["record_id"] for r in stages[stage]], "type": stage,
         **{field: next((r[field] for r in stages[stage] if _is_known(r[field])), None) for field in _VERSION_FIELDS}}
        for stage in ("preprint", "published")
    ]


def _stage(row: Row) -> str:
    """Whether a record is a preprint or published, see `version_stage`."""
    return version_stage(row["venue"] or "", row["doi"] or "", row["type"] or "", row["arxiv_id"] or "")


def _is_preprint(row: Row) -> bool:
    """Whether a record describes a preprint."""
    return row["stage"] == "preprint"


def _filled(row: Row, *fields: str) -> int:
    """How many of the fields a record knows."""
    return sum(_is_known(row[field]) for field in fields)


def _is_known(value: Any) -> bool:
    """Whether a plain cell holds anything."""
    return value is not None and value != [] and value != ""


def _place(row: Row) -> str:
    """Where a record stands, as ``source:line``."""
    return f"{row['source'] or ''}:{row['line']}" if row["line"] is not None else str(row["source"] or row["record_id"])


def duplicate_counts(records: pd.DataFrame, papers: pd.DataFrame) -> pd.DataFrame:
    """Count records, papers and removed duplicates by source, as the first box of PRISMA needs them.

    A paper is counted where its lead record stands; each of its other records is a duplicate removed.

    Parameters
    ----------
    records
        The records table.
    papers
        The papers table made from the same records.

    Returns
    -------
    DataFrame
        A row per source and a row ``total``; columns ``records``, ``papers``, ``duplicates_removed`` (the
        difference), and for each source ``also in <source>``: duplicates whose paper is counted there.

    Raises
    ------
    ReviewKitError
        A record belongs to no paper or to two.
    """
    source_of = dict(zip(records["record_id"].tolist(), records["source"].fillna("").tolist()))
    lead_of = {member: members[0] for members in papers["record_ids"] for member in members}
    if set(lead_of) != set(source_of) or sum(map(len, papers["record_ids"])) != len(source_of):
        raise ReviewKitError(f"expected each of {len(source_of)} records in exactly one paper, found {len(lead_of)} in "
                             "papers; make the papers again with merge_duplicates from these records")
    sources = list(dict.fromkeys(source_of.values()))
    removed = [(source_of[member], source_of[lead]) for member, lead in lead_of.items() if member != lead]
    counts = pd.DataFrame({"records": pd.Series(source_of).value_counts().reindex(sources, fill_value=0)})
    counts["duplicates_removed"] = pd.Series([pair[0] for pair in removed], dtype=object).value_counts()
    counts = counts.fillna(0).astype("int64")
    counts.insert(1, "papers", counts["records"] - counts["duplicates_removed"])
    also = pd.Series(removed, dtype=object).value_counts()
    for name in sources:
        counts[f"also in {name}"] = [int(also.get((source, name), 0)) for source in sources]
    counts.loc["total"] = counts.sum()
    return counts.rename_axis("source")
