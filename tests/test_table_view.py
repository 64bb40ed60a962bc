"""Tables in a notebook: whole texts, set to the left, shown as text."""

import hostile
import lxml.html
import numpy as np
import pandas as pd

from review_kit import show_table
from review_kit.schema import problems_table
from review_kit.tables.view import LONGEST_CELL
from review_kit.text import clean_text


def shown(table, **more):
    """The table element as a notebook gets it."""
    return lxml.html.fromstring(show_table(table, **more)._repr_html_()).xpath("//table")[0]


def cells(table, **more):
    """The texts of the body, row by row."""
    return [[cell.text_content() for cell in row.xpath("th|td")] for row in shown(table, **more).xpath("tbody/tr")]


def test_texts_are_whole_where_pandas_cuts_them():
    todo = "Find out whose identifier this is. " * 5
    frame = problems_table([{"source": "list", "line": 7, "kind": "title_id_mismatch", "todo": todo}])
    assert todo.strip() not in frame._repr_html_()
    assert [["7", todo.strip()]] == cells(frame[["line", "todo"]])


def test_hostile_texts_stay_texts():
    texts = [text for text in hostile.texts() if len(text) < LONGEST_CELL]
    frame = pd.DataFrame({"title": texts})
    assert [[clean_text(text) or "–"] for text in texts] == cells(frame, rows=None)
    elements = {element.tag for element in shown(frame, rows=None).iterdescendants()}
    assert elements <= {"thead", "tbody", "tr", "th", "td", "a"}


def test_only_web_addresses_are_links():
    table = shown(pd.DataFrame({"url": ["https://arxiv.org/abs/2501.00001", "javascript:alert(1)", "see https://a.org"]}))
    assert ["https://arxiv.org/abs/2501.00001"] == table.xpath("//a/@href")


def test_formulas_are_left_as_they_stand():
    assert "mathjax_ignore" in shown(pd.DataFrame({"found": ["$^3$"]})).get("class").split()


def test_numbers_and_only_they_are_set_to_the_right():
    frame = pd.DataFrame({"n": [1, 2], "title": ["a", "b"], "known": [True, None]}).astype({"known": "boolean"})
    assert ["n"] == shown(frame).xpath("thead//th[@class='rk-number']/text()")
    assert [["1", "a", "yes"], ["2", "b", "–"]] == cells(frame)


def test_an_index_that_tells_something_is_shown_and_mere_numbers_are_not():
    counts = pd.Series(["include", "include", "exclude"], name="status").value_counts().to_frame("papers")
    assert [["include", "2"], ["exclude", "1"]] == cells(counts)
    assert [["x"]] == cells(pd.DataFrame({"title": ["x"]}, index=[17]))
    assert [["kappa", "0.2588"]] == cells(pd.Series({"kappa": 0.258801}))


def test_truth_values_are_words_whoever_made_them():
    assert [["yes"], ["no"]] == cells(pd.DataFrame({"known": pd.Series([np.True_, False], dtype="object")}))


def test_lists_are_divided_so_that_names_stay_apart():
    assert [["Lai, Y; Li, M"]] == cells(pd.DataFrame({"authors": [["Lai, Y", "Li, M"]]}))


def test_more_rows_than_asked_for_are_counted():
    frame = pd.DataFrame({"title": [f"Paper {number}" for number in range(1_203)]})
    assert 100 == len(cells(frame)) and 1_203 == len(cells(frame, rows=None))
    assert "1,103 more rows" in shown(frame).xpath("tfoot")[0].text_content()
    assert "No rows." == shown(frame.head(0)).xpath("tfoot")[0].text_content()


def test_a_very_long_cell_says_what_is_left_out():
    text = cells(pd.DataFrame({"abstract": ["x" * 12_000]}))[0][0]
    assert text.endswith("(7,000 characters more)") and text.startswith("x" * LONGEST_CELL)
