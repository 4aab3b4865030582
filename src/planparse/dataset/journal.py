"""The journal of a run: what has been published since ``documents`` was last written.

An entry is the moment of publishing. It is written, synced, when all of a plan's files lie aside,
and before the first of them is moved: whoever finds the entry can finish the moves, and a reader
that finds none sees the old files untouched. A run's entries are what the next one goes on from.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any

from planparse.dataset.folder import HIDDEN, Folder

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
    empty ``document``. ``run`` counts the runs since
    ``documents`` was written: where two entries speak of one plan, the later run's holds.
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
        """The name of the entry's file: one a content, also where an older plan is kept."""
        if self.document:
            return name_of(self.document)
        return self.packed or self.unpacked or f"retired-{self.retired[0]}"


def name_of(document: Mapping[str, Any]) -> str:
    """Give the name of a document's entry."""
    return str((document["sha256"] or document["plan_id"])[:16])


def _dump(entry: Entry) -> str:
    return json.dumps(asdict(entry), ensure_ascii=False)


def _load(text: str) -> Entry:
    found = json.loads(text)
    moves = tuple(
        Move(one["table"], one["aside"], tuple(one["old"]), one["new"]) for one in found["moves"]
    )
    return Entry(**{**found, "moves": moves, "retired": tuple(found["retired"])})


def write_entry(folder: Folder, entry: Entry) -> None:
    """Publish a document; see above."""
    folder.put(f"{_ENTRIES}/{entry.name}.json", _dump(entry).encode())


def read_entry(folder: Folder, name: str) -> Entry | None:
    """Give the entry of a content if it was published since ``documents`` was written."""
    try:
        return _load(folder.read(f"{_ENTRIES}/{name}.json").decode())
    except FileNotFoundError:
        return None


def read_entries(folder: Folder) -> list[Entry]:
    """Give all entries, those of earlier runs first.

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


def gather(folder: Folder, entries: Sequence[Entry]) -> None:
    """Put entries whose moves have been made into one file, in place of a file each."""
    number = len(folder.names(_SEGMENTS))
    text = "".join(_dump(entry) + "\n" for entry in entries)
    folder.put(f"{_SEGMENTS}/{number:06}.jsonl", text.encode())
    folder.remove_all([f"{_ENTRIES}/{entry.name}.json" for entry in entries])


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
