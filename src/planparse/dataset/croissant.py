"""The data set as Croissant metadata (JSON-LD): a file set and a record set a table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, get_args, get_origin

import pyarrow as pa

from planparse.dataset.datapackage import DESCRIPTION, KEYWORDS, TITLE
from planparse.dataset.schema import arrow_type, split_optional
from planparse.dataset.tables import SCHEMA_VERSION, TABLES, Table, chinese_name, file_of
from planparse.model.plan import Record

if TYPE_CHECKING:
    from pydantic.fields import FieldInfo

_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "citeAs": "cr:citeAs",
    "column": "cr:column",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "equivalentProperty": "cr:equivalentProperty",
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "extract": "cr:extract",
    "field": "cr:field",
    "fileObject": "cr:fileObject",
    "fileProperty": "cr:fileProperty",
    "fileSet": "cr:fileSet",
    "format": "cr:format",
    "includes": "cr:includes",
    "isLiveDataset": "cr:isLiveDataset",
    "jsonPath": "cr:jsonPath",
    "key": "cr:key",
    "md5": "cr:md5",
    "parentField": "cr:parentField",
    "path": "cr:path",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "recordSet": "cr:recordSet",
    "references": "cr:references",
    "regex": "cr:regex",
    "repeated": "cr:repeated",
    "replace": "cr:replace",
    "samplingRate": "cr:samplingRate",
    "sc": "https://schema.org/",
    "separator": "cr:separator",
    "source": "cr:source",
    "subField": "cr:subField",
    "transform": "cr:transform",
}


def _data_type(kind: pa.DataType) -> str:
    for test, name in (
        (pa.types.is_boolean, "sc:Boolean"),
        (pa.types.is_integer, "sc:Integer"),
        (pa.types.is_floating, "sc:Float"),
        (pa.types.is_decimal, "sc:Float"),
        (pa.types.is_date, "sc:Date"),
    ):
        if test(kind):
            return name
    return "sc:Text"


def _field(table: str, path: tuple[str, ...], field: FieldInfo) -> dict[str, Any]:
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
            _field(table, (*path, name), part) for name, part in inner.model_fields.items()
        ]
    else:
        described["dataType"] = _data_type(arrow_type(inner, field))
    described["source"] = source
    return {**described, "repeated": True} if repeated else described


def _record_set(table: Table) -> dict[str, Any]:
    return {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": f"{table.zh}: {table.description}",
        "key": [{"@id": f"{table.name}/{name}"} for name in table.key],
        "field": [_field(table.name, (name,), field) for name, field in table.columns.items()],
    }


def croissant_metadata() -> Mapping[str, Any]:
    """Give the metadata; the same for every data set of this schema version."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": "taipower-service-plans",
        "alternateName": TITLE,
        "description": DESCRIPTION,
        "keywords": KEYWORDS,
        "inLanguage": "zh-TW",
        "version": f"{SCHEMA_VERSION}.0.0",
        "distribution": [
            {
                "@type": "cr:FileSet",
                "@id": f"{table.name}-files",
                "name": f"{table.name}-files",
                "description": f"{table.zh}, a file a plan in folders by year and district"
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
