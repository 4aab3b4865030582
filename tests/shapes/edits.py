"""What is added to a finished file: page numbers, notes, stamps; pages put together or turned."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pymupdf

from .fonts import font

if TYPE_CHECKING:
    from .model import Sheet

# PyMuPDF's types do not know that a document can be iterated.
Document = Any
Edit = Callable[[Document], Document]


def write(page: Any, at: tuple[float, float], text: str, size: float, colour: float = 0.0) -> None:
    """Write one line of text, its base line beginning at the point."""
    writer = pymupdf.TextWriter(page.rect)
    writer.append(at, text, font=font(), fontsize=size)
    writer.write_text(page, color=(colour,) * 3)


def length(text: str, size: float) -> float:
    """Return how wide a text is in points."""
    return float(font().text_length(text, fontsize=size))


def footer(form: str, above: float = 30.0, size: float = 10.0) -> Edit:
    """Number the pages in the middle of their foot."""

    def edit(document: Document) -> Document:
        for page in document:
            text = form.format(page=page.number + 1, pages=len(document))
            left = (page.rect.width - length(text, size)) / 2
            write(page, (left, page.rect.height - above), text, size)
        return document

    return edit


def _table_box(page: Any) -> pymupdf.Rect:
    """Return the box around all rules of a page."""
    # A rule has no area: the union of rectangles would pass over it.
    boxes = [one["rect"] for one in page.get_drawings()]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return pymupdf.Rect(min(lefts), min(tops), max(rights), max(bottoms))


def _free_spot(page: Any, wide: float, high: float, near: tuple[float, float]) -> pymupdf.Rect:
    """Return the box inside the table that covers least text, of such boxes the one closest.

    ``near`` is a place in parts of the table's width and height.
    """
    table = _table_box(page)
    words = [pymupdf.Rect(one[:4]) for one in page.get_text("words")]
    found = []
    for column in range(24):
        for row in range(40):
            left = table.x0 + column / 24 * max(1.0, table.width - wide)
            top = table.y0 + row / 40 * max(1.0, table.height - high)
            box = pymupdf.Rect(left, top, left + wide, top + high)
            covered = sum(abs(box & one) for one in words if box.intersects(one))
            away = abs(column / 24 - near[0]) + abs(row / 40 - near[1])
            found.append((covered, away, left, top))
    _, _, left, top = min(found)
    return pymupdf.Rect(left, top, left + wide, top + high)


def continued(below: str, above: str, size: float) -> Edit:
    """Write words under each part of the table but the last, and above each but the first."""

    def edit(document: Document) -> Document:
        for page in document:
            box = _table_box(page)
            if below and page.number < len(document) - 1:
                left = box.x1 - length(below, size)
                write(page, (left, box.y1 + 1.3 * size), below, size)
            if above and page.number:
                write(page, (box.x0, box.y0 - 0.5 * size), above, size)
        return document

    return edit


def notes(lines: list[str], sheet: Sheet, *, ruled: bool) -> Edit:
    """Write notes at the foot of every page, a short rule above them or not."""

    def edit(document: Document) -> Document:
        for page in document:
            y = sheet.height - sheet.bottom + 20
            if ruled:
                page.draw_line((sheet.side, y - 10), (sheet.side + 140, y - 10), width=0.5)
            for at, text in enumerate(lines):
                write(page, (sheet.side, y + at * 13), text, 9.0)
        return document

    return edit


def document_box(office: str, number: str, sheet: Sheet) -> Edit:
    """Draw a ruled box with the document's number, edition and page on top of every page."""

    def edit(document: Document) -> Document:
        left, right, top = sheet.side, sheet.width - sheet.side, sheet.top - 74
        for page in document:
            rows = (
                ("文件編號", number),
                ("版　　次", "第3版"),
                ("頁　　次", f"{page.number + 1}/{len(document)}"),
            )
            middle, value = left + 0.6 * (right - left), left + 0.75 * (right - left)
            page.draw_rect((left, top, right, top + 54), width=0.7)
            for x in (middle, value):
                page.draw_line((x, top), (x, top + 54), width=0.7)
            write(page, (left + 10, top + 22), office, 12.0)
            write(page, (left + 10, top + 42), "程序文件", 11.0)
            for at, (name, text) in enumerate(rows):
                y = top + 18 * at
                page.draw_line((middle, y), (right, y), width=0.7)
                write(page, (middle + 4, y + 13), name, 9.5)
                write(page, (value + 4, y + 13), text, 9.5)
        return document

    return edit


