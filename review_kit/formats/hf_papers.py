"""Hugging Face papers: the text of a page as pasted, the page as saved, or what its API answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from ..identifiers import clean_arxiv_id, clean_url, link_kind
from ..text import clean_text, mend_mojibake, person_name
from .plain_title import readable_title
from .source_lines import begins_line

NAME = "hugging_face"

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DATE = re.compile(r"(?:published on\s+)?([A-Z][a-z]{2})[a-z]*\.? (\d{1,2})(?:, (\d{4}))?(?:\s+(\d[\d.,]*k?))?", re.I)
_AUTHORS = re.compile(r"[•·\s]*(\d+) authors?", re.I)
# What begins with letters is found at once in a long text; what stands before it is looked at afterwards.
_AUTHORS_LINE = re.compile(r" author(?<=\d author)s?[ \t]*$", re.M)
_URL = re.compile(r"https?://[^\s<>\"]+")
_API_FIELDS = re.compile(r'"(?:submittedBy|upvotes|publishedAt|submittedOnDailyAt|discussionId|githubRepo)"')
_PAPER_LINKS = re.compile(r'href="[^"]*/papers/\d{4}\.\d{5}|[dD]ailyPapers')
_EXTRAS = ("upvotes", "numComments", "ai_summary", "githubStars")
_LONGEST_TITLE = 300
_FURNITURE = re.compile(r"new|subscribe|daily papers|by ?ak\b.*|get trending papers.*|submitted by|upvote|"
                        r"previous|next|\d+|-|"
                        r"trending papers|search|sort by.*|view all.*", re.I)


def matches(text: str, name: str) -> bool:
    """Whether this is a Hugging Face page of papers, pasted or saved, or an answer of its API."""
    start = text[:4000].lstrip()
    if start[:1] in ("[", "{"):
        return bool(_API_FIELDS.search(text[:200_000]))
    if start[:1] == "<":
        return bool(re.search("hugging ?face", text[:20_000], re.I)) and bool(_PAPER_LINKS.search(text))
    if not ("·" in text or "•" in text):
        return False
    counts = sum(begins_line(text, hit.start(), "•· \t0123456789") for hit in _AUTHORS_LINE.finditer(text))
    return counts >= 2 and bool(re.search(r"^[ \t]*[·•]", text, re.M))


def read(text: str) -> list[dict[str, Any]]:
    """Read the papers of a page or an API answer, in its order.

    Hugging Face leaves out the year of a date in the current year only. So a date without year is given the year after
    the newest one printed on the page, marked in ``year_inferred``; not where that would lie after the page's own date,
    nor where the page prints no year at all. The lone number after some dates is kept as printed in
    ``extra["trailing_number"]``; the page does not say what it means.

    Parameters
    ----------
    text
        The content of the file.

    Returns
    -------
    list of dict
        Rows of the records table.
    """
    start = text.lstrip()[:1]
    if start in ("[", "{"):
        return _read_json(text)
    if start == "<":
        return _read_html(text)
    return _read_pasted(mend_mojibake(text))


def _read_pasted(text: str) -> list[dict[str, Any]]:
    """Papers of a page's text: title, abstract, and a foot with authors or organisation, and date."""
    rows: list[dict[str, Any]] = []
    page_date = None
    waiting: list[tuple[int, str]] = []
    paragraphs = list(_paragraphs(text))
    entries_of = _entries if _has_abstract(paragraphs) else _titles
    for line, paragraph in paragraphs:
        foot = _read_foot(paragraph)
        if foot is None:
            waiting.append((line, paragraph))
        elif page_date is None and not rows and "date" in foot and len(foot) == 1 and not _has_abstract(waiting):
            page_date = (foot["date"]["month"], foot["date"]["day"])
            waiting = []
        else:
            rows += entries_of(waiting, foot)
            waiting = []
    rows += entries_of(waiting, {})
    _infer_years(rows, page_date)
    return rows


def _paragraphs(text: str) -> Iterator[tuple[int, str]]:
    """Paragraphs divided by blank lines, with the line they begin on."""
    lines: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            lines.append(line.strip())
        elif lines:
            yield number - len(lines), "\n".join(lines)
            lines = []


