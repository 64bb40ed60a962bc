"""PRISMA 2020 counts, made from records, pairs and events only, every sum proven.

The flow is a chain of layers: what comes into a layer is what leaves it plus what goes on to the next (`LAYERS`). Names
of counts stand for all papers; with ``dbr_`` before them for databases and registers, with ``other_`` for other methods
(the prefixes of the R package PRISMA2020). Words and boxes follow Page et al. 2021, doi:10.1136/bmj.n71.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from ..errors import CountsError
from ..schema import STAGES
from .flow import END, KINDS, paper_flow, source_kinds

LAYERS = {
    "identification": ("identified", ("duplicates_removed", "removed_automation", "removed_other")),
    "title_abstract": ("screened", ("excluded", "pending_title_abstract", "conflict_title_abstract")),
    "retrieval": ("sought", ("not_retrieved", "pending_retrieval")),
    "full_text": ("assessed", ("excluded_full_text", "pending_full_text", "conflict_full_text")),
}
UNSETTLED = ("pending_title_abstract", "conflict_title_abstract", "pending_retrieval", "pending_full_text",
             "conflict_full_text")
NO_REASON = "no reason given"
METHODS = ("", "dbr_", "other_")


def prisma_counts(
    catalogue: Any, events: pd.DataFrame, *, mode: str | None = None, stages: Sequence[str] = STAGES,
    studies: Mapping[str, Any] | None = None,
) -> pd.Series:
    """Count what PRISMA 2020 reports, and prove that the numbers add up.

    A paper found in several sources is counted with the first of them in the search log; its other records are
    duplicates removed where they stand. Papers that a ``stop`` event left unscreened are not pending but marked as
    ineligible by automation tools: the ranking put them last. ``removed_other`` is always 0, because nothing else takes
    a record away before screening: a paper out of scope is excluded at title and abstract, with a reason, and what
    holds no record (an entry that cannot be read) was never identified and is a row of the catalogue's problems.

    Parameters
    ----------
    catalogue
        Anything with the tables ``records`` (``record_id, source``), ``pairs``, ``papers`` (``paper_id, record_ids``)
        and ``sources`` (the search log: ``source, kind, name, role``); its ``protocol``, where it has one, gives the
        mode and the order of the reasons.
    events
        An events table.
    mode
        ``single`` or ``dual``; by default the protocol's, else ``single``.
    stages
        The stages of this review. Left-out stages let every paper through and have no counts.
    studies
        For papers that report on one study, the study (by ``paper_id``); by default each paper is its own study.

    Returns
    -------
    Series
        For ``""``, ``dbr_`` and ``other_``: ``identified`` and ``identified_databases, _registers, _websites,
        _organisations, _citation_searching, _other``; ``duplicates_removed, removed_automation, removed_other``;
        ``screened, excluded, excluded:<reason>``; ``sought, not_retrieved``; ``assessed, excluded_full_text,
        excluded_full_text:<reason>``; ``included_papers``; and what is unsettled: ``pending_title_abstract,
        conflict_title_abstract, pending_retrieval, pending_full_text`` (maybe too), ``conflict_full_text``.
        Then ``included_studies``, ``pending_pairs`` (possible duplicates that wait for a person),
        ``source:<kind>:<name>`` for each source of the search log, and ``draft`` (True while anything is unsettled).

    Raises
    ------
    CountsError
        A sum does not add up; the message names the papers or records that break it.
    """
    protocol = getattr(catalogue, "protocol", None)
    mode = mode or getattr(protocol, "mode", "single")
    flow = paper_flow(catalogue, events, mode=mode, stages=stages)
    kinds = catalogue.records["source"].astype(object).map(source_kinds(catalogue.sources))
    reasons = {"excluded": _listed(protocol, "title_abstract"), "excluded_full_text": _listed(protocol, "full_text")}
    counts: dict[str, Any] = {}
    for prefix in METHODS:
        part = flow if not prefix else flow[flow["method"] == prefix[:-1]]
        found = kinds if not prefix else kinds[kinds.map(lambda kind: KINDS[kind][0]) == prefix[:-1]]
        of_kind = {name: int((found == kind).sum()) for kind, (method, name) in KINDS.items()
                   if prefix in ("", f"{method}_")}
        of_flow = _flow_counts(part, n_records=len(found), stages=stages, reasons=reasons)
        counts |= {prefix + name: n for name, n in ({"identified": len(found)} | of_kind | of_flow).items()}
    included = flow.index[flow["place"] == END]
    counts["included_studies"] = len({(studies or {}).get(paper_id, paper_id) for paper_id in included})
    counts["pending_pairs"] = int((catalogue.pairs["verdict"] == "maybe").sum())
    counts |= _source_counts(catalogue)
    made = pd.Series({**counts, "draft": False}, dtype=object, name="n")
    made["draft"] = is_unsettled(made)
    check_counts(made)
    return made


def check_counts(counts: pd.Series) -> None:
    """Refuse counts that do not add up.

    Parameters
    ----------
    counts
        As made by :func:`prisma_counts`, perhaps changed since.

    Raises
    ------
    CountsError
        Every sum that fails, with its numbers.
    """
    wrong = [f"{name} = {counts[name]!r}" for name in counts.index if name != "draft" and not _is_count(counts[name])]
    needed = [f"{prefix}{name}" for prefix in METHODS for name in ("identified", *LAYERS["identification"][1], END)]
    wrong += [f"no {name}" for name in (*needed, "included_studies", "pending_pairs", "draft") if name not in counts]
    if wrong:
        raise CountsError(f"expected counts of prisma_counts, whole numbers from 0; found {', '.join(wrong)}")
    faults = [fault for prefix in METHODS for fault in _faults(counts, prefix)]
    for name in (n for n in counts.index if f"dbr_{n}" in counts and f"other_{n}" in counts):
        faults += _compare(counts, name, [f"dbr_{name}", f"other_{name}"])
    if counts["included_studies"] > counts[END]:
        faults.append(f"included_studies ({counts['included_studies']}) are more than {END} ({counts[END]})")
    if bool(counts["draft"]) != is_unsettled(counts):
        faults.append(f"draft is {counts['draft']}, but " + ("something" if is_unsettled(counts) else "nothing")
                      + " is unsettled")
    if faults:
        raise CountsError("the counts do not add up:\n" + "\n".join(f"- {fault}" for fault in faults))


def is_unsettled(counts: pd.Series) -> bool:
    """Whether anything is pending or in conflict, possible duplicates included."""
    return any(counts.get(name, 0) for name in (*UNSETTLED, "pending_pairs"))


def _faults(counts: pd.Series, prefix: str) -> Iterable[str]:
    """The sums of one method that fail."""
    present = [(prefix + start, [prefix + loss for loss in losses])
               for start, losses in LAYERS.values() if prefix + start in counts]
    for (start, losses), (following, _) in zip(present, [*present[1:], (prefix + END, [])]):
        yield from _compare(counts, start, [*losses, following])
    kinds = [prefix + name for _, name in KINDS.values() if prefix + name in counts]
    yield from _compare(counts, f"{prefix}identified", kinds)
    for name in (f"{prefix}excluded", f"{prefix}excluded_full_text"):
        if name in counts:
            yield from _compare(counts, name, [n for n in counts.index if n.startswith(f"{name}:")])


def _compare(counts: pd.Series, whole: str, parts: Sequence[str]) -> list[str]:
    """A fault where a count is not the sum of its parts."""
    total = sum(counts.get(part, 0) for part in parts)
    spelled = " + ".join(f"{part} ({counts.get(part, 0)})" for part in parts) or "nothing"
    return [] if counts[whole] == total else [f"{whole} ({counts[whole]}) is not {spelled}"]


def _is_count(value: Any) -> bool:
    """Whether a value is a whole number from 0."""
    return isinstance(value, (int, np.integer)) and not isinstance(value, bool) and value >= 0


def _flow_counts(
    flow: pd.DataFrame, *, n_records: int, stages: Sequence[str], reasons: Mapping[str, Sequence[str]]
) -> dict[str, int]:
    """What became of the records of one method (or of both)."""
    places = flow["place"].value_counts()
    counts = {"duplicates_removed": n_records - len(flow)}
    counts |= {name: int(places.get(name, 0)) for name in LAYERS["identification"][1][1:]}
    left = len(flow) - counts["removed_automation"] - counts["removed_other"]
    for stage in (s for s in STAGES if s in stages):
        start, losses = LAYERS[stage]
        counts[start] = left
        for name in losses:
            counts[name] = int(places.get(name, 0))
            left -= counts[name]
            if name in reasons:
                given = flow.loc[flow["place"] == name, "reason"].fillna(NO_REASON).value_counts()
                others = sorted(set(given.index) - set(reasons[name]), key=lambda reason: (-given[reason], reason))
                ordered = [*(r for r in reasons[name] if r in given), *others]
                counts |= {f"{name}:{reason}": int(given[reason]) for reason in ordered}
    # Counted, not inferred: check_counts proves that it is what is left.
    return {**counts, END: int(places.get(END, 0))}


def _source_counts(catalogue: Any) -> dict[str, int]:
    """Records per source of the search log, in its order; sources of one name are told apart."""
    counts: dict[str, int] = {}
    records = catalogue.records["source"].value_counts()
    kinds = source_kinds(catalogue.sources)
    names = dict(zip(catalogue.sources["source"], catalogue.sources["name"].fillna(catalogue.sources["source"])))
    for source, kind in kinds.items():
        name = f"source:{kind}:{names[source]}"
        counts[name if name not in counts else f"{name} ({source})"] = int(records.get(source, 0))
    return counts


def _listed(protocol: Any, stage: str) -> Sequence[str]:
    """The protocol's reasons for a stage, in its order."""
    return (getattr(protocol, "reasons", None) or {}).get(stage, ())
