"""Headings that a later page prints again: whole rows, in other words, or glued to other cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from planparse.lexicon.headings import names_alike
from planparse.lexicon.page_numbers import without_page_number
from planparse.model.table import TextLine, without_widths
from planparse.tables.lattice import Lines, Region, without_rows
from planparse.tables.page_tables import PageTable

# Rows of a heading with its title and unit rows; more alike rows are the table's own.
_MOST_HEADING_ROWS = 4
# Lines of two prints of a heading stand alike within these points.
_ALIKE = 3.0
# Columns that a heading has at least: the words of two may stand below each other by chance.
_FEWEST_COLUMNS = 3


def _cell_text(lines: Sequence[TextLine]) -> str:
    return without_widths("".join(without_page_number(line.glyphs) for line in lines))


def _row_texts(table: PageTable, row: int) -> list[str]:
    """Return the texts of the cells that start in a row, for comparing them; no empty ones."""
    texts = [_cell_text(lines) for region, lines in table.cells if region.row == row]
    return [text for text in texts if text]


def _named_alike(first: Sequence[str], later: Sequence[str]) -> bool:
    """Return True if two rows name the same columns, some in other words: 推動策略 for 執行策略."""
    if len(first) != len(later) or not set(first) & set(later):
        return False
    return all(names_alike(one, other) for one, other in zip(first, later, strict=True))


def repeated_heading_rows(first: PageTable, later: PageTable) -> tuple[int, int]:
    """Return how many rows at the start of a later part repeat the start of the first part.

    The second number counts from the first row that does so in other words.
    """
    rows = min(len(first.lattice.ys), len(later.lattice.ys)) - 1
    alike = 0
    for row in range(min(rows, _MOST_HEADING_ROWS)):
        texts, again = _row_texts(first, row), _row_texts(later, row)
        if texts and texts == again:
            alike += alike == row
        elif not texts or not _named_alike(texts, again):
            return row, row - alike
    count = min(rows, _MOST_HEADING_ROWS)
    return count, count - alike


def _heading_lines(first: PageTable) -> list[TextLine]:
    """Return the lines of the first row that has a text in each of its columns."""
    for row in range(min(len(first.lattice.ys) - 1, _MOST_HEADING_ROWS)):
        cells = [(region, lines) for region, lines in first.cells if region.row == row]
        columns = sum(region.column_span for region, _ in cells)
        if (
            len(cells) >= _FEWEST_COLUMNS
            and columns == len(first.lattice.xs) - 1
            and all(lines and region.row_span == 1 for region, lines in cells)
        ):
            return [line for _, lines in cells for line in lines]
    return []


def _prints(
    heading: Sequence[TextLine], lines: Sequence[TextLine], shift: float
) -> Iterator[list[TextLine]]:
    """Yield the prints of a heading among lines: all of its lines, placed alike."""
    first = {id(line) for line in heading}
    for anchor in lines:
        if anchor.glyphs != heading[0].glyphs or id(anchor) in first:
            continue
        lower = anchor.top - heading[0].top
        found = [
            line
            for one in heading
            for line in lines
            if line.glyphs == one.glyphs
            and abs(line.top - one.top - lower) <= _ALIKE
            and abs(line.left - one.left - shift) <= _ALIKE
        ]
        if len(found) == len(heading):
            yield found


def without_heading_prints(
    first: PageTable, later: PageTable, shift: float, skip: int
) -> tuple[PageTable, list[TextLine]]:
    """Return a part without further prints of the heading, and their lines.

    ``shift``: how much further right the part stands, in points. ``skip``: its first rows that
    repeat the heading anyway. ReportLab prints the heading above a cut row without a ruling
    between them, and once more inside the page: 面向 would be glued to the label below.
    """
    heading = _heading_lines(first)
    body = [line for region, lines in later.cells if region.row >= skip for line in lines]
    gone = [line for found in _prints(heading, body, shift) for line in found] if heading else []
    if not gone:
        return later, []
    return _without_lines(later, {id(line) for line in gone}), gone


def _without_lines(table: PageTable, gone: AbstractSet[int]) -> PageTable:
    """Return a part without lines, by their ids, and without the rows that held them alone."""
    cells: list[tuple[Region, Lines]] = []
    touched: set[int] = set()
    filled: set[int] = set()
    for region, lines in table.cells:
        kept = tuple(line for line in lines if id(line) not in gone)
        if region.row_span == 1:
            filled |= {region.row} if kept else set()
            touched |= {region.row} if len(kept) < len(lines) else set()
        blank = len(kept) < len(lines) and not kept
        above = _above(cells, region) if blank and region.row_span > 1 else None
        if above is None:
            cells.append((region, kept))
        else:
            # The heading interrupts a label's cell, and no label stands below it.
            over, text = cells[above]
            cells[above] = replace(over, row_span=over.row_span + region.row_span), text
    regions = tuple(region for region, _ in cells)
    lattice, left = without_rows(
        replace(table.lattice, regions=regions), [text for _, text in cells], touched - filled
    )
    return replace(table, lattice=lattice, lines=tuple(left))


def _above(cells: Sequence[tuple[Region, Lines]], region: Region) -> int | None:
    """Return which cell ends where a region of the same columns begins."""
    for at, (over, _) in enumerate(cells):
        same = (over.column, over.column_span) == (region.column, region.column_span)
        if same and over.row_end == region.row:
            return at
    return None
