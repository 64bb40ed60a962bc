import json
import os
import unicodedata

import bibtexparser
import hostile
import need_tex
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from review_kit.citations import format_references, write_citations
from review_kit.citations.bibtex import bibtex_text, protected_title
from review_kit.citations.references import Reference, references
from review_kit.citations.venues import read_venue
from review_kit.errors import ReviewKitError
from review_kit.formats import csl_json, ris
from review_kit.schema import papers_table
from review_kit.text import clean_text, plain_latex

PREPRINT = {"title": "Med-R1: Reasoning with LLMs", "authors": ["Lai, Yuxiang", "Zhong, Jike"], "year": 2025,
            "month": 3, "day": 18, "arxiv_id": "2503.13939", "venue": "arXiv", "url": "https://arxiv.org/abs/2503.13939"}
ARTICLE = {"title": "Toward expert-level answering in Chinese", "authors": ["Singhal, Karan"], "year": 2025, "month": 1,
           "venue": "Nature Medicine 31(3):943-950, 2025", "doi": "10.1038/s41591-024-03423-7"}
PAPER = {"title": "ReasonMed", "authors": ["Sun, Yu"], "et_al": True, "year": 2024, "month": 6,
         "arxiv_id": "2406.09513", "venue": "EMNLP 2025, pages 26457-26478"}


def papers(*rows):
    return papers_table({"paper_id": f"p-{n}", **row} for n, row in enumerate(rows))


def entries(path):
    library = bibtexparser.parse_file(str(path))
    assert [] == library.failed_blocks
    return {entry.key: {field.key: field.value for field in entry.fields} | {"": entry.entry_type}
            for entry in library.entries}


def entry(row, folder, **options):
    return next(iter(entries(write_citations(papers(row), folder / "one.bib", **options)).values()))


def latin(text):
    return all(ord(c) < 0x180 or unicodedata.category(c)[0] in "ZC" for c in clean_text(text))


def test_a_preprint_is_misc_with_its_eprint(tmp_path):
    found = entry(PREPRINT, tmp_path)
    assert ("misc", "2503.13939", "arXiv", "mar") == tuple(found[n] for n in ("", "eprint", "archivePrefix", "month"))
    assert "{Med-R1}: Reasoning with {LLMs}" == found["title"]
    assert "journal" not in found


def test_a_journal_article_has_its_numbers_in_fields(tmp_path):
    found = entry(ARTICLE, tmp_path)
    assert ("article", "Nature Medicine", "31", "3", "943--950", "2025", "jan") == tuple(
        found[n] for n in ("", "journal", "volume", "number", "pages", "year", "month"))


def test_a_conference_paper_is_cited_as_published_and_keeps_its_eprint(tmp_path):
    found = entry(PAPER, tmp_path)
    assert ("inproceedings", "EMNLP 2025", "26457--26478", "2025", "2406.09513") == tuple(
        found[n] for n in ("", "booktitle", "pages", "year", "eprint"))
    assert "month" not in found
    assert "Sun, Yu and others" == found["author"]


def test_biblatex_has_its_own_fields(tmp_path):
    assert ("online", "2025-03-18", "arxiv") == tuple(
        entry(PREPRINT, tmp_path, dialect="biblatex")[n] for n in ("", "date", "eprinttype"))
    assert "Nature Medicine" == entry(ARTICLE, tmp_path, dialect="biblatex")["journaltitle"]


@pytest.mark.parametrize(("author", "expected"), [
    ("van der Berg, Jan", "van der Berg, Jan"),
    ("King, Jr., Martin Luther", "King, Jr., Martin Luther"),
    ("Google Research", "{Google Research}"),
    ("Department of Health and Human Services", "{Department of Health and Human Services}"),
    ("Sons and Co, A", "{Sons and Co}, A"),
    ("AT&T Labs", r"{AT\&T Labs}"),
    ("Çelik, Åse", r"{\c{C}}elik, {\r{A}}se"),
    ("Wang (王), Wei", "{Wang (王)}, Wei"),
    ("王, 伟", r"王, {\relax 伟}"),
    ("A, B, C, D", "{A, B, C, D}"),
])
def test_names_are_what_bibtex_splits_rightly(author, expected, tmp_path):
    assert expected == entry({"title": "x", "authors": [author]}, tmp_path)["author"]


