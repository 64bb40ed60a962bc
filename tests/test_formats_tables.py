"""CSV, TSV and Excel exports, under the column names of every database."""

import io
import time
import zipfile

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_kit.errors import SourceError
from review_kit.formats import read_records, tables
from review_kit.spreadsheets import Sheet, write_csv, write_workbook

HEADS = {
    "scopus": (
        "Authors,Author full names,Title,Year,Source title,Volume,Issue,Page start,Page end,DOI,Link,Abstract,"
        "Author Keywords,Document Type,EID",
        '"Lee A.; Roe B.","Lee, Ann (1); Roe, Bo (2)",On things,2020,Journal,3,4,1,9,10.1000/X,https://x.org/1,'
        "Abs,a; b,Article,2-s2.0-1",
    ),
    "wos": (
        "Publication Type,Authors,Author Full Names,Article Title,Source Title,Publication Year,Start Page,"
        "End Page,DOI,"
        "Abstract,Author Keywords,UT (Unique WOS ID)",
        'J,"Lee, A; Roe, B","Lee, Ann; Roe, Bo",On things,Journal,2020,1,9,10.1000/x,Abs,a; b,WOS:1',
    ),
    "wos_tags": (
        "PT\tAU\tAF\tTI\tSO\tPY\tBP\tEP\tDI\tAB\tDE\tUT",
        "J\tLee, A; Roe, B\tLee, Ann; Roe, Bo\tOn things\tJournal\t2020\t1\t9\t10.1000/x\tAbs\ta; b\tWOS:1",
    ),
    "pubmed": (
        "PMID,Title,Authors,Citation,First Author,Journal/Book,Publication Year,Create Date,PMCID,NIHMS ID,DOI",
        '1,On things,"Lee A, Roe B.",J. 2020,Lee A,Journal,2020,2020/03/01,,,10.1000/x',
    ),
    "ieee": (
        '"Document Title",Authors,"Publication Title","Publication Year","Start Page","End Page",'
        '"Abstract","DOI",PDF Link',
        '"On things","A. Lee; B. Roe","Journal","2020","1","9","Abs","10.1000/x","https://x.org/1"',
    ),
    "springer": (
        "Item Title,Publication Title,Journal Volume,Item DOI,Authors,Publication Year,URL,Content Type",
        "On things,Journal,3,10.1000/x,Ann LeeBo Roe,2020,https://x.org/1,Article",
    ),
    "dimensions": (
        "About the data: exported\n"
        "Rank,Publication ID,DOI,PMID,Title,Abstract,Source title,PubYear,Pagination,Authors,Publication Type",
        '1,pub.1,10.1000/x,1,On things,Abs,Journal,2020,1-9,"Lee, Ann; Roe, Bo",Article',
    ),
    "lens": (
        "Lens ID,Title,Date Published,Publication Year,Publication Type,Source Title,Author/s,Abstract,Start Page,DOI",
        "1-2,On things,2020-03-04,2020,journal article,Journal,Ann Lee; Bo Roe,Abs,1,10.1000/x",
    ),
    "openalex": (
        "id,doi,title,publication_year,type,authorships.author.display_name,primary_location.source.display_name",
        "W1,https://doi.org/10.1000/x,On things,2020,article,Ann Lee|Bo Roe,Journal",
    ),
    "embase": (
        "Title;Author Names;Source title;Publication Year;First Page;Last Page;DOI;Medline PMID;Abstract",
        "On things;Lee A., Roe B.;Journal;2020;1;9;10.1000/x;1;Abs",
    ),
    "zotero": (
        '"Key","Item Type","Publication Year","Author","Title","Publication Title","DOI","Url","Abstract Note","Date"',
        '"K1","journalArticle","2020","Lee, Ann; Roe, Bo","On things","Journal","10.1000/x","https://x.org/1","Abs","2020-03"',
    ),
    "asreview": (
        "record_id,title,first_authors,year,doi,included,asreview_ranking,secondary_title",
        "0,On things,\"['Lee, Ann', 'Roe, Bo']\",2020,10.1000/x,1,1,Journal",
    ),
    "rayyan": (
        "key,title,year,month,day,journal,issn,volume,issue,pages,authors,url,abstract,notes,doi,keywords,pubmed_id",
        "rayyan-1,On things,2020,3,4,Journal,,3,4,1-9,Ann Lee and Bo Roe,,Abs,n,10.1000/x,a,1",
    ),
    "covidence": (
        "Title,Authors,Abstract,Published Year,Published Month,Journal,Volume,Issue,Pages,Accession Number,DOI,Ref,"
        "Covidence #,Study,Notes,Tags",
        '"On things","Lee, Ann; Roe, Bo",Abs,2020,3,Journal,3,4,1-9,,10.1000/x,,#1,Lee 2020,"Exclusion reason: X; ",',
    ),
}


