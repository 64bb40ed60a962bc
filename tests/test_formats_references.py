"""MEDLINE, CSL-JSON and EndNote XML."""

import json
import re
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_kit.formats import csl_json, endnote_xml, medline, read_records
from review_kit.formats.dates import read_date

MEDLINE = """
PMID- {0}
OWN - NLM
DP  - 2021 Nov 29
TI  - A title that goes
      on.
PG  - 1-9
LID - 10.1000/{0} [doi]
AB  - An abstract.
FAU - Lee, Ann
AU  - Lee A
CN  - The Things Study Group
PT  - Journal Article
PT  - Review
JT  - Journal of things
OT  - one
MH  - History, 20th Century
PMC - PMC{0}
GR  - 1/Trust
"""


def test_medline_tags_become_columns():
    (row,) = medline.read(MEDLINE.format(12345678))
    assert (row["title"], row["pmid"], row["doi"]) == ("A title that goes on.", "12345678", "10.1000/12345678")
    assert row["authors"] == ["Lee, Ann", "The Things Study Group"]
    assert (row["year"], row["month"], row["day"]) == (2021, 11, 29)
    assert row["keywords"] == ["one", "History, 20th Century"]
    assert (row["type"], row["venue"], row["line"]) == ("article", "Journal of things", 2)
    assert row["other_ids"] == {"pmcid": "PMC12345678"}
    assert row["extra"]["GR"] == "1/Trust"


def test_medline_records_are_told_apart_with_and_without_blank_lines():
    text = MEDLINE.format(1) + MEDLINE.format(2).lstrip() + MEDLINE.format(3)
    assert [row["pmid"] for row in medline.read(text)] == ["1", "2", "3"]


def test_a_blank_line_inside_a_medline_record_tears_nothing():
    (row,) = medline.read(MEDLINE.format(7).replace("AB  -", "\nAB  -"))
    assert row["abstract"] == "An abstract."


def test_eric_writes_medline_without_pmids():
    text = "OWN - ERIC\nTI  - One\nAU  - Lee, Ann\nOID - EJ12\nDP  - 2000\n\nOWN - ERIC\nTI  - Two\nAU  - Roe, Bo\n"
    assert medline.matches(text, "eric.nbib")
    assert [row["title"] for row in medline.read(text)] == ["One", "Two"]
    assert medline.read(text)[0]["other_ids"] == {"eric": "EJ12"}


def test_a_pmid_that_is_no_number_is_told():
    (row,) = medline.read("PMID- x\nTI  - T\n")
    assert "'x' is not a number" in row["problem"]


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_every_medline_marker_gives_a_row(data):
    lines = "".join(MEDLINE.format(i) for i in range(1, 6)).split("\n")
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(lines) - 2))
        match data.draw(st.sampled_from(["drop", "blank", "twice", "cut"])):
            case "drop":
                lines.pop(at)
            case "blank":
                lines.insert(at, "")
            case "twice":
                lines.insert(at, lines[at])
            case "cut":
                lines[at] = lines[at][:6]
    text = "\n".join(lines)
    assert len(medline.read(text)) >= len(re.findall(r"^PMID-", text, re.M))


ITEM = {
    "id": "lee2020",
    "type": "paper-conference",
    "title": "The <i>Huaynaputina</i> &amp; H<sub>2</sub>O",
    "author": [
        {"family": "Berg", "given": "Jan", "non-dropping-particle": "van den"},
        {"family": "King", "given": "Martin", "suffix": "Jr."},
        {"literal": "Research Group, Inc."},
    ],
    "issued": {"date-parts": [["2020", 3, 4]]},
    "container-title": "Proc",
    "DOI": "10.1000/X",
    "URL": "https://github.com/a/b",
    "page": "1–9",
    "custom": {"a": 1},
    "keyword": "one, two",
}


