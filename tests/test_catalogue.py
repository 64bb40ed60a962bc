"""The shipped review, from its sources to 100 papers."""

import shutil
from pathlib import Path

import pandas as pd
import pytest

import review_kit as rk
from review_kit.corrections import apply_corrections
from review_kit.errors import LogError, SourceError
from review_kit.schema import events_table, records_table
from review_kit.search_log import read_search_log
from review_kit.starting import new_review

DATA = Path(__file__).parents[1] / "data"
SEEDS = Path(__file__).parents[1].parent / "shared" / "seeds"


@pytest.fixture(scope="module")
def catalogue():
    return rk.load_catalogue(DATA)


def test_the_shipped_sources_give_112_records_of_100_papers(catalogue):
    found = catalogue.records["source"].value_counts().to_dict()
    assert {"paper-list": 31, "awesome-list": 13, "hf-papers": 68} == found
    assert 100 == len(catalogue.papers) == len(catalogue.facts)
    assert 112 == catalogue.papers["record_ids"].map(len).sum()


def test_every_fact_finds_its_paper(catalogue):
    assert "fact_without_paper" not in set(catalogue.problems["kind"])
    assert catalogue.papers["summary"].notna().all()
    assert (catalogue.papers["authors"].map(len) > 0).all()
    assert catalogue.papers["year"].notna().all()


def test_medrag_and_ivispar_stay_apart_and_the_wrong_id_stays_visible(catalogue):
    papers = catalogue.papers
    ids = papers[papers["title"].str.contains("MedRAG|iVISPAR")].set_index("title")["arxiv_id"]
    assert {"2502.04413", "2502.03214"} == set(ids)
    wrong = catalogue.corrections[catalogue.corrections["corrected"] == "2502.03214"]
    assert ["2502.04413"] == wrong["found"].tolist()
    assert wrong["reason"].notna().all()


def test_one_paper_under_three_titles_is_one_paper(catalogue):
    paper = catalogue.papers[catalogue.papers["arxiv_id"] == "2503.13939"]
    assert [4] == paper["record_ids"].map(len).tolist()
    assert {"paper-list", "awesome-list", "hf-papers"} == set(paper["sources"].iloc[0])


def test_two_papers_with_nearly_one_title_stay_two(catalogue):
    assert {"2411.04118", "2411.08870"} <= set(catalogue.papers["arxiv_id"].dropna())


def test_every_value_says_where_it_came_from(catalogue):
    for paper in catalogue.papers.to_dict("records"):
        assert "title" in paper["provenance"]
        assert paper["provenance"]["title"].split(":")[0] in {"verified-facts", *paper["sources"]} \
            or "corrected by" in paper["provenance"]["title"]


def test_citation_keys_are_unique_without_regard_to_case(catalogue):
    keys = catalogue.papers["citation_key"]
    assert keys.notna().all() and keys.str.lower().is_unique


def test_the_log_is_sound_and_every_event_finds_its_record(catalogue):
    assert catalogue.unplaced.empty
    assert not catalogue.problems["kind"].str.startswith("log_").any()
    assert {"correct", "tag", "extract"} <= set(catalogue.events["kind"])


def test_loading_twice_gives_the_same_tables_and_writes_nothing(catalogue, tmp_path):
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("outputs"))
    before = sorted((p, p.stat().st_mtime_ns) for p in (tmp_path / "data").rglob("*"))
    again = rk.load_catalogue(tmp_path / "data")
    pd.testing.assert_frame_equal(catalogue.papers, again.papers)
    assert before == sorted((p, p.stat().st_mtime_ns) for p in (tmp_path / "data").rglob("*"))


def test_a_correction_outranks_facts_and_merging(tmp_path):
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("outputs"))
    log = rk.ReviewLog(tmp_path / "data" / "log", reviewer="ada")
    paper = rk.load_catalogue(tmp_path / "data").papers.iloc[0]
    log.correct(paper, "year", 2031, reason="to see it win")
    log.correct(paper, "citation_key", "pinned2031", reason="cited so already")
    papers = rk.load_catalogue(tmp_path / "data", log=log).papers
    assert (2031, "pinned2031") == tuple(papers.loc[paper["paper_id"], ["year", "citation_key"]])
    assert "corrected by ada" in papers.loc[paper["paper_id"], "provenance"]["year"]


