"""The rows of tables in paper lists, read by the names of their columns."""

from __future__ import annotations

import re
from dataclasses import replace
from difflib import get_close_matches
from functools import lru_cache

from ...identifiers import clean_arxiv_id, label_kind, link_kind
from .entries import read_entry
from .entry import Entry, says_nothing
from .labels import read_label
from .people import read_citing, read_people
from .running_text import CELL, HARD, Block, part_of
from .tails import names_organisation, read_tail
from .title_options import is_strong_title
from .venues import LONGEST_LABEL

# What the words in the heading of a column speak of; those that only say more of it speak of nothing.
_WORDS = {
    word: matter for matter, words in {
        "title": "title titles 标题 题目",
        "authors": "author authors 作者 著者",
        "venue": "venue venues conference conferences conf journal journals pub publisher publication publications "
                 "proceedings proc accepted appeared where source booktitle book 会议 期刊 发表 来源",
        "book": "book",
        "date": "date dates year years yr time month when 日期 时间 年份 年",
        "published": "published publish publishing released release submitted submission posted 发布",
        "code": "code codes github git repo repository implementation implementations 代码 开源",
        "project": "project website homepage site sites page pages home web demo 主页",
        "link": "link links url urls pdf arxiv doi resource resources 链接 地址",
        "paper": "paper papers article articles reference references ref refs work works study studies citation "
                 "citations inline short form 论文",
        "name": "model models method methods approach approaches system systems dataset datasets data benchmark "
                "benchmarks framework algorithm survey surveys name names alias abbreviation acronym nick "
                "nickname 名称 名 模型 方法 数据集",
        "abstract": "abstract 摘要",
        "keywords": "keyword keywords key words tag tags topic topics 关键词",
        "summary": "summary tldr description descriptions note notes comment comments highlight highlights "
                   "introduction contribution contributions 简介 备注",
        "organisation": "institute institutes institution institutions affiliation affiliations organisation "
                        "organisations organization organizations org company companies lab labs from team group "
                        "机构 单位",
        "": "the of to in at on by and or s official open first 1st last senior co lead main corresponding list full "
            "text research id info one line available",
    }.items() for word in words.split()
}
# The matters that decide a column's role; the first of these that its heading speaks of, all of them, is its role.
_ROLES = (
    ("venue", "book title"), ("venue", "book"), ("abstract", "abstract"), ("keywords", "keywords"),
    ("summary", "summary"), ("title", "title"),
    ("authors", "authors"), ("link", "code paper"), ("code", "code"), ("date", "published date"),
    ("venue", "venue"), ("date", "date"), ("project", "project"), ("link", "link"), ("paper", "paper"),
    ("date", "published"), ("organisation", "organisation"), ("name", "name"),
)
# ``Publication Date`` is a date, ``Publication, Year`` or ``Venue Year`` tells both.
_ONLY_PUBLICATION = re.compile("pub|publications?|accepted|发表")
_SEVERAL_IN_ONE = re.compile(r"[/&+,]|\band\b")
_HEADING_WORD = re.compile("[\u4e00-\u9fff]+|[^\\W_]+")
_CHINESE_WORD = re.compile("|".join(sorted((word for word in _WORDS if word > "\u4e00"), key=len, reverse=True)))
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_LONG_WORD = 5
# What a cell of a column without a known name may say: a venue and a year, or a year.
_LABEL_CELL = re.compile(r"(?:[A-Z][\w&/.-]*\s?){0,5}(?:19|20)\d\d|(?:19|20)\d\d [A-Z][A-Z&/-]+|"
                         r"[A-Z][A-Za-z&]*['’‘]\s?\d\d")
# ``Author(s)``, and what is said of a column beside its name: ``Date (arXiv)``.
_PLURAL = re.compile(r"\(e?s\)")
_IN_BRACKETS = re.compile(r"[(（][^()（）]*[)）]")
# In which columns a title is looked for, in this order, and how many words it must have there.
_WORDS_OF_TITLE = {"title": 1, "paper": 2, "link": 4, "name": 1}
_LONG_NAME = 5
_OF_PAPERS = re.compile(r"\bpapers?\b|论文", re.I)
_OF_THE_PAPER = ("paper", "link")


@lru_cache(maxsize=512)
def column_role(heading: str) -> str:
    """The role of a column by its heading; empty where the heading is not known."""
    heading = _PLURAL.sub("s", heading.lower())
    return _role_of(heading) or _role_of(_IN_BRACKETS.sub(" ", heading))


def _role_of(heading: str) -> str:
    """The role of a heading by the parts of it (``Code & Weights``) all of whose words are known."""
    parts = [part for part in map(_words_of, _SEVERAL_IN_ONE.split(heading)) if part]
    known = [word for part in parts if all(word in _WORDS for word in part) for word in part]
    matters = {_WORDS[word] for word in known}
    if "date" in matters and len(parts) == 1 and all(
            _ONLY_PUBLICATION.fullmatch(word) for word in known if _WORDS[word] == "venue"):
        matters -= {"venue"}
    return next((role for role, needed in _ROLES if matters.issuperset(needed.split())), "")


def _words_of(part: str) -> list[str]:
    """The words of a heading, Chinese ones divided where all are known."""
    words = []
    for word in _HEADING_WORD.findall(part.replace("'", "").replace(";", "").replace("open source", "code")):
        divided = _CHINESE_WORD.findall(word)
        words += divided if "".join(divided) == word else [_respelled(word)]
    return words


