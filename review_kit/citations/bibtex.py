r"""References as BibTeX: one escaped field at a time, written by bibtexparser.

Two targets: ``bibtex`` is ASCII with LaTeX accents, because classic bibtex cuts UTF-8 letters in half when a style
abbreviates; ``biblatex`` is UTF-8 for biber. Identifiers and links are never LaTeX-escaped: styles print them verbatim.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import pairwise
from urllib.parse import quote

from ..latex_escape import escape_latex
from .references import Reference, pages_from_to
from .venues import PREPRINT

DIALECTS = ("bibtex", "biblatex")
ENTRY_TYPES = (
    "article", "book", "booklet", "inbook", "incollection", "inproceedings", "manual", "mastersthesis", "misc",
    "phdthesis", "proceedings", "techreport", "unpublished",
)
VENUE_FIELDS = {
    "article": "journal", "inproceedings": "booktitle", "incollection": "booktitle", "inbook": "booktitle",
    "book": "publisher", "proceedings": "publisher", "phdthesis": "school", "mastersthesis": "school",
    "techreport": "institution",
}
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()

# Fields whose text styles may turn to lower case, with words that must keep their capitals.
_WORD = re.compile(r"(\W*)(.*?)(\W*)", re.DOTALL)
_INNER_CAPITAL = re.compile(r"[^\W_]+[A-Z]|[A-Z][^\W_]*\d|\d[^\W_]*[A-Z]|[A-Z][-+/]|[-+/&][A-Z]\b|[A-Z]&|[A-Z]\.[A-Z]")
# What BibTeX, or natbib in a label, takes for the end of a name.
_JOINT_OF_NAMES = re.compile(r"\band\b|[()\[\]]", re.IGNORECASE)
_LONGEST_WORD = 80
_LONGEST_NAME = 200
# Signs of damaged names, which biber breaks apart when it makes initials.
_SIGNS_FOR_BIBER = str.maketrans("{}<>\\|^~`", "()()//'-'")
_URL_SAFE = "%/:?#[]@!$&'()*+,;=~-._"


def bibtex_text(references: Sequence[Reference], *, dialect: str = "bibtex") -> str:
    """Write references as the text of a ``.bib`` file, sorted by key.

    Parameters
    ----------
    references
        What to write; keys are unique.
    dialect
        ``bibtex`` or ``biblatex``.

    Returns
    -------
    str
        One entry for each reference, one line for each field.
    """
    from bibtexparser import BibtexFormat, Library, write_string
    from bibtexparser.model import Entry, Field

    fields = _classic_fields if dialect == "bibtex" else _biblatex_fields
    library = Library([
        Entry(_entry_type(reference, dialect), reference.key,
              [Field(name, value) for name, value in fields(reference) if value not in ("", "{}")])
        for reference in sorted(references, key=lambda reference: reference.key)
    ])
    layout = BibtexFormat()
    layout.indent, layout.block_separator, layout.trailing_comma = "  ", "\n", True
    # Values arrive enclosed: the writer's own enclosing would put the month macro in braces.
    return write_string(library, unparse_stack=[], bibtex_format=layout)


def _entry_type(reference: Reference, dialect: str) -> str:
    """The entry type in a dialect."""
    if reference.kind == PREPRINT:
        return "misc" if dialect == "bibtex" else "online"
    return reference.kind if reference.kind in ENTRY_TYPES else "misc"


def _classic_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Fields for classic bibtex, in a fixed order."""
    text = partial(escape_latex, ascii_only=True)
    yield "author", _braced(_authors(reference, ascii_only=True))
    if not reference.authors:
        yield "key", _braced(text(reference.title[:40] or reference.key))
    yield "title", _braced(protected_title(reference.title, ascii_only=True))
    if reference.kind == PREPRINT and reference.arxiv_id:
        # Styles that know nothing of eprint would print no place at all.
        yield "howpublished", f"{{arXiv:{_verbatim(reference.arxiv_id)}}}"
    else:
        yield VENUE_FIELDS.get(reference.kind, "howpublished"), _braced(text(reference.venue))
    yield "year", f"{{{reference.year}}}" if reference.year else ""
    yield "month", MONTHS[reference.month - 1] if reference.month in range(1, 13) else ""
    yield from _numbers(reference, text)
    if reference.arxiv_id:
        yield from (("eprint", _braced(_verbatim(reference.arxiv_id))), ("archivePrefix", "{arXiv}"))
    yield from _last_fields(reference, text)


def _biblatex_fields(reference: Reference) -> Iterator[tuple[str, str]]:
    """Fields for biblatex and biber, in a fixed order."""
    yield "author", _braced(_authors(reference))
    yield "title", _braced(protected_title(reference.title))
    venue = {"article": "journaltitle", PREPRINT: "organization"}.get(
        reference.kind, VENUE_FIELDS.get(reference.kind, "howpublished"))
    yield venue, _braced(escape_latex(reference.venue))
    yield "date", _braced(iso_date(reference))
    yield from _numbers(reference, escape_latex)
    if reference.arxiv_id:
        yield from (("eprint", _braced(_verbatim(reference.arxiv_id))), ("eprinttype", "{arxiv}"))
    yield from _last_fields(reference, escape_latex)


