"""Find duplicates in catalogues larger than memory: DuckDB stores and blocks, the rules are the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from ..errors import ReviewKitError
from ..schema import PAIR_COLUMNS, pairs_table
from .blocks import REACH, block_keys
from .finding import Verdicts, judged_rows, outranked, people_verdicts, refused_evidence, seen_by_people
from .forms import FORMS, IDENTIFIERS, RECURRING, Forms, comparison_forms
from .groups import CONFLICT, RULES_NAME, asked_twice, group_pairs
from .signals import EXCLUSIVE, worth_comparing

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

# Pairs that are sieved at one time (some 0.3 GB of titles), and pairs given back at one time.
_SLICE = 500_000
_PART = 100_000

_NUMBER = f"""
create table forms as select row_number() over (order by {', '.join(FORMS[:-1])}) - 1 as row_number, * from loaded;
drop table loaded;
update forms set usual = 'usual' where squeezed in (
    select squeezed from forms where year <> '' group by squeezed having count(distinct year) >= {RECURRING});
"""
_PLACE = """
create table shared as
    select key, row_number, row_number() over (partition by key order by row_number) as place
    from (select key, record_id from keys where key in (select key from keys group by key having count(*) > 1))
    join (select record_id, row_number from forms) using (record_id);
drop table keys;
"""
# Places are cut into shelves as long as the reach, so that a record meets its own shelf and the next one only.
_CANDIDATES = f"""
create table candidates as
with shelves as (select *, place // {REACH} as shelf from shared)
select distinct one.row_number as one, other.row_number as other from shelves one join shelves other
    on one.key = other.key and one.shelf = other.shelf where one.place < other.place
union
select distinct one.row_number as one, other.row_number as other from shelves one join shelves other
    on one.key = other.key and one.shelf + 1 = other.shelf where other.place <= one.place + {REACH};
drop table shared;
"""
# Titles of very different length are not alike by three quarters (see `worth_comparing`) unless one holds the other.
_SLICED = f"""
select * from (
    select one, other, a.title as title, b.title as other_title, a.page <> '' and a.page = b.page as same_page,
        {' or '.join(f"(a.{name} <> '' and a.{name} = b.{name})" for name in IDENTIFIERS)} as same_id,
    from (select * from candidates where rowid >= ? and rowid < ?) join forms a on a.row_number = one
        join forms b on b.row_number = other)
where same_page or same_id or contains(title, other_title) or contains(other_title, title)
    or least(length(title), length(other_title)) * 5 >= greatest(length(title), length(other_title)) * 3
"""


def find_duplicates_on_disk(
    batches: Iterable[pd.DataFrame], database: str | Path, *, verdicts: pd.DataFrame | None = None, memory_gb: float = 3
) -> Iterator[pd.DataFrame]:
    """Find the pairs that `find_duplicates` finds, in a catalogue that does not fit into memory.

    Needs the package ``duckdb`` (``pip install review-kit[large]``).

    Parameters
    ----------
    batches
        Records tables that make up the catalogue, some 100,000 rows each.
    database
        A file to make; it holds the forms and the pairs, and may be deleted afterwards. It must not be there yet.
    verdicts
        What people have judged, as for `find_duplicates`.
    memory_gb
        Memory that DuckDB may use before it writes to disk beside the database; Python needs about 2 GB besides.

    Yields
    ------
    DataFrame
        Pairs tables of up to 100,000 rows, surest first.

    Raises
    ------
    ReviewKitError
        The database is there already, or two records have one record_id.
    """
    import duckdb

    database = Path(database)
    if database.exists():
        raise ReviewKitError(f"expected a file that is not there yet, found {database}; give another name or delete it")
    with duckdb.connect(str(database), config={"memory_limit": f"{memory_gb}GB"}) as connection:
        connection.execute("set preserve_insertion_order = false")
        people = people_verdicts(verdicts)
        _load(connection, batches)
        connection.execute(_NUMBER + _PLACE + _CANDIDATES)
        _judge_all(connection, people)
        _settle(connection)
        order = "order by score desc, record_id_1, record_id_2"
        total = connection.execute("select count(*) from pairs").fetchone()[0]
        connection.execute(f"create table ordered as select * from pairs {order}")
        for start in range(0, total, _PART):
            part = f"select * from (select * from ordered where rowid >= {start} and rowid < {start + _PART}) {order}"
            yield pairs_table(connection.execute(part).df().to_dict("records"))


def _load(connection: DuckDBPyConnection, batches: Iterable[pd.DataFrame]) -> None:
    """Put forms and keys of every record into the database."""
    columns = ", ".join(f"{name} varchar" for name in FORMS)
    connection.execute(f"create table loaded ({columns}); create table keys (record_id varchar, key bigint)")
    for records in batches:
        forms = comparison_forms(records)
        rows, hashes = block_keys(forms)
        connection.append("loaded", pd.DataFrame(forms))
        connection.append("keys", pd.DataFrame({"record_id": forms["record_id"][rows], "key": hashes}))
    twice = connection.execute("select record_id from loaded group by record_id having count(*) > 1 limit 5").fetchall()
    if twice:
        raise ReviewKitError(f"expected each record_id once, found again: {', '.join(row[0] for row in twice)}")


def _judge_all(connection: DuckDBPyConnection, people: Verdicts) -> None:
    """Judge all candidates, slice by slice, into the table ``pairs``."""
    types = {"number": "double"}
    columns = ", ".join(f"{name} {types.get(kind, 'varchar')}" for name, kind in PAIR_COLUMNS.items())
    connection.execute(f"create table pairs ({columns})")
    total = connection.execute("select count(*) from candidates").fetchone()[0]
    for start in range(0, total, _SLICE):
        found = connection.execute(_SLICED, [start, start + _SLICE]).fetchnumpy()
        titles = (np.asarray(found[name], dtype=object) for name in ("title", "other_title"))
        likely = worth_comparing(*titles, same_id=found["same_id"], same_page=found["same_page"])
        pairs = pd.DataFrame({name: found[name][likely] for name in ("one", "other")})
        if len(pairs):
            _append_pairs(connection, outranked(pairs_table(judged_rows(*_sides(connection, pairs))), people))
    _add_people(connection, people)


def _sides(connection: DuckDBPyConnection, pairs: pd.DataFrame) -> tuple[Forms, Forms]:
    """Forms of the first and of the second record of each pair."""
    connection.register("wanted", pairs)
    columns = ", ".join(f"{side}.{name} as {side}_{name}" for side in ("a", "b") for name in FORMS)
    found = connection.execute(
        f"select {columns} from wanted join forms a on a.row_number = wanted.one "
        "join forms b on b.row_number = wanted.other").fetchnumpy()
    connection.unregister("wanted")
    left, right = ({name: np.asarray(found[f"{side}_{name}"], dtype=object) for name in FORMS} for side in ("a", "b"))
    return left, right


def _append_pairs(connection: DuckDBPyConnection, pairs: pd.DataFrame) -> None:
    """Add rows to the table ``pairs``."""
    connection.append("pairs", pairs.astype({name: object for name, kind in PAIR_COLUMNS.items() if kind == "text"}))


def _add_people(connection: DuckDBPyConnection, people: Verdicts) -> None:
    """Add the pairs that only people saw."""
    connection.register("judged", pd.DataFrame(list(people), columns=["one", "other"], dtype=object))
    known = connection.execute("select record_id from forms where record_id in (select one from judged union all "
                               "select other from judged)").fetchall()
    found = connection.execute("select record_id_1, record_id_2 from pairs join judged on record_id_1 = one and "
                               "record_id_2 = other").fetchall()
    connection.unregister("judged")
    _append_pairs(connection, pairs_table(seen_by_people(people, {row[0] for row in known}, set(found))))


def _settle(connection: DuckDBPyConnection) -> None:
    """Turn pairs that contradict others into ``maybe``, as `find_duplicates` does."""
    # Here the pairs are in memory (0.5 GB per million): DuckDB must make room.
    connection.execute("drop table candidates; set memory_limit = '1GB'")
    conflict = f"case when starts_with(evidence, '{CONFLICT}') then '{CONFLICT}' else '' end as evidence"
    pairs = connection.execute(
        f"select record_id_1, record_id_2, score, verdict, {conflict}, judged_by from pairs "
        f"where verdict <> 'maybe' or starts_with(evidence, '{CONFLICT}')").df()
    joined = "select record_id_1 from pairs union select record_id_2 from pairs"
    identities: dict[str, dict[str, str]] = {}
    for name in EXCLUSIVE:
        known = f"select record_id, {name} from forms where {name} <> '' and record_id in ({joined})"
        for record_id, value in connection.execute(known).fetchall():
            identities.setdefault(record_id, {})[name] = value
    groups, refused = group_pairs(pairs, identities)
    told = [(one, other, refused_evidence(*between)) for (one, other), between in refused.items()]
    connection.register("refused", pd.DataFrame(told, columns=["one", "other", "said"], dtype=object))
    connection.execute(
        "update pairs set verdict = 'maybe', evidence = said || evidence from refused "
        "where record_id_1 = one and record_id_2 = other and judged_by = ?", [RULES_NAME])
    connection.unregister("refused")
    doubtful = connection.execute("select record_id_1, record_id_2, score, verdict, judged_by from pairs "
                                  "where verdict = 'maybe' or judged_by <> ?", [RULES_NAME]).df()
    superfluous = pd.DataFrame(sorted(asked_twice(doubtful, groups, refused)), columns=["one", "other"], dtype=object)
    connection.register("superfluous", superfluous)
    connection.execute("delete from pairs using superfluous where record_id_1 = one and record_id_2 = other")
    connection.unregister("superfluous")
