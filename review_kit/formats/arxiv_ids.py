"""arXiv ids or links, one on a line."""

from __future__ import annotations

import re
from typing import Any

from ..identifiers import clean_arxiv_id, clean_doi, find_identifiers
from ..text import clean_text

NAME = "arxiv_ids"

_COMMENT = re.compile(r"\s+(?:#|//)\s*(.*)$")
_LOOKS_LIKE_ID = re.compile(r"(?:[-*+]\s+|\d{1,4}[.)]\s+)?(?:(?:arxiv|doi|pmid)\s*:?\s*)?(?:https?://\S+|"
                            r"\d{4}\.\d{4,5}(?:v\d+)?|"
                            r"[a-z-]+(?:\.[A-Z]{2})?/\d{7}(?:v\d+)?|10\.\d{4,9}/\S+|"
                            r"\d{6,8})(?:\s*\[[\w.-]+\])?\s*[,;]?\s*(?:(?:#|//).*)?", re.I)


def matches(text: str, name: str) -> bool:
    """Whether most lines are an arXiv id, a DOI or a link and nothing else."""
    lines = [line for line in text[:200_000].splitlines() if line.strip() and not line.lstrip().startswith(("#", "//"))]
    if not lines or len(lines[0]) > 500:
        return False
    hits = sum(len(line) < 500 and bool(_LOOKS_LIKE_ID.fullmatch(line.strip())) and _identified(line) is not None
               for line in lines)
    return hits >= max(1, 0.8 * len(lines))


def read(text: str) -> list[dict[str, Any]]:
    """Read one record a line; a line that holds no id is a row with ``raw`` and ``problem``.

    Parameters
    ----------
    text
        arXiv ids, links to arXiv or its mirrors, DOIs; ``#`` begins a comment, kept as ``summary``.

    Returns
    -------
    list of dict
        Rows of the records table, without title: an id says no more.
    """
    rows = []
    for number, line in enumerate(text.splitlines(), 1):
        content = line.strip().strip("\ufeff")
        if not content or content.startswith(("#", "//")):
            continue
        comment = _COMMENT.search(content)
        row = _identified(content[: comment.start()] if comment else content)
        if row is None:
            rows.append({"line": number, "raw": content, "problem": "expected an arXiv id, a DOI or a link to a paper"})
            continue
        summary = clean_text(comment[1]) if comment else None
        rows.append({"line": number, "raw": content, "summary": summary, **row})
    return rows


def _identified(line: str) -> dict[str, Any] | None:
    """The record a line names, or None."""
    line = re.sub(r"^\s*(?:[-*+]|\d{1,4}[.)])\s+", "", line).strip(" ,;")
    if len(line) > 2000:
        return None
    arxiv_id, version = clean_arxiv_id(line)
    found = find_identifiers(line)
    doi = found.get("doi") or clean_doi(line)
    row: dict[str, Any] = {"arxiv_id": arxiv_id or None, "arxiv_version": version, "doi": doi or None,
                           "pmid": found.get("pmid")}
    row["other_ids"] = {kind: found[kind] for kind in ("pmcid", "acl", "openreview", "s2") if kind in found}
    if not (arxiv_id or doi or row["pmid"] or row["other_ids"]):
        return None
    url = line if line.lower().startswith("http") else None
    row["url"] = url or (f"https://arxiv.org/abs/{arxiv_id}" if arxiv_id else f"https://doi.org/{doi}" if doi else None)
    row["venue"] = "arXiv" if arxiv_id else None
    return row
