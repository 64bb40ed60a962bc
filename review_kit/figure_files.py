"""Save figures as files: text stays text, fonts are embedded, the same figure gives the same bytes."""

from __future__ import annotations

import warnings
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from .errors import ReviewKitError
from .file_writing import write_whole
from .fonts import use_fonts

if TYPE_CHECKING:
    from IPython.display import Image
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
    the same bytes. matplotlib's own settings are left as they are. Letters that its font lacks (Chinese, Japanese,
    Korean ...) are written in a font of this machine; where none has them, PNG and PDF show boxes and a ``FontWarning``
    names the letters.

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
    path = Path(path)
    ending = path.suffix.lower()
    if ending not in METADATA:
        found = repr(ending) if ending else "no ending"
        raise ReviewKitError(f"{path}: expected a name ending in {', '.join(METADATA)}; found {found}")
    return write_whole(path, _drawn(ax, ending, dpi))


def show_figure(ax: Axes, *, dpi: int = 200) -> Image:
    """Show the figure of `ax` in a notebook, as a sharp picture.

    A figure that was made without pyplot is not shown by itself; nothing of matplotlib's state is changed here.

    Parameters
    ----------
    ax
        Axes made by one of the ``plot_`` functions.
    dpi
        Dots per inch; twice a screen's by default.

    Returns
    -------
    IPython.display.Image
    """
    from IPython.display import Image

    return Image(_drawn(ax, ".png", dpi), format="png", width=round(ax.figure.get_size_inches()[0] * 100))


def _drawn(ax: Axes, ending: str, dpi: int) -> bytes:
    """The figure as the bytes of a file."""
    import matplotlib

    drawn = BytesIO()
    # In SVG the text stays text: whoever looks at it brings the fonts.
    use_fonts(ax.figure, warn=ending != ".svg")
    with warnings.catch_warnings(), matplotlib.rc_context(SETTINGS):
        warnings.filterwarnings("ignore", "Glyph .* missing from font")
        ax.figure.savefig(drawn, format=ending[1:], dpi=dpi, bbox_inches="tight", metadata=METADATA[ending])
    return drawn.getvalue()