@pytest.mark.parametrize("name", HEADS)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_database_is_read(name, end):
    text = "\n".join(HEADS[name]).replace("\n", end)
    assert tables.matches(text, "export.txt")
    (row,) = tables.read(text)
    assert (row["title"], row["year"], row["doi"], row["venue"]) == ("On things", 2020, "10.1000/x", "Journal")
    assert [author.split(",")[0] for author in row["authors"]] == ["Lee", "Roe"]
    assert not row.get("problem")


def test_text_stays_text():
    (row,) = tables.read("id,title,doi,my column\n00123,NA,10.1000/x,007\n")
    assert (row["key"], row["title"], row["extra"]) == ("00123", "NA", {"my column": "007"})


def test_cells_with_quotes_dividers_and_lines():
    text = 'title,abstract,year\n"A, ""quoted"" title","line one\nline two",2020\n"B ""x",c,2021\n'
    text += 'say "hi",d,2022\n"open,e,2023\nF,g,2024\n'
    found = tables.read(text)
    assert [row["title"] for row in found] == ['A, "quoted" title', 'B "x', 'say "hi"', '"open', "F"]
    assert [row["line"] for row in found] == [2, 4, 5, 6, 7]


def test_rows_of_the_wrong_width_say_so():
    short, wide = tables.read("title,year\nA\nB,2020,left over\n")
    assert (short["title"], wide["title"]) == ("A", "B")
    assert "3 cells" in wide["problem"] and wide["extra"] == {"column 3": "left over"}


def test_a_table_without_known_names_is_rows_with_a_problem():
    found = tables.read("a,b\n1,2\n3,4\n")
    assert len(found) == 3 and all("known name" in row["problem"] for row in found)


def test_a_row_without_anything_says_so():
    (row,) = tables.read("title,year,rank\n,,7\n")
    assert "describes a paper" in row["problem"] and row["raw"]


def test_names_in_pairs_are_seen_by_the_whole_column():
    text = 'title,authors\nA,"Lee, Ann, Roe, Bo C."\nB,"Diaz, Cy, Fox, Di, Gil, Ed"\n'
    assert [row["authors"] for row in tables.read(text)] == [
        ["Lee, Ann", "Roe, Bo C."],
        ["Diaz, Cy", "Fox, Di", "Gil, Ed"],
    ]


def test_embase_by_rows_is_read():
    text = "TITLE,On things\nAUTHOR NAMES,Lee A.,Roe B.\nSOURCE TITLE,Journal\nPUBLICATION YEAR,2020\nDOI,10.1000/x\n\n"
    text += "TITLE,Second\nDOI,10.1000/y\n"
    first, second = tables.read(text)
    assert (first["title"], first["authors"], first["doi"]) == ("On things", ["Lee, A.", "Roe, B."], "10.1000/x")
    assert (second["title"], second["doi"]) == ("Second", "10.1000/y")


def test_a_markdown_table_is_no_csv():
    assert not tables.matches("| Title | Authors | Year |\n|---|---|---|\n| A | B | 2020 |\n", "README.md")


def test_a_cell_beyond_the_limit_is_cut_and_named():
    (row,) = tables.read("title,abstract\nT," + "x" * 1_000_005 + "\n")
    assert "1,000,005 characters" in row["problem"] and len(row["abstract"]) == 1_000_000


def test_odd_quotes_take_no_time():
    begin = time.perf_counter()
    tables.read("title,year\n" + '"a,b\n' * 50_000)
    tables.read("title,year\n" + '"' * 500_001 + ",2\n")
    tables.read("title,year\n" + ('"' + "x" * 2000 + "\n") * 3000)
    assert time.perf_counter() - begin < 8


@settings(max_examples=100, deadline=None)
@given(
    st.lists(
        st.lists(st.text(alphabet='ab,;"\n\té', min_size=1, max_size=6), min_size=3, max_size=3), min_size=1, max_size=8
    )
)
def test_what_csv_writes_is_read_back(cells):
    import csv

    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(
        [["title", "my a", "my b"], *([f"Paper {i}", *row[1:]] for i, row in enumerate(cells))]
    )
    found = tables.read(out.getvalue())
    assert [row["title"] for row in found] == [f"Paper {i}" for i in range(len(cells))]
    for row, (_, a, b) in zip(found, cells):
        assert row["extra"].get("my a", "").strip() == a.strip()
        assert row["extra"].get("my b", "").strip() == b.strip()


