"""RIS, in the dialects of EndNote, Zotero, Citavi, Scopus, Ovid, EBSCO, ProQuest, Rayyan, ASReview and others.

A small codec of our own reads it. rispy, tried first, loses records without a word: one whose ``ER`` is missing, every
record of a file that writes ``TY -`` with one blank or has no ``TY`` at all; and of a tag that stands twice
(two ``DO``, two ``TI``) it keeps one. Here each ``TY`` begins a row, whatever ends it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from .column_names import column_roles
from .document_types import document_type
from .record_rows import flat_roles, problem_row, record_row
from .source_lines import add_problem, note_repairs, tidy_lines
from .tagged_lines import TaggedRecord, at_margin, tell_all

NAME = "ris"

TagReader = Callable[[str], tuple[str | None, str]]


class _Found(NamedTuple):
    """A record: its first line, its tags with their values, its text, if ``ER`` ended it, and lines without a tag."""

    line: int
    fields: dict[str, list[str]]
    raw: str
    ended: bool
    strays: Sequence[str] = ()


_ROLES = flat_roles(
    {
        "title": ("TI", "T1", "CT", "ST"),
        "authors": ("AU", "A1"),
        "year": ("PY", "Y1"),
        "date": ("DA",),
        "venue": ("JF", "T2", "JO", "BT", "JA", "J1", "J2", "C3", "T3"),
        "volume": ("VL",),
        "number": ("IS",),
        "start_page": ("SP",),
        "end_page": ("EP",),
        "abstract": ("AB", "N2"),
        "keywords": ("KW",),
        "doi": ("DO", "DI"),
        "pmid": ("PMID",),
        "pmcid": ("PMCID",),
        "isbn": ("BN",),
        "issn": ("SN",),
        "wos": ("WOS",),
        "dimensions": ("DIMENSIONS",),
        "key": ("ID", "AN"),
        "url": ("UR", "LK", "L2", "L1"),
    }
)
_OTHER_TAGS = frozenset(
    """A2 A3 A4 A5 AD AI AV C1 C2 C4 C5 C6 C7 C8 CA CN CP CY DB DP ED ET J9 JI L3 L4 LA LB M1 M2 M3 M4 N1 NL NS NV
    OP PA PB PI PP PU RI RN RP SE ST T4 TA TS TT U1 U2 U3 U4 U5 WE WT WV Y2 FX EM EA""".split()
)
_TAGS = _OTHER_TAGS | _ROLES.keys() | {"TY"}
_SAMPLE = 200_000
_TWO_BLANKS = re.compile(r"([A-Z][A-Z0-9])  - ?(.*)")
_ANY_BLANKS = re.compile(r"\s{0,4}([A-Z][A-Z0-9])[ \t]{0,4}[-–] ?(.*)")
# "ER - negative tumours" may begin a line of an abstract: but for two blanks, ER stands alone and TY has a type.
_ENDS = re.compile(
    r"[ \t]{0,4}(?:(TY|ER)  -[ \t]?(.*)|(ER)(?:[ \t]{0,4}[-–])?\s*|(TY)[ \t]{0,4}[-–]\s*([A-Z][\w ]*)\s*)"
)
_PUBMED_ID = re.compile(r"(PMID|PMCID) {0,2}- *((?:PMC)?\d+)\s*")
# Behind these a line that is like a loosely spaced tag is text.
_PROSE = frozenset("AB N2 N1 TI T1 KW AD C1 UR".split())
_SPOTS = frozenset(("U1", "U2", "C2", "AN", "M3", "N1", "L3", "databases"))
_MISUSED = _SPOTS | {"BT", "C3"}
_DATABASE_ID = re.compile(r"(?:PUBMED|EMBASE|CINAHL) \d")
_BARE_DOI = re.compile(r"10\.\d{4,9}/\S+")
_ISBN = re.compile(r"(?:97[89][ -]?)?(?:\d[ -]?){9}[\dXx]")
_TY = re.compile(r"TY(?:  -|[ \t]{0,4}[-–](?=[ \t]*(?:[A-Z][\w ]*)?(?:\n|\Z)))")
_LINE_START = re.compile(r"(?:\A|\n)[ \t]{0,4}\Z")
# Copied from a page, or typed by hand: blanks that do not break, small letters.
_ODD_HEAD = re.compile(r"[\s\ufeff]*(?:ty[ \xa0]|TY ?\xa0)")
_ODD_TAG = re.compile(r"^([A-Za-z][A-Za-z0-9])([ \xa0]{1,3}-)", re.M)
_BEGINS = re.compile(rf"^[ \t]{{0,4}}{_TY.pattern}", re.M)
# What programs write above and between records.
_PREFACE = re.compile(r"[\W\d_]*|(?:Provider|Database|Content)\b.*|(?:Record|Reference)\b[ #]*\d.*|EF", re.I)
_CLOSES = re.compile(r"^\s{0,4}ER[ \t]{0,4}-", re.M)
# Ovid writes its last tag behind ER: tags without one of these are no record of their own.
_CORE = frozenset(("TY", "TI", "T1", "CT", "BT", "AU", "A1", "AB", "N2", "DO", "PY", "Y1"))
_TITLES = frozenset(("TI", "T1", "CT", "BT"))
_ANY_TAG = re.compile(r"^\s{0,4}[A-Z][A-Z0-9][ \t]{0,4}[-–] ", re.M)
_TYPICAL = re.compile(r"^(?:TI|T1|AU|A1|PY|Y1|JO|JF|T2|AB|N2|UR|DO)  - ", re.M)


def matches(text: str, name: str) -> bool:
    """Tell whether a text is RIS: it has ``TY`` lines, or ``ER`` lines among the tags of references."""
    text = _with_plain_tags(at_margin(text))
    if _heads_a_table(text[:2000].lstrip("\ufeff \t\r\n")):
        return False  # RIS in a cell of a spreadsheet does not make the spreadsheet RIS
    if name.lower().endswith(".ris") and _ANY_TAG.search(text):
        return True
    return bool(_BEGINS.search(text)) or bool(_CLOSES.search(text) and len(_TYPICAL.findall(text[:20_000])) > 2)


def _with_plain_tags(text: str) -> str:
    """The text, its tags in capitals before plain blanks if its first one is not so."""
    if not _ODD_HEAD.match(text):
        return text
    return _ODD_TAG.sub(lambda tag: tag[1].upper() + tag[2].replace("\xa0", " "), text)


def _heads_a_table(text: str) -> bool:
    """Whether the first line names columns."""
    names = re.split(r"[,;\t]", text.partition("\n")[0])
    return len({role for role, _ in column_roles(name.strip("\"' ") for name in names if len(name) < 60).values()}) > 2


def read(text: str) -> list[dict[str, Any]]:
    """Read RIS text as rows of the records table.

    Parameters
    ----------
    text
        The file, decoded.

    Returns
    -------
    list of dict
        One row per ``TY`` (in files without any, per ``ER``), in order. What a record lacks (its ``ER``, a title) is
        said in ``problem``; tags without a column are in ``extra``, a second value of a single-valued tag too.
    """
    text, hurt = tidy_lines(_with_plain_tags(at_margin(text)))
    typed = bool(_BEGINS.search(text))
    closed = bool(_CLOSES.search(text))
    rows, before = [], []
    for found in _records(text):
        strays = before + [line for line in found.strays if not _PREFACE.fullmatch(line)]
        if not found.fields and not found.ended:
            before = strays
            continue
        if typed and rows and found.fields and not strays and _CORE.isdisjoint(found.fields):
            for tag, values in found.fields.items():
                _keep(rows[-1]["extra"], tag, values)
            continue
        row = _row(found.fields, found.line)
        if not found.ended and closed:
            add_problem(row, "the record has no ER line; it was ended where the next one or the file ends")
        if typed and "TY" not in found.fields:
            add_problem(row, "the record has no TY line")
        if strays or "problem" in row or "title" not in row:
            tell_all(row, strays, "\n".join([*before, found.raw]))
        rows.append(row)
        before = []
    if before:
        rows.append(problem_row("\n".join(before), "no tag is before this text", line=1))
    return note_repairs(rows, hurt)


def _keep(extra: dict[str, Any], tag: str, values: list[str]) -> None:
    """Add the values of a tag to what is kept without a column."""
    kept = extra.get(tag, [])
    values = [*(kept if isinstance(kept, list) else [kept]), *values]
    extra[tag] = values[0] if len(values) == 1 else values


def _records(text: str) -> Iterator[_Found]:
    """Each record, and as one without tags the text that stands before the first."""
    places = (found.start() for found in _TY.finditer(text))
    starts = [at for at in places if text[at - 1 : at] == "\n" or _LINE_START.search(text[max(at - 6, 0) : at])]
    starts = starts if starts and not text[: starts[0]].strip() else [0, *starts]
    tagged = _tag_reader(text)
    line, counted = 1, 0
    for start, end in zip(starts, [*starts[1:], len(text)]):
        line += text.count("\n", counted, start)
        counted = start
        chunk = text[start:end]
        fields = _even_fields(chunk)
        if fields:
            yield _Found(line, fields, chunk, True)
        else:
            yield from _uneven_records(chunk, line, tagged)


def _even_fields(chunk: str) -> dict[str, list[str]]:
    """The tags of a record as most programs write it, one to a line from ``TY`` to ``ER``; nothing if it is not so."""
    fields: dict[str, list[str]] = {}
    lines = chunk.rstrip().split("\n")
    if lines.pop().rstrip() != "ER  -":
        return {}
    for line in lines:
        tag, dash, value = line.partition("  - ")
        if not dash:
            return {}
        if tag in fields:
            fields[tag].append(value.strip())
        elif tag in _TAGS:
            fields[tag] = [value.strip()]
        else:
            return {}
    return fields


def _uneven_records(chunk: str, first: int, tagged: TagReader) -> Iterator[_Found]:
    """The records in a piece of text that is not even; another begins behind a blank line with the first one's tag."""
    lines = chunk.split("\n")
    record, blank = TaggedRecord(), False
    for number, line in enumerate(lines):
        tag, value = tagged(line)
        if tag is None and record.last not in _PROSE:
            tag, value = _read_loosely(line)
        if tag == "ER":
            record.end(value.strip(), first + number)
        elif tag is None:
            if line.strip():
                record.carry_on(line.strip(), first + number)
        else:
            again = blank and tag == next(iter(record.tags), "") and not _TITLES.isdisjoint(record.tags)
            if record.line and (record.ended or again or tag == "TY"):
                yield _found(record, lines[record.line - first : number])
                record = TaggedRecord()
            record.add(tag, value.strip(), first + number)
        blank = tag is None and (blank or not line.strip())
    if record.line:
        yield _found(record, lines[record.line - first :])


