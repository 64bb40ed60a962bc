"""One block of a paper list as an entry: which of its words are the title, the authors, the venue, the date, the links."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from review_kit.formats.list_blocks import CELL, HARD, SOFT, Block, Link
from review_kit.formats.list_labels import Label, read_label, starts_with_label
from review_kit.formats.list_people import read_people, split_at_et_al
from review_kit.formats.plain_title import readable_title
from review_kit.identifiers import clean_url, label_kind, link_kind

_EDGE = " \t\n\x1d\x1f,;:|·•–—-…`、，。；："
_BRACKETS = re.compile(r"\[[^\[\]\n\x1d\x1f]{1,90}\]|\([^()\n\x1d\x1f]{1,90}\)|【[^【】]{1,90}】|（[^（）]{1,90}）|「[^「」]{1,90}」")
_QUOTED = re.compile(r"[\"“”«]([^\"“”«»\x1d\x1f]{8,300}?)[\"“”»]|《([^《》]{2,200})》")
_BARE_URL = re.compile(r"https?://[^\s<>\"'`）】，。|]+")
_NAMED = re.compile(
    r"\s*(?P<name>title|papers?|authors?|by|venue|conference|journal|published(?:\s+in)?|publication|year|date|time|tl;?dr|summary|"
    r"abstract|keywords?|notes?|code|github|link|url|pdf|doi|arxiv|project(?:\s+page)?|website|institutions?|institutes?|"
    r"affiliations?|organi[sz]ations?|标题|题目|论文标题|论文题目|论文名称|作者|会议|期刊|发表|时间|日期|年份|摘要|简介|关键词|代码|"
    r"链接|论文链接|论文地址|论文|机构|单位)\s*[:：]\s*", re.I)
_ROLE_OF_NAME = {
    role: frozenset(names.split()) for role, names in {
        "title": "title 标题 题目 论文标题 论文题目 论文名称", "authors": "author authors by 作者",
        "label": "venue conference journal published publication year date time 会议 期刊 发表 时间 日期 年份",
        "summary": "tldr tl;dr summary note notes 简介", "abstract": "abstract 摘要", "keywords": "keyword keywords 关键词",
        "organisation": "institution institutions institute institutes affiliation affiliations organization organizations "
                        "organisation organisations 机构 单位",
    }.items()
}
_STRONG_WORDS = 3


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


def read_entry(block: Block) -> Entry:
    """Read a block's running text as an entry of a paper list.

    Parameters
    ----------
    block
        A list item, paragraph, table row or heading.

    Returns
    -------
    Entry
        Its title is empty where none was found.
    """
    entry = Entry(block)
    claimed: list[tuple[int, int]] = []
    candidates = _sort_links(entry, claimed)
    _claim_brackets(entry, claimed, candidates)
    _find_title(entry, claimed, candidates)
    if entry.title:
        claimed.append(entry.span)
    for start, end, style in _free(block, claimed):
        _read_segment(entry, start, end, style)
    return entry


def _sort_links(entry: Entry, claimed: list[tuple[int, int]]) -> list[Link]:
    """Put the links that have a label into the entry; give back those whose text may be a title."""
    block, candidates = entry.block, []
    for link in block.links:
        text = link.label.strip(" []()（）【】`*_:|,.")
        kind = label_kind(text)
        label = read_label(text, trusted=bool(re.match(r"\s*\[", link.label))) if text and kind in (None, "paper") else None
        if label is not None and kind is not None:
            label, kind = (label, None) if label.venue and label.year else (None, kind)
        if link.url.startswith("#") or not link.url or link.url.startswith("mailto:"):
            if kind is not None or link.picture:
                claimed.append((link.start, link.end))
            elif link.url:
                entry.extra.setdefault("anchors", []).append(text)
            continue
        named = kind is None and label is None and not link.picture and bool(re.search(r"[^\W\d_]{2}", text))
        if named and not _is_identifier(text):
            candidates.append(link)
            continue
        if label is not None and not link.picture and (label.venue or label.year):
            entry.add_label(label)
        elif link.picture and kind is None and (badge := read_label(text)) is not None and badge.year:
            entry.add_label(badge)
        _add_link(entry, link, text, "paper" if label and link_kind(link.url) == "other" else None)
        claimed.append(_with_brackets(block.text, link.start, link.end))
    for found in _BARE_URL.finditer(block.text):
        if not any(start <= found.start() < end for start, end in claimed) and not any(
                link.start <= found.start() < link.end for link in candidates):
            _add_link(entry, Link(found.start(), found.end(), found[0], ""), "", None)
            claimed.append(_with_brackets(block.text, found.start(), found.end()))
    return candidates


def _is_identifier(text: str) -> bool:
    """Whether a link's text is an id, an address or a number rather than words."""
    return bool(re.fullmatch(r"(?:arxiv\s*:?\s*)?[\d.]+(?:v\d+)?|\d+|10\.\d{4,9}/\S+|https?://\S+|www\.\S+|[\w.-]+\.(?:pdf|html?)", text, re.I))


