"""Write a table as HTML, for MuPDF's Story and for WeasyPrint."""

from __future__ import annotations

import io
import subprocess
from html import escape

from .table import Cell, PlanTable, Style

_MARGIN = 56.0
_PADDING = 3.0


def _cell(cell: Cell | None, width: float) -> str:
    if cell is None:
        return ""
    text = "".join(f"<p>{escape(one)}</p>" for one in cell.paragraphs)
    return f'<td rowspan="{cell.rows}" style="width:{width - 2 * _PADDING:.1f}pt">{text}</td>'


def html(table: PlanTable, style: Style) -> str:
    """Return the document as HTML with a style sheet."""
    widths = table.widths(style.page[0] - 2 * _MARGIN)
    heads = "".join(
        f'<th style="width:{width - 2 * _PADDING:.1f}pt">{one}</th>'
        for one, width in zip(table.headings, widths, strict=True)
    )
    body = "".join("<tr>" + "".join(map(_cell, row, widths)) + "</tr>" for row in table.rows)
    head = f"<thead><tr>{heads}</tr></thead>" if style.heading else ""
    first = "" if style.heading else f"<tr>{heads}</tr>"
    width, height = style.page
    return f"""<html lang="zh-TW"><head><meta charset="utf-8"><style>
@page {{ size: {width}pt {height}pt; margin: {_MARGIN}pt }}
body {{ font-size: {style.size}pt; font-family: "AR PL UMing TW", serif }}
h1 {{ font-size: 16pt; text-align: center }}
table {{ border-collapse: collapse; width: 100%; table-layout: fixed }}
td, th {{ border: 0.6pt solid black; padding: {_PADDING}pt;
  vertical-align: top; font-weight: normal }}
p {{ margin: 0; orphans: 1; widows: 1 }}
</style></head><body><h1>{escape(table.title)}</h1>
<table>{head}<tbody>{first}{body}</tbody></table></body></html>"""


def write_weasyprint(table: PlanTable, style: Style) -> bytes:
    """Return the PDF of the program ``weasyprint``."""
    made = subprocess.run(
        ["weasyprint", "--quiet", "-", "-"],
        input=html(table, style).encode(),
        capture_output=True,
        check=True,
    )
    return made.stdout


def write_story(table: PlanTable, style: Style) -> bytes:
    """Return the PDF of MuPDF's Story, which knows no merged cells: labels are printed once."""
    import pymupdf

    out = io.BytesIO()
    writer = pymupdf.DocumentWriter(out)
    story = pymupdf.Story(_unmerged(table, style))
    paper = pymupdf.Rect(0, 0, *style.page)
    more = 1
    while more:
        device = writer.begin_page(paper)
        more, _ = story.place(paper + pymupdf.Rect(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN))
        story.draw(device)
        writer.end_page()
    writer.close()
    return out.getvalue()


def _unmerged(table: PlanTable, style: Style) -> str:
    rows = tuple(
        tuple(Cell(()) if cell is None else Cell(cell.paragraphs) for cell in row)
        for row in table.rows
    )
    return html(PlanTable(table.title, table.columns, rows, table.truth), style)
