"""A process that parses one file after another, within limits of memory."""

from __future__ import annotations

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing import context
from pathlib import Path
from typing import Any

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
            from planparse.dataset.writing import shared_by_worker

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


_WARM = "planparse.batch.preload"


def worker_context() -> Any:
    """Start workers from a server that has everything loaded: in 10 ms each instead of a second."""
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    made = _Context()
    made.set_forkserver_preload([_WARM])
    return made


if os.name == "posix":
    from multiprocessing import popen_forkserver

    class _Popen(popen_forkserver.Popen):  # type: ignore[misc, unused-ignore]
        """Reads how a process ended once only.

        Whoever starts a process looks after all the others, too: with several pools, in several
        threads. The code comes through a pipe; the second to read it would find it empty, and
        what broke the process would be lost.
        """

        def __init__(self, process: Any) -> None:
            self._reading = threading.Lock()
            super().__init__(process)

        def poll(self, flag: int = os.WNOHANG) -> int | None:
            """Return the exit code, None while the process runs."""
            with self._reading:
                code: int | None = super().poll(flag)
                return code

    class WorkerProcess(context.ForkServerProcess):
        """A process that is safe to watch from several threads."""

        @staticmethod
        def _Popen(process: Any) -> Any:  # noqa: N802 - the name that multiprocessing calls
            return _Popen(process)

    class _Context(context.ForkServerContext):
        Process = WorkerProcess


_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


def _from_kernel(name: str) -> int | None:
    """Return a line of the kernel's account in bytes; None where it keeps none (no Linux)."""
    with suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) << 10
    return None


def forget_peak() -> None:
    """Start the peak anew, for another document; where that cannot be done it stays."""
    with suppress(OSError):
        _CLEAR.write_text("5", encoding="ascii")


def peak_mebibytes() -> int | None:
    """Return the most memory that the process had since ``forget_peak``; None if unknown."""
    peak = _from_kernel("VmHWM")
    if peak is not None:
        return peak >> 20
    if os.name != "posix":
        return None
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used >> 20 if sys.platform == "darwin" else used >> 10


def own_bytes() -> int:
    """Return what counts against RLIMIT_DATA; 0 if unknown."""
    return _from_kernel("VmData") or 0


def file_bytes() -> int:
    """Return the resident part of files that are mapped, shared libraries mostly; 0 if unknown."""
    return _from_kernel("RssFile") or 0
