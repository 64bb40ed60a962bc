"""PRISMA: every number comes from records, pairs and events; every sum holds, or the error names who breaks it."""

import csv
import re
from types import SimpleNamespace

import matplotlib
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure

from review_kit.errors import CountsError, ReviewKitError
from review_kit.figure_files import save_figure
from review_kit.prisma.counting import LAYERS, METHODS, check_counts, prisma_counts
from review_kit.prisma.csv_file import ROWS, write_prisma_csv
from review_kit.prisma.diagram import plot_prisma
from review_kit.prisma.flow import paper_flow
from review_kit.schema import events_table, pairs_table, papers_table, records_table
from review_kit.screening import select_papers

TA, RETRIEVAL, FT = "title_abstract", "retrieval", "full_text"
SOURCES = (("list", "website", "An awesome list"), ("pubmed", "database", "PubMed"), ("trials", "register", "Trials"))


def review(groups, sources=SOURCES, extra_pairs=()):
    """A catalogue from groups of records such as ["list-1", "pubmed-1"], each one paper, the source before the dash."""
    ids = [r for group in groups for r in group]
    pairs = [{"record_id_1": g[0], "record_id_2": r, "verdict": "duplicate"} for g in groups for r in g[1:]]
    return SimpleNamespace(
        records=records_table([{"record_id": r, "source": r.split("-")[0], "title_raw": r} for r in ids]),
        pairs=pairs_table([*pairs, *extra_pairs]),
        papers=papers_table([{"paper_id": g[0], "record_ids": g} for g in groups]),
        sources=pd.DataFrame([dict(zip(("source", "kind", "name"), row), role="search") for row in sources]),
    )


def acts(*rows):
    names = ("reviewer", "record_id", "stage", "value", "reason", "final")
    return events_table([{"event_id": f"e{n}", "kind": "decide", "final": False, **dict(zip(names, row))}
                         for n, row in enumerate(rows)])


def stop(*record_ids):
    return events_table([{"event_id": "stop", "kind": "stop", "reviewer": "ada", "stage": TA,
                          "value": {"record_ids": list(record_ids)}}])


@pytest.fixture
def catalogue():
    return review([["list-1", "pubmed-1"], ["list-2", "list-3"], ["pubmed-2", "trials-1", "trials-2"],
                   *([f"pubmed-{n}"] for n in range(3, 9))])


PLAN = {  # paper -> decisions along the stages
    "list-1": ("include", "retrieved", "include"), "list-2": ("exclude",),
    "pubmed-2": ("include", "retrieved", "exclude:no reasoning"), "pubmed-3": ("maybe", "retrieved", "include"),
    "pubmed-4": ("include", "not_retrieved"), "pubmed-5": ("exclude:not medical",), "pubmed-6": ("exclude",),
    "pubmed-7": ("include", "retrieved", "exclude:not medical"),
    "pubmed-8": ("include", "retrieved", "exclude:no reasoning"),
}


def done(plan=PLAN, reviewers=("ada",)):
    return acts(*((who, paper, stage, *decision.split(":")) for who in reviewers for paper, path in plan.items()
                  for stage, decision in zip((TA, RETRIEVAL, FT), path) if decision))


def words(ax):
    return " ".join(text.get_text() for text in ax.texts)


def test_the_counts_of_a_review(catalogue):
    counts = prisma_counts(catalogue, done())
    expected = {
        "identified": 13, "identified_databases": 8, "identified_registers": 2, "identified_websites": 3,
        "duplicates_removed": 4, "removed_automation": 0, "screened": 9, "excluded": 3, "sought": 6,
        "not_retrieved": 1, "assessed": 5, "excluded_full_text": 3, "excluded_full_text:no reasoning": 2,
        "excluded_full_text:not medical": 1, "excluded:not medical": 1, "excluded:no reason given": 2,
        "included_papers": 2, "included_studies": 2,
        "dbr_identified": 10, "dbr_duplicates_removed": 3, "dbr_screened": 7, "dbr_included_papers": 1,
        "other_identified": 3, "other_duplicates_removed": 1, "other_screened": 2, "other_included_papers": 1,
        "source:website:An awesome list": 3, "source:database:PubMed": 8, "source:register:Trials": 2, "draft": False,
    }
    assert expected == {name: counts[name] for name in expected}


