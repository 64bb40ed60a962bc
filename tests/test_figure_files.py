"""Figures as files: text as text, the same bytes twice, settings left alone."""

import matplotlib
import pytest
from matplotlib.figure import Figure

from review_kit.errors import ReviewKitError
from review_kit.figure_files import save_figure, show_figure


@pytest.fixture
def ax():
    axes = Figure(figsize=(2, 2)).add_subplot()
    axes.set_title("Papers per year")
    return axes


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_saving_twice_gives_the_same_bytes(ax, tmp_path, ending):
    first = save_figure(ax, tmp_path / f"new folder/a.{ending}")
    second = save_figure(ax, tmp_path / f"b.{ending}")
    assert first.read_bytes() == second.read_bytes()


def test_text_stays_text_in_svg(ax, tmp_path):
    assert "Papers per year" in save_figure(ax, tmp_path / "a.svg").read_text(encoding="utf-8")


def test_pdf_embeds_truetype_fonts(ax, tmp_path):
    assert b"/FontFile2" in save_figure(ax, tmp_path / "a.pdf").read_bytes()


def test_settings_of_matplotlib_stay_as_they_are(ax, tmp_path):
    before = dict(matplotlib.rcParams)
    save_figure(ax, tmp_path / "a.svg")
    assert before == dict(matplotlib.rcParams)


def test_an_unknown_ending_is_named(ax, tmp_path):
    with pytest.raises(ReviewKitError, match=r"expected a name ending in .svg, .pdf, .png; found '.jpg'"):
        save_figure(ax, tmp_path / "a.jpg")


def test_a_folder_that_cannot_be_made_is_a_clear_error(ax, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ReviewKitError, match="cannot be written"):
        save_figure(ax, tmp_path / "file" / "a.svg")


def test_a_figure_is_shown_as_a_picture(ax):
    shown = show_figure(ax)
    assert shown.data.startswith(b"\x89PNG") and 200 == shown.width
