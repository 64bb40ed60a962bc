"""Save figures as files: text stays text, fonts are embedded, the same figure gives the same bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ReviewKitError
from .file_writing import write_whole

if TYPE_CHECKING:
    from matplotlib.axes import Axes

# No date in any file: the same figure must give the same bytes, so that version control shows real changes only.
METADATA = {
    ".svg": {"Date": None, "Creator": "review_kit"},
    ".pdf": {"CreationDate": None, "ModDate": None, "Creator": "review_kit", "Producer": "matplotlib"},
    ".png": {"Software": "review_kit"},
}
SETTINGS = {"svg.fonttype": "none", "svg.hashsalt": "review_kit", "pdf.fonttype": 42, "ps.fonttype": 42}


def save_figure(ax: Axes, path: str | Path, *, dpi: int = 300) -> Path:
    """Save the figure of `ax` as SVG, PDF or PNG, cropped to its content.

    Text stays text in SVG and PDF (searchable, editable, fonts embedded as TrueType in PDF), and saving twice gives
    the same bytes. matplotlib's own settings are left as they are.

    Parameters
    ----------
    ax
        Axes made by one of the ``plot_`` functions.
    path
        Where to write; the ending says the format: ``.svg``, ``.pdf`` or ``.png``. Missing folders are made.
    dpi
        Dots per inch of a PNG.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ReviewKitError
        The ending is none of the three, or the file cannot be written.
    """
    import matplotlib

    path = Path(path)
    ending = path.suffix.lower()
    if ending not in METADATA:
        found = repr(ending) if ending else "no ending"
        raise ReviewKitError(f"{path}: expected a name ending in {', '.join(METADATA)}; found {found}")
    drawn = BytesIO()
    with matplotlib.rc_context(SETTINGS):
        ax.figure.savefig(drawn, format=ending[1:], dpi=dpi, bbox_inches="tight", metadata=METADATA[ending])
    return write_whole(path, drawn.getvalue())
