"""One run at a time on an output folder."""

from __future__ import annotations

import json
import os
import socket
import threading
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any

from planparse.dataset.folder import HIDDEN, Folder, OutputFolder
from planparse.errors import BusyError, OutputError, as_output_error

_LOCK = f"{HIDDEN}/lock"
# Workers of a run that was killed end with it; this is for a machine that is slow to see to that.
_PATIENCE = 20.0
#: A lock in an object store is renewed so often, and is void when it was not for so long.
_RENEWED = 15.0
_VOID = 120.0


@contextmanager
def run_lock(folder: Folder) -> Iterator[None]:
    """Hold the folder for a run; BusyError if another run holds it.

    On a file system the lock ends with the process, however that ends.
    """
    if isinstance(folder, OutputFolder):
        with _file_lock(folder.root):
            yield
    else:
        with _leased(folder):
            yield


def _holder(text: str) -> str:
    try:
        found = json.loads(text)
        return f"process {found['pid']} on {found['host']}"
    except (ValueError, KeyError, TypeError):
        return "another process"


def _who() -> bytes:
    return json.dumps({"pid": os.getpid(), "host": socket.gethostname()}).encode()


def _busy(where: str, text: str) -> BusyError:
    return BusyError(
        f"another run is writing to {where} ({_holder(text)}); wait for it, or give another --out"
    )


def _take(file: IO[Any]) -> bool:
    """Lock an open file if nobody else has."""
    if os.name == "nt":
        import msvcrt

        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        except OSError:
            return False
        return True
    import fcntl

    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


@contextmanager
def _file_lock(root: Path) -> Iterator[None]:
    path = root / _LOCK
    with as_output_error(root):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    with file:
        if not _take(file):
            file.seek(0)
            raise _busy(str(root), file.read().decode(errors="replace"))
        file.truncate(0)
        file.write(_who())
        file.flush()
        try:
            _wait_for_orphans(root)
            yield
        finally:
            # An empty file stays: removing it would let two runs lock two files of one name.
            with suppress(OSError):
                file.truncate(0)


def shared_by_worker(root: Path) -> None:
    """Have this worker count as writing to the folder until it ends."""
    if os.name == "nt":
        return
    import fcntl

    path = root / f"{_LOCK}-workers"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle = os.open(path, os.O_CREAT | os.O_RDWR, 0o644)
    fcntl.flock(handle, fcntl.LOCK_SH)


def _wait_for_orphans(root: Path) -> None:
    """Wait until no worker of a killed run writes any more."""
    if os.name == "nt":
        return
    import fcntl

    with (root / f"{_LOCK}-workers").open("a+b") as file:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                time.sleep(0.02)
            else:
                return
    raise BusyError(f"workers of an earlier run still write to {root}; wait for them or end them")


@contextmanager
def _leased(folder: Folder) -> Iterator[None]:
    token = uuid.uuid4().hex
    if not folder.create(_LOCK, _lease(token)):
        _take_over(folder, token)
    done = threading.Event()

    def keep() -> None:
        while not done.wait(_RENEWED):
            with suppress(OutputError):
                folder.put(_LOCK, _lease(token))

    thread = threading.Thread(target=keep, name="lease", daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()
        folder.remove(_LOCK)


def _lease(token: str) -> bytes:
    return json.dumps({**json.loads(_who()), "token": token, "time": time.time()}).encode()


def _died_here(text: str) -> bool:
    """Return True if the holder was a process of this machine and has ended."""
    found = json.loads(text)
    if found.get("host") != socket.gethostname() or os.name == "nt":
        return False
    try:
        os.kill(int(found["pid"]), 0)
    except ProcessLookupError:
        return True
    except PermissionError:
        pass
    return False


def _take_over(folder: Folder, token: str) -> None:
    """Take a lock whose holder has not renewed it for long; BusyError if it has."""
    text = folder.read(_LOCK).decode(errors="replace")
    try:
        renewed = float(json.loads(text)["time"])
    except (ValueError, KeyError, TypeError):
        renewed = 0.0
    if time.time() - renewed < _VOID and not _died_here(text):
        raise _busy(folder.url, text)
    folder.remove(_LOCK)
    if not folder.create(_LOCK, _lease(token)):
        raise _busy(folder.url, folder.read(_LOCK).decode(errors="replace"))
