"""Every kind of defect is found, where it stands and no more; a clean list or bibliography gives none."""

import time
from pathlib import Path

import pandas as pd
import pytest

from review_kit.formats import read_records
from review_kit.problems import PROBLEM_KINDS, find_problems, find_source_problems, problem_summary
from review_kit.schema import PROBLEM_COLUMNS, records_table

SHARED = Path(__file__).parents[1].parent / "shared"

CLEAN = {
    "links in titles.md": """# Awesome Reasoning

- [Text](#text)
- [Image](#image)

## Text

1. **[Alpha: Learning to Reason](https://arxiv.org/abs/2504.10001)** *(Ann Lee, Bo Chen).* 2025
2. **[Beta: Reasoning with Graphs](https://arxiv.org/abs/2505.10002)** *(Cy Young).* 2025
3. **[A Survey of Reasoning](https://aclanthology.org/2024.acl-long.12/)** *(Di Wu, Ed Sun).* ACL'24

## Image

1. **[Gamma: Seeing and Reasoning](https://arxiv.org/abs/2506.10003)** *(Flo Karl).* 2025
2. **[Beta: Reasoning with Graphs](https://arxiv.org/abs/2505.10002)** *(Cy Young).* 2025

## Contributing

1. Fork this list.
2. Add a paper.
""",
    "bullets with labels.md": """# Papers

## Surveys

* **Alpha: Learning to Reason.** *Ann Lee, Bo Chen.* ICML 2025. [[paper](https://arxiv.org/abs/2504.10001)] \
[[code](https://github.com/lee/alpha)]
* **Beta: Reasoning with Graphs.** *Cy Young.* ICLR 2025. [[paper](https://arxiv.org/abs/2405.10002)] \
[[code](https://gitlab.com/young/beta)]

## Methods

* **Gamma: Seeing and Reasoning.** *Flo Karl.* CVPR 2025. [[paper](https://arxiv.org/abs/2406.10003)]
""",
    "a table.md": """# Papers

| Title | Authors | Venue | Date | Paper | Code |
|---|---|---|---|---|---|
| Alpha: Learning to Reason | Ann Lee, Bo Chen | arXiv | 2025-04 | [Link](https://arxiv.org/abs/2504.10001) | \
[GitHub](https://github.com/lee/alpha) |
| Beta: Reasoning with Graphs | Cy Young, Di Wu | arXiv | 2025-05 | [Link](https://arxiv.org/abs/2505.10002) | - |
""",
    "entries.bib": r"""@string{acl = {Proceedings of the ACL}}

@article{lee2025alpha,
  title = {{Alpha}: Learning to Reason with {\"U}ber-Models},
  author = {Lee, Ann and Chen, Bo},
  journal = {Nature},
  year = 2025,
  month = apr,
  doi = {10.1038/s41591-025-00001-1}
}

@inproceedings{young2025beta,
  title = {Beta: Reasoning with Graphs},
  author = {Young, Cy},
  booktitle = acl,
  year = {2025},
  pages = {1--9}
}
""",
    "export.ris": """TY  - JOUR
TI  - Alpha: Learning to Reason
AU  - Lee, Ann
AU  - Müller, Jörg
PY  - 2025
JO  - Nature
DO  - 10.1038/s41591-025-00001-1
AB  - We learn to reason. It costs $5 to $10, and p < 0.05 & more.
ER  - 

TY  - CONF
TI  - Beta: Reasoning with Graphs – and without
AU  - Young, Cy
PY  - 2024
T2  - Proceedings of the ACL
UR  - https://aclanthology.org/2024.acl-long.12/
ER  - 
""",
    "table.csv": """title,authors,year,venue,doi,url
Alpha: Learning to Reason,"Lee, Ann; Chen, Bo",2025,Nature,10.1038/s41591-025-00001-1,https://doi.org/10.1038/s41591-025-00001-1
Beta: Reasoning with Graphs,"Young, Cy",2024,ACL,,https://aclanthology.org/2024.acl-long.12/
""",
}


