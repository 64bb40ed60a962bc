"""Measure the ranking on labelled screening sets, beside ASReview where that is installed; and whether stopping keeps
its promise.

    python benchmarks/ranking.py FOLDER [--seeds 1 2 3] [--sets NAME ...] [--asreview COMMAND]

FOLDER holds one gzipped CSV per set: ``title, abstract, label``. Both tools start from the same two priors, which are
not counted. ASReview relearns after every record; review_kit as simulate_screening says. Seconds are processor time of
one simulation with everything it needs, for ASReview with its start-up; other work on the machine matters little.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd

from review_kit.schema import papers_table
from review_kit.simulation import screening_metrics, simulate_screening
from review_kit.stopping import CONFIDENCE, missed_target_p, remaining_relevant

MEASURES = ["wss95", "rrf10", "atd"]
TARGET = 0.95
# The evidence on stopping is looked at whenever so many more papers were screened.
LOOK_EVERY = 10


def main() -> None:
    """Measure every set and say how it went."""
    arguments = read_arguments()
    rows, looks = [], []
    for path in sorted(arguments.folder.glob("*.csv.gz")):
        name = path.name.removesuffix(".csv.gz")
        if arguments.sets and name not in arguments.sets:
            continue
        labelled = pd.read_csv(path)
        for seed in arguments.seeds:
            row, order = run_review_kit(labelled, seed)
            if arguments.asreview:
                row |= run_asreview(arguments.asreview, labelled, seed)
            rows.append({"set": name, **row})
            looks.append({"set": name, **stop(order)})
        show(pd.DataFrame(rows).query("set == @name"), name)
    show_summary(pd.DataFrame(rows))
    show_stopping(pd.DataFrame(looks))


def read_arguments() -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1, 2, 3])
    parser.add_argument("--sets", nargs="*", default=[])
    parser.add_argument("--asreview", default=shutil.which("asreview"), help="the asreview command, if not on the path")
    return parser.parse_args()


def run_review_kit(labelled: pd.DataFrame, seed: int) -> tuple[dict[str, float], np.ndarray]:
    """Measures and time of one simulation, and the order in which it showed the papers."""
    papers = papers_table(
        {"paper_id": f"{i:06}", "title": title, "abstract": abstract}
        for i, (title, abstract) in enumerate(zip(labelled["title"].fillna(""), labelled["abstract"].fillna("")))
    )
    begun = time.process_time()
    simulation = simulate_screening(papers, labelled["label"].astype(bool), seed=seed)
    seconds = time.process_time() - begun
    measured = simulation.attrs["metrics"]
    return {"n": len(papers), "relevant": labelled["label"].sum(), **{m: measured[m] for m in MEASURES},
            "seconds": seconds}, simulation.loc[~simulation["prior"], "relevant"].to_numpy()


def run_asreview(command: str, labelled: pd.DataFrame, seed: int) -> dict[str, float]:
    """Measures and time of the same simulation by ``asreview simulate`` with its default model."""
    with tempfile.TemporaryDirectory() as folder:
        table, project = Path(folder, "set.csv"), Path(folder, "run.asreview")
        labelled[["title", "abstract", "label"]].rename(columns={"label": "included"}).to_csv(table, index=False)
        begun = children_seconds()
        subprocess.run([command, "simulate", table, "-o", project, "--n-prior-included", "1", "--n-prior-excluded", "1",
                        "--prior-seed", str(seed)], check=True, capture_output=True)
        seconds = children_seconds() - begun
        with zipfile.ZipFile(project) as archive:
            results = next(n for n in archive.namelist() if n.endswith("results.db"))
            store = sqlite3.connect(archive.extract(results, folder))
        shown = pd.read_sql("select label from results", store)["label"].iloc[2:].astype(bool).tolist()
        store.close()
    measured = screening_metrics(shown + [False] * (len(labelled) - 2 - len(shown)))
    return {**{f"{m}_asreview": measured[m] for m in MEASURES}, "seconds_asreview": seconds}


def children_seconds() -> float:
    """Processor time of the commands run so far."""
    times = os.times()
    return times.children_user + times.children_system


def stop(order: np.ndarray) -> dict[str, float]:
    """What there was at the first look at which the test said that the target is reached."""
    inside, looks = [], 0
    for screened in [*range(LOOK_EVERY, len(order), LOOK_EVERY), len(order)]:
        found = order[:screened]
        p = missed_target_p(found, len(order), recall=TARGET)
        if screened % (10 * LOOK_EVERY) == 0:
            looks += 1
            inside.append(remaining_relevant(found, len(order))[1] >= order.sum() - found.sum())
        if p < 1 - CONFIDENCE:
            break
    return {"recall": found.sum() / order.sum(), "share": screened / len(order),
            "limit_held": np.mean(inside) if inside else np.nan, "looks": looks}


def show(rows: pd.DataFrame, name: str) -> None:
    """One line for a set, means over seeds."""
    means = rows.drop(columns="set").mean()
    line = f"{name:<30}{means['n']:>7.0f}{means['relevant']:>6.0f}" + measures(means, "")
    if "seconds_asreview" in means:
        line += "  | asreview" + measures(means, "_asreview")
        line += f"  | {means['wss95'] - means['wss95_asreview']:+.3f}"
        line += f" {means['seconds_asreview'] / means['seconds']:.0f}x faster"
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def measures(means: pd.Series, suffix: str) -> str:
    """The measures of one tool in a fixed width."""
    return "".join(f"  {m} {means[m + suffix]:6.3f}" for m in MEASURES) + f"  {means['seconds' + suffix]:6.2f} s"


def show_summary(rows: pd.DataFrame) -> None:
    """Means over sets, and how many are better or worse by more than .02."""
    means = rows.groupby("set").mean()
    sys.stdout.write(f"\nmean over {len(means)} sets:" + measures(means.mean(), "") + "\n")
    if "wss95_asreview" in means:
        gain = means["wss95"] - means["wss95_asreview"]
        sys.stdout.write(
            "asreview:" + measures(means.mean(), "_asreview") + f"\nWSS@95 {gain.mean():+.4f}; better by .02: "
            f"{(gain > 0.02).sum()}, worse by .02: {(gain < -0.02).sum()}; "
            f"{means['seconds_asreview'].sum() / means['seconds'].sum():.0f} times faster\n")


def show_stopping(looks: pd.DataFrame) -> None:
    """Whether recall at the recommended stop was what was promised, as often as promised."""
    reached, recall = (looks["recall"] >= TARGET).mean(), looks["recall"]
    sys.stdout.write(
        f"\nstopping when p < {1 - CONFIDENCE:.2f}: recall was at least {TARGET:.2f} in {reached:.1%} of "
        f"{len(looks)} runs (promised {CONFIDENCE:.0%}), mean recall {recall.mean():.3f}, least {recall.min():.3f}; "
        f"{looks['share'].mean():.0%} screened.\n"
        f"The upper limit of what remains held at {looks['limit_held'].mean():.1%} of the looks before that.\n")


if __name__ == "__main__":
    main()
