"""Venue and date labels of paper lists: ``[2504'arXiv]``, ``CVPR 2023 (Oral)``, ``2023/11``, ``28th Oct., 2023``."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from .dates import YEAR, take_date
from .venues import COLLECTION, LONGEST_LABEL, MOST_WORDS, PADDING, PLAIN_VENUES, is_known_venue, is_venue, tidy_venue

_FILLERS = re.compile(
    r"\b(?:oral|spotlight|poster|highlight(?:ed)?|best\s+(?:student\s+)?paper(?:\s+(?:award|candidate|finalist|"
    r"runner-?up|"
    r"honou?rable mention))?|award(?:ed)?|honou?rable mention|notable(?:\s+top[- ]\d+%)?|top[- ]\d+%|accepted|"
    r"under review|submitted|in submission|to appear|in press|early access|camera[- ]ready|outstanding(?:\s+paper)?|"
    r"long paper|short paper|main conference(?:\s+paper)?|rejected|withdrawn|most cited)\b", re.I)
_DIGIT = re.compile(r"\d")
# Foreign letters and brackets are left to closer reading.
_SIGN = re.compile(r"[\d()\[\]]|[^\x00-\x7f]|[A-Z][^\s,;:/]*[A-Z]")
_SMALL_LETTERS = re.compile(r"[a-z]+")
_HOLLOW = re.compile(r"\(\s*[,;]?\s*\)|\[\s*\]|\(\w+$")
# ``Symposium on Ponds (SP``: its bracket went with the padding.
_SHORT_NAME_OPEN = re.compile(r"\([A-Z]\w*[A-Z]\w*$")
# ``PONDS.2023``.
_GLUED_YEAR = re.compile(r"(?<=[A-Za-z])\.(?=(?:19|20)\d\d\b)")
# ``2023-05-01T12:30:00Z``.
_CLOCK = re.compile(r"(?<=\d)T\d\d:\d\d(?::[\d.]+)?Z?")
_PAGES = re.compile(r"[,:;\s]+(?:pp?\.?|pages)\s*\d+(?:\s?[-–—]+\s?\d+)?(?=\W*$|[,.])|"
                    r"(?<=[\d)]):\s?\d+\s?[-–—]+\s?\d+")
# Where in a volume a paper stands, and who printed it: ``(Vol. 31, pp. 219-228)``, ``, 7(4), 1993-2019``, ``. IEEE``.
_DETAILS = re.compile(r"\s*[(\[](?:vol|no|num|pp?|pages?|art|article|issue)\b[^()\[\]]*[)\]]", re.I)
_ISSUE_AND_PAGES = re.compile(r"(?<=\w)\s*,\s*(?:\d+\s*)?\(\d+(?:[-–/]\d+)?\)"
                              r"(?:\s*[,:]\s*(?!(?:19|20)\d\d\W*$)[a-z]{0,4}\d[\w.]*(?:\s?[-–]+\s?[a-z]{0,4}\d[\w.]*)?)?\W*$")
# Volume and pages around the year: ``Pond Review 59.1 (2017): 22``, ``Pond Notes, 2008, 5034: 337-348``.
_AROUND_YEAR = re.compile(
    r"\s+\d+(?:\.[\d-]+)?(?:\s?\(\w+\))?(?:,\s*[\w–-]+)?\s*(\((?:19|20)\d\d\))(?::\s*[\w–-]+)?\W*$|"
    r"(,\s*(?:19|20)\d\d)(?:,\s*\d+(?:\s*\(\w+\))?)?(?:\s*:\s*[\w–-]+)?\W*$")
_YEAR_AND_VOLUME = re.compile(
    r"(?<=\b(?:19|20)\d\d);\s*\d+\s*(?:\([\w. -]+\))?(?:\s*:\s*\w+(?:[-–]\w+)?)?\W*$")
_NUMBERED_PARTS = re.compile(r"(?:^|,?\s+)(?:vol(?:ume)?|no|issue|num)\.?\s?\d+[\w./–-]*(?=\W*$|,)", re.I)
_PUBLISHER = re.compile(r"(?<=[\w)])[.,]\s+(?:ieee|acm|springer|elsevier|pmlr|wiley|(?:aaai|mit|cambridge university|"
                        r"oxford university) press)(?:,\s[A-Z][a-z]+)*(?=\W*(?:(?:19|20)\d\d\W*)?$)", re.I)
_VOLUME_ALONE = re.compile(r"(?<=[\w)])[.,]\s+vol\.?\s*\d+(?=[.,]\s)", re.I)
# The mark of a journal, proceedings, thesis ... in Chinese references (GB/T 7714): ``[J] Name``, ``[C]//Proceedings``.
_KIND_OF_WORK = re.compile(r"^\W*[JCMDR](?:/OL)?\]\W*")
_SYMBOLS = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf\u2b50\ufe0f]+")
_JOINED_LABEL = re.compile(r"\s*(?P<year>[0-4]\d|(?:19|20)\d\d)_(?:(?P<venue>[A-Z][A-Za-z&-]{1,15})_)?(?=[A-Z])")
_YEAR_AND_STOP = re.compile(r"\s*((?:19|20)\d\d)\.\s+(?=[A-Z])")
_DASHED = re.compile(r"\s*(?P<year>(?:19|20)\d\d)-"
                     r"(?:(?P<venue>[A-Za-z]{2,12}(?:-(?:findings|workshop|short|long))?)-)?(?=[A-Z][\w-]*\s)")
# ``16-KDD-Title``.
_SHORT_DASHED = re.compile(r"\s*(?P<year>[0-2]\d)-(?P<venue>[A-Z][A-Za-z]{1,15})-(?=[A-Z])")
_PLACED = re.compile(r"(?:at|on|for|to|(?P<led>in:?|published in|发表[于在]|accepted (?:by|at|to)|appeared in))\s+"
                     r"(?=\S)|"
                     r"(?:conference|journal|venue)\s+(?=(?-i:[A-Z][\w-]*[A-Z]))", re.I)
# ``1510-Title``: year and month as in the ids of arXiv.
_MONTH_DASHED = re.compile(r"\s*(?!20[01])(?P<year>[012]\d)(?P<month>0[1-9]|1[0-2])-(?=[A-Z])")
# ``23'PONDS``.
_YEAR_AND_VENUE = re.compile(r"\W*(?P<year>[0-4]\d)['’‘`](?P<venue>[A-Z]\w*[A-Z]\w*|[A-Z][\w &]+(?:\([A-Z]\w+\))?)\W*")
# ``PONDS'23``; of a name in one capital only arXiv's, also misspelt, tells itself.
_VENUE_AND_YEAR = re.compile(r"(?P<venue>[A-Z]\w*[A-Z]\w*|Ar[xi]+v)\s?['’‘](?P<year>[0-4]\d)(?:\.\d\d?)?")


@dataclass(frozen=True)
class Label:
    """What a label says: venue (empty where it only dates), year, month, day, and remarks such as ``Oral``."""

    venue: str = ""
    year: int | None = None
    month: int | None = None
    day: int | None = None
    remark: str = ""


@lru_cache(maxsize=20_000)
def read_label(text: str, *, trusted: bool = False) -> Label | None:
    """Read a label that says venue, date or both, and nothing else.

    Parameters
    ----------
    text
        The label, with or without its brackets.
    trusted
        Whether the place of the label says already that it is one (brackets before a title, a column ``Venue``): then
        a venue need not be known.

    Returns
    -------
    Label or None
        None where the text says something else.
    """
    closed = text.rstrip().endswith(")")
    text = _without_details(text).strip(PADDING)
    text = f"{text})" if closed and _SHORT_NAME_OPEN.search(text) else text
    if not text or len(text) > LONGEST_LABEL or text.count(" ") > MOST_WORDS:
        return None
    if len(text) < 40 and _FILLERS.fullmatch(text):
        return Label(remark=text)
    if "_" in text and (joined := _JOINED_LABEL.match(f"{text}_X")):
        return _read_joined(joined)
    if found := _YEAR_AND_VENUE.fullmatch(text) or _VENUE_AND_YEAR.fullmatch(text):
        return _read_joined(found)
    if not (trusted or may_hold_label(text)):
        return None
    date, rest = take_date(text) if _DIGIT.search(text) else ({}, text)
    remarks = [found[0] for found in _FILLERS.finditer(rest)]
    venue = " ".join(_FILLERS.sub(" ", rest).split()) if remarks else rest
    venue, led = _without_lead(_HOLLOW.sub("", venue).strip(PADDING))
    if venue and not is_venue(venue, dated="year" in date, trusted=trusted or led and "year" in date):
        return None
    if not venue and not date:
        return Label(remark=", ".join(remarks)) if remarks and trusted else None
    return Label(venue=tidy_venue(venue), remark=", ".join(remarks), **date)


def tells_dated_venue(text: str) -> bool:
    """Tell whether words are a venue as soon as a year stands beside them."""
    return read_label(f"{text} 2000") is not None


def _without_details(text: str) -> str:
    """A label without volume, pages, publisher and pictures."""
    if not text.isascii():
        text = _SYMBOLS.sub(" ", text)
    if "." in text:
        text = _GLUED_YEAR.sub(" ", text)
    if "T" in text:
        text = _CLOCK.sub("", text)
    if _DIGIT.search(text):
        text = _AROUND_YEAR.sub(lambda found: f" {found[1]}" if found[1] else found[2], text)
    if ("p" in text or ":" in text) and _DIGIT.search(text):
        text = _PAGES.sub("", text)
    if ";" in text:
        text = _YEAR_AND_VOLUME.sub("", text)
    if "," in text and _DIGIT.search(text):
        text = _NUMBERED_PARTS.sub("", text)
    if "]" in text:
        text = _KIND_OF_WORK.sub("", text)
    if "(" in text or "[" in text:
        text = _ISSUE_AND_PAGES.sub("", _DETAILS.sub("", text))
    return _PUBLISHER.sub("", _VOLUME_ALONE.sub("", text)) if ". " in text or ", " in text else text


@lru_cache(maxsize=20_000)
def may_hold_label(text: str) -> bool:
    """Whether a text has what a label needs when nothing vouches for it: a digit, or the short name of a venue.

    This is asked of most pieces of most lines, so it only looks for the signs of such a name: two capitals in a word,
    or one of the names written as words.
    """
    told = _SIGN.search(text) or COLLECTION.match(text)
    return bool(told) or not PLAIN_VENUES.isdisjoint(_SMALL_LETTERS.findall(text.lower()))


def starts_with_label(text: str) -> tuple[Label, int] | None:
    """Read a label that stands before a title without brackets (``CVPR'22 Title``, ``20210716 MICCAI-21 Title``).

    Returns
    -------
    tuple of Label and int, or None
        The label and the length of the text it covers.
    """
    if "_" in text[:20] and (joined := _JOINED_LABEL.match(text)):
        return _read_joined(joined), joined.end()
    if not _DIGIT.search(text):
        return None
    if month := _MONTH_DASHED.match(text):
        return Label(year=2000 + int(month["year"]), month=int(month["month"])), month.end()
    if (short := _SHORT_DASHED.match(text)) and is_known_venue(short["venue"]):
        return _read_joined(short), short.end()
    if year := _YEAR_AND_STOP.match(text):
        return Label(year=int(year[1])), year.end()
    if dashed := _DASHED.match(text):
        venue = dashed["venue"] or ""
        if not venue or is_known_venue(venue.partition("-")[0].upper()):
            return Label(venue, int(dashed["year"])), dashed.end()
    found = re.match(
        rf"\s*(?:(?P<date>20\d{{6}}|{YEAR}[-/.]\d\d?(?:[-/.]\d\d?)?|\d{{4}}['’])[\s:,]*)?"
        r"(?:In\s)?(?P<venue>[A-Z][A-Za-z&*+-]{0,16}?(?:\s(?:Findings|Workshop|Asia|MM))?\s?(?:['’‘`´-]\s?\d\d(?:\d\d)?|"
        r",?\s(?:19|20)\d\d|(?<=[A-Z]{3})[0-4]\d)"
        r"(?:\s(?:[Oo]ral|[Ss]potlight|[Ww]orkshop|[Ff]indings))?)?(?=[\s:,.]|$)[\s:,.]*", text)
    if not found or not found[0].strip() or not (found["date"] or found["venue"]):
        return None
    label = read_label(found["venue"]) if found["venue"] else None
    if found["venue"] and (label is None or not label.venue or label.year is None):
        if not found["date"]:
            return None
        end, label = found.end("date"), None
    else:
        end = found.end()
    if found["date"]:
        date = read_label(found["date"])
        if date is None:
            return None
        label = Label(label.venue, label.year, None, None, label.remark) if label else date
    return (label, end) if label and text[end:].strip() else None


def _read_joined(found: re.Match[str]) -> Label:
    """The label in ``22_ICSE_Title``."""
    year = int(found["year"])
    return Label(found["venue"] or "", year + 2000 * (year < 100))


def _without_lead(venue: str) -> tuple[str, bool]:
    """A venue without the ``in`` or ``accepted at`` before it, and whether that says that a venue follows."""
    found = _PLACED.match(venue)
    return (venue[found.end():].strip(PADDING), bool(found["led"])) if found else (venue, False)
