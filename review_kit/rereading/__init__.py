"""Reading a source again: every act stays with its paper, what changed is told, the same file twice adds nothing."""

from .adding import add_source
from .comparing import CHANGES, compare_records
from .placing import place_corrections, place_events

__all__ = ["CHANGES", "add_source", "compare_records", "place_corrections", "place_events"]
