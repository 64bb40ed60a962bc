"""Rank papers by likely relevance, learned from the decisions so far. Ranking orders the reading; it never decides."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from .relevance import MODEL, RelevanceModel
from .screening.decisions import all_decisions, is_unblinded
from .screening.status import random_places
from .text_features import PaperFeatures, paper_features

RANDOM_ORDER = "random order"
# At retrieval "retrieved" only says that the report was got, but whoever is there was thought relevant before.
RELEVANT = ("include", "maybe", "retrieved")


def rank_papers(
    papers: pd.DataFrame, events: pd.DataFrame, *,
    stage: str, reviewer: str | None = None, seed: int = 0, features: PaperFeatures | None = None,
) -> pd.Series:
    """Rank papers by likely relevance, best first, learning from the decisions so far.

    It decides nothing and leaves no paper out: papers with a decision are ranked too (a high one among the excluded is
    worth a second look). The same decisions and seed give the same ranking on every platform and whatever the order
    of the rows of `papers`; equal scores are ordered by ``paper_id``.

    Parameters
    ----------
    papers
        A papers table; title, abstract (summary where there is none) and keywords are read, in any language.
    events
        An events table; decisions at `stage` are learned from, include and maybe both as relevant.
    stage
        One of ``schema.STAGES``.
    reviewer
        Learn only from this reviewer's decisions, unless the stage was unblinded, so that the order gives nothing away.
    seed
        Draws the random order while there is not yet one relevant and one irrelevant paper to learn from.
    features
        ``paper_features(papers)``, kept between calls to save time.

    Returns
    -------
    Series
        ``relevance`` by ``paper_id``, best first. ``.attrs`` says ``model``, ``seed`` and ``training_size``;
        :func:`ranking_context` gives them with the rank of a paper, to be logged with its decision.

    Raises
    ------
    ReviewKitError
        The stage is unknown.

    See Also
    --------
    review_kit.relevance.RelevanceModel : The model, and what else was tried.
    """
    decided = relevance_labels(papers, events, stage=stage, reviewer=reviewer)
    if decided.nunique() < 2:
        return random_ranking(papers, seed=seed, training_size=len(decided))
    features = paper_features(papers) if features is None else features
    decided = decided[decided.index.isin(features.paper_ids)]
    rows = features.paper_ids.get_indexer(decided.index)
    scores = RelevanceModel(features, seed=seed).scores(rows, decided.to_numpy(dtype=bool))
    ranking = pd.Series(scores, index=features.paper_ids, name="relevance", dtype="float64")
    ranking = ranking.sort_values(ascending=False, kind="stable")
    ranking.attrs = {"model": MODEL, "seed": seed, "training_size": len(decided)}
    return ranking


def random_ranking(papers: pd.DataFrame, *, seed: int = 0, training_size: int = 0) -> pd.Series:
    """Put papers into a random order, the one that ``screening_queue(..., order="random")`` has for the seed.

    Parameters
    ----------
    papers
        A papers table (``paper_id``).
    seed
        The same seed gives the same order on every platform, whatever the order of the rows.
    training_size
        How many decisions there were, too much alike to learn from.

    Returns
    -------
    Series
        As :func:`rank_papers` gives it, with the ``model`` ``RANDOM_ORDER``.
    """
    paper_ids = papers["paper_id"].astype(str).to_numpy(dtype=object)[random_places(papers, seed=seed)]
    ranking = pd.Series(np.linspace(1, 0, len(paper_ids), endpoint=False), index=paper_ids, name="relevance")
    ranking.attrs = {"model": RANDOM_ORDER, "seed": seed, "training_size": training_size}
    return ranking


def ranking_context(ranking: pd.Series, paper_id: str) -> dict[str, Any]:
    """Say how a paper came to be shown: model, seed, training size and its rank, for the ``context`` of an event.

    Parameters
    ----------
    ranking
        As made by :func:`rank_papers`, or the part of it that was shown.
    paper_id
        The paper; 1 is the first rank.

    Returns
    -------
    dict
        ``model, seed, training_size, rank``; rank is None for a paper that is not in the ranking.
    """
    place = np.flatnonzero(ranking.index == paper_id)
    return {**ranking.attrs, "rank": int(place[0]) + 1 if len(place) else None}


def relevance_labels(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, reviewer: str | None = None,
) -> pd.Series:
    """Say for every paper decided at a stage whether it was found relevant, in the order of screening.

    A final decision settles a paper; else it is relevant when any reviewer's last decision is include or maybe.
    A decision that is changed later keeps the paper's place in the order.

    Parameters
    ----------
    papers, events, stage, reviewer
        As for :func:`rank_papers`.

    Returns
    -------
    Series
        ``relevant`` (bool) by ``paper_id``; papers without a decision are not in it.
    """
    decided = visible_decisions(papers, events, stage=stage, reviewer=reviewer)
    decided = decided.assign(relevant=decided["decision"].isin(RELEVANT).astype(bool))
    votes = decided[~decided["final"]].drop_duplicates(["paper_id", "reviewer"], keep="last")
    voted = votes.groupby("paper_id")["relevant"].any()
    final = decided[decided["final"]].drop_duplicates("paper_id", keep="last").set_index("paper_id")["relevant"]
    order = pd.Index(decided["paper_id"].drop_duplicates().to_numpy(dtype=object))
    return pd.concat([final, voted[~voted.index.isin(final.index)]]).reindex(order).astype(bool).rename("relevant")


def visible_decisions(
    papers: pd.DataFrame, events: pd.DataFrame, *, stage: str, reviewer: str | None
) -> pd.DataFrame:
    """List all decisions at a stage, but only the reviewer's own while it is blinded; columns as in stage_decisions."""
    decided = all_decisions(papers, events, stage=stage)
    if reviewer is None or is_unblinded(events, stage=stage):
        return decided
    return decided[decided["reviewer"] == reviewer]
