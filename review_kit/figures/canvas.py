"""What all figures share: axes of their own, colours that everyone can tell apart, text as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ..text import clean_text

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Colours of Okabe and Ito, which people with any colour vision tell apart: https://jfly.uni-koeln.de/color/
BLUE, ORANGE, GREEN, PINK, SKY, RED = "#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00"
PALETTE = (BLUE, ORANGE, GREEN, PINK, SKY, RED)
INK, GREY, PALE = "#1a1a1a", "#6b6b6b", "#e3e3e3"


def axes_or_new(ax: Axes | None, size: tuple[float, float]) -> Axes:
    """The axes given, or those of a new figure that belongs to nobody else."""
    if ax is not None:
        return ax
    from matplotlib.figure import Figure

    return Figure(figsize=size, layout="constrained").add_subplot()


def plain(text: str) -> str:
    """Text as matplotlib shows it sign by sign: a dollar starts no formula."""
    return clean_text(text).replace("$", r"\$")


def bare(ax: Axes, *, keep: tuple[str, ...] = ()) -> None:
    """Take away the frame but for some sides."""
    for side, spine in ax.spines.items():
        spine.set_visible(side in keep)
        spine.set_color(GREY)
    ax.tick_params(colors=INK, length=0)


def remark(ax: Axes, text: str, *, below: int = 34) -> None:
    """A small line so many points under the axes: what the figure leaves out."""
    if text:
        ax.annotate(text, (0, 0), (0, -below), xycoords="axes fraction", textcoords="offset points", fontsize=8,
                    color=GREY, va="top", annotation_clip=False)


def nothing_to_show(ax: Axes, message: str) -> Axes:
    """Axes that say why they are empty."""
    ax.set_axis_off()
    ax.text(0.5, 0.5, message, ha="center", va="center", color=GREY, transform=ax.transAxes)
    return ax
