"""Cells of a column over rows that no rulings part: where they start, by where their text stands.

What holds for several rows stands at the top of them or in their middle. Where neither fits, or
blank places may be cells of their own, the cells are in doubt.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from planparse.lexicon.numbering import Numbering, find_label
from planparse.tables.aligned_rows import (
    LEVEL,
    OFF_MIDDLE,
    Block,
    ColumnText,
    blocks_of,
    text_blocks,
)
from planparse.tables.text_pieces import Piece

# In lines: leaving a row without a text costs so much, and so much where the table goes on: a text
# of the page before may hold there.
_BLANK, _BLANK_FIRST = 1.0, 0.3
# Blank places of a column beside the practices are seldom up to this part of its rows. Cells that
# are merged over rows leave a third of them blank and more.
_SELDOM = 0.2
# Rows are not known where more than this part of a column's texts share a cell with another one.
_CROWDED = 0.2
# In lines: texts stand in the middle of single rows, with blank places below, if that is so much
# nearer to their places than the middles of cells merged over rows.
_CHEAPER = 0.3


def _blocks(text: ColumnText, tops: Sequence[float], numbering: Numbering) -> list[Block]:
    """Return the texts of a column of labels: parted at gaps, and at numbers where rows start."""
    return blocks_of(text, [_starts_row(line, tops, numbering) for line in text.lines])


def _starts_row(line: Piece, tops: Sequence[float], numbering: Numbering | None) -> bool:
    """Return True if a line is level with a row; with ``numbering`` it begins with a number too."""
    level = any(abs(line.top - top) <= LEVEL * line.size for top in tops)
    return level and (numbering is None or find_label(numbering, line.text) is not None)


class Spans(NamedTuple):
    """The cells of a column: the rows they start at, and those of several rows in doubt.

    ``clear`` is False where several texts stand in a cell: the rows are not known.
    """

    starts: list[int]
    unsure: set[int]
    clear: bool = True


def label_spans(
    text: ColumnText, rows: Sequence[Block], numbering: Numbering, *, goes_on: bool
) -> Spans:
    """Return the cells of a column of labels: each holds until the next one starts.

    ``goes_on``: the table began before these rows.
    """
    tops = [row.top for row in rows]
    blocks = _blocks(text, tops, numbering)
    level = _level_rows(blocks, tops, text.size)
    if level is not None:
        return Spans(sorted({0, *level}), set())
    centred = _centred(blocks, rows, text, goes_on=goes_on)
    if centred is not None:
        return Spans(sorted({0, *centred}), set())
    return _spans_of(_held(blocks, tops), blocks, len(rows))


def side_spans(
    text: ColumnText, rows: Sequence[Block], labels: Sequence[int], *, goes_on: bool
) -> Spans:
    """Return the cells of a column beside the practices; ``labels`` are the rows labels start at.

    A blank place below a text is one cell with it where that is common; no cell holds for the
    measures of two labels. Where few places are blank it is not sure.
    """
    tops = [row.top for row in rows]
    blocks = blocks_of(text, [_starts_row(line, tops, None) for line in text.lines])
    level = _level_rows(blocks, tops, text.size)
    if level is None:
        blocks = text_blocks(text)
        centred = _centred(blocks, rows, text, goes_on=goes_on)
        if centred is not None:
            return Spans(sorted({0, *centred}), set())
        level = _held(blocks, tops)
    found = _spans_of(level, blocks, len(rows))
    blank = [label for label in labels if label not in level]
    if len(blank) <= _SELDOM * len(labels):
        found.starts[:] = sorted({*found.starts, *blank})
    return (
        found
        if len(rows) - len(set(level)) <= _SELDOM * len(rows)
        else found._replace(unsure=set())
    )


def _level_rows(blocks: Sequence[Block], tops: Sequence[float], size: float) -> list[int] | None:
    """Return the row that each text is at the top of; None unless all are, of different rows."""
    found = []
    for block in blocks:
        row = min(range(len(tops)), key=lambda at: abs(tops[at] - block.top))
        if abs(tops[row] - block.top) > LEVEL * size:
            return None
        found.append(row)
    return found if len(set(found)) == len(found) else None


def _held(blocks: Sequence[Block], tops: Sequence[float]) -> list[int]:
    """Return the row that each text begins beside."""
    return [
        max(at for at, top in enumerate(tops) if at == 0 or top <= block.bottom) for block in blocks
    ]


def _spans_of(level: Sequence[int], blocks: Sequence[Block], rows: int) -> Spans:
    """Return the cells from the rows that texts start at; those over several rows are unsure."""
    starts = sorted({0, *level})
    unsure = {start for start, end in pairwise((*starts, rows)) if end - start > 1}
    crowded = len(blocks) - len(set(level))
    return Spans(starts, unsure, clear=crowded <= _CROWDED * len(blocks))


def _centred(
    blocks: Sequence[Block], rows: Sequence[Block], text: ColumnText, *, goes_on: bool
) -> list[int] | None:
    """Return the first rows of texts that stand in the middle of theirs, and of blank cells.

    None where a text stands in the middle of no rows. The cheapest division of all rows is taken.
    """
    pitch = text.pitch or text.size
    first = _BLANK_FIRST if goes_on else _BLANK
    costs = {end: (first * end, list(range(end))) for end in range(len(rows) + 1)}
    for block in blocks:
        after: dict[int, tuple[float, list[int]]] = {}
        for end in range(1, len(rows) + 1):
            options = [
                (costs[start][0] + off, [*costs[start][1], start])
                for start in range(end)
                if start in costs
                if (off := _off_middle(block, rows[start], rows[end - 1]) / pitch) <= OFF_MIDDLE
            ]
            if end - 1 in after:
                cost, starts = after[end - 1]
                options.append((cost + _BLANK, [*starts, end - 1]))
            if options:
                after[end] = min(options)
        costs = after
    if len(rows) not in costs:
        return None
    cost, starts = costs[len(rows)]
    single = _single_rows(blocks, rows, pitch, goes_on=goes_on)
    return single[1] if single is not None and single[0] + _CHEAPER < cost else starts


def _single_rows(
    blocks: Sequence[Block], rows: Sequence[Block], pitch: float, *, goes_on: bool
) -> tuple[float, list[int]] | None:
    """Return how far texts are off the middles of single rows, in lines, and these rows.

    None unless each stands in the middle of one, the first in the table's first.
    """
    found, cost = [], 0.0
    for block in blocks:
        off, row = min((_off_middle(block, one, one) / pitch, at) for at, one in enumerate(rows))
        if off > LEVEL or row in found:
            return None
        found.append(row)
        cost += off
    return (cost, found) if goes_on or 0 in found else None


def _off_middle(block: Block, first: Block, last: Block) -> float:
    return abs((first.top + last.bottom) / 2 - (block.top + block.bottom) / 2)
