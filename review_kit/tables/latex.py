r"""A survey table as LaTeX: booktabs, columns that fill the line, a head on every page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..errors import ReviewKitError
from ..latex_escape import escape_latex, needs_unicode_engine
from .cells import LEGEND, MISSING, NO_PAPERS, cell_text, web_link
from .columns import LINK_WORDS, Column
from .rows import grouped_rows, has_missing, shown_columns

if TYPE_CHECKING:
    from . import SurveyTable

ENVIRONMENTS = ("table", "table*", "sidewaystable", "longtable")
# About what a page holds beside its caption and head. Tables of many columns are set smaller.
LINES_OF_A_PAGE = 40
MANY_COLUMNS = 6
SIGNS_OF_A_LINE = {r"\small": 78, r"\footnotesize": 90}
# In signs: the gap between columns, how much wider bold is, and the longest word that is not broken.
_GAP, _BOLD, _LONGEST_WORD = 2.0, 1.3, 7
_SPACING = r"\setlength{\tabcolsep}{4pt}\renewcommand{\arraystretch}{1.15}"


def latex_table(table: SurveyTable, *, cite: str, environment: str) -> str:
    """The LaTeX source of a table."""
    if not re.fullmatch(r"[A-Za-z]+\*?", cite):
        raise ReviewKitError(f"cite: expected the name of a command such as cite or citep; found {cite!r}")
    if environment not in ("auto", *ENVIRONMENTS):
        raise ReviewKitError(f"environment: expected auto, {', '.join(ENVIRONMENTS)}; found {environment!r}")
    shares = _shares(table)
    if environment == "auto":
        environment = "longtable" if _lines(table, shares) > LINES_OF_A_PAGE else "table"
    body = list(_body(table, cite))
    make = _long if environment == "longtable" else _floating
    lines = list(make(table, body, _format(shares), environment))
    packages = "booktabs, array" + {"longtable": ", longtable", "sidewaystable": ", rotating"}.get(environment, "")
    engine = "; xelatex or lualatex" if needs_unicode_engine("".join(lines)) else ""
    head = [f"% Needs the packages {packages}{engine}.", r"\providecommand{\href}[2]{#2}"]
    return "\n".join([*head, *lines]) + "\n"


def _floating(table: SurveyTable, body: list[str], columns: str, environment: str) -> Iterator[str]:
    """A table on one page."""
    yield rf"\begin{{{environment}}}"
    yield rf"\centering{_size(table)}{_SPACING}"
    yield from _caption(table)
    yield rf"\begin{{tabular}}{{{columns}}}"
    yield r"\toprule"
    yield _head(table)
    yield r"\midrule"
    yield from body
    yield r"\bottomrule"
    if has_missing(table):
        yield _across(table, rf"\footnotesize {LEGEND}")
    yield r"\end{tabular}"
    yield rf"\end{{{environment}}}"


def _long(table: SurveyTable, body: list[str], columns: str, environment: str) -> Iterator[str]:
    """A table over pages, its head on each of them."""
    caption = "".join(_caption(table))
    yield rf"\begingroup{_size(table)}{_SPACING}"
    yield rf"\begin{{{environment}}}{{{columns}}}"
    if caption:
        yield rf"{caption} \\"
    yield from (r"\toprule", _head(table), r"\midrule", r"\endfirsthead")
    if table.caption:
        yield r"\caption[]{(continued)} \\"
    yield from (r"\toprule", _head(table), r"\midrule", r"\endhead", r"\midrule")
    yield _across(table, r"\footnotesize Continued on the next page.")
    yield from (r"\endfoot", r"\bottomrule")
    if has_missing(table):
        yield _across(table, rf"\footnotesize {LEGEND}")
    yield r"\endlastfoot"
    yield from body
    yield rf"\end{{{environment}}}"
    yield r"\endgroup"


def _caption(table: SurveyTable) -> Iterator[str]:
    """Caption and label; a label alone has nothing to refer to."""
    if table.caption:
        yield rf"\caption{{{escape_latex(table.caption)}}}"
        label = re.sub(r"[^A-Za-z0-9:._+-]", "-", table.label)
        if label:
            yield rf"\label{{{label}}}"


def _size(table: SurveyTable) -> str:
    """The size of the type."""
    return r"\footnotesize" if len(shown_columns(table)) >= MANY_COLUMNS else r"\small"


def _head(table: SurveyTable) -> str:
    """The row of headings."""
    return " & ".join(rf"\textbf{{{escape_latex(column.heading)}}}" for column in shown_columns(table)) + r" \\"


def _body(table: SurveyTable, cite: str) -> Iterator[str]:
    """The rows, under the headings of their groups."""
    columns = shown_columns(table)
    for number, (group, rows) in enumerate(grouped_rows(table)):
        if group is not None:
            if number:
                yield r"\midrule"
            yield _across(table, rf"\textit{{{escape_latex(group)}}}")
        for row in rows:
            cells = (_cell(table, row, column, cite) for column in columns)
            yield " & ".join(cells) + r" \\"
    if not len(table.frame):
        yield _across(table, NO_PAPERS)


def _cell(table: SurveyTable, row: int, column: Column, cite: str) -> str:
    """One cell."""
    text = cell_text(table.frame[column.name].iloc[row])
    if not text:
        return MISSING
    if column.kind == "citation":
        return rf"\{cite}{{{text}}}"
    if column.kind == "link":
        url = web_link(table.links.get((row, column.name), ""))
        word = escape_latex(LINK_WORDS.get(column.name, "link"))
        return rf"\href{{{_url(url)}}}{{{word}}}" if url else escape_latex(text)
    latex = escape_latex(text)
    # After \\ and \midrule a bracket or star would be taken as theirs.
    return f"{{}}{latex}" if latex.startswith(("[", "*", "(")) else latex


def _url(url: str) -> str:
    """A link that hyperref understands inside a table: ASCII, with its comment and alignment signs escaped."""
    return re.sub(r"([%#&])", r"\\\1", quote(url, safe="%/:?#[]@!$&'()*+,;=-._"))


def _across(table: SurveyTable, latex: str) -> str:
    """A row with one cell over all columns."""
    width = r"\dimexpr\linewidth-2\tabcolsep\relax"
    return rf"\multicolumn{{{len(shown_columns(table)) or 1}}}{{p{{{width}}}}}{{{latex}}} \\"


def _format(shares: list[float]) -> str:
    """Columns whose widths add up to the line; after a blank of no width LaTeX breaks the first word too."""
    columns = [rf">{{\raggedright\arraybackslash\hspace{{0pt}}}}p{{\dimexpr {share:.3f}\linewidth-2\tabcolsep\relax}}"
               for share in shares]
    return "".join(columns) or "l"


def _shares(table: SurveyTable) -> list[float]:
    """The share of the line of each column; together exactly 1.

    Texts of mean length n under each other take the fewest lines when the widths are as the roots of n; but no column
    is narrower than its longest word, up to a length at which LaTeX breaks it.
    """
    columns = shown_columns(table)
    texts = [[_shown(column, value) for value in table.frame[column.name]] for column in columns]
    least = [
        _GAP + max([_longest_word(column.heading, 20) * _BOLD, *(_longest_word(text, _LONGEST_WORD) for text in own)])
        for column, own in zip(columns, texts)
    ]
    wishes = [(sum(map(len, own)) / len(own) if own else 1) ** 0.5 for own in texts]
    narrow: set[int] = set()
    rooms = list(least)
    while len(narrow) < len(columns):
        free = [at for at in range(len(columns)) if at not in narrow]
        left = SIGNS_OF_A_LINE[_size(table)] - sum(least[at] for at in narrow)
        rooms = [least[at] if at in narrow else left * wishes[at] / (sum(wishes[n] for n in free) or 1)
                 for at in range(len(columns))]
        if not (too_narrow := {at for at in free if rooms[at] < least[at]}):
            break
        narrow |= too_narrow
        rooms = list(least)
    rounded = [round(room / sum(rooms), 3) for room in rooms]
    return [*rounded[:-1], round(1 - sum(rounded[:-1]), 3)] if rounded else []


def _longest_word(text: str, most: int) -> int:
    """The length of the longest part that stays on one line; LaTeX breaks one of more than so many signs."""
    return max((min(len(word), most) for word in re.split(r"\s|(?<=[-/])", text)), default=0)


def _shown(column: Column, value: object) -> str:
    """The text that takes room: a link is one word, a citation a name and year."""
    if column.kind == "link":
        return LINK_WORDS.get(column.name, "link")
    if column.kind == "citation":
        return f"[{re.match('[a-z]*', str(value))[0]} et al., 2000]"
    return cell_text(value)


def _lines(table: SurveyTable, shares: list[float]) -> float:
    """About how many lines the table takes."""
    columns = shown_columns(table)
    rooms = [max(int(share * SIGNS_OF_A_LINE[_size(table)] - _GAP), 1) for share in shares]
    rows = zip(*([_shown(column, value) for value in table.frame[column.name]] for column in columns))
    lines = sum(max(-(-len(text) // room) or 1 for text, room in zip(row, rooms)) for row in rows)
    return lines + 1.5 * sum(group is not None for group, _ in grouped_rows(table))
