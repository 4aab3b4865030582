"""The data set as a Frictionless Data Package (version 2): a resource a file, a schema a table.

A resource holds one file, not a table's many: the parts of a resource are joined byte by byte,
which Parquet files cannot be, and so each file has its own hash. Lists and records have the type
``any``, for no type of the standard describes them in Parquet. An integer that may be null is a
``number``: frictionless 5 reads Parquet by way of pandas, where such a column is one of floats.
``arrowType`` says what each column is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from planparse.dataset.folder import Folder
from planparse.dataset.open_folder import open_folder
from planparse.dataset.schema import arrow_field, split_optional
from planparse.dataset.tables import SCHEMA_VERSION, TABLES, Table, chinese_name

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

TITLE = "Service plans of Taiwan Power Company's district offices (提升服務效能執行計畫)"
DESCRIPTION = (
    "Every measure of the district offices' yearly plans for better service, read from their PDF"
    " files: aspect, strategy, task, text, departments and period, with the place of each on its"
    " page, and the problems that were met."
)
KEYWORDS = ["Taiwan", "electricity", "public service", "提升服務效能執行計畫", "台灣電力公司"]
SCHEMA_FOLDER = "table-schemas"
#: Beyond so many files the package lists none: each would be read again for its hash, and no
#: program reads a package of that length. `planparse compact` brings a large data set below it.
MOST_FILES = 50_000


def field_type(kind: pa.DataType, *, nullable: bool) -> str:
    """Give the Table Schema type of an Arrow type, see above."""
    if nullable and pa.types.is_integer(kind):
        return "number"
    for test, name in (
        (pa.types.is_nested, "any"),
        (pa.types.is_boolean, "boolean"),
        (pa.types.is_integer, "integer"),
        (pa.types.is_floating, "number"),
        (pa.types.is_decimal, "number"),
        (pa.types.is_date, "date"),
    ):
        if test(kind):
            return name
    return "string"


def _field(name: str, field: FieldInfo) -> dict[str, Any]:
    arrow = arrow_field(name, field)
    constraints: dict[str, Any] = {} if arrow.nullable else {"required": True}
    kind, _ = split_optional(field.annotation)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        constraints["enum"] = [member.value for member in kind]
    if not arrow.nullable and pa.types.is_string(arrow.type) and "enum" not in constraints:
        # An empty text is a value here; "required" would call it missing.
        constraints = {}
    return {
        "name": name,
        "type": field_type(arrow.type, nullable=arrow.nullable),
        "title": chinese_name(field),
        "description": field.description,
        "arrowType": str(arrow.type),
        **({"constraints": constraints} if constraints else {}),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """Give the Table Schema of a table's files."""
    return {
        "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
        "fields": [_field(name, field) for name, field in table.columns.items()],
        "missingValues": [],
        "primaryKey": list(table.key),
    }


def _resources(folder: Folder) -> Iterator[dict[str, Any]]:
    paths = [
        (table, path)
        for table in TABLES.values()
        for path in folder.files(table.name)
        if path.endswith(".parquet")
    ]
    if len(paths) > MOST_FILES:
        return
    for table, path in paths:
        *folders, name = path.split("/")
        values = [part.split("=", 1)[1] for part in folders if "=" in part]
        yield {
            "name": "-".join(dict.fromkeys((table.name, name.removesuffix(".parquet")))),
            "title": " ".join([table.zh, *reversed(values)]),
            "type": "table",
            "path": path,
            "format": "parquet",
            "mediatype": "application/vnd.apache.parquet",
            "hash": f"sha256:{hashlib.sha256(folder.read(path)).hexdigest()}",
            "schema": f"{SCHEMA_FOLDER}/{table.name}.json",
        }


def package_descriptor(where: Folder | Path) -> dict[str, Any]:
    """Describe the data set in a folder; resources by table, year, district and plan."""
    folder = open_folder(where, create=False) if isinstance(where, Path) else where
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "taipower-service-plans",
        "title": TITLE,
        "description": DESCRIPTION,
        "version": f"{SCHEMA_VERSION}.0.0",
        "keywords": KEYWORDS,
        "resources": list(_resources(folder)),
    }
