"""Files of references damaged on their way: every record is a record or a problem with its line, soon and quietly."""

import os
import random
import re
import subprocess
import sys
import time

import pytest

from review_kit.formats import read_records
from review_kit.problems import find_source_problems

WHOLE = {
    "a.bib": "".join(f"@article{{k{n},\n  title = {{On things {n}}},\n  author = {{Lee, Ánn and Roe, Bo}},\n"
                     f"  year = {{20{n:02}}}\n}}\n\n" for n in range(6)),
    "a.ris": "".join(f"TY  - JOUR\nTI  - On things {n}\nAU  - Lee, Ánn\nPY  - 20{n:02}\nER  - \n\n" for n in range(6)),
    "a.ciw": "FN Clarivate\nVR 1.0\n" + "".join(
        f"PT J\nAU Lee, Ánn\n   Roe, Bo\nTI On things {n}\nPY 20{n:02}\nUT WOS:00{n}\nER\n\n" for n in range(6)),
    "a.nbib": "".join(
        f"\nPMID- 12{n}\nOWN - NLM\nTI  - On things {n}\nFAU - Lee, Ánn\nDP  - 20{n:02} Mar\n" for n in range(6)),
    "a.cgi": "".join(
        f"<{n}. >\nVN  - Ovid Technologies\nUI  - 62{n}\nTI  - On things {n}\nAU  - Lee, Ánn\nYR  - 20{n:02}\n\n"
        for n in range(6)),
    "a.enw": "".join(f"%0 Journal Article\n%A Lee, Ánn\n%T On things {n}\n%D 20{n:02}\n\n" for n in range(6)),
    "endnote.xml": "<xml><records>\n" + "".join(
        f"<record><rec-number>{n}</rec-number><titles><title>On things {n}</title></titles>\n"
        f"<contributors><authors><author>Lee, Ánn</author></authors></contributors></record>\n" for n in range(6))
        + "</records></xml>",
    "pubmed.xml": "<PubmedArticleSet>\n" + "".join(
        f"<PubmedArticle><MedlineCitation><PMID>12{n}</PMID><Article>\n<ArticleTitle>On things {n}</ArticleTitle>"
        "</Article></MedlineCitation></PubmedArticle>\n" for n in range(6)) + "</PubmedArticleSet>",
    "a.json": "[\n" + ",\n".join(
        f'  {{\n    "abstract": "Ánn {n}",\n    "author": [\n      {{\n        "family": "Lee"\n      }}\n    ],\n'
        f'    "title": "On things {n}",\n    "type": "book"\n  }}' for n in range(6)) + "\n]\n",
    "a.csv": "Title,Authors,Year\n" + "".join(f'"On things {n}","Lee, Ánn; Roe, Bo",20{n:02}\n' for n in range(6)),
}
# What begins a record where its format has a sign for that.
SIGNS = {"a.bib": "^@article", "a.ris": "^TY  -", "a.ciw": "^PT ", "a.nbib": "^PMID-", "a.cgi": "^<\\d", "a.enw": "^%0",
         "endnote.xml": "<record>", "pubmed.xml": "<PubmedArticle>", "a.json": "^  {$"}
TITLES = [f"On things {n}" for n in range(6)]


def read(tmp_path, name, data):
    path = tmp_path / name
    path.write_bytes(data)
    return read_records(path)


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("end", ["\r", "\r\n", "\r\r\n"])
def test_line_ends_do_not_matter(tmp_path, name, end):
    records = read(tmp_path, name, WHOLE[name].replace("\n", end).encode())
    plain = read(tmp_path, name, WHOLE[name].encode())
    assert TITLES == records["title"].tolist()
    assert plain["line"].tolist() == records["line"].tolist()
    assert records["problem"].isna().all()


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32-le", "cp1252"])
def test_encodings_do_not_matter(tmp_path, name, encoding):
    assert TITLES == read(tmp_path, name, WHOLE[name].encode(encoding))["title"].tolist()


@pytest.mark.parametrize("name", WHOLE)
def test_files_put_together_give_the_records_of_both(tmp_path, name):
    once = WHOLE[name].encode("utf-8-sig")
    assert TITLES * 2 == read(tmp_path, name, once + b"\n" + once)["title"].tolist()


