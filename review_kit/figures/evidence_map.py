"""Evidence map: how many papers stand where two axes meet, and where nobody has been."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd

from ..tables.columns import Column, Columns
from .canvas import GREY, INK, PALE, axes_or_new, bare, nothing_to_show, plain, remark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..protocol import Protocol

_LARGEST_BUBBLE = 1500
_LONGEST_LABEL = 34


def plot_evidence_map(
    papers: pd.DataFrame, events: pd.DataFrame, *, rows: str, columns: str, protocol: Protocol | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a bubble for each pair of values of two axes, its area and number the papers that have both.

    A paper counts at each node that it is tagged with, not at the nodes above, so numbers may add up to more than there
    are papers; the remark says how many papers are in the map. With a protocol, nodes without a paper are shown too:
    they are the gaps.

    Parameters
    ----------
    papers, events
        Papers, and the review log with their tags and extracted items.
    rows, columns
        Names of tag axes, extraction items or columns of papers, for example ``method`` and ``modality``.
    protocol
        Gives labels, order and the nodes that have no paper.
    ax
        Where to draw; by default a figure of its own.

    Returns
    -------
    Axes

    Raises
    ------
    ReviewKitError
        A name that is no axis, item or column; the message lists those that are.
    """
    from matplotlib import colormaps
    from matplotlib.colors import Normalize

    known = Columns(papers, events, protocol)
    known.check([rows, columns])
    down, across = known.find(rows), known.find(columns)
    counts, shown = _counts(down, across)
    row_names, column_names = _names(down, rows, protocol), _names(across, columns, protocol)
    ax = axes_or_new(ax, (2.8 + 0.85 * len(column_names), 1.4 + 0.5 * len(row_names)))
    if not row_names or not column_names:
        return nothing_to_show(ax, f"No paper has both {down.heading} and {across.heading}.")
    most = max(counts.values(), default=1)
    # The lower part of the map is left out: its pale colours vanish on paper.
    colour = colormaps["cividis_r"].resampled(256)
    tone = Normalize(-0.15 * most, most)
    for y, row in enumerate(row_names):
        for x, column in enumerate(column_names):
            n = counts[row, column]
            if n:
                fill = colour(tone(n))
                dark = 0.299 * fill[0] + 0.587 * fill[1] + 0.114 * fill[2] < 0.5
                ax.scatter(x, y, s=_LARGEST_BUBBLE * (0.12 + 0.88 * n / most), color=[fill], zorder=2)
                ax.text(x, y, str(n), ha="center", va="center", fontsize=9, color="white" if dark else INK, zorder=3)
    _lay_out(ax, (row_names, column_names), (down.heading, across.heading))
    remark(ax, f"n = {shown} papers" + (f"; {len(papers) - shown} without one of the two not shown"
                                        if shown < len(papers) else ""), below=8)
    return ax


def _counts(down: Column, across: Column) -> tuple[Counter[tuple[str, str]], int]:
    """Papers at each crossing, and papers in the map."""
    counts: Counter[tuple[str, str]] = Counter()
    shown = 0
    for one, two in zip(down.texts(), across.texts()):
        pairs = {(a, b) for a in one for b in two}
        counts.update(pairs)
        shown += bool(pairs)
    return counts, shown


def _names(column: Column, name: str, protocol: Protocol | None) -> list[str]:
    """The values of a column in order, with the leaves of the taxonomy that no paper has."""
    found = {text for texts in column.texts() for text in texts}
    nodes = [node for node in protocol.taxonomy if node.axis == name and node.parent] if protocol else []
    parents = {node.parent for node in nodes}
    planned = [node.label for node in nodes if node.id not in parents or node.label in found]
    return list(dict.fromkeys([*planned, *(group for group, _ in column.grouped(range(len(column.values)))
                                           if group in found)]))


def _lay_out(ax: Axes, names: tuple[list[str], list[str]], headings: tuple[str, str]) -> None:
    """Grid, labels and headings."""
    rows, columns = names
    labels = [[plain(_cut(name)) for name in group] for group in names]
    ax.set_yticks(range(len(rows)), labels[0])
    ax.set_xticks(range(len(columns)), labels[1], rotation=30 if max(map(len, columns)) > 12 else 0,
                  ha="left" if max(map(len, columns)) > 12 else "center")
    ax.xaxis.tick_top()
    ax.set_xlim(-0.6, len(columns) - 0.4)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.grid(color=PALE, linewidth=0.8)
    ax.set_axisbelow(True)
    ax.set_title(f"{plain(headings[0])} × {plain(headings[1])}", loc="left", fontsize=10, color=GREY)
    bare(ax)


def _cut(name: str) -> str:
    """A label short enough to stand beside the map."""
    return name if len(name) <= _LONGEST_LABEL else f"{name[:_LONGEST_LABEL - 1]}…"
