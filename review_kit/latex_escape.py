r"""Text into LaTeX: the one escaper for tables, captions and bibliographies. The way back is ``latex.plain_latex``."""

from __future__ import annotations

import re
import unicodedata

from .text import clean_text

# What TeX would act on. Braces become words because BibTeX counts even `\{`; `<`, `>`, `|` and the grave accent print
# as something else in LaTeX's oldest font encoding.
_ACTIVE = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}",
    ">": r"\textgreater{}", "|": r"\textbar{}", "`": r"\textasciigrave{}",
}
_GREEK = dict(zip(
    "αβγδϵεζηθϑικλμνξπϖρϱσςτυϕφχψωΓΔΘΛΞΠΣΥΦΨΩ",
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho "
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi "
    "Omega".split(),
))
_MATHS = dict(zip(
    "±×÷≤≥≠≈≡∼∝→←↔⇒⇐⇔↑↓∞∈∉∋∑∏√∂∇∀∃∅∩∪⊂⊆⊃⊇∧∨⋅∘⊕⊗ℓ⋆∫≪≫⊥∥¬",
    "pm times div leq geq neq approx equiv sim propto rightarrow leftarrow leftrightarrow Rightarrow Leftarrow "
    "Leftrightarrow uparrow downarrow infty in notin ni sum prod surd partial nabla forall exists emptyset cap cup "
    "subset subseteq supset supseteq wedge vee cdot circ oplus otimes ell star int ll gg perp parallel neg".split(),
))
_SIGNS = {
    "°": r"\textdegree{}", "•": r"\textbullet{}", "·": r"\textperiodcentered{}", "€": r"\texteuro{}", "£": r"\pounds{}",
    "§": r"\S{}", "¶": r"\P{}", "©": r"\textcopyright{}", "®": r"\textregistered{}", "™": r"\texttrademark{}",
    "†": r"\dag{}", "‡": r"\ddag{}", "µ": r"\textmu{}", "−": "$-$", "′": "$'$", "\ufffd": "?",
}
_HIGH = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", "0123456789+-=()ni"))
_LOW = dict(zip("₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎", "0123456789+-=()"))
_SYMBOLS = {
    **_SIGNS,
    **{char: rf"\ensuremath{{\{name}}}" for char, name in (_GREEK | _MATHS).items()},
    **{char: rf"\textsuperscript{{{sign}}}" for char, sign in _HIGH.items()},
    **{char: rf"\textsubscript{{{sign}}}" for char, sign in _LOW.items()},
}
# pdflatex sets these and the Latin letters up to U+017F from UTF-8; classic bibtex, which cuts bytes, needs commands.
_MARKS = {
    "–": "--", "—": "---", "“": "``", "”": "''", "‘": r"\textquoteleft{}", "’": r"\textquoteright{}", "…": r"\ldots{}",
    "¡": r"\textexclamdown{}", "¿": r"\textquestiondown{}", "„": r"\quotedblbase{}", "«": r"\guillemotleft{}",
    "»": r"\guillemotright{}",
}
_LETTERS = dict(zip("ßæÆœŒøØłŁđĐðÐþÞıŋŊ", "ss ae AE oe OE o O l L dj DJ dh DH th TH i ng NG".split()))
_ACCENTS = dict(zip(
    "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328\u0331", "`'^~=u.\"rHvdckb"
))
_LAST_LATIN = "\u017f"

# Two signs that TeX would join into one: dashes, quotes, and inverted question and exclamation marks.
_LIGATURE = re.compile(r"(?<=-)(?=-)|(?<=')(?=')|(?<=,)(?=,)")
# Marks that join or dress the sign before them mean nothing after a Latin letter, and TeX stops at them.
_UNSEEN = re.compile(
    "[\U000e0000-\U000e007f\ufdd0-\ufdef\ufffe\uffff]|(?<![\u0300-\U0010ffff])[\u200c\u200d\ufe0e\ufe0f]"
)


def escape_latex(text: str, *, ascii_only: bool = False) -> str:
    r"""Write text so that LaTeX prints exactly these characters and obeys none of them.

    Nothing in the text is taken as LaTeX: a backslash prints as a backslash. Letters of scripts for which LaTeX has no
    command (Chinese, Arabic, emoji) stay as they are and need xelatex or lualatex, see `needs_unicode_engine`.

    Parameters
    ----------
    text
        Readable text. Blanks and line ends are folded, control and invisible characters left out.
    ascii_only
        Write accents as commands too (``{\'e}``), for classic bibtex, which cuts UTF-8 letters in half.

    Returns
    -------
    str
        LaTeX with balanced braces on one line; ``latex.plain_latex`` turns it back into the text.

    Examples
    --------
    >>> escape_latex("R&D for 50% of β-cells {x}")
    'R\\&D for 50\\% of \\ensuremath{\\beta}-cells \\textbraceleft{}x\\textbraceright{}'
    >>> escape_latex("Žižek", ascii_only=True)
    '{\\v{Z}}i{\\v{z}}ek'
    """
    text = _LIGATURE.sub("\0", _UNSEEN.sub("", clean_text(text)))
    return "".join(_escaped(char, ascii_only) for char in text)


def needs_unicode_engine(latex: str) -> bool:
    """Whether escaped text holds letters that pdflatex cannot print (then use xelatex or lualatex)."""
    return any(char > _LAST_LATIN and char not in _MARKS for char in latex)


def _escaped(char: str, ascii_only: bool) -> str:
    """One character as LaTeX."""
    if char == "\0":
        return "{}"
    if char.isascii():
        return _ACTIVE.get(char, char)
    if char in _SYMBOLS:
        return _SYMBOLS[char]
    if not ascii_only and (char <= _LAST_LATIN or char in _MARKS):
        return char
    if char in _MARKS:
        return _MARKS[char]
    if char in _LETTERS:
        return rf"{{\{_LETTERS[char]}}}"
    return _accented(char)


def _accented(char: str) -> str:
    """A letter with its accents as commands; as it is, when LaTeX lacks one of them."""
    base, *marks = unicodedata.normalize("NFD", char)
    if not marks or not base.isascii() or not all(mark in _ACCENTS for mark in marks):
        return char
    for mark in marks:
        command = _ACCENTS[mark]
        base = rf"\{command}{base}" if len(base) == 1 and not command.isalpha() else rf"\{command}{{{base}}}"
    return f"{{{base}}}"
