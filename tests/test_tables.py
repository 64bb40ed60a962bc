import html.parser
import re

import hostile
import need_tex
import openpyxl
import pandas as pd
import pytest
from markdown_it import MarkdownIt

from review_kit.citations import write_citations
from review_kit.errors import ReviewKitError
from review_kit.protocol import Item, Node, Protocol
from review_kit.schema import events_table, papers_table
from review_kit.tables import NOT_GIVEN, survey_table
from review_kit.text import clean_text

PROTOCOL = Protocol("t", taxonomy=(
    Node("modality", "Modality", "modality"), Node("modality/text", "Text", "modality", "modality"),
    Node("modality/image", "Image", "modality", "modality"),
    Node("modality/image/xray", "X-ray & CT", "modality", "modality/image"),
), items=(Item("benchmarks", "Benchmarks", "list"), Item("base_model", "Base model"), Item("page", "Page", "url")))
PAPERS = papers_table([
    {"paper_id": "p-1", "record_ids": ["p-1"], "title": "Med-R1: Learning", "authors": ["Lai, Y", "Zhong, J", "Li, M"],
     "year": 2025, "arxiv_id": "2503.13939", "code_url": "https://github.com/x/med_r1?a=1&b=%20#r"},
    {"paper_id": "p-2", "record_ids": ["p-2"], "title": "R&D for 50% of $5", "authors": ["Müller, Ö", "Li, W"],
     "year": 2024, "doi": "10.1000/a_b", "venue": "Nature"},
    {"paper_id": "p-3", "record_ids": ["p-3"], "title": "No year", "authors": ["Google"], "et_al": True},
])


def log(*acts):
    return events_table({"event_id": f"e{n}", "seq": n, "at": "2026-01-01", "reviewer": "ann", **act}
                        for n, act in enumerate(acts))


def tag(record_id, value):
    return {"kind": "tag", "record_id": record_id, "value": value}


def extract(record_id, item, value, quote=None, where=None):
    return {"kind": "extract", "record_id": record_id,
            "value": {"item": item, "value": value, "quote": quote, "where": where}}


EVENTS = log(
    tag("p-1", "modality/image"), tag("p-1", "modality/image/xray"), tag("p-1", "modality/text"),
    tag("p-2", "modality/text"), extract("p-1", "benchmarks", ["MedQA", "VQA-RAD"], "on MedQA", "p. 4"),
    extract("p-2", "base_model", "=Qwen_2"),
    extract("p-1", "page", "javascript:alert(1)"),
)
COLUMNS = ["citation", "title", "authors", "year", "modality", "benchmarks", "base_model", "code_url"]


def table(columns=COLUMNS, papers=PAPERS, events=EVENTS, **more):
    return survey_table(papers, events, columns=columns, **({"protocol": PROTOCOL} | more))


def hostile_table(texts, **more):
    papers = papers_table({"paper_id": f"h-{n}", "record_ids": [f"h-{n}"], "title": text, "venue": text,
                           "authors": [text], "code_url": text, "url": text} for n, text in enumerate(texts))
    events = log(*(act for n, text in enumerate(texts) for act in (
        tag(f"h-{n}", f"axis/{text}"), extract(f"h-{n}", "item", [text], text, text))))
    return survey_table(papers, events, columns={name: texts[0] for name in (
        "venue", "title", "authors", "code_url", "url", "axis", "item", "citation")}, caption=texts[0], label=texts[0],
        **more)


def test_columns_come_from_papers_axes_and_items():
    frame = table().frame
    assert COLUMNS == frame.columns.tolist()
    assert ["lai2025medr1", "Med-R1: Learning", "Lai et al.", 2025, ["Text", "X-ray & CT"], ["MedQA", "VQA-RAD"]] == (
        frame.iloc[0, :6].tolist())
    assert ["Müller and Li", "Google et al."] == frame["authors"].tolist()[1:]


def test_unknown_columns_are_all_named_with_what_there_is():
    with pytest.raises(ReviewKitError, match=r"'x', 'y'.*papers: citation, .*axes: modality; .*items: benchmarks"):
        table(["x", "title"], sort_by="-y")


def test_headings_can_be_given():
    assert "<th scope=\"col\">Paper &amp; key</th>" in table({"citation": "Paper & key"}).to_html()


def test_a_paper_stands_in_each_of_its_groups_in_the_order_of_the_taxonomy():
    frame = table(["title"], group_by="modality").frame
    assert ["Text", "Text", "X-ray & CT", NOT_GIVEN] == frame["modality"].tolist()
    assert ["p-1", "p-2", "p-1", "p-3"] == frame.index.tolist()


