"""Pages written by hand: any content stream, text whose characters are named one by one."""

from __future__ import annotations

from collections.abc import Iterable

import pymupdf

from planparse.model.page import Page
from planparse.pdf import read_page
from tests.pdf_objects import assemble, stream

WIDTH, HEIGHT = 300.0, 200.0
# Codes are the characters themselves; ToUnicode says so, or MuPDF would ask the font's collection.
_FONT = (
    (
        b"<</Type/Font/Subtype/Type0/BaseFont/Made/Encoding/Identity-H/ToUnicode 6 0 R"
        b"/DescendantFonts[4 0 R]>>"
    ),
    (
        b"<</Type/Font/Subtype/CIDFontType2/BaseFont/Made/DW 1000/W[32 126 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/FontDescriptor 5 0 R>>"
    ),
    (
        b"<</Type/FontDescriptor/FontName/Made/Flags 4/FontBBox[0 -120 1000 880]/ItalicAngle 0"
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
    ),
)
_UNICODE = b"""/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def
1 begincodespacerange <0000> <FFFF> endcodespacerange
1 beginbfrange <0000> <FFFF> <0000> endbfrange endcmap end end"""


def text(shown: str, x: float, y: float, size: float = 12, before: str = "") -> str:
    """Show a text whose base line is ``y`` points below the page's upper edge."""
    codes = "".join(f"{ord(char):04X}" for char in shown)
    return f"q {before} BT /F1 {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{codes}> Tj ET Q"


def line(x0: float, y0: float, x1: float, y1: float, width: float = 0.5) -> str:
    """Stroke a line; y counts from the page's upper edge."""
    return f"{width} w {x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def box(x0: float, y0: float, x1: float, y1: float, paint: str = "f") -> str:
    """Fill (``f``) or stroke (``S``) a rectangle; y counts from the page's upper edge."""
    return f"{x0} {HEIGHT - y1} {x1 - x0} {y1 - y0} re {paint}"


# What a page must draw to stand upright once it is shown turned.
_UPRIGHT = {
    0: "",
    90: f"0 1 -1 0 {HEIGHT} 0 cm",
    180: f"-1 0 0 -1 {WIDTH} {HEIGHT} cm",
    270: f"0 -1 1 0 0 {WIDTH} cm",
}


def made_pdf(contents: Iterable[str], rotate: int = 0) -> bytes:
    """Write a page for each content stream; it is seen upright, whatever its /Rotate."""
    wide, high = (WIDTH, HEIGHT) if rotate in {0, 180} else (HEIGHT, WIDTH)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_FONT, stream(_UNICODE)]
    pages = []
    for content in contents:
        pages.append(len(objects) + 1)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]/Rotate %d/Contents %d 0 R"
            b"/Resources<</Font<</F1 3 0 R>>/ExtGState<</Faint<</ca 0.3>>/Gone<</ca 0>>>>>>>>"
            % (wide, high, rotate, len(objects) + 2)
        )
        objects.append(stream(f"{_UPRIGHT[rotate]}\n{content}".encode()))
    kids = b" ".join(b"%d 0 R" % number for number in pages)
    objects[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages))
    return assemble(objects)


def page_of(*content: str, rotate: int = 0) -> Page:
    """Write one page and read it."""
    return read_bytes_as_page(made_pdf(["\n".join(content)], rotate))


def read_bytes_as_page(content: bytes) -> Page:
    """Read the first page of a file held in memory."""
    with pymupdf.open(stream=content, filetype="pdf") as document:
        return read_page(document[0], 1)
