"""``planparse tables``: the ruled tables of any PDF, with spans and boxes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table as Drawing
from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.show import problem_line
from planparse.cli.terminal import console, write_json
from planparse.model.table import Cell, Layout, Table

_EDGES = ("left", "top", "right", "bottom")


def _cell_record(cell: Cell) -> dict[str, Any]:
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        "boxes": [
            {"page": place.page, **{edge: round(getattr(place.box, edge), 2) for edge in _EDGES}}
            for place in cell.boxes
        ],
    }


def table_record(table: Table) -> dict[str, Any]:
    """Return a table as plain values; rows and columns count from 0, boxes are in points."""
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    return {
        "pages": list(table.pages),
        "rows": table.row_count,
        "columns": table.column_count,
        "cells": [_cell_record(cell) for cell in cells],
    }


def drawing(table: Table) -> Drawing:
    """Draw a table; ‹ and ˄ mark places that a cell to the left or above covers."""
    places = [["" for _ in range(table.column_count)] for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                places[row][column] = "‹" if column > cell.column else "˄"
        places[cell.row][cell.column] = cell.text
    pages = "–".join(str(page) for page in sorted({table.pages[0], table.pages[-1]}))
    drawn = Drawing(
        title=f"pages {pages}: {table.row_count} × {table.column_count}",
        box=box.SQUARE,
        show_lines=True,
        show_header=False,
        title_justify="left",
    )
    for _ in range(table.column_count):
        drawn.add_column(overflow="fold")
    for row_of_texts in places:
        drawn.add_row(*(Text(text) for text in row_of_texts))
    return drawn


def tables(file: Path, *, as_json: bool) -> int:
    """Print the tables of a file; return the exit code."""
    from planparse.pipeline import read_tables

    layout: Layout = read_tables(file)
    found = [block for block in layout.blocks if isinstance(block, Table)]
    screen, errors = console(), console(stderr=True)
    if as_json:
        write_json([table_record(table) for table in found], indent=1)
    else:
        for table in found:
            screen.print(drawing(table))
    for problem in layout.problems:
        errors.print(problem_line(problem))
    if not found:
        errors.print(Text(f"{file.name}: no ruled table on any page"))
        return int(ExitCode.NO_PLAN_TABLE)
    return int(ExitCode.OK)
