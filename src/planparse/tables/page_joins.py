"""Page breaks: which tables of neighbouring pages are one, and whether the break cut a row."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.lexicon.calendar import is_weekday
from planparse.lexicon.headings import without_continued
from planparse.lexicon.numbering import Label, Numbering, find_label, load_numbering
from planparse.lexicon.page_numbers import without_page_number
from planparse.lexicon.sentences import NEVER_FIRST, PARAGRAPH_ENDS
from planparse.model.table import TextLine, was_broken, without_widths
from planparse.tables.page_tables import PageBlocks, PageTable

# Borders of two pages nearer than this, in points, are one column's: word processors shift them by
# a line's thickness. 5 and 7 read alike; 10 is a column of one glyph.
SAME_EDGE = 6.0
# Two parts share at least this part of the borders of the one that has fewer. 0.48 to 0.72 read
# alike.
_SHARED = 0.6
# Parts that share this part of their borders, where they stand, are one table. 0.64 reads alike; at
# 0.96, which is all borders, one plan has fewer exact rows.
_MOSTLY = 0.8
# Rows of a heading with its title and unit rows; more alike rows are the table's own.
_MOST_HEADING_ROWS = 4
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


def _row_texts(table: PageTable, row: int) -> list[str]:
    """Return the texts of the cells that start in a row, for comparing them; no empty ones."""
    texts = [
        without_widths("".join(without_page_number(line.glyphs) for line in lines))
        for region, lines in table.cells
        if region.row == row
    ]
    return [text for text in texts if text]


def repeated_heading_rows(first: PageTable, later: PageTable) -> int:
    """Return how many rows at the start of a later part repeat the start of the first part."""
    rows = min(len(first.lattice.ys), len(later.lattice.ys)) - 1
    for row in range(min(rows, _MOST_HEADING_ROWS)):
        texts = _row_texts(first, row)
        if not texts or texts != _row_texts(later, row):
            return row
    return min(rows, _MOST_HEADING_ROWS)


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


# Evidence on whether the break cut the row, in votes of one column; more for than against cuts it.
# A column that cannot end as it does outvotes one that begins anew, not two.
_GOES_ON = 2
_BEGINS_ANEW = 1

Pair = tuple[Sequence[TextLine], Sequence[TextLine]]


def _text(lines: Sequence[TextLine]) -> str:
    return "".join(line.glyphs for line in lines)


def _label(line: TextLine, numbering: Numbering | None) -> Label | None:
    return find_label(numbering or load_numbering(), line.glyphs)


def _begins_list(pair: Pair, numbering: Numbering | None) -> bool:
    """Return True if the text below begins with a list's number; a date's weekday is none."""
    before, after = pair
    weekday = is_weekday(_text(before), after[0].glyphs)
    return not weekday and _label(after[0], numbering) is not None


def _ends_in_number(lines: Sequence[TextLine], numbering: Numbering | None) -> bool:
    """Return True if the last line is a list's number alone, without its text."""
    last = lines[-1]
    label = _label(last, numbering)
    alone = label is not None and label.width >= len(last.glyphs)
    return alone and not is_weekday(_text(lines[:-1]), last.glyphs)


def cannot_end(pair: Pair, numbering: Numbering | None = None) -> bool:
    """Return True if a cell's text cannot end where the page does.

    It ends in a number without its text, or begins on the next page with a weekday or a comma.
    """
    before, after = pair
    if not before or not after or _begins_list(pair, numbering):
        return False
    weekday = is_weekday(_text(before), after[0].glyphs)
    return weekday or after[0].glyphs[0] in NEVER_FIRST or _ends_in_number(before, numbering)


def flows_on(
    before: Sequence[TextLine], after: Sequence[TextLine], numbering: Numbering | None = None
) -> bool:
    """Return True if text of a cell flows over the page break into the cell of the next page."""
    last = before[-1]
    if cannot_end((before, after), numbering):
        return True
    if _begins_list((before, after), numbering) or last.glyphs[-1] in PARAGRAPH_ENDS:
        return False
    edge = max(line.right for line in (*before, *after))
    return was_broken(last, edge) and len(before) + len(after) > 2


def counts_up(lines: Sequence[TextLine], numbering: Numbering | None = None) -> bool:
    """Return True if a cell that begins with a number holds more of its kind: (1) … (2) …"""
    labels = [_label(line, numbering) for line in lines]
    kinds = [None if label is None else label.key for label in labels]
    return bool(kinds) and kinds[0] is not None and kinds[0] in kinds[1:]


def _begins_anew(pair: Pair, numbering: Numbering | None) -> bool:
    """Return True if a cell prints a text on both pages, each whole: two departments."""
    before, after = pair
    return bool(before and after) and not flows_on(before, after, numbering)


def _only_rests(
    pairs: Sequence[Pair], own: Sequence[Pair], longest: Pair, numbering: Numbering | None
) -> bool:
    """Return True if a page begins with the rests of narrow cells alone: the long text had ended.

    ``own`` are the cells above that belong to the last row alone: a new row has text in them, or a
    label with a number.
    """
    if not longest[0] or longest[1]:
        return False
    rests = [pair for pair in pairs if pair[1]]
    goes_on = all(pair[0] and not _begins_list(pair, numbering) for pair in rests)
    return goes_on and any(before and not after for before, after in own)


def _votes(
    pairs: Sequence[Pair],
    longest: Pair,
    own: Sequence[Pair],
    numbering: Numbering | None,
) -> int:
    """Return the votes for a cut less those against; 0 where no column's text goes on."""
    long_flows = bool(longest[0] and longest[1]) and flows_on(*longest, numbering)
    others = [pair for pair in pairs if pair is not longest]
    going_on = long_flows + sum(cannot_end(pair, numbering) for pair in others)
    if not going_on:
        return 0
    anew = sum(_begins_anew(pair, numbering) for pair in own)
    if not long_flows:
        anew += _begins_anew(longest, numbering)
    return _GOES_ON * going_on - _BEGINS_ANEW * anew


def row_was_cut(
    pairs: Sequence[Pair],
    longest: Pair,
    own: Sequence[Pair] = (),
    numbering: Numbering | None = None,
    *,
    closed: bool = False,
) -> bool:
    """Return True if the row was cut; ``pairs`` are the lines of each column before and after.

    A cut shows as text that flows on in the column that holds most text of the table
    (``longest``), or that cannot end where it does in any. No column decides alone: columns of
    the row's ``own`` that print whole texts on both pages are evidence of two rows. Without text
    that goes on they are none: the next measure of the same row may begin the page.
    ``closed``: a ruling closes the row; only text that goes on outweighs it. ``numbering``: the
    styles of list numbers, those that come with planparse if None.
    """
    if not any(after for _, after in pairs):
        return True
    if _votes(pairs, longest, own, numbering) > 0:
        return True
    if closed:
        return False
    before, after = longest
    if not before and after and not any(earlier and later for earlier, later in pairs):
        # Too few lines of the long text fitted: all of it went to the next page, and what stands
        # beside it stayed.
        return any(earlier for earlier, _ in pairs)
    return _only_rests(pairs, own, longest, numbering)
