"""Papers one after another in the order of the table: what tagging and note taking share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from ..events import current_events
from ..protocol import Protocol
from ..review_log import ReviewLog
from ..schema import STAGES
from ..screening.decisions import is_unblinded
from .act_widget import AHEAD, ActWidget
from .cards import SHOWN, PaperShelf

BEHIND = 2


class RowWidget(ActWidget):
    """Go through papers that stay where they are; it opens at the first one that is not done by this reviewer.

    Parameters
    ----------
    papers
        A papers table.
    log
        The log of the reviewer who works.
    protocol
        The protocol of the review.
    fields
        What is shown beside title and text.
    others
        Whether what others did is shown, with their names; without, the reviewer works blinded. Notes that others took
        while screening are shown once their stage is unblinded.
    """

    def __init__(
        self, papers: pd.DataFrame, log: ReviewLog, protocol: Protocol, *,
        fields: Sequence[str] = SHOWN, others: bool = True,
    ) -> None:
        self.papers, self.protocol, self.others = papers, protocol, others
        self._shelf = PaperShelf(papers, fields)
        self._at: int | None = None
        super().__init__(log, settings=self._settings())

    def _settings(self) -> dict[str, Any]:
        """What the browser needs to know once."""
        return {"highlight": {kind: list(terms) for kind, terms in self.protocol.highlight.items()}}

    def _is_done(self, key: str) -> bool:
        """Whether a paper needs no more work of this reviewer."""
        raise NotImplementedError

    def _is_covered(self, key: str) -> bool:
        """Whether the work on a paper was done, by anyone."""
        return self._is_done(key)

    def _key(self, act: Mapping[str, Any]) -> str | None:
        return self._shelf.paper_id(act.get("record_id"))

    def _reload(self, events: pd.DataFrame) -> None:
        acts = current_events(events)[lambda table: table["kind"].isin(self.kinds)] if self.others else events[:0]
        self._order = {event_id: place for place, event_id in enumerate(acts["event_id"])}
        self._theirs: dict[str, list[dict[str, Any]]] = {}
        # A note taken while screening tells how its author decides: it is blinded like the decision.
        may_see = acts["stage"].isna() | acts["stage"].isin([s for s in STAGES if is_unblinded(events, stage=s)])
        for event in acts[may_see & (acts["reviewer"] != self.review_log.reviewer)].to_dict("records"):
            if (key := self._key(event)) is not None:
                self._theirs.setdefault(key, []).append(event)
        self._done = {key for key in self._history if self._is_done(key)}
        self._covered = {key for key in {*self._history, *self._theirs} if self._is_covered(key)}
        if self._at is None:
            self._at = self._next_open_place(-1) or 0

    def _changed(self, key: str) -> None:
        for keys, belongs in ((self._done, self._is_done(key)), (self._covered, self._is_covered(key))):
            if belongs:
                keys.add(key)
            else:
                keys.discard(key)

    def _acts_about(self, key: str) -> list[dict[str, Any]]:
        """The acts about a paper in the order of the log: those of others, and this reviewer's until now."""
        acts = [*self._theirs.get(key, ()), *self._history.get(key, ())]
        return sorted(acts, key=lambda event: self._order.get(event["event_id"], len(self._order)))

    def _next_open_place(self, place: int) -> int | None:
        """The next place after this one, from the beginning after the end, whose paper is not done."""
        ids = self._shelf.ids
        places = (*range(place + 1, len(ids)), *range(min(place + 1, len(ids))))
        return next((p for p in places if ids[p] not in self._done), None)

    def _questions(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        return {"search": self._search, "go": self._go, "next_open": self._next_open}

    def _search(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Papers with these words in the title."""
        return self._shelf.found(str(asked.get("text", "")), dict.fromkeys(self._done, "done"))

    def _go(self, asked: Mapping[str, Any]) -> None:
        """Bring the cards around a paper."""
        place = self._shelf.place.get(asked.get("record_id"))
        if place is not None:
            self._at = place
            self._show()

    def _next_open(self, asked: Mapping[str, Any]) -> str | None:
        """The next paper that is not done."""
        place = self._next_open_place(self._shelf.place.get(asked.get("record_id"), -1))
        return None if place is None else self._shelf.ids[place]

    def _cards(self) -> list[dict[str, Any]]:
        first = max((self._at or 0) - BEHIND, 0)
        return [self._card(key) for key in self._shelf.ids[first : first + AHEAD]]

    def _count(self) -> dict[str, Any]:
        at = self._shelf.ids[self._at] if self._shelf.ids else None
        return {"done": len(self._covered), "mine": len(self._done), "total": len(self._shelf.ids), "at": at}
