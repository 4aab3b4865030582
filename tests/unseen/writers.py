"""Write drawn pages as a PDF: three producers with different fonts, operators and structure."""

from __future__ import annotations

import functools
import io
import zlib
from collections.abc import Callable
from typing import Any

from .breaking import Width
from .ops import DrawnPage, Fill, Frame, Line, Text, Watermark


def width_in(writer: str) -> Width:
    """Give the writer's width of a character, in ems."""
    made: dict[str, Width] = {
        "raw": _raw_width,
        "pymupdf": _mupdf_width,
        "reportlab": _reportlab_width,
    }
    return made[writer]


def write(writer: str, pages: list[DrawnPage]) -> bytes:
    """Write the pages with a writer."""
    made: dict[str, Callable[[list[DrawnPage]], bytes]] = {
        "raw": _write_raw,
        "pymupdf": _write_mupdf,
        "reportlab": _write_reportlab,
    }
    return made[writer](pages)


def _raw_width(char: str) -> float:
    return 0.5 if " " <= char <= "~" else 1.0


def _escaped(text: str) -> bytes:
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"


def _raw_text(text: Text, height: float) -> bytes:
    spacing = b"" if not text.spacing else b"%.3f Tc " % text.spacing
    reset = b"" if not text.spacing else b" 0 Tc"
    head = b"BT /F1 %.2f Tf %s1 0 0 1 %.3f %.3f Tm " % (text.size, spacing, text.x, height - text.y)
    return head + _escaped(text.text) + b" Tj" + reset + b" ET"


def _raw_page(page: DrawnPage) -> bytes:
    high = page.height
    out: list[bytes] = []
    if page.watermark:
        size = page.watermark.size
        out.append(
            b"q 0.8 g BT /F1 %.2f Tf 0.7071 0.7071 -0.7071 0.7071 %.2f %.2f Tm %s Tj ET Q"
            % (size, page.width * 0.25, high * 0.35, _escaped(page.watermark.text))
        )
    for op in [*page.shades, *page.rulings]:
        if isinstance(op, Line):
            out.append(
                b"%.2f w %.3f %.3f m %.3f %.3f l S"
                % (op.width, op.x0, high - op.y0, op.x1, high - op.y1)
            )
        elif isinstance(op, Frame):
            out.append(
                b"%.2f w %.3f %.3f %.3f %.3f re S"
                % (op.width, op.x0, high - op.y1, op.x1 - op.x0, op.y1 - op.y0)
            )
        else:
            out.append(
                b"%.2f g %.3f %.3f %.3f %.3f re f"
                % (op.grey, op.x0, high - op.y1, op.x1 - op.x0, op.y1 - op.y0)
            )
    out.append(b"0 g")
    out.extend(_raw_text(text, high) for text in page.texts)
    return b"\n".join(out)


