"""The citation exporter: choose papers, see the first references, write the bibliography."""

from __future__ import annotations

import html
import tempfile
from collections.abc import Sequence
from pathlib import Path

import ipywidgets
import pandas as pd

from ..citations import write_citations
from ..protocol import Protocol
from ..review_log import ReviewLog
from .forms import LINE, WIDE, Form, KeyGuard

# What is offered: ending and BibTeX dialect.
FORMATS = {
    "BibTeX": (".bib", "bibtex"), "biblatex": (".bib", "biblatex"), "RIS": (".ris", "bibtex"),
    "CSL-JSON": (".json", "bibtex"),
}
PREVIEWED = 3


class CitationExporter(Form):
    """Export the references of chosen papers as BibTeX, biblatex, RIS or CSL-JSON.

    Parameters
    ----------
    papers
        A papers table.
    log_or_events
        A review log or an events table; papers are chosen by status and tags.
    folder
        Where files are written; by default ``outputs`` beside the log.
    protocol
        Names the tags, and says whether one or two reviewers decide.
    """

    def __init__(
        self, papers: pd.DataFrame, log_or_events: ReviewLog | pd.DataFrame, folder: str | Path | None = None, *,
        protocol: Protocol | None = None,
    ) -> None:
        self.format = ipywidgets.Dropdown(options=list(FORMATS), description="Format", style=WIDE, layout=LINE)
        self.name = ipywidgets.Text("references", description="File name", style=WIDE, layout=LINE)
        self.preview = ipywidgets.HTML()
        self.button = ipywidgets.Button(description="Write the file", icon="download")
        self.button.on_click(lambda _: self._write())
        super().__init__(papers, log_or_events, protocol, folder)
        self.children = [
            KeyGuard(), self.which, self.tags, self.words, self.format, self.name,
            ipywidgets.HBox([self.button, self.refresh_button]), self.status, self.preview,
        ]

    def export(self) -> Path:
        """Write the references of the chosen papers and return the file.

        Raises
        ------
        ReviewKitError
            The file cannot be written, or does not read back.
        """
        ending, dialect = FORMATS[self.format.value]
        name = Path(self.name.value.strip() or "references").name.removesuffix(ending)
        return write_citations(self.selected, self.folder / f"{name}{ending}", dialect=dialect)

    def controls(self) -> Sequence[ipywidgets.Widget]:
        """The controls whose change is a reason to show the references anew."""
        return (*super().controls(), self.format)

    def _react(self) -> None:
        self.attempt(self._show)

    def _show(self) -> str:
        """Show the first references as they will be written."""
        papers = self.selected
        ending, dialect = FORMATS[self.format.value]
        with tempfile.TemporaryDirectory() as folder:
            path = write_citations(papers.head(PREVIEWED), Path(folder) / f"preview{ending}", dialect=dialect)
            first = path.read_text(encoding="utf-8")
        self.preview.value = f"<pre style='line-height: 1.4; white-space: pre-wrap'>{html.escape(first)}</pre>"
        return f"{len(papers)} papers; the first {min(PREVIEWED, len(papers))} are shown"

    def _write(self) -> None:
        """Write the file and say where."""
        self.attempt(lambda: f"Written: {self.export()} ({len(self.selected)} papers)")
