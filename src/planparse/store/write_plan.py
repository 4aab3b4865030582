"""Write what parsing a file gave into the data set: one Parquet file a table."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from planparse.datamodel.result import ParseResult
from planparse.store.arrow_schema import arrow_schema
from planparse.store.folder import Folder
from planparse.store.journal import Entry
from planparse.store.publish_document import publish_document
from planparse.store.rows import identity_of, rows_of
from planparse.store.state import Row, read_state
from planparse.store.tables import SCHEMA_VERSION

Tables = Mapping[str, Sequence[Row]]


def parquet_bytes(table: str, rows: pa.Table | Sequence[Row], metadata: Mapping[str, Any]) -> bytes:
    """Give a table's file: the same rows give the same bytes, for nothing tells the time.

    ``metadata`` becomes the key ``planparse`` of the file.
    """
    schema = arrow_schema(table).with_metadata({"planparse": json.dumps(metadata)})
    if not isinstance(rows, pa.Table):
        rows = pa.Table.from_pylist(list(rows), schema=schema)
    sink = pa.BufferOutputStream()
    pq.write_table(
        rows.replace_schema_metadata(schema.metadata),
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


def file_metadata(sha256: str | None, version: str) -> dict[str, Any]:
    """Give the key ``planparse`` of a plan's files: versions and the source's sha256."""
    return {
        "schema_version": SCHEMA_VERSION,
        "planparse_version": version,
        "source_sha256": sha256 or "",
    }


def plan_files(tables: Tables, sha256: str | None, version: str) -> dict[str, bytes]:
    """Give the files of a result's rows by table; a table without rows gets none."""
    metadata = file_metadata(sha256, version)
    return {table: parquet_bytes(table, rows, metadata) for table, rows in tables.items() if rows}


def document_row(result: ParseResult, tables: Tables, **fields: Any) -> dict[str, Any]:
    """Give the row of ``documents`` of a result; ``fields`` are what the result does not tell."""
    plan = result.plan
    reasons = [p.message for p in result.problems if p.severity == "refused"]
    return {
        "source": result.source_file,
        "source_file": result.source_file,
        "sha256": result.sha256 or None,
        "plan_id": identity_of(result),
        "status": str(result.status),
        "outcome": str(result.status),
        "reason": reasons[0] if reasons else None,
        "roc_year": None if plan is None else plan.roc_year,
        "district": None if plan is None else plan.district or plan.district_printed,
        "page_count": None if plan is None else plan.page_count,
        **{table: len(rows) for table, rows in tables.items()},
        "limit_seconds": None,
        "limit_mebibytes": None,
        "fingerprint": None,
        "duplicate_plan": False,
        "part": None,
        **fields,
    }


def write_plan(result: ParseResult, folder: Folder, version: str) -> dict[str, int]:
    """Publish one result in place of what its plan had, outside of a run; give rows by table."""
    tables = rows_of(result)
    row = document_row(result, tables)
    old = read_state(folder).live.get(row["plan_id"])
    contents = plan_files(tables, result.sha256, version)
    publish_document(folder, Entry(row, {}), contents, [] if old is None else [old])
    return {table: len(rows) for table, rows in tables.items()}