def _add_link(entry: Entry, link: Link, label: str, kind: str | None) -> None:
    """Put one link into the entry, once."""
    url = clean_url(link.url)
    if url and not any(other["url"] == url and other["label"] == label for other in entry.links):
        entry.links.append({"url": url, "label": label, "kind": kind or link_kind(url, label)})


def _with_brackets(text: str, start: int, end: int) -> tuple[int, int]:
    """A range widened over the brackets right around it."""
    while start > 0 and end < len(text):
        before = start - len(text[:start]) + len(text[:start].rstrip(" `*"))
        after = end + len(text[end:]) - len(text[end:].lstrip(" `*"))
        if before > 0 and after < len(text) and text[before - 1] + text[after] in ("[]", "()", "【】", "（）"):
            start, end = before - 1, after + 1
        else:
            break
    return start, end


def _claim_brackets(entry: Entry, claimed: list[tuple[int, int]], candidates: list[Link]) -> None:
    """Take venue and date labels that stand in brackets, outside of what may be the title."""
    block = entry.block
    kept = [(link.start, link.end) for link in candidates] + [
        span for span in block.bold if not read_label(block.text[slice(*span)], trusted=True) or span[1] - span[0] > 60]
    seen = False
    for found in _BRACKETS.finditer(block.text):
        start, end = found.span()
        if _overlaps(start, end, claimed) or any(a <= start and end <= b for a, b in kept):
            continue
        leading = not seen and not re.search(r"\w", "".join(block.text[a:b] for a, b in _gaps(0, start, claimed)))
        square = found[0][0] in "[【「"
        label = read_label(found[0][1:-1], trusted=leading or (square and bool(re.search(r"\d\d", found[0]))))
        if label is None and leading and square and len(found[0]) < 40 and not any(a < end and start < b for a, b in kept):
            entry.extra.setdefault("tags", []).append(found[0][1:-1].strip())
            claimed.append((start, end))
            seen = True
        elif label is not None and (label.year or label.venue or label.remark) and (square or leading or label.year or label.venue.isupper()):
            entry.add_label(label)
            claimed.append((start, end))
            seen = True


def _overlaps(start: int, end: int, ranges: list[tuple[int, int]]) -> bool:
    """Whether a range shares a character with one of these."""
    return any(a < end and start < b for a, b in ranges)


def _gaps(start: int, end: int, claimed: list[tuple[int, int]]) -> list[tuple[int, int]]:
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


def _find_title(entry: Entry, claimed: list[tuple[int, int]], candidates: list[Link]) -> None:
    """Choose the title: a link's text, bold or quoted words, a named line, else the first plain words."""
    block = entry.block
    options: list[tuple[int, int, str, Link | None]] = []
    options += [(link.start, link.end, "link", link) for link in candidates]
    bolds = [span for span in block.bold if not _overlaps(*span, claimed) and not any(
        link.start < span[1] and span[0] < link.end for link in candidates)]
    options += [(start, end, "bold", None) for start, end in bolds]
    options += [(found.start(1 if found[1] else 2), found.end(1 if found[1] else 2), "quote", None)
                for found in _QUOTED.finditer(block.text) if not _overlaps(*found.span(), claimed)
                and not _overlaps(*found.span(), [(o[0], o[1]) for o in options])]
    strong = [option for option in options if _is_strong(block.text[option[0]:option[1]])]
    strong.sort(key=lambda option: (option[2] != "link" and option[2] != "bold", option[0]))
    if strong:
        _take_title(entry, claimed, candidates, strong[0])
        return
    plain = _plain_title(entry, claimed + [(link.start, link.end) for link in candidates])
    weak = sorted((option for option in options if _is_weak(block.text[option[0]:option[1]])),
                  key=lambda option: (option[2] == "quote", option[0]))
    if weak and _take_named(entry, claimed, weak[0]):
        pass
    elif plain and _is_strong(block.text[slice(*plain)]) and not (weak and weak[0][3] and weak[0][0] < plain[0]):
        _take_title(entry, claimed, candidates, (*plain, "text", None))
    elif weak:
        _take_title(entry, claimed, candidates, weak[0])
    elif plain:
        _take_title(entry, claimed, candidates, (*plain, "text", None))
    else:
        _release(entry, claimed, candidates, None)


