"""The tagger: a paper beside the taxonomy, with suggestions that show the words that made them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ..extraction import standing_tags
from ..protocol import Node
from .row_widget import RowWidget

MAX_SUGGESTED = 9


class Tagger(RowWidget):
    """Tag papers with the nodes of the taxonomy or with free words; every tag put on or taken off is an event.

    Tags are shared: one that another set is shown with the name, can be confirmed, and taken off by anyone. The tagger
    opens at the first paper that carries no tag, or one that this reviewer has not confirmed. A paper may carry several
    tags of several axes; an axis whose nodes say ``many: false`` holds one. Keywords and the headings of the sources
    suggest tags; a person takes them.

    Parameters
    ----------
    papers
        A papers table.
    log
        The log of the reviewer who tags.
    protocol
        Its taxonomy is shown.
    fields
        What is shown beside title and text.
    others
        Whether the tags of others are shown; without, the reviewer tags blinded from them.
    """

    script = "tagger.js"
    kinds = ("tag", "untag")

    def tag(self, record_id: str, tag: str) -> str:
        """Put a tag on a paper as a click does, and return the event_id."""
        return self._act("tag", record_id, tag=tag)

    def untag(self, record_id: str, tag: str) -> str:
        """Take a tag off a paper as a click does, and return the event_id."""
        return self._act("untag", record_id, tag=tag)

    def summary(self) -> str:
        """How many papers carry a tag, and how many this reviewer has checked, in one line."""
        return "{done} of {total} papers tagged, {mine} checked by you".format(**self.progress)

    def _settings(self) -> dict[str, Any]:
        axes = [
            {"id": axis.id, "label": axis.label, "many": axis.many, "nodes": [
                {"id": n.id, "label": n.label, "definition": n.definition, "depth": n.id.count("/") - 1}
                for n in self.protocol.taxonomy if n.axis == axis.axis and n.parent is not None
            ]}
            for axis in self.protocol.axes
        ]
        self._patterns = [
            (node, keyword_patterns(node.keywords)) for node in self.protocol.taxonomy if node.parent is not None
        ]
        return {**super()._settings(), "axes": axes}

    def _tags(self, key: str) -> list[dict[str, Any]]:
        """The tags that stand on a paper, in the order they were put on, and who set them."""
        me, standing = self.review_log.reviewer, standing_tags(self._acts_about(key))
        return [{"tag": tag, "mine": me in by, "others": [name for name in by if name != me]}
                for tag, by in standing.items()]

    def _is_done(self, key: str) -> bool:
        tags = self._tags(key)
        return bool(tags) and all(tag["mine"] for tag in tags)

    def _is_covered(self, key: str) -> bool:
        return bool(self._tags(key))

    def _reload(self, events: pd.DataFrame) -> None:
        super()._reload(events)
        self._tags_of = {key: [tag["tag"] for tag in self._tags(key)] for key in self._covered}
        self._counts = Counter(tag for tags in self._tags_of.values() for tag in tags)

    def _changed(self, key: str) -> None:
        super()._changed(key)
        self._counts.subtract(self._tags_of.get(key, ()))
        self._tags_of[key] = [tag["tag"] for tag in self._tags(key)]
        self._counts.update(self._tags_of[key])

    def _write(self, act: Mapping[str, Any], key: str, event_id: str | None) -> tuple[str, dict[str, Any]]:
        tag = str(act.get("tag") or "").strip()
        write = self.review_log.tag if act["kind"] == "tag" else self.review_log.untag
        made = write(self._shelf.row(key), tag, event_id=event_id)
        return made, {"value": tag, "reviewer": self.review_log.reviewer}

    def _card(self, key: str) -> dict[str, Any] | None:
        if key not in self._shelf.place:
            return None
        card = self._shelf.card(key)
        headings = list(_flat(self._shelf.row(key).get("sections")))
        suggested = sorted(self._suggest(f"{card['title'] or ''}\n{card['text']}", headings), key=lambda s: -s["score"])
        return {**card, "tags": self._tags(key), "suggested": suggested[:MAX_SUGGESTED]}

    def _suggest(self, text: str, headings: list[str]) -> Iterator[dict[str, Any]]:
        """Nodes whose keywords stand in the text or whose label is a heading over the paper, and why."""
        for node, patterns in self._patterns:
            words = Counter(_word(found) for pattern in patterns for found in pattern.findall(text))
            listed = [heading for heading in headings if node.label.casefold() in heading.casefold()]
            if words or listed:
                why = [f"“{word}”{f' ×{n}' if n > 1 else ''}" for word, n in words.most_common(3)]
                why += [f"listed under “{listed[0]}”"] if listed else []
                yield {"tag": node.id, "why": ", ".join(why), "score": words.total() + 3 * len(listed)}

    def _count(self) -> dict[str, Any]:
        return {**super()._count(), "tags": {tag: n for tag, n in self._counts.items() if n}}

    def _says(self, key: str, event_id: str) -> str:
        event = next(event for event in self._history[key] if event["event_id"] == event_id)
        return f"{event['kind']} {_label(self.protocol.node(event['value']), event['value'])}: {self._shelf.title(key)}"


def _label(node: Node | None, tag: str) -> str:
    """A node's label, or the free tag itself."""
    return node.label if node else tag


def keyword_patterns(keywords: tuple[str, ...]) -> list[re.Pattern[str]]:
    """Patterns that find keywords: the words that begin with one, but one in capitals (RAG) only as itself."""
    acronyms = [word for word in keywords if re.fullmatch(r"[A-Z0-9]{2,}", word)]
    stems = [word for word in keywords if word and word not in acronyms]
    return [
        re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(words, key=len, reverse=True)))}){ending}(?!\w)", flags)
        for words, ending, flags in ((acronyms, "s?", 0), (stems, r"\w*", re.IGNORECASE)) if words
    ]


def _word(found: str) -> str:
    """A word found, so that its forms are counted together."""
    return found if found.isupper() else found.casefold()


def _flat(sections: Any) -> Iterator[str]:
    """Headings, whether a paper's sections are texts or paths of texts."""
    for section in sections if isinstance(sections, (list, tuple)) else ():
        yield from _flat(section) if isinstance(section, (list, tuple)) else (str(section),)
