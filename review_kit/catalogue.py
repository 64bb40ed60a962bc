"""load_catalogue: from a review's folder to its records, pairs, papers and problems."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from .cite_keys import citation_keys
from .collector import collector_paused
from .corrections import apply_corrections, corrected_papers, corrections_table, fitting_corrections
from .duplicates import find_duplicates, merge_duplicates
from .errors import SourceError
from .events import current_events
from .facts import link_facts
from .formats import read_records
from .problems import find_problems, find_source_problems
from .protocol import Protocol, read_protocol
from .rereading import place_corrections, place_events
from .review_log import ReviewLog, check_log, read_events
from .schema import records_table
from .search_log import ROLES, read_search_log


@dataclass(frozen=True)
class Catalogue:
    """Everything a review knows before anyone screens, as tables.

    Attributes
    ----------
    records
        One row per description found in a source with role ``search``; corrections of the log applied, the words of
        the source kept in ``title_raw`` and ``raw``. What could not be read at all is no record of a paper: it is a
        row of `problems`, with its text.
    pairs
        Records compared, with verdict and evidence.
    papers
        Records merged, completed by the sources with role ``facts``, indexed by ``paper_id``.
    problems
        Every defect of the sources and of the log, as found (before corrections).
    corrections
        What people corrected: record_id, field, found, corrected, reason, reviewer.
    sources
        The search log ``sources/sources.csv``, with the number of records read.
    facts
        Records of the sources with role ``facts``: checked values, not found by the search and not counted by PRISMA;
        corrections applied.
    events
        The log, each event placed on a record of today.
    unplaced
        Events that are about no record of today that the search found; listed, never dropped.
    protocol
        The plan of the review.
    """

    records: pd.DataFrame
    pairs: pd.DataFrame
    papers: pd.DataFrame
    problems: pd.DataFrame
    corrections: pd.DataFrame
    sources: pd.DataFrame
    facts: pd.DataFrame
    events: pd.DataFrame
    unplaced: pd.DataFrame
    protocol: Protocol

    def __repr__(self) -> str:
        return (f"Catalogue of {self.protocol.title!r}: {len(self.sources)} sources, {len(self.records)} records, "
                f"{len(self.papers)} papers, {len(self.problems)} problems, {len(self.events)} events")


@collector_paused()
def load_catalogue(folder: str | Path = "data", *, log: ReviewLog | None = None) -> Catalogue:
    """Read a review's sources and log and work out its papers.

    Nothing is written. The same folder always gives the same tables.

    Parameters
    ----------
    folder
        Holds ``protocol.yml``, ``sources/`` with the search log ``sources.csv``, and ``log/``.
    log
        Where the events come from; by default ``folder/log``.

    Returns
    -------
    Catalogue

    Raises
    ------
    SourceError
        The search log or a source it names is missing or cannot be read.
    ProtocolError
        The protocol breaks its rules.
    LogError
        The log cannot be read.
    """
    folder = Path(folder)
    protocol = read_protocol(folder / "protocol.yml")
    sources = read_search_log(folder / "sources" / "sources.csv")
    tables = _read_all(folder / "sources", sources)
    found, facts = (_joined(tables, sources, role) for role in ROLES)
    events = log.events if log is not None else read_events(folder / "log")
    of_facts, others = place_corrections(events, facts)
    placed, unplaced = place_events(others, found)
    placed = _in_order([placed, of_facts], events)
    (acts, unfit), checked = fitting_corrections(current_events(placed)), facts

    records, facts = _telling(apply_corrections(found, acts)), apply_corrections(checked, acts)
    pairs = find_duplicates(records, verdicts=acts)
    papers, unlinked = link_facts(merge_duplicates(records, pairs), records, facts)
    papers = corrected_papers(papers, acts)
    problems = pd.concat([find_problems(found), *_source_problems(folder / "sources", sources, tables), unlinked, unfit,
                          log.problems if log is not None else check_log(folder / "log")], ignore_index=True)
    papers["problems"] = _problem_kinds(papers, problems)
    papers["citation_key"] = citation_keys(papers)
    counted = sources.assign(n_records=sources["source"].map(pd.concat([records, facts])["source"].value_counts())
                             .fillna(0).astype("Int64"))
    return Catalogue(
        records=records, pairs=pairs, papers=papers, problems=problems,
        corrections=corrections_table(pd.concat([found, checked]), acts), sources=counted, facts=facts, events=placed,
        unplaced=unplaced, protocol=protocol,
    )


def _read_all(folder: Path, sources: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """The records of each source, in the order of the search log."""
    missing = [name for name in sources["file"] if not (folder / name).is_file()]
    if missing:
        raise SourceError(f"{folder / 'sources.csv'} names files that are not there: {', '.join(missing)}. "
                          "Put them beside it, or take their lines out.")
    formats = sources["format"].astype(object).where(sources["format"].notna(), None)
    return {
        source: read_records(folder / file, source=source, format=format)
        for source, file, format in zip(sources["source"], sources["file"], formats)
    }


def _joined(tables: dict[str, pd.DataFrame], sources: pd.DataFrame, role: str) -> pd.DataFrame:
    """The records of all sources with a role."""
    wanted = [tables[name] for name in sources["source"][sources["role"] == role]]
    return pd.concat(wanted, ignore_index=True) if wanted else records_table([])


def _in_order(parts: list[pd.DataFrame], events: pd.DataFrame) -> pd.DataFrame:
    """Placed events in the order of the log."""
    place = dict(zip(events["event_id"], range(len(events))))
    joined = pd.concat([part for part in parts if len(part)] or parts[:1], ignore_index=True)
    return joined.sort_values("event_id", key=lambda ids: ids.map(place), kind="stable", ignore_index=True)


def _telling(records: pd.DataFrame) -> pd.DataFrame:
    """Records that say of which paper they are; the others could not be read and are problems (unreadable_entry)."""
    says = records[["title", "abstract", "doi", "arxiv_id", "pmid", "url"]].notna().any(axis=1)
    return records[says | records["authors"].map(bool)].reset_index(drop=True)


def _source_problems(
    folder: Path, sources: pd.DataFrame, tables: dict[str, pd.DataFrame]
) -> Iterator[pd.DataFrame]:
    """Defects of the text of the sources, outside their records."""
    for row in sources.itertuples():
        yield find_source_problems(folder / row.file, source=row.source, records=tables[row.source])


def _problem_kinds(papers: pd.DataFrame, problems: pd.DataFrame) -> pd.Series:
    """For each paper the kinds of problems of its records."""
    kinds: dict[Any, list[str]] = {}
    for record_id, kind in zip(problems["record_id"], problems["kind"]):
        if not pd.isna(record_id):
            kinds.setdefault(record_id, []).append(kind)
    rows = [list(dict.fromkeys(k for r in ids for k in kinds.get(r, ()))) for ids in papers["record_ids"]]
    return pd.Series(rows, index=papers.index, dtype="object")
