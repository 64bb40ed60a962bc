"""Which record of a review a row of a tool's export is about: a decision on the wrong paper is worse than none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from ...text import title_key

_IDS = ("doi", "pmid", "arxiv_id")
_GENERAL_TITLE = 4


class PaperFinder:
    """Records by everything another tool may know them by."""

    def __init__(self, records: pd.DataFrame | None) -> None:
        self._rows = [] if records is None else records.to_dict("records")
        self._places: dict[str, list[int]] = defaultdict(list)
        for at, row in enumerate(self._rows):
            for name in _names_of(row):
                self._places[name].append(at)

    def by_key(self, key: str) -> Mapping[str, Any] | None:
        """The record with a key, of which nothing else is known."""
        return next((self._rows[at] for at in self._places.get(f"key {key}", ())), None)

    def find(self, row: Mapping[str, Any]) -> Mapping[str, Any] | None:
        """The record a row is about; None if there is none, or if it is not certain which.

        Keys that are mere numbers mean another paper in another file, so a key counts where nothing speaks against it;
        a title counts where no identifier speaks against it, and only if it means one paper.
        """
        for name in _names_of(row):
            fitting = [self._rows[at] for at in self._places.get(name, ()) if _fits(row, self._rows[at], name)]
            if fitting and (name.startswith(("id ", "key ", *_IDS)) or not _differ(fitting)):
                return fitting[0]
        return None


def _names_of(row: Mapping[str, Any]) -> Iterator[str]:
    """By what a record can be found again, the surest first."""
    for name in (row["record_id"], row["key"], row["extra"].get("Ref")):
        if isinstance(name, str):
            yield f"id {name}"
            yield f"key {name}"
    for column in _IDS:
        if isinstance(row.get(column), str):
            yield f"{column} {row[column]}"
    if isinstance(row["title"], str) and (key := title_key(row["title"])):
        yield f"title {key} {row['year']}"
        if len(key.split()) >= _GENERAL_TITLE:
            yield f"title {key}"


def _fits(row: Mapping[str, Any], record: Mapping[str, Any], name: str) -> bool:
    """Whether a record found by a name may be what a row is about."""
    known = [(row[column], record[column]) for column in _IDS
             if isinstance(row.get(column), str) and isinstance(record.get(column), str)]
    if any(one == two for one, two in known):
        return True
    if name.startswith("title "):
        years = {year for year in (row["year"], record["year"]) if not pd.isna(year)}
        return not known and len(years) < 2
    titles = {title_key(title) for title in (row["title"], record["title"]) if isinstance(title, str)}
    return len(titles) < 2


def _differ(records: list[Mapping[str, Any]]) -> bool:
    """Whether records with one title are different papers, by an identifier of which they have several."""
    return any(len({record[column] for record in records if isinstance(record.get(column), str)}) > 1
               for column in _IDS)
