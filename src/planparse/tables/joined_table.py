"""Join the parts of a table over page breaks into one Table with cells and spans."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from planparse.lexicon.numbering import Numbering
from planparse.model.geometry import Box, Place
from planparse.model.table import Cell, Table, TextLine
from planparse.tables.page_joins import SAME_EDGE, cannot_end, counts_up, row_was_cut
from planparse.tables.page_tables import PageTable
from planparse.tables.text_lines import note_line_ends

# So many cells must tell that a column is never blank.
_OFTEN = 5


@dataclass(slots=True)
class _Growing:
    """A cell while parts are being joined; ``merged``: some page draws it over several rows."""

    row: int
    column: int
    row_span: int
    column_span: int
    boxes: list[Place]
    lines: list[TextLine] = field(default_factory=list)
    merged: bool = False

    def finish(self) -> Cell:
        """Freeze it."""
        return Cell(
            self.row,
            self.column,
            self.row_span,
            self.column_span,
            tuple(self.boxes),
            tuple(self.lines),
        )


@dataclass(frozen=True, slots=True)
class Part:
    """A page's part: its table, how far it is shifted right, its first rows to leave out."""

    table: PageTable
    shift: float
    skip: int


def union_edges(parts: Sequence[Part]) -> list[float]:
    """Give the column borders of all parts: parts are joined by position, not by count."""
    edges: list[float] = []
    for part in parts:
        for x in part.table.lattice.xs:
            placed = x - part.shift
            if all(abs(placed - edge) > SAME_EDGE for edge in edges):
                edges.append(placed)
    return sorted(edges)


def _nearest(edges: Sequence[float], x: float) -> int:
    return min(range(len(edges)), key=lambda at: abs(edges[at] - x))


def _cells_of(part: Part, edges: Sequence[float]) -> list[_Growing]:
    """Give a part's cells in the columns of the whole table, its first kept row being 0."""
    lattice = part.table.lattice
    columns = [_nearest(edges, x - part.shift) for x in lattice.xs]
    cells = []
    for region, lines in zip(lattice.regions, part.table.lines, strict=True):
        end = region.row + region.row_span
        start = max(region.row, part.skip)
        if end <= part.skip:
            continue
        column = columns[region.column]
        span = columns[region.column + region.column_span] - column
        box = Box(
            lattice.xs[region.column],
            lattice.ys[start],
            lattice.xs[region.column + region.column_span],
            lattice.ys[end],
        )
        kept = list(lines) if region.row >= part.skip else []
        place = [Place(part.table.page, box)]
        cells.append(
            _Growing(
                start - part.skip,
                column,
                end - start,
                max(span, 1),
                place,
                kept,
                merged=end - start > 1,
            )
        )
    return cells


def _last_row(cells: Sequence[_Growing], row: int) -> dict[int, _Growing]:
    """Give by column the cells that reach the last row."""
    return {cell.column: cell for cell in cells if cell.row + cell.row_span == row}


def _fits(above: _Growing | None, below: _Growing) -> bool:
    return above is not None and above.column_span == below.column_span


@dataclass(frozen=True, slots=True)
class _Habits:
    """How the columns of a table are set, told from all its parts.

    A blank cell that starts a page continues the one above in the ``carried`` columns: their cells
    are merged over rows, or are never blank elsewhere although rows hold several numbered texts.
    Where each row holds one, a blank cell is one, even a leading one if its column is ``blank`` in
    single rows inside pages. ``glyphs`` counts the text of a column.
    """

    carried: AbstractSet[int]
    blank: AbstractSet[int]
    glyphs: Mapping[int, int]
    numbering: Numbering | None


def _habits(cells: Sequence[_Growing], numbering: Numbering | None) -> _Habits:
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
    often = {column for column, count in filled.items() if count >= _OFTEN and several}
    blank_leading = frozenset() if several else blank - merged
    return _Habits(merged | (often - blank), blank_leading, glyphs, numbering)


def _append(
    cells: list[_Growing],
    added: list[_Growing],
    height: int,
    row: int,
    habits: _Habits,
    *,
    closed: bool,
) -> tuple[int, bool]:
    """Add a part of ``height`` rows below ``row`` rows.

    Gives the new count of rows and whether the part's first row is soft.
    A blank cell that starts a page continues the one above it in the leading columns too.
    ``closed``: a ruling says that the row before ends with its page.
    """
    if not added:
        return row, False
    for cell in added:
        cell.row += row
    above = _last_row(cells, row)
    first = sorted((cell for cell in added if cell.row == row), key=lambda cell: cell.column)
    pairs = {
        cell.column: (above[cell.column].lines, cell.lines)
        for cell in first
        if _fits(above.get(cell.column), cell)
    }
    # A row that was cut has the same cells on both pages.
    alike = all(_fits(above.get(cell.column), cell) for cell in first if cell.lines)
    longest = max(pairs, key=lambda column: habits.glyphs.get(column, 0), default=0)
    own = [pairs[at] for at in pairs if at != longest and above[at].row_span == 1]
    if pairs and alike:
        both = list(pairs.values())
        if row_was_cut(both, pairs[longest], own, habits.numbering, closed=closed):
            _merge_cut_row(cells, added, first, above)
            return row + height - 1, False
    _carry(added, first, above, habits, longest)
    cells += added
    return row + height, not closed


