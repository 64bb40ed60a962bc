"""Citation keys: short, legal in every TeX tool, unique, the same at every run."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import count, product
from string import ascii_lowercase
from typing import Any

import pandas as pd

from .text import clean_text, plain_latex

LEGAL_KEY = re.compile(r"[A-Za-z0-9:._+/-]{1,100}")

_FUNCTION_WORDS = frozenset(
    "a an the and or of on in at to for from by with without via as is are be can could do does did how what when "
    "where which who why toward towards into onto under over between using it its this that".split()
)
_TRANSLITERATED = str.maketrans({
    "ß": "ss", "ẞ": "ss", "æ": "ae", "Æ": "ae", "œ": "oe", "Œ": "oe", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d",
    "Đ": "d", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ŋ": "n",
})
_HEAD = re.compile(r"\s*(?::|：|\s[–—]\s)\s*")
_MOST_WORDS_OF_A_SHORT_NAME = 3
_LONGEST_PART = 24


def citation_keys(papers: pd.DataFrame) -> pd.Series:
    """Give every paper a citation key such as ``lai2025medr1``: first author, year, short name.

    The short name stands before the colon of the title, or is its first telling word. Without an author the key is
    short name and year; a paper that leaves nothing to build on gets ``paper`` and a hash of its title. Papers that
    would share a key get ``a``, ``b``, ``c`` ... in the order of date, arXiv id and title: the earliest keeps the bare
    key, so that later papers do not rename it. A ``citation_key`` that is already set is kept; one that TeX tools would
    refuse is made legal, with four letters of its hash.

    Parameters
    ----------
    papers
        Papers with ``authors, year, month, day, title, arxiv_id, paper_id, citation_key`` (those there are).

    Returns
    -------
    Series
        ASCII text, indexed like `papers` and named ``citation_key``; unique without regard to case. The order of the
        rows does not matter.

    Examples
    --------
    >>> from review_kit.schema import papers_table
    >>> papers = papers_table([{"paper_id": "x-1", "title": "Med-R1: Learning to reason", "year": 2025,
    ...                         "authors": ["Lai, Yuxiang"]}])
    >>> citation_keys(papers)["x-1"]
    'lai2025medr1'
    """
    rows = papers.reset_index(drop=True).to_dict("records")
    keys: dict[int, str] = {}
    taken: set[str] = set()
    order = sorted(range(len(rows)), key=lambda at: _age(rows[at]))
    wanted = {at: _legal(_known(rows[at].get("citation_key"))) for at in order}
    pinned = [at for at in order if wanted[at]]
    fresh = [at for at in order if not wanted[at]]
    wanted |= {at: _built(rows[at]) for at in fresh}
    # Whole keys go out before suffixed ones, so that a suffix never takes a key that another paper has by right.
    for group in (pinned, fresh):
        late = [at for at in group if not _claim(at, wanted[at], (keys, taken))]
        for at in late:
            next(suffix for suffix in _suffixes() if _claim(at, wanted[at][:96] + suffix, (keys, taken)))
    return pd.Series([keys[at] for at in range(len(rows))], index=papers.index, dtype="string", name="citation_key")


def _claim(at: int, key: str, given: tuple[dict[int, str], set[str]]) -> bool:
    """Give a key to a paper if nobody has it yet."""
    keys, taken = given
    if key.casefold() in taken:
        return False
    keys[at] = key
    taken.add(key.casefold())
    return True


def _suffixes() -> Iterator[str]:
    """a, b ... z, aa, ab ..."""
    return ("".join(letters) for length in count(1) for letters in product(ascii_lowercase, repeat=length))


def _age(row: dict[str, Any]) -> tuple[Any, ...]:
    """What orders papers that share a key: date, arXiv id, title, and the id of the paper in the last place."""
    date = tuple(int(_known(row.get(part)) or 9999) for part in ("year", "month", "day"))
    return (*date, *(str(_known(row.get(part)) or "") for part in ("arxiv_id", "title", "paper_id")))


def _known(value: Any) -> Any:
    """The value of a cell, or None where it is missing."""
    return None if value is None or pd.api.types.is_scalar(value) and pd.isna(value) else value


def _legal(key: str | None) -> str:
    """A pinned key as it is, or the nearest key that every TeX tool takes."""
    key = str(key or "").strip()
    if not key or LEGAL_KEY.fullmatch(key):
        return key
    kept = re.sub(r"[^A-Za-z0-9:._+/-]", "", _ascii(key))[:90]
    return f"{kept or 'key'}-{_hash(key)}"


def _built(row: dict[str, Any]) -> str:
    """The key that the paper itself suggests."""
    title = plain_latex(clean_text(str(_known(row.get("title")) or "")))
    authors = row.get("authors")
    family = _family(authors[0]) if isinstance(authors, list) and authors else ""
    year = _known(row.get("year"))
    when, name = "" if year is None else str(int(year)), _short_name(title)
    key = family + when + name if family else name + when
    return key if re.search("[a-z]", key) else f"paper{key}{_hash(title or str(row.get('paper_id')))}"


def _family(author: str) -> str:
    """The family name of a person, the first telling word of an organisation."""
    family, comma, _ = author.partition(",")
    return _letters(family if comma else "".join(_telling(family)[:1]))


def _short_name(title: str) -> str:
    """The name before the colon if it is short, else the first telling word of the title."""
    head, *rest = _HEAD.split(title, maxsplit=1)
    whole = _letters("".join(_telling(head)))
    if rest and whole and len(head.split()) <= _MOST_WORDS_OF_A_SHORT_NAME and len(whole) <= _LONGEST_PART:
        return whole
    return next(filter(None, map(_letters, _telling(title))), "")


def _telling(text: str) -> list[str]:
    """The words of a text that are not function words."""
    return [word for word in text.split() if word.casefold().strip(",.;:?!") not in _FUNCTION_WORDS]


def _letters(text: str) -> str:
    """Lower-case ASCII letters and digits of a text."""
    return re.sub("[^a-z0-9]", "", _ascii(text).lower())[:_LONGEST_PART]


def _ascii(text: str) -> str:
    """Text without accents and without what has no Latin letter."""
    return unicodedata.normalize("NFKD", text.translate(_TRANSLITERATED)).encode("ascii", "ignore").decode()


def _hash(text: str) -> str:
    """Four letters that follow from the text alone."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:4]