def test_a_checked_value_can_be_corrected_and_the_correction_undone(tmp_path):
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("outputs"))
    log = rk.ReviewLog(tmp_path / "data" / "log", reviewer="ada")
    fact = rk.load_catalogue(tmp_path / "data").facts.iloc[0]
    log.correct(fact, "venue", "A journal", reason="published since", old=fact["venue"])
    log.tag(fact, "x")
    again = rk.load_catalogue(tmp_path / "data", log=log)
    assert "A journal" == again.facts["venue"].iloc[0] and "A journal" in set(again.papers["venue"])
    assert (fact["source"], "venue") == tuple(again.corrections.iloc[-1][["source", "field"]])
    assert again.unplaced.empty and "x" in set(rk.tag_table(again.papers, again.events)["tag"]), "a tag is the paper's"
    log.undo(log.events["event_id"].iloc[-2])
    undone = rk.load_catalogue(tmp_path / "data", log=log)
    assert fact["venue"] == undone.facts["venue"].iloc[0] and "A journal" not in set(undone.papers["venue"])


@pytest.mark.parametrize("field, value", [
    ("month", 99), ("month", 0), ("day", 32), ("year", 20245), ("n_authors", -1), ("arxiv_version", 0)])
def test_a_number_that_cannot_be_is_no_correction(tmp_path, field, value):
    log = rk.ReviewLog(tmp_path, reviewer="ada")
    with pytest.raises(LogError, match=f"{field}: expected a number from"):
        log.correct("p", field, value, reason="a slip")
    log.correct("p", field, None, reason="not known")
    assert 1 == len(log.events)


def test_a_correction_that_fits_no_field_is_named_with_its_event():
    event = {"event_id": "e1", "kind": "correct", "reviewer": "me", "record_id": "p", "reason": "typed by hand",
             "value": {"field": "year", "old": None, "new": "soon"}}
    with pytest.raises(LogError, match="correction e1 by me: year: expected a whole number; found 'soon'"):
        apply_corrections(records_table([{"record_id": "p", "title": "A"}]), events_table([event]))


def test_a_correction_that_cannot_be_applied_is_a_problem_and_keeps_no_review_shut(tmp_path):
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("outputs"))
    log = rk.ReviewLog(tmp_path / "data" / "log", reviewer="ada")
    record = rk.load_catalogue(tmp_path / "data").records.iloc[0]
    event = {"event_id": "e1", "kind": "correct", "reviewer": "bob", "record_id": record["record_id"],
             "value": {"field": "month", "old": None, "new": 99}, "reason": "a slip"}
    log.adopt(events_table([event]))
    catalogue = rk.load_catalogue(tmp_path / "data", log=log)
    problem = catalogue.problems[catalogue.problems["kind"] == "correction_unfit"].iloc[0]
    assert (record["record_id"], "month: 99") == tuple(problem[["record_id", "found"]])
    assert "e1" in problem["todo"]
    pd.testing.assert_series_equal(record[["month", "title"]], catalogue.records.iloc[0][["month", "title"]])


def test_what_could_not_be_read_is_a_problem_and_no_paper(tmp_path):
    review = tmp_path / "review"
    new_review(review)
    sources = review / "data" / "sources"
    (sources / "sources.csv").write_text((sources / "sources.csv").read_text() + "a,a.bib,,website,A,,,,search,\n"
                                         + "b,b.bib,,website,B,,,,search,\n")
    (sources / "a.bib").write_text("<html><head><title>Sign in</title></head><body>Please log in</body></html>")
    (sources / "b.bib").write_text("@misc{x, title={One}, author={Lee, Ann}, year={2024}}\n@misc{y,\n")
    catalogue = rk.load_catalogue(review / "data")
    assert (["One"], [0, 1]) == (catalogue.papers["title"].tolist(), catalogue.sources["n_records"].tolist())
    unread = catalogue.problems[catalogue.problems["kind"] == "unreadable_entry"]
    assert {("a", 1), ("b", 2)} == set(zip(unread["source"], unread["line"]))
    assert 1 == rk.prisma_counts(catalogue, catalogue.events)["identified"]


