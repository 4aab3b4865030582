"""The way back from CSV files and spreadsheets, which shows that the export loses nothing."""

import datetime
import io
import json
import re
from decimal import Decimal
from importlib import import_module
from typing import Any

import pyarrow as pa
import pyarrow.csv as pc

from planparse.dataset.export import flat
from planparse.dataset.parquet import arrow_source

_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def unguard(text: str) -> str:
    """Return the text that ``guard`` was given."""
    return text.removeprefix("'")


def unflat(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Return the table that ``flat`` was given, from its schema."""
    return pa.table(
        [_unflat_column(rows.column(field.name), field) for field in schema], schema=schema
    )


def _unflat_column(column: pa.ChunkedArray, field: pa.Field) -> pa.Array | pa.ChunkedArray:
    if pa.types.is_nested(field.type):
        found = (
            None if v is None else _typed(json.loads(v), field.type) for v in column.to_pylist()
        )
        return pa.array(found, field.type)
    if pa.types.is_string(field.type):
        texts = (
            ("" if v is None and not field.nullable else v if v is None else unguard(v))
            for v in column.to_pylist()
        )
        return pa.array(texts, field.type)
    return column.cast(field.type)


def _typed(value: Any, kind: pa.DataType) -> Any:
    """Turn texts inside JSON back into dates and decimals."""
    if value is None:
        return None
    if pa.types.is_list(kind):
        return [_typed(entry, kind.value_type) for entry in value]
    if pa.types.is_struct(kind):
        fields = [kind.field(at) for at in range(kind.num_fields)]
        return {field.name: _typed(value[field.name], field.type) for field in fields}
    if pa.types.is_date(kind):
        return datetime.date.fromisoformat(value)
    if pa.types.is_decimal(kind):
        return Decimal(value)
    return value


def read_csv(content: bytes, schema: pa.Schema) -> pa.Table:
    """Return the table that ``csv_bytes`` was given."""
    kinds = {field.name: field.type for field in flat(schema.empty_table()).schema}
    found = pc.read_csv(
        arrow_source(content),
        parse_options=pc.ParseOptions(newlines_in_values=True),
        convert_options=pc.ConvertOptions(
            column_types=kinds, strings_can_be_null=True, null_values=[""]
        ),
    )
    return unflat(found, schema)


def read_workbook(content: bytes, schema: pa.Schema) -> pa.Table:
    """Return the table that ``workbook_bytes`` was given."""
    book = import_module("openpyxl").load_workbook(io.BytesIO(content), read_only=True)
    names, *rows = book.worksheets[0].iter_rows(values_only=True)
    kinds = {field.name: field.type for field in flat(schema.empty_table()).schema}
    columns = {
        # A row ends with its last cell that holds something.
        name: pa.array([_read(row[at : at + 1], kinds[name]) for row in rows], kinds[name])
        for at, name in enumerate(names)
    }
    return unflat(pa.table(columns), schema)


def _read(cell: tuple[Any, ...], kind: pa.DataType) -> Any:
    value = cell[0] if cell else None
    if isinstance(value, str):
        return _unescape(value)
    if pa.types.is_date(kind) and value is not None:
        return value.date()
    return value


def _unescape(text: str) -> str:
    return _ESCAPED.sub(lambda m: chr(int(m[1], 16)), text)