def test_csl_fields_become_columns():
    (row,) = csl_json.read(json.dumps([ITEM]))
    assert row["title"] == "The Huaynaputina & H2O" and row["title_raw"] == ITEM["title"]
    assert row["authors"] == ["van den Berg, Jan", "King, Jr., Martin", "Research Group Inc."]
    assert (row["year"], row["month"], row["day"], row["type"], row["key"]) == (2020, 3, 4, "inproceedings", "lee2020")
    assert (row["doi"], row["code_url"], row["pages"]) == ("10.1000/x", "https://github.com/a/b", "1-9")
    assert row["extra"]["custom"] == '{"a": 1}'


@pytest.mark.parametrize(
    "wrap",
    [
        lambda items: json.dumps(items),
        lambda items: json.dumps({"items": items}),
        lambda items: json.dumps({"references": items}, indent=2),
        lambda items: "\n".join(json.dumps(item) for item in items),
        lambda items: json.dumps({item["id"]: item for item in items}),
        lambda items: json.dumps([{"status": "ok", "message": item} for item in items]),
        lambda items: json.dumps(items)[:-1],
        lambda items: json.dumps(items) + " trailing",
    ],
)
def test_csl_items_are_found_in_any_wrapping(wrap):
    text = wrap([ITEM, {**ITEM, "id": "b", "title": "B"}])
    assert csl_json.matches(text, "x.json")
    assert [row["key"] for row in csl_json.read(text)[:2]] == ["lee2020", "b"]


def test_a_broken_csl_item_costs_only_itself():
    items = [json.dumps({**ITEM, "id": f"k{i}"}) for i in range(3)]
    items[1] = items[1].replace('"type":', '"type')
    rows = csl_json.read("[\n" + ",\n".join(items) + "\n]")
    assert [row.get("key") for row in rows] == ["k0", "k1", "k2"]
    assert "no item of CSL-JSON" in rows[1]["problem"] and "k1" in rows[1]["raw"]


@pytest.mark.parametrize("indent", [None, 1])
def test_an_item_whose_beginning_is_lost_is_told(indent):
    whole = json.dumps([{**ITEM, "id": f"k{i}"} for i in range(3)], indent=indent)
    rows = csl_json.read(whole[whole.index('"family"') :])
    assert [row.get("key") for row in rows] == [None, "k1", "k2"]
    assert rows[0]["problem"] and rows[0]["line"] == 1 and "10.1000/X" in rows[0]["raw"]


def test_answers_of_crossref_and_openalex_are_lists_of_items():
    (one, two) = csl_json.read(
        '{"status": "ok", "message": {"total": 2, "items": [{"DOI": "10.1000/1", "title": ["On things"], "type": '
        '"journal-article", "author": [{"given": "Ann", "family": "Lee"}], "issued": {"date-parts": [[2020]]}},\n'
        '{"DOI": "10.1000/2", "title": ["On more"], "type": "book"}]}}'
    )
    assert (one["title"], one["authors"], one["year"], one["doi"]) == ("On things", ["Lee, Ann"], 2020, "10.1000/1")
    assert (two["title"], two["line"], two["type"]) == ("On more", 2, "book")
    (work,) = csl_json.read(
        '{"meta": {"count": 1}, "results": [{"id": "https://openalex.org/W1", "doi": "https://doi.org/10.1000/1", '
        '"title": "On things", "publication_year": 2020, "type": "article", '
        '"authorships": [{"author": {"display_name": "Ann Lee"}}, {"author": null}]}]}'
    )
    assert (work["title"], work["authors"], work["year"], work["doi"]) == ("On things", ["Lee, Ann"], 2020, "10.1000/1")


def test_json_that_describes_no_paper_says_so():
    (row,) = csl_json.read('{"type": "settings", "id": 5, "URL": 7, "note": {"a": 1}}')
    assert row["problem"] and "settings" in row["raw"]


