"""What speaks for an entry of a page being a paper, and what against it."""

from __future__ import annotations

import re
from functools import lru_cache

from ...text import title_key
from .entry import Entry
from .labels import read_label
from .people import read_people
from .running_text import YEAR_WITHIN

ENOUGH = 5
ALMOST = 3
NEVER = -5
_OTHER_MATTER = frozenset(
    "content contents toc contribute contributing contribution contributions contributor contributors licence "
    "license licenses acknowledgement acknowledgements acknowledgment acknowledgments acknowledge cite citing citation "
    "citations stargazers history changelog news update updates updated announcement announcements contact contacts "
    "support sponsor sponsors maintainer maintainers author authors feature features installation install usage "
    "quickstart requirements faq join feedback disclaimer todo organizers team about scope".split())
_BESIDE = frozenset(
    "a an and at by for from get getting guide guideline guidelines how in latest list log me more my of on or our "
    "papers paper please project questions recent repo repository started star stars table the this time to top "
    "reference references us useful what with your log quick start other do it over survey catalog".split())
_OTHER_MATTER_IN_CHINESE = re.compile(r"目录|贡献|更新|致谢|引用|联系|交流群|许可")
# A list of contents has no years: this is the list itself.
_CONTENTS = re.compile(r"\W*contents?\W*", re.I)
_CLOSING = frozenset("contributing contribution contributions license licence acknowledgement acknowledgements "
                     "acknowledgment acknowledgments citation citations changelog news".split())
_PLACEHOLDER = frozenset("paper title|title|paper name|your paper title|the paper title|title of paper|paper|"
                         "论文标题|标题|name|full title|"
                         "example paper|example title|paper title here|title needed|template|tbd|tba|to be announced|"
                         "to be determined|to be decided|no meeting".split("|"))
_ASKS = re.compile(r"^(?:please|feel free|if you|we (?:welcome|are|have|will|release)|fork|submit|add|follow|"
                   r"edit|check|star|click|thanks?|"
                   r"contributions?|pull requests?|join|note that|this (?:repo|list|page|is)|see |make sure|for "
                   r"more)\b", re.I)
# A sentence that speaks to the reader, or breaks off before the link it speaks of, is no title even beside a paper.
_SPEAKS = re.compile(
    r"^(?:please |we (?:\w+ly )?(?:add|organi[sz]e|collect|recommend|list|provide|hope|maintain|keep|thank|refer) |"
    r"this (?:git ?hub |curated )?(?:repo|repository|list|page|collection)\b|for (?:people|those) who |"
    r"(?:the|all) (?:papers|lists) are |more (?:information|details) )", re.I | re.A)
_BREAKS_OFF = re.compile(r"\b(?:in|at|to|of|from|our|the|this|by|with|for|and|see|is|are)$")
_OF_PAPERS_ONLY = frozenset("note notes bib bibtex poster supp supplementary supplement appendix".split())
_OF_A_PAPER = frozenset(("authors", "label", "link"))
_VIDEO = re.compile(r"youtu\.?be|bilibili|vimeo|slideslive|videolectures", re.I)
_LONGEST_HEADING = 60
_LONGEST_PLACEHOLDER = 40
_TITLE_CASE = 0.7
# No title has more words; a paragraph that tells something may.
_MOST_WORDS = 50
# A number or a picture may stand before a title.
_LONGEST_MARK = 3


def evidence(entry: Entry) -> int:
    """Weigh what an entry shows of itself.

    Parameters
    ----------
    entry
        An entry with all that was joined to it.

    Returns
    -------
    int
        ``ENOUGH`` for what is a paper whatever stands around it, ``NEVER`` for what is none.
    """
    papers = [link for link in entry.links if link["kind"] == "paper" and "." in link["url"]]
    if _is_other(entry, papers=bool(papers)):
        return NEVER
    label, headings = entry.label, entry.block.section
    weight = 4 if papers or entry.title_link is not None and not entry.title_link.url else 0
    weight += 0 if not entry.authors else 3 if entry.et_al or len(entry.authors) > 1 else 2
    weight += 2 if label.remark and not label.venue else 0
    weight += (1 if label.venue else 0) + (1 if label.year else 0)
    weight += 1 if is_long(entry.title) else 0
    # A title with venue and year is a reference, even without a link.
    dated = label.year or headings and YEAR_WITHIN.search(headings[-1])
    under_venue = any(map(_is_venue_of_a_year, headings))
    weight += (1 if label.venue and dated else 0) + (3 if under_venue else 0) if is_long(entry.title) else 0
    printed = label.venue and label.year and not any(link["label"] == "" for link in entry.links)
    weight += 1 if printed and entry.title.count(" ") > ENOUGH and is_in_title_case(entry.title) else 0
    weight += 1 if any(link["kind"] == "code" for link in entry.links) and entry.title_from != "link" else 0
    weight += 2 if tells_fields(entry) else 0
    weight += 4 if not entry.named.isdisjoint(("file", "reference")) else 0
    weight += 4 if "paper" in entry.named and is_long(entry.title) else 0
    weight += 2 if "title" in entry.named and label.venue and label.year else 0
    weight += 3 if not papers and leads_to_notes(entry) else 0
    named = entry.title_from == "bold" and entry.block.kind == "item" and not is_long(entry.title)
    described = named and bool(papers and entry.summary)
    weight += 1 if described or _is_nothing_but_a_paper(entry) else 0
    if not papers and entry.title_link is not None and _VIDEO.search(entry.title_link.url):
        weight -= 3
    if entry.block.kind == "paragraph" and not (entry.authors or label.year or entry.named):
        weight -= 1 + _prose(entry)
    short = [link for link in papers if link["label"] and len(link["label"].split()) < 5]
    return weight - (3 if entry.block.kind == "row" and len(short) > 3 else 0)