def _found(record: TaggedRecord, lines: list[str]) -> _Found:
    """A record that was gathered from these lines."""
    fields = record.fields("\n")
    for tag in ("AU", "A1"):
        if tag in fields:
            fields[tag] = [name for value in fields[tag] for name in value.split("\n")]
    return _Found(record.line, fields, "\n".join(lines), record.ended, record.strays)


def _tag_reader(text: str) -> TagReader:
    """How this file's lines are taken apart: one that keeps to two blanks is read strictly, so that prose is no tag."""
    sample = text[:_SAMPLE]
    strict = len(re.findall(r"^[A-Z][A-Z0-9]  -(?: |$)", sample, re.M))
    uneven = r"^(?:[A-Z][A-Z0-9](?:[ \t]?|[ \t]{3,4})|[ \t]{1,4}[A-Z][A-Z0-9][ \t]{0,4})[-–] "
    loose = len(re.findall(uneven, sample, re.M))
    return _read_loosely if loose > strict else _read_strictly


def _read_strictly(line: str) -> tuple[str | None, str]:
    """The tag and value of a line whose tag is followed by two blanks."""
    hit = _TWO_BLANKS.fullmatch(line)
    return (hit[1], hit[2]) if hit else _read_end(line)


def _read_loosely(line: str) -> tuple[str | None, str]:
    """The tag and value of a line that begins with a tag we know, however it is spaced."""
    hit = _ANY_BLANKS.fullmatch(line)
    if hit and hit[1] in _TAGS and hit[1] != "TY":
        return hit[1], hit[2]
    return _read_end(line)


