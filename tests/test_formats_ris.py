"""RIS and Web of Science text: every dialect, and every marker accounted for."""

import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_kit.formats import read_records, ris, wos_text

RECORD = """TY  - JOUR
TI  - On {0}
AU  - Lee, Ann
AU  - World Health Organization
PY  - 2020/03/04/
JO  - Journal of Things
VL  - 3
IS  - 4
SP  - 10
EP  - 20
DO  - https://doi.org/10.1000/{0}
SN  - 1234-5678
KW  - one
KW  - two
UR  - https://example.org/{0}
N1  - a note
ID  - {0}
ER  - 

"""


def test_tags_become_columns():
    (row,) = ris.read(RECORD.format(1))
    assert (row["title"], row["type"], row["line"], row["key"]) == ("On 1", "article", 1, "1")
    assert row["authors"] == ["Lee, Ann", "World Health Organization"] and row["n_authors"] == 2
    assert (row["year"], row["month"], row["day"]) == (2020, 3, 4)
    assert (row["venue"], row["volume"], row["number"], row["pages"]) == ("Journal of Things", "3", "4", "10-20")
    assert (row["doi"], row["url"], row["other_ids"]) == ("10.1000/1", "https://example.org/1", {"issn": "1234-5678"})
    assert (row["keywords"], row["extra"]) == (["one", "two"], {"TY": "JOUR", "N1": "a note"})
    assert "problem" not in row


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("ER  - \n", ""),
        lambda text: text.replace("  - ", " - "),
        lambda text: text.replace("  - ", "  -"),
        lambda text: text.replace("  - ", "\xa0 - "),
        lambda text: re.sub(r"^[A-Z][A-Z0-9](?=  - )", lambda tag: tag[0].lower(), text, flags=re.M),
        lambda text: text.replace("ER  - ", "ER"),
        lambda text: text.replace("\n", "\r"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "\ufeff" + text,
        lambda text: "Provider: X\nRecord #1 of 2\n1.\n" + text,
        lambda text: text.replace("TY  - JOUR\n", ""),
        lambda text: text.replace("TI  -", "\nTI  -"),
        lambda text: text.replace("ER  - ", "ER  -\nNL  - left over by Ovid\n\nLink to the full text: https://x"),
        lambda text: "\n".join("  " + line if line else line for line in text.split("\n")),
    ],
)
def test_both_records_are_read_in_every_dialect(change):
    found = ris.read(change(RECORD.format(1) + RECORD.format(2)))
    assert [row["title"] for row in found] == ["On 1", "On 2"]
    assert [row["doi"] for row in found] == ["10.1000/1", "10.1000/2"]
    assert ris.matches(change(RECORD.format(1) * 2), "x.txt")


def test_one_missing_end_marker_is_told():
    first, second = ris.read(RECORD.format(1).replace("ER  - \n", "") + RECORD.format(2))
    assert "no ER line" in first["problem"] and "TY  - JOUR" in first["raw"]
    assert "problem" not in second


def test_lines_carried_on_belong_to_the_tag_before():
    text = (
        "TY  - JOUR\nTI  - T\nKW  - one\ntwo\nthree\nAB  - First.\n\nSecond - with a dash\nIL - 6 is no tag\nER  - \n"
    )
    (row,) = ris.read(text)
    assert row["keywords"] == ["one", "two", "three"]
    assert row["abstract"] == "First. Second - with a dash IL - 6 is no tag"


def test_a_second_value_is_kept():
    (row,) = ris.read(
        "TY  - JOUR\nTI  - T\nTI  - U\nDO  - 10.1000/a\nDO  - 10.1000/b\nJO  - J. Abbr.\nJF  - Journal\nER  - "
    )
    assert (row["title"], row["doi"], row["venue"]) == ("T", "10.1000/a", "Journal")
    assert row["extra"] == {"TY": "JOUR", "TI": "U", "DO": "10.1000/b", "JO": "J. Abbr."}


def test_a_title_cannot_open_a_record():
    (row,) = ris.read("TY  - JOUR\nTI  - A title with ER  - and TY  - JOUR inside\nER  - \n")
    assert row["title"] == "A title with ER - and TY - JOUR inside"


