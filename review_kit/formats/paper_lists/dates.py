"""Dates as paper lists print them: ``2504'``, ``2023/11``, ``28th Oct., 2023``, ``'24``, ``2024年5月``."""

from __future__ import annotations

import re

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_MONTH = (r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
          r"oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)")
YEAR = r"(?:19[5-9]|20[0-4])\d"
# Their first four digits are no year.
_ARXIV_ID = re.compile(r"(?<!\d)\d{4}\.\d{4,5}(?:v\d+)?(?!\d)")
_DATES = tuple(re.compile(pattern, re.I) for pattern in (
    rf"(?<!\d)(?P<y>{YEAR})\s*年\s*(?P<m>\d{{1,2}})\s*月(?:\s*(?P<d>\d{{1,2}})\s*[日号])?",
    rf"(?<![\d.])(?P<y>{YEAR})\s?(?P<s>[-/.‑–])\s?(?P<m>\d{{1,2}})(?:\s?(?P=s)\s?(?P<d>\d{{1,2}}))?(?!\d)",
    r"(?<!\d)(?P<y>20[0-4]\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)?(?!\d)",
    rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,-]+(?P<mon>{_MONTH})[\s.,-]+(?P<y>{YEAR})(?!\d)",
    rf"\b(?P<mon>{_MONTH})[\s.,-]+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[\s.,-]+(?P<y>{YEAR})(?!\d)",
    rf"\b(?P<mon>{_MONTH})[\s.,'’-]*(?P<y>{YEAR})(?!\d)",
    rf"(?<!\d)(?P<y>{YEAR})[\s.,-]+(?P<mon>{_MONTH})\b(?:[\s.,-]+(?P<d>\d{{1,2}})(?!\d))?",
    rf"(?<!\d)(?P<m>\d{{1,2}})[-/.](?P<d>\d{{1,2}})[-/.](?P<y>{YEAR})(?!\d)",
    rf"(?<!\d)(?P<m>\d{{1,2}})[-/.](?P<y>{YEAR})(?!\d)",
    rf"\b(?P<mon>{_MONTH})[\s.,]*['’‘](?P<yy>\d\d)(?!\d)",
    r"(?<![\d])(?P<yy>\d\d)(?P<m>0[1-9]|1[0-2])['’‘`](?=\s*[A-Za-z])",
    rf"(?<![\d.])(?<!\d-)(?P<y>{YEAR})(?!\d)",
    r"(?<=[A-Za-z*)\].])\s?['’‘`´]\s?(?P<yy>\d\d)(?!\d)",
    r"(?<=[A-Za-z])[ _'’](?P<yy>1[5-9]|2[1-9])(?P<m>0[1-9]|1[0-2])(?!\d)",
    r"(?<=[A-Za-z])(?<!covid)[-_ ](?P<yy>[0-4]\d)(?![\w%]|[-.]\d)",
    r"(?<=[A-Z]{2})\s?\((?P<yy>[0-4]\d)\)?$",
    r"(?<=[A-Z]{2})(?P<yy>[0-4]\d|(?-i:(?<=[A-Z]{2})9\d))(?!\d)",
    r"^\W*(?P<yy>[0-4]\d)['’‘`](?=\s*[A-Za-z])",
    r"(?:^|(?<=[A-Za-z]\s))(?P<yy>[12]\d)[./-](?P<m>0[1-9]|1[0-2])$",
    r"^(?P<yy>1[5-9]|2[1-9])(?P<m>0[1-9]|1[0-2])$",
    r"^\W*(?P<yy>[0-4]\d)-(?=[A-Z]{2})",
))


def take_date(text: str) -> tuple[dict[str, int], str]:
    """Take the dates out of a text.

    Parameters
    ----------
    text
        A label, with or without words.

    Returns
    -------
    tuple of dict and str
        ``year`` and, where they are told, ``month`` and ``day`` of the best date, empty where there is none; and the
        text without any date in it.
    """
    best: dict[str, int] = {}
    text = _ARXIV_ID.sub(" ", text) if "." in text else text
    for pattern in _DATES:
        found = pattern.search(text)
        if not found:
            continue
        date = _checked(found.groupdict())
        # Beside a full year, two digits are a volume or a number ("Nat Commun 13 (2022)", "PONDS10 2021").
        short = found[0][0] == " " or found[0].isdigit() and len(found[0]) < len("2024")
        if date is None or (best and short and date["year"] != best["year"]):
            continue
        text = pattern.sub(" ", text).strip()
        if best and date.get("year") != best["year"]:
            # "2024/2023.10" is the year of the venue and the month of the preprint: the venue's year stands.
            best = date if "month" not in date else best
        elif not best or "month" not in best:
            best = {**date, **best}
    return best, " ".join(text.split())


def _checked(groups: dict[str, str | None]) -> dict[str, int] | None:
    """Year, month and day as numbers, or None where the calendar has no such date."""
    year = int(groups["y"]) if groups.get("y") else None
    if year is None and groups.get("yy"):
        short = int(str(groups["yy"]))
        year = 2000 + short if short < 50 else 1900 + short
    if year is None:
        return None
    date = {"year": year}
    month = int(groups["m"]) if groups.get("m") else None
    if groups.get("mon"):
        month = _MONTHS[str(groups["mon"])[:3].lower()]
    if month is not None:
        if not 1 <= month <= 12:
            return None
        date["month"] = month
    if groups.get("d"):
        day = int(str(groups["d"]))
        if not 1 <= day <= 31:
            return None
        date["day"] = day
    return date
