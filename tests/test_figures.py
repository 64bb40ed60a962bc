import warnings

import hostile
import matplotlib
import matplotlib.pyplot
import pytest
from matplotlib.figure import Figure

from review_kit.errors import ReviewKitError
from review_kit.figure_files import save_figure
from review_kit.figures import plot_by_year, plot_evidence_map, plot_taxonomy, plot_timeline
from review_kit.protocol import Node, Protocol
from review_kit.schema import events_table, papers_table

PROTOCOL = Protocol("t", taxonomy=(
    Node("modality", "Modality", "modality"), Node("modality/text", "Text", "modality", "modality"),
    Node("modality/image", "Image", "modality", "modality"), Node("modality/code", "Code", "modality", "modality"),
    Node("method", "Method", "method"), Node("method/rl", "Reinforcement learning", "method", "method"),
    Node("method/rl/reward", "Structured reward", "method", "method/rl"),
))


def papers(*rows):
    return papers_table({"paper_id": f"p-{n}", "record_ids": [f"p-{n}"], **row} for n, row in enumerate(rows))


def tags(*pairs):
    return events_table({"event_id": f"e{n}", "seq": n, "at": "2026", "reviewer": "ann", "kind": "tag",
                         "record_id": paper, "value": tag} for n, (paper, tag) in enumerate(pairs))


THREE = papers({"title": "Med-R1: x", "authors": ["Lai, Y"], "year": 2025, "month": 3, "venue": "arXiv"},
               {"title": "B", "authors": ["Li, W"], "year": 2023, "month": 1, "venue": "ACL 2023"},
               {"title": "C", "authors": ["Wu, J"]})
EVENTS = tags(("p-0", "modality/text"), ("p-0", "modality/image"), ("p-0", "method/rl/reward"),
              ("p-1", "modality/text"), ("p-1", "method/rl"))


def words(ax):
    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.findobj(matplotlib.text.Text) if text.get_text()]


def heights(ax):
    return {round(bar.get_x() + bar.get_width() / 2): bar.get_height() for bar in ax.patches}


def bubbles(ax):
    rows = {y: label.get_text() for y, label in zip(ax.get_yticks(), ax.get_yticklabels())}
    columns = {x: label.get_text() for x, label in zip(ax.get_xticks(), ax.get_xticklabels())}
    return {(rows[t.get_position()[1]], columns[t.get_position()[0]]): int(t.get_text())
            for t in ax.texts if t.get_text().isdigit()}


def test_years_without_a_paper_have_their_place():
    rows = [{"year": year} for year in (2019, 2022, 2022)]
    assert {2019: 1, 2020: 0, 2021: 0, 2022: 2} == heights(plot_by_year(papers(*rows)))


def test_a_short_span_is_shown_by_month():
    ax = plot_by_year(papers({"year": 2024, "month": 12}, {"year": 2025, "month": 2}, {"year": 2025, "month": 2}))
    assert [1, 0, 2] == list(heights(ax).values())
    assert ["Dec\n2024", "Jan\n2025", "Feb"] == [label.get_text() for label in ax.get_xticklabels()]


def test_papers_without_a_year_are_counted_in_a_remark():
    assert "1 without a year not shown" in words(plot_by_year(THREE))
    assert any("1 without a year not shown" in text for text in words(plot_timeline(THREE)))


def test_the_map_counts_a_paper_at_each_of_its_crossings_and_shows_gaps():
    ax = plot_evidence_map(THREE, EVENTS, rows="method", columns="modality", protocol=PROTOCOL)
    assert {("Structured reward", "Text"): 1, ("Structured reward", "Image"): 1,
            ("Reinforcement learning", "Text"): 1} == bubbles(ax)
    assert ["Text", "Image", "Code"] == [label.get_text() for label in ax.get_xticklabels()]
    assert "n = 2 papers; 1 without one of the two not shown" in words(ax)


def test_the_map_takes_columns_of_papers_too():
    assert {("text", "2025"): 1, ("text", "2023"): 1, ("image", "2025"): 1} == bubbles(
        plot_evidence_map(THREE, EVENTS, rows="modality", columns="year"))


