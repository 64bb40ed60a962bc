"""Which records are compared at all: those that share a key, so that time grows with the records, not their square."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from .forms import IDENTIFIERS, Forms

# A record meets this many records that follow it under one key, in title order; larger groups are read like a shelf.
REACH = 25


def block_keys(forms: Forms) -> tuple[np.ndarray, np.ndarray]:
    """The keys under which each record is looked up.

    Parameters
    ----------
    forms
        Forms of the records.

    Returns
    -------
    tuple
        Row numbers and, for each, one key (a 64-bit hash); a row has several keys.
    """
    rows: list[int] = []
    keys: list[str] = []
    columns = ("title", "head", "squeezed", "families", "year", "volume", "page", *IDENTIFIERS)
    for i, values in enumerate(zip(*(forms[c] for c in columns))):
        made = set(_keys_of(dict(zip(columns, values))))
        rows.extend([i] * len(made))
        keys.extend(made)
    hashes = pd.util.hash_array(np.array(keys, dtype=object), categorize=False) if keys else np.zeros(0, np.uint64)
    return np.array(rows, dtype=np.int64), hashes.view(np.int64)


def _keys_of(form: dict[str, str]) -> Iterator[str]:
    """Every key of one record: identifiers, title, its parts and telling words, people, place of printing."""
    for name in IDENTIFIERS:
        if form[name]:
            yield f"{name}:{form[name]}"
    words = form["title"].split()
    family = form["families"].partition(" ")[0]
    if words:
        yield f"title:{form['squeezed']}"
        yield "begin:" + " ".join(words[:4])
        yield "end:" + " ".join(words[-4:])
    if form["head"]:
        head = form["head"].replace(" ", "")
        for part in (head, form["squeezed"][len(head):]):
            if len(part) >= 12:
                yield f"title:{part}"
    telling = sorted({w for w in words if len(w) > 3}, key=lambda w: (-len(w), w))[:3]
    for i, word in enumerate(telling):
        for other in telling[i + 1:]:
            yield f"words:{min(word, other)} {max(word, other)}"
        if family and i < 2:
            yield f"by:{family} {word}"
    if form["page"] and form["volume"]:
        yield f"place:{form['volume']} {form['page']} {family}"
        yield f"place:{form['volume']} {form['page']} {form['year']}"


def candidate_pairs(rows: np.ndarray, keys: np.ndarray, *, new: np.ndarray | None = None) -> np.ndarray:
    """Pairs of rows that share a key, each once.

    Parameters
    ----------
    rows, keys
        As made by `block_keys`, for forms in their sorted order.
    new
        Whether each row is new; pairs of two rows that are not new are left out.

    Returns
    -------
    ndarray
        Two columns of row numbers, the smaller first, sorted.
    """
    order = np.lexsort((rows, keys))
    rows, keys = rows[order], keys[order]
    found = []
    for step in range(1, REACH + 1):
        shared = keys[step:] == keys[:-step]
        if not shared.any():
            break
        one, other = rows[:-step][shared], rows[step:][shared]
        if new is not None:
            fresh = new[one] | new[other]
            one, other = one[fresh], other[fresh]
        found.append((one << 32) | other)
    pairs = np.sort(np.concatenate(found)) if found else np.zeros(0, np.int64)
    pairs = pairs[np.diff(pairs, prepend=-1) != 0]
    return np.stack([pairs >> 32, pairs & 0xFFFFFFFF], axis=1)
