"""Set a table with the program ``typst``, which splits rows over pages and repeats headings."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path

from .table import PlanTable, Style


def _string(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def source(table: PlanTable, style: Style) -> str:
    """Return the document in the language of typst."""
    width, height = style.page
    parts = [f"{one:.1f}pt" for one in table.widths(width - 112)]
    heads = "".join(f"[#{_string(one)}]," for one in table.headings)
    cells = []
    for row in table.rows:
        for cell in row:
            if cell is not None:
                text = "".join(f"#{_string(one)}\n\n" for one in cell.paragraphs)
                cells.append(f"table.cell(rowspan: {cell.rows})[{text}],")
    head = f"table.header({heads})," if style.heading else heads
    return f"""#set page(width: {width}pt, height: {height}pt, margin: 56pt)
#set text(size: {style.size}pt, font: "AR PL UMing TW", lang: "zh", region: "TW")
#set par(spacing: 0.7em)
#align(center, text(size: 16pt)[#{_string(table.title)}])
#table(columns: ({", ".join(parts)}), stroke: 0.6pt, align: left + top,
{head}
{"".join(cells)})
"""


def write(table: PlanTable, style: Style) -> bytes:
    """Return the PDF."""
    with tempfile.TemporaryDirectory() as folder:
        text, pdf = Path(folder) / "plan.typ", Path(folder) / "plan.pdf"
        text.write_text(source(table, style), encoding="utf-8")
        subprocess.run(["typst", "compile", str(text), str(pdf)], check=True, capture_output=True)
        return pdf.read_bytes()
