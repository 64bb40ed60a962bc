"""Write a file whole or not at all: beside its place, flushed to the disk, checked, then renamed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from .errors import ReviewKitError


def write_whole(path: str | Path, content: bytes, *, check: Callable[[Path], None] | None = None) -> Path:
    """Write a file so that a reader sees the old content or all of the new, whatever fails in between.

    Parameters
    ----------
    path
        Where the file goes; missing folders are made.
    content
        All bytes of the file.
    check
        Called with the new file before it takes its place; what it raises stops the writing.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ReviewKitError
        The file cannot be written; what stood there before is unchanged.
    """
    path = Path(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # The ending is kept because readers tell formats by it.
        handle, name = tempfile.mkstemp(prefix=".new-", suffix=path.suffix, dir=path.parent)
    except OSError as error:
        raise _not_written(path, error) from error
    new = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if check is not None:
            check(new)
        new.chmod(path.stat().st_mode if path.exists() else 0o644)
        new.replace(path)
    except OSError as error:
        raise _not_written(path, error) from error
    finally:
        new.unlink(missing_ok=True)
    return path


def _not_written(path: Path, error: OSError) -> ReviewKitError:
    """The error that says which file could not be written and why."""
    return ReviewKitError(f"{path}: the file cannot be written ({error.strerror or error}); nothing was changed. "
                          "Choose another place or make room, then write again.")
