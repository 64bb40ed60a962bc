"""JSON text taken apart into the items of its list, whatever else is broken: each is read by itself or told."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any

# A list of items within an answer, as Crossref and OpenAlex give it.
_WRAPPED = re.compile(r"\s*\{[^\[]{0,2000}?\"(?:items|references|records|data|results)\"\s*:\s*\[\s*(?=\{)")
# Between items; the ids under which they may stand too.
_BETWEEN = re.compile(r"(?:[\s,\]}]+|\[(?=\s*[\[{\"\d\w-])|\"[^\"\n]*\"\s*:\s*(?=\{))*")
_FIRST_KEY = (
    r"\s*\"(?:type|id|title|citation-key|citekey|DOI|URL|author|editor|abstract|accessed|issued|container-title|language|"
    r"publisher|page|note|volume|issue|ISSN|ISBN|source|genre|keyword|edition|number|event|title-short|shortTitle)\""
)
_AT_MARGIN = re.compile(rf"^([ \t]*)\{{(?=({_FIRST_KEY})?)", re.M)
_BLANKS = re.compile(r"\s*")
_ENDS_VALUE = re.compile(r"\s*(?:[,\]]|\Z)")
_HALF = re.compile(
    r"(?<!\\)((?:\\\\)*+)\\u[dD](?:[89abAB][\da-fA-F]{2}(\\u[dD][c-fC-F][\da-fA-F]{2})?|[c-fC-F][\da-fA-F]{2})"
)
_LONGEST_RESCUE = 100_000
_MUCH_READ = 50_000


@dataclass(slots=True)
class Item:
    """One item of the list: its value, or `broken` if its text is not JSON."""

    line: int
    raw: str
    value: Any = None
    broken: bool = False
    repeated: list[str] = field(default_factory=list)


class _Repeating(dict):
    """An object in which keys stand twice: their first values, and the names of the keys."""

    repeated: list[str]


def items(text: str) -> Iterator[Item]:
    """Find every item of a JSON list, of an object of items under their ids, or of lines of JSON.

    Parameters
    ----------
    text
        JSON, whole or damaged, with ``\\n`` line ends.

    Yields
    ------
    Item
        In order. What cannot be read is an item too, up to where the next one seems to begin; nothing but signs between
        items is passed over.
    """
    wrapped = _WRAPPED.match(text)
    at, counted, line = wrapped.end() if wrapped else 0, 0, 1
    sound = _is_json(text) if wrapped else _is_sound(text)
    begins, outermost = _beginnings(text, at, sound)
    while (at := _BETWEEN.match(text, at).end()) < len(text):
        if wrapped and sound and text[at] != "{":
            return  # what an answer says behind its list
        line += text.count("\n", counted, at)
        if at > _MUCH_READ + len(text) // 50:
            text, at = text[at:], 0  # an error takes as long as all the text before it
        counted = at
        item = _item(text, at, line)
        if item is None or _runs_on(item, begins, outermost):
            following = begins.search(text, at + 1)
            end = following.end() if following else len(text)
            item = Item(line, text[at:end], broken=True)
        at += len(item.raw)
        if re.search(r"[\w{]", item.raw):
            yield item


def rescued_fields(raw: str, names: Iterable[str]) -> dict[str, Any]:
    """The fields of these names that are whole in the text of an item that is not; none if it may be two items."""
    key = _key(tuple(names))
    saved, at = {}, 0
    while len(raw) <= _LONGEST_RESCUE and (found := key.search(raw, at)):
        at = found.end()
        try:
            value, at = _DECODER.raw_decode(raw, at)
        except (ValueError, RecursionError):
            continue
        if found[1] in saved:
            return {}
        saved[found[1]] = value
    return saved


def without_halves(text: str) -> tuple[str, dict[int, int]]:
    r"""The text with each escaped half of a character (``\ud800`` alone) made U+FFFD, and their number by line."""
    hurt: Counter[int] = Counter()
    if "\\ud" not in text and "\\uD" not in text:
        return text, hurt
    counted, line = 0, 1
    for found in _HALF.finditer(text):
        if not found[2]:
            line += text.count("\n", counted, found.start())
            counted = found.start()
            hurt[line] += 1
    return _HALF.sub(lambda found: found[0] if found[2] else found[1] + "\\ufffd", text), hurt


@cache
def _key(names: tuple[str, ...]) -> re.Pattern[str]:
    """The key of a field that has one of these names."""
    return re.compile(rf'"({"|".join(map(re.escape, names))})"\s*:\s*')


def _beginnings(text: str, at: int, sound: bool) -> tuple[re.Pattern[str], re.Pattern[str] | None]:
    """Where an item may begin in broken text: at the margin of the outermost ones, or with a field of items first.

    The second pattern is the margin alone, where lines that are indented leave no doubt about it.
    """
    first = _margin_of_first(text, at)
    if sound:
        # Lost and doubled lines may leave JSON, with an item in another one: only its place then tells it.
        nested = re.compile(rf"\n{first}(?=\{{{_FIRST_KEY})" if first else r"(?!)")
        return nested, nested if first else None
    objects = [(found[2] is None, len(found[1])) for found in _AT_MARGIN.finditer(text, at)]
    if first:
        objects.append((False, len(first)))
    _, margin = min(objects, default=(True, 0))
    outermost = rf"\n[ \t]{{0,{margin}}}(?:\}}[ \t]*,?[ \t]*)?(?=\{{)"
    begins = re.compile(rf"{outermost}|[\[,}}]\s*(?=\{{{_FIRST_KEY})")
    return begins, re.compile(outermost) if margin else None


def _margin_of_first(text: str, at: int) -> str:
    """The blanks before the first item of a list, where it begins a line."""
    at = _BETWEEN.match(text, at).end()
    before, _, margin = text[:at].rpartition("\n")
    return margin if text[at : at + 1] == "{" and before.rstrip().endswith("[") and not margin.strip() else ""


def _item(text: str, at: int, line: int) -> Item | None:
    """The item at a place; nothing if there is none that is whole."""
    try:
        value, end = _DECODER.raw_decode(text, at)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) and not _ENDS_VALUE.match(text, end):
        return None
    return Item(line, text[at:end], value, repeated=getattr(value, "repeated", []))


def _runs_on(item: Item, begins: re.Pattern[str], outermost: re.Pattern[str] | None) -> bool:
    """Whether an item has the next one in it: at its own margin, or in a text that runs over the end of its line."""
    if outermost and outermost.search(item.raw):
        return True
    return bool("\n" in item.raw and begins.search(item.raw, 1)) and not _is_json(item.raw, strict=True)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object; of keys that stand twice the first value counts."""
    whole = dict(pairs)
    if len(whole) == len(pairs):
        return whole
    first = _Repeating(reversed(pairs))
    first.repeated = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    return first


def _is_sound(text: str) -> bool:
    """Whether the text is JSON, or several of them one behind the other."""
    at = len(text) - len(text.lstrip())
    try:
        while at < len(text):
            at = _BLANKS.match(text, _DECODER.raw_decode(text, at)[1]).end()
    except (ValueError, RecursionError):
        return False
    return True


def _is_json(text: str, *, strict: bool = False) -> bool:
    """Whether the whole text is sound; if not strictly, texts may hold line ends."""
    try:
        json.loads(text, strict=strict)
    except (ValueError, RecursionError):
        return False
    return True


_DECODER = json.JSONDecoder(strict=False, object_pairs_hook=_object)
