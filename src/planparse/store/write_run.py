"""Write ``run.json``: what the last run read and what it published.

Nothing in it tells the time, the machine or the order of work: the same files and the same
program give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from planparse import __version__
from planparse.store.output_folder import OutputFolder
from planparse.store.tables import SCHEMA_VERSION, TABLES

# Libraries whose version can change what is read or how it is written.
_LIBRARIES = ("pymupdf", "pdfplumber", "opencc", "rapidocr", "onnxruntime", "pyarrow")


def _versions() -> dict[str, str]:
    found: dict[str, str] = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an extra that is not installed
            continue
    return found


def write_run(
    out: OutputFolder, documents: Iterable[Mapping[str, Any]], rules: Path | None
) -> None:
    """Publish ``run.json`` from a record a file; ``rules`` None means the built-in rules alone."""
    listed = list(documents)
    totals = {name: sum(one["rows"].get(name, 0) for one in listed) for name in TABLES}
    record = {
        "schema_version": SCHEMA_VERSION,
        "planparse_version": __version__,
        "libraries": _versions(),
        "rules_sha256": rules and hashlib.sha256(rules.read_bytes()).hexdigest(),
        "rows": totals,
        "documents": listed,
    }
    out.put("run.json", (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())
