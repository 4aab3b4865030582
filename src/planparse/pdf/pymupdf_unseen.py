"""What MuPDF knows of text that a reader does not see: annotations, colours, areas over text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pymupdf
from pymupdf import mupdf

from planparse.model.page import DroppedRun, DropReason, Run
from planparse.pdf.rulings import is_area
from planparse.pdf.unseen_text import NO_CONTRAST, WHITE, Area, Ink, is_like, without_unseen

Block = Mapping[str, Any]

# Dots per inch at which a page is looked at, and the part of a line's height around its middle
# that shows nothing but glyphs: borders and underlines stand beyond it.
_DPI, _CORE = 144, 0.3


def take_annotations(page: pymupdf.Page, flags: int) -> list[dict[str, Any]]:
    """Return the text blocks of a page's annotations, and hide these from whoever reads it next.

    The fields of a form are part of the page. Links draw nothing.
    """
    blocks: list[dict[str, Any]] = []
    if page.first_annot is None:
        return blocks
    for annot in page.annots():
        if not annot.flags & mupdf.PDF_ANNOT_IS_HIDDEN:
            found = annot.get_textpage(flags=flags).extractRAWDICT()["blocks"]
            blocks += [block for block in found if block["type"] == 0]
            annot.set_flags(annot.flags | mupdf.PDF_ANNOT_IS_HIDDEN)
    return blocks


def _areas(blocks: list[dict[str, Any]]) -> list[tuple[int, Block]]:
    """Return the blocks of a page that are filled areas, no lines, each with its place."""
    return [
        (at, block)
        for at, block in enumerate(blocks)
        if block["type"] == 3 and not block["stroked"] and block["alpha"] and is_area(block["bbox"])
    ]


def _color(block: Block) -> int:
    """Return the colour of an area; where it is transparent, as it looks on white."""
    color, alpha = int(block["color"]), float(block["alpha"]) / 255
    if alpha == 1:
        return color
    parts: list[int] = [round(255 + ((color >> shift & 255) - 255) * alpha) for shift in (16, 8, 0)]
    return parts[0] << 16 | parts[1] << 8 | parts[2]


def _lies_on_text(areas: list[tuple[int, Block]], blocks: list[dict[str, Any]]) -> bool:
    """Return True if an area meets text that was painted before it."""
    for place, area in areas:
        left, top, right, bottom = area["bbox"]
        for block in blocks[:place]:
            box = block["bbox"]
            if (
                box[1] < bottom
                and box[3] > top
                and box[0] < right
                and box[2] > left
                and block["type"] == 0
            ):
                return True
    return False


class Painting:
    """How a page's text is painted. Of most pages one look shows that all can be seen."""

    def __init__(self, page: pymupdf.Page, blocks: list[dict[str, Any]], colors: set[int]) -> None:
        found = _areas(blocks)
        grounds = {WHITE, *(_color(area) for _, area in found)}
        self.may_hide = any(is_like(color, ground) for color in colors for ground in grounds) or (
            bool(found) and _lies_on_text(found, blocks)
        )
        self._page = page
        self._areas = [
            Area(area["bbox"], _color(area), place, bool(area["isrect"]) and area["alpha"] == 255)
            for place, area in found
        ]
        self._shown: pymupdf.DisplayList | None = None

    def part(self, runs: list[Run], inks: list[Ink]) -> tuple[list[Run], list[DroppedRun]]:
        """Part runs into those to see and those that nobody sees."""

        def confirm(run: Run, reason: DropReason) -> bool:
            if self._looks_empty(run):
                return True
            # Other words may be painted on the area that covers these.
            return reason is DropReason.COVERED and any(
                other.first >= run.first + len(run) and _meet(other, run) for other in runs
            )

        return without_unseen(runs, inks, self._areas, confirm)

    def _looks_empty(self, run: Run) -> bool:
        """Return True if the page shows one colour where glyphs stand: pictures may lie below."""
        if self._shown is None:
            self._shown = self._page.get_displaylist()
        high = _CORE * (run.bottom - run.top)
        core = pymupdf.Rect(run.left, run.middle - high, run.right, run.middle + high)
        matrix = pymupdf.Matrix(_DPI / 72, _DPI / 72)
        seen = self._shown.get_pixmap(matrix=matrix, clip=core).samples
        parts = (seen[at::3] for at in (0, 1, 2))
        return not seen or all(max(part) - min(part) <= NO_CONTRAST for part in parts)


def _meet(one: Run, other: Run) -> bool:
    """Return True if two runs stand on one place."""
    return (
        abs(one.middle - other.middle) < _CORE * other.font_size
        and one.left < other.right
        and other.left < one.right
    )
