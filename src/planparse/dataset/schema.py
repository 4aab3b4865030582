"""The dataset's schema for Arrow and as JSON Schema, from the records' definition."""

from __future__ import annotations

import csv
import datetime
import io
import json
import types
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin

import pyarrow as pa
from pydantic import ConfigDict, create_model
from pydantic.fields import FieldInfo

from planparse.dataset.tables import SCHEMA_VERSION, TABLES, TIMINGS, chinese_name
from planparse.model.plan import Record

_SIMPLE: Mapping[Any, pa.DataType] = {
    str: pa.string(),
    bool: pa.bool_(),
    int: pa.int32(),
    float: pa.float64(),
    datetime.date: pa.date32(),
}


def split_optional(annotation: Any) -> tuple[Any, bool]:
    """Part ``X | None`` into X and True; any other type comes back with False."""
    if get_origin(annotation) in (Union, types.UnionType):
        inner = [part for part in get_args(annotation) if part is not types.NoneType]
        if len(inner) == 1 and len(inner) < len(get_args(annotation)):
            return inner[0], True
    return annotation, False


def _decimal(field: FieldInfo) -> pa.DataType:
    limits: dict[str, int] = {}
    for entry in field.metadata:
        for name in ("max_digits", "decimal_places"):
            value = getattr(entry, name, None)
            if value is not None:
                limits[name] = value
    return pa.decimal128(limits["max_digits"], limits["decimal_places"])


def arrow_type(annotation: Any, field: FieldInfo) -> pa.DataType:
    """Return the Arrow type of an annotation without None; TypeError for one that has none."""
    if annotation in _SIMPLE:
        return _SIMPLE[annotation]
    if annotation is Decimal:
        return _decimal(field)
    if get_origin(annotation) is tuple:
        return pa.list_(pa.field("item", arrow_type(get_args(annotation)[0], field), False))
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        return pa.string()
    if isinstance(annotation, type) and issubclass(annotation, Record):
        return pa.struct([arrow_field(n, f) for n, f in annotation.model_fields.items()])
    raise TypeError(f"no Arrow type for {annotation!r}")


def arrow_field(name: str, field: FieldInfo) -> pa.Field:
    """Return a column with its description and Chinese name as metadata."""
    annotation, optional = split_optional(field.annotation)
    return pa.field(
        name,
        arrow_type(annotation, field),
        nullable=optional,
        metadata={"description": field.description or "", "zh": chinese_name(field)},
    )


@cache
def arrow_schema(table: str, *, partitions: bool = False) -> pa.Schema:
    """Return a table's schema as it stands in the files, or with the partition columns as read."""
    spec = TIMINGS if table == TIMINGS.name else TABLES[table]
    columns = spec.all_columns if partitions else spec.columns
    return pa.schema([arrow_field(name, field) for name, field in columns.items()])


def json_schema(table: str) -> dict[str, Any]:
    """Return the JSON Schema (draft 2020-12) of one row, partition columns included."""
    spec = TABLES[table]
    fields: dict[str, Any] = {
        name: (field.annotation, field) for name, field in spec.all_columns.items()
    }
    # "serialization": a row as it is read, where columns with a default are present as well.
    model = create_model(spec.name, __config__=ConfigDict(extra="forbid"), **fields)
    schema = model.model_json_schema(mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": spec.name,
        "zh": spec.zh,
        "description": spec.description,
        "x-schema-version": SCHEMA_VERSION,
        **{key: value for key, value in schema.items() if key not in ("title", "description")},
    }


def column_rows(fields: pa.Schema | pa.StructType, prefix: str = "") -> Iterator[list[str]]:
    """Return name, Chinese name, type, whether null is allowed, and description of each column.

    Parts of a structure follow it, as ``departments[].name``.
    """
    for field in fields:
        kind, mark = field.type, ""
        if pa.types.is_list(kind):
            kind, mark = kind.value_type, "[]"
        nested = pa.types.is_struct(kind)
        shown = ("struct" if nested else str(kind)) + mark
        name = prefix + field.name
        yield [
            name,
            field.metadata[b"zh"].decode(),
            shown,
            "yes" if field.nullable else "no",
            field.metadata[b"description"].decode(),
        ]
        if nested:
            yield from column_rows(kind, f"{name}{mark}.")


def columns_csv() -> str:
    """Return the list of all columns of all tables as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "column", "zh", "type", "null", "description"])
    for table in TABLES:
        for row in column_rows(arrow_schema(table, partitions=True)):
            writer.writerow([table, *row])
    return out.getvalue()


def schema_files() -> dict[str, str]:
    """Return the files of ``schemas/``: name to content."""
    files = {
        f"{table}.schema.json": json.dumps(json_schema(table), ensure_ascii=False, indent=2) + "\n"
        for table in TABLES
    }
    return {**files, "columns.csv": columns_csv()}
