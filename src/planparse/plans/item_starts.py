"""Decide whether a number at a line's start begins an item of a list or stands in a sentence.

「依前項第⏎(2)項辦理」 and 「於⏎3、4月間」 begin lines as the next item would. No single sign parts
the two apart, so the evidence is added up: whether the number is the expected one, how the line
before ends, where numbers and further lines stand, and what follows the number.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import Label
from planparse.lexicon.sentences import (
    CLOSING,
    COLONS,
    SENTENCE_ENDS,
    ends_open,
    is_rest_of_sentence,
)
from planparse.model.table import Cell, TextLine, was_broken
from planparse.plans.builders import MeasureBuilder
from planparse.plans.line_numbers import is_joined, read_label

# Lines indented by less than this (in font sizes) stand at one indent.
SAME_INDENT = 0.45
# Lines that stand this much further right than the number above (in font sizes) hang.
HANGING = 0.75
# So many cells that begin with decimal numbers of one depth begin with no figures: 2.3人次.
_SEEN = 2
# Cells that show how this plan's cells end: so many at least.
_TELLING = 3
# Of the cells of a plan that ends its measures with 。 so many do: 96 to 100 % in the known plans,
# less than 85 % where rows of headings or remarks stand among the cells.
_USUALLY = 0.9


class _Sign(StrEnum):
    """What is seen at a line that starts with a number."""

    NEXT = "the number expected next"
    FIRST = "a first number, or a mark"
    NEXT_OF_PLAN = "next to the last one under another label"
    MISNUMBERED = "a style that counts here, but another number is due"
    UNEXPECTED = "a number that continues nothing"
    ENDED = "the line before ends a sentence"
    SHORT = "the line before was not broken for width"
    COLON = "the line before announces a list"
    CLOSED = "the line before ends with a bracket"
    FULL = "the line before was broken for width"
    UNENDED = "the line before was broken for width, in a plan that ends measures with 。"
    OPEN = "the line before ends with a word that needs another"
    OWN_INDENT = "it stands where numbers of this style do, and further lines do not"
    TEXT_INDENT = "it stands where further lines do, and numbers of this style do not"
    ELSEWHERE = "it stands where no number of this style does"
    WORDS = "what follows reads as the rest of a sentence"
    JOINED = "a digit follows: 2.24小時 is a number of the list, or a decimal fraction"


# In favour of an item where the sum is positive. Chosen so that two signs that agree outweigh one
# that does not; tried on the known plans, on drawn ones with and without hanging indents, and on
# plans whose lines were broken on purpose before (2) 項 and 3、4 月.
_WEIGHTS: Mapping[_Sign, int] = {
    _Sign.NEXT: 2,
    _Sign.FIRST: 0,
    _Sign.NEXT_OF_PLAN: 1,
    _Sign.MISNUMBERED: -2,
    _Sign.UNEXPECTED: -5,
    _Sign.ENDED: 3,
    _Sign.SHORT: 2,
    _Sign.COLON: 2,
    _Sign.CLOSED: 1,
    _Sign.FULL: -1,
    _Sign.UNENDED: -3,
    _Sign.OPEN: -3,
    _Sign.OWN_INDENT: 3,
    _Sign.TEXT_INDENT: -3,
    _Sign.ELSEWHERE: -3,
    _Sign.WORDS: -2,
    _Sign.JOINED: -2,
}
# An expected number whose sum is not positive but at least this may be an item after all.
_DOUBTFUL = -1


@dataclass(slots=True)
class Scope:
    """What is known while the labels beside the practice column stay the same.

    ``last`` is the last number by style, ``indents`` where its numbers stand and ``offsets`` how
    many font sizes further right the lines below them do; ``item`` is the style and the place of
    the number above. Places are points from the cell's left border.
    """

    measure_style: str | None = None
    last: dict[str, Label] = field(default_factory=dict)
    indents: dict[str, float] = field(default_factory=dict)
    offsets: dict[str, float] = field(default_factory=dict)
    item: tuple[str, float] | None = None
    builder: MeasureBuilder | None = None
    previous: TextLine | None = None

    @property
    def hangs(self) -> bool:
        """Return True if lines below a measure's number were seen to stand right of it."""
        return self.offsets.get(self.measure_style or "", 0.0) >= HANGING

    def is_next(self, label: Label) -> bool:
        """Return True if a number goes on counting in its style: a first one does not."""
        return label.key in self.last and label.follows(self.last[label.key])


@dataclass(frozen=True, slots=True)
class ColumnFrame:
    """Where text stands in a cell: ``edge`` is the right edge of the column's text.

    ``lefts`` are the cell's left borders by page, 0 for a page without one.
    """

    edge: float
    lefts: Mapping[int, float] = field(default_factory=dict)

    @classmethod
    def of(cls, cell: Cell, edge: float) -> ColumnFrame:
        """Return the frame of a cell of the column whose text ends at ``edge``."""
        lefts: dict[int, float] = {}
        for place in cell.boxes:
            lefts[place.page] = min(place.box.left, lefts.get(place.page, place.box.left))
        return cls(edge, lefts)

    def indent(self, line: TextLine) -> float:
        """Return how far a line stands from the cell's left border, in points."""
        return line.left - self.lefts.get(line.page, 0.0)

    def is_short(self, line: TextLine, after: TextLine) -> bool:
        """Return True if ``line`` was not broken for width: what is ``after`` it had room."""
        return not was_broken(line, self.edge) and self.edge - line.right > _unbreakable(after)


