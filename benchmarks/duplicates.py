"""Duplicates side by side: review_kit, bib-dedupe (where installed) and a plain exact match.

    python benchmarks/duplicates.py labelled FOLDER [--peer PYTHON]   quality, time and memory on labelled sets
    python benchmarks/duplicates.py growth [--sizes 1000 10000 ...] [--peer PYTHON]
    python benchmarks/duplicates.py disk [--records 5000000] [--memory-gb 3]

A labelled set is a CSV file (may be .gz) with id, title, abstract, author, year, journal, volume, number, pages, doi,
and the truth: `cluster` (records of one paper share it) or `is_dup`. `--peer` is a Python in which bib-dedupe is
installed. Every method runs in a process of its own: seconds are its processor time from records to groups, so that
a busy machine does not count, MB is its peak of memory.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

FIELDS = ("title", "author", "year", "journal", "volume", "number", "pages", "doi", "abstract")
HEAD = f"{'set':24}{'n':>8}  {'method':12}{'sensitivity':>12}{'specificity':>12}{'F1':>8}{'seconds':>9}{'MB':>7}"


def labelled_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a labelled set as text."""
    import pandas as pd

    return pd.read_csv(path, dtype=str, keep_default_na=False).to_dict("records")


def records_of(rows: Iterable[Mapping[str, str]]) -> Any:
    """A records table from rows of a labelled set."""
    from review_kit.identifiers import clean_doi
    from review_kit.schema import records_table
    from review_kit.text import split_names

    made = []
    for row in rows:
        # One set lost the separator after initials: "Alonso N.Julian M. T.".
        authors = re.sub(r"\.(?=[A-Z][a-z])", ".; ", html.unescape(row["author"]))
        year = row["year"][:4]
        made.append({
            "record_id": row["id"], "source": "set", "title": row["title"], "title_raw": row["title"],
            "authors": split_names(authors)[0] if authors.strip(" ?") else [],
            "year": int(year) if year.isdigit() else None,
            "venue": row["journal"], "volume": row["volume"], "number": row["number"],
            "pages": row["pages"], "doi": clean_doi(row["doi"]) if row["doi"] else None, "abstract": row["abstract"],
        })
    return records_table(made)


def labelled_records(path: Path) -> tuple[Any, dict[str, str]]:
    """A labelled set as a records table, and the true cluster of each record."""
    rows = labelled_rows(path)
    return records_of(rows), {row["id"]: row["cluster"] for row in rows if "cluster" in row}


def scores(truth: Mapping[str, str], found: Mapping[str, str]) -> dict[str, float]:
    """Sensitivity, specificity and F1 over removable records.

    Of each group found, all but one record per true paper are rightly removed, and one record per further paper wrongly
    (the count of Hair et al. 2023, ASySD, and of bib-dedupe's evaluation).
    """
    groups: dict[str, list[str]] = {}
    for record_id in truth:
        groups.setdefault(found.get(record_id, record_id), []).append(truth[record_id])
    right = sum(len(members) - len(set(members)) for members in groups.values())
    wrong = sum(len(set(members)) - 1 for members in groups.values())
    removable = len(truth) - len(set(truth.values()))
    return _rates(right, wrong, removable, len(truth))


def flag_scores(flags: Mapping[str, bool], found: Mapping[str, str]) -> dict[str, float]:
    """The same where the truth only says which records have a duplicate."""
    sizes = Counter(found.values())
    grouped = [record_id for record_id in flags if sizes[found.get(record_id)] > 1]
    right = sum(flags[record_id] for record_id in grouped)
    return _rates(right, len(grouped) - right, sum(flags.values()), len(flags))


def _rates(right: int, wrong: int, removable: int, total: int) -> dict[str, float]:
    """The rates from counts."""
    return {
        "sensitivity": right / max(removable, 1), "specificity": 1 - wrong / max(total - removable, 1),
        "F1": 2 * right / max(right + wrong + removable, 1), "wrong": wrong, "missed": removable - right,
    }


