"""Measures while they are being put together: text lines, not yet texts, and their provenance."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import attrgetter

from planparse.model.geometry import Box
from planparse.model.plan import DepartmentRole, FieldPlace
from planparse.model.problem import ProblemCode
from planparse.model.table import TextLine


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


_page_of = attrgetter("page")

# A first line that starts this much further right (points) stands behind a number.
_BEHIND_NUMBER = 2.0


def _around(lines: Sequence[TextLine]) -> Box:
    """Give the box around lines."""
    return Box(
        min([line.left for line in lines]),
        min([line.top for line in lines]),
        max([line.right for line in lines]),
        max([line.bottom for line in lines]),
    )


def boxes_of(lines: Sequence[TextLine]) -> list[tuple[int, Box]]:
    """Give the boxes around lines, one a page; a first line behind a number has its own."""
    if len(lines) == 1:
        return [(lines[0].page, lines[0].box)]
    found: list[tuple[int, Box]] = []
    for page, group in groupby(lines, key=_page_of):
        here = list(group)
        rest = here[1:]
        if rest and here[0].left > min([line.left for line in rest]) + _BEHIND_NUMBER:
            found.append((page, here[0].box))
            here = rest
        found.append((page, _around(here)))
    return found


def places(
    field: str, index: int, lines: Sequence[TextLine], *, by_line: bool = False
) -> list[FieldPlace]:
    """Give the places of a field, rounded to hundredths of a point.

    ``by_line``: a box a line, for fields that may end where another one starts on the same line.
    """
    if by_line or len(lines) == 1:
        return [_field_place(field, index, line.page, line) for line in lines]
    return [_field_place(field, index, page, box) for page, box in boxes_of(lines)]


def _field_place(field: str, index: int, page: int, around: TextLine | Box) -> FieldPlace:
    return FieldPlace(
        field=field,
        index=index,
        page=page,
        left=round(around.left, 2),
        top=round(around.top, 2),
        right=round(around.right, 2),
        bottom=round(around.bottom, 2),
    )
