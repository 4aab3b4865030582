"""Stamps: a closed frame with a text of its own, set over a table (正本, 列管文件).

Both readers of PDFs ask this module. Such a frame is no border, and its text is no cell's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from planparse.model.geometry import Box
from planparse.model.page import Axis, DroppedRun, DropReason, Ruling, Run

# Points within which a ruling ends on the side of a frame: cells share theirs. A stamp is nearer
# than 2 to a border by chance (seen: 1.1); what runs on at both sides crosses a frame over it.
_ON_SIDE = 0.8
# Points between the two frames of a double line.
_DOUBLE = 6.0
# A side cuts a text that has so many glyphs on either side of it; a full stop may hang over a
# border.
_CUT = 2
# A side level with this part of a run's height, from above and from below, goes through its text.
_THROUGH = 0.25
# A stamp's text is in the middle of its frame and fills it, within these font sizes.
_CENTRED, _PADDING = 0.5, 1.5

Frame = tuple[Box, list[Ruling]]


def _frames(rulings: Iterable[Ruling]) -> Iterator[Frame]:
    """Yield the rectangles that four rulings of one path close, with these rulings."""
    level: dict[tuple[int, int], list[Ruling]] = {}
    upright: dict[tuple[int, int], list[Ruling]] = {}
    for one in rulings:
        sides = level if one.axis is Axis.HORIZONTAL else upright
        sides.setdefault((round(one.start), round(one.end)), []).append(one)
    for (top, bottom), walls in upright.items():
        for left, right in combinations(sorted(walls, key=lambda one: one.position), 2):
            across = level.get((round(left.position), round(right.position)), ())
            ends = [one for one in across if round(one.position) in (top, bottom)]
            if {round(one.position) for one in ends} == {top, bottom} and top < bottom:
                box = Box(left.position, left.start, right.position, left.end)
                yield box, [left, right, *ends]


def _is_around(outer: Box, inner: Box) -> bool:
    """Return True if two frames are the lines of one double frame."""
    gaps = (
        inner.left - outer.left,
        inner.top - outer.top,
        outer.right - inner.right,
        outer.bottom - inner.bottom,
    )
    return max(map(abs, gaps)) <= _DOUBLE


def _meets(ruling: Ruling, box: Box) -> bool | None:
    """Return True if a ruling crosses a frame, False if it is a cell's there, None for neither."""
    near, far, low, high = box.top, box.bottom, box.left, box.right
    if ruling.axis is Axis.VERTICAL:
        near, far, low, high = box.left, box.right, box.top, box.bottom
    if not near - _ON_SIDE <= ruling.position <= far + _ON_SIDE:
        return None
    if ruling.end < low - _ON_SIDE or ruling.start > high + _ON_SIDE:
        return None
    ends = (ruling.start, ruling.end)
    if any(abs(end - side) <= _ON_SIDE for end in ends for side in (low, high)):
        return False
    if min(abs(ruling.position - near), abs(ruling.position - far)) <= _ON_SIDE:
        # A longer ruling stands beside the frame by chance.
        return None if ruling.start < low and ruling.end > high else False
    return True if ruling.start < low or ruling.end > high else None


def _cuts(box: Box, run: Run) -> bool:
    """Return True if a side of a frame goes through the text of a run."""
    if run.turn or run.right < box.left or run.left > box.right:
        return False
    middle = run.top + _THROUGH * run.font_size, run.bottom - _THROUGH * run.font_size
    if any(middle[0] < y < middle[1] for y in (box.top, box.bottom)):
        return True
    if not box.top < run.middle < box.bottom:
        return False
    return any(
        sum(right < x for right in run.rights) >= _CUT
        and sum(left > x for left in run.lefts) >= _CUT
        for x in (box.left, box.right)
    )


def _holds(box: Box, run: Run) -> bool:
    return box.holds(run.left, run.top, 1.0) and box.holds(run.right, run.bottom, 1.0)


def _own_text(box: Box, runs: Iterable[Run]) -> list[Run]:
    """Return the runs that fill a frame about its middle, drawn one after the other; else none."""
    groups: list[list[Run]] = []
    for run in sorted((one for one in runs if _holds(box, one)), key=lambda one: one.first):
        if groups and run.first == groups[-1][-1].first + len(groups[-1][-1].text):
            groups[-1].append(run)
        else:
            groups.append([run])
    found = [group for group in groups if _fills(box, group)]
    return found[0] if len(found) == 1 else []


def _fills(box: Box, group: Sequence[Run]) -> bool:
    text, size = Box.around(run.box for run in group), group[0].font_size
    left, right = text.left - box.left, box.right - text.right
    above, below = text.top - box.top, box.bottom - text.bottom
    return (
        abs(left - right) <= _CENTRED * size
        and abs(above - below) <= _CENTRED * size
        and max(left, right, above, below) <= _PADDING * size
    )


def without_stamps(
    runs: list[Run], rulings: list[Ruling]
) -> tuple[list[Run], list[DroppedRun], list[Ruling]]:
    """Return the runs and the rulings that are no stamp's, and the stamps' texts, dropped.

    A cell's sides end on other rulings or leave the text alone. A stamp's frame lies across
    rulings or text, and no ruling ends on it.
    """
    frames = list(_frames(rulings))
    gone: set[int] = set()
    stamped: dict[int, Run] = {}
    for box, _ in frames:
        sides = {id(one) for other, four in frames if _is_around(other, box) for one in four}
        met = [_meets(one, box) for one in rulings if id(one) not in sides]
        if False in met:
            continue
        own = _own_text(box, runs)
        firsts = {run.first for run in own}
        over = True in met or any(_cuts(box, run) for run in runs if run.first not in firsts)
        if own and over:
            gone |= sides
            stamped |= {run.first: run for run in own}
    if not gone:
        return runs, [], rulings
    dropped = [DroppedRun(run, DropReason.ANNOTATION) for run in stamped.values()]
    kept = [run for run in runs if run.first not in stamped]
    return kept, dropped, [one for one in rulings if id(one) not in gone]