def row(**changes):
    """A sound record."""
    sound = {"source": "list", "line": 1, "title": "Alpha: Learning to Reason with Graphs", "authors": ["Lee, Ann"],
             "year": 2025, "arxiv_id": "2504.10001", "url": "https://arxiv.org/abs/2504.10001"}
    made = {**sound, **changes}
    return {"title_raw": made["title"], **made}


def entry(text="", *, number=1):
    """A Markdown list with one sound entry of its own and what is to be tested."""
    return (f"# Papers\n\n## Text\n\n{number}. **[Alpha: Learning to Reason](https://arxiv.org/abs/2504.10001)** "
            f"*(Ann Lee, Bo Chen).* 2025\n{text}\n")


BETA = "**[Beta: Reasoning with Graphs](https://arxiv.org/abs/2505.10002)** *(Cy Young, Di Wu).* 2025"
OTHER = {"line": 2, "title": "Seeing Lungs in Pictures of Chests", "arxiv_id": None, "doi": "10.1000/182",
         "url": "https://doi.org/10.1000/182"}

BOOK = {"arxiv_id": None, "url": "https://press.example.net/catalog/book/1"}
NOTHING = {"title": None, "authors": [], "year": None}

RECORDS = {
    "title_id_mismatch": [row(), row(line=2, title="Seeing Lungs in Pictures of Chests")],
    "same_title_other_id": [row(), row(line=2, arxiv_id="2504.20002", url="https://arxiv.org/abs/2504.20002")],
    "title_variant": [row(), row(source="other", title="Learning to Reason with Graphs")],
    "repeated_entry": [row(section=["A"]), row(section=["A"], line=2)],
    "shared_code_link": [row(code_url="https://github.com/a/b"), row(**OTHER, code_url="https://github.com/a/b")],
    "shared_link": [row(arxiv_id=None, url="https://jmlr.org/p/1.html"), row(**OTHER | {"url": "https://jmlr.org/p/1.html"})],
    "wrong_identifier": [row(arxiv_id=None, url="https://arxiv.org/abs/2504.139")],
    "missing_title": [row(title=None)],
    "mojibake": [row(title="Reasoning with GrÃ¶bner Bases in Algebra")],
    "lost_characters": [row(authors=["M�ller, Jo"])],
    "latex_residue": [row(abstract=r"It gains \textbf{4}\% in ``half'' the time.")],
    "unknown_macro": [row(abstract=r"Our model \mone is better.")],
    "lost_command": [row(abstract="We collect sim51K samples.")],
    "typewriter_dash": [row(title="Alpha -- Learning to Reason")],
    "markup_residue": [row(title="Seeing H<sub>2</sub>O in Pictures")],
    "placeholder_link": [row(arxiv_id=None, url="https://arxiv.org/abs/?")],
    "missing_link": [row(arxiv_id=None, url=None)],
    "glued_link": [row(abstract="See https://github.com/a/b{here} for code.")],
    "glued_full_stop": [row(abstract="See https://github.com/a/b.")],
    "mirror_host": [row(arxiv_id=None, url="https://hf.mirror1234.dpdns.org/papers/2504.10001")],
    "unusual_host": [row(url="https://www.arxiv.org/abs/2504.10001")],
    "short_link": [row(arxiv_id=None, url="https://bit.ly/3abc")],
    "tracking_parameter": [row(code_url="https://github.com/a/b?utm_source=x.com")],
    "version_pinned": [row(url="https://arxiv.org/abs/2504.10001v2")],
    "code_link_not_code": [row(links=[{"url": "https://huggingface.co/a/b", "label": "code", "kind": "code"}])],
    "missing_authors": [row(authors=[])],
    "unnamed_authors": [row(authors=[], n_authors=5)],
    "organisation_for_authors": [row(authors=[], organisation="An Academy")],
    "et_al": [row(et_al=True)],
    "odd_author": [row(authors=["Lee, Ann", "a.lee@example.org"])],
    "missing_year": [row(year=None)],
    "year_inferred": [row(year_inferred=True)],
    "month_mismatch": [row(month=5, venue="arXiv")],
    "year_mismatch": [row(year=2024)],
    "unexplained_number": [row(month=4, day=2, extra={"trailing_number": "3"})],
    "truncated_title": [row(title="Alpha: Learning to Reason with the")],
    "template_row": [row(title="Paper Title", authors=[])],
    "missing_citation_key": [row(key="a"), row(**OTHER | {"title": "Two"}, key="b"), row(title="Three", line=3,
                             arxiv_id="2504.3", url=None)],
    "duplicate_citation_key": [row(key="lee2025"), row(**OTHER, key="Lee2025")],
    "unreadable_entry": [row(title=None, problem="the entry has no fields", raw="@misc{}")],
    "reading_problem": [row(problem="the record has no ER line")],
}
SOURCES = {
    "empty_link": ("list.md", entry("2. **[Beta: Reasoning with Graphs]()** *(Cy Young, Di Wu).* 2025")),
    "unclosed_emphasis": ("list.md", entry("2. **[Beta: Reasoning with Graphs](https://arxiv.org/abs/2505.10002) "
                                           "*(Cy Young, Di Wu).* 2025")),
    "badge_mismatch": ("list.md", "[![](https://img.shields.io/github/stars/lee/list)](https://github.com/list)\n"
                       + entry()),
    "broken_anchor": ("list.md", "- [Code](#code)\n\n" + entry()),
    "contents_mismatch": ("list.md", "- [text](#text)\n\n" + entry()),
    "local_file": ("list.md", entry("   - PDF: `survey.pdf`")),
    "numbering_repeated": ("list.md", entry(f"1. {BETA}\n2. {BETA.replace('Beta', 'Gamma').replace('0002', '0003')}")),
    "numbering_skipped": ("list.md", entry(f"3. {BETA}")),
    "empty_section": ("list.md", entry("\n### Nothing\n\n\n## More\n\nWords.")),
    "uneven_labels": ("list.md", entry(
        f"2. {BETA.replace(' 2025', ' ACL’2025')}\n"
        "3. **[Gamma: Seeing Lungs](https://arxiv.org/abs/2306.10003)** *(Flo Karl).* CVPR'24\n"
        "4. **[Delta: Hearing Hearts](https://arxiv.org/abs/2306.10004)** *(Flo Karl).* ICML'24")),
    "uneven_separators": ("list.md", "\n".join(
        f"{n}. [2504'arXiv] | Model {name} Learns{bar} [`[paper]`](https://arxiv.org/abs/2504.1000{n})"
        for n, name, bar in ((1, "Alpha", " |"), (2, "Beta", "|"), (3, "Gamma", " |")))),
    "undated_page": ("page.txt", "Daily Papers\n\nMar 24\n\n" + "".join(
        f"{name}: Learning to Reason\n\n{'We learn to reason. ' * 20}\n\n  • 5 authors\n·\nJun 1, 2025\n\n"
        for name in ("Alpha", "Beta", "Gamma"))),
    "guessed_encoding": ("list.md", entry("Größe").encode("cp1252")),
    "duplicate_field": ("a.bib", "@book{a, title={Alpha}, author={Lee, Ann}, year=2025, year=2024, publisher={X}}"),
    "undefined_string": ("a.bib", "@article{a, title={Alpha}, author={Lee, Ann}, year=2025, journal=nature}"),
    "template_row": ("list.md", entry("\n```markdown\n1. **[Paper Title](link)** *(Authors).* Year\n```")),
    "mojibake": ("list.md", entry("\nRead by André and GrÃ¶bner.")),
    "latex_residue": ("list.md", entry(r"\nText \& more.".replace(r"\n", "\n"))),
}
# What the same defect also is.
ALSO = {
    "missing_title": {"missing_title"}, "title_variant": set(), "shared_link": set(), "repeated_entry": set(),
    "placeholder_link": set(), "odd_author": set(), "unreadable_entry": set(),
    "latex_residue": set(), "undated_page": {"unnamed_authors", "missing_link"},
    "uneven_separators": {"missing_authors"}, "guessed_encoding": set(),
}


