"""Turn pages whose content is printed sideways, without /Rotate, into reading orientation.

Landscape tables stand on portrait paper that way where files were printed as one. Runs and rulings
move; ``Page.turn`` leads back to the page as displayed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from planparse.model.geometry import Box
from planparse.model.page import Axis, DroppedRun, Page, Ruling, Run

# A page is printed sideways if this part of its glyphs reads up, or down. Turned headings and
# labels of known plans are at most a tenth; a page number may stand level all the same.
_MOSTLY = 0.6
# Text set in columns (直書) reads down as well: its columns become lines in the same order.
_DOWN, _UP = 90, 270
# In font sizes, of neighbours in one run: how far they may stand apart across the line and along
# it. A gap of more than the last is white space between Latin words.
_SAME_LINE, _APART, _WORD_GAP = 0.05, 0.9, 0.15


def _direction(runs: Sequence[Run]) -> int:
    """Return the direction that most glyphs of a page read in; 0 if that is to the right."""
    turned = [run for run in runs if run.turn]
    if not turned:
        return 0
    enough = _MOSTLY * sum(len(run.text) for run in runs)
    return next(
        (turn for turn in (_DOWN, _UP) if sum(run.turn == turn for run in turned) > enough), 0
    )


class _Turning:
    """The way from a page as displayed to the same page upright."""

    def __init__(self, page: Page, direction: int) -> None:
        self._direction = direction
        self.width, self.height = page.height, page.width
        #: Degrees clockwise.
        self.degrees = 360 - direction

    def box(self, left: float, top: float, right: float, bottom: float) -> Box:
        """Return where a box of the displayed page stands on the upright one."""
        if self._direction == _UP:
            return Box(self.width - bottom, left, self.width - top, right)
        return Box(top, self.height - right, bottom, self.height - left)

    def glyphs(self, run: Run) -> list[Run]:
        """Return a run's glyphs on the upright page, one run each; level ones read across now."""
        turned = []
        for at in range(len(run.text)):
            glyph = run.slice(at, at + 1)
            box = self.box(glyph.lefts[0], glyph.top, glyph.rights[0], glyph.bottom)
            turned.append(
                replace(
                    glyph,
                    lefts=(box.left,),
                    rights=(box.right,),
                    top=box.top,
                    bottom=box.bottom,
                    turn=(run.turn - self._direction) % 360,
                )
            )
        return turned

    def ruling(self, ruling: Ruling) -> Ruling:
        """Return a ruling on the upright page: its axis changes."""
        at, start, end = ruling.position, ruling.start, ruling.end
        if ruling.axis is Axis.HORIZONTAL:
            box = self.box(start, at, end, at)
            axis, at, start, end = Axis.VERTICAL, box.left, box.top, box.bottom
        else:
            box = self.box(at, start, at, end)
            axis, at, start, end = Axis.HORIZONTAL, box.top, box.left, box.right
        return replace(ruling, axis=axis, position=at, start=start, end=end)


def _goes_on(last: Run, glyph: Run) -> bool:
    """Return True if a glyph stands on the line of another one, right behind it."""
    size = last.font_size
    return (
        last.turn == glyph.turn == 0
        and glyph.first == last.first + 1
        and glyph.font_size == size
        and abs(glyph.top - last.top) <= _SAME_LINE * size
        and last.lefts[0] <= glyph.lefts[0] <= last.rights[0] + _APART * size
    )


def _is_spaced(last: Run, glyph: Run) -> bool:
    """Return True if white space stands between two glyphs of a run; digits may just be spread."""
    if 0 in glyph.spaces:
        return True
    gap = glyph.lefts[0] - last.rights[0] > _WORD_GAP * glyph.font_size
    return gap and not (last.text.isdigit() and glyph.text.isdigit())


def _joined(glyphs: Sequence[Run]) -> Run:
    """Return the run that glyphs next to each other make."""
    printed = "".join([glyph.printed or glyph.text for glyph in glyphs])
    text = "".join([glyph.text for glyph in glyphs])
    return replace(
        glyphs[0],
        text=text,
        lefts=tuple([glyph.lefts[0] for glyph in glyphs]),
        rights=tuple([glyph.rights[0] for glyph in glyphs]),
        spaces=tuple([at for at, pair in enumerate(pairwise(glyphs), 1) if _is_spaced(*pair)]),
        printed=None if printed == text else printed,
    )


def _runs(turning: _Turning, runs: Iterable[Run]) -> list[Run]:
    """Return runs on the upright page, glyphs of one line joined."""
    found: list[list[Run]] = []
    for run in runs:
        for glyph in turning.glyphs(run):
            if found and _goes_on(found[-1][-1], glyph):
                found[-1].append(glyph)
            else:
                found.append([glyph])
    return [_joined(glyphs) for glyphs in found]


def upright(page: Page) -> Page:
    """Return a page in reading orientation; the page itself where it is not printed sideways."""
    direction = _direction(page.runs)
    if not direction:
        return page
    turning = _Turning(page, direction)
    rulings = None if page.rulings is None else tuple(map(turning.ruling, page.rulings))
    return replace(
        page,
        width=turning.width,
        height=turning.height,
        runs=tuple(_runs(turning, page.runs)),
        rulings=rulings,
        dropped=tuple(
            DroppedRun(glyph, drop.reason)
            for drop in page.dropped
            for glyph in turning.glyphs(drop.run)
        ),
        turn=float(turning.degrees),
        fills=tuple(
            turning.box(fill.left, fill.top, fill.right, fill.bottom) for fill in page.fills
        ),
    )
