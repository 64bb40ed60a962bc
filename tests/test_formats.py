# ruff: noqa: E501 (some lines are as they stand in files)
"""Any file becomes records; what cannot be read is told, never thrown away and never a traceback."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from review_kit.errors import SourceError
from review_kit.formats import FORMATS, arxiv_ids, hf_papers, paper_lists, read_records
from review_kit.formats.decoding import decode

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
seeds = pytest.mark.skipif(not SEEDS.is_dir(), reason="the seed documents are not beside the project")


def seed(number):
    return read_records(next(SEEDS.glob(f"{number}_*")))


@seeds
def test_the_first_seed_gives_its_31_papers():
    records = seed("000")
    assert [7, 14, 10] == records.groupby(records["section"].str[-1], sort=False).size().tolist()
    first = records.iloc[0]
    assert ("arXiv", 2025, 4) == (first["venue"], first["year"], first["month"])
    assert ("2504.13950", "https://github.com/Qsingle/open-medical-r1") == (first["arxiv_id"], first["code_url"])
    assert "Perception, Reason, Think, and Plan: A Survey on Large Multimodal Reasoning Models" in set(records["title"])
    assert "iVISPAR -- An Interactive Visual-Spatial Reasoning Benchmark for VLMs" in set(records["title"])
    assert "https://github.com/uni-medical/GMAI-VL-R1" in set(records["code_url"].dropna())
    numbers = [row["list_number"] for row in records["extra"]]
    assert 2 == numbers[21:].count("6")
    assert records[["url", "arxiv_id"]].notna().sum().tolist() == [31, 30]
    assert 4 == records["code_url"].isna().sum()


@seeds
def test_the_second_seed_gives_its_13_papers_and_the_fence_completes_one():
    records = seed("001")
    assert [1, 8, 3, 1] == records.groupby(records["section"].str[-1], sort=False).size().tolist()
    survey = records.iloc[0]
    assert ("2508.00669", 2025, "Preprint", 11) == tuple(survey[["arxiv_id", "year", "venue", "n_authors"]])
    assert "Wang, Wenxuan" == survey["authors"][0]
    alone = records[records["et_al"].fillna(False).astype(bool)]
    assert [["Xu, Ran"]] == alone["authors"].tolist() and alone["n_authors"].isna().all()
    placeholder = records[records["title"].str.startswith("BioCoder")].iloc[0]
    assert "https://arxiv.org/abs/?" == placeholder["url"] and isinstance(
        placeholder["arxiv_id"], type(records["doi"].iloc[0])
    )


@seeds
def test_the_third_seed_gives_its_68_papers():
    records = seed("002")
    assert 68 == len(records)
    assert 65 == records["n_authors"].notna().sum()
    assert ["Alibaba-DAMO-Academy DAMO Academy"] == records["organisation"].dropna().tolist()
    inferred = records[records["year_inferred"].fillna(False).astype(bool)]
    assert [2026] == inferred["year"].unique().tolist() and 5 == len(inferred)
    assert {"1", "2", "3", "4"} == {row["trailing_number"] for row in records["extra"] if "trailing_number" in row}
    assert records["abstract"].str.len().min() > 300
    assert "Med-R$^3$: " == records.loc[records["title"].str.startswith("Med-R³"), "title_raw"].iloc[0][:11]


@seeds
def test_damaged_letters_are_mended_in_fields_and_kept_in_raw():
    records = seed("000")
    assert "\U0001f4c7" not in "".join(records["raw"].dropna())
    assert not records["section"].astype(str).str.contains("ü").any()


PAGE = """Daily Papers

Mar 24

A First Paper on Ponds

{abstract}

  • 5 authors
·
Feb 11

A Second Paper on Lakes

{abstract}

Lake Labs
·
Jun 3, 2025 12

A Third Paper without a Foot

{abstract}

A Fourth Paper of Late Summer

{abstract}

  • 1 author