@pytest.mark.parametrize(
    ("issued", "year"),
    [
        ({"raw": "2011-05"}, 2011),
        ({"literal": "in press"}, None),
        ({"year": 2018}, 2018),
        ([{"year": "2018", "month": "12"}], 2018),
        ("2014", 2014),
        ({"date-parts": [[-333]]}, None),
        ({"date-parts": [["2019"], [2020]]}, 2019),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        (None, None),
    ],
)
def test_csl_dates_of_every_form(issued, year):
    (row,) = csl_json.read(json.dumps([{**ITEM, "issued": issued}]))
    assert row.get("year") == year


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        '{"type":' * 5_000,
        '[{"type": "book", "title": ' + "[" * 3000 + "]" * 3000 + "}]",
        '[1, "a", null, {"type": "book", "author": 5, "title": ["x", "y"], "issued": 7}]',
        "[{}]",
    ],
)
def test_strange_json_ends_in_rows(text):
    assert all(isinstance(row, dict) for row in csl_json.read(text))


XML = """<?xml version="1.0"?><xml><records>
<record><rec-number>{0}</rec-number><ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style>Lee, Ann</style></author><author>Roe, Bo</author></authors></contributors>
<titles><title><style face="normal">On <style face="italic">things</style> &amp; more {0}</style></title>
<secondary-title>Journal</secondary-title></titles><dates><year>2020</year></dates><pages>1-9</pages>
<keywords><keyword>one</keyword><keyword>two, three</keyword></keywords>
<electronic-resource-num>10.1000/{0}</electronic-resource-num><custom1>kept</custom1></record>
</records></xml>"""


def test_endnote_elements_become_columns():
    (row,) = endnote_xml.read(XML.format(5))
    assert (row["title"], row["authors"]) == ("On things & more 5", ["Lee, Ann", "Roe, Bo"])
    assert (row["year"], row["venue"], row["doi"], row["key"]) == (2020, "Journal", "10.1000/5", "5")
    assert (row["type"], row["line"], row["keywords"]) == ("article", 2, ["one", "two, three"])
    assert row["extra"] == {"custom1": "kept", "ref-type": "Journal Article"}


def test_a_damaged_xml_record_costs_only_itself():
    one = XML.format(1)
    text = (
        one
        + one.replace("</authors>", "").replace("more 1", "more 2")
        + one.replace("&amp;", "&")
        + one.replace("</record>", "")
    )
    found = endnote_xml.read(text)
    assert [row["title"] for row in found] == [
        "On things & more 1",
        "On things & more 2",
        "On things & more 1",
        "On things & more 1",
    ]
    assert "not well-formed" in found[1]["problem"] and "<record>" in found[1]["raw"]
    assert "'&'" in found[2]["problem"]


def test_xml_bombs_stay_small():
    entities = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(12))
    bomb = f"<!DOCTYPE x [{entities}]>" + XML.format(1).replace("more 1", "&a11;")
    begin = time.perf_counter()
    (row,) = endnote_xml.read(bomb)
    assert len(row["title"]) < 100 and "&a11;" in row["title"]
    (row,) = endnote_xml.read(
        '<record><titles><!DOCTYPE x SYSTEM "file:///etc/passwd"><title>T</title></titles></record>'
    )
    assert row["problem"]
    assert endnote_xml.read("<record>" + "<titles>" * 200_000 + "</record>")
    assert endnote_xml.read("<record>" * 20_000)
    assert time.perf_counter() - begin < 10


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("2021-03-04", (2021, 3, 4)),
        ("2019//", (2019, None, None)),
        ("DEC 16 2020", (2020, 12, 16)),
        ("4-8 Aug. 2020", (2020, 8, None)),
        ("22-JUN-2010", (2010, 6, 22)),
        ("2021a", (2021, None, None)),
        ("1998/1999", (1998, None, None)),
        ("13/5/2020", (2020, 5, 13)),
        ("4/5/2020", (2020, None, None)),
        ("20170812", (2017, 8, 12)),
        ("in press", (None, None, None)),
    ],
)
def test_dates_are_read_as_far_as_they_are_there(text, date):
    found = read_date(text)
    assert (found.get("year"), found.get("month"), found.get("day")) == date


