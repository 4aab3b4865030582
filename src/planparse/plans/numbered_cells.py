"""Cells beside several measures that name them by number: (1)業務組 (2)–(3)電費組, 其餘：總務組."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from planparse.lexicon.departments import SEPARATORS
from planparse.lexicon.numbering import Numbering
from planparse.lexicon.references import Named, Path, Reference, find_reference
from planparse.lexicon.sentences import SENTENCE_ENDS
from planparse.model.plan import ColumnRole
from planparse.model.problem import ProblemCode
from planparse.model.table import TextLine
from planparse.plans.builders import Glyph, MeasureBuilder, glyphs_of, split_lines
from planparse.plans.side_cells import SideCell, SideReader
from planparse.plans.side_columns import Assign, Rows


@dataclass(frozen=True, slots=True)
class Part:
    """What a cell prints for some measures: ``number`` are the lines that name them."""

    builders: Sequence[MeasureBuilder]
    number: Sequence[TextLine]
    lines: Sequence[TextLine]


def _spots(numbering: Numbering, lines: Sequence[TextLine]) -> Iterable[tuple[int, Reference]]:
    """Yield where references may stand: at line starts, behind gaps and separators, in brackets."""
    text = "".join(line.glyphs for line in lines)
    places: set[int] = set()
    start = 0
    for line in lines:
        for run in line.runs:
            places |= {start, *(start + at for at in run.spaces)}
            start += len(run.text)
    after = 0
    for at, char in enumerate(text):
        parted = at in places or text[at - 1] in SEPARATORS | SENTENCE_ENDS
        if at < after or not (parted or not (char.isalnum() or char in SEPARATORS)):
            continue
        found = find_reference(numbering, text[at:])
        if found is not None:
            after = at + found.width
            yield at, found


class _Names:
    """The numbers of the measures beside a cell."""

    def __init__(self, beside: Sequence[MeasureBuilder]) -> None:
        self._beside = beside
        self._numbers = [(one, one.label) for one in beside if one.label and one.label.path]
        self.keys = {label.key for _, label in self._numbers}
        self._points = {point.label.key for one in beside for point in one.points if point.label}

    def _may_name(self, key: str | None) -> bool:
        """Return True if numbers of a key may name measures though theirs look different."""
        return key is None or (len(self.keys) == 1 and key not in self._points)

    def _one(self, key: str | None, path: Path) -> list[MeasureBuilder]:
        """Return the measures with a number: (2) may stand for 1.2 too."""
        if key in self.keys:
            return [one for one, label in self._numbers if (label.key, label.path) == (key, path)]
        if not self._may_name(key):
            return []
        return [one for one, label in self._numbers if label.path[-len(path) :] == path]

    def named(
        self, reference: Reference, before: Sequence[MeasureBuilder]
    ) -> list[MeasureBuilder] | None:
        """Return the measures that a reference names; None unless each number names one anew."""
        rest = [one for one in self._beside if all(one is not other for other in before)]
        if reference.named is Named.REST:
            return rest or None
        if reference.named is Named.ALL:
            return [*self._beside]
        found = [self._one(reference.key, path) for path in reference.paths]
        if any(len(one) != 1 or not any(one[0] is other for other in rest) for one in found):
            return None
        return [one[0] for one in found]


def find_parts(
    numbering: Numbering, lines: Sequence[TextLine], beside: Sequence[MeasureBuilder]
) -> list[Part]:
    """Return what lines print for measures that they name by number, in order.

    Empty where they do not begin so, or name what is no measure beside them, or one twice.
    """
    names = _Names(beside)
    found: list[tuple[int, int, Sequence[MeasureBuilder]]] = []
    named: list[MeasureBuilder] = []
    foreign = False
    for at, reference in _spots(numbering, lines):
        if not found and at:
            return []
        builders = names.named(reference, named)
        if builders is None and (not at or reference.key in names.keys):
            return []
        if builders is not None:
            foreign |= reference.named is Named.NUMBERS and reference.key not in names.keys
            named += builders
            found.append((at, at + reference.width, builders))
    if not found or (foreign and len(named) < len(beside)):
        return []
    ends = [*(at for at, _, _ in found[1:]), sum(len(line.glyphs) for line in lines)]
    parts: list[Part] = []
    for (at, stop, holders), end in zip(found, ends, strict=True):
        number = split_lines(split_lines(lines, stop)[0], at)[1]
        parts.append(Part(holders, number, split_lines(split_lines(lines, end)[0], stop)[1]))
    return parts if all(part.lines for part in parts) else []


class NumberedCells:
    """Assigns the cells of a column that name measures by number."""

    def __init__(
        self, numbering: Numbering, rows: Rows, reader: SideReader, shared: set[Glyph]
    ) -> None:
        self._numbering = numbering
        self._rows = rows
        self._reader = reader
        self._shared = shared

    def take(self, sides: Sequence[SideCell], assign: Assign) -> list[SideCell]:
        """Assign the cells that name measures; return the others.

        Cells that a page break may have parted are read each by itself, or else as one.
        """
        left: list[SideCell] = []
        hard_row = self._rows.hard_row
        for _, group in groupby(sides, lambda side: (side.cell.column, hard_row(side.cell.row))):
            cells = [*group]
            for read in ([[side] for side in cells], [cells]):
                found = [self._parts(one) for one in read]
                if all(parts for _, parts in found):
                    break
            for one, (beside, parts) in zip(read, found, strict=True):
                if parts:
                    self._assign(one[0], parts, beside, assign)
                else:
                    left += one
                    self._doubt_left(one, beside)
        return left

    def _parts(self, cells: Sequence[SideCell]) -> tuple[list[MeasureBuilder], list[Part]]:
        """Return the measures beside cells, and what the cells print for them; none if unclear."""
        hard_row = self._rows.hard_row
        first, row = cells[0].cell.row, hard_row(cells[0].cell.row)
        end = max(side.cell.row + side.cell.row_span for side in cells)
        beside = [
            one
            for one in self._rows.builders
            if (one.row < end and one.row_end > first)
            or (len(cells) > 1 and hard_row(one.row) == row)
        ]
        lines = [line for side in cells for line in side.cell.lines]
        return beside, find_parts(self._numbering, lines, beside) if beside and lines else []

    def _assign(
        self,
        side: SideCell,
        parts: Sequence[Part],
        beside: Sequence[MeasureBuilder],
        assign: Assign,
    ) -> None:
        for part in parts:
            entries = self._reader.part(side, part.lines)
            if len(part.builders) > 1:
                self._shared |= glyphs_of([*part.number, *part.lines])
            for builder in part.builders:
                before = len(builder.departments)
                for entry in entries:
                    assign(builder, entry, False)
                if side.role is ColumnRole.PERIOD:
                    builder.period_numbers += part.number
                else:
                    first = builder.departments[before]
                    first.lines = [*part.number, *first.lines]
        named = [one for part in parts for one in part.builders]
        message = "no number in the column beside names this measure; look at the page"
        for builder in beside:
            if all(builder is not one for one in named):
                builder.doubt(_code(side.role), message)

    def _doubt_left(self, cells: Sequence[SideCell], beside: Sequence[MeasureBuilder]) -> None:
        """Note where numbers in a cell beside several measures name none of them."""
        spots = [at for side in cells for at, _ in _spots(self._numbering, side.cell.lines)]
        if len(beside) > 1 and len(spots) > 1 and not spots[0]:
            message = "numbers in the column beside do not name the measures; look at the page"
            for builder in beside:
                builder.doubt(_code(cells[0].role), message)


def _code(role: ColumnRole) -> ProblemCode:
    period = role is ColumnRole.PERIOD
    return ProblemCode.PERIOD_AMBIGUOUS if period else ProblemCode.DEPARTMENT_AMBIGUOUS
