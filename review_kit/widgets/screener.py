"""The screener: title and abstract, a decision by key or button, the next paper already there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

import pandas as pd
import traitlets

from ..errors import LogError
from ..protocol import Protocol
from ..review_log import ReviewLog
from ..schema import DECISIONS, STAGES
from ..screening import screening_queue
from ..screening.decisions import check_word, stage_decisions
from ..screening.status import ORDERS
from .act_widget import AHEAD, ActWidget
from .cards import FIELDS, PaperShelf
from .learner import Learner

STAGE_LABELS = {"title_abstract": "Title and abstract", "retrieval": "Retrieval", "full_text": "Full text"}
DECISION_LABELS = {
    "include": ("Include", "include"), "exclude": ("Exclude", "exclude"), "maybe": ("Maybe", "maybe"),
    "retrieved": ("Retrieved", "include"), "not_retrieved": ("Not retrieved", "exclude"),
}
# Rayyan's `i` includes, ASReview's `i` means irrelevant: a preset is chosen in the open, never guessed.
KEYMAPS = {
    "review_kit": {"include": ["i", "y"], "exclude": ["e", "x"], "maybe": ["u", "m"]},
    "rayyan": {"include": ["i"], "exclude": ["e"], "maybe": ["u"]},
    "asreview": {"include": ["r"], "exclude": ["i"], "maybe": ["m"]},
}
WORKED = ("mine", "conflicts")
RANKED_AT_ONCE = 5_000
CONTEXT = ("model", "seed", "training_size", "rank")


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
        What is shown beside title and text; leave out what the reviewer should not see.
    keys
        The key preset: ``review_kit``, ``rayyan`` or ``asreview``. The reader may switch it.
    queue
        ``mine``, or ``conflicts`` to settle them: decisions are then final and show who decided what.
    seed
        For the random order, and for the ranking.

    Raises
    ------
    ReviewKitError
        An option is not one of those above.
    """

    script = "screener.js"
    kinds = ("decide", "note")
    key_preset = traitlets.Enum(list(KEYMAPS), "review_kit").tag(sync=True)

    def __init__(
        self, papers: pd.DataFrame, log: ReviewLog, *, stage: str = "title_abstract", protocol: Protocol | None = None,
        mode: str | None = None, order: str = "ranked", fields: Sequence[str] = ("authors", "year", "venue"),
        keys: str = "review_kit", queue: str = "mine", seed: int = 0,
    ) -> None:
        check_word(stage, STAGES, "stage")
        check_word(keys, tuple(KEYMAPS), "keys")
        check_word(order, ORDERS, "order")
        check_word(queue, WORKED, "queue")
        self.papers, self.stage, self.seed = papers, stage, seed
        self.mode = mode or (protocol.mode if protocol else "single")
        self.order, self.queue = order, queue
        self._shelf = PaperShelf(papers, fields)
        self._learner = Learner(papers, stage=stage, reviewer=log.reviewer, seed=seed)
        super().__init__(log, key_preset=keys, settings=_settings(stage, protocol or Protocol(""), self._shelf.fields))

    def decide(self, record_id: str, decision: str, *, reason: str | None = None) -> str:
        """Decide on a paper as a click does, and return the event_id."""
        return self._act("decide", record_id, decision=decision, reason=reason)

    def note(self, record_id: str, text: str) -> str:
        """Write a note as the note box does, and return the event_id."""
        return self._act("note", record_id, text=text)

    def summary(self) -> str:
        """How far the stage is, in one line."""
        return f"{STAGE_LABELS[self.stage].lower()}, {self.progress['done']} of {self.progress['total']} decided"

    def _room(self) -> str:
        return f"Screener {self.stage} {self.queue}"

    def _concerns(self, event: Mapping[str, Any]) -> bool:
        # What settles a conflict is no independent decision, so the two queues count different events.
        settles = not pd.isna(event["final"]) and bool(event["final"])
        return event["kind"] == "note" or (event["stage"] == self.stage and settles == (self.queue == "conflicts"))

    def _key(self, act: Mapping[str, Any]) -> str | None:
        return self._shelf.paper_id(act.get("record_id"))

    def _write(self, act: Mapping[str, Any], key: str, event_id: str | None) -> tuple[str, dict[str, Any]]:
        row = self._shelf.row(key)
        if act["kind"] == "note":
            text = str(act.get("text", ""))
            return self.review_log.note(row, text, stage=self.stage, event_id=event_id), {"value": text}
        decision, reason = act.get("decision"), act.get("reason") or None
        if self.queue == "conflicts" and key not in self._others:
            raise LogError("not in conflict; only conflicts are settled here. Nothing was recorded.")
        shown_by = act.get("context") or self._context(key)
        context = {name: value for name, value in shown_by.items() if name in CONTEXT}
        made = self.review_log.decide(
            row, decision, stage=self.stage, reason=reason, final=self.queue == "conflicts",
            context=context, event_id=event_id,
        )
        return made, {"value": decision, "reason": reason}

    def _reload(self, events: pd.DataFrame) -> None:
        self._decisions: dict[str, tuple[str, str | None]] = {}
        for key in self._history:
            self._look_up(key)
        self._counts = Counter(decision for decision, _ in self._decisions.values())
        self._reasons = Counter(reason for _, reason in self._decisions.values() if reason)
        self._learn()
        if len(self.papers) <= RANKED_AT_ONCE:
            self._learner.wait()
            self._learner.take()
        self._pending = dict.fromkeys(self._waiting(events, self.stage), False)
        self._stages = self._other_stages(events)
        # A search reaches every paper, so only those in conflict, or settled by this reviewer, show who decided what.
        settled = {*self._pending, *self._decisions} if self.queue == "conflicts" else set()
        self._others = _decisions_by_paper(self.papers, events, self.stage, settled)

    def _waiting(self, events: pd.DataFrame, stage: str) -> list[str]:
        """The papers of the reviewer's queue at a stage, in order."""
        return screening_queue(
            self.papers[["paper_id", "record_ids"]], events, stage=stage, reviewer=self.review_log.reviewer,
            order="listed" if self._is_listed else self.order, queue=self.queue, mode=self.mode,
            ranking=self._learner.ranking, seed=self.seed,
        )["paper_id"].tolist()

    def _other_stages(self, events: pd.DataFrame) -> list[dict[str, Any]]:
        """How far the reviewer is at the other stages, those with nothing to do left out."""
        found = []
        for stage in (other for other in STAGES if other != self.stage):
            decided = stage_decisions(self.papers, events, stage=stage)
            done = int(((decided["reviewer"] == self.review_log.reviewer) & ~decided["final"]).sum())
            total = done + len(self._waiting(events, stage))
            if total:
                found.append({"label": STAGE_LABELS[stage], "done": done, "total": total})
        return found

    def _look_up(self, key: str) -> None:
        """Take the reviewer's decision on a paper from the history."""
        self._decisions.pop(key, None)
        if last := self._last(key, "decide"):
            reason = last.get("reason")
            self._decisions[key] = (last["value"], None if pd.isna(reason) else reason)

    def _changed(self, key: str) -> None:
        before = self._decisions.get(key)
        self._look_up(key)
        after = self._decisions.get(key)
        for decided, step in ((before, -1), (after, 1)):
            if decided:
                self._counts[decided[0]] += step
                self._reasons[decided[1]] += step if decided[1] else 0
        if after:
            self._pending.pop(key, None)
        elif before:
            self._pending = {key: False, **self._pending}
        self._learn()

    def _learn(self) -> None:
        """Start to rank anew in the background when enough decisions have come."""
        if self.order == "ranked" and self.queue == "mine" and self._learner.is_due(len(self._decisions)):
            self._learner.start(lambda: self.review_log.events, len(self._decisions))

    def _at_leisure(self) -> None:
        """Take in a new ranking: the papers that wait are put in its order; what was put off stays last."""
        if self._learner.take():
            ranked = (key for key in self._learner.rank if self._pending.get(key) is False)
            self._pending = {**dict.fromkeys(ranked, False), **self._pending}
            self._learn()
            self._show()

    def _questions(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        return {"search": self._search, "card": self._asked_card, "later": self._put_off}

    def _asked_card(self, asked: Mapping[str, Any]) -> dict[str, Any] | None:
        """The card of a paper that is not sent ahead."""
        return self._card(str(asked.get("record_id")))

    def _search(self, asked: Mapping[str, Any]) -> dict[str, Any]:
        """Papers with these words in the title, and what the reviewer decided on them."""
        states = {key: decision for key, (decision, _) in self._decisions.items()}
        return self._shelf.found(str(asked.get("text", "")), states)

    def _put_off(self, asked: Mapping[str, Any]) -> None:
        """Move a paper to the end of the queue, for this session."""
        key = str(asked.get("record_id"))
        if key in self._pending:
            del self._pending[key]
            self._pending[key] = True
            self._show()

    def _cards(self) -> list[dict[str, Any]]:
        return [self._card(key) for key in islice(self._pending, AHEAD)]

    def _card(self, key: str) -> dict[str, Any] | None:
        if key not in self._shelf.place:
            return None
        decision, reason = self._decisions.get(key, (None, None))
        note = self._last(key, "note")
        return {
            **self._shelf.card(key), "note": note["value"] if note else "", "decision": decision, "reason": reason,
            "state": f"you decided: {decision}{f' ({reason})' if reason else ''}" if decision else "",
            "context": self._context(key), "others": self._others.get(key, []),
        }

    def _count(self) -> dict[str, Any]:
        done = len(self._decisions)
        return {
            "done": done, "total": done + len(self._pending), "counts": dict(self._counts),
            "reasons": {reason: n for reason, n in self._reasons.items() if n}, "streak": self._streak(),
            "stages": self._stages, "order": "" if self._is_listed else self._learner.says(),
        }

    @property
    def _is_listed(self) -> bool:
        """Whether papers come as in the table."""
        return self.order == "listed" or self.queue == "conflicts"

    def _context(self, key: str) -> dict[str, Any]:
        """How a paper came to be shown, to be logged with its decision."""
        return {} if self._is_listed else self._learner.context(key)

    def _streak(self) -> int:
        """How many decisions have been made since the last include."""
        streak = 0
        for decision, _ in reversed(self._decisions.values()):
            if decision == "include":
                break
            streak += 1
        return streak

    def _says(self, key: str, event_id: str) -> str:
        event = next(event for event in self._history[key] if event["event_id"] == event_id)
        what = "note" if event["kind"] == "note" else DECISION_LABELS[event["value"]][0]
        return f"{what}: {self._shelf.title(key)}"


def _settings(stage: str, protocol: Protocol, fields: Sequence[str]) -> dict[str, Any]:
    """What the browser needs to know once."""
    exclude = "not_retrieved" if stage == "retrieval" else "exclude"
    return {
        "stage_label": STAGE_LABELS[stage], "exclude": exclude, "exclude_label": DECISION_LABELS[exclude][0],
        "decisions": [dict(zip(("value", "label", "action"), (d, *DECISION_LABELS[d]))) for d in DECISIONS[stage]],
        "reason_required": stage == "full_text", "reasons": list(protocol.reasons.get(stage, ())),
        "criteria": [{"kind": c.kind, "text": c.text} for c in protocol.criteria],
        "highlight": {kind: list(terms) for kind, terms in protocol.highlight.items()},
        "fields": [{"name": name, "label": FIELDS[name]} for name in fields], "keymaps": KEYMAPS,
    }


def _decisions_by_paper(
    papers: pd.DataFrame, events: pd.DataFrame, stage: str, wanted: set[str]
) -> dict[str, list[dict[str, Any]]]:
    """The decisions on wanted papers by reviewer, for those who settle conflicts."""
    found: dict[str, list[dict[str, Any]]] = {}
    if not wanted:
        return found
    decided = stage_decisions(papers, events, stage=stage)
    for row in decided[decided["paper_id"].isin(wanted)].to_dict("records"):
        reason = None if pd.isna(row["reason"]) else row["reason"]
        found.setdefault(row["paper_id"], []).append(
            {"reviewer": row["reviewer"], "decision": row["decision"], "reason": reason})
    return found
