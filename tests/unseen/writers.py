"""The producers: who writes a PDF decides fonts, widths, operators and structure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .breaking import Width
from .ops import DrawnPage

if TYPE_CHECKING:
    from .style import Style

_NOT_IN_CNS1 = "•ⅪⅫⅺⅻ∙⊙▪▫▶►◦✓✔❶❷❸❹❺❻❼❽❾❿➢➤㈠㈡㈢㈣㈤㈥㈦㈧㈨㈩／～"
# Signs of world 2 that a writer's font cannot show, or that readers find under another code.
# Nor marks and numbers in circles and brackets that came later.
_SERIES = "".join(chr(at) for at in (*range(0x249C, 0x24EA), *range(0x24EB, 0x2500)))
_SERIES += "".join(chr(at) for at in (*range(0x2776, 0x2794), *range(0x3251, 0x3260)))
_SERIES += "ⅰⅱⅳ▷▸▹◈◉◘◙☑♠♣♦⚪⚫✅✤✦✧✪✶✹✽❋❍❏❑❒❖➔➜➡➣⬛⬜⮚⮞⯈"
LACKING = {
    "raw": _NOT_IN_CNS1 + _SERIES,
    "reportlab": _NOT_IN_CNS1 + _SERIES + "‧",
    "reportlab_ttf": _SERIES + "ⅺⅻ∙▫►✔➢➤",
}


def width_in(writer: str) -> Width:
    """Give the writer's width of a character, in ems."""
    from .write_mupdf import mupdf_width
    from .write_raw import raw_width
    from .write_reportlab import cid_width

    made: dict[str, Width] = {
        "raw": raw_width,
        "pymupdf": mupdf_width,
        "reportlab": cid_width,
        "reportlab_ttf": mupdf_width,
    }
    return made[writer]


def write(style: Style, pages: list[DrawnPage]) -> bytes:
    """Write the pages with the style's writer."""
    from .write_mupdf import write_mupdf
    from .write_raw import write_raw
    from .write_reportlab import write_reportlab

    if style.writer == "raw":
        return write_raw(pages, style.page_form, style.hidden, tagged=style.tagged)
    if style.writer == "pymupdf":
        return write_mupdf(pages)
    return write_reportlab(pages, embedded=style.writer == "reportlab_ttf")