def test_a_paper_found_twice_is_counted_with_the_first_source_of_the_search_log(catalogue):
    flow = paper_flow(catalogue, done())
    assert ("other", "included_papers") == tuple(flow.loc["list-1", ["method", "place"]])
    catalogue.sources = catalogue.sources.iloc[::-1]
    assert "dbr" == paper_flow(catalogue, done()).loc["list-1", "method"]


def test_reasons_stand_in_the_order_of_the_protocol(catalogue):
    catalogue.protocol = SimpleNamespace(mode="single", reasons={FT: ("not medical", "no language model")})
    names = [n for n in prisma_counts(catalogue, done()).index if n.startswith("excluded_full_text:")]
    assert ["excluded_full_text:not medical", "excluded_full_text:no reasoning"] == names


def test_reasons_that_no_protocol_orders_come_by_how_often_they_were_given(catalogue):
    plan = {**PLAN, "list-1": ("include", "retrieved", "exclude:a whim")}
    names = [n for n in prisma_counts(catalogue, done(plan)).index if n.startswith("excluded_full_text:")]
    assert ["no reasoning", "a whim", "not medical"] == [name.split(":")[1] for name in names]


def test_the_mode_is_the_protocols_unless_told(catalogue):
    catalogue.protocol = SimpleNamespace(mode="dual", reasons={})
    assert 9 == prisma_counts(catalogue, done({p: d[:1] for p, d in PLAN.items()}))["pending_title_abstract"]
    assert 2 == prisma_counts(catalogue, done(reviewers=("ada", "bob")))["included_papers"]


def test_papers_of_one_study_are_one_study(catalogue):
    counts = prisma_counts(catalogue, done(), studies={"list-1": "s", "pubmed-3": "s"})
    assert (1, 2) == (counts["included_studies"], counts["included_papers"])


def test_counts_are_a_draft_while_anything_is_unsettled(catalogue):
    everything = done()
    undecided = [done({**PLAN, "pubmed-5": ()}), done({**PLAN, "list-1": ("include", "retrieved", "maybe")}),
                 done({**PLAN, "list-1": ("include", "retrieved")}), done({**PLAN, "list-1": ("include",)}),
                 acts(*everything[["reviewer", "record_id", "stage", "value", "reason"]].itertuples(index=False),
                      ("bob", "list-2", TA, "include"))]
    names = ["pending_title_abstract", "pending_full_text", "pending_full_text", "pending_retrieval",
             "conflict_title_abstract"]
    for events, name in zip(undecided, names):
        counts = prisma_counts(catalogue, events)
        assert (True, 1) == (counts["draft"], counts[name])


def test_possible_duplicates_that_wait_for_a_person_make_a_draft():
    waiting = review([["list-1"], ["list-2"]], extra_pairs=[
        {"record_id_1": "list-1", "record_id_2": "list-2", "verdict": "maybe"}])
    counts = prisma_counts(waiting, done({"list-1": ("exclude",), "list-2": ("exclude",)}))
    assert (1, True) == (counts["pending_pairs"], counts["draft"])


def test_without_logged_retrieval_a_full_text_decision_shows_that_the_report_was_there(catalogue):
    events = done()
    counts = prisma_counts(catalogue, events[events["value"] != "retrieved"])
    assert (1, 5, 2) == (counts["not_retrieved"], counts["assessed"], counts["included_papers"])


def test_papers_unscreened_after_an_early_stop_are_marked_by_automation(catalogue):
    events = done({paper: path for paper, path in PLAN.items() if paper not in ("pubmed-5", "pubmed-6")})
    assert (2, True) == tuple(prisma_counts(catalogue, events)[["pending_title_abstract", "draft"]])
    left = stop("pubmed-5", "pubmed-6", "pubmed-99", "list-1")
    counts = prisma_counts(catalogue, pd.concat([events, left], ignore_index=True))
    assert (2, 0, 7, False) == tuple(
        counts[["removed_automation", "pending_title_abstract", "screened", "draft"]])
    assert "ineligible by automation tools (n = 2)" in words(plot_prisma(counts))


