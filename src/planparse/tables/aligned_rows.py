"""Rows of a table without rulings between them, by where the texts of its columns start.

Evidence adds up: a gap in the column of practices, a number there, texts of other columns that
start at the same height.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from planparse.lexicon.numbering import Numbering, find_label
from planparse.tables.text_pieces import Piece

#: Texts start at one height if their upper edges differ by at most this part of the font size.
LEVEL = 0.35
# Lines further apart than the column's usual pitch by more than this part of the font size have a
# gap between them: fonts in one line differ in height by a tenth.
_GAP = 0.15
# A number starts at the left edge of its column, within this part of the font size.
_AT_LEFT = 0.3
# Evidence that a line starts a row, in votes: a gap above it or a number; another column's text
# that starts beside it, or that merely goes on there line by line. So many votes make a row.
_STRONG, _WEAK, _ENOUGH = 2, 1, 3
# Where so many of a page's gaps are known to part rows, all of them do.
_HABIT = 0.6
# So many of a column's texts start level with lines of practices that a gap or a number marks, if
# they stand at the top of their rows; so many stand in the middle of them otherwise.
_MOSTLYLEVEL = 0.75
#: In lines: a text stands in the middle of rows if it is off by no more than this.
OFF_MIDDLE = 0.6


class Block(NamedTuple):
    """Lines of a column that follow each other at its pitch, in points."""

    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class ColumnText:
    """The lines of one column on a page, from top to bottom, and their usual pitch in points."""

    lines: tuple[Piece, ...]
    pitch: float
    size: float

    def begins(self, at: int) -> bool:
        """Return True if a line does not follow the one above at the column's pitch."""
        if at == 0:
            return True
        step = self.lines[at].top - self.lines[at - 1].top
        return step > self.pitch + _GAP * self.size


def column_text(pieces: Sequence[Piece], pitch: float | None = None) -> ColumnText:
    """Return a column's text; the pieces of one line are joined."""
    lines: list[Piece] = []
    for piece in sorted(pieces, key=lambda piece: (piece.top, piece.left)):
        last = lines[-1] if lines else None
        if last is not None and piece.top - last.top < LEVEL * piece.size:
            lines[-1] = last._replace(
                left=min(last.left, piece.left),
                right=max(last.right, piece.right),
                bottom=max(last.bottom, piece.bottom),
                text=last.text + piece.text,
            )
        else:
            lines.append(piece)
    size = median(line.size for line in lines) if lines else 0.0
    return ColumnText(tuple(lines), pitch or usual_pitch(lines), size)


