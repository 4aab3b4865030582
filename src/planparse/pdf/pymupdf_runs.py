"""One span of MuPDF's text as runs: cut at white space, steps and ligatures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from operator import sub
from typing import Any

from planparse.lexicon.character_folds import LIGATURES, fold_table, is_sound, sound
from planparse.model.page import Run
from planparse.pdf.glyphs import ABOVE, BELOW

# In font sizes: glyphs that stand farther apart than the others of their run have space between.
_WORD_GAP = 0.12
# In font sizes: glyphs whose base lines differ by more stand on lines of their own.
_STEP = 0.15
_FOLDS = fold_table()
# Most texts have none of these: to look for them is quicker than to translate.
_SPECIAL = frozenset(map(chr, {**_FOLDS, **LIGATURES}))
_INFINITE = float("inf")


def runs_of_span(
    span: Mapping[str, Any], turn: int, number: int, first: int
) -> tuple[list[Run], float]:
    """Return a span's glyphs as one run, or one run a glyph where ``turn`` is not 0.

    With them comes the least advance from glyph to glyph, in points.
    """
    kept = span["chars"]
    spaces: tuple[int, ...] = ()
    printed = "".join([char["c"] for char in kept])
    if not is_sound(printed):
        kept = [{**char, "c": sound(char["c"])} for char in kept]
        printed = sound(printed)
    parts = printed.split()
    if len(parts) != 1 or parts[0] != printed:
        if not parts:
            return [], _INFINITE
        marks = [not char.isspace() for char in printed]
        chars = kept
        kept = [char for char, mark in zip(chars, marks, strict=True) if mark]
        spaces = _spaces(chars, marks, kept, span["size"])
        printed = "".join(parts)
    text = printed
    if not _SPECIAL.isdisjoint(printed):
        kept, spaces = _without_ligatures(kept, spaces)
        printed = "".join([char["c"] for char in kept])
        text = printed.translate(_FOLDS)
    size = span["size"]
    lefts, tops, rights, bottoms = zip(*[char["bbox"] for char in kept], strict=True)
    mark = None if text == printed else printed
    base = kept[0]["origin"][1]
    top, bottom = base - ABOVE * size, base + BELOW * size
    run = Run(number, first, text, lefts, rights, top, bottom, size, spaces, mark)
    if not turn:
        level = tops.count(tops[0]) == len(tops)
        return _rising(run) if level else _risings(_by_base(run, kept))
    return [
        replace(run.slice(at, at + 1), top=tops[at], bottom=bottoms[at], turn=turn)
        for at in range(len(text))
    ], _INFINITE


def _without_ligatures(
    chars: list[dict[str, Any]], spaces: tuple[int, ...]
) -> tuple[list[dict[str, Any]], tuple[int, ...]]:
    """Draw the letters of each ligature as glyphs of their own, equally wide."""
    parted: list[dict[str, Any]] = []
    shifted = {}
    for at, char in enumerate(chars):
        shifted[at] = len(parted)
        letters = char["c"].translate(LIGATURES)
        left, top, right, bottom = char["bbox"]
        step = (right - left) / len(letters)
        parted += [
            {**char, "c": letter, "bbox": (left + k * step, top, left + (k + 1) * step, bottom)}
            for k, letter in enumerate(letters)
        ]
    shifted[len(chars)] = len(parted)  # white space may stand behind the last glyph
    return parted, tuple(shifted[at] for at in spaces)


def turn_of(line: Mapping[str, Any]) -> int:
    """Return the direction of a line: 0 to the right, 90 downwards, 270 upwards."""
    across, down = line["dir"]
    if across > 0.99 and not line["wmode"]:
        return 0
    return 270 if down < -0.5 else 90


def _spaces(
    chars: list[dict[str, Any]], marks: list[bool], kept: list[dict[str, Any]], size: float
) -> tuple[int, ...]:
    """Return the offsets before which white space stands.

    MuPDF invents a space where glyphs stand apart; where all glyphs of a line are spread
    (justified type, digits set full width) that is no space.
    """
    seen = 0
    places: dict[int, bool] = {}
    for char, mark in zip(chars, marks, strict=True):
        if mark:
            seen += 1
        else:
            places[seen] = places.get(seen, True) and char["synthetic"]
    if True not in places.values():
        return tuple(places)
    gaps = list(map(sub, _edges(kept[1:], 0), _edges(kept, 2)))
    usual = max(min(gaps), 0.0) if len(gaps) > 1 else 0.0
    return tuple(
        at
        for at, invented in places.items()
        if not invented or (0 < at < len(kept) and gaps[at - 1] - usual > _WORD_GAP * size)
        if not (invented and _between_digits(kept, at))
    )


def _edges(chars: list[dict[str, Any]], side: int) -> list[float]:
    return [char["bbox"][side] for char in chars]


def _between_digits(kept: list[dict[str, Any]], at: int) -> bool:
    return 0 < at < len(kept) and bool(kept[at - 1]["c"].isdigit() and kept[at]["c"].isdigit())


def _by_base(run: Run, kept: list[dict[str, Any]]) -> list[Run]:
    """Cut a run where its base line steps: MuPDF joins what stands half a line lower beside it."""
    bases = [char["origin"][1] for char in kept]
    far = _STEP * run.font_size
    steps = [at for at, (a, b) in enumerate(pairwise(bases), 1) if abs(a - b) > far]
    found = []
    for start, stop in pairwise([0, *steps, len(bases)]):
        shift = bases[start] - bases[0]
        piece = run.slice(start, stop)
        found.append(replace(piece, top=run.top + shift, bottom=run.bottom + shift))
    return found


def _risings(runs: list[Run]) -> tuple[list[Run], float]:
    cut = [_rising(run) for run in runs]
    return [piece for pieces, _ in cut for piece in pieces], min(least for _, least in cut)


def _rising(run: Run) -> tuple[list[Run], float]:
    """Cut a run where a glyph stands left of the one before: MuPDF keeps the order of drawing."""
    lefts = run.lefts
    if len(lefts) < 2:
        return [run], _INFINITE
    least = min(map(sub, lefts[1:], lefts))
    if least >= 0:
        return [run], least
    falls = [at for at, (before, after) in enumerate(pairwise(lefts), 1) if after < before]
    return [run.slice(start, stop) for start, stop in pairwise([0, *falls, len(lefts)])], least
