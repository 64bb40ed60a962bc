"""A reviewer in a real JupyterLab screens, tags, notes, builds a table, exports a .bib; then the disk is read."""

import json
import shutil
from pathlib import Path

import bibtexparser
import pytest

pytestmark = pytest.mark.browser
ROOT = Path(__file__).parents[1]
SAVED = "() => [...document.querySelectorAll('.rk-status')].every((node) => node.dataset.state === 'saved')"


@pytest.fixture
def review(lab):
    """The shipped review and its notebooks in JupyterLab's folder, with no kernel running."""
    lab.close_sessions()
    folder = lab.root / "review"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", folder / "notebooks")
    shutil.copytree(ROOT / "data", folder / "data", ignore=shutil.ignore_patterns("outputs"))
    return folder


def events(review):
    path = review / "data" / "log" / "me.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def open_step(browser, lab, name, selector):
    page = lab.open(browser, f"review/notebooks/{name}")
    lab.run_all(page, selector)
    return page


def acts(review):
    return [(event["kind"], event["value"]) for event in events(review)]


def test_a_whole_review_by_hand(browser, lab, review):
    page = open_step(browser, lab, "03-screening.ipynb", ".rk .rk-title")
    page.locator(".rk .rk-title").click()
    first = page.locator(".rk-paper").get_attribute("data-record")
    for key in ("i", "1", "u", "z"):
        page.keyboard.press(key)
        page.wait_for_function(SAVED)
    page.wait_for_function("() => document.querySelector('.rk-facts').innerText.includes('2 of 100 decided')")
    assert [("decide", "include"), ("decide", "exclude"), ("decide", "maybe")] == acts(review)[:3]
    assert ("undo", events(review)[2]["event_id"]) == acts(review)[3]
    assert (first, "not medical") == (events(review)[0]["record_id"], events(review)[1]["reason"])
    assert [] == page.problems
    page.close()

    page = open_step(browser, lab, "04-tagging.ipynb", ".rk .rk-title")
    page.get_by_role("checkbox", name="Native multimodal reasoning").first.check()
    page.wait_for_function(SAVED)
    assert ("tag", "discussion/native-multimodal") == acts(review)[-1]
    page.close()

    page = open_step(browser, lab, "05-notes-and-data.ipynb", ".rk .rk-title")
    page.locator(".rk .rk-title").click()
    page.keyboard.press("n")
    page.keyboard.type("Reads well; compare with Med-R1.")
    page.keyboard.press("Escape")
    page.wait_for_function(SAVED)
    assert ("note", "Reads well; compare with Med-R1.") == acts(review)[-1]
    page.close()

    page = open_step(browser, lab, "06-survey-tables.ipynb", ".rk-preview table")
    page.get_by_role("button", name="Write LaTeX").click()
    table = review / "data" / "outputs" / "survey-table.tex"
    page.wait_for_selector("text=/Written: .*survey-table.tex/")
    assert r"\cite" in table.read_text()
    page.close()

    page = open_step(browser, lab, "07-citations.ipynb", "button:has-text('Write')")
    page.get_by_label("Papers", exact=True).select_option(label="Included at title and abstract (1)")
    page.get_by_role("button", name="Write").first.click()
    page.wait_for_selector("text=/Written: .*references.bib/")
    library = bibtexparser.parse_file(str(review / "data" / "outputs" / "references.bib"))
    assert [] == library.failed_blocks
    assert 1 == len(library.entries), "the one paper included above"
    assert [] == page.problems
    page.close()