def usual_pitch(lines: Sequence[Piece]) -> float:
    """Return the usual distance of neighbouring lines: that of the nearer half."""
    steps = sorted(below.top - above.top for above, below in pairwise(lines))
    return median(steps[: (len(steps) + 1) // 2]) if steps else 0.0


def blocks_of(text: ColumnText, starts: Sequence[bool]) -> list[Block]:
    """Return the lines of a column that follow each other at its pitch, parted at ``starts``."""
    found: list[Block] = []
    for at, (line, start) in enumerate(zip(text.lines, starts, strict=True)):
        if start or text.begins(at):
            found.append(Block(line.top, line.bottom))
        else:
            found[-1] = found[-1]._replace(bottom=line.bottom)
    return found


def text_blocks(text: ColumnText) -> list[Block]:
    """Return the lines of a column that follow each other at its pitch, together."""
    return blocks_of(text, [False] * len(text.lines))


def _numbered(text: ColumnText, numbering: Numbering) -> set[int]:
    """Return the lines that start with a number at the left edge of their column."""
    left = min(line.left for line in text.lines)
    return {
        at
        for at, line in enumerate(text.lines)
        if line.left - left <= _AT_LEFT * line.size and find_label(numbering, line.text) is not None
    }


def _level_line(text: ColumnText, line: Piece) -> int | None:
    """Return the line of a column that starts at the height of another column's line."""
    near = [at for at, own in enumerate(text.lines) if abs(own.top - line.top) <= LEVEL * own.size]
    return near[0] if near else None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What shows where rows start: lines of the practices with a gap above, and with a number."""

    text: ColumnText
    gaps: frozenset[int]
    numbers: frozenset[int]

    def from_top(self, others: Sequence[ColumnText], *, goes_on: bool) -> list[ColumnText]:
        """Return the columns whose texts stand at the top of their rows, not in the middle.

        ``goes_on``: the page may begin inside a row.
        """
        shown = {0} | self.gaps | self.numbers
        found = []
        for other in others:
            begun = [line for at, line in enumerate(other.lines) if other.begins(at)]
            level = [_level_line(self.text, line) for line in begun]
            if 2 * len(shown) > len(begun):
                met = sum(at in shown for at in level)
            else:
                # Hardly anything else shows rows: the first one does, on the table's first page.
                met = sum(at is not None for at in level) if goes_on or level[0] == 0 else 0
            if met >= _MOSTLYLEVEL * len(begun):
                found.append(other)
        return found

    def rows(self, others: Sequence[ColumnText]) -> list[int]:
        """Return the lines that start rows by all evidence: ``others`` stand at the top of theirs.

        A gap is evidence, and a number; so is another column's text that starts beside a line, and
        less so one that goes on there line by line.
        """
        votes = [
            _STRONG * ((at in self.gaps) + (at in self.numbers))
            for at in range(len(self.text.lines))
        ]
        weak: set[int] = set()
        for other in others:
            for at, line in enumerate(other.lines):
                beside = _level_line(self.text, line)
                if beside is not None and other.begins(at):
                    votes[beside] += _STRONG
                elif beside is not None:
                    weak.add(beside)
        enough = [at for at, count in enumerate(votes) if count + (at in weak) >= _ENOUGH]
        rows = {0, *enough}
        if self.gaps and len(rows & self.gaps) >= _HABIT * len(self.gaps):
            # Padding parts the rows of this table; its paragraphs are not spaced.
            rows |= self.gaps
        return sorted(rows)

    def rows_of_middles(self, others: Sequence[ColumnText]) -> list[int]:
        """Return the lines that start rows in whose middle the texts of other columns stand.

        Of gaps, numbers, both and either, those that most texts are in the middle of.
        """
        guesses = (self.gaps & self.numbers, self.gaps | self.numbers, self.gaps, self.numbers)
        best: tuple[float, list[int]] = (_MOSTLYLEVEL, [0])
        for guess in guesses:
            rows = sorted({0, *guess})
            share = max((self._share_in_middle(rows, other) for other in others), default=0.0)
            if share > best[0]:
                best = share, rows
        return best[1]

    def _share_in_middle(self, rows: Sequence[int], other: ColumnText) -> float:
        """Return which part of rows and of a column's texts have each other, by their middles."""
        lines = self.text.lines
        middles = [
            (lines[start].top + lines[end - 1].bottom) / 2
            for start, end in pairwise((*rows, len(lines)))
        ]
        blocks = text_blocks(other)
        pitch = self.text.pitch or self.text.size
        met = {
            at
            for at, middle in enumerate(middles)
            if any(abs(middle - (one.top + one.bottom) / 2) <= OFF_MIDDLE * pitch for one in blocks)
        }
        return len(met) / max(len(middles), len(blocks))


def row_tops(
    text: ColumnText, others: Sequence[ColumnText], numbering: Numbering, *, goes_on: bool
) -> list[float]:
    """Return the heights at which rows start: ``text`` is the column of practices.

    ``goes_on``: the page may begin inside a row.
    """
    if not text.lines:
        return []
    gaps = frozenset(at for at in range(1, len(text.lines)) if text.begins(at))
    evidence = _Evidence(text, gaps, frozenset(_numbered(text, numbering)))
    filled = [other for other in others if other.lines]
    at_top = evidence.from_top(filled, goes_on=goes_on)
    rows = evidence.rows(at_top) if at_top or not filled else evidence.rows_of_middles(filled)
    tops = [text.lines[at].top for at in rows]
    return tops + _below(text, at_top)


def _below(text: ColumnText, others: Sequence[ColumnText]) -> list[float]:
    """Return where a row starts below all practices: its own text went to the next page."""
    bottom = text.lines[-1].bottom
    tops = [
        entry.top
        for other in others
        for at, entry in enumerate(other.lines)
        if entry.top > bottom and other.begins(at)
    ]
    return [min(tops)] if tops else []
