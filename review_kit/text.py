"""Titles and other text of a source: tidied, mended and brought into a form that compares."""

from __future__ import annotations

import html
import re
import unicodedata

from .latex import plain_latex
from .names import display_name, name_parts, person_name, split_names

__all__ = [
    "clean_text", "display_name", "mend_mojibake", "name_parts", "person_name", "plain_latex", "split_names",
    "title_key",
]

# Characters that show nothing but break comparison or reverse the reading direction of what follows them.
_INVISIBLE = re.compile("[\U000e0000-\U000e007f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\u061c]")
_CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FOREIGN_RUN = re.compile(r"[^\x00-\x7f]+")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>")
_WORDS = re.compile(r"[^\W_]+")
_NO_ACCENT = str.maketrans({
    "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h", "ŋ": "n", "µ": "μ",
})
# Away from letters, a root before one of these signs is mathematics rather than a damaged letter.
_FORMULA = re.compile(r"(?<![^\W\d_])[√≈¬∆][πΩµ∂∑∏∫∞≠≤≥±](?![^\W\d_])")
# What may follow a letter in text that is right (``CAFÉ™``, ``«olá»²``), and what may follow the unit Å or a ≈ there.
_CLOSING = frozenset("‘’“”–—…™®©»›\xa0")
_MARKS = _CLOSING | frozenset("†‡°ªº¹²³·•")
_AFTER_UNIT = _MARKS | frozenset("±´µ∂∑∏π∫Ω≠≤≥∞")
_NO_LETTERS = frozenset("«»…\xa0–—“”‘’÷")
# Letters of Latin, Greek and Cyrillic alphabets that titles and names are written in; phonetic signs are not.
_LETTERS = re.compile("[\u00a0-\u017f\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b\u0370-\u045f\u1ea0-\u1ef9]")
_C1 = re.compile("[\x80-\x9f]")


def clean_text(text: str) -> str:
    """Bring text into composed Unicode on one line: controls and invisible marks out, blanks folded.

    Parameters
    ----------
    text
        Any text of a source. Words, case and punctuation stay as they are.

    Returns
    -------
    str
        The text without control characters; a lone surrogate becomes U+FFFD.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    text = _SURROGATE.sub("\ufffd", text)
    text = _INVISIBLE.sub("", _CONTROL.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def mend_mojibake(text: str) -> str:
    """Undo UTF-8 that was read as MacRoman, Windows-1252 or Latin-1, where the way back is exact.

    Each run of foreign characters is turned back into bytes and read as UTF-8; a run for which that is not possible
    without a rest, or whose result would be no more likely than what stands there, is left alone.

    Parameters
    ----------
    text
        Any text; plain ASCII comes back unchanged.

    Returns
    -------
    str
        The text with mended runs.
    """
    for _ in range(3):
        mended = _FOREIGN_RUN.sub(_mended_run, text)
        if mended == text:
            return text
        text = mended
    return text


def _mended_run(found: re.Match[str]) -> str:
    """One run of foreign characters, mended if that is exact and likely."""
    run, text = found[0], found.string
    if _FORMULA.match(text, found.start()):
        return run
    around = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    for encode in (_mac_bytes, _windows_bytes):
        data = encode(run)
        if data is None:
            continue
        try:
            mended = data.decode("utf-8")
        except UnicodeDecodeError:
            continue
        if _is_likely(run, mended, *around):
            return mended
    return run


def _mac_bytes(run: str) -> bytes | None:
    """The run as MacRoman bytes, if it has any."""
    try:
        return run.encode("mac_roman")
    except UnicodeEncodeError:
        return None


def _windows_bytes(run: str) -> bytes | None:
    """The run as Windows-1252 bytes; the five bytes that encoding leaves open are read as Latin-1, as browsers do."""
    data = bytearray()
    for character in run:
        try:
            data += character.encode("cp1252")
        except UnicodeEncodeError:
            if ord(character) > 0xFF:
                return None
            data.append(ord(character))
    return bytes(data)


def _is_likely(run: str, mended: str, before: str, after: str) -> bool:
    """Whether the mended text is what a writer meant, and not what a chance pair such as ``’é`` gives."""
    if any(unicodedata.category(c) in ("Cn", "Co", "Cs") for c in mended) or unicodedata.combining(mended[0]):
        return False
    if len(mended) > 1:
        return all(ord(c) < 0x2100 or ord(c) > 0x2FFF or run[0] in "â‚" or len(mended) > 2 for c in mended)
    if _C1.search(run) or run[0] in "Â¬â‚\uf8ffð":
        return True
    if len(run) > 2 and not _MARKS.issuperset(run[1:]):
        return True
    if run[0] in _NO_LETTERS or not _LETTERS.match(mended):
        return False
    if ord(mended) < 0x100:
        return run[1] not in _CLOSING or not before.isupper() or after.isalpha()
    may_follow = _MARKS if len(run) > 2 else _AFTER_UNIT if run[0] in "Å≈" else _CLOSING
    return not may_follow.issuperset(run[1:]) or _is_in_word(run[0], before, after)


def _is_in_word(lead: str, before: str, after: str) -> bool:
    """Whether a pair stands where a letter does: behind a small letter, or before one at the start of a word."""
    if lead.islower():
        return after.islower()
    return before.islower() or (not before.isalpha() and after.islower()) or (before + after).isalpha()


def title_key(title: str) -> str:
    """Bring a title into the form in which titles are compared.

    Parameters
    ----------
    title
        A title as found in any source, with or without LaTeX, HTML or Markdown.

    Returns
    -------
    str
        Small letters without accents, digits kept, single blanks between words; empty if nothing is left.
    """
    title = plain_latex(title) if "\\" in title or "{" in title or "$" in title else title
    title = _MARKUP.sub("", html.unescape(title)) if "<" in title or "&" in title else title
    if title.isascii():
        return " ".join(_WORDS.findall(title.lower()))
    folded = unicodedata.normalize("NFKD", title).casefold().translate(_NO_ACCENT)
    letters = folded if folded.isascii() else "".join(c for c in folded if not unicodedata.combining(c))
    return " ".join(_WORDS.findall(letters))