def _numbers(reference: Reference, text: partial) -> Iterator[tuple[str, str]]:
    """Volume, number and pages."""
    yield "volume", _braced(text(reference.volume))
    yield "number", _braced(text(reference.number))
    yield "pages", _braced("--".join(text(page) for page in pages_from_to(reference.pages) if page))


def _last_fields(reference: Reference, text: partial) -> Iterator[tuple[str, str]]:
    """What both dialects spell alike: identifiers, link, keywords, abstract."""
    yield "doi", _braced(_verbatim(reference.doi))
    yield from ((name, _braced(_verbatim(value))) for name, value in reference.other_ids)
    yield "url", _braced(_verbatim(reference.url))
    yield "keywords", _braced(", ".join(text(word.replace(",", " ")) for word in reference.keywords))
    yield "abstract", _braced(text(reference.abstract))


def protected_title(title: str, *, ascii_only: bool = False) -> str:
    r"""Escape a title and brace the words that must keep their capitals in styles that lower them.

    These are words with inner capitals, or a capital beside a digit or sign (``MedVLM-R1``, ``LLMs``, ``3D``,
    ``X-ray``); in a title in sentence case also each capitalised word after the first, for there it is a name.

    Examples
    --------
    >>> protected_title("Med-R1: X-ray vision with LLMs")
    '{Med-R1}: {X-ray} vision with {LLMs}'
    """
    words = title.split()
    later = [word for before, word in pairwise(words) if word[0].isalpha() and before[-1] not in ":?.!"]
    long = [word for word in later if len(word) > 3]
    sentence_case = len(long) >= 2 and sum(word[0].isupper() for word in long) * 2 < len(long)
    names = {word for word in later if word[0].isupper()} if sentence_case else set()
    return " ".join(_protected(word, word in names, ascii_only) for word in words)


def _protected(word: str, is_name: bool, ascii_only: bool) -> str:
    """One word, its core in braces if its capitals matter."""
    # The patterns try every pair of signs of a word; what is longer than any word is not worth it.
    before, core, after = _WORD.fullmatch(word).groups() if len(word) <= _LONGEST_WORD else ("", "", word)
    if not (is_name or _INNER_CAPITAL.search(core)):
        return escape_latex(word, ascii_only=ascii_only)
    before, core, after = (escape_latex(part, ascii_only=ascii_only) for part in (before, core, after))
    # BibTeX takes a group that begins with a backslash for one special letter, and lowers it.
    core = f"{{{core}}}" if core.startswith("\\") else core
    return f"{before}{{{core}}}{after}"


def _authors(reference: Reference, *, ascii_only: bool = False) -> str:
    """The names, joined as BibTeX wants them."""
    names = [_name(author, ascii_only) for author in reference.authors]
    return " and ".join([*names, "others"] if reference.et_al and names else names)


def _name(author: str, ascii_only: bool) -> str:
    """One name: ``Family, Given`` or ``Family, Jr., Given``; an organisation in braces."""
    if not ascii_only:
        author = re.sub(r"([-',])\1+", r"\1", author.translate(_SIGNS_FOR_BIBER))
    parts = [part.strip() for part in author.split(",")]
    if len(parts) not in (2, 3) or not all(parts):
        return f"{{{escape_latex(_cut(author), ascii_only=ascii_only)}}}"
    latex = [escape_latex(_cut(part), ascii_only=ascii_only) for part in parts]
    if ascii_only:
        latex[-1] = _uncut(latex[-1])
    return ", ".join(f"{{{part}}}" if _JOINT_OF_NAMES.search(part) else part for part in latex)


def _cut(name: str) -> str:
    """A name without what no name has room for: labels longer than 250 bytes stop LaTeX."""
    return name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME - 1]}…"


def _uncut(given: str) -> str:
    r"""Given names in which an initial is a whole letter: bibtex counts bytes, but never cuts ``{\relax 王}``."""
    return re.sub(r"[^\x00-\x7f]", lambda letter: rf"{{\relax {letter[0]}}}", given)


def iso_date(reference: Reference) -> str:
    """Year, year and month, or the whole date, as far as it is known."""
    parts = [f"{reference.year:04d}"] if reference.year else []
    for part, last in ((reference.month, 12), (reference.day, 31)):
        if len(parts) == 0 or part not in range(1, last + 1):
            break
        parts.append(f"{part:02d}")
    return "-".join(parts)


def _verbatim(value: str) -> str:
    """An identifier or link in ASCII, without what would end its field."""
    return quote(value, safe=_URL_SAFE + "<>")


def _braced(value: str) -> str:
    """A value enclosed as a field."""
    return f"{{{value}}}"
