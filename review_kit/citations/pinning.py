"""Pinning: a citation key that is in use stays, whatever papers come later."""

from __future__ import annotations

import pandas as pd

from ..review_log import ReviewLog


def pin_citation_keys(papers: pd.DataFrame, log: ReviewLog, *, reason: str = "in use") -> int:
    """Write the citation keys of papers to the log, so that no later paper can change them.

    Keys are made from first author, year and title; an earlier paper of the same key that comes later would take the
    bare one. Pin keys when you begin to cite. Keys that are pinned already are left as they are.

    Parameters
    ----------
    papers
        Papers of `load_catalogue` (``citation_key``, ``provenance``), all or a selection.
    log
        The log of the reviewer who pins.
    reason
        Kept with each event.

    Returns
    -------
    int
        How many keys were pinned now.

    Raises
    ------
    NotSaved
        The disk refused; keys before the one named are pinned, and pinning again goes on with the rest.
    """
    loose = papers[["citation_key" not in places for places in papers["provenance"]]]
    for paper in loose.to_dict("records"):
        log.correct(paper, "citation_key", paper["citation_key"], reason=reason)
    return len(loose)
