"""Python's search for cycles among objects, paused while tables are built."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_paused() -> Iterator[None]:
    """Pause the search for cycles: building tables makes millions of small objects and next to no cycles.

    Looking through them again and again takes a quarter of the time. Works as a context and as a decorator.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