def _write_raw(pages: list[DrawnPage]) -> bytes:
    """Write with a font that is not embedded and codes in UTF-16, as old Acrobat drivers did."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/MSung-Light/Encoding/UniCNS-UTF16-H"
        b"/DescendantFonts[4 0 R]>>"
    )
    descendant = (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/MSung-Light"
        b"/DW 1000/W[1 95 500 13648 13742 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(CNS1)/Supplement 3>>/FontDescriptor 5 0 R>>"
    )
    descriptor = (
        b"<</Type/FontDescriptor/FontName/MSung-Light/Flags 6/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
    )
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font, descendant, descriptor]
    kids = []
    for page in pages:
        stream = zlib.compress(_raw_page(page), 6)
        kids.append(b"%d 0 R" % (len(bodies) + 1))
        bodies.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.2f %.2f]/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>>>>>" % (page.width, page.height, len(bodies) + 2)
        )
        bodies.append(
            b"<</Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (len(stream), stream)
        )
    bodies[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return assemble(bodies)


def assemble(bodies: list[bytes]) -> bytes:
    out = io.BytesIO()
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    offsets = []
    for index, body in enumerate(bodies, 1):
        offsets.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (index, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1))
    for offset in offsets:
        out.write(b"%010d 00000 n \n" % offset)
    out.write(
        b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    )
    return out.getvalue()


@functools.cache
def _mupdf_font() -> Any:
    import pymupdf

    return pymupdf.Font("cjk")


@functools.cache
def _mupdf_width(char: str) -> float:
    return float(_mupdf_font().glyph_advance(ord(char)))


def _write_mupdf(pages: list[DrawnPage]) -> bytes:
    """Write with MuPDF: an embedded subset font with its own codes and a ToUnicode table."""
    import pymupdf

    document = pymupdf.open()
    font = _mupdf_font()
    for page in pages:
        made = document.new_page(width=page.width, height=page.height)
        if page.watermark:
            _mupdf_watermark(made, page.watermark)
        shape = made.new_shape()
        for op in [*page.shades, *page.rulings]:
            if isinstance(op, Line):
                shape.draw_line((op.x0, op.y0), (op.x1, op.y1))
                shape.finish(width=op.width, color=(0, 0, 0))
            elif isinstance(op, Frame):
                shape.draw_rect(pymupdf.Rect(op.x0, op.y0, op.x1, op.y1))
                shape.finish(width=op.width, color=(0, 0, 0))
            elif isinstance(op, Fill):
                shape.draw_rect(pymupdf.Rect(op.x0, op.y0, op.x1, op.y1))
                shape.finish(width=0, color=None, fill=(op.grey,) * 3)
        shape.commit()
        writer = pymupdf.TextWriter(made.rect)
        for text in page.texts:
            if text.spacing:
                x = text.x
                for char in text.text:
                    writer.append((x, text.y), char, font=font, fontsize=text.size)
                    x += _mupdf_width(char) * text.size + text.spacing
            else:
                writer.append((text.x, text.y), text.text, font=font, fontsize=text.size)
        writer.write_text(made)
    document.subset_fonts()
    return bytes(document.tobytes(garbage=3, deflate=True, no_new_id=True))


def _mupdf_watermark(page: Any, mark: Watermark) -> None:
    import pymupdf

    writer = pymupdf.TextWriter(page.rect, color=(0.8, 0.8, 0.8))
    at = pymupdf.Point(page.rect.width * 0.25, page.rect.height * 0.65)
    writer.append(at, mark.text, font=_mupdf_font(), fontsize=mark.size)
    writer.write_text(page, morph=(at, pymupdf.Matrix(45)))


@functools.cache
def _reportlab_font() -> str:
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
def _reportlab_width(char: str) -> float:
    from reportlab.pdfbase import pdfmetrics

    return float(pdfmetrics.stringWidth(char, _reportlab_font(), 1))


def _write_reportlab(pages: list[DrawnPage]) -> bytes:
    """Write with ReportLab: proportional Latin, codes in UCS-2."""
    from reportlab.pdfgen import canvas

    font = _reportlab_font()
    out = io.BytesIO()
    made = canvas.Canvas(out, invariant=1, pageCompression=1)
    for page in pages:
        made.setPageSize((page.width, page.height))
        if page.watermark:
            made.saveState()
            made.setFillGray(0.8)
            made.translate(page.width * 0.25, page.height * 0.35)
            made.rotate(45)
            made.setFont(font, page.watermark.size)
            made.drawString(0, 0, page.watermark.text)
            made.restoreState()
        for op in [*page.shades, *page.rulings]:
            if isinstance(op, Line):
                made.setLineWidth(op.width)
                made.line(op.x0, page.height - op.y0, op.x1, page.height - op.y1)
            else:
                filled = isinstance(op, Fill)
                if isinstance(op, Fill):
                    made.setFillGray(op.grey)
                size = (op.x1 - op.x0, op.y1 - op.y0)
                made.rect(op.x0, page.height - op.y1, *size, stroke=int(not filled), fill=filled)
        made.setFillGray(0)
        for text in page.texts:
            made.setFont(font, text.size)
            made.drawString(text.x, page.height - text.y, text.text, charSpace=text.spacing)
        made.showPage()
    made.save()
    return out.getvalue()
