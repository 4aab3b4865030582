"""What the alignment of a row works on: entries, bands of entries that start level, habits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

# Lines of two columns are level within this part of a line.
LEVEL = 0.25


@dataclass(frozen=True, slots=True)
class Item:
    """An entry: its column and place there, text, first and last line counted from the row's top.

    ``listed``: a separator or an opening bracket joins it to the entry before. ``period``: a
    measure has one of its kind, on the first line of what stands beside it.
    """

    column: int
    entry: int
    text: str
    first: float
    last: float
    listed: bool
    period: bool


@dataclass(slots=True)
class Band:
    """The entries that start on one line."""

    items: list[Item] = field(default_factory=list)

    @property
    def first(self) -> float:
        """The line on which they start."""
        return self.items[0].first

    @property
    def last(self) -> float:
        """The last line of any of them."""
        return max(item.last for item in self.items)


@dataclass(frozen=True, slots=True)
class Beside:
    """What one band was aligned with: the measure's place.

    ``shares``: by measure, the probability that it stands beside that one; below 1 all together.
    """

    measure: int
    shares: Mapping[int, float]


def bands_of(items: Sequence[Item]) -> list[Band]:
    """Return the bands of entries, from top to bottom."""
    bands: list[Band] = []
    for item in sorted(items, key=lambda item: (item.first, item.column)):
        if not bands or item.first - bands[-1].first > LEVEL:
            bands.append(Band())
        bands[-1].items.append(item)
    return bands


@dataclass(frozen=True, slots=True)
class Habits:
    """How the side columns of a table are set, as costs.

    By column: ``none`` that of a measure without an entry, ``more`` that of each further entry,
    ``last`` that of no further one. ``slides``, ``stays``: that entries are further off, or just
    as far off, from their measure than those of the measure before.
    """

    none: Sequence[float]
    more: Sequence[float]
    last: Sequence[float]
    slides: float
    stays: float