def test_stages_can_be_left_out_and_the_title_says_so(catalogue):
    events = done({paper: path[:1] for paper, path in PLAN.items()})
    counts = prisma_counts(catalogue, events, stages=(TA,))
    assert (6, False) == (counts["included_papers"], counts["draft"])
    drawn = words(plot_prisma(counts))
    assert "Paper selection flow" in drawn and "PRISMA" not in drawn and "assessed" not in drawn


def test_nothing_at_all_can_be_counted_and_drawn():
    for empty in (review([]), review([], sources=[])):
        empty.sources = empty.sources.reindex(columns=["source", "kind", "name", "role"])
        counts = prisma_counts(empty, acts())
        assert (0, False) == (counts["identified"], counts["draft"])
        assert "(n = 0)" in words(plot_prisma(counts))


# What breaks a sum is named

@pytest.mark.parametrize("break_it, message", [
    (lambda c: c.papers.drop("pubmed-8"), "records belong to no paper: pubmed-8"),
    (lambda c: pd.concat([c.papers, c.papers.loc[["pubmed-8"]]]), "papers stand twice: pubmed-8"),
    (lambda c: papers_table([*c.papers.to_dict("records"), {"paper_id": "x", "record_ids": ["ghost"]}]),
     "not in the records table: ghost"),
    (lambda c: papers_table([*c.papers.to_dict("records"), {"paper_id": "x", "record_ids": []}]),
     "papers have no record: x"),
    (lambda c: papers_table([*c.papers.to_dict("records"), {"paper_id": "x", "record_ids": ["list-3"]}]),
     "records belong to several papers: list-3"),
])
def test_records_and_papers_that_do_not_match_are_named(catalogue, break_it, message):
    catalogue.papers = break_it(catalogue)
    with pytest.raises(CountsError, match=message):
        prisma_counts(catalogue, done())


def test_a_merge_without_a_pair_is_named(catalogue):
    catalogue.pairs = catalogue.pairs.iloc[1:]
    with pytest.raises(CountsError, match="merged without a pair that says so: list-1"):
        prisma_counts(catalogue, done())


def test_a_pair_that_was_judged_one_paper_but_is_two_is_named():
    apart = review([["list-1"], ["list-2"]], extra_pairs=[
        {"record_id_1": "list-1", "record_id_2": "list-2", "verdict": "duplicate"}])
    with pytest.raises(CountsError, match="list-1 and list-2"):
        prisma_counts(apart, acts())


def test_a_source_outside_the_search_log_or_of_an_unknown_kind_is_named(catalogue):
    catalogue.sources.loc[0, "kind"] = "blog"
    with pytest.raises(CountsError, match="list: blog"):
        prisma_counts(catalogue, done())
    catalogue.sources = catalogue.sources.iloc[1:]
    with pytest.raises(CountsError, match="search log does not name: list-1, list-2, list-3"):
        prisma_counts(catalogue, done())


def test_sources_of_checked_facts_are_not_counted(catalogue):
    catalogue.sources.loc[len(catalogue.sources)] = ["facts", "other", "Facts", "facts"]
    counts = prisma_counts(catalogue, done())
    assert (13, False) == (counts["identified"], "source:other:Facts" in counts)


@pytest.mark.parametrize("path, message", [
    (("exclude", "retrieved", "include"), "excluded at title and abstract, but decided at full text: list-1"),
    (("include", "not_retrieved", "include"), "not retrieved, but decided at full text: list-1"),
    (("include", "retrieved", "exclude"), "none was given for list-1"),
])
def test_decisions_that_contradict_each_other_or_lack_a_reason_are_named(catalogue, path, message):
    with pytest.raises(CountsError, match=message):
        prisma_counts(catalogue, done({**PLAN, "list-1": path}))


def test_long_lists_of_names_are_cut_with_their_number():
    many = review([[f"list-{n}"] for n in range(30)])
    many.papers = many.papers.iloc[:5]
    with pytest.raises(CountsError, match="list-14 and 15 more"):
        prisma_counts(many, acts())


