"""Places on a page: points (1/72 inch), origin at the top left of the page as displayed."""

from __future__ import annotations

import math
from collections.abc import Iterable

from planparse.model.slots_record import slots_record


@slots_record
class Box:
    """A rectangle in points, origin top left, ``left <= right`` and ``top <= bottom``."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """Width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Height in points."""
        return self.bottom - self.top

    def holds(self, x: float, y: float, slack: float = 0.0) -> bool:
        """Return True if the point lies inside, ``slack`` points of tolerance on every side."""
        return (
            self.left - slack <= x <= self.right + slack
            and self.top - slack <= y <= self.bottom + slack
        )

    def turned_back(self, turn: float, width: float, height: float) -> Box:
        """Return a box around this one where it stood before the page was turned.

        ``turn`` in degrees clockwise about the page's middle; ``width`` and ``height`` are those
        of the turned page. A quarter turn swaps them.
        """
        angle = math.radians(-turn)
        cos, sin = math.cos(angle), math.sin(angle)
        sideways = round(turn / 90) % 2 == 1
        middle_x, middle_y = (height / 2, width / 2) if sideways else (width / 2, height / 2)
        corners = [
            (x - width / 2, y - height / 2)
            for x in (self.left, self.right)
            for y in (self.top, self.bottom)
        ]
        xs = [round(middle_x + x * cos - y * sin, 2) for x, y in corners]
        ys = [round(middle_y + x * sin + y * cos, 2) for x, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box:
        """Return the smallest box around all of them; ValueError if there is none."""
        found = list(boxes)
        return Box(
            min(box.left for box in found),
            min(box.top for box in found),
            max(box.right for box in found),
            max(box.bottom for box in found),
        )


@slots_record
class Place:
    """A box on a page; ``page`` counts from 1."""

    page: int
    box: Box
