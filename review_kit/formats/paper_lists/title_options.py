"""The words of an entry that are set apart and may be its title, and how sure they are one."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from ...identifiers import label_kind, link_kind
from .entry import EDGE, joined, name_of_field, overlaps
from .labels import read_label
from .people import is_one_of_people, read_people
from .running_text import CELL, HARD, Block, Link
from .venues import tells_venue

Span = tuple[int, int]
# Where words that may be the title stand, how they are set, and their link.
Option = tuple[int, int, str, "Link | None"]

# Straight quotes may hold others, which open behind a blank: ``"Ponds "Told" by Ear"``.
_QUOTED = re.compile(r"[\"“”«]((?:[^\"“”«»\x1d\x1f]|(?<=\s)\"(?=\w)[^\"“”\x1d\x1f]{1,80}\"){8,300}?)[\"“”»](?!\w)|"
                     r"《([^《》]{2,200})》")
_YEAR_BEHIND = re.compile(r"[\s.,(]*(?:19|20)\d\d[a-z]?[\s.,)]*$")
_TITLE_WORD = re.compile(r"[^\W_][\w'’+-]*")
_CHINESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff]")
NUMBER = re.compile(r"\s*(?:\[\d{1,4}\]|\(?\d{1,4}[.)])\s*")
LONGEST_TITLE = 600
STRONG_WORDS = 3
_MOST_QUOTES = 20
# What a text must have to be people at all, or several; asked first, as it is so much quicker.
_PEOPLE = re.compile(r"[,.;&]|\band\b|等")
_SEVERAL_PEOPLE = re.compile(r"[,;&、，]|\band\b|\bal\b|等")
_LONGEST_LABEL = 8
_SHORTEST_NAME = 4
# What tells that bold words before it are a title, whatever they are: a dash and a sentence in small letters.
_PROSE_BEHIND = re.compile(r"\s+[-–—]\s+[a-z][\w-]*\s+[\w/-]+\s+[\w/-]+")
_SENTENCES_BEHIND = re.compile(rf"\s+[-–—]\s+([A-Z][^{HARD}{CELL}\[\]|]{{40,}}\.)(?=\s|$)")
_PLAIN_WORDS = re.compile(rf" [A-Z][^{HARD}{CELL}\n\[\]()|]{{20,{LONGEST_TITLE}}}")
_COLLECTION = re.compile(
    r"(?:in\s+)?(?:\d|proc|advances|international|ieee|acm|annual|workshop|journal|transactions|findings|conference|"
    r"symposium|the\s+\d)", re.I)


def title_options(block: Block, claimed: list[Span], candidates: list[Link]) -> list[Option]:
    """What is set apart and may be a title: linked, bold and quoted words; of bold in quotes the quotes count."""
    options: list[Option] = [(link.start, link.end, "link", link) for link in candidates]
    linked = [(link.start, link.end) for link in candidates]
    quotes = []
    for found in islice(_QUOTED.finditer(block.text), _MOST_QUOTES):
        span = found.span(1 if found[1] else 2)
        if not overlaps(*found.span(), claimed + linked) and not any(
                a <= found.start() and found.end() <= b for a, b in block.bold):
            quotes.append(span)
    for start, end in joined(block.text, block.bold):
        remark = block.text[start:end].strip()
        around = block.text[max(0, start - 1):start] + block.text[end:end + 1]
        bracketed = remark[:1] in "(（" and remark[-1:] in ")）" or around in ("()", "（）")
        field = name_of_field(block.text[start:end + 3])
        field_only = field is not None and start + field.end >= end
        taken = overlaps(start, end, claimed + linked + quotes)
        if not (bracketed or field_only or taken or is_one_of_people(block.text, start, end)):
            options.append((start, end, "bold", None))
    for start, end in joined(block.text, block.italic):
        taken = block.text[start] in "(（" or overlaps(start, end, claimed + linked + quotes)
        if not taken and is_strong_title(block.text[start:end]) and follows_people(block, start):
            quotes.append((start, end))
    return options + [(*span, "quote", None) for span in quotes]


def follows_people(block: Block, at: int) -> bool:
    """Whether what stands before a title on its line is people, and a year: then it is a title, however short."""
    line = max(block.text.rfind(HARD, 0, at), block.text.rfind(CELL, 0, at)) + 1
    if not _SHORTEST_NAME <= at - line < 2 * LONGEST_TITLE:
        return False
    before = NUMBER.sub("", block.text[line:at]).strip(EDGE + "\"“«").removesuffix(" in")
    before = _YEAR_BEHIND.sub("", before)
    if len(before) > LONGEST_TITLE or not _PEOPLE.search(block.text[line:at]):
        return False
    return read_people(before, lone="," in block.text[line:at]) is not None


def is_strong_option(block: Block, option: Option) -> bool:
    """Whether words are a title by themselves: in quotes, or linked to a paper, they are no person's name."""
    start, end, where, link = option
    text = block.text[start:end]
    if where == "bold" and _is_described(block.text, end) and read_label(text) is None:
        return True
    short = text.count(" ") < STRONG_WORDS and text[:1] != "["
    if where == "bold" and link is None and short and _goes_on(block, end):
        return False
    if where == "bold" and link is None and tells_venue(text) and is_strong_title(block.text[:start]):
        return False
    if is_strong_title(text):
        return True
    if where != "quote" and (link is None or link_kind(link.url) != "paper") or read_label(text) is not None:
        return False
    return text.count(" ") > 1 and "," not in text or link is not None and " " in text and follows_people(block, start)


def _is_described(text: str, end: int) -> bool:
    """Whether a dash and prose follow bold words: words in small letters, or sentences with few capitals."""
    if _PROSE_BEHIND.match(text, end):
        return True
    found = _SENTENCES_BEHIND.match(text, end)
    words = found[1].split() if found else []
    return len(words) > _LONGEST_LABEL and sum(word[:1].isupper() for word in words) * 3 < len(words)


def _goes_on(block: Block, end: int) -> bool:
    """Whether the title goes on in plain words behind bold ones (``**Pond 7b** Reading Ponds by Ear``)."""
    found = _PLAIN_WORDS.match(block.text, end)
    if found is None or overlaps(found.start(), found.end(), block.italic):
        return False
    return is_strong_title(found[0]) and read_people(found[0], lone=True) is None


@lru_cache(maxsize=20_000)
def is_strong_title(text: str) -> bool:
    """Whether words are enough for a title by themselves, and neither a label nor people."""
    text = text.strip(EDGE)
    words = _TITLE_WORD.findall(text)
    chinese = 0 if text.isascii() else len(_CHINESE.findall(text))
    if len(words) < STRONG_WORDS and chinese < 6 and not (len(words) == 2 and ":" in text):
        return False
    if len(words) > _LONGEST_LABEL and not _COLLECTION.match(text):
        return read_people(text) is None
    return read_label(text) is None and (len(words) > 12 or read_people(text) is None)


def is_weak_title(text: str) -> bool:
    """Whether a word or two may be a title or a short name."""
    text = text.strip(EDGE)
    if not re.search(r"[^\W\d_]", text) or text.startswith("@"):
        return False
    people = read_people(text) if _SEVERAL_PEOPLE.search(text) else None
    if people is not None and (people[1] or len(people[0]) > 1):
        return False
    return read_label(text) is None and label_kind(text) is None