def test_pinned_citation_keys_stay_when_an_older_paper_of_the_same_key_comes(tmp_path):
    review = tmp_path / "review"
    new_review(review)
    sources = review / "data" / "sources"
    line = "a,a.bib,,website,A,,,,search,\n"
    (sources / "sources.csv").write_text((sources / "sources.csv").read_text() + line)
    (sources / "a.bib").write_text(
        "@misc{x, title={Same words}, author={Lee, Ann}, year={2024}, month=5, eprint={2405.00002}}")
    log = rk.ReviewLog(review / "data" / "log", reviewer="ada")
    assert (1, 0) == tuple(
        rk.pin_citation_keys(rk.load_catalogue(review / "data", log=log).papers, log) for _ in range(2))
    (sources / "a.bib").write_text(
        (sources / "a.bib").read_text()
        + "\n@misc{y, title={Same thing, other paper}, author={Lee, Ann}, year={2024}, month=1, eprint={2401.00001}}")
    papers = rk.load_catalogue(review / "data", log=log).papers.set_index("title")["citation_key"]
    assert "lee2024same" == papers["Same words"] != papers["Same thing, other paper"]


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the raw seed documents are not on this machine")
def test_the_raw_seed_documents_give_112_records_of_100_papers():
    names = ("paper-list", "awesome-list", "hf-papers")
    tables = [rk.read_records(path, source=name) for name, path in zip(names, sorted(SEEDS.glob("*.txt")))]
    assert [31, 13, 68] == list(map(len, tables))
    records = pd.concat(tables, ignore_index=True)
    papers = rk.merge_duplicates(records, rk.find_duplicates(records))
    assert 100 == len(papers)


@pytest.mark.parametrize(("line", "words"), [
    ("a,x.md,,moon,,,,,search,", "moon"), ("a,../x.md,,website,,,,,search,", "beside"),
    (",x.md,,website,,,,,,", "short name"),
    ("a,x.md,,website,,,,,search,\na,y.md,,website,,,,,search,", "twice"),
    ("a,x.md,,website,,,,,extra,", "role"),
])
def test_faults_of_the_search_log_are_told_by_line(tmp_path, line, words):
    path = tmp_path / "sources.csv"
    path.write_text(f"source,file,format,kind,name,url,query,date,role,notes\n{line}\n")
    with pytest.raises(SourceError, match=words):
        read_search_log(path)


def test_a_source_that_is_not_there_is_named(tmp_path):
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("outputs"))
    (tmp_path / "data" / "sources" / "paper-list.md").unlink()
    with pytest.raises(SourceError, match="paper-list.md"):
        rk.load_catalogue(tmp_path / "data")


@pytest.mark.parametrize("edit", ["mended", "gone"])
def test_no_event_of_an_edited_source_hides_on_a_checked_value(catalogue, tmp_path, edit):
    shutil.copytree(DATA, tmp_path / "data", ignore=shutil.ignore_patterns("outputs"))
    source = tmp_path / "data" / "sources" / "paper-list.md"
    lines = source.read_text(encoding="utf-8").splitlines(keepends=True)
    for place, line in enumerate(lines[:30]):
        if "arXiv]" in line:
            lines[place] = line.replace("Reasoner", "Raesoner") if edit == "mended" else "\n"
    source.write_text("".join(lines), encoding="utf-8")
    again = rk.load_catalogue(tmp_path / "data")
    of_papers = {record_id for ids in again.papers["record_ids"] for record_id in ids}
    assert set(again.events["record_id"].dropna()) <= of_papers
    assert set(catalogue.events["event_id"]) == set(again.events["event_id"]) | set(again.unplaced["event_id"])
    tagged = [len(rk.tag_table(one.papers, one.events)) for one in (catalogue, again)]
    assert again.unplaced.empty and tagged[0] == tagged[1] if edit == "mended" else len(again.unplaced) > 0
