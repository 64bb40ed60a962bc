import csv
import zipfile

import hostile
import openpyxl
import pandas as pd
import pytest

from review_kit.errors import ReviewKitError
from review_kit.spreadsheets import CUT, LONGEST_CELL, Sheet, neutral_text, original_text, write_csv, write_workbook

FORMULA_SIGNS = tuple("=+-@\t\r\n＝＋－＠")


def workbook(tmp_path, *sheets):
    return openpyxl.load_workbook(write_workbook(sheets, tmp_path / "book.xlsx"))


def column(tmp_path, values, **more):
    sheet = workbook(tmp_path, Sheet("s", pd.DataFrame({"x": values}), **more)).active
    return [row[0] for row in sheet.iter_rows(min_row=2)]


def test_no_hostile_text_becomes_a_formula_or_a_link(tmp_path):
    cells = column(tmp_path, hostile.texts())
    assert {"s", "n"} >= {cell.data_type for cell in cells}
    assert all(cell.value is None for cell in cells if cell.data_type == "n")
    assert not any(cell.hyperlink for cell in cells)


def test_texts_that_excel_would_run_are_marked_as_quoted(tmp_path):
    assert [True, True, False] == [cell.quotePrefix for cell in column(tmp_path, ["=1+1", "@x", "plain"])]


def test_plain_text_comes_back_as_it_was(tmp_path):
    texts = ["NA", "null", "nan", "00123", "3-4", "2020-01-02", "MARCH1", "=1+1", "'=1+1", "two\nlines", " blanks "]
    assert texts == [cell.value for cell in column(tmp_path, texts)]


def test_numbers_and_truth_values_keep_their_type(tmp_path):
    table = pd.DataFrame({"n": pd.array([1, None], "Int64"), "b": pd.array([True, None], "boolean"), "f": [1.5, None],
                          "l": [["a", "b"], []]})
    rows = list(workbook(tmp_path, Sheet("s", table)).active.iter_rows(min_row=2, values_only=True))
    assert [(1, True, 1.5, "a; b"), (None, None, None, None)] == rows


@pytest.mark.parametrize("text", ["x" * 40_000, "👩" * 20_000, "_x0041_" * 5_000, "=" * 33_000])
def test_what_is_too_long_is_cut_with_a_mark_and_listed(text, tmp_path):
    book = workbook(tmp_path, Sheet("s", pd.DataFrame({"x": [text]})))
    value = book["s"]["A2"].value
    assert value.endswith(CUT) and len(value.encode("utf-16-le")) // 2 <= LONGEST_CELL
    if len(text.encode("utf-16-le")) // 2 > LONGEST_CELL:
        assert ("s", 2, "x") == tuple(cell.value for cell in book["cut cells"][2][:3])


@pytest.mark.parametrize(("url", "linked"), [
    ("https://x.org/a?b=1", True), ("http://x.org", True), ("javascript:alert(1)", False),
    ("file:///etc/passwd", False), ("mailto:a@b.c", False), ("internal:Sheet1!A1", False),
    ("https://u:p@x.org", False), (" https://x.org", False),
    ("https://x.org/" + "a" * 3000, False), ("https://", False),
])
def test_only_pages_of_the_web_are_linked(url, linked, tmp_path):
    [cell] = column(tmp_path, ["text"], links={(0, "x"): url})
    assert linked == bool(cell.hyperlink)
    assert "text" == cell.value


def test_head_is_frozen_and_filtered_and_comments_stand_at_their_cells(tmp_path):
    sheet = workbook(tmp_path, Sheet("s", pd.DataFrame({"x": ["a"]}), comments={(0, "x"): "“quote” (p. 4)"})).active
    assert ("A2", "A1:A2") == (sheet.freeze_panes, sheet.auto_filter.ref)
    assert "“quote” (p. 4)" == sheet["A2"].comment.text


def test_sheet_names_are_legal_and_different(tmp_path):
    empty = pd.DataFrame({"x": []})
    names = workbook(tmp_path, *(Sheet(n, empty) for n in ["a/b:c", "A b C", "", "'", "x" * 50, "x" * 60])).sheetnames
    assert 6 == len({name.casefold() for name in names})
    assert all(0 < len(name) <= 31 for name in names)


def csv_texts():
    """What UTF-8 can hold and Python's reader takes: no half characters, no field over 131,072 characters."""
    return [text for text in hostile.texts()
            if len(text) < 100_000 and not any("\ud800" <= sign <= "\udfff" for sign in text)]


def test_csv_for_programs_is_lossless(tmp_path):
    texts = [text for text in csv_texts() if "\r" not in text]
    path = write_csv(pd.DataFrame({"x": texts}), tmp_path / "t.csv")
    with path.open(encoding="utf-8", newline="") as file:
        assert texts == [row[0] for row in csv.reader(file)][1:]


def test_csv_for_spreadsheets_starts_no_formula_and_can_be_turned_back(tmp_path):
    texts = csv_texts()
    path = write_csv(pd.DataFrame({"x": texts}), tmp_path / "t.csv", for_spreadsheets=True)
    with path.open(encoding="utf-8-sig", newline="") as file:
        cells = [row[0] for row in csv.reader(file)][1:]
    assert not any(cell.startswith(FORMULA_SIGNS) for cell in cells)
    assert texts == [original_text(cell) for cell in cells]


@pytest.mark.parametrize("text", ["=1", "'=1", "''=1", "plain", "'plain", "", "-", "＋1"])
def test_neutral_text_can_be_turned_back(text):
    assert text == original_text(neutral_text(text))


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReviewKitError, match="cannot be written"):
        write_workbook([], tmp_path / "file" / "x.xlsx")


def test_the_same_table_gives_the_same_bytes_at_another_time(tmp_path):
    sheet = Sheet("Papers", pd.DataFrame({"title": ["One"]}))
    first, second = (write_workbook([sheet], tmp_path / name) for name in ("a.xlsx", "b.xlsx"))
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as file:
        assert b"dcterms:" not in file.read("docProps/core.xml")
        assert {(1980, 1, 1, 0, 0, 0)} == {info.date_time for info in file.infolist()}
