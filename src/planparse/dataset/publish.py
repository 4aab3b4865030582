"""Publish a document's rows: written aside, moved into place, or undone after a killed run."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

from planparse.dataset.folder import ASIDE, Folder
from planparse.dataset.journal import Entry, Move, State, forget, read_state, sweep, write_entry
from planparse.dataset.parquet import parquet_bytes
from planparse.dataset.rows import identity_of, rows_of
from planparse.dataset.tables import (
    PLAN_TABLES,
    SCHEMA_VERSION,
    Row,
    file_of,
    files_of,
    path_of,
)
from planparse.errors import OutputError
from planparse.model.result import ParseResult

# plans comes last: who starts from it finds the other tables' rows already there.
_ORDER = (*(name for name in PLAN_TABLES if name != "plans"), "plans")


def _aside(folder: Folder, document: Row, contents: Mapping[str, bytes]) -> dict[str, str]:
    """Write the files of a plan where nobody reads them; return their paths by table."""
    aside = f"{ASIDE}/{document['plan_id']}-{uuid.uuid4().hex}"
    places = {table: f"{aside}/{table}" for table in contents}
    try:
        folder.put_aside({places[table]: content for table, content in contents.items()})
    except OutputError:
        folder.remove_folder(aside)
        raise
    return places


def publish_document(
    folder: Folder, entry: Entry, contents: Mapping[str, bytes], old: Sequence[Row] = ()
) -> Entry:
    """Publish a document's files, by table, in place of those of the ``old`` rows.

    Readers of the journal see one step; whoever reads the files of one table sees each plan old
    or new. OutputError leaves all as it was.
    """
    _check_own_files(old)
    document = entry.document
    before = {
        table: tuple(dict.fromkeys(files[table] for files in map(files_of, old) if table in files))
        for table in _ORDER
    }
    new = {table: path_of(document, table) for table in contents}
    if folder.renames or any(before.values()):
        aside = _aside(folder, document, contents)
    else:
        # An object store knows no renaming; nothing stands in these places yet, and nobody looks
        # for a plan there before its entry is written.
        aside = {}
        folder.put_aside({new[table]: content for table, content in contents.items()})
    moves = tuple(
        Move(table, aside.get(table), before[table], new.get(table))
        for table in _ORDER
        if table in new or before[table]
    )
    entry = replace(entry, moves=moves)
    write_entry(folder, entry)
    finish(folder, entry)
    return entry


def _check_own_files(rows: Sequence[Row]) -> None:
    if any(row["part"] for row in rows):
        raise ValueError("rows that share their files with other plans must be taken out first")


def finish(folder: Folder, entry: Entry) -> None:
    """Make the moves of an entry, those that are still to be made."""
    for move in entry.moves:
        _make(folder, move)
    for move in entry.moves:
        if move.aside is not None:
            folder.remove_folder(move.aside.rpartition("/")[0])
            break


def _make(folder: Folder, move: Move) -> None:
    old = [path for path in move.old if path != move.new]
    if move.new is None:
        for path in old:
            folder.remove(path)
        return
    if folder.renames and old and move.new not in move.old:
        # First in the old file's place, then under its own name: at no moment are there two files
        # of the plan, or none.
        if move.aside is not None and folder.exists(move.aside):
            folder.move(move.aside, old[0])
            folder.move(old[0], move.new)
        elif folder.exists(old[0]) and not folder.exists(move.new):
            folder.move(old[0], move.new)
    elif move.aside is not None:
        with suppress(FileNotFoundError):
            folder.move(move.aside, move.new)
    for path in old:
        folder.remove(path)


def retire(folder: Folder, row: Row, run: int) -> None:
    """Take a plan's rows out of the dataset."""
    _check_own_files([row])
    moves = tuple(Move(table, None, (path,), None) for table, path in files_of(row).items())
    entry = Entry({}, {}, moves, (str(row["plan_id"]),), run)
    write_entry(folder, entry)
    finish(folder, entry)


def recover(folder: Folder) -> State:
    """Finish what was published, sweep away what was not; return the dataset's state.

    The caller holds the folder's lock.
    """
    sweep(folder)
    state = read_state(folder)
    for entry in state.open:
        finish(folder, entry)
    for entry in state.entries.values():
        if not state.holds(entry):
            forget(folder, entry)
    folder.remove_folder(ASIDE)
    return read_state(folder)


def file_metadata(sha256: str | None, version: str) -> dict[str, Any]:
    """Return the key ``planparse`` of a plan's files: versions and the source's sha256."""
    return {
        "schema_version": SCHEMA_VERSION,
        "planparse_version": version,
        "source_sha256": sha256 or "",
    }


def plan_files(
    tables: Mapping[str, Sequence[Row]], sha256: str | None, version: str
) -> dict[str, bytes]:
    """Return the files of a result's rows by table; a table without rows gets none."""
    metadata = file_metadata(sha256, version)
    return {table: parquet_bytes(table, rows, metadata) for table, rows in tables.items() if rows}


def document_row(
    result: ParseResult, tables: Mapping[str, Sequence[Row]], **fields: Any
) -> dict[str, Any]:
    """Return the row of ``documents`` of a result; ``fields`` are what the result lacks."""
    plan = result.plan
    reasons = [p.message for p in result.problems if p.severity == "refused"]
    return {
        "source": result.source_file,
        "source_file": result.source_file,
        "sha256": result.sha256 or None,
        "plan_id": identity_of(result),
        "status": str(result.status),
        "outcome": str(result.status),
        "reason": reasons[0] if reasons else None,
        "roc_year": None if plan is None else plan.roc_year,
        "district": None if plan is None else plan.district or plan.district_printed,
        "page_count": None if plan is None else plan.page_count,
        **{table: len(rows) for table, rows in tables.items()},
        "limit_seconds": None,
        "limit_mebibytes": None,
        "fingerprint": None,
        "duplicate_plan": False,
        "part": None,
        **fields,
    }


def write_plan(result: ParseResult, folder: Folder, version: str) -> dict[str, int]:
    """Publish one result outside of a run, in place of what its plan had; return rows by table."""
    tables = rows_of(result)
    row = document_row(result, tables)
    old = read_state(folder).live.get(row["plan_id"])
    contents = plan_files(tables, result.sha256, version)
    publish_document(folder, Entry(row, {}), contents, [] if old is None else [old])
    return {table: len(rows) for table, rows in tables.items()}


def write_documents(out: Folder, documents: Sequence[Row]) -> None:
    """Publish ``documents``: from that moment on it is what readers go by."""
    out.put(file_of("documents"), parquet_bytes("documents", documents))
