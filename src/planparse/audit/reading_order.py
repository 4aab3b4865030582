"""Which of two runs is read first, by where they stand."""

from __future__ import annotations

from planparse.model.page import Run

# Points by which runs of one line may stand higher or lower than each other.
SLACK = 3.0
# Columns of upright text stand at least so far apart, in font sizes.
_NEXT_COLUMN = 0.5


def stands_before(run: Run, other: Run) -> bool:
    """Tell whether a run stands before another one in reading order.

    Of text that is set downwards or upwards only pages and columns tell the order: columns of
    upright glyphs follow each other to the left.
    """
    if run.page != other.page:
        return run.page < other.page
    if run.turn or other.turn or _starts_column(run, other):
        return False
    lower = (run.top + run.bottom - other.top - other.bottom) / 2
    if lower > SLACK:
        return False
    return lower < -SLACK or run.lefts[0] < other.lefts[0]


def _starts_column(run: Run, other: Run) -> bool:
    """Tell whether a glyph starts the column to the left of the one that another glyph ends."""
    single = len(run.text) == len(other.text) == 1
    return single and other.lefts[0] - run.lefts[0] > _NEXT_COLUMN * run.font_size