def test_groups_of_a_column_are_in_the_order_of_its_values():
    assert ["2024", "2025", NOT_GIVEN] == table(["title"], group_by="year").frame["year"].tolist()


def test_rows_are_sorted_and_missing_values_come_last():
    assert ["p-2", "p-1", "p-3"] == table(["title"], sort_by="year").frame.index.tolist()
    assert ["p-1", "p-2", "p-3"] == table(["title"], sort_by=["-year", "title"]).frame.index.tolist()


@pytest.mark.parametrize(("where", "expected"), [
    ({"modality": "X-ray & CT"}, ["p-1"]), ({"year": [2024, 2025], "modality": ["Text"]}, ["p-1", "p-2"]),
    ({"year": 1900}, []), (PAPERS["year"] > 2024, ["p-1"]), (lambda papers: papers["doi"].notna(), ["p-2"]),
])
def test_a_filter_is_a_mapping_a_mask_or_a_function(where, expected):
    assert expected == table(["title"], where=where).frame.index.tolist()


def test_the_inputs_are_left_alone():
    papers, events = PAPERS.copy(deep=True), EVENTS.copy(deep=True)
    table(papers=papers, events=events, group_by="modality", sort_by="year").to_latex()
    assert papers.equals(PAPERS) and events.equals(EVENTS)


def test_no_paper_gives_a_valid_table_with_a_message(tmp_path):
    empty = table(where={"year": 1900}, caption="C", group_by="modality")
    for text in (empty.to_latex(), empty.to_markdown(), empty.to_html()):
        assert "No papers match" in text
    assert 1 == openpyxl.load_workbook(empty.to_excel(tmp_path / "x.xlsx")).active.max_row


def test_files_are_written_whole(tmp_path):
    assert tmp_path / "t.tex" == table().to_latex(tmp_path / "t.tex")
    assert table().to_latex() == (tmp_path / "t.tex").read_text()
    assert (tmp_path / "t.md") == table().to_markdown(tmp_path / "t.md")
    assert (tmp_path / "t.html") == table().to_html(tmp_path / "t.html")


def test_widths_add_up_to_the_line():
    shares = [float(share) for share in re.findall(r"p\{\\dimexpr ([\d.]+)\\linewidth", table().to_latex())]
    assert len(COLUMNS) == len(shares)
    assert 1 == round(sum(shares), 6)


def test_latex_cites_with_the_command_asked_for():
    assert r"\citep{lai2025medr1}" in table().to_latex(cite="citep")
    with pytest.raises(ReviewKitError, match="cite"):
        table().to_latex(cite=r"x}\input{y")
    with pytest.raises(ReviewKitError, match="longtable"):
        table().to_latex(environment="figure")


def test_missing_cells_are_a_dash_with_a_legend():
    for text in (table().to_latex(), table().to_markdown(), table().to_html()):
        assert "–: not given." in text
    assert "not given" not in table(["title"]).to_latex()


class Page(html.parser.HTMLParser):
    """Collects the elements, links and texts of a page."""

    def __init__(self, page):
        super().__init__()
        self.tags, self.links, self.titles, self.text = set(), [], [], []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.links += [value for name, value in attrs if name in ("href", "src")]
        assert not any(name.startswith("on") for name, _ in attrs)

    def handle_data(self, data):
        self.text.append(data)


def test_html_has_scopes_links_and_quotes():
    page = table(caption="A & B", group_by="year").to_html()
    for part in ('<th scope="col">Title</th>', '<th scope="rowgroup" colspan="7">2024</th>', '<th scope="row">',
                 "<caption>A &amp; B</caption>", 'title="“on MedQA” (p. 4)"', '<html lang="en">', 'charset="utf-8"'):
        assert part in page


def test_hostile_texts_stay_texts_in_html():
    texts = hostile.texts()
    page = Page(hostile_table(texts).to_html())
    allowed = "html head meta title style body main table caption thead tbody tfoot tr th td a span"
    assert page.tags <= set(allowed.split())
    assert all(link.startswith(("http://", "https://")) for link in page.links)
    shown = "".join(page.text)
    assert [] == [text for text in texts if clean_text(text) not in shown]


def test_hostile_texts_stay_texts_in_markdown():
    texts = [text for text in hostile.texts() if clean_text(text) and len(text) < 5000]
    page = Page(MarkdownIt("commonmark", {"html": True}).enable("table").enable("strikethrough").render(
        hostile_table(texts).to_markdown()))
    assert page.tags <= {"p", "strong", "table", "thead", "tbody", "tr", "th", "td", "a"}
    assert all(link.startswith(("http://", "https://")) for link in page.links)
    shown = " ".join("".join(page.text).split())
    assert [] == [text for text in texts if " ".join(clean_text(text).split()) not in shown]


