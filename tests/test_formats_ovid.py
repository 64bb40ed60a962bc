"""Ovid's tagged export, under whatever name."""

import pytest

from review_kit.formats import ovid, read_records

EMBASE = """<1. >
VN  - Ovid Technologies
DB  - Embase
UI  - 620000001
TI  - *Stones in rivers: a review.
SO  - River Letters. 12 (3) (pp 41-49), 2018. Date of Publication: 2018.
AU  - Lee A.B.
AU  - van der Roe C.
IN  - (Lee) Institute of Stones, Rome
      (Roe) Institute of Rivers, Oslo

      (Both) Delta
AB  - Background: stones.
Result(s): TI is no tag here - nor is this.
MH  - *stone
MH  - river
IS  - 1234-5678
DO  - http://dx.doi.org/10.1000/stones.1
PT  - Conference Abstract
YR  - 2018
XL  - https://ovidsp.example.org/x

"""
MEDLINE = """<22. >
VN  - Ovid Technologies
DB  - Ovid MEDLINE(R)
UI  - 20000002
FA  - Dam, Cy
AU  - Dam C [Author; E-mail: c@dam.example]
TI  - Sand. [Review]
JN  - Journal of Sand
VI  - 4
IP  - 2
PG  - 1-9
SO  - J Sand. 4(2):1-9, 2019 Mar.
DO  - 10.1000/sand
YR  - 2019
"""


@pytest.mark.parametrize("name", ["a.txt", "a.cgi", "a.ovd", "a.ris", "a.nbib", "a"])
def test_ovids_records_are_found_by_content(tmp_path, name):
    (tmp_path / name).write_text(EMBASE + MEDLINE)
    records = read_records(tmp_path / name)
    assert "ovid" == records.attrs["format"]
    assert ["10.1000/stones.1", "10.1000/sand"] == records["doi"].tolist()
    assert [2018, 2019] == records["year"].tolist()
    assert records["problem"].isna().all()


def test_tags_of_embase_become_columns():
    (row,) = ovid.read(EMBASE)
    assert ["Lee, A.B.", "van der Roe, C."] == row["authors"]
    assert ("River Letters", "12", "3", "41-49") == tuple(row[part] for part in ("venue", "volume", "number", "pages"))
    assert "Background: stones. Result(s): TI is no tag here - nor is this." == row["abstract"]
    assert (["stone", "river"], "inproceedings", 1) == (row["keywords"], row["type"], row["line"])
    assert {"embase": "620000001", "issn": "1234-5678"} == row["other_ids"]
    assert row["extra"]["IN"].endswith("Oslo (Both) Delta") and "url" not in row


def test_tags_of_medline_become_columns():
    (row,) = ovid.read(MEDLINE)
    assert ("Sand.", ["Dam, Cy"], "20000002") == (row["title"], row["authors"], row["pmid"])
    assert ("Journal of Sand", "4", "2", "1-9") == tuple(row[part] for part in ("venue", "volume", "number", "pages"))


@pytest.mark.parametrize(("source", "parts"), [
    ("J. Sand Res. 201(2-3):327-334, November 15, 2004.", ("J. Sand Res", "201", "2-3", "327-334")),
    ("Sand. Conference: 2nd Meeting. Oslo. 12 (Supplement 3) (no pagination), 2018.",
     ("Sand", "12", "Supplement 3", None)),
    ("Proceedings of Sand. 2005; 9pp..", ("Proceedings of Sand", None, None, None)),
])
def test_the_source_line_is_taken_apart(source, parts):
    (row,) = ovid.read(f"<1. >\nVN  - Ovid Technologies\nTI  - T\nSO  - {source}\n")
    assert parts == tuple(row.get(part) for part in ("venue", "volume", "number", "pages"))


@pytest.mark.parametrize("change", [
    lambda text: text.replace("<1. >\n", "").replace("<22. >\n", ""),
    lambda text: text.replace("VN  - Ovid Technologies\n", ""),
    lambda text: text.replace("\n\n<22", "\n<22"),
    lambda text: "\n".join("  " + line for line in text.split("\n")),
])
def test_records_are_told_apart_by_number_or_tag(change):
    text = change(EMBASE + MEDLINE)
    assert ovid.matches(text, "a.txt")
    assert [2018, 2019] == [row["year"] for row in ovid.read(text)]


def test_text_above_the_first_tag_is_told():
    (row,) = ovid.read(EMBASE.replace("VN  -", "lost words\nVN  -"))
    assert "lost words" in row["problem"] and "lost words" in row["raw"]


@pytest.mark.parametrize("name", ["ris", "medline"])
def test_another_format_that_is_asked_for_fuses_nothing(tmp_path, name):
    (tmp_path / "a.txt").write_text(EMBASE + MEDLINE)
    records = read_records(tmp_path / "a.txt", format=name)
    assert [1, 1] == [sum(word in title for title in records["title"]) for word in ("Stones", "Sand")]
    assert ["10.1000/stones.1", "10.1000/sand"] == records["doi"].tolist()


def test_untyped_ris_is_divided_at_blank_lines(tmp_path):
    text = "AU  - Lee, Ann\nTI  - One\n\nAB  - Words.\n\nmore\n\nAU  - Roe, Bo\nAU  - Dam, Cy\nTI  - Two\n"
    (tmp_path / "a.ris").write_text(text)
    records = read_records(tmp_path / "a.ris")
    assert [["Lee, Ann"], ["Roe, Bo", "Dam, Cy"]] == records["authors"].tolist()
