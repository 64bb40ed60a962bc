"""The screener: title and abstract, a decision by key or button, the next paper already there."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

import pandas as pd
import traitlets

from ..errors import LogError
from ..protocol import Protocol
from ..review_log import ReviewLog
from ..schema import MODES, STAGES
from ..screening.decisions import check_word, stage_decisions
from ..screening.queues import ORDERS, QUEUES, order_places, reviewer_queues
from ..stopping import evidence_in_words, stopping_evidence
from .act_widget import AHEAD, ActWidget
from .cards import SHOWN, PaperShelf
from .learner import Learner
from .screener_settings import DECISION_LABELS, KEYMAPS, MOST_AHEAD, QUEUE_LABELS, STAGE_LABELS, screener_settings
from .standing import Standing

RANKED_AT_ONCE = 5_000
CONTEXT = ("model", "seed", "training_size", "rank")
NO_PAPER = ""  # what a stop is about


class Screener(ActWidget):
    """Screen papers by title and abstract or by full text; every decision is an event of the log.

    It opens at the first undecided paper of the reviewer's queue. Keys and buttons: include, exclude, maybe, a digit to
    exclude for a reason, note, undo, search; ``?`` lists them.

    Parameters
    ----------
    papers
        A papers table.
    log
        The log of the reviewer who screens.
    stage
        ``title_abstract``, ``retrieval`` or ``full_text``.
    protocol
        Gives the criteria in view, the reasons, the highlighted terms and the mode.
    mode
        ``single`` or ``dual``; by default the protocol's, or ``single``.
    order
        As for :func:`~review_kit.screening.screening_queue`; ``ranked`` learns in the background as one decides, and
        is random until there is an include and an exclude to learn from. Conflicts come as listed.
    fields
        What is shown beside title and text (``authors, year, venue, links`` by default); leave out what the reviewer
        should not see.
    keys
        The key preset: ``review_kit``, ``rayyan`` or ``asreview``. The reader may switch it.
    queue
        The queue it opens with, as for :func:`~review_kit.screening.screening_queue`; the reader may switch it. In
        ``conflicts`` decisions are final and show who decided what. ``done`` holds what this reviewer decided.
    seed
        For the random order, and for the ranking.
    key_papers
        ``paper_id`` of papers known to be relevant, for the evidence on when to stop.

    Raises
    ------
    ReviewKitError
        An option is not one of those above.
    """

    script = "screener.js"
    kinds = ("decide", "note", "stop")
    key_preset = traitlets.Enum(list(KEYMAPS), "review_kit").tag(sync=True)

    def __init__(
        self, papers: pd.DataFrame, log: ReviewLog, *, stage: str = "title_abstract", protocol: Protocol | None = None,
        mode: str | None = None, order: str = "ranked", fields: Sequence[str] = SHOWN,
        keys: str = "review_kit", queue: str = "mine", seed: int = 0, key_papers: Sequence[str] = (),
    ) -> None:
        check_word(stage, STAGES, "stage")
        check_word(keys, tuple(KEYMAPS), "keys")
        check_word(order, ORDERS, "order")
        check_word(queue, QUEUES, "queue")
        self.papers, self.stage, self.seed, self.key_papers = papers, stage, seed, list(key_papers)
        self.mode = mode or (protocol.mode if protocol else "single")
        check_word(self.mode, tuple(MODES), "mode")
        self.order, self.queue, self._ahead = order, queue, AHEAD
        self._reasons = protocol.reasons.get(stage, ()) if protocol else ()
        self._shelf = PaperShelf(papers, fields)
        self._standing = Standing(papers, stage=stage, reviewer=log.reviewer, mode=self.mode)
        self._learner = Learner(papers, stage=stage, reviewer=log.reviewer, seed=seed)
        settings = screener_settings(stage, protocol or Protocol(""), self._shelf.fields, mode=self.mode)
        super().__init__(log, key_preset=keys, settings=settings)

    def decide(self, record_id: str, decision: str, *, reason: str | None = None) -> str:
        """Decide on a paper as a click does, and return the event_id."""
        return self._act("decide", record_id, decision=decision, reason=reason)

    def note(self, record_id: str, text: str) -> str:
        """Write a note as the note box does, and return the event_id."""
        return self._act("note", record_id, text=text)

    def stop(self, reason: str, *, stated: Sequence[str] = ()) -> str:
        """Stop screening early as the stop button does, with the evidence of now, and return the event_id."""
        return self._act("stop", NO_PAPER, reason=reason, stated=list(stated))

    def summary(self) -> str:
        """How far the stage is, in one line."""
        return f"{STAGE_LABELS[self.stage].lower()}, {self.progress['done']} of {self.progress['total']} decided"

    def _room(self) -> str:
        return f"Screener {self.stage}"

    def _concerns(self, event: Mapping[str, Any]) -> bool:
        return event["kind"] == "note" or event["stage"] == self.stage

    def _key(self, act: Mapping[str, Any]) -> str | None:
        return NO_PAPER if act["kind"] == "stop" else self._shelf.paper_id(act.get("record_id"))

    def _write(self, act: Mapping[str, Any], key: str, event_id: str | None) -> tuple[str, dict[str, Any]]:
        if act["kind"] == "stop":
            return self._write_stop(act, event_id), {"value": None}
        row = self._shelf.row(key)
        if act["kind"] == "note":
            text = str(act.get("text", ""))
            return self.review_log.note(row, text, stage=self.stage, event_id=event_id), {"value": text}
        decision, reason = act.get("decision"), act.get("reason") or None
        self._check_reason(decision, reason)
        # An act that comes late, from a queue that was left since, means what it meant there.
        final = self._standing.is_final(key, act.get("queue", self.queue))
        shown_by = act.get("context") or self._context(key)
        context = {name: value for name, value in shown_by.items() if name in CONTEXT}
        made = self.review_log.decide(
            row, decision, stage=self.stage, reason=reason, final=final, context=context, event_id=event_id,
        )
        return made, {"value": decision, "reason": reason, "final": final}

    def _check_reason(self, decision: str, reason: str | None) -> None:
        """Refuse a reason that the protocol does not list, where PRISMA counts reasons."""
        if self.stage == "full_text" and decision == "exclude" and self._reasons and reason not in self._reasons:
            raise LogError(f"reason: expected one of the protocol's, {'; '.join(self._reasons)}; found {reason!r}. "
                           "Nothing was recorded.")

    def _write_stop(self, act: Mapping[str, Any], event_id: str | None) -> str:
        """Log that screening stops here, with the evidence of now."""
        return self.review_log.stop(self._standing.undecided(), stage=self.stage, reason=act.get("reason"),
                                    event_id=event_id, evidence=self._evidence(act))

    def _evidence(self, asked: Mapping[str, Any]) -> pd.Series:
        """What speaks for stopping now, as far as this reviewer may know."""
        return stopping_evidence(
            self.papers, self.review_log.events, stage=self.stage, reviewer=self.review_log.reviewer,
            key_papers=self.key_papers, stated=asked.get("stated") or (),
        )

    def _reload(self, events: pd.DataFrame) -> None:
        self._standing = Standing(self.papers, stage=self.stage, reviewer=self.review_log.reviewer, mode=self.mode)
        for key, acts in self._history.items():
            self._standing.look_up(key, acts)
        self._learn()
        if len(self.papers) <= RANKED_AT_ONCE:
            self._learner.wait()
            self._learner.take()
        self._read_queues(events)
        self._stages = self._other_stages(events)

    def _read_queues(self, events: pd.DataFrame) -> None:
        """Work out what waits, differs and is done."""
        order = order_places(self.papers, order=self.order, ranking=self._learner.ranking, seed=self.seed)
        self._standing.read(events, order=order)

    def _other_stages(self, events: pd.DataFrame) -> list[dict[str, Any]]:
        """How far the reviewer is at the other stages, those with nothing to do left out."""
        found, reviewer = [], self.review_log.reviewer
        for stage in (other for other in STAGES if other != self.stage):
            decided = stage_decisions(self.papers, events, stage=stage)
            done = int(((decided["reviewer"] == reviewer) & ~decided["final"]).sum())
            waits = reviewer_queues(self.papers, events, stage=stage, reviewer=reviewer, mode=self.mode) == "mine"
            if total := done + int(waits.sum()):
                found.append({"label": STAGE_LABELS[stage], "done": done, "total": total})
        return found

    def _changed(self, key: str) -> None:
        if key == NO_PAPER:
            self._read_queues(self.review_log.events)
            return
        self._standing.change(key, self._history.get(key, ()))
        self._learn()

    def _learn(self) -> None:
        """Start to rank anew in the background when enough decisions have come."""
        decided = len(self._standing.own.decisions)
        if self.order == "ranked" and self._learner.is_due(decided):
            self._learner.start(lambda: self.review_log.events, decided)

    def _at_leisure(self) -> None:
        """Take in a new ranking."""
        if self._learner.take():
            self._standing.queues.rank(self._learner.rank)
            self._learn()
            self._show()

    def _questions(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        return {"search": self._search, "card": self._asked_card, "later": self._put_off, "queue": self._choose_queue,
                "more": self._send_more, "evidence": self._tell_evidence}

    def _asked_card(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """The card of a paper that is not sent ahead."""
        return self._card(str(asked.get("record_id")))

    def _search(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Papers with these words in the title, and what the reviewer decided on them."""
        states = {key: decision for key, (decision, _) in self._standing.tally(self.queue).decisions.items()}
        return self._shelf.found(str(asked.get("text", "")), states)

    def _put_off(self, asked: Mapping[str, Any]) -> None:
        """Move a paper to the end of the queue, for this session."""
        if self._standing.queues.put_off(self.queue, str(asked.get("record_id"))):
            self._show()

    def _choose_queue(self, asked: Mapping[str, Any]) -> bool:
        """Show another queue."""
        if asked.get("queue") in QUEUES:
            self.queue, self._ahead = str(asked["queue"]), AHEAD
            self._show()
        return True

    def _send_more(self, asked: Mapping[str, Any]) -> None:
        """Send more cards ahead, for somebody who goes through the list."""
        self._ahead = min(2 * self._ahead, MOST_AHEAD)
        self._show()

    def _tell_evidence(self, asked: Mapping[str, Any]) -> list[str]:
        """What speaks for stopping, in words."""
        return evidence_in_words(self._evidence(asked))

    def _cards(self) -> list[dict[str, Any]]:
        return [self._card(key) for key in islice(self._standing.queues.by_name[self.queue], self._ahead)]

    def _card(self, key: str) -> dict[str, Any] | None:
        if key not in self._shelf.place:
            return None
        decision, reason = self._standing.decision(key, self.queue)
        note = self._last(key, "note")
        return {
            **self._shelf.card(key), "note": note["value"] if note else "", "decision": decision, "reason": reason,
            "state": self._standing.says(key), "context": self._context(key),
            "others": self._standing.votes(key, self.queue),
        }

    def _count(self) -> dict[str, Any]:
        tally, queues = self._standing.tally(self.queue), self._standing.queues.by_name
        done, waiting = len(tally.decisions), queues["conflicts" if self.queue == "conflicts" else "mine"]
        return {
            "done": done, "total": done + len(waiting), "counts": dict(tally.counts), "streak": tally.streak(),
            "reasons": {reason: n for reason, n in tally.reasons.items() if n}, "stages": self._stages,
            "order": "" if self._is_listed else self._learner.says(), "queue": self.queue,
            "queues": [{"name": name, "label": label, "n": len(queues[name])} for name, label in QUEUE_LABELS.items()],
            "stops": self._standing.stops,
        }

    @property
    def _is_listed(self) -> bool:
        """Whether no ranking decides which paper comes next."""
        return self.order == "listed" or self.queue != "mine"

    def _context(self, key: str) -> dict[str, Any]:
        """How a paper came to be shown, to be logged with its decision."""
        return {} if self._is_listed else self._learner.context(key)

    def _says(self, key: str, event_id: str) -> str:
        if key == NO_PAPER:
            return "Stop screening"
        event = next(event for event in self._history[key] if event["event_id"] == event_id)
        what = "note" if event["kind"] == "note" else DECISION_LABELS[event["value"]][0]
        return f"{what}: {self._shelf.title(key)}"
