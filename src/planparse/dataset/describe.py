"""Put the descriptions of the data set beside it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from planparse.dataset.croissant import croissant_metadata
from planparse.dataset.datapackage import SCHEMA_FOLDER, package_descriptor, table_schema
from planparse.dataset.tables import TABLES

if TYPE_CHECKING:
    from planparse.dataset.folder import Folder


def describe(out: Folder) -> None:
    """Publish ``datapackage.json``, its tables' schemas and ``croissant.json``.

    To be called when all tables are written. OutputError if the folder cannot be written.
    """
    for table in TABLES.values():
        out.put(f"{SCHEMA_FOLDER}/{table.name}.json", _json(table_schema(table)))
    out.put("datapackage.json", _json(package_descriptor(out)))
    out.put("croissant.json", _json(croissant_metadata()))


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode()