def near_number(form: str, gap: float, part: float, size: float = 10.0) -> Edit:
    """Number the pages so many points below the table, the words and the number runs apart."""

    def edit(document: Document) -> Document:
        for page in document:
            box = _table_box(page)
            text = form.format(page=page.number + 1)
            y = min(box.y1 + gap + 0.9 * size, page.rect.height - 14)
            x = box.x0 + part * box.width
            for run in (one for one in text.replace("第", "第 ").replace("頁", " 頁").split()):
                write(page, (x, y), run, size)
                x += length(run, size) + 1
        return document

    return edit


def stamp(text: str, place: tuple[float, float], *, every: bool) -> Edit:
    """Stamp a red frame with a text over the table of the first page, or of every page."""
    red, size = (0.8, 0.1, 0.1), 16.0

    def edit(document: Document) -> Document:
        for page in list(document)[: None if every else 1]:
            inner = _free_spot(page, length(text, size), size, place)
            writer = pymupdf.TextWriter(page.rect)
            writer.append((inner.x0, inner.y1 - 2), text, font=font(), fontsize=size)
            page.draw_rect(inner + (-8, -8, 8, 8), color=red, width=1.6)  # noqa: RUF005
            writer.write_text(page, color=red)
        return document

    return edit


def balloons(comments: list[str], spots: list[float], sheet: Sheet) -> Edit:
    """Draw comments in frames right of the table, a line from each across the table's text."""
    red, size = (0.75, 0.2, 0.2), 8.5

    def edit(document: Document) -> Document:
        for number, (text, spot) in enumerate(zip(comments, spots, strict=True)):
            page = document[number % len(document)]
            y = sheet.top + spot * (sheet.height - sheet.top - sheet.bottom)
            edge = sheet.width - sheet.side
            box = pymupdf.Rect(edge + 14, y - 20, sheet.width - 8, y + 14)
            page.draw_rect(box, color=red, fill=(1.0, 0.94, 0.94), width=0.5, radius=0.15)
            anchor = sheet.side + 0.55 * sheet.inner
            page.draw_line((anchor, y), (edge, y), color=red, width=0.4, dashes="[2 2]")
            page.draw_line((edge, y), (box.x0, y - 6), color=red, width=0.4, dashes="[2 2]")
            write(page, (box.x0 + 4, y - 7), f"註解[{number + 1}]", size)
            write(page, (box.x0 + 4, y + 6), text, size)
        return document

    return edit


def page_frame(sheet: Sheet, gap: float, *, double: bool) -> Edit:
    """Frame every page so many points outside its margins."""

    def edit(document: Document) -> Document:
        for page in document:
            box = pymupdf.Rect(sheet.side, sheet.top, sheet.width - sheet.side, sheet.height)
            box.y1 -= sheet.bottom
            for out in (gap, gap + 3)[: 1 + double]:
                page.draw_rect(box + (-out, -out, out, out), width=0.8)  # noqa: RUF005
        return document

    return edit


def watermark(text: str) -> Edit:
    """Write large grey words across every page, below its text."""

    def edit(document: Document) -> Document:
        for page in document:
            centre = pymupdf.Point(page.rect.width / 2, page.rect.height / 2)
            size = min(90.0, 480.0 / len(text))
            writer = pymupdf.TextWriter(page.rect)
            start = centre - (length(text, size) / 2, 0)
            writer.append(start, text, font=font(), fontsize=size)
            turn = (centre, pymupdf.Matrix(-45))
            writer.write_text(page, color=(0.86,) * 3, morph=turn, overlay=False)
        return document

    return edit


def annotate(comments: list[str], spot: float) -> Edit:
    """Annotate the first pages: a text box over the table, a note, a highlight."""

    def edit(document: Document) -> Document:
        for page, text in zip(document, comments, strict=False):
            box = _free_spot(page, length(text, 9.0) + 8, 14.0, (spot, spot))
            page.add_freetext_annot(
                box, text, fontsize=9, fontname="china-t", text_color=(0, 0, 1)
            ).update()
            page.add_text_annot(_free_spot(page, 20.0, 20.0, (spot / 2, 0.9)).tl, text)
            words = page.get_text("blocks")
            page.add_highlight_annot(pymupdf.Rect(words[len(words) // 2][:4]))
        return document

    return edit


def two_up(document: Document) -> Document:
    """Return a document with two pages on a sheet of twice the width."""
    made = pymupdf.open()
    paper = document[0].rect
    for first in range(0, len(document), 2):
        sheet = made.new_page(width=2 * paper.width, height=paper.height)
        for at in range(first, min(first + 2, len(document))):
            sheet.show_pdf_page(paper + ((at - first) * paper.width, 0) * 2, document, at)
    return made


def turned(angle: int) -> Edit:
    """Return an edit that turns the content of every page, not the page."""

    def edit(document: Document) -> Document:
        made = pymupdf.open()
        for page in document:
            sheet = made.new_page(width=page.rect.height, height=page.rect.width)
            sheet.show_pdf_page(sheet.rect, document, page.number, rotate=angle)
        return made

    return edit
