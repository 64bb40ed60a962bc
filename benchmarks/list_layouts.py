"""Measure how paper lists are read in layouts nobody wrote down: invented papers, layouts drawn at random.

    python benchmarks/list_layouts.py [--layouts 300] [--papers 12] [--seed 1] [--worst 0]

A layout is how a list shows titles, people, venues, links and code, in which order, with what between them, and whether
in items, paragraphs, folds or tables. What is read of a list is compared with what its lines state. Layouts are drawn
without regard to how common they are: rates tell whether a change makes the reader better, not how real lists are read.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from review_kit.formats import paper_lists

WORDS = """Adaptive Sparse Robust Deep Contrastive Neural Efficient Latent Causal Graph Attention Diffusion Prompt
Retrieval Transformer Segmentation Representation Reasoning Pretraining Clinical Medical Visual Speech Multimodal
Bayesian Quantum Protein Spatial Language Image Video Point Cloud Depth Motion Policy Reward Memory""".split()
MATTERS = """Networks Models Learning Agents Estimation Prediction Understanding Translation Classification Tracking
Matching Adaptation Generalization Control Search Inference Evaluation Summarization Detection Editing""".split()
METHODS = "PondNet MossFormer LakeGPT Fern-7B ReedBench Tarn++ DuckDiff OtterQA Mere2Vec BOG-RL CLAM3D".split()
GIVEN = "Wei Anna Sofia Li Pierre Kenji Maria Hao Priya Olga Yuki Carlos Emma Min-Jun Jean-Luc Ga Qi Aïcha".split()
FAMILIES = ["de Vries", "van der Berg", *"""Zhang Li Müller Kowalski García Nguyen Smith Ivanov Tanaka O'Brien Dubois
Kim Patel Rossi Hu Silva Cohen Yılmaz Ng Okafor Park Xu Santos""".split()]
SHORT_VENUES = "CVPR ICLR NeurIPS ICML ACL EMNLP AAAI MICCAI KDD ICCV TMI TPAMI SIGIR WWW IJCAI Interspeech".split()
LONG_VENUES = """Medical Image Analysis;Nature Communications;Pattern Recognition;Bioinformatics;Sensors;IEEE Access
Journal of Hydrology;Information Fusion;Knowledge-Based Systems;Neural Computation;Electronics;Remote Sensing;NEJM AI
Expert Systems with Applications;The Visual Computer;Patterns;Digital Health""".replace("\n", ";").split(";")
ADDRESSES = ("https://arxiv.org/abs/{yy}{m:02d}.{number}", "https://arxiv.org/pdf/{yy}{m:02d}.{number}.pdf",
             "https://openreview.net/forum?id=a{number}b", "https://aclanthology.org/{y}.acl-long.{number}/",
             "https://doi.org/10.1016/j.pond.{y}.{number}", "https://ieeexplore.ieee.org/document/80{number}")
FULL, COMMAS = "{given} {family}", (", ", ", ")
PEOPLE = (  # a name, what is between names (None: only the first is named), what is before the last or for the others
    (FULL, *COMMAS), (FULL, ", ", ", and "), (FULL, ", ", " and "), (FULL, "; ", "; "), (FULL, " and ", " and "),
    (FULL, None, " et al."), (FULL, None, ", et al."), ("{family}", None, " et al."), ("{given[0]}. {family}", *COMMAS),
    ("{family}, {given[0]}.", ", ", ", & "), ("{family}, {given}", " and ", " and "), ("{family}, {given}", "; ", "; "),
    (f"[{FULL}](https://people.example.org/)", *COMMAS), (f"{FULL}<sup>1</sup>", *COMMAS), (f"{FULL}\\*", *COMMAS),
)
BADGE = "https://img.shields.io/badge/{badge}-{y}-blue"
VENUES = (
    "{v} {y}", "{v}'{yy}", "{v}, {y}", "({v} {y})", "[{v} {y}]", "**{v} {y}**", "*{v} {y}*", "`{v} {y}`", "({v}, {y})",
    "*{v}*, {y}", "*{v}* ({y})", "In {v}, {y}", "[{y}-{v}]", "{v} ({y})", "(*{v} {y}*)", "<i>{v} {y}</i>", "{v}-{y}",
    "<ins>{v}, {y}</ins>", "{v}{yy}", "[{v}, {y}]", "**[{v} {y}]**", "{y}, {v}", "{y}", "({y})", "{y}.{m:02d}", "{v}",
    "({v})", "[{v}]", "*{v}*", f"![{{v}}]({BADGE})", f"![]({BADGE})", f'<img src="{BADGE}">', "[{y}/{m:02d}]", "",
)
FORMS = {  # by letter: title, linked title (t), people, what is around them (p), venue, link, code; nothing: not shown
    "T": ("{t}", "**{t}**", "*{t}*", '"{t}"', "{t}.", "**{t}.**", "<b>{t}</b>", '"{t},"', "“{t}”", '"{t}."'),
    "t": ("[{t}]({url})", "**[{t}]({url})**", "[**{t}**]({url})", '"[{t}]({url})"', "[{t}]({url}).", "[[{t}]]({url})",
          '<a href="{url}">{t}</a>', "*[{t}]({url})*", "[{t}.]({url})"),
    "P": (*PEOPLE, *[None] * 10), "p": ("", "", "*"), "V": VENUES,
    "L": ("[[paper]({url})]", "[[Paper]]({url})", "[paper]({url})", "[PDF]({url})", "([pdf]({url}))", "Paper: {url}",
          "**[Paper]({url})**", '<a href="{url}">paper</a>', "[[`Paper`]({url})]", "{url}", "[📄]({url})",
          "[![Paper](https://img.shields.io/badge/Paper-red)]({url})"),
    "C": ("[[code]({url})]", "[[Code]]({url})", "[code]({url})", "[GitHub]({url})", "([github]({url}))", "", "", "",
          "[![Code](https://img.shields.io/github/stars/a/b.svg)]({url})", "[[`Code`]({url})]", "[:octocat:]({url})"),
}
HTML_FORMS = {"T": ("<b>{t}</b>", "{t}"), "t": ('<a href="{url}">{t}</a>',), "P": (*PEOPLE[:3], None), "p": ("",),
              "V": ("{v} {y}", "<i>{v}</i>", "{y}", ""), "L": ('<a href="{url}">paper</a>',),
              "C": ('<a href="{url}">code</a>', "")}
SHAPES = ("lines",) * 14 + ("table",) * 3 + ("html table", "sections folded", "abstracts folded")
MARKERS = ("- ", "- ", "- ", "* ", "* ", "1. ", "{n}. ", "+ ", "")
ORDERS = "TPVL TPVL TPVL TPVL TPVL TPVL VTPL VTPL VTPL TVPL TVPL PTVL PTVL TPLV TVLP TLPV LTPV".split()
JOINTS = (" ", ". ", ", ", " - ", " | ", ": ", " — ", "\n", "<br>", "<br/>\n  ", "  \n  ", "\n  - ")
HEADINGS = {"T": ("Title", "Paper", "Paper Title", "Name"), "P": ("Authors", "Author(s)"), "L": ("Link", "PDF", "URL"),
            "V": ("Venue", "Conference", "Publication", "Journal/Conference"), "Y": ("Year",), "C": ("Code", "GitHub")}


class Layout(NamedTuple):
    """How a list shows its papers: forms by the letters of `FORMS`, the order of T, P, V, L, what is between them."""

    shape: str
    marker: str
    forms: dict[str, Any]
    order: str
    joints: tuple[str, str, str]
    label: str
    headings: dict[str, str]
    by_year: bool
    short_venues: float


class Note(NamedTuple):
    """How a field of a paper was read."""

    field: str
    stated: Any
    found: Any
    right: bool
    title: str


def invent_title(rng: random.Random) -> str:
    """A title: plain, with a method before a colon, a question, a survey."""
    subject = " ".join([*rng.sample(WORDS, rng.randint(2, 3)), rng.choice(MATTERS)])
    rest = f"{rng.choice(('for', 'with', 'via', 'in'))} {rng.choice(WORDS)} {rng.choice(WORDS)} {rng.choice(MATTERS)}"
    plain, method, more = f"{subject} {rest}", rng.choice(METHODS), ", and ".join(rng.sample(MATTERS, 2))
    return rng.choice((
        plain, plain, plain, plain.capitalize(), f"Towards {plain}", f"A Survey of {plain}", f"{plain}: A Survey",
        f"{method}: {plain}", f"{method}: {plain}", f"{plain}, {more}", f"Do {subject} Help {rest}?",
    ))


def invent_paper(rng: random.Random, short_venues: float) -> dict[str, Any]:
    """A paper whose venue has a short name with the probability given; ``code_url`` is empty where it has none."""
    year, month, number = rng.randint(2015, 2025), rng.randint(1, 12), rng.randint(10_000, 99_999)
    return {
        "title": invent_title(rng), "year": year, "month": month,
        "people": rng.sample([(given, family) for given in GIVEN for family in FAMILIES], rng.choice((1, 2, 3, 5))),
        "venue": rng.choice(SHORT_VENUES if rng.random() < short_venues else LONG_VENUES),
        "url": rng.choice(ADDRESSES).format(yy=year % 100, y=year, m=month, number=number),
        "code_url": f"https://github.com/pond{number}/moss" if rng.random() < 0.6 else "",
    }


def draw_layout(rng: random.Random) -> Layout:
    """A layout drawn at random; where titles are links there is no other link to the paper."""
    shape, linked, joint = rng.choice(SHAPES), rng.random() < 0.5, rng.choice(JOINTS)
    joints = rng.choice((" ", ". ", ", ", " | ", joint, joint)), rng.choice((" ", " ", " | ", ". ", ", ", joint))
    forms = {letter: rng.choice(some) for letter, some in (HTML_FORMS if shape == "html table" else FORMS).items()}
    forms |= {"T": forms["t"], "L": ""} if linked else {}
    return Layout(
        shape, rng.choice(MARKERS), forms, rng.choice([order for order in ORDERS if not linked or order[0] != "L"]),
        joints=(joint, *joints), label=rng.choice(("", "{}: ", "**{}**: ", "*{}:* ")) if {joint} == {*joints} else "",
        by_year=rng.random() < 0.2, headings={letter: rng.choice(words) for letter, words in HEADINGS.items()},
        short_venues=1 if forms["V"] in ("{v}'{yy}", "{v}-{y}", "{v}{yy}") else rng.choice((1, 1, 0.9, 0.8, 0.5)),
    )


def names_shown(paper: dict[str, Any], layout: Layout) -> list[str]:
    """The names of people as a list writes them: all, only the first, none."""
    form, between, _ = layout.forms["P"] or ("", None, "")
    people = paper["people"] if between else paper["people"][:bool(form)]
    return [form.format(given=given, family=family) for given, family in people]


def pieces_shown(paper: dict[str, Any], layout: Layout) -> dict[str, str]:
    """What a list shows of a paper by its letter, Y being the year in a column of its own."""
    forms, names = layout.forms, names_shown(paper, layout)
    _, between, last = forms["P"] or ("", None, "")
    if between is None:
        people = "".join([*names, last])
    else:
        people = between.join(names[:-1]) + last * (len(names) > 1) + names[-1]
    url, code, venue, year = (paper[column] for column in ("url", "code_url", "venue", "year"))
    badge = venue.replace("-", "--").replace(" ", "_")
    pieces = {
        "T": re.sub(r"\?[.,]", "?", forms["T"].format(t=paper["title"], url=url)),
        "P": people and forms["p"] + people + forms["p"],
        "V": forms["V"].format(v=venue, y=year, yy=year % 100, m=paper["month"], badge=badge),
        "Y": str(year) if "table" in layout.shape and forms["V"] == "{v}" else "",
        "L": forms["L"].format(url=url), "C": forms["C"].format(url=code) if code else "",
    }
    return {letter: piece for letter, piece in pieces.items() if piece}


def joint_between(before: tuple[str, str], after: tuple[str, str], drawn: str) -> str:
    """What stands between two pieces (letter, text): what was drawn, or its like where none could tell them apart."""
    unlike = {("V", "T", ", "): ": ", ("V", "T", "\n  - "): ": ", ("P", "T", "\n  - "): ". "}
    drawn = unlike.get((before[0], after[0], drawn), drawn)
    if drawn == ": " and before[0] != "V" or drawn in (", ", ": ") and after[0] == "L":
        drawn = " "
    if drawn == " " and before[1][-1].isalnum() and after[1][0].isalnum():
        drawn = ". "
    ended = before[1].endswith((".", "?", '."', ',"')) and (drawn == ". " or before[0] == "T" and drawn == ", ")
    return " " if ended else drawn


def line_of(paper: dict[str, Any], layout: Layout) -> str:
    """A paper's line, without its marker; it may go over several lines of the page."""
    pieces = pieces_shown(paper, layout)
    pieces["L"] = " ".join(pieces[letter] for letter in "LC" if letter in pieces)
    shown = [(letter, pieces[letter]) for letter in layout.order if pieces.get(letter)]
    line = shown[0][1]
    for before, after, drawn in zip(shown, shown[1:], layout.joints):
        joint = joint_between(before, after, drawn)
        label = {"P": "Authors", "V": "Venue", "L": "Links"}.get(after[0]) if joint == "\n  - " else None
        line += joint + (layout.label.format(label) if label else "") + after[1]
    if layout.shape == "abstracts folded":
        line += "\n    <details><summary>Abstract</summary>We study how ponds change over the seasons.</details>"
    return line if layout.marker else line.replace("\n  - ", "<br>") + "\n"