def problems_of(tmp_path, name, content):
    """All problems of a file, as a review's catalogue sees them."""
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    records = read_records(path)
    return pd.concat([find_problems(records), find_source_problems(path, records=records)], ignore_index=True)


def test_every_kind_has_a_case():
    assert set(PROBLEM_KINDS) == set(RECORDS) | set(SOURCES)


@pytest.mark.parametrize("kind", RECORDS)
def test_a_defect_of_records_is_found_and_nothing_else(kind):
    problems = find_problems(records_table(RECORDS[kind]))
    assert {kind} <= set(problems["kind"]) <= {kind} | ALSO.get(kind, set()), problems.to_string()
    assert list(PROBLEM_COLUMNS) == list(problems.columns)


@pytest.mark.parametrize("kind", SOURCES)
def test_a_defect_of_a_source_is_found_and_nothing_else(kind, tmp_path):
    problems = problems_of(tmp_path, *SOURCES[kind])
    assert {kind} <= set(problems["kind"]) <= {kind} | ALSO.get(kind, set()), problems.to_string()


@pytest.mark.parametrize("name", CLEAN)
def test_a_clean_source_gives_no_problem(name, tmp_path):
    problems = problems_of(tmp_path, name, CLEAN[name])
    assert problems.empty, problems.to_string()