·
Sep 1
""".format(abstract="Ponds are still. " * 20)


def test_a_pasted_page_gives_papers_and_infers_years_only_where_it_may():
    first, second, third, fourth = hf_papers.read(PAGE)
    assert (5, 2026, True) == (first["n_authors"], first["year"], first["year_inferred"])
    assert ("Lake Labs", 2025, "12") == (second["organisation"], second["year"], second["extra"]["trailing_number"])
    assert "A Third Paper without a Foot" == third["title"] and third.get("month") is None
    assert fourth["year"] is None, "September lies after the page's own date"


def test_an_answer_of_the_api_gives_papers():
    answer = [
        {
            "paper": {
                "id": "2401.00001",
                "title": "Ponds",
                "summary": "Still.",
                "authors": [{"name": "Ann Lee"}],
                "upvotes": 7,
                "publishedAt": "2024-01-02T00:00:00.000Z",
                "githubRepo": "https://github.com/a/b",
            },
            "numComments": 2,
        }
    ]
    text = json.dumps(answer)
    assert hf_papers.matches(text, "daily.json")
    (row,) = hf_papers.read(text)
    assert ("Ponds", ["Lee, Ann"], 2024, 1, 2, "2401.00001") == tuple(
        row[field] for field in ("title", "authors", "year", "month", "day", "arxiv_id")
    )
    assert ("https://github.com/a/b", 7) == (row["code_url"], row["extra"]["upvotes"])


def test_a_saved_page_gives_papers(tmp_path):
    page = tmp_path / "papers.html"
    page.write_text("""<!doctype html><html><head><title>Daily Papers - Hugging Face</title></head><body><main>