def _read_foot(paragraph: str) -> dict[str, Any] | None:
    """What the foot of an entry says, or None where a paragraph is none."""
    foot: dict[str, Any] = {}
    others = []
    for line in paragraph.split("\n"):
        if count := _AUTHORS.fullmatch(line):
            foot["n_authors"] = int(count[1])
        elif (date := _DATE.fullmatch(line)) and date[1].lower() in _MONTHS:
            foot["date"] = {"month": _MONTHS[date[1].lower()], "day": int(date[2]),
                            "year": int(date[3]) if date[3] else None, "number": date[4]}
        elif line.strip("•· "):
            others.append(line.strip("•· "))
    if "n_authors" not in foot and not ("date" in foot and len(others) <= 1):
        return None
    if others:
        foot["organisation"] = " ".join(others)
    return foot


def _has_abstract(waiting: list[tuple[int, str]]) -> bool:
    """Whether an abstract is among the paragraphs."""
    return any(_is_abstract(paragraph) for _, paragraph in waiting)


def _is_abstract(paragraph: str) -> bool:
    """Whether a paragraph is too long for a title, or a full sentence."""
    return len(paragraph) > _LONGEST_TITLE or (len(paragraph) > 120 and paragraph.rstrip().endswith("."))


def _entries(waiting: list[tuple[int, str]], foot: dict[str, Any]) -> list[dict[str, Any]]:
    """The papers in paragraphs up to a foot, which belongs to the last of them; some papers have no foot."""
    entries: list[dict[str, Any]] = []
    for at, (line, paragraph) in enumerate(waiting):
        follows = waiting[at + 1][1] if at + 1 < len(waiting) else ""
        if not _is_abstract(paragraph) and not _FURNITURE.fullmatch(paragraph) and _is_abstract(follows):
            entries.append({"line": line, "title": paragraph, "abstract": []})
        elif entries and (_is_abstract(paragraph) or (foot and at == len(waiting) - 1)):
            entries[-1]["abstract"].append(paragraph)
    if not entries and foot.get("n_authors"):
        titles = [(line, paragraph) for line, paragraph in waiting if not _FURNITURE.fullmatch(paragraph)]
        entries = [{"line": titles[-1][0], "title": titles[-1][1], "abstract": []}] if titles else []
    rows = [_row(entry["line"], entry["title"], " ".join(entry["abstract"])) for entry in entries]
    if rows:
        _add_foot(rows[-1], foot)
    return rows


def _titles(waiting: list[tuple[int, str]], foot: dict[str, Any]) -> list[dict[str, Any]]:
    """The papers of a page without abstracts: every paragraph that is no foot is a title."""
    rows = [_row(line, paragraph, "") for line, paragraph in waiting if not _FURNITURE.fullmatch(paragraph)]
    if rows:
        _add_foot(rows[-1], foot)
    return rows


def _add_foot(row: dict[str, Any], foot: dict[str, Any]) -> None:
    """Put number of authors, organisation and date into the row."""
    row.update({field: foot[field] for field in ("n_authors", "organisation") if field in foot})
    if "date" in foot:
        date = foot["date"]
        row.update({"year": date["year"], "month": date["month"], "day": date["day"]})
        if date["number"]:
            row["extra"] = {"trailing_number": date["number"]}


def _infer_years(rows: list[dict[str, Any]], page_date: tuple[int, int] | None) -> None:
    """Give dates without year the page's current year, as far as the page tells it."""
    printed = [row["year"] for row in rows if row.get("year")]
    for row in rows if printed else ():
        if row.get("year") is not None or "month" not in row:
            continue
        if page_date is None or (row["month"], row["day"]) <= page_date:
            row["year"], row["year_inferred"] = max(printed) + 1, True


def _row(line: int | None, title: str, abstract: str) -> dict[str, Any]:
    """A row with title, abstract and the links the abstract names."""
    row: dict[str, Any] = {"line": line, "title": readable_title(title), "title_raw": clean_text(title),
                           "abstract": clean_text(abstract) or None}
    links = [{"url": url, "label": "", "kind": link_kind(url)} for url in map(clean_url, _URL.findall(abstract))]
    _add_links(row, links)
    return row


def _add_links(row: dict[str, Any], links: list[dict[str, str]]) -> None:
    """Put links, and the first to code and project, into the row."""
    row["links"] = row.get("links", []) + links
    for column, kind in (("code_url", "code"), ("project_url", "project")):
        row.setdefault(column, next((link["url"] for link in links if link["kind"] == kind), None))


