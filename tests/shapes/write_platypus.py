"""Typeset with ReportLab's Platypus; a cell over several rows is drawn as open cells."""

from __future__ import annotations

import io
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from .fonts import font_folder
from .model import Break, Cell, Drawing, Grid, Line, Para, Sheet, runs

_LOOKS = {
    "": "{}",
    "s": "<strike>{}</strike>",
    "w": '<font color="white">{}</font>',
    "u": "<u>{}</u>",
    "b": "{}",
}
_LINES = {"l": "LINEBEFORE", "r": "LINEAFTER", "t": "LINEABOVE", "b": "LINEBELOW"}
_ALIGNED = {"left": 0, "center": 1, "right": 2}


def write_platypus(drawing: Drawing) -> bytes:
    """Return the drawing as a PDF."""
    from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

    sheet, made = drawing.sheet, io.BytesIO()
    document = BaseDocTemplate(made, pagesize=(sheet.width, sheet.height), invariant=1)
    inner = sheet.height - sheet.top - sheet.bottom
    place = (sheet.side, sheet.bottom, sheet.inner, inner)
    frame = Frame(*place, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
    document.addPageTemplates([PageTemplate("page", [frame])])
    document.build([_flowable(one, sheet) for one in drawing.blocks])
    return made.getvalue()


@cache
def _font() -> str:
    from reportlab.pdfbase import pdfmetrics, ttfonts

    pdfmetrics.registerFont(ttfonts.TTFont("shapes-cjk", str(font_folder() / "cjk.ttf")))
    return "shapes-cjk"


def _flowable(block: Para | Grid | Break, sheet: Sheet) -> Any:
    from reportlab.platypus import PageBreak

    if isinstance(block, Break):
        return PageBreak()
    if isinstance(block, Grid):
        return _table(block, sheet)
    above = (0.35 + block.above) * sheet.size
    how: dict[str, Any] = {"spaceBefore": above, "spaceAfter": above / 2, "keepWithNext": 1}
    line = Line(block.text, indent=block.indent)
    return _paragraph(line, sheet, block.scale, alignment=_ALIGNED[block.align], **how)


def _table(grid: Grid, sheet: Sheet) -> Any:
    from reportlab.lib.colors import HexColor, black, white
    from reportlab.platypus import Table

    single = grid.single()
    colour = white if grid.look == "white" else black
    style: list[tuple[Any, ...]] = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    style += [(f"{one}PADDING", (0, 0), (-1, -1), sheet.pad) for one in ("LEFT", "RIGHT", "TOP")]
    style += [("BOTTOMPADDING", (0, 0), (-1, -1), sheet.pad)]
    content: list[list[Any]] = [[""] * len(grid.widths) for _ in single.rows]
    for row, column, cell in single.placed():
        content[row][column] = [_cell_line(line, cell, sheet) for line in cell.lines]
        place = ((column, row), (column + cell.across - 1, row))
        style += [("SPAN", *place)] if cell.across > 1 else []
        style += [("VALIGN", *place, "MIDDLE")] if cell.centred else []
        style += [("BACKGROUND", *place, HexColor(cell.fill))] if cell.fill else []
        for side in single.sides(row, cell):
            style.append((_LINES[side], *place, sheet.rule, colour))
    if grid.look in ("grid", "white"):
        for side, edge in (("BELOW", "splitlast"), ("ABOVE", "splitfirst")):
            style.append((f"LINE{side}", (0, edge), (-1, edge), sheet.rule, colour))
    return Table(
        content,
        [one / sum(grid.widths) * sheet.inner for one in grid.widths],
        style=style,
        repeatRows=grid.heading if grid.repeat else 0,
        splitInRow=int(sheet.cut),
    )


def _cell_line(line: Line, cell: Cell, sheet: Sheet) -> Any:
    return _paragraph(line, sheet, 1.0, bold=cell.bold, alignment=int(cell.centred))


def _paragraph(line: Line, sheet: Sheet, scale: float, bold: bool = False, **how: Any) -> Any:
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import Paragraph

    size = sheet.size * scale
    style = ParagraphStyle(
        "cjk",
        fontName=_font(),
        fontSize=size,
        leading=size * sheet.leading,
        wordWrap="CJK",
        leftIndent=(line.indent + line.hang) * size,
        firstLineIndent=-line.hang * size,
        **how,
    )
    marked = [
        _LOOKS[look].format(escape(text).replace("\n", "<br/>")) for look, text in runs(line.text)
    ]
    return Paragraph("".join(marked), style)
