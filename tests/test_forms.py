"""The two forms: what is chosen is what is shown and written."""

import json
from html.parser import HTMLParser

import pytest

from review_kit.errors import ReviewKitError
from review_kit.protocol import Node, Protocol
from review_kit.review_log import ReviewLog
from review_kit.screening import select_papers
from review_kit.widgets import CitationExporter, TableBuilder

PROTOCOL = Protocol("Test", taxonomy=(
    Node("modality", "Modality", "modality"), Node("modality/text", "Text", "modality", "modality"),
    Node("modality/image", "Image", "modality", "modality"),
))


@pytest.fixture
def reviewed(papers, log):
    """p0 and p1 included, p0 tagged text and p1 image, p0 charted."""
    for paper_id, tag in (("p0", "modality/text"), ("p1", "modality/image")):
        log.decide(paper_id, "include", stage="title_abstract")
        log.decide(paper_id, "include", stage="full_text")
        log.tag(paper_id, tag)
    log.extract("p0", "benchmarks", ["MedQA"], quote="on MedQA", where="p. 3")
    return papers


class Elements(HTMLParser):
    """Which elements and links are in a piece of HTML."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.attributes = set(), []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs


def test_a_table_is_made_of_the_chosen_papers_columns_and_groups(reviewed, log):
    builder = TableBuilder(reviewed, log, PROTOCOL)
    assert ("full_text", "include") == builder.which.value, "what the review included comes first"
    builder.choose_columns(["title", "benchmarks"])
    builder.group_by.value = "modality"
    assert [["Text", "Paper 0 on medical reasoning", ["MedQA"]]] == builder.table.frame.iloc[:1].values.tolist()
    assert "2 papers" == builder.status.value and "MedQA" in builder.preview.value
    builder.tags.value = ("modality/image",)
    assert ["p1"] == builder.table.frame.index.tolist()
    builder.which.value, builder.tags.value, builder.words.value = "all", (), "paper 3"
    assert ["p3"] == builder.table.frame.index.tolist()


def test_columns_are_added_moved_and_removed(reviewed, log):
    builder = TableBuilder(reviewed, log, PROTOCOL)
    builder.column.value = "venue"
    builder._add()
    builder.columns.index = 3
    builder._move(-1)
    builder._move(-1)
    builder._move(-9)
    assert ["citation", "venue", "title", "year"] == builder.table.frame.columns.tolist()
    builder._remove()
    assert ["citation", "title", "year"] == builder.table.frame.columns.tolist()


@pytest.mark.parametrize(("format", "ending"), [
    ("LaTeX", ".tex"), ("Markdown", ".md"), ("HTML", ".html"), ("Excel", ".xlsx"),
])
def test_each_format_is_written_beside_the_log(reviewed, log, format, ending):
    builder = TableBuilder(reviewed, log, PROTOCOL)
    builder.name.value = "../../my table"
    path = builder.export(format)
    assert log.location.parent / "outputs" / f"my table{ending}" == path and path.stat().st_size
    with pytest.raises(ReviewKitError, match="format"):
        builder.export("Word")


def test_an_error_is_said_in_the_form(reviewed, log, tmp_path):
    (tmp_path / "outputs").write_text("a file where a folder should be")
    exporter = CitationExporter(reviewed, log, tmp_path / "outputs")
    exporter._write()
    assert exporter.status.value.startswith("Not done: ") and "outputs" in exporter.status.value


@pytest.mark.parametrize(("format", "name"), [
    ("BibTeX", "references.bib"), ("biblatex", "references.bib"), ("RIS", "references.ris"),
    ("CSL-JSON", "references.json"),
])
def test_citations_of_the_selection_are_written(reviewed, log, tmp_path, format, name):
    exporter = CitationExporter(reviewed, log, tmp_path)
    exporter.format.value = format
    path = exporter.export()
    text = path.read_text()
    assert tmp_path / name == path and "Paper 1" in text and "Paper 2" not in text
    assert exporter.status.value.startswith("2 papers")


def test_a_table_and_a_bibliography_of_different_papers_share_their_keys(papers, log):
    papers["title"], papers["year"] = "Same title", 2020
    keys = {paper.paper_id: paper.citation_key for paper in CitationExporter(papers, log).selected.itertuples()}
    builder = TableBuilder(papers, log)
    builder.words.value = "same"
    builder.choose_columns(["citation"])
    assert 5 == len(set(keys.values())) and list(keys.values()) == builder.table.frame["citation"].tolist()


def test_a_form_sees_what_was_logged_since(papers, log):
    exporter = CitationExporter(papers, log)
    assert ("title_abstract", "not excluded") == exporter.which.value and 5 == len(exporter.selected)
    assert [] == [v for v in dict(exporter.which.options).values() if v[1] == "include"]
    log.decide("p0", "include", stage="title_abstract")
    log.tag("p0", "my tag")
    exporter.refresh()
    assert ("title_abstract", "include") in dict(exporter.which.options).values()
    assert {"my tag (1)": "my tag"} == dict(exporter.tags.options)


def test_what_the_review_kept_so_far_is_chosen_at_first(papers, log):
    log.decide("p0", "exclude", stage="title_abstract")
    exporter = CitationExporter(papers, log)
    assert "Not excluded at title and abstract (4)" == exporter.which.label
    assert ["p1", "p2", "p3", "p4"] == exporter.selected["paper_id"].tolist()
    log.decide("p1", "include", stage="title_abstract")
    assert "Included at title and abstract (1)" == CitationExporter(papers, log).which.label
    log.decide("p1", "include", stage="full_text")
    assert "Included at full text (1)" == CitationExporter(papers, log).which.label
    exporter.refresh()
    assert "Not excluded at title and abstract (4)" == exporter.which.label, "what was chosen stays chosen"


def test_a_tag_stands_for_those_below_it_and_a_paper_counts_once(papers, log):
    for paper_id, tag in (("p0", "method/sft"), ("p0", "method/sft/multi-stage"), ("p1", "method/sft/multi-stage")):
        log.tag(paper_id, tag)
    ReviewLog(log.location, reviewer="bob").tag("p0", "method/sft")
    exporter = CitationExporter(papers, log)
    assert {"method/sft (2)", "method/sft/multi-stage (2)"} == set(dict(exporter.tags.options))
    exporter.tags.value = ("method/sft",)
    chosen = select_papers(papers, log.events, stage="title_abstract", status="pending", tags=["method/sft"])
    assert ["p0", "p1"] == exporter.selected["paper_id"].tolist() == chosen["paper_id"].tolist()


def test_an_events_table_will_do(reviewed, log, tmp_path):
    assert 2 == len(CitationExporter(reviewed, log.events, tmp_path).selected)


def test_the_previews_hold_text_as_text(papers, log):
    attack = '<img src=x onerror=alert(1)><script>alert(1)</script>"><a href="javascript:alert(1)">x</a>'
    for column in ("title", "venue", "abstract", "url"):
        papers[column] = attack
    papers["authors"] = [[attack]] * 5
    log.tag("p0", attack)
    log.extract("p0", "size", attack, quote=attack)
    builder = TableBuilder(papers, log)
    builder.choose_columns(["citation", "title", "venue", "authors", "url", "size"])
    builder.caption.value = attack
    found = Elements(builder.preview.value)
    assert found.tags <= {"style", "div", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "a", "span"}
    assert {True} >= {value.startswith(("https://", "http://")) for name, value in found.attributes if name == "href"}
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    exporter = CitationExporter(papers, log)
    for format in exporter.format.options:
        exporter.format.value = format
        assert {"pre"} == Elements(exporter.preview.value).tags
    assert json.dumps(exporter.which.options)


def test_an_empty_selection_is_no_error(papers, log):
    builder, exporter = TableBuilder(papers.iloc[:0], log), CitationExporter(papers.iloc[:0], log)
    assert "0 papers" == builder.status.value and exporter.status.value.startswith("0 papers")
