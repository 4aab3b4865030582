"""Join the numbers in a column of their own with the texts beside them: (1) | 受理申請。"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import Label, number_alone
from planparse.lexicon.sentences import SENTENCE_ENDS
from planparse.model.geometry import Place
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table, TextLine
from planparse.plans.builders import Glyph
from planparse.plans.column_roles import Columns

# Lines of neighbouring cells are level if their middles differ by so many font sizes at most.
_LEVEL = 0.6


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number in a column of its own; ``certain``: it is plain which line it begins."""

    label: Label
    certain: bool


def join_numbers(
    rules: Rules, table: Table, columns: Columns
) -> tuple[Table, Mapping[Glyph, OwnNumber]]:
    """Return a table whose texts begin with the numbers from the columns to their left.

    Second: those numbers of practices, by the first glyph of their line. They need no sign behind
    them (1, 一), and no other number of their cells begins a measure.
    """
    numbers: dict[Glyph, OwnNumber] = {}
    for column in sorted(columns.number_columns, reverse=True):
        table = _joined(rules, table, columns, column, numbers)
    return table, numbers


def _joined(
    rules: Rules, table: Table, columns: Columns, column: int, numbers: dict[Glyph, OwnNumber]
) -> Table:
    own = [
        cell
        for cell in table.cells
        if cell.row >= columns.first_row and (cell.column, cell.column_span) == (column, 1)
    ]
    kept = [cell for cell in table.cells if cell not in own]
    right = {at: cell for at, cell in enumerate(kept) if cell.column == column + 1}
    rows = {row: at for at, cell in right.items() for row in range(cell.row, _end(cell))}
    beside: dict[int, list[Cell]] = {}
    for cell in own:
        at = rows.get(cell.row)
        if at is not None:
            beside.setdefault(at, []).append(cell)
        elif cell.lines:
            kept.append(cell)
    for at, cell in right.items():
        if cell.row < columns.first_row:
            continue
        cells = beside.get(at, [])
        practice = columns.roles[column] is ColumnRole.PRACTICE
        lines = _level(cells, cell) if practice else _above(cells, cell)
        if practice:
            _note(rules, cells, cell.lines, lines, numbers)
        boxes = _around(chain(cell.boxes, *(one.boxes for one in cells)))
        kept[at] = replace(
            cell, column=column, column_span=cell.column_span + 1, boxes=boxes, lines=tuple(lines)
        )
    return replace(table, cells=tuple(sorted(kept, key=lambda one: (one.row, one.column))))


def _end(cell: Cell) -> int:
    return cell.row + cell.row_span


def _around(places: Iterable[Place]) -> tuple[Place, ...]:
    """Return one place per page around all places of it."""
    found: dict[int, Place] = {}
    for place in places:
        other = found.get(place.page, place)
        found[place.page] = Place(place.page, type(place.box).around((other.box, place.box)))
    return tuple(found[page] for page in sorted(found))


def _above(cells: Sequence[Cell], text: Cell) -> list[TextLine]:
    """Return the number of a label above its title."""
    return [*(line for cell in cells for line in cell.lines), *text.lines]


def _level(cells: Sequence[Cell], text: Cell) -> list[TextLine]:
    """Return lines of text that begin with their numbers.

    Numbers stand level with their texts, or in the middle of their cell: where there are as many
    sentences as numbers, the count decides. One number begins the first line.
    """
    numbers = [line for cell in cells for line in cell.lines]
    lines = list(text.lines)
    starts = _starts(lines)
    if len(numbers) == 1:
        starts = starts[:1]
    for at, number in enumerate(numbers):
        near = [
            place
            for place, line in enumerate(lines)
            if line.page == number.page
            and abs(line.middle - number.middle) <= _LEVEL * line.font_size
        ]
        if len(starts) == len(numbers):
            near = [starts[at]]
        if near:
            line = lines[near[0]]
            lines[near[0]] = TextLine((*number.runs, *line.runs), line.end)
        else:
            lines.append(number)
    return sorted(lines, key=_last_run)


def _starts(lines: Sequence[TextLine]) -> list[int]:
    """Return the lines that begin a cell, or follow the end of a sentence."""
    return [at for at in range(len(lines)) if at == 0 or lines[at - 1].glyphs[-1] in SENTENCE_ENDS]


def _last_run(line: TextLine) -> tuple[int, float]:
    return line.page, line.runs[-1].middle


def _note(
    rules: Rules,
    cells: Sequence[Cell],
    texts: Sequence[TextLine],
    lines: Sequence[TextLine],
    numbers: dict[Glyph, OwnNumber],
) -> None:
    """Note the numbers that begin lines; ``texts`` are the lines before they were joined.

    It is certain which line a number begins if that one begins a sentence.
    """
    begun = {texts[at].runs[0] for at in _starts(texts)}
    for number in (line for cell in cells for line in cell.lines):
        label = number_alone(rules.numbering, number.glyphs)
        run = number.runs[0]
        for line in lines if label is not None else ():
            if line.runs[0] == run and label is not None:
                certain = any(other in begun for other in line.runs)
                numbers[run.page, run.first] = OwnNumber(label, certain)
