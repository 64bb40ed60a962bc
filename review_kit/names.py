"""Names of authors: any usual spelling becomes ``Family, Given``; organisations stay whole."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from .latex import plain_latex

_WORD_SIGN = re.compile(r"\w")
_PLAIN = re.compile(r"[A-Za-z]+(?:[ '-][A-Za-z]+)*")
_PARTICLES = frozenset("van von de der den del della di da das dos do du la le lo af av zu zum zur ten ter te op "
                       "'t d' l' el al "
                       "bin ibn ben bint y e i st. vom auf dem los las degli dei delle dello dalla dal vanden vander "
                       "v. v.d.".split())
_CAPITAL_PARTICLES = frozenset("Van Von De Del Della Degli Di Da Dos Du La Le El Al Ben Bin Der Den Ter Ten St. "
                               "Mac".split())
_SUFFIX = re.compile(r"(?:Jr|Sr|II|III|IV)\.?|2nd|3rd", re.I)
_DEGREE = re.compile(r"(?:Ph\.?\s?D|M\.?\s?D|MPH|M\.?Sc|B\.?Sc|MBBS|FRCS|FRCP|Dr\.?\s?med|"
                     r"editors?|eds|translator|Esquire)\.?")
# BibTeX's way to keep a family name of several words together: ``Brian {Hamilton Kelly}``.
_FAMILY_GROUP = re.compile(r"(.*\S)[\s~]+\{((?:[^{},]|\{[^{},]*\})+)\}")
_BRACED_PERSON = re.compile(r"[^\s,]+, (?:[^\W\d_][\w'-]*\.? )*[^\W\d_]\.")
_INITIALS = re.compile(r"(?:[^\W\d_]\.?[-\s]?){1,4}")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CAPITALS = re.compile(r"[A-Z](?:[A-Z]|\.|-(?=[A-Z])){0,4}")
_INITIAL = re.compile(r"[A-Z]\.?")
_NOBODY = re.compile(r"\[no author\b.*\]", re.I)
_ORGANISATION = re.compile(
    r"\b(?:universit\w*|institut\w*|college|school|department|laborator\w*|labs?|research|team|group|consorti\w*|"
    r"collaboration|"
    r"committee|commission|association|society|foundation|organi[sz]ation|agency|ministry|council|cent(?:er|re)|"
    r"network|"
    r"corporation|corp|company|inc|ltd|llc|gmbh|hospital|clinic|academy|federation|initiative|investigators|project|"
    r"working|task\s*force|world|international|national|google|microsoft|openai|anthropic|deepmind|meta\s+ai|"
    r"facebook|nvidia|"
    r"alibaba|tencent|baidu|huawei|bytedance|amazon|ibm|hugging\s*face|deepseek|mistral|qwen|(?-i:AI|(?<=\w\s)AG)|study|"
    r"trial)\b", re.I)
_ET_AL = re.compile(
    r"[\s,;&]*(?:\b(?:and|&)?\s*(?:\bet\.?\s*al\b\.?(?:\s*,?\s*\.)?|\band\s+others\b|\bothers\b|\band\s+colleagues\b|"
    r"\betc\b\.?)|…|\.{3,}|等人?|他们?)[\s,;.]*$", re.I)
_ENDS_OF_ET_AL = ("al", "others", "colleagues", "etc", "…", "等", "等人", "他", "他们")
# Letters no such word ends with; asked first, as it is of every name.
_NO_END_OF_ET_AL = frozenset("abdefghijkmnopqrtuvwxyz")
_MARKS = re.compile(r"(?:[*†‡§¶#✉♠♣♥♦]+|[¹²³⁰-⁹]+|\^\S+|(?<=[^\W\d_])\d+(?:,\d+)*)(?=\s*(?:$|[,;]|\band\b))")
_AND = re.compile(r"\s*(?:(?<=[\s,.)])(?:and|und)(?=\s)|[&＆]|(?<=\s)with(?=\s))\s*", re.I)


@lru_cache(maxsize=20_000)
def person_name(name: str) -> str:
    """Bring one name into the form ``Family, Given``; an organisation stays whole and has no comma.

    Parameters
    ----------
    name
        ``Given Family``, ``Family, Given``, ``Family, Jr., Given`` (BibTeX), ``Family, Given, Jr.`` (RIS),
        ``Family AB`` (MEDLINE), or an organisation, which may stand in braces.

    Returns
    -------
    str
        The name, empty for ``[No author name available]``; particles stay with the family name (``van der Berg, Jan``).
    """
    name = name.strip()
    if name[:1] == "[" and name[-1:] == "]":
        return "" if _NOBODY.fullmatch(name) else _whole(name[1:-1])
    braced = name[:1] == "{" and re.fullmatch(r"\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}", name)
    if braced and not re.search(r"\}.*[^}].*\{", name[1:-1]):
        inside = _tidy(name)
        return inside if _BRACED_PERSON.fullmatch(inside) and not _is_organisation(inside) else _whole(name)
    group = _FAMILY_GROUP.fullmatch(name) if name[-1:] == "}" and "," not in name else None
    name = _tidy(name)
    if not name or _is_organisation(name) or (" and " in name and "," not in name):
        return _whole(name)
    if group and " " in (family := _tidy(group[2])) and not _SUFFIX.fullmatch(family.split()[-1]):
        return f"{family}, {_tidy(group[1])}"
    parts = [part.strip() for part in name.split(",") if part.strip()]
    parts = [part for part in parts if not _DEGREE.fullmatch(part)] or parts
    if len(parts) >= 3:
        return _with_suffix(parts)
    if len(parts) == 2 and _SUFFIX.fullmatch(parts[1]):
        family, given = _divide(parts[0])
        return f"{family}, {parts[1]}, {given}" if given else parts[0]
    if len(parts) == 2:
        return f"{parts[0]}, {parts[1]}"
    family, given = _divide(parts[0]) if parts else ("", "")
    return f"{family}, {given}" if given else family


def split_names(text: str) -> tuple[list[str], bool]:
    """Split a list of names in any usual spelling into names of one form.

    Parameters
    ----------
    text
        Names divided by ``and``, semicolons, commas, ``&`` or their Chinese forms; ``et al.``, ``and others`` and
        ``等`` at the end are told, not listed.

    Returns
    -------
    names : list of str
        ``Family, Given`` each, organisations whole, in the order of the source.
    et_al : bool
        Whether the source said that there are more.
    """
    text = " ".join(unicodedata.normalize("NFC", text).split()).strip(" ,;")
    names: list[str] = []
    text, et_al = _without_et_al(text)
    for piece in _pieces(text):
        piece, more = _without_et_al(piece)
        et_al = et_al or more
        name = person_name(piece)
        if _WORD_SIGN.search(name):
            names.append(name)
    return names, et_al


def name_parts(name: str) -> tuple[str, str]:
    """Split a name in our form into family name (with its suffix) and given name; a whole name has no given name."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) >= 3:
        return f"{parts[0]}, {parts[1]}", ", ".join(parts[2:])
    return (parts[0], parts[1]) if len(parts) == 2 else (name.strip(), "")


