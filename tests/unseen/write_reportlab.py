"""Write pages with ReportLab: a font that is not embedded, or embedded TrueType subsets."""

from __future__ import annotations

import functools
import io
from typing import Any

from .ops import DrawnPage, Fill, Line, Watermark


@functools.cache
def _cid_font() -> str:
    from reportlab.pdfbase import cidfonts, pdfmetrics

    class Sung(cidfonts.UnicodeCIDFont):  # type: ignore[misc]
        """ReportLab gives MSung-Light a Simplified encoding; this is the right one."""

        def __init__(self) -> None:
            face = "MSung-Light"
            cidfonts.CIDFont.__init__(self, face, "UniCNS-UCS2-H")
            self.language = "cht"
            self.name = self.fontName = face
            self.vertical = self.isHalfWidth = False
            self.unicodeWidths = cidfonts.widthsByUnichar[face]

    pdfmetrics.registerFont(Sung())
    return "MSung-Light"


@functools.cache
def embedded_font() -> str:
    """Register MuPDF's own CJK font: no font has to be installed for the tests."""
    import pymupdf
    from reportlab.pdfbase import pdfmetrics, ttfonts

    font = ttfonts.TTFont("UnseenSans", io.BytesIO(pymupdf.Font("cjk").buffer))
    pdfmetrics.registerFont(font)
    return "UnseenSans"


@functools.cache
def cid_width(char: str) -> float:
    """Give the width of a character in the font that is not embedded, in ems."""
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(char, _cid_font(), 1))


def write_reportlab(pages: list[DrawnPage], *, embedded: bool) -> bytes:
    """Write with ReportLab, ``embedded``: TrueType subsets of 256 glyphs with one-byte codes."""
    from reportlab.pdfgen import canvas

    font = embedded_font() if embedded else _cid_font()
    out = io.BytesIO()
    made = canvas.Canvas(out, invariant=1, pageCompression=1)
    for page in pages:
        made.setPageSize((page.width, page.height))
        if page.watermark:
            _watermark(made, page, page.watermark, font)
        for op in [*page.shades, *page.rulings]:
            if isinstance(op, Line):
                made.setLineWidth(op.width)
                made.line(op.x0, page.height - op.y0, op.x1, page.height - op.y1)
            else:
                filled = isinstance(op, Fill)
                if isinstance(op, Fill):
                    made.setFillGray(op.grey)
                else:
                    made.setLineWidth(op.width)
                size = (op.x1 - op.x0, op.y1 - op.y0)
                made.rect(op.x0, page.height - op.y1, *size, stroke=int(not filled), fill=filled)
        made.setFillGray(0)
        for text in page.texts:
            made.setFont(font, text.size)
            made.drawString(text.x, page.height - text.y, text.text, charSpace=text.spacing)
        made.showPage()
    made.save()
    return out.getvalue()


def _watermark(made: Any, page: DrawnPage, mark: Watermark, font: str) -> None:
    made.saveState()
    made.setFillGray(0.8)
    made.translate(page.width * 0.25, page.height * 0.35)
    made.rotate(45)
    made.setFont(font, mark.size)
    made.drawString(0, 0, mark.text)
    made.restoreState()