def test_unknown_stages_are_refused(catalogue):
    for stages in ((), ("abstract",)):
        with pytest.raises(CountsError, match="stages: expected some of"):
            prisma_counts(catalogue, acts(), stages=stages)


@pytest.mark.parametrize("name", ["identified", "dbr_screened", "excluded", "other_sought", "assessed",
                                  "excluded_full_text", "excluded_full_text:no reasoning", "included_papers",
                                  "dbr_identified_databases", "included_studies", "draft"])
def test_numbers_changed_by_hand_are_neither_drawn_nor_written(catalogue, name, tmp_path):
    counts = prisma_counts(catalogue, done())
    counts[name] = True if name == "draft" else counts[name] + 1
    for use in (plot_prisma, lambda c: write_prisma_csv(c, tmp_path / "PRISMA.csv")):
        with pytest.raises(CountsError, match=name.split(":")[0]):
            use(counts)


@pytest.mark.parametrize("value", [-1, 1.5, "3", None])
def test_what_is_no_count_is_refused(catalogue, value):
    counts = prisma_counts(catalogue, done())
    counts["screened"] = value
    with pytest.raises(CountsError, match="whole numbers from 0; found screened"):
        check_counts(counts)
    with pytest.raises(CountsError, match="found no identified"):
        check_counts(pd.Series({"n": 1}, dtype=object))


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_every_layer_adds_up_whatever_was_decided(data):
    paths = st.sampled_from([
        (), ("exclude",), ("maybe",), ("include",), ("include", "not_retrieved"), ("include", "retrieved"),
        ("include", "retrieved", "include"), ("maybe", "retrieved", "exclude:a"), ("include", "retrieved", "exclude:b"),
        ("include", "retrieved", "maybe"), ("include", "", "include")])
    names = st.sampled_from(["list", "pubmed", "trials"])
    n = data.draw(st.integers(0, 12))
    groups = [[f"{data.draw(names)}-{i}-{k}" for k in range(data.draw(st.integers(1, 3)))] for i in range(n)]
    plan = {group[0]: data.draw(paths) for group in groups}
    found, mode, reviewers = review(groups), data.draw(st.sampled_from(["single", "dual"])), ("ada", "bob")
    events = done(plan, reviewers[:data.draw(st.integers(1, 2))])
    stopped = data.draw(st.lists(st.sampled_from(found.papers["paper_id"].tolist()))) if n else []
    events = pd.concat([events, stop(*stopped)], ignore_index=True)
    counts = prisma_counts(found, events, mode=mode)
    unscreened = select_papers(found.papers, events, stage=TA, status="unscreened", mode=mode)["paper_id"]
    assert counts["removed_automation"] == len(unscreened) and set(unscreened) <= set(stopped)
    for stage, status, name in ((FT, "include", "included_papers"), (FT, "exclude", "excluded_full_text"),
                                (TA, "exclude", "excluded"), (RETRIEVAL, "not_retrieved", "not_retrieved")):
        assert counts[name] == len(select_papers(found.papers, events, stage=stage, status=status, mode=mode))
    for prefix in METHODS:
        starts = [prefix + start for start, _ in LAYERS.values()] + [f"{prefix}included_papers"]
        for (_, losses), start, following in zip(LAYERS.values(), starts, starts[1:]):
            assert counts[start] == counts[following] + sum(counts[prefix + loss] for loss in losses)
    assert sum(map(len, groups)) == counts["identified"] and n == counts["identified"] - counts["duplicates_removed"]


def test_inputs_are_never_changed(catalogue):
    events, before = done(), done()
    tables = {name: table.copy(deep=True) for name, table in vars(catalogue).items()}
    counts = prisma_counts(catalogue, events)
    kept = counts.copy()
    plot_prisma(counts)
    pd.testing.assert_frame_equal(before, events)
    pd.testing.assert_series_equal(kept, counts)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, getattr(catalogue, name))


# The file of the R package

