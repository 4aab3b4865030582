"""Decide what a run does with each file: parse it, skip it, or call it a copy."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from planparse.batch.inputs import Source
from planparse.batch.job import Job, RunSettings
from planparse.batch.outcome import FileOutcome
from planparse.dataset.writing import PLAN_TABLES, TABLES, Row, State, id_of
from planparse.model.problem import Status

GONE = "the file is no longer in the input; --prune removes its rows"


@dataclass(slots=True)
class Schedule:
    """``jobs`` are to be parsed, ``settled`` is what is known without; ``leaving`` rows go."""

    jobs: list[Job] = field(default_factory=list)
    settled: list[FileOutcome] = field(default_factory=list)
    leaving: list[Row] = field(default_factory=list)
    gone: list[Row] = field(default_factory=list)

    @property
    def parts(self) -> set[str]:
        """The files of several plans that hold rows which will change or go."""
        rows = [*self.leaving, *(row for job in self.jobs for row in job.old)]
        return {str(row["part"]) for row in rows if row["part"]}


def may_stay(row: Row, settings: RunSettings) -> bool:
    """Return True if parsing a file once more, with nothing changed, would give the same."""
    outcome = row["outcome"]
    if outcome == Status.TIMED_OUT:
        return bool(row["limit_seconds"] >= settings.timeout)
    if outcome == Status.OUT_OF_MEMORY:
        return bool(row["limit_mebibytes"] >= settings.memory)
    if outcome == Status.NEEDS_PASSWORD:
        return not settings.passwords
    return bool(outcome != Status.CRASHED)


def _copy_of(first: str, source: Source, sha256: str) -> FileOutcome:
    row = dict.fromkeys(TABLES["documents"].columns) | dict.fromkeys(PLAN_TABLES, 0)
    return FileOutcome(
        row
        | {
            "source": source.path,
            "source_file": source.path.rpartition("/")[2],
            "sha256": sha256,
            "plan_id": sha256[:16],
            "status": str(Status.DUPLICATE),
            "outcome": str(Status.DUPLICATE),
            "reason": f"the same content as {first}",
            "duplicate_plan": False,
        }
    )


class Scheduler:
    """Goes through the files in the order of their paths."""

    def __init__(
        self,
        state: State,
        settings: RunSettings,
        make_job: Callable[..., Job],
        fingerprint_of: Callable[[str], str],
    ) -> None:
        self._state = state
        self._settings = settings
        self._make_job = make_job
        self._fingerprint_of = fingerprint_of
        self._live = state.live
        self._documents = {
            row["sha256"]: row
            for row in state.documents
            if row["fingerprint"] and row["plan_id"] not in state.retired
        }
        self._by_source = {str(row["source"]): row for row in self._live.values()}
        self.schedule = Schedule()

    def _settled(self, source: Source, sha256: str, fingerprint: str) -> Mapping[str, Any] | None:
        """Return the row of a file that need not be parsed, None for one that must be."""
        entry = self._state.entries.get(sha256[:16])
        if entry is not None and entry.document["fingerprint"] == fingerprint:
            if entry.forced or not self._settings.force:
                # Done by the run that was interrupted: this one finishes it.
                return {**entry.document, "source": source.path}
            return None
        row = self._documents.get(sha256)
        if row is None or self._settings.force or row["fingerprint"] != fingerprint:
            return None
        if not may_stay(row, self._settings):
            return None
        return {**row, "source": source.path, "status": str(Status.SKIPPED_UNCHANGED)}

    def add(self, files: Iterable[tuple[Source, str | None]]) -> Schedule:
        """Return every file its place."""
        files = list(files)
        here = {sha256[:16] for _, sha256 in files if sha256}
        first: dict[str, str] = {}
        replaced: set[str] = set()
        for source, sha256 in files:
            if sha256 is not None and sha256 in first:
                self.schedule.settled.append(_copy_of(first[sha256], source, sha256))
                continue
            if sha256 is not None:
                first[sha256] = source.path
            fingerprint = self._fingerprint_of(source.path.rpartition("/")[2])
            row = self._settled(source, sha256, fingerprint) if sha256 else None
            if row is not None:
                self._settle(row)
                replaced.add(str(row["plan_id"]))
                continue
            self._parse(source, sha256, fingerprint, here, replaced)
        self._leave(here, replaced, {source.path for source, _ in files})
        return self.schedule

    def _settle(self, row: Mapping[str, Any]) -> None:
        entry = self._state.entries.get(str(row["sha256"])[:16])
        timing = {} if entry is None else {**entry.timing, "source": row["source"]}
        self.schedule.settled.append(FileOutcome(row, timing))

    def _parse(
        self, source: Source, sha256: str | None, fingerprint: str, here: set[str], seen: set[str]
    ) -> None:
        plan_id = id_of(sha256, source.path.rpartition("/")[2])
        own = self._live.get(plan_id)
        before = self._by_source.get(source.path)
        old = [] if own is None else [own]
        if before is not None and before["plan_id"] not in here and before is not own:
            old.append(before)
        seen.update(str(row["plan_id"]) for row in old)
        retired = tuple(str(row["plan_id"]) for row in old if row is not own)
        self.schedule.jobs.append(
            self._make_job(
                location=source.location,
                source=source.path,
                sha256=sha256,
                fingerprint=fingerprint,
                old=tuple(old),
                retired=retired,
            )
        )

    def _leave(self, here: set[str], seen: set[str], paths: set[str]) -> None:
        """See to plans whose content is in no file any more."""
        for plan_id, row in self._live.items():
            if plan_id in here or plan_id in seen:
                continue
            if row["source"] in paths:
                # Its file has now the content of another one, which is published already.
                self.schedule.leaving.append(row)
                continue
            self.schedule.gone.append(row)
            if self._settings.prune:
                self.schedule.leaving.append(row)
            else:
                status = {"status": str(Status.SKIPPED_UNCHANGED), "reason": GONE}
                self.schedule.settled.append(FileOutcome({**row, **status}))
