"""The rules that judge a pair of records, in readable order: the first that holds decides."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import NamedTuple

import numpy as np

from .forms import Forms
from .groups import CONFLICT
from .signals import compare
from .titles import APART, LONGER, MARK, MISSING, NAMED, NEAR, NUMBERS, ORDER, SLIP, TITLE_WORDS, WORDS

_ID_NAMES = {
    "doi": "DOI", "arxiv_id": "arXiv id", "pmid": "PMID", "pmcid": "PMC id", "acl": "ACL id",
    "openreview": "OpenReview id", "s2": "Semantic Scholar id",
}
_AUTHOR_WORDS = {MISSING: "authors are missing", 0: "authors differ", 1: "some authors agree", 2: "authors agree"}
_PLACE_WORDS = {MISSING: "", 0: "{} differs", 1: "same {}"}


class Rule(NamedTuple):
    """A verdict, the words that explain it, and the condition over the signals of many pairs at once."""

    verdict: str
    why: str
    holds: Callable[[SimpleNamespace], np.ndarray]


RULES = (
    # One identifier: what the titles say decides, for lists and supplements share identifiers by mistake.
    Rule("versions", "same {id}; preprint and published version",
         lambda s: s.same_id & s.alike & s.versions & ~s.disagree),
    Rule("duplicate", "same {id} and titles agree", lambda s: s.same_id & s.alike & ~s.disagree),
    Rule("duplicate", "same {id}, one title holds the other", lambda s: s.same_id & s.holds & (s.authors != 0)),
    Rule("duplicate", "same {id} and authors, titles nearly agree",
         lambda s: s.same_id & s.by_same & (s.likeness >= 0.9) & (s.title != NUMBERS) & (s.page != 0)),
    Rule("duplicate", "same {id}, place and authors", lambda s: s.same_id & s.place & s.by_same & (s.title >= WORDS)),
    Rule("duplicate", "same {id}; titles in two scripts or missing, all else agrees",
         lambda s: s.same_id & s.unreadable & (s.authors != 0) & s.same_time & (s.page != 0) & (s.volume != 0)),
    Rule("maybe", f"{CONFLICT} same {{id}} but titles or authors disagree", lambda s: s.same_id),
    # Where it was printed: volume and page of one venue hold one paper, however its title was copied.
    Rule("duplicate", "same place, authors agree, titles agree",
         lambda s: s.place & s.alike & (s.authors != 0) & (~s.other_id | s.identical)),
    Rule("duplicate", "same place and authors, titles copied differently",
         lambda s: s.full_place & s.by_same & (s.likeness >= 0.7) & ~s.other_id),
    Rule("duplicate", "same issue and authors, one title holds the other",
         lambda s: s.issue & s.by_same & (s.holds | (s.title >= NEAR)) & ~s.usual & (s.page != 0) & ~s.other_id),
    Rule("duplicate", "same issue, one title holds the other, nothing differs",
         lambda s: s.issue & (s.authors == MISSING) & s.holds & s.specific & (s.page != 0) & ~s.other_id),
    Rule("maybe", "same place and titles, identifiers differ", lambda s: s.place & s.alike & (s.authors != 0)),
    Rule("maybe", "same place and authors, titles apart", lambda s: s.full_place & s.by_same & (s.likeness >= 0.4)),
    Rule("maybe", "same issue and authors, titles nearly agree",
         lambda s: s.issue & s.by_same & (s.likeness >= 0.85) & (s.page != 0)),
    Rule("maybe", "same authors, year and venue, titles nearly agree",
         lambda s: (s.title == WORDS) & s.by_same & s.same_year & (s.venue == 1) & (s.likeness >= 0.88) & ~s.elsewhere
         & ~s.other_id),
    Rule("maybe", "authors agree, a word is misspelt or another one",
         lambda s: (s.title == SLIP) & s.by_same & ~s.elsewhere & ~s.other_id),
    Rule("maybe", "preprint and published version? authors agree, a word is misspelt or another one",
         lambda s: (s.title == SLIP) & s.by_same & s.versions & (s.years_apart <= 3)),
    # Nothing that must agree may differ.
    Rule("different", "different {other_id}s", lambda s: s.other_id & ~s.versions),
    Rule("different", "numbers in the titles differ", lambda s: (s.title == NUMBERS) | (s.title == MARK)),
    Rule("different", "titles say different things",
         lambda s: (s.title <= ORDER) & (s.title >= APART) | (s.title == SLIP)),
    Rule("maybe", "titles, year and venue agree, authors do not",
         lambda s: (s.authors == 0) & (s.title >= NEAR) & s.specific & s.same_year & (s.venue == 1) & ~s.elsewhere),
    Rule("different", "authors differ", lambda s: s.authors == 0),
    Rule("versions", "preprint and published version: titles and authors agree",
         lambda s: s.versions & (s.title >= NAMED) & s.by_some & (s.years_apart <= 3) & s.specific),
    Rule("maybe", "preprint and published version? little else to compare",
         lambda s: s.versions & (s.years_apart <= 3)),
    Rule("maybe", "same title and authors, published twice?",
         lambda s: s.elsewhere & s.by_same & (s.title >= NAMED) & s.specific & (s.years_apart <= 3)),
    Rule("different", "printed at another place or time", lambda s: s.elsewhere),
    # Nothing differs; is there enough that agrees?
    Rule("duplicate", "titles and authors agree, nothing differs",
         lambda s: (s.title >= NAMED) & s.by_same & (s.same_year | np.isnan(s.gap) | (s.venue == 1)) & s.specific),
    Rule("duplicate", "titles, year and venue agree, some authors too",
         lambda s: (s.title >= NAMED) & s.by_some & s.same_year & (s.venue == 1) & s.specific),
    Rule("duplicate", "titles agree and nothing differs",
         lambda s: (s.title >= NAMED) & s.long_title & (s.authors == MISSING) & s.specific),
    Rule("duplicate", "one title is cut, authors, year and venue agree",
         lambda s: (s.title == LONGER) & s.by_same & s.same_year & s.long_title & (s.venue == 1)),
    Rule("duplicate", "a short title, but authors, year and venue agree",
         lambda s: (s.title >= NEAR) & s.by_same & s.same_year & (s.venue == 1) & ~s.usual),
    Rule("duplicate", "a usual title, but authors, venue and issue agree",
         lambda s: (s.title >= NAMED) & s.by_same & s.same_time & (s.venue == 1) & (s.issue | (s.page == 1))),
    Rule("maybe", "titles agree, too little else to be sure", lambda s: s.title >= LONGER),
    Rule("different", "too little agrees", lambda s: s.title >= APART),
    Rule("different", "nothing to compare", lambda s: s.title < APART),
)


def judge(left: Forms, right: Forms) -> dict[str, np.ndarray]:
    """Judge many pairs at once.

    Parameters
    ----------
    left, right
        Forms of the first and the second record of each pair (see `comparison_forms`).

    Returns
    -------
    dict
        For the pairs worth showing (all but the plainly different): ``pair`` (which of the given ones), ``score`` (0
        to 1), ``verdict`` and ``evidence``. ``score`` is 0.6 x likeness of titles + 0.2 x likeness of authors + 0.2 x
        (year and place agree), where what is unknown counts half and a shared identifier closes a fifth of the gap to
        1; it orders pairs for people and decides nothing.
    """
    signals = compare(left, right)
    chosen = np.full(len(signals.title), -1, dtype=np.int16)
    for number, rule in enumerate(RULES):
        chosen[(chosen < 0) & rule.holds(signals)] = number
    verdict = np.array([rule.verdict for rule in RULES], dtype=object)[chosen]
    alike = (signals.title >= ORDER) | signals.same_id | (signals.likeness >= 0.9)
    shown = np.flatnonzero((verdict != "different") | alike)
    evidence = np.empty(len(shown), dtype=object)
    evidence[:] = [_in_words(i, RULES[chosen[i]], signals, (left["year"][i], right["year"][i])) for i in shown]
    return {"pair": shown, "score": _score(signals)[shown], "verdict": verdict[shown], "evidence": evidence}


def _score(s: SimpleNamespace) -> np.ndarray:
    """The certainty by which pairs are ordered, see `judge`."""
    rest = np.stack([_half_if_missing(s.years_apart <= 1, np.isnan(s.gap)),
                     *(_half_if_missing(x == 1, x == MISSING) for x in (s.venue, s.page))]).mean(axis=0)
    people = np.where(s.authors == MISSING, 0.5, s.people)
    return np.round(np.where(s.same_id, 0.2, 0.0) + np.where(s.same_id, 0.8, 1.0) * (
        0.6 * s.likeness + 0.2 * people + 0.2 * rest), 3)


def _half_if_missing(agrees: np.ndarray, missing: np.ndarray) -> np.ndarray:
    """1 where something agrees, 0 where it differs, 0.5 where it is not known."""
    return np.where(missing, 0.5, agrees.astype(float))


def _in_words(i: int, rule: Rule, s: SimpleNamespace, years: tuple[str, str]) -> str:
    """The evidence of one pair, the rule first and then what agrees and differs."""
    same = " and ".join(name for key, name in _ID_NAMES.items() if s.ids[key][i] == 1)
    other = " and ".join(name for key, name in _ID_NAMES.items() if s.ids[key][i] == 0)
    said = [rule.why.format(id=same, other_id=other), TITLE_WORDS[int(s.title[i])], _AUTHOR_WORDS[int(s.authors[i])]]
    if not np.isnan(s.gap[i]):
        one, other_year = sorted(years)
        said.append(f"same year {one}" if one == other_year else f"years {one} and {other_year}")
    for name, values in (("venue", s.venue), ("volume", s.volume), ("issue", s.number), ("page", s.page)):
        if values[i] != MISSING:
            said.append(_PLACE_WORDS[int(values[i])].format(name))
    if other:
        said.append(f"{other} differs")
    return "; ".join(said)
