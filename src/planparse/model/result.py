"""The result of parsing one file: its plan, marked with its problems, with boxes as displayed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import takewhile
from typing import Any, TypeVar

from planparse.model.geometry import Box
from planparse.model.page import Page, Repair
from planparse.model.plan import FieldPlace, PageBox, Plan, Record
from planparse.model.problem import Problem, ProblemCode, Severity, Stage, Status
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
        """The status that follows from the problems."""
        refusing = [one.code for one in self.problems if one.severity is Severity.REFUSED]
        if refusing:
            return next((_ENDED_BY[code] for code in refusing if code in _ENDED_BY), Status.REFUSED)
        if any(problem.severity is Severity.WARNING for problem in self.problems):
            return Status.PARSED_WITH_PROBLEMS
        return Status.PARSED if self.plan is not None else Status.REFUSED


def mark_measures(plan: Plan, problems: Iterable[Problem]) -> Plan:
    """Return the plan whose measures have the codes of the problems that touch them."""
    codes: dict[int, set[str]] = {}
    for problem in problems:
        if problem.measure is not None:
            codes.setdefault(problem.measure, set()).add(str(problem.code))
    return _with_codes(plan, codes) if codes else plan


def _with_codes(plan: Plan, codes: Mapping[int, set[str]]) -> Plan:
    measures = tuple(
        one.model_copy(
            update={"problem_codes": tuple(sorted({*one.problem_codes, *codes[one.seq]}))}
        )
        if one.seq in codes
        else one
        for one in plan.measures
    )
    return plan.model_copy(update={"measures": measures})


_NOTE = "published all the same, because it was asked for: "


def publish_incomplete(result: ParseResult) -> ParseResult:
    """Return the result with warnings, marked on every measure, for what refuses its plan.

    A result without a plan, or with a plan that nothing refuses, comes back as it is.
    """
    codes = {str(one.code) for one in result.problems if one.severity is Severity.REFUSED}
    if result.plan is None or not codes:
        return result
    problems = tuple(
        replace(one, severity=Severity.WARNING, message=_NOTE + one.message)
        if one.severity is Severity.REFUSED
        else one
        for one in result.problems
    )
    plan = _with_codes(result.plan, dict.fromkeys([m.seq for m in result.plan.measures], codes))
    return replace(result, plan=plan, problems=problems)


Moved = Mapping[int, Page]
AnyRecord = TypeVar("AnyRecord", bound=Record)


def moved_pages(pages: Sequence[Page]) -> dict[int, Page]:
    """Return by number the pages that were turned, or parted from a sheet, to be read."""
    return {page.number: page for page in pages if not page.is_as_displayed}


def display_plan(plan: Plan, moved: Moved) -> Plan:
    """Return the plan with every box of a moved page where the file's page as displayed has it."""
    return _displayed(plan, moved) if moved else plan


def display_problem(problem: Problem, moved: Moved) -> Problem:
    """Return the problem with its box on the page as displayed; extraction's are there already."""
    if not moved or problem.stage is Stage.EXTRACT:
        return problem
    message = _renumbered(problem.message, moved)
    page = moved.get(problem.page or 0)
    if page is None:
        return replace(problem, message=message)
    box = None if problem.box is None else page.displayed(problem.box)
    return replace(problem, message=message, page=page.file_page, box=box)


def _renumbered(message: str, moved: Moved) -> str:
    """Return a message that names the file's pages."""
    first, *rest = message.split("page ")
    parts = [first]
    for part in rest:
        digits = "".join(takewhile(str.isdigit, part))
        page = moved.get(int(digits or 0))
        parts.append(part if page is None else f"{page.file_page}{part[len(digits) :]}")
    return "page ".join(parts)


def display_ledger(ledger: Ledger, moved: Moved) -> Ledger:
    """Return the account with the glyphs' ordinals on the file's pages."""

    def placed(glyphs: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
        return tuple(
            (moved[page].file_page, moved[page].file_ordinal(at)) if page in moved else (page, at)
            for page, at in glyphs
        )

    return replace(ledger, missing=placed(ledger.missing), doubled=placed(ledger.doubled))


def _displayed(record: AnyRecord, moved: Moved) -> AnyRecord:
    if isinstance(record, PageBox | FieldPlace):
        return _moved(record, moved)
    changes: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, tuple) and value and isinstance(value[0], Record):
            changes[name] = tuple(_displayed(one, moved) for one in value)
        elif name in ("page_first", "page_last") and value in moved:
            changes[name] = moved[value].file_page
    return record.model_copy(update=changes) if changes else record


def _moved(record: AnyRecord, moved: Moved) -> AnyRecord:
    page = moved.get(record.page)  # type: ignore[attr-defined]
    if page is None:
        return record
    sides = ("left", "top", "right", "bottom")
    box = page.displayed(Box(*(getattr(record, side) for side in sides)))
    update = {side: getattr(box, side) for side in sides}
    return record.model_copy(update={**update, "page": page.file_page})
