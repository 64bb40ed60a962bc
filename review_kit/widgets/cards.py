"""Papers as cards for the browser: plain values, only the fields asked for, found by id or by words."""

from __future__ import annotations

import re
import unicodedata
import urllib.parse
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from ..errors import ReviewKitError
from ..names import display_name

FIELDS = {
    "authors": "Authors", "year": "Year", "venue": "Venue", "type": "Type", "organisation": "Organisation",
    "keywords": "Keywords", "sections": "Listed under", "sources": "Sources", "arxiv_id": "arXiv", "doi": "DOI",
    "citation_key": "Citation key", "links": "Links",
}
SHOWN = ("authors", "year", "venue", "links")
LINKS = {
    "arxiv_id": ("arXiv", "https://arxiv.org/abs/{}"),
    "doi": ("DOI", "https://doi.org/{}"),
    "pmid": ("PubMed", "https://pubmed.ncbi.nlm.nih.gov/{}/"),
    "url": ("Link", "{}"),
    "code_url": ("Code", "{}"),
    "project_url": ("Project", "{}"),
}
MAX_TEXT = 20_000
MAX_AUTHORS = 8
MAX_FOUND = 20


class PaperShelf:
    """The papers of a table, found by any of their record ids, by place, by words or by identifier.

    Parameters
    ----------
    papers
        A papers table.
    fields
        What is shown beside title and text, some of ``FIELDS``; what is left out never reaches the browser. A link may
        name people too, as the address of their code does.
    """

    def __init__(self, papers: pd.DataFrame, fields: Sequence[str]) -> None:
        unknown = [name for name in fields if name not in FIELDS]
        if unknown:
            raise ReviewKitError(f"fields: {', '.join(unknown)} cannot be shown; expected some of {', '.join(FIELDS)}")
        self.papers = papers
        # One cell at a time from the columns is a hundred times faster than one row of the table.
        self._columns = {name: papers[name].array for name in papers.columns}
        self.fields = tuple(fields)
        self.ids = papers["paper_id"].tolist()
        self.place = {paper_id: place for place, paper_id in enumerate(self.ids)}
        self._paper_of = {
            record_id: paper_id for paper_id, records in zip(self.ids, papers["record_ids"]) for record_id in records
        }
        self._paper_of.update(zip(self.ids, self.ids))
        self._folded: list[str] = []
        self._known: dict[str, int] = {}

    def paper_id(self, record_id: Any) -> str | None:
        """The paper of a record, or None when it is not on this shelf."""
        return self._paper_of.get(record_id)

    def row(self, paper_id: str) -> dict[str, Any]:
        """A paper's row as a mapping."""
        place = self.place[paper_id]
        return {name: column[place] for name, column in self._columns.items()}

    def card(self, paper_id: str) -> dict[str, Any]:
        """What the browser gets of a paper."""
        row = self.row(paper_id)
        abstract, summary = _text(row.get("abstract")), _text(row.get("summary"))
        shown = {name: text for name in self.fields if name != "links" and (text := cell_text(name, row.get(name)))}
        meta = [{"name": name, "label": FIELDS[name], "text": text} for name, text in shown.items()]
        return {
            "id": paper_id, "number": self.place[paper_id] + 1, "title": _text(row.get("title")) or None,
            "text": abstract or summary, "meta": meta, "links": paper_links(row) if "links" in self.fields else [],
            "text_kind": "Abstract" if abstract else "Summary (the sources give no abstract)",
        }

    def title(self, paper_id: str) -> str:
        """A paper's title, for buttons and messages."""
        return _text(self._columns["title"][self.place[paper_id]])[:120] or "(no title)"

    def search(self, text: str) -> tuple[list[str], int]:
        """Papers by ``#number``, identifier, or words in the title; the first of them, and how many there are."""
        text = text.strip()
        if number := re.fullmatch(r"#?(\d{1,7})", text):
            place = int(number[1]) - 1
            return ([self.ids[place]], 1) if 0 <= place < len(self.ids) else ([], 0)
        self._make_index()
        if (place := self._known.get(text.casefold())) is not None:
            return [self.ids[place]], 1
        words = sorted(_fold(text).split(), key=len)
        found = list(range(len(self.ids))) if words else []
        while words:
            word = words.pop()
            found = [place for place in found if word in self._folded[place]]
        return [self.ids[i] for i in found[:MAX_FOUND]], len(found)

    def _make_index(self) -> None:
        """Prepare titles and identifiers at the first search."""
        if self._folded:
            return
        self._folded = [_fold(_text(title)) for title in self.papers["title"]]
        for name in ("arxiv_id", "doi", "pmid", "citation_key"):
            known = self.papers[name].reset_index(drop=True).dropna().astype(str).str.casefold()
            self._known.update(zip(known.to_list(), known.index.to_list()))
        self._known.update({record_id.casefold(): self.place[paper] for record_id, paper in self._paper_of.items()})

    def found(self, text: str, state: Mapping[str, str]) -> dict[str, Any]:
        """The answer to a search: short cards with the paper's state."""
        ids, total = self.search(text)
        rows = [(paper_id, self.row(paper_id)) for paper_id in ids]
        return {"total": total, "cards": [
            {"id": paper_id, "number": self.place[paper_id] + 1, "title": self.title(paper_id),
             "year": cell_text("year", row.get("year")) or None, "state": state.get(paper_id)}
            for paper_id, row in rows
        ]}


def _text(value: Any) -> str:
    """A cell as text that JSON can carry, cut at a length no reader reaches."""
    if value is None or value is pd.NA or value != value:
        return ""
    text = str(value).encode("utf-8", "replace").decode()
    return text if len(text) <= MAX_TEXT else f"{text[:MAX_TEXT]} … ({len(text) - MAX_TEXT} more characters)"


def cell_text(name: str, value: Any) -> str:
    """A cell as one line of text; empty when nothing is known."""
    if name == "authors":
        names = [display_name(_text(author)) for author in value or ()]
        more = [f"and {len(names) - MAX_AUTHORS} more"] if len(names) > MAX_AUTHORS else []
        return ", ".join(names[:MAX_AUTHORS] + more)
    if isinstance(value, (list, tuple)):
        return " · ".join(" > ".join(map(_text, v)) if isinstance(v, (list, tuple)) else _text(v) for v in value)
    return _text(value)


def paper_links(row: Mapping[str, Any]) -> list[dict[str, str]]:
    """The paper's links, each address once; the browser makes only http and https ones live."""
    links: dict[str, str] = {}
    for name, (label, pattern) in LINKS.items():
        value = _text(row.get(name))
        if not value:
            continue
        url = value if pattern == "{}" else pattern.format(urllib.parse.quote(value, safe="/:;()._-"))
        if url.rstrip("/") not in {known.rstrip("/") for known in links}:
            links[url] = label
    return [{"url": url, "label": label} for url, label in links.items()]


def _fold(text: str) -> str:
    """Text for comparing: no case, no accents."""
    text = text.casefold()
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
