"""Paper lists in layouts drawn at random: what is read of them, and that a wrong field would be noticed."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

# A little below what was measured; a change that reads more layouts wrong falls below.
LEAST = {
    "found": 1, "a paper": 0.995, "title": 0.99, "url": 0.999, "code_url": 0.999, "no code_url": 1,
    "venue": 0.955, "no venue": 0.99, "year": 0.965, "authors": 0.955, "no authors": 0.99,
}
PAPER = {"title": "Frogs for Ponds", "url": "https://arxiv.org/abs/2101.00001", "code_url": "https://github.com/a/b",
         "venue": "CVPR", "authors": ["Anna de Vries", "W. Li"], "year": 2021}
ROW = {**PAPER, "authors": ["de Vries, Anna", "Li, W."]}
BARE = {"title": "Reeds for Lakes", "url": "https://doi.org/10.1000/2", "code_url": "", "venue": "", "authors": []}


@pytest.fixture
def list_layouts(monkeypatch):
    """The module of the benchmark."""
    monkeypatch.syspath_prepend(Path(__file__).parents[1])
    from benchmarks import list_layouts

    return list_layouts


def test_lists_are_read_in_any_layout(list_layouts):
    readings = list_layouts.read_layouts(range(1, 151), papers=12)
    rates = list_layouts.rates([note for notes in readings.values() for note in notes])
    assert {} == {field: rates[field] for field, least in LEAST.items() if rates[field] < least}


def test_the_same_seed_gives_the_same_lists(list_layouts):
    assert list_layouts.read_layouts([7], papers=4) == list_layouts.read_layouts([7], papers=4)


def test_a_list_shows_what_it_states(list_layouts):
    rng = random.Random(5)
    for layout in (list_layouts.draw_layout(rng) for _ in range(50)):
        paper = list_layouts.invent_paper(rng, 1)
        page, stated = list_layouts.write_list([paper], layout), list_layouts.stated_of(paper, layout)
        shown = [stated["title"], stated["url"], stated["code_url"], stated["venue"]]
        assert [] == [text for text in shown if text not in page]


def test_what_is_read_right_is_judged_right(list_layouts):
    notes = list_layouts.judge([PAPER, BARE], [ROW, {**BARE, "venue": "arXiv"}])
    assert set(LEAST) == {note.field for note in notes}
    assert {1.0} == set(list_layouts.rates(notes).values())


@pytest.mark.parametrize("field, changed", [
    ("title", {"title": "Frogs for Ponds CVPR"}), ("url", {"url": "https://arxiv.org/abs/2101.00009"}),
    ("code_url", {"code_url": None}), ("venue", {"venue": "Li. CVPR"}), ("year", {"year": 2020}),
    ("authors", {"authors": ["Vries, Anna", "Li, W."]}), ("authors", {"authors": ["de Vries, Anna"]}),
    ("authors", {"authors": ["Li, W.", "de Vries, Anna"]}), ("authors", {"authors": None}),
])
def test_a_field_read_wrong_is_noticed(list_layouts, field, changed):
    assert [field] == [note.field for note in list_layouts.judge([PAPER], [ROW | changed]) if not note.right]


@pytest.mark.parametrize("field, changed", [
    ("no code_url", {"code_url": "https://github.com/a/b"}), ("no venue", {"venue": "CVPR"}),
    ("no authors", {"authors": ["Li, W."]}),
])
def test_a_field_that_no_line_states_is_noticed(list_layouts, field, changed):
    assert [field] == [note.field for note in list_layouts.judge([BARE], [BARE | changed]) if not note.right]


def test_a_paper_missed_and_a_paper_too_many_are_noticed(list_layouts):
    notes = list_layouts.judge([PAPER, BARE], [ROW, ROW | {"title": "Contents", "url": None}])
    assert [("found", BARE["title"]), ("a paper", "")] == [(note.field, note.title) for note in notes if not note.right]
