"""The rows of tables in paper lists, read by the names of their columns."""

from __future__ import annotations

import re
from functools import lru_cache

from ...identifiers import clean_arxiv_id, label_kind
from .entries import read_entry
from .entry import Entry, says_nothing
from .labels import read_label
from .people import read_citing, read_people
from .running_text import CELL, HARD, Block, part_of
from .tails import read_tail

# What columns are called; the first role whose pattern fits a heading is its role.
_ROLES = tuple((role, re.compile(pattern, re.I)) for role, pattern in (
    ("link", r"(?:paper|pdf|arxiv|doi)?\s*(?:links?|urls?)|pdf|arxiv(?: id)?|doi|links|resources?|论文链接|链接|"
             r"paper\s*/\s*code"),
    ("title", r"(?:paper|publication|article|work)?\s*titles?(?:\s*(?:&|and|/|\+)\s*\w+)*|"
              r"标题|题目|论文(?:标题|题目|名称)"),
    ("authors", r"(?:first\s+|main\s+)?authors?(?:\s*list)?|(?:team|group)\s*[/&]\s*authors?|作者|著者"),
    ("venue", r"venues?|conferences?|journals?|publication|published(?:\s+(?:in|at))?|publisher|source|where|"
              r"pub\.?|proceedings|"
              r"conf\.?|conf(?:erence)?\.?\s*/\s*journal|journal\s*/\s*conference|会议|期刊|发表|来源|会议/期刊|"
              r"(?:venue|publication|conference|journal|pub\.?)\s*(?:[&/,+]|and)\s*(?:year|date|time)|book\s*title"),
    ("date", r"(?:publish(?:ed|ing)?\s+|publication\s+|release\s+|submission\s+)?(?:dates?|years?|time|month)|"
             r"pub\.?\s*date|published|"
             r"released?|when|日期|时间|年份|发布时间"),
    ("code", r"(?:official\s+)?(?:codes?|github|git|repo(?:sitory)?|implementation|source\s+code|code\s*link|"
             r"project(?:\s*/\s*code)?)"
             r"(?:\s*[/&+]\s*\w+(?:\s+\w+)?)?|代码|开源(?:代码)?"),
    ("project", r"(?:project|home|web)\s*-?(?:page|site)s?|website|demo|homepage|project|主页"),
    ("paper", r"papers?(?:\s*name)?|articles?|publications?|references?|works?|论文"),
    ("name", r"(?:model|method|approach|system|dataset|benchmark|work|framework|algorithm|alias|abbreviation|"
             r"short|nick)?\s*"
             r"(?:names?|acronym)|models?|methods?|approach(?:es)?|datasets?|benchmarks?|systems?|surveys?|名称|模型|"
             r"方法|数据集"),
    ("abstract", r"abstract|摘要"),
    ("summary", r"(?:one[- ]line\s+)?(?:summary|tl;?dr|descriptions?|notes?|comments?|highlights?|introduction|"
                r"contributions?)|简介|备注"),
    ("organisation", r"institut\w*|affiliations?|organi[sz]ations?|compan(?:y|ies)|labs?|from|team|机构|单位"),
    ("keywords", r"key\s*words?|tags?|topics?|关键词"),
))
# In which columns a title is looked for, in this order, and how many words it must have there.
_WORDS_OF_TITLE = {"title": 1, "paper": 2, "link": 4, "name": 1}
_OF_THE_PAPER = ("paper", "link")


@lru_cache(maxsize=512)
def column_role(heading: str) -> str:
    """The role of a column by its heading; empty where the heading is not known."""
    heading = re.sub(r"[^\w\s&/+.;-]|_", " ", heading).strip()
    return next((role for role, pattern in _ROLES if pattern.fullmatch(heading)), "")


def read_row(block: Block) -> Entry:
    """Read a table row as an entry: by its columns where they say what they hold, else as running text.

    Parameters
    ----------
    block
        A row, with the names of its columns.

    Returns
    -------
    Entry
        With cells of unknown columns in ``extra``.
    """
    cells = _cells(block)
    columns = block.columns[: len(cells)] if len(block.columns) >= len(cells) else ()
    roles = [column_role(column) for column in columns]
    title_at = _title_column(cells, roles)
    if title_at is None or len(cells) < 2:
        return read_entry(block)
    entry = read_entry(cells[title_at])
    if not entry.title and roles[title_at] not in _OF_THE_PAPER:
        entry.title, entry.title_from = " ".join(cells[title_at].text.replace(HARD, " ").split()), "text"
    entry.block = block
    for at, cell in enumerate(cells):
        if at != title_at:
            _read_cell(entry, cell, roles[at], columns[at])
    return entry