def tells_fields(entry: Entry) -> bool:
    """Whether fields of a paper are named (``Authors: ...``)."""
    return bool(entry.named & _OF_A_PAPER)


def leads_to_notes(entry: Entry) -> bool:
    """Whether, beside no code, a link is what papers have: notes on one, its BibTeX entry, poster or supplement."""
    return all(link["kind"] == "other" for link in entry.links) and any(
        link["label"].lower().strip(" []()") in _OF_PAPERS_ONLY for link in entry.links)


@lru_cache(maxsize=20_000)
def is_long(title: str) -> bool:
    """Whether a title has the length of a paper's rather than of a name or topic."""
    return len(title_key(title).split()) >= 4 or len(re.findall(r"[\u3040-\u9fff]", title)) >= 6


def is_in_title_case(title: str) -> bool:
    """Whether most words of a title begin with capitals, as those of prose do not."""
    words = re.findall(r"[^\W\d_]{4,}", title)
    return len(words) > 1 and sum(word[0].isupper() for word in words) >= _TITLE_CASE * len(words)


@lru_cache(maxsize=1000)
def heads_other_matter(heading: str) -> bool:
    """Whether a heading says that no papers follow: contents, contributing, news, citation."""
    return _says_only(heading, _OTHER_MATTER)


@lru_cache(maxsize=1000)
def _is_venue_of_a_year(heading: str) -> bool:
    """Whether a heading is a venue's year and nothing else (``ICML 2022``), so that its papers stand below."""
    label = read_label(heading)
    return bool(label and label.venue and label.year)


def _says_only(heading: str, matter: frozenset[str]) -> bool:
    """Whether a heading has one of these words and besides only such as tell no topic."""
    words = re.findall(r"[^\W\d_]+", heading.lower())
    if len(heading) >= _LONGEST_HEADING:
        return False
    chinese = bool(_OTHER_MATTER_IN_CHINESE.search(heading))
    return chinese or not matter.isdisjoint(words) and all(word in _OTHER_MATTER or word in _BESIDE for word in words)


def _is_other(entry: Entry, *, papers: bool) -> bool:
    """Whether an entry is surely none of a paper: other matter, a link within the page, a request, a placeholder."""
    headings = entry.block.section
    told = entry.block.kind == "row" and entry.authors and (papers or entry.et_al) or (
        papers and entry.label.year and headings and bool(_CONTENTS.fullmatch(headings[-1])))
    if not told and (headings and heads_other_matter(headings[-1]) or any(
            _says_only(heading, _CLOSING) for heading in headings[1:-1])):
        return True
    if entry.title and len(entry.title) < _LONGEST_PLACEHOLDER:
        key = title_key(entry.title)
        if not key or key in _PLACEHOLDER:
            return True
    asks = bool(_ASKS.match(entry.title)) and not entry.authors
    tells = len(entry.title.split()) > _MOST_WORDS
    anchors = entry.extra.get("anchors", [])
    leads_within = bool(anchors) and (not entry.label.year or any(entry.title in anchor for anchor in anchors))
    placed = entry.label.venue and entry.label.year
    named = entry.title_link is not None and not placed and entry.links[:1] and entry.links[0]["kind"] != "paper" and (
        read_people(entry.title, lone=True) is not None and " " in entry.title.strip())
    speaks = entry.title_from != "link" and not entry.authors and bool(
        _SPEAKS.match(entry.title) or entry.links and _BREAKS_OFF.search(entry.title))
    return speaks or named or not papers and (leads_within or asks or tells)


def _is_nothing_but_a_paper(entry: Entry) -> bool:
    """Whether a title has nothing beside it but links, the first of them to a paper."""
    if entry.before or entry.summary or not entry.title or not entry.links:
        return False
    if entry.title_link is not None and entry.title_link.start > _LONGEST_MARK:
        return False
    item = entry.block.kind == "item" and entry.title_link is not None
    return entry.links[0]["kind"] == "paper" and (item or is_long(entry.title))


def _prose(entry: Entry) -> int:
    """How much a paragraph reads as prose that mentions a paper rather than as an entry."""
    beside = sum(len(part.split()) for part in entry.before + entry.summary)
    led = sum(len(part.split()) for part in entry.before)
    return 4 if beside > 12 or led > 4 or len(entry.title.split()) > 30 else 0
