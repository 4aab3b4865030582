"""One page as pdfminer reads it, as our Page: the cross-check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pdfminer.pdftypes import resolve1
from pdfminer.utils import Point
from pdfplumber.page import Page as PlumberPage

from planparse.lexicon.character_folds import fold_table
from planparse.model.geometry import Box
from planparse.model.page import DroppedRun, DropReason, Page, Ruling, Run
from planparse.pdf.glyphs import (
    ABOVE,
    BELOW,
    body_size,
    is_oversized,
    is_pale,
    is_slanted,
    luminance,
    rgb,
    split_off_page,
)
from planparse.pdf.pdfminer_glyphs import Glyph, Path, Recorder
from planparse.pdf.pdfminer_state import Interpreter
from planparse.pdf.rulings import MAX_THICKNESS, SLANT, is_area, rulings_on_page, thin_rulings
from planparse.pdf.struck_text import without_struck_or_doubled
from planparse.pdf.unseen_text import Area, Ink, without_unseen

# In font sizes, of neighbours in one run: how far their base lines may differ, how far they may
# stand apart (an ideographic space is 1.0), and how far they may overlap.
_SAME_LINE, _APART, _OVERLAP = 0.05, 0.9, 0.5
# A gap this wide (part of the size) is white space where the other gaps of the run are not.
_WORD_GAP = 0.18
# Points: corners of a rectangle stand this exactly on two lines each way.
_EXACT = 0.01


# The fields of a glyph from here on are how it is painted: alike in one run.
_PAINT = Glyph._fields.index("painted")


class _Frame:
    """The visible part of a page, and the way from the parser's points to ours."""

    def __init__(self, page: PlumberPage) -> None:
        source = page.page_obj
        x0, y0, x1, y1 = source.mediabox
        turned = source.rotate in (90, 270)
        crop_x0, crop_y0, crop_x1, crop_y1 = source.cropbox
        left, right = max(min(crop_x0, crop_x1), x0), min(max(crop_x0, crop_x1), x1)
        low, high = max(min(crop_y0, crop_y1), y0), min(max(crop_y0, crop_y1), y1)
        # As the interpreter turns the page: the corner of the displayed page in its points.
        corners = {
            0: (left - x0, high - y0),
            90: (low - y0, x1 - left),
            180: (x1 - right, y1 - low),
            270: (y1 - high, right - x0),
        }
        self.left, self.top = corners.get(source.rotate, corners[0])
        unit = resolve1(source.attrs.get("UserUnit", 1))
        self.scale = float(unit) if isinstance(unit, int | float) and unit > 0 else 1.0
        width, height = right - left, high - low
        self.width = (height if turned else width) * self.scale
        self.height = (width if turned else height) * self.scale

    def x(self, value: float) -> float:
        """Return a horizontal position in points from the left of the page."""
        return (value - self.left) * self.scale

    def y(self, value: float) -> float:
        """Return a vertical position in points from the top of the page."""
        return (self.top - value) * self.scale


def _is_horizontal(glyph: Glyph) -> bool:
    return glyph.across > 0.99 and abs(glyph.up) < 0.1 and not glyph.vertical


def _goes_on(run: Sequence[Glyph], glyph: Glyph) -> bool:
    """Return True if a glyph stands on the line of a run, right of its last glyph."""
    last = run[-1]
    if not (_is_horizontal(last) and _is_horizontal(glyph)):
        return False
    size = last.size
    return (
        abs(glyph.size - size) <= 0.01
        and abs(glyph.bottom - last.bottom) <= _SAME_LINE * size
        and last.left <= glyph.left
        and -_OVERLAP * size <= glyph.left - last.right <= _APART * size
        and glyph[_PAINT:] == last[_PAINT:]
    )


def _strings(glyphs: Sequence[Glyph]) -> Iterator[tuple[list[Glyph], tuple[int, ...]]]:
    """Yield runs of glyphs without white space, with the offsets before which some stands."""
    run: list[Glyph] = []
    spaces: list[int] = []
    line: list[Glyph] = []
    for glyph in glyphs:
        if line and not _goes_on(line, glyph):
            if run:
                yield run, _all_spaces(run, spaces)
            run, spaces, line = [], [], []
        line.append(glyph)
        if glyph.text.isspace():
            spaces.append(len(run))
        else:
            run.append(glyph)
    if run:
        yield run, _all_spaces(run, spaces)


def _all_spaces(run: Sequence[Glyph], printed: Sequence[int]) -> tuple[int, ...]:
    """Add the places where glyphs stand apart, unless all of the run are spread."""
    gaps = [after.left - before.right for before, after in pairwise(run)]
    usual = max(min(gaps), 0.0) if len(gaps) > 1 else 0.0
    wide = [
        at
        for at, gap in enumerate(gaps, 1)
        if gap - usual > _WORD_GAP * run[0].size
        and not (run[at - 1].text.isdigit() and run[at].text.isdigit())
    ]
    return tuple(sorted({*printed, *wide}))


