"""Write pages by hand: a font that is not embedded, codes in UTF-16, any page geometry."""

from __future__ import annotations

import zlib
from random import Random

from tests.pdf_objects import assemble

from .ops import DrawnPage, Frame, Line, Text

_FONT = (
    (
        b"<</Type/Font/Subtype/Type0/BaseFont/MSung-Light/Encoding/UniCNS-UTF16-H"
        b"/DescendantFonts[4 0 R]>>"
    ),
    (
        b"<</Type/Font/Subtype/CIDFontType0/BaseFont/MSung-Light"
        b"/DW 1000/W[1 95 500 13648 13742 500]"
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(CNS1)/Supplement 3>>/FontDescriptor 5 0 R>>"
    ),
    (
        b"<</Type/FontDescriptor/FontName/MSung-Light/Flags 6/FontBBox[0 -120 1000 880]"
        b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 700/StemV 80>>"
    ),
)
_RESOURCES = b"/Resources<</Font<</F1 3 0 R>>>>"
# How far the visible page lies inside the paper where a style crops it, in points.
_CROP = (23.0, 31.0)


def raw_width(char: str) -> float:
    """Give the width of a character, in ems: half for ASCII."""
    return 0.5 if " " <= char <= "~" else 1.0


def write_raw(pages: list[DrawnPage], form: str, hidden: str, *, tagged: bool) -> bytes:
    """Write the pages.

    ``form``: ``plain``; ``form``: the page is a form object in a scaled, flipped space, as browsers
    write it; ``rotated``: turned by /Rotate; ``cropped``: only a part of the paper is shown.
    ``tagged``: each run of text in marked content that repeats it as ActualText, as Word writes.
    ``hidden``: text that nobody sees, ``invisible`` or ``off_page``.
    """
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b"", *_FONT]
    kids = []
    for number, page in enumerate(pages, 1):
        content = _page(page, tagged=tagged) + _hidden(page, hidden, number)
        kids.append(b"%d 0 R" % (len(bodies) + 1))
        bodies += _page_objects(page, content, form, len(bodies) + 1)
    bodies[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return assemble(bodies)


def _page_objects(page: DrawnPage, content: bytes, form: str, at: int) -> list[bytes]:
    wide, high = page.width, page.height
    box = b"/MediaBox[0 0 %.2f %.2f]" % (wide, high)
    resources = _RESOURCES
    extra: list[bytes] = []
    if form == "form":
        head = b"/Type/XObject/Subtype/Form/BBox[0 0 %.2f %.2f]" % (wide, high)
        head += b"/Matrix[1.25 0 0 -1.25 0 %.4f]" % (high * 1.25) + _RESOURCES
        extra = [_stream(content, head)]
        content = b"q 0.8 0 0 -0.8 0 %.4f cm /Fm0 Do Q" % high
        resources = b"/Resources<</XObject<</Fm0 %d 0 R>>>>" % (at + 2)
    elif form == "rotated":
        # Shown turned by 90 degrees clockwise: the point (u, v) of the paper is seen at (v, -u).
        box = b"/MediaBox[0 0 %.2f %.2f]/Rotate 90" % (high, wide)
        content = b"q 0 1 -1 0 %.4f 0 cm\n" % high + content + b"\nQ"
    elif form == "cropped":
        left, low = _CROP
        box = b"/MediaBox[0 0 %.2f %.2f]" % (wide + 2 * left, high + 2 * low)
        box += b"/CropBox[%.2f %.2f %.2f %.2f]" % (left, low, left + wide, low + high)
        content = b"q 1 0 0 1 %.2f %.2f cm\n" % _CROP + content + b"\nQ"
    head = b"<</Type/Page/Parent 2 0 R%s/Contents %d 0 R%s>>" % (box, at + 1, resources)
    return [head, _stream(content), *extra]


def _stream(content: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(content, 6)
    return b"<<%s/Filter/FlateDecode/Length %d>>\nstream\n%s\nendstream" % (
        head,
        len(packed),
        packed,
    )


def _codes(text: str) -> bytes:
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"


def _text(text: Text, height: float) -> bytes:
    head = b"BT /F1 %.2f Tf 1 0 0 1 %.3f %.3f Tm " % (text.size, text.x, height - text.y)
    if text.kerned:
        step = -text.spacing / text.size * 1000
        shown = b"".join(_codes(char) + b"%.2f" % step for char in text.text)
        return head + b"[" + shown + b"] TJ ET"
    if text.spacing:
        return head + b"%.3f Tc %s Tj 0 Tc ET" % (text.spacing, _codes(text.text))
    return head + _codes(text.text) + b" Tj ET"


def _page(page: DrawnPage, *, tagged: bool) -> bytes:
    high = page.height
    out: list[bytes] = []
    if page.watermark:
        mark = page.watermark
        out.append(
            b"q 0.8 g BT /F1 %.2f Tf 0.7071 0.7071 -0.7071 0.7071 %.2f %.2f Tm %s Tj ET Q"
            % (mark.size, page.width * 0.25, high * 0.35, _codes(mark.text))
        )
    for op in [*page.shades, *page.rulings]:
        if isinstance(op, Line):
            out.append(
                b"%.2f w %.3f %.3f m %.3f %.3f l S"
                % (op.width, op.x0, high - op.y0, op.x1, high - op.y1)
            )
            continue
        box = b"%.3f %.3f %.3f %.3f re" % (op.x0, high - op.y1, op.x1 - op.x0, op.y1 - op.y0)
        if isinstance(op, Frame):
            out.append(b"%.2f w " % op.width + box + b" S")
        else:
            out.append(b"%.2f g " % op.grey + box + b" f")
    out.append(b"0 g")
    for text in page.texts:
        shown = _text(text, high)
        if tagged:
            said = b"<feff" + text.text.encode("utf-16-be").hex().encode() + b">"
            shown = b"/Span<</ActualText %s>>BDC %s EMC" % (said, shown)
        out.append(shown)
    return b"\n".join(out)


def _hidden(page: DrawnPage, kind: str, number: int) -> bytes:
    """Write text that nobody sees: rendering mode 3, or beside the paper."""
    if kind == "none":
        return b""
    rng = Random(number)
    out = [b"\nq 3 Tr" if kind == "invisible" else b"\nq"]
    for _ in range(4):
        x, y = rng.uniform(40, page.width - 120), rng.uniform(40, page.height - 40)
        if kind == "off_page":
            x += rng.choice((-1, 1)) * (page.width + 150)
        out.append(_text(Text(x, y, "草案不對外公開", 10), page.height))
    return b"\n".join([*out, b"Q"])