def _carry(
    added: list[_Growing],
    first: Sequence[_Growing],
    above: Mapping[int, _Growing],
    habits: _Habits,
    longest: int,
) -> None:
    """Lengthen cells of the page before over those of the new page's first row that go on."""
    leading = True
    for cell in first:
        over = above.get(cell.column)
        late = over is not None and cell.column < longest and _goes_on_late(over, cell, habits)
        leading = leading and (late or not cell.lines)
        carried = cell.column in habits.carried or cell.row_span > 1
        leads = leading and cell.column not in habits.blank
        goes_on = not cell.lines and (leads or carried)
        if over is not None and _fits(over, cell) and (goes_on or late):
            over.row_span += cell.row_span
            over.boxes += cell.boxes
            over.lines += cell.lines
            over.merged = over.merged or cell.merged
            added.remove(cell)


def _goes_on_late(over: _Growing, cell: _Growing, habits: _Habits) -> bool:
    """Return True if a label's cell has its text, or the rest of it, on a later page.

    A number at a page's foot has its title on the next one, whatever row that begins.
    """
    rest = _fits(over, cell) and cannot_end((over.lines, cell.lines), habits.numbering)
    return rest or _says_late(over, cell)


def _says_late(over: _Growing, cell: _Growing) -> bool:
    """Return True if a merged cell has text only on a later page than it starts on.

    Spreadsheets set a label in the middle of all of a merged cell, on whichever page that is.
    """
    if over.lines or not cell.lines or not _fits(over, cell):
        return False
    if over.merged:
        return True
    box, first, last = cell.boxes[0].box, cell.lines[0], cell.lines[-1]
    above, below = first.top - box.top, box.bottom - last.bottom
    return above > first.font_size and abs(above - below) > first.font_size


def _merge_cut_row(
    cells: list[_Growing],
    added: list[_Growing],
    first: Sequence[_Growing],
    above: dict[int, _Growing],
) -> None:
    """Join the first row of a part into the last row of the table: the same row, cut."""
    for cell in added:
        cell.row -= 1
    for cell in first:
        over = above.get(cell.column)
        if over is not None and _fits(over, cell):
            over.row_span += cell.row_span - 1
            over.boxes += cell.boxes
            over.lines += cell.lines
            over.merged = over.merged or cell.merged
            added.remove(cell)
    cells += added


def _closed_ends(parts: Sequence[Part]) -> list[bool]:
    """Tell of each part whether its last row ends with it.

    It does where a ruling closes the part, while others are open: a producer that leaves cut rows
    open closes those that are whole. Where every page is closed its rulings say nothing.
    """
    ends = [part.table.lattice.open_below for part in parts[:-1]]
    counts = [len(part.table.lattice.xs) - 1 for part in parts]
    leaves_open = any(len(end) == count for end, count in zip(ends, counts, strict=False))
    return [leaves_open and not found for found in ends]


def join_parts(parts: Sequence[Part], numbering: Numbering | None = None) -> Table:
    """Join the parts of one table, in page order.

    ``numbering``: the styles of list numbers, None for those that come with planparse.
    """
    edges = union_edges(parts)
    found = [_cells_of(part, edges) for part in parts]
    habits = _habits([cell for own in found for cell in own], numbering)
    cells, soft, rows = list[_Growing](), set[int](), 0
    ends = _closed_ends(parts)
    for at, (part, own) in enumerate(zip(parts, found, strict=True)):
        height = len(part.table.lattice.ys) - 1 - part.skip
        if not rows:
            cells, rows = own, height
            continue
        before = rows
        rows, is_soft = _append(cells, own, height, rows, habits, closed=ends[at - 1])
        if is_soft:
            soft.add(before)
    cells.sort(key=lambda cell: (cell.row, cell.column))
    return Table(
        rows,
        len(edges) - 1,
        tuple(edges),
        note_line_ends(tuple(cell.finish() for cell in cells)),
        tuple(part.table.page for part in parts),
        0,
        frozenset(soft),
    )
