"""The data set in DuckDB: a view a table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from planparse.errors import InputError

if TYPE_CHECKING:
    import duckdb
    import pyarrow as pa


def connect(path: str | Path = "output") -> duckdb.DuckDBPyConnection:
    """Give a DuckDB connection in memory with a view for every table of the data set.

    The views hold what the folder held when they were made, with the partition columns, and null
    for a year or district that is not known. InputError if there is no data set.
    """
    import duckdb

    from planparse.study.load import load_tables

    connection = duckdb.connect()
    for name, rows in load_tables(path).items():
        connection.register(name, rows)
    return connection


def run_query(path: str | Path, sql: str) -> pa.Table:
    """Give what a query of the data set's tables finds; InputError if DuckDB refuses it."""
    import duckdb

    try:
        relation = connect(path).sql(sql)
        if relation is not None:
            found: pa.Table = relation.to_arrow_table()
            return found
    except duckdb.Error as error:
        raise InputError(f"the query cannot be run: {error}") from error
    raise InputError("the query gives no rows; write one that begins with SELECT")
