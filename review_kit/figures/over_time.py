"""Papers over time: how many, and which."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from ..citations.venues import PREPRINT, read_venue
from ..tables.columns import Columns
from .canvas import BLUE, GREY, INK, PALE, PALETTE, axes_or_new, bare, nothing_to_show, plain, remark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..protocol import Protocol

# Up to this many months, months are shown instead of years, if nearly all papers have one.
MOST_MONTHS = 30
_KNOWN_MONTHS = 0.9
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_MOST_NAMES = 45
_SIGNS_OF_THE_WIDTH = 105


@dataclass(frozen=True)
class _Dot:
    """A paper in a timeline: its lane, its level there, its date, where its name ends, and whether it is published."""

    lane: str
    level: int
    x: float
    end: float
    name: str
    published: bool


def plot_by_year(papers: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the number of papers over time: a bar for each year, or each month when the span is short.

    Parameters
    ----------
    papers
        Papers with ``year`` and ``month``. Those without a year are counted in a remark, never dropped in silence.
    ax
        Where to draw; by default a figure of its own.

    Returns
    -------
    Axes
    """
    ax = axes_or_new(ax, (7, 3.5))
    dated = papers[papers["year"].notna()]
    if dated.empty:
        return nothing_to_show(ax, "No paper has a year.")
    by_month = _shows_months(dated)
    known = dated[dated["month"].notna()] if by_month else dated
    counts = Counter(_months(known) if by_month else known["year"].astype(int))
    span = range(min(counts), max(counts) + 1)
    bars = ax.bar(list(span), [counts[at] for at in span], width=0.8, color=BLUE)
    ax.bar_label(bars, labels=[str(counts[at]) if counts[at] else "" for at in span], fontsize=8, color=INK, padding=1)
    ax.set_ylabel("Papers")
    ax.set_yticks([])
    ax.margins(x=0.01, y=0.12)
    _label_months(ax, span) if by_month else ax.set_xticks(_thinned(list(span)))
    bare(ax, keep=("bottom",))
    missing = {"a year": len(papers) - len(dated), "a month": len(dated) - len(known)}
    remark(ax, "; ".join(f"{n} without {what} not shown" for what, n in missing.items() if n))
    return ax


def plot_timeline(
    papers: pd.DataFrame, events: pd.DataFrame | None = None, *, lanes: str | None = None,
    protocol: Protocol | None = None, ax: Axes | None = None,
) -> Axes:
    """Draw each paper at its date, in a lane for each tag of an axis.

    A full dot is a paper in a journal or at a conference, a ring a preprint. Dots of one month stand under each other.
    Short names are written beside the dots as long as there are not too many.

    Parameters
    ----------
    papers
        Papers with ``year``, ``month``, ``venue`` and ``title``.
    events
        The review log; only for lanes.
    lanes
        A tag axis, item or column; a paper with two values stands in both lanes. Without it there is one lane.
    protocol
        Gives labels and the order of the lanes.
    ax
        Where to draw; by default a figure of its own.

    Returns
    -------
    Axes

    Raises
    ------
    ReviewKitError
        The lanes are no axis, item or column that there is.
    """
    dated = papers[papers["year"].notna()]
    placed = _lanes(dated, events, lanes, protocol)
    if not placed:
        return nothing_to_show(axes_or_new(ax, (8, 2.2)), "No paper has a year.")
    names = list(dict.fromkeys(name for name, _ in placed))
    rows = dated.to_dict("records")
    dots = _dots(rows, placed, with_names=len(placed) <= _MOST_NAMES)
    heights = [max(dot.level + 1 for dot in dots if dot.lane == name) for name in names]
    floors = {name: sum(heights[:at]) + 0.8 * at for at, name in enumerate(names)}
    ax = axes_or_new(ax, (8, max(2.2, 0.8 + 0.22 * sum(heights) + 0.2 * len(names))))
    for dot in dots:
        colour = PALETTE[names.index(dot.lane) % len(PALETTE)]
        y = -(floors[dot.lane] + dot.level)
        ax.plot(dot.x, y, "o", markersize=6, color=colour, markerfacecolor=colour if dot.published else "white")
        ax.annotate(plain(dot.name), (dot.x, y), (5, 0), textcoords="offset points", fontsize=7, va="center", color=INK)
    for name in names[1:]:
        ax.axhline(-(floors[name] - 0.9), color=PALE, linewidth=0.8, zorder=0)
    ax.set_yticks([-floors[name] for name in names], [plain(name) for name in names])
    ax.set_ylim(-(floors[names[-1]] + heights[-1] - 0.2), 0.8)
    _label_years(ax, dots)
    bare(ax, keep=("bottom",))
    left_out = len(papers) - len(dated)
    dropped = f"   {left_out} without a year not shown" if left_out else ""
    remark(ax, f"● published   ○ preprint or venue not known{dropped}")
    return ax


