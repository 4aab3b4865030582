"""Arrow schemas from the records' definition."""

from __future__ import annotations

import datetime
import types
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Union, get_args, get_origin

import pyarrow as pa
from pydantic.fields import FieldInfo

from planparse.datamodel.plan import Record
from planparse.store.tables import TABLES, TIMINGS, chinese_name

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
    """Give the Arrow type of an annotation without None; TypeError for one that has none."""
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
    """Give a column with its description and Chinese name as metadata."""
    annotation, optional = split_optional(field.annotation)
    return pa.field(
        name,
        arrow_type(annotation, field),
        nullable=optional,
        metadata={"description": field.description or "", "zh": chinese_name(field)},
    )


@cache
def arrow_schema(table: str, *, partitions: bool = False) -> pa.Schema:
    """Give a table's schema as it stands in the files, or with the partition columns as read."""
    spec = TIMINGS if table == TIMINGS.name else TABLES[table]
    columns = spec.all_columns if partitions else spec.columns
    return pa.schema([arrow_field(name, field) for name, field in columns.items()])
