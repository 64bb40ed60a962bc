"""The review log as plain text: one file per reviewer, one JSON line per event, append-only.

A line is acknowledged only after ``fsync``; what a line holds, and how damage to it is found, is told in log_lines.py.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .errors import LogError, NotSaved
from .log_lines import ReviewerFile, event_line, line_hash

SUFFIX = ".jsonl"


class LogFiles:
    """A folder with one ``<reviewer>.jsonl`` per reviewer.

    Parameters
    ----------
    folder
        Where the files lie; made at the first append.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[str, ReviewerFile] = {}
        self._lock = threading.RLock()

    def read(self) -> list[dict[str, Any]]:
        """All events of all reviewers, ordered by ``seq`` (a Lamport clock) and then by reviewer."""
        with self._lock:
            self._refresh_all()
            events = [event for state in self._files.values() for event in state.events.values()]
        return sorted(events, key=lambda e: (e["seq"], e["reviewer"]))

    def read_own(self, reviewer: str) -> dict[str, dict[str, Any]]:
        """The events of one reviewer by ``event_id``, in the order in which they were written."""
        with self._lock:
            return dict(self._refresh(self.folder / f"{reviewer}{SUFFIX}").events)

    def damage(self) -> list[dict[str, Any]]:
        """The lines that are damaged, as rows of a problems table."""
        with self._lock:
            self._refresh_all()
            return [row for name in sorted(self._files) for row in self._files[name].damage]

    def version(self, *, without: str | None = None) -> tuple[Any, ...]:
        """Changes when a file changes, the one of the reviewer `without` left out; to know whether there is news."""
        own = f"{without}{SUFFIX}"
        return tuple((p.name, s.st_ino, s.st_size, s.st_mtime_ns) for p, s in self._stats() if p.name != own)

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
                        _write(descriptor, b"".join(map(event_line, new)))
                        state.read(_tail(descriptor, state.offset))
                        state.inode, state.changed_at = _stamp(os.fstat(descriptor))
            except OSError as error:
                why = error.strerror or error
                raise NotSaved(f"Not saved to {path}: {why}. Nothing was recorded; try again.") from error
        return len(new)

    def _chain(self, state: ReviewerFile, events: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
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
        """Read what has come to any file since the last time; a file that is gone is missed, not forgotten."""
        for path in sorted({path for path, _ in self._stats()} | {state.path for state in self._files.values()}):
            self._refresh(path)

    def _refresh(self, path: Path) -> ReviewerFile:
        """Read what has come to one file; a file that was replaced, cut or edited in place is read anew."""
        state = self._files.setdefault(path.name, ReviewerFile(path))
        try:
            with open(path, "rb") as file:
                stat = os.fstat(file.fileno())
                if stat.st_size == state.offset and _stamp(stat) == (state.inode, state.changed_at):
                    return state
                if stat.st_size > state.offset and stat.st_ino == state.inode:
                    file.seek(state.offset)
                    state.read(file.read())
                else:
                    fresh = ReviewerFile(path)
                    fresh.read(file.read())
                    self._check_nothing_lost(state, fresh)
                    self._files[path.name] = state = fresh
                state.inode, state.changed_at = _stamp(stat)
        except FileNotFoundError:
            self._check_nothing_lost(state, ReviewerFile(path))
        return state

    def _check_nothing_lost(self, before: ReviewerFile, after: ReviewerFile) -> None:
        """A file that no longer holds events read before is an error, never a shorter history."""
        lost = [e for e in before.events.values() if e["event_id"] not in after.events]
        if lost:
            first = lost[0]
            raise LogError(
                f"{before.path} was replaced, cut or edited: {len(lost)} events that were saved are gone, the first "
                f"from {first['at']} ({first['kind']} {first.get('about') or first['record_id']}). Bring the file back "
                "(git, backup), or restart the kernel to go on with the file as it is now."
            )


def open_place(location: str | Path) -> LogFiles:
    """The place of a log: a folder of plain text files."""
    if "://" in str(location):
        raise LogError(f"{location}: a log lies in a folder, such as 'data/log'; databases are not supported")
    if Path(location).exists() and not Path(location).is_dir():
        raise LogError(f"{location}: expected the folder of a log, found a file")
    return LogFiles(Path(location))


def _stamp(stat: os.stat_result) -> tuple[int, int]:
    """Which file it is, and when it was last written."""
    return stat.st_ino, stat.st_mtime_ns


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
