"""The title among the words of an entry, and the short name or the labels printed with it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ...identifiers import clean_url, link_kind
from ..plain_title import readable_title
from .citations import people_before, read_citation, read_reference
from .entry import EDGE, Entry, add_link, gaps, name_of_field, overlaps, says_nothing
from .labels import Label, is_known_venue, read_label, starts_with_label
from .people import read_people, split_at_et_al
from .running_text import CELL, HARD, SOFT, Block, Link
from .tails import is_told_label, label_and_people
from .title_options import (
    LONGEST_TITLE,
    NUMBER,
    Option,
    Span,
    follows_people,
    is_strong_option,
    is_strong_title,
    is_weak_title,
    title_options,
)

_STOP = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=[)\]]))[.。](?=\s|$)|\n|\s\(|,\s|\s[-–—|]\s")
# Brackets at the end of a title that name a venue, known or not: ``(Pond Research 2021)``, ``(LAKES 22)``.
_DATED = re.compile(r"\w[\s,]*(?:19|20)\d\d$|^[A-Z][\w-]*[A-Z][\w-]*\s?['’‘]?\d\d$")
_LABEL_AT_END = re.compile(r"[\s.]*[\[(【（]([^\[\]()【】（）]{2,60})[\])】）][\s.]*$")
_CLOSING = ("]", ")", "】", "）")
_YEAR_AT_END = re.compile(r"(.*\S.*\w)[,.]?\s((?:19|20)\d\d)\.?")
_BRACKET_FIRST = re.compile(r"\W*[(（](?:[^()（）]*[)）]\W*$|[^()（）]*$)")
_SENTENCE_AT_END = re.compile(r"(.{12,}[^\W_]{2})\.\s+([^.]{4,60}|.*\d)[.\s]*", re.S)
_COMMA_AT_END = re.compile(r"(.{12,}[^\W_]{2}),\s+([A-Z][^,]{4,50})", re.S)
_BREAK = re.compile(f"[{SOFT}{HARD}{CELL}|]")
_WORD_SIGN = re.compile(r"\w")
_DATE_BEHIND = re.compile(r"(?:[*_\s,]*\(?(?:19|20)\d\d\b\)?)?")
_INITIAL = re.compile(r"\b[A-Z]\.")
_IN_AT_END = re.compile(r"[,.]\s+[Ii]n$")
_SENTENCE_ENDS = re.compile(r"[.,?!)]\s*$")
_NO_WORD = re.compile(r"\([^\w()]*\)\s*")
_STRAIGHT = str.maketrans("’‘“”", "''\"\"")
_SEVERAL = 2
_LONGEST_NAME = 4
_PAPER = frozenset(("paper", "papers", "论文"))


def find_title(entry: Entry, claimed: list[Span], candidates: list[Link]) -> None:
    """Choose the title: a link's text, bold or quoted words, a named line, else the first plain words."""
    block = entry.block
    options = title_options(block, claimed, candidates)
    cited = next((option for option in options if option[2] == "quote" and follows_people(block, option[0])), None)
    strong = [option for option in options if is_strong_option(block, option)]
    strong.sort(key=lambda option: (option[2] != "link" and option[2] != "bold", option[0]))
    if not cited and strong and _is_name_before_colon(block, strong[0]) and _take_named(entry, claimed, strong[0]):
        return
    if cited or strong:
        _take_title(entry, claimed, candidates, cited or strong[0])
        return
    if not any(option[2] == "quote" for option in options) and _take_citation(entry, claimed, candidates):
        return
    plain = _plain_title(entry, claimed + [(link.start, link.end) for link in candidates])
    weak = sorted((option for option in options if is_weak_title(block.text[option[0]:option[1]])),
                  key=lambda option: (option[2] == "quote", option[0]))
    if weak and _take_named(entry, claimed, weak[0]):
        pass
    elif plain and is_strong_title(block.text[slice(*plain)]) and not (weak and weak[0][3] and weak[0][0] < plain[0]):
        _take_title(entry, claimed, candidates, (*plain, "text", None))
    elif weak:
        _take_title(entry, claimed, candidates, weak[0])
    elif plain:
        _take_title(entry, claimed, candidates, (*plain, "text", None))
    else:
        _release(entry, claimed, candidates, None)


