"""What a dataset holds: ``documents``, and the journal of what was published since.

An entry is the moment of publishing. It is written, synced, when all of a plan's files lie aside,
and before the first of them is moved: whoever finds the entry can finish the moves, and a reader
that finds none sees the old files untouched. A run's entries are what the next one goes on from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from planparse.dataset.folder import HIDDEN, Folder
from planparse.dataset.parquet import read_parquet
from planparse.dataset.tables import PLAN_TABLES, Row, file_of

_ENTRIES = f"{HIDDEN}/journal"
_SEGMENTS = f"{HIDDEN}/segments"
_CLOSED = f"{HIDDEN}/closed"

#: Entries are gathered into one file when there are so many.
SEGMENT = 1000


@dataclass(frozen=True, slots=True)
class Move:
    """One table of a plan: the file ``aside`` takes the place of ``old`` and is then ``new``.

    ``aside`` None: the file was written in its place at once. ``new`` None: the plan has no rows
    in the table any more.
    """

    table: str
    aside: str | None
    old: tuple[str, ...]
    new: str | None


@dataclass(frozen=True, slots=True)
class Entry:
    """A published document: its rows of ``documents`` and ``timings`` and the moves it needs.

    Or files that are put together or taken apart, see ``compact``: ``packed`` or ``unpacked`` is
    the part, and the entry holds from the moment that ``documents`` names the part, or does not.

    ``retired`` are the plan_ids whose rows it takes away; an entry that does nothing else has an
    empty ``document``. ``run`` counts the runs since ``documents`` was written: of two entries
    about one plan the later run's holds.
    """

    document: Mapping[str, Any]
    timing: Mapping[str, Any]
    moves: tuple[Move, ...] = ()
    retired: tuple[str, ...] = ()
    run: int = 1
    forced: bool = False
    packed: str | None = None
    unpacked: str | None = None

    @property
    def plan_id(self) -> str:
        """The plan that the entry is about."""
        return str(self.document.get("plan_id", ""))

    @property
    def name(self) -> str:
        """The name of the entry's file: one per content, also where an older plan is kept."""
        if self.document:
            return str((self.document["sha256"] or self.document["plan_id"])[:16])
        return self.packed or self.unpacked or f"retired-{self.retired[0]}"


def _dump(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False)


def _load(text: str) -> Entry:
    found = json.loads(text)
    moves = tuple(
        Move(one["table"], one["aside"], tuple(one["old"]), one["new"]) for one in found["moves"]
    )
    return Entry(**{**found, "moves": moves, "retired": tuple(found["retired"])})


def write_entry(folder: Folder, entry: Entry) -> None:
    """Publish a document: the moment from which its moves will be made, whatever happens."""
    folder.put(f"{_ENTRIES}/{entry.name}.json", _dump(entry).encode())


def read_entry(folder: Folder, name: str) -> Entry | None:
    """Return the entry of a content; None if none came since ``documents`` was written."""
    try:
        return _load(folder.read(f"{_ENTRIES}/{name}.json").decode())
    except FileNotFoundError:
        return None


def read_entries(folder: Folder) -> list[Entry]:
    """Return all entries, those of earlier runs first.

    Single entries are read before the segments that they may be gathered into meanwhile.
    """
    if folder.exists(_CLOSED):
        return []
    single = [read_entry(folder, name.removesuffix(".json")) for name in folder.names(_ENTRIES)]
    found: list[Entry] = []
    for name in folder.names(_SEGMENTS):
        with suppress(FileNotFoundError):
            lines = folder.read(f"{_SEGMENTS}/{name}").decode().splitlines()
            found += [_load(line) for line in lines]
    found += [entry for entry in single if entry is not None]
    return sorted(found, key=lambda entry: entry.run)


def gather(folder: Folder, entries: list[Entry]) -> None:
    """Put entries whose moves have been made into one file, once there are ``SEGMENT`` of them.

    The list is emptied then.
    """
    if len(entries) < SEGMENT:
        return
    number = len(folder.names(_SEGMENTS))
    text = "".join(_dump(entry) + "\n" for entry in entries)
    folder.put(f"{_SEGMENTS}/{number:06}.jsonl", text.encode())
    folder.remove_all([f"{_ENTRIES}/{entry.name}.json" for entry in entries])
    entries.clear()


def forget(folder: Folder, entry: Entry) -> None:
    """Take an entry back whose moment never came."""
    folder.remove(f"{_ENTRIES}/{entry.name}.json")


def close(folder: Folder) -> None:
    """Forget the run, in one step: ``documents`` holds now what the journal held."""
    folder.put(_CLOSED, b"")
    sweep(folder)


def sweep(folder: Folder) -> None:
    """Take away the entries of a run that was closed, if one was."""
    if folder.exists(_CLOSED):
        folder.remove_folder(_ENTRIES)
        folder.remove_folder(_SEGMENTS)
        folder.remove(_CLOSED)


@dataclass(frozen=True, slots=True)
class State:
    """A dataset at one moment.

    ``documents`` are the rows as the last finished run wrote them; ``entries`` what has been
    published since, by the start of the content's sha256, and ``retired`` the plans taken away.
    """

    documents: tuple[Row, ...]
    entries: Mapping[str, Entry]
    retired: frozenset[str]
    run: int = 0

    @property
    def live(self) -> dict[str, Row]:
        """The documents that have rows in the other tables, by plan_id."""
        found = {str(row["plan_id"]): row for row in self.documents if row["status"] != "duplicate"}
        found.update((one.plan_id, one.document) for one in self.entries.values() if one.document)
        for plan_id in self.retired:
            found.pop(plan_id, None)
        return {plan_id: row for plan_id, row in found.items() if any(row[t] for t in PLAN_TABLES)}

    @property
    def open(self) -> list[Entry]:
        """The entries whose moves may not have been made: those of the last run that hold."""
        last = [entry for entry in self.entries.values() if entry.run == self.run]
        return [entry for entry in last if self.holds(entry)]

    def holds(self, entry: Entry) -> bool:
        """Return True if the moment of an entry has come; that of a document's is its writing."""
        if entry.packed is None and entry.unpacked is None:
            return True
        parts = {row["part"] for row in self.documents}
        return entry.packed in parts if entry.packed else entry.unpacked not in parts


def _fold(entries: Iterable[Entry]) -> tuple[dict[str, Entry], frozenset[str], int]:
    """Put entries together run by run: within a run nothing is both published and retired."""
    found: dict[str, Entry] = {}
    retired: set[str] = set()
    run = 0
    waiting: set[str] = set()
    for entry in entries:
        if entry.run != run:
            retired |= waiting
            waiting, run = set(), entry.run
        found[entry.name] = entry
        retired.discard(entry.plan_id)
        waiting.update(entry.retired)
    retired |= waiting
    kept = {name: entry for name, entry in found.items() if entry.plan_id not in retired}
    return kept, frozenset(retired), run


def read_documents(folder: Folder) -> tuple[Row, ...]:
    """Return the rows of ``documents`` as the last finished run wrote them."""
    try:
        content = folder.read(file_of("documents"))
    except FileNotFoundError:
        return ()
    return tuple(read_parquet(content).to_pylist())


def read_state(folder: Folder) -> State:
    """Return what a dataset holds now.

    The journal first: its entries are forgotten only when ``documents`` holds them.
    """
    entries, retired, run = _fold(read_entries(folder))
    return State(read_documents(folder), entries, retired, run)
