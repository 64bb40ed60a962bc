"""Defects that show only when records are compared: identifiers, titles, links and keys that stand twice."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from functools import cached_property, partial

from ..text import title_key
from .kinds import Finding, Record
from .links import host_of, is_placeholder
from .people_dates import PREPRINT_DOIS
from .titles import is_template

Numbered = Iterator[tuple[int, Finding]]

_ALIKE, _SAME_WORDS = 60.0, 90.0
_GENERAL_TITLE = 4
_IDS = ("arxiv_id", "doi", "pmid")
_OTHER_IDS = ("acl", "openreview", "pmcid")
_PARTS = frozenset(("incollection", "inbook", "inproceedings"))


class Comparison:
    """Records with what is needed to compare them."""

    def __init__(self, records: list[Record]) -> None:
        self.records = records

    @cached_property
    def keys(self) -> list[str]:
        """Titles in the form in which they compare; empty for a template."""
        return [title_key(record["title"]) if record["title"] and not is_template(record["title"]) else ""
                for record in self.records]

    def groups(self, keys: Callable[[Record], Iterable[Hashable]]) -> Iterator[tuple[Hashable, list[int]]]:
        """Places of records that have a key in common, where there are several."""
        found: dict[Hashable, list[int]] = defaultdict(list)
        for at, record in enumerate(self.records):
            for key in keys(record):
                found[key].append(at)
        return ((key, places) for key, places in found.items() if len(places) > 1)

    def place(self, at: int) -> str:
        """Where a record stands, in words."""
        record = self.records[at]
        return f"{record['source']}:{record['line']}" if record["line"] is not None else str(record["source"])

    def is_alike(self, one: int, two: int) -> bool:
        """Whether two titles may be of one paper."""
        from rapidfuzz import fuzz

        first, second = self.keys[one], self.keys[two]
        if first == second or fuzz.ratio(first, second) >= _ALIKE:
            return True
        short, long = sorted((len(first.split()), len(second.split())))
        return short * 2 > long and fuzz.token_set_ratio(first, second) >= _SAME_WORDS

    def clusters(self, places: list[int]) -> list[list[int]]:
        """Records divided by title; those whose titles are alike stand together, the largest group first."""
        clusters: list[list[int]] = []
        for at in places:
            if self.keys[at]:
                cluster = next((one for one in clusters if self.is_alike(one[0], at)), None)
                if cluster is None:
                    clusters.append([at])
                else:
                    cluster.append(at)
        return sorted(clusters, key=len, reverse=True)


def identifier_checks(found: Comparison) -> Numbered:
    """One identifier on different titles, and on titles that differ a little."""
    reported: set[tuple[int, ...]] = set()
    for (name, value), places in found.groups(_identifiers):
        if tuple(places) in reported:
            continue
        reported.add(tuple(places))
        clusters = found.clusters(places)
        yield from _mismatches(found, clusters, f"{name}:{value}", "title_id_mismatch")
        for cluster in clusters:
            yield from _title_variants(found, cluster, f"{name}:{value}")


def _identifiers(record: Record) -> Iterator[tuple[str, str]]:
    """The identifiers of a record."""
    for name in _IDS:
        if record[name]:
            yield name.removesuffix("_id"), record[name]
    if record["other_ids"]:
        for name in _OTHER_IDS:
            if record["other_ids"].get(name):
                yield name, str(record["other_ids"][name])


def _mismatches(found: Comparison, clusters: list[list[int]], what: str, kind: str) -> Numbered:
    """Records with something in common whose titles differ; where most agree, the others only."""
    if len(clusters) < 2:
        return
    majority = clusters[0] if len(clusters[0]) > len(clusters[1]) else None
    for cluster in clusters[1:] if majority else clusters:
        other = (majority or next(one for one in clusters if one is not cluster))[0]
        for at in cluster:
            yield at, Finding(kind, f"{what} on {found.records[at]['title']!r}",
                              f"{found.records[other]['title']!r} ({found.place(other)}) has it too: "
                              "one is wrong, or the paper was renamed")


def _title_variants(found: Comparison, cluster: list[int], what: str) -> Numbered:
    """Titles of one paper that are cut, or worded differently from the most usual."""
    counts = Counter(found.keys[at] for at in cluster)
    usual = max(counts, key=lambda key: (counts[key], len(key)))
    at_usual = next(at for at in cluster if found.keys[at] == usual)
    for at in cluster:
        key = found.keys[at]
        if key == usual:
            continue
        longer = next((other for other in cluster if _is_cut(key, found.keys[other])), None)
        if longer is not None:
            yield at, Finding("truncated_title", found.records[at]["title"],
                              f"{found.records[longer]['title']} ({found.place(longer)})")
        else:
            yield at, Finding("title_variant", f"{found.records[at]['title']} ({what})",
                              f"{found.records[at_usual]['title']} ({found.place(at_usual)})")


def _is_cut(short: str, long: str) -> bool:
    """Whether a title is the beginning of another one, cut within a word."""
    return len(short) > 20 and long.startswith(short) and len(long) > len(short) and long[len(short)] != " "


def title_checks(found: Comparison) -> Numbered:
    """One title with different identifiers of a kind."""
    keys = iter(found.keys)
    for key, places in found.groups(lambda record: [next(keys)]):
        if len(str(key).split()) < _GENERAL_TITLE:
            continue
        for name in _IDS:
            values = {at: found.records[at][name] for at in places if found.records[at][name]
                      and not found.records[at][name].startswith(PREPRINT_DOIS)}
            first_of = {value: at for at, value in reversed(values.items())}
            for value, at in first_of.items() if len(first_of) > 1 else ():
                others = [f"{other} ({found.place(place)})" for other, place in first_of.items() if place != at]
                yield at, Finding("same_title_other_id", f"{name.removesuffix('_id')}:{value}",
                                  f"one identifier; also {', '.join(others)}")


def repetition_checks(found: Comparison) -> Numbered:
    """One paper listed twice in one section of a source (in several sections is by right)."""
    seen: dict[tuple[Hashable, ...], int] = {}
    for at, record in enumerate(found.records):
        place = (record["source"], tuple(record["section"]))
        names: list[Hashable] = [*_identifiers(record)]
        if found.keys[at] and len(found.keys[at].split()) >= _GENERAL_TITLE:
            names.append(found.keys[at])
        placed = [place + (name,) for name in names]
        firsts = [seen[name] for name in placed if name in seen]
        first = next((one for one in firsts if _is_one_paper(found, one, at)), None)
        if first is not None:
            yield at, Finding("repeated_entry", record["title"], f"one entry; the other is at {found.place(first)}")
        for name in placed:
            seen.setdefault(name, at)


def _is_one_paper(found: Comparison, one: int, two: int) -> bool:
    """Whether two entries with an identifier or a title in common are the same paper."""
    first, second = found.records[one], found.records[two]
    if any(first[name] and second[name] and first[name] != second[name] for name in _IDS):
        return False
    # A chapter reprinted from a journal, and a paper of a conference that became an article, are listed twice by right.
    if first["type"] != second["type"] and first["venue"] and second["venue"] and first["venue"] != second["venue"]:
        return False
    return bool(found.keys[one] and found.keys[two]) and found.is_alike(one, two)


def link_checks(found: Comparison) -> Numbered:
    """One link, to a paper or to code, on different titles."""
    for name, kind in (("url", "shared_link"), ("code_url", "shared_code_link")):
        for link, places in found.groups(partial(_link_key, name)):
            identifiers = [set(_identifiers(found.records[at])) for at in places]
            if kind == "shared_link" and (set.intersection(*identifiers) or _is_one_book(found, places)):
                continue
            yield from _mismatches(found, found.clusters(places), str(link), kind)


def _is_one_book(found: Comparison, places: list[int]) -> bool:
    """Whether records are parts of one book, and the book itself, whose page is the link of them all."""
    records = [found.records[at] for at in places]
    books = {record["venue"] if record["type"] in _PARTS else record["title"] for record in records}
    return len(books) == 1 and None not in books


def _link_key(name: str, record: Record) -> Iterator[str]:
    """A link without what does not change its target; nothing for a placeholder or the front page of a site."""
    link = record[name]
    if link and not is_placeholder(link) and link.count("/") > 3 - (not link.startswith("http")):
        path = link.partition("//")[2].partition("/")[2].rstrip("/").removesuffix(".git").casefold()
        yield f"{host_of(link).removeprefix('www.')}/{path}"


def key_checks(found: Comparison) -> Numbered:
    """Citation keys that stand twice in a source, and entries without one."""
    keyed = Counter(record["source"] for record in found.records if record["key"])
    for (_, _), places in found.groups(
            lambda record: [(record["source"], record["key"].casefold())] if record["key"] else []):
        first = places[0]
        for at in places[1:]:
            yield at, Finding("duplicate_citation_key", found.records[at]["key"],
                              f"a key of its own; {found.place(first)} has it too")
    total = Counter(record["source"] for record in found.records)
    for at, record in enumerate(found.records):
        if keyed[record["source"]] * 2 > total[record["source"]] and not record["key"] and record["title"]:
            yield at, Finding("missing_citation_key", record["title"], "a citation key")
