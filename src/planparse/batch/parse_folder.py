"""Parse every PDF of a folder into the dataset."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from planparse.batch.duplicate_plans import mark_duplicates
from planparse.batch.inputs import Source, find_sources, fingerprint, hash_all, read_rules
from planparse.batch.job import Job, Rules, RunSettings
from planparse.batch.outcome import FileOutcome, RunReport
from planparse.batch.run_jobs import run_jobs
from planparse.batch.schedule import Schedule, Scheduler
from planparse.dataset.writing import (
    Entry,
    Folder,
    State,
    close_run,
    gather,
    open_folder,
    read_state,
    recover,
    retire,
    run_lock,
    unpack,
)

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
        close_run(folder, [(one.document, one.timing) for one in outcomes], rules)
    return _report(outcomes, schedule, settings, time.perf_counter() - start)


def _prepare(
    settings: RunSettings, folder: Folder, rules: str | None, sources: list[Source]
) -> tuple[int, Schedule]:
    """Return the run's number and its work, once nothing of an interrupted run is left."""
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
        gather(folder, entries)
        yield one


def _report(
    outcomes: list[FileOutcome], schedule: Schedule, settings: RunSettings, seconds: float
) -> RunReport:
    gone = tuple(sorted(str(row["source"]) for row in schedule.gone))
    return RunReport(tuple(outcomes), seconds, gone, len(gone) if settings.prune else 0)
