"""Read a table of the data set: each plan whole, old or new, also while a run publishes."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from urllib.parse import unquote

import pyarrow as pa
import pyarrow.compute as pc

from planparse.dataset.folder import Folder
from planparse.dataset.open_folder import open_folder
from planparse.dataset.partition import UNKNOWN_DISTRICT, UNKNOWN_YEAR
from planparse.dataset.read_parquet import read_parquet
from planparse.dataset.schema import arrow_schema
from planparse.dataset.state import Row, State, path_of, read_state
from planparse.dataset.tables import TABLES, TIMINGS, file_of
from planparse.errors import InputError

# A plan is in between for less than a millisecond; a killed run may leave one so for good, and
# then its files are where the journal says.
_TRIES = 200
_PAUSE = 0.05


def read_table(where: str | Path, table: str) -> pa.Table:
    """Read a table with its partition columns, by plan_id and seq; empty where it has no files."""
    return read_tables(where, [table])[table]


def read_tables(where: str | Path, tables: Iterable[str]) -> dict[str, pa.Table]:
    """Read several tables as they stood at one moment, each plan in all of them old or new.

    InputError if the folder changes all the time.
    """
    folder = open_folder(where, create=False)
    tables = list(tables)
    before = read_state(folder)
    if not before.documents and not before.entries:
        return {table: _read_unlisted(folder, table) for table in tables}
    for _ in range(_TRIES):
        try:
            found = {table: _read(folder, table, before) for table in tables}
        except FileNotFoundError:
            found = None
        after = read_state(folder)
        if found is not None and _same(before, after):
            return found
        if found is None and _same(before, after):
            time.sleep(_PAUSE)
        before = after
    raise InputError(f"{where} does not hold the files that its journal speaks of")


def _same(one: State, other: State) -> bool:
    return one.live == other.live and one.documents == other.documents


def _read(folder: Folder, table: str, state: State) -> pa.Table:
    if table == TIMINGS.name or not TABLES[table].partition:
        return read_single(folder, table)
    schema = arrow_schema(table, partitions=True)
    live = state.live
    wanted = {path_of(row, table): row for row in live.values() if row[table]}
    places = _places(state)
    parts = [
        _with_partition(_open(folder, places.get(path, (path,))), row, schema)
        for path, row in sorted(wanted.items())
    ]
    if not parts:
        return schema.empty_table()
    found = pa.concat_tables(parts)
    if any(row["part"] for row in wanted.values()):
        ids = pa.array([plan_id for plan_id, row in live.items() if row[table]], pa.string())
        found = found.filter(pc.is_in(found.column("plan_id"), ids))
    return _in_order(found)


def _read_unlisted(folder: Folder, table: str) -> pa.Table:
    """Read a table of a folder in which no run wrote what it holds: a copy of a part, say."""
    if table == TIMINGS.name or not TABLES[table].partition:
        return read_single(folder, table)
    schema = arrow_schema(table, partitions=True)
    parts = []
    for path in folder.files(table):
        names = dict(part.split("=", 1) for part in path.split("/") if "=" in part)
        if path.endswith(".parquet") and set(names) == {"roc_year", "district"}:
            row = {"roc_year": int(names["roc_year"]), "district": unquote(names["district"])}
            parts.append(_with_partition(_open(folder, [path]), row, schema))
    return _in_order(pa.concat_tables(parts)) if parts else schema.empty_table()


def _in_order(rows: pa.Table) -> pa.Table:
    names = [name for name in ("plan_id", "seq") if name in rows.column_names]
    return rows.sort_by([(name, "ascending") for name in names])


def read_single(folder: Folder, table: str) -> pa.Table:
    """Read a table that is one file; empty if it is not there."""
    try:
        return read_parquet(folder.read(file_of(table)))
    except FileNotFoundError:
        return arrow_schema(table).empty_table()


def _places(state: State) -> Mapping[str, tuple[str, ...]]:
    """Give where the files of open entries may be: aside, in an old place, in their own."""
    return {
        move.new: tuple(path for path in (move.aside, *move.old[:1], move.new) if path)
        for entry in state.open
        for move in entry.moves
        if move.new is not None and move.aside is not None
    }


def _open(folder: Folder, places: Iterable[str]) -> pa.Table:
    """Read the first file that is there; the order is the one in which ``finish`` moves it."""
    last = FileNotFoundError()
    for path in places:
        try:
            return read_parquet(folder.read(path))
        except FileNotFoundError as error:
            last = error
    raise last


def _with_partition(rows: pa.Table, row: Row, schema: pa.Schema) -> pa.Table:
    year = row["roc_year"]
    district = row["district"]
    values = {
        "roc_year": None if year == UNKNOWN_YEAR else year,
        "district": None if district in (None, UNKNOWN_DISTRICT) else district_as_read(district),
    }
    for name, value in values.items():
        field = schema.field(name)
        rows = rows.append_column(field, pa.repeat(pa.scalar(value, field.type), rows.num_rows))
    return rows.cast(schema)


def district_as_read(district: str) -> str:
    """Give a district as every reader of the folders gets it."""
    from planparse.dataset.partition import safe_part

    return unquote(safe_part(district))
