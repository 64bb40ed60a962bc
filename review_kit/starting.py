"""Starting: open JupyterLab, run a notebook without a browser, make the folder of a new review."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from .errors import ReviewKitError

TOUR = "00-tour.ipynb"
TEMPLATE = Path(__file__).parent / "new_review"
CHECKOUT_NOTEBOOKS = Path(__file__).parents[1] / "notebooks"
INSTALLED_NOTEBOOKS = Path(__file__).parent / "notebooks"


def notebooks_folder() -> Path:
    """Where the notebooks of this installation lie: in the package, or beside it in a checkout."""
    for folder in (INSTALLED_NOTEBOOKS, CHECKOUT_NOTEBOOKS):
        if (folder / TOUR).is_file():
            return folder
    raise ReviewKitError(f"no notebooks in {INSTALLED_NOTEBOOKS} or {CHECKOUT_NOTEBOOKS}; install review_kit again")


def open_lab(folder: Path, *, port: int = 8888, browser: bool = True) -> int:
    """Open JupyterLab in a review's folder, at the tour if it is there; return JupyterLab's exit code.

    Raises
    ------
    ReviewKitError
        The folder has no notebooks.
    """
    notebooks = sorted((folder / "notebooks").glob("*.ipynb"))
    if not notebooks:
        raise ReviewKitError(f"{folder / 'notebooks'}: expected notebooks, found none. Run this in the folder of a "
                             "review, or make one with `review-kit new FOLDER`.")
    command = [
        sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder.resolve()}",
        f"--LabApp.default_url=/lab/tree/notebooks/{notebooks[0].name}", f"--ServerApp.port={port}",
    ]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    return subprocess.call(command)


def run_notebook(path: Path, *, timeout: int = 300) -> None:
    """Run a notebook from top to bottom without a browser; the file itself is not changed.

    Raises
    ------
    ReviewKitError
        The notebook is missing, or a cell failed; the message holds the cell and its error.
    """
    import nbclient
    import nbformat

    if not path.is_file():
        raise ReviewKitError(f"{path}: expected a notebook; run this in the folder of a review")
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(
        notebook, timeout=timeout, kernel_name="python3", resources={"metadata": {"path": str(path.parent)}}
    )
    try:
        client.execute()
    except nbclient.exceptions.CellExecutionError as error:
        raise ReviewKitError(f"{path}: a cell failed\n{error}") from error


def new_review(folder: Path) -> list[Path]:
    """Make the folder of a new review: protocol, empty search log, notebooks.

    Returns
    -------
    list of Path
        What was made.

    Raises
    ------
    ReviewKitError
        The folder is there and not empty; nothing was touched.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReviewKitError(f"{folder}: expected a new or empty folder; nothing was changed")
    notebooks = notebooks_folder()
    templates = [path for path in sorted(TEMPLATE.rglob("*")) if path.is_file()]
    copies = {path: folder / "data" / path.relative_to(TEMPLATE) for path in templates}
    copies |= {path: folder / "notebooks" / path.name for path in sorted(notebooks.glob("*.ipynb"))}
    try:
        for origin, copy in copies.items():
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(origin, copy)
        (folder / "data" / "log").mkdir(exist_ok=True)
    except OSError as error:
        raise ReviewKitError(f"{folder}: the review could not be made; {error.strerror}: {error.filename}") from error
    return [*copies.values(), folder / "data" / "log"]