def _shows_months(dated: pd.DataFrame) -> bool:
    """Whether the span is short and the months are known."""
    known = dated[dated["month"].notna()]
    if len(known) < _KNOWN_MONTHS * len(dated):
        return False
    months = _months(known)
    return max(months) - min(months) < MOST_MONTHS


def _months(dated: pd.DataFrame) -> list[int]:
    """Months counted from the year 0."""
    return [int(year) * 12 + int(month) - 1 for year, month in zip(dated["year"], dated["month"])]


def _label_months(ax: Axes, span: range) -> None:
    """Month names, with the year under each January and the first."""
    shown = _thinned(list(span), most=16)
    labels = []
    for at, month in enumerate(shown):
        is_new = at == 0 or month // 12 != shown[at - 1] // 12
        labels.append(MONTHS[month % 12] + (f"\n{month // 12}" if is_new else ""))
    ax.set_xticks(shown, labels, fontsize=8)


def _label_years(ax: Axes, dots: list[_Dot]) -> None:
    """A tick for each year, and room at the right for names."""
    first, last = min(dot.x for dot in dots), max(dot.end for dot in dots)
    ax.set_xticks(_thinned(list(range(int(first), int(last) + 1))))
    ax.set_xlim(first - 0.1, last + 0.05)
    ax.grid(axis="x", color=PALE, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.tick_params(axis="x", labelcolor=GREY)


def _thinned(ticks: list[int], most: int = 14) -> list[int]:
    """At most so many ticks, evenly spaced."""
    return ticks[:: -(-len(ticks) // most)]


def _lanes(
    dated: pd.DataFrame, events: pd.DataFrame | None, lanes: str | None, protocol: Protocol | None
) -> list[tuple[str, int]]:
    """Lane and row number of each dot, lanes in order."""
    if lanes is None:
        return [("", row) for row in range(len(dated))]
    from ..schema import events_table

    columns = Columns(dated, events if events is not None else events_table([]), protocol)
    columns.check([lanes])
    return columns.find(lanes).grouped(range(len(dated)))


def _dots(rows: list[dict], placed: list[tuple[str, int]], *, with_names: bool) -> list[_Dot]:
    """Dots from left to right, each as low in its lane as there is room for it and its name."""
    span = max(_date(row) for row in rows) - min(_date(row) for row in rows)
    sign = max(span, 1) / _SIGNS_OF_THE_WIDTH
    ends: dict[str, list[float]] = {}
    dots = []
    for lane, row in sorted(placed, key=lambda place: _date(rows[place[1]])):
        x, name = _date(rows[row]), _short(rows[row]) if with_names else ""
        end = x + (len(name) + 3) * sign if name else x
        taken = ends.setdefault(lane, [])
        level = next((at for at, until in enumerate(taken) if until < x), len(taken))
        taken[level:level + 1] = [end]
        published = read_venue(str(rows[row].get("venue") or "")).kind not in (PREPRINT, None)
        dots.append(_Dot(lane, level, x, end, name, published))
    return dots


def _date(row: dict) -> float:
    """The middle of a month as a fraction of years; a paper without a month stands in the middle of its year."""
    return int(row["year"]) + (0.5 if pd.isna(row["month"]) else (int(row["month"]) - 0.5) / 12)


def _short(row: dict) -> str:
    """The short name of a paper: before its colon, or its first words."""
    title = str(row.get("title") or "")
    head, colon, _ = title.partition(":")
    return head if colon and len(head) <= 24 else " ".join(title.split()[:3]) + " …"
