"""Ranking in the background: a thread learns while the reader decides."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pandas as pd

from ..errors import ReviewKitError
from ..ranking import rank_papers
from ..relevance import PaperFeatures, paper_features


class Learner:
    """The present ranking of a stage, learned anew as decisions come: `ranking`, and each paper's `rank` (1 is best).

    Parameters
    ----------
    papers
        A papers table.
    stage, reviewer, seed
        As for :func:`~review_kit.ranking.rank_papers`.
    """

    def __init__(self, papers: pd.DataFrame, *, stage: str, reviewer: str, seed: int) -> None:
        self.papers, self.stage, self.reviewer, self.seed = papers, stage, reviewer, seed
        self.ranking: pd.Series | None = None
        self.trouble = ""
        self.rank: dict[str, int] = {}
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
        return {} if self.ranking is None else {**self.ranking.attrs, "rank": self.rank.get(paper_id)}

    def _learn(self, read_events: Callable[[], pd.DataFrame]) -> None:
        """Rank; the result waits in place, because only messages may speak to the browser."""
        try:
            if self._features is None:
                self._features = paper_features(self.papers)
            ranking = rank_papers(
                self.papers, read_events(), stage=self.stage, reviewer=self.reviewer, seed=self.seed,
                features=self._features,
            )
            self._ready = ranking, {paper_id: rank for rank, paper_id in enumerate(ranking.index.tolist(), start=1)}
            self.trouble = ""
        except ReviewKitError as error:
            self.trouble = f"Not ranked: {error}"
