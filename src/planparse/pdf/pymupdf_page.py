"""One page of MuPDF's text layer and vectors as our Page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise
from operator import sub
from typing import Any

import pymupdf

from planparse.lexicon.character_folds import LIGATURES, fold_table, is_sound, sound
from planparse.model.page import Axis, DroppedRun, DropReason, Page, Ruling, Run
from planparse.pdf.glyphs import (
    ABOVE,
    BELOW,
    NEAR,
    body_size,
    is_oversized,
    is_pale,
    is_slanted,
    luminance,
    rgb,
    split_off_page,
    without_overprint,
)
from planparse.pdf.pymupdf_clipping import hide_clipped
from planparse.pdf.pymupdf_document import TEXT_FLAGS
from planparse.pdf.rulings import (
    fills_from_vectors,
    rulings_from_drawings,
    rulings_from_vectors,
    rulings_on_page,
)

# Unknown glyphs stay U+FFFD: a guess (the glyph's number) is no text.
_FLAGS = TEXT_FLAGS | pymupdf.TEXT_COLLECT_VECTORS
_FILLED_OR_STROKED = 16 | 32
# In font sizes: glyphs that stand farther apart than the others of their run have space between.
_WORD_GAP = 0.12
# In font sizes: glyphs whose base lines differ by more stand on lines of their own.
_STEP = 0.15
_FOLDS = fold_table()
# Most texts have none of these: to look for them is quicker than to translate.
_SPECIAL = frozenset(map(chr, {**_FOLDS, **LIGATURES}))
_INFINITE = float("inf")


Spans = list[tuple[Mapping[str, Any], Mapping[str, Any]]]


def _spans(blocks: list[dict[str, Any]]) -> Spans:
    """List the spans of a page, each with its line."""
    lines = [line for block in blocks if block["type"] == 0 for line in block["lines"]]
    return [(line, span) for line in lines for span in line["spans"]]


def _runs_of_span(
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


def _turn(line: Mapping[str, Any]) -> int:
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


def _turned_box(box: tuple[float, ...], matrix: pymupdf.Matrix) -> tuple[float, ...]:
    turned = pymupdf.Rect(box) * matrix
    return (turned.x0, turned.y0, turned.x1, turned.y1)


def _turn_blocks(blocks: list[dict[str, Any]], matrix: pymupdf.Matrix) -> None:
    """Turn the boxes, base lines and directions of a page's blocks, in place."""
    for block in blocks:
        block["bbox"] = _turned_box(block["bbox"], matrix)
        for line in block.get("lines", ()):
            across, down = line["dir"]
            line["dir"] = (
                across * matrix.a + down * matrix.c,
                across * matrix.b + down * matrix.d,
            )
            for span in line["spans"]:
                for char in span["chars"]:
                    char["bbox"] = _turned_box(char["bbox"], matrix)
                    char["origin"] = tuple(pymupdf.Point(char["origin"]) * matrix)


def _turn_rulings(rulings: list[Ruling], matrix: pymupdf.Matrix) -> list[Ruling]:
    """Turn rulings; a quarter turn changes their axis."""
    turned = []
    for ruling in rulings:
        ends = (ruling.start, ruling.position, ruling.end, ruling.position)
        if ruling.axis is Axis.VERTICAL:
            ends = (ruling.position, ruling.start, ruling.position, ruling.end)
        left, top, right, bottom = _turned_box(ends, matrix)
        if right - left >= bottom - top:
            turned.append(Ruling(Axis.HORIZONTAL, top, left, right, ruling.thickness))
        else:
            turned.append(Ruling(Axis.VERTICAL, left, top, bottom, ruling.thickness))
    return turned


def _reason(line: Mapping[str, Any], span: Mapping[str, Any], body: float) -> DropReason | None:
    """Return the reason to drop a span, None to keep it; ``body`` is the page's usual size."""
    if not span["char_flags"] & _FILLED_OR_STROKED or span["alpha"] == 0:
        return DropReason.INVISIBLE
    if "cut" in span:
        return DropReason.CUT_PRINT
    if is_slanted(*line["dir"]):
        return DropReason.WATERMARK
    if is_oversized(span["size"], body):
        light = luminance(*rgb(span["color"])) / 255
        return DropReason.WATERMARK if is_pale(span["alpha"] / 255, light) else None
    return None


def _rulings(page: pymupdf.Page, vectors: list[dict[str, Any]]) -> list[Ruling]:
    """Return the rulings of a page as displayed."""
    rulings, incomplete = rulings_from_vectors(vectors)
    if incomplete:
        rulings = rulings_from_drawings(page.get_cdrawings(extended=True))
        if page.rotation:
            rulings = _turn_rulings(rulings, page.rotation_matrix)
    return rulings


def read_page(page: pymupdf.Page, number: int) -> Page:
    """Read one page; ``number`` counts from 1."""
    rect = page.rect
    width, height = rect.width, rect.height
    # Without a frame MuPDF leaves out text off the page: it would be in no account.
    everywhere = pymupdf.INFINITE_RECT()
    blocks = page.get_text("rawdict", flags=_FLAGS, clip=everywhere)["blocks"]
    hide_clipped(page, blocks)
    if page.rotation:
        _turn_blocks(blocks, page.rotation_matrix)
    spans = _spans(blocks)
    body = body_size((span["size"], len(span["chars"])) for _, span in spans)
    runs: list[Run] = []
    dropped: list[DroppedRun] = []
    count = 0
    spread = True
    for line, span in spans:
        reason = _reason(line, span, body)
        found, least = _runs_of_span(span, _turn(line), number, count)
        spread = spread and least >= NEAR * span["size"]
        for run in found:
            count += len(run.text)
            if reason is not None:
                dropped.append(DroppedRun(run, reason))
                continue
            if run.lefts[0] >= 0 and run.rights[-1] <= width and 0 <= run.top < height:
                runs.append(run)
                continue
            inside, outside = split_off_page(run, width, height)
            runs += inside
            dropped += [DroppedRun(piece, DropReason.OFF_PAGE) for piece in outside]
    runs, doubles = without_overprint(runs, spread=spread)
    dropped += [DroppedRun(run, DropReason.DUPLICATE_OVERPRINT) for run in doubles]
    vectors = [block for block in blocks if block["type"] == 3]
    rulings = rulings_on_page(_rulings(page, vectors), width, height)
    fills = tuple(fills_from_vectors(vectors))
    return Page(
        number, width, height, tuple(runs), tuple(rulings), tuple(dropped), count, fills=fills
    )
