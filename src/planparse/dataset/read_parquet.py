"""The one reader of Parquet files: from memory that Arrow owns, never through a Python object.

Arrow reads ahead in threads of its own, and such a thread may drop its last reference to a buffer
only when the interpreter shuts down. A buffer made by Python (a file object's ``read``, but also
``pa.BufferReader(content)``) needs the interpreter to be dropped: the process then ends with
SIGABRT after its work is done. Memory of Arrow's own needs nothing.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.parquet as pq


def arrow_source(content: bytes) -> pa.BufferReader:
    """Return a source that holds a copy of ``content`` in memory that Arrow owns."""
    sink = pa.BufferOutputStream()
    sink.write(content)
    return pa.BufferReader(sink.getvalue())


def read_parquet(content: bytes) -> pa.Table:
    """Return the table in a Parquet file, with the file's metadata; ArrowInvalid if it is none."""
    with pq.ParquetFile(arrow_source(content), pre_buffer=False) as file:
        return file.read()