def _run(
    glyphs: Sequence[Glyph], spaces: tuple[int, ...], frame: _Frame, page: int, first: int
) -> Run:
    printed = "".join([glyph.text for glyph in glyphs])
    text = printed.translate(fold_table())
    size = glyphs[0].size * frame.scale
    if _is_horizontal(glyphs[0]):
        # The em box is laid around the first glyph's base line, for all of the run.
        base = frame.y(glyphs[0].bottom) - BELOW * size
        top, bottom = base - ABOVE * size, base + BELOW * size
    else:
        top, bottom = frame.y(glyphs[0].top), frame.y(glyphs[0].bottom)
    return Run(
        page,
        first,
        text,
        tuple([frame.x(glyph.left) for glyph in glyphs]),
        tuple([frame.x(glyph.right) for glyph in glyphs]),
        top,
        bottom,
        size,
        spaces,
        None if text == printed else printed,
        turn=_turn(glyphs[0]),
    )


def _turn(glyph: Glyph) -> int:
    """Return the direction of a glyph: 0 to the right, 90 downwards, 270 upwards."""
    if _is_horizontal(glyph):
        return 0
    return 270 if glyph.up > 0.5 and not glyph.vertical else 90


def _reason(glyph: Glyph, body: float) -> DropReason | None:
    """Return the reason to drop a glyph, None to keep it."""
    if not glyph.painted or glyph.alpha == 0:
        return DropReason.INVISIBLE
    if glyph.symbol:
        return DropReason.UNMAPPED_SYMBOL
    if glyph.cut and _is_horizontal(glyph):
        return DropReason.CUT_PRINT
    light = 0.0 if glyph.color is None else luminance(*rgb(glyph.color)) / 255
    pale = is_oversized(glyph.size, body) and is_pale(glyph.alpha, light)
    return DropReason.WATERMARK if pale or is_slanted(glyph.across, glyph.up) else None


def _legs(corners: Sequence[Point]) -> list[Ruling]:
    """Return the upright and level legs of a stroked path."""
    lines: list[Ruling] = []
    for (x0, y0), (x1, y1) in pairwise(corners):
        across, down = abs(x0 - x1), abs(y0 - y1)
        if min(across, down) < SLANT and max(across, down) > _EXACT:
            lines += thin_rulings(
                (min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)), square=_EXACT
            )
    return lines


def _rulings(paths: Iterable[Path], frame: _Frame) -> list[Ruling]:
    """Return the rulings of paths, on the page as displayed."""
    rulings: list[Ruling] = []
    for path in paths:
        if path.white or path.alpha == 0:
            continue
        corners = [(frame.x(x), frame.y(y)) for x, y in path.points]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        box = (min(xs), min(ys), max(xs), max(ys))
        thin = min(box[2] - box[0], box[3] - box[1])
        if thin < SLANT or (thin <= MAX_THICKNESS and not path.stroked):
            if path.straight or path.stroked:
                rulings += thin_rulings(box, square=_EXACT)
        elif path.stroked:
            # Of a rectangle with round corners the straight legs are the borders.
            rulings += _legs(corners)
    return rulings


def _fills(paths: Iterable[Path], frame: _Frame) -> list[Box]:
    """Return the coloured areas of paths that are no lines, on the page as displayed."""
    fills: list[Box] = []
    for path in paths:
        if path.white or path.alpha == 0 or path.stroked or not path.straight:
            continue
        xs, ys = [frame.x(x) for x, _ in path.points], [frame.y(y) for _, y in path.points]
        box = (min(xs), min(ys), max(xs), max(ys))
        if is_area(box):
            fills.append(Box(*box))
    return fills


def _areas(recorder: Recorder, frame: _Frame) -> list[Area]:
    """Return the filled areas, no lines, on the page as displayed."""
    found = []
    for area in recorder.areas:
        if is_area(area.box):
            left, low, right, high = area.box
            box = (frame.x(left), frame.y(high), frame.x(right), frame.y(low))
            found.append(area._replace(box=box))
    return found


def read_page_again(source: PlumberPage, number: int) -> Page:
    """Read one page with pdfplumber; ``number`` counts from 1."""
    recorder = Recorder(source.pdf.rsrcmgr)
    Interpreter(source.pdf.rsrcmgr, recorder).process_page(source.page_obj)
    frame = _Frame(source)
    body = body_size((round(glyph.size, 2), 1) for glyph in recorder.glyphs)
    runs: list[Run] = []
    dropped: list[DroppedRun] = []
    inks: list[Ink] = []
    count = 0
    for glyphs, spaces in _strings(recorder.glyphs):
        run = _run(glyphs, spaces, frame, number, count)
        inks += [Ink(count + at, glyph.color, glyph.order) for at, glyph in enumerate(glyphs)]
        count += len(run.text)
        reason = _reason(glyphs[0], body)
        if reason is not None:
            dropped.append(DroppedRun(run, reason))
            continue
        inside, outside = split_off_page(run, frame.width, frame.height)
        runs += inside
        dropped += [DroppedRun(piece, DropReason.OFF_PAGE) for piece in outside]
    rulings = rulings_on_page(_rulings(recorder.paths, frame), frame.width, frame.height)
    runs, unseen = without_unseen(runs, inks, _areas(recorder, frame))
    runs, gone, rulings = without_struck_or_doubled(runs, rulings)
    dropped += [*unseen, *gone]
    return Page(
        number,
        frame.width,
        frame.height,
        tuple(runs),
        tuple(rulings),
        tuple(dropped),
        count,
        fills=tuple(_fills(recorder.paths, frame)),
    )
