"""Publish what parsing a file gave: whole, in one step, in place of what was there."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress

from planparse.errors import OutputError
from planparse.store.folder import ASIDE, Folder
from planparse.store.journal import Entry, Move, write_entry
from planparse.store.state import Row, files_of, path_of
from planparse.store.tables import PLAN_TABLES

# plans comes last: who starts from it finds the other tables' rows already there.
_ORDER = (*(name for name in PLAN_TABLES if name != "plans"), "plans")


def _aside(folder: Folder, document: Row, contents: Mapping[str, bytes]) -> dict[str, str]:
    """Write the files of a plan where nobody reads them; give their paths by table."""
    token = uuid.uuid4().hex
    places = {table: f"{ASIDE}/{document['plan_id']}-{token}/{table}" for table in contents}
    try:
        folder.put_aside({places[table]: content for table, content in contents.items()})
    except OutputError:
        folder.remove_folder(f"{ASIDE}/{document['plan_id']}-{token}")
        raise
    return places


def publish_document(
    folder: Folder, entry: Entry, contents: Mapping[str, bytes], old: Sequence[Row] = ()
) -> Entry:
    """Publish a document's files, by table, in place of those of the ``old`` rows.

    Readers of the journal see one step; whoever reads the files of one table sees each plan old
    or new. OutputError leaves all as it was.
    """
    if any(row["part"] for row in old):
        raise ValueError("rows that share their files with other plans must be taken out first")
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
    entry = Entry(document, entry.timing, moves, entry.retired, entry.run, entry.forced)
    write_entry(folder, entry)
    finish(folder, entry)
    return entry


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
    """Take a plan's rows out of the data set."""
    if row["part"]:
        raise ValueError("rows that share their files with other plans must be taken out first")
    moves = tuple(Move(table, None, (path,), None) for table, path in files_of(row).items())
    entry = Entry({}, {}, moves, (str(row["plan_id"]),), run)
    write_entry(folder, entry)
    finish(folder, entry)