def _is_name_before_colon(block: Block, option: Option) -> bool:
    """Whether a colon follows a few bold words without a link: the name of a work (``**PondNet (small)**: Title``)."""
    start, end, where, link = option
    return where == "bold" and link is None and block.text[end:end + 1] == ":" and (
        block.text[start:end].count(" ") < _LONGEST_NAME)


def take_years_at_ends(entries: list[Entry]) -> None:
    """Take the year from the end of titles in lists where this is the way (``Tidy Ponds 2019. [paper](...)``)."""
    lists: dict[int, list[Entry]] = defaultdict(list)
    for entry in entries:
        lists[entry.block.group].append(entry)
    for members in lists.values():
        ending = [(entry, found) for entry in members
                  if not entry.label.year and (found := _YEAR_AT_END.fullmatch(entry.title))]
        if len(ending) < _SEVERAL or 2 * len(ending) <= len(members):
            continue
        for entry, found in ending:
            entry.title = found[1]
            entry.add_label(Label(year=int(found[2])))


def _take_citation(entry: Entry, claimed: list[Span], candidates: list[Link]) -> bool:
    """Take people, title and label from an entry that is a reference with commas."""
    block = entry.block
    start, end = next(iter(gaps(0, len(block.text), claimed)), (0, 0))
    start += len(found[0]) if (found := NUMBER.match(block.text, start, end)) else 0
    text = block.text[start:end].rstrip(EDGE + ".")
    citation = None if _BREAK.search(text) else read_citation(text)
    if citation is None:
        return False
    entry.add_people(citation.people)
    if citation.label:
        entry.add_label(citation.label)
    a, b = citation.title
    claimed += [(start, start + a), (start + b, start + len(text))]
    _take_title(entry, claimed, candidates, (start + a, start + b, "text", None))
    return True


def _take_title(entry: Entry, claimed: list[Span], candidates: list[Link], option: Option) -> None:
    """Make words the title, and what else is linked a link of the entry."""
    start, end, where, link = option
    entry.cited = entry.cited or follows_people(entry.block, start)
    text = entry.block.text[start:end]
    if where in ("link", "bold") and (reference := read_reference(text)) is not None:
        entry.add_people(reference.people)
        text = text[slice(*reference.title)]
        entry.add_label(reference.label or Label())
    text, labels = _peeled(text)
    for label in labels:
        entry.add_label(label)
    entry.title, entry.title_from, entry.span, entry.title_link = text, where, (start, end), link
    if link is None and where == "bold":
        entry.title_link = next((other for other in candidates if start <= other.start and other.end <= end), None)
    _release(entry, claimed, candidates, entry.title_link)


def _release(entry: Entry, claimed: list[Span], candidates: list[Link], title_link: Link | None) -> None:
    """Put the candidate links into the entry: the title's first, the others with their text as label."""
    for link in candidates:
        kind = link_kind(link.url)
        if link is title_link:
            url = clean_url(link.url)
            entry.links.insert(0, {"url": url, "label": "", "kind": kind})
        elif (label := read_label(link.label, trusted=True)) is not None and label.venue and label.year:
            entry.add_label(label)
            add_link(entry, link, link.label.strip(" []"), "paper")
            claimed.append((link.start, link.end))
        else:
            add_link(entry, link, link.label.strip(" []"), kind)
            if not read_people(link.label, lone=kind == "other"):
                claimed.append((link.start, link.end))