@pytest.mark.parametrize("name", SIGNS)
@pytest.mark.parametrize("seed", range(8))
def test_every_sign_of_a_record_is_a_record_or_a_problem(tmp_path, name, seed):
    dice = random.Random(seed)
    text = WHOLE[name]
    at = dice.randrange(len(text) // 3, len(text))
    damaged = (text[:at], text[:at] + text[at + 30:], text[:at] + "\0" * 9 + text[at:],
               re.sub(r"(?m)^(?:ER.*|EF|}|])$|</record>|</PubmedArticle>", "", text))[seed % 4]
    records = read(tmp_path, name, damaged.encode())
    assert len(records) >= len(re.findall(SIGNS[name], damaged, re.M))
    assert records["line"].notna().all()
    assert (records["title"].notna() | records["problem"].notna()).all()


@pytest.mark.parametrize("name", [name for name in SIGNS if name != "a.bib"])
def test_a_file_without_its_head_costs_the_first_record_only(tmp_path, name):
    text = WHOLE[name]
    second = [found.start() for found in re.finditer(SIGNS[name], text, re.M)][1]
    assert TITLES[1:] == [title for title in read(tmp_path, name, text[second - 40:].encode())["title"].dropna()
                          if title != TITLES[0]]


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("piece", ["x", '{"<@(', "\0", "      x\n"])
def test_three_megabytes_in_the_middle_take_no_time(tmp_path, name, piece):
    text = WHOLE[name]
    much = piece * (3_000_000 // len(piece))
    begin = time.process_time()
    records = read(tmp_path, name, (text[:len(text) // 2] + much + text[len(text) // 2:]).encode())
    assert time.process_time() - begin < 3
    assert TITLES[0] == records["title"].tolist()[0]


@pytest.mark.parametrize("piece", ["[", "![", "[^", "\\[", "[a](", "|a", "a*", "**", "(", "\n"])
def test_a_megabyte_of_signs_in_a_list_takes_no_time_and_is_told(tmp_path, piece):
    paper = "- **[Alpha: Learning of Things](https://arxiv.org/abs/2504.10001)** 2025\n"
    data = f"# Papers\n\n{paper}- {piece * (1_000_000 // len(piece))}\n\n{paper.replace('Alpha', 'Beta')}"
    start = time.process_time()
    records = read(tmp_path, "a.md", data.encode())
    find_source_problems(tmp_path / "a.md", records=records)
    assert time.process_time() - start < 30
    assert ["Alpha: Learning of Things", "Beta: Learning of Things"] == list(records["title"].dropna())
    told = records[records["title"].isna()]
    assert piece in ("**", "\n") or [4] == list(told["line"])
    assert told["problem"].str.contains("the limit is 100,000").all()


@pytest.mark.parametrize(("name", "text"), [
    ("a.md", "# L\n\n- [Al\0pha: Learning](https://arxiv.org/abs/2504.10001) 2025\n"),
    ("a.html", "<html><body><ul>\n\n"
     "<li><a href='https://arxiv.org/abs/2504.10001'>Al\0pha: Learning</a> 2025</li></ul>"),
])
def test_control_characters_in_a_list_are_told(tmp_path, name, text):
    records = read(tmp_path, name, text.encode())
    assert ["1 control or broken characters were taken out (first in line 3)"] == list(records["problem"])
    assert ["Al pha: Learning"] == list(records["title"])


def test_brackets_that_close_nowhere_leave_the_others_alone(tmp_path):
    paper = "[Alpha: Learning of Things](https://arxiv.org/abs/2504.10001)"
    records = read(tmp_path, "a.md", f"# Papers\n\n- {paper} 2025 {'[' * 200} \\[a\\]\n".encode())
    assert ["2504.10001"] == list(records["arxiv_id"])


@pytest.mark.parametrize("name", WHOLE)
def test_a_web_page_under_the_name_of_a_list_says_so(tmp_path, name):
    page = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><p>Log in</p></body></html>"
    (row,) = read(tmp_path, name, page).to_dict("records")
    assert "'Sign in'" in row["problem"] and row["line"] == 1


# Some lines in another order, lost, twice, cut off or run together; signs lost or put in.
def shuffled(dice, lines):
    return dice.sample(lines, len(lines))


def with_lines_lost(dice, lines):
    return [line for line in lines if dice.random() < 0.8]


def with_lines_twice(dice, lines):
    at, to = dice.randrange(len(lines)), dice.randrange(len(lines))
    return [*lines[:to], *lines[at:at + 5], *lines[to:]]


def cut_off(dice, lines):
    return lines[: dice.randrange(len(lines) // 2, len(lines))]


def with_signs_lost(dice, lines):
    return [re.sub(r"[{}\"<>,\]\[]", lambda sign: sign[0] if dice.random() < 0.9 else "", line) for line in lines]


def with_signs_put_in(dice, lines):
    at = dice.randrange(len(lines))
    return [*lines[:at], lines[at] + dice.choice('{}"<>,][@% '), *lines[at + 1:]]


def run_together(dice, lines):
    at = dice.randrange(1, len(lines))
    return [*lines[:at - 1], lines[at - 1] + lines[at], *lines[at + 1:]]


DAMAGES = [shuffled, with_lines_lost, with_lines_twice, cut_off, with_signs_lost, with_signs_put_in, run_together]
STONES = ["granite", "marble", "basalt", "gneiss", "slate", "travertine"]


def shown(records):
    """All that the table shows."""
    return " ".join(str(value) for column in records.columns for value in records[column])


@pytest.mark.parametrize("name", WHOLE)
@pytest.mark.parametrize("damage", DAMAGES)
def test_no_record_and_no_title_vanishes_from_a_damaged_file(tmp_path, name, damage):
    text = re.sub(r"On things (\d)", lambda found: f"On {STONES[int(found[1])]} things", WHOLE[name])
    for seed in range(12):
        damaged = "\n".join(damage(random.Random(seed), text.split("\n")))
        records = read(tmp_path, name, damaged.encode())
        assert len(records) >= len(re.findall(SIGNS.get(name, r'^"On .*\d$'), damaged, re.M)), damaged
        lost = [stone for stone in STONES if re.search(rf"\b{stone}\b", damaged) and stone not in shown(records)]
        assert [] == lost, damaged


_PUBMED = "<PubmedArticle><MedlineCitation><PMID>{n}</PMID><Article><ArticleTitle>{title}</ArticleTitle></Article>" \
    "</MedlineCitation></PubmedArticle>\n"
# Files with nothing wrong, whose features look like damage: how many records each has.
INTACT = {
    "escaped_twice.xml": (1, "<PubmedArticleSet>\n" + _PUBMED.format(n=1, title="Mills, p &amp;lt; .05 &amp;amp; so on")
                          + "</PubmedArticleSet>\n"),
    "comments.xml": (2, "<!-- made <by> us -->\n<PubmedArticleSet>\n" + _PUBMED.format(n=1, title="On mills")
                     + "<!-- a > b -->\n" + _PUBMED.format(n=2, title="On ponds") + "</PubmedArticleSet>\n"),
    "seams.ciw": (2, "FN Clarivate\nVR 1.0\nPT J\nTI On mills\nPY 2001\nER\n\nEF\ufeffFN Clarivate\nVR 1.0\nPT J\n"
                     "TI On ponds\nPY 2002\nER\n\nEF"),
    "end.ris": (1, "TY  - JOUR\nTI  - On mills\nPY  - 2001\nER  - \n\nEF\n"),
    "head.csv": (2, "Search,Database,Hits\nmills,Scopus,12\nponds,WoS,3\n\nTitle,Authors,Year,DOI\n"
                    "On mills,\"Roe, A.\",2001,10.1/a\nOn ponds,\"Roe, A.\",2002,10.1/b\n"),
    "questions.csv": (2, "Title,Authors,Year,Included,Reason for the decision of the second reviewer,"
                         "What was the main outcome of the study\n"
                         "On mills,\"Roe, A.\",2001,yes\nOn ponds,\"Roe, A.\",2002,no\n"),
}


@pytest.mark.parametrize("name", INTACT)
def test_what_only_looks_like_damage_gives_no_problem(tmp_path, name):
    count, text = INTACT[name]
    records = read(tmp_path, name, text.encode())
    assert count == len(records)
    assert [] == list(records["problem"].dropna())


def test_what_stands_behind_a_blank_line_goes_on_with_no_value(tmp_path):
    records = read(tmp_path, "a.nbib", b"PMID- 1\nTI  - On mills\nAU  - Roe A\n\n</pre>\n")
    assert [["Roe, A"]] == [[*names] for names in records["authors"]]
    assert "</pre>" in records.loc[0, "problem"]


@pytest.mark.parametrize("seed", ["1", "2", "3"])
def test_a_file_reads_alike_in_every_process(tmp_path, seed):
    path = tmp_path / "a.ris"
    path.write_text("TY  - JOUR\nTI  - On mills\nSN  - 1234-5678\nSN  - 978-3-16-148410-0\nAN  - WOS:1\nER  - \n")
    show = "import sys; from review_kit.formats import read_records as r; print(r(sys.argv[1]).to_json())"
    made = [subprocess.run([sys.executable, "-c", show, str(path)], capture_output=True, text=True, check=True,
                           env={**os.environ, "PYTHONHASHSEED": hash_seed}).stdout for hash_seed in ("0", seed)]
    assert made[0] == made[1]


def test_a_title_that_slipped_into_the_column_of_numbers_is_kept(tmp_path):
    records = read(tmp_path, "a.csv", b"PMID,Title,Authors,Year\n12345678,On mills,Roe A,2001\n"
                                      b"3 old mills and the ponds beside them in spring,Roe B,2002,\n"
                                      b"4mills,On reeds,Roe C,2003\n")
    assert "ponds beside them" in shown(records)
    assert ["12345678", "3", None] == [pmid if isinstance(pmid, str) else None for pmid in records["pmid"]]
