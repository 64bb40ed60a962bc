"""Defects of the shape of a paper list: empty sections, contents that do not fit, badges."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import unquote

from .kinds import Finding
from .page import Page, plain_markdown

Numbered = Iterator[tuple[int, Finding]]

_NOTHING = re.compile(
    r"\s*(?:[-*_=\s]{3,}|(?:</?[a-z][^<>]*>\s*|\[?[\W\d_]*(?:back to )?(?:the )?top\b.{0,40})+|&nbsp;)\s*", re.I)
_ANCHOR_LINK = re.compile(r"\[(?P<label>(?:[^\[\]]|\[[^\[\]]*\])*)\]\(#(?P<anchor>[^()\s]*(?:\([^()\s]*\)[^()\s]*)*)\)|"
                          r"<a\b[^<>]*\bhref\s*=\s*[\"']#(?P<anchor2>[^\"']*)[\"'][^<>]*>(?P<label2>.*?)</a>", re.I)
_NAMED = re.compile(r"\b(?:id|name)\s*=\s*[\"']?([^\"'\s<>]+)", re.I)
_BADGE = re.compile(
    r"\[!\[[^\[\]]{0,300}\]\(\s*"
    r"https?://(?:img\.shields\.io/github/(?:stars|forks|issues|license|watchers|last-commit|contributors)|"
    r"badgen\.net/github/\w+)/(?P<counted>[\w.-]+/[\w.-]+?)(?:\.svg)?(?:[?&#/][^()\s]*)?\s*\)\s*\]\(\s*"
    r"(?P<url>https?://(?:www\.)?github\.com/(?P<linked>[\w.-]+(?:/[\w.-]+)?)[^()\s]*)\)", re.I)
_ESCAPE = re.compile(r"\\[&%$#_]")


def empty_section_checks(page: Page) -> Numbered:
    """Headings under which nothing stands before the next heading of the same or a higher level."""
    headings = page.headings
    for heading, following in zip(headings, [*headings[1:], None]):
        if following is not None and following.level > heading.level:
            continue
        last = following.line - 1 if following else len(page.lines)
        between = zip(page.lines[heading.line:last], page.kinds[heading.line:last])
        if not any(line.strip() and kind != "comment" and ("<img" in line or not _NOTHING.fullmatch(line))
                   for line, kind in between):
            yield heading.line, Finding("empty_section", heading.text, "entries")


def anchor_checks(page: Page) -> Numbered:
    """Links within the page that lead to no heading, or word it differently."""
    by_slug = _slugs(page)
    named = {name.lower() for _, line in page.text_lines() for name in _NAMED.findall(line)}
    loose = {_letters(slug): text for slug, text in by_slug.items()} | {_letters(name): "" for name in named}
    for at, line in page.text_lines():
        for found in _ANCHOR_LINK.finditer(line):
            anchor = unquote(found["anchor"] if found["anchor"] is not None else found["anchor2"])
            label = plain_markdown(found["label"] if found["anchor"] is not None else found["label2"])
            if not anchor or anchor.lower() in ("top", "readme"):
                continue
            if _letters(anchor) not in loose:
                yield at, Finding("broken_anchor", f"#{anchor} ({label})", "the anchor of a heading")
                continue
            heading = by_slug.get(anchor.lower(), loose[_letters(anchor)])
            if heading and label != heading and label.casefold() == heading.casefold():
                yield at, Finding("contents_mismatch", label, heading)


def _slugs(page: Page) -> dict[str, str]:
    """Anchors GitHub gives to the headings, with the headings' text."""
    slugs: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for heading in page.headings:
        slug = re.sub(r"[^\w\- ]", "", heading.text.lower()).replace(" ", "-")
        slugs[f"{slug}-{counts[slug]}" if counts[slug] else slug] = heading.text
        counts[slug] += 1
    return slugs


def _letters(anchor: str) -> str:
    """An anchor without what sites treat differently: marks, emoji and doubled hyphens."""
    return re.sub(r"[\W_]+", "", anchor.lower())


def badge_checks(page: Page) -> Numbered:
    """Badges that count one repository and link to another, or to no repository."""
    for at, line in page.text_lines():
        for found in _BADGE.finditer(line):
            if found["counted"].casefold() != found["linked"].removesuffix(".git").casefold():
                yield at, Finding("badge_mismatch", found["url"], f"https://github.com/{found['counted']}")


def heading_checks(page: Page) -> Numbered:
    """LaTeX left in headings and in text beside the entries."""
    for at, line in page.text_lines():
        if at not in page.covered and (left := _ESCAPE.findall(line)):
            found = f"{line.strip()} ({', '.join(dict.fromkeys(left))})"
            yield at, Finding("latex_residue", found, plain_markdown(line))
