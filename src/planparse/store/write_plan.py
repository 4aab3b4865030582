"""Write what parsing a file gave into the data set: one Parquet file a table."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pyarrow as pa
import pyarrow.parquet as pq

from planparse.datamodel.result import ParseResult
from planparse.store.arrow_schema import arrow_schema
from planparse.store.output_folder import OutputFolder
from planparse.store.partition import partition_folder
from planparse.store.rows import Row, identity_of, rows_of
from planparse.store.tables import SCHEMA_VERSION

# plans comes last: who starts from it finds the other tables' rows already there.
_ORDER = ("sections", "measures", "problems", "repairs", "plans")


def file_metadata(result: ParseResult, version: str) -> dict[str, str]:
    """Give the key that every Parquet file carries: versions and the source's sha256, as JSON."""
    return {
        "planparse": json.dumps(
            {
                "schema_version": SCHEMA_VERSION,
                "planparse_version": version,
                "source_sha256": result.sha256,
            }
        )
    }


def parquet_bytes(table: str, rows: list[Row], metadata: Mapping[str, str]) -> bytes:
    """Give a table's file: the same rows give the same bytes, for nothing tells the time."""
    schema = arrow_schema(table).with_metadata(dict(metadata))
    sink = pa.BufferOutputStream()
    pq.write_table(
        pa.Table.from_pylist(rows, schema=schema),
        sink,
        version="2.6",
        compression="zstd",
        compression_level=6,
        use_dictionary=True,
        write_statistics=True,
        row_group_size=1 << 20,
    )
    content: bytes = sink.getvalue().to_pybytes()
    return content


def _folder(result: ParseResult) -> str:
    plan = result.plan
    if plan is None:
        return partition_folder(None, None)
    return partition_folder(plan.roc_year, plan.district or plan.district_printed)


def write_plan(result: ParseResult, out: OutputFolder, version: str) -> dict[str, int]:
    """Publish a file's rows in place of those it had; give the number of rows by table.

    A table without rows gets no file. OutputError if the folder cannot be written.
    """
    plan_id = identity_of(result)
    folder = _folder(result)
    tables = rows_of(result)
    metadata = file_metadata(result, version)
    for table in _ORDER:
        path = f"{table}/{folder}/{plan_id}.parquet"
        if tables[table]:
            out.put(path, parquet_bytes(table, tables[table], metadata))
        for old in out.files_of(table, plan_id):
            # A changed rule may have moved the plan to another year or district.
            if old != path or not tables[table]:
                out.remove(old)
    return {table: len(rows) for table, rows in tables.items()}
