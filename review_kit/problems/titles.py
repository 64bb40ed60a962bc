"""Defects of titles and other text of one record: cut, templates, wrong encoding, left-over code."""

from __future__ import annotations

import re

from ..text import mend_mojibake, plain_latex, title_key
from .kinds import Finding, Findings, Record

_CUT = ("...", "…", "[...]", "[…]")
# Words with which no title ends.
_CUT_WORDS = frozenset("the a an of and with via using from between through versus & than into toward towards".split())
_TEMPLATE_TITLES = frozenset(
    "paper title|title|the title|your title|title of paper|title of the paper|title of your paper|name of the paper|"
    "paper name|your paper title|paper|name|untitled|xxx|xxxx|lorem ipsum|example|example paper|example title|template|"
    "todo|tbd|resource name|project name|insert title here|title here|paper title here".split("|"))
_LONGEST_TEMPLATE = 40
_TEMPLATE_PEOPLE = frozenset(
    "author authors|author name|authors|author|first author|author list|your name|name".split("|"))
_LATEX = re.compile(
    r"\\[A-Za-z]+|\\[%&$#_{}]|(?<!\\)\$(?=\S)[^$\n]{0,80}?[\\^_{}][^$\n]{0,80}?(?<=\S)\$(?!\d)|``|\burl\{|\bhref\{")
# An author's ``$\\sim$51K`` that lost its backslash and dollars.
_LOST = re.compile(r"(?<![A-Za-z\\])(?:sim|approx|times|pm|geq|leq)(?=\d)")
_FOREIGN_PAIR = re.compile(r"[^\x00-\x7f]{2}")
_MAY_BE_LATEX = re.compile(r"[\\${]|``|[mxsq]\d")
_PLACES = re.compile(r"(?<!\\)\\(?P<name>[A-Za-z]+)")
_HTML = re.compile(
    r"&(?:amp|lt|gt|quot|apos|nbsp|#\d+|#x[0-9a-f]+);|</?(?:i|b|u|em|strong|sub|sup|p|br|span|jats:\w+)"
    r"(?:\s+[\w:-]+=[^<>]*)?\s*/?>", re.I)
_TEXTS = ("title", "abstract", "summary", "venue")


def title_checks(record: Record) -> Findings:
    """Check that a record has a title, and that it is whole and no template."""
    title = record["title"] or record["title_raw"]
    if not title:
        if not record["problem"] and not _is_identifier(record):
            yield Finding("missing_title", record["url"] or record["key"] or "nothing", "a title")
        return
    if is_template(title) or (record["authors"] and all(_is_template_name(name) for name in record["authors"])):
        yield Finding("template_row", title, "the title of a paper")
        return
    if " -- " in title and not record["key"]:
        yield Finding("typewriter_dash", title, title.replace(" -- ", " – "))
    if _is_cut(title):
        yield Finding("truncated_title", title, "the whole title")


def _is_identifier(record: Record) -> bool:
    """Whether a record is a line of a list of identifiers, which names papers without their titles by right."""
    said = (record[name] for name in ("key", "authors", "abstract", "section", "extra", "year"))
    return bool(record["arxiv_id"] or record["doi"] or record["pmid"]) and not any(said)


def _is_cut(title: str) -> bool:
    """Whether a title ends in dots, in a bracket that does not close, or with a word that ends no title."""
    last = title.rsplit(None, 1)[-1].casefold()
    opened = max(title.rfind("("), title.rfind("[")) > max(title.rfind(")"), title.rfind("]"))
    return title.endswith(_CUT) or opened or (last in _CUT_WORDS and last != title.casefold())


def is_template(title: str) -> bool:
    """Whether a title is one that is to be filled in."""
    return len(title) < _LONGEST_TEMPLATE and title_key(title) in _TEMPLATE_TITLES


def _is_template_name(name: str) -> bool:
    """Whether a name stands for a name that is to be filled in."""
    return name[:1] in "AaFfYyNn" and re.sub(r"[\W\d_]+", " ", name).strip().casefold() in _TEMPLATE_PEOPLE


def text_checks(record: Record) -> Findings:
    """Check the text of a record for wrong encoding and left-over code."""
    texts = {name: record[name] for name in _TEXTS if record[name]}
    # In a bibliography title_raw is LaTeX by right; elsewhere it is what stands in the source.
    if record["title_raw"] and record["title_raw"] != record["title"] and not record["key"]:
        texts["title"] = record["title_raw"]
    for name, text in texts.items():
        if not text.isascii():
            yield from encoding_findings(text, name)
        if _MAY_BE_LATEX.search(text):
            yield from latex_findings(text, name)
        if ("&" in text or "<" in text) and (left := _HTML.findall(text)):
            yield Finding("markup_residue", f"{name}: {_listed(left)}", "plain text")
    for name in record["authors"]:
        if not name.isascii():
            yield from encoding_findings(name, "author")


def encoding_findings(text: str, where: str) -> Findings:
    """Characters read in the wrong encoding, and lost ones."""
    # One character of UTF-8 read in another encoding gives two or more foreign ones.
    mended = mend_mojibake(text) if _FOREIGN_PAIR.search(text) else text
    if mended != text:
        first = next(at for at, (one, two) in enumerate(zip(text + "\0", mended + "\0")) if one != two)
        start = max(first - 10, 0)
        yield Finding("mojibake", f"{where}: {text[start:first + 40]}", mended[start:first + 30])
    if "\ufffd" in text:
        at = text.index("\ufffd")
        yield Finding("lost_characters", f"{where}: {text[max(at - 30, 0):at + 30]}", "the characters of the original")


def latex_findings(text: str, where: str) -> Findings:
    """LaTeX left in text; commands that mean nothing to others apart."""
    if lost := _LOST.findall(text):
        yield Finding("lost_command", f"{where}: {_listed(lost)}", f"\\{lost[0]} or its sign")
    left = _LATEX.findall(text)
    if not left:
        return
    unknown = dict.fromkeys(f"\\{name}" for name in _PLACES.findall(plain_latex(text)))
    known = [code for code in left if code not in unknown]
    if known:
        yield Finding("latex_residue", f"{where}: {_listed(known)}", "plain text")
    for command in unknown:
        yield Finding("unknown_macro", f"{where}: {command}", "the word it stands for")


def _listed(found: list[str]) -> str:
    """What was found, each once."""
    return ", ".join(dict.fromkeys(found))
