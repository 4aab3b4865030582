"""Glyphs that the recogniser missed: letters of Latin words, marks of lists.

Letters stand closer than the recogniser's steps of 8 pixels: the I of AMI or the i of Wi-Fi
shares a step with its neighbour and is dropped. The word alone, stretched, has room for it.
A mark is known by its shape, where another line's mark stands above or below it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from planparse.ocr.glyph_boxes import BoxedLine, GlyphBox, box_glyphs
from planparse.ocr.glyph_candidates import Candidate, CandidateLine, Change, ink_rows
from planparse.ocr.picture import Pixels
from planparse.ocr.recognition import MARGIN, Crop, Engine, cut_line

STRETCH = 1.8
"""Times that a word's picture is widened."""

LETTERS = 3
"""How many letters a second look may add."""

SURE, ADDED = 0.85, 0.80
"""The mean chance of a second reading that is believed, and the least of a letter it adds."""

MARKS = frozenset("◎●○◆◇■□▲△※★☆")
"""Marks of lists that plans have."""

RULE = "list-mark"

CHANCE = 0.5
"""Chance of a mark that was not read: its shape and its place alone show it."""

LEAST_SHARE = 0.2
"""Part of the chance of what was read that the mark has at least."""

NEAR = 0.4
"""Ems: marks of one list start no further from each other across the page."""

ALIKE = 0.2
"""Part of two shapes, drawn on each other, that may differ."""

SIDE = 24
"""Pixels of the square on which shapes are compared."""

Shape = NDArray[np.float32]

