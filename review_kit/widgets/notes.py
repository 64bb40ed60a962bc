"""The note taker: a note per paper, and the planned extraction items as a form made from the protocol."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from ..errors import LogError
from ..protocol import Item
from .row_widget import RowWidget


class NoteTaker(RowWidget):
    """Take notes and chart data; every note and every value is an event, sent when the reader leaves the field.

    It opens at the first paper whose required items (all items, where none is required) this reviewer has not charted.
    Values that others charted stand under their items with the names, and can be taken over with quote and place.

    Parameters
    ----------
    papers
        A papers table.
    log
        The log of the reviewer who charts.
    protocol
        Its items make the form.
    fields
        What is shown beside title and text.
    others
        Whether notes and values of others are shown; without, the reviewer charts blinded from them.
    """

    script = "notes.js"
    kinds = ("note", "extract")

    def note(self, record_id: str, text: str) -> str:
        """Write the note of a paper as the note box does, and return the event_id."""
        return self._act("note", record_id, text=text)

    def extract(
        self, record_id: str, item: str, value: Any, *, quote: str | None = None, where: str | None = None
    ) -> str:
        """Chart a value as the form does, checked against the item's type, and return the event_id."""
        return self._act("extract", record_id, item=item, value=value, quote=quote, where=where)

    def summary(self) -> str:
        """How many papers are charted, and how many by this reviewer, in one line."""
        return "{done} of {total} papers charted, {mine} by you".format(**self.progress)

    def _settings(self) -> dict[str, Any]:
        items = [{**vars(item), "choices": list(item.choices)} for item in self.protocol.items]
        return {**super()._settings(), "items": items}

    def _is_done(self, key: str) -> bool:
        return self._is_enough(self._history.get(key, ()))

    def _is_covered(self, key: str) -> bool:
        return self._is_enough([*self._theirs.get(key, ()), *self._history.get(key, ())])

    def _is_enough(self, acts: Sequence[Mapping[str, Any]]) -> bool:
        """Whether these acts chart what the protocol wants, or note something where it wants nothing."""
        wanted = [item.id for item in self.protocol.items if item.required] or [i.id for i in self.protocol.items]
        charted = {item for by in _by_reviewer(acts).values() for item in _values(by)}
        return set(wanted) <= charted if wanted else any(_note(by) for by in _by_reviewer(acts).values())

    def _write(self, act: Mapping[str, Any], key: str, event_id: str | None) -> tuple[str, dict[str, Any]]:
        row = self._shelf.row(key)
        me = {"reviewer": self.review_log.reviewer}
        if act["kind"] == "note":
            text = str(act.get("text") or "")
            return self.review_log.note(row, text, event_id=event_id), {**me, "value": text}
        item = self.protocol.item(str(act.get("item")))
        if item is None:
            raise LogError(f"item {act.get('item')!r}: not planned in the protocol; nothing was recorded")
        place = {name: str(act[name]).strip() for name in ("quote", "where") if str(act.get(name) or "").strip()}
        value = typed_value(item, act.get("value"))
        made = self.review_log.extract(row, item.id, value, **place, event_id=event_id)
        return made, {**me, "value": {"item": item.id, "value": value, **place}}

    def _card(self, key: str) -> dict[str, Any] | None:
        if key not in self._shelf.place:
            return None
        mine, theirs = self._history.get(key, ()), _by_reviewer(self._theirs.get(key, ()))
        notes = [{"by": name, "text": note} for name, acts in theirs.items() if (note := _note(acts))]
        charted: dict[str, list[dict[str, Any]]] = {}
        for name, acts in theirs.items():
            for item, value in _values(acts).items():
                charted.setdefault(item, []).append({**value, "by": name})
        own = {"note": _note(mine), "values": _values(mine)}
        return {**self._shelf.card(key), **own, "others": {"notes": notes, "values": charted}}

    def _says(self, key: str, event_id: str) -> str:
        event = next(event for event in self._history[key] if event["event_id"] == event_id)
        what = "note" if event["kind"] == "note" else event["value"]["item"]
        return f"{what}: {self._shelf.title(key)}"


def _by_reviewer(acts: Iterable[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """Acts by the person who made them."""
    by: dict[str, list[Mapping[str, Any]]] = {}
    for act in acts:
        by.setdefault(str(act["reviewer"]), []).append(act)
    return by


def _values(acts: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """What one person charted last for each item; an emptied field is no value."""
    values = {act["value"]["item"]: act["value"] for act in acts if act["kind"] == "extract"}
    return {item: charted for item, charted in values.items() if charted.get("value") not in (None, "", [])}


def _note(acts: Iterable[Mapping[str, Any]]) -> str:
    """What one person noted last; empty when nothing, or when it was cleared."""
    return next((act["value"] for act in reversed([*acts]) if act["kind"] == "note"), "") or ""


def typed_value(item: Item, value: Any) -> Any:
    """Check a value against its item's type and bring it to its plain form; nothing typed is None.

    Raises
    ------
    LogError
        The value is not of the type; the message says what was expected.
    """
    if isinstance(value, str):
        value = value.strip()
    if value is None or value == "" or value == []:
        return None
    try:
        return _READERS[item.type](item, value)
    except (ValueError, TypeError) as error:
        raise LogError(f"{item.label}: expected {error}; found {value!r}. Nothing was recorded.") from error


def _read_choice(item: Item, value: Any) -> str:
    """One of the item's choices."""
    if value not in item.choices:
        raise ValueError(f"one of {', '.join(item.choices)}")
    return value


def _read_multi(item: Item, value: Any) -> list[str]:
    """Some of the item's choices."""
    return [_read_choice(item, choice) for choice in ([value] if isinstance(value, str) else value)]


def _read_bool(_item: Item, value: Any) -> bool:
    """Yes or no."""
    known = {True: True, False: False, "yes": True, "no": False, "true": True, "false": False}
    answer = known.get(value.casefold() if isinstance(value, str) else value)
    if answer is None:
        raise ValueError("yes or no")
    return answer


def _read_number(_item: Item, value: Any) -> int | float:
    """A number; whole ones stay whole."""
    try:
        number = float(str(value).replace(" ", "").replace("\u00a0", ""))
    except ValueError:
        raise ValueError("a number with a point, such as 1234 or 0.5") from None
    if not math.isfinite(number):
        raise ValueError("a number")
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _read_list(_item: Item, value: Any) -> list[str]:
    """Parts set apart by line ends or semicolons."""
    parts = re.split(r"[\n;]", value) if isinstance(value, str) else value
    return [str(part).strip() for part in parts if str(part).strip()]


def _read_date(_item: Item, value: Any) -> str:
    """A day, a month or a year."""
    text = str(value)
    whole = text + "-01" * (2 - text.count("-"))
    try:
        datetime.datetime.strptime(whole, "%Y-%m-%d")
    except ValueError:
        raise ValueError("a date such as 2025, 2025-03 or 2025-03-18") from None
    return text


def _read_url(_item: Item, value: Any) -> str:
    """A web address."""
    if not re.fullmatch(r"https?://[^\s/]+\S*", str(value)):
        raise ValueError("an address that begins with https:// or http://")
    return str(value)


def _read_text(_item: Item, value: Any) -> str:
    """Text as it is."""
    return str(value)


_READERS: dict[str, Callable[[Item, Any], Any]] = {
    "text": _read_text, "markdown": _read_text, "choice": _read_choice, "multi": _read_multi, "bool": _read_bool,
    "number": _read_number, "list": _read_list, "date": _read_date, "url": _read_url,
}
