"""The documentation names what the code has."""

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