<article><h3><a href="/papers/2401.00001">Ponds at Night</a></h3><ul><li>5 authors</li></ul><time datetime="2024-01-02T03:04:05">x</time></article>
<article><h3><a href="/papers/2402.00002">Lakes by Day</a></h3></article></main></body></html>""")
    records = read_records(page)
    assert ["Ponds at Night", "Lakes by Day"] == records["title"].tolist()
    assert ["2401.00001", "2402.00002"] == records["arxiv_id"].tolist()
    assert (5, 2) == (records["n_authors"][0], records["day"][0])


def test_ids_and_links_are_read_line_by_line():
    text = "# my papers\n2401.00001v2\nhttps://arxiv.org/abs/hep-th/9901001  # old\n- arXiv:2402.00002 [cs.CL]\nnot an id\n10.1038/nature14539\n"
    assert arxiv_ids.matches(text, "ids.txt")
    rows = arxiv_ids.read(text)
    assert ["2401.00001", "hep-th/9901001", "2402.00002", None, None] == [row.get("arxiv_id") for row in rows]
    assert ("not an id", 5) == (rows[3]["raw"], rows[3]["line"]) and rows[3]["problem"]
    assert "old" == rows[1]["summary"]


LIST = "# Ponds\n- [Watering Plants with Large Sprinklers](https://arxiv.org/abs/2401.00001)\n- [Café Müller: A Study of Ponds](https://arxiv.org/abs/2402.00002)\n"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [
        ("utf-8", False),
        ("utf-8-sig", False),
        ("utf-16", False),
        ("utf-16-le", True),
        ("cp1252", True),
        ("latin-1", True),
    ],
)
def test_a_list_is_read_in_any_encoding(tmp_path, encoding, told):
    path = tmp_path / "README.md"
    path.write_bytes(LIST.encode(encoding))
    records = read_records(path)
    assert "Café Müller: A Study of Ponds" == records["title"][1]
    assert told == ("note" in records.attrs)
    assert decode(LIST.encode(encoding))[0].lstrip("\ufeff") == LIST


@pytest.mark.parametrize(
    ("text", "encodings"),
    [
        ("El niño y la señal de la mañana: Núñez, Íñigo", ["cp1252"]),
        ("Questão e educação: opções de São João", ["cp1252", "mac_roman"]),
        ("Små børn på øer: ændringer, Åse", ["cp1252", "mac_roman"]),
        ("L’élève où l’été s’achève, François", ["cp1252", "mac_roman"]),
        ("Größe und Maß: Übungen für Schüler", ["cp1252", "mac_roman"]),
        ("Žižek on “ponds” – 5 ± 2 µm, x² £3 © Lee", ["cp1252"]),
        ("Nuñez, Müller, Østergård, Gonçalves and Lefèvre", ["cp1252", "mac_roman"]),
        ("Coëfficiënt van Bär", ["cp1252"]),
        ("Zażółć gęślą jaźń, Łukasz Wałęsa", ["cp1250", "iso8859_2"]),
        ("Příliš žluťoučký kůň, Ludvík Řezáč", ["cp1250", "iso8859_2"]),
        ("Tükörfúrógép és őrült árvíztűrő", ["cp1250", "iso8859_2"]),
        ("深度学习在医学图像中的应用", ["gbk"]),
        ("Глубокое обучение в медицине и разбор снимков: большой обзор последних лет", ["cp1251", "koi8_r"]),
    ],
)
@pytest.mark.parametrize("times", [1, 40])
def test_older_encodings_are_told_by_their_letters(text, encodings, times):
    whole = f"@article{{a, title={{{text}}}, author={{Lee, Ann}}}}\n" * times
    for encoding in encodings:
        assert decode(whole.encode(encoding))[0] == whole, encoding


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("% Encoding: MacRoman\n", "mac_roman"),
        ("% Encoding: ISO8859_15\n", "iso8859_15"),
        ("% -*- coding: latin-9-unix -*-\n", "iso8859_15"),
        ('<?xml version="1.0" encoding="ISO-8859-2"?>\n', "iso8859_2"),
        ('Content: text/plain; charset="windows-1252"\n', "cp1252"),
    ],
)
def test_an_encoding_that_the_file_names_is_believed(head, encoding):
    assert decode(f"{head}Ž: é, š".encode(encoding, "replace"))[:2] == (
        f"{head}Ž: é, š".encode(encoding, "replace").decode(encoding), encoding)  # fmt: skip


def test_a_wrong_or_unknown_name_of_an_encoding_does_no_harm():
    assert decode("% Encoding: Cp1252\nŁódź é".encode())[:2] == ("% Encoding: Cp1252\nŁódź é", "utf-8")
    assert decode("% Encoding: Klingon\ncaf\u00e9 au lait".encode("latin-1"))[0].endswith("café au lait")
    assert decode("% Encoding: unicode_escape\ncaf\u00e9 au lait".encode("latin-1"))[0].endswith("café au lait")


def test_a_few_damaged_bytes_do_not_change_the_encoding():
    text, encoding, note = decode("Größe Müller Łódź naïve café élan".encode() + b"\xff")
    assert "utf-8" == encoding and text.endswith("\ufffd") and "1 places" in note


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        (
            "refs.bib",
            b"<!DOCTYPE html><html><head><title>Sign in</title></head><body><form><input type=password></form></body></html>",
            "Sign in",
        ),
        ("empty.md", b"", "empty"),
        ("blank.bib", b" \n\n", "empty"),
        ("notes.md", b"# Notes\n\nNothing to see.\n", "no paper"),
    ],
)
def test_a_file_without_papers_is_one_row_that_says_so(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    records = read_records(path)
    assert 1 == len(records) and words in records["problem"][0]


@pytest.mark.parametrize("content", [b"%PDF-1.7\n%\xe2\xe3", b"\x89PNG\r\n\x1a\n", bytes(range(256)) * 20])
def test_what_is_no_text_is_refused_in_one_sentence(tmp_path, content):
    path = tmp_path / "x.bib"
    path.write_bytes(content)
    with pytest.raises(SourceError, match="x.bib"):
        read_records(path)


def test_a_missing_file_and_an_unknown_format_are_named(tmp_path):
    with pytest.raises(SourceError, match="nowhere.md"):
        read_records(tmp_path / "nowhere.md")
    path = tmp_path / "a.md"
    path.write_text(LIST)
    with pytest.raises(SourceError, match="paper_list"):
        read_records(path, format="docx")


def test_records_name_their_source_line_and_raw_text(tmp_path):
    path = tmp_path / "ponds.md"
    path.write_text(LIST)
    records = read_records(path)
    assert ["ponds", "ponds"] == records["source"].tolist() and [2, 3] == records["line"].tolist()
    assert LIST.splitlines()[1] == records["raw"][0]
    assert records["record_id"].tolist() == read_records(path)["record_id"].tolist()
    assert "mine" == read_records(path, source="mine")["source"][0]


def test_formats_have_different_names():
    assert len(FORMATS) == len({room.NAME for room in FORMATS})


def run(*arguments):
    return subprocess.run(
        [sys.executable, "-m", "review_kit.formats", *arguments], capture_output=True, cwd=ROOT, check=False
    )


def test_the_command_prints_json_lines(tmp_path):
    path = tmp_path / "ponds.md"
    path.write_text(LIST)
    done = run(str(path))
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert 0 == done.returncode
    assert {
        "title": "Watering Plants with Large Sprinklers",
        "arxiv_id": "2401.00001",
        "url": "https://arxiv.org/abs/2401.00001",
        "section": ["Ponds"],
    } == rows[0]


def test_the_command_prints_a_title_of_csl_with_its_markup(tmp_path):
    path = tmp_path / "ponds.json"
    path.write_text(json.dumps([{"id": "a", "type": "book", "title": "Ponds of <i>Rana</i>"}]))
    assert "Ponds of <i>Rana</i>" == json.loads(run(str(path)).stdout)["title"]
    assert "Ponds of Rana" == read_records(path)["title"][0]


def test_the_command_says_in_one_sentence_what_it_cannot_read(tmp_path):
    done = run(str(tmp_path / "nowhere.md"))
    assert 2 == done.returncode and 1 == len(done.stderr.splitlines()) and b"nowhere.md" in done.stderr
    assert all(field in run("--help").stdout for field in (b"title", b"organisation", b"yyyy-mm-dd"))


def test_other_matter_of_a_readme_is_passed_over():
    text = f"""# Ponds [![Awesome](https://awesome.re/badge.svg)](https://awesome.re)