def _is_strong(text: str) -> bool:
    """Whether words are enough for a title by themselves, and neither a label nor people."""
    text = text.strip(_EDGE)
    words = re.findall(r"[^\W_][\w'’+-]*", text)
    chinese = len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", text))
    if len(words) < _STRONG_WORDS and chinese < 6 and not (len(words) == 2 and ":" in text):
        return False
    return read_label(text) is None and (len(words) > 12 or read_people(text) is None)


def _is_weak(text: str) -> bool:
    """Whether a word or two may be a title or a short name."""
    text = text.strip(_EDGE)
    return bool(re.search(r"[^\W\d_]", text)) and read_label(text) is None and label_kind(text) is None and not text.startswith("@")


def _take_title(entry: Entry, claimed: list[tuple[int, int]], candidates: list[Link], option: tuple[int, int, str, Link | None]) -> None:
    """Make words the title, and what else is linked a link of the entry."""
    start, end, where, link = option
    text, labels = _peeled(entry.block.text[start:end])
    for label in labels:
        entry.add_label(label)
    entry.title, entry.title_from, entry.span, entry.title_link = text, where, (start, end), link
    if link is None and where == "bold":
        entry.title_link = next((other for other in candidates if start <= other.start and other.end <= end), None)
    _release(entry, claimed, candidates, entry.title_link)


def _release(entry: Entry, claimed: list[tuple[int, int]], candidates: list[Link], title_link: Link | None) -> None:
    """Put the candidate links into the entry: the title's first, the others with their text as label."""
    for link in candidates:
        kind = link_kind(link.url)
        if link is title_link:
            url = clean_url(link.url)
            entry.links.insert(0, {"url": url, "label": "", "kind": kind})
        else:
            _add_link(entry, link, link.label.strip(" []"), kind)
            if not read_people(link.label, lone=kind == "other"):
                claimed.append((link.start, link.end))


def _take_named(entry: Entry, claimed: list[tuple[int, int]], option: tuple[int, int, str, Link | None]) -> bool:
    """Join a short name with the title that follows it (``[Med-PaLM](..): Large Language Models Encode ...``)."""
    start, end, _, link = option
    text = entry.block.text
    joint = re.compile(r"[\]*_`)]{0,3}\s*(?:[:：]|\s[-–—]|[-–—]\s)[\s*_\"“—–-]*").match(text, end)
    if not joint:
        return False
    stops = [a for a, _ in claimed if a >= joint.end()] + [found.start() for found in re.finditer(f"[{HARD}{CELL}|]", text)
                                                          if found.start() >= joint.end()]
    stops += [other.start for other in entry.block.links if other.start >= joint.end()]
    rest = text[joint.end():min(stops, default=len(text))]
    rest = _first_part(rest)
    described = ("-" in joint[0] or "–" in joint[0] or "—" in joint[0]) and rest[:1].islower()
    if described or not _is_strong(rest):
        return False
    if link is not None and link_kind(link.url) == "code" and not any(other["kind"] == "paper" for other in entry.links) and "-" in joint[0]:
        return False
    whole = text[start:joint.end() + len(rest)]
    whole = re.sub(r"(?<=:)\s*[—–-]\s*", " ", whole)
    entry.title, labels = _peeled(whole)
    for label in labels:
        entry.add_label(label)
    entry.extra["name"] = readable_title(text[start:end])
    entry.title_from, entry.span, entry.title_link = "name", (start, joint.end() + len(rest)), link
    _release(entry, claimed, [link] if link else [], link)
    return True


def _first_part(text: str) -> str:
    """The words up to a sentence's end that is followed by people or a label, or a label in brackets."""
    for found in re.finditer(r"(?<=[^\W\d_]{2})[.。](?=\s|$)|\n|\s\(|,\s|\s[-–—|]\s", text):
        after = text[found.end():].strip(_EDGE + ".")
        if not after:
            return text[:found.start()]
        if found[0][0] == ",":
            if _reads_as_tail(after, comma=True):
                return text[:found.start()]
            continue
        if _reads_as_tail(after) or (found[0][0] in "\n" and len(after.split()) > 3 and read_people(after)):
            return text[:found.start()]
    return text


