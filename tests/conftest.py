"""What the tests share: small tables, a log, a real browser and a real JupyterLab."""

import pytest
from need_browser import find_chromium
from real_lab import Lab

from review_kit.review_log import ReviewLog
from review_kit.schema import papers_table

CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]


@pytest.fixture
def log(tmp_path):
    """A log of the reviewer ada, in a folder of its own."""
    return ReviewLog(tmp_path / "log", reviewer="ada")


@pytest.fixture
def papers():
    """Five papers p0 to p4: the last has no abstract but a summary, the first two describe one record more."""
    return papers_table(
        {
            "paper_id": f"p{i}", "record_ids": [f"p{i}", f"other-{i}"] if i < 2 else [f"p{i}"],
            "title": f"Paper {i} on medical reasoning", "authors": ["Lovelace, Ada", "Hopper, Grace"], "year": 2020 + i,
            "venue": "NeurIPS", "arxiv_id": f"2501.0000{i}", "abstract": f"Abstract {i}." if i < 4 else None,
            "summary": "In short." if i == 4 else None,
        }
        for i in range(5)
    )


@pytest.fixture(scope="session")
def browser():
    """A headless chromium; skipped, with the reason, where there is none."""
    playwright = pytest.importorskip("playwright.sync_api")
    chromium = find_chromium()
    if chromium is None:
        pytest.skip("no chromium: sudo apt install chromium, or CHROMIUM=/path/to/chrome")
    with playwright.sync_playwright() as running:
        opened = running.chromium.launch(executable_path=chromium, headless=True, args=CHROMIUM_FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def show(browser):
    """Show a widget: show(widget) gives a page whose kernel is that widget; errors of the page fail the test."""
    from widget_page import new_context, open_widget

    context = new_context(browser)
    yield lambda widget, theme="none": open_widget(context, widget, theme)
    problems = [problem for page in context.pages for problem in page.problems]
    context.close()
    assert [] == problems


@pytest.fixture(scope="session")
def lab(tmp_path_factory):
    """A JupyterLab on a free port with settings of its own; see ``real_lab.Lab``."""
    with Lab(tmp_path_factory.mktemp("lab")) as running:
        yield running