def test_an_abstract_about_receptors_ends_no_record():
    for blanks in ("  - ", " - "):
        text = (
            "TY  - JOUR\nTI  - T\nAB  - Breast cancer,\nER - negative tumours,\nER-Positive too\nPY  - 2020\nER  - \n"
        )
        (row,) = ris.read(text.replace("  - ", blanks))
        assert (row["title"], row["year"]) == ("T", 2020)
        assert "ER - negative tumours, ER-Positive too" in row["abstract"]


def test_books_isbns_and_stray_identifiers():
    (row,) = ris.read(
        "TY  - BOOK\nBT  - The Book\nSN  - 978-3-16-148410-0\nU1  - 123456 [PMID]\nC2  - PMC99\nER  - "
    )
    assert (row["title"], row["type"], row["pmid"]) == ("The Book", "book", "123456")
    assert row["other_ids"] == {"isbn": "978-3-16-148410-0", "pmcid": "PMC99"}


def test_an_empty_record_is_a_row_with_a_problem():
    (row,) = ris.read("TY  - JOUR\nER  - \n")
    assert "describes a paper" in row["problem"]


def test_et_al_is_no_author():
    (row,) = ris.read("TY  - JOUR\nTI  - T\nAU  - Lee, Ann\nAU  - et al.\nER  - ")
    assert (row["authors"], row["et_al"]) == (["Lee, Ann"], True)
    assert "n_authors" not in row


def test_a_long_field_is_cut_and_control_characters_are_counted():
    (row,) = ris.read("TY  - JOUR\nTI  - T\x00\x01\nAB  - " + "x" * 1_000_001 + "\nER  - ")
    assert len(row["abstract"]) == 1_000_000
    assert "AB has 1,000,001" in row["problem"] and "2 control" in row["problem"]


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_every_marker_of_a_mutated_file_gives_a_row(data):
    lines = "".join(RECORD.format(i) for i in range(5)).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 1))
        act = data.draw(st.sampled_from(["drop", "blank", "twice", "cut", "join"]))
        if act == "drop" and len(lines) > 2:
            lines.pop(at)
        elif act == "blank":
            lines.insert(at, "")
        elif act == "twice":
            lines.insert(at, lines[at])
        elif act == "cut":
            lines[at] = lines[at][: data.draw(st.integers(0, 8))]
        elif act == "join" and at + 1 < len(lines):
            lines[at] += lines.pop(at + 1)
    text = "\n".join(lines)
    found = ris.read(text)
    assert len(found) >= len(re.findall(r"^TY  -(?: |$)", text, re.M))
    assert len({row["line"] for row in found}) == len(found)


def test_a_large_file_without_line_ends_takes_no_time():
    begin = time.perf_counter()
    ris.read("TY  - JOUR" + " TY  - X" * 200_000)
    ris.read("TY  - JOUR\n" * 50_000)
    assert time.perf_counter() - begin < 5


WOS = """FN Clarivate Analytics Web of Science
VR 1.0
PT J
AU Lee, A
   Roe, B
AF Lee, Ann
   Roe, Bo
TI A title that
   goes on
SO JOURNAL OF THINGS
DT Article; Early Access
PD DEC 16
PY 2020
BP 1
EP 9
DI 10.1000/x
UT WOS:0001
ER

PT J
TI Second
UT WOS:0002
EF
"""


def test_web_of_science_text_is_read():
    first, second = wos_text.read(WOS)
    assert wos_text.matches(WOS, "savedrecs.ciw") and not ris.matches(WOS, "savedrecs.ciw")
    assert (first["title"], first["authors"]) == ("A title that goes on", ["Lee, Ann", "Roe, Bo"])
    assert (first["year"], first["month"], first["day"], first["pages"]) == (2020, 12, 16, "1-9")
    assert (first["key"], first["other_ids"], first["type"], first["line"]) == (
        "WOS:0001",
        {"wos": "WOS:0001"},
        "article",
        3,
    )
    assert "no ER line" in second["problem"]


def test_ris_in_a_cell_of_a_table_does_not_make_the_table_ris(tmp_path):
    path = tmp_path / "a.csv"
    cell = '"TY  - JOUR\nTI  - Not a record\nER  - "'
    path.write_text(f'title,authors,year,abstract\nOne,"Lee, Ann",2020,{cell}\nTwo,"Li, Bo",2021,x\n')
    assert ["One", "Two"] == read_records(path)["title"].tolist()