def _take_named(entry: Entry, claimed: list[Span], option: Option) -> bool:
    """Join a short name with the title that follows it (``[Med-PaLM](..): Large Language Models Encode ...``)."""
    start, end, _, link = option
    text = entry.block.text
    joint = re.compile(r"[\]*_`)]{0,3}\s*(?:[:：]|\s[-–—]|[-–—]\s)[\s*_\"“—–-]*").match(text, end)
    if not joint:
        return False
    stops = [a for a, _ in claimed if a >= joint.end()]
    stops += [found.start() for found in re.finditer(f"[{HARD}{CELL}|]", text) if found.start() >= joint.end()]
    stops += [other.start for other in entry.block.links if other.start >= joint.end()]
    stops += [a for a, _ in entry.block.italic if a > joint.end() and text[:a].rstrip()[-1] in ".,?!"]
    rest = text[joint.end():min(stops, default=len(text))]
    rest = _first_part(rest).rstrip(" ,\"”" if "\"" in joint[0] or "“" in joint[0] else " ,")
    described = ("-" in joint[0] or "–" in joint[0] or "—" in joint[0]) and rest[:1].islower()
    if described or not is_strong_title(rest):
        return False
    papers = [other for other in entry.links if other["kind"] == "paper"]
    if link is not None and link_kind(link.url) == "code" and not papers and "-" in joint[0]:
        return False
    whole = text[start:joint.end() + len(rest)]
    name = text[start:end].strip(EDGE)
    plain = rest.translate(_STRAIGHT)
    if re.match(rf"{re.escape(name.translate(_STRAIGHT))}\b|[^\s:]+(?:\s[^\s:]+){{0,2}}:\s", plain, re.I):
        whole = rest
    whole = re.sub(r"(?<=:)\s*[—–-]\s*", " ", whole)
    entry.title, labels = _peeled(whole)
    for label in labels:
        entry.add_label(label)
    entry.extra["name"] = readable_title(text[start:end])
    entry.title_from, entry.span, entry.title_link = "name", (start, joint.end() + len(rest)), link
    _release(entry, claimed, [link] if link else [], link)
    return True


def _first_part(text: str) -> str:
    """The words up to a sentence's end that is followed by people or a label, or a label in brackets."""
    for found in _STOP.finditer(text[:LONGEST_TITLE]):
        after = text[found.end():found.end() + LONGEST_TITLE].strip(EDGE + ".")
        if not after:
            return text[:found.start()]
        if found[0][0] == ",":
            if text.count("(", 0, found.start()) == text.count(")", 0, found.start()) and (
                    _reads_as_tail(after, comma=True)):
                return text[:found.start()]
            continue
        told = found[0][0] == "." and is_told_label(after)
        if told or _reads_as_tail(after) or (found[0][0] in "\n" and len(after.split()) > 3 and read_people(after)):
            return text[:found.start()]
    return text[:LONGEST_TITLE]


def _reads_as_tail(text: str, *, comma: bool = False) -> bool:
    """Whether what follows a title is people, a venue or a date; after a comma only what is certain counts."""
    text = text.strip(" ()[]")
    at = split_at_et_al(text)
    if at and len(at[0]) < 200 and read_people(at[0]):
        return True
    label = read_label(text)
    if label is not None and (label.year or (label.venue and not comma)) or label_and_people(text):
        return True
    if comma:
        name = label.venue.split(" ")[0] if label else ""
        if is_known_venue(name) and sum(map(str.isupper, name)) > 1:
            return True
        people = read_people(text)
        return people is not None and len(people[0]) > 1 and all("," in name for name in people[0])
    pieces = re.split(r"[.;]\s|\s[-–—|]\s|,\s(?=\d{4}|[A-Z]{3,}\b)", text, maxsplit=1)
    first = pieces[0]
    if len(pieces) == 2 and read_people(first) and (read_label(pieces[1]) or len(first.split()) > 3):
        return True
    return read_people(text) is not None and len(text.split()) > 1


def _plain_title(entry: Entry, claimed: list[Span]) -> Span | None:
    """Where the first plain words stand that may be a title; people and labels before it are passed over."""
    block, people = entry.block, None
    for start, end in gaps(0, len(block.text), claimed):
        for a, b in _plain_pieces(block, start, end):
            piece = block.text[a:b]
            named = name_of_field(piece)
            if named and (named.role not in ("title", "link") or says_nothing(piece[named.end:])):
                continue
            a += named.end if named and (named.role == "title" or named.word in _PAPER) else 0
            a += len(block.text[a:b]) - len(block.text[a:b].lstrip(EDGE + ".*_"))
            a += _line_before(block.text[a:b])
            if leading := starts_with_label(block.text[a:b]):
                entry.add_label(leading[0])
                a += leading[1]
            if len(piece.split()) > 3 and read_people(block.text[a:b]) is not None or _BRACKET_FIRST.match(piece):
                continue
            a += people_before(block.text[a:b])
            piece = _IN_AT_END.sub("", _first_part(block.text[a:b]).rstrip(EDGE + "*_([（"))
            if not re.search(r"[^\W\d_]{2}", piece) or read_label(piece) is not None:
                continue
            if read_people(piece) is None:
                return a, a + len(piece)
            if len(piece.split()) <= 3 and not split_at_et_al(piece) and not overlaps(a, a + 1, block.italic):
                people = people or (a, a + len(piece))
    return people


