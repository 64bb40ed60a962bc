"""What the two forms share: which papers, plain keys kept from the notebook, and messages in the form."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import anywidget
import ipywidgets
import pandas as pd
import traitlets

from ..cite_keys import citation_keys
from ..errors import ReviewKitError
from ..extraction import tag_table
from ..protocol import Protocol
from ..review_log import ReviewLog
from ..screening import select_papers
from .act_widget import STATIC

WIDE = {"description_width": "8rem"}
AUTO = {"width": "auto"}
LINE = ipywidgets.Layout(width="min(40rem, 100% - 4px)")
WRAPPED = ipywidgets.Layout(flex_flow="row wrap")
ALL = "all"
SELECTIONS = {
    ("full_text", "include"): "Included at full text",
    ("title_abstract", "include"): "Included at title and abstract",
    ("title_abstract", "not excluded"): "Not excluded at title and abstract",
    ("title_abstract", "maybe"): "Maybe at title and abstract",
    ("full_text", "pending"): "Undecided at full text",
    ("title_abstract", "pending"): "Undecided at title and abstract",
    ("full_text", "exclude"): "Excluded at full text",
    ("title_abstract", "exclude"): "Excluded at title and abstract",
    ("title_abstract", "unscreened"): "Left unscreened by a stop",
}
# What is chosen at first: the first of these that holds a paper.
FIRST_CHOICES = (("full_text", "include"), ("title_abstract", "include"), ("title_abstract", "not excluded"), ALL)


class KeyGuard(anywidget.AnyWidget):
    """Keeps plain keys pressed in its form from JupyterLab, which would cut or run cells."""

    _esm = traitlets.Unicode().tag(sync=True)

    def __init__(self) -> None:
        super().__init__(_esm=(STATIC / "guard.js").read_text(encoding="utf-8"))


class Form(ipywidgets.VBox):
    """A form over the papers of a review: it chooses papers by status, tags and words, and tells what it did.

    Parameters
    ----------
    papers
        A papers table.
    log_or_events
        A review log, read anew at every change, or an events table.
    protocol
        Names the tags.
    folder
        Where files are written; by default ``outputs`` beside the log, or in the current folder.
    """

    def __init__(
        self, papers: pd.DataFrame, log_or_events: ReviewLog | pd.DataFrame, protocol: Protocol | None,
        folder: str | Path | None,
    ) -> None:
        # Keys are made over all papers, so that a table of some and a bibliography of others agree.
        self.papers, self.protocol = papers.assign(citation_key=citation_keys(papers)), protocol
        self._log_or_events = log_or_events
        beside = log_or_events.location.parent if isinstance(log_or_events, ReviewLog) else Path()
        self.folder = Path(folder) if folder is not None else beside / "outputs"
        self.which = ipywidgets.Dropdown(description="Papers", style=WIDE, layout=LINE)
        self.tags = ipywidgets.SelectMultiple(description="With all tags", style=WIDE, layout=LINE, rows=5)
        self.words = ipywidgets.Text(description="Title has", style=WIDE, layout=LINE, placeholder="words",
                                     continuous_update=False)
        self.refresh_button = ipywidgets.Button(description="Read the log again", icon="refresh", layout=AUTO)
        self.status = ipywidgets.Label()
        self.refresh_button.on_click(lambda _: self.refresh())
        super().__init__()
        self.add_class("rk-form-guarded")
        self.refresh()
        for control in self.controls():
            control.observe(lambda _: self._react(), "value")

    @property
    def events(self) -> pd.DataFrame:
        """The events as they are now."""
        source = self._log_or_events
        return source.events if isinstance(source, ReviewLog) else source

    @property
    def selected(self) -> pd.DataFrame:
        """The papers chosen in the form, rows of `papers`."""
        chosen, events = self.papers, self.events
        if self.which.value != ALL:
            stage, status = self.which.value
            chosen = select_papers(chosen, events, stage=stage, status=status, mode=self._mode)
        tagged = tag_table(chosen, events) if self.tags.value else None
        for tag in self.tags.value:
            chosen = chosen[chosen["paper_id"].isin(_papers_with(tagged, tag))]
        for word in self.words.value.split():
            chosen = chosen[chosen["title"].fillna("").str.contains(word, case=False, regex=False)]
        return chosen

    def refresh(self) -> None:
        """Read the log again and offer what there is now; what was chosen stays chosen where it still exists."""
        events, chosen = self.events, self.which.value
        options: list[tuple[str, Any]] = [(f"All papers ({len(self.papers)})", ALL)]
        for (stage, status), label in SELECTIONS.items():
            if number := len(select_papers(self.papers, events, stage=stage, status=status, mode=self._mode)):
                options.append((f"{label} ({number})", (stage, status)))
        values = [value for _, value in options]
        self.which.options = options
        self.which.value = chosen if chosen in values else next(first for first in FIRST_CHOICES if first in values)
        tagged, kept = tag_table(self.papers, events), self.tags.value
        tags = list(dict.fromkeys(tagged["tag"]))
        self.tags.options = [(f"{self._label(tag)} ({len(_papers_with(tagged, tag))})", tag) for tag in tags]
        self.tags.value = tuple(tag for tag in kept if tag in tags)
        self.tags.layout.display = "" if len(tags) else "none"
        self._react()

    def controls(self) -> Sequence[ipywidgets.Widget]:
        """The controls whose change is a reason to show the form anew."""
        return (self.which, self.tags, self.words)

    def attempt(self, act: Callable[[], str]) -> None:
        """Do something and say what came of it; an error is said in its own words."""
        try:
            self.status.value = act()
        except (ReviewKitError, OSError) as error:
            self.status.value = f"Not done: {error}"

    def _react(self) -> None:
        """Show what the form's choices give."""
        raise NotImplementedError

    @property
    def _mode(self) -> str:
        """How many reviewers decide."""
        return self.protocol.mode if self.protocol else "single"

    def _label(self, tag: str) -> str:
        """A tag in words."""
        node = self.protocol.node(tag) if self.protocol else None
        return node.label if node else tag


def _papers_with(tagged: pd.DataFrame, tag: str) -> set[str]:
    """Papers that carry a tag or one below it, as `select_papers` takes it; several people may have set it."""
    return set(tagged.loc[(tagged["tag"] == tag) | tagged["tag"].str.startswith(f"{tag}/"), "paper_id"])
