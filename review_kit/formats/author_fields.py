"""Author fields of reference managers and databases as names in our form."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from functools import lru_cache

from ..text import clean_text, person_name, split_names

_WORD = r"[^\W\d_][^\s,;:{}()\[\]\\*~^&\d]*"
# Up to two words on each side; a full stop behind a small letter (``Jr.``, ``John.``) is left to closer reading.
_PART = rf"{_WORD}(?: {_WORD})?(?<![^\W\d_A-Z]\.)"
_PLAIN_NAME = re.compile(rf"({_PART}),( ?)({_PART})")
_PLAIN_NAMES = re.compile(rf"(?:(?!al,){_PART}, {_PART}\n)+")
# Google Scholar cuts its lists so.
_REST = re.compile(r"\s*(?:al\.?, ?et\.?|\.\.\., ?\.\.\.|et\.? al\.?|others)\s*", re.I)
_PAIRS = re.compile(r"[^,;]+, (?:[A-Z]\.[ -]?)+(?:, [^,;]+, (?:[A-Z]\.[ -]?)+)+")
_MANY = re.compile(r"[;{|]|\bet\.? al\b|\bothers\b|…|\.\.\.|\band\s+others|,[^,]*\sand\s[^,]*,", re.I)


def author_names(values: Iterable[str]) -> tuple[list[str], bool]:
    """Bring author fields, one name or a list of names each, into our form.

    Parameters
    ----------
    values
        Fields as they stand in the source.

    Returns
    -------
    names : list of str
        ``Family, Given`` each, organisations whole.
    et_al : bool
        Whether the source says that there are more.
    """
    values = list(values)
    if _PLAIN_NAMES.fullmatch("\n".join([*values, ""])):  # as most are
        return values, False
    names, et_al = [], False
    for value in values:
        value = without_entities(value)
        if _REST.fullmatch(value):
            et_al = True
        elif name := _plain_name(value):
            names.append(name)
        elif _MANY.search(value) or _PAIRS.fullmatch(value):
            several, more = split_names(value)
            names += several
            et_al = et_al or more
        elif name := one_name(value):
            names.append(name)
    return names, et_al


def without_entities(value: str) -> str:
    """The value with ``&uuml;`` as a letter, so that its semicolon divides nothing."""
    return html.unescape(value) if "&" in value else value


def _plain_name(value: str) -> str:
    """A name whose spelling leaves no question, in our form; else nothing."""
    if value.replace(", ", "", 1).isalpha() and ", " in value[1:-1]:
        return value
    hit = _PLAIN_NAME.fullmatch(value)
    if hit is None:
        return ""
    return value if hit[2] else f"{hit[1]}, {hit[3]}"


@lru_cache(maxsize=20_000)
def one_name(value: str) -> str:
    """One author in our form."""
    value = without_entities(value).strip()
    return _plain_name(value) or person_name(clean_text(value))
