"""A second look at Latin words: their letters stand closer than the recogniser's steps.

A step is 8 pixels of a line's picture; the I of AMI or the i of Wi-Fi shares one with its
neighbour and is dropped. The word alone, stretched, has room for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from planparse.ocr.glyph_boxes import Placed, PlacedLine, place_glyphs
from planparse.ocr.picture import Pixels
from planparse.ocr.recognition import MARGIN, Crop, Engine, cut_line

STRETCH = 1.8
"""Times that a word's picture is widened."""

LETTERS = 3
"""How many letters a second look may add."""

SURE, ADDED = 0.85, 0.80
"""The mean chance of a second reading that is believed, and the least of a letter it adds."""


@dataclass(frozen=True, slots=True)
class Word:
    """Glyphs ``start`` … ``stop - 1`` of line ``line``, and the picture of them alone."""

    line: int
    start: int
    stop: int
    crop: Crop


def read_words_again(
    lines: Sequence[PlacedLine], pixels: Pixels, writing: Pixels, engine: Engine
) -> list[PlacedLine]:
    """Read the Latin words of a page once more and keep what has more letters."""
    words = [word for at, line in enumerate(lines) for word in _words(at, line, pixels)]
    found = list(lines)
    if not words:
        return found
    answers = engine.read([word.crop for word in words])
    # From the last: a word that grows moves the places behind it.
    for word, answer in reversed(list(zip(words, answers, strict=True))):
        again = place_glyphs(answer, word.crop, writing)
        if _is_better(found[word.line].glyphs[word.start : word.stop], again.glyphs):
            found[word.line] = _replaced(found[word.line], word, again)
    return found


def _text(glyphs: Sequence[Placed]) -> str:
    return "".join(glyph.glyph.rivals[0][0] for glyph in glyphs)


def _words(number: int, line: PlacedLine, pixels: Pixels) -> list[Word]:
    """Find stretches of letters and hyphens, at least two long."""
    text = _text(line.glyphs)
    found = []
    start = 0
    while start < len(text):
        stop = start
        while (
            stop < len(text)
            and text[stop].isascii()
            and (text[stop].isalpha() or text[stop] == "-")
        ):
            stop += 1
        if stop - start >= 2 and text[start:stop].strip("-"):
            found.append(Word(number, start, stop, _crop(line, start, stop, pixels)))
        start = max(stop, start + 1)
    return found


def _crop(line: PlacedLine, start: int, stop: int, pixels: Pixels) -> Crop:
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


def _is_better(old: Sequence[Placed], new: Sequence[Placed]) -> bool:
    """Tell whether the second reading is the first with letters put in, and sure of them."""
    before, after = _text(old), _text(new)
    if not len(before) < len(after) <= len(before) + LETTERS or not after.isascii():
        return False
    if not after.replace("-", "").isalpha():
        return False
    rest = iter(after)
    if not all(letter in rest for letter in before):
        return False
    chances = [glyph.glyph.rivals[0][1] for glyph in new]
    return sum(chances) / len(chances) >= SURE and min(chances) >= ADDED


def _replaced(line: PlacedLine, word: Word, again: PlacedLine) -> PlacedLine:
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
