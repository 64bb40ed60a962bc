"""Find records that describe one paper: every verdict with its evidence, the doubtful ones for people."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import numpy as np
import pandas as pd

from ..errors import ReviewKitError
from ..events import current_events
from ..schema import VERDICTS, pairs_table
from .blocks import block_keys, candidate_pairs
from .forms import IDENTIFIERS, Forms, comparison_forms
from .groups import RULES_NAME, asked_twice, group_pairs
from .rules import judge
from .signals import EXCLUSIVE, worth_comparing

_CHUNK = 500_000
_RULES_SAID = " (rules: "
Verdicts = dict[tuple[str, str], tuple[str, str, str]]


def find_duplicates(
    records: pd.DataFrame, *, verdicts: pd.DataFrame | None = None, new: Iterable[str] | None = None
) -> pd.DataFrame:
    """Find pairs of records that describe one paper, and pairs that only look so.

    Nothing is deleted or merged here. The result does not depend on the order of the rows.

    Parameters
    ----------
    records
        The records table.
    verdicts
        What people have judged: the events of the log (``judge_pair``) or a pairs table. The later verdict wins, and it
        outranks the rules.
    new
        Ids of the records just added: then only pairs with at least one of them are compared.

    Returns
    -------
    DataFrame
        The pairs table, surest first. ``duplicate`` and ``versions`` pairs can all be merged, ``maybe`` waits for a
        person (one pair for two papers, however many records they have), ``different`` are pairs that look alike and
        are not. Pairs that do not even look alike are left out.

    Raises
    ------
    ReviewKitError
        Two records have one record_id, or a verdict is none of the words of `VERDICTS`.

    Examples
    --------
    >>> from review_kit.schema import records_table
    >>> records = records_table([
    ...     {"record_id": "a", "arxiv_id": "2503.13939", "title": "Med-R1: Learning for Medical Reasoning"},
    ...     {"record_id": "b", "arxiv_id": "2503.13939", "title": "Learning for medical reasoning"}])
    >>> find_duplicates(records)[["record_id_1", "record_id_2", "verdict"]].values.tolist()
    [['a', 'b', 'duplicate']]
    """
    twice = records["record_id"][records["record_id"].duplicated()].tolist()
    if twice:
        raise ReviewKitError(f"expected each record_id once, found again: {', '.join(map(str, twice[:5]))}; give each "
                             "record an id of its own (records_table does) before looking for duplicates")
    people = people_verdicts(verdicts)
    forms = comparison_forms(records)
    fresh = None if new is None else np.isin(forms["record_id"].astype(str), [str(i) for i in new])
    candidates = candidate_pairs(*block_keys(forms), new=fresh)
    found = [_judged_rows(forms, part) for part in _chunks(candidates)]
    rows = [row for part in found for row in part]
    keys = {(row["record_id_1"], row["record_id_2"]) for row in rows} if people else ()
    rows += seen_by_people(people, set(forms["record_id"]), keys)
    return settled(outranked(pairs_table(rows), people), _identities(forms))


def _judged_rows(forms: Forms, candidates: np.ndarray) -> Iterator[dict[str, Any]]:
    """Rows of the pairs table for pairs of row numbers; pairs that do not even look alike are left out."""
    one, other = candidates.T
    same = {name: (column[one] == column[other]) & (column[one] != "") for name, column in forms.items()
            if name in IDENTIFIERS or name == "page"}
    same_page = same.pop("page")
    likely = worth_comparing(forms["title"][one], forms["title"][other], same_page=same_page,
                             same_id=np.any(list(same.values()), axis=0))
    return judged_rows(*({name: column[side] for name, column in forms.items()} for side in candidates[likely].T))


def judged_rows(left: Forms, right: Forms) -> Iterator[dict[str, Any]]:
    """Rows of the pairs table for the pairs that are worth showing."""
    judged = judge(left, right)
    columns = (judged[name].tolist() for name in ("pair", "score", "verdict", "evidence"))
    for i, score, verdict, evidence in zip(*columns):
        one, other = sorted((left["record_id"][i], right["record_id"][i]))
        yield {"record_id_1": one, "record_id_2": other, "score": score, "verdict": verdict, "evidence": evidence,
               "judged_by": RULES_NAME}


def _chunks(candidates: np.ndarray) -> Iterator[np.ndarray]:
    """Candidate pairs in parts that fit into memory."""
    for start in range(0, max(len(candidates), 1), _CHUNK):
        yield candidates[start:start + _CHUNK]


def _identities(forms: Forms) -> dict[str, dict[str, str]]:
    """Per record, the identifiers that a document has once."""
    identities: dict[str, dict[str, str]] = {}
    for name in EXCLUSIVE:
        for i in np.flatnonzero(forms[name] != ""):
            identities.setdefault(forms["record_id"][i], {})[name] = forms[name][i]
    return identities


def outranked(pairs: pd.DataFrame, people: Verdicts) -> pd.DataFrame:
    """Pairs with people's verdicts in place of those of the rules; what the rules said stays in the evidence."""
    rows = {name: pairs[name].tolist() for name in ("verdict", "evidence", "judged_by")}
    for i, key in enumerate(zip(pairs["record_id_1"].tolist(), pairs["record_id_2"].tolist())) if people else ():
        if key in people and rows["judged_by"][i] == RULES_NAME:
            verdict, reviewer, reason = people[key]
            said = f"{reason or 'judged'}{_RULES_SAID}{rows['verdict'][i]}; {rows['evidence'][i]})"
            rows["verdict"][i], rows["evidence"][i], rows["judged_by"][i] = verdict, said, reviewer
    return pairs.assign(**{name: pd.array(values, dtype="string") for name, values in rows.items()})


