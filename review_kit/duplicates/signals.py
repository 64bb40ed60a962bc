"""How the fields of two records agree: signals for many pairs at once, which the rules read."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import numpy as np

from .forms import IDENTIFIERS, Forms
from .titles import APART, LONGER, MISSING, NEAR, NUMBERS, SAME, SLIP, only_a_mark, same_venue, title_difference

# Two records with different values here describe different documents, unless all else says otherwise.
EXCLUSIVE = ("arxiv_id", "pmid", "acl", "openreview")


def worth_comparing(
    one: np.ndarray, other: np.ndarray, *, same_id: np.ndarray, same_page: np.ndarray
) -> np.ndarray:
    """Which pairs are somewhat alike in title, or share an identifier or a page; all others are plainly different.

    Parameters
    ----------
    one, other
        Title forms of the first and the second record of each pair.
    same_id, same_page
        Whether the two share an identifier, and the first page.

    Returns
    -------
    ndarray
        A truth value per pair.
    """
    likeness = _likeness(one, other)
    titled = (one != "") & (other != "")
    kept = same_id | same_page & (likeness >= 0.4) | titled & (likeness >= 0.75)
    rest = np.flatnonzero(~kept & titled)
    kept[rest] = [b in a or a in b for a, b in zip(one[rest], other[rest])]
    return kept


def compare(left: Forms, right: Forms) -> SimpleNamespace:
    """The signals of many pairs, each an array: how the fields agree, differ, or are missing."""
    s = SimpleNamespace()
    s.likeness = _likeness(left["title"], right["title"])
    s.title = _titles(left, right, s.likeness)
    s.authors, s.people = _authors(left, right)
    s.venue = _over_unique(same_venue, left["venue"], right["venue"])
    s.volume, s.number = (_agree(left[c], right[c]) for c in ("volume", "number"))
    s.page, s.first_page = _pages(left, right)
    s.gap = np.abs(_years(left["year"]) - _years(right["year"]))
    s.years_apart = np.where(np.isnan(s.gap), 0, s.gap)
    s.ids = {name: _agree(left[name], right[name]) for name in IDENTIFIERS}
    s.same_id = np.any([a == 1 for a in s.ids.values()], axis=0)
    stages = left["stage"], right["stage"]
    s.versions = ((stages[0] == "preprint") & (stages[1] == "published")) | (
        (stages[1] == "preprint") & (stages[0] == "published"))
    s.other_id = np.any([s.ids[name] == 0 for name in EXCLUSIVE], axis=0) | ((s.ids["doi"] == 0) & ~s.versions)
    s.usual = (left["usual"] == "usual") | (right["usual"] == "usual")
    s.specific = (left["usual"] == "") & (right["usual"] == "")
    s.long_title = np.minimum(_lengths(left["title"]), _lengths(right["title"])) >= 28
    s.holds = s.long_title & _one_holds_other(left["squeezed"], right["squeezed"])
    for i in np.flatnonzero(s.holds & (s.title < LONGER)):
        s.holds[i] = only_a_mark(left["title"][i], right["title"][i])
    s.unreadable = (s.title == MISSING) | _other_script(left["title"], right["title"])
    _combine(s)
    return s


def _combine(s: SimpleNamespace) -> None:
    """Add the signals that follow from others, in the words of the rules."""
    s.alike = s.title >= SLIP
    s.by_same = s.authors == 2
    s.by_some = s.authors >= 1
    s.same_year = s.gap == 0
    s.same_time = s.years_apart <= 1
    s.place = (s.page == 1) & (s.volume != 0) & s.same_time & ((s.volume == 1) | (s.venue == 1))
    s.full_place = s.first_page & (s.volume == 1) & s.same_time & (s.number != 0)
    s.issue = (s.volume == 1) & (s.number == 1) & (s.venue == 1) & s.same_time
    s.identical = (s.title == SAME) & s.by_same & s.same_year & (s.venue == 1) & s.first_page
    s.disagree = (s.authors == 0) & ((s.title < NEAR) | s.usual)
    s.elsewhere = (s.gap > 1) | (s.page == 0) | (s.volume == 0) | (s.number == 0) & (s.page != 1) | (s.venue == 0)


def _likeness(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Share of letters that two titles have in common in order (normalised Indel similarity), 0 to 1."""
    from rapidfuzz.fuzz import ratio
    from rapidfuzz.process import cpdist

    return cpdist(left, right, scorer=ratio, dtype=np.float32) / 100 if len(left) else np.zeros(0, np.float32)


