"""Typeset each cell as HTML by PyMuPDF's Story, and rule the table around the cells."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape
from typing import Any

import pymupdf

from .model import Break, Cell, Drawing, Grid, Line, Para, Sheet, runs

_LOOKS = {
    "": "{}",
    "s": "<s>{}</s>",
    "w": '<span style="color:#ffffff">{}</span>',
    "u": "<u>{}</u>",
    "b": "<b>{}</b>",
}
_ENDLESS = 4000.0


def write_story(drawing: Drawing) -> bytes:
    """Return the drawing as a PDF."""
    return _Setter(drawing.sheet).set(drawing.blocks)


@dataclass(slots=True)
class _Rule:
    page: int
    box: pymupdf.Rect
    sides: str
    fill: str
    colour: float


@dataclass(slots=True)
class _Setter:
    """Sets blocks below each other; ``placed`` are stories with their boxes on the pages."""

    sheet: Sheet
    page: int = 0
    y: float = 0.0
    placed: list[tuple[Any, list[tuple[int, pymupdf.Rect]]]] = field(default_factory=list)
    rules: list[_Rule] = field(default_factory=list)

    def set(self, blocks: list[Para | Grid | Break]) -> bytes:
        self.y = self.sheet.top
        for at, block in enumerate(blocks):
            if isinstance(block, Break):
                self._next_page()
            elif isinstance(block, Para):
                following = blocks[at + 1] if at + 1 < len(blocks) else None
                self._paragraph(block, 6.0 if isinstance(following, Grid) else 1.0)
            else:
                self._table(block)
        return self._write()

    @property
    def _end(self) -> float:
        return self.sheet.height - self.sheet.bottom

    def _next_page(self) -> None:
        self.page += 1
        self.y = self.sheet.top

    def _paragraph(self, block: Para, kept: float) -> None:
        sheet = self.sheet
        html = _html([Line(block.text, indent=block.indent)], sheet, block.align, block.scale)
        self.y += (0.35 + block.above) * sheet.size
        height = _height(html, sheet.inner)
        if self.y + height + kept * sheet.pitch > self._end:
            self._next_page()
        box = pymupdf.Rect(sheet.side, self.y, sheet.side + sheet.inner, self.y + height + 1)
        self.placed.append((pymupdf.Story(html), [(self.page, box)]))
        self.y += height + 0.2 * sheet.size

    def _table(self, grid: Grid) -> None:
        cells = list(grid.placed())
        lefts = [self.sheet.side]
        for one in grid.widths:
            lefts.append(lefts[-1] + one / sum(grid.widths) * self.sheet.inner)
        heights = self._heights(grid, cells, lefts)
        parts: list[list[tuple[int, float, float]]] = [[] for _ in grid.rows]
        heading = [one for one in cells if one[0] < grid.heading]
        for row, height in enumerate(heights):
            for piece in self._pieces(height, row >= grid.heading):
                if self.y + piece > self._end + 0.01:
                    self._next_page()
                    if grid.repeat and row >= grid.heading:
                        self._heading(grid, heading, heights, lefts)
                parts[row].append((self.page, self.y, self.y + piece))
                self.y += piece
        for row, column, cell in cells:
            rows = parts[row : row + cell.down]
            spans = [span for one in rows for span in one]
            self._cell(grid, row, cell, lefts[column : column + cell.across + 1], spans)

    def _pieces(self, height: float, may_cut: bool) -> Iterator[float]:
        """Yield the heights of the pieces into which the page's end cuts a row."""
        left, sheet = self._end - self.y, self.sheet
        least = 2 * sheet.pitch + 2 * sheet.pad
        if not (sheet.cut and may_cut) or height <= left or min(left, height - left) < least:
            yield height
            return
        first = sheet.pad * 2 + ((left - 2 * sheet.pad) // sheet.pitch) * sheet.pitch
        yield first
        yield height - first + 2 * sheet.pad + sheet.pitch

    def _heading(
        self, grid: Grid, cells: list[Any], heights: list[float], lefts: list[float]
    ) -> None:
        tops = [self.y]
        for height in heights[: grid.heading]:
            tops.append(tops[-1] + height)
        for row, column, cell in cells:
            span = (self.page, tops[row], tops[row + cell.down])
            self._cell(grid, row, cell, lefts[column : column + cell.across + 1], [span])
        self.y = tops[-1]

    def _heights(self, grid: Grid, cells: list[Any], lefts: list[float]) -> list[float]:
        heights = [self.sheet.pitch + 2 * self.sheet.pad] * len(grid.rows)
        for row, column, cell in sorted(cells, key=lambda one: one[2].down):
            inner = lefts[column + cell.across] - lefts[column] - 2 * self.sheet.pad
            html = _cell_html(cell, self.sheet)
            lacking = _height(html, inner) + 2 * self.sheet.pad
            lacking -= sum(heights[row : row + cell.down])
            if cell.lines and lacking > 0:
                heights[row + cell.down - 1] += lacking
        return heights

    def _cell(
        self,
        grid: Grid,
        row: int,
        cell: Cell,
        lefts: list[float],
        spans: list[tuple[int, float, float]],
    ) -> None:
        boxes: dict[int, pymupdf.Rect] = {}
        for page, top, bottom in spans:
            box = pymupdf.Rect(lefts[0], top, lefts[-1], bottom)
            boxes[page] = boxes[page] | box if page in boxes else box
        colour = 1.0 if grid.look == "white" else 0.0
        for page, box in boxes.items():
            self.rules.append(_Rule(page, box, grid.sides(row, cell), cell.fill, colour))
        if not cell.lines:
            return
        pad, html = self.sheet.pad, _cell_html(cell, self.sheet)
        within = (pad, pad, -pad, 1.0 - pad)
        inner = [(page, box + within) for page, box in boxes.items()]
        if cell.centred and len(inner) == 1:
            free = inner[0][1].height - _height(html, inner[0][1].width)
            inner[0][1].y0 += max(0.0, free / 2 - 1)
        self.placed.append((pymupdf.Story(html), inner))

    def _write(self) -> bytes:
        """Write page by page: rules first, then the pieces of the stories that fall there."""
        made = io.BytesIO()
        writer = pymupdf.DocumentWriter(made)
        paper = pymupdf.Rect(0, 0, self.sheet.width, self.sheet.height)
        for page in range(self.page + 1):
            device = writer.begin_page(paper)
            for story, boxes in self.placed:
                for number, box in boxes:
                    if number == page:
                        story.place(box)
                        story.draw(device)
            writer.end_page()
        writer.close()
        with pymupdf.open("pdf", made.getvalue()) as document:
            for rule in self.rules:
                _draw(document[rule.page], rule, self.sheet.rule)
            document.subset_fonts()
            return bytes(document.tobytes(garbage=3, deflate=True, no_new_id=True))


def _draw(page: Any, rule: _Rule, thick: float) -> None:
    box = rule.box
    if rule.fill:
        colour = pymupdf.pdfcolor["white"] if rule.fill == "#ffffff" else _rgb(rule.fill)
        page.draw_rect(box, color=None, fill=colour, overlay=False)
    ends = {
        "l": (box.tl, box.bl),
        "r": (box.tr, box.br),
        "t": (box.tl, box.tr),
        "b": (box.bl, box.br),
    }
    for side in rule.sides:
        page.draw_line(*ends[side], color=(rule.colour,) * 3, width=thick)


def _rgb(fill: str) -> tuple[float, ...]:
    return tuple(int(fill[at : at + 2], 16) / 255 for at in (1, 3, 5))


def _cell_html(cell: Cell, sheet: Sheet) -> str:
    return _html(cell.lines, sheet, "center" if cell.centred else "left", bold=cell.bold)


def _html(
    lines: Any, sheet: Sheet, align: str = "left", scale: float = 1.0, *, bold: bool = False
) -> str:
    size = sheet.size * scale
    made = [f'<body style="margin:0;font-family:sans-serif;font-size:{size}pt">']
    for line in lines:
        parts = (
            _LOOKS[look or ("b" if bold else "")].format(escape(text).replace("\n", "<br>"))
            for look, text in runs(line.text)
            if text
        )
        left = (line.indent + line.hang) * size
        style = f"margin:0 0 0 {left}pt;text-indent:{-line.hang * size}pt;text-align:{align}"
        made.append(f'<p style="{style};line-height:{sheet.leading}">{"".join(parts)}</p>')
    return "".join([*made, "</body>"])


def _height(html: str, width: float) -> float:
    _, filled = pymupdf.Story(html).place(pymupdf.Rect(0, 0, width, _ENDLESS))
    return float(filled[3] - filled[1])
