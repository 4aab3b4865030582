"""Decide which tables of neighbouring pages are one, and what of the next part is repeated."""

from __future__ import annotations

from planparse.datamodel.layout import TextLine, without_widths
from planparse.grid.page_tables import PageBlocks, PageTable
from planparse.lexicon.page_numbers import without_page_number

# Borders of two pages that are one column's: word processors shift by a line's thickness.
SAME_EDGE = 6.0
# Two parts share at least this part of the borders of the one that has fewer.
_SHARED = 0.6
# Parts that share this part of their borders, where they stand, are one table.
_MOSTLY = 0.8
_MOST_HEADING_ROWS = 4


def shift_between(earlier: PageTable, later: PageTable) -> float | None:
    """Give by how much the later part stands further right; None if it is another table.

    Mirrored margins move a table as a whole from page to page.
    """
    if _stands_on(earlier, later) >= _MOSTLY:
        # A column of merged cells without borders of its own is missing on one of the pages.
        return 0.0
    left, right = earlier.lattice.xs[0], earlier.lattice.xs[-1]
    shift = later.lattice.xs[0] - left
    if abs(later.lattice.xs[-1] - right - shift) > 2 * SAME_EDGE:
        return None
    if abs(shift) <= SAME_EDGE:
        shift = 0.0
    fewer, more = sorted((earlier.lattice.xs, later.lattice.xs), key=len)
    offset = shift if fewer is earlier.lattice.xs else -shift
    shared = sum(1 for x in fewer if any(abs(x + offset - other) <= SAME_EDGE for other in more))
    return shift if shared >= _SHARED * len(fewer) else None


def _stands_on(one: PageTable, other: PageTable) -> float:
    """Give the part of the fewer borders that stand on borders of the other part."""
    fewer, more = sorted((one.lattice.xs, other.lattice.xs), key=len)
    shared = sum(1 for x in fewer if any(abs(x - edge) <= SAME_EDGE for edge in more))
    return shared / len(fewer) if len(fewer) > 2 else 0.0


def row_texts(table: PageTable, row: int) -> list[str]:
    """Return the texts of the cells that start in a row, from left to right, for comparing them."""
    return [
        without_widths("".join(without_page_number(line.glyphs) for line in lines))
        for region, lines in zip(table.lattice.regions, table.lines, strict=True)
        if region.row == row
    ]


def repeated_heading_rows(first: PageTable, later: PageTable) -> int:
    """Tell how many rows at the start of a later part repeat the start of the first part."""
    rows = min(len(first.lattice.ys), len(later.lattice.ys)) - 1
    count = 0
    for row in range(min(rows, _MOST_HEADING_ROWS)):
        texts = [text for text in row_texts(first, row) if text]
        if not texts or texts != [text for text in row_texts(later, row) if text]:
            break
        count = row + 1
    return count


def continues(
    before: PageBlocks, earlier: PageTable, after: PageBlocks, later: PageTable
) -> tuple[float, list[TextLine]] | None:
    """Tell whether ``later`` continues ``earlier`` from the page before.

    Gives the shift between them and the lines of a repeated caption (「表 1（續）」) above the
    later part; None if text of another kind stands between.
    """
    if after.page.number != before.page.number + 1:
        return None
    if earlier is not before.tables[-1] or later is not after.tables[0]:
        return None
    if any(line.top > earlier.box.bottom for line in before.lines):
        return None
    above = [line for line in after.lines if line.bottom < later.box.top + 1]
    captions = {_caption(line) for line in before.lines if line.bottom < earlier.box.top + 1}
    if any(_caption(line) not in captions for line in above):
        return None
    shift = shift_between(earlier, later)
    return None if shift is None else (shift, above)


def _caption(line: TextLine) -> str:
    """Give a caption without the mark that it is continued."""
    text = line.glyphs
    for mark in ("（續）", "(續)", "續", "（續1）", "（續2）"):
        text = text.removesuffix(mark).removeprefix(mark)
    return text