@pytest.mark.parametrize("url, kind", [
    ("https://anonymous.4open.science/r/pond-1234/", "code"), ("https://ar5iv.labs.arxiv.org/html/2401.00001", "paper"),
    ("https://example.org/talks/2024/pond.mp4", "other"), ("https://example.org/pond-12.pdf", "paper"),
])
def test_the_digits_of_a_link_hide_not_what_it_leads_to(url, kind):
    (row,) = ris.read(f"TY  - JOUR\nTI  - On ponds\nUR  - {url}\nER  - \n")
    assert [kind] == [link["kind"] for link in row["links"]]


def test_the_doi_may_stand_in_a_field_of_the_database():
    (row,) = ris.read("TY  - JOUR\nTI  - T\nJO  - Things\nL3  - 10.1000/abc.1\nER  - \n")
    assert row["doi"] == "10.1000/abc.1"


def test_numbers_of_databases_are_no_venue():
    text = "TY  -  JOUR\nTI  -  T\nJA  -  Trials of Things\nC3  -  PUBMED 12345,EMBASE 678\nER  -  \n"
    (row,) = ris.read(text)
    assert (row["venue"], row["pmid"]) == ("Trials of Things", "12345")
    (talk,) = ris.read("TY  - CONF\nTI  - T\nC3  - Meeting of Things\nER  - \n")
    assert talk["venue"] == "Meeting of Things"


def test_a_record_with_a_pubmed_line_and_odd_blanks_is_ris(tmp_path):
    path = tmp_path / "x.ris"
    path.write_text(
        "TY  - CONF\nTI  - On ponds\nAU  - Lee, Ann\nKW - one\ntwo\nPY  - 2020\nPMID - 12345\n\n"
        "% a remark\nTY  - JOUR\nTI  - On lakes\nAB  - Small\nAU - tumours\nPY  - 2021\nER  - \n"
    )
    ponds, lakes = read_records(path).to_dict("records")
    assert (ponds["authors"], ponds["keywords"], ponds["pmid"]) == (["Lee, Ann"], ["one", "two"], "12345")
    assert (lakes["abstract"], lakes["authors"]) == ("Small AU - tumours", [])


@pytest.mark.parametrize(
    ("value", "names", "et_al"),
    [
        ("Lee, A., Roe, B. C., Dam, D.", ["Lee, A.", "Roe, B. C.", "Dam, D."], False),
        ("M&uuml;ller, J&ouml;rg", ["Müller, Jörg"], False),
        ("Lee, Ann\nAU  - al., et", ["Lee, Ann"], True),
    ],
)
def test_names_as_other_programs_write_them(value, names, et_al):
    (row,) = ris.read(f"TY  - JOUR\nTI  - T\nAU  - {value}\nER  - \n")
    assert (row["authors"], row["et_al"]) == (names, et_al)


def test_a_record_with_a_short_title_alone_has_a_title():
    (row,) = ris.read("TY  - NEWS\nST  - On ponds\nER  - \n")
    assert row["title"] == "On ponds"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("the end of an abstract\nKW  - one\nER  - \n" + RECORD.format("a"), 1),
        (RECORD.format("a").replace("ER  - ", "ER  - of an abstract"), 1),
        (RECORD.format("a") + "the end of an abstract\n", 1),
        ("the end of an abstract\nER  - \n" + RECORD.format("a"), 1),
        ("the end of an abstract\n" + RECORD.format("a"), 2),
    ],
)
def test_text_under_no_tag_is_told_with_its_record(text, line):
    (told,) = [row for row in ris.read(text) if row.get("problem")]
    assert "belongs to no tag" in told["problem"] and "of an abstract" in told["raw"]
    assert told["line"] == line


@pytest.mark.parametrize("preface", ["Provider: Things\nDatabase: Stones\n", "Record #1 of 12\n", "<1>\n1.\n----\n"])
def test_what_programs_write_above_a_record_is_no_problem(preface):
    (row,) = ris.read(preface + RECORD.format("a"))
    assert "problem" not in row


def test_tags_behind_the_end_of_a_record_replace_none_of_its_own():
    (row,) = ris.read(RECORD.format("a") + "N1  - another note\n")
    assert row["extra"]["N1"] == ["a note", "another note"]


@pytest.mark.parametrize("margin", ["      ", "\xa0", "\t"])
def test_ris_with_a_margin_is_read(margin):
    text = "".join(f"{margin}{line}\n" for line in RECORD.format("a").split("\n"))
    assert ris.matches(text, "a.txt")
    assert [row["title"] for row in ris.read(text)] == ["On a"]


