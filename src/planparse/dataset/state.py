"""Which plans a data set holds, and in which files: ``documents`` and the journal after it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from planparse.dataset.folder import Folder
from planparse.dataset.journal import Entry, read_entries
from planparse.dataset.partition import partition_folder
from planparse.dataset.tables import PLAN_TABLES, file_of

Row = Mapping[str, Any]


def path_of(row: Row, table: str) -> str:
    """Give the file of a document's rows in a table; see ``DocumentRow``."""
    folder = partition_folder(row["roc_year"], row["district"])
    return f"{table}/{folder}/{row['part'] or row['plan_id']}.parquet"


def files_of(row: Row) -> dict[str, str]:
    """Give the files that hold a document's rows, by table; a table without rows has none."""
    return {table: path_of(row, table) for table in PLAN_TABLES if row[table]}


@dataclass(frozen=True, slots=True)
class State:
    """A data set at one moment.

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
        """Tell whether the moment of an entry has come; that of a document's is its writing."""
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
    """Give the rows of ``documents`` as the last finished run wrote them."""
    from planparse.dataset.read_parquet import read_parquet

    try:
        content = folder.read(file_of("documents"))
    except FileNotFoundError:
        return ()
    return tuple(read_parquet(content).to_pylist())


def read_state(folder: Folder) -> State:
    """Read what a data set holds now.

    The journal first: its entries are forgotten only when ``documents`` holds them.
    """
    entries, retired, run = _fold(read_entries(folder))
    return State(read_documents(folder), entries, retired, run)