def test_markdown_has_one_line_a_row_and_the_same_number_of_cells():
    lines = hostile_table([t for t in hostile.texts() if len(t) < 5000]).to_markdown().split("\n")
    rows = [line for line in lines if line.startswith("|")]
    assert {9} == {len(re.findall(r"(?<!\\)(?:\\\\)*\|", row)) for row in rows}


def test_excel_has_typed_cells_links_comments_and_no_formula(tmp_path):
    sheet = openpyxl.load_workbook(table().to_excel(tmp_path / "t.xlsx")).active
    head = [cell.value for cell in sheet[1]]
    first = dict(zip(head, sheet[2]))
    assert (2025, "MedQA; VQA-RAD", "“on MedQA” (p. 4)") == (
        first["Year"].value, first["Benchmarks"].value, first["Benchmarks"].comment.text)
    assert PAPERS["code_url"].iloc[0] == first["Code"].hyperlink.target
    model = dict(zip(head, sheet[3]))["Base model"]
    assert ("=Qwen_2", "s") == (model.value, model.data_type)


def test_hostile_texts_stay_texts_in_excel(tmp_path):
    sheet = openpyxl.load_workbook(hostile_table(hostile.texts()).to_excel(tmp_path / "t.xlsx")).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
    assert all(cell.hyperlink.target.startswith(("http://", "https://")) for cell in cells if cell.hyperlink)


DOCUMENT = need_tex.PREAMBLE + (
    r"\usepackage{rotating}\begin{document}%s\bibliographystyle{plainnat}\bibliography{r}\end{document}")


@need_tex.need("pdflatex", "bibtex", "pdftotext")
@pytest.mark.parametrize("environment", ["auto", "longtable", "table*", "sidewaystable"])
def test_latex_compiles_beside_the_bibliography(environment, tmp_path):
    for name, more in (("a", {"group_by": "modality"}), ("b", {"where": {"year": 1}})):
        made = table(caption="R&D [x] {50%}", label="tab:x y%", **more)
        made.to_latex(tmp_path / f"{name}.tex", environment=environment)
    write_citations(PAPERS, tmp_path / "r.bib")
    (tmp_path / "main.tex").write_text(DOCUMENT % r"\input{a}\input{b}")
    need_tex.tex(tmp_path)
    need_tex.run(tmp_path, "bibtex", "main")
    need_tex.tex(tmp_path)
    need_tex.tex(tmp_path)
    assert "undefined" not in (tmp_path / "main.log").read_text(errors="replace").replace("undefined on input", "X")
    printed = need_tex.pdf_text(tmp_path)
    assert "Müller and Li" in printed and "R&D for 50% of $5" in printed


@need_tex.need("pdflatex", "pdftotext")
def test_hostile_texts_are_printed_and_not_obeyed(tmp_path):
    texts = [t for t in hostile.OWN if all(ord(c) < 0x180 or c in "–…“”’" for c in clean_text(t)) and clean_text(t)]
    hostile_table(texts, group_by="axis").to_latex(tmp_path / "a.tex")
    (tmp_path / "main.tex").write_text(need_tex.PREAMBLE + r"\begin{document}\input{a}\end{document}")
    need_tex.tex(tmp_path)
    need_tex.tex(tmp_path)
    assert "root:" not in need_tex.pdf_text(tmp_path)
    assert {f"main.{e}" for e in ("tex", "aux", "log", "out", "pdf", "txt")} | {"a.tex"} == need_tex.files(tmp_path)


@need_tex.need("xelatex")
def test_chinese_asks_for_xelatex_and_compiles_with_it(tmp_path):
    papers = papers_table([{"paper_id": "p", "record_ids": ["p"], "title": "医学推理"}])
    latex = table(["title"], papers=papers).to_latex(tmp_path / "a.tex").read_text()
    assert "xelatex" in latex.splitlines()[0] and "xelatex" not in table().to_latex()
    (tmp_path / "main.tex").write_text(r"\documentclass{article}\usepackage{booktabs,array}"
                                       r"\begin{document}\input{a}\end{document}")
    need_tex.tex(tmp_path, engine="xelatex")


def test_the_frame_keeps_the_types_of_papers():
    frame = table().frame
    assert ("Int64", "string") == (str(frame["year"].dtype), str(frame["title"].dtype))
    assert isinstance(frame, pd.DataFrame)
