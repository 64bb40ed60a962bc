"""The records of an XML file, each cut out and parsed by itself with defusedxml.

A damaged record costs only itself, and entities of a document type are never defined, so none can grow.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from .record_rows import problem_row
from .source_lines import add_problem, note_repairs, tidy_lines

Row = dict[str, Any]

_ENTITY = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9A-Fa-f]{1,6});)")
_BAD_REFERENCE = re.compile(
    r"&#(?:x0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[dD][89a-fA-F]\w\w)|0*(?:[0-8]|1[124-9]|2\d|3[01]));"
)
_TAG = re.compile(r"<!DOCTYPE[^<>\[]*\[|<[^<>]*>")
_ROOT = re.compile(r"<([A-Za-z][\w:.-]*)")
_LETTER = re.compile(r"[^\W\d_]")
_LARGEST_RECORD = 20_000_000


def read_elements(
    text: str, tags: Sequence[str], row_of: Callable[[Element, int], Row], rescued: Callable[[str], Row]
) -> list[Row]:
    """Read each element of these names as a row.

    Parameters
    ----------
    text
        XML, decoded.
    tags
        The names of the elements that are records.
    row_of
        Makes the row of an element that begins on this line.
    rescued
        Makes the row of what can be read in the text of an element that is not well-formed.

    Returns
    -------
    list of dict
        One row per element, in order; one that is not well-formed has ``raw`` and ``problem``, and so has text between
        elements.
    """
    text, hurt = tidy_lines(text)
    rows = []
    for raw, line, end in _cut(text, tags):
        if end is None:
            told = "text stands in no record; move it into one, or remove it"
            rows.append({**rescued(raw), **problem_row(raw.strip(), told, line=line)})
            continue
        repaired, undefined = _ENTITY.subn("&amp;", _BAD_REFERENCE.sub(" ", raw))
        row = _parsed(repaired + end, line, row_of, rescued)
        if undefined:
            add_problem(row, f"{undefined} signs '&' that begin no known character were kept as text")
        if row.get("problem"):
            row["raw"] = raw
        rows.append(row)
    root = _ROOT.search(_without_comments(text))
    if rows and root and root[1] not in tags and f"</{root[1]}" not in text:
        add_problem(rows[-1], f"the end of {root[1]} is missing; the file may be cut off behind this record")
    return note_repairs(rows, hurt)


def rescued_fields(raw: str, openings: Mapping[str, str]) -> dict[str, list[str]]:
    """What stands between an opening tag and its end in text that is no XML.

    Parameters
    ----------
    raw
        The text.
    openings
        Field to the tag that opens it, with the attributes that tell it from others (``ArticleId IdType="doi"``).

    Returns
    -------
    dict
        Each field that was found, with its one value.
    """
    fields = {}
    for field, tag in openings.items():
        opening = re.search(rf"<{tag}(?:\s[^<>]*)?>", raw)
        end = raw.find(f"</{tag.split()[0]}>", opening.end()) if opening else -1
        if opening and end >= 0:
            fields[field] = [re.sub(r"<[^<>]*>", "", raw[opening.end() : end]).strip()]
    return fields


def _without_comments(text: str) -> str:
    """The text without the comments that end in it."""
    first, *others = text.split("<!--")
    parts = [(other, *other.partition("-->")) for other in others]
    return first + "".join(rest if end else f"<!--{whole}" for whole, _, end, rest in parts)


def _cut(text: str, tags: Sequence[str]) -> Iterator[tuple[str, int, str | None]]:
    """Each record's text, its line, and the end tag it lacks; text between records has None for that."""
    found = re.finditer(rf"<({'|'.join(tags)})(?=[\s>])|\Z", text)
    mark, at, line = next(found), 0, 1
    while True:
        between = text[at : mark.start()]
        if _LETTER.search(_TAG.sub("", _without_comments(between))):
            blank = len(between) - len(between.lstrip())
            yield between, line + between.count("\n", 0, blank), None
        line += between.count("\n")
        if not mark[1]:
            return
        following = next(found)
        closing = f"</{mark[1]}>"
        end = text.find(closing, mark.start(), following.start())
        at = following.start() if end < 0 else end + len(closing)
        raw = text[mark.start() : at]
        yield raw, line, closing if end < 0 else ""
        line += raw.count("\n")
        mark = following


def _parsed(raw: str, line: int, row_of: Callable[[Element, int], Row], rescued: Callable[[str], Row]) -> Row:
    """One record as a row, or as what is wrong with it."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(raw) > _LARGEST_RECORD:
        return problem_row(raw, f"the record has {len(raw):,} characters; the limit is {_LARGEST_RECORD:,}", line=line)
    try:
        row = row_of(fromstring(raw, forbid_dtd=True), line)
        return row if row.get("title") else _with_title(row, rescued(raw))
    except ParseError as error:
        return {**rescued(raw), **problem_row(raw, f"the record is not well-formed XML ({error})", line=line)}
    except DefusedXmlException as error:
        return problem_row(raw, f"the record holds what no reference needs and may do harm ({error})", line=line)


def _with_title(row: Row, saved: Row) -> Row:
    """The row of a sound record without a title; one that stands elsewhere than titles do is taken, and told."""
    if saved.get("title"):
        add_problem(row, f"a title stands where none belongs: {saved['title'][:60]!r}")
        return {**{column: saved[column] for column in ("title", "title_raw")}, **row}
    return row