def _reads_as_tail(text: str, *, comma: bool = False) -> bool:
    """Whether what follows a title is people, a venue or a date; after a comma only what is certain counts."""
    text = text.strip(" ()[]")
    at = split_at_et_al(text)
    if at and len(at[0]) < 200 and read_people(at[0]):
        return True
    label = read_label(text)
    if label is not None and (label.year or (label.venue and not comma)):
        return True
    if comma:
        return False
    pieces = re.split(r"[.;]\s|,\s(?=\d{4}|[A-Z]{3,}\b)", text, maxsplit=1)
    first = pieces[0]
    if len(pieces) == 2 and read_people(first) and (read_label(pieces[1]) or len(first.split()) > 3):
        return True
    return read_people(text) is not None and len(text.split()) > 1


def _plain_title(entry: Entry, claimed: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where the first plain words stand that may be a title; people and labels before it are passed over."""
    block, people = entry.block, None
    for start, end in _gaps(0, len(block.text), claimed):
        for a, b in _plain_pieces(block, start, end):
            piece = block.text[a:b]
            named = _NAMED.match(piece)
            if named and named["name"].lower() not in _ROLE_OF_NAME["title"] | {"paper", "papers", "论文"}:
                continue
            a += named.end() if named else 0
            a += len(block.text[a:b]) - len(block.text[a:b].lstrip(_EDGE + ".*_"))
            if leading := starts_with_label(block.text[a:b]):
                a += leading[1]
            a += _people_before(block.text[a:b])
            piece = _first_part(block.text[a:b]).rstrip(_EDGE + "*_([（")
            if not re.search(r"[^\W\d_]{2}", piece) or read_label(piece) is not None:
                continue
            if read_people(piece) is None:
                return a, a + len(piece)
            if len(piece.split()) <= 3 and not split_at_et_al(piece) and not _overlaps(a, a + 1, block.italic):
                people = people or (a, a + len(piece))
    return people


def _plain_pieces(block: Block, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The parts of a range between hard breaks, bars, and italics that begin after a sentence's end."""
    for found in re.finditer(f"[^{HARD}{CELL}|]+", block.text[start:end]):
        a, b = start + found.start(), start + found.end()
        for cut, _ in block.italic:
            if a < cut < b and re.search(r"[.,?!)]\s*$", block.text[a:cut]) and re.search(r"\w", block.text[a:cut]):
                yield a, cut
                a = cut
        yield a, b


def _people_before(text: str) -> int:
    """How many characters of a citation are taken by the people (and year) it begins with."""
    at = split_at_et_al(text[:2000])
    if at and len(at[0]) < 300 and read_people(at[0]) and re.search(r"\w{3}.*\s\w{3}", at[1]):
        after = re.match(r"[\s,.:;]*(?:\(?(?:19|20)\d\d[a-z]?\)?[\s,.:;]*)?", at[1])
        return len(at[0]) + (after.end() if after else 0)
    for found in re.finditer(r"\.\s+(?=[A-Z\"“])|[.,:]?\s*\((?:19|20)\d\d[a-z]?\)[.,:]?\s*", text[:2000]):
        people = read_people(text[:found.start()])
        if people and (len(people[0]) > 1 or "(" in found[0]) and len(text[found.end():].split()) >= _STRONG_WORDS:
            return found.end()
    return 0


def _peeled(text: str) -> tuple[str, list[Label]]:
    """A title without the labels at its beginning and end, and what they say."""
    labels: list[Label] = []
    text = " ".join(text.replace(HARD, " ").split()).strip(" ,;|*_")
    while found := re.match(r"[\[(【（]([^\[\]()【】（）]{2,40})[\])】）]\s*", text):
        label = read_label(found[1], trusted=text[0] in "[【" and bool(re.search(r"\d\d", found[1])))
        if label is None or found.end() == len(text):
            break
        labels.append(label)
        text = text[found.end():]
    if leading := starts_with_label(text):
        labels.append(leading[0])
        text = text[leading[1]:]
    while found := re.search(r"[\s.]*[\[(【（]([^\[\]()【】（）]{2,60})[\])】）][\s.]*$", text):
        label = read_label(found[1], trusted=bool(re.search(r",\s*(?:19|20)\d\d$", found[1])))
        if label is None or not (label.year or label.venue) or not text[:found.start()]:
            break
        labels.append(label)
        text = text[:found.start()]
    return text.strip(" ,;:|"), labels


def _free(block: Block, claimed: list[tuple[int, int]]) -> list[tuple[int, int, str]]:
    """The parts of the text nobody claimed, divided where lines, cells or the setting change."""
    edges = {edge for spans in (block.italic, block.bold, block.small) for span in spans for edge in span}
    parts = []
    for start, end in _gaps(0, len(block.text), claimed):
        cuts = sorted({start, end, *(edge for edge in edges if start < edge < end)})
        for a, b in zip(cuts, cuts[1:]):
            style = next((name for name in ("italic", "bold", "small")
                          if any(x <= a and b <= y for x, y in getattr(block, name))), "")
            for found in re.finditer(f"[^{HARD}{CELL}{SOFT}|·•]+", block.text[a:b]):
                parts.append((a + found.start(), a + found.end(), style))
    return parts


def _read_segment(entry: Entry, start: int, end: int, style: str) -> None:
    """Read one part of the text beside the title: people, venue, date, a named field, or a remark."""
    text = entry.block.text[start:end]
    named = _NAMED.match(text)
    if named and _read_named(entry, named["name"].lower().replace(" ", ""), text[named.end():]):
        return
    text = text.strip(_EDGE + "*_")
    core = text.strip(" .()（）[]【】")
    if not re.search(r"\w", core):
        return
    before = bool(entry.title) and start < entry.span[0]
    if _read_tail(entry, text, lone=style == "italic" and not before, before=before):
        return
    if before:
        entry.before.append(core)
    elif not re.fullmatch(r"(?:\d{1,3}|new|code|paper|and|or|with|in|none|null|n/a|tbd)\W*", core, re.I):
        entry.summary.append(text.strip())


def _read_named(entry: Entry, name: str, value: str) -> bool:
    """Put a named line (``Authors: ...``) into its field."""
    role = next((role for role, names in _ROLE_OF_NAME.items() if name in names), None)
    value = value.strip(_EDGE + "*_")
    if role is None:
        return not value
    if role == "authors":
        people = read_people(value, lone=True)
        if people:
            entry.add_people(people)
    elif role == "label":
        label = read_label(value, trusted=True)
        if label:
            entry.add_label(label)
    elif role == "keywords":
        entry.keywords = [word.strip() for word in re.split(r"[;,，；、]", value) if word.strip()]
    elif role in ("organisation", "abstract"):
        setattr(entry, role, value)
    elif role == "summary" and value:
        entry.summary.append(value)
    return True


def _read_tail(entry: Entry, text: str, *, lone: bool, before: bool) -> bool:
    """Read what stands beside a title as people, venue and date; False where it is something else."""
    told = False
    if found := split_at_et_al(text):
        people = read_people(found[0])
        rest = found[1].strip(_EDGE + ".()")
        if people:
            entry.add_people(people)
            if not rest:
                return True
            text, lone, told = rest, True, True
    if "," in text and _read_people_and_label(entry, text, lone=lone):
        return True
    label = read_label(text, trusted=told)
    if label is not None:
        entry.add_label(label)
        return True
    people = read_people(text, lone=lone)
    if people is not None and lone and entry.authors and (label := read_label(text, trusted=True)):
        entry.add_label(label)
        return True
    if people is not None and not (before and len(people[0]) < 2 and not re.search(r"\b[A-Z]\.|, [A-Z]", text)):
        entry.add_people(people)
        return True
    return _read_people_and_label(entry, text, lone=lone)


def _read_people_and_label(entry: Entry, text: str, *, lone: bool) -> bool:
    """Read ``people, venue year``: the longest beginning that is people with a rest that is a label."""
    for found in reversed(list(re.finditer(r"[.,;:)]\s+|\s[-–—]\s|\s\(|\s(?=[A-Z][\w-]*['’]?\s?\d\d)|\s(?=in\s[A-Z])", text))):
        label = read_label(text[found.end():])
        if label is None or not (label.year or label.venue):
            continue
        people = read_people(text[:found.start()], lone=lone or bool(label.year))
        if people is None and found[0][0] == ".":
            people = read_people(text[:found.start() + 1])
        if people is not None:
            entry.add_people(people)
            entry.add_label(label)
            return True
    return False
