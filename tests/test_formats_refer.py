"""EndNote's tagged text."""

from review_kit.formats import read_records, refer

ENTRIES = """%0 Journal Article
%A Lee, Ann
%A Roe, Bo
%T On things
and more
%J Journal of Things
%D 2020
%8 March  4, 2020
%V 7
%N 2
%P 1-9
%@ 1234-5678
%R 10.1000/one
%U https://example.org/one
%K one
two
%X First part.

Second part.
%F Lee2020

%0 Book
%A Ek, Cy
%T A book
%D 2001
%I Press
%@ 978-3-16-148410-0
"""


def test_tags_become_columns():
    paper, book = refer.read(ENTRIES)
    assert (paper["title"], paper["authors"]) == ("On things and more", ["Lee, Ann", "Roe, Bo"])
    assert (paper["year"], paper["month"], paper["day"], paper["venue"]) == (2020, 3, 4, "Journal of Things")
    assert (paper["volume"], paper["number"], paper["pages"], paper["doi"]) == ("7", "2", "1-9", "10.1000/one")
    assert (paper["keywords"], paper["key"], paper["type"]) == (["one", "two"], "Lee2020", "article")
    assert (paper["abstract"], paper["line"]) == ("First part. Second part.", 1)
    assert paper["other_ids"] == {"issn": "1234-5678"}
    assert (book["title"], book["type"], book["line"]) == ("A book", "book", 22)
    assert book["other_ids"] == {"isbn": "978-3-16-148410-0"}
    assert book["extra"] == {"I": "Press", "0": "Book"}


def test_records_need_not_begin_with_their_type():
    text = "%T One\n%0 Journal Article\n%A Lee, Ann\n%B Proceedings\n\n\n%T Two\n%D 2001\n\n%A Roe, Bo\n%T Three\n"
    assert [(row["title"], row["line"]) for row in refer.read(text)] == [("One", 1), ("Two", 7), ("Three", 10)]


def test_every_type_is_a_record_or_a_problem():
    found = refer.read("%0 Book\n%T One\n%0 Journal\n%0 Report\n%T Two\n")
    assert [row.get("title") for row in found] == ["One", None, "Two"]
    assert "describes" in found[1]["problem"] and found[1]["raw"] == "%0 Journal"


def test_the_format_is_found_and_bibtex_comments_are_not(tmp_path):
    path = tmp_path / "export.txt"
    path.write_text(ENTRIES, encoding="utf-8")
    assert read_records(path).attrs["format"] == "refer"
    assert not refer.matches("% A comment\n%T too\n@misc{a, title={T}}\n", "refs.bib")


def test_text_above_the_first_tag_is_told():
    (row,) = refer.read("of stones\n%T On things\n%D 2001\n")
    assert (row["title"], row["line"]) == ("On things", 1)
    assert "of stones" in row["problem"] and "of stones" in row["raw"]