def _respelled(word: str) -> str:
    """The known word a long one is a slip of (``veneue``, ``auther``), else the word."""
    if word in _WORDS or len(word) < _LONG_WORD:
        return word
    # ``Inference`` is no slip of ``conference``: slips keep the first letter.
    alike = [known for known in _WORDS if known[0] == word[0]]
    return next(iter(get_close_matches(word, alike, 1, cutoff=0.83)), word)


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
    if roles[title_at] == "title":
        entry.named.add("title")
        if _OF_PAPERS.search(columns[title_at]):
            entry.named.add("paper")
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
    if not {"title", "paper"} & set(roles):
        named = next((at for at, role in enumerate(roles) if role == "name"), None)
        if named is not None and _has_title(cells[named], enough=_LONG_NAME):
            return named
        linked = next((at for at, cell in enumerate(cells[:len(roles)]) if _is_linked_title(cell)), None)
        if linked is not None:
            return linked
    cited = any(role in _OF_THE_PAPER and _cites(cell) for cell, role in zip(cells, roles))
    for wanted, enough in _WORDS_OF_TITLE.items():
        for at, role in enumerate(roles):
            if role != wanted or cited and role in _OF_THE_PAPER:
                continue
            sure = wanted == "paper" and "name" not in roles[:at] and _leads_to_paper(cells[at])
            if _has_title(cells[at], enough=1 if sure else enough):
                return at
    return 0 if cited and _has_title(cells[0], enough=1) else None


def _leads_to_paper(cell: Block) -> bool:
    """Whether the words of a cell are linked to a paper."""
    return bool(cell.links) and not cell.links[0].picture and link_kind(cell.links[0].url) == "paper"


def _is_linked_title(cell: Block) -> bool:
    """Whether a cell is a title linked to its paper."""
    words = cell.links[0].label if _leads_to_paper(cell) else ""
    return words.count(" ") >= _LONG_NAME - 2 and is_strong_title(words)


def _cites(cell: Block) -> bool:
    """Whether a cell cites a paper by its people, with nothing before them and nothing but a date behind them."""
    if any(cell.text[:link.start].strip(" [(") for link in cell.links[:1]):
        return False
    return read_citing(cell.text.strip(" []()")) is not None


def _has_title(cell: Block, *, enough: int) -> bool:
    """Whether a cell holds words, not only labels of links or the people whose paper is linked (``Lee et al.``)."""
    text = _ADDRESS.sub(" ", cell.text.replace(HARD, " ")).strip(" []()*")
    words = re.findall(r"[^\W\d_][\w'’+-]*", text)
    chinese = len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", text))
    told = len(words) >= enough or chinese >= 4
    return told and label_kind(text) is None and not (_cites(cell) or says_nothing(text))


def _read_cell(entry: Entry, cell: Block, role: str, column: str) -> None:
    """Put one cell into the entry, by its column's role."""
    text = " ".join(cell.text.replace(HARD, " ").split())
    beside = read_entry(cell) if cell.links or "://" in text else None
    if beside:
        _add_links(entry, beside, role)
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
        if _read_label_cell(entry, cell, role, linked=beside is not None):
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
    label = None if role or entry.label.year else read_label(text, trusted=bool(_LABEL_CELL.fullmatch(text)))
    if label is not None and label.year:
        entry.add_label(label)
        return
    if not (beside and role in ("link", "code", "project", "paper")):
        entry.extra[column or "cell"] = text


def _read_label_cell(entry: Entry, cell: Block, role: str, *, linked: bool) -> bool:
    """Take venue or date from a cell that is to hold it; a venue that is none by its words is taken as printed."""
    text = " ".join(cell.text.replace(HARD, " ").split())
    label = read_label(text, trusted=True) or next(
        (label for part in re.split(rf"[{HARD},;|]", cell.text) if (label := read_label(part, trusted=True))), None)
    if label:
        entry.add_label(label)
    unread = role == "venue" and not (label or linked) and text[:1].isupper() and len(text) < LONGEST_LABEL
    venue = label.venue if label else text if unread and not names_organisation(text) else ""
    if role == "venue" and venue:
        entry.label = replace(entry.label, venue=venue)
    return bool(label or venue)


def _add_links(entry: Entry, beside: Entry, role: str) -> None:
    """Add the links of a cell, of the kind that their label, their column or their address tells."""
    kind = {"link": "paper", "paper": "paper", "code": "code", "project": "project"}.get(role)
    # Beside a link that leads to a paper, what leads elsewhere does.
    kind = None if kind == "paper" and any(link["kind"] == "paper" for link in beside.links) else kind
    if kind == "code" and beside.title_link is not None and beside.links[0]["kind"] == "code":
        beside.links[0]["label"] = beside.title
    for link in beside.links:
        told = label_kind(link["label"]) if link["label"].lower() not in ("link", "url", "here") else None
        by_column = kind == "code" or kind == "project" and link["kind"] != "code" or kind and link["kind"] == "other"
        link["kind"] = told or (kind if by_column else link["kind"])
        same = next((other for other in entry.links if other["url"] == link["url"]), None)
        if same is None:
            entry.links.append(link)
        elif {link["kind"], same["kind"]} in ({"code", "project"}, {"code", "other"}, {"paper", "other"}):
            link["kind"] = link["kind"] if same["kind"] == "other" else "code"
            same["kind"] = link["kind"]
