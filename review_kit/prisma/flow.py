"""Where each paper is in the PRISMA flow, and the proof that every record and paper is there exactly once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..errors import CountsError
from ..schema import MERGING_VERDICTS, STAGES
from ..screening import screening_status
from ..search_log import KINDS as SOURCE_KINDS

END = "included_papers"
# Kind of source in the search log -> method of PRISMA 2020, count of records identified there.
KINDS = {kind: ("dbr" if kind in ("database", "register") else "other", f"identified_{words}")
         for kind, words in SOURCE_KINDS.items()}
_NAMED = 10


def paper_flow(
    catalogue: Any, events: pd.DataFrame, *, mode: str = "single", stages: Sequence[str] = STAGES,
) -> pd.DataFrame:
    """Say for each paper where in the PRISMA flow it is: the one count it is part of at the end.

    Parameters
    ----------
    catalogue, events, mode, stages
        As for :func:`prisma_counts`.

    Returns
    -------
    DataFrame
        Indexed by ``paper_id``: ``method`` (``dbr`` or ``other``), ``place`` (the name of a count, such as
        ``excluded_full_text`` or ``included_papers``) and ``reason``.

    Raises
    ------
    CountsError
        Records and papers do not match, or decisions contradict each other.
    """
    wrong = [stage for stage in stages if stage not in STAGES]
    if wrong or not stages:
        raise CountsError(f"stages: expected some of {', '.join(STAGES)}; found {', '.join(wrong) or 'none'}")
    methods = _methods(catalogue)
    _check_pairs(catalogue)
    papers = catalogue.papers
    found = {stage: screening_status(papers, events, stage=stage, mode=mode) for stage in stages}
    decided = {stage: ((rows["n_decisions"] > 0) | rows["final"]).to_numpy(dtype=bool) for stage, rows in found.items()}
    status = {stage: rows["status"].to_numpy(dtype=object) for stage, rows in found.items()}
    _check_order(papers, status, decided)
    place, reason = np.full(len(papers), END, dtype=object), np.full(len(papers), None, dtype=object)
    if "full_text" in stages:
        place = _leave(place, status["full_text"], "full_text")
    if "retrieval" in stages:
        # Who decided at full text had the text, whether or not its retrieval was logged.
        had = (status["retrieval"] == "include") | decided.get("full_text", False)
        place = np.select([status["retrieval"] == "exclude", ~had], ["not_retrieved", "pending_retrieval"], place)
    if "title_abstract" in stages:
        place = _leave(place, status["title_abstract"], "title_abstract")
    for name, stage in (("excluded", "title_abstract"), ("excluded_full_text", "full_text")):
        rows = place == name
        if rows.any():
            reason[rows] = found[stage]["reason"].to_numpy(dtype=object)[rows]
    lacking = papers["paper_id"][(place == "excluded_full_text") & pd.isna(reason)]
    if len(lacking):
        raise CountsError(f"full text: every exclusion needs one primary reason; none was given for {_named(lacking)}")
    table = {name: pd.array(values, dtype="string") for name, values in
             (("method", methods), ("place", place), ("reason", reason))}
    return pd.DataFrame(table, index=pd.Index(papers["paper_id"], name="paper_id"))


def source_kinds(sources: pd.DataFrame) -> dict[str, str]:
    """The kind of each searched source, in the order of the search log (sources of checked facts are not searched).

    Raises
    ------
    CountsError
        A kind is none of PRISMA's.
    """
    searched = sources[sources["role"].fillna("search") == "search"] if "role" in sources.columns else sources
    kinds = dict(zip(searched["source"], searched["kind"]))
    wrong = [f"{source}: {kind}" for source, kind in kinds.items() if kind not in KINDS]
    if wrong:
        raise CountsError(f"kind of source: expected one of {', '.join(KINDS)}; found {', '.join(map(str, wrong))}")
    return kinds


def _methods(catalogue: Any) -> list[str]:
    """The method of each paper: that of its first source in the search log; proves that records and papers match."""
    records, papers, kinds = catalogue.records, catalogue.papers, source_kinds(catalogue.sources)
    source_of = dict(zip(records["record_id"].tolist(), records["source"].tolist()))
    places = {source: place for place, source in enumerate(kinds)}
    members = pd.Series([r for ids in papers["record_ids"] for r in ids], dtype=object)
    merged = set(members)
    faults = [
        ("records stand twice in the records table", records["record_id"][records["record_id"].duplicated()]),
        ("records come from a source that the search log does not name",
         [r for r, source in source_of.items() if source not in places]),
        ("records belong to no paper", [r for r in source_of if r not in merged]),
        ("records belong to several papers", members[members.duplicated()]),
        ("records of papers are not in the records table", [r for r in members if r not in source_of]),
        ("papers stand twice", papers["paper_id"][papers["paper_id"].duplicated()]),
        ("papers have no record", [p for p, ids in zip(papers["paper_id"], papers["record_ids"]) if not ids]),
    ]
    said = [f"- {what}: {_named(which)}" for what, which in faults if len(which)]
    if said:
        raise CountsError("records and papers do not match; load the catalogue again:\n" + "\n".join(said))
    first = [min((source_of[r] for r in ids), key=places.__getitem__) for ids in papers["record_ids"]]
    return [KINDS[kinds[source]][0] for source in first]


def _check_pairs(catalogue: Any) -> None:
    """Prove that a pair stands behind every merge, and that every pair judged one paper is one."""
    pairs = catalogue.pairs[catalogue.pairs["verdict"].isin(MERGING_VERDICTS)]
    grouped = list(zip(catalogue.papers["paper_id"].tolist(), catalogue.papers["record_ids"]))
    paper_of = {r: paper_id for paper_id, ids in grouped for r in ids}
    near: dict[str, set[str]] = {}
    apart = []
    for one, other in zip(pairs["record_id_1"].tolist(), pairs["record_id_2"].tolist()):
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
        if paper_of.get(one) != paper_of.get(other):
            apart.append(f"{one} and {other}")
    loose = [paper_id for paper_id, ids in grouped if len(ids) > 1 and not _connected(ids, near)]
    if apart:
        raise CountsError(f"judged one paper, but counted as two (another verdict keeps them apart): {_named(apart)}")
    if loose:
        raise CountsError(f"merged without a pair that says so: {_named(loose)}; load the catalogue again")


def _connected(record_ids: Sequence[str], near: Mapping[str, set[str]]) -> bool:
    """Whether pairs lead from the first record to all others."""
    seen, waiting = set(), [record_ids[0]]
    while waiting:
        record_id = waiting.pop()
        if record_id not in seen:
            seen.add(record_id)
            waiting.extend(near.get(record_id, ()))
    return seen.issuperset(record_ids)


def _check_order(papers: pd.DataFrame, status: Mapping[str, np.ndarray], decided: Mapping[str, np.ndarray]) -> None:
    """Refuse full-text decisions about papers that were settled before as not going on."""
    if "full_text" not in decided:
        return
    for stage, what in (("title_abstract", "excluded at title and abstract"), ("retrieval", "not retrieved")):
        if stage in status:
            wrong = papers["paper_id"][(status[stage] == "exclude") & decided["full_text"]]
            if len(wrong):
                raise CountsError(f"{what}, but decided at full text: {_named(wrong)}; undo one of the two decisions")


def _leave(place: np.ndarray, status: np.ndarray, stage: str) -> np.ndarray:
    """Where the papers are that do not leave a stage as passed."""
    stopped = {"exclude": "excluded", "conflict": f"conflict_{stage}", "pending": f"pending_{stage}",
               "unscreened": "removed_automation"}
    if stage == "full_text":
        stopped |= {"exclude": "excluded_full_text", "maybe": "pending_full_text"}
    return np.select([status == word for word in stopped], list(stopped.values()), place).astype(object)


def _named(which: Iterable[Any]) -> str:
    """Some names, and how many more there are."""
    names = [str(name) for name in which]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