def test_without_authors_styles_get_something_to_sort_by(tmp_path):
    found = entry({"title": "Orphan & co", "year": 2020}, tmp_path)
    assert "author" not in found
    assert r"Orphan \& co" == found["key"]


@pytest.mark.parametrize(("title", "expected"), [
    ("MedVLM-R1: Vision-Language Reasoning in 3D", "{MedVLM-R1}: Vision-Language Reasoning in {3D}"),
    ("A Survey of X-ray and U-Net", "A Survey of {X-ray} and {U-Net}"),
    ("Large models for medicine in the Netherlands and for us",
     "Large models for medicine in the {Netherlands} and for us"),
    ("β-VAE and R&D", r"{{\ensuremath{\beta}-VAE}} and {R\&D}"),
    ("Can (LLMs) reason?", "Can ({LLMs}) reason?"),
])
def test_capitals_that_matter_are_protected(title, expected):
    assert expected == protected_title(title)


@pytest.mark.parametrize(("text", "kind", "name"), [
    ("arXiv", "preprint", "arXiv"), ("CoRR abs/2503.1", "preprint", "CoRR abs/2503.1"),
    ("medRxiv", "preprint", "medRxiv"),
    ("Findings of ACL 2024, pages 599-621", "inproceedings", "Findings of ACL 2024"),
    ("NeurIPS 2025 (Advances in Neural Information Processing Systems 38:19331-19371)", "inproceedings",
     "NeurIPS 2025 (Advances in Neural Information Processing Systems 38:19331-19371)"),
    ("IEEE Transactions on Medical Imaging, 2026", "article", "IEEE Transactions on Medical Imaging"),
    ("Proceedings of the National Academy of Sciences", "article", "Proceedings of the National Academy of Sciences"),
    ("npj Digital Medicine 8:240, 2025", "article", "npj Digital Medicine"), ("ACL'2024", "inproceedings", "ACL'2024"),
    ("Some Quarterly", None, "Some Quarterly"),
])
def test_a_venue_tells_what_it_is(text, kind, name):
    found = read_venue(text)
    assert (kind, name) == (found.kind, found.name)


def test_a_venue_with_two_readings_stays_whole():
    found = read_venue("Cell Reports Medicine 5 or 6, 101-102")
    assert ("Cell Reports Medicine 5 or 6, 101-102", None, None) == (found.name, found.volume, found.pages)


def test_ris_has_one_tag_a_line_and_the_types_of_reference_managers(tmp_path):
    text = write_citations(papers(PREPRINT, ARTICLE, PAPER), tmp_path / "all.ris").read_text()
    assert ["UNPB", "JOUR", "CPAPER"] == [line[6:] for line in text.splitlines() if line.startswith("TY")]
    assert 3 == text.count("ER  - \n")
    assert "AU  - Lai, Yuxiang\n" in text
    assert "AN  - arXiv:2503.13939\n" in text


def test_csl_json_tells_people_from_organisations(tmp_path):
    row = {"title": "x", "authors": ["King, Jr., M L", "Google Research"], "arxiv_id": "2503.13939", "year": 2025}
    [item] = json.loads(write_citations(papers(row), tmp_path / "all.json").read_text())
    assert [{"family": "King", "given": "M L", "suffix": "Jr."}, {"literal": "Google Research"}] == item["author"]
    assert ("article", "preprint", "arXiv", "arXiv:2503.13939") == tuple(
        item[n] for n in ("type", "genre", "publisher", "number"))
    assert [[2025]] == item["issued"]["date-parts"]


@pytest.mark.parametrize("name", ["all.bib", "all.ris", "all.json"])
def test_no_paper_gives_an_empty_file(name, tmp_path):
    assert write_citations(papers(), tmp_path / name).read_text().strip() in ("", "[]")


@pytest.mark.parametrize("name", ["all.bib", "all.ris", "all.json"])
def test_the_same_papers_give_the_same_file_in_any_order(name, tmp_path):
    table = papers(PREPRINT, ARTICLE, PAPER)
    first = write_citations(table, tmp_path / name).read_bytes()
    assert first == write_citations(table[::-1], tmp_path / name).read_bytes()