def test_what_is_whole_in_a_broken_csl_item_is_saved():
    first, last = csl_json.read('[\n {"title": "One", "DOI": "10.1/1"},\n {"title": "Two", "author": [{"family": "Le')
    assert (first["title"], last["title"], last["line"]) == ("One", "Two", 3)
    assert "no item of CSL-JSON" in last["problem"] and '"Le' in last["raw"]


@pytest.mark.parametrize("indent", [None, 1, 2])
@pytest.mark.parametrize("at", range(5, 95, 10))
def test_a_csl_file_that_is_cut_off_tells_its_last_item(indent, at):
    text = json.dumps([{**ITEM, "id": f"k{i}"} for i in range(3)], indent=indent)
    cut = text[: len(text) * at // 100]
    found = csl_json.read(cut)
    assert len(found) == cut.count('"id"') and found[-1]["problem"]


def test_half_a_character_in_csl_is_told():
    text = '[{"title": "On \\ud83d\\ude00"},\n{"title": "On \\ud83d stones", "note": "\\\\ud83d"}]'
    whole, half = csl_json.read(text)
    assert (whole["title"], whole.get("problem")) == ("On \U0001f600", None)
    assert (half["title"], half["extra"]["note"]) == ("On \ufffd stones", "\\ud83d")
    assert "1 control or broken characters" in half["problem"]


def test_two_csl_items_run_together_are_told():
    (row,) = csl_json.read('[{"title": "One", "type": "book", "title": "Two"}]')
    assert (row["title"], "Two" in row["raw"]) == ("One", True)
    assert "title" in row["problem"]


@pytest.mark.parametrize(
    "text",
    [
        '[\n  {\n   "title": "One", "note": [\n  {\n   "title": "Two"\n  }\n  ]},\n  {\n   "title": "Three"\n  }\n]',
        '[\n{"title": "One", "note": "a\n{"title": "Two"},\n{"title": "Three"}\n]',
        '[\n  {\n  {\n    "title": "Two"\n  },\n  {\n    "title": "Three"\n  }\n]',
    ],
)
def test_csl_items_in_an_item_that_does_not_end_have_their_rows(text):
    first, *others = [row for row in csl_json.read(text) if "{" in row.get("raw", "{")]
    assert [row["title"] for row in others] == ["Two", "Three"] and first["problem"]


def test_text_behind_csl_items_is_told():
    one, rest = csl_json.read('[{"type": "book", "title": "One"}], "title": "Two"')
    assert (one["title"], "Two" in rest["raw"], bool(rest["problem"])) == ("One", True, True)


def test_a_number_with_a_sign_behind_it_is_no_year():
    (row,) = csl_json.read('[{"title": "One", "issued": {"date-parts": [["2011-", "²"]]}}]')
    assert row.get("year") is None and "2011-" in row["extra"]["issued"]


def test_a_medline_line_that_lost_its_tag_is_told_and_kept():
    (row,) = medline.read("PMID- 1\nTI  - On things\nand stones\nDP  - 2001\n")
    assert row["title"] == "On things and stones"
    assert "belongs to no tag: 'and stones'" in row["problem"] and "stones" in row["raw"]


def test_medline_text_above_the_first_tag_belongs_to_it():
    (row,) = medline.read("      stones and more\nTI  - On things\nPMID- 1\n")
    assert (row["line"], "stones" in row["problem"]) == (1, True)


@pytest.mark.parametrize("margin", ["  ", "        ", "\xa0"])
def test_medline_with_a_margin_is_read(margin):
    text = "".join(f"{margin}{line}\n" for line in "PMID- 1\nTI  - On things\n      and stones\nDP  - 2001".split("\n"))
    assert medline.matches(text, "a.txt")
    assert [row["title"] for row in medline.read(text)] == ["On things and stones"]


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        (XML.format(1).replace("</records>", "<title>Stones</title></records>"), "Stones"),
        (XML.format(1).replace("<record>", "<recrd>") + XML.format(2)[21:], "things"),
        ("Stones</title></record>" + XML.format(1)[21:], "Stones"),
    ],
)
def test_text_between_xml_records_is_a_row(text, lost):
    *_, told = sorted(endnote_xml.read(text), key=lambda row: row.get("problem") or "")
    assert "text stands in no record" in told["problem"] and lost in told["raw"]