def _unbreakable(line: TextLine) -> float:
    """Return the width of the Latin word or number that a line starts with, in points."""
    run = line.runs[0]
    end = 0
    while end < len(run.text) and run.text[end] < "\u0100" and (end == 0 or end not in run.spaces):
        end += 1
    return run.rights[end - 1] - run.lefts[0] if end else 0.0


class ItemStarts:
    """Weighs numbers at line starts by what the whole table shows of its lists."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._offsets: dict[str, list[float]] = {}
        self._firsts: dict[str, int] = {}
        self._cells = 0
        self._ended = 0
        self.counted: dict[str, Label] = {}

    def observe(self, cells: Iterable[Sequence[TextLine]]) -> None:
        """Note how whole cells hang and end; those without text must be left out."""
        for lines in cells:
            self._cells += 1
            self._ended += lines[-1].glyphs[-1] in SENTENCE_ENDS
            first = read_label(self._rules.numbering, lines[0])
            if first is not None:
                self._firsts[first.key] = self._firsts.get(first.key, 0) + 1
            if first is None or len(lines) == 1 or lines[1].page != lines[0].page:
                continue
            if read_label(self._rules.numbering, lines[1]) is None:
                offset = (lines[1].left - lines[0].left) / lines[0].font_size
                self._offsets.setdefault(first.key, []).append(offset)

    def begins_item(
        self, scope: Scope, frame: ColumnFrame, line: TextLine, label: Label
    ) -> tuple[bool, bool]:
        """Return whether a number begins an item, and whether the other is as likely."""
        total = self._sum(scope, frame, line, label)
        return total > 0, scope.is_next(label) and _DOUBTFUL <= total <= 0

    def _sum(self, scope: Scope, frame: ColumnFrame, line: TextLine, label: Label) -> float:
        previous = scope.previous
        if previous is None or scope.builder is None:
            return inf
        signs = [
            self._count(scope, label),
            self._ending(frame, previous, line),
            self._standing(scope, frame, line, label),
        ]
        if ends_open(previous.glyphs):
            signs.append(_Sign.OPEN)
        if is_rest_of_sentence(line.glyphs[label.width :]):
            signs.append(_Sign.WORDS)
        if is_joined(line, label):
            signs.append(_Sign.JOINED)
        return sum(_WEIGHTS[sign] for sign in signs if sign is not None)

    def _count(self, scope: Scope, label: Label) -> _Sign:
        if scope.is_next(label):
            return _Sign.NEXT
        if label.value is None or (label.key not in scope.last and self._is_first(scope, label)):
            return _Sign.FIRST
        if label.key in self.counted and label.follows(self.counted[label.key]):
            return _Sign.NEXT_OF_PLAN
        return _Sign.MISNUMBERED if label.key in scope.last else _Sign.UNEXPECTED

    def _is_first(self, scope: Scope, label: Label) -> bool:
        """Return True if a number is the first of its list: 2.1 below 2., where 2. stands."""
        above = label.levels[:-1]
        known = [one.path for one in scope.last.values()]
        return label.follows(None) and (not above or above in known or self.is_used(label))

    def is_used(self, label: Label) -> bool:
        """Return True if cells of the plan begin with numbers of a style."""
        return self._firsts.get(label.key, 0) >= _SEEN

    def begins_cell(self, line: TextLine, label: Label, above: Iterable[tuple[int, ...]]) -> bool:
        """Return True if a number that begins a cell is no figure: 1.1, but 3.5 only below 3.

        ``above`` are the numbers of the labels beside the cell.
        """
        due = label.key in self.counted and label.follows(self.counted[label.key])
        if is_joined(line, label):
            return self.is_used(label) and (due or label.follows(None))
        if not label.levels or self.is_used(label):
            return True
        return due or set(label.levels) == {1} or label.levels[:-1] in above

    def _ending(self, frame: ColumnFrame, previous: TextLine, line: TextLine) -> _Sign:
        last = previous.glyphs[-1]
        if last in SENTENCE_ENDS:
            return _Sign.ENDED
        if frame.is_short(previous, line):
            return _Sign.SHORT
        if last in COLONS:
            return _Sign.COLON
        if last in CLOSING:
            return _Sign.CLOSED
        usual = self._cells >= _TELLING and self._ended >= _USUALLY * self._cells
        return _Sign.UNENDED if usual else _Sign.FULL

    def _standing(
        self, scope: Scope, frame: ColumnFrame, line: TextLine, label: Label
    ) -> _Sign | None:
        """Return where the number stands; None where numbers and further lines stand alike."""
        near = SAME_INDENT * line.font_size
        indent = frame.indent(line)
        own = scope.indents.get(label.key)
        text = self._text_indent(scope, line)
        at_own = own is not None and abs(indent - own) <= near
        at_text = text is not None and abs(indent - text) <= near
        if own is None or (at_own and (at_text or text is None)):
            return None
        if at_own:
            return _Sign.OWN_INDENT
        return _Sign.TEXT_INDENT if at_text else _Sign.ELSEWHERE

    def _text_indent(self, scope: Scope, line: TextLine) -> float | None:
        """Return where a further line of the item above stands; None where nothing shows it."""
        if scope.item is None:
            return None
        style, left = scope.item
        offset = scope.offsets.get(style, self._usual_offset(style))
        return None if offset is None else left + offset * line.font_size

    def _usual_offset(self, style: str) -> float | None:
        """Return how far lines hang in all cells; None where cells differ, or none shows it."""
        offsets = self._offsets.get(style)
        if not offsets or max(offsets) - min(offsets) > 2 * SAME_INDENT:
            return None
        return sum(offsets) / len(offsets)