def test_a_short_doi_is_a_short_link_and_not_a_wrong_one():
    problems = find_problems(records_table([row(arxiv_id=None, url="https://doi.org/10/fg6rf9")]))
    assert ["short_link"] == list(problems["kind"])


@pytest.mark.parametrize("records", [
    [row(), row(source="other")],
    [row(section=["A"]), row(section=["B"], line=2)],
    [row(), row(line=2, title="Beta: Another", arxiv_id="2504.20002", url="https://arxiv.org/abs/2504.20002")],
    [row(venue="ACL", month=7)],
    [row(month=5, day=1)],
    [row(code_url="https://cran.r-project.org/package=a")],
    [row(arxiv_id=None, url="https://web.archive.org/web/2020/https://example.net/paper")],
    [row(arxiv_id=None, url="https://www.semanticscholar.org/paper/abc?x=(1)")],
    [row(title="Attention Is All You Need"), row(line=2, title="Attention Is All You Need", arxiv_id=None,
                                                 doi="10.48550/arxiv.2504.10001", section=["B"])],
    [row(authors=["World Health Organization", "van der Berg, J.", "Given, Curtis A 2nd", "Na", "李, 明"])],
    [row(authors=["G20 Research Group", "SLOW-1 Investigators"])],
    [row(**BOOK, title="Bees and People", type="book"), row(**BOOK, title="The First Bees", type="incollection",
     venue="Bees and People"), row(**BOOK, title="Honey on Markets", type="incollection", venue="Bees and People")],
    [row(authors=[], extra={"editor": "Lee, Ann"}), row(**OTHER, authors=[], type="proceedings")],
    [row(type="article", venue="Bees", arxiv_id=None),
     row(type="incollection", venue="On Bees", arxiv_id=None, line=2)],
    [row(year=2010, month=3, doi="10.1000/182")],
    [row(**NOTHING, venue="arXiv", raw="2504.10001")],
    [row(arxiv_id=None, url=None, extra={"PB": "Bee Press"})],
    [row(doi="10.1000/182", section=["A"]), row(doi="10.5194/egusphere-2022-1", section=["B"], line=2)],
    [row(title="Learning C++ & R: What It Costs ($5) and Why?", abstract="From 3 to 5 & from a<b to b>c; `code`.")],
], ids=["same paper in two sources", "two sections", "two papers", "venue later", "announced next day",
        "code elsewhere", "archived", "brackets in link", "preprint DOI", "names",
        "groups with digits", "chapters of a book", "editors",
        "a reprint", "published before its preprint",
        "a line of identifiers", "a report by its publisher", "DOI of a preprint", "signs"])
