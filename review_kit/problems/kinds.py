"""Every kind of problem: how grave it is, what it means and what to do. Checks yield findings of these kinds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple


class Kind(NamedTuple):
    """What is said of a kind of problem."""

    severity: str
    meaning: str
    todo: str


class Finding(NamedTuple):
    """One defect as a check reports it; place and record are added by who asked."""

    kind: str
    found: str
    expected: str


Findings = Iterator[Finding]
Record = dict[str, Any]

PROBLEM_KINDS = {name: Kind(*told) for name, told in {
    # Identifiers and titles, across records
    "title_id_mismatch": ("error", "one identifier stands on different titles",
                          "Find out whose it is; correct the other."),
    "same_title_other_id": ("warning", "one title has different identifiers",
                            "Check whether these are versions of one paper; say so where pairs are judged."),
    "title_variant": ("info", "one paper is titled in different ways", "Nothing, or use one title."),
    "truncated_title": ("warning", "a title is cut", "Complete the title."),
    "repeated_entry": ("warning", "a paper is listed twice in one section", "Take one of the entries out."),
    "shared_code_link": ("info", "one code link stands on different papers", "Check whose code it is."),
    "shared_link": ("warning", "one paper link stands on different titles", "Find out whose it is; correct the other."),
    "wrong_identifier": ("error", "an identifier has an impossible form", "Correct it from the paper."),
    # Titles and text
    "missing_title": ("error", "an entry has no title", "Add the title."),
    "template_row": ("info", "a template stands where a paper should", "Take it out or fill it in."),
    "mojibake": ("warning", "characters were read in the wrong encoding",
                 "Save the source as UTF-8, or correct the text."),
    "lost_characters": ("warning", "characters were lost (U+FFFD)", "Restore them from the paper."),
    "latex_residue": ("info", "LaTeX code stands in text that is not LaTeX",
                      "Nothing where it reads well, else correct it."),
    "unknown_macro": ("warning", "an author's own LaTeX command stands for a word", "Put the word in its place."),
    "lost_command": ("warning", "a LaTeX command lost its backslash", "Put the sign in its place."),
    "typewriter_dash": ("info", "two hyphens stand for a dash", "Use a dash."),
    "markup_residue": ("info", "HTML code stands in the text", "Take it out."),
    "unclosed_emphasis": ("warning", "bold text is opened and not closed", "Close it with **."),
    # Links
    "placeholder_link": ("error", "a link is only a placeholder", "Put in the link of the paper."),
    "empty_link": ("error", "a link has no address or no text", "Fill it in or take it out."),
    "missing_link": ("info", "an entry has neither link nor identifier", "Add a DOI, an arXiv id or a link."),
    "glued_link": ("warning", "braces or a second link are glued to a link", "Take them off."),
    "glued_full_stop": ("info", "a full stop is glued to a link", "Take it off."),
    "mirror_host": ("warning", "a link leads to a mirror or a proxy", "Use the host of the original."),
    "unusual_host": ("info", "a link uses a secondary address of its site", "Use the usual address."),
    "short_link": ("info", "a link is shortened and hides its target", "Use the full address."),
    "tracking_parameter": ("info", "a link carries tracking parameters", "Take them off."),
    "version_pinned": ("info", "a link is bound to one version of an arXiv paper",
                       "Take the version off, unless it is meant."),
    "code_link_not_code": ("warning", "a link labelled as code leads elsewhere",
                           "Label it by what it is, or find the code."),
    "badge_mismatch": ("warning", "a badge counts one repository and links to another",
                       "Make both name one repository."),
    "broken_anchor": ("warning", "a link leads to no heading of the page", "Make link and heading agree."),
    "contents_mismatch": ("info", "the table of contents words a heading differently", "Use one wording."),
    "local_file": ("info", "an entry names a file beside the list", "Check that the file is there, or link the paper."),
    # People and dates
    "missing_authors": ("info", "an entry names no authors", "Add the authors."),
    "unnamed_authors": ("info", "authors are counted and not named", "Add their names."),
    "organisation_for_authors": ("info", "an organisation stands where authors should", "Add the authors."),
    "et_al": ("warning", "the list of authors is cut with et al.", "Name all authors."),
    "odd_author": ("warning", "an author is no name", "Correct the name."),
    "missing_year": ("warning", "an entry has no year", "Add the year."),
    "year_inferred": ("info", "the year is not printed; it was inferred", "Check the year."),
    "month_mismatch": ("warning", "the printed month is not that of the arXiv id", "Correct the label or the id."),
    "year_mismatch": ("warning", "the printed year is before that of the arXiv id", "Correct the year or the id."),
    "unexplained_number": ("info", "a number stands behind a date without a word", "Say what it counts."),
    # The shape of a list
    "numbering_repeated": ("warning", "a number of a numbered list stands twice", "Number the list again."),
    "numbering_skipped": ("warning", "a number of a numbered list is missing",
                          "Look for a lost entry, or number again."),
    "empty_section": ("info", "a heading has nothing under it", "Fill the section or take it out."),
    "uneven_labels": ("info", "labels are written in two ways (' and ’)", "Use one of them."),
    "uneven_separators": ("info", "parts of an entry are separated unlike those of most", "Separate them alike."),
    "undated_page": ("warning", "the page's own date has no year", "Note in the search log when it was read."),
    "guessed_encoding": ("warning", "the encoding of the file had to be guessed", "Save the file as UTF-8."),
    # Bibliographies
    "duplicate_citation_key": ("error", "a citation key stands twice", "Give each entry its own key."),
    "missing_citation_key": ("warning", "an entry of a bibliography has no key", "Give it a key."),
    "duplicate_field": ("warning", "a field stands twice in one entry", "Keep the right one."),
    "undefined_string": ("error", "an abbreviation is used and not defined",
                         "Define it with @string, or put the text in braces."),
    "unreadable_entry": ("error", "something could not be read as an entry", "Correct the source; see raw."),
    "reading_problem": ("warning", "an entry was read with a problem", "See raw, and correct the source."),
}.items()}

_LONGEST = 300


def problem_row(
    finding: Finding, *, source: str | None, line: int | None, record_id: str | None = None
) -> dict[str, Any]:
    """A row of the problems table."""
    kind = PROBLEM_KINDS[finding.kind]
    return {
        "source": source, "line": line, "record_id": record_id, "kind": finding.kind, "severity": kind.severity,
        "found": shortened(finding.found), "expected": shortened(finding.expected), "todo": kind.todo,
    }


def shortened(text: str) -> str:
    """A text on one line that fits a table."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[:_LONGEST - 1] + "…"
