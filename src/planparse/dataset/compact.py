"""Put the small files of many plans together, and take them apart again where a plan changes.

A year's district then has a few files per table in place of one per plan. Taken apart, every plan
has the very bytes that it had before.
"""

from __future__ import annotations

import hashlib
import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from planparse.dataset.folder import ASIDE, Folder
from planparse.dataset.journal import Entry, Move, State, close, read_state, write_entry
from planparse.dataset.parquet import parquet_bytes, read_with_metadata
from planparse.dataset.publish import file_metadata, finish, write_documents
from planparse.dataset.tables import (
    PLAN_TABLES,
    SCHEMA_VERSION,
    Row,
    files_of,
    partition_folder,
    path_of,
)
from planparse.errors import InputError

#: The most plans in a file: about 200,000 measures, 40 MB.
LARGEST = 2000


@dataclass(frozen=True, slots=True)
class Packing:
    """What ``compact`` did: the number of files of plans before and after."""

    before: int
    after: int


def _name(rows: Iterable[Row]) -> str:
    text = "".join(f"{row['plan_id']} {row['fingerprint']}\n" for row in rows)
    return "part-" + hashlib.sha256(text.encode()).hexdigest()[:16]


def _groups(state: State, years: Collection[int] | None) -> Iterator[list[Row]]:
    """Yield the plans of each partition, at most ``LARGEST`` together, in an order of their own."""
    partitions: dict[str, list[Row]] = defaultdict(list)
    for row in state.live.values():
        if years is None or row["roc_year"] in years:
            partitions[partition_folder(row["roc_year"], row["district"])].append(row)
    for _, rows in sorted(partitions.items()):
        rows.sort(key=lambda row: str(row["plan_id"]))
        for start in range(0, len(rows), LARGEST):
            yield rows[start : start + LARGEST]


def compact(folder: Folder, years: Collection[int] | None = None) -> Packing:
    """Put the files of each year and district together; ``years`` None takes all.

    The caller holds the folder's lock and has called ``recover``. InputError if a run was
    interrupted: it must be finished first.
    """
    state = read_state(folder)
    if any(entry.document for entry in state.entries.values()):
        raise InputError("the last run was interrupted; run it again, then compact")
    before = _count(state)
    entries: list[Entry] = []
    part_of: dict[str, str] = {}
    for rows in _groups(state, years):
        name = _name(rows)
        if len(rows) > 1 and {row["part"] for row in rows} != {name}:
            entries.append(_pack(folder, rows, name, state.run + 1))
            part_of.update((str(row["plan_id"]), name) for row in rows)
    _commit(folder, state, entries, lambda row: part_of.get(str(row["plan_id"]), row["part"]))
    close(folder)
    return Packing(before, _count(read_state(folder)))


def unpack(folder: Folder, parts: Collection[str], run: int) -> None:
    """Take the plans of some parts out into files of their own; ``run`` as in the journal.

    The caller holds the lock.
    """
    state = read_state(folder)
    members: dict[str, list[Row]] = defaultdict(list)
    for row in state.live.values():
        if row["part"] in parts:
            members[str(row["part"])].append(row)
    entries = [_unpack(folder, rows, name, run) for name, rows in members.items()]
    _commit(folder, state, entries, lambda row: None if row["part"] in parts else row["part"])


def _count(state: State) -> int:
    return len({path for row in state.live.values() for path in files_of(row).values()})


def _commit(folder: Folder, state: State, entries: Sequence[Entry], part: Any) -> None:
    """Write the entries, then ``documents``: from that moment on they hold."""
    if not entries:
        return
    for entry in entries:
        write_entry(folder, entry)
    write_documents(folder, [{**row, "part": part(row)} for row in state.documents])
    for entry in entries:
        finish(folder, entry)


def _made_by(known: dict[str, Any], plan_id: str) -> list[str]:
    """Return version and sha256 of a plan from its own file's metadata, or from a part's."""
    if "plans" in known:
        found: list[str] = known["plans"][plan_id]
        return found
    return [known["planparse_version"], known["source_sha256"]]


def _by_table(rows: Sequence[Row]) -> Iterator[tuple[str, list[Row]]]:
    """Yield the tables in which plans have rows, each with those plans."""
    for table in PLAN_TABLES:
        if having := [row for row in rows if row[table]]:
            yield table, having


def _pack(folder: Folder, rows: Sequence[Row], name: str, run: int) -> Entry:
    token = uuid.uuid4().hex
    moves: list[Move] = []
    for table, having in _by_table(rows):
        paths = list(dict.fromkeys(path_of(row, table) for row in having))
        read = {path: read_with_metadata(folder.read(path)) for path in paths}
        plans = {
            str(row["plan_id"]): _made_by(read[path_of(row, table)][1], str(row["plan_id"]))
            for row in having
        }
        whole = pa.concat_tables(found for found, _ in read.values())
        whole = whole.filter(pc.is_in(whole.column("plan_id"), pa.array(list(plans))))
        keys = [(key, "ascending") for key in ("plan_id", "seq") if key in whole.column_names]
        metadata = {"schema_version": SCHEMA_VERSION, "plans": plans}
        content = parquet_bytes(table, whole.sort_by(keys), metadata)
        aside = f"{ASIDE}/{name}-{token}/{table}"
        folder.put_aside({aside: content})
        new = path_of({**having[0], "part": name}, table)
        moves.append(Move(table, aside, tuple(paths), new))
    return Entry({}, {}, tuple(moves), (), run, packed=name)


def _unpack(folder: Folder, rows: Sequence[Row], name: str, run: int) -> Entry:
    token = uuid.uuid4().hex
    moves: list[Move] = []
    for table, having in _by_table(rows):
        packed = path_of(having[0], table)
        whole, known = read_with_metadata(folder.read(packed))
        for row in having:
            plan_id = str(row["plan_id"])
            version, sha256 = _made_by(known, plan_id)
            own = whole.filter(pc.equal(whole.column("plan_id"), plan_id)).to_pylist()
            aside = f"{ASIDE}/{name}-{token}/{table}-{plan_id}"
            content = parquet_bytes(table, own, file_metadata(sha256, version))
            folder.put_aside({aside: content})
            moves.append(Move(table, aside, (), path_of({**row, "part": None}, table)))
        moves.append(Move(table, None, (packed,), None))
    return Entry({}, {}, tuple(moves), (), run, unpacked=name)