def test_an_unknown_format_style_or_dialect_is_named(tmp_path):
    with pytest.raises(ReviewKitError, match=r"\.bib, \.ris, \.json.*'\.txt'"):
        write_citations(papers(), tmp_path / "x.txt")
    with pytest.raises(ReviewKitError, match="bibtex, biblatex.*'tex'"):
        write_citations(papers(), tmp_path / "x.bib", dialect="tex")
    with pytest.raises(ReviewKitError, match="apa, ieee, vancouver.*'mla'"):
        format_references(papers(), style="mla")


def test_a_file_that_does_not_read_back_is_not_put_in_place(tmp_path, monkeypatch):
    path = write_citations(papers(PREPRINT), tmp_path / "references.bib")
    before = path.read_bytes()
    monkeypatch.setattr("review_kit.citations.bibtex_text", lambda *a, **k: "@article{x, title = {lost")
    with pytest.raises(ReviewKitError, match="1 references were written"):
        write_citations(papers(PREPRINT), path)
    assert before == path.read_bytes()
    assert ["references.bib"] == os.listdir(tmp_path)


def test_a_place_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(ReviewKitError, match="cannot be written"):
        write_citations(papers(PREPRINT), tmp_path / "file" / "references.bib")


def test_apa_references_read_as_the_manual_says():
    assert [
        "Lai, Y., & Zhong, J. (2025). Med-R1: Reasoning with LLMs. arXiv:2503.13939. https://arxiv.org/abs/2503.13939",
        "Singhal, K. (2025). Toward expert-level answering in Chinese. Nature Medicine, 31(3), 943–950. "
        "https://doi.org/10.1038/s41591-024-03423-7",
        "Sun, Y., et al. (2025). ReasonMed. In EMNLP 2025 (pp. 26457–26478). https://arxiv.org/abs/2406.09513",
    ] == format_references(papers(PREPRINT, ARTICLE, PAPER))


@pytest.mark.parametrize("style", ["apa", "ieee", "vancouver"])
def test_references_of_bare_papers_have_no_stray_signs(style):
    for line in format_references(papers({"title": "Only a title"}, {"authors": ["A, B"]}, {}), style=style):
        assert not any(stray in line for stray in ("..", ", ,", "<NA>", "None", "()"))


def hostile_rows(*kinds):
    return [{"title": text + " tail", "abstract": text, "authors": [text, f"{text[:30]}, {text[:30]}"],
             "venue": text[:80], "year": 1900 + n, "url": text, "doi": text, "keywords": [text], "arxiv_id": text,
             "volume": text[:50]}
            for n, text in enumerate(hostile.texts(*kinds)) if len(text) <= 100_000]


@pytest.mark.parametrize("dialect", ["bibtex", "biblatex"])
def test_hostile_texts_lose_and_add_no_bibtex_entry(dialect, tmp_path):
    rows = hostile_rows()
    found = entries(write_citations(papers(*rows), tmp_path / "all.bib", dialect=dialect))
    assert len(rows) == len(found)
    abstracts = {plain_latex(fields.get("abstract", "")) for fields in found.values()}
    assert [] == [t for t in (row["abstract"] for row in rows) if latin(t) and clean_text(t) not in abstracts
                  and "\U000e0041" not in t]


def test_hostile_texts_lose_and_add_no_ris_record(tmp_path):
    rows = hostile_rows()
    found = ris.read(write_citations(papers(*rows), tmp_path / "all.ris").read_text(encoding="utf-8"))
    assert len(rows) == len(found)


def test_hostile_texts_lose_and_add_no_csl_item(tmp_path):
    rows = hostile_rows()
    found = csl_json.read(write_citations(papers(*rows), tmp_path / "all.json").read_text(encoding="utf-8"))
    assert len(rows) == len(found)


def test_only_web_links_are_written():
    links = ["javascript:alert(1)", " javascript:1", "java\tscript:1", "data:text/html,x", "file:///etc/passwd",
             "https://x.org/a?b=%20&c#d", "http://x.org"]
    assert ["https://x.org/a?b=%20&c#d", "http://x.org"] == [
        r.url for r in references(papers(*({"url": link} for link in links))) if r.url]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(title=st.text(), abstract=st.text(), dialect=st.sampled_from(["bibtex", "biblatex"]))
