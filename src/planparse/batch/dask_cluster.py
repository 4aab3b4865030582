"""Run the same jobs on the workers of an existing Dask cluster."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, suppress
from typing import Any

from planparse.batch.inputs import program_digest
from planparse.batch.job import Job
from planparse.batch.outcome import FileOutcome
from planparse.batch.run_isolated import Workers, run_isolated
from planparse.errors import InputError

# Seconds to wait for the scheduler, and for the first worker to come.
_PATIENCE = 30.0
# Workers that nobody has asked for so long are ended: the driver may have died.
_IDLE = 120.0
# How often a job is given to the cluster again whose workers died under it.
_TRIES = 3


class _Shared:
    """What the threads of one Dask worker share: its isolated processes."""

    lock = threading.Lock()
    workers: Workers | None = None
    last_used = 0.0


def _workers() -> Workers:
    with _Shared.lock:
        _Shared.last_used = time.monotonic()
        if _Shared.workers is None:
            _Shared.workers = Workers()
            threading.Thread(target=_end_when_idle, name="planparse-idle", daemon=True).start()
        return _Shared.workers


def _end_when_idle() -> None:
    while True:
        time.sleep(_IDLE / 10)
        with _Shared.lock:
            if _Shared.workers is None:
                return
            if not _Shared.workers.busy and time.monotonic() - _Shared.last_used > _IDLE:
                break
    close_workers()


def close_workers() -> None:
    """End the isolated processes of this Dask worker."""
    with _Shared.lock:
        workers, _Shared.workers = _Shared.workers, None
    if workers is not None:
        workers.stop()
        workers.close()


def run_on_worker(job: Job) -> FileOutcome:
    """Parse and publish a job in an isolated process of this Dask worker."""
    return run_isolated(_workers(), job)


def check_versions(client: Any, own: str) -> None:
    """Refuse a cluster whose workers would give other bytes; InputError names them."""
    found = client.run(program_digest)
    other = sorted(address for address, digest in found.items() if digest != own)
    if other:
        raise InputError(
            f"{len(other)} of {len(found)} Dask workers run another planparse: "
            f"{', '.join(other[:3])}; install this version there"
        )


class _Resubmitting:
    """An executor that gives a job to the cluster again when its worker died under it."""

    def __init__(self, executor: Executor) -> None:
        self._executor = executor

    def submit(self, run: Callable[[Job], FileOutcome], job: Job) -> Future[FileOutcome]:
        """Submit a job; its future fails only when it failed ``_TRIES`` times."""
        outer: Future[FileOutcome] = Future()
        self._try(run, job, outer, _TRIES)
        return outer

    def _try(
        self, run: Callable[[Job], FileOutcome], job: Job, outer: Future[FileOutcome], tries: int
    ) -> None:
        from distributed.scheduler import KilledWorker

        def done(inner: Future[FileOutcome]) -> None:
            error = inner.exception()
            if error is None:
                outer.set_result(inner.result())
            elif isinstance(error, KilledWorker) and tries > 1:
                self._try(run, job, outer, tries - 1)
            else:
                outer.set_exception(error)

        self._executor.submit(run, job).add_done_callback(done)


@contextmanager
def on_cluster(address: str) -> Iterator[tuple[Any, Callable[[Job], FileOutcome], int]]:
    """Return an executor on the cluster, what to submit, and how many run at once.

    InputError if the cluster cannot be reached, has no worker or runs another planparse.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("--dask needs one more package: pip install 'planparse[dask]'") from error
    try:
        client = Client(address, timeout=_PATIENCE)  # type: ignore[no-untyped-call]
        client.wait_for_workers(1, timeout=_PATIENCE)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(f"no Dask cluster with workers at {address}: {error}") from error
    with client:
        check_versions(client, program_digest())
        slots = sum(client.nthreads().values())  # type: ignore[no-untyped-call]
        # A job is never taken for done because one like it was done before.
        executor = client.get_executor(pure=False)  # type: ignore[no-untyped-call]
        try:
            yield _Resubmitting(executor), run_on_worker, slots
        finally:
            executor.shutdown(wait=False)
            with suppress(OSError, ValueError, TimeoutError):
                client.run(close_workers)
