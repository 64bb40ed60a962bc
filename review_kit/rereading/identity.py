"""Whether two descriptions mean the same record: the rule by which acts and changes find their record again.

The rule is careful on purpose: a decision on the wrong paper is worse than one that is listed as unplaced.

1. The same content (the hash in the record id), in whatever source.
2. The same title and a common identifier or link.
3. The same title, or a common identifier and a title that is alike. Two papers with one identifier and different titles
   are never taken for each other; the same title with different identifiers counts inside its source only.
4. Inside its source and without contradicting identifiers: a title with a typing error mended, a name put before it, or
   its cut end restored.

Each step is tried in the record's own source before other sources. Where a step finds two candidates that are not
evidently one paper, nothing is chosen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass, field

import pandas as pd

from ..identifiers import clean_arxiv_id, clean_doi
from ..text import title_key

STEPS = ("content", "title_and_id", "title_or_id", "mended_title")

_RECORD_ID = re.compile(r"(?P<source>.*)-(?P<content>[0-9a-f]{8})(?:-(?P<nth>\d+))?", re.DOTALL)
_LABEL = re.compile(r"(?P<title>.*?)(?: \((?P<year>\d{4})\))?(?: (?:arXiv:(?P<arxiv_id>\S+)|doi:(?P<doi>\S+)))?",
                    re.DOTALL)
_ALIKE = 60.0
_FEW_WORDS, _MANY_WORDS, _LONG_WORD, _MOST_SLIPS = 3, 5, 4, 2
_ABOUT_ANOTHER = re.compile(r"\b(?:comment|corri|correct|errat|repl|respon|retract|editorial|part|author)", re.I)


@dataclass(slots=True)
class Identity:
    """What is known of a record, or of the record an event is about."""

    source: str = ""
    content: str = ""
    nth: int = 1
    titles: set[str] = field(default_factory=set)
    nameless: set[str] = field(default_factory=set)
    ids: set[tuple[str, Hashable]] = field(default_factory=set)

    @classmethod
    def of_label(cls, record_id: str, labels: Iterable[str]) -> Identity:
        """The identity a record id and its labels (``Title (2025) arXiv:2502.04413``) tell of."""
        known = _RECORD_ID.fullmatch(record_id)
        identity = cls(known["source"], known["content"], int(known["nth"] or 1)) if known else cls()
        for label in labels:
            parts = _LABEL.fullmatch(label)
            if parts["title"] and parts["title"] != "(no title)":
                identity.add_title(parts["title"])
            if parts["arxiv_id"]:
                identity.ids.add(("arxiv_id", clean_arxiv_id(parts["arxiv_id"])[0] or parts["arxiv_id"].lower()))
            if parts["doi"]:
                identity.ids.add(("doi", clean_doi(parts["doi"]) or parts["doi"].lower()))
        return identity

    def add_title(self, title: str) -> None:
        """Add a title in any spelling."""
        self.titles |= {title_key(title)} - {""}
        self.nameless |= {_without_name(title)} - {""}

    def contradicts(self, other: Identity) -> bool:
        """Whether both have identifiers of one kind and none in common."""
        if self.ids & other.ids:
            return False
        return bool({kind for kind, _ in self.ids} & {kind for kind, _ in other.ids} - {"url"})

    def is_mended(self, other: Identity) -> bool:
        """Whether the titles differ by a slip, or by the name that stands before one of them."""
        named = (self.nameless & other.titles) or (self.titles & other.nameless)
        return bool(named) or any(is_mended(one, two) for one in self.titles for two in other.titles)

    def alike(self, other: Identity) -> float:
        """How much the titles resemble each other, 0 to 100."""
        from rapidfuzz import fuzz

        return max((fuzz.ratio(one, two) for one in self.titles for two in other.titles), default=0.0)


def record_identities(records: pd.DataFrame) -> list[Identity]:
    """The identity of every record, in order."""
    columns = (records[name].astype("object").where(records[name].notna(), "")
               for name in ("record_id", "source", "title", "title_raw", "arxiv_id", "doi", "pmid", "url"))
    identities = []
    for record_id, source, title, title_raw, arxiv_id, doi, pmid, url in zip(*columns):
        known = _RECORD_ID.fullmatch(record_id)
        identity = Identity(source)
        if known:
            identity.source, identity.content = source or known["source"], known["content"]
            identity.nth = int(known["nth"] or 1)
        for text in {title, title_raw} - {""}:
            identity.add_title(text)
        ids = (("arxiv_id", arxiv_id), ("doi", doi), ("pmid", pmid), ("url", url))
        identity.ids = {(kind, value.casefold()) for kind, value in ids if value}
        identities.append(identity)
    return identities


class RecordIndex:
    """Records by their content, titles and identifiers, to find one again."""

    def __init__(self, identities: list[Identity]) -> None:
        self.identities = identities
        self._by: dict[Hashable, list[int]] = defaultdict(list)
        self._titles: dict[str, dict[int, str]] = defaultdict(dict)
        for at, identity in enumerate(identities):
            if identity.content:
                self._by["content", identity.content].append(at)
            for key in (*identity.titles, *identity.ids):
                self._by[key].append(at)
            for title in identity.titles:
                self._titles[identity.source][at] = title

    def find(self, wanted: Identity) -> int | None:
        """The place of the record that is meant; None if there is none or if it is not certain which."""
        for step in STEPS:
            found = self.candidates(wanted, step)
            if found:
                return self.choose(wanted, found)
        return None

    def candidates(self, wanted: Identity, step: str, *, taken: Collection[int] = ()) -> list[int]:
        """Places of records that may be meant by a step of the rule; those of its own source, else all others."""
        found = [at for at in getattr(self, f"_{step}")(wanted) if at not in taken]
        own = [at for at in found if self.identities[at].source == wanted.source]
        return own or [at for at in found if self._holds_elsewhere(wanted, self.identities[at], step)]

    def choose(self, wanted: Identity, places: list[int]) -> int | None:
        """The most alike of candidates that are evidently one paper; None if they are not."""
        first = self.identities[places[0]]
        if any(not _is_one_paper(first, self.identities[at]) for at in places[1:]):
            return None
        return max(places, key=lambda at: (
            wanted.alike(self.identities[at]), self.identities[at].nth == wanted.nth, -at))

    def _content(self, wanted: Identity) -> list[int]:
        """Records with the same content."""
        return self._by.get(("content", wanted.content), []) if wanted.content else []

    def _title_and_id(self, wanted: Identity) -> list[int]:
        """Records with the same title and an identifier in common."""
        return [at for at in self._with(wanted.titles) if self.identities[at].ids & wanted.ids]

    def _title_or_id(self, wanted: Identity) -> list[int]:
        """Records with the same title, or an identifier in common and a title that is alike."""
        same = [at for at in self._with(wanted.titles) if not self.identities[at].contradicts(wanted)
                or any(len(title.split()) > _FEW_WORDS for title in wanted.titles & self.identities[at].titles)]
        alike = [at for at in self._with(wanted.ids) if wanted.alike(self.identities[at]) >= _ALIKE]
        return sorted({*same, *alike})

    def _mended_title(self, wanted: Identity) -> list[int]:
        """Records of the same source whose title is the same but for a mended slip."""
        from rapidfuzz import fuzz, process

        titles = self._titles.get(wanted.source, {})
        near = {at for title in wanted.titles
                for _, _, at in process.extract(title, titles, scorer=fuzz.partial_ratio, score_cutoff=85, limit=20)}
        return sorted(
            at for at in near if not self.identities[at].contradicts(wanted)
            and self.identities[at].is_mended(wanted)
        )

    def _with(self, keys: Iterable[Hashable]) -> list[int]:
        """Places of records with any of the keys."""
        return sorted({at for key in keys for at in self._by.get(key, ())})

    @staticmethod
    def _holds_elsewhere(wanted: Identity, other: Identity, step: str) -> bool:
        """Whether a candidate of another source counts: no contradiction, and no short title on its own."""
        if step == "content" or wanted.ids & other.ids:
            return step != "mended_title"
        long = any(len(title.split()) >= _FEW_WORDS for title in wanted.titles & other.titles)
        return step == "title_or_id" and long and not wanted.contradicts(other)


def _is_one_paper(one: Identity, two: Identity) -> bool:
    """Whether two candidates are evidently one paper: a common identifier and like titles, or the same title."""
    if one.ids & two.ids:
        return one.alike(two) >= _ALIKE
    return bool(one.titles & two.titles) and not one.contradicts(two)


def is_mended(one: str, two: str) -> bool:
    """Whether two titles, as comparison keys, differ by a slip only.

    Parameters
    ----------
    one, two
        Titles as made by ``title_key``.

    Returns
    -------
    bool
        True if one or two long words differ by a letter (``questions``, ``question``) or by two at their end, or if
        one title breaks off within a word. Words with digits (``r1``, ``r2``) and short words must be the same.
    """
    short, long = sorted((one.split(), two.split()), key=len)
    if len(short) == len(long):
        pairs = [pair for pair in zip(short, long) if pair[0] != pair[1]]
        return 0 < len(pairs) <= _MOST_SLIPS and all(_is_slip(*pair) for pair in pairs)
    last = long[len(short) - 1]
    broken_off = last != short[-1] and last.startswith(short[-1]) and long[:len(short) - 1] == short[:-1]
    return broken_off and len(short) >= _MANY_WORDS and len(short) >= len(long) / 2


def _is_slip(one: str, two: str) -> bool:
    """Whether two words, long and without digits, differ by one letter or by up to two at the end."""
    from rapidfuzz.distance import OSA

    short, long = sorted((one, two), key=len)
    if len(short) < _LONG_WORD or not (one + two).isalpha():
        return False
    return OSA.distance(one, two, score_cutoff=1) <= 1 or (long.startswith(short) and len(long) - len(short) <= 2)


def _without_name(title: str) -> str:
    """The key of what stands behind ``Name:`` in a title; empty if none, or if it is a word as in ``Comment on:``."""
    name, colon, rest = title.partition(":")
    if not colon or len(name.split()) > _FEW_WORDS or _ABOUT_ANOTHER.search(name):
        return ""
    key = title_key(rest)
    return key if len(key.split()) >= _MANY_WORDS else ""