def test_the_csv_holds_the_numbers_of_the_counts(catalogue, tmp_path):
    events = done({**PLAN, "pubmed-7": ("include", "retrieved", "exclude:wrong, or; odd")})
    path = write_prisma_csv(prisma_counts(catalogue, events), tmp_path / "out" / "PRISMA.csv")
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    n = {row["data"]: row["n"] for row in rows}
    assert len(ROWS) == len(rows)
    assert ["data", "node", "box", "description", "boxtext", "tooltips", "url", "n"] == list(rows[0])
    assert ("8", "2", "3", "3", "7", "1") == tuple(
        n[k] for k in ("database_results", "register_results", "website_results", "duplicates", "records_screened",
                       "dbr_notretrieved_reports"))
    assert "no reasoning, 2; wrong or odd, 1" == n["dbr_excluded"]
    assert ("PubMed, 8", "0", "2") == tuple(
        n[k] for k in ("database_specific_results", "other_excluded", "new_studies"))


def test_the_csv_can_be_read_by_the_package(catalogue, tmp_path):
    """It looks for each key anywhere in the first column, and leaves out the previous version where both are NA."""
    keys = [row[0] for row in ROWS if row[0]]
    assert keys == [key for key in keys if [key] == [other for other in keys if key in other]]
    assert {"identification", "screening", "included"} < set(keys)
    path = write_prisma_csv(prisma_counts(catalogue, done(), stages=(TA,)), tmp_path / "PRISMA.csv")
    n = pd.read_csv(path, keep_default_na=False).set_index("data")["n"]
    assert ["NA"] * 4 == n[["previous_studies", "previous_reports", "dbr_sought_reports", "dbr_assessed"]].tolist()


# The drawing

def test_the_drawing_says_the_counts_in_the_words_of_prisma(catalogue):
    drawn = words(plot_prisma(prisma_counts(catalogue, done())))
    for said in ("Identification of studies via databases and registers", "Identification of studies via other methods",
                 "Databases (n = 8)", "PubMed (n = 8)", "Registers (n = 2)", "Websites (n = 3)",
                 "Records removed before screening: Duplicate records removed (n = 3)",
                 "Records marked as ineligible by automation tools (n = 0)",
                 "Records removed for other reasons (n = 0)",
                 "Records screened (n = 7)", "Records excluded (n = 2)", "Reports sought for retrieval (n = 5)",
                 "Reports not retrieved (n = 1)", "Reports assessed for eligibility (n = 4)",
                 "Reports excluded (n = 3): no reasoning (n = 2) not medical (n = 1)",
                 "Studies included in review (n = 2)", "Reports of included studies (n = 2)",
                 "PRISMA 2020 flow diagram", "Screening", "Included"):
        assert said in drawn
    assert "DRAFT" not in drawn


def test_a_draft_is_marked_and_says_what_is_open(catalogue):
    drawn = words(plot_prisma(prisma_counts(catalogue, done({**PLAN, "pubmed-5": ()}))))
    assert "DRAFT" in drawn and "Draft: awaiting a decision or retrieval (n = 1)." in drawn


def test_reasons_at_title_and_abstract_are_shown_only_if_asked(catalogue):
    counts = prisma_counts(catalogue, done())
    assert "no reason given" not in words(plot_prisma(counts))
    assert "no reason given (n = 1) not medical (n = 1)" in words(plot_prisma(counts, title_abstract_reasons=True))


def test_one_method_gives_one_column_and_sources_and_zeros_can_be_left_out():
    counts = prisma_counts(review([["list-1"]]), done({"list-1": ("exclude",)}))
    drawn = words(plot_prisma(counts, zeros=False, sources=False, title=""))
    assert "databases and registers" not in drawn and "Organisations" not in drawn and "awesome" not in drawn
    assert "flow diagram" not in drawn and "Records excluded (n = 1)" in drawn


def test_the_official_column_of_other_methods_has_no_screening_where_nothing_was_excluded_there():
    plan = {"list-1": ("include", "retrieved", "include"), "pubmed-1": ("exclude",)}
    drawn = words(plot_prisma(prisma_counts(review([["list-1"], ["pubmed-1"]]), done(plan))))
    assert 1 == drawn.count("Records screened") and 1 == drawn.count("Records removed before")


