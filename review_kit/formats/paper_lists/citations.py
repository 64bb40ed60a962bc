"""Entries written as a reference: people first, then the title, then where and when it appeared."""

from __future__ import annotations

import re
from dataclasses import dataclass

from .labels import Label, read_label
from .people import People, read_people, split_at_et_al

_PIECE = re.compile(r"[^,]+")
# A stop behind an initial ends people only where families stand first: ``Lee, A.``, ``Lee A.``.
_FAMILY_FIRST = re.compile(r"[^\W\d_][\w'’ -]+,\s*(?:[A-Z]\.[\s-]?)+|[A-Z][\w'’-]+ [A-Z]\b")
_INITIAL_BEFORE = re.compile(r"(?:^|[\s.-])[A-Z]$")
# The mark of an article, paper, book ... behind the title of Chinese references (GB/T 7714).
_KIND_OF_WORK = re.compile(r"\s*\[[JCMDRN](?:/OL)?\][.。,]?\s*(?://)?\s*")
_DATED_END = re.compile(r"[,.]?\s+\(?(?:19|20)\d\d\)?\.?$")
_QUOTED_FIRST = re.compile(r"[\"“]([^\"“”]+?)[.,]?[\"”][.,]?\s*")
# Up to a stop that does not stand behind an initial.
_SENTENCE = re.compile(r"(?:(?!(?<=\w\w)\.\s).)*", re.S)
_YEAR = re.compile(r"\s*\(?(?:19[5-9]|20[0-4])\d\)?[\s.]*")
_JOINED = re.compile(r"\band\b|&|\bet\.?\s+al")
_NUMBERS = re.compile(r"\s*(?:vol\.?|no\.?|pp?\.?)?\s*\d[\d\s()–:.-]*\s*", re.I)
_SMALL = re.compile(r"(?:^|\s)[a-z]{2,}|:")
# What ends the people at the beginning of a reference: a stop, a year in brackets, a colon after initials.
_AFTER_PEOPLE = re.compile(
    r"\.\s+(?:19|20)\d\d[a-z]?\.\s+|\.\s+(?=[A-Z\"“])|[.,:]?\s*\((?:19|20)\d\d[a-z]?(?:,\s[A-Z][a-z]+)?\)[.,:]?\s*|(?<=\.):\s+|"
    r"\s[-–—]\s+")
# ``Lee (2012). Title. Where it appeared``; what is no plain word is the name of a work.
_SURNAME_AND_YEAR = re.compile(r"[A-Z][a-z'’-]+(?:, [A-Z][a-z'’-]+)*,? \(")
_INITIALS = re.compile(r"(?:[A-Z]\.[\s-]?)+[A-Z][\w'’-]+[.,]|[A-Z][\w'’-]+,\s*(?:[A-Z]\.[\s-]?)+")
_END = re.compile(r"[.?!]\s+(?=[A-Z]|arXiv)")
# ``. In 2021 Symposium on Ponds (SP). 1-9``: where it appeared, without the year that stands with the people.
_IN_PROCEEDINGS = re.compile(r"[.?!]\s+In:?\s+(?:(?:19|20)\d\d\s+)?"
                             r"(?P<venue>[A-Z](?:[^.]|(?<=\b[A-Z][a-z]{2})\.|(?<=\b[A-Z][a-z]{3})\.){3,}?)"
                             r"(?:\.\s*(?:[\d\W]|[^\W\d_](?=\d))*)?$")
# What a stop behind it does not end: an abbreviation, a number of a part, one letter.
_SHORTENED = re.compile(r"(?:\b(?:St|Mt|Dr|vs|No|Vol|Int|Proc|Part \w+)|\b\w|\.\w)$")
_DATE = re.compile(r"\(?(?:19|20)\d\d\D*$")
# Family, given name, ``and``: people as BibTeX has them.
_TURNED = re.compile(r"((?:[^,]{2,30},\s[^,]{1,30}?\sand\s)+[^,]{2,30},\s(?:(?!\sand\s)[^,]){1,30}?),\s")
# ``Lee A, Dam B, Ek C. Title``: the last of the people ends with a stop.
_TURNED_INITIALS = re.compile(r"(?:[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? [A-Z]{1,3} ?(?:, ?|$))+")
_LAST_TURNED = re.compile(r"\s*(?:and |& )?[A-Z][\w'’-]+(?: [A-Z][\w'’-]+)? [A-Z]{1,3} ?\.\s+(?=[A-Z])")
_TITLE_WORDS = 3
_LONGEST = 2000
_MOST_ENDS = 100


