"""Values of a survey table as text, and what stands where there is none: shared by all formats."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

MISSING = "–"
LEGEND = "–: not given."
NO_PAPERS = "No papers match this selection."
_WEB = re.compile(r"https?://[^\s/\\<>\"'{}|^`@]+(?:[/?#][^\s]*)?", re.IGNORECASE)


def cell_text(value: Any) -> str:
    """What a reader sees of a value; nothing where it is missing."""
    if isinstance(value, (list, tuple)):
        return ", ".join(cell_text(part) for part in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {cell_text(part)}" for name, part in value.items())
    if value is None or pd.isna(value):
        return ""
    if type(value).__name__ in ("bool", "bool_"):  # numpy's own, by its name before 2.0 and since
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split())


def web_link(url: str) -> str:
    """A link if it leads to a page of the web, else nothing."""
    return url if _WEB.fullmatch(url) else ""
