"""JSON Schema and the list of columns, from the records' definition."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
from pydantic import ConfigDict, create_model

from planparse.store.arrow_schema import arrow_schema
from planparse.store.tables import SCHEMA_VERSION, TABLES


def json_schema(table: str) -> dict[str, Any]:
    """Give the JSON Schema (draft 2020-12) of one row, partition columns included."""
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
    """Give name, Chinese name, type, whether null is allowed, and description of each column.

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
    """Give the list of all columns of all tables as CSV."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["table", "column", "zh", "type", "null", "description"])
    for table in TABLES:
        for row in column_rows(arrow_schema(table, partitions=True)):
            writer.writerow([table, *row])
    return out.getvalue()


def schema_files() -> dict[str, str]:
    """Give the files of ``schemas/``: name to content."""
    files = {
        f"{table}.schema.json": json.dumps(json_schema(table), ensure_ascii=False, indent=2) + "\n"
        for table in TABLES
    }
    return {**files, "columns.csv": columns_csv()}
