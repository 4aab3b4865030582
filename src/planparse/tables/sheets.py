"""Sheets that print two pages side by side: each half becomes a page of its own.

Printed two on a sheet, a table goes on at the right of its first half. Nothing but its columns
shows it: they are those of the table at the left, moved to the other side of a gutter.
"""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from itertools import accumulate, combinations
from math import inf

from planparse.model.geometry import Box
from planparse.model.page import Axis, DroppedRun, Page, Ruling, Run, Sheet, SourceDocument
from planparse.tables.page_joins import SAME_EDGE, same_columns
from planparse.tables.rulings import TOUCH, LineGroup, connected_groups, merge_rulings
from planparse.tables.text_lines import group_lines

# A plan's table has at least three columns; two tables of two may be alike by chance.
_FEWEST_EDGES = 4
# Runs of one line stand no further apart than this, in font sizes: a title may be spread.
_ONE_LINE = 2.0


def part_sheets(document: SourceDocument) -> SourceDocument:
    """Return the document with the halves of its sheets as pages, counted in reading order.

    It comes back as it is where no sheet shows two halves of a table. Sheets of the same size
    are then parted too, if nothing stands across the gutter.
    """
    folds = {page.number: fold for page in document.pages if (fold := _fold_of(page)) is not None}
    if not folds:
        return document
    widths = {
        round(page.width): folds[page.number] for page in document.pages if page.number in folds
    }
    pages: list[Page] = []
    for page in document.pages:
        own = folds.get(page.number)
        fold = widths.get(round(page.width)) if own is None else own
        crossed = own is None and fold is not None and _is_crossed(page, fold, text=True)
        halves = [_whole(page)] if fold is None or crossed else _halves(page, fold)
        pages += [_numbered(half, len(pages) + 1 + at) for at, half in enumerate(halves)]
    return replace(document, pages=tuple(pages))


def _groups(page: Page) -> list[LineGroup]:
    rulings = page.rulings or ()
    level = merge_rulings(rulings, Axis.HORIZONTAL)
    groups = connected_groups(level, merge_rulings(rulings, Axis.VERTICAL))
    return [part for group in groups for part in _parted(group)]


def _parted(group: LineGroup) -> list[LineGroup]:
    """Return the tables of a group: lines down of one height join halves that are both full."""
    parts: list[LineGroup] = []
    reached = -inf
    for line in sorted(group.horizontals, key=lambda line: line.start):
        if line.start - reached > TOUCH:
            parts.append(LineGroup([], []))
        parts[-1].horizontals.append(line)
        reached = max(reached, line.end)
    for line in group.verticals:
        left = [part for part in parts if part.horizontals[0].start - TOUCH <= line.position]
        (left or parts)[-1 if left else 0].verticals.append(line)
    return [part for part in parts if part.verticals]


def _extent(group: LineGroup) -> Box:
    """Return the box around a table's lines."""
    across, down = group.horizontals, group.verticals
    return Box(
        min([line.start for line in across] + [line.position for line in down]),
        min([line.position for line in across] + [line.start for line in down]),
        max([line.end for line in across] + [line.position for line in down]),
        max([line.position for line in across] + [line.end for line in down]),
    )


def _edges(group: LineGroup) -> list[float]:
    """Return where a table's columns begin and end: the places of its lines down."""
    edges: list[float] = []
    for x in sorted(line.position for line in group.verticals):
        if not edges or x - edges[-1] > SAME_EDGE:
            edges.append(x)
    return edges


def _fold_of(page: Page) -> float | None:
    """Return where a sheet's two halves meet, in points from its left; None for a single page."""
    groups = sorted(_groups(page), key=lambda group: _extent(group).left)
    for left, right in combinations(groups, 2):
        if not _goes_on(left, right):
            continue
        fold = _between(_extent(left).right, _extent(right).left, page.width / 2)
        if not _is_crossed(page, fold):
            return fold
    return None


def _between(left: float, right: float, middle: float) -> float:
    """Return the sheet's middle if it lies between two tables, else what lies in theirs."""
    return middle if left < middle < right else (left + right) / 2


def _goes_on(left: LineGroup, right: LineGroup) -> bool:
    """Return True if a table stands beside another one at its left, with the same columns."""
    one, other = _extent(left), _extent(right)
    if one.right >= other.left or one.bottom <= other.top or other.bottom <= one.top:
        return False
    edges, its = _edges(left), _edges(right)
    if min(len(edges), len(its)) < _FEWEST_EDGES:
        return False
    return same_columns(edges, [x - its[0] + edges[0] for x in its])


