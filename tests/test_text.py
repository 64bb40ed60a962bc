"""Titles, LaTeX and mojibake."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_kit.text import clean_text, mend_mojibake, plain_latex, title_key


@pytest.mark.parametrize(
    ("source", "readable"),
    [
        (r"{\"U}ber {BERT} with 5\% of $\mathcal{O}(n^2)$", "Über BERT with 5% of O(n²)"),
        (r"M\"uller \o ster {\aa} \c{c} \'{\i} \v{S}", "Müller øster å ç í Š"),
        (r"a \textbf{Med}ical \emph{R}easoning", "a Medical Reasoning"),
        (r"$\beta$-VAE, H$_2$O, 10$^{-3}$", "β-VAE, H₂O, 10⁻³"),
        (r"\href{http://x.y}{text} and \url{http://a_b}", "text and http://a_b"),
        (r"``think'' --- twice", "“think” — twice"),
        (r"in $O(n \log n)$", "in O(n log n)"),
        (r"10~$\mu${J} \& more\_less", "10 μJ & more_less"),
        (r"T$_{\textrm{2}}$ of the $5^{\textrm{\`eme}}$ $\langle{}01\bar{1}\rangle$", "T₂ of the 5ème ⟨011̄⟩"),
        (r"$\hat{x}$, $\overline{AB}$ at $\sim$5 of $\sqrt{s}$", "x̂, AB at ∼5 of √s"),
        (r"$\frac{1}{2}$ and $\frac12$", "1/2 and 1/2"),
        (r"What \enquote{we \emph{mean}} by \mkbibquote{it}", "What “we mean” by “it”"),
        (r"{\' E}t\' a, \~ home, Jan{\ocirc{u}} and {\Dbar}or{\dbar}i\'{c}", "Ét' a, ~ home, Janů and Đorđić"),
        (r"an \unknowncommand{argument} and \another one", r"an argument and \another one"),
    ],
)
def test_latex_becomes_text_to_read(source, readable):
    assert readable == plain_latex(source)


@pytest.mark.parametrize("text", ["costs $5 & $6", "C:\\new", "100% sure", "", "plain", "A_B and C^D"])
def test_text_that_is_not_latex_stays(text):
    assert text == plain_latex(text)


@pytest.mark.parametrize("command", [r"\c", r"\'", r"\textsuperscript", r"\href{", r"\'{\'", r"\frac{"])
def test_long_rows_of_commands_do_not_break_the_reader(command):
    assert plain_latex(command * 5000 + "a").endswith("a")


def test_deeply_nested_braces_do_not_break_the_reader():
    assert "a" == plain_latex("{" * 5000 + "a" + "}" * 5000)


def as_mac_roman(text):
    return text.encode("utf-8").decode("mac_roman")


def as_windows(text):
    return "".join(
        bytes([b]).decode("cp1252") if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else chr(b) for b in text.encode()
    )


@pytest.mark.parametrize(
    "text",
    [
        "🌟 Papers", "🧑‍💻 people", "🗂️ Contents", "Poincaré and Müller", "it’s — so", "Привет", "中文标题",
        "a，b", "的 one",
        "Łukasz Żółć", "Dvořák, Žižek and Erdős", "Šimon Čech", "İstanbul and Doğan", "an α-helix", "Nguyễn Việt",
        "HÔTEL", "œuvre", "Đorđe",
    ],
)
@pytest.mark.parametrize("damage", [as_mac_roman, as_windows])
def test_utf8_read_as_another_encoding_is_mended(text, damage):
    assert text == mend_mojibake(damage(text))


@pytest.mark.parametrize(
    "text",
    [
        "d’études “Étude” naïve café",
        "“résumé”—which",
        "Spaß“",
        "„Über",
        "√π r and x ≈π",
        "中文",
        "SÃO PAULO",
        "£5 §3 °C",
        "Łódź",
        "ÄÖÜ",
        "“A MAÇÔ – AMANHÃ…",
        "MANHÃ® and CAFÉ™",
        "CAFÉ—BAR, É’s",
        "3 Å–5 Å, 10 Å³, 5 Å±1",
        "«été» ‘É’ …é",
        "„DÜ“ und «olá»²",
        "R ≈Ω, a ≈± b",
    ],
)
def test_genuine_letters_are_left_alone(text):
    assert text == mend_mojibake(text)


def test_what_cannot_be_mended_without_a_rest_is_left_alone():
    assert "Ã©\u2603Ã" == mend_mojibake("Ã©\u2603Ã")


def test_clean_text_is_one_line_of_composed_unicode():
    assert "Ame\u0301lie".replace("e\u0301", "é") + " a b" == clean_text("  Ame\u0301lie\n\ta\x00\u200b b\u202e ")
    assert "a\ufffdb" == clean_text("a\ud800b")


@given(st.text(max_size=200))
def test_tidying_never_fails_and_is_stable(text):
    for tidy in (clean_text, title_key):
        once = tidy(text)
        assert once == tidy(once)
    plain_latex(text)
    mend_mojibake(text)


@pytest.mark.parametrize(
    "other",
    [
        "med r1 über straße",
        "Med-R1: Über Straße!",
        r"{Med-R1}: {\"U}ber Stra{\ss}e",
        "<i>Med-R1</i>: Uber Strasse",
        "MED R1   UBER STRASSE",
    ],
)
def test_spellings_of_one_title_have_one_key(other):
    assert "med r1 uber strasse" == title_key(other)


def test_numbers_keep_titles_apart():
    assert title_key("Annual report 2015") != title_key("Annual report 2016")
