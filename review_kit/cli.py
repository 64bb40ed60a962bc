"""The command ``review-kit``: lab opens JupyterLab, new starts a review, tour runs the tour, check checks a log."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from .errors import ReviewKitError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 not done (one sentence on stderr says why)."""
    parser = argparse.ArgumentParser(prog="review-kit", description="A literature review in Jupyter.")
    commands = parser.add_subparsers(dest="command", required=True)
    lab = commands.add_parser("lab", help="open JupyterLab at the tour")
    lab.add_argument("folder", nargs="?", default=".", help="the folder with notebooks/ (default: here)")
    lab.add_argument("--no-browser", action="store_true", help="do not open a browser")
    lab.add_argument("--port", type=int, default=8888, help="first port to try (default: 8888)")
    new = commands.add_parser("new", help="start a review of one's own")
    new.add_argument("folder", help="a folder that does not exist yet, or is empty")
    tour = commands.add_parser("tour", help="run the tour without a browser and write data/outputs/")
    tour.add_argument("folder", nargs="?", default=".", help="the folder with notebooks/ and data/ (default: here)")
    check = commands.add_parser("check", help="check a log for damage")
    check.add_argument("folder", nargs="?", default="data/log", help="the folder of the log (default: data/log)")
    given = parser.parse_args(arguments)
    try:
        return _COMMANDS[given.command](given)
    except ReviewKitError as error:
        sys.stderr.write(f"review-kit: {error}\n")
        return 1


def _lab(given: argparse.Namespace) -> int:
    """Open JupyterLab at the tour, or at the first notebook there is."""
    from .starting import open_lab

    return open_lab(Path(given.folder), port=given.port, browser=not given.no_browser)


def _new(given: argparse.Namespace) -> int:
    """Make a new review."""
    from .starting import new_review

    made = new_review(Path(given.folder))
    sys.stdout.write("".join(f"{path}\n" for path in made))
    sys.stdout.write(f"\nNext: put your lists and exports into {given.folder}/data/sources, name them in sources.csv,\n"
                     f"write data/protocol.yml, and run: review-kit lab {given.folder}\n")
    return 0


def _tour(given: argparse.Namespace) -> int:
    """Run the tour and list what it wrote."""
    from .starting import run_notebook

    folder = Path(given.folder)
    run_notebook(folder / "notebooks" / "00-tour.ipynb")
    written = sorted(path for path in (folder / "data" / "outputs").rglob("*") if path.is_file())
    sys.stdout.write("".join(f"{path.stat().st_size:>9,}  {path}\n" for path in written))
    return 0


def _check(given: argparse.Namespace) -> int:
    """Check a log and list its damage."""
    from .review_log import check_log, read_events

    problems = check_log(given.folder)
    for row in problems.to_dict("records"):
        sys.stdout.write(f"{row['source']}:{row['line']}: {row['kind']}: expected {row['expected']}\n")
    sys.stdout.write(f"{len(read_events(given.folder))} events, {len(problems)} damaged lines\n")
    return 1 if len(problems) else 0


_COMMANDS = {"lab": _lab, "new": _new, "tour": _tour, "check": _check}