def _is_crossed(page: Page, fold: float, *, text: bool = False) -> bool:
    """Return True if a table, or text beside one, stands on both sides of a fold.

    ``text``: text above or below a table does too.
    """
    boxes = [_extent(group) for group in _groups(page)]
    if any(box.left < fold < box.right for box in boxes) or (text and any(_across(page, fold))):
        return True
    return any(
        run.left < fold < run.right and any(box.top < run.middle < box.bottom for box in boxes)
        for run in page.runs
    )


def _whole(page: Page) -> Page:
    return replace(page, sheet=Sheet(page.number, page.width, page.height))


def _halves(page: Page, fold: float) -> list[Page]:
    """Return the pages of a sheet, the left one first; one that is empty is none.

    A line over both halves, a heading or a number of the sheet, is the left one's.
    """
    title = {run.first for run in _across(page, fold)}
    every = [*page.runs, *(drop.run for drop in page.dropped)]
    left = {run.first for run in every if (run.left + run.right) / 2 < fold} | title
    right = {run.first for run in every} - left
    halves = [_half(page, left, 0.0, fold), _half(page, right, fold, page.width)]
    return [half for half in halves if half.glyph_count] or [_whole(page)]


def _across(page: Page, fold: float) -> Iterator[Run]:
    """Yield the runs of lines over both halves: a heading, a number of the sheet."""
    boxes = [_extent(group) for group in _groups(page)]
    outside = [
        run for run in page.runs if not any(box.top < run.middle < box.bottom for box in boxes)
    ]
    for line in group_lines(outside):
        pieces: list[list[Run]] = []
        for run in line.runs:
            if pieces and run.left - pieces[-1][-1].right < _ONE_LINE * run.font_size:
                pieces[-1].append(run)
            else:
                pieces.append([run])
        for piece in pieces:
            if piece[0].left < fold < piece[-1].right:
                yield from piece


def _half(page: Page, own: AbstractSet[int], left: float, right: float) -> Page:
    """Return the half of a sheet that has these runs, with places and ordinals of its own."""
    runs = [run for run in page.runs if run.first in own]
    dropped = [drop for drop in page.dropped if drop.run.first in own]
    every = sorted([*runs, *(drop.run for drop in dropped)], key=lambda run: run.first)
    ordinals = tuple(run.first + at for run in every for at in range(len(run.text)))
    ends = accumulate([len(run.text) for run in every], initial=0)
    firsts = {run.first: end for run, end in zip(every, ends, strict=False)}
    return replace(
        page,
        width=right - left,
        runs=tuple(_moved(run, firsts[run.first], left) for run in runs),
        rulings=tuple(_rulings(page, left, right)),
        dropped=tuple(
            DroppedRun(_moved(drop.run, firsts[drop.run.first], left), drop.reason)
            for drop in dropped
        ),
        glyph_count=len(ordinals),
        fills=tuple(
            Box(box.left - left, box.top, box.right - left, box.bottom)
            for box in page.fills
            if left <= (box.left + box.right) / 2 < right
        ),
        sheet=Sheet(page.number, page.width, page.height, left, ordinals),
    )


def _moved(run: Run, first: int, left: float) -> Run:
    return replace(
        run,
        first=first,
        lefts=tuple(x - left for x in run.lefts),
        rights=tuple(x - left for x in run.rights),
    )


def _rulings(page: Page, left: float, right: float) -> Iterator[Ruling]:
    """Yield the rulings of a half; a line over the whole sheet is cut at the fold."""
    for ruling in page.rulings or ():
        if ruling.axis is Axis.VERTICAL:
            if left <= ruling.position < right:
                yield replace(ruling, position=ruling.position - left)
            continue
        start, end = max(ruling.start, left), min(ruling.end, right)
        if start < end:
            yield replace(ruling, start=start - left, end=end - left)


def _numbered(page: Page, number: int) -> Page:
    """Return a page with its number in reading order."""
    return replace(
        page,
        number=number,
        runs=tuple(replace(run, page=number) for run in page.runs),
        dropped=tuple(
            DroppedRun(replace(drop.run, page=number), drop.reason) for drop in page.dropped
        ),
    )
