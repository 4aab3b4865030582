"""DuckDB, Polars and pandas see the same rows and types as planparse."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from planparse.dataset.load import load_arrow
from planparse.dataset.tables import TABLES
from tests.study.known_dataset import write_known_dataset


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_known_dataset(tmp_path_factory.mktemp("output"))


def _plain(kind):
    """Name a type without what differs between readers only in layout, not in values."""
    if pa.types.is_list(kind) or pa.types.is_large_list(kind):
        return f"list<{_plain(kind.value_type)}>"
    if pa.types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        return "{" + ", ".join(f"{field.name}: {_plain(field.type)}" for field in fields) + "}"
    if pa.types.is_dictionary(kind):
        return _plain(kind.value_type)
    if pa.types.is_large_string(kind) or kind == pa.string_view():
        return "string"
    # A partition column's width is the reader's own choice: it is no part of the files.
    return "int" if pa.types.is_integer(kind) else str(kind)


def _shape(rows):
    return {field.name: _plain(field.type) for field in rows.schema}


def _values(rows):
    return sorted(
        ({name: row[name] for name in sorted(row)} for row in rows.to_pylist()),
        key=lambda row: (row["plan_id"], row.get("seq", 0)),
    )


@pytest.mark.parametrize("table", ["plans", "sections", "measures"])
def test_rows_and_types(root, table):
    glob = f"{root}/{table}/**/*.parquet"
    wanted = load_arrow(root, table)
    relation = duckdb.sql(f"SELECT * FROM read_parquet('{glob}', hive_partitioning = true)")
    assert relation is not None
    found = {
        "duckdb": relation.to_arrow_table(),
        "polars": pl.read_parquet(glob, hive_partitioning=True).to_arrow(),
        "pandas": pa.Table.from_pandas(
            pd.read_parquet(root / table, dtype_backend="pyarrow"), preserve_index=False
        ),
    }
    for reader, rows in found.items():
        assert _shape(rows) == _shape(wanted), reader
        assert _values(rows) == _values(wanted), reader


def test_tables_without_rows_have_no_files(root):
    assert not (root / "repairs").exists()
    assert load_arrow(root, "repairs").column_names == list(TABLES["repairs"].all_columns)
