import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_kit.latex_escape import escape_latex, needs_unicode_engine
from review_kit.text import clean_text, plain_latex

ENGLISH_AND_LATIN = st.text(st.characters(max_codepoint=0x17F, exclude_categories=["Cs"], exclude_characters="ŉĿŀſ"))


@pytest.mark.parametrize("ascii_only", [False, True])
@given(text=ENGLISH_AND_LATIN)
def test_escaped_text_reads_back_as_it_was(text, ascii_only):
    assert clean_text(text) == plain_latex(escape_latex(text, ascii_only=ascii_only))


@given(st.text())
def test_braces_are_balanced_and_no_line_ends(text):
    latex = escape_latex(text, ascii_only=True)
    assert 0 == latex.count("{") - latex.count("}")
    assert len(latex.splitlines()) <= 1
    assert not any(f"\\{brace}" in latex for brace in "{}")


def test_accents_signs_and_quotes_can_be_written_in_ascii():
    assert escape_latex("Žižek, Łódź, Strauß, Çelik, Nguyễn, Åse “quoted” – β³ ≤ 5 °C", ascii_only=True).isascii()


def test_nothing_in_the_text_is_obeyed():
    latex = escape_latex(r"\input{/etc/passwd} ^^69nput $$ % # & _ ~")
    assert r"\input" not in latex
    assert "^^" not in latex


def test_dashes_and_quotes_are_not_joined():
    assert "-{}-flag '{}'" == escape_latex("--flag ''")


def test_chinese_needs_another_engine_and_accents_do_not():
    assert needs_unicode_engine(escape_latex("王"))
    assert not needs_unicode_engine(escape_latex("Žižek’s β-VAE – 50 %"))


def test_invisible_marks_are_left_out():
    assert "ab" == escape_latex("a\u200b\u2066b\U000e0041")
