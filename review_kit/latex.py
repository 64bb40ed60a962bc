"""LaTeX source of a title or an abstract, made readable as Unicode text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307",
    '"': "\u0308", "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328",
    "b": "\u0331", "t": "\u0361", "textcommabelow": "\u0326",
    # In formulas.
    "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303",
    "widetilde": "\u0303", "vec": "\u20d7", "dot": "\u0307", "ddot": "\u0308", "check": "\u030c", "breve": "\u0306",
    "acute": "\u0301", "grave": "\u0300", "mathring": "\u030a",
    # MathSciNet's own.
    "ocirc": "\u030a", "polhk": "\u0328", "udot": "\u0323", "soft": "\u030c",
}
_LETTERS = {
    "ss": "ß", "SS": "ẞ", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ", "aa": "å",
    "AA": "Å", "dh": "ð", "DH": "Ð", "dj": "đ", "DJ": "Đ", "th": "þ", "TH": "Þ", "ng": "ŋ", "NG": "Ŋ",
    "i": "ı", "j": "ȷ", "textregistered": "®", "texttrademark": "™", "textcopyright": "©", "textdegree": "°",
    "degree": "°",
    "textquotesingle": "'", "textquotedbl": '"', "textasciitilde": "~", "textasciicircum": "^", "textbackslash": "\\",
    "textbraceleft": "{", "textbraceright": "}", "textbar": "|", "textless": "<", "textgreater": ">", "textmu": "µ",
    "textunderscore": "_", "textendash": "–", "textemdash": "—", "textellipsis": "…", "ldots": "…", "dots": "…",
    "cdots": "⋯", "quad": " ", "qquad": " ", "newline": " ", "linebreak": " ", "par": " ", "LaTeX": "LaTeX",
    "LaTeXe": "LaTeX2e", "TeX": "TeX",
    "BibTeX": "BibTeX", "sim": "∼", "textasciimacron": "¯", "guillemotleft": "«", "guillemotright": "»", "slash": "/",
    "pounds": "£", "S": "§", "P": "¶", "ddag": "‡", "neg": "¬", "textperiodcentered": "·",
    "ell": "ℓ", "star": "⋆", "ast": "*", "to": "→", "mid": "|", "log": "log", "min": "min", "max": "max",
    "backslash": "\\", "dbar": "đ", "Dbar": "Đ", "cprime": "ʹ", "cdprime": "ʺ", "lasp": "ʻ", "rasp": "ʼ",
}
_SPACING = {",": " ", ";": " ", ":": " ", " ": " ", "\\": " ", "!": "", "-": "", "/": "", "@": "", "(": "", ")": "",
            "[": "", "]": "", ">": " ", "\n": " "}
_DRESSING = frozenset(
    "textbf textit textsc texttt textrm textsf textsl textup textmd textnormal text emph mbox hbox bf it sc tt rm "
    "sf sl em mathrm mathbf mathit mathsf mathtt mathcal mathbb mathfrak mathscr bm boldsymbol operatorname "
    "ensuremath underline url path uppercase lowercase mathop left right big Big bigl bigr displaystyle textstyle "
    "scriptsize small large Large protect relax bibinfo footnotesize normalfont bfseries itshape scshape".split()
)
# What stands around and between the arguments.
_FRAMES = {"enquote": "“ ”", "mkbibquote": "“ ”", "textquote": "“ ”", "sqrt": "√ ", "frac": " / ", "tfrac": " / ",
           "dfrac": " / ", "nicefrac": " / ", "sfrac": " / "}  # fmt: skip
# Their first argument is never printed.
_SILENT = frozenset("href noopsort sortnoop SortNoop noop hspace vspace label color textcolor begin end".split())
_HIGH = dict(zip("0123456789+-−=()niabcdefghjklmoprstuvwxyz∘*",
                 "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷˣʸᶻ°*"))
_LOW = dict(zip("0123456789+-−=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ"))

# Behind a formula stands no digit, unless it begins with a command: "$5 and $6" are prices.
_MATH = re.compile(
    r"(?<!\\)\$(\\[A-Za-z]+[^$]{0,80}?)(?<=[^\s\\])\$|"
    r"(?<!\\)\$\$?(?=[^\s$])([^$]{0,400}?)(?<=[^\s\\])\$\$?(?!\d)|\\\(([^$]{0,400}?)\\\)"
)
_SCRIPT = re.compile(r"(?<!\\)([\^_])\s*(\{(?:[^{}]|\{[^{}]*\})*\}|\\[A-Za-z]+|[^\s{}\\])")
_SHORT_FRACTION = re.compile(r"(\\[dt]?frac)\s*(\d)\s*(\d)")
_TOKEN = re.compile(r"\\[A-Za-z]+\*?[ \t\n]*|\\[^A-Za-z]|[{}]|[^\\{}]+|\\")
_DEEPEST = 60
_OPERATORS = frozenset("log ln exp sin cos tan min max arg sup inf det dim ker".split())


def plain_latex(text: str) -> str:
    r"""Render LaTeX as text to be read: accents, symbols and simple maths become Unicode, markup goes.

    Text without LaTeX comes back as it is. Commands that are not known keep their name, so nothing disappears.

    Parameters
    ----------
    text
        LaTeX source, for instance the value of a BibTeX field.

    Returns
    -------
    str
        Readable text in Unicode's composed form; runs of blanks are folded into one.

    Examples
    --------
    >>> plain_latex(r"{\"U}ber {BERT} with 5\% of $\mathcal{O}(n^2)$")
    'Über BERT with 5% of O(n²)'
    """
    if not re.search(r"[\\{}$~]|``|''|--", text):
        return text
    text = _MATH.sub(_math_as_text, text)
    text = text.replace("``", "“").replace("''", "”").replace("---", "—").replace("--", "–")
    text = re.sub(r"(?<!\\)~", " ", text)
    tokens = _TOKEN.findall(text)
    if _depth(tokens) > _DEEPEST:
        rendered = "".join(token for token in tokens if token not in "{}")
    else:
        rendered, _ = _read_group(tokens, 0)
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", rendered)).strip()


def _math_as_text(found: re.Match[str]) -> str:
    """A formula as text commands: scripts become commands, the dollars go."""
    formula = found[found.lastindex or 1]
    formula = _SHORT_FRACTION.sub(r"\1{\2}{\3}", formula)
    formula = formula.replace("'", "′").replace("-", "−").replace("~", " ")
    formula = _SCRIPT.sub(lambda m: rf"\{'textsuperscript' if m[1] == '^' else 'textsubscript'}{{{m[2]}}}", formula)
    return "{" + formula + "}"


def _depth(tokens: list[str]) -> int:
    """How deep the braces nest, or how many commands stand in a row, each the argument of the one before it."""
    depth = row = deepest = 0
    for token in tokens:
        depth += (token == "{") - (token == "}")
        row = row + 1 if token == "{" or token.startswith("\\") else 0
        deepest = max(deepest, depth, row)
    return deepest


def _read_group(tokens: list[str], start: int) -> tuple[str, int]:
    """Text from `start` to the brace that closes the group (or the end), and where reading goes on."""
    out: list[str] = []
    at = start
    while at < len(tokens):
        token = tokens[at]
        if token == "}":
            return "".join(out), at + 1
        if token == "{":
            text, at = _read_group(tokens, at + 1)
        elif token.startswith("\\") and len(token) > 1:
            text, at = _read_command(tokens, at)
        else:
            text, at = token, at + 1
        out.append(text)
    return "".join(out), at


def _read_command(tokens: list[str], at: int) -> tuple[str, int]:
    """The text one command stands for, with the arguments it takes, and where reading goes on."""
    token = tokens[at]
    name, after = token[1:].rstrip(" \t\n*") or token[1:], at + 1
    if name in _ACCENTS and (len(name) > 1 or not name.isalpha() or after < len(tokens)):
        return _accented(name, tokens, after)
    if name in _SPACING:
        return _SPACING[name], after
    if name in _OPERATORS:
        # TeX sets a thin space between the name and what it is of.
        return name + (" " if tokens[after : after + 1] and tokens[after][:1].isalnum() else ""), after
    if len(name) == 1 and not name.isalpha():
        return name, after
    if name in _LETTERS:
        return _LETTERS[name], after
    if name in _DRESSING:
        return "", after
    if name in _SILENT:
        return "", _read_argument(tokens, after)[1]
    if name in _FRAMES:
        return _framed(name, tokens, after)
    if name in ("textsuperscript", "textsubscript"):
        content, after = _read_argument(tokens, after)
        table = _HIGH if name == "textsuperscript" else _LOW
        return ("".join(table[c] for c in content) if all(c in table for c in content) else content), after
    symbol = _symbols().get(name)
    if symbol is not None:
        return symbol, after
    takes_group = tokens[after : after + 1] == ["{"] and tokens[after + 1 : after + 2] != ["}"]
    return ("" if takes_group else token), after


def _framed(name: str, tokens: list[str], at: int) -> tuple[str, int]:
    """The arguments of a command that are read with signs around them: quotations, roots and fractions."""
    first, *between, last = _FRAMES[name].split(" ")
    content, at = _read_argument(tokens, at)
    for sign in between:
        second, at = _read_argument(tokens, at)
        content += sign + second
    return first + content + last, at


def _accented(name: str, tokens: list[str], at: int) -> tuple[str, int]:
    """The next letter under the accent; an accent command without a letter is dropped, and so is a rule over several.

    A blank behind a sign says that it is no accent, unless the accent has braces of its own (``{\\' e}``).
    """
    content, after = _read_argument(tokens, at)
    alone = at > 1 and tokens[at - 2] == "{"
    if not content.strip() or (content[0].isspace() and not name.isalpha() and not alone):
        return ("" if name.isalpha() else name) + content, after
    content = content.lstrip()
    if len(name) > 1 and tokens[at] == "{" and len(content.strip()) > 1:
        return content, after
    base = {"ı": "i", "ȷ": "j"}.get(content[0], content[0])
    return unicodedata.normalize("NFC", base + _ACCENTS[name]) + content[1:], after


def _read_argument(tokens: list[str], at: int) -> tuple[str, int]:
    """One argument (a group, a command, or the text that follows) rendered, and where reading goes on."""
    if at >= len(tokens) or tokens[at] == "}":
        return "", at
    if tokens[at] == "{":
        return _read_group(tokens, at + 1)
    if tokens[at].startswith("\\") and len(tokens[at]) > 1:
        return _read_command(tokens, at)
    return tokens[at], at + 1


@lru_cache(maxsize=1)
def _symbols() -> dict[str, str]:
    """Names of symbol commands and their characters, as pylatexenc knows them."""
    from pylatexenc.latex2text import get_default_latex_context_db

    known = get_default_latex_context_db().iter_macro_specs()
    return {spec.macroname: spec.simplify_repl for spec in known
            if isinstance(spec.simplify_repl, str) and spec.simplify_repl and "%" not in spec.simplify_repl}
