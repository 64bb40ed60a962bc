"""What is known of one entry of a paper list while it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ...identifiers import clean_url, label_kind, link_kind
from .labels import Label
from .running_text import Block, Link
from .venues import is_known_venue

EDGE = " \t\n\x1d\x1f,;:|·•–—-…`、，。；："
# Fields as lists name them, before a colon; names of links (Paper, Code, 论文) are told by ``label_kind``.
_ROLES = {
    name: role for role, names in {
        "title": "title|paper title|paper name|标题|题目|论文标题|论文题目|论文名称",
        "authors": "author|authors|by|作者",
        "label": "venue|conference|journal|publisher|published|published on|published in|published at|publication|"
                 "year|date|time|"
                 "会议|期刊|发表|发表于|时间|日期|年份",
        "summary": "tldr|tl;dr|summary|note|notes|简介",
        "abstract": "abstract|摘要",
        "keywords": "key|keys|keyword|keywords|key words|category|categories|关键词|分类|类别",
        "organisation": "institution|institutions|institute|institutes|affiliation|affiliations|organization|"
                        "organizations|organisation|organisations|机构|单位",
        "link": "link|links|url|urls|resources|materials|material|website|链接",
    }.items() for name in names.split("|")
}
_NAME = re.compile(
    r"\s*(?:[^\w\s()\[\]（）【】《》「」\"“”«»'‘’]+\s*)?"  # an emoji or a bullet
    r"(?P<name>[^\W\d][^\n\x1d\x1f|,.。，:：()（）\[\]]{0,30}?)\s*\d?\s*"
    r"(?:[(（][^()（）\n]{0,30}[)）])?\s*[:：]\s*")
_NOTHING = re.compile(
    r"[\s\-–—_/\\.·]*|:(?:heavy_minus_sign|x|heavy_multiplication_x|no_entry\w*|negative_\w+):|n/?a|none|null|nan|tbd|"
    r"unknown|(?:coming\s+)?soon|[xX✗✘❌✕×]|暂无|无|(?:还|尚)?未公布|即将\w*", re.I)
_YEAR = re.compile(r"(?:19|20)\d\d")
# So many years at most lie between a paper's first version and its printing.
_YEARS_TO_PRINT = 3
_LONG_VENUE = 25
# They are labels of links as well, but before a colon no field.
_CONFERENCES = frozenset("icml iclr neurips nips cvpr iccv eccv aaai emnlp".split())
_PUBLISHERS = frozenset(("ieee", "acm", "springer"))
_PREPRINTS = frozenset(("arxiv", "biorxiv", "medrxiv", "corr", "openreview"))
# As labels of links these name where a paper is found rather than where it appeared.
NO_VENUE_OF_LINKS = _PREPRINTS | _PUBLISHERS | {
    "preprint", "acl", "github", "huggingface", "hf", "pmlr", "usenix", "ssrn", "hal", "osf"}


@dataclass(frozen=True)
class Name:
    """The name of a field before a colon: its role, and where in the text the field's value begins."""

    role: str
    end: int
    word: str


def name_of_field(text: str) -> Name | None:
    """The field a text says it holds (``📅 Date: May 2024``, ``代码（官方）：https://``); None where it names none."""
    if ":" not in text[:50] and "：" not in text[:50]:
        return None
    found = _NAME.match(text)
    word = " ".join(found["name"].lower().split()) if found else ""
    dated = bool(found and _YEAR.search(text, 0, found.end()))
    linked = word and not dated and word not in _CONFERENCES and label_kind(word) is not None
    role = _ROLES.get(word) or ("link" if linked else None)
    return Name(role, found.end(), word) if found and role else None


def says_nothing(text: str) -> bool:
    """Whether a field's value only says that there is none."""
    return bool(_NOTHING.fullmatch(text.strip()))


@dataclass(frozen=True)
class Place:
    """A part of the text beside a title: how it is set, whether before the title, behind which sign; what it said."""

    key: tuple[str, bool, str]
    text: str
    said: str


@dataclass
class Entry:
    """What was found in a block: fields of a record, and where in the block its title stands."""

    block: Block
    title: str = ""
    title_from: str = ""
    title_link: Link | None = None
    span: tuple[int, int] = (0, 0)
    authors: list[str] = field(default_factory=list)
    et_al: bool = False
    label: Label = field(default_factory=Label)
    links: list[dict[str, str]] = field(default_factory=list)
    summary: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    abstract: str = ""
    organisation: str = ""
    keywords: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)
    named: set[str] = field(default_factory=set)
    cited: bool = False
    after_colon: bool = False
    places: list[Place] = field(default_factory=list)
    bracketed: list[tuple[int, int]] = field(default_factory=list)

    def add_label(self, label: Label) -> None:
        """Take over what a label says, where nothing was said yet; of two dates the venue's counts, else the first.

        Of two venues the usual short name counts beside the long one.
        """
        dated, other = self.label, label
        printed = label.venue and not dated.venue and label.year and dated.year and (
            abs(label.year - dated.year) <= _YEARS_TO_PRINT)
        if printed or not dated.year:
            dated, other = other, dated
        if other.year == dated.year and other.month and not dated.month:
            dated = other
        if self.label.venue.lower() in _PREPRINTS and label.year and is_known_venue(label.venue) and (
                label.venue.lower() not in _PREPRINTS):
            self.label = Label(label.venue, label.year, label.month, label.day, self.label.remark)
            return
        remark = ", ".join(part for part in (self.label.remark, label.remark) if part)
        short = is_known_venue(label.venue) and len(self.label.venue) > _LONG_VENUE and not (
            label.venue.lower() in _PREPRINTS or any(
                is_known_venue(word) and word.lower() not in _PUBLISHERS for word in self.label.venue.split()))
        venue = label.venue if short else self.label.venue or label.venue
        self.label = Label(venue, dated.year, dated.month, dated.day, remark)

    def add_people(self, people: tuple[tuple[str, ...], bool]) -> None:
        """Take over authors, unless some were found before."""
        if not self.authors:
            self.authors, self.et_al = list(people[0]), people[1]


def add_link(entry: Entry, link: Link, label: str, kind: str | None) -> None:
    """Put one link into the entry, once."""
    url = clean_url(link.url)
    if url and not any(other["url"] == url and other["label"] == label for other in entry.links):
        entry.links.append({"url": url, "label": label, "kind": kind or link_kind(url, label)})


def with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A range widened over the brackets right around it."""
    while start > 0 and end < len(text):
        before = start - len(text[:start]) + len(text[:start].rstrip(" `*"))
        after = end + len(text[end:]) - len(text[end:].lstrip(" `*"))
        if before > 0 and after < len(text) and text[before - 1] + text[after] in ("[]", "()", "【】", "（）"):
            start, end = before - 1, after + 1
        else:
            break
    return start, end


def overlaps(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether a range shares a character with one of these."""
    return any(a < end and start < b for a, b in ranges)


def gaps(start: int, end: int, claimed: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The parts of a range that no claimed range covers."""
    gaps, at = [], start
    for a, b in sorted(claimed):
        if b <= at or a >= end:
            continue
        if a > at:
            gaps.append((at, a))
        at = max(at, b)
    if at < end:
        gaps.append((at, end))
    return gaps


def joined(text: str, spans: list[tuple[int, int]], between: str = " \n") -> list[tuple[int, int]]:
    """Spans of a text in their order, those with nothing but these characters between them as one."""
    whole: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if whole and whole[-1][1] <= start and not text[whole[-1][1]:start].strip(between):
            whole[-1] = (whole[-1][0], end)
        else:
            whole.append((start, end))
    return whole
