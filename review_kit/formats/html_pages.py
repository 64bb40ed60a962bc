"""Web pages that list papers, as saved by a browser."""

from __future__ import annotations

import html
import re
from typing import Any

from ..text import clean_text, mend_mojibake
from .paper_lists.blocks import html_blocks
from .paper_lists.markdown import rows_of
from .source_lines import note_repairs, tidy_lines

NAME = "html"

_PAGE = re.compile(r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.I | re.S)
_TITLE = re.compile(r"<title[^>]*>(.*?)</title>", re.I | re.S)


def matches(text: str, name: str) -> bool:
    """Whether a text is a whole web page."""
    return bool(_PAGE.match(text[:5000]))


def page_title(text: str) -> str | None:
    """The title of a web page; None where the text is none."""
    if not matches(text, ""):
        return None
    found = _TITLE.search(text)
    return clean_text(html.unescape(found[1])) if found else ""


def read(text: str) -> list[dict[str, Any]]:
    """Read the papers a web page lists, by the rules of paper lists.

    Parameters
    ----------
    text
        The HTML of the page.

    Returns
    -------
    list of dict
        Rows of the records table; none where the page lists no papers (a login page, an error).
    """
    text, hurt = tidy_lines(text)
    return note_repairs(rows_of(html_blocks(mend_mojibake(text)), text.split("\n")), hurt)
