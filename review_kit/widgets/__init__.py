"""Widgets: surfaces for acts (screen, tag, note, judge pairs) and forms (tables, citations)."""

from .screener import Screener

__all__ = ["Screener"]