def test_what_is_right_is_no_problem(records):
    problems = find_problems(records_table(records))
    assert problems.empty, problems.to_string()


def test_a_row_says_what_where_and_what_to_do():
    (found,) = find_problems(records_table([row(line=7, month=5, venue="arXiv")])).to_dict("records")
    assert ("list", 7, "month_mismatch", "warning") == tuple(found[c] for c in ("source", "line", "kind", "severity"))
    assert ("2025-05", "2025-04, by arXiv:2504.10001") == (found["found"], found["expected"])
    assert found["todo"] and found["record_id"].startswith("list-")


def test_where_most_titles_of_an_identifier_agree_only_the_others_are_reported():
    records = [row(), row(source="b"), row(source="c", title="Seeing Lungs in Pictures of Chests")]
    problems = find_problems(records_table(records))
    assert ["c"] == list(problems.loc[problems["kind"] == "title_id_mismatch", "source"])


def test_problems_outside_records_have_a_line_and_those_inside_a_record(tmp_path):
    content = entry(f"3. {BETA}\n\n## Empty\n\n## More\n\nWords.")
    problems = problems_of(tmp_path, "list.md", content).set_index("kind")
    assert [6, 8] == list(problems.loc[["numbering_skipped", "empty_section"], "line"])
    assert [False, True] == list(problems.loc[["numbering_skipped", "empty_section"], "record_id"].isna())


def test_ways_to_number_that_are_right(tmp_path):
    papers = [BETA.replace("Beta", name).replace("10002", f"1000{n}") for n, name in enumerate("ABCD", 1)]
    for numbers in ((1, 2, 3, 4), (1, 1, 1, 1), (4, 3, 2, 1), (5, 6, 7, 8), (1, 2, 1, 2)):
        lines = "\n".join(f"{number}. {paper}" for number, paper in zip(numbers, papers))
        problems = problems_of(tmp_path, "list.md", f"# Papers\n\n{lines}\n")
        assert problems.empty, (numbers, problems.to_string())


def test_the_summary_sums_up_by_kind_errors_first():
    problems = find_problems(records_table([row(arxiv_id=None, url="https://arxiv.org/abs/?"), row(year=None, line=2,
                             section=["B"]), row(year=None, source="b")]))
    summary = problem_summary(problems)
    assert [("placeholder_link", 1), ("missing_year", 2)] == list(zip(summary["kind"], summary["count"]))
    assert "no date (list:2)" == summary["example"].iloc[1]
    assert summary["meaning"].notna().all()


def test_no_problems_have_an_empty_summary():
    assert 0 == len(problem_summary(find_problems(records_table([]))))


def test_records_are_not_changed():
    records = records_table([record for case in RECORDS.values() for record in case])
    before = records.copy()
    find_problems(records)
    pd.testing.assert_frame_equal(before, records)


def test_hostile_text_is_checked_in_time(tmp_path):
    text = "[" * 20_000 + "](" * 5_000 + "**" * 20_001 + "$" * 9_999 + "\\" * 5_000 + "&#" * 5_000 + "{" * 9_000
    start = time.perf_counter()
    find_problems(records_table([row(title=text, abstract=text, raw=text, url="https://x.org/" + text)]))
    problems_of(tmp_path, "list.md", entry(f"2. {text}\n"))
    assert time.perf_counter() - start < 8


@pytest.mark.parametrize(("n_records", "seconds"), [
    (10_000, 1.5), pytest.param(100_000, 12, marks=pytest.mark.slow)], ids=["ten thousand", "a hundred thousand"])
def test_many_records_are_checked_in_seconds(n_records, seconds):
    records = records_table(
        row(source="big", line=n, title=f"Paper {n} on Learning to Reason about {n * 7919 % 100_003} Things",
            arxiv_id=None, doi=f"10.1000/{n}", url=f"https://doi.org/10.1000/{n}") for n in range(n_records))
    start = time.process_time()
    assert find_problems(records).empty
    assert time.process_time() - start < seconds


