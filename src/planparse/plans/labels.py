"""Read the cells that hold for several measures, and keep what they print in force."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.lexicon.headings import without_continued
from planparse.lexicon.labels import find_named_label
from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import bare_number, find_label
from planparse.lexicon.sentences import COLONS
from planparse.model.plan import ColumnRole
from planparse.model.table import Cell, TextLine
from planparse.plans.builders import LABELS, Titled, split_lines

# A line takes this many font sizes, with the space above it.
_LINE = 1.6


def _stands_alone(lines: Sequence[TextLine], width: int) -> bool:
    """Return True if white space or a line's end follows the first ``width`` glyphs."""
    for line in lines:
        size = len(line.glyphs)
        if width == size:
            return True
        if width < size:
            first = line.runs[0]
            return width in first.spaces or len(first.text) == width
        width -= size
    return False


def read_titled(rules: Rules, lines: Sequence[TextLine]) -> Titled:
    """Return a cell's lines as number and title; ``lines`` must not be empty."""
    text = "".join(line.glyphs for line in lines)
    named = find_named_label(text)
    label = find_label(rules.numbering, text)
    bare = bare_number(text) if label is None else ""
    if named is not None and named.width < len(text):
        width, printed = named.width, named.printed
    elif label is not None:
        width, printed = label.width, label.printed
    elif bare and len(bare) < len(text) and _stands_alone(lines, len(bare)):
        width, printed = len(bare), bare
    else:
        return Titled([], None, list(lines))
    number, rest = split_lines(lines, width)
    return Titled(number, printed, rest)


class LabelsInForce:
    """The aspect, strategy and task in force; blank cells carry them on.

    ``read`` are all labels so far, each as often as it is printed; ``marks`` are the lines (or
    parts of lines) that only show that a label is printed again: （續）.
    """

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self.current: dict[ColumnRole, Titled | None] = dict.fromkeys(LABELS)
        self.read: list[Titled] = []
        self.marks: list[TextLine] = []
        self._cells: dict[ColumnRole, Cell] = {}

    def drop(self, role: ColumnRole) -> None:
        """Let no label of a role hold, nor of those below it."""
        for lower in LABELS[LABELS.index(role) :]:
            self.current[lower] = None

    def take(
        self, role: ColumnRole, cell: Cell, *, soft: bool = False, goes_on: bool = False
    ) -> bool:
        """Take a label cell; return True if another label is in force now.

        ``soft``: it starts a page; ``goes_on``: the measures beside it go on counting there.
        """
        if not cell.lines:
            return False
        before = self.current[role]
        titled = self._without_mark(before, read_titled(self._rules, cell.lines))
        above = self._cells.get(role)
        self._cells[role] = cell
        if soft and before is not None and not titled.number and not _is_again(before, titled):
            # A page break inside a label: where labels are numbered, one without a number is none.
            # 「二」 alone at the end of a page is a number once its title is there.
            whole = read_titled(self._rules, [*before.all_lines, *cell.lines])
            cut = above is not None and not _has_room(above) and _starts_high(cell)
            if whole.number or (goes_on and cut):
                before.number, before.lines = whole.number, whole.lines
                before.printed_number = whole.printed_number
                return False
        return self._take(role, titled)

    def take_lines(self, role: ColumnRole, lines: Sequence[TextLine]) -> None:
        """Take a label that stands above the table; the colon behind it is no part of it."""
        last = lines[-1]
        kept = len(last.glyphs.rstrip("".join(COLONS)))
        title, colon = last.split(kept)
        self.marks += [] if colon is None else [colon]
        self._cells.pop(role, None)
        whole = [*lines[:-1], *([] if title is None else [title])]
        self._take(role, self._without_mark(self.current[role], read_titled(self._rules, whole)))

    def _take(self, role: ColumnRole, titled: Titled) -> bool:
        before = self.current[role]
        if before is not None and _is_again(before, titled):
            if before.number and not titled.number:
                self.marks += titled.all_lines
                return False
            self.current[role] = titled
            self.read.append(titled)
            return False
        self.drop(role)
        self.current[role] = titled
        self.read.append(titled)
        return True

    def _without_mark(self, before: Titled | None, titled: Titled) -> Titled:
        """Return a label without （續） where it is the one before, printed again."""
        text = _title(titled)
        kept = without_continued(text)
        if before is None or kept == text or not text.startswith(kept):
            return titled
        lines, mark = split_lines(titled.lines, len(kept))
        again = Titled(titled.number, titled.printed_number, lines)
        if not lines or not _is_again(before, again):
            return titled
        self.marks += mark
        return again


def _is_again(before: Titled, titled: Titled) -> bool:
    """Return True if a label is the one before, printed again, with its number or without it."""
    same = _title(before) == _title(titled)
    return same and titled.printed_number in (before.printed_number, None)


def _title(titled: Titled) -> str:
    return "".join(line.glyphs for line in titled.lines)


def _has_room(cell: Cell) -> bool:
    """Return True if a cell had room for another line: then a page break did not cut it."""
    last = cell.lines[-1]
    bottom = max(place.box.bottom for place in cell.boxes if place.page == last.page)
    return bottom - last.bottom > _LINE * last.font_size


def _starts_high(cell: Cell) -> bool:
    """Return True if a cell's text starts at its top, as the rest of a label does on a new page."""
    first = cell.lines[0]
    top = min(place.box.top for place in cell.boxes if place.page == first.page)
    return first.top - top <= _LINE * first.font_size
