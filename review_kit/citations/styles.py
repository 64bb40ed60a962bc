"""References as plain text in a named style, for people to read; manuscripts use write_citations and their style."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from ..errors import ReviewKitError
from ..text import display_name
from .references import Reference, pages_from_to, references
from .venues import PREPRINT

_MOST_APA_AUTHORS = 20
_MOST_VANCOUVER_AUTHORS = 6


def format_references(papers: pd.DataFrame, *, style: str = "apa") -> list[str]:
    """Write each paper as a plain-text reference, in the order of the table.

    The styles follow the public rules of APA 7 (reference list), IEEE and Vancouver for articles, conference papers and
    preprints; titles keep the case of the source. What is unknown is left out; a missing year is ``n.d.``.

    Parameters
    ----------
    papers
        A papers table.
    style
        ``apa``, ``ieee`` or ``vancouver``.

    Returns
    -------
    list of str

    Raises
    ------
    ReviewKitError
        The style is not known; the message lists those that are.
    """
    if style not in STYLES:
        raise ReviewKitError(f"style: expected one of {', '.join(STYLES)}; found {style!r}")
    return [" ".join(STYLES[style](reference).split()) for reference in references(papers)]


def _apa(reference: Reference) -> str:
    """APA 7: ``Family, G. G., & Family, G. (2025). Title. Venue, 31(3), 1–9. https://doi.org/...``."""
    names = [_initials(author, "{family}, {initials}") for author in reference.authors]
    if len(names) > _MOST_APA_AUTHORS:
        people = ", ".join(names[:_MOST_APA_AUTHORS - 1]) + f", … {names[-1]}"
    elif reference.et_al:
        people = ", ".join([*names, "et al."])
    else:
        people = ", ".join(names[:-1]) + (", & " if len(names) > 1 else "") + "".join(names[-1:])
    year = f"({reference.year or 'n.d.'})."
    head = [_stopped(people), year, _stopped(reference.title)] if people else [_stopped(reference.title), year]
    pages = _range(reference)
    if reference.kind == "inproceedings":
        place = f"In {reference.venue}" + (f" (pp. {pages})" if pages else "")
    else:
        volume = reference.volume + (f"({reference.number})" if reference.number else "")
        place = ", ".join(part for part in (_venue(reference), volume, pages) if part)
    return " ".join([*head, _stopped(place), _link(reference)])


def _ieee(reference: Reference) -> str:
    """IEEE: ``G. Family and G. Family, "Title," Venue, vol. 31, no. 3, pp. 1–9, 2025, doi: ...``."""
    names = [_initials(author, "{initials} {family}") for author in reference.authors]
    if reference.et_al or len(names) > _MOST_VANCOUVER_AUTHORS:
        people = f"{names[0]} et al." if names else ""
    else:
        people = ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + "".join(names[-1:])
    venue = f"in {reference.venue}" if reference.kind == "inproceedings" else _venue(reference)
    place = [venue, *(f"{sign} {value}" for sign, value in (
        ("vol.", reference.volume), ("no.", reference.number), ("pp.", _range(reference))) if value)]
    if not reference.year or str(reference.year) not in venue:
        place.append(str(reference.year or "n.d."))
    if reference.doi:
        place.append(f"doi: {reference.doi}")
    head = ", ".join(part for part in (people, f"“{reference.title},”" if reference.title else "") if part)
    link = "" if reference.doi else _link(reference)
    rest = _stopped(", ".join(part for part in place if part))
    return f"{head} {rest}" + (f" [Online]. Available: {link}" if link else "")


def _vancouver(reference: Reference) -> str:
    """Vancouver: ``Family GG, Family G. Title. Venue. 2025;31(3):1-9. doi:...``."""
    names = [_initials(author, "{family} {letters}") for author in reference.authors]
    if reference.et_al or len(names) > _MOST_VANCOUVER_AUTHORS:
        names = [*names[:_MOST_VANCOUVER_AUTHORS], "et al"]
    volume = reference.volume + (f"({reference.number})" if reference.number else "")
    pages = reference.pages and f":{reference.pages}"
    issue = f"{reference.year or 'n.d.'}" + (f";{volume}" if volume else "") + pages
    venue = f"In: {reference.venue}" if reference.kind == "inproceedings" else _venue(reference)
    where = f"doi:{reference.doi}" if reference.doi else _link(reference)
    return " ".join([_stopped(", ".join(names)), _stopped(reference.title), _stopped(venue), _stopped(issue), where])


STYLES: dict[str, Callable[[Reference], str]] = {"apa": _apa, "ieee": _ieee, "vancouver": _vancouver}


def _initials(author: str, pattern: str) -> str:
    """A person with initials after a pattern; an organisation as it is."""
    family, comma, rest = (part.strip() for part in author.partition(","))
    if not comma or not rest:
        return display_name(author)
    *suffix, given = (part.strip() for part in rest.split(","))
    words = given.replace(".", " ").split()
    letters = ["-".join(part[:1].upper() for part in word.split("-") if part) for word in words]
    initials = " ".join("".join(f"{letter}." if letter.isalnum() else letter for letter in word) for word in letters)
    name = pattern.format(family=family, initials=initials, letters="".join(letters).replace("-", ""))
    return ", ".join([name, *suffix])


def _venue(reference: Reference) -> str:
    """Where it appeared; a preprint with its number."""
    if reference.kind == PREPRINT and reference.arxiv_id:
        return f"arXiv:{reference.arxiv_id}"
    return reference.venue


def _range(reference: Reference) -> str:
    """Pages with a dash between."""
    return "–".join(page for page in pages_from_to(reference.pages) if page)


def _link(reference: Reference) -> str:
    """Where to find it: DOI, arXiv, or its page."""
    if reference.doi:
        return f"https://doi.org/{reference.doi}"
    return f"https://arxiv.org/abs/{reference.arxiv_id}" if reference.arxiv_id else reference.url


def _stopped(text: str) -> str:
    """A sentence with its full stop; nothing stays nothing."""
    return text if not text or text.endswith((".", "?", "!")) else f"{text}."
