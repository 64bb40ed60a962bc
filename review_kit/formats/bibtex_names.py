"""The author field of BibTeX: names divided by ``and``, and the other ways in which people divide them."""

from __future__ import annotations

import re

from ..text import split_names
from .author_fields import one_name, without_entities
from .bibtex_values import readable

_AND = re.compile(r" (?:and|with)(?: and)*(?: |$)", re.I)
# Names that are not divided by "and": ``A. Lee, B. Roe``, ``Lee A., Roe B.``, ``Ann Lee, Bo Roe, Cy Dam``.
_GIVEN_FIRST = r"(?:[A-Z]\.[ -]?){1,3}(?:[a-z]+ ){0,3}[^\W\d_][\w'-]+"
_FAMILY_FIRST = r"[^\W\d_][\w'-]+ (?:[A-Z]\.-?){1,3}"
_SEVERAL = re.compile(
    rf"{_GIVEN_FIRST}(?: ?[,&] ?{_GIVEN_FIRST})+|{_FAMILY_FIRST}(?:, {_FAMILY_FIRST})+|"
    r"[^\s,{}]+ [^,{}]+(?:, [^\s,{}]+ [^,{}]+){2}"
)
_ET_AL = re.compile(r"\bet\.? al\b", re.I)
# SciELO writes ``Family, Given,  Family, Given``.
_WIDE_COMMA = re.compile(r",\s{2,}")
_COMMA_LINE = re.compile(r",[ \t]*\n")


def author_list(value: str) -> tuple[list[str], bool]:
    """The names of an author field, divided at ``and`` or ``with`` outside braces, and if ``others`` stood there."""
    names, et_al = [], False
    for piece in _pieces(without_entities(value)):
        piece = piece.strip(" \t\n,")
        apart = piece.replace("~", " ").replace("\\&", "&")
        if piece.lower() in ("others", "et al", "et al."):
            et_al = True
        elif "=" in piece and (
            parts := dict(re.findall(r'"?(family|given|prefix|suffix)\s*=\s*\{?"?([^,{}"]+)', piece))
        ):
            names.append(_from_parts(parts))
        elif _holds_several(apart):
            several, more = split_names(apart)
            names += several
            et_al = et_al or more
        elif piece and (name := one_name(piece)):
            names.append(name)
    return names, et_al


def _pieces(value: str) -> list[str]:
    """The names of a field as they stand there; where no ``and`` divides them, what a person would take for one."""
    if "{" in value:
        line, held = _held_groups(" ".join(value.split()))
        pieces = [re.sub(r"\x00(\d+)\x01", lambda m: held[int(m[1])], piece) for piece in _AND.split(line)]
    else:
        pieces = _AND.split(" ".join(value.split()))
    if len(pieces) > 1:
        return pieces
    wide = _WIDE_COMMA.split(value.strip()) if "{" not in value else []
    if len(wide) > 1 and all(name.count(",") == 1 for name in wide):
        return wide
    lines = [name.strip() for name in _COMMA_LINE.split(value.strip(" \t\n,"))]
    if len(lines) > 1 and all(_is_whole_name(name) for name in lines):
        return lines
    return [name for name in value.split("、") if name.strip()] if "、" in value else pieces


def _is_whole_name(name: str) -> bool:
    """Whether a piece is a name on its own: words without a comma, its braces closed."""
    return " " in name and "," not in name and name[0].isupper() and name.count("{") == name.count("}")


def _holds_several(piece: str) -> bool:
    """Whether a piece holds several names that no ``and`` divides; an organisation with commas in its name does not."""
    if (";" in piece and "{" not in piece) or piece.count(",") > 2 or _ET_AL.search(piece):
        return True
    return bool(_SEVERAL.fullmatch(piece)) and "," in one_name(piece)


def _held_groups(value: str) -> tuple[str, list[str]]:
    """A value with each outermost brace group put aside, so that an ``and`` inside is not seen."""
    held, out, depth, start = [], [], 0, 0
    for found in re.finditer(r"[{}]", value):
        if found[0] == "{":
            if depth == 0:
                out.append(value[start : found.start()])
                start = found.start()
            depth += 1
        elif depth:
            depth -= 1
            if depth == 0:
                out.append(f"\x00{len(held)}\x01")
                held.append(value[start : found.end()])
                start = found.end()
    return "".join(out) + value[start:], held


def _from_parts(parts: dict[str, str]) -> str:
    """A BibLaTeX name written as ``family=..., given=..., prefix=...`` in our form."""
    family = " ".join(part for part in (parts.get("prefix", "").strip(), parts.get("family", "").strip()) if part)
    suffix, given = parts.get("suffix", "").strip(), parts.get("given", "").strip()
    return readable(", ".join(part for part in (family, suffix, given) if part))