def test_an_unknown_axis_is_named_with_those_there_are():
    with pytest.raises(ReviewKitError, match="'x'.*modality, method"):
        plot_evidence_map(THREE, EVENTS, rows="x", columns="modality")
    with pytest.raises(ReviewKitError, match="modality, method.*'x'"):
        plot_taxonomy(THREE, EVENTS, PROTOCOL, axis="x")
    with pytest.raises(ReviewKitError, match="'x'"):
        plot_timeline(THREE, EVENTS, lanes="x")


def test_the_timeline_has_a_lane_for_each_tag_and_rings_for_preprints():
    ax = plot_timeline(THREE, EVENTS, lanes="modality", protocol=PROTOCOL)
    assert ["Text", "Image"] == [label.get_text() for label in ax.get_yticklabels()]
    dots = [line for line in ax.lines if line.get_marker() == "o"]
    assert ["#0072B2", "white", "white"] == [dot.get_markerfacecolor() for dot in dots]
    assert 2 == words(ax).count("Med-R1")


def test_names_in_a_timeline_do_not_stand_on_each_other():
    ax = plot_timeline(papers(*({"year": 2025, "month": n % 12 + 1, "title": f"Name-{n}: x"} for n in range(40))))
    ax.figure.canvas.draw()
    boxes = [text.get_window_extent() for text in ax.texts if text.get_text().startswith("Name")]
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])


def test_the_tree_counts_papers_once_below_each_node_and_names_them():
    found = words(plot_taxonomy(THREE, EVENTS, PROTOCOL))
    assert {"Modality (2)", "Text (2)", "Code (0)", "Method (2)", "Structured reward (1)", "lai2025medr1",
            "li2023b, lai2025medr1", "n = 3 papers; 1 without a tag here"} <= set(found)
    assert "Reinforcement learning\n(2)" in found or "Reinforcement learning (2)" in found


def test_the_tree_writes_no_more_keys_than_asked_for():
    found = words(plot_taxonomy(THREE, EVENTS, PROTOCOL, axis="modality", keys=1))
    assert "li2023b + 1 more" in found and "Method (2)" not in found
    assert not any("2023" in text for text in words(plot_taxonomy(THREE, EVENTS, PROTOCOL, keys=0)))


def every_figure(table, events, **more):
    yield plot_by_year(table, **more)
    yield plot_timeline(table, events, lanes="modality", protocol=PROTOCOL, **more)
    yield plot_evidence_map(table, events, rows="method", columns="modality", protocol=PROTOCOL, **more)
    yield plot_taxonomy(table, events, PROTOCOL, **more)


def test_no_paper_gives_a_figure_that_says_so(tmp_path):
    for number, ax in enumerate(every_figure(papers(), tags())):
        save_figure(ax, tmp_path / f"{number}.svg")
        assert words(ax)


def test_figures_belong_to_nobody_and_change_no_settings():
    before = dict(matplotlib.rcParams)
    for ax in every_figure(THREE, EVENTS):
        assert isinstance(ax.figure, Figure)
    assert [] == matplotlib.pyplot.get_fignums()
    assert before == dict(matplotlib.rcParams)


def test_axes_that_are_given_are_used():
    given = Figure().add_subplot()
    assert all(given is ax for ax in every_figure(THREE, EVENTS, ax=given))


def test_the_tables_are_left_alone():
    table, events = THREE.copy(deep=True), EVENTS.copy(deep=True)
    list(every_figure(table, events))
    assert table.equals(THREE) and events.equals(EVENTS)


def test_hostile_texts_are_drawn_as_text(tmp_path):
    texts = [text for text in hostile.texts("latex", "formula") if len(text) < 200]
    table = papers(*({"title": text, "authors": [text], "year": 2025, "month": 1} for text in texts))
    events = tags(*((f"p-{n}", f"axis/{text}") for n, text in enumerate(texts)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", message="Glyph")
        save_figure(plot_timeline(table, events, lanes="axis"), tmp_path / "a.svg")
        save_figure(plot_timeline(table.iloc[:40]), tmp_path / "b.svg")
        save_figure(plot_evidence_map(table, events, rows="axis", columns="year"), tmp_path / "c.svg")
    assert "$$" in (tmp_path / "c.svg").read_text(encoding="utf-8")