def table_of(papers: Sequence[dict[str, Any]], layout: Layout) -> list[str]:
    """The lines of a table of papers, in Markdown or HTML."""
    rows = [pieces_shown(paper, layout) for paper in papers]
    letters = [letter for letter in "TPVYLC" if any(letter in row for row in rows)]
    cells = [[row.get(letter, "") for letter in letters] for row in (layout.headings, *rows)]
    if layout.shape == "html table":
        return ["<table>", *("<tr><td>" + "</td><td>".join(row) + "</td></tr>" for row in cells), "</table>"]
    lines = ["| " + " | ".join(row) + " |" for row in cells]
    return [lines[0], "|" + "---|" * len(letters), *lines[1:]]


def write_list(papers: Sequence[dict[str, Any]], layout: Layout) -> str:
    """A page that lists papers in a layout, in sections by year or in two of subjects."""
    sections = {"Surveys": papers[:len(papers) // 2], "Methods": papers[len(papers) // 2:]}
    if layout.by_year:
        years = sorted({paper["year"] for paper in papers}, reverse=True)
        sections = {str(year): [paper for paper in papers if paper["year"] == year] for year in years}
    page = ["# Awesome Pond Papers", *(f"- [{name}](#{name.lower()})" for name in sections)]
    for name, members in sections.items():
        lines = table_of(members, layout) if "table" in layout.shape else [
            layout.marker.format(n=number) + line_of(paper, layout) for number, paper in enumerate(members, 1)]
        if layout.shape == "sections folded":
            lines = ["<details><summary>Show papers</summary>", "", *lines, "", "</details>"]
        page += ["", f"## {name}", "", *lines]
    return "\n".join(page) + "\n"


def stated_of(paper: dict[str, Any], layout: Layout) -> dict[str, Any]:
    """What a list states of a paper, by the names of the columns of records; a year that is not stated is left out."""
    dated = layout.by_year or "y}" in layout.forms["V"] or "Y" in pieces_shown(paper, layout)
    return {
        "title": paper["title"], "url": paper["url"], "code_url": paper["code_url"] if layout.forms["C"] else "",
        "venue": paper["venue"] if re.search("{v}|{badge}", layout.forms["V"]) else "",
        "authors": [re.sub(r"<.*>|\]\(.*|[\\*[]", "", name) for name in names_shown(paper, layout)],
    } | ({"year": paper["year"]} if dated else {})


def same(stated: Any, found: Any) -> bool:
    """Whether two values are the same but for marks, the address of an arXiv number, the way round of names."""
    if isinstance(stated, list):
        words = [[sorted(re.findall(r"[\w'-]+", name)) for name in names] for names in (stated, found or [])]
        return words[0] == words[1]
    plain = [re.sub(r"arxiv.org/pdf/(.*)\.pdf", r"arxiv.org/abs/\1", str(text or "")) for text in (stated, found)]
    return len({re.sub(r"\W", "", text).casefold() for text in plain}) == 1


def judge(stated: Iterable[dict[str, Any]], rows: Sequence[dict[str, Any]]) -> list[Note]:
    """Compare what a list states of its papers with what was read of it.

    Parameters
    ----------
    stated : iterable of dict
        Per paper, what `stated_of` gives.
    rows : sequence of dict
        What the reader of paper lists gives.

    Returns
    -------
    list of Note
        Per paper a note ``found`` and, where a row has its title or link, one per column, named ``no ...`` where the
        list does not show it; per row a note ``a paper``, wrong where it is none of them.
    """
    notes, left = [], list(rows)
    for paper in stated:
        title = paper["title"]
        row = next((row for column in ("title", "url") for row in left if same(paper[column], row.get(column))), None)
        notes.append(Note("found", True, row is not None, row is not None, title))
        if row is None:
            continue
        left.remove(row)
        for column, value in paper.items():
            # the address of a preprint is enough to call it one
            found = "" if not value and row.get(column) == "arXiv" else row.get(column)
            notes.append(Note(column if value else f"no {column}", value, found, same(value, found), title))
    return [*notes, *(Note("a paper", None, row.get("title"), row not in left, "") for row in rows)]


def rates(notes: Sequence[Note]) -> dict[str, float]:
    """The share of right notes, per field."""
    right = Counter(note.field for note in notes if note.right)
    return {name: right[name] / count for name, count in Counter(note.field for note in notes).items()}


def read_layouts(seeds: Iterable[int], papers: int) -> dict[str, list[Note]]:
    """For each seed, write a list in a layout of its own and read it: the notes by page."""
    readings = {}
    for seed in seeds:
        rng = random.Random(seed)
        layout = draw_layout(rng)
        invented = [invent_paper(rng, layout.short_venues) for _ in range(papers)]
        page = write_list(invented, layout)
        readings[page] = judge([stated_of(paper, layout) for paper in invented], paper_lists.read(page))
    return readings


def main() -> None:
    """Print the rates and, where asked, the lists read worst."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, value in {"--layouts": 300, "--papers": 12, "--seed": 1, "--worst": 0}.items():
        parser.add_argument(name, type=int, default=value)
    given = parser.parse_args()
    readings = read_layouts(range(given.seed, given.seed + given.layouts), given.papers)
    for name, rate in rates([note for notes in readings.values() for note in notes]).items():
        print(f"{name:12} {rate:.3f}")
    wrong = {page: [note for note in notes if not note.right] for page, notes in readings.items()}
    for page in sorted(wrong, key=lambda page: -len(wrong[page]))[:given.worst]:
        print(f"\n{page[page.index('## '):][:500]} ...")
        for note in {note.field: note for note in wrong[page]}.values():
            print(f"  {note.field}: {note.stated!r} was read {note.found!r} of {note.title!r}")


if __name__ == "__main__":
    main()
