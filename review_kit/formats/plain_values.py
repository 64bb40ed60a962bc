"""The values of fields made readable: markup, entities and formulas out, lists of keywords divided."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Sequence

from ..text import clean_text, plain_latex

# A formula, not two prices: it begins and ends with a sign and holds one that only formulas have.
_FORMULA = re.compile(r"\$(?=[^$\s])(?=[^$]{0,80}[\^_\\])[^$]{1,80}(?<=\S)\$")
_MARKUP = re.compile(
    r"</?(?:i|b|u|em|strong|sub|sup|span|scp|sc|tt|p|br|italic|bold|title|sec|h[1-6]|ul|ol|li|div|jats:\w+|mml:\w+|inline-formula|"
    r"tex-math|alternatives)(?:\s[^<>]*)?/?>",
    re.I,
)
_PARAGRAPH = re.compile(r"</?(?:p|br|title|sec|h[1-6]|ul|ol|li|div|jats:(?:p|title|sec))(?:\s[^<>]*)?/?>", re.I)
_DIVIDED = re.compile(r"[;\n|]")
_PLAIN_KEYWORD = re.compile(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*")
_PRINTABLE = bytes(range(32, 127))


def plain_text(text: str) -> str:
    """Text of a title or an abstract without HTML or JATS markup, entities and ``$^3$``, on one line."""
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _MARKUP.sub("", _PARAGRAPH.sub(" ", text)).strip() or text
    if "$" in text:
        text = _FORMULA.sub(lambda found: plain_latex(found[0]), text)
    if "  " not in text and text.isascii() and not text.encode().translate(None, _PRINTABLE):
        return text.strip()
    return clean_text(text)


def split_keywords(values: Sequence[str], plain: Callable[[str], str] = plain_text) -> list[str]:
    """Split keyword fields at semicolons or line ends, a single field else at commas; each keyword once, in order."""
    kept: dict[str, str] = {}
    for value in values:
        if _PLAIN_KEYWORD.fullmatch(value):
            kept.setdefault(value.casefold(), value)
            continue
        if _DIVIDED.search(value):
            parts = _DIVIDED.split(value)
        else:
            parts = [value] if len(values) > 1 else value.split(",")
        for part in parts:
            keyword = plain(part).strip(" ,;.")
            if keyword:
                kept.setdefault(keyword.casefold(), keyword)
    return list(kept.values())
