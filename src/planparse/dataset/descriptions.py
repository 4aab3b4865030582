"""Descriptions of the dataset beside it: a Frictionless Data Package and Croissant metadata.

The package (version 2) has one resource per file: the parts of a resource are joined byte by byte,
which Parquet files cannot be, and so each file has its own hash. Lists and records have the type
``any``, for no type of the standard describes them in Parquet. An integer that may be null is a
``number``: frictionless 5 reads Parquet by way of pandas, where such a column is one of floats.
``arrowType`` is each column's exact type. Croissant (JSON-LD) has one file set and one record set
per table.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args, get_origin

import pyarrow as pa

from planparse.dataset.folder import Folder, open_folder
from planparse.dataset.schema import arrow_field, arrow_type, split_optional
from planparse.dataset.tables import (
    SCHEMA_VERSION,
    TABLES,
    Table,
    chinese_name,
    file_of,
)
from planparse.model.plan import Record

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_TITLE = "Service plans of Taiwan Power Company's district offices (提升服務效能執行計畫)"
_DESCRIPTION = (
    "Every measure of the district offices' yearly plans for better service, read from their PDF"
    " files: aspect, strategy, task, text, departments and period, with the place of each on its"
    " page, and the problems that were met."
)
_KEYWORDS = ["Taiwan", "electricity", "public service", "提升服務效能執行計畫", "台灣電力公司"]
_SCHEMA_FOLDER = "table-schemas"
# Beyond so many files the package lists none: each would be read again for its hash, and no
# program reads a package of that length. `planparse compact` brings a large dataset below it.
_MOST_FILES = 50_000


# Types of Arrow with their names in a Table Schema and in Croissant; all others are texts.
_TYPES = (
    (pa.types.is_nested, "any", "sc:Text"),
    (pa.types.is_boolean, "boolean", "sc:Boolean"),
    (pa.types.is_integer, "integer", "sc:Integer"),
    (pa.types.is_floating, "number", "sc:Float"),
    (pa.types.is_decimal, "number", "sc:Float"),
    (pa.types.is_date, "date", "sc:Date"),
)


def _type_names(kind: pa.DataType) -> tuple[str, str]:
    """Return the names of an Arrow type in a Table Schema and in Croissant."""
    return next(
        ((table, croissant) for test, table, croissant in _TYPES if test(kind)),
        ("string", "sc:Text"),
    )


def _field(name: str, field: FieldInfo) -> dict[str, Any]:
    arrow = arrow_field(name, field)
    type_name, _ = _type_names(arrow.type)
    constraints: dict[str, Any] = {} if arrow.nullable else {"required": True}
    kind, _ = split_optional(field.annotation)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        constraints["enum"] = [member.value for member in kind]
    if not arrow.nullable and pa.types.is_string(arrow.type) and "enum" not in constraints:
        # An empty text is a value here; "required" would call it missing.
        constraints = {}
    return {
        "name": name,
        "type": "number" if type_name == "integer" and arrow.nullable else type_name,
        "title": chinese_name(field),
        "description": field.description,
        "arrowType": str(arrow.type),
        **({"constraints": constraints} if constraints else {}),
    }


def table_schema(table: Table) -> dict[str, Any]:
    """Return the Table Schema of a table's files."""
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
    if len(paths) > _MOST_FILES:
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
            "schema": f"{_SCHEMA_FOLDER}/{table.name}.json",
        }


def package_descriptor(where: Folder | Path) -> dict[str, Any]:
    """Describe the dataset in a folder; resources by table, year, district and plan."""
    folder = open_folder(where, create=False) if isinstance(where, Path) else where
    return {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "taipower-service-plans",
        "title": _TITLE,
        "description": _DESCRIPTION,
        "version": f"{SCHEMA_VERSION}.0.0",
        "keywords": _KEYWORDS,
        "resources": list(_resources(folder)),
    }


_CROISSANT_TERMS = (
    "citeAs column equivalentProperty extract field fileObject fileProperty fileSet format includes"
    " isLiveDataset jsonPath key md5 parentField path recordSet references regex repeated replace"
    " samplingRate separator source subField transform"
).split()
_CONTEXT: dict[str, Any] = {term: f"cr:{term}" for term in _CROISSANT_TERMS} | {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
}


def _croissant_field(table: str, path: tuple[str, ...], field: FieldInfo) -> dict[str, Any]:
    """Describe a column, or with a longer path a part of a record inside one."""
    kind, _ = split_optional(field.annotation)
    repeated = get_origin(kind) is tuple
    inner = get_args(kind)[0] if repeated else kind
    described: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": "/".join((table, *path)),
        "name": path[-1],
        "description": f"{chinese_name(field)}: {field.description}",
    }
    source: dict[str, Any] = {
        "fileSet": {"@id": f"{table}-files"},
        "extract": {"column": path[0]},
    }
    if len(path) > 1:
        source["transform"] = {"jsonPath": ".".join(path[1:])}
    if isinstance(inner, type) and issubclass(inner, Record):
        described["subField"] = [
            _croissant_field(table, (*path, name), part)
            for name, part in inner.model_fields.items()
        ]
    else:
        described["dataType"] = _type_names(arrow_type(inner, field))[1]
    described["source"] = source
    return {**described, "repeated": True} if repeated else described


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.zh}: {table.description}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [
            _croissant_field(table.name, (name,), field) for name, field in table.columns.items()
        ],
    }


def croissant_metadata() -> dict[str, Any]:
    """Return the Croissant metadata; the same for every dataset of this schema version."""
    return {
        "@context": dict(sorted(_CONTEXT.items())),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "taipower-service-plans",
        "alternateName": _TITLE,
        "description": _DESCRIPTION,
        "keywords": _KEYWORDS,
        "inLanguage": "zh-TW",
        "version": f"{SCHEMA_VERSION}.0.0",
        "distribution": [
            {
                "@type": "cr:FileSet",
                "@id": f"{table.name}-files",
                "name": f"{table.name}-files",
                "description": f"{table.zh}, one file per plan in folders by year and district"
                if table.partition
                else f"{table.zh}, one file",
                "encodingFormat": "application/x-parquet",
                "includes": f"{table.name}/*/*/*.parquet"
                if table.partition
                else file_of(table.name),
            }
            for table in TABLES.values()
        ],
        "recordSet": [_record_set(table) for table in TABLES.values()],
    }


def describe(out: Folder) -> None:
    """Publish ``datapackage.json``, its tables' schemas and ``croissant.json`` in the folder.

    To be called when all tables are written. OutputError if the folder cannot be written.
    """
    for table in TABLES.values():
        out.put(f"{_SCHEMA_FOLDER}/{table.name}.json", _json(table_schema(table)))
    out.put("datapackage.json", _json(package_descriptor(out)))
    out.put("croissant.json", _json(croissant_metadata()))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