@dataclass(frozen=True)
class Citation:
    """What a reference says: people, where in the text its title stands, and its label."""

    people: People
    title: tuple[int, int]
    label: Label | None


def read_citation(text: str) -> Citation | None:
    """Read ``Ann Lee and Bo Dam, Title of a Paper, Name of a Journal, 2020``; None where a text is no such reference.

    One person alone is only believed where a year ends the reference.
    """
    if len(text) > _LONGEST or text.count(",") < 1:
        return None
    pieces = [found.span() for found in _PIECE.finditer(text)]
    first = _n_of_people(text, pieces)
    last = len(pieces)
    dated = last - first > 1 and bool(_YEAR.fullmatch(text[slice(*pieces[-1])]))
    if dated:
        last -= 1
        while last - first > 2 and _NUMBERS.fullmatch(text[slice(*pieces[last - 1])]):
            last -= 1
        last -= last - first > 1
    elif last - first > 1 and (label := read_label(text[slice(*pieces[-1])])) is not None and label.year:
        dated, last = True, last - 1
    if not 0 < first < last:
        return None
    start, end = pieces[first][0], pieces[last - 1][1]
    before = text[:pieces[first - 1][1]]
    if (found := _LAST_TURNED.match(text, start, end)) and _TURNED_INITIALS.fullmatch(before):
        start, before = found.end(), text[:found.end()].rstrip(" .")
    sentence = _SENTENCE.match(text, start, end)[0]
    if len(sentence) < end - start and _is_author(sentence):
        # The last of the people, behind ``and``, ends with a stop rather than a comma.
        start += len(sentence)
        before = text[:start]
    title = text[start:end].strip(" .")
    told = dated or first > 1 or bool(_JOINED.search(before))
    people = read_people(before, lone=True)
    if title.startswith("In ") and read_label(title) is not None or title.startswith("et al"):
        return None
    if not told or people is None or len(title.split()) < _TITLE_WORDS or not (_SMALL.search(title) or first > 1):
        return None
    start = text.index(title, start)
    return Citation(people, (start, start + len(title)), read_label(text[end:], trusted=True) if dated else None)


def _n_of_people(text: str, pieces: list[tuple[int, int]]) -> int:
    """How many pieces between commas are people: whole names, or family and given name as in BibTeX."""
    if turned := _TURNED.match(text):
        return sum(end <= turned.end(1) for _, end in pieces)
    return next((at for at, piece in enumerate(pieces) if not _is_author(text[slice(*piece)])), len(pieces))


def _is_author(piece: str) -> bool:
    """Whether a piece between commas is a person with more than one name, or ``et al.``."""
    piece = re.sub(r"^\s*(?:and|&)\s+", "", piece).strip()
    if re.fullmatch(r"et\.?\s+al\.?", piece):
        return True
    words = piece.replace(".", ". ").split()
    joints = piece.count(" and ")
    if not 2 <= len(words) <= 12 + 4 * joints or split_at_et_al(piece) and len(words) > 5:
        return False
    people = read_people(piece, lone=True)
    return people is not None and len(people[0]) <= 1 + max(joints, 1)


