"""What is known of one entry of a paper list while it is read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from ..identifiers import clean_url, link_kind
from .list_labels import Label
from .list_text import Block, Link

EDGE = " \t\n\x1d\x1f,;:|·•–—-…`、，。；："
NAMED = re.compile(
    r"\s*(?P<name>title|papers?|authors?|by|venue|conference|journal|published(?:\s+in)?|publication|year|date|"
    r"time|tl;?dr|summary|"
    r"abstract|keywords?|notes?|code|github|link|url|pdf|doi|arxiv|project(?:\s+page)?|website|institutions?|"
    r"institutes?|"
    r"affiliations?|organi[sz]ations?|标题|题目|论文标题|论文题目|论文名称|作者|会议|期刊|发表|时间|日期|年份|摘要|简介|关键词|代码|"
    r"链接|论文链接|论文地址|论文|机构|单位)\s*[:：]\s*", re.I)
ROLE_OF_NAME = {
    role: frozenset(names.split()) for role, names in {
        "title": "title 标题 题目 论文标题 论文题目 论文名称", "authors": "author authors by 作者",
        "label": "venue conference journal published publication year date time 会议 期刊 发表 时间 日期 年份",
        "summary": "tldr tl;dr summary note notes 简介", "abstract": "abstract 摘要",
        "keywords": "keyword keywords 关键词",
        "organisation": "institution institutions institute institutes affiliation affiliations organization "
                        "organizations "
                        "organisation organisations 机构 单位",
    }.items()
}


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

    def add_label(self, label: Label) -> None:
        """Take over what a label says, where nothing was said yet; the first date with a year counts as a whole."""
        dated = self.label if self.label.year else label
        if label.year and label.year == self.label.year and label.month and not self.label.month:
            dated = label
        remark = ", ".join(part for part in (self.label.remark, label.remark) if part)
        self.label = Label(self.label.venue or label.venue, dated.year, dated.month, dated.day, remark)

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
