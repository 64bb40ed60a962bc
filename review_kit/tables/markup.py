"""A survey table as GitHub Markdown and as HTML: text is text, links lead to pages of the web only."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..text import clean_text
from .cells import LEGEND, MISSING, NO_PAPERS, cell_text, web_link
from .columns import LINK_WORDS, Column
from .rows import grouped_rows, has_missing, shown_columns

if TYPE_CHECKING:
    from . import SurveyTable

STYLE = """body{font:16px/1.5 system-ui,sans-serif;margin:2rem;color:#1a1a1a;background:#fff}
table{border-collapse:collapse}caption{text-align:left;font-weight:600;padding:.5rem 0}
th,td{text-align:left;vertical-align:top;padding:.35rem .75rem;border-bottom:1px solid #ccc}
thead th{border-bottom:2px solid #1a1a1a;position:sticky;top:0;background:#fff}
tbody th[scope=rowgroup]{background:#f2f2f2}tbody th[scope=row]{font-weight:400}a{color:#0550ae}"""
# Jupyter sets every cell to the right, as if all were numbers.
NOTEBOOK_STYLE = """<style>
table.rk-table :is(caption,th,td){text-align:left!important;vertical-align:top;max-width:36rem}
table.rk-table th[scope=row]{font-weight:400}table.rk-table thead th{white-space:nowrap}
table.rk-table .rk-number{text-align:right!important;font-variant-numeric:tabular-nums}
table.rk-table .rk-long{overflow-wrap:anywhere}
</style>
"""
_MARKDOWN_SIGNS = re.compile(r"([\\`*_\[\]|~$!]|(?<!&)#)")
# Signs by which GitHub would call a person or open HTML.
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "@": "&#64;"}
_LINK_SAFE = "%/:?#[]@!$&'*+,;=-._~"


def markdown_table(table: SurveyTable) -> str:
    """The table as GitHub Markdown, a table under each group."""
    columns = shown_columns(table)
    head = [f"| {' | '.join(markdown_text(column.heading) or ' ' for column in columns)} |",
            f"|{' --- |' * len(columns)}"]
    parts = [f"**{markdown_text(table.caption)}**"] if table.caption else []
    for group, rows in grouped_rows(table):
        if group is not None:
            parts.append(f"### {markdown_text(group)}")
        parts.append("\n".join([*head, *(_markdown_row(table, row, columns) for row in rows)]))
    if not len(table.frame):
        parts += ["\n".join(head), NO_PAPERS]
    elif has_missing(table):
        parts.append(LEGEND)
    return "\n\n".join(parts) + "\n"


def markdown_text(text: str) -> str:
    """Text that GitHub shows as it is: no markup, no HTML, no mention; it links bare web addresses by itself."""
    text = "".join(_ENTITIES.get(sign, sign) for sign in clean_text(text))
    return _MARKDOWN_SIGNS.sub(r"\\\1", text)


def _markdown_row(table: SurveyTable, row: int, columns: list[Column]) -> str:
    """One row."""
    cells = []
    for column in columns:
        text, url = _text_and_link(table, row, column)
        shown = markdown_text(text)
        cells.append(f"[{shown}]({quote(url, safe=_LINK_SAFE)})" if url and shown else shown or MISSING)
    return f"| {' | '.join(cells)} |"


def html_page(table: SurveyTable) -> str:
    """The table as a page of its own."""
    title = html.escape(clean_text(table.caption) or "Survey table")
    return ("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
            "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
            f"<title>{title}</title>\n<style>\n{STYLE}\n</style>\n</head>\n<body>\n<main>\n"
            f"{html_table(table)}</main>\n</body>\n</html>\n")


def html_table(table: SurveyTable) -> str:
    """The table element alone."""
    return "\n".join(_html_lines(table)) + "\n"


def _html_lines(table: SurveyTable) -> Iterator[str]:
    """The lines of the table element."""
    columns = shown_columns(table)
    width = len(columns) or 1
    yield '<table class="rk-table">'
    if table.caption:
        yield f"<caption>{_html(table.caption)}</caption>"
    heads = "".join(f'<th scope="col">{_html(column.heading)}</th>' for column in columns)
    yield f"<thead><tr>{heads}</tr></thead>"
    for group, rows in grouped_rows(table):
        yield "<tbody>"
        if group is not None:
            yield f'<tr><th scope="rowgroup" colspan="{width}">{_html(group)}</th></tr>'
        for row in rows:
            cells = (_html_cell(table, row, column, place == 0) for place, column in enumerate(columns))
            yield f"<tr>{''.join(cells)}</tr>"
        yield "</tbody>"
    if not len(table.frame):
        yield f'<tbody><tr><td colspan="{width}">{NO_PAPERS}</td></tr></tbody>'
    elif has_missing(table):
        yield f'<tfoot><tr><td colspan="{width}">{LEGEND}</td></tr></tfoot>'
    yield "</table>"


def _html_cell(table: SurveyTable, row: int, column: Column, is_head: bool) -> str:
    """One cell, its quote as a title; the first names the row."""
    text, url = _text_and_link(table, row, column)
    content = _html(text) or f'<span aria-label="not given">{MISSING}</span>'
    if url and text:
        content = f'<a href="{html.escape(url)}" rel="noopener noreferrer">{content}</a>'
    support = table.quotes.get((row, column.name), "")
    title = f' title="{_html(support)}"' if support else ""
    return f'<th scope="row"{title}>{content}</th>' if is_head else f"<td{title}>{content}</td>"


def _text_and_link(table: SurveyTable, row: int, column: Column) -> tuple[str, str]:
    """What a cell shows and where it leads."""
    text = clean_text(cell_text(table.frame[column.name].iloc[row]))
    url = web_link(table.links.get((row, column.name), ""))
    if column.kind == "link" and url:
        text = LINK_WORDS.get(column.name, "link")
    return text, url


def _html(text: str) -> str:
    """Text for HTML."""
    return html.escape(clean_text(text))