def read_reference(text: str, *, dated: bool = False) -> Citation | None:
    """Read ``Lee, A., & Dam, B. (2020). Title of a Paper. Name of a Journal, 3(2).``; None where no people begin it.

    `dated` asks for the year behind the people, or for the mark ``[J]`` behind the title.
    """
    start = people_before(text) if ". " in text or "(" in text else 0
    if not start or len(text) > _LONGEST:
        return None
    date = _DATE.search(text[:start].rstrip(" .,:"))
    people = read_people(text[:date.start() if date else start], lone=True)
    mark = _KIND_OF_WORK.search(text, start)
    if people is None or dated and date is None and mark is None:
        return None
    label, end = read_label(date[0]) if date else None, len(text)
    if mark is not None:
        return Citation(people, (start, mark.start()), read_label(text[mark.end():], trusted=True) or label)
    if quoted := _QUOTED_FIRST.match(text, start):
        return Citation(people, quoted.span(1), read_label(text[quoted.end():].strip(" ."), trusted=True) or label)
    if found := _IN_PROCEEDINGS.search(text, start):
        venue = read_label(found["venue"], trusted=True)
        return Citation(people, (start, found.start() + (found[0][0] != ".")),
                        Label(venue.venue, label.year if label else venue.year) if venue else label)
    stops = list(_END.finditer(text, start))
    for stop in reversed(stops):
        after = text[stop.end():].rstrip(" .")
        venue = read_label(after, trusted=True) or (Label() if after.startswith("In ") else None)
        if venue is not None and (venue.venue or after.startswith("In ")):
            label = Label(venue.venue, venue.year or (label.year if label else None))
            end = stop.start() + (stop[0][0] != ".")
            break
    else:
        # Behind the year of its people a title is one sentence, whatever follows.
        ends = [stop.start() for stop in stops
                if stop[0][0] == "." and not _SHORTENED.search(text, start, stop.start())]
        end = ends[0] if ends and label is not None else end
    return Citation(people, (start, end), label)


def read_after_colon(text: str) -> Citation | None:
    """Read ``Ann Lee and Bo Dam: Title of a Paper, Pond Letters, 2020.``; None for what is no such reference.

    Without a year at the end, or without several people before the colon, it is a title with a subtitle.
    """
    before, colon, rest = text.partition(": ")
    dated = _DATED_END.search(rest) if colon and len(text) < _LONGEST else None
    at = split_at_et_al(before)
    people = read_people(before, lone=False) if dated and not (at and at[1].strip(" ,.")) else None
    last = before.rpartition(",")[2].strip()
    if dated is None or people is None or not (people[1] or len(people[0]) > 1) or " " not in last:
        return None
    start, end = len(before) + len(colon), len(before) + len(colon) + dated.start()
    label = read_label(dated[0])
    for stop in (text.rfind(", ", start, end), text.rfind(". ", start, end)):
        venue = read_label(f"{text[stop + 2:end]} {label.year if label else ''}") if stop > 0 else None
        if venue is not None and venue.venue:
            return Citation(people, (start, stop), venue)
    return Citation(people, (start, end), label)


def people_before(text: str) -> int:
    """How many characters of a citation are taken by the people (and year) it begins with."""
    at = split_at_et_al(text[:2000])
    if at and len(at[0]) < 300 and read_people(at[0]) and re.search(r"\w{3}.*\s\w{3}", at[1]):
        after = re.match(r"[\s,.:;]*(?:\(?(?:19|20)\d\d[a-z]?\)?[\s,.:;]*)?", at[1])
        return len(at[0]) + (after.end() if after else 0)
    # A year ends them surely, the last stop else.
    ends = sorted(_AFTER_PEOPLE.finditer(text[:2000]),
                  key=lambda found: (not found[0].strip(" .,:—–-"), -found.start()))
    turned = bool(_FAMILY_FIRST.match(text))
    for found in ends[:_MOST_ENDS]:
        if not turned and _INITIAL_BEFORE.search(text, 0, found.start()):
            continue
        alone = _SURNAME_AND_YEAR.match(text) and found[0].lstrip()[:1] == "(" and _END.search(text, found.end())
        people = read_people(text[:found.start()], lone=bool(alone))
        sure = people and (len(people[0]) > 1 or "(" in found[0] or _INITIALS.match(text)
                           or text[found.end():found.end() + 1] in ('"', "“"))
        if sure and len(text[found.end():].split()) >= _TITLE_WORDS:
            return found.end()
    return 0
