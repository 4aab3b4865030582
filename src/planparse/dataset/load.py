"""A table of the dataset as a pandas DataFrame, in one line."""

from __future__ import annotations

import warnings
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from planparse.dataset.editions import Editions, EditionsWarning, choose_editions
from planparse.dataset.tables import TABLES, chinese_name
from planparse.errors import InputError

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


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
    """Give tables of the data set as they stood at one moment; InputError if there is none.

    ``path`` is a folder or an address that fsspec knows, ``s3://bucket/prefix``.
    """
    from planparse.dataset.open_folder import open_folder
    from planparse.dataset.read_table import read_tables

    wanted = list(tables)
    for table in wanted:
        if table not in TABLES:
            raise InputError(f"no table {table!r}; there are {', '.join(TABLES)}")
    folder = open_folder(path, create=False)
    if not any(folder.names(name) for name in TABLES):
        raise InputError(f"{path} holds no data set; `planparse run` makes one")
    return read_tables(path, wanted)


def choose(
    rows: pa.Table,
    *,
    roc_year: int | Iterable[int] | None = None,
    district: str | Iterable[str] | None = None,
) -> pa.Table:
    """Keep the rows of the years and districts; None keeps all."""
    import pyarrow as pa
    import pyarrow.compute as pc

    for name, wanted in (("roc_year", roc_year), ("district", district)):
        if wanted is None:
            continue
        values = [wanted] if isinstance(wanted, int | str) else list(wanted)
        column = rows.column(name)
        rows = rows.filter(pc.is_in(column, pa.array(values, column.type)))
    return rows


def chinese_labels(table: str) -> dict[str, str]:
    """Give the Chinese name of every column of a table, each once."""
    names = {name: chinese_name(field) for name, field in TABLES[table].all_columns.items()}
    if len(set(names.values())) < len(names):
        raise ValueError(f"two columns of {table} have one Chinese name")
    return names
