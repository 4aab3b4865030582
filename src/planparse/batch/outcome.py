"""What became of each file of a run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planparse.datamodel.problem import Problem, Severity


@dataclass(frozen=True, slots=True)
class FileOutcome:
    """One file. ``status`` is a Status or ``duplicate``: the same content as an earlier file.

    ``rows`` counts what was published, by table. ``district`` is None where it is not known.
    """

    source_file: str
    sha256: str
    plan_id: str
    status: str
    district: str | None = None
    roc_year: int | None = None
    page_count: int | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    seconds: float = 0.0
    seconds_by_stage: Mapping[str, float] = field(default_factory=dict)

    @property
    def refusals(self) -> list[Problem]:
        """The problems that kept the file's rows from being published."""
        return [problem for problem in self.problems if problem.severity is Severity.REFUSED]


@dataclass(frozen=True, slots=True)
class RunReport:
    """A whole run, files in the order of their names whatever order they were done in."""

    outcomes: tuple[FileOutcome, ...]
    seconds: float
