"""Pairs joined to papers, so that no two records end up in one paper that were judged different."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping

import pandas as pd

from ..schema import MERGING_VERDICTS

CONFLICT = "conflict:"
RULES_NAME = "rules"


class Groups:
    """Records grouped to papers pair by pair; a pair that would join what must stay apart is refused.

    Parameters
    ----------
    identities
        Per record_id, the identifiers of which one document has only one (arXiv id, PMID), as ``column -> value``.
    """

    def __init__(self, identities: Mapping[str, Mapping[str, str]] | None = None) -> None:
        self._root: dict[str, str] = {}
        self._members: dict[str, list[str]] = {}
        self._apart: dict[str, set[str]] = {}
        self._identities = identities or {}
        self._known: dict[str, dict[str, frozenset[str]]] = {}

    def keep_apart(self, one: str, other: str) -> None:
        """Note that two records are never to be in one paper."""
        self._apart.setdefault(one, set()).add(other)
        self._apart.setdefault(other, set()).add(one)

    def root(self, record_id: str) -> str:
        """The record that stands for the group of a record."""
        path = record_id
        while (up := self._root.get(path, path)) != path:
            self._root[path] = self._root.get(up, up)
            path = up
        return path

    def members(self, record_id: str) -> list[str]:
        """All records grouped with a record, itself included."""
        return self._members.get(self.root(record_id), [record_id])

    def join(self, one: str, other: str) -> tuple[str, str] | None:
        """Put two records into one group; if that may not be, do nothing and return the two records that forbid it."""
        roots = self.root(one), self.root(other)
        if roots[0] == roots[1]:
            return None
        small, large = sorted(roots, key=lambda root: (len(self._members.get(root, [root])), root))
        forbidden = self._apart_inside(small, large) or self._clash(small, large, (one, other))
        if forbidden:
            return forbidden
        self._root[small] = large
        values = self._values(large)
        for name, inside in self._values(small).items():
            values[name] = values.get(name, frozenset()) | inside
        self._known[large] = values
        self._members[large] = self._members.get(large, [large]) + self._members.pop(small, [small])
        return None

    def _apart_inside(self, small: str, large: str) -> tuple[str, str] | None:
        """Two records of two groups that were judged different, if there are any."""
        for record_id in self._members.get(small, [small]):
            for far in sorted(self._apart.get(record_id, ())):
                if self.root(far) == large:
                    return record_id, far
        return None

    def _clash(self, small: str, large: str, joined: tuple[str, str]) -> tuple[str, str] | None:
        """Two records of two groups whose identifiers differ; where the joined pair itself differs, it was judged."""
        inside, beside = self._values(small), self._values(large)
        one, other = (self._identities.get(record_id, {}) for record_id in joined)
        for name in inside:
            differ = len(inside[name] | beside.get(name, inside[name])) > 1
            if differ and not (name in one and name in other and one[name] != other[name]):
                return self._with(small, name), self._with(large, name)
        return None

    def _values(self, root: str) -> dict[str, frozenset[str]]:
        """The identifiers of a group."""
        own = self._identities.get(root, {})
        return self._known.get(root) or {name: frozenset((value,)) for name, value in own.items()}

    def _with(self, root: str, name: str) -> str:
        """The first record of a group that carries an identifier."""
        return min(member for member in self._members.get(root, [root]) if name in self._identities.get(member, {}))


def group_pairs(
    pairs: pd.DataFrame, identities: Mapping[str, Mapping[str, str]] | None = None
) -> tuple[Groups, dict[tuple[str, str], tuple[str, str]]]:
    """Join the merging pairs, people's first and then the surest.

    Parameters
    ----------
    pairs
        The pairs table.
    identities
        See `Groups`.

    Returns
    -------
    tuple
        The groups, and the pairs that were refused with the two records that forbid each.
    """
    groups = Groups(identities)
    joining: list[tuple[bool, float, str, str]] = []
    columns = ("record_id_1", "record_id_2", "verdict", "score", "evidence", "judged_by")
    by_rules: list[tuple[str, str]] = []
    for one, other, verdict, score, evidence, judge in zip(*(pairs[c].tolist() for c in columns)):
        person = judge != RULES_NAME
        if verdict in MERGING_VERDICTS:
            joining.append((not person, -float(score) if score == score else 0.0, one, other))
        elif verdict == "different" and person:
            groups.keep_apart(one, other)
        elif verdict == "different" or str(evidence).startswith(CONFLICT):
            by_rules.append((one, other))
    joining.sort()
    refused: dict[tuple[str, str], tuple[str, str]] = {}
    _join_all(groups, (pair for pair in joining if not pair[0]), refused)
    for one, other in by_rules:
        groups.keep_apart(one, other)
    _join_all(groups, (pair for pair in joining if pair[0]), refused)
    return groups, refused


def _join_all(
    groups: Groups, joining: Iterable[tuple[bool, float, str, str]], refused: dict[tuple[str, str], tuple[str, str]]
) -> None:
    """Join pairs in their order and note those that are refused."""
    for _, _, one, other in joining:
        forbidden = groups.join(one, other)
        if forbidden:
            refused[one, other] = forbidden


def asked_twice(
    pairs: pd.DataFrame, groups: Groups, refused: Container[tuple[str, str]]
) -> set[tuple[str, str]]:
    """Doubtful pairs that need no answer: people are asked once about two papers, however many records they have.

    Parameters
    ----------
    pairs
        The pairs table, refused pairs already turned into ``maybe``.
    groups
        What the merging pairs join.
    refused
        Pairs that could not be joined; a contradiction is always shown.

    Returns
    -------
    set
        ``maybe`` pairs of the rules within one paper, between two papers on which a person has answered, or between two
        papers of which a surer pair is asked.
    """
    columns = ("record_id_1", "record_id_2", "verdict", "score", "judged_by")
    rows = list(zip(*(pairs[c].tolist() for c in columns)))
    answered = {_papers(groups, one, other) for one, other, verdict, _, judge in rows
                if judge != RULES_NAME and verdict in ("different", "maybe")}
    superfluous: set[tuple[str, str]] = set()
    for one, other, verdict, _, judge in sorted(rows, key=lambda row: (-row[3], row[0], row[1])):
        if verdict == "maybe" and judge == RULES_NAME and (one, other) not in refused:
            papers = _papers(groups, one, other)
            if len(papers) == 1 or papers in answered:
                superfluous.add((one, other))
            answered.add(papers)
    return superfluous


def _papers(groups: Groups, one: str, other: str) -> frozenset[str]:
    """The papers, by their standing records, to which two records belong."""
    return frozenset((groups.root(one), groups.root(other)))
