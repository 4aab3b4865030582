"""Build the heading row."""

from __future__ import annotations

from .breaking import Width, break_text
from .cells import CellLine, CellSpec
from .columns import ColumnSpec
from .style import Style


def heading_cells(
    style: Style, columns: list[ColumnSpec], width: Width
) -> tuple[list[CellSpec], dict[str, str]]:
    """Give the heading's cells and the heading of each role; task and practice may share one."""
    cells = []
    titles = {}
    index = 0
    while index < len(columns):
        shared = columns[index].role == "task" and not columns[index].heading
        end = index + (2 if shared else 1)
        column = columns[end - 1]
        titles[column.role] = column.heading
        room = sum(one.width for one in columns[index:end])
        texts = [
            line
            for part in _parts(style, column.heading)
            for line in break_text(part, room, room, width, style.kinsoku)
        ]
        lines = [CellLine(float(at), text) for at, text in enumerate(texts)]
        cells.append(CellSpec(0, 1, index, end, lines))
        index = end
    return cells, titles


def _parts(style: Style, heading: str) -> list[str]:
    """Spread a heading of two characters, as typists do (面　向), or break a longer one."""
    if style.heading_spaced and len(heading) == 2:
        return ["　".join(heading)]
    if style.heading_broken and len(heading) >= 4:
        half = len(heading) // 2
        return [heading[:half], heading[half:]]
    return [heading]
