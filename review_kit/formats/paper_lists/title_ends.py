"""The labels and remarks printed with a title, before its words and behind them, taken off it."""

from __future__ import annotations

import re
from dataclasses import replace

from .labels import Label, read_label, starts_with_label, tells_dated_venue
from .running_text import HARD
from .tails import is_told_label
from .venues import is_known_venue

# Brackets at the end of a title that name a venue, known or not: ``(Pond Research 2021)``, ``(LAKES 22)``.
_DATED = re.compile(r"\w[\s,]*(?:19|20)\d\d$|^[A-Z][\w-]*[A-Z][\w-]*\s?['’‘]?\d\d$|^[A-Z][\w-]+['’‘]\d\d$")
_LABEL_AT_END = re.compile(r"[\s.]*(?:"
                           r"[\[(【（]([^\[\]()【】（）]{2,60})[\])】）]|\(([^()]{2,60}\([^()]{2,20}\))\))[\s.]*$")
_DIGIT = re.compile(r"\d")
# Without a digit so near its end nothing dates a title.
_LONGEST_END = 64
_CLOSING = ("]", ")", "】", "）")
_SENTENCE_AT_END = re.compile(r"(.{12,}[^\W_]{2})\.\s+([^.]{4,60}|.*\d)[.\s]*", re.S)
_YEAR_AT_END = re.compile(r"([^,]*[^\W\d_]{2}[^,]*),\s((?:19|20)\d\d)")
_COMMA_AT_END = re.compile(r"(.{12,}[^\W_]{2}),\s+([A-Z][^,]{4,50}|[A-Z][^,]{2,40},\s\(?(?:19|20)\d\d\)?)", re.S)
_QUOTES = tuple("\"“”«»")
_NUMBER_AT_END = re.compile(r"(?<=\w)\s+\(\d{1,2}\)$")
# A number, an empty pair of brackets, or a topic in brackets before the title.
_MARK_FIRST = re.compile(r"^(?:\d{1,3}[.)]\s+(?=[A-Z])|\[\]\s*|\[[A-Z][^\[\]\d]{2,40}\]\s+(?=\w.{10}))")
# ``2018 (Pond Labs) (PONDS) *[PondNet] Title``: the year, who and where, and the name of the work.
_YEAR_AND_BRACKETS = re.compile(r"((?:19|20)\d\d)\s*((?:\([A-Z][\w&.'-]*(?: [A-Z][\w&.'-]*){0,3}\)\s*){1,3})\**\s*"
                                r"(?:\[[^\[\]]{2,40}\]\s*)?(?:\([^()]{2,40}\)\s+)?(?=[A-Z])")
# ``PondNet - Title - PONDS - 2018``.
_DASHED_END = re.compile(r"(?:(?P<name>[^\s-]+(?: [^\s-]+)?) - )?(?P<title>\S.{3,}?)(?:\s+-\s+"
                         r"(?P<label>[A-Z][\w.&/-]*(?: (?:[A-Z][\w.&/-]*|of|in|and|on)){0,4}\s*-\s*(?:19|20)\d\d)|"
                         r"-(?P<glued>[A-Z]{3,})\s?(?P<year>(?:19|20)\d\d))")
# What is said in square brackets at the end, or behind venue and year, and is no part of a title.
_SQUARE_AT_END = re.compile(r"(.{12,}[^\W\d_])\s*\[([^()\[\]]{2,60})\]\s*", re.S)
_BEHIND_YEAR = re.compile(r"(.{12,},\s[A-Z][^,]{1,40},\s\(?(?:19|20)\d\d\)?)\s*\(([^()]{2,60})\)\s*", re.S)
_REMARK = re.compile(r"(?:(?:also|see|in|from|on) .*\d.*|(?:extended |short |long )?(?:abstract|survey|review|oral|"
                     r"poster|spotlight|workshop|demo|code|new|best paper\w*))", re.I)
_CAPITALS = re.compile(r"[A-Z]{2,}(?:-[A-Z]{2,})+")
_NO_WORD = re.compile(r"\([^\w()]*\)\s*")


def without_labels(text: str) -> tuple[str, list[Label]]:
    """A title without the labels at its beginning and end, and what they say."""
    labels: list[Label] = []
    text = _take_labels_before(_bare(text), labels)
    text = _take_remarks_behind(text, labels)
    if leading := starts_with_label(text):
        labels.append(leading[0])
        text = text[leading[1]:]
    return _take_labels_behind(text, labels).strip(" ,;:|"), labels


