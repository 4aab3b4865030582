"""Page breaks: which tables of neighbouring pages are one, and whether the break cut a row."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.lexicon.headings import without_continued
from planparse.model.table import TextLine
from planparse.tables.page_tables import PageBlocks

# Borders of two pages nearer than this, in points, are one column's: word processors shift them by
# a line's thickness. 5 and 7 read alike; 10 is a column of one glyph.
SAME_EDGE = 6.0
# Two parts share at least this part of the borders of the one that has fewer. 0.48 to 0.72 read
# alike.
_SHARED = 0.6
# Parts that share this part of their borders, where they stand, are one table. 0.64 reads alike; at
# 0.96, which is all borders, one plan has fewer exact rows.
_MOSTLY = 0.8
# A caption above a table may touch its upper border by so many points.
_TOUCHING = 1.0


def _share(one: Sequence[float], other: Sequence[float]) -> float:
    """Return which part of the fewer borders stands on borders of the other part."""
    fewer, more = sorted((one, other), key=len)
    shared = sum(1 for x in fewer if any(abs(x - edge) <= SAME_EDGE for edge in more))
    return shared / len(fewer)


def _shift_between(earlier: Sequence[float], later: Sequence[float]) -> float | None:
    """Return by how much the later part stands further right; None if it is another table.

    Mirrored margins move a table as a whole from page to page.
    """
    # A column of merged cells without borders of its own is missing on one of the pages.
    if min(len(earlier), len(later)) > 2 and _share(earlier, later) >= _MOSTLY:
        return 0.0
    shift = later[0] - earlier[0]
    if abs(later[-1] - earlier[-1] - shift) > 2 * SAME_EDGE:
        return None
    if abs(shift) <= SAME_EDGE:
        shift = 0.0
    return shift if _share([x + shift for x in earlier], later) >= _SHARED else None


def continues(before: PageBlocks, after: PageBlocks) -> tuple[float, list[TextLine]] | None:
    """Return how a page's first table continues the last one of the page before; None if not.

    The shift between them in points, and the lines of a repeated caption (「表 1（續）」) above the
    later part. Text of another kind between them parts two tables.
    """
    if after.page.number != before.page.number + 1 or not before.tables or not after.tables:
        return None
    earlier, later = before.tables[-1], after.tables[0]
    if any(line.top > earlier.box.bottom for line in before.lines):
        return None
    above = [line for line in after.lines if line.bottom < later.box.top + _TOUCHING]
    captions = {
        _caption(line) for line in before.lines if line.bottom < earlier.box.top + _TOUCHING
    }
    if any(_caption(line) not in captions for line in above):
        return None
    shift = _shift_between(earlier.lattice.xs, later.lattice.xs)
    return None if shift is None else (shift, above)


def _caption(line: TextLine) -> str:
    """Return a caption without the mark that it is continued."""
    return without_continued(line.glyphs)
