"""The links of a record: what each leads to, and the identifiers that stand in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from ..identifiers import clean_url, find_identifiers, link_kind

Extra = dict[str, list[str]]

_COLUMN_OF_KIND = {"code": "code_url", "project": "project_url"}
# Single digits tell hosts and endings apart (ar5iv, .mp4).
_DIGITS = re.compile(r"\d{2,}")
_URL = re.compile(r"(?:(?:https?|ftp)://|www\.)[^\s<>\"]+")
_PLAIN_URL = re.compile(r"(?:https?|ftp)://[\w./~%:-]*[\w/]")
_TELLING = re.compile(r"doi|arxiv|pubmed|pmc|openreview|acl|semanticscholar|huggingface|/10\.", re.I)
_WORDS = re.compile(r"\w{5}")


def add_links(row: dict[str, Any], fields: Iterable[tuple[str, str]], extra: Extra) -> None:
    """Add the links of a record to its row, the paper's first; identifiers that only stand in a link are taken from it.

    Parameters
    ----------
    row
        The row, whose identifiers are read already.
    fields
        The fields for links, each with a value, the preferred first.
    extra
        Takes the values that are no link or hold more than links.
    """
    links: dict[str, str] = {}
    for field, value in fields:
        plain = _PLAIN_URL.fullmatch(value)
        urls = [value] if plain else [clean_url(url.split(";http")[0]) for url in _URL.findall(value)]
        for url in urls:
            links.setdefault(url, _kind(_DIGITS.sub("0", url.partition("?")[0])))
        if not urls or (not plain and _WORDS.search(_URL.sub(" ", value))):
            extra.setdefault(field, []).append(value)
    for url in links:
        if ("doi" in row and "doi.org/" in url) or not _TELLING.search(url):
            continue
        for name, value in find_identifiers(url).items():
            if name in ("doi", "arxiv_id", "arxiv_version", "pmid"):
                row.setdefault(name, value)
            elif name != "hf":
                row.setdefault("other_ids", {}).setdefault(name, value)
    if links:
        row["links"] = [{"url": url, "label": "", "kind": kind} for url, kind in links.items()]
        papers = [url for url, kind in links.items() if kind in ("paper", "other")]
        row["url"] = papers[0] if papers else next(iter(links))
        for url, kind in links.items():
            if kind in _COLUMN_OF_KIND:
                row.setdefault(_COLUMN_OF_KIND[kind], url)


@lru_cache(maxsize=20_000)
def _kind(url: str) -> str:
    """What a link leads to, found once for links that differ in their numbers only."""
    return link_kind(url)
