"""Widgets: surfaces for acts (screen, tag, note, judge pairs) and forms (tables, citations)."""

from .citation_exporter import CitationExporter
from .notes import NoteTaker
from .pairs import PairJudge
from .screener import Screener
from .table_builder import TableBuilder
from .tagger import Tagger

__all__ = ["CitationExporter", "NoteTaker", "PairJudge", "Screener", "TableBuilder", "Tagger"]
