"""Cells of a table and their lines, before the table is cut into pages."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True, eq=False)
class CellLine:
    """A line of a cell: ``y`` in lines below the first, ``dx`` in ems, both from the cell's corner.

    ``fill`` asks for justification to the cell's right edge. ``tied``: not to be parted from the
    line before by a page break; ``open_end``: no page break right after it, a reader could not
    tell that the text goes on. ``beside`` is the line of the measure that it stands beside.
    """

    y: float
    text: str
    dx: float = 0.0
    fill: bool = False
    tied: bool = False
    open_end: bool = False
    beside: CellLine | None = None
    page: int = 0


@dataclass(slots=True, eq=False)
class CellSpec:
    """A cell over rows ``row0`` … ``row1 - 1`` and columns ``col0`` … ``col1 - 1``."""

    row0: int
    row1: int
    col0: int
    col1: int
    lines: list[CellLine] = field(default_factory=list)
    whole: bool = False
    label: bool = False
    centred: bool = False
