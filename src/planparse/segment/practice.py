"""Split practice cells into measures and points, line by line.

A line starts a measure when it starts with a number that goes on counting, or when it starts a
paragraph at the numbers' indent and the columns beside it start anew. What looks like a number
inside a sentence (a line that happens to start with "(107)年") does neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from planparse.datamodel.layout import Cell, TextLine
from planparse.datamodel.problem import ProblemCode
from planparse.lexicon.numbering import Label, find_label
from planparse.segment.drafts import MeasureDraft, PointDraft, Titled
from planparse.segment.load_rules import Rules

_SENTENCE_END = frozenset("。；！？!?;")
_BREAK_END = _SENTENCE_END | frozenset("：:）)」』")
# A line that leaves this many font sizes free at the right was not broken for width.
_SHORT = 1.7
# Lines indented by less than this (in font sizes) stand at one indent.
_SAME_INDENT = 0.45
_HANGING = 0.75
# Ranks up to this one number measures; marks beyond it number points of an open text.
_LAST_MEASURE_RANK = 5
# Rows that must have been read to tell whether a row holds one measure.
_TELLING = 3


@dataclass(slots=True)
class Scope:
    """What is known while the labels beside the practice column stay the same.

    ``last`` is the last value by style, ``indents`` the left edges of its numbers, ``hang`` the
    left edge of the lines after a numbered one, None until one was seen.
    """

    measure_style: str | None = None
    measure_rank: int = 0
    last: dict[str, int] = field(default_factory=dict)
    indents: dict[str, float] = field(default_factory=dict)
    point_styles: list[str] = field(default_factory=list)
    hang: float | None = None
    draft: MeasureDraft | None = None
    previous: TextLine | None = None


@dataclass(frozen=True, slots=True)
class PracticeCell:
    """A practice cell to split.

    ``continued``: it goes on over a page break from the cell before. ``edge``: right edge of the
    column's text. ``starts``: (page, middle) of the lines where every column beside starts anew.
    """

    row: int
    row_end: int
    lines: Sequence[TextLine]
    continued: bool
    edge: float
    starts: Sequence[tuple[int, float]]
    aspect: Titled | None
    strategy: Titled | None
    task: Titled | None


class Splitter:
    """Splits the practice cells of one plan, in order."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.scope = Scope()
        self.drafts: list[MeasureDraft] = []
        self._measure_styles: set[str] = set()
        self._counted: dict[str, int] = {}
        self._cells = 0

    @property
    def one_a_row(self) -> bool:
        """Tell whether no row so far held more than one measure, in as many as tell."""
        return self._cells >= _TELLING and len(self.drafts) <= self._cells

    def expect(self, cells: Iterable[Cell]) -> None:
        """Note the numbers that whole cells start with: they number measures in all cells."""
        for cell in cells:
            label = find_label(self._rules.numbering, cell.lines[0].glyphs) if cell.lines else None
            if label is not None:
                self._measure_styles.add(label.key)

    def new_scope(self) -> None:
        """Start anew: another aspect, strategy or task."""
        self.scope = Scope()

    def split(self, cell: PracticeCell) -> None:
        """Split one cell; the measures go to ``drafts``."""
        if not cell.continued:
            self.scope.previous = None
            self._cells += bool(cell.lines)
        for line in cell.lines:
            self._take(cell, line)
            self.scope.previous = line

    def _take(self, cell: PracticeCell, line: TextLine) -> None:
        scope = self.scope
        label = find_label(self._rules.numbering, line.glyphs)
        if label is not None and self._counts(cell, line, label):
            if self._numbers_measure(cell, line, label):
                self._start_measure(cell, line, label)
            else:
                self._start_point(line, label)
        elif scope.draft is None or scope.previous is None or self._is_paragraph(cell, line):
            self._start_measure(cell, line, None)
        else:
            self._continue(line)
        if self.scope.draft is not None:
            self.scope.draft.row_end = max(self.scope.draft.row_end, cell.row_end)

    def _breaks(self, cell: PracticeCell) -> bool:
        """Tell whether the line before may end a paragraph."""
        previous = self.scope.previous
        if previous is None:
            return True
        return previous.glyphs[-1] in _BREAK_END or self._short(cell, previous)

    @staticmethod
    def _short(cell: PracticeCell, line: TextLine) -> bool:
        return cell.edge - line.right > _SHORT * line.font_size

    def _at_indent(self, line: TextLine, style: str) -> bool:
        indent = self.scope.indents.get(style)
        return indent is None or abs(line.left - indent) <= _SAME_INDENT * line.font_size

    def _counts(self, cell: PracticeCell, line: TextLine, label: Label) -> bool:
        """Tell whether a number at a line's start counts measures or points here."""
        scope = self.scope
        name = label.key
        if scope.previous is None or scope.draft is None:
            return True
        breaks = self._breaks(cell)
        if label.value is None:
            return breaks and (name not in scope.indents or self._at_indent(line, name))
        expected = scope.last.get(name, 0) + 1
        if label.value == expected:
            hangs = scope.hang is not None and name == scope.measure_style
            return breaks or (hangs and self._at_indent(line, name)) or label.value > 1
        if label.value == self._counted.get(name, 0) + 1 and breaks:
            return True
        if name not in scope.last or not breaks or not self._at_indent(line, name):
            return False
        # Misnumbered plans: a number is skipped or printed twice, at the numbers' own indent.
        return scope.hang is not None or self._sentence_ended()

    def _sentence_ended(self) -> bool:
        previous = self.scope.previous
        return previous is not None and previous.glyphs[-1] in _SENTENCE_END

    def _numbers_measure(self, cell: PracticeCell, line: TextLine, label: Label) -> bool:
        """Tell whether a number counts measures here, or points of the measure before."""
        scope = self.scope
        name = label.key
        if scope.previous is None:
            return True
        if scope.measure_style is not None:
            return name == scope.measure_style
        if scope.draft is None or label.style.rank <= _LAST_MEASURE_RANK:
            return True
        # Marks under a text without a number: measures where the columns beside start anew, or
        # where the plan numbers its measures so elsewhere.
        return name in self._measure_styles or self._beside(cell, line)

    @staticmethod
    def _beside(cell: PracticeCell, line: TextLine) -> bool:
        return any(
            page == line.page and abs(middle - line.middle) <= 0.6 * line.font_size
            for page, middle in cell.starts
        )

    def _is_paragraph(self, cell: PracticeCell, line: TextLine) -> bool:
        """Tell whether a line without a number starts a measure of its own."""
        scope = self.scope
        previous = scope.previous
        if previous is None or previous.glyphs[-1] not in _SENTENCE_END:
            return False
        beside = self._beside(cell, line)
        if scope.measure_style is not None and scope.hang is not None:
            indent = scope.indents[scope.measure_style]
            outdented = line.left <= indent + _SAME_INDENT * line.font_size
            return outdented and (beside or not cell.starts)
        return beside and self._short(cell, previous)

    def _start_measure(self, cell: PracticeCell, line: TextLine, label: Label | None) -> None:
        scope = self.scope
        draft = MeasureDraft(cell.row, cell.row_end, cell.aspect, cell.strategy, cell.task)
        scope.draft = draft
        scope.point_styles = []
        self.drafts.append(draft)
        rest: TextLine | None = line
        if label is not None:
            name = label.key
            draft.number, rest = line.split(label.width)
            draft.printed_number = label.printed
            draft.style = name
            self._check_count(draft, label)
            measure_last = {} if label.value is None else {name: label.value}
            scope.last = measure_last
            scope.indents = {name: line.left}
            if scope.measure_style != name:
                scope.hang = None
            scope.measure_style, scope.measure_rank = name, label.style.rank
            self._measure_styles.add(name)
            if label.value is not None:
                self._counted[name] = label.value
        if rest is not None:
            draft.lines.append(rest)

    def _check_count(self, draft: MeasureDraft, label: Label) -> None:
        last = self.scope.last.get(label.key)
        if label.value is None or (last is None and label.value == 1):
            return
        if label.value == self._counted.get(label.key, 0) + 1:
            return
        if last is None:
            if self.scope.draft is draft and self.scope.measure_style is None:
                message = f"the first number is {label.printed}"
                draft.problems.append((ProblemCode.NUMBERING_GAP, message))
            return
        if label.value == last:
            message = f"number {label.printed} stands twice"
            draft.problems.append((ProblemCode.NUMBERING_REPEAT, message))
        elif label.value != last + 1:
            message = f"number {label.printed} follows number {last}"
            draft.problems.append((ProblemCode.NUMBERING_GAP, message))

    def _start_point(self, line: TextLine, label: Label) -> None:
        scope = self.scope
        name = label.key
        if scope.draft is None:
            raise AssertionError("a point without a measure")
        number, rest = line.split(label.width)
        if number is None:
            raise AssertionError("a number without glyphs")
        scope.draft.points.append(PointDraft(number, label.printed, [] if rest is None else [rest]))
        scope.indents.setdefault(name, line.left)
        if label.value is not None:
            scope.last[name] = label.value

    def _continue(self, line: TextLine) -> None:
        scope = self.scope
        draft = scope.draft
        if draft is None:
            raise AssertionError("a line without a measure")
        if draft.points:
            draft.points[-1].lines.append(line)
            return
        draft.lines.append(line)
        if draft.style is not None and draft.style == scope.measure_style:
            indent = scope.indents[draft.style]
            if line.left - indent >= _HANGING * line.font_size:
                scope.hang = line.left
