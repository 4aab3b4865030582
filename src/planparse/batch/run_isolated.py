"""Run one job in a process of its own, and publish what became of it."""

from __future__ import annotations

import threading

from planparse.batch.isolation import EndedError, Worker
from planparse.batch.job import Job
from planparse.batch.outcome import FileOutcome
from planparse.batch.parse_file import failed, folder_of, parse_file, publish_result
from planparse.dataset.writing import finish, read_entry


class Workers:
    """A worker for each thread that asks for one."""

    def __init__(self) -> None:
        self._own = threading.local()
        self._all: list[Worker] = []
        self.busy = 0

    def of_this_thread(self, job: Job) -> Worker:
        """Return the thread's worker; a new one for another memory limit or output folder."""
        worker: Worker | None = getattr(self._own, "worker", None)
        if worker is None or (worker.memory, worker.out) != (job.memory, job.out):
            if worker is not None:
                worker.close()
            worker = Worker(job.memory, job.recycle, job.out)
            self._own.worker = worker
            self._all.append(worker)
        return worker

    def stop(self) -> None:
        """Make all threads give up what they wait for."""
        for worker in self._all:
            worker.stop()

    def close(self) -> None:
        """End all processes."""
        for worker in self._all:
            worker.close()


def run_isolated(workers: Workers, job: Job) -> FileOutcome:
    """Parse and publish in a worker; what ends the worker is the document's own outcome."""
    workers.busy += 1
    try:
        outcome: FileOutcome = workers.of_this_thread(job).run(parse_file, job, job.timeout)
    except EndedError as ended:
        result = failed(job, ended.code, ended.message)
        return _published_already(job) or publish_result(job, result, ended.seconds, ended.peak)
    finally:
        workers.busy -= 1
    return outcome


def _published_already(job: Job) -> FileOutcome | None:
    """Finish what a worker had published when it was ended, as good as done."""
    folder = folder_of(job.out)
    entry = read_entry(folder, (job.sha256 or "")[:16]) if job.sha256 else None
    if entry is None or entry.run != job.run:
        return None
    finish(folder, entry)
    return FileOutcome.of_entry(entry)
