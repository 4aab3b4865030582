"""The door for whoever writes a dataset: ``batch`` imports from here alone."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from planparse import __version__
from planparse.dataset.compact import Packing, compact, unpack
from planparse.dataset.descriptions import describe
from planparse.dataset.example import example_rows
from planparse.dataset.folder import ASIDE, Folder, open_folder
from planparse.dataset.journal import Entry, State, close, gather, read_entry, read_state
from planparse.dataset.load import read_single
from planparse.dataset.parquet import parquet_bytes, read_with_metadata
from planparse.dataset.publish import (
    document_row,
    finish,
    plan_files,
    publish_document,
    recover,
    retire,
    write_documents,
    write_plan,
)
from planparse.dataset.rows import id_of, rows_of
from planparse.dataset.run_lock import run_lock, shared_by_worker
from planparse.dataset.tables import (
    PLAN_TABLES,
    SCHEMA_VERSION,
    TABLES,
    TIMINGS,
    Row,
    file_of,
    files_of,
)
from planparse.errors import InputError
from planparse.model.problem import Status

# Libraries whose version can change what is read or how it is written.
_LIBRARIES = ("pymupdf", "pdfplumber", "opencc", "rapidocr", "onnxruntime", "pyarrow")


@cache
def library_versions() -> dict[str, str]:
    """Return the versions of the libraries that are installed."""
    found: dict[str, str] = {}
    for name in _LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:  # an extra that is not installed
            continue
    return found


def close_run(
    folder: Folder, rows: Sequence[tuple[Row, Mapping[str, Any]]], rules: str | None
) -> None:
    """Publish what a run knows when it ends; from then on its journal is not needed any more.

    ``rows`` are those of ``documents`` and ``timings`` for each file, the second empty where it
    was not parsed. ``rules`` is the rules file's content, None for the built-in rules alone.
    """
    documents = [document for document, _ in rows]
    written = [row for row in documents if row["status"] != Status.SKIPPED_UNCHANGED]
    touched = {path.rpartition("/")[0] for row in written for path in files_of(row).values()}
    folder.sync(sorted(touched))
    timings = parquet_bytes(TIMINGS.name, _timings(folder, rows))
    folder.put(file_of(TIMINGS.name), timings)
    write_documents(folder, documents)
    describe(folder)
    folder.put("run.json", _run_record(documents, rules))
    close(folder)
    folder.remove_folder(ASIDE)


def _timings(folder: Folder, rows: Sequence[tuple[Row, Mapping[str, Any]]]) -> list[Row]:
    """Return what each file cost when it was last parsed."""
    before = {row["plan_id"]: row for row in read_single(folder, TIMINGS.name).to_pylist()}
    found = (
        timing or {**before.get(document["plan_id"], {}), "source": document["source"]}
        for document, timing in rows
        if document["status"] != Status.DUPLICATE
    )
    return [row for row in found if "seconds" in row]


def _run_record(documents: Sequence[Row], rules: str | None) -> bytes:
    """Return ``run.json``: without time, machine or order of work, so the bytes repeat."""
    record = {
        "schema_version": SCHEMA_VERSION,
        "planparse_version": __version__,
        "libraries": library_versions(),
        "rules_sha256": rules and hashlib.sha256(rules.encode()).hexdigest(),
        "rows": {name: sum(row[name] for row in documents) for name in PLAN_TABLES},
        "status": dict(sorted(Counter(str(row["status"]) for row in documents).items())),
        "outcome": dict(sorted(Counter(str(row["outcome"]) for row in documents).items())),
    }
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode()


def compact_folder(out: str | Path, years: Collection[int] | None = None) -> Packing:
    """Put the files of each year and district together; ``years`` None takes all.

    InputError if there is no dataset or its last run was interrupted, BusyError if a run is
    writing to it.
    """
    folder = open_folder(out, create=False)
    if not folder.exists(file_of("documents")):
        raise InputError(f"{out} holds no dataset; `planparse run` makes one")
    with run_lock(folder):
        recover(folder)
        packing = compact(folder, years)
        describe(folder)
    return packing
