"""Set a table with ReportLab's platypus: a LongTable that splits over pages, inside rows too."""

from __future__ import annotations

import io
from typing import Any
from xml.sax.saxutils import escape

from tests.unseen.write_reportlab import embedded_font

from .table import Cell, PlanTable, Style

_MARGIN = 56.0


def write(table: PlanTable, style: Style) -> bytes:
    """Return the PDF."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import LongTable, Paragraph, SimpleDocTemplate

    font = embedded_font()
    text = ParagraphStyle(
        "text", fontName=font, fontSize=style.size, leading=1.35 * style.size, wordWrap="CJK"
    )
    title = ParagraphStyle("title", parent=text, fontSize=16, leading=26, alignment=1)

    def set_cell(cell: Cell | None) -> Any:
        return "" if cell is None else [Paragraph(escape(one), text) for one in cell.paragraphs]

    content = [[Paragraph(heading, text) for heading in table.headings]]
    content += [[set_cell(cell) for cell in row] for row in table.rows]
    ruled = LongTable(
        content,
        colWidths=table.widths(style.page[0] - 2 * _MARGIN),
        repeatRows=int(style.heading),
        splitInRow=1,
        style=_style(table),
    )
    out = io.BytesIO()
    made = SimpleDocTemplate(
        out,
        pagesize=style.page,
        leftMargin=_MARGIN,
        rightMargin=_MARGIN,
        topMargin=_MARGIN,
        bottomMargin=_MARGIN,
        invariant=1,
    )
    made.build([Paragraph(table.title, title), ruled])
    return out.getvalue()


def _style(table: PlanTable) -> list[tuple[Any, ...]]:
    """Return the rulings; merged cells are blank places without a ruling between them.

    Platypus does not part rows inside a SPAN where it can help it.
    """
    rules = [
        ("LINEABOVE", (column, row), (column, row), 0.5, (0, 0, 0))
        for row, cells in enumerate(table.rows, 1)
        for column, cell in enumerate(cells)
        if cell is not None
    ]
    return [
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("BOX", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
        ("LINEAFTER", (0, 0), (-1, -1), 0.5, (0, 0, 0)),
        *rules,
    ]
