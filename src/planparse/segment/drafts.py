"""Measures while they are being put together: text lines, not yet texts."""

from __future__ import annotations

from dataclasses import dataclass, field

from planparse.datamodel.layout import TextLine
from planparse.datamodel.plan import DepartmentRole
from planparse.datamodel.problem import ProblemCode


@dataclass(slots=True)
class Titled:
    """A numbered title: an aspect, a strategy or a task. ``number`` is empty where none stands."""

    number: list[TextLine]
    printed_number: str | None
    lines: list[TextLine]


@dataclass(slots=True)
class PointDraft:
    """A point inside a measure."""

    number: TextLine
    printed_number: str
    lines: list[TextLine] = field(default_factory=list)


@dataclass(slots=True)
class DepartmentDraft:
    """A department: the lines (or parts of lines) that print it, separators included."""

    role: DepartmentRole
    lines: list[TextLine]
    name: str
    printed: str
    known: bool


@dataclass(slots=True)
class ExtraDraft:
    """Text of a column without a role."""

    column: str
    lines: list[TextLine]


@dataclass(slots=True)
class MeasureDraft:
    """A measure. ``row`` and ``row_end`` bound the rows of its practice cell (end exclusive)."""

    row: int
    row_end: int
    aspect: Titled | None
    strategy: Titled | None
    task: Titled | None
    number: TextLine | None = None
    printed_number: str | None = None
    style: str | None = None
    lines: list[TextLine] = field(default_factory=list)
    points: list[PointDraft] = field(default_factory=list)
    departments: list[DepartmentDraft] = field(default_factory=list)
    periods: list[TextLine] = field(default_factory=list)
    extras: list[ExtraDraft] = field(default_factory=list)
    problems: list[tuple[ProblemCode, str]] = field(default_factory=list)
    stand_in: list[TextLine] = field(default_factory=list)
    _tops: dict[int, float] | None = None

    def own_lines(self) -> list[TextLine]:
        """Give number, text and points in reading order."""
        found = [self.number] if self.number is not None else []
        found += self.lines
        for point in self.points:
            found += [point.number, *point.lines]
        return found

    def beside(self) -> list[TextLine]:
        """Give the lines that departments stand beside: the task's where the text is empty."""
        return self.own_lines() or self.stand_in

    def tops(self) -> dict[int, float]:
        """Give by page the middle of the first line that it has there, pages in order.

        Worked out once: ask when all its lines are there.
        """
        if self._tops is None:
            self._tops = {}
            for line in self.beside():
                self._tops.setdefault(line.page, line.middle)
        return self._tops
