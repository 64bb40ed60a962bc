"""Ranking in the background: a thread learns while the reader decides."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pandas as pd

from ..errors import ReviewKitError
from ..ranking import RANDOM_ORDER, random_ranking, rank_papers
from ..text_features import PaperFeatures, paper_features


class Learner:
    """The present ranking of a stage, learned anew as decisions come: `ranking`, and each paper's `rank` (1 is best).

    It begins with the random order that a ranking is before there is anything to learn from.

    Parameters
    ----------
    papers
        A papers table.
    stage, reviewer, seed
        As for :func:`~review_kit.ranking.rank_papers`.
    """

    def __init__(self, papers: pd.DataFrame, *, stage: str, reviewer: str, seed: int) -> None:
        self.papers, self.stage, self.reviewer, self.seed = papers, stage, reviewer, seed
        self.ranking = random_ranking(papers, seed=seed)
        self.rank = _ranks(self.ranking)
        self.trouble = ""
        self._features: PaperFeatures | None = None
        self._thread: threading.Thread | None = None
        self._ready: tuple[pd.Series, dict[str, int]] | None = None
        self._learned_from = 0

    def is_due(self, decided: int) -> bool:
        """Whether enough was decided since the last time: every decision at first, then every twentieth part."""
        return decided >= 2 and abs(decided - self._learned_from) >= max(1, decided // 20)

    def start(self, read_events: Callable[[], pd.DataFrame], decided: int) -> None:
        """Read the events and learn from them in the background, unless a thread is at it."""
        if self._thread is None or not self._thread.is_alive():
            self._learned_from = decided
            self._thread = threading.Thread(target=self._learn, args=(read_events,), daemon=True)
            self._thread.start()

    def wait(self) -> None:
        """Wait until the ranking under way is ready."""
        if self._thread is not None:
            self._thread.join()

    def take(self) -> bool:
        """Use what the thread has learned; whether there was anything new."""
        ready, self._ready = self._ready, None
        if ready is None:
            return False
        self.ranking, self.rank = ready
        return True

    def context(self, paper_id: str) -> dict[str, Any]:
        """How the paper came to be shown, to be logged with its decision."""
        return {**self.ranking.attrs, "rank": self.rank.get(paper_id)}

    def says(self) -> str:
        """Why the papers come in this order."""
        if self.trouble or self.ranking.attrs["model"] == RANDOM_ORDER:
            return self.trouble or RANDOM_ORDER
        return f"ranked by {self.ranking.attrs['training_size']} decisions"

    def _learn(self, read_events: Callable[[], pd.DataFrame]) -> None:
        """Rank; the result waits in place, because only messages may speak to the browser."""
        try:
            if self._features is None:
                self._features = paper_features(self.papers)
            ranking = rank_papers(
                self.papers, read_events(), stage=self.stage, reviewer=self.reviewer, seed=self.seed,
                features=self._features,
            )
            self._ready = ranking, _ranks(ranking)
            self.trouble = ""
        except (ReviewKitError, OSError) as error:
            self.trouble = f"Not ranked: {error}"


def _ranks(ranking: pd.Series) -> dict[str, int]:
    """Each paper's rank, 1 for the best."""
    return {paper_id: rank for rank, paper_id in enumerate(ranking.index.tolist(), start=1)}
