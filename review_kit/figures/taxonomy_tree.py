"""The taxonomy as a tree, with the papers at its leaves."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from ..cite_keys import citation_keys
from ..extraction import tag_table
from .canvas import GREY, INK, PALETTE, axes_or_new, nothing_to_show, plain, remark

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from ..protocol import Node, Protocol

_COLUMN, _BOX = 3.1, 2.6
_LINE, _KEY_LINE = 0.29, 0.245
_LABEL_SIGNS, _KEY_SIGNS = 26, 62


@dataclass
class _Branch:
    """A node with what hangs on it, and where it is drawn."""

    node: Node
    depth: int
    papers: set[str]
    keys: list[str] = field(default_factory=list)
    children: list[_Branch] = field(default_factory=list)
    y: float = 0.0

    @property
    def label(self) -> list[str]:
        """Label and number of papers, in lines."""
        return textwrap.wrap(f"{self.node.label} ({len(self.papers)})", _LABEL_SIGNS)

    @property
    def height(self) -> float:
        """Room for the label or the keys, whichever takes more lines."""
        return max(_LINE * len(self.label) + 0.12, _KEY_LINE * len(self.keys)) + 0.16


def plot_taxonomy(
    papers: pd.DataFrame, events: pd.DataFrame, protocol: Protocol, *, axis: str | None = None, keys: int = 12,
    ax: Axes | None = None,
) -> Axes:
    """Draw the taxonomy as a tree: each node with its number of papers, each with the citation keys tagged there.

    A paper counts once in a node, however many tags below it the paper has. Keys stand at the node that the paper is
    tagged with, not at its parents.

    Parameters
    ----------
    papers, events
        Papers, and the review log with their tags.
    protocol
        Holds the taxonomy.
    axis
        Draw only this axis; by default all.
    keys
        How many citation keys to write at a node, the earliest papers first; the rest is counted. 0 writes none.
    ax
        Where to draw; by default a figure of its own.

    Returns
    -------
    Axes

    Raises
    ------
    ReviewKitError
        The axis is not in the protocol.
    """
    from ..errors import ReviewKitError

    axes = [node for node in protocol.taxonomy if node.parent is None]
    roots = [node for node in axes if axis in (None, node.id)]
    if axis is not None and not roots:
        raise ReviewKitError(f"axis: expected one of {', '.join(node.id for node in axes)}; found {axis!r}")
    tags = tag_table(papers, events)
    names = _keys_by_age(papers)
    branches = [_branch(node, protocol, (tags, names), most=keys) for node in roots]
    bottom = 0.0
    for branch in branches:
        bottom = _place(branch, bottom) + 0.3
    width = _COLUMN * (1 + max((_deepest(branch) for branch in branches), default=0))
    ax = axes_or_new(ax, ((width + (4.5 if keys else 0)) * 0.8, max(bottom * 0.62, 1.5)))
    if not branches:
        return nothing_to_show(ax, "The protocol has no taxonomy.")
    for branch, colour in zip(branches, PALETTE * len(branches)):
        _draw(ax, branch, colour)
    ax.set_xlim(-0.1, width + (5.2 if keys else 0))
    ax.set_ylim(bottom, -0.2)
    ax.set_axis_off()
    untagged = len(papers) - len({paper for branch in branches for paper in branch.papers})
    remark(ax, f"n = {len(papers)} papers" + (f"; {untagged} without a tag here" if untagged else ""), below=4)
    return ax


def _keys_by_age(papers: pd.DataFrame) -> dict[str, str]:
    """Citation keys by paper, the earliest papers first."""
    aged = papers.assign(_key=citation_keys(papers)).sort_values(["year", "month", "_key"], kind="stable")
    return dict(zip(aged["paper_id"], aged["_key"]))


def _branch(
    node: Node, protocol: Protocol, tagged: tuple[pd.DataFrame, dict[str, str]], *, most: int, depth: int = 0
) -> _Branch:
    """A node and all below it, with their papers."""
    tags, names = tagged
    children = [_branch(child, protocol, tagged, most=most, depth=depth + 1)
                for child in protocol.taxonomy if child.parent == node.id]
    own = set(tags.loc[tags["tag"] == node.id, "paper_id"])
    below = set().union(*(child.papers for child in children))
    # A paper that is tagged further down would stand twice.
    written = [name for paper_id, name in names.items() if paper_id in own - below]
    rest = len(written) - most
    text = ", ".join(written[:most]) + (f" + {rest} more" if rest > 0 else "")
    return _Branch(node, depth, own | below, textwrap.wrap(text, _KEY_SIGNS) if most else [], children)


def _place(branch: _Branch, top: float) -> float:
    """Give a branch and all below it their height on the page; returns where the next begins."""
    bottom = top
    if branch.children and branch.keys:
        bottom += _KEY_LINE * len(branch.keys) + 0.1
    for child in branch.children:
        bottom = _place(child, bottom)
    bottom = max(bottom, top + branch.height)
    branch.y = (branch.children[0].y + branch.children[-1].y) / 2 if branch.children else (top + bottom) / 2
    return bottom


def _deepest(branch: _Branch) -> int:
    """The depth of the deepest node."""
    return max([branch.depth, *(_deepest(child) for child in branch.children)])


def _draw(ax: Axes, branch: _Branch, colour: str) -> None:
    """Draw a branch: its box, the lines to its children, and its keys."""
    from matplotlib.patches import FancyBboxPatch

    x, height = branch.depth * _COLUMN, _LINE * len(branch.label) + 0.08
    ax.add_patch(FancyBboxPatch(
        (x, branch.y - height / 2), _BOX, height, boxstyle="round,pad=0.04", linewidth=1.2, edgecolor=colour,
        facecolor=colour if branch.depth == 0 else "white", alpha=1, zorder=2))
    ax.text(x + _BOX / 2, branch.y, plain_lines(branch.label), ha="center", va="center", fontsize=8, zorder=3,
            color=INK if branch.depth else "white", fontweight="normal" if branch.depth else "bold")
    for child in branch.children:
        middle = x + _BOX + (_COLUMN - _BOX) / 2
        ax.plot([x + _BOX, middle, middle, child.depth * _COLUMN], [branch.y, branch.y, child.y, child.y],
                color=colour, linewidth=1, zorder=1)
        _draw(ax, child, colour)
    if branch.keys and not branch.children:
        ax.text(x + _BOX + 0.2, branch.y, plain_lines(branch.keys), ha="left", va="center", fontsize=7, color=GREY)
    elif branch.keys:
        top = branch.children[0].y - branch.children[0].height / 2
        ax.text(x + _COLUMN, top, plain_lines(branch.keys), ha="left", va="bottom", fontsize=7, color=GREY)


def plain_lines(lines: list[str]) -> str:
    """Lines of text, each as it is."""
    return "\n".join(plain(line) for line in lines)
