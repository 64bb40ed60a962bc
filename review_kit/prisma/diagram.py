"""Draw PRISMA counts as the PRISMA 2020 flow diagram.

The boxes and their words are those of Page et al. 2021 (doi:10.1136/bmj.n71), for databases and registers, other
methods, or both. Where records of other methods were removed or screened, those boxes are drawn too, so that every
column adds up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from ..search_log import KINDS as SOURCE_KINDS
from .counting import LAYERS, UNSETTLED, check_counts
from .drawing import OPEN, QUIET, Banner, Line, draw_flow
from .flow import END, KINDS

if TYPE_CHECKING:
    from matplotlib.axes import Axes

TITLES = {True: "PRISMA 2020 flow diagram", False: "Paper selection flow"}
BANNERS = {
    "dbr_": ("Identification of studies via databases and registers", "#f2c14e"),
    "other_": ("Identification of studies via other methods", "#d9d9d9"),
}
KIND_WORDS = {kind: words.replace("_", " ").capitalize() for kind, words in SOURCE_KINDS.items()}
KIND_WORDS["other"] = "Other sources"
REMOVED = {
    "duplicates_removed": "Duplicate records removed",
    "removed_automation": "Records marked as ineligible by automation tools",
    "removed_other": "Records removed for other reasons",
}
# Layer of the flow -> words of its box and of the box beside it.
WORDS = {
    "title_abstract": ("Records screened", "Records excluded"),
    "retrieval": ("Reports sought for retrieval", "Reports not retrieved"),
    "full_text": ("Reports assessed for eligibility", "Reports excluded"),
}


def plot_prisma(
    counts: pd.Series, *, ax: Axes | None = None, title: str | None = None, sources: bool = True,
    title_abstract_reasons: bool = False, zeros: bool = True,
) -> Axes:
    """Draw the flow diagram of a review.

    While anything is unsettled the drawing is marked DRAFT and says what is open. Save it with `save_figure`.

    Parameters
    ----------
    counts
        As made by `prisma_counts`; what it leaves out is not drawn.
    ax
        Where to draw; by default a figure of the right size is made (text is then 9 points).
    title
        Above the drawing; by default "PRISMA 2020 flow diagram", or "Paper selection flow" where stages are left out.
        An empty text leaves it out.
    sources
        List the records of each source.
    title_abstract_reasons
        List the reasons for exclusion at title and abstract too.
    zeros
        Keep lines that count nothing (PRISMA has them); False leaves out those within boxes.

    Returns
    -------
    Axes

    Raises
    ------
    CountsError
        The counts do not add up; nothing is drawn.
    """
    check_counts(counts)
    methods = [m for m in BANNERS if counts[f"{m}identified"]] or ["dbr_"]
    wanted = {"sources": sources, "title_abstract_reasons": title_abstract_reasons, "zeros": zeros}
    rows = {m: dict(_rows(counts, m, wanted=wanted, alone=len(methods) == 1)) for m in methods}
    included = [_counted("Studies included in review", counts["included_studies"]),
                _counted("Reports of included studies", counts[END])]
    if title is None:
        title = TITLES[_is_whole(counts)]
    columns = [(Banner(*BANNERS[method]), rows[method]) for method in methods]
    return draw_flow(columns, included, ax=ax, title=title, notes=list(_notes(counts)), draft=bool(counts["draft"]))


def _rows(
    counts: pd.Series, method: str, *, wanted: Mapping[str, bool], alone: bool
) -> Iterator[tuple[str, tuple[list[Line], list[Line]]]]:
    """For each layer the lines of its box and of the box beside it; a box without lines is not drawn."""
    def n(name: str) -> int:
        return counts[method + name]

    removed = [_counted(words, n(name), 1) for name, words in REMOVED.items() if n(name) or wanted["zeros"]]
    # The official column of other methods removes and screens nothing; those boxes are drawn where they take away.
    official = alone or method == "dbr_"
    beside = [Line("Records removed before screening:"), *removed]
    yield "identification", ([Line("Records identified from:"), *_found(counts, method, wanted=wanted)],
                             beside if removed and (official or _lost(counts, method, REMOVED)) else [])
    for layer, (start, losses) in LAYERS.items():
        if layer == "identification" or method + start not in counts:
            continue
        if layer == "title_abstract" and not official and not _lost(counts, method, losses):
            continue
        words, side_words = WORDS[layer]
        side = [_counted(side_words, n(losses[0]))]
        if layer == "full_text" or (layer == "title_abstract" and wanted["title_abstract_reasons"]):
            prefix = f"{method}{losses[0]}:"
            given = [_counted(name.removeprefix(prefix), counts[name], 1)
                     for name in counts.index if name.startswith(prefix) and counts[name]]
            side = [Line(side[0].text + ":"), *given] if given else side
        yield layer, ([_counted(words, n(start)), *_open(counts, method, losses[1:])], side)


def _found(counts: pd.Series, method: str, *, wanted: Mapping[str, bool]) -> Iterator[Line]:
    """Lines of the records identified: kinds of sources, each followed by its sources."""
    for kind, (of_method, name) in KINDS.items():
        if of_method != method[:-1] or not (counts[method + name] or (wanted["zeros"] and kind != "other")):
            continue
        yield _counted(KIND_WORDS[kind], counts[method + name], 1)
        prefix = f"source:{kind}:"
        if wanted["sources"]:
            for source in (s for s in counts.index if s.startswith(prefix)):
                yield Line(_counted(source.removeprefix(prefix), counts[source]).text, 2, QUIET)


def _open(counts: pd.Series, method: str, names: Sequence[str]) -> Iterator[Line]:
    """Lines of what still waits in a layer."""
    for name in names:
        if counts[method + name]:
            words = "in conflict" if name.startswith("conflict") else "awaiting a decision"
            if name == "pending_retrieval":
                words = "awaiting retrieval"
            yield Line(_counted(words, counts[method + name]).text, 1, OPEN)


def _lost(counts: pd.Series, method: str, names: Sequence[str] | Mapping[str, str]) -> int:
    """How many a layer of a method takes away."""
    return sum(counts[method + name] for name in names)


def _counted(words: str, n: int, indent: int = 0) -> Line:
    """A line with its count, as PRISMA spells it."""
    return Line(f"{words} (n = {n:,})", indent)


def _notes(counts: pd.Series) -> Iterator[Line]:
    """What stands below the drawing: what is unsettled, what an early stop left unscreened, and whose form it is."""
    if counts["removed_automation"]:
        yield Line("Marked as ineligible by automation tools: not screened, because screening stopped early.", 0, QUIET)
    kinds = {kind: sum(counts.get(name, 0) for name in UNSETTLED if name.startswith(kind))
             for kind in ("pending", "conflict")}
    said = {"awaiting a decision or retrieval": kinds["pending"], "in conflict": kinds["conflict"],
            "possible duplicates not yet judged": counts["pending_pairs"]}
    if counts["draft"]:
        yield Line("Draft: " + "; ".join(f"{words} (n = {n:,})" for words, n in said.items() if n) + ".", 0, OPEN)
    if _is_whole(counts):
        yield Line("After Page et al. 2021, BMJ 372:n71, doi:10.1136/bmj.n71.", 0, QUIET)


def _is_whole(counts: pd.Series) -> bool:
    """Whether no layer of PRISMA 2020 was left out."""
    return all(start in counts for start, _ in LAYERS.values())