def test_any_text_comes_back_from_bibtex(title, abstract, dialect):
    text = bibtex_text([Reference("a", "misc", title=clean_text(title), abstract=clean_text(abstract)),
                        Reference("b", "misc", title="next")], dialect=dialect)
    library = bibtexparser.parse_string(text)
    assert [] == library.failed_blocks
    assert ["a", "b"] == [entry.key for entry in library.entries]
    fields = library.entries[0].fields_dict
    for name, value in (("title", title), ("abstract", abstract)):
        if latin(value):
            assert clean_text(value) == plain_latex(fields[name].value if name in fields else "")


def tex_rows():
    """Hostile and ordinary papers that pdflatex has letters for."""
    rows = [row for row in hostile_rows("latex", "recordinj") if latin(row["abstract"])]
    return [*rows, PREPRINT, ARTICLE, PAPER, {
        "title": "Étude of β-VAE ≤ 50 %", "authors": ["Çelik, Çağla", "King, Jr., M L", "Żółć and Sons, Ł"],
        "year": 2024, "url": "https://x.org/a_b?c=%20&d#e~f^{}", "doi": "10.1000/a_b&d#e",
        "venue": "Journal of R&D, 2024"}]


@need_tex.need("pdflatex", "bibtex", "pdftotext")
@pytest.mark.parametrize("style", ["abbrv", "plainnat"])
def test_bibtex_and_latex_run_to_the_end_and_obey_nothing(style, tmp_path):
    write_citations(papers(*tex_rows()), tmp_path / "references.bib")
    (tmp_path / "main.tex").write_text(need_tex.PREAMBLE + rf"\begin{{document}}\nocite{{*}}Text."
                                       rf"\bibliographystyle{{{style}}}\bibliography{{references}}\end{{document}}")
    need_tex.tex(tmp_path)
    log = need_tex.run(tmp_path, "bibtex", "main")
    assert "error message" not in log
    (tmp_path / "main.bbl").read_text(encoding="utf-8")
    need_tex.tex(tmp_path)
    need_tex.tex(tmp_path)
    printed = need_tex.pdf_text(tmp_path)
    assert "LLMs" in printed and "root:" not in printed
    made = {f"main.{ending}" for ending in ("tex", "aux", "log", "out", "pdf", "txt", "bbl", "blg")}
    assert made | {"references.bib"} == need_tex.files(tmp_path)


@need_tex.need("pdflatex", "biber", "pdftotext")
def test_biber_and_latex_run_to_the_end(tmp_path):
    write_citations(papers(*tex_rows()), tmp_path / "references.bib", dialect="biblatex")
    (tmp_path / "main.tex").write_text(r"""\documentclass{article}\usepackage[T1]{fontenc}\usepackage{lmodern}
        \usepackage[backend=biber,maxnames=9]{biblatex}\addbibresource{references.bib}
        \begin{document}\nocite{*}Text.\printbibliography\end{document}""")
    need_tex.tex(tmp_path)
    need_tex.run(tmp_path, "biber", "main")
    need_tex.tex(tmp_path)
    printed = need_tex.pdf_text(tmp_path)
    assert "Çelik" in printed and "LLMs" in printed and "root:" not in printed


@need_tex.need("xelatex", "bibtex", "pdftotext")
def test_chinese_names_keep_whole_letters_when_a_style_abbreviates_them(tmp_path):
    write_citations(papers({"title": "医学推理", "authors": ["王, 小伟"], "year": 2024}), tmp_path / "references.bib")
    (tmp_path / "main.tex").write_text(r"\documentclass{article}\begin{document}\nocite{*}Text."
                                       r"\bibliographystyle{abbrv}\bibliography{references}\end{document}")
    need_tex.tex(tmp_path, engine="xelatex")
    need_tex.run(tmp_path, "bibtex", "main")
    assert "{\\relax 小}.~王" in (tmp_path / "main.bbl").read_text(encoding="utf-8")
    need_tex.tex(tmp_path, engine="xelatex")