def display_name(name: str) -> str:
    """Turn a name in our form into the order in which it is spoken: ``Given Family``, the suffix last."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) >= 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return f"{parts[1]} {parts[0]}" if len(parts) == 2 else name.strip()


def _is_organisation(name: str) -> bool:
    """Whether a name holds a word of organisations; a short ``Family, Given`` is a person all the same."""
    return bool(_ORGANISATION.search(name)) and not ("," in name and len(name.split()) <= 3)


def _whole(name: str) -> str:
    """A name that is not divided; its commas go, because a comma means family and given name."""
    return re.sub(r"\s*,\s*", " ", _tidy(name)).strip()


def _tidy(name: str) -> str:
    """A name without LaTeX, footnote marks, notes in brackets and stray punctuation."""
    if _PLAIN.fullmatch(name):
        return name
    name = plain_latex(name) if re.search(r"[\\{}~]", name) else name
    name = re.sub(r"\s*[(（][^()（）]*[)）]", "", name)
    name = _MARKS.sub("", name)
    name = re.sub(r"\s+", " ", name).strip(" ,;*_")
    return name if re.search(r"(?:^|[\s.,-])\w\.$|\b(?:Jr|Sr|Inc|Ltd|Co|Corp)\.$", name, re.I) else name.rstrip(".")


def _with_suffix(parts: list[str]) -> str:
    """Three parts with a suffix among them, as ``Family, Jr., Given``."""
    suffix = next((i for i in range(1, len(parts)) if _SUFFIX.fullmatch(parts[i])), None)
    if suffix is None:
        return f"{parts[0]}, {' '.join(parts[1:])}"
    given = " ".join(part for i, part in enumerate(parts) if i not in (0, suffix))
    return f"{parts[0]}, {parts[suffix]}, {given}"


def _divide(name: str) -> tuple[str, str]:
    """Family and given name of ``Given Family`` or ``Family AB``; particles and suffixes go with the family."""
    words = name.split()
    if len(words) < 2:
        return name, ""
    if len(words) > 2 and _SUFFIX.fullmatch(words[-1]):
        family, given = _divide(" ".join(words[:-1]))
        return f"{family}, {words[-1]}", given
    if _CAPITALS.fullmatch(words[-1]) and not _CAPITALS.fullmatch(words[0]) and (
            len(words[-1].strip(".")) <= (2 if name.isupper() else 4)):
        first = len(words) - 1
        while first > 1 and len(words[-1].strip(".")) == 1 and _INITIAL.fullmatch(words[first - 1]):
            first -= 1
        return " ".join(words[:first]), " ".join(words[first:])
    start = len(words) - 1
    for at in range(1, len(words) - 1):
        if words[at] in _PARTICLES:
            start = at
            break
    while start > 1 and words[start - 1] in _CAPITAL_PARTICLES:
        start -= 1
    return " ".join(words[start:]), " ".join(words[:start])


def _without_et_al(text: str) -> tuple[str, bool]:
    """The text without ``et al.`` at its end, and whether it stood there."""
    if text[-1:] in _NO_END_OF_ET_AL and "..." not in text:
        return text, False
    end = text.rstrip(" ,;.")[-10:].lower()
    if not end.endswith(_ENDS_OF_ET_AL) and "..." not in text:
        return text, False
    shorter = _ET_AL.sub("", text)
    return shorter, shorter != text


def _pieces(text: str) -> list[str]:
    """The names in a list, still as written."""
    if "{" in text:
        return _outside_braces(text)
    if re.search(r"[;；|]", text):
        return [piece for part in re.split(r"[;；|]", text) for piece in [re.sub(r"^\s*(?:and|&)\s", "", part)]]
    text = text if text.isascii() else re.sub(r"[，、·•]", ",", text)
    parts = [part.strip(" ,") for part in _AND.split(text)]
    parts = [part for part in parts if part]
    if all(_is_family_first(part) for part in parts) or (
        len(parts) > 1 and all(part.count(",") == 1 for part in parts) and any(_is_family_first(part) for part in parts)
    ):
        return parts
    pieces = [piece.strip() for part in parts for piece in part.split(",") if piece.strip()]
    return _joined_pairs(pieces)


def _joined_pairs(pieces: list[str]) -> list[str]:
    """Comma pieces as names: ``Smith`` + ``J.`` belong together, so do ``Smith`` + ``Jr.``."""
    names: list[str] = []
    for piece in pieces:
        initials = piece == piece.upper() and _INITIALS.fullmatch(piece) and not _CJK.search(piece)
        joins = initials and names and "," not in names[-1] and not _has_initials(names[-1])
        if names and (joins or _SUFFIX.fullmatch(piece) or _DEGREE.fullmatch(piece)):
            names[-1] += f", {piece}"
        else:
            names.append(piece)
    return names


def _has_initials(name: str) -> bool:
    """Whether a name already carries its given name (``Smith JA``, ``J. Smith``)."""
    words = name.split()
    return len(words) > 1 and any(_CAPITALS.fullmatch(word) for word in words)


def _is_family_first(name: str) -> bool:
    """Whether one piece reads ``Family, Given``: one comma (or a suffix between two) and a short family name."""
    parts = [part.strip() for part in name.split(",")]
    if len(parts) == 3:
        return any(_SUFFIX.fullmatch(part) for part in parts[1:])
    if len(parts) != 2 or _CJK.search(name) or any(_is_organisation(part) for part in parts):
        return False
    words = parts[0].split()
    particle = words[0] in _PARTICLES or words[0] in ("Van", "Von", "De", "Del", "Della", "Di", "Da", "Dos", "El", "Al")
    return len(words) == 1 or particle or (len(words) <= 3 and len(parts[1].split()) == 1)


def _outside_braces(text: str) -> list[str]:
    """Split at ``and`` that stands outside braces, as BibTeX does."""
    pieces, depth, start = [], 0, 0
    for found in re.finditer(r"[{}]|\sand\s", text):
        depth += (found[0] == "{") - (found[0] == "}")
        if depth == 0 and found[0] not in "{}":
            pieces.append(text[start:found.start()])
            start = found.end()
    return [piece.strip() for piece in (*pieces, text[start:]) if piece.strip()]