def _processor_seconds() -> float:
    """Processor time of this process and of those it has started."""
    return sum(usage.ru_utime + usage.ru_stime for usage in map(
        resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def by_review_kit(rows: list[dict[str, str]]) -> tuple[dict[str, str], float]:
    """Groups found by review_kit, and the seconds from records to papers."""
    from review_kit.duplicates import find_duplicates, merge_duplicates

    records = records_of(rows)
    start = _processor_seconds()
    papers = merge_duplicates(records, find_duplicates(records))
    seconds = _processor_seconds() - start
    return {member: ids[0] for ids in papers["record_ids"] for member in ids}, seconds


def by_bib_dedupe(rows: list[dict[str, str]]) -> tuple[dict[str, str], float]:
    """Groups found by bib-dedupe's own pipeline, on one processor as review_kit."""
    import pandas as pd
    from bib_dedupe.bib_dedupe import block, cluster, match, prep

    names = {"id": "ID", **{name: name for name in FIELDS}}
    frame = pd.DataFrame([{new: row.get(old, "") for old, new in names.items()} for row in rows]).assign(
        ENTRYTYPE="article", booktitle="")
    start = _processor_seconds()
    pairs = match(block(prep(frame, cpu=1), cpu=1), cpu=1)
    groups = cluster(pairs[pairs["duplicate_label"] == "duplicate"] if "duplicate_label" in pairs else pairs)
    seconds = _processor_seconds() - start
    return {member: group[0] for group in groups for member in group}, seconds


def by_exact_match(rows: list[dict[str, str]]) -> tuple[dict[str, str], float]:
    """Groups of records with one DOI, or with one title in small letters."""
    start = _processor_seconds()
    found: dict[str, str] = {}
    first: dict[str, str] = {}
    for row in rows:
        keys = [row["doi"].lower().removeprefix("http://dx.doi.org/"), re.sub(r"[\W_]+", "", row["title"].lower())]
        known = next((first[key] for key in keys if key and key in first), row["id"])
        found[row["id"]] = known
        first.update({key: known for key in keys if key and key not in first})
    return found, _processor_seconds() - start


METHODS = {"review_kit": by_review_kit, "bib-dedupe": by_bib_dedupe, "exact": by_exact_match}


def measured(method: str, rows: list[dict[str, str]], python: str) -> dict[str, Any] | None:
    """What a method finds, in a process of its own; None if that Python cannot run it."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "rows.json"), Path(folder, "found.json")
        source.write_text(json.dumps(rows), encoding="utf-8")
        command = [python, __file__, "one", method, str(source), str(target)]
        done = subprocess.run(command, capture_output=True, cwd=folder)
        return json.loads(target.read_text(encoding="utf-8")) if done.returncode == 0 else None


def one(method: str, source: Path, target: Path) -> None:
    """Run one method and write what it found, its time and its memory."""
    found, seconds = METHODS[method](json.loads(source.read_text(encoding="utf-8")))
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    target.write_text(json.dumps({"found": found, "seconds": seconds, "MB": megabytes}), encoding="utf-8")


def report(name: str, rows: list[dict[str, str]], peer: str | None) -> None:
    """Print a line per method for one set."""
    for method in METHODS:
        python = peer if method == "bib-dedupe" else sys.executable
        result = measured(method, rows, python) if python else None
        if result is None:
            continue
        if "cluster" in rows[0]:
            score = scores({row["id"]: row["cluster"] for row in rows}, result["found"])
        else:
            score = flag_scores({row["id"]: row["is_dup"] == "1" for row in rows}, result["found"])
        print(f"{name:24}{len(rows):8}  {method:12}{score['sensitivity']:12.4f}{score['specificity']:12.4f}"
              f"{score['F1']:8.4f}{result['seconds']:9.2f}{result['MB']:7.0f}", flush=True)


def synthetic_rows(count: int) -> list[dict[str, str]]:
    """Invented records in the columns of a labelled set."""
    from synthetic_records import invent_records

    return [{
        "id": row["record_id"], "cluster": row["key"], "author": " and ".join(row["authors"]), "journal": row["venue"],
        "abstract": "", **{name: str(row[name]) for name in ("title", "year", "volume", "number", "pages", "doi")},
    } for row in invent_records(count)]


def synthetic_batches(count: int) -> Iterator[Any]:
    """Invented records as records tables of 100,000 rows."""
    from synthetic_records import invent_records

    from review_kit.schema import records_table

    rows = invent_records(count)
    while batch := list(islice(rows, 100_000)):
        yield records_table(batch)


def on_disk(count: int, memory_gb: float) -> None:
    """Find duplicates among invented records with DuckDB and print pairs, time, and the process's peak memory."""
    from review_kit.duplicates import find_duplicates_on_disk

    verdicts: Counter[str] = Counter()
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder, "catalogue.duckdb")
        for pairs in find_duplicates_on_disk(synthetic_batches(count), database, memory_gb=memory_gb):
            verdicts.update(pairs["verdict"].tolist())
        size = database.stat().st_size / 1e6
    print(f"{count} records, {dict(verdicts)}; {time.perf_counter() - start:.0f} s with inventing the records, "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000:.0f} MB, {size:.0f} MB on disk")


def main() -> None:
    """Read the command line and run what it asks for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(dest="command", required=True)
    labelled = commands.add_parser("labelled")
    labelled.add_argument("folder", type=Path)
    growth = commands.add_parser("growth")
    growth.add_argument("--sizes", type=int, nargs="*", default=[1_000, 5_000, 10_000, 100_000, 1_000_000])
    for command in (labelled, growth):
        command.add_argument("--peer", help="a Python in which bib-dedupe is installed")
    disk = commands.add_parser("disk")
    disk.add_argument("--records", type=int, default=5_000_000)
    disk.add_argument("--memory-gb", type=float, default=3)
    single = commands.add_parser("one")
    single.add_argument("method", choices=METHODS)
    single.add_argument("source", type=Path)
    single.add_argument("target", type=Path)
    asked = parser.parse_args()
    if asked.command == "one":
        one(asked.method, asked.source, asked.target)
    elif asked.command == "disk":
        on_disk(asked.records, asked.memory_gb)
    else:
        print(HEAD)
        if asked.command == "labelled":
            for path in sorted(asked.folder.glob("*.csv*")):
                report(path.name.split(".")[0], labelled_rows(path), asked.peer)
        for size in asked.sizes if asked.command == "growth" else ():
            report("synthetic", synthetic_rows(size), asked.peer if size <= 5_000 else None)


if __name__ == "__main__":
    main()
