"""The documentation names what the code has."""

import subprocess
import sys
from pathlib import Path

import pytest

from review_kit import schema
from review_kit.search_log import SEARCH_LOG_COLUMNS

DOCS = Path(__file__).parents[1] / "docs"
TABLES = {
    "records": schema.RECORD_COLUMNS, "pairs": schema.PAIR_COLUMNS, "papers": schema.PAPER_COLUMNS,
    "problems": schema.PROBLEM_COLUMNS, "events": schema.EVENT_COLUMNS, "search log": SEARCH_LOG_COLUMNS,
}


@pytest.mark.parametrize("table", TABLES)
def test_the_data_dictionary_has_every_column(table):
    text = (DOCS / "data-dictionary.md").read_text()
    assert [] == [name for name in TABLES[table] if f"`{name}`" not in text]


def test_the_api_page_is_in_step_with_the_code():
    found = subprocess.run([sys.executable, "-c", "import make_api; print(make_api.page(), end='')"], cwd=DOCS,
                           capture_output=True, text=True, check=True, encoding="utf-8").stdout
    assert found == (DOCS / "api.md").read_text(encoding="utf-8"), "run: python docs/make_api.py"