def _cells(block: Block) -> list[Block]:
    """The cells of a row as blocks of their own."""
    cells, start = [], 0
    for text in block.text.split(CELL):
        cells.append(part_of(block, start, start + len(text)))
        start += len(text) + 1
    return cells


def _title_column(cells: list[Block], roles: list[str]) -> int | None:
    """Which cell holds the title: the column so called, else the one for papers or names that has words.

    Where the paper is only cited (``Lee et al.``), the first cell names the work, whatever its column is called.
    """
    cited = any(role in _OF_THE_PAPER and _cites(cell) for cell, role in zip(cells, roles))
    for wanted, enough in _WORDS_OF_TITLE.items():
        for at, role in enumerate(roles):
            if role == wanted and not (cited and role in _OF_THE_PAPER) and _has_title(cells[at], enough=enough):
                return at
    return 0 if cited and _has_title(cells[0], enough=1) else None


def _cites(cell: Block) -> bool:
    """Whether a cell cites a paper by its people, with nothing before them and nothing but a date behind them."""
    if any(cell.text[:link.start].strip(" [(") for link in cell.links[:1]):
        return False
    return read_citing(cell.text.strip(" []()")) is not None


def _has_title(cell: Block, *, enough: int) -> bool:
    """Whether a cell holds words, not only labels of links or the people whose paper is linked (``Lee et al.``)."""
    text = cell.text.replace(HARD, " ").strip(" []()*")
    words = re.findall(r"[^\W\d_][\w'’+-]*", text)
    chinese = len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", text))
    told = len(words) >= enough or chinese >= 4
    return told and label_kind(text) is None and not (_cites(cell) or says_nothing(text))


def _read_cell(entry: Entry, cell: Block, role: str, column: str) -> None:
    """Put one cell into the entry, by its column's role."""
    text = " ".join(cell.text.replace(HARD, " ").split())
    kind = {"link": "paper", "paper": "paper", "code": "code", "project": "project"}.get(role)
    beside = read_entry(cell) if cell.links or "://" in text else None
    for link in beside.links if beside else ():
        told = label_kind(link["label"]) if link["label"].lower() not in ("link", "url", "here") else None
        link["kind"] = told or (kind if kind and (kind != "paper" or link["kind"] == "other") else link["kind"])
        if not any(other["url"] == link["url"] for other in entry.links):
            entry.links.append(link)
    if beside and beside.label.venue and role != "venue":
        entry.add_label(beside.label)
    if role == "link" and "arxiv" in column.lower() and (arxiv_id := clean_arxiv_id(text)[0]) and not entry.links:
        entry.links.append({"url": f"https://arxiv.org/abs/{arxiv_id}", "label": text, "kind": "paper"})
        return
    entry.block.repositories += [url for url in cell.repositories if url not in entry.block.repositories]
    if says_nothing(text) or role in _OF_THE_PAPER and _cites(cell) and read_tail(
            entry, text, lone=True, before=False):
        return
    if role in ("venue", "date"):
        label = read_label(text, trusted=True) or next(
            (label for part in re.split(rf"[{HARD},;|]", cell.text) if (label := read_label(part, trusted=True))), None)
        if label:
            entry.add_label(label)
            return
    elif role == "authors":
        people = read_people(text, lone=True)
        if people:
            entry.add_people(people)
            return
    elif role in ("abstract", "organisation"):
        setattr(entry, role, text)
        return
    elif role == "summary":
        entry.summary.append(text)
        return
    elif role == "keywords":
        entry.keywords = [word.strip() for word in re.split(r"[;,，；、]", text) if word.strip()]
        return
    elif role == "name" and not entry.extra.get("name"):
        entry.extra["name"] = text
        return
    if not (beside and role in ("link", "code", "project", "paper")):
        entry.extra[column or "cell"] = text
