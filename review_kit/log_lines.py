"""Lines of a log: one event as one line of JSON, chained by hashes; what is wrong with a line is listed.

Each line carries the hash of the line before it (``prev``) and its own (``hash``, SHA-256 of the rest of the line as
sorted JSON), so a flipped bit, a cut or an edited line is named by file and line. The chain detects damage and casual
edits; it does not stop somebody who may write the folder.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

NO_HASH = "0" * 64


def line_hash(event: Mapping[str, Any]) -> str:
    """SHA-256 of an event without its own hash, as JSON with sorted keys."""
    body = {k: v for k, v in event.items() if k != "hash"}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class ReviewerFile:
    """What has been read of one reviewer's file so far."""

    path: Path
    inode: int = 0
    changed_at: int = 0
    offset: int = 0
    lines: int = 0
    head: str = NO_HASH
    last_seq: int = 0
    events: dict[str, dict[str, Any]] = field(default_factory=dict)
    damage: list[dict[str, Any]] = field(default_factory=list)
    torn: bytes = b""

    def read(self, data: bytes) -> None:
        """Take in the bytes that follow what was read before; half a line at the end waits for its rest."""
        for raw in data.splitlines(keepends=True):
            self.torn = b""
            if not raw.endswith(b"\n") and _parse(raw) is None:
                self.torn = raw
                return
            self.lines += 1
            self.offset += len(raw)
            if raw.strip():
                self._take_line(raw)

    def _take_line(self, raw: bytes) -> None:
        """Check one line and keep its event; whatever is wrong with it is listed."""
        event = _parse(raw)
        if event is None:
            self._list("log_line_unreadable", raw, "one whole event in JSON")
            return
        if intact := line_hash(event) == event["hash"]:
            self._check_chain(event, raw)
        else:
            self._list("log_line_changed", raw, "the text this line was written with (its hash differs)")
        self.head = event["hash"]
        if not intact:
            return
        self.last_seq = max(self.last_seq, event["seq"])
        known = self.events.setdefault(event["event_id"], event)
        if any(known[k] != event[k] for k in known.keys() & event.keys() - {"seq", "prev", "hash"}):
            self._list("log_id_used_twice", raw, "one event per event_id; the first one counts")

    def _check_chain(self, event: Mapping[str, Any], raw: bytes) -> None:
        """A line follows the last whole one, so unreadable lines between them were never acknowledged."""
        if event["prev"] != self.head:
            self._list("log_chain_broken", raw, f"to follow the line with hash {event['prev'][:12]}")
            return
        # The line before it is no link of the chain: its writer was killed before it could say "saved".
        while self.damage and self.damage[-1]["kind"] == "log_line_unreadable":
            self.damage.pop()

    def _list(self, kind: str, raw: bytes, expected: str) -> None:
        """List a damaged line."""
        self.damage.append({
            "source": self.path.name, "line": self.lines, "kind": kind, "severity": "error",
            "found": raw[:200].decode("utf-8", "replace").strip(), "expected": expected,
            "todo": "Compare with a copy of the file (git, backup); the events of all other lines are in use.",
        })


def _parse(raw: bytes) -> dict[str, Any] | None:
    """The event on a line, or None when the line is not a whole event."""
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    types = {"event_id": str, "seq": int, "prev": str, "hash": str, "reviewer": str, "kind": str, "at": str}
    whole = isinstance(event, dict) and all(isinstance(event.get(k), t) for k, t in types.items())
    return event if whole else None


def event_line(event: Mapping[str, Any]) -> bytes:
    """One event as one line."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