def long_review():
    names = [(f"list{n}", "website", f"Very long name of a source {n} " * 3 + "$x_{1}$ Donaudampfschiffahrt" * 3)
             for n in range(12)]
    found = review([[f"list{n % 12}-{n}"] for n in range(60)], sources=names)
    plan = {f"list{n % 12}-{n}": ("include", "retrieved", f"exclude:reason {n % 20} " + "and on " * 12)
            for n in range(60)}
    return prisma_counts(found, done(plan))


def test_no_text_leaves_its_box_and_no_two_texts_overlap(catalogue):
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    for made in (long_review(), prisma_counts(catalogue, done())):
        ax = plot_prisma(made, title_abstract_reasons=True)
        renderer = FigureCanvasAgg(ax.figure).get_renderer()
        texts = [t.get_window_extent(renderer) for t in ax.texts]
        boxes = [p.get_window_extent(renderer) for p in ax.patches if "Arrow" not in type(p).__name__]
        for text, box in ((t, min((b for b in boxes if b.contains((t.x0 + t.x1) / 2, (t.y0 + t.y1) / 2)),
                                  key=lambda b: b.width * b.height, default=None)) for t in texts):
            assert box is None or (box.x0 <= text.x0 and text.x1 <= box.x1 and box.y0 <= text.y0 and text.y1 <= box.y1)
        assert not any(a.overlaps(b) and min(a.x1, b.x1) - max(a.x0, b.x0) > 1 and min(a.y1, b.y1) - max(a.y0, b.y0) > 3
                       for i, a in enumerate(texts) for b in texts[i + 1:])


def test_a_long_review_is_drawn_wider_and_not_without_end():
    width, height = plot_prisma(long_review()).figure.get_size_inches()
    usual, _ = plot_prisma(prisma_counts(review([["list-1"]]), acts())).figure.get_size_inches()
    assert width > 1.3 * usual and height < 2.5 * width


def test_the_words_of_the_bars_keep_their_size_whatever_stages_there_are(catalogue):
    for stages in ((TA,), (FT,), (TA, RETRIEVAL, FT)):
        events = done({paper: path[:1] for paper, path in PLAN.items()}) if stages == (TA,) else done()
        ax = plot_prisma(prisma_counts(catalogue, events, stages=stages))
        bars = [t for t in ax.texts if t.get_text() in ("Identification", "Screening", "Included")]
        assert [9.0] * 3 == pytest.approx([t.get_size() for t in bars], rel=0.02)


def test_the_form_is_credited_unless_layers_are_left_out(catalogue):
    assert "After Page et al. 2021, BMJ 372:n71" in words(plot_prisma(prisma_counts(catalogue, done())))
    events = done({paper: path[:1] for paper, path in PLAN.items()})
    assert "Page et al." not in words(plot_prisma(prisma_counts(catalogue, events, stages=(TA,))))


def test_the_drawing_is_saved_with_text_as_text_and_twice_the_same(catalogue, tmp_path):
    counts = prisma_counts(catalogue, done())
    first, second = (save_figure(plot_prisma(counts), tmp_path / f"{n}.svg").read_text(encoding="utf-8") for n in "ab")
    assert first == second
    assert "Records screened (n = 7)" in re.sub(r"<[^>]+>", "", first)
    assert b"%PDF" == save_figure(plot_prisma(counts), tmp_path / "a.pdf").read_bytes()[:4]


def test_it_draws_into_given_axes_and_leaves_settings_alone(catalogue):
    before = dict(matplotlib.rcParams)
    ax = Figure(figsize=(4, 3)).add_subplot()
    assert ax is plot_prisma(prisma_counts(catalogue, done()), ax=ax)
    assert before == dict(matplotlib.rcParams)
    assert max(t.get_size() for t in ax.texts) < 9


def test_a_file_that_cannot_be_written_is_a_clear_error(catalogue, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReviewKitError):
        write_prisma_csv(prisma_counts(catalogue, done()), tmp_path / "file" / "PRISMA.csv")
