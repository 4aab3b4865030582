"""What became of each file of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from planparse.dataset.writing import PLAN_TABLES, Entry
from planparse.model.problem import Problem


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file: its rows of ``documents`` and ``timings``, and the problems that refused it.

    ``timing`` is empty where the file was not parsed in this run, nor in the one that it goes on
    with. ``retired`` are the plans whose place its rows have taken.
    """

    document: Mapping[str, Any]
    timing: Mapping[str, Any] = field(default_factory=dict)
    refusals: tuple[Problem, ...] = ()
    retired: tuple[str, ...] = ()

    @classmethod
    def of_entry(cls, entry: Entry, refusals: tuple[Problem, ...] = ()) -> FileOutcome:
        """Return the outcome that an entry of the journal tells of."""
        return cls(entry.document, entry.timing, refusals, entry.retired)

    @property
    def source(self) -> str:
        """Path in the input folder."""
        return str(self.document["source"])

    @property
    def source_file(self) -> str:
        """Name without the folder."""
        return str(self.document["source_file"])

    @property
    def plan_id(self) -> str:
        """The plan whose rows stand for the file."""
        return str(self.document["plan_id"])

    @property
    def status(self) -> str:
        """What this run did with the file."""
        return str(self.document["status"])

    @property
    def outcome(self) -> str:
        """What became of the file when it was last parsed."""
        return str(self.document["outcome"])

    @property
    def reason(self) -> str | None:
        """Why; None where it was parsed."""
        reason: str | None = self.document["reason"]
        return reason

    @property
    def rows(self) -> dict[str, int]:
        """Rows that stand for the file, by table."""
        return {table: self.document[table] for table in PLAN_TABLES}

    @property
    def seconds(self) -> float:
        """Seconds spent in this run."""
        return float(self.timing.get("seconds", 0.0))

    @property
    def seconds_by_stage(self) -> dict[str, float]:
        """Seconds by stage."""
        return {one["stage"]: one["seconds"] for one in self.timing.get("stages", ())}


@dataclass(frozen=True, slots=True)
class RunReport:
    """A whole run, files in the order of their paths whatever order they were done in.

    ``gone`` are files of the dataset that the input no longer has, ``pruned`` the number of those
    whose rows were removed.
    """

    outcomes: tuple[FileOutcome, ...]
    seconds: float
    gone: tuple[str, ...] = ()
    pruned: int = 0
