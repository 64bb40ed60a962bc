"""ReviewLog: the one object that keeps what people decided. Everything else is a function of tables."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from .acts import (
    check_decision,
    check_word,
    foreign_events,
    now,
    paper_label,
    paper_labels,
    plain_value,
    record_id_of,
    reviewer_name,
    some_text,
    whole_event,
)
from .errors import LogError
from .events import act_to_undo, current_events
from .log_files import open_place
from .schema import STAGES, STOPPABLE, VERDICTS, check_correction, events_table, problems_table

__all__ = ["ReviewLog", "check_log", "current_events", "read_events"]

TOOL = "review_kit 0.1"


class ReviewLog:
    """The append-only log of a review, written in the name of one reviewer.

    Every act is one event. It is on disk when the method returns its ``event_id``; if it cannot be saved the method
    raises and nothing is recorded. Nothing is ever edited or deleted: :meth:`undo` is an event too. The same
    ``event_id`` given again is the same act, so a retry is harmless.

    Parameters
    ----------
    location
        The folder of the log, such as ``data/log``; one ``<reviewer>.jsonl`` per reviewer.
    reviewer
        Who acts: letters, digits and ``_ . @ + -``.

    Raises
    ------
    LogError
        The reviewer's name cannot be a file name, or the location is not a folder.

    Notes
    -----
    In a shared folder blinding is kept by the software only: everybody who may read the folder can read every file.
    """

    def __init__(self, location: str | Path, *, reviewer: str) -> None:
        self.reviewer = reviewer_name(reviewer)
        self.location = Path(location)
        self._place = open_place(location)
        self._cache: tuple[Any, pd.DataFrame] | None = None

    def __repr__(self) -> str:
        return f"ReviewLog({str(self.location)!r}, reviewer={self.reviewer!r})"

    @property
    def events(self) -> pd.DataFrame:
        """All events of all reviewers (an events table), in causal order; undone ones included."""
        version = self._place.version()
        if self._cache is None or self._cache[0] != version:
            self._cache = (version, events_table(self._place.read()))
        return self._cache[1].copy()

    @property
    def version_of_others(self) -> tuple[Any, ...]:
        """Changes when another reviewer's file changes; it says nothing of what was written, and reads no file."""
        return self._place.version(without=self.reviewer)

    @property
    def problems(self) -> pd.DataFrame:
        """Damaged lines of the log (a problems table); their events are not in :attr:`events`."""
        return problems_table(self._place.damage())

    def decide(
        self, record: Any, decision: str, *, stage: str, reason: str | None = None, final: bool = False, **act: Any
    ) -> str:
        """Record a screening decision and return its event_id.

        Parameters
        ----------
        record
            A ``record_id`` or ``paper_id``, or a row of papers or records (then the event also says what it is about).
        decision
            One of the stage's decisions, see ``schema.DECISIONS``.
        stage
            ``title_abstract``, ``retrieval`` or ``full_text``.
        reason
            Why; one primary reason is required to exclude at full text.
        final
            A consensus decision that settles a conflict; the originals stay.
        **act
            ``about``, ``context`` and ``event_id``, as for every act.

        Raises
        ------
        LogError
            The decision is not one of the stage's, or a reason is missing.
        NotSaved
            The disk refused; nothing was recorded.
        """
        check_decision(decision, stage, reason)
        return self._act("decide", record, decision, stage=stage, reason=reason, final=final, **act)

    def decide_all(
        self, papers: pd.DataFrame, decision: str, *, stage: str, reason: str | None = None, final: bool = False
    ) -> list[str]:
        """Record one decision for every row of papers, each an event of its own, and return their event_ids.

        They are written and made durable together.
        """
        check_decision(decision, stage, reason)
        events = [self._event("decide", row, decision, stage=stage, reason=reason, final=final)
                  for row in papers.to_dict("records")]
        self._place.append(self.reviewer, events)
        return [event["event_id"] for event in events]

    def tag(self, record: Any, tag: str, **act: Any) -> str:
        """Put a tag (the id of a taxonomy node, or a free word) on a paper."""
        return self._act("tag", record, some_text(tag, "tag"), **act)

    def untag(self, record: Any, tag: str, **act: Any) -> str:
        """Take a tag off a paper."""
        return self._act("untag", record, some_text(tag, "tag"), **act)

    def note(self, record: Any, text: str, **act: Any) -> str:
        """Write the reviewer's note on a paper; it takes the place of the earlier one, empty text clears it."""
        return self._act("note", record, str(text), **act)

    def extract(
        self, record: Any, item: str, value: Any, *, quote: str | None = None, where: str | None = None, **act: Any
    ) -> str:
        """Chart a value for an extraction item, with the words of the paper and their place."""
        charted = {"item": some_text(item, "item"), "value": value, "quote": quote, "where": where}
        return self._act("extract", record, {k: v for k, v in charted.items() if v is not None or k == "value"}, **act)

    def correct(self, record: Any, field: str, new: Any, *, reason: str, old: Any = None, **act: Any) -> str:
        """Correct a field of a record; the source and its defect stay visible."""
        new = plain_value(new)
        check_correction(field, new)
        value = {"field": field, "old": old, "new": new}
        return self._act("correct", record, value, reason=some_text(reason, "reason"), **act)

    def judge_pair(self, record_1: Any, record_2: Any, verdict: str, *, reason: str | None = None, **act: Any) -> str:
        """Say whether two records are one paper; a person's verdict outranks the computer's."""
        check_word(verdict, VERDICTS, "verdict")
        if label := paper_label(record_2):
            act["context"] = {**(act.get("context") or {}), "about_2": label}
        return self._act("judge_pair", record_1, {"record_id_2": record_id_of(record_2), "verdict": verdict},
                         reason=reason, **act)

    def assign(self, papers: pd.DataFrame, *, stage: str, reviewers: Sequence[str] | None = None) -> list[str]:
        """Give papers to reviewers for a stage and return the event_ids.

        Parameters
        ----------
        papers
            Rows with ``paper_id``; a plan of :func:`~review_kit.assign_papers` also says the reviewers of each.
        stage
            The stage they are to screen.
        reviewers
            Who gets all of `papers`; needed where `papers` is no plan.
        """
        check_word(stage, STAGES, "stage")
        if reviewers is None and "reviewers" not in papers:
            raise LogError("assign: expected reviewers, or a plan made by assign_papers")
        groups: dict[tuple[str, ...], list[int]] = {}
        for row, own in enumerate(papers["reviewers"] if reviewers is None else [reviewers] * len(papers)):
            groups.setdefault(tuple(own), []).append(row)
        events = [self._about_many("assign", papers.iloc[rows], {"reviewers": list(names)}, stage=stage)
                  for names, rows in groups.items()]
        self._place.append(self.reviewer, events)
        return [event["event_id"] for event in events]

    def stop(
        self, papers: pd.DataFrame, *, stage: str, reason: str, evidence: Mapping[str, Any] | pd.Series | None = None,
        **act: Any,
    ) -> str:
        """Stop screening early: these papers are left unscreened, unless somebody decides on them all the same.

        Papers that come to the review later are not touched. Undo it to go on screening.

        Parameters
        ----------
        papers
            Rows with ``paper_id``: what nobody is to screen any more. Papers with a decision keep it.
        stage
            ``title_abstract``; for reports that were not read PRISMA 2020 has no box.
        reason
            Why it is right to stop here.
        evidence
            What spoke for it, as :func:`~review_kit.stopping_evidence` gives it; kept in the event's ``context``.
        **act
            ``context`` and ``event_id``, as for every act.
        """
        check_word(stage, STOPPABLE, "stage at which screening can stop early")
        context = {**(act.pop("context", None) or {}), **({"evidence": dict(evidence)} if evidence is not None else {})}
        event = self._about_many("stop", papers, {}, stage=stage, reason=some_text(reason, "reason"),
                                 context=context, **act)
        self._place.append(self.reviewer, [event])
        return event["event_id"]

    def unblind(self, stage: str, *, reason: str | None = None, **act: Any) -> str:
        """Let reviewers see each other's decisions at a stage from now on."""
        check_word(stage, STAGES, "stage")
        return self._act("unblind", None, stage, stage=stage, reason=reason, **act)

    def undo(self, target: str | None = None, **act: Any) -> str:
        """Take back one of the reviewer's own events, by default the last one still in effect.

        Undoing an ``undo`` event brings the act back.

        Parameters
        ----------
        target
            The event_id of the act to take back.
        **act
            ``about``, ``context`` and ``event_id`` (of the undo itself), as for every act.

        Raises
        ------
        LogError
            There is nothing to undo, or the event is another reviewer's, or it was undone before.
        """
        # The rows as they are: the table of a long log takes half a second to build.
        own = self._place.read_own(self.reviewer)
        if known := own.get(act.get("event_id")):
            if known["kind"] == "undo":
                return act["event_id"]
            raise LogError(f"{act['event_id']}: already the id of another act; name the act to take back as `target`")
        row = act_to_undo(own, target, reviewer=self.reviewer)
        act.setdefault("about", row.get("about"))
        return self._act("undo", row.get("record_id"), row["event_id"], stage=row.get("stage"), **act)

    def adopt(self, events: pd.DataFrame) -> int:
        """Take in events of another tool or another copy of the log, under their own reviewers.

        Events whose id is already there are the same acts and are not stored again, so adopting twice adds nothing.

        Returns
        -------
        int
            How many events were new.
        """
        known, added = set(self.events["event_id"]), 0
        rows = [row for row in foreign_events(events) if row["event_id"] not in known]
        for reviewer in dict.fromkeys(row["reviewer"] for row in rows):
            theirs = [{**row, "tool": TOOL} for row in rows if row["reviewer"] == reviewer]
            added += self._place.append(reviewer, theirs)
        return added

    def _act(self, kind: str, record: Any, value: Any, **given: Any) -> str:
        """Append one event and return its id."""
        event = self._event(kind, record, value, **given)
        self._place.append(self.reviewer, [event])
        return event["event_id"]

    def _about_many(self, kind: str, papers: pd.DataFrame, value: dict[str, Any], **given: Any) -> dict[str, Any]:
        """Make an event about many papers, with what is known of each, so that it finds them again."""
        context = {**(given.pop("context", None) or {}), "abouts": paper_labels(papers)}
        return self._event(kind, None, {"record_ids": papers["paper_id"].tolist(), **value}, context=context, **given)

    def _event(self, kind: str, record: Any, value: Any, **given: Any) -> dict[str, Any]:
        """Make an event; nothing is written."""
        unknown = given.keys() - {"stage", "reason", "final", "about", "context", "event_id"}
        if unknown:
            raise TypeError(f"{kind}() got unknown arguments {sorted(unknown)}")
        return whole_event({
            "event_id": given.pop("event_id", None) or str(uuid.uuid4()), "at": now(), "reviewer": self.reviewer,
            "kind": kind, "record_id": record_id_of(record), "value": plain_value(value),
            "about": plain_value(paper_label(record)),
            **{k: plain_value(v) for k, v in given.items() if v is not None}, "tool": TOOL,
        })


def read_events(location: str | Path) -> pd.DataFrame:
    """Read the events of all reviewers from a log's folder (`location`); an empty table where there is none yet."""
    return events_table(open_place(location).read())


def check_log(location: str | Path) -> pd.DataFrame:
    """List every damaged, changed or missing line of the log at `location` (a problems table); empty means sound."""
    return problems_table(open_place(location).damage())