def test_text_between_the_elements_of_an_xml_record_is_told():
    (row,) = endnote_xml.read(XML.format(1).replace("<secondary-title>", "Stones <secondary-title>"))
    assert (row["venue"], "Stones" in row["problem"], "Stones" in row["raw"]) == ("Journal", True, True)


def test_a_title_that_stands_elsewhere_in_an_xml_record_is_taken_and_told():
    (row,) = endnote_xml.read("<xml><record><year>2001</year><title>Stones</title></record></xml>")
    assert row["title"] == "Stones" and "stands where none belongs" in row["problem"]


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (csl_json.read, json.dumps([ITEM, ITEM])[:-1]),
        (csl_json.read, json.dumps([ITEM, ITEM])[:-1] + ",\n"),
        (endnote_xml.read, XML.format(1).replace("</records></xml>", "")),
    ],
)
def test_a_file_cut_off_between_its_records_says_so_at_the_last(read, text):
    *others, last = read(text)
    assert "may be cut off" in last["problem"] and not any("problem" in row for row in others)


def test_of_two_broken_csl_items_in_one_text_nothing_is_mixed():
    (row,) = csl_json.read('[{"title": "One", "author": [, "title": "Two", "DOI": "10.1000/2"')
    assert not {"title", "doi"} & set(row) and "Two" in row["raw"]


@pytest.mark.parametrize("indent", [None, 0, 1, 2, "\t"])
@pytest.mark.parametrize(
    ("answer", "titles"),
    [
        ({"status": "ok", "message": {"title": ["One"], "reference": [{"key": "1"}, {"title": "x"}]}}, ["One"]),
        ([{"PMID": str(n), "title": f"On {n}", "custom": [{"note": "x"}]} for n in range(2)], ["On 0", "On 1"]),
        ({"items": [{"PMID": "1", "title": "One", "relation": [{"id": "x"}, {"title": "y"}]}]}, ["One"]),
        ({"a": {"type": "book", "title": "One", "reviewed": [{"title": "x"}, {"id": "y"}]}}, ["One"]),
    ],
)
def test_sound_json_is_not_taken_apart(indent, answer, titles):
    text = json.dumps(answer, indent=indent)
    for written in (text, text.replace("On", "O\n{")):
        rows = csl_json.read(written)
        assert len(titles) == len(rows) and not any("problem" in row for row in rows)
    assert titles == [row["title"] for row in csl_json.read(text)]


@pytest.mark.parametrize(
    ("parts", "year"),
    [(["9" * 5000], None), (["20200101"], None), (["2011-", 5], None), ([2020, None, 4], 2020), ([-44, 3], None)],
)
def test_numbers_that_are_no_dates_are_kept(tmp_path, parts, year):
    path = tmp_path / "a.json"
    path.write_text(json.dumps([{"title": "One", "type": "book", "issued": {"date-parts": [parts]}}]))
    (row,) = csl_json.read(path.read_text())
    assert (row.get("year"), row.get("day"), "issued" in row["extra"]) == (year, None, year is None)
    assert ["One"] == read_records(path)["title"].tolist()