def _read_json(text: str) -> list[dict[str, Any]]:
    """Papers of an API answer, wherever in it they stand."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError) as error:
        return [{"line": 1, "raw": text[:2000], "problem": f"the JSON of this Hugging Face answer is broken: {error}"}]
    return [_json_row(paper) for paper in _papers_in(answer)]


def _papers_in(answer: object, depth: int = 0) -> Iterator[dict[str, Any]]:
    """Objects that describe a paper (a title, and an id or authors), in order; the outer one adds what it knows."""
    if isinstance(answer, list) and depth < 12:
        for part in answer:
            yield from _papers_in(part, depth + 1)
    elif isinstance(answer, dict) and depth < 12:
        inner = answer.get("paper")
        if isinstance(inner, dict) and (inner.get("title") or answer.get("title")):
            yield {**answer, **{key: value for key, value in inner.items() if value not in (None, "", [])}}
        elif isinstance(answer.get("title"), str) and (isinstance(answer.get("authors"), list) or "summary" in answer):
            yield answer
        else:
            for part in answer.values():
                yield from _papers_in(part, depth + 1)


def _json_row(paper: dict[str, Any]) -> dict[str, Any]:
    """One paper of the API as a row."""
    row = _row(None, str(paper.get("title") or ""), str(paper.get("summary") or ""))
    authors = [author.get("name") if isinstance(author, dict) else author for author in paper.get("authors") or []]
    row["authors"] = [person_name(str(author)) for author in authors if author]
    row["n_authors"] = len(row["authors"]) or None
    if date := re.match(r"(\d{4})-(\d\d)-(\d\d)", str(paper.get("publishedAt") or "")):
        row.update(dict(zip(("year", "month", "day"), map(int, date.groups()))))
    arxiv_id, version = clean_arxiv_id(str(paper.get("id") or ""))
    if arxiv_id:
        row.update({"arxiv_id": arxiv_id, "arxiv_version": version, "url": f"https://huggingface.co/papers/{arxiv_id}"})
    printed = {"code": paper.get("githubRepo"), "project": paper.get("projectPage")}
    for kind, url in printed.items():
        if url:
            row["links"].insert(0, {"url": clean_url(str(url)), "label": kind, "kind": kind})
            row[f"{kind}_url"] = clean_url(str(url))
    organisation = paper.get("organization")
    if isinstance(organisation, dict):
        row["organisation"] = organisation.get("fullname") or organisation.get("name")
    keywords = paper.get("ai_keywords")
    row["keywords"] = [str(word) for word in keywords] if isinstance(keywords, list) else []
    row["extra"] = {key: paper[key] for key in _EXTRAS if paper.get(key) is not None}
    return row


def _read_html(text: str) -> list[dict[str, Any]]:
    """Papers of a saved page: from the data the page carries, else from its cards."""
    from bs4 import BeautifulSoup

    page = BeautifulSoup(text, "lxml")
    rows: list[dict[str, Any]] = []
    for element in page.select("[data-props]"):
        try:
            rows += [_json_row(paper) for paper in _papers_in(json.loads(str(element["data-props"])))]
        except (ValueError, RecursionError):
            continue
    if rows:
        seen: set[str] = set()
        return [row for row in rows if not (row.get("arxiv_id") in seen or seen.add(row.get("arxiv_id") or ""))]
    cards = page.select("article") or page.select("h3, h1")
    return [row for row in map(_card_row, cards) if row is not None]


def _card_row(card: Any) -> dict[str, Any] | None:
    """One card of a page as a row; None where it shows no paper."""
    link = card.select_one('h3 a[href*="/papers/"], h1 a[href*="/papers/"], a[href*="/papers/"]')
    place = str(link["href"]).partition("/papers/")[2] if link else ""
    arxiv_id, _ = clean_arxiv_id(f"huggingface.co/papers/{place}")
    if not arxiv_id:
        return None
    heading = card.select_one("h3, h1") or card
    abstract = max((part.get_text(" ") for part in card.select("p")), key=len, default="")
    row = _row(heading.sourceline, heading.get_text(" "), abstract if _is_abstract(abstract) else "")
    row.update({"arxiv_id": arxiv_id, "url": f"https://huggingface.co/papers/{arxiv_id}"})
    for line in filter(None, (part.strip() for part in card.get_text("\n").split("\n"))):
        _add_foot(row, _read_foot(line) or {})
    for time in card.select("time[datetime]")[:1]:
        date = re.match(r"(\d{4})-(\d\d)-(\d\d)", str(time["datetime"]))
        row.update(dict(zip(("year", "month", "day"), map(int, date.groups()))) if date else {})
    return row