def _read_end(line: str) -> tuple[str | None, str]:
    """``TY`` or ``ER`` and its value, however it is spaced; an id of PubMed too."""
    if line.startswith("PM") and (hit := _PUBMED_ID.fullmatch(line)):
        return hit[1], hit[2]
    hit = _ENDS.fullmatch(line)
    return (hit[1] or hit[3] or hit[4], hit[2] or hit[5] or "") if hit else (None, "")


def _row(fields: dict[str, list[str]], line: int) -> dict[str, Any]:
    """One record's tags as a row, with the habits of single programs set right."""
    if len(fields.get("SN", [""])[0]) > 9 and _ISBN.match(fields["SN"][0]):
        fields["BN"] = fields.pop("SN")
    if not _MISUSED.isdisjoint(fields):
        _set_right(fields)
    row = record_row(fields, _ROLES, line=line)
    if "TY" in fields:
        row["type"] = document_type(fields["TY"])
    return row


def _set_right(fields: dict[str, list[str]]) -> None:
    """Move what single programs write under other tags to its own."""
    if "BT" in fields and not any(tag in fields for tag in ("TI", "T1", "CT")):
        fields["TI"] = fields.pop("BT")
    if _DATABASE_ID.match(fields.get("C3", [""])[0]):  # Cochrane's; elsewhere the proceedings
        fields["databases"] = fields.pop("C3")
    for value in [value for tag in fields if tag in _SPOTS for value in fields[tag][:20]]:
        _spot_identifier(value, fields)


def _spot_identifier(value: str, fields: dict[str, list[str]]) -> None:
    """Take an identifier that a program put in a field of its own: ``PMC123``, ``123 [PMID]``, ``doi: 10.1/x``."""
    if value.startswith("PMC") and value[3:10].strip("[ ]PMCID").isdigit():
        fields.setdefault("PMCID", [value.split()[0]])
    elif value.endswith("[PMID]") or value.startswith("PUBMED "):
        fields.setdefault("PMID", [value])
    elif value.startswith("WOS:"):
        fields.setdefault("WOS", [value])
    elif value.startswith("pub.") and value[4:].isdigit():
        fields.setdefault("DIMENSIONS", [value])
    elif (value[:4].lower() in ("doi:", "doi ") or _BARE_DOI.fullmatch(value)) and "DO" not in fields:
        fields["DO"] = [value]
