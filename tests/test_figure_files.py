"""Figures as files: text as text, the same bytes twice, settings left alone."""

import re
import warnings

import matplotlib
import pytest
from matplotlib.figure import Figure

from review_kit import fonts
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


CHINESE = "医学推理"


@pytest.fixture
def only_matplotlibs_font(monkeypatch):
    monkeypatch.setattr(fonts, "installed_fonts", lambda: ("DejaVu Sans",))


def test_letters_that_the_font_lacks_are_written_in_a_font_of_this_machine(ax, tmp_path):
    if fonts.families_for(CHINESE)[1]:
        pytest.skip("no font for Chinese: sudo apt install fonts-noto-cjk")
    ax.set_yticks([0, 1], [CHINESE, "plain"])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        save_figure(ax, tmp_path / "a.png")
        pdf = save_figure(ax, tmp_path / "a.pdf").read_bytes()
    labels = ax.get_yticklabels()
    assert 2 == len(labels[0].get_fontfamily()) and 1 == len(labels[1].get_fontfamily())
    assert 2 == len(set(re.findall(rb"/FontName /\w+\+([\w-]+)", pdf)))
    assert save_figure(ax, tmp_path / "b.pdf").read_bytes() == pdf


def test_letters_that_no_font_has_are_named_in_one_warning(ax, tmp_path, only_matplotlibs_font):
    ax.set_title(f"{CHINESE} and {CHINESE}")
    for ending in ("png", "pdf"):
        with warnings.catch_warnings(record=True) as said:
            warnings.simplefilter("always")
            save_figure(ax, tmp_path / f"a.{ending}")
        assert [fonts.FontWarning] == [warning.category for warning in said]
        assert all(letter in str(said[0].message) for letter in CHINESE) and "fonts-noto-cjk" in str(said[0].message)


def test_svg_needs_no_font_and_holds_the_letters(ax, tmp_path, only_matplotlibs_font):
    ax.set_title(CHINESE)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert CHINESE in save_figure(ax, tmp_path / "a.svg").read_text(encoding="utf-8")


def test_plain_text_looks_at_no_other_font(ax, tmp_path, monkeypatch):
    monkeypatch.setattr(fonts, "installed_fonts", None)
    save_figure(ax, tmp_path / "a.png")


def test_japanese_and_korean_are_written_in_their_own_manner(monkeypatch):
    names = tuple(f"Noto Sans CJK {where}" for where in ("JP", "KR", "SC"))
    monkeypatch.setattr(fonts, "installed_fonts", lambda: names)
    monkeypatch.setattr(fonts, "_has", lambda family, letter: family != fonts.OWN or letter.isascii())
    found = {text: fonts.families_for(text)[0][1] for text in (CHINESE, CHINESE + "の", CHINESE + "의")}
    assert ["Noto Sans CJK SC", "Noto Sans CJK JP", "Noto Sans CJK KR"] == list(found.values())


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