def _bare(text: str) -> str:
    """A title on one line, without quotes, numbers and brackets around it."""
    text = " ".join(text.replace(HARD, " ").split()).strip(" ,;|*_")
    text = text[found.end():] if (found := _NO_WORD.match(text)) else text
    text = text if text[:1].isalpha() else _MARK_FIRST.sub("", text)
    text = text[1:-1] if text[:1] in _QUOTES and text[-1:] in _QUOTES and len(text) > 2 else text
    text = text.strip('"') if text.count('"') == 1 and '"' in (text[0], text[-1]) else text
    return text[1:-1] if text[:1] == "[" and text[-1:] == "]" and text.count("[") == 1 else text


def _take_labels_before(text: str, labels: list[Label]) -> str:
    """Take what stands in brackets before a title."""
    if found := _YEAR_AND_BRACKETS.match(text):
        labels.append(_label_of_brackets(found))
        text = text[found.end():]
    while found := re.match(r"[\[(【（]([^\[\]()【】（）]{2,40})[\])】）]\s*", text):
        label = read_label(found[1], trusted=text[0] in "[【" and bool(re.search(r"\d\d", found[1])))
        if label is None or found.end() == len(text):
            break
        labels.append(label)
        text = text[found.end():]
    return text


def _take_remarks_behind(text: str, labels: list[Label]) -> str:
    """Take what is said behind venue and year, or in square brackets, at the end of a title."""
    if not text.endswith(_CLOSING):
        return text
    behind = _BEHIND_YEAR.fullmatch(text)
    dated = _COMMA_AT_END.fullmatch(behind[1]) if behind else None
    if behind and dated and is_told_label(dated[2]):
        labels.append(Label(remark=behind[2]))
        return behind[1]
    found = _SQUARE_AT_END.fullmatch(text)
    told = found is not None and (tells_dated_venue(found[2]) or bool(_CAPITALS.fullmatch(found[2])))
    label = read_label(found[2], trusted=True) if told else None
    if found is None or label is None and not _REMARK.fullmatch(found[2]):
        return text
    labels.append(label or Label(remark=found[2]))
    return found[1]


def _take_labels_behind(text: str, labels: list[Label]) -> str:
    """Take venue and date from the end of a title: behind a stop, a dash or a comma, in brackets."""
    if not _DIGIT.search(text, max(0, len(text) - _LONGEST_END)) and not text.rstrip(" .").endswith(_CLOSING):
        return text
    while (found := _SENTENCE_AT_END.fullmatch(text)) and (
            label := read_label(found[2], trusted=is_told_label(found[2]))) and label.year:
        labels.append(label)
        text = found[1]
    if (found := _DASHED_END.fullmatch(text)) and (label := _label_behind_dash(found)) is not None:
        labels.append(label)
        text = found["title"]
    if found := _YEAR_AT_END.fullmatch(text):
        labels.append(Label(year=int(found[2])))
        text = found[1]
    found = _COMMA_AT_END.fullmatch(text)
    if found and found[1].count("(") == found[1].count(")") and (
            label := read_label(found[2], trusted=is_told_label(found[2]))) and (
            label.year and label.venue):
        labels.append(label)
        text = found[1]
    while text.rstrip(" .").endswith(_CLOSING) and (found := _LABEL_AT_END.search(text)):
        words = found[1] or found[2]
        label = read_label(words, trusted=bool(_DATED.search(words)))
        if label is None or not (label.year or label.venue) or not text[:found.start()]:
            break
        labels.append(label)
        text = text[:found.start()]
    return _NUMBER_AT_END.sub("", text) if text.endswith(")") else text


def _label_of_brackets(found: re.Match[str]) -> Label:
    """The label a year and the brackets behind it are: the venue is the known one of them, or the only one."""
    brackets = re.findall(r"\(([^()]+)\)", found[2])
    told = [label for words in brackets if (label := read_label(words, trusted=len(brackets) == 1)) and label.venue]
    return Label(told[-1].venue if told else "", int(found[1]))


def _label_behind_dash(found: re.Match[str]) -> Label | None:
    """The label behind the last dash of a title; the name of the work before the first is its remark."""
    if found["glued"]:
        return Label(found["glued"], int(found["year"])) if is_known_venue(found["glued"]) else None
    label = read_label(found["label"], trusted=True)
    return replace(label, remark=found["name"]) if label is not None and found["name"] else label
