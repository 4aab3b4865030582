"""Part the cells of a column whose heading names two roles: 執行策略及具體作法, 面向／執行策略.

Such a cell prints the upper role's label first, then what stands under it:

    （一）服務友善性
    1.受理線上申請。
    2.推廣電子帳單。

All cells of the column show which numbers the labels have. What cannot be parted stays as
it is and has no label, so that each of its measures becomes a problem.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import Label, find_label
from planparse.lexicon.sentences import COMMAS, PARAGRAPH_ENDS, SENTENCE_ENDS
from planparse.model.table import Cell, Table, TextLine
from planparse.plans.column_roles import Columns
from planparse.plans.item_starts import ColumnFrame

# A label's title ends with none of these: a line that does is a measure with points below it.
_NO_TITLE = PARAGRAPH_ENDS | COMMAS


@dataclass(frozen=True, slots=True)
class Part:
    """A label's lines and those below it.

    ``label`` is empty where the label before goes on; ``unclear`` where there may be one that
    the text does not show for certain: then none holds.
    """

    label: Sequence[TextLine]
    below: Sequence[TextLine]
    unclear: bool = False


class CombinedCells:
    """Parts the cells of one column; ``cells`` are all that no page break has cut, in order."""

    def __init__(self, rules: Rules, cells: Iterable[Sequence[TextLine]]) -> None:
        self._rules = rules
        # The style of the labels' numbers: None where they have none.
        self._style: str | None = None
        self._unclear = False
        self._learn([lines for lines in cells if lines])

    def _learn(self, cells: Sequence[Sequence[TextLine]]) -> None:
        labelled: dict[str, int] = {}
        bare = False
        for lines in cells:
            first = self._find(lines[0])
            end = self._title_end(lines, 0)
            if end is None:
                continue
            if first is None:
                bare = True
            else:
                labelled[first.key] = first.rank
        if labelled:
            self._style = min(labelled, key=lambda key: labelled[key])
        # A measure with points looks like a label with measures: with labels of either kind in one
        # column, neither can be trusted.
        self._unclear = bare and bool(labelled)

    def parts(self, lines: Sequence[TextLine], frame: ColumnFrame, *, cut: bool) -> list[Part]:
        """Return a cell's lines in parts; ``cut``: a page break may have cut its row above them."""
        if self._unclear or not lines:
            return [Part((), lines, unclear=bool(lines) and not cut)]
        starts = [at for at in range(len(lines)) if self._is_label(lines, at, frame, cut)]
        found: list[Part] = []
        first = starts[0] if starts else len(lines)
        if first > 0:
            found.append(Part((), lines[:first], unclear=self._starts_otherwise(lines[0], cut)))
        for start, end in pairwise([*starts, len(lines)]):
            title = self._title_end(lines[:end], start)
            if title is None:
                found.append(Part((), lines[start:end], unclear=True))
            else:
                found.append(Part(lines[start:title], lines[title:end]))
        return found

    def _find(self, line: TextLine) -> Label | None:
        return find_label(self._rules.numbering, line.glyphs)

    def _is_label(self, lines: Sequence[TextLine], at: int, frame: ColumnFrame, cut: bool) -> bool:
        """Return True if a label may start at a line."""
        label = self._find(lines[at])
        if self._style is None:
            return at == 0 and not cut and label is None
        if label is None or label.key != self._style:
            return False
        before = lines[at - 1] if at else None
        return (
            before is None
            or before.glyphs[-1] in SENTENCE_ENDS
            or frame.is_short(before, lines[at])
        )

    def _starts_otherwise(self, line: TextLine, cut: bool) -> bool:
        """Return True if a cell of its own starts with neither a label nor a number below one."""
        return not cut and self._find(line) is None

    def _title_end(self, lines: Sequence[TextLine], start: int) -> int | None:
        """Return the line that follows a title: the first numbered one below; None if none is."""
        label = self._find(lines[start])
        rank = 0 if label is None else label.rank
        for at in range(start + 1, len(lines)):
            below = self._find(lines[at])
            if below is None:
                continue
            ends = lines[at - 1].glyphs[-1] not in _NO_TITLE
            first = label is not None or below.value in (1, None)
            return at if below.rank > rank and ends and first else None
        return None


class CombinedColumns:
    """Parts the cells of a table's columns, each by the numbers of its own column."""

    def __init__(self, rules: Rules, table: Table, columns: Columns) -> None:
        self._columns = columns
        self._soft_rows = table.soft_rows
        whole: dict[int, list[Sequence[TextLine]]] = {column: [] for column in columns.uppers}
        for cell in table.cells:
            if cell.row >= columns.first_row and cell.row not in table.soft_rows:
                whole.get(cell.column, []).append(cell.lines)
        self._cells = {column: CombinedCells(rules, lines) for column, lines in whole.items()}

    def parts(self, cell: Cell, frame: ColumnFrame) -> list[tuple[Cell | None, Cell]]:
        """Return the label cells and the cells below them that a cell is made of.

        The label is None where the one before goes on, and blank where none is certain.
        """
        combined = self._cells.get(cell.column)
        if self._columns.upper_of(cell) is None or combined is None or not cell.lines:
            return [(None, cell)]
        found: list[tuple[Cell | None, Cell]] = []
        for part in combined.parts(cell.lines, frame, cut=cell.row in self._soft_rows):
            label = replace(cell, lines=tuple(part.label)) if part.label or part.unclear else None
            found.append((label, replace(cell, lines=tuple(part.below))))
        return found