def seen_by_people(
    people: Verdicts, known: Container[str], found: Container[tuple[str, str]]
) -> Iterator[dict[str, Any]]:
    """Rows for pairs of known records that people judged and the rules did not find."""
    for (one, other), (verdict, reviewer, reason) in people.items():
        if one in known and other in known and (one, other) not in found:
            yield {"record_id_1": one, "record_id_2": other, "score": 0.0, "verdict": verdict, "judged_by": reviewer,
                   "evidence": f"{reason or 'judged'}{_RULES_SAID}different; too little agrees)"}


def settled(pairs: pd.DataFrame, identities: Mapping[str, Mapping[str, str]]) -> pd.DataFrame:
    """Pairs, surest first, with those that would join what must stay apart turned into ``maybe``."""
    groups, refused = group_pairs(pairs, identities)
    verdict, evidence = pairs["verdict"].tolist(), pairs["evidence"].tolist()
    keys = zip(pairs["record_id_1"].tolist(), pairs["record_id_2"].tolist(), pairs["judged_by"].tolist())
    for i, (one, other, judge_name) in enumerate(keys):
        if (one, other) in refused and judge_name == RULES_NAME:
            verdict[i], evidence[i] = "maybe", refused_evidence(*refused[one, other]) + evidence[i]
    pairs = pairs.assign(verdict=pd.array(verdict, dtype="string"), evidence=pd.array(evidence, dtype="string"))
    superfluous = asked_twice(pairs, groups, refused)
    keys = zip(pairs["record_id_1"].tolist(), pairs["record_id_2"].tolist())
    pairs = pairs[np.array([key not in superfluous for key in keys], dtype=bool)]
    order = ["score", "record_id_1", "record_id_2"]
    return pairs.sort_values(order, ascending=[False, True, True], ignore_index=True)


def refused_evidence(one: str, other: str) -> str:
    """Why a pair is not merged although it looks like a duplicate."""
    return f"would put {one} and {other} into one paper, which are not the same; "


def people_verdicts(verdicts: pd.DataFrame | None) -> Verdicts:
    """The last verdict of people on each pair, from events or from a pairs table.

    Parameters
    ----------
    verdicts
        Events (only ``judge_pair`` and what undoes it count) or pairs (only those not judged by the rules count).

    Returns
    -------
    dict
        ``(record_id_1, record_id_2) -> (verdict, reviewer, reason)``, the smaller id first.

    Raises
    ------
    ReviewKitError
        A verdict is none of the words of `VERDICTS`.
    """
    if verdicts is None or not len(verdicts):
        return {}
    judged: Verdicts = {}
    for one, other, verdict, judge_name, reason in _judged(verdicts):
        if verdict not in VERDICTS:
            raise ReviewKitError(
                f"verdict on {one} and {other}: expected one of {', '.join(VERDICTS)}, found {verdict!r}")
        key = (min(one, other), max(one, other))
        judged.pop(key, None)
        judged[key] = verdict, judge_name, reason
    return judged


def _judged(verdicts: pd.DataFrame) -> Iterator[tuple[str, str, str, str, str]]:
    """What people judged, in order: two record ids, verdict, reviewer, reason."""
    if "kind" in verdicts.columns:
        events = current_events(verdicts)
        events = events[events["kind"] == "judge_pair"]
        columns = (events[name].tolist() for name in ("record_id", "value", "reviewer", "reason"))
        for one, value, name, reason in zip(*columns):
            yield str(one), str(value["record_id_2"]), value["verdict"], str(name), "" if pd.isna(reason) else reason
        return
    by_people = verdicts[verdicts["judged_by"].notna() & (verdicts["judged_by"] != RULES_NAME)]
    columns = (by_people[name].tolist() for name in ("record_id_1", "record_id_2", "verdict", "judged_by", "evidence"))
    for one, other, verdict, name, reason in zip(*columns):
        yield str(one), str(other), verdict, str(name), "" if pd.isna(reason) else reason.split(_RULES_SAID)[0]
