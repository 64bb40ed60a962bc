"""Dates in the spellings of reference managers and databases."""

from __future__ import annotations

import re
from functools import lru_cache

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = r"(?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_YEAR = r"(?<![\d.])(?P<year>[12]\d{3})(?!\d)"
_SPELLINGS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"{_YEAR}[-/. ]\s*(?P<month>\d{{1,2}})(?:[-/. ]+\s*(?P<day>\d{{1,2}}))?(?!\d)",
        r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>[01]\d)(?P<day>[0-3]\d)(?!\d)",
        rf"{_YEAR}[-/., ]+{_MONTH}(?:[-/., ]+(?P<day>\d{{1,2}})(?!\d))?",
        rf"(?<!\d)(?<!\d[-–])(?P<day>\d{{1,2}})(?:st|nd|rd|th)?[-/., ]+{_MONTH}[-/., ]+{_YEAR}",
        rf"\b{_MONTH}[-/., ~]*(?:(?P<day>\d{{1,2}})(?!\d)(?:st|nd|rd|th)?[-/., ]+)?{_YEAR}",
        rf"(?<!\d)(?P<first>\d{{1,2}})[/.](?P<second>\d{{1,2}})[/.]{_YEAR}",
        _YEAR,
    )
)
_MONTH_SPELLINGS = tuple(
    re.compile(pattern, re.I)
    for pattern in (
        rf"\b{_MONTH}[\s~,.#\"{{}}]*(?P<day>\d{{1,2}})?(?!\d)",
        rf"(?<!\d)(?P<day>\d{{1,2}})[\s~.]+{_MONTH}",
        r"^\D*(?P<month>\d{1,2})(?!\d)\D*$",
    )
)


@lru_cache(maxsize=4096)
def _read(text: str, role: str) -> tuple[tuple[str, int], ...]:
    """The parts of a date that can be read."""
    if role == "day":
        number = re.fullmatch(r"\s*(\d{1,2})\s*", text)
        return (("day", int(number[1])),) if number and 1 <= int(number[1]) <= 31 else ()
    for spelling in _MONTH_SPELLINGS if role == "month" else _SPELLINGS:
        hit = spelling.search(text)
        parts = _parts(hit.groupdict()) if hit else ()
        if parts:
            return parts
    return _read(text, "month") if role == "date" else ()


def _parts(groups: dict[str, str | None]) -> tuple[tuple[str, int], ...]:
    """Year, month and day of a match, as far as the calendar allows; nothing if the month cannot be."""
    numbers = {part: int(groups[part]) for part in ("year", "month", "day") if groups.get(part)}
    if groups.get("word"):
        numbers["month"] = _MONTHS[str(groups["word"]).lower()]
    if groups.get("first"):
        low, high = sorted((int(str(groups["first"])), int(str(groups["second"]))))
        if low == high or high > 12:
            numbers |= {"month": low, "day": high}
    if not 1 <= numbers.get("month", 1) <= 12:
        return ()
    if not 1 <= numbers.get("day", 1) <= 31:
        numbers.pop("day")
    return tuple(numbers.items())


def read_date(text: str, *, role: str = "date") -> dict[str, int]:
    """Read a date as far as it is there; nothing is guessed.

    Parameters
    ----------
    text
        A date in any usual spelling: ``2021-03-04``, ``2019//``, ``4 Mar 2021``, ``DEC 16 2020``, ``2021a``, ``1~jan``.
    role
        ``date`` or ``year`` for a text that holds a year, ``month`` or ``day`` for one that holds only that.

    Returns
    -------
    dict
        Any of ``year``, ``month`` and ``day``. Of ``13/5/2020`` and ``5/13/2020`` all is read; ``4/5/2020`` could be
        two days, so only its year is.
    """
    return dict(_read(text[:200], role))
