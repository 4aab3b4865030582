"""``planparse tables``: the ruled tables of any PDF, with spans and boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from rich import box
from rich.table import Table as Drawing
from rich.text import Text

from planparse.cli.exit_codes import ExitCode
from planparse.cli.show import problem_line
from planparse.cli.terminal import console, write_json
from planparse.model.problem import Problem
from planparse.model.table import Cell, Layout, Table, TextLine, join_lines

_EDGES = ("left", "top", "right", "bottom")


def printed(cell: Cell) -> str:
    """Return a cell's text with the characters of the page: 巿 where ``text`` has 市."""
    lines = [
        TextLine(tuple(replace(run, text=run.printed or run.text) for run in line.runs), line.end)
        for line in cell.lines
    ]
    return join_lines(lines)


def _cell_record(cell: Cell) -> dict[str, Any]:
    as_printed = printed(cell)
    return {
        "row": cell.row,
        "column": cell.column,
        "row_span": cell.row_span,
        "column_span": cell.column_span,
        "text": cell.text,
        **({} if as_printed == cell.text else {"printed": as_printed}),
        "boxes": [
            {"page": place.page, **{edge: round(getattr(place.box, edge), 2) for edge in _EDGES}}
            for place in cell.boxes
        ],
    }


def _problem_record(problem: Problem) -> dict[str, Any]:
    return {
        "code": problem.code.value,
        "severity": problem.severity.value,
        "page": problem.page,
        "message": problem.message,
    }


def table_record(table: Table, problems: Sequence[Problem] = ()) -> dict[str, Any]:
    """Return a table as plain values; rows and columns count from 0, boxes are in points.

    ``problems``: those of the document, of which the record has those of the table's pages. A cell
    has ``printed`` where the page shows other characters than its text.
    """
    cells = sorted(table.cells, key=lambda cell: (cell.row, cell.column))
    return {
        "pages": list(table.pages),
        "rows": table.row_count,
        "columns": table.column_count,
        "cells": [_cell_record(cell) for cell in cells],
        "problems": [_problem_record(one) for one in problems if one.page in table.pages],
    }


def layout_records(layout: Layout) -> list[dict[str, Any]]:
    """Return the tables of a document as plain values, in reading order.

    A record without rows and cells stands for what is wrong where no table is: on one page, or,
    with no page, in all of the document. So the list has no other kind of entry.
    """
    found = [block for block in layout.blocks if isinstance(block, Table)]
    records = [table_record(table, layout.problems) for table in found]
    pages = {page for table in found for page in table.pages}
    elsewhere: dict[int | None, list[Problem]] = {}
    for problem in layout.problems:
        if problem.page not in pages:
            elsewhere.setdefault(problem.page, []).append(problem)
    for page, problems in elsewhere.items():
        numbers = [] if page is None else [page]
        records.append(
            {
                "pages": numbers,
                "rows": 0,
                "columns": 0,
                "cells": [],
                "problems": [_problem_record(one) for one in problems],
            }
        )
    return records


def drawing(table: Table) -> Drawing:
    """Draw a table; ‹ and ˄ mark places that a cell to the left or above covers."""
    places = [["" for _ in range(table.column_count)] for _ in range(table.row_count)]
    for cell in table.cells:
        for row in range(cell.row, cell.row + cell.row_span):
            for column in range(cell.column, cell.column + cell.column_span):
                places[row][column] = "‹" if column > cell.column else "˄"
        places[cell.row][cell.column] = printed(cell)
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
        write_json(layout_records(layout), indent=1)
    else:
        for table in found:
            screen.print(drawing(table))
    for problem in layout.problems:
        errors.print(problem_line(problem))
    if not found:
        errors.print(Text(f"{file.name}: no ruled table on any page"))
        return int(ExitCode.NO_PLAN_TABLE)
    return int(ExitCode.OK)
