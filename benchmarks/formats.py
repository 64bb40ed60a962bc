"""Measure reading beside the parsers of the formats, and the import beside pandas'; every figure is a ratio of one run.

    python benchmarks/formats.py [--records 10000] [--repeat 3]

Both sides read the same file of invented records in one process; times are processor seconds, the best of the
repeats. Our side gives a records table: names in one form, titles readable, identifiers and links found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from synthetic_records import Inventor

from review_kit.formats import read_records


def invented(count: int) -> Iterator[dict[str, Any]]:
    """Papers with an abstract of ordinary length."""
    inventor = Inventor(seed=1)
    for number in range(count):
        paper = inventor.paper(number)
        yield paper | {"abstract": " ".join(inventor._some(120)), "keywords": inventor._some(4)}


def as_bibtex(paper: dict[str, Any]) -> str:
    """A paper as reference managers write BibTeX: some braces, some accents."""
    fields = {
        "title": paper["title"].replace(" ba", " {BA}", 1),
        "author": " and ".join(paper["authors"]).replace("ca", r"c{\'a}", 1),
        "journal": paper["venue"],
        "year": paper["year"],
        "volume": paper["volume"],
        "number": paper["number"],
        "pages": paper["pages"].replace("-", "--"),
        "doi": paper["doi"],
        "url": f"https://doi.org/{paper['doi']}",
        "keywords": ", ".join(paper["keywords"]),
        "abstract": paper["abstract"],
    }
    return (
        f"@article{{k{paper['key']},\n"
        + "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        + "}\n\n"
    )


def as_ris(paper: dict[str, Any]) -> str:
    """A paper as databases write RIS."""
    first, _, last = paper["pages"].partition("-")
    lines = [
        ("TY", "JOUR"),
        *(("AU", name) for name in paper["authors"]),
        ("TI", paper["title"]),
        ("JO", paper["venue"]),
        ("PY", paper["year"]),
        ("VL", paper["volume"]),
        ("IS", paper["number"]),
        ("SP", first),
        ("EP", last),
        ("DO", paper["doi"]),
        ("UR", f"https://doi.org/{paper['doi']}"),
        ("SN", "1234-5678"),
        ("AB", paper["abstract"]),
        *(("KW", word) for word in paper["keywords"]),
        ("ER", ""),
    ]
    return "".join(f"{tag}  - {value}\n" for tag, value in lines) + "\n"


def as_list_line(paper: dict[str, Any]) -> str:
    """A paper as a line of a paper list."""
    authors = ", ".join(paper["authors"][:3])
    return f"1. **[{paper['title']}](https://doi.org/{paper['doi']})** *({authors}).* {paper['year']}\n"


def seconds(act: Callable[[], object], repeat: int) -> float:
    """The least processor time of an act."""
    times = []
    for _ in range(repeat):
        begin = time.process_time()
        act()
        times.append(time.process_time() - begin)
    return min(times)


def import_seconds(module: str) -> float:
    """Processor time of importing a module in a new interpreter."""
    code = f"import time; b = time.process_time(); import {module}; print(time.process_time() - b)"
    return min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout)
        for _ in range(3)
    )


def main() -> None:
    """Print the table."""
    import bibtexparser
    import rispy

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    papers = list(invented(given.records))
    with TemporaryDirectory() as folder:
        bib, ris, listed = (Path(folder) / name for name in ("a.bib", "a.ris", "a.md"))
        bib.write_text("".join(map(as_bibtex, papers)))
        ris.write_text("".join(map(as_ris, papers)))
        listed.write_text("# Papers\n\n" + "".join(map(as_list_line, papers))[:1_000_000])
        theirs = seconds(lambda: bibtexparser.parse_string(bib.read_text()), given.repeat)
        ours = seconds(lambda: read_records(bib), given.repeat)
        lines = [
            f"BibTeX             {ours:6.2f} s   bibtexparser {theirs:6.2f} s   ratio {ours / theirs:.2f} (at most 1.5)"
        ]
        theirs = seconds(lambda: rispy.loads(ris.read_text()), given.repeat)
        ours = seconds(lambda: read_records(ris), given.repeat)
        lines.append(
            f"RIS                {ours:6.2f} s   rispy        {theirs:6.2f} s   ratio {ours / theirs:.2f} (at most 2)"
        )
        lines.append(f"1 MB Markdown list {seconds(lambda: read_records(listed), 1):6.2f} s   (at most 2)")
    ours, theirs = import_seconds("review_kit"), import_seconds("pandas")
    lines.append(f"import review_kit  {ours:6.2f} s   pandas       {theirs:6.2f} s   ratio {ours / theirs:.2f}")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    main()
