"""What the widgets for acts share: an act goes from the browser to the log, and only then counts as saved.

The browser makes the ``event_id``, so an act sent twice is one event. Every act names the paper that was on screen.
Messages from the browser are ``act``, ``ask``, ``alive``, ``open`` and ``refresh``; the kernel answers ``saved`` (the
log has it), ``refused`` (with the log's own words), ``answer`` and ``alive``.
"""

from __future__ import annotations

import contextlib
import hashlib
import html
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, ClassVar

import anywidget
import pandas as pd
import traitlets

from ..errors import LogError, NotSaved, ReviewKitError
from ..events import current_events
from ..review_log import ReviewLog

STATIC = Path(__file__).parent / "static"
SHARED_SCRIPTS = ("act.js", "page.js", "deck.js")
AHEAD = 8
UNDOABLE = 20


def browser_module(script: str) -> str:
    """The browser's part of a widget as one ES module: the shared scripts, then the widget's own."""
    return "\n".join((STATIC / name).read_text(encoding="utf-8") for name in (*SHARED_SCRIPTS, script))


class ActWidget(anywidget.AnyWidget):
    """A widget whose every act is an event of the review log.

    A subclass names its `script` and the `kinds` of events it makes, and says how an act is written (``_write``), what
    is on show (``_show``) and what it counts (``_count``).

    Parameters
    ----------
    log
        The log of the reviewer who acts.
    """

    script: ClassVar[str]
    kinds: ClassVar[tuple[str, ...]]

    project = traitlets.Unicode().tag(sync=True)
    settings = traitlets.Dict().tag(sync=True)
    cards = traitlets.List().tag(sync=True)
    progress = traitlets.Dict().tag(sync=True)
    undoable = traitlets.List().tag(sync=True)
    news = traitlets.Bool(False, help="Others have written to the log since it was read.").tag(sync=True)

    def __init__(self, log: ReviewLog, **state: Any) -> None:
        self.review_log = log
        # JupyterLab may call back on a subshell thread while a cell uses the same widget.
        self._lock = threading.RLock()
        self._history: dict[str, list[dict[str, Any]]] = {}
        self._acts: dict[str, str] = {}
        self._known: set[str] = set()
        self._logged = 0
        self._reads = 0
        style = (STATIC / "act.css").read_text(encoding="utf-8")
        super().__init__(_esm=browser_module(self.script), _css=style, **state)
        self.project = self._project_id()
        self.refresh()
        self.on_msg(self._receive)

    _esm = traitlets.Unicode().tag(sync=True)
    _css = traitlets.Unicode().tag(sync=True)

    def refresh(self) -> None:
        """Read the log again, as when it was written by a cell or by another widget."""
        with self._lock:
            # Before reading: what comes in between is told once too often rather than never.
            self._seen = self.review_log.version_of_others
            events = self.review_log.events
            self._logged = len(events)
            self._reads += 1
            mine = events[events["reviewer"] == self.review_log.reviewer]
            self._known = set(mine["event_id"])
            self._history, self._acts = {}, {}
            for event in current_events(mine)[lambda table: table["kind"].isin(self.kinds)].to_dict("records"):
                if self._concerns(event) and (key := self._key(event)) is not None:
                    self._remember(key, event)
            self._reload(events)
            self.news = False
            self._show()

    def undo(self) -> None:
        """Take back the last act made here that is still in effect."""
        with self._lock:
            if not self._acts:
                raise LogError("there is nothing to undo here")
            self._take_back(next(reversed(self._acts)), None)
            self._show()

    def _act(self, kind: str, record_id: str, **act: Any) -> str:
        """Do from Python what a click does, and return the event_id."""
        with self._lock:
            key, event_id = self._do({"kind": kind, "record_id": record_id, **act}, None)
            self._show()
            return event_id

    def _receive(self, _widget: Any, message: Mapping[str, Any], _buffers: Any) -> None:
        """Take a message from the browser."""
        with self._lock:
            kind = message.get("type")
            if kind in ("open", "refresh"):
                self._catch_up()
            if kind in ("open", "alive", "refresh"):
                self._look_for_news()
                self._at_leisure()
                self.send({"type": "alive"})
            elif kind == "ask" and message.get("question") in self._questions():
                answer = self._questions()[message["question"]](message)
                self.send({"type": "answer", "number": message.get("number"), "answer": answer})
            elif kind == "act":
                self._take_act(message)

    def _catch_up(self) -> None:
        """Read what was logged elsewhere since; a log that cannot be read is told like a refused act."""
        try:
            if self.news or len(self.review_log.events) != self._logged:
                self.refresh()
        except (ReviewKitError, OSError) as error:
            self.send({"type": "refused", "event_id": "", "text": str(error), "again": False})

    def _look_for_news(self) -> None:
        """Notice that others wrote to the log, not what; the reader chooses when to read it."""
        with contextlib.suppress(OSError):
            self.news = self.review_log.version_of_others != self._seen

    def _take_act(self, message: Mapping[str, Any]) -> None:
        """Write an act to the log; the browser hears ``saved`` only after that, or why not."""
        event_id = str(message.get("event_id"))
        try:
            key, _ = self._do(message, event_id)
        except (ReviewKitError, OSError, ValueError, TypeError, LookupError) as error:
            again = isinstance(error, (NotSaved, OSError))
            self.send({"type": "refused", "event_id": event_id, "text": str(error), "again": again})
        else:
            self._show()
            self.send({"type": "saved", "event_id": event_id, "record_id": key, "card": self._card(key)})

    def _do(self, act: Mapping[str, Any], event_id: str | None) -> tuple[str, str]:
        """Write an act unless the log has it already; return what it was about and its event_id."""
        kind = act.get("kind")
        if kind == "undo":
            return self._take_back(str(act.get("target")), event_id)
        if kind not in self.kinds:
            raise LogError(f"{type(self).__name__} cannot record {kind!r}; it records {', '.join(self.kinds)}")
        key = self._key(act)
        if event_id in self._known:
            return key or "", str(event_id)
        if key is None:
            raise LogError(f"{act.get('record_id')}: not among the papers shown here; nothing was recorded")
        event_id, event = self._write(act, key, event_id)
        self._logged += 1
        self._known.add(event_id)
        self._remember(key, {**event, "event_id": event_id, "kind": kind})
        self._changed(key)
        return key, event_id

    def _take_back(self, target: str, event_id: str | None) -> tuple[str, str]:
        """Undo one act made here."""
        if event_id in self._known:
            return self._acts.get(target, ""), str(event_id)
        if target not in self._acts:
            raise LogError("this act was taken back before, or was not made here; nothing was undone")
        event_id = self.review_log.undo(target, event_id=event_id)
        self._logged += 1
        self._known.add(event_id)
        key = self._acts.pop(target)
        self._history[key] = [event for event in self._history[key] if event["event_id"] != target]
        self._changed(key)
        return key, event_id

    def _remember(self, key: str, event: dict[str, Any]) -> None:
        """Keep an act of this reviewer that is in effect."""
        self._history.setdefault(key, []).append(event)
        self._acts[event["event_id"]] = key

    def _last(self, key: str, kind: str) -> dict[str, Any] | None:
        """The reviewer's last act of a kind about a paper."""
        return next((event for event in reversed(self._history.get(key, ())) if event["kind"] == kind), None)

    def _show(self) -> None:
        """Give the browser what is on show now, in one message."""
        with self.hold_sync():
            self.cards = self._cards()
            self.progress = {**self._count(), "reads": self._reads}
            newest = [(event_id, self._acts[event_id]) for event_id, _ in zip(reversed(self._acts), range(UNDOABLE))]
            self.undoable = [
                {"event_id": event_id, "record_id": key, "says": self._says(key, event_id)} for event_id, key in newest
            ]

    def _project_id(self) -> str:
        """Names what waits in a browser: this log, this reviewer, this kind of widget."""
        place = "\n".join((str(self.review_log.location.resolve()), self.review_log.reviewer, self._room()))
        return hashlib.sha256(place.encode()).hexdigest()[:16]

    def _repr_mimebundle_(self, **options: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
        """The widget, and a line of text for places that cannot show it (a static export)."""
        bundle = super()._repr_mimebundle_(**options)
        if bundle is None:
            return None
        data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
        text = f"{type(self).__name__}: {self.summary()}. Run the notebook to go on."
        return {**data, "text/plain": text, "text/html": f"<p>{html.escape(text)}</p>"}, metadata

    def summary(self) -> str:
        """How far the work is, in one line."""
        return f"{self.progress['done']} of {self.progress['total']} done"

    def _room(self) -> str:
        """What tells this widget's acts from those of others in the same log."""
        return type(self).__name__

    def _concerns(self, event: Mapping[str, Any]) -> bool:
        """Whether an event of one of the kinds belongs here."""
        return True

    def _at_leisure(self) -> None:
        """Called between acts, to take in what was computed in the background."""

    def _questions(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        """What the browser may ask."""
        return {}

    def _key(self, act: Mapping[str, Any]) -> str | None:
        """What an act is about, as the widget knows it; None when it is not shown here."""
        raise NotImplementedError

    def _write(self, act: Mapping[str, Any], key: str, event_id: str | None) -> tuple[str, dict[str, Any]]:
        """Call the log and return the event's id, value and reason."""
        raise NotImplementedError

    def _reload(self, events: pd.DataFrame) -> None:
        """Work out from the log what is to be done."""
        raise NotImplementedError

    def _changed(self, key: str) -> None:
        """Keep order and counts true after an act about `key`."""
        raise NotImplementedError

    def _cards(self) -> list[dict[str, Any]]:
        """The cards sent ahead."""
        raise NotImplementedError

    def _card(self, key: str) -> dict[str, Any] | None:
        """One card as it is now."""
        raise NotImplementedError

    def _count(self) -> dict[str, Any]:
        """Running counts, at least ``done`` and ``total``."""
        raise NotImplementedError

    def _says(self, key: str, event_id: str) -> str:
        """An act in words, for the undo button."""
        raise NotImplementedError
