"""CSV files: UTF-8 with a signature, so that spreadsheet programs read the Chinese."""

from __future__ import annotations

import pyarrow as pa
import pyarrow.csv as pc

from planparse.publish.cells import flat, unflat
from planparse.store.read_parquet import arrow_source

_SIGNATURE = "\ufeff".encode()


def csv_bytes(rows: pa.Table) -> bytes:
    """Give a table as a CSV file: texts in quotation marks, null as nothing at all."""
    sink = pa.BufferOutputStream()
    pc.write_csv(flat(rows), sink, pc.WriteOptions(quoting_style="needed"))
    content: bytes = sink.getvalue().to_pybytes()
    return _SIGNATURE + content


def read_csv(content: bytes, schema: pa.Schema) -> pa.Table:
    """Give back the table that ``csv_bytes`` was given."""
    kinds = {field.name: field.type for field in flat(schema.empty_table()).schema}
    found = pc.read_csv(
        arrow_source(content),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=kinds, strings_can_be_null=True, null_values=[""]
        ),
    )
    return unflat(found, schema)
