"""``planparse compact`` on a data set that nobody else is writing to."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from planparse.errors import InputError
from planparse.publish.describe import describe
from planparse.store.compact import Packing, compact
from planparse.store.open_folder import open_folder
from planparse.store.recover import recover
from planparse.store.run_lock import run_lock
from planparse.store.tables import file_of


def compact_folder(out: str | Path, years: Collection[int] | None = None) -> Packing:
    """Put the files of each year and district together; ``years`` None takes all.

    InputError if there is no data set or its last run was interrupted, BusyError if a run is
    writing to it.
    """
    folder = open_folder(out, create=False)
    if not folder.exists(file_of("documents")):
        raise InputError(f"{out} holds no data set; `planparse run` makes one")
    with run_lock(folder):
        recover(folder)
        packing = compact(folder, years)
        describe(folder)
    return packing
