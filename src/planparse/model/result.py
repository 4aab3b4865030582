"""What parsing one file gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from planparse.model.page import Repair
from planparse.model.plan import Plan
from planparse.model.problem import Problem, ProblemCode, Severity, Status
from planparse.model.provenance import Ledger

_ENDED_BY = {
    ProblemCode.NOT_A_PDF: Status.NOT_A_PDF,
    ProblemCode.DAMAGED: Status.DAMAGED,
    ProblemCode.NEEDS_PASSWORD: Status.NEEDS_PASSWORD,
    ProblemCode.NO_PLAN_TABLE: Status.NO_PLAN_TABLE,
    ProblemCode.TIMED_OUT: Status.TIMED_OUT,
    ProblemCode.OUT_OF_MEMORY: Status.OUT_OF_MEMORY,
    ProblemCode.CRASHED: Status.CRASHED,
}


@dataclass(frozen=True, slots=True)
class PageReading:
    """How a page was read: ``text_layer`` or ``ocr``, and why (None: the text layer was good)."""

    page: int
    origin: str
    why: str | None


@dataclass(frozen=True, slots=True)
class ParseResult:
    """A file's plan and problems. ``plan`` is None where nothing could be made of the file."""

    source_file: str
    sha256: str
    plan: Plan | None
    problems: tuple[Problem, ...]
    repairs: tuple[Repair, ...] = ()
    ledger: Ledger | None = None
    readings: tuple[PageReading, ...] = ()
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def status(self) -> Status:
        """The status that the problems give."""
        for problem in self.problems:
            if problem.severity is Severity.REFUSED and problem.code in _ENDED_BY:
                return _ENDED_BY[problem.code]
        if any(problem.severity is Severity.REFUSED for problem in self.problems):
            return Status.REFUSED
        if any(problem.severity is Severity.WARNING for problem in self.problems):
            return Status.PARSED_WITH_PROBLEMS
        return Status.PARSED if self.plan is not None else Status.REFUSED
