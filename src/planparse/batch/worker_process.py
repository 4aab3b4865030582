"""Inside a worker process: the limits that hold there, in Python and in native code alike."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from planparse.batch.memory import file_bytes, forget_peak, own_bytes

#: Exit code of a worker that ran into its memory limit.
OUT_OF_MEMORY = 86
#: Exit code of a worker whose parser asked for the end of the program.
GAVE_UP = 87
#: Exit code of a worker that has too much of its memory taken still by earlier documents.
WORN = 88
# So much of what was free may be taken before the first document counts.
_WEAR = 0.125
# A worker writes small files only; what would grow without end is stopped here.
_LARGEST_FILE = 1 << 30


class _Fresh:
    """What this process had when it was new, and what it may have, in bytes."""

    own_bytes = 0
    limit = 1 << 62


def enter(memory: int, out: str, pid: Any, environment: dict[str, str]) -> None:
    """Prepare a fresh worker; ``memory`` in mebibytes, ``pid`` is a shared place for its number.

    The server that forks workers keeps the environment that it was started in: credentials and
    addresses that the caller has set since come with the worker.
    """
    os.environ.update(environment)
    # The pool's own handler for SIGTERM is Python code, which never runs while native code hangs.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _be_quiet()
    if os.name == "posix":
        _die_with_parent()
        if "://" not in out:
            from planparse.store.run_lock import shared_by_worker

            shared_by_worker(Path(out))
        _limit_memory(memory)
    _Fresh.own_bytes = own_bytes()
    pid.value = os.getpid()


def _be_quiet() -> None:
    """Send what native code prints nowhere: an endless stream of it, too."""
    sys.stdout.flush()
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _die_with_parent() -> None:
    """Have the kernel end this process when the one that started the run ends, however it does.

    A thread that watches would never get its turn while native code hangs. The pipe to the parent
    breaks when it dies, and a pipe can send a signal.
    """
    import fcntl
    import multiprocessing
    import select

    parent = multiprocessing.parent_process()
    if parent is None:
        return
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETOWN, os.getpid())
    flags = fcntl.fcntl(parent.sentinel, fcntl.F_GETFL)
    fcntl.fcntl(parent.sentinel, fcntl.F_SETFL, flags | os.O_ASYNC)
    if select.select([parent.sentinel], [], [], 0)[0]:
        os._exit(1)  # it is gone already


def _limit_memory(memory: int) -> None:
    """Limit the process's own memory, so that it and the libraries' files stay below ``memory``.

    RLIMIT_DATA counts what is written to and not shared, however it was allocated. RLIMIT_AS
    would count the address space that allocators and thread pools only reserve: gigabytes.
    """
    import resource

    # Other systems than Linux make less of RLIMIT_DATA; there the parent watches.
    limit = (memory << 20) - file_bytes()
    _Fresh.limit = limit
    resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_LARGEST_FILE, _LARGEST_FILE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run_limited(function: Callable[[Any], Any], job: Any, seconds: float) -> Any:
    """Run a job; the kernel ends the process when its time is over, whatever it is doing."""
    if own_bytes() > _Fresh.own_bytes + _WEAR * (_Fresh.limit - _Fresh.own_bytes):
        os._exit(WORN)
    forget_peak()
    timed = hasattr(signal, "setitimer")
    if timed:
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        return function(job)
    except MemoryError:
        # Who knows what was half done: a fresh process takes the next document.
        os._exit(OUT_OF_MEMORY)
    except (SystemExit, KeyboardInterrupt, GeneratorExit):
        # The pool would hand it on, and the run would end in place of the worker.
        os._exit(GAVE_UP)
    finally:
        if timed:
            signal.setitimer(signal.ITIMER_REAL, 0)
