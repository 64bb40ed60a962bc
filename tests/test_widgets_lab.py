"""The widgets in a real JupyterLab: its cell shortcuts, a kernel that dies, coming back the next day."""

import json

import pytest

pytestmark = pytest.mark.browser

SETUP = """
from review_kit import CitationExporter, ReviewLog, Screener
from review_kit.schema import papers_table
rows = [{"paper_id": f"p{i}", "record_ids": [f"p{i}"], "title": f"Paper {i}", "abstract": "Text."} for i in range(30)]
papers = papers_table(rows)
log = ReviewLog("log", reviewer="ada")
"""
SAVED = "() => [...document.querySelectorAll('.rk-status')].some((node) => node.dataset.state === 'saved')"


def events(lab):
    path = lab.root / "log" / "ada.jsonl"
    return [json.loads(line) for line in path.read_text().splitlines()] if path.exists() else []


def test_keys_leave_the_cells_alone_and_a_dead_kernel_loses_nothing(browser, lab):
    lab.write("screen.ipynb", SETUP, "Screener(papers, log, order='listed')")
    page = lab.open(browser, "screen.ipynb")
    lab.run_all(page, ".rk-title")
    page.locator(".rk-title").click()
    for key in ("i", "e", "x", "d", "d", "a", "b", "m", "c", "Escape", "Shift+Enter", "Control+Enter"):
        page.keyboard.press(key)
    page.wait_for_function(SAVED)
    assert [("p0", "include"), ("p1", "exclude"), ("p2", "exclude"), ("p3", "maybe")] == [
        (event["record_id"], event["value"]) for event in events(lab)]
    assert 2 == page.locator(".jp-Notebook .jp-CodeCell").count() == page.locator(".jp-Notebook .jp-Cell").count()

    lab.kill_kernels()
    page.keyboard.press("i")
    page.wait_for_selector("text=NOT SAVED - kernel not answering", timeout=15_000)
    page.keyboard.press("e")
    assert 4 == len(events(lab))

    page.wait_for_selector("dialog.jp-Dialog", timeout=30_000)
    lab.dismiss_dialogs(page)
    page.evaluate("document.querySelector('.rk').classList.add('dead')")
    lab.run_all(page, ".rk:not(.dead) .rk-title:has-text('Paper 5')")
    page.wait_for_function("() => document.querySelector('.rk:not(.dead) .rk-alert').hidden")
    assert [("p4", "include")] == [(event["record_id"], event["value"]) for event in events(lab)[4:]]
    assert [] == page.problems
    page.close()


def test_closing_jupyterlab_and_coming_back_finds_everything(browser, lab):
    lab.close_sessions()
    lab.write("later.ipynb", SETUP.replace('"log"', '"later"'), "Screener(papers, log, order='listed')")
    page = lab.open(browser, "later.ipynb")
    lab.run_all(page, ".rk-title")
    page.locator(".rk-title").click()
    page.keyboard.press("i")
    page.keyboard.press("n")
    page.keyboard.type("half a thought")
    page.wait_for_function("() => document.querySelector('.rk-facts').innerText.includes('1 of 30')")
    page.close()
    lab.close_sessions()
    page = lab.open(browser, "later.ipynb")
    lab.run_all(page, ".rk-title")
    assert "Paper 1" == page.inner_text(".rk-title") and "1 of 30 decided" in page.inner_text(".rk-facts")
    page.close()


def test_plain_keys_on_the_buttons_of_a_form_leave_the_cells_alone(browser, lab):
    lab.close_sessions()
    lab.write("form.ipynb", SETUP, "CitationExporter(papers, log)")
    page = lab.open(browser, "form.ipynb")
    lab.run_all(page, ".rk-form-guarded button")
    page.locator(".rk-form-guarded button", has_text="Write the file").click()
    page.wait_for_selector("text=Written: outputs/references.bib")
    for key in ("x", "d", "d", "a", "m", "Shift+Enter"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    assert 2 == page.locator(".jp-Notebook .jp-CodeCell").count() == page.locator(".jp-Notebook .jp-Cell").count()
    page.close()
