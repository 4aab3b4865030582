"""Count the cells that planparse and PyMuPDF read exactly: ``python -m tests.drawn_statistics``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pymupdf

from planparse.model.table import Table
from planparse.pipeline import read_tables

from .contents import drawings
from .drawn import Box, Drawing

# Borders are where they were drawn within these points.
_NEAR = 2.0

Found = list[tuple[Box, str]]


def by_planparse(path: Path) -> Found:
    """Return the boxes and texts of the cells that planparse finds."""
    tables = [block for block in read_tables(path).blocks if isinstance(block, Table)]
    return [
        ((box.left, box.top, box.right, box.bottom), cell.text)
        for table in tables
        for cell in table.cells
        for box in [cell.boxes[0].box]
    ]


def by_pymupdf(path: Path) -> Found:
    """Return the boxes and texts of the cells that PyMuPDF finds between drawn lines alone."""
    found: Found = []
    with pymupdf.open(path) as document:
        for page in document:
            for table in page.find_tables(strategy="lines_strict").tables:
                for row, texts in zip(table.rows, table.extract(), strict=True):
                    found += [
                        (tuple(box), text or "")
                        for box, text in zip(row.cells, texts, strict=True)
                        if box is not None
                    ]
    return found


READERS = {"planparse": by_planparse, "lines_strict": by_pymupdf}


def _key(text: str) -> str:
    return "".join(text.split())


def wrong_cells(drawing: Drawing, found: Found) -> Iterator[str]:
    """Yield the drawn cells that no found cell is exactly, and the found ones that none drew.

    White space is not compared: the readers join lines in different ways.
    """
    left = list(found)
    for cell in drawing.cells:
        box, text = drawing.box(cell), "".join(cell.lines)
        hit = next(
            (
                one
                for one in left
                if all(abs(a - b) <= _NEAR for a, b in zip(one[0], box, strict=True))
                and _key(one[1]) == _key(text)
            ),
            None,
        )
        if hit is None:
            yield f"{drawing.name}: row {cell.row}, column {cell.column}: {text!r}"
        else:
            left.remove(hit)
    yield from (f"{drawing.name}: not drawn: {text!r} in {box}" for box, text in left)


def compare(folder: Path) -> dict[str, list[str]]:
    """Return what each reader reads wrongly of all tables."""
    wrong: dict[str, list[str]] = {name: [] for name in READERS}
    for drawing in drawings():
        path = folder / f"{drawing.name}.pdf"
        path.write_bytes(drawing.content)
        for name, read in READERS.items():
            wrong[name] += wrong_cells(drawing, read(path))
    return wrong


def main(arguments: list[str] | None = None) -> int:
    """Run the command; 0 if planparse is at least as good as PyMuPDF."""
    parser = argparse.ArgumentParser(prog="python -m tests.drawn_statistics", description=__doc__)
    parser.add_argument("--list", action="store_true", help="print every wrong cell")
    options = parser.parse_args(arguments)
    with TemporaryDirectory() as folder:
        wrong = compare(Path(folder))
    count = sum(len(drawing.cells) for drawing in drawings())
    for name, lines in wrong.items():
        print(f"{name}: {len(lines)} wrong of {count} cells")
        if options.list:
            print("\n".join(f"    {line}" for line in lines))
    return int(len(wrong["planparse"]) > len(wrong["lines_strict"]))


if __name__ == "__main__":
    sys.exit(main())
