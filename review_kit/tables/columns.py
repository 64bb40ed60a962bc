"""What the columns of a survey table hold: fields of papers, tags of an axis, or extracted items."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..cite_keys import citation_keys
from ..errors import ReviewKitError
from ..extraction import extraction_details, extraction_table, tag_table
from .cells import cell_text

if TYPE_CHECKING:
    from ..protocol import Protocol

NOT_GIVEN = "Not given"
HEADINGS = {
    "title": "Title", "authors": "Authors", "citation": "Reference", "citation_key": "Key", "year": "Year",
    "venue": "Venue", "doi": "DOI", "arxiv_id": "arXiv", "pmid": "PubMed", "url": "Link", "code_url": "Code",
    "project_url": "Project", "n_authors": "Authors (n)", "et_al": "More authors", "paper_id": "Paper",
}
# Columns that are shown as a word which leads to the page.
LINK_WORDS = {"url": "paper", "code_url": "code", "project_url": "project"}
_RESOLVERS = {"doi": "https://doi.org/", "arxiv_id": "https://arxiv.org/abs/",
              "pmid": "https://pubmed.ncbi.nlm.nih.gov/"}


@dataclass(frozen=True)
class Column:
    """One column: what it is called, what it holds for each paper, where its cells lead and what supports them.

    `kind` is ``text``, ``citation``, ``link`` (a word that leads to a page) or ``list`` (several values a paper).
    """

    name: str
    heading: str
    values: tuple[Any, ...]
    kind: str = "text"
    links: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    order: tuple[str, ...] = field(default=(), repr=False)

    def texts(self) -> list[list[str]]:
        """For each paper its values as text: none, one or several."""
        return [[cell_text(value) for value in listed(values)] for values in self.values]

    def grouped(self, rows: Iterable[int]) -> list[tuple[str, int]]:
        """Rows under each of their values, in the order of the taxonomy or the values; those without one come last."""
        rows, texts = list(rows), self.texts()
        values = {text: value for row in rows for text, value in zip(texts[row], listed(self.values[row]))}
        order = list(dict.fromkeys(self.order)) or sorted(values, key=lambda text: sort_key(values[text]))
        placed = [(text, row) for text in order for row in rows if text in texts[row]]
        return placed + [(NOT_GIVEN, row) for row in rows if not texts[row]]


class Columns:
    """Finds columns by name: first among the fields of papers, then tag axes, then extracted items."""

    def __init__(self, papers: pd.DataFrame, events: pd.DataFrame, protocol: Protocol | None) -> None:
        self.papers = papers
        self.protocol = protocol
        self.tags = tag_table(papers, events)
        self.items = extraction_table(papers, events, protocol=protocol)
        self.details = extraction_details(papers, events)

    @property
    def names(self) -> dict[str, list[str]]:
        """The names there are, by where they come from."""
        planned = [node.axis for node in self.protocol.taxonomy] if self.protocol else []
        return {
            "papers": ["citation", *self.papers.columns],
            "tag axes": list(dict.fromkeys([*planned, *self.tags["axis"].dropna()])),
            "extraction items": list(self.items.columns),
        }

    def check(self, names: list[str]) -> None:
        """Raise one error that lists every unknown name and all known ones."""
        known = self.names
        unknown = [name for name in dict.fromkeys(names) if not any(name in group for group in known.values())]
        if unknown:
            there = "; ".join(f"{where}: {', '.join(group) or 'none'}" for where, group in known.items())
            raise ReviewKitError(f"unknown columns {', '.join(map(repr, unknown))}. There are, for {there}.")

    def find(self, name: str) -> Column:
        """The column of this name."""
        makers: dict[str, Callable[[str], Column]] = {
            "papers": self._field, "tag axes": self._axis, "extraction items": self._item}
        return next(makers[where](name) for where, group in self.names.items() if name in group)

    def _field(self, name: str) -> Column:
        """A field of the papers, authors in short form."""
        heading = HEADINGS.get(name, name.replace("_", " ").capitalize())
        pages = tuple(paper_page(row) for row in self.papers.to_dict("records"))
        if name == "citation":
            return Column(name, heading, tuple(citation_keys(self.papers)), "citation", pages)
        values = self.papers[name]
        if name == "authors":
            more = self.papers["et_al"] if "et_al" in self.papers else [False] * len(values)
            return Column(name, heading, tuple(short_authors(a, e) for a, e in zip(values, more)))
        texts = tuple(None if _is_missing(value) else value for value in values)
        if name in LINK_WORDS:
            return Column(name, heading, texts, "link", tuple(text or "" for text in texts))
        if name in _RESOLVERS:
            return Column(name, heading, texts, links=tuple(text and _RESOLVERS[name] + text or "" for text in texts))
        is_list = any(isinstance(value, (list, tuple)) for value in texts)
        return Column(name, heading, texts, "list" if is_list else "text", pages if name == "title" else ())

    def _axis(self, axis: str) -> Column:
        """The labels of the tags of an axis, in the order of the taxonomy; a tag gives way to one below it."""
        nodes = {node.id: node for node in self.protocol.taxonomy} if self.protocol else {}
        order = {node_id: place for place, node_id in enumerate(nodes)}
        tags = self.tags[self.tags["axis"] == axis]
        by_paper = tags.groupby("paper_id")["tag"].agg(lambda column: list(dict.fromkeys(column))).to_dict()

        def labels(paper_id: str) -> list[str]:
            own = sorted(by_paper.get(paper_id, []), key=lambda tag: (order.get(tag, len(order)), tag))
            return [tag_label(tag, nodes) for tag in own if not any(other.startswith(f"{tag}/") for other in own)]

        heading = nodes[axis].label if axis in nodes else axis.replace("-", " ").capitalize()
        wanted = sorted(tags["tag"].unique(), key=lambda tag: (order.get(tag, len(order)), tag))
        return Column(axis, heading, tuple(labels(paper_id) for paper_id in self.papers["paper_id"]), "list",
                      order=tuple(tag_label(tag, nodes) for tag in wanted))

    def _item(self, name: str) -> Column:
        """Extracted values, with the quotes and places that support them."""
        planned = self.protocol.item(name) if self.protocol else None
        values = tuple(None if _is_missing(value) else value for value in self.items[name])
        support = {row.paper_id: _support(row) for row in self.details[self.details["item"] == name].itertuples()}
        quotes = tuple(support.get(paper_id, "") for paper_id in self.papers["paper_id"])
        heading = planned.label if planned else name.replace("_", " ").capitalize()
        is_link = planned is not None and planned.type == "url"
        kind = "link" if is_link else "list" if any(isinstance(value, (list, tuple)) for value in values) else "text"
        return Column(name, heading, values, kind, tuple(str(v or "") for v in values) if is_link else (), quotes)


def listed(value: Any) -> list[Any]:
    """The values of a cell: none, one or several."""
    if isinstance(value, (list, tuple)):
        return list(value)
    return [] if value is None or pd.isna(value) else [value]


def sort_key(value: Any) -> tuple[bool, float, str]:
    """Numbers by size before texts without regard to case."""
    value = value[0] if isinstance(value, (list, tuple)) else value
    is_text = not isinstance(value, (int, float)) and not hasattr(value, "__index__")
    return (is_text, 0.0 if is_text else float(value), str(value).casefold())


def short_authors(authors: list[str], et_al: Any = False) -> str | None:
    """Authors as a text cites them: ``Lai``, ``Lai and Li``, ``Lai et al.``; None where nobody is known."""
    families = [author.split(",")[0].strip() for author in authors]
    if not families:
        return None
    if len(families) > 2 or (not _is_missing(et_al) and et_al):
        return f"{families[0]} et al."
    return " and ".join(families)


def paper_page(row: Mapping[str, Any]) -> str:
    """The page of a paper: its DOI, arXiv, or the link it was found with."""
    for name, resolver in (("doi", _RESOLVERS["doi"]), ("arxiv_id", _RESOLVERS["arxiv_id"]), ("url", "")):
        if not _is_missing(row.get(name)):
            return resolver + str(row[name])
    return ""


def tag_label(tag: str, nodes: Mapping[str, Any]) -> str:
    """How a tag is shown: the label of its node, or its last part."""
    return nodes[tag].label if tag in nodes else tag.rpartition("/")[2].replace("-", " ")


def _support(row: Any) -> str:
    """Quote and place of a value in one line."""
    quote = "" if _is_missing(row.quote) else f"“{row.quote}”"
    where = "" if _is_missing(row.where) else f"({row.where})"
    return " ".join(part for part in (quote, where) if part)


def _is_missing(value: Any) -> bool:
    """Whether a cell holds nothing."""
    if isinstance(value, (list, tuple, dict)):
        return not value
    return bool(pd.isna(value))
