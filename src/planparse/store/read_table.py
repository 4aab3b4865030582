"""Read a table of the data set."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from planparse.store.arrow_schema import arrow_schema
from planparse.store.partition import UNKNOWN_DISTRICT, UNKNOWN_YEAR

_UNKNOWN = {"roc_year": UNKNOWN_YEAR, "district": UNKNOWN_DISTRICT}


def read_table(root: Path, table: str) -> pa.Table:
    """Read a table with its partition columns, by plan_id and seq; empty where it has no files."""
    schema = arrow_schema(table, partitions=True)
    if not (root / table).is_dir():
        return schema.empty_table()
    partitioning = ds.partitioning(
        pa.schema([schema.field(name) for name in _UNKNOWN]), flavor="hive"
    )
    source = ds.dataset(root / table, schema=schema, format="parquet", partitioning=partitioning)
    found = source.to_table()
    for name, unknown in _UNKNOWN.items():
        column = found.column(name)
        known = pc.if_else(pc.equal(column, unknown), None, column)
        found = found.set_column(schema.get_field_index(name), schema.field(name), known)
    order = [(name, "ascending") for name in ("plan_id", "seq") if name in schema.names]
    return found.sort_by(order)
