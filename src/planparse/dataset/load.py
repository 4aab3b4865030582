"""Read tables of the dataset: each plan whole, old or new, also while a run publishes."""

from __future__ import annotations

import time
import warnings
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa
import pyarrow.compute as pc

from planparse.dataset.editions import Editions, EditionsWarning, choose_editions
from planparse.dataset.folder import Folder, open_folder
from planparse.dataset.journal import State, read_state
from planparse.dataset.parquet import read_parquet
from planparse.dataset.schema import arrow_schema
from planparse.dataset.tables import (
    TABLES,
    TIMINGS,
    chinese_name,
    file_of,
    partition_values,
    path_of,
)
from planparse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

# A plan is in between for less than a millisecond; a killed run may leave one so for good, and
# then its files are where the journal says. Tries, and seconds between two.
_TRIES = 200
_PAUSE = 0.05


def load(
    path: str | Path = "output",
    table: str = "measures",
    *,
    roc_year: int | Iterable[int] | None = None,
    district: str | Iterable[str] | None = None,
    editions: Editions | None = None,
    labels: Literal["zh"] | None = None,
) -> pd.DataFrame:
    """Return a table as a DataFrame with Arrow types, its rows by plan and place.

    ``roc_year`` and ``district`` choose plans, one or several of each; None takes all.
    ``editions="newest"`` takes one plan for each district and year, that with the latest date of
    issue, and each document once. None takes all, as "all" does, and warns where a count would
    count measures twice. ``labels="zh"`` names the columns in Chinese (面向, 執行策略 …).
    InputError if there is no such dataset or table.
    """
    import pandas as pd

    arrow = _editions_of(path, table, editions, roc_year=roc_year, district=district)
    if labels == "zh":
        names = chinese_labels(table)
        arrow = arrow.rename_columns([names[name] for name in arrow.column_names])
    frame: pd.DataFrame = arrow.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def load_arrow(path: str | Path, table: str, *, editions: Editions | None = None) -> pa.Table:
    """Return a table of the dataset as an Arrow table; ``editions`` and errors as in ``load``."""
    return _editions_of(path, table, editions)


def _editions_of(
    path: str | Path,
    table: str,
    editions: Editions | None,
    *,
    roc_year: int | Iterable[int] | None = None,
    district: str | Iterable[str] | None = None,
) -> pa.Table:
    rows = choose(load_tables(path, [table])[table], roc_year=roc_year, district=district)

    def read_plans() -> pa.Table:
        plans = rows if table == "plans" else load_tables(path, ["plans"])["plans"]
        return choose(plans, roc_year=roc_year, district=district)

    found, note = choose_editions({table: rows}, editions, read_plans)
    if note:
        # For the line that called load or load_arrow.
        warnings.warn(note, EditionsWarning, stacklevel=3)
    return found[table]


def load_tables(path: str | Path, tables: Iterable[str] = tuple(TABLES)) -> dict[str, pa.Table]:
    """Return tables of the dataset as they stood at one moment; InputError if there is none.

    ``path`` is a folder or an address that fsspec knows, ``s3://bucket/prefix``.
    """
    wanted = list(tables)
    for table in wanted:
        if table not in TABLES:
            raise InputError(f"no table {table!r}; there are {', '.join(TABLES)}")
    folder = open_folder(path, create=False)
    if not any(folder.names(name) for name in TABLES):
        raise InputError(f"{path} holds no dataset; `planparse run` makes one")
    return read_tables(path, wanted)


def choose(
    rows: pa.Table,
    *,
    roc_year: int | Iterable[int] | None = None,
    district: str | Iterable[str] | None = None,
) -> pa.Table:
    """Keep the rows of the years and districts; None keeps all."""
    for name, wanted in (("roc_year", roc_year), ("district", district)):
        if wanted is None:
            continue
        values = [wanted] if isinstance(wanted, int | str) else list(wanted)
        column = rows.column(name)
        rows = rows.filter(pc.is_in(column, pa.array(values, column.type)))
    return rows


def chinese_labels(table: str) -> dict[str, str]:
    """Return the Chinese name of every column of a table, each once."""
    names = {name: chinese_name(field) for name, field in TABLES[table].all_columns.items()}
    if len(set(names.values())) < len(names):
        raise ValueError(f"two columns of {table} have one Chinese name")
    return names


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
    if not _is_partitioned(table):
        return read_single(folder, table)
    rows = [row for row in state.live.values() if row[table]]
    places = _places(state, renames=folder.renames)
    paths = {path_of(row, table) for row in rows}
    found = _read_files(folder, table, {path: places.get(path, (path,)) for path in paths})
    if any(row["part"] for row in rows):
        ids = pa.array([row["plan_id"] for row in rows], pa.string())
        found = found.filter(pc.is_in(found.column("plan_id"), ids))
    return found


def _read_unlisted(folder: Folder, table: str) -> pa.Table:
    """Read a table of a folder in which no run wrote what it holds: a copy of a part, say."""
    if not _is_partitioned(table):
        return read_single(folder, table)
    paths = [path for path in folder.files(table) if path.endswith(".parquet")]
    return _read_files(folder, table, {path: (path,) for path in paths if partition_values(path)})


def _is_partitioned(table: str) -> bool:
    return table != TIMINGS.name and bool(TABLES[table].partition)


def read_single(folder: Folder, table: str) -> pa.Table:
    """Read a table that is one file; empty if it is not there."""
    try:
        return read_parquet(folder.read(file_of(table)))
    except FileNotFoundError:
        return arrow_schema(table).empty_table()


def _read_files(folder: Folder, table: str, places: Mapping[str, Iterable[str]]) -> pa.Table:
    """Read files of a table, each by its path wherever it is now, with the partition columns."""
    schema = arrow_schema(table, partitions=True)
    parts = [schema.empty_table()]
    for path in sorted(places):
        rows = _open(folder, places[path])
        for name, value in partition_values(path).items():
            field = schema.field(name)
            rows = rows.append_column(field, pa.repeat(pa.scalar(value, field.type), len(rows)))
        parts.append(rows.cast(schema))
    keys = [(name, "ascending") for name in ("plan_id", "seq") if name in schema.names]
    return pa.concat_tables(parts).sort_by(keys)


def _places(state: State, *, renames: bool) -> Mapping[str, tuple[str, ...]]:
    """Return where the files of open entries may be: aside, in an old place, in their own.

    Only a folder that renames moves them by way of an old place; elsewhere the old plan's own file
    may still be there.
    """
    return {
        move.new: (move.aside, *(move.old[:1] if renames else ()), move.new)
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
