"""Find what may be a label that stands in no column: lines above tables, rows above headings.

    一、基礎服務                      a line above each table
    | 一、基礎服務                 |  a row above each heading row, or between rows, over all or
    | 執行策略 | 具體作法 | 承辦部門 |  some of the columns; its other cells are blank

One alone shows little: ``outer_labels`` weighs those of one kind together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from planparse.lexicon.headings import role_of_heading, without_continued
from planparse.lexicon.labels import NamedLabel, find_named_label, is_aside, role_at_end
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import Label, find_label
from planparse.lexicon.sentences import CLOSING, COLONS, PARAGRAPH_ENDS, SENTENCE_ENDS
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, Table, TextLine, was_broken
from planparse.plans.column_roles import Columns

# Glyphs and lines of a label at most. The longest strategy of the known plans has 28 glyphs.
_LONGEST = 40
_MOST_LINES = 2
# A line without number and word above a table is no first one of such rows in it: a title is.
_PLAIN_ABOVE = ("plain", "above")
# What may stand left of a row across: the number of a row, the aspect of a strategy.
_BESIDE = (ColumnRole.EXTRA, ColumnRole.ASPECT)
# A plan has an aspect and a strategy above a table, and what no label is, as a caption.
_MOST_ABOVE = 4


@dataclass(frozen=True, slots=True)
class PlanTable:
    """A table of the layout, the lines over it; ``columns`` is None where it is no plan's."""

    table: Table
    columns: Columns | None
    above: tuple[TextLine, ...] = ()


class Width(Enum):
    """How many columns a candidate lies over; a line above the table lies over all."""

    ONE = 1
    SOME = 2
    ALL = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """What may be a label: ``row`` counts from the table's first row, lines above are negative."""

    table: int
    row: int
    lines: tuple[TextLine, ...]
    width: Width
    label: Label | None
    named: NamedLabel | None
    word: ColumnRole | None
    kind: tuple[str, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Table and row, in the order of the plan."""
        return self.table, self.row

    @property
    def value(self) -> int | None:
        """What its number counts; None without a number."""
        if self.named is not None:
            return self.named.value
        return None if self.label is None else self.label.value

    @property
    def text(self) -> str:
        """Its text, without the mark of a label that is printed again."""
        return without_continued("".join(line.glyphs for line in self.lines))


def _kind(text: str, label: Label | None, word: ColumnRole | None) -> tuple[str, ...]:
    """Return what candidates of one kind share: a style of numbers, brackets, words or nothing."""
    if label is not None:
        return "number", label.key
    if text[-1] in CLOSING and not text[0].isalnum():
        return "bracket", text[0]
    return ("plain",) if word is None else ("word", word.value)


def _candidate(
    rules: Rules, table: int, row: int, lines: Sequence[TextLine], width: Width
) -> Candidate | None:
    """Return a candidate if lines look like a title: short, no sentence, no heading or remark."""
    text = without_continued("".join(line.glyphs for line in lines))
    if not text or len(text) > _LONGEST or len(lines) > _MOST_LINES:
        return None
    named = find_named_label(text)
    label = find_label(rules.numbering, text) if named is None else None
    taken = 0 if label is None else label.width
    title = text[taken if named is None else named.width :].rstrip("".join(COLONS))
    if not title or not _is_title(rules, title) or is_aside(text):
        return None
    word = named.role if named is not None else role_at_end(title)
    kind = ("named", named.role.value) if named is not None else _kind(text, label, word)
    if kind == ("plain",) and row < 0:
        kind = _PLAIN_ABOVE
    return Candidate(table, row, tuple(lines), width, label, named, word, kind)


def _is_title(rules: Rules, title: str) -> bool:
    """Return True if a text is no sentence, and names neither a column nor a remark: 備註：…"""
    starts = [title, *(title.partition(colon)[0] for colon in COLONS)]
    return not (
        any(char in SENTENCE_ENDS for char in title)
        or any(role_of_heading(rules.headings, start) is not None for start in starts)
        or is_aside(title)
    )


def _above(rules: Rules, at: int, one: PlanTable, edge: float) -> Iterator[Candidate]:
    """Yield the lines directly above a table that may be labels, from the table upwards.

    Of lines without a number or a word only the lowest may be one: titles stand above it.
    """
    lines = list(one.above)
    row = 0
    plain = False
    for _ in range(_MOST_ABOVE):
        if not lines:
            return
        row -= 1
        taken = [lines.pop()]
        if is_aside(taken[0].glyphs):
            continue
        numbered = find_label(rules.numbering, taken[0].glyphs) is not None
        if not numbered and lines and _runs_on(lines[-1], edge):
            taken.insert(0, lines.pop())
        found = _candidate(rules, at, row, taken, Width.ALL)
        if found is None or (plain and found.kind == _PLAIN_ABOVE):
            return
        plain = plain or found.kind == _PLAIN_ABOVE
        yield found


def _runs_on(line: TextLine, edge: float) -> bool:
    """Return True if a line may go on in the next one."""
    return was_broken(line, edge) and line.glyphs[-1] not in PARAGRAPH_ENDS


def _rows(rules: Rules, at: int, one: PlanTable, columns: Columns) -> Iterator[Candidate]:
    """Yield the rows with text in one cell alone that may be labels."""
    table = one.table
    by_row: dict[int, list[Cell]] = {}
    for cell in table.cells:
        by_row.setdefault(cell.row, []).append(cell)
    heading = {cell.row for cell in columns.above}
    for row, cells in sorted(by_row.items()):
        inside = row >= columns.first_row
        texts = [
            cell for cell in cells if cell.lines and not (inside and _is_beside(columns, cell))
        ]
        if len(texts) != 1 or not (inside or row in heading):
            continue
        cell = texts[0]
        if inside and not _stands_alone(columns, cell, cells):
            continue
        width = Width.SOME if cell.column_span > 1 else Width.ONE
        if not inside or cell.column_span == table.column_count - _first_column(columns):
            width = Width.ALL
        found = _candidate(rules, at, row, cell.lines, width)
        if found is not None:
            yield found


def _first_column(columns: Columns) -> int:
    """Return the first column that a row across may begin in: behind those of aspects."""
    first = [at for at, role in enumerate(columns.roles) if role not in _BESIDE]
    return first[0] if first else 0


def _is_beside(columns: Columns, cell: Cell) -> bool:
    """Return True if a cell may stand beside a row across: an aspect beside a strategy."""
    return columns.role_of(cell) in _BESIDE and cell.column < _first_column(columns)


def _stands_alone(columns: Columns, cell: Cell, cells: Sequence[Cell]) -> bool:
    """Return True if a cell begins its row and nothing else may stand beside it."""
    practice = columns.roles.index(ColumnRole.PRACTICE)
    covered = {at for one in cells for at in range(one.column, one.column + one.column_span)}
    own = set(columns.roles[cell.column : cell.column + cell.column_span])
    return (
        cell.row_span == 1
        and cell.column in (0, _first_column(columns))
        and practice in covered
        and own != {ColumnRole.EXTRA}
    )


def find_candidates(rules: Rules, tables: Sequence[PlanTable], edge: float) -> list[Candidate]:
    """Return the candidates of a plan in order; ``edge``: the right edge of text, in points."""
    found: list[Candidate] = []
    for at, one in enumerate(tables):
        if one.columns is not None:
            found += reversed(list(_above(rules, at, one, edge)))
            found += _rows(rules, at, one, one.columns)
    return found
