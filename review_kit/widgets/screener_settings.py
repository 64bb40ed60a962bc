"""What the screener tells the browser once: words, keys, criteria, reasons."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ..protocol import Protocol
from ..schema import DECISIONS, MODES, STOPPABLE
from ..stopping import STATED
from .cards import FIELDS

MOST_AHEAD = 72  # cards a list may hold; the browser keeps a hundred
STAGE_LABELS = {"title_abstract": "Title and abstract", "retrieval": "Retrieval", "full_text": "Full text"}
DECISION_LABELS = {
    "include": ("Include", "include"), "exclude": ("Exclude", "exclude"), "maybe": ("Maybe", "maybe"),
    "retrieved": ("Retrieved", "include"), "not_retrieved": ("Not retrieved", "exclude"),
}
QUEUE_LABELS = {"mine": "Mine", "awaiting another": "Awaiting another", "conflicts": "Conflicts", "done": "Done"}
# Rayyan's `i` includes, ASReview's `i` means irrelevant: a preset is chosen in the open, never guessed.
KEYMAPS = {
    "review_kit": {"include": ["i", "y"], "exclude": ["e", "x"], "maybe": ["u", "m"]},
    "rayyan": {"include": ["i"], "exclude": ["e"], "maybe": ["u"]},
    "asreview": {"include": ["r"], "exclude": ["i"], "maybe": ["m"]},
}


def screener_settings(stage: str, protocol: Protocol, fields: Sequence[str], *, mode: str) -> dict[str, Any]:
    """What the browser needs to know once."""
    exclude = "not_retrieved" if stage == "retrieval" else "exclude"
    return {
        "stage_label": STAGE_LABELS[stage], "exclude": exclude, "exclude_label": DECISION_LABELS[exclude][0],
        "decisions": [dict(zip(("value", "label", "action"), (d, *DECISION_LABELS[d]))) for d in DECISIONS[stage]],
        "reason_required": stage == "full_text", "reasons": list(protocol.reasons.get(stage, ())),
        "criteria": [{"kind": c.kind, "text": c.text} for c in protocol.criteria if stage != "retrieval"],
        "highlight": {kind: list(terms) for kind, terms in protocol.highlight.items()},
        "fields": [{"name": name, "label": FIELDS[name]} for name in fields], "keymaps": KEYMAPS,
        "several": MODES[mode] > 1, "most_ahead": MOST_AHEAD,
        "can_stop": stage in STOPPABLE, "stated": [{"name": name, "label": says} for name, says in STATED.items()],
    }
