"""The pair judge: two records side by side, what differs marked, one key per verdict."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

import pandas as pd

from ..errors import ReviewKitError
from ..events import current_events
from ..review_log import ReviewLog
from .act_widget import AHEAD, ActWidget
from .cards import cell_text, paper_links

# The fields compared: name, label, as many words as a reader will compare.
COMPARED = {
    "title": "Title", "authors": "Authors", "year": "Year", "venue": "Venue", "type": "Type", "volume": "Volume",
    "pages": "Pages", "doi": "DOI", "arxiv_id": "arXiv", "pmid": "PubMed", "url": "Link", "abstract": "Abstract",
    "summary": "Summary",
}
MAX_WORDS = 400
MAX_LISTED = 100
VERDICT_KEYS = {
    "duplicate": ("Duplicate", ["d"], "One paper: merge the two records", "include"),
    "versions": ("Versions", ["v"], "Versions of one paper, such as preprint and article: merge, keep both", "include"),
    "different": ("Different", ["x", "n"], "Two papers", "exclude"),
    "maybe": ("Later", ["l", "m"], "Undecided: comes again at the end", "maybe"),
}


class PairJudge(ActWidget):
    """Judge pairs of records: duplicate, versions of one paper, different, or later; every verdict is an event.

    It opens at the pair with the highest score that nobody has judged.

    Parameters
    ----------
    records
        A records table.
    pairs
        A pairs table as from :func:`~review_kit.duplicates.find_duplicates`.
    log
        The log of the reviewer who judges.
    verdicts
        Which pairs are shown, by the verdict they came with; add ``"duplicate"`` to check what the rules merged. Pairs
        that people judged are always there, so that a verdict can be changed.

    Raises
    ------
    ReviewKitError
        A pair names a record that is not in `records`.
    """

    script = "pairs.js"
    kinds = ("judge_pair",)

    def __init__(
        self, records: pd.DataFrame, pairs: pd.DataFrame, log: ReviewLog, *, verdicts: Sequence[str] = ("maybe",)
    ) -> None:
        self.records = records
        self._place = {record_id: place for place, record_id in enumerate(records["record_id"])}
        by_people = pairs["judged_by"].notna() & (pairs["judged_by"] != "rules")
        shown = pairs[pairs["verdict"].isin(verdicts) | by_people].sort_values("score", ascending=False, kind="stable")
        self._pairs = {pair_key(row["record_id_1"], row["record_id_2"]): row for row in shown.to_dict("records")}
        missing = {row[n] for row in self._pairs.values() for n in ("record_id_1", "record_id_2")} - set(self._place)
        if missing:
            raise ReviewKitError(f"pairs: not among the records: {', '.join(sorted(missing)[:5])}; use the records the "
                                 "pairs were found in")
        self._numbers = {key: number for number, key in enumerate(self._pairs, start=1)}
        self._made: dict[str, dict[str, Any]] = {}
        names = ("value", "label", "keys", "says", "look")
        super().__init__(log, settings={"verdicts": [dict(zip(names, (v, *w))) for v, w in VERDICT_KEYS.items()]})

    def judge(self, record_id_1: str, record_id_2: str, verdict: str) -> str:
        """Judge a pair as a click does, and return the event_id."""
        return self._act("judge_pair", record_id_1, record_id_2=record_id_2, verdict=verdict)

    def summary(self) -> str:
        """How many pairs are judged, in one line."""
        return f"{self.progress['done']} of {self.progress['total']} pairs judged"

    def _key(self, act: Mapping[str, Any]) -> str | None:
        value = act.get("value")
        second = value["record_id_2"] if isinstance(value, Mapping) else act.get("record_id_2")
        key = pair_key(str(act.get("record_id")), str(second))
        return key if key in self._pairs else None

    def _write(self, act: Mapping[str, Any], key: str, event_id: str | None) -> tuple[str, dict[str, Any]]:
        first, second = (self._row(self._pairs[key][name]) for name in ("record_id_1", "record_id_2"))
        verdict = str(act.get("verdict"))
        made = self.review_log.judge_pair(first, second, verdict, event_id=event_id)
        return made, {"value": {"record_id_2": second["record_id"], "verdict": verdict}}

    def _reload(self, events: pd.DataFrame) -> None:
        judged = current_events(events)[lambda table: table["kind"] == "judge_pair"]
        theirs = judged[judged["reviewer"] != self.review_log.reviewer].to_dict("records")
        self._theirs = {key: event for event in theirs if (key := self._key(event))}
        self._verdicts = {key: verdict for key in self._pairs if (verdict := self._verdict(key))}
        self._counts = Counter(self._verdicts.values())
        waiting = [key for key in self._pairs if key not in self._verdicts]
        later = [key for key in self._pairs if self._verdicts.get(key) == "maybe"]
        self._pending = dict.fromkeys([*waiting, *later])

    def _verdict(self, key: str) -> str | None:
        """The reviewer's verdict, or somebody else's."""
        last = self._last(key, "judge_pair") or self._theirs.get(key)
        return last["value"]["verdict"] if last else None

    def _judged_by(self, key: str) -> str | None:
        """The name of somebody else whose verdict stands."""
        return None if self._last(key, "judge_pair") or key not in self._theirs else self._theirs[key]["reviewer"]

    def _changed(self, key: str) -> None:
        before, after = self._verdicts.pop(key, None), self._verdict(key)
        self._counts.subtract([before] if before else [])
        self._pending.pop(key, None)
        if after:
            self._verdicts[key] = after
            self._counts[after] += 1
        if after == "maybe":
            self._pending[key] = None
        elif not after:
            self._pending = {key: None, **self._pending}

    def _questions(self) -> dict[str, Callable[[Mapping[str, Any]], Any]]:
        return {"card": lambda asked: self._card(str(asked.get("record_id"))), "judged": lambda asked: self._judged()}

    def _judged(self) -> list[dict[str, Any]]:
        """The pairs that were judged, as short cards."""
        judged = islice(((key, self._verdicts[key]) for key in self._pairs if key in self._verdicts), MAX_LISTED)
        return [{"id": key, "titles": [self._title(record_id) for record_id in key.split(" | ")], "verdict": verdict,
                 "by": self._judged_by(key)} for key, verdict in judged]

    def _title(self, record_id: str) -> str:
        """A record's title, cut for lists and messages."""
        return cell_text("title", self.records["title"].array[self._place[record_id]])[:120] or "(no title)"

    def _cards(self) -> list[dict[str, Any]]:
        return [self._card(key) for key in islice(self._pending, AHEAD)]

    def _card(self, key: str) -> dict[str, Any] | None:
        if key not in self._pairs:
            return None
        if key not in self._made:
            self._made[key] = self._compare(key)
        return {**self._made[key], "verdict": self._verdicts.get(key), "by": self._judged_by(key)}

    def _compare(self, key: str) -> dict[str, Any]:
        """What the browser gets of a pair."""
        pair = self._pairs[key]
        first, second = self._row(pair["record_id_1"]), self._row(pair["record_id_2"])
        fields = []
        for name, label in COMPARED.items():
            left, right = cell_text(name, first.get(name)), cell_text(name, second.get(name))
            if left or right:
                fields.append({"label": label, **compare_words(left, right)})
        where = [f"{row['source']}:{row['line']}" for row in (first, second)]
        fields.append({"label": "Found in", "left": [[where[0], True]], "right": [[where[1], True]], "same": True})
        score = None if pd.isna(pair["score"]) else round(float(pair["score"]), 2)
        return {
            "id": key, "number": self._numbers[key], "ids": [first["record_id"], second["record_id"]], "score": score,
            "evidence": cell_text("evidence", pair["evidence"]), "title": self._title(first["record_id"]),
            "fields": fields, "links": [paper_links(first), paper_links(second)],
        }

    def _row(self, record_id: str) -> dict[str, Any]:
        """A record as a mapping."""
        place = self._place[record_id]
        return self.records.iloc[place : place + 1].to_dict("records")[0]

    def _count(self) -> dict[str, Any]:
        return {"done": len(self._verdicts) - self._counts["maybe"], "total": len(self._pairs),
                "counts": {verdict: n for verdict, n in self._counts.items() if n}}

    def _says(self, key: str, event_id: str) -> str:
        event = next(event for event in self._history[key] if event["event_id"] == event_id)
        title = self._title(self._pairs[key]["record_id_1"])
        return f"{VERDICT_KEYS[event['value']['verdict']][0]}: {title}"


def pair_key(record_id_1: str, record_id_2: str) -> str:
    """One spelling for a pair, whichever record stands first."""
    return " | ".join(sorted((record_id_1, record_id_2)))


def compare_words(left: str, right: str) -> dict[str, Any]:
    """Cut two texts into runs of words that both have and runs that differ; case and blanks do not count.

    Returns
    -------
    dict
        ``left`` and ``right``: lists of ``[text, same]``; ``same``: whether nothing differs.
    """
    words = [re.findall(r"\w+\s*|[^\w\s]+\s*", text)[:MAX_WORDS] for text in (left, right)]
    plain = [[word.strip().casefold() for word in side] for side in words]
    matcher = difflib.SequenceMatcher(None, *plain, autojunk=False)
    sides: tuple[list[list[Any]], list[list[Any]]] = ([], [])
    for kind, *ends in matcher.get_opcodes():
        for side, run in zip(sides, (words[0][ends[0]:ends[1]], words[1][ends[2]:ends[3]])):
            if run:
                side.append(["".join(run), kind == "equal"])
    return {"left": sides[0], "right": sides[1], "same": all(same for side in sides for _, same in side)}
