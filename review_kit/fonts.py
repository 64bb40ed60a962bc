"""Fonts of this machine for letters that matplotlib's own font lacks, such as Chinese, Japanese and Korean."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.figure import Figure

OWN = "DejaVu Sans"  # comes with matplotlib
# Asked first: they have most letters. The three write some letters in the manner of their language.
_WIDE = ("Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans", "PingFang SC", "Microsoft YaHei",
         "Arial Unicode MS")
_FIRST = {"Noto Sans CJK JP": re.compile(r"[\u3040-\u30ff]"), "Noto Sans CJK KR": re.compile(r"[\uac00-\ud7af]")}
# Shows for every letter the box of its script.
_NO_FONT = re.compile(r"Last ?Resort|\.", re.I)


class FontWarning(UserWarning):
    """Letters of a figure that no font of this machine has."""


def families_for(text: str, *, own: Sequence[str] = (OWN,)) -> tuple[list[str], str]:
    """Say in which fonts a text can be written.

    Parameters
    ----------
    text
        Any text.
    own
        Fonts to write in as far as they have the letters.

    Returns
    -------
    families, missing
        `own` and the fonts of this machine that have the rest; the letters that none of them has.
    """
    lacking = [letter for letter in sorted(set(text)) if _is_drawn(letter) and not any(_has(f, letter) for f in own)]
    if not lacking:
        return list(own), ""
    names = installed_fonts()
    first = [name for name, script in _FIRST.items() if script.search(text)]
    order = [name for name in dict.fromkeys((*first, *_WIDE, *names)) if name in names]
    found = {letter: next((name for name in order if _has(name, letter)), None) for letter in lacking}
    more = [name for name in order if name in found.values()]
    return [*own, *more], "".join(letter for letter, name in found.items() if name is None)


def use_fonts(figure: Figure, *, warn: bool) -> None:
    """Let every text of a figure be written in fonts that have its letters.

    Parameters
    ----------
    figure
        Its texts are changed; those that their own font can write stay as they are.
    warn
        Whether to warn of letters that no font has.
    """
    from matplotlib.text import Text

    for ax in figure.axes:
        ax.get_xticklabels(), ax.get_yticklabels()  # makes the labels that drawing would make
    nowhere = ""
    for text in figure.findobj(Text):
        families, missing = families_for(text.get_text(), own=[_name_of(f) for f in text.get_fontfamily()])
        if families[len(text.get_fontfamily()):]:
            text.set_fontfamily(families)
        nowhere += missing
    if nowhere and warn:
        letters = "".join(sorted(set(nowhere)))
        warnings.warn(
            f"no font of this machine has {letters[:20]!r} ({len(letters)} letters); PNG and PDF show boxes. Install "
            "one (Debian: apt install fonts-noto-cjk, or fonts-noto for all scripts) or save as SVG.",
            FontWarning, stacklevel=4,
        )


@lru_cache(maxsize=1)
def installed_fonts() -> tuple[str, ...]:
    """The upright fonts of normal weight on this machine, by name."""
    from matplotlib.font_manager import fontManager

    upright = {font.name for font in fontManager.ttflist if font.style == "normal" and font.weight in (400, "normal")}
    return tuple(sorted(name for name in upright if not _NO_FONT.match(name)))


def _name_of(family: str) -> str:
    """The font that a general family such as ``sans-serif`` stands for."""
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=[family]).get_name()


@lru_cache(maxsize=65_536)
def _has(family: str, letter: str) -> bool:
    """Whether a font has a letter."""
    from matplotlib.font_manager import FontProperties, findfont, get_font

    return get_font(findfont(FontProperties(family=[family]))).get_char_index(ord(letter)) != 0


def _is_drawn(letter: str) -> bool:
    """Whether a letter leaves ink: no blank, no sign of control."""
    return not letter.isspace() and unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Cn", "Co")
