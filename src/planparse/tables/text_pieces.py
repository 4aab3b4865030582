"""Pieces of text lines: glyphs that stand next to each other, with the edges of their ink."""

from __future__ import annotations

from typing import NamedTuple
from unicodedata import category

from planparse.lexicon.sentences import NEVER_FIRST
from planparse.model.page import Run
from planparse.model.table import TextLine

# Glyphs further apart than this, in font sizes, are two pieces of a line: a cell's padding parts
# even full lines of two columns so far.
_GAP = 0.2
# Brackets and marks are wide from this part of the font size on; this part of them is blank.
_WIDE, _BLANK = 0.8, 0.4


class Piece(NamedTuple):
    """Glyphs of one line that stand next to each other, in points."""

    left: float
    right: float
    top: float
    bottom: float
    size: float
    text: str


Pieces = tuple[Piece, ...]


def _is_opening(char: str) -> bool:
    return category(char) in ("Ps", "Pi")


def _ink_left(run: Run, at: int) -> float:
    """Return where a glyph's ink begins: an opening bracket fills the right half of its width."""
    left, right = run.lefts[at], run.rights[at]
    wide = right - left > _WIDE * run.font_size
    return left + _BLANK * (right - left) if wide and _is_opening(run.text[at]) else left


def _ink_right(run: Run, at: int) -> float:
    """Return where a glyph's ink ends: closing marks leave much of their width blank."""
    left, right = run.lefts[at], run.rights[at]
    wide = right - left > _WIDE * run.font_size
    return right - _BLANK * (right - left) if wide and run.text[at] in NEVER_FIRST else right


def pieces_of(line: TextLine) -> Pieces:
    """Return the pieces of a line from left to right."""
    found: list[Piece] = []
    for run in line.runs:
        start = 0
        for at in range(1, len(run.text) + 1):
            cut = at < len(run.text) and run.lefts[at] - run.rights[at - 1] > _GAP * run.font_size
            if cut or at == len(run.text):
                _add(found, run, start, at)
                start = at
    return tuple(found)


def _add(found: list[Piece], run: Run, start: int, stop: int) -> None:
    left, right = _ink_left(run, start), _ink_right(run, stop - 1)
    text = run.text[start:stop]
    last = found[-1] if found else None
    if last is not None and left - last.right <= _GAP * run.font_size:
        top, bottom = min(last.top, run.top), max(last.bottom, run.bottom)
        found[-1] = Piece(last.left, right, top, bottom, last.size, last.text + text)
    else:
        found.append(Piece(left, right, run.top, run.bottom, run.font_size, text))