@pytest.mark.parametrize("field", ["volume", "issued", "publication_year", "PMID"])
@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000, "9" * 4000, "1e308", "1e999", "NaN"])
def test_no_number_ends_the_reading_of_a_file(tmp_path, field, number):
    path = tmp_path / "a.json"
    path.write_text(f'[{{"title": "One", "type": "book", "{field}": {number}}},\n{{"title": "Two", "type": "book"}}]')
    records = read_records(path)
    assert ["One", "Two"] == records["title"].tolist()
    assert len(number) < 4500 or "no item of CSL-JSON; mend" in records["problem"][0]


def test_half_a_character_behind_a_backslash_is_told():
    (row,) = csl_json.read(r'[{"title": "On \\uDBff\ude00 stones"}]')
    assert row["title"] == "On \\uDBff\ufffd stones" and "1 control or broken" in row["problem"]


@pytest.mark.parametrize(
    "text",
    [
        '[{"title": "\\ud8' + "\\" * 200_000 + '"}]',
        '[{"title": "' + "\\ud800" * 100_000 + '"}]',
        "[{" + ", ".join(f'"k{n}": 1, "k{n}": 2' for n in range(20_000)) + "}]",
        "[" + '{"title":"a",' * 80_000,
        "[" + '{"title":"a","note":' * 50_000,
        "[\n" + '{"title":"a",\n' * 80_000,
    ],
    ids=["backslashes", "halves", "doubled", "begun", "nested", "lines"],
)
def test_much_of_what_is_amiss_in_json_takes_no_time(text):
    start = time.process_time()
    assert csl_json.read(text)
    assert time.process_time() - start < 6


@pytest.mark.parametrize("indent", [None, 1])
def test_sound_answers_one_behind_the_other_are_not_taken_apart(indent):
    works = [{"message": {"title": [name], "reference": [{"key": "1"}, {"title": "x"}]}} for name in "AB"]
    rows = csl_json.read("\n".join(json.dumps(work, indent=indent) for work in works) + "\n")
    assert ["A", "B"] == [row["title"] for row in rows] and not any("problem" in row for row in rows)


def test_of_lists_in_answers_one_behind_the_other_no_item_vanishes():
    rows = csl_json.read("".join(f'{{"items": [{{"title": "Paper {n}"}}], "total": 5}}\n' for n in range(3)))
    assert rows[0]["title"] == "Paper 0" and all("problem" in row for row in rows[1:])
    assert all(any(f"Paper {n}" in row["raw"] for row in rows[1:]) for n in (1, 2)) and len(rows) == 4


@pytest.mark.parametrize(("early", "date"), [
    ("20260819", (2026, 7, None)),  # of another month: the day of one is no day of the other
    ("20260722", (2026, 7, 22)),
])
def test_month_and_day_of_two_dates_are_not_mixed(early, date):
    (row,) = medline.read(f"PMID- 1\nTI  - T\nDP  - 2026 Jul\nDEP - {early}\n")
    assert date == (row["year"], row["month"], row.get("day"))
    assert ("DEP" in row["extra"]) == (date[2] is None)


def test_medline_may_have_tags_of_ris():
    (row,) = medline.read("PMID- 1\nTI  - T\nJO  - Stones\nVL  - 3\nYR  - 2001\nDO  - 10.1000/x\n")
    assert ("Stones", "3", 2001, "10.1000/x") == tuple(row[part] for part in ("venue", "volume", "year", "doi"))


def test_medline_text_carried_on_behind_a_blank_line_ends_no_record():
    (row,) = medline.read("OWN - ERIC\nTI  - One\nAB  - Words.\n\n      More.\nAU  - Lee, Ann\nDP  - 2000\n")
    assert ("Words. More.", ["Lee, Ann"]) == (row["abstract"], row["authors"])


@pytest.mark.parametrize(("year", "told"), [(12, True), (868, False), (2012, False)])
def test_a_csl_year_of_two_digits_is_told(year, told):
    (row,) = csl_json.read(json.dumps([{"type": "book", "title": "T", "issued": {"date-parts": [[year, 4, 9]]}}]))
    assert (year, told) == (row["year"], f"the year {year}" in row.get("problem", ""))
