"""A title as printed on a page, made readable."""

from __future__ import annotations

import re

from ..latex import plain_latex
from ..text import clean_text

_ABBREVIATION = re.compile(r"\b\w\.\w\.$")
_SHORTCODE = re.compile(r":[a-z0-9_+-]{2,30}:")
_PICTURES = "\U0001f000-\U0001faff\u2600-\u27bf\u2b00-\u2bff\ufe0f\u200d\u20e3"
_EDGES = re.compile(rf"^[\s{_PICTURES}]+|[\s{_PICTURES}]+$")
# A star behind a capital is part of a name, as in ``A*`` and ``MCTS*: ...``.
_LEFT_OVER = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=[^\WA-Z])[*](?!\w)|(?<=\w)[*]$(?<!\b[A-Z][*])|\\(?=[\[\]*_])")
_MARKS = re.compile(r"[*_\\]")
_LATEX = re.compile(r"\\[A-Za-z]+|\\[%&#_${}]|(?<!\\)\$[^$\s][^$]*\$|\\['\"`^~=.]")


def readable_title(title: str) -> str:
    """Make a title readable: LaTeX rendered, emoji at its edges and Markdown left-overs gone, blanks folded.

    Parameters
    ----------
    title
        A title as printed in a list or on a page. Dashes stay as printed.

    Returns
    -------
    str
        The title; the full stop that ends a list's title is gone, other end marks stay.
    """
    title = _SHORTCODE.sub(" ", title) if ":" in title else title
    if _LATEX.search(title):
        title = plain_latex(title.replace("--", "\ue000")).replace("\ue000", "--")
    title = clean_text(_LEFT_OVER.sub("", title) if _MARKS.search(title) else title)
    title = title if title.isascii() else _EDGES.sub("", title)
    title = title.strip(" |,;") if title else title
    if len(title) > 1 and title[0] in "\"“'‘" and title[-1] in "\"”'’" and not re.search(r"[\"“”]", title[1:-1]):
        title = title[1:-1].strip()
    keeps_stop = title.endswith("...") or (title.endswith(".") and _ABBREVIATION.search(title))
    return title if keeps_stop else title.rstrip(".").rstrip()
