"""Values as cells of CSV and spreadsheets, and back: nothing is lost, nothing is run as a formula.

- A list or a record becomes JSON; in it a date is ISO text and a decimal is text, digit by digit.
- A text that a spreadsheet program might run (=, +, -, @ and control characters in front) gets an
  apostrophe in front, and so does one that begins with an apostrophe: taking one off gives it back.
- An empty text in a column that may be null is a lone apostrophe, for an empty cell is null.
"""

from __future__ import annotations

import datetime
import json
from decimal import Decimal
from typing import Any

import pyarrow as pa

#: Characters that make a cell a formula, or hide one, where they stand first.
_RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def guard(text: str, *, nullable: bool = True) -> str:
    """Make a text harmless in a spreadsheet."""
    if text.startswith(_RISKY) or (nullable and not text):
        return f"'{text}"
    return text


def unguard(text: str) -> str:
    """Give back the text that ``guard`` was given."""
    return text.removeprefix("'")


def as_json(value: Any) -> Any:
    """Give a date or a decimal as JSON has it; for ``json.dumps(default=…)``."""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, datetime.date):
        return value.isoformat()
    raise TypeError(f"no JSON for {type(value).__name__}")


def _is_nested(kind: pa.DataType) -> bool:
    return bool(pa.types.is_nested(kind))


def flat(rows: pa.Table) -> pa.Table:
    """Return the table with texts guarded and with JSON in place of lists and records."""
    return pa.table(
        # By place: the result of a query may have two columns of one name.
        [_flat_column(rows.column(at), field) for at, field in enumerate(rows.schema)],
        schema=pa.schema(
            [
                pa.field(field.name, pa.string() if _is_text(field.type) else field.type)
                for field in rows.schema
            ]
        ),
    )


def _is_text(kind: pa.DataType) -> bool:
    return _is_nested(kind) or bool(pa.types.is_string(kind) or pa.types.is_large_string(kind))


def _flat_column(column: pa.ChunkedArray, field: pa.Field) -> pa.Array | pa.ChunkedArray:
    if _is_nested(field.type):
        texts = (
            None if v is None else json.dumps(v, ensure_ascii=False, default=as_json)
            for v in column.to_pylist()
        )
        return pa.array(texts, pa.string())
    if _is_text(field.type):
        texts = (
            None if v is None else guard(v, nullable=field.nullable) for v in column.to_pylist()
        )
        return pa.array(texts, pa.string())
    return column


def unflat(rows: pa.Table, schema: pa.Schema) -> pa.Table:
    """Give back the table that ``flat`` was given, from its schema."""
    return pa.table(
        [_unflat_column(rows.column(field.name), field) for field in schema], schema=schema
    )


def _unflat_column(column: pa.ChunkedArray, field: pa.Field) -> pa.Array | pa.ChunkedArray:
    if _is_nested(field.type):
        found = (
            None if v is None else _typed(json.loads(v), field.type) for v in column.to_pylist()
        )
        return pa.array(found, field.type)
    if _is_text(field.type):
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