def workbook(*sheets):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


HEAD = ("Title", "Authors", "Year", "DOI", "id")


def test_a_workbook_is_read(tmp_path):
    data = workbook(
        (
            "Papers",
            [("My search",), HEAD, ("A", "Lee, A; Roe, B", 2020, "10.1000/a", 123), ("NA", None, 2021.0, None, "007")],
        )
    )
    (tmp_path / "x.xlsx").write_bytes(data)
    found = read_records(tmp_path / "x.xlsx")
    assert found["title"].tolist() == ["A", "NA"]
    assert found["year"].tolist() == [2020, 2021]
    assert found["key"].tolist() == ["123", "007"]
    assert found["line"].tolist() == [3, 4]


def test_sheets_with_papers_are_read_and_others_named():
    found = tables.read_bytes(
        workbook(("In", [HEAD, ("A", "", 2020)]), ("Out", [HEAD, ("B", "", 2020)]), ("Info", [("x",), ("y",)]))
    )
    assert [row.get("title") for row in found] == ["A", "B", None]
    assert [row["extra"]["sheet"] for row in found[:2]] == ["In", "Out"]
    assert "'Info'" in found[2]["problem"]


def test_a_sheet_that_lies_about_its_size_is_read_whole():
    data = workbook(("S", [HEAD, *[(f"T{i}", "", 2020) for i in range(50)]]))
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.infolist():
            content = old.read(member)
            if member.filename.endswith("sheet1.xml"):
                content = content.replace(b'<dimension ref="A1:E51"', b'<dimension ref="A1:A2"')
                assert b"A1:A2" in content
            new.writestr(member.filename, content)
    assert len(tables.read_bytes(out.getvalue())) == 50


def test_a_workbook_bomb_is_refused_with_its_limit():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("xl/workbook.xml", b"0" * 30_000_000)
    with pytest.raises(SourceError, match="100 times"):
        tables.read_bytes(out.getvalue())