- [Papers](#papers)
- [Contributing](#contributing)

## News
- 2024-01-01: we release [our survey](https://arxiv.org/abs/2401.09999)!

## Papers
{LIST.split(chr(10), 1)[1]}

## Tools
- [PondKit](https://github.com/a/pondkit) - a library for ponds.
- [LakeViewer](https://lake.example.org) - shows lakes.

## Contributing
1. Fork this repo
2. Follow the format: **[Paper Title](link)** *(Authors).* Year

```markdown
1. **[Paper Title](link)** *(Authors).* Year
```

## Contributors
- [Ann Lee](https://ann.example.org)
"""
    assert 2 == len(paper_lists.read(text))


def test_an_entry_whose_title_is_missing_is_a_row_with_a_problem():
    rows = paper_lists.read(LIST + "- **[]()** *(Ann Lee, Bo Dam).* 2025 [paper](https://arxiv.org/abs/2403.00003)\n")
    assert 3 == len(rows)
    assert rows[2]["title"] is None and "title" in rows[2]["problem"] and "2403.00003" in rows[2]["raw"]


@pytest.mark.parametrize(
    "text",
    [
        "[" * 20000,
        "<div>" * 5000,
        "<b>" * 5000 + "x",
        "- " * 3000,
        "> " * 3000,
        "*" * 20000 + "a",
        "\n" * 100_000,
        " " * 100_000,
        "- " + "A B, " * 20000,
        "|" * 20000,
        "<ul><li>" * 2000,
        "`" * 20001,
        "et al " * 10000,
        "【" * 10000,
        "http://" * 10000,
        "\x00\ud800<!--",
    ],
)
def test_hostile_text_neither_breaks_nor_stalls_a_reader(text):
    for room in (paper_lists, hf_papers, arxiv_ids):
        begun = time.process_time()
        room.matches(text, "x.md")
        room.read(text)
        assert time.process_time() - begun < 5


@pytest.mark.slow
def test_a_megabyte_is_read_in_two_seconds():
    line = "- [Watering Plants number {0} with Large Sprinklers](https://arxiv.org/abs/2401.{0:05}), Lee et al., CVPR 2020 [code](https://github.com/a/b{0})\n"
    text = "# Ponds\n" + "".join(line.format(number) for number in range(6900))
    begun = time.process_time()
    assert 6900 == len(paper_lists.read(text)) and len(text) > 990_000
    assert time.process_time() - begun < 4, "two seconds on a quiet machine"
