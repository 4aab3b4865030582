"""A worker process that parses one document at a time and may die of it.

The pool is pebble's, of one process: so a document's process is known, and nothing that it breaks
is shared with another. The limits hold in the worker itself, by the kernel; see
``worker_process``. What is watched from here is the second line, for systems whose kernel does
not help.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Future, wait
from concurrent.futures import TimeoutError as FutureTimeoutError
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from typing import Any

import psutil
from pebble import ProcessExpired, ProcessPool
from pebble.common.types import CONSTS

from planparse.batch.worker import OUT_OF_MEMORY, WORN, enter, run_limited, worker_context
from planparse.model.problem import ProblemCode

_TICK = 0.02
# How often the pool looks for workers that have ended: its tenth of a second is a tenth of a limit
# of one.
CONSTS.sleep_unit = _TICK
# The pool's own clock strikes after the worker's, where there is none in the worker.
_LATER = 1.05
# A worker that crashes with so much of its memory taken was refused more: native code seldom looks
# at what malloc gives. It was seen a tick ago; a tick is enough for 100 MiB.
_MOST = 0.6
_CRASHES = frozenset(-number for number in (signal.SIGSEGV, signal.SIGABRT, signal.SIGFPE))


class EndedError(Exception):
    """The worker did not come back from a document: why, in words and as a code.

    ``seconds`` since it began with it; ``peak`` in mebibytes, None if unknown.
    """

    def __init__(self, code: ProblemCode, message: str, seconds: float, peak: int) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.seconds = seconds
        self.peak = peak or None


class StoppedError(Exception):
    """The run is being given up."""


class _WornError(Exception):
    """The worker has too much of its memory taken still; it has not begun."""


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
        self._process: psutil.Process | None = None
        self._peak = 0
        self._too_large = False
        self._started = 0.0

    def _running(self) -> ProcessPool:
        if self._pool is None:
            context = worker_context()
            # Processes of a Dask worker may have no children of their own unless this is said.
            multiprocessing.process.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
            self._pid = context.RawValue("i", 0)
            arguments = (self.memory, self.out, self._pid, dict(os.environ))
            self._pool = ProcessPool(1, self.recycle, enter, arguments, context=context)
        return self._pool

    def run(self, function: Callable[[Any], Any], job: Any, seconds: float) -> Any:
        """Run ``function(job)`` there.

        EndedError if it did not come back, StoppedError after ``stop``.
        """
        for last in (False, True):
            try:
                return self._run_fresh(function, job, seconds)
            except (BrokenProcessPool, RuntimeError) as error:
                # A worker that died between two documents takes the pool with it.
                self._discard()
                if last:
                    message = f"no worker could be kept alive ({error})"
                    raise self._error(ProblemCode.CRASHED, message) from error
        raise AssertionError

    def _run_fresh(self, function: Callable[[Any], Any], job: Any, seconds: float) -> Any:
        """Run in a worker that has its memory before it; a worn one gives way to a new one."""
        try:
            return self._run(function, job, seconds)
        except _WornError:
            return self._run(function, job, seconds)

    def _run(self, function: Callable[[Any], Any], job: Any, seconds: float) -> Any:
        self._peak, self._too_large, self._started = 0, False, time.perf_counter()
        arguments = (function, job, seconds)
        future = self._running().schedule(run_limited, arguments, timeout=seconds * _LATER)
        self._wait(future)
        try:
            return future.result()
        except FutureTimeoutError as error:
            raise self._timed_out(seconds) from error
        except ProcessExpired as error:
            if error.exitcode == WORN:
                raise _WornError from error
            raise self._ended(error.exitcode, seconds) from error

    def _wait(self, future: Future[Any]) -> None:
        its_own = 0
        while not wait([future], timeout=_TICK).done:
            if self._stopped:
                raise StoppedError
            pid = self._pid.value
            self._watch(pid)
            if not future.running():
                # What has just ended is not running either: its time is that since it began.
                if not future.done():
                    self._started = time.perf_counter()
                continue
            its_own = its_own or pid
            if pid != its_own:
                # A worker that ends with code 0 is replaced, and its document forgotten.
                self._discard()
                message = "the parser ended its process; please report the file"
                raise self._error(ProblemCode.CRASHED, message)

    def _watch(self, pid: int) -> None:
        """Look at the worker's memory; end it where the kernel has not."""
        with suppress(psutil.Error):
            if self._process is None or self._process.pid != pid:
                self._process = psutil.Process(pid)
            used = self._process.memory_info().rss >> 20
            self._peak = max(self._peak, used)
            if used > self.memory:
                self._too_large = True
                self._process.kill()

    def _timed_out(self, seconds: float) -> EndedError:
        message = f"took longer than {seconds:g} s; look at the file, or raise --timeout"
        return self._error(ProblemCode.TIMED_OUT, message)

    def _ended(self, exitcode: int, seconds: float) -> EndedError:
        if exitcode == -getattr(signal, "SIGALRM", 0):
            return self._timed_out(seconds)
        full = exitcode in _CRASHES and self._peak > _MOST * self.memory
        if exitcode == OUT_OF_MEMORY or self._too_large or full:
            message = f"needs more than {self.memory} MiB; look at the file, or raise --memory"
            return self._error(ProblemCode.OUT_OF_MEMORY, message)
        how = signal.Signals(-exitcode).name if exitcode < 0 else f"exit code {exitcode}"
        message = f"the parser crashed ({how}); please report the file"
        return self._error(ProblemCode.CRASHED, message)

    def _error(self, code: ProblemCode, message: str) -> EndedError:
        return EndedError(code, message, time.perf_counter() - self._started, self._peak)

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
