"""Every notebook runs from top to bottom, and running it again changes nothing."""

import hashlib
import shutil
from pathlib import Path

import bibtexparser
import nbformat
import pytest

from review_kit.starting import new_review, run_notebook

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
RAGGED = {
    "nothing": {},
    "pieces and a pair in doubt": {
        "a.bib": "@misc{a}\n@misc{b, author={Doe, J.}}\n@misc{c, title={Deep $\\alpha$ nets}, year={2021}}",
        "b.ris": "TY  - JOUR\nAB  - only an abstract\nER  - \n",
        "c.csv": "Title,Authors,Year\n,,\nDeep alpha nets,,2022\n=cmd|calc!A1,\"Doe, J\",1999\n",
        "d.md": "# List\n\n- [Great title](https://arxiv.org/abs/2101.00001) [[code](https://github.com/x/y)]\n",
    },
}


@pytest.fixture(scope="module")
def review(tmp_path_factory):
    folder = tmp_path_factory.mktemp("review")
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("outputs"))
    return folder


def digests(folder):
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize("name", [path.name for path in NOTEBOOKS if not path.name.startswith("00")])
def test_a_step_runs_and_leaves_protocol_sources_and_log_alone(review, name):
    before = digests(review / "data")
    run_notebook(review / "notebooks" / name)
    after = {name: digest for name, digest in digests(review / "data").items() if not name.startswith("outputs")}
    assert {name: digest for name, digest in before.items() if not name.startswith("outputs")} == after


def test_the_tour_writes_its_outputs_and_the_second_run_changes_nothing(review):
    shutil.rmtree(review / "data" / "outputs", ignore_errors=True)
    run_notebook(review / "notebooks" / "00-tour.ipynb")
    first = digests(review)
    outputs = review / "data" / "outputs"
    assert {
        "PRISMA.csv", "papers-over-time.svg", "prisma.pdf", "prisma.svg", "references.bib", "references.json",
        "references.ris", "survey-table.html", "survey-table.md", "survey-table.tex", "survey-table.xlsx",
        "technique-by-modality.svg",
    } == {path.name for path in outputs.iterdir()}
    library = bibtexparser.parse_file(str(outputs / "references.bib"))
    assert ([], 100) == (library.failed_blocks, len(library.entries))
    run_notebook(review / "notebooks" / "00-tour.ipynb")
    assert first == digests(review)


@pytest.mark.parametrize("sources", RAGGED.values(), ids=RAGGED)
def test_every_notebook_runs_in_a_new_review_whatever_its_sources_hold(tmp_path, sources):
    folder = tmp_path / "my review ünï 論文"
    new_review(folder)
    with (folder / "data" / "sources" / "sources.csv").open("a") as search_log:
        for name, text in sources.items():
            (folder / "data" / "sources" / name).write_text(text)
            search_log.write(f"{name[0]},{name},,database,{name},,,2024-01-01,search,\n")
    steps = [nbformat.read(path, as_version=4) for path in sorted((folder / "notebooks").glob("*.ipynb"))]
    whole = nbformat.v4.new_notebook(cells=[cell for step in steps for cell in step.cells])
    for number, cell in enumerate(whole.cells):
        cell["id"] = f"cell-{number}"
    nbformat.write(whole, folder / "notebooks" / "all.ipynb")
    run_notebook(folder / "notebooks" / "all.ipynb")
