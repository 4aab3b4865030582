"""Join the parts of a table over page breaks into one Table with cells and spans."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

from planparse.lexicon.numbering import Numbering
from planparse.model.table import Break, Table
from planparse.tables.break_evidence import ColumnBreak, PageBreak, cannot_end, counts_up
from planparse.tables.growing_cells import GrowingCell, Part, cells_of, union_edges
from planparse.tables.text_lines import note_line_ends

# A column is never blank if so many of its cells hold text and none is blank below a page's top.
# Cells; a number or remark in a column that is seldom filled says less. 3 to 8 read alike.
_OFTEN = 5
# Rows inside pages that show whether a column is ever parted alone. A form of three rows has two.
_ENOUGH_ROWS = 2


@dataclass(frozen=True, slots=True)
class _Habits:
    """How the columns of a table are set, told from all its parts.

    A blank cell that starts a page continues the one above in the ``carried`` columns: their cells
    are merged over rows, or never blank elsewhere although rows hold several numbered texts (a
    column 編號 counts the rows). Where each row holds one numbered text, a blank cell is one, even
    a leading one if its column is ``blank`` in single rows inside pages. ``never_blank`` are the
    columns with text in each of many cells. ``alone`` are the columns in which alone a row inside a
    page has text; None if too few rows show it. ``glyphs`` counts the text of a column.
    """

    carried: AbstractSet[int]
    blank: AbstractSet[int]
    never_blank: AbstractSet[int]
    alone: AbstractSet[int] | None
    glyphs: Mapping[int, int]
    numbering: Numbering | None


def _habits(parts: Sequence[Sequence[GrowingCell]], numbering: Numbering | None) -> _Habits:
    cells = list(chain.from_iterable(parts))
    glyphs: Counter[int] = Counter()
    filled: Counter[int] = Counter()
    for cell in cells:
        glyphs[cell.column] += sum(len(line.glyphs) for line in cell.lines)
        filled[cell.column] += bool(cell.lines)
    longest = {column for column, _ in glyphs.most_common(1)}
    # A row is as high as its long text: borders of other rows may part it in the lattice.
    rows = {
        (cell.boxes[0].page, cell.row): cell.row_span for cell in cells if cell.column in longest
    }
    merged = {
        cell.column
        for cell in cells
        if cell.lines and cell.row_span > rows.get((cell.boxes[0].page, cell.row), 1)
    }
    several = any(cell.column in longest and counts_up(cell.lines, numbering) for cell in cells)
    blank = {cell.column for cell in cells if not cell.lines and cell.row > 0}
    often = {column for column, count in filled.items() if count >= _OFTEN}
    never_blank = often - {cell.column for cell in _inside(parts) if not cell.lines}
    known = (never_blank, _parted_alone(parts), glyphs, numbering)
    if not several:
        return _Habits(merged, blank - merged, *known)
    return _Habits(merged | (often - blank), frozenset(), *known)


def _parted_alone(parts: Sequence[Sequence[GrowingCell]]) -> set[int] | None:
    """Return the columns whose text alone begins a row inside a page; None if few rows show it."""
    begun: dict[tuple[int, int], set[int]] = defaultdict(set)
    for at, cells in enumerate(parts):
        for cell in cells:
            if cell.row > 0 and cell.lines:
                begun[at, cell.row].add(cell.column)
    if len(begun) < _ENOUGH_ROWS:
        return None
    return {min(columns) for columns in begun.values() if len(columns) == 1}


def _inside(parts: Sequence[Sequence[GrowingCell]]) -> Iterator[GrowingCell]:
    """Yield the cells that no page break can have emptied: not those at the ends of a page."""
    for cells in parts:
        last = max((cell.row_end for cell in cells), default=0) if cells is not parts[-1] else -1
        yield from (cell for cell in cells if cell.row > 0 and cell.row_end != last)


class _PageEnd(NamedTuple):
    """How a part ends: ``closed`` by a ruling, or with a row ``begun_below`` the last one."""

    closed: bool
    begun_below: bool


class _Joining:
    """A table that grows part by part."""

    def __init__(self, cells: list[GrowingCell], rows: int, habits: _Habits) -> None:
        self.cells = cells
        self.rows = rows
        self.soft_rows: set[int] = set()
        self.breaks: list[Break] = []
        self._habits = habits

    def append(self, added: list[GrowingCell], height: int, end: _PageEnd) -> None:
        """Add a part of ``height`` rows below the end of the page before.

        A blank cell that starts a page continues the one above it in the leading columns too.
        """
        if not added:
            return
        for cell in added:
            cell.row += self.rows
        first = sorted(
            (cell for cell in added if cell.row == self.rows), key=lambda cell: cell.column
        )
        ends = {cell.column: cell for cell in self.cells if cell.row_end == self.rows}
        above = {
            cell.column: ends[cell.column]
            for cell in first
            if cell.column in ends and ends[cell.column].column_span == cell.column_span
        }
        glyphs = self._habits.glyphs
        longest = max(above, key=lambda column: glyphs.get(column, 0), default=0)
        found = self._page_break(first, above, longest, end)
        was_cut = found is not None and found.was_cut
        doubt = 0.0 if found is None else found.doubt
        self.breaks.append(Break(added[0].boxes[0].page, self.rows - was_cut, was_cut, doubt))
        if was_cut:
            for cell in added:
                cell.row -= 1
            for cell in first:
                if cell.column in above:
                    above[cell.column].take(cell, cell.row_span - 1)
                    added.remove(cell)
            height -= 1
        else:
            self._carry(added, first, above, longest)
            if not end.closed:
                self.soft_rows.add(self.rows)
        self.cells += added
        self.rows += height

    def _page_break(
        self,
        first: Sequence[GrowingCell],
        above: Mapping[int, GrowingCell],
        longest: int,
        end: _PageEnd,
    ) -> PageBreak | None:
        """Return what stands on both sides of the break; None if their cells are not the same."""
        if not above or any(cell.lines and cell.column not in above for cell in first):
            return None
        habits = self._habits
        columns = {
            cell.column: ColumnBreak(
                above[cell.column].lines,
                cell.lines,
                above[cell.column].row_span == 1,
                cell.column in habits.never_blank,
                habits.alone is not None and cell.column not in habits.alone,
            )
            for cell in first
            if cell.column in above
        }
        long = columns.pop(longest)
        return PageBreak(
            long, tuple(columns.values()), habits.numbering, end.closed, end.begun_below
        )

    def _carry(
        self,
        added: list[GrowingCell],
        first: Sequence[GrowingCell],
        above: Mapping[int, GrowingCell],
        longest: int,
    ) -> None:
        """Lengthen cells of the page before over those of the new page's first row that go on."""
        habits = self._habits
        leading = True
        for cell in first:
            over = above.get(cell.column)
            late = over is not None and cell.column < longest and _goes_on_late(over, cell, habits)
            leading = leading and (late or not cell.lines)
            carried = cell.column in habits.carried or cell.row_span > 1
            leads = leading and cell.column not in habits.blank
            if over is not None and (late or (not cell.lines and (leads or carried))):
                over.take(cell, cell.row_span)
                added.remove(cell)


