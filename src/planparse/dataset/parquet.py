"""Parquet files as bytes: the one writer and the one reader.

Reading goes through memory that Arrow owns, never through a Python object. Arrow reads ahead in
threads of its own, and such a thread may drop its last reference to a buffer only when the
interpreter shuts down. A buffer made by Python (a file object's ``read``, but also
``pa.BufferReader(content)``) needs the interpreter to be dropped: the process then ends with
SIGABRT after its work is done. Memory of Arrow's own needs nothing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from planparse import __version__
from planparse.dataset.schema import arrow_schema
from planparse.dataset.tables import SCHEMA_VERSION, Row

_KEY = b"planparse"


def arrow_source(content: bytes) -> pa.BufferReader:
    """Return a source that holds a copy of ``content`` in memory that Arrow owns."""
    sink = pa.BufferOutputStream()
    sink.write(content)
    return pa.BufferReader(sink.getvalue())


def read_parquet(content: bytes) -> pa.Table:
    """Return the table in a Parquet file, with the file's metadata; ArrowInvalid if it is none."""
    with pq.ParquetFile(arrow_source(content), pre_buffer=False) as file:
        return file.read()


def read_with_metadata(content: bytes) -> tuple[pa.Table, dict[str, Any]]:
    """Return the table in a Parquet file, and what ``parquet_bytes`` was given as metadata."""
    table = read_parquet(content)
    return table, json.loads((table.schema.metadata or {}).get(_KEY, b"{}"))


def parquet_bytes(
    table: str, rows: pa.Table | Sequence[Row], metadata: Mapping[str, Any] | None = None
) -> bytes:
    """Return a table's file: the same rows give the same bytes, for nothing tells the time.

    ``metadata`` becomes the key ``planparse`` of the file; None stands for the versions alone.
    """
    if metadata is None:
        metadata = {"schema_version": SCHEMA_VERSION, "planparse_version": __version__}
    schema = arrow_schema(table).with_metadata({_KEY: json.dumps(metadata)})
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