def test_a_ris_file_without_any_type_is_still_ris(tmp_path):
    (tmp_path / "a.ris").write_text("AU  - Lee, Ann\nTI  - On things\nPY  - 2001\n")
    assert ["On things"] == read_records(tmp_path / "a.ris")["title"].tolist()


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("PT J\nTI On things\nUT WOS:1\nER of stones\n\nPT J\nTI On more\nUT WOS:2\nER\n", "of stones"),
        (f"FN Clarivate{'PT J' * 20} of stones\nPT J\nTI On things\nUT WOS:1\nER\n", "of stones"),
        ("   of stones\nPT J\nTI On things\nUT WOS:1\nER\n", "of stones"),
        ("PT J\nTI On things\nUT WOS:1\nER\n\n   of stones\nPT J\nTI On more\nUT WOS:2\nER\n", "of stones"),
    ],
)
def test_web_of_science_text_under_no_tag_is_told(text, lost):
    (told,) = [row for row in wos_text.read(text) if row.get("problem")]
    assert "belongs to no tag" in told["problem"] and lost in told["raw"]


def test_a_web_of_science_record_with_nothing_in_it_is_told():
    empty, whole = wos_text.read("PT J\nPT J\nTI On things\nER\n")
    assert (whole["title"], empty["raw"]) == ("On things", "PT J")
    assert "nothing in the record" in empty["problem"]


@pytest.mark.parametrize(
    ("tag", "value"),
    [
        ("PY", "2001 and all that was written of the stones, in the abstract of another record"),
        ("DO", "10.1000/a and all that was written of the stones, in the abstract of another record"),
        ("SP", "and all that was written of the stones, in the abstract of another record of the file"),
        ("UR", "https://example.org/a written of the stones"),
        ("DA", "2001/03/04/a special issue on stones"),
    ],
)
def test_what_is_longer_than_what_is_taken_from_it_is_kept(tag, value):
    (row,) = ris.read(f"TY  - JOUR\nTI  - On things\n{tag}  - {value}\nER  - \n")
    assert row["extra"][tag] == value


def test_second_numbers_and_other_lists_of_authors_are_kept():
    (row,) = ris.read("TY  - JOUR\nSN  - 1234-5678\nSN  - 8765-4321\nAU  - Lee, A\nA1  - Roe, B\nA1  - Dam, C\n")
    assert (row["extra"]["SN"], row["extra"]["A1"]) == ("8765-4321", ["Roe, B", "Dam, C"])


@pytest.mark.parametrize(("name", "text"), [
    ("a.ris", "TY  - JOUR\nTI  - T\nDO  - {}\nER  - \n"),
    ("a.ciw", "FN Clarivate\nPT J\nTI T\nDI {}\nER\nEF\n"),
    ("a.csv", "Title,Year,DOI\nT,2001,{}\n"),
    ("a.bib", "@misc{{a, title={{T}}, doi={{{}}}}}"),
    ("a.json", '[{{"type": "article", "title": "T", "DOI": "{}"}}]'),
    ("a.enw", "%0 Journal Article\n%T T\n%R {}\n"),
])
def test_an_arxiv_id_in_the_field_of_dois_is_one(tmp_path, name, text):
    (tmp_path / name).write_text(text.format("arXiv:2101.00001v2"))
    (row,) = read_records(tmp_path / name).to_dict("records")
    assert ("2101.00001", 2) == (row["arxiv_id"], row["arxiv_version"])
    (tmp_path / name).write_text(text.format("2101.00001"))  # what kind of number this is nobody says
    assert read_records(tmp_path / name)["arxiv_id"].isna().all()


@pytest.mark.parametrize(("people", "authors"), [
    ("AU Lee, A\n", ["Lee, A"]), ("BA Roe, B\n", ["Roe, B"]), ("", ["ACM"])])
def test_a_sponsor_is_an_author_only_where_nobody_is(people, authors):
    (row,) = wos_text.read(f"FN Clarivate\nPT C\n{people}GP ACM\nTI T\nUT WOS:1\nER\nEF\n")
    assert (authors, len(authors)) == (row["authors"], row["n_authors"])
    assert ("ACM" == row["extra"].get("GP")) == bool(people)


def test_a_link_may_lead_to_a_file_server():
    (row,) = ris.read("TY  - RPRT\nTI  - T\nUR  - ftp://files.example.org/stones.pdf\nER  - \n")
    assert "ftp://files.example.org/stones.pdf" == row["url"]
