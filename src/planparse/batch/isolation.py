"""A worker process that parses one document at a time and may die of it.

The pool is pebble's, of one process: so a document's process is known, and nothing that it breaks
is shared with another. The limits hold in the worker itself, by the kernel; see
``worker_process``. What is watched from here is the second line, for systems whose kernel does
not help.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Callable
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

import psutil
from pebble import ProcessExpired, ProcessPool

from planparse.batch.worker_process import OUT_OF_MEMORY, enter, run_limited
from planparse.datamodel.problem import ProblemCode

_WARM = "planparse.batch.warm"
_TICK = 0.1
# The pool's own clock strikes after the worker's, where there is none in the worker.
_LATER = 1.05
# How often to look for a worker that has ended without the pool's noticing.
_MISSING_TICKS = 10
# A worker that dies of a signal with so much of its memory used has died for want of memory.
_NEARLY_ALL = 0.85


class EndedError(Exception):
    """The worker did not come back from a document: why, in words and as a code."""

    def __init__(self, code: ProblemCode, message: str, peak: int | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.peak = peak


class StoppedError(Exception):
    """The run is being given up."""


def _context() -> Any:
    """Start workers from a server that has everything loaded: 10 ms each instead of a second."""
    if "forkserver" in multiprocessing.get_all_start_methods():
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([_WARM])
        return context
    return multiprocessing.get_context("spawn")


class Worker:
    """A process for one document after another.

    ``memory`` in mebibytes; ``out`` is the output folder, on which it counts as writing.
    """

    def __init__(self, memory: int, recycle: int, out: str) -> None:
        """Start nothing yet: the process starts with the first document."""
        self.memory = memory
        self.recycle = recycle
        self.out = out
        self._stopped = False
        self._pool: ProcessPool | None = None
        self._peak = 0
        self._too_large = False

    def _running(self) -> ProcessPool:
        if self._pool is None:
            context = _context()
            # Processes of a Dask worker may have no children of their own unless this is said.
            multiprocessing.process.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
            self._pid = context.RawValue("i", 0)
            self._pool = ProcessPool(
                1, self.recycle, enter, (self.memory, self.out, self._pid), context=context
            )
        return self._pool

    def run(self, function: Callable[[Any], Any], job: Any, seconds: float) -> Any:
        """Run ``function(job)`` there.

        EndedError if it did not come back, StoppedError after ``stop``.
        """
        for last in (False, True):
            try:
                return self._run(function, job, seconds)
            except (BrokenProcessPool, RuntimeError) as error:
                # A worker that died between two documents takes the pool with it.
                self._discard()
                if last:
                    message = f"no worker could be kept alive ({error})"
                    raise EndedError(ProblemCode.CRASHED, message) from error
        raise AssertionError

    def _run(self, function: Callable[[Any], Any], job: Any, seconds: float) -> Any:
        self._peak, self._too_large = 0, False
        arguments = (function, job, seconds)
        future = self._running().schedule(run_limited, arguments, timeout=seconds * _LATER)
        self._wait(future)
        try:
            return future.result()
        except FutureTimeoutError as error:
            raise self._timed_out(seconds) from error
        except ProcessExpired as error:
            raise self._ended(error.exitcode, seconds) from error

    def _wait(self, future: Future[Any]) -> None:
        missing = 0
        while not wait([future], timeout=_TICK).done:
            if self._stopped:
                raise StoppedError
            missing = 0 if self._watch() else missing + 1
            if missing > _MISSING_TICKS and future.running():
                self._discard()
                raise EndedError(
                    ProblemCode.CRASHED, "the parser ended the process; report the file"
                )

    def _watch(self) -> bool:
        """Look at the worker's memory; False if there is no worker."""
        pid = self._pid.value
        try:
            used = psutil.Process(pid).memory_info().rss >> 20 if pid else 0
        except psutil.Error:
            return False
        self._peak = max(self._peak, used)
        if used > self.memory:
            self._too_large = True
            with suppress(psutil.Error):
                psutil.Process(pid).kill()
        return True

    def _timed_out(self, seconds: float) -> EndedError:
        message = f"took longer than {seconds:g} s; look at the file, or raise --timeout"
        return EndedError(ProblemCode.TIMED_OUT, message, self._peak or None)

    def _ended(self, exitcode: int, seconds: float) -> EndedError:
        if exitcode == -getattr(signal, "SIGALRM", 0):
            return self._timed_out(seconds)
        full = exitcode < 0 and self._peak > _NEARLY_ALL * self.memory
        if exitcode == OUT_OF_MEMORY or self._too_large or full:
            message = f"needs more than {self.memory} MiB; look at the file, or raise --memory"
            return EndedError(ProblemCode.OUT_OF_MEMORY, message, self._peak or None)
        how = signal.Signals(-exitcode).name if exitcode < 0 else f"exit code {exitcode}"
        message = f"the parser crashed ({how}); please report the file"
        return EndedError(ProblemCode.CRASHED, message, self._peak or None)

    def stop(self) -> None:
        """Make a waiting ``run`` give up; to be called from another thread."""
        self._stopped = True

    def _discard(self) -> None:
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]
            pool.join()

    def close(self) -> None:
        """End the process."""
        self._discard()