SEED_DEFECTS = """
list title_id_mismatch 45 2502.04413 | list title_id_mismatch 73 iVISPAR | list shared_code_link 73 medrag
list repeated_entry 55 Generalizable | list truncated_title 51 Mode | list title_variant 55 2503.13939
list month_mismatch 41 2025-05 | list code_link_not_code 42 med-prm | list code_link_not_code 43 cloud.google
list code_link_not_code 53 KrauthammerLab | list code_link_not_code 56 MedVLM-R1 | list code_link_not_code 60 lingshu
list code_link_not_code 69 Skywork | list code_link_not_code 74 forewarn | list tracking_parameter 58 utm_source
list version_pinned 46 v2 | list version_pinned 76 v1 | list unusual_host 72 www.arxiv | list numbering_repeated 73 6
list badge_mismatch 13 github | list badge_mismatch 16 LICENSE | list mojibake 5 Paper | list mojibake 33 Contents
list missing_authors 40 no | list typewriter_dash 73 iVISPAR | list uneven_separators 46 Models
awesome placeholder_link 47 abs/? | awesome et_al 46 Ran | awesome mojibake 7 Table | awesome template_row 119 Title
awesome empty_section 29 Text | awesome empty_section 54 Fine-Tuning | awesome empty_section 106 Resources
awesome contents_mismatch 12 Test-time | awesome latex_residue 68 Aggregation | awesome local_file 25 survey-paper.pdf
page missing_link 21 link | page unnamed_authors 13 5 | page organisation_for_authors 341 DAMO
page undated_page 11 Mar
page year_inferred 137 Feb | page year_inferred 193 Mar | page missing_year 77 date | page missing_year 305 date
page unexplained_number 13 Jun | page glued_link 13 {here} | page glued_link 225 {link}
page glued_full_stop 121 MedAgents.
page mirror_host 177 dpdns | page mirror_host 217 dpdns | page mirror_host 317 dpdns | page short_link 397 goo.gle
page latex_residue 13 textbf | page latex_residue 381 $^3$ | page latex_residue 21 `` | page unknown_macro 413 mone
page lost_command 77 sim | page lost_command 413 sim | page typewriter_dash 477 CMExam
"""


@pytest.mark.skipif(not (SHARED / "seeds").is_dir(), reason="the seed lists are not beside this checkout")
class TestSeeds:
    @pytest.fixture(scope="class")
    @staticmethod
    def problems():
        paths = sorted((SHARED / "seeds").glob("*.txt"))
        tables = [read_records(path, source=name) for path, name in zip(paths, ("list", "awesome", "page"))]
        found = find_problems(pd.concat(tables, ignore_index=True))
        texts = [find_source_problems(path, source=table["source"].iloc[0], records=table)
                 for path, table in zip(paths, tables)]
        return pd.concat([found, *texts], ignore_index=True)

    @pytest.mark.parametrize("defect", [d.strip() for d in SEED_DEFECTS.replace("\n", "|").split("|") if d.strip()])
    def test_every_defect_of_the_seeds_is_found(self, problems, defect):
        source, kind, line, word = defect.split(" ", 3)
        here = problems[(problems["source"] == source) & (problems["kind"] == kind) & (problems["line"] == int(line))]
        assert here["found"].str.contains(word, regex=False).any()

    def test_there_are_36_kinds_of_them(self, problems):
        assert 36 <= problems["kind"].nunique()

    def test_thirteen_sections_are_empty_and_five_years_inferred(self, problems):
        counts = problems["kind"].value_counts()
        assert [13, 5, 7, 4] == [
            counts[kind] for kind in ("empty_section", "year_inferred", "code_link_not_code", "badge_mismatch")]

    def test_no_defect_is_listed_twice(self, problems):
        assert not problems.duplicated(["source", "line", "kind", "found"]).any()
