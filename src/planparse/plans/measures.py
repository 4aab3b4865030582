"""Split practice cells into measures and points, line by line.

A line starts a measure when it starts with a number that begins an item (``item_starts`` weighs
that), or when it starts a paragraph at the numbers' indent and the columns beside it start anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from planparse.lexicon.figures import find_figures
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import Label, find_label, is_unknown_number
from planparse.lexicon.sentences import SENTENCE_ENDS
from planparse.model.plan import ColumnRole
from planparse.model.problem import ProblemCode
from planparse.model.table import Cell, TextLine
from planparse.plans.builders import MeasureBuilder, PointBuilder, Titled
from planparse.plans.item_starts import (
    HANGING,
    SAME_INDENT,
    ColumnFrame,
    ItemStarts,
    Scope,
)
from planparse.plans.line_numbers import is_joined, read_label, read_labels

# Ranks up to this one number measures; marks beyond it number points of an open text.
_LAST_MEASURE_RANK = 5
# The middles of lines of two columns that are level differ by so many font sizes at most.
_LEVEL = 0.6
# Rows that show whether a row of this plan holds one measure: so many at least.
_TELLING = 3


@dataclass(frozen=True, slots=True)
class PracticeCell:
    """A practice cell to split.

    ``continued``: it goes on over a page break from the cell before. ``starts``: (page, middle) of
    the lines where every column beside starts anew. ``labels`` hold for its measures.
    """

    row: int
    row_end: int
    lines: Sequence[TextLine]
    continued: bool
    frame: ColumnFrame
    starts: Sequence[tuple[int, float]]
    labels: Mapping[ColumnRole, Titled | None] = field(default_factory=dict)


class Splitter:
    """Splits the practice cells of one plan, in order."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.scope = Scope()
        self.builders: list[MeasureBuilder] = []
        self._measure_styles: set[str] = set()
        self._items = ItemStarts(rules)
        self._cells = 0

    @property
    def one_a_row(self) -> bool:
        """Return True if no row so far held more than one measure, and enough were read."""
        return self._cells >= _TELLING and len(self.builders) <= self._cells

    def expect(self, cells: Iterable[Cell]) -> None:
        """Note the numbers that whole cells start with: they number measures in all cells."""
        texts = [cell.lines for cell in cells if cell.lines]
        self._items.observe(texts)
        for lines in texts:
            label = read_label(self._rules.numbering, lines[0])
            if label is not None:
                self._measure_styles.add(label.key)

    def new_scope(self) -> None:
        """Start anew: another aspect, strategy or task."""
        self.scope = Scope()

    def split(self, cell: PracticeCell) -> None:
        """Split one cell; the measures go to ``builders``."""
        if not cell.continued:
            self.scope.previous = None
            self._cells += bool(cell.lines)
        for line in cell.lines:
            self._take(cell, line)
            self.scope.previous = line

    def goes_on(self, cell: PracticeCell) -> bool:
        """Return True if a cell on top of a page goes on counting from the cell before."""
        line = cell.lines[0] if cell.lines else None
        label = None if line is None else read_label(self._rules.numbering, line)
        if line is None or label is None or not self.scope.is_next(label):
            return False
        return self._items.begins_item(self.scope, cell.frame, line, label)[0]

    def _take(self, cell: PracticeCell, line: TextLine) -> None:
        scope = self.scope
        label = self._label(cell, line)
        begins, doubtful = False, False
        if label is not None:
            begins, doubtful = self._items.begins_item(scope, cell.frame, line, label)
            opens = is_joined(line, label) and not scope.is_next(label)
            doubtful = doubtful or (opens and begins and scope.previous is not None)
        builder = scope.builder
        if label is not None and begins:
            if builder is None or self._numbers_measure(cell, line, label):
                self._start_measure(cell, line, label)
            else:
                self._start_point(builder, cell, line, label)
        elif builder is None or scope.previous is None or self._is_paragraph(cell, line):
            self._start_measure(cell, line, None)
        else:
            self._continue(builder, cell, line)
        if scope.builder is not None:
            scope.builder.row_end = max(scope.builder.row_end, cell.row_end)
            if doubtful or (label is None and self._looks_numbered(cell, line)):
                message = f"「{line.text}」 may begin an item of its own; look at the page"
                scope.builder.doubt(ProblemCode.NUMBERING_AMBIGUOUS, message)

    def _looks_numbered(self, cell: PracticeCell, line: TextLine) -> bool:
        """Return True if a line may begin with a number that was taken for text."""
        previous = self.scope.previous
        parted = previous is None or (
            previous.glyphs[-1] in SENTENCE_ENDS or cell.frame.is_short(previous, line)
        )
        if not parted or not is_unknown_number(line.glyphs):
            return False
        return all(figure.at > 0 for figure in find_figures(line.text, self._rules.figures))

    def _label(self, cell: PracticeCell, line: TextLine) -> Label | None:
        """Return the number that a line starts with, as it goes on counting; None for a figure."""
        labels = [*read_labels(self._rules.numbering, line)]
        due = [label for label in labels if self.scope.is_next(label)]
        if self.scope.previous is None:
            beside = [number for one in cell.labels.values() if one for number in self._path(one)]
            labels = [one for one in labels if self._items.begins_cell(line, one, beside)]
        else:
            labels = [one for one in labels if not is_joined(line, one) or self._opens(one)]
        return next((one for one in due if one in labels), labels[0] if labels else None)

    def _opens(self, label: Label) -> bool:
        """Return True if a number that a digit follows is due, or opens a list: 1.24小時服務."""
        opens = label.key not in self.scope.last and label.follows(None) and not label.levels
        return opens or self.scope.is_next(label)

    def _path(self, titled: Titled) -> list[tuple[int, ...]]:
        label = find_label(self._rules.numbering, titled.glyphs)
        return [] if label is None else [label.path]

    def _numbers_measure(self, cell: PracticeCell, line: TextLine, label: Label) -> bool:
        """Return True if a number counts measures here, or points of the measure before."""
        scope = self.scope
        name = label.key
        if scope.previous is None:
            return True
        if scope.measure_style is not None:
            return name == scope.measure_style
        if label.rank <= _LAST_MEASURE_RANK:
            return True
        # Marks under a text without a number: measures where the columns beside start anew, or
        # where the plan numbers its measures so elsewhere.
        return name in self._measure_styles or self._beside(cell, line)

    @staticmethod
    def _beside(cell: PracticeCell, line: TextLine) -> bool:
        return any(
            page == line.page and abs(middle - line.middle) <= _LEVEL * line.font_size
            for page, middle in cell.starts
        )

    def _is_paragraph(self, cell: PracticeCell, line: TextLine) -> bool:
        """Return True if a line without a number starts a measure of its own."""
        scope = self.scope
        previous = scope.previous
        if previous is None or previous.glyphs[-1] not in SENTENCE_ENDS:
            return False
        beside = self._beside(cell, line)
        if scope.measure_style is not None and scope.hangs:
            indent = scope.indents[scope.measure_style]
            outdented = cell.frame.indent(line) <= indent + SAME_INDENT * line.font_size
            return outdented and (beside or not cell.starts)
        return beside and cell.frame.is_short(previous, line)

    def _start_measure(self, cell: PracticeCell, line: TextLine, label: Label | None) -> None:
        scope = self.scope
        builder = MeasureBuilder(cell.row, cell.row_end, dict(cell.labels))
        scope.builder = builder
        scope.item = None
        self.builders.append(builder)
        rest: TextLine | None = line
        if label is not None:
            name = label.key
            builder.number, rest = line.split(label.width)
            builder.printed_number = label.printed
            builder.label = label
            self._check_count(builder, label)
            scope.last = {} if label.value is None else {name: label}
            left = cell.frame.indent(line)
            scope.indents = {name: left}
            scope.item = (name, left)
            scope.measure_style = name
            self._measure_styles.add(name)
            if label.value is not None:
                self._items.counted[name] = label
        if rest is not None:
            builder.lines.append(rest)

    def _check_count(self, builder: MeasureBuilder, label: Label) -> None:
        last = self.scope.last.get(label.key)
        counted = self._items.counted.get(label.key)
        if label.value is None or label.follows(last) or (counted and label.follows(counted)):
            return
        if last is None:
            if self.scope.builder is builder and self.scope.measure_style is None:
                message = f"the first number is {label.printed}"
                builder.doubt(ProblemCode.NUMBERING_GAP, message)
        elif label.path == last.path:
            message = f"number {label.printed} stands twice"
            builder.doubt(ProblemCode.NUMBERING_REPEAT, message)
        else:
            message = f"number {label.printed} follows number {last.path[-1]}"
            builder.doubt(ProblemCode.NUMBERING_GAP, message)

    def _start_point(
        self, builder: MeasureBuilder, cell: PracticeCell, line: TextLine, label: Label
    ) -> None:
        scope = self.scope
        name = label.key
        number, rest = line.split(label.width)
        if number is None:
            raise AssertionError("a number without glyphs")
        lines = [] if rest is None else [rest]
        builder.points.append(PointBuilder(number, label.printed, lines, label))
        left = cell.frame.indent(line)
        scope.indents.setdefault(name, left)
        scope.item = (name, left)
        if label.value is not None:
            scope.last[name] = label

    def _continue(self, builder: MeasureBuilder, cell: PracticeCell, line: TextLine) -> None:
        scope = self.scope
        lines = builder.points[-1].lines if builder.points else builder.lines
        lines.append(line)
        if scope.item is not None:
            style, left = scope.item
            offset = (cell.frame.indent(line) - left) / line.font_size
            if len(lines) == 2 or offset >= HANGING:
                scope.offsets[style] = offset
