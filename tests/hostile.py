"""Hostile texts of our own, and those of the shared collection where it is there."""

import json
from pathlib import Path

COLLECTION = Path(__file__).parents[1].parent / "shared" / "reliability" / "payloads.json"
OWN = (
    r"\input{/etc/passwd}", r"\csname input\endcsname{main.tex}", "^^69nput{main.tex}",
    r"\immediate\write18{touch PWNED}", r"\newwrite\f\immediate\openout\f=PWNED.tex", r"\end{document}",
    r"\loop\iftrue\repeat", r"\bibitem{fake} Injected", "50% of {unbalanced", "a } b", "}{", "ends with \\",
    "R&D_x #1 $5 ~ ^ $$", "line\n@article{evil,title={z}}", "@string{x=1}", "A\nER  - \nTY  - JOUR\nTI  - injected",
    "A\rER  - \rTY  - JOUR", "A\x85ER  - ", "x\u2028ER  - ", "=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1+1", "\n=1",
    "＝1", "'=1+1", '=HYPERLINK("http://127.0.0.1","x")', "{=1}", "<script>alert(1)</script>",
    '" onmouseover="alert(1)" x="', "<img src=x onerror=alert(1)>", "--><b>", "</td></table>",
    "[x](javascript:alert(1))", "a | b |\n| evil | row |", "`code` *b* _i_ ~~s~~", "&lt;b&gt;", "_x0041_",
    "a\x01b\x0b\x1f", "a\ud800b", "a\x00b", "\u202eabc", "NA", "null", "00123", "1e5", "3-4",
    "[*] starts with a bracket", "* star", "a, b and c", "et al.", "``` fence", "$\\href{javascript:1}{x}$",
    "?` !` -- ''", "others", "A, B, C, D", "2020-01-02", "…–“”’", " ",
)


def texts(*kinds):
    """All hostile texts, or those of some kinds of the collection and our own."""
    found = list(OWN)
    if COLLECTION.exists():
        for payload in json.loads(COLLECTION.read_text(encoding="utf-8")):
            text = payload["payload"]
            if not kinds or payload["cat"] in kinds:
                found.append(text if isinstance(text, str) else text["unit"] * text["times"] + text["tail"])
    return found