# Letters and hyphens, at least two of them, and not hyphens alone.
_WORD = re.compile(r"(?=-*[A-Za-z])[A-Za-z-]{2,}")


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs ``start`` … ``stop - 1`` of line ``line``, and the picture of them alone."""

    line: int
    start: int
    stop: int
    crop: Crop


def read_words_again(
    lines: Sequence[BoxedLine], pixels: Pixels, writing: Pixels, engine: Engine
) -> list[BoxedLine]:
    """Read the Latin words of a page once more and keep what has more letters."""
    words = [word for at, line in enumerate(lines) for word in _words(at, line, pixels)]
    found = list(lines)
    if not words:
        return found
    recognitions = engine.read([word.crop for word in words])
    # From the last: a word that grows moves the places behind it.
    for word, recognition in reversed(list(zip(words, recognitions, strict=True))):
        again = box_glyphs(recognition, word.crop, writing)
        if _is_better(found[word.line].glyphs[word.start : word.stop], again.glyphs):
            found[word.line] = _replaced(found[word.line], word, again)
    return found


def _text(glyphs: Sequence[GlyphBox]) -> str:
    return "".join(glyph.glyph.text for glyph in glyphs)


def _words(number: int, line: BoxedLine, pixels: Pixels) -> list[Word]:
    """Find stretches of letters and hyphens, at least two long."""
    return [
        Word(number, start, stop, _crop(line, start, stop, pixels))
        for start, stop in (match.span() for match in _WORD.finditer(_text(line.glyphs)))
    ]


def _crop(line: BoxedLine, start: int, stop: int, pixels: Pixels) -> Crop:
    """Cut the word out, up to the glyphs beside it: a dropped letter may stand there."""
    box, glyphs = line.crop.box, line.glyphs
    left, right = glyphs[start].left, glyphs[stop - 1].right
    before = glyphs[start - 1].right if start else float(box.left)
    after = glyphs[stop].left if stop < len(glyphs) else float(box.right)
    room = 0.4 * box.em
    word = replace(
        box,
        left=int(max(left - room, min(before + 2, left))),
        right=int(min(right + room, max(after - 2, right))) + 1,
    )
    crop = cut_line(pixels, word, STRETCH)
    # Beyond the word stands the edge of its neighbour, which would be read as an l or an I.
    edge = int(MARGIN)
    crop.pixels[:, :edge] = crop.pixels[:, -edge:] = int(np.percentile(crop.pixels, 90))
    return crop


def _is_better(old: Sequence[GlyphBox], new: Sequence[GlyphBox]) -> bool:
    """Return True if the second reading is the first with letters put in, and sure of them."""
    before, after = _text(old), _text(new)
    if not len(before) < len(after) <= len(before) + LETTERS or not after.isascii():
        return False
    if not after.replace("-", "").isalpha():
        return False
    rest = iter(after)
    if not all(letter in rest for letter in before):
        return False
    chances = [glyph.glyph.chance for glyph in new]
    return sum(chances) / len(chances) >= SURE and min(chances) >= ADDED


def _replaced(line: BoxedLine, word: Word, again: BoxedLine) -> BoxedLine:
    grown = len(again.glyphs) - (word.stop - word.start)
    spaces = [at for at in line.spaces if at <= word.start]
    spaces += [word.start + at for at in again.spaces if at]
    spaces += [at + grown for at in line.spaces if at >= word.stop]
    left, right = again.glyphs[0].left, again.glyphs[-1].right
    unread = tuple(gap for gap in line.unread if gap[1] < left or gap[0] > right)
    return replace(
        line,
        glyphs=(*line.glyphs[: word.start], *again.glyphs, *line.glyphs[word.stop :]),
        spaces=tuple(dict.fromkeys(spaces)),
        unread=unread,
    )


def read_marks(
    lines: Sequence[CandidateLine], boxed: Sequence[BoxedLine], ink: Pixels
) -> tuple[list[CandidateLine], list[BoxedLine]]:
    """Return the lines with their marks, and the boxes without the ink that they explain."""
    known = [
        (line.glyphs[0], _shape(ink, line.glyphs[0]))
        for line in lines
        if line.glyphs and line.glyphs[0].text in MARKS
    ]
    read, rest = list(lines), list(boxed)
    for at, (line, source) in enumerate(zip(lines, boxed, strict=True) if known else ()):
        if not line.glyphs:
            continue
        if not source.unread or source.unread[0][1] > line.glyphs[0].left + 1:
            read[at] = _doubted(line, ink, known)
            continue
        glyph = _unread_glyph(source, ink)
        mark = None if glyph is None else _mark(glyph, line.em, ink, known)
        if glyph is None or mark is None:
            continue
        first, new = (
            line.glyphs[0],
            replace(glyph, text=mark, read=mark, alternatives=((mark, CHANCE),)),
        )
        read[at] = line.spliced(0, 0, [new], (first, mark + first.text, RULE))
        rest[at] = replace(source, unread=source.unread[1:])
    return read, rest


def _doubted(
    line: CandidateLine, ink: Pixels, known: Sequence[tuple[Candidate, Shape]]
) -> CandidateLine:
    """Take a first glyph that the engine is not sure of for the mark that it may be: ② for ◎."""
    first = line.glyphs[0]
    if first.text in MARKS or first.chance > CHANCE:
        return line
    mark = _mark(first, line.em, ink, known)
    if mark is None or first.chance_of(mark) < LEAST_SHARE * first.chance:
        return line
    return line.changed([Change(0, mark, RULE)])


def _unread_glyph(source: BoxedLine, ink: Pixels) -> Candidate | None:
    """Return the first ink that no character explains, with the rows that it takes."""
    left, right = source.unread[0]
    rows = ink_rows(source, ink, left, right)
    return None if rows is None else Candidate("", "", CHANCE, (), left, right, *rows)


def _shape(ink: Pixels, glyph: Candidate) -> Shape:
    import cv2

    part = ink[int(glyph.top) : int(glyph.bottom), int(glyph.left) : int(glyph.right) + 1]
    if not part.size:
        return np.zeros((SIDE, SIDE), np.float32)
    small = cv2.resize(part, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.float32) / 255.0


def _mark(
    glyph: Candidate, em: float, ink: Pixels, known: Sequence[tuple[Candidate, Shape]]
) -> str | None:
    """Return the mark that ink is: one of the same size and shape stands above or below it."""
    shape = _shape(ink, glyph)
    for other, drawn in known:
        wide = abs(other.width - glyph.width)
        same_size = max(wide, abs(other.height - glyph.height)) <= NEAR / 2 * em
        beside = same_size and abs(other.left - glyph.left) <= NEAR * em
        if beside and float(np.abs(shape - drawn).mean()) <= ALIKE:
            return other.text
    return None
