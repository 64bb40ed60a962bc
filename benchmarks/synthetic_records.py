"""Invented bibliographic records with known duplicates, as many as wanted and the same for the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

SYLLABLES = """
    ba be bi bo ca ce co cu da de di do fa fe fi ga ge gi go ha he hi la le li lo ma me mi mo na ne ni no pa pe pi po
    ra re ri ro sa se si so ta te ti to va ve vi vo
""".split()
LITTLE = ("of", "in", "for", "with", "and", "on", "the", "a")


class Inventor:
    """Invents papers and describes each once, or several times the way databases and lists do."""

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)
        self.words = self._names(30_000, 2, 5)
        self.families = [name.capitalize() for name in self._names(20_000, 2, 4)]
        self.venues = ["Journal of " + " ".join(self._some(2)).title() for _ in range(1_500)]

    def _names(self, count: int, least: int, most: int) -> list[str]:
        """Invented words."""
        return ["".join(self.random.choices(SYLLABLES, k=self.random.randint(least, most))) for _ in range(count)]

    def _some(self, count: int) -> list[str]:
        """Words by their usual frequency: few are in many titles, most in few."""
        return [self.words[int(len(self.words) ** self.random.random()) - 1] for _ in range(count)]

    def paper(self, number: int) -> dict[str, Any]:
        """One paper as its publisher describes it."""
        r = self.random
        words = self._some(r.randint(6, 13))
        title = " ".join(f"{word} {r.choice(LITTLE)}" if r.random() < 0.3 else word for word in words)
        people = [(r.choice(self.families), r.choice(SYLLABLES).capitalize()) for _ in range(r.randint(1, 8))]
        page = r.randint(1, 3_000)
        return {
            "key": str(number), "title": title.capitalize(), "authors": [", ".join(names) for names in people],
            "year": r.randint(1985, 2025), "venue": r.choice(self.venues), "volume": str(r.randint(1, 90)),
            "number": str(r.randint(1, 12)), "pages": f"{page}-{page + r.randint(3, 20)}",
            "doi": f"10.{r.randint(1000, 9999)}/{number}", "arxiv_id": "",
        }

    def described_again(self, paper: dict[str, Any]) -> dict[str, Any]:
        """The same paper as another source has it: other spelling, abbreviations, missing fields, or as a preprint."""
        r = self.random
        number = int(paper["key"])
        again = dict(paper)
        again["authors"] = [f"{name.partition(',')[0]}, {name.partition(', ')[2][:1]}." for name in paper["authors"]]
        change = r.random()
        if change < 0.15:
            again |= dict.fromkeys(("doi", "volume", "number", "pages"), "")
            again |= {"venue": "arXiv", "year": paper["year"] - r.randint(0, 1),
                      "arxiv_id": f"{paper['year'] % 100:02d}{number % 12 + 1:02d}.{number % 100_000:05d}"}
        elif change < 0.4:
            again |= {"venue": " ".join(word[:4] + "." for word in paper["venue"].split() if word != "of"), "doi": ""}
        elif change < 0.6:
            again |= {"title": paper["title"].upper(), "doi": "", "number": ""}
        elif change < 0.8:
            at = r.randrange(len(paper["title"]) - 1)
            again |= {"title": paper["title"][:at] + paper["title"][at + 1:]}
        else:
            again |= {"title": f"{r.choice(self.families)}-1: {paper['title']}", "authors": again["authors"][:3]}
        return again

    def nearly(self, paper: dict[str, Any], number: int) -> dict[str, Any]:
        """Another paper that looks much like this one."""
        other = self.paper(number)
        return other | {"title": f"{paper['title']}, part II", "authors": paper["authors"], "venue": paper["venue"]}


def invent_records(count: int, *, seed: int = 0, first: int = 0) -> Iterator[dict[str, Any]]:
    """Invented records: a third describe a paper described before, some look like another and are not."""
    inventor = Inventor(seed)
    recent: list[dict[str, Any]] = []
    for number in range(first, first + count):
        kind = inventor.random.random()
        if recent and kind < 0.33:
            row = inventor.described_again(inventor.random.choice(recent))
        elif recent and kind < 0.38:
            row = inventor.nearly(inventor.random.choice(recent), number)
        else:
            row = inventor.paper(number)
            recent = [*recent[-4_999:], row] if len(recent) < 5_000 else recent
            recent[number % len(recent)] = row
        yield {**row, "record_id": f"r{number:08d}", "source": f"source-{number % 3}", "title_raw": row["title"]}
