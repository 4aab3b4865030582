"""Write what a run knows when it ends: ``documents``, ``timings`` and ``run.json``.

Nothing in ``documents`` and ``run.json`` tells the time, the machine or the order of work: the
same files and the same program give the same bytes.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from planparse import __version__
from planparse.dataset.folder import Folder
from planparse.dataset.tables import PLAN_TABLES, SCHEMA_VERSION, TIMINGS, file_of

# Libraries whose version can change what is read or how it is written.
_LIBRARIES = ("pymupdf", "pdfplumber", "opencc", "rapidocr", "onnxruntime", "pyarrow")


@cache
def library_versions() -> dict[str, str]:
    """Give the versions of the libraries that are installed."""
    found: dict[str, str] = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an extra that is not installed
            continue
    return found


def write_run(out: Folder, documents: Sequence[Mapping[str, Any]], rules: str | None) -> None:
    """Publish ``run.json`` from the rows of ``documents``; ``rules`` is the rules file's content.

    None means the built-in rules alone.
    """
    record = {
        "schema_version": SCHEMA_VERSION,
        "planparse_version": __version__,
        "libraries": library_versions(),
        "rules_sha256": rules and hashlib.sha256(rules.encode()).hexdigest(),
        "rows": {name: sum(one[name] for one in documents) for name in PLAN_TABLES},
        "status": dict(sorted(Counter(str(one["status"]) for one in documents).items())),
        "outcome": dict(sorted(Counter(str(one["outcome"]) for one in documents).items())),
    }
    out.put("run.json", (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode())


def write_documents(
    out: Folder, documents: Sequence[Mapping[str, Any]], timings: Sequence[Mapping[str, Any]]
) -> None:
    """Publish ``timings`` and then ``documents``: from that moment on it is what readers go by."""
    from planparse.dataset.publish import parquet_bytes

    metadata = {"schema_version": SCHEMA_VERSION, "planparse_version": __version__}
    out.put(file_of(TIMINGS.name), parquet_bytes(TIMINGS.name, timings, metadata))
    write_documents_table(out, documents)


def write_documents_table(out: Folder, documents: Sequence[Mapping[str, Any]]) -> None:
    """Publish ``documents`` alone."""
    from planparse.dataset.publish import parquet_bytes

    metadata = {"schema_version": SCHEMA_VERSION, "planparse_version": __version__}
    out.put(file_of("documents"), parquet_bytes("documents", documents, metadata))
