"""Typeset with Typst; cells over several rows and cut rows are broken by Typst itself."""

from __future__ import annotations

import json

from .fonts import FAMILY, font_folder
from .model import Break, Cell, Drawing, Grid, Line, Para, Sheet, runs

_SIDES = {"l": "left", "t": "top", "r": "right", "b": "bottom"}
_LOOKS = {"": "{}", "s": "strike({})", "w": "text(fill: white, {})", "u": "underline({})"}
_LOOKS["b"] = "text(stroke: 0.03em, {})"


def write_typst(drawing: Drawing) -> bytes:
    """Return the drawing as a PDF."""
    import typst

    fonts = typst.Fonts(include_system_fonts=False, font_paths=[font_folder()])
    return typst.compile(source(drawing).encode(), font_paths=fonts, format="pdf")


def source(drawing: Drawing) -> str:
    """Return the drawing in Typst's language."""
    sheet = drawing.sheet
    head = f"""#set document(date: none)
#set page(width: {sheet.width}pt, height: {sheet.height}pt, margin: (x: {sheet.side}pt,
  top: {sheet.top}pt, bottom: {sheet.bottom}pt))
#set text(font: ("{FAMILY}",), size: {sheet.size}pt, lang: "zh", region: "TW",
  top-edge: 0.8em, bottom-edge: -0.2em)
#set par(leading: {sheet.leading - 1:.2f}em, spacing: {sheet.leading - 1:.2f}em)
"""
    return head + "\n".join("#" + _block(one, sheet) for one in drawing.blocks)


def _block(block: Para | Grid | Break, sheet: Sheet) -> str:
    if isinstance(block, Break):
        return "pagebreak()"
    if isinstance(block, Grid):
        return _table(block, sheet)
    inner = _paragraph(Line(block.text, indent=block.indent))
    # A paragraph stays with the table or text below it.
    body = f"text(size: {block.scale}em, {inner})"
    how = f"above: {0.35 + block.above}em, sticky: true, width: 100%"
    return f"block({how}, align({block.align}, {body}))"


def _table(grid: Grid, sheet: Sheet) -> str:
    cells = [(row, _cell(grid, row, cell, sheet)) for row, _, cell in grid.placed()]
    head = ", ".join(text for row, text in cells if row < grid.heading)
    body = ", ".join(text for row, text in cells if row >= grid.heading)
    columns = ", ".join(f"{one:.4f}fr" for one in grid.widths)
    header = f"table.header(repeat: {str(grid.repeat).lower()}, {head}), " if head else ""
    return f"table(columns: ({columns},), stroke: none, inset: {sheet.pad}pt, {header}{body})"


def _cell(grid: Grid, row: int, cell: Cell, sheet: Sheet) -> str:
    colour = "white" if grid.look == "white" else "black"
    strokes = ", ".join(
        f"{_SIDES[one]}: {sheet.rule}pt + {colour}" for one in grid.sides(row, cell)
    )
    options = [f"rowspan: {cell.down}", f"colspan: {cell.across}"]
    options += [f"stroke: ({strokes})" if strokes else "stroke: none"]
    options += [f'fill: rgb("{cell.fill}")'] if cell.fill else []
    options += ["align: center + horizon"] if cell.centred else []
    options += [f"breakable: {str(sheet.cut or cell.down > 1).lower()}"]
    lines = [_paragraph(line, "b" if cell.bold else "") for line in cell.lines]
    return f"table.cell({', '.join(options)}, {{{'; '.join(lines)}}})"


def _paragraph(line: Line, look: str = "") -> str:
    parts = []
    for own, text in runs(line.text):
        pieces = [json.dumps(one, ensure_ascii=False) for one in text.split("\n")]
        inner = " + linebreak() + ".join(one for one in pieces)
        parts.append(_LOOKS[own or look].format(inner))
    body = " + ".join(parts)
    made = f"par(hanging-indent: {line.hang}em, {body})"
    return f"pad(left: {line.indent}em, {made})" if line.indent else made
