"""The review log as plain text: one file per reviewer, one JSON line per event, append-only.

A line is acknowledged only after ``fsync``. Each line carries the hash of the line before it (``prev``) and its own
(``hash``, SHA-256 of the rest of the line as sorted JSON), so a flipped bit, a cut or an edited line is named by file
and line. The chain detects damage and casual edits; it does not stop somebody who may write the folder.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import LogError, NotSaved

NO_HASH = "0" * 64
SUFFIX = ".jsonl"


def line_hash(event: Mapping[str, Any]) -> str:
    """SHA-256 of an event without its own hash, as JSON with sorted keys."""
    body = {k: v for k, v in event.items() if k != "hash"}
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


@dataclass
class _ReviewerFile:
    """What has been read of one reviewer's file so far."""

    path: Path
    inode: int = 0
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


class LogFiles:
    """A folder with one ``<reviewer>.jsonl`` per reviewer.

    Parameters
    ----------
    folder
        Where the files lie; made at the first append.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, _ReviewerFile] = {}
        self._lock = threading.RLock()

    def read(self) -> list[dict[str, Any]]:
        """All events of all reviewers, ordered by ``seq`` (a Lamport clock) and then by reviewer."""
        with self._lock:
            self._refresh_all()
            events = [event for state in self._files.values() for event in state.events.values()]
        return sorted(events, key=lambda e: (e["seq"], e["reviewer"]))

    def damage(self) -> list[dict[str, Any]]:
        """The lines that are damaged, as rows of a problems table."""
        with self._lock:
            self._refresh_all()
            return [row for name in sorted(self._files) for row in self._files[name].damage]

    def version(self) -> tuple[Any, ...]:
        """Changes when a file changes: to know whether what was read is still all there is."""
        return tuple(sorted((p.name, s.st_ino, s.st_size, s.st_mtime_ns) for p, s in self._stats()))

    def append(self, reviewer: str, events: Sequence[dict[str, Any]]) -> int:
        """Write events to the reviewer's file and return how many were new, once they are on disk.

        Raises
        ------
        NotSaved
            Nothing was acknowledged: the folder is read-only, the disk is full, or the file has lost events that were
            read before.
        """
        path = self.folder / f"{reviewer}{SUFFIX}"
        with self._lock:
            try:
                self.folder.mkdir(parents=True, exist_ok=True)
                self._refresh_all()
                with _locked(path) as descriptor:
                    state = self._refresh(path)
                    new = self._chain(state, events)
                    if new:
                        _write(descriptor, b"".join(map(_line, new)))
                        state.inode = os.fstat(descriptor).st_ino
                        state.read(_tail(descriptor, state.offset))
            except OSError as error:
                why = error.strerror or error
                raise NotSaved(f"Not saved to {path}: {why}. Nothing was recorded; try again.") from error
        return len(new)

    def _chain(self, state: _ReviewerFile, events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """The events that are not there yet, numbered and chained to the file's last line."""
        seq = max((s.last_seq for s in self._files.values()), default=0)
        head, new, ids = state.head, [], set(state.events)
        for event in events:
            if event["event_id"] in ids:
                continue
            seq += 1
            chained = {**event, "seq": seq, "prev": head}
            chained["hash"] = head = line_hash(chained)
            ids.add(event["event_id"])
            new.append(chained)
        return new

    def _stats(self) -> Iterator[tuple[Path, os.stat_result]]:
        """Every reviewer's file with its stat."""
        with contextlib.suppress(FileNotFoundError):
            for entry in sorted(os.scandir(self.folder), key=lambda e: e.name):
                if entry.name.endswith(SUFFIX) and entry.is_file():
                    yield Path(entry.path), entry.stat()

    def _refresh_all(self) -> None:
        """Read what has come to any file since the last time."""
        for path, _ in self._stats():
            self._refresh(path)

    def _refresh(self, path: Path) -> _ReviewerFile:
        """Read what has come to one file; a file that was replaced or cut is read anew."""
        state = self._files.setdefault(path.name, _ReviewerFile(path))
        try:
            with open(path, "rb") as file:
                stat = os.fstat(file.fileno())
                if stat.st_ino == state.inode and stat.st_size == state.offset:
                    return state
                if stat.st_ino != state.inode or stat.st_size < state.offset:
                    fresh = _ReviewerFile(path, inode=stat.st_ino)
                    fresh.read(file.read())
                    self._check_nothing_lost(state, fresh)
                    self._files[path.name] = state = fresh
                else:
                    file.seek(state.offset)
                    state.read(file.read())
        except FileNotFoundError:
            self._check_nothing_lost(state, _ReviewerFile(path))
        return state

    def _check_nothing_lost(self, before: _ReviewerFile, after: _ReviewerFile) -> None:
        """A file that no longer holds events read before is an error, never a shorter history."""
        lost = [e for e in before.events.values() if e["event_id"] not in after.events]
        if lost:
            first = lost[0]
            raise LogError(
                f"{before.path} was replaced or cut: {len(lost)} events that were saved are gone, the first from "
                f"{first['at']} ({first['kind']} {first.get('about') or first['record_id']}). Bring the file back "
                "(git, backup), or restart the kernel to go on with the file as it is now."
            )


def _line(event: Mapping[str, Any]) -> bytes:
    """One event as one line."""
    return json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"


def _tail(descriptor: int, offset: int) -> bytes:
    """The bytes of an open file from an offset."""
    size, parts = os.fstat(descriptor).st_size, []
    os.lseek(descriptor, offset, os.SEEK_SET)
    while (got := sum(map(len, parts))) < size - offset:
        part = os.read(descriptor, size - offset - got)
        if not part:
            break
        parts.append(part)
    return b"".join(parts)


def _write(descriptor: int, data: bytes) -> None:
    """Append in one write and wait for the disk; what a full disk cut short is taken back."""
    size = os.fstat(descriptor).st_size
    # A writer that was killed may have left half a line: without a newline of our own it would swallow this one.
    if size and _tail(descriptor, size - 1) != b"\n":
        data = b"\n" + data
    try:
        written = os.write(descriptor, data)
        if written != len(data):
            raise OSError(28, f"only {written} of {len(data)} bytes fitted on the disk")
        os.fsync(descriptor)
    except OSError:
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, size)
        raise


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[int]:
    """Open a file for appending under an exclusive lock, making sure it is still the file of that name."""
    created = not path.exists()
    for _ in range(10):
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_BINARY", 0), 0o644)
        try:
            _lock(descriptor)
            if os.stat(path).st_ino == os.fstat(descriptor).st_ino:
                if created:
                    _sync_folder(path.parent)
                yield descriptor
                return
        finally:
            os.close(descriptor)
    raise OSError(116, "the file keeps being replaced by another program")


def _lock(descriptor: int) -> None:
    """Wait for the exclusive lock; closing the file frees it."""
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        os.lseek(descriptor, 0, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_LOCK, 1)
    else:
        fcntl.flock(descriptor, fcntl.LOCK_EX)


def _sync_folder(folder: Path) -> None:
    """Make a new file's name durable (a folder cannot be opened for this on Windows)."""
    with contextlib.suppress(PermissionError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
