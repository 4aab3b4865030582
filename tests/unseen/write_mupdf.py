"""Write pages with MuPDF: an embedded subset font with its own codes and a ToUnicode table."""

from __future__ import annotations

import functools
from typing import Any

from .ops import DrawnPage, Fill, Frame, Line, Watermark


@functools.cache
def _mupdf_font() -> Any:
    import pymupdf

    return pymupdf.Font("cjk")


@functools.cache
def mupdf_width(char: str) -> float:
    return float(_mupdf_font().glyph_advance(ord(char)))


def write_mupdf(pages: list[DrawnPage]) -> bytes:
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
                    x += mupdf_width(char) * text.size + text.spacing
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