def _goes_on_late(over: GrowingCell, cell: GrowingCell, habits: _Habits) -> bool:
    """Return True if a label's cell has its text, or the rest of it, on a later page.

    A number at a page's foot has its title on the next one, whatever row that begins.
    """
    return cannot_end((over.lines, cell.lines), habits.numbering) or _prints_late(over, cell)


def _prints_late(over: GrowingCell, cell: GrowingCell) -> bool:
    """Return True if a merged cell has text only on a later page than it starts on.

    Spreadsheets set a label in the middle of all of a merged cell, on whichever page that is.
    """
    if over.lines or not cell.lines:
        return False
    if over.merged:
        return True
    box, first, last = cell.boxes[0].box, cell.lines[0], cell.lines[-1]
    above, below = first.top - box.top, box.bottom - last.bottom
    return above > first.font_size and abs(above - below) > first.font_size


def _page_ends(parts: Sequence[Part]) -> list[_PageEnd]:
    """Return how each part but the last one ends.

    Its last row ends with it where a ruling closes the part, while others are open: a producer
    that leaves cut rows open closes those that are whole. Where every page is closed its rulings
    say nothing.
    """
    ends = [part.table.lattice.open_below for part in parts[:-1]]
    counts = [len(part.table.lattice.xs) - 1 for part in parts]
    leaves_open = any(len(end) == count for end, count in zip(ends, counts, strict=False))
    return [
        _PageEnd(leaves_open and not found, part.table.begun_below)
        for part, found in zip(parts, ends, strict=False)
    ]


def join_parts(parts: Sequence[Part], numbering: Numbering | None = None) -> Table:
    """Return the table that parts make, in page order.

    ``numbering``: the styles of list numbers, None for those that come with planparse.
    """
    edges = union_edges(parts)
    cells = [cells_of(part, edges) for part in parts]
    heights = [len(part.table.lattice.ys) - 1 - part.skip for part in parts]
    habits = _habits(cells, numbering)
    joined = _Joining(cells[0], heights[0], habits)
    for added, height, end in zip(cells[1:], heights[1:], _page_ends(parts), strict=True):
        joined.append(added, height, end)
    joined.cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(
        joined.rows,
        len(edges) - 1,
        tuple(edges),
        note_line_ends([cell.finish() for cell in joined.cells]),
        tuple(part.table.page for part in parts),
        soft_rows=frozenset(joined.soft_rows),
        breaks=tuple(joined.breaks),
    )
