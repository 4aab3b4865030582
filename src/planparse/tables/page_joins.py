"""Page breaks: which tables of neighbouring pages are one, and whether the break cut a row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from planparse.lexicon.headings import is_footnote, is_turned_over, without_continued
from planparse.lexicon.numerals import without_numerals
from planparse.lexicon.page_numbers import without_page_number
from planparse.model.table import TextLine
from planparse.tables.page_tables import PageBlocks, PageTable
from planparse.tables.repeated_headings import repeated_heading_rows

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


def same_columns(one: Sequence[float], other: Sequence[float]) -> bool:
    """Return True if two tables have the same columns where they stand, all but a few."""
    return abs(one[-1] - other[-1]) <= SAME_EDGE and _share(one, other) >= _MOSTLY


def shift_between(earlier: Sequence[float], later: Sequence[float]) -> float | None:
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


@dataclass(frozen=True, slots=True)
class Joint:
    """How a page's first table continues the last one of the page before.

    ``shift``: by how much it stands further right, in points. ``captions``: lines above it that
    repeat a caption. ``notes``: lines between the parts that only show that the table goes on.
    """

    shift: float
    captions: tuple[TextLine, ...]
    notes: tuple[TextLine, ...]


def continues(before: PageBlocks, after: PageBlocks) -> Joint | None:
    """Return how a page's first table continues the last one of the page before; None if not.

    Repeated captions (表 1（續）), （接下頁） and footnotes part no table; other text does.
    """
    if after.page.number != before.page.number + 1 or not before.tables or not after.tables:
        return None
    earlier, later = before.tables[-1], after.tables[0]
    below = [line for line in before.lines if line.top > earlier.box.bottom]
    above = [line for line in after.lines if line.bottom < later.box.top + _TOUCHING]
    footers = {
        without_page_number(line.glyphs)
        for line in after.lines
        if line.top > after.tables[-1].box.bottom
    }
    captions = {
        _caption(line) for line in before.lines if line.bottom < earlier.box.top + _TOUCHING
    }
    notes = [line for line in (*below, *above) if is_turned_over(line.glyphs)]
    left = [line for line in below if line not in notes]
    repeated = [line for line in above if line not in notes]
    if any(_caption(line) not in captions for line in repeated):
        return None
    if not _parts_nothing(
        [line for line in left if without_page_number(line.glyphs) not in footers]
    ):
        return None
    shift = shift_between(earlier.lattice.xs, later.lattice.xs)
    return None if shift is None else Joint(shift, tuple(repeated), tuple(notes))


def begins_another(first: PageTable, earlier: PageTable, later: PageTable, foot: float) -> bool:
    """Return True if a page begins a table of the same form as one that ended on the page before.

    Minutes print a form for each case: 審議第一案, then 審議第二案 on a page of its own. Its first
    row would have had room above ``foot``, where the pages' print ends (points), and has the cells
    of the form's first row, of which some read alike. A repeated heading reads alike in all.

    ``first``: the first part of the table, ``earlier``: its part on the page before.
    """
    height = later.lattice.ys[1] - later.lattice.ys[0]
    if earlier.box.bottom + height > foot:
        return False
    form, anew = _first_row(first), _first_row(later)
    if [place for place, _ in form] != [place for place, _ in anew]:
        return False
    texts, again = [text for _, text in form], [text for _, text in anew]
    alike = any(text and text == other for text, other in zip(texts, again, strict=True))
    counted = without_numerals(texts[0]) == without_numerals(again[0])
    return alike and counted and repeated_heading_rows(first, later)[0] == 0


def _first_row(table: PageTable) -> list[tuple[tuple[int, int, int], str]]:
    """Return the places and texts of the cells of a table's first row."""
    return [
        ((one.column, one.column_span, one.row_span), "".join(line.glyphs for line in lines))
        for one, lines in table.cells
        if one.row == 0
    ]


def _parts_nothing(below: Sequence[TextLine]) -> bool:
    """Return True if lines below a part are a footnote: what follows it stands no further left."""
    if not below:
        return True
    first = below[0]
    return is_footnote(first.glyphs) and all(
        line.left > first.left - line.font_size / 2 and line.font_size <= first.font_size
        for line in below
    )


def _caption(line: TextLine) -> str:
    """Return a caption without the mark that it is continued, and without its page's number."""
    return without_page_number(without_continued(line.glyphs))
