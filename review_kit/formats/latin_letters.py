"""Which of the single-byte encodings of Latin letters a text is in, told by the letters of its languages.

Any bytes are text in any of them: ``Muñoz`` in Windows-1252 is ``Muńoz`` in Windows-1250 and ``MuÒoz`` on old Macs.
Statistics of letters mislead on titles and names, so the question is only whether the letters belong together.
"""

from __future__ import annotations

import re

_WESTERN = (
    "äöüß", "æøå", "åäö", "àâæçéèêëîïôœùûüÿ", "áéíñóúü", "àáâãçéêíóôõúü", "àèéìíòóù", "áæðéíóöþúý", "àçèéíïòóúü",
    "áéëïóöüè",
)  # fmt: skip
_CENTRAL = ("ąćęłńóśźż", "áčďéěíňóřšťúůýž", "áäčďéíĺľňóôŕšťúýž", "áéíóöőúüű", "čćđšž", "ăâîşţ")
_SIGNS = frozenset("–—‘’“”„…«»°±×·•€£§©®™µ¡¿ªº´\xa0")
# Letters of names and signs of formulas that are usual in Western text too.
_USUAL = _SIGNS | frozenset("".join(_WESTERN) + "šž¹²³¼½¾¶")
_FOREIGN = re.compile(r"[^\x00-\x7f]")
# A capital after a small letter, and a sign between two, are signs of a wrong encoding (``cafÈ``, ``M‡laga``).
_MISPLACED = re.compile(r"(?<=[^\W\d_A-Z])(?:[ÀÁÂÃÄÅÆÇÈÉÊËÌÍÎÏÐÑÒÓÔÕÖØÙÚÛÜÝÞŠŽŒŸ]|[^\w\s’‘–—·´\x00-\x7f])(?=[a-z])")
_NO_LETTERS = " \t\n\r0123456789.,;:!?()[]{}<>=+-/*'\"%&#$@^_~|`\\\ufffd" + "".join(_SIGNS)
_SURE, _CLEARLY = 0.9, 0.1


def latin_encoding(data: bytes) -> str:
    """Find the encoding of Latin text: Windows-1252 unless its letters fit another one clearly better.

    Parameters
    ----------
    data
        The beginning of a file whose foreign bytes stand alone among ASCII letters, as in Western languages.

    Returns
    -------
    str
        ``cp1252``, ``mac_roman``, ``cp1250`` or ``iso8859_2``; ``latin-1`` if the bytes are no Windows-1252.
    """
    western = _fit(data, "cp1252", _WESTERN)
    for encoding in ("cp1250", "iso8859_2"):
        central = _fit(data, encoding, _CENTRAL)
        if central >= _SURE and central > western + _CLEARLY:
            return encoding
    if _order(data, "mac_roman") > _order(data, "cp1252") + _CLEARLY:
        return "mac_roman"
    return "latin-1" if any(byte in data for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D)) else "cp1252"


def _fit(data: bytes, encoding: str, languages: tuple[str, ...]) -> float:
    """The share of foreign letters that stand in words of one language, the one that has most of them."""
    text = data.decode(encoding, "replace")
    places = [found.start() for found in _FOREIGN.finditer(text) if found[0] not in _SIGNS]
    beside = {at: text[max(at - 1, 0) : at] + text[at + 1 : at + 2] for at in places}
    words = [text[at].lower() for at in places if beside[at].strip(_NO_LETTERS)]
    return max(sum(letter in language for letter in words) for language in languages) / len(places) if places else 1.0


def _order(data: bytes, encoding: str) -> float:
    """The share of foreign characters that are Western letters or usual signs and stand where such may stand."""
    text = data.decode(encoding, "replace")
    foreign = _FOREIGN.findall(text)
    usual = sum(sign.lower() in _USUAL for sign in foreign)
    return (usual - len(_MISPLACED.findall(text))) / max(len(foreign), 1)
