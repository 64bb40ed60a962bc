"""Lay out and draw a flow of boxes: columns with a banner, rows of a box and the box beside it, bars at the left.

All measures are in points; the place of a box is its upper left corner, counted downwards.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any

from ..fonts import families_for

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# Bar at the left -> the layers it stands beside.
BARS = {"Identification": ("identification",), "Screening": ("title_abstract", "retrieval", "full_text"),
        "Included": ("included",)}
INK, QUIET, OPEN, BAR = "#1a1a1a", "#555555", "#9c2f00", "#a9c7e8"
SIZE, LEADING, PAD, GAP, INDENT, BAR_WIDTH, EDGE = 9.0, 11.5, 6.0, 20.0, 9.0, 20.0, 1.0
HANG = 0.7  # how far the rest of a wrapped line that is a part is indented, in indents
# Width of the boxes: one column fits a page upright, two fit it sideways. Where a box would hold more lines than
# TALL, all boxes are made wider, by one of the factors.
BOX_WIDTHS = {1: 205.0, 2: 165.0}
TALL, WIDER = 32, (1.0, 1.35, 1.8)
# A bar beside a single row needs room for its word.
LEAST_HEIGHTS = {"Identification": 84.0, "Screening": 66.0, "Included": 58.0}


@dataclass(frozen=True)
class Line:
    """A line of text in a box; `indent` makes it a part of the line above."""

    text: str
    indent: float = 0
    ink: str = INK


@dataclass(frozen=True)
class Banner:
    """The heading of a column."""

    text: str
    fill: str


@dataclass(frozen=True)
class Box:
    """A box, its wrapped lines and its place."""

    name: str
    left: float
    width: float
    lines: tuple[Line, ...]
    top: float = 0.0
    row_height: float = 0.0
    fill: str = "white"

    @property
    def height(self) -> float:
        """Room for the lines; one line still makes a box one likes to look at."""
        return max(len(self.lines) * LEADING, LEADING * 1.5) + 2 * PAD

    @property
    def upper(self) -> float:
        """Where the box begins: in the middle of its row."""
        return self.top + (self.row_height - self.height) / 2

    @property
    def middle(self) -> tuple[float, float]:
        """The centre of the box."""
        return self.left + self.width / 2, self.top + self.row_height / 2


Column = tuple[Banner, Mapping[str, tuple[list[Line], list[Line]]]]


def draw_flow(
    columns: Sequence[Column], included: Sequence[Line], *, ax: Axes | None = None, title: str = "",
    notes: Sequence[Line] = (), draft: bool = False,
) -> Axes:
    """Draw columns of boxes that lead to one last box.

    Parameters
    ----------
    columns
        One or two: a banner, and for each layer in order the lines of its box and of the box beside it (no lines, no
        box).
    included
        Lines of the last box.
    ax
        Where to draw; by default a figure of the right size.
    title
        Above the drawing.
    notes
        Below the drawing.
    draft
        Mark the drawing as DRAFT.

    Returns
    -------
    Axes
    """
    boxes, width, height = _lay_out(columns, included)
    header = 24.0 if title else 0.0
    footer = [part for line in notes for part in _wrap(line, width)]
    total = header + height + (len(footer) * LEADING + GAP / 2 if footer else 0)
    ax = ax if ax is not None else _own_axes(width + 2 * EDGE, total + 2 * EDGE)
    ax.set(xlim=(-EDGE, width + EDGE), ylim=(total - header + EDGE, -header - EDGE), aspect="equal")
    ax.set_axis_off()
    scale = _scale(ax, width + 2 * EDGE, total + 2 * EDGE)
    for start, end in _arrows(boxes, len(columns)):
        _draw_arrow(ax, start, end, scale)
    for box in boxes.values():
        _draw_box(ax, box, scale)
    for name, layers in BARS.items():
        _draw_bar(ax, name, [box for (_, layer, _), box in boxes.items() if layer in layers], scale)
    if title:
        ax.text(0, -header + PAD, title, size=11 * scale, weight="bold", va="top", parse_math=False, color=INK)
    for number, line in enumerate(footer):
        ax.text(line.indent * INDENT, height + GAP / 2 + number * LEADING, line.text, size=SIZE * scale, va="top",
                color=line.ink, parse_math=False)
    if draft:
        ax.text(width / 2, height / 2, "DRAFT", size=110 * scale, weight="bold", color=OPEN, alpha=0.13, rotation=40,
                ha="center", va="center", zorder=9)
    return ax


def _lay_out(
    columns: Sequence[Column], included: Sequence[Line]
) -> tuple[dict[tuple[int, str, str], Box], float, float]:
    """Boxes by column, layer and side, and the size of the whole; boxes of one layer share a row."""
    for factor in WIDER:
        boxes = _boxes(columns, included, wide=factor * BOX_WIDTHS[len(columns)])
        if max(len(box.lines) for box in boxes.values()) <= TALL:
            break
    least = {}
    for name, layers in BARS.items():
        beside = {layer for _, layer, _ in boxes if layer in layers}
        if len(beside) == 1:
            least[beside.pop()] = LEAST_HEIGHTS[name]
    top = 0.0
    for layer in dict.fromkeys(layer for name in BARS.values() for layer in ("banner", *name)):
        inside = [key for key in boxes if key[1] == layer]
        if inside:
            height = max(least.get(layer, 0.0), *(boxes[key].height for key in inside))
            for key in inside:
                boxes[key] = replace(boxes[key], top=top, row_height=height)
            top += height + (GAP / 2 if layer == "banner" else GAP)
    right = max(box.left + box.width for box in boxes.values())
    return boxes, right, top - GAP


def _boxes(
    columns: Sequence[Column], included: Sequence[Line], *, wide: float
) -> dict[tuple[int, str, str], Box]:
    """Boxes of this width with their lines wrapped, side by side; their rows are not placed yet."""
    boxes: dict[tuple[int, str, str], Box] = {}
    for number, (banner, rows) in enumerate(columns):
        left = BAR_WIDTH + GAP / 2 + number * (2 * wide + 2.5 * GAP)
        full = 2 * wide + GAP
        title = tuple(_wrap(Line(banner.text), full - 2 * PAD))
        boxes[number, "banner", "main"] = Box("banner", left, full, title, fill=banner.fill)
        for layer, sides in rows.items():
            for place, (side, lines) in enumerate(zip(("main", "side"), sides)):
                wrapped = tuple(part for line in lines for part in _wrap(line, wide - 2 * PAD))
                if wrapped:
                    boxes[number, layer, side] = Box(layer, left + place * (wide + GAP), wide, wrapped)
    lines = tuple(part for line in included for part in _wrap(line, wide - 2 * PAD))
    boxes[0, "included", "main"] = Box("included", BAR_WIDTH + GAP / 2, wide, lines)
    return boxes


def _arrows(boxes: Mapping[tuple[int, str, str], Box], n_columns: int) -> Iterator[tuple[Any, Any]]:
    """Start and end of each arrow: down each column, sideways to the boxes beside, and into the last box."""
    last = boxes[0, "included", "main"]
    for number in range(n_columns):
        main = [box for (column, layer, side), box in boxes.items()
                if column == number and side == "main" and layer not in ("banner", "included")]
        main += [last] if number == 0 else []
        for one, following in zip(main, main[1:]):
            x = one.middle[0]
            yield (x, one.upper + one.height), (x, following.upper)
        if number:
            x, y = main[-1].middle[0], last.middle[1]
            yield (x, main[-1].upper + main[-1].height), (last.left + last.width, y)
    for (number, layer, side), box in boxes.items():
        if side == "side":
            beside = boxes[number, layer, "main"]
            yield (beside.left + beside.width, box.middle[1]), (box.left, box.middle[1])


def _draw_arrow(ax: Axes, start: tuple[float, float], end: tuple[float, float], scale: float) -> None:
    """One arrow, straight, or first down and then sideways."""
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    straight = start[0] == end[0] or start[1] == end[1]
    route = Path([start, end] if straight else [start, (start[0], end[1]), end])
    ax.add_patch(FancyArrowPatch(path=route, arrowstyle="-|>", mutation_scale=9 * scale, linewidth=0.9 * scale,
                                 color=INK, fill=True, joinstyle="miter", zorder=1))


def _draw_box(ax: Axes, box: Box, scale: float) -> None:
    """A box and its lines; banners are centred and rounded."""
    from matplotlib.patches import FancyBboxPatch, Rectangle

    place, banner = (box.left, box.upper), box.name == "banner"
    if banner:
        frame = FancyBboxPatch(place, box.width, box.height, boxstyle="round,pad=0,rounding_size=6")
    else:
        frame = Rectangle(place, box.width, box.height)
    frame.set(facecolor=box.fill, edgecolor=INK, linewidth=0.9 * scale, zorder=2, gid=f"prisma-{box.name}")
    ax.add_patch(frame)
    first = box.upper + (box.height - len(box.lines) * LEADING) / 2
    for number, line in enumerate(box.lines):
        x = box.middle[0] if banner else box.left + PAD + line.indent * INDENT
        # The baseline, not the ink, is placed: lines with and without descenders then stand evenly.
        ax.text(x, first + number * LEADING + 0.76 * LEADING, line.text, size=SIZE * scale, color=line.ink,
                va="baseline", ha="center" if banner else "left", weight="bold" if banner else "normal",
                parse_math=False, zorder=3)


def _draw_bar(ax: Axes, name: str, boxes: Sequence[Box], scale: float) -> None:
    """A bar at the left that names the rows beside it."""
    from matplotlib.patches import FancyBboxPatch

    if not boxes:
        return
    top = min(box.top for box in boxes)
    height = max(box.top + box.row_height for box in boxes) - top
    ax.add_patch(FancyBboxPatch((0.5, top), BAR_WIDTH - 1, height, boxstyle="round,pad=0,rounding_size=5",
                                facecolor=BAR, edgecolor=INK, linewidth=0.9 * scale, zorder=2))
    size = min(SIZE, SIZE * (height - 2) / _width(name))
    ax.text(BAR_WIDTH / 2, top + height / 2, name, size=size * scale, weight="bold", rotation=90, ha="center",
            va="center", color=INK, zorder=3)


def _own_axes(width: float, height: float) -> Axes:
    """Axes that fill a figure of this size."""
    from matplotlib.figure import Figure

    return Figure(figsize=(width / 72, height / 72)).add_axes((0, 0, 1, 1))


def _scale(ax: Axes, width: float, height: float) -> float:
    """How much smaller or larger than designed the axes show a point."""
    shown = ax.get_window_extent()
    points = 72 / ax.figure.dpi
    return min(shown.width * points / width, shown.height * points / height)


def _wrap(line: Line, width: float) -> Iterator[Line]:
    """The line in parts that fit; a count stays whole, a word too long for a line is broken."""
    full, width = width, width - line.indent * INDENT
    part, rest = "", replace(line, indent=line.indent + (HANG if line.indent else 0))
    for word in re.findall(r"\(n = [\d,]+\)[:.;]?|\S+", line.text):
        if part and _width(f"{part} {word}") > width:
            yield replace(line, text=part)
            line, part = rest, ""
            width = full - line.indent * INDENT
        part = f"{part} {word}" if part else word
        while _width(part) > width and len(part) > 1:
            fits = max(1, bisect_right(range(1, len(part)), width, key=lambda n: _width(part[:n])))
            yield replace(line, text=part[:fits])
            line, part = rest, part[fits:]
            width = full - line.indent * INDENT
    if part:
        yield replace(line, text=part)


@cache
def _width(text: str) -> float:
    """The width of a text at the normal size, with a little room for how screens round letters to dots."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    font = FontProperties(family=families_for(text)[0], size=SIZE)
    with warnings.catch_warnings():  # what no font has is told when the figure is saved
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        return text_to_path.get_text_width_height_descent(text, font, ismath=False)[0] * 1.03 + 0.5
