"""A table of the data set as a pandas DataFrame, in one line."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from planparse.errors import InputError
from planparse.store.tables import TABLES, chinese_name

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa


def load(
    path: str | Path = "output",
    table: str = "measures",
    *,
    roc_year: int | Iterable[int] | None = None,
    district: str | Iterable[str] | None = None,
    labels: Literal["zh"] | None = None,
) -> pd.DataFrame:
    """Give a table as a DataFrame with Arrow types, its rows by plan and place.

    ``roc_year`` and ``district`` choose plans, one or several of each; None takes all.
    ``labels="zh"`` names the columns in Chinese (面向, 執行策略 …). InputError if there is no such
    data set or table.
    """
    import pandas as pd

    arrow = choose(load_arrow(path, table), roc_year=roc_year, district=district)
    if labels == "zh":
        names = chinese_labels(table)
        arrow = arrow.rename_columns([names[name] for name in arrow.column_names])
    frame: pd.DataFrame = arrow.to_pandas(types_mapper=pd.ArrowDtype)
    return frame


def load_arrow(path: str | Path, table: str) -> pa.Table:
    """Give a table of the data set as an Arrow table; InputError if there is none."""
    from planparse.store.read_table import read_table

    root = Path(path)
    if table not in TABLES:
        raise InputError(f"no table {table!r}; there are {', '.join(TABLES)}")
    if not any((root / name).is_dir() for name in TABLES):
        raise InputError(f"{root} holds no data set; `planparse run` makes one")
    return read_table(root, table)


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
