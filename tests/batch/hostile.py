"""PDF files that mean harm, or look as if they did, drawn object by object."""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tests.pdf_objects import assemble, stream


def one_page(contents: bytes, resources: bytes = b"", *more: bytes) -> bytes:
    """Make a file of one page; ``contents`` is object 4, ``more`` are objects 5 …"""
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<<%s>>>>"
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page % resources,
            contents,
            *more,
        ]
    )


def repeated(part: bytes, times: int) -> bytes:
    """Compress many copies of a part without ever having them: a block of its own for each.

    The sum at the end, which holds for all of them, is left out; readers make do without.
    """
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(part) + packer.flush(zlib.Z_FULL_FLUSH)
    return b"\x78\xda" + block * times + b"\x03\x00"


def bomb_of_operators() -> bytes:
    """Two gigabytes of content stream in a few kilobytes."""
    content = repeated(b"0 0 m 1 1 l S\n" * 75_000, 2000)
    return one_page(stream(zlib.compress(content, 9), b"/Filter[/FlateDecode/FlateDecode]"))


def bomb_of_text() -> bytes:
    """A page of a hundred million letters."""
    text = b"BT /F1 9 Tf 72 720 Td\n" + b"(%s) Tj\n" % (b"a" * 50) * 20_000 + b"ET\n"
    content = repeated(text, 100)
    font = b"/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    return one_page(stream(content, b"/Filter/FlateDecode"), font)


def bomb_of_an_image() -> bytes:
    """A picture of 60,000 × 60,000 points, ten gigabytes when unpacked."""
    image = stream(
        repeated(bytes(1 << 20), 256),
        b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 8"
        b"/ColorSpace/DeviceRGB/Filter/FlateDecode",
    )
    return one_page(stream(b"q 595 0 0 842 0 0 cm /I Do Q"), b"/XObject<</I 5 0 R>>", image)


def bomb_of_forms() -> bytes:
    """Ten forms, each of which draws the next one ten times: ten thousand million lines."""
    levels = 10
    forms = []
    for level in range(levels):
        last = level == levels - 1
        draw = b"0 0 m 9 9 l S\n" if last else b"/X Do\n" * 10
        inner = b"" if last else b"/Resources<</XObject<</X %d 0 R>>>>" % (6 + level)
        forms.append(stream(draw, b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + inner))
    return one_page(stream(b"/X Do"), b"/XObject<</X 5 0 R>>", *forms)


def form_in_itself() -> bytes:
    """A form that draws itself."""
    form = stream(
        b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 5 0 R>>>>"
    )
    return one_page(stream(b"/X Do"), b"/XObject<</X 5 0 R>>", form)


def cyclic_page_tree() -> bytes:
    """A page tree whose node is its own child."""
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 2147483647>>",
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R 3 0 R]/Count 2147483647>>",
        ]
    )


def parents_in_a_circle() -> bytes:
    """A page whose parents never end."""
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Parent 3 0 R/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/Contents 3 0 R>>",
        ]
    )


def deep_page_tree() -> bytes:
    """A page under fifty thousand nodes."""
    depth = 50_000
    nodes = [
        b"<</Type/Pages/Parent %d 0 R/Kids[%d 0 R]/Count 1>>" % (number - 1, number + 1)
        for number in range(2, depth)
    ]
    last = b"<</Type/Page/Parent %d 0 R/MediaBox[0 0 9 9]>>" % (depth - 1)
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", *nodes, last])


def nested_arrays() -> bytes:
    """A hundred thousand brackets."""
    return one_page(stream(b""), b"/A " + b"[" * 100_000 + b"]" * 100_000)


def length_that_is_itself() -> bytes:
    """A stream whose length is the stream."""
    return one_page(b"<</Length 4 0 R>>\nstream\nq Q\nendstream")


def ten_thousand_pages() -> bytes:
    """Ten thousand pages."""
    count = 10_000
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>"
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return assemble([b"<</Type/Catalog/Pages 2 0 R>>", tree, *[page] * count])


def pages_of_one_object() -> bytes:
    """A million pages that are one and the same."""
    kids = b"3 0 R " * 1_000_000
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[%s]/Count 1000000>>" % kids,
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )


def million_rulings() -> bytes:
    """A page with a million lines: a grid of half a millimetre."""
    lines = [
        f"{x % 1000 * 0.5} {x // 1000} m {x % 1000 * 0.5} {x // 1000 + 1} l S\n"
        for x in range(20_000)
    ]
    return one_page(stream(repeated("".join(lines).encode(), 50), b"/Filter/FlateDecode"))


def million_rectangles() -> bytes:
    """A page with a million little rectangles, each a cell."""
    boxes = [f"{x % 100 * 5.9} {x // 100 * 8.4} 0.5 8.4 re\n" for x in range(10_000)]
    content = "".join(boxes) + "S\n"
    return one_page(stream(repeated(content.encode(), 100), b"/Filter/FlateDecode"))


def dense_grid() -> bytes:
    """A ruled table of 300 × 300 cells."""
    lines = [f"0 {2 * y} m 595 {2 * y} l S\n" for y in range(300)]
    lines += [f"{1.9 * x} 0 m {1.9 * x} 842 l S\n" for x in range(300)]
    return one_page(stream("".join(lines).encode()))


def huge_page() -> bytes:
    """A page as large as a continent."""
    return one_page(stream(b"0 0 m 1 1 l S")).replace(b"[0 0 595 842]", b"[0 0 1e30 1e30]")


def page_that_is_no_number() -> bytes:
    """A page whose size is no number."""
    return one_page(stream(b"0 0 m 1 1 l S")).replace(b"[0 0 595 842]", b"[0 0 (a) /b]")


def font_without_a_map() -> bytes:
    """Text in a font that does not say which characters its glyphs are."""
    font = (
        b"/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/X/CIDSystemInfo<</Registry(X)/Ordering(Y)"
        b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4>>>>]>>>>"
    )
    return one_page(stream(b"BT /F1 12 Tf 72 720 Td <0102030405060708> Tj ET"), font)


def launch_on_opening() -> bytes:
    """A file that would like to start something."""
    return assemble(
        [
            b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/Launch/F(/bin/sh)>>>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>",
        ]
    )


def no_objects() -> bytes:
    """A first line and nothing behind it."""
    return b"%PDF-1.7\n"


def empty() -> bytes:
    """Nothing at all."""
    return b""


def zeros() -> bytes:
    """Ten million zeros behind a first line."""
    return b"%PDF-1.7\n" + bytes(10_000_000)


HOSTILE: dict[str, Callable[[], bytes]] = {
    function.__name__: function
    for function in (
        *(bomb_of_operators, bomb_of_text, bomb_of_an_image, bomb_of_forms, form_in_itself),
        *(cyclic_page_tree, parents_in_a_circle, deep_page_tree, nested_arrays),
        *(length_that_is_itself, ten_thousand_pages, pages_of_one_object),
        *(million_rulings, million_rectangles, dense_grid, huge_page, page_that_is_no_number),
        *(font_without_a_map, launch_on_opening, no_objects, empty, zeros),
    )
}
