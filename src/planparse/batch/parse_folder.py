"""Parse every PDF of a folder into the data set."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from planparse.batch.duplicate_plans import mark_duplicates
from planparse.batch.inputs import Source, find_sources, fingerprint, hash_all, read_rules
from planparse.batch.job import Job, Rules, RunSettings
from planparse.batch.outcome import FileOutcome, RunReport
from planparse.batch.run_jobs import run_jobs
from planparse.batch.schedule import Schedule, Scheduler
from planparse.dataset import journal
from planparse.dataset.compact import Packing, compact, unpack
from planparse.dataset.describe import describe
from planparse.dataset.folder import ASIDE, Folder
from planparse.dataset.journal import Entry
from planparse.dataset.open_folder import open_folder
from planparse.dataset.publish import recover, retire
from planparse.dataset.read_table import read_single
from planparse.dataset.run_lock import run_lock
from planparse.dataset.state import State, files_of, read_state
from planparse.dataset.tables import TIMINGS, file_of
from planparse.dataset.write_run import write_documents, write_run
from planparse.errors import InputError
from planparse.model.problem import Status

OnStart = Callable[[int], None]
OnDone = Callable[[FileOutcome], None]


def parse_folder(
    source: str | Path,
    out: str | Path,
    settings: RunSettings | None = None,
    *,
    on_start: OnStart = lambda _: None,
    on_done: OnDone = lambda _: None,
) -> RunReport:
    """Parse a folder's files into ``out``; both may be fsspec URLs.

    ``on_start`` gets the number of files that must be parsed, ``on_done`` each of them. A faulty
    file ends none of the others. InputError if there is nothing to parse, OutputError if ``out``
    cannot be written, BusyError if another run does, RulesError if the rules cannot be read.
    """
    start = time.perf_counter()
    settings = settings or RunSettings()
    sources = find_sources(source)
    rules = read_rules(settings.rules)
    folder = open_folder(out)
    with run_lock(folder):
        run, schedule = _prepare(settings, folder, rules, sources)
        on_start(len(schedule.jobs))
        outcomes = list(schedule.settled)
        done = run_jobs(schedule.jobs, settings)
        for outcome in _gathered(folder, done, run, forced=settings.force):
            outcomes.append(outcome)
            on_done(outcome)
        for row in schedule.leaving:
            retire(folder, row, run)
        outcomes = mark_duplicates(folder, outcomes, run)
        outcomes.sort(key=lambda one: (one.source, one.plan_id))
        _close(folder, outcomes, rules)
    return _report(outcomes, schedule, settings, time.perf_counter() - start)


def _prepare(
    settings: RunSettings, folder: Folder, rules: str | None, sources: list[Source]
) -> tuple[int, Schedule]:
    """Give the run's number and its work, once nothing of an interrupted run is left."""
    state = recover(folder)
    files = list(zip(sources, hash_all(sources), strict=True))
    schedule = _schedule(settings, folder, rules, state, files)
    if parts := schedule.parts:
        # Plans that share their files with others get files of their own before they change.
        unpack(folder, parts, state.run + 1)
        state = read_state(folder)
        schedule = _schedule(settings, folder, rules, state, files)
    return state.run + 1, schedule


def _schedule(
    settings: RunSettings,
    folder: Folder,
    rules: str | None,
    state: State,
    files: list[tuple[Source, str | None]],
) -> Schedule:
    make_job = partial(_job, settings, folder.url, rules, state.run + 1)
    fingerprint_of = partial(fingerprint, rules=rules, options=_options(settings))
    return Scheduler(state, settings, make_job, fingerprint_of).add(files)


def _options(settings: RunSettings) -> tuple[str, ...]:
    wanted = {"second_opinion": settings.second_opinion, "incomplete": settings.incomplete}
    return tuple(name for name, value in wanted.items() if value)


def _job(settings: RunSettings, out: str, rules: str | None, run: int, **fields: Any) -> Job:
    return Job(
        out=out,
        timeout=settings.timeout,
        memory=settings.memory,
        recycle=settings.recycle,
        run=run,
        forced=settings.force,
        rules=None if rules is None else Rules(str(settings.rules), rules),
        passwords=settings.passwords,
        parse=settings.parse,
        options=_options(settings),
        **fields,
    )


def _gathered(
    folder: Folder, outcomes: Iterable[FileOutcome], run: int, *, forced: bool
) -> Iterator[FileOutcome]:
    """Pass the outcomes on; gather their entries in the journal from time to time."""
    entries: list[Entry] = []
    for one in outcomes:
        entries.append(Entry(one.document, one.timing, (), one.retired, run, forced))
        if len(entries) >= journal.SEGMENT:
            journal.gather(folder, entries)
            entries = []
        yield one


def _close(folder: Folder, outcomes: list[FileOutcome], rules: str | None) -> None:
    """Publish what the run knows: the moment from which its journal is not needed any more."""
    documents = [one.document for one in outcomes]
    written = [row for row in documents if row["status"] != Status.SKIPPED_UNCHANGED]
    touched = {path.rpartition("/")[0] for row in written for path in files_of(row).values()}
    folder.sync(sorted(touched))
    write_documents(folder, documents, _timings(folder, outcomes))
    describe(folder)
    write_run(folder, documents, rules)
    journal.close(folder)
    folder.remove_folder(ASIDE)


def _timings(folder: Folder, outcomes: list[FileOutcome]) -> list[Mapping[str, Any]]:
    """Give what each file cost when it was last parsed."""
    before = {row["plan_id"]: row for row in read_single(folder, TIMINGS.name).to_pylist()}
    found = (
        one.timing or {**before.get(one.plan_id, {}), "source": one.source}
        for one in outcomes
        if one.status != Status.DUPLICATE
    )
    return [row for row in found if "seconds" in row]


def _report(
    outcomes: list[FileOutcome], schedule: Schedule, settings: RunSettings, seconds: float
) -> RunReport:
    gone = tuple(sorted(str(row["source"]) for row in schedule.gone))
    return RunReport(tuple(outcomes), seconds, gone, len(gone) if settings.prune else 0)


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
