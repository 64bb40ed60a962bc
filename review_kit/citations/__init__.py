"""Bibliography files and reference lists of the papers of a review."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from ..errors import ReviewKitError
from ..file_writing import write_whole
from .bibtex import DIALECTS, bibtex_text
from .exchange import csl_text, ris_text
from .pinning import pin_citation_keys
from .references import references
from .styles import format_references

__all__ = ["format_references", "pin_citation_keys", "write_citations"]

FORMATS = {".bib": "bib", ".ris": "ris", ".json": "json"}


def write_citations(
    papers: pd.DataFrame, path: str | Path, *, format: str | None = None, dialect: str = "bibtex"
) -> Path:
    """Write the bibliography of papers as BibTeX, RIS or CSL-JSON.

    Entries are sorted by citation key, and fields have a fixed order, so that the same papers give the same file. The
    new file is read back before it takes its place: every paper must be there under its key. All text is written as
    text: nothing in a title or abstract is obeyed by LaTeX or ends its entry. Line ends and runs of blanks become one
    blank, invisible characters that TeX stops at are left out, a name of over 200 characters is cut with ``…``.

    Parameters
    ----------
    papers
        A papers table, or a selection of it. A pinned ``citation_key`` is used; others are made by `citation_keys`.
    path
        Where to write.
    format
        ``bib``, ``ris`` or ``json``; by default the ending of `path` decides.
    dialect
        For BibTeX: ``bibtex`` is ASCII with LaTeX accents for classic bibtex styles; ``biblatex`` is UTF-8 with the
        entry types and fields of biblatex, for biber.

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    ReviewKitError
        The format or dialect is not known, the file cannot be written, or what was written does not read back.

    Examples
    --------
    >>> write_citations(papers, "references.bib")  # doctest: +SKIP
    PosixPath('references.bib')
    """
    path = Path(path)
    kind = format or FORMATS.get(path.suffix.lower())
    if kind not in FORMATS.values():
        raise ReviewKitError(f"{path}: expected a name ending in {', '.join(FORMATS)}, or a format of "
                             f"{', '.join(FORMATS.values())}; found {format or path.suffix or 'no ending'!r}")
    if dialect not in DIALECTS:
        raise ReviewKitError(f"dialect: expected one of {', '.join(DIALECTS)}; found {dialect!r}")
    cited = references(papers)
    text = {"bib": lambda: bibtex_text(cited, dialect=dialect), "ris": lambda: ris_text(cited),
            "json": lambda: csl_text(cited)}[kind]()
    keys = sorted(reference.key for reference in cited)
    return write_whole(path, text.encode("utf-8"), check=lambda new: _check(keys, KEYS_IN[kind](new), path))


def _check(wanted: list[str], found: list[str], path: Path) -> None:
    """Stop when a file does not hold exactly the wanted keys."""
    if wanted and wanted != sorted(found):
        wrong = sorted(set(wanted) ^ set(found)) or ["repeated keys"]
        raise ReviewKitError(f"{path}: {len(wanted)} references were written and {len(found)} read back; they differ "
                             f"in {', '.join(wrong[:5])}. Nothing was changed; please report these papers.")


def _bib_keys(path: Path) -> list[str]:
    """Keys of the entries that bibtexparser reads without a failed block."""
    import bibtexparser

    library = bibtexparser.parse_file(str(path))
    return [entry.key for entry in library.entries] + [block.raw[:60] for block in library.failed_blocks]


def _ris_keys(path: Path) -> list[str]:
    """Keys of the records our own importer reads."""
    from ..formats import ris

    return [row.get("key") or "" for row in ris.read(path.read_text(encoding="utf-8"))]


def _csl_keys(path: Path) -> list[str]:
    """Keys of the records our own importer reads."""
    from ..formats import csl_json

    return [row.get("key") or "" for row in csl_json.read(path.read_text(encoding="utf-8"))]


KEYS_IN: dict[str, Callable[[Path], list[str]]] = {"bib": _bib_keys, "ris": _ris_keys, "json": _csl_keys}
