"""Measures while they are being put together: text lines, not yet texts, and their provenance."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from planparse.lexicon.numbering import Label
from planparse.model.geometry import Box
from planparse.model.plan import ColumnRole, DepartmentRole, FieldPlace
from planparse.model.problem import ProblemCode
from planparse.model.table import TextLine

#: The roles of the labels beside a measure, from the highest down.
LABELS = (ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.TASK)

#: A glyph of the document: its page and its ordinal there.
Glyph = tuple[int, int]


@dataclass(slots=True)
class Titled:
    """A numbered title: an aspect, a strategy or a task. ``number`` is empty where none stands."""

    number: list[TextLine]
    printed_number: str | None
    lines: list[TextLine]

    @property
    def all_lines(self) -> list[TextLine]:
        """The lines of number and title; there is at least one."""
        return [*self.number, *self.lines]

    @property
    def place(self) -> Glyph:
        """The first glyph: no two labels share it."""
        run = self.all_lines[0].runs[0]
        return run.page, run.first

    @property
    def glyphs(self) -> str:
        """Number and title as printed, without white space."""
        return (self.printed_number or "") + "".join(line.glyphs for line in self.lines)


@dataclass(slots=True)
class PointBuilder:
    """A point inside a measure."""

    number: TextLine
    printed_number: str
    lines: list[TextLine] = field(default_factory=list)
    label: Label | None = None


@dataclass(slots=True)
class DepartmentBuilder:
    """A department: the lines (or parts of lines) that print it, separators included."""

    role: DepartmentRole
    lines: list[TextLine]
    name: str
    printed: str
    known: bool


@dataclass(slots=True)
class MeasureBuilder:
    """A measure. ``row`` and ``row_end`` bound the rows of its practice cell (end exclusive).

    ``labels`` by role: None, or absent, where none holds. ``extras`` are the lines by heading of
    the columns without a role. ``stand_in`` are the lines of its label if it has no text, ``label``
    is its number as read; ``period_numbers`` are the numbers by which its period names it.
    """

    row: int
    row_end: int
    labels: dict[ColumnRole, Titled | None] = field(default_factory=dict)
    number: TextLine | None = None
    printed_number: str | None = None
    label: Label | None = None
    lines: list[TextLine] = field(default_factory=list)
    points: list[PointBuilder] = field(default_factory=list)
    departments: list[DepartmentBuilder] = field(default_factory=list)
    periods: list[TextLine] = field(default_factory=list)
    period_numbers: list[TextLine] = field(default_factory=list)
    extras: dict[str, list[TextLine]] = field(default_factory=dict)
    problems: list[tuple[ProblemCode, str]] = field(default_factory=list)
    stand_in: list[TextLine] = field(default_factory=list)
    _tops: dict[int, float] | None = None

    def own_lines(self) -> list[TextLine]:
        """Return number, text and points in reading order."""
        found = [self.number] if self.number is not None else []
        found += self.lines
        for point in self.points:
            found += [point.number, *point.lines]
        return found

    def anchor_lines(self) -> list[TextLine]:
        """Return the lines that departments stand beside: the label's where the text is empty."""
        return self.own_lines() or self.stand_in

    def tops(self) -> Mapping[int, float]:
        """Return by page the middle of the first line that it has there, pages in order.

        Worked out once: ask when all its lines are there.
        """
        if self._tops is None:
            self._tops = {}
            for line in self.anchor_lines():
                self._tops.setdefault(line.page, line.middle)
        return self._tops

    def doubt(self, code: ProblemCode, message: str) -> None:
        """Add a problem."""
        self.problems.append((code, message))


def split_lines(lines: Sequence[TextLine], width: int) -> tuple[list[TextLine], list[TextLine]]:
    """Cut lines before glyph ``width``: in a narrow column a number or name takes several lines."""
    before: list[TextLine] = []
    after: list[TextLine] = []
    for line in lines:
        size = len(line.glyphs)
        upper, lower = (line, None) if size <= width else (None, line)
        if 0 < width < size:
            upper, lower = line.split(width)
        before += [upper] if upper is not None else []
        after += [lower] if lower is not None else []
        width -= size
    return before, after


def part_at_gaps(lines: Sequence[TextLine], together: float) -> list[tuple[TextLine, ...]]:
    """Return lines parted where they are further apart than ``together`` (points) on a page."""
    parts: list[list[TextLine]] = []
    for line in lines:
        last = parts[-1][-1] if parts else None
        if last is not None and (line.page != last.page or line.middle - last.middle <= together):
            parts[-1].append(line)
        else:
            parts.append([line])
    return [tuple(part) for part in parts]


def glyphs_of(lines: Sequence[TextLine]) -> set[Glyph]:
    """Return the glyphs of lines."""
    return {
        (run.page, run.first + at)
        for line in lines
        for run in line.runs
        for at in range(len(run.text))
    }


# A first line that starts this much further right (points) stands behind a number.
_BEHIND_NUMBER = 2.0


def boxes_of(lines: Sequence[TextLine]) -> list[tuple[int, Box]]:
    """Return the boxes around lines, one per page; a first line behind a number has its own."""
    found: list[tuple[int, Box]] = []
    for page, group in groupby(lines, key=lambda line: line.page):
        here = list(group)
        rest = here[1:]
        if rest and here[0].left > min([line.left for line in rest]) + _BEHIND_NUMBER:
            found.append((page, here[0].box))
            here = rest
        found.append((page, Box.around(line.box for line in here)))
    return found


def rounded(box: Box) -> dict[str, float]:
    """Return the edges of a box as records hold them: in hundredths of a point."""
    return {
        "left": round(box.left, 2),
        "top": round(box.top, 2),
        "right": round(box.right, 2),
        "bottom": round(box.bottom, 2),
    }


def places(
    field: str, index: int, lines: Sequence[TextLine], *, by_line: bool = False
) -> list[FieldPlace]:
    """Return the places of a field.

    ``by_line``: a box per line, for fields that may end where another one starts on the same line.
    """
    boxes = [(line.page, line.box) for line in lines] if by_line else boxes_of(lines)
    return [FieldPlace(field=field, index=index, page=page, **rounded(box)) for page, box in boxes]
