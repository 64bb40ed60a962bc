"""Widgets: surfaces for acts (screen, tag, note, judge pairs) and forms (tables, citations)."""

from .notes import NoteTaker
from .pairs import PairJudge
from .screener import Screener
from .tagger import Tagger

__all__ = ["NoteTaker", "PairJudge", "Screener", "Tagger"]
