"""Ten statistics tables as data, and how each is drawn: the truth is what was drawn."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pymupdf

_LEFT, _TOP, _PITCH, _SIZE, _PAD = 50.0, 80.0, 12.0, 9.0, 4.0
_INDENT = 10.0


@dataclass(frozen=True, slots=True)
class DrawnCell:
    """A cell: place, spans and lines; one that begins with white space is indented."""

    row: int
    column: int
    row_span: int
    column_span: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """A table that was drawn; ``xs`` and ``ys`` are its borders in points."""

    name: str
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[DrawnCell, ...]
    content: bytes

    def box(self, cell: DrawnCell) -> tuple[float, float, float, float]:
        """Return the box of a cell in points."""
        right, bottom = cell.column + cell.column_span, cell.row + cell.row_span
        return self.xs[cell.column], self.ys[cell.row], self.xs[right], self.ys[bottom]


Box = tuple[float, float, float, float]
Rule = Callable[[pymupdf.Page, Box], None]


def _stroked(page: pymupdf.Page, box: Box) -> None:
    page.draw_rect(pymupdf.Rect(box), width=0.5)


def _sides(page: pymupdf.Page, box: Box) -> None:
    left, top, right, bottom = box
    corners = ((left, top), (right, top), (right, bottom), (left, bottom), (left, top))
    for at in range(4):
        page.draw_line(corners[at], corners[at + 1], width=0.7)


def _filled_bars(page: pymupdf.Page, box: Box) -> None:
    """Rule as word processors do: each side a thin filled rectangle."""
    left, top, right, bottom = box
    for bar in (
        (left, top - 0.25, right, top + 0.25),
        (left, bottom - 0.25, right, bottom + 0.25),
        (left - 0.25, top, left + 0.25, bottom),
        (right - 0.25, top, right + 0.25, bottom),
    ):
        page.draw_rect(pymupdf.Rect(bar), color=None, fill=(0, 0, 0))


def _shaded(page: pymupdf.Page, box: Box) -> None:
    """Shade the row of headings, and rule."""
    if box[1] < _TOP + 1:
        page.draw_rect(pymupdf.Rect(box), color=None, fill=(0.85, 0.85, 0.9))
    _sides(page, box)


def _grey(page: pymupdf.Page, box: Box) -> None:
    page.draw_rect(pymupdf.Rect(box), width=0.25, color=(0.6, 0.6, 0.6))


def _pieces(page: pymupdf.Page, box: Box) -> None:
    """Rule in short pieces that touch."""
    left, top, right, bottom = box
    middle, half = (left + right) / 2, (top + bottom) / 2
    for start, stop in (
        ((left, top), (middle, top)),
        ((middle, top), (right, top)),
        ((left, bottom), (right, bottom)),
        ((left, top), (left, half)),
        ((left, half), (left, bottom)),
        ((right, top), (right, bottom)),
    ):
        page.draw_line(start, stop, width=0.5)


def _parse(rows: Sequence[Sequence[str]]) -> list[DrawnCell]:
    """Read rows of texts: ``<`` merges a place with the one to its left, ``^`` with that above."""
    cells = []
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            if text in {"<", "^"}:
                continue
            over = 1
            while column + over < len(texts) and texts[column + over] == "<":
                over += 1
            down = 1
            while row + down < len(rows) and rows[row + down][column] == "^":
                down += 1
            cells.append(DrawnCell(row, column, down, over, tuple(text.split("|")) if text else ()))
    return cells


def _heights(cells: Sequence[DrawnCell], rows: int) -> list[float]:
    """Return the borders of rows that are as high as the cells of one row need."""
    ys = [_TOP]
    for row in range(rows):
        lines = [len(cell.lines) for cell in cells if cell.row == row and cell.row_span == 1]
        ys.append(ys[-1] + max([*lines, 1]) * _PITCH + 2 * _PAD)
    return ys


def _write(page: pymupdf.Page, box: Box, cell: DrawnCell, *, underlined: bool) -> None:
    left, top, right, _ = box
    for at, line in enumerate(cell.lines):
        text = line.strip()
        width = pymupdf.get_text_length(text, fontname="helv", fontsize=_SIZE)
        x = left + _PAD + _INDENT * (len(line) - len(line.lstrip(" ")))
        if text[:1].isdigit() or text[:1] == "-":
            x = right - _PAD - width
        base = top + _PAD + _SIZE + at * _PITCH
        page.insert_text((x, base), text, fontname="helv", fontsize=_SIZE)
        if underlined and cell.row == 0:
            page.draw_line((x, base + 1.5), (x + width, base + 1.5), width=0.5)


def draw(
    name: str,
    rows: Sequence[Sequence[str]],
    widths: Sequence[float],
    rule: Rule,
    *,
    underlined: bool = False,
) -> Drawing:
    """Draw a table on a page of its own, with a title above and a note below."""
    cells = _parse(rows)
    xs = [_LEFT]
    for width in widths:
        xs.append(xs[-1] + width)
    ys = _heights(cells, len(rows))
    with pymupdf.open() as document:
        page = document.new_page()
        made = Drawing(name, tuple(xs), tuple(ys), tuple(cells), b"")
        page.insert_text((_LEFT, 60), f"Table 1. {name}", fontname="hebo", fontsize=11)
        for cell in cells:
            rule(page, made.box(cell))
        for cell in cells:
            _write(page, made.box(cell), cell, underlined=underlined)
        page.insert_text((_LEFT, ys[-1] + 24), "Source: national statistics office.", fontsize=8)
        content = document.tobytes()
    return Drawing(name, made.xs, made.ys, made.cells, content)


RULES: dict[str, Rule] = {
    "stroked": _stroked,
    "sides": _sides,
    "bars": _filled_bars,
    "shaded": _shaded,
    "grey": _grey,
    "pieces": _pieces,
}
