"""Random grids with merged cells, and the ways in which files draw them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from planparse.model.page import Axis, Ruling

Span = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Grid:
    """Borders in points and cells as (row, column, row span, column span)."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[Span, ...]

    def wall(self, axis: Axis, border: int, place: int) -> bool:
        """Tell whether a border is drawn beside a place of the other axis."""
        for row, column, height, width in self.cells:
            start, size, other, others = (
                (row, height, column, width)
                if axis is Axis.HORIZONTAL
                else (column, width, row, height)
            )
            if start < border < start + size and other <= place < other + others:
                return False
        return True


def random_grid(rng: Random) -> Grid:
    """Draw a grid; a border that no cell has is none."""
    rows, columns = rng.randint(1, 7), rng.randint(1, 6)
    taken: set[tuple[int, int]] = set()
    cells: list[Span] = []
    for row in range(rows):
        for column in range(columns):
            if (row, column) in taken:
                continue
            height = width = 1
            if rng.random() < 0.35:
                height, width = rng.randint(1, rows - row), rng.randint(1, columns - column)
            while any((row, column + at) in taken for at in range(width)):
                width -= 1
            taken |= {(row + r, column + c) for r in range(height) for c in range(width)}
            cells.append((row, column, height, width))
    ys = sorted({row for row, *_ in cells} | {row + height for row, _, height, _ in cells})
    xs = sorted({at for _, at, *_ in cells} | {at + width for _, at, _, width in cells})
    placed = [
        (ys.index(r), xs.index(c), ys.index(r + h) - ys.index(r), xs.index(c + w) - xs.index(c))
        for r, c, h, w in cells
    ]
    return Grid(_steps(rng, len(xs), 14, 90), _steps(rng, len(ys), 13, 70), tuple(sorted(placed)))


def between_columns(grid: Grid, rng: Random) -> Grid:
    """Put a column on each side of a grid, its cells merged over some rows."""
    last = len(grid.xs)
    cells = [(row, column + 1, height, width) for row, column, height, width in grid.cells]
    for column in (0, last):
        row = 0
        while row < len(grid.ys) - 1:
            height = rng.randint(1, len(grid.ys) - 1 - row)
            cells.append((row, column, height, 1))
            row += height
    xs = (grid.xs[0] - 30, *grid.xs, grid.xs[-1] + 50)
    return Grid(xs, grid.ys, tuple(sorted(cells)))


def _steps(rng: Random, count: int, low: float, high: float) -> tuple[float, ...]:
    found = [rng.uniform(20, 60)]
    while len(found) < count:
        found.append(round(found[-1] + rng.uniform(low, high), 2))
    return tuple(found)


def sides(grid: Grid) -> list[Ruling]:
    """Give every drawn side of every place: the border in its shortest pieces."""
    found = []
    for axis, borders, along in (
        (Axis.HORIZONTAL, grid.ys, grid.xs),
        (Axis.VERTICAL, grid.xs, grid.ys),
    ):
        for border, position in enumerate(borders):
            for place, (start, end) in enumerate(pairwise(along)):
                if grid.wall(axis, border, place):
                    found.append(Ruling(axis, position, start, end, 0.5))
    return found


def strokes(grid: Grid, _: Random) -> list[Ruling]:
    """Draw each border as whole strokes, as direct writers do."""
    whole: list[Ruling] = []
    for side in sides(grid):
        last = whole[-1] if whole else side
        if whole and (last.axis, last.position, last.end) == (side.axis, side.position, side.start):
            whole[-1] = Ruling(side.axis, side.position, last.start, side.end, 0.5)
        else:
            whole.append(side)
    return whole


def pieces(grid: Grid, rng: Random) -> list[Ruling]:
    """Draw sides that stop short of the corners, with squares between them, as Word does."""
    found = [
        Ruling(
            side.axis,
            side.position + rng.uniform(-0.3, 0.3),
            side.start + rng.uniform(0, 1.4),
            side.end - rng.uniform(0, 1.4),
            0.5,
        )
        for side in sides(grid)
    ]
    found += [
        Ruling(axis, across, along - 0.25, along + 0.25, 0.5)
        for x in grid.xs
        for y in grid.ys
        for axis, across, along in ((Axis.HORIZONTAL, y, x), (Axis.VERTICAL, x, y))
    ]
    return found


def double(grid: Grid, rng: Random) -> list[Ruling]:
    """Draw every border twice, as 雙線框線."""
    apart = rng.uniform(1.3, 2.6)
    return [
        Ruling(one.axis, one.position + off, one.start - off, one.end + off, 0.5)
        for one in strokes(grid, rng)
        for off in (-apart / 2, apart / 2)
    ]


def outlines(grid: Grid, rng: Random) -> list[Ruling]:
    """Draw the outline of every cell, as browsers do; neighbours differ by a hair."""
    found = []
    for row, column, height, width in grid.cells:
        left, right = grid.xs[column] + rng.uniform(0, 0.4), grid.xs[column + width]
        top, bottom = grid.ys[row] + rng.uniform(0, 0.4), grid.ys[row + height]
        found += [Ruling(Axis.HORIZONTAL, y, left, right, 0.0) for y in (top, bottom)]
        found += [Ruling(Axis.VERTICAL, x, top, bottom, 0.0) for x in (left, right)]
    return found


def without(rulings: list[Ruling], axis: Axis, near: float) -> list[Ruling]:
    """Leave an outer border out."""
    return [one for one in rulings if one.axis is not axis or abs(one.position - near) > 4]


WAYS = (strokes, pieces, double, outlines)
