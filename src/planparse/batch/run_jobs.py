"""Run jobs side by side: each isolated, on this machine or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from itertools import islice
from typing import Protocol

from planparse.batch.job import Job, RunSettings
from planparse.batch.outcome import FileOutcome
from planparse.batch.parse_file import parse_file
from planparse.batch.run_isolated import Workers, run_isolated
from planparse.process import processors

RunJob = Callable[[Job], FileOutcome]


# Documents read at once unless told otherwise: each may take `MEMORY`.
MOST_JOBS = 8


class Submits(Protocol):
    """What is asked of an executor."""

    def submit(self, run: RunJob, job: Job, /) -> Future[FileOutcome]:
        """Start ``run(job)`` as soon as there is room."""


@contextmanager
def _local(settings: RunSettings) -> Iterator[tuple[Submits, RunJob, int]]:
    workers = Workers()
    jobs = settings.jobs or min(processors(), MOST_JOBS)
    executor = ThreadPoolExecutor(jobs, thread_name_prefix="document")
    try:
        yield executor, lambda job: run_isolated(workers, job), jobs
    finally:
        workers.stop()
        executor.shutdown(cancel_futures=True)
        workers.close()


@contextmanager
def _executor(settings: RunSettings) -> Iterator[tuple[Submits, RunJob, int]]:
    if settings.dask is None:
        with _local(settings) as found:
            yield found
        return
    from planparse.batch.dask_cluster import on_cluster

    with on_cluster(settings.dask) as found:
        yield found


def run_jobs(jobs: Iterable[Job], settings: RunSettings) -> Iterator[FileOutcome]:
    """Run the jobs and give each outcome as soon as it is there, in whatever order.

    OutputError and RulesError end the run.
    """
    if not settings.isolate:
        yield from map(parse_file, jobs)
        return
    waiting = iter(jobs)
    first = list(islice(waiting, 1))
    if not first:
        return
    with _executor(settings) as (executor, run, slots):
        # Two for each slot: none waits, and ten million jobs are not all in memory at once.
        ahead = [*first, *islice(waiting, 2 * slots - 1)]
        pending: set[Future[FileOutcome]] = {executor.submit(run, job) for job in ahead}
        while pending:
            done, pending = wait(pending, return_when=FIRST_COMPLETED)
            pending |= {executor.submit(run, job) for job in islice(waiting, len(done))}
            for future in done:
                yield future.result()
