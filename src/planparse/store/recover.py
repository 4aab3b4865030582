"""Put a data set in order that an interrupted command has left."""

from __future__ import annotations

from planparse.store import journal
from planparse.store.folder import ASIDE, Folder
from planparse.store.publish_document import finish
from planparse.store.state import State, read_state


def recover(folder: Folder) -> State:
    """Finish what was published, sweep away what was not; give the data set's state.

    The caller holds the folder's lock.
    """
    journal.sweep(folder)
    state = read_state(folder)
    for entry in state.open:
        finish(folder, entry)
    for entry in state.entries.values():
        if not state.holds(entry):
            journal.forget(folder, entry)
    folder.remove_folder(ASIDE)
    return read_state(folder)