def _plain_pieces(block: Block, start: int, end: int) -> Iterator[Span]:
    """The parts of a range between hard breaks and bars, and where the setting changes with what is said."""
    set_apart = sorted({*block.italic, *block.bold, *block.small})
    for found in re.finditer(f"[^{HARD}{CELL}|·•]+", block.text[start:end]):
        a, b = start + found.start(), start + found.end()
        for cut, closed in set_apart:
            if not a <= cut < b:
                continue
            closed = min(closed, b)
            first = not _WORD_SIGN.search(block.text, a, cut)
            if first and _ends_what_is_first(block.text, cut, closed, b):
                cut = _DATE_BEHIND.match(block.text, closed, b).end()
            elif first or not (_SENTENCE_ENDS.search(block.text, a, cut) or _tells_its_place(block.text[cut:closed])):
                continue
            yield a, cut
            a = cut
        yield a, b


def _line_before(text: str) -> int:
    """How many characters the line above the title takes that is people or a label and nothing else."""
    line, stop, rest = text.partition(SOFT)
    if not stop or len(rest.split()) < _SEVERAL or len(line.split()) < _SEVERAL:
        return 0
    told = read_people(line, lone=True) is not None or (
        label := read_label(line)) is not None and bool(label.year or label.venue)
    return len(line) + len(stop) if told and not line.rstrip().endswith(",") else 0


def _ends_what_is_first(text: str, start: int, end: int, stop: int) -> bool:
    """Whether words set apart at the beginning tell what stands before a title, or are the title before such."""
    label = read_label(text[start:end])
    if label is not None and (label.year or label.venue) or _tells_its_place(text[start:end]):
        return True
    return is_strong_title(text[start:end]) and _reads_as_tail(text[end:stop].strip(EDGE + ".*_"))


def _tells_its_place(text: str) -> bool:
    """Whether words set apart tell the people, the venue or the date rather than words of a title."""
    found = split_at_et_al(text)
    people = read_people(found[0] if found else text)
    if people is not None and (found or len(people[0]) > 1 or _INITIAL.search(text)):
        return True
    label = read_label(text, trusted=True)
    return label is not None and bool(label.year or is_known_venue(label.venue))


def _peeled(text: str) -> tuple[str, list[Label]]:
    """A title without the labels at its beginning and end, and what they say."""
    labels: list[Label] = []
    text = " ".join(text.replace(HARD, " ").split()).strip(" ,;|*_")
    text = text[found.end():] if (found := _NO_WORD.match(text)) else text
    text = text[1:-1] if text[:1] == "[" and text[-1:] == "]" and text.count("[") == 1 else text
    while found := re.match(r"[\[(【（]([^\[\]()【】（）]{2,40})[\])】）]\s*", text):
        label = read_label(found[1], trusted=text[0] in "[【" and bool(re.search(r"\d\d", found[1])))
        if label is None or found.end() == len(text):
            break
        labels.append(label)
        text = text[found.end():]
    if leading := starts_with_label(text):
        labels.append(leading[0])
        text = text[leading[1]:]
    while (found := _SENTENCE_AT_END.fullmatch(text)) and (
            label := read_label(found[2], trusted=is_told_label(found[2]))) and label.year:
        labels.append(label)
        text = found[1]
    found = _COMMA_AT_END.fullmatch(text)
    if found and found[1].count("(") == found[1].count(")") and (label := read_label(found[2])) and (
            label.year and label.venue):
        labels.append(label)
        text = found[1]
    while text.rstrip(" .").endswith(_CLOSING) and (found := _LABEL_AT_END.search(text)):
        label = read_label(found[1], trusted=bool(_DATED.search(found[1])))
        if label is None or not (label.year or label.venue) or not text[:found.start()]:
            break
        labels.append(label)
        text = text[:found.start()]
    return text.strip(" ,;:|"), labels