def _titles(left: Forms, right: Forms, likeness: np.ndarray) -> np.ndarray:
    """How the titles of each pair differ."""
    one, other = left["title"], right["title"]
    level = np.full(len(one), APART, dtype=np.int8)
    same = left["squeezed"] == right["squeezed"]
    level[same] = SAME
    level[(one == "") | (other == "")] = MISSING
    for i in np.flatnonzero(level == APART):
        level[i] = title_difference(one[i], other[i], (left["head"][i], right["head"][i]))
    level[(level < NUMBERS) & (likeness < 0.75)] = APART
    return level


def _authors(left: Forms, right: Forms) -> tuple[np.ndarray, np.ndarray]:
    """Whether the people agree (2), partly (1), not at all (0), or are missing (-1); and their likeness, 0 to 1."""
    from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio
    from rapidfuzz.process import cpdist

    one, other = left["families"], right["families"]
    if not len(one):
        return np.zeros(0, np.int8), np.zeros(0)
    whole = cpdist(one, other, scorer=token_sort_ratio, dtype=np.float32) / 100
    shared = cpdist(one, other, scorer=token_set_ratio, dtype=np.float32) / 100
    doubtful = np.flatnonzero(whole < 0.8)
    words = cpdist(left["people"][doubtful], right["people"][doubtful], scorer=token_set_ratio, dtype=np.float32) / 100
    shared[doubtful] = np.maximum(shared[doubtful], words)
    first = np.array([a.partition(" ")[0] == b.partition(" ")[0] for a, b in zip(one, other)])
    level = np.where((whole >= 0.75) | (shared >= 0.9) | (first & (shared >= 0.7)), 2, np.where(shared >= 0.6, 1, 0))
    level[(one == "") | (other == "")] = MISSING
    return level.astype(np.int8), np.maximum(whole, shared)


def _over_unique(compare_two: Callable[[str, str], int], left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Apply a comparison once to every distinct pair of values."""
    known: dict[tuple[str, str], int] = {}
    out = np.empty(len(left), dtype=np.int8)
    for i, pair in enumerate(zip(left, right)):
        if pair not in known:
            known[pair] = compare_two(*pair)
        out[i] = known[pair]
    return out


def _agree(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """1 where both are known and equal, 0 where both are known and differ, -1 elsewhere."""
    return np.where((left == "") | (right == ""), MISSING, (left == right).astype(np.int8)).astype(np.int8)


def _years(values: np.ndarray) -> np.ndarray:
    """Years as numbers, nan where unknown."""
    return np.array([float(v) if v else np.nan for v in values], dtype=np.float64)


def _lengths(values: np.ndarray) -> np.ndarray:
    """How many letters each text has."""
    return np.array([len(v) for v in values], dtype=np.int32)


def _pages(left: Forms, right: Forms) -> tuple[np.ndarray, np.ndarray]:
    """Whether the pages meet (1), do not (0), or cannot be compared (-1); and whether the first pages are the same."""
    one, other = (_years(side["page"]) for side in (left, right))
    ends = [np.fmax(_years(side["last"]), start) for side, start in ((left, one), (right, other))]
    meet = (one <= ends[1]) & (other <= ends[0])
    unlike = np.isnan(one) | np.isnan(other) | ((left["locator"] != right["locator"]) & (one != other))
    return np.where(unlike, MISSING, meet).astype(np.int8), one == other


def _one_holds_other(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether one text holds the whole other."""
    return np.array([a in b or b in a for a, b in zip(left, right)], dtype=bool)


def _other_script(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Whether one title is written in Latin letters and the other is not."""
    return np.array([a.isascii() != b.isascii() for a, b in zip(left, right)], dtype=bool)
