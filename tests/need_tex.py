"""Compile documents with the TeX on this machine; tests are skipped where there is none."""

import shutil
import subprocess

import pytest

PREAMBLE = r"""\documentclass{article}
\usepackage[T1]{fontenc}\usepackage{lmodern}\usepackage{booktabs,longtable,array,natbib}\usepackage[hidelinks]{hyperref}
"""


def need(*programs):
    missing = [name for name in programs if shutil.which(name) is None]
    return pytest.mark.skipif(bool(missing), reason=f"no {', '.join(missing)} on this machine")


def run(folder, *command, may_fail=False):
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=60)
    problems = [line for line in done.stdout.splitlines() if line.startswith(("!", "I couldn't", "ERROR"))]
    assert may_fail or (0 == done.returncode and [] == problems), done.stdout[-3000:]
    return done.stdout


def tex(folder, *, engine="pdflatex"):
    return run(folder, engine, "-interaction=nonstopmode", "-halt-on-error", "-no-shell-escape", "main.tex")


def pdf_text(folder):
    run(folder, "pdftotext", "main.pdf", "main.txt")
    return " ".join((folder / "main.txt").read_text(encoding="utf-8").split())


def files(folder):
    return {path.name for path in folder.iterdir()}
