"""Facts: checked values from a source with role ``facts``, which complete papers that the search found."""

from __future__ import annotations

import pandas as pd

from .duplicates import find_duplicates
from .schema import DICT, LIST, MERGING_VERDICTS, RECORD_COLUMNS, problems_table
from .text import title_key

FILLED = (
    "title", "authors", "n_authors", "et_al", "year", "month", "day", "venue", "volume", "number", "pages", "doi",
    "arxiv_id", "pmid", "other_ids", "url", "code_url", "project_url", "abstract", "summary", "keywords",
    "organisation", "type",
)
DATE = ("year", "month", "day")


def link_facts(
    papers: pd.DataFrame, records: pd.DataFrame, facts: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Complete papers with facts; a value of the facts takes the place of a merged one.

    A fact belongs to the one paper whose records it duplicates or, failing that, to the one paper of the same title:
    a checked value needs less evidence than a merge. A date is taken whole (year, month and day together).

    Parameters
    ----------
    papers, records
        Merged papers and the records they came from.
    facts
        A records table of checked values.

    Returns
    -------
    papers, problems
        New papers with ``provenance`` naming the fact's line, and a problem for each fact that fits no paper or
        more than one; such a fact changes nothing.
    """
    if facts.empty:
        return papers, problems_table([])
    fits = _papers_of_facts(papers, records, facts)
    rows = papers.set_index("paper_id", drop=False).to_dict("index")
    problems = []
    for fact in facts.to_dict("records"):
        papers_of_fact = fits[fact["record_id"]]
        if len(papers_of_fact) == 1:
            _fill(rows[papers_of_fact[0]], fact)
        else:
            problems.append(_unlinked(fact, papers_of_fact))
    filled = papers.copy()
    for column in (*FILLED, "provenance"):
        values = [rows[paper_id][column] for paper_id in papers.index]
        kind = RECORD_COLUMNS.get(column, DICT)
        dtype = "object" if kind in (LIST, DICT) else papers[column].dtype
        filled[column] = pd.Series(values, index=papers.index, dtype=dtype)
    return filled, problems_table(problems)


def _papers_of_facts(papers: pd.DataFrame, records: pd.DataFrame, facts: pd.DataFrame) -> dict[str, list[str]]:
    """For each fact the papers it fits."""
    paper_of = {record_id: paper_id for paper_id, ids in papers["record_ids"].items() for record_id in ids}
    pairs = find_duplicates(pd.concat([records, facts], ignore_index=True), new=list(facts["record_id"]))
    pairs = pairs[pairs["verdict"].isin(MERGING_VERDICTS)]
    fits: dict[str, set[str]] = {fact: set() for fact in facts["record_id"]}
    for one, two in zip(pairs["record_id_1"], pairs["record_id_2"]):
        for fact, record in ((one, two), (two, one)):
            if fact in fits and record in paper_of:
                fits[fact].add(paper_of[record])
    titled: dict[str, set[str]] = {}
    for title, record in zip(records["title"].fillna("").map(title_key), records["record_id"]):
        titled.setdefault(title, set()).add(paper_of[record])
    for fact, title in zip(facts["record_id"], facts["title"].fillna("").map(title_key)):
        fits[fact] = fits[fact] or (titled.get(title, set()) if title else set())
    return {fact: sorted(found) for fact, found in fits.items()}


def _fill(paper: dict, fact: dict) -> None:
    """Put the values of a fact into a paper of our own copy."""
    place = f"{fact['source']}:{fact['line']}"
    paper["provenance"] = dict(paper["provenance"])
    for column in FILLED:
        value = fact[column]
        given = bool(value) if isinstance(value, (list, dict)) else not pd.isna(value)
        if column in DATE and not pd.isna(fact["year"]):
            given = True
        if given:
            paper[column] = value
            paper["provenance"][column] = place
    if fact["authors"]:
        paper["n_authors"], paper["et_al"] = len(fact["authors"]), fact["et_al"]
    if not pd.isna(fact["year"]):
        paper["year_inferred"] = False


def _unlinked(fact: dict, papers: list[str]) -> dict:
    """The problem row of a fact that fits no paper, or several."""
    return {
        "source": fact["source"], "line": fact["line"], "record_id": fact["record_id"], "kind": "fact_without_paper",
        "severity": "warning", "found": fact["title"],
        "expected": "one paper of the search" + (f", not {len(papers)}: {', '.join(papers)}" if papers else ""),
        "todo": "Correct the title or the identifier of the record it belongs to.",
    }