@pytest.mark.parametrize(
    "data", [b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0 not a workbook", workbook(("S", [HEAD]))[:900]]
)
def test_a_damaged_workbook_is_a_clear_error(data):
    with pytest.raises(SourceError):
        tables.read_bytes(data)


def test_embase_tells_journal_year_and_pages_in_one_cell():
    (row,) = tables.read(
        "Title,Author Names,Source,Open URL Link\n"
        '"On things","Lee A., Roe B.C.",Journal of Things (2014) 3:2 (152-160). Date of Publication: 25 Aug 2014,'
        "http://link.example/x?sid=EMBASE&id=doi:10.1000%2Fone.2&volume=3\n"
    )
    assert (row["venue"], row["year"], row["month"], row["day"]) == ("Journal of Things", 2014, 8, 25)
    assert (row["volume"], row["number"], row["pages"], row["doi"]) == ("3", "2", "152-160", "10.1000/one.2")
    assert row["authors"] == ["Lee, A.", "Roe, B.C."]


def test_springer_names_glued_before_brackets_and_particles():
    (row,) = tables.read("Item Title,Item DOI,Authors\nOn things,10.1000/1,Ann LeeBo (Rob) RoeJan van DiekenÉva Tót\n")
    assert row["authors"] == ["Lee, Ann", "Roe, Bo", "van Dieken, Jan", "Tót, Éva"]


def test_medline_rows_of_web_of_science_have_their_pages_and_pmid():
    (row,) = tables.read(
        "PT\tTI\tAU\tSO\tPS\tPY\tUT\nJ\tOn things\tLee, Ann; Roe, Bo\tThings\t14-96\t2018\tMEDLINE:297826\n"
    )
    assert (row["pages"], row["pmid"], row.get("other_ids")) == ("14-96", "297826", None)


def test_our_own_spreadsheets_come_back_without_the_sign_that_keeps_them_from_running(tmp_path):
    table = pd.DataFrame({"paper_id": ["a", "b", "c"], "title": ["=SUM(A1)", "'-omics", "'Quoted' words"]})
    path = write_csv(table, tmp_path / "papers.csv", for_spreadsheets=True)
    assert read_records(path)["title"].tolist() == table["title"].tolist()


def test_a_quote_before_a_sign_stays_where_it_may_be_meant(tmp_path):
    assert [row["title"] for row in tables.read("Title,Year\n'@home computing,2001\n")] == ["'@home computing"]
    lossless = write_csv(pd.DataFrame({"paper_id": ["a", "b"], "title": ["'=x", "=y"]}), tmp_path / "papers.csv")
    assert read_records(lossless)["title"].tolist() == ["'=x", "=y"]


def test_escapes_of_excel_are_read(tmp_path):
    table = pd.DataFrame({"title": ["A _x0041_ in a title", "Plain"], "year": [2001, 2002]})
    path = write_workbook([Sheet("papers", table)], tmp_path / "papers.xlsx")
    assert read_records(path)["title"].tolist() == table["title"].tolist()
    book = openpyxl.Workbook()
    book.active.append(["Title", "Authors", "Abstract"])
    book.active.append(["On things", "Lee, Ann", "First_x000D_\nsecond"])
    book.save(tmp_path / "excel.xlsx")
    assert read_records(tmp_path / "excel.xlsx")["abstract"].tolist() == ["First second"]


def test_markup_that_is_all_there_is_stays():
    assert [row["title"] for row in tables.read("Title,Year\n&lt;i&gt;,2001\n<b>Bold</b> title,2002\n")] == [
        "<i>", "Bold title"]


def test_refworks_names_its_columns_in_reverse():
    text = (
        'Reference Type,"Authors, Primary",Title Primary,Periodical Full,Pub Year,Start Page,Other Pages,ISSN/ISBN\n'
        "Journal Article,\"Lee,Ann;Roe,Bo\",On things,Journal of Things,2014,71,93,1234-5678\n"
    )
    (row,) = tables.read(text)
    assert (row["title"], row["authors"], row["venue"]) == ("On things", ["Lee, Ann", "Roe, Bo"], "Journal of Things")
    assert (row["year"], row["pages"], row["type"]) == (2014, "71-93", "article")


def test_cochrane_calls_the_journal_source():
    (row,) = tables.read("CENTRAL ID,Author(s),Title,Source,Year\nCN-1,\"Lee, A; Roe, B\",On things,Trials,2011\n")
    assert (row["key"], row["venue"], row["authors"]) == ("CN-1", "Trials", ["Lee, A", "Roe, B"])


def test_families_of_two_words_in_pairs_are_seen_by_many_rows():
    cells = ["Roe Lee, Ann, Dam Ek, Bo", "Dam Ek, Bo", "Fox Gil, Cy, Hay Ito, Di, Roe Lee, Ann", "Ito Jay, Eve",
             "Kay Lim, Flo, Roe Lee, Ann", "Lim Moe, Gus"]  # fmt: skip
    found = tables.read("Title,Author(s),Year\n" + "".join(f'T,"{cell}",2020\n' for cell in cells))
    assert found[2]["authors"] == ["Fox Gil, Cy", "Hay Ito, Di", "Roe Lee, Ann"]
    assert found[1]["authors"] == ["Dam Ek, Bo"]


def test_an_and_between_names_is_no_part_of_them():
    (row,) = tables.read('title,authors,year\nT,"Lee, A.\n and Roe, B.\n and Dam, C.\n",2020\n')
    assert row["authors"] == ["Lee, A.", "Roe, B.", "Dam, C."]


def test_a_name_that_is_not_there_is_no_author():
    (row,) = tables.read("Authors,Title,Year\n[No author name available],On things,2020\n")
    assert "authors" not in row


def test_rows_above_the_column_names_are_records_that_say_so():
    one, two = tables.read("On stones,Roe,2001\nTitle,Authors,Year\nOn things,Lee,2002\n")
    assert (one["title"], one["line"], two["title"]) == ("On stones", 1, "On things")
    assert "above the column names" in one["problem"] and "On stones" in one["raw"] and "problem" not in two


def test_words_on_an_export_above_the_column_names_are_no_rows():
    text = '"About the data: exported on Nov 1"\n\nTitle,Authors,Year,DOI\nOn things,Lee,2002,10.1000/x\n'
    assert ["On things"] == [row["title"] for row in tables.read(text)]


def test_a_table_that_ends_with_its_column_names_loses_no_row():
    assert 2 == len(tables.read("On stones,Roe\nOn things,Lee\nTitle,Authors,Year,DOI\n"))


def test_a_row_in_the_line_of_the_column_names_is_told():
    told, row = tables.read("Title,Authors,Year,On stones and what they are made of,Roe,2001\nOn things,Lee,2002\n")
    assert "in the line of the column names" in told["problem"] and "what they are made of" in told["raw"]
    assert row["title"] == "On things"


@pytest.mark.parametrize("row", ["PT\tAU\tTI\tSO\nJ\tLee, A\tOn things\tStones\tmore\n", "Title,Authors\n,Lee,more\n"])
def test_cells_beyond_the_columns_are_told(row):
    (found,) = tables.read(row)
    assert "columns" in found["problem"] and "more" in found["raw"]


def test_a_row_that_breaks_off_before_its_title_is_told():
    (row,) = tables.read("Authors,Title,Year\nof stones\n")
    assert "1 cells, but there are 3 columns" in row["problem"] and row["raw"] == "of stones"


def test_a_workbook_with_a_damaged_part_is_refused_in_words(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["Title", "Authors", "Year"])
    book.active.append(["On things", "Lee", 2001])
    book.save(tmp_path / "a.xlsx")
    data = bytearray((tmp_path / "a.xlsx").read_bytes())
    with zipfile.ZipFile(tmp_path / "a.xlsx") as members:
        start = members.getinfo("xl/worksheets/sheet1.xml").header_offset + 60
    data[start : start + 60] = bytes(60)
    (tmp_path / "a.xlsx").write_bytes(data)
    with pytest.raises(SourceError, match="Save it again"):
        read_records(tmp_path / "a.xlsx")


@pytest.mark.parametrize(("cell", "names"), [
    ("Ann LeeB. Cy Roe IIIDora M. Dam", ["Lee, Ann", "Roe, III, B. Cy", "Dam, Dora M."]),
    ("Ann S. Lee, Jr.Bo M. Roe", ["Lee, Jr., Ann S.", "Roe, Bo M."]),
    ("Ann M. Lee Ph.D.", ["Lee, Ann M."]),
    ("Ann M. Lee Ph.D.Bo Roe M.D.", ["Lee, Ann M.", "Roe, Bo"]),
    ("Ann Lee, MDBo Roe, PhDCy Dam, IIIEl Dot", ["Lee, Ann", "Roe, Bo", "Dam, III, Cy", "Dot, El"]),
    ("Dr. Ann LeeProf. Dr. Bo Roe", ["Lee, Ann", "Roe, Bo"]),
    ("Ivan IvanovIrina Ives", ["Ivanov, Ivan", "Ives, Irina"]),
    ("Ann Lee, Bo Roe", ["Lee, Ann", "Roe, Bo"]),
])
def test_springers_names_with_suffixes_and_titles_are_told_apart(cell, names):
    (row,) = tables.read(f'Item Title,Item DOI,Authors,Publication Year\nT,10.1000/x,"{cell}",2001\n')
    assert names == row["authors"]


def test_pandas_word_for_what_is_missing_is_no_value_but_may_be_a_title():
    (row,) = tables.read("Title,Abstract,Authors,DOI,Remark\nNaN,nan,NaN,nan,nan\n")
    assert ("NaN", None, None, "nan") == (row["title"], row.get("abstract"), row.get("authors"), row["extra"]["Remark"])
    (row,) = tables.read("Title,Abstract\nNA,NA\n")
    assert ("NA", "NA") == (row["title"], row["abstract"])


def test_the_group_author_of_a_book_is_an_author_only_where_nobody_is():
    one, other = tables.read("Authors,Book Group Authors,Article Title,DOI\nLee A,ACM,T,10.1000/x\n,ACM,U,10.1000/y\n")
    assert (["Lee, A"], "ACM", ["ACM"]) == (one["authors"], one["extra"]["Book Group Authors"], other["authors"])


def test_names_of_web_of_sciences_columns_are_divided():
    (row,) = tables.read("PT\tAU\tBA\tGP\tTI\tSO\nB\t\tLee, A; Roe, B\tACM\tT\tS\n")
    assert ["Lee, A", "Roe, B"] == row["authors"]


@pytest.mark.parametrize(("word", "kind"), [
    ("conference proceedings article", "inproceedings"), ("reference entry", "incollection")])
def test_lens_words_for_kinds_are_known(word, kind):
    (row,) = tables.read(f"Lens ID,Title,DOI,Publication Type\n1,T,10.1000/x,{word}\n")
    assert kind == row["type"]
