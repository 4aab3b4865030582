"""Pages for the tests of OCR: drawn, scanned, and engines that need no model."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import pymupdf

from planparse.ocr.picture import PagePicture
from planparse.ocr.recognition import Crop, Glyph, Recognition

DPI = 200
SCALE = DPI / 72


class SilentEngine:
    """Answers nothing, and counts the lines that it is given."""

    name = "silent"

    def __init__(self) -> None:
        self.lines = 0

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        self.lines += len(crops)
        return [Recognition(()) for _ in crops]


class SureEngine(SilentEngine):
    """Reads every line as 組 all along, an em each, surely."""

    name = "sure"

    def read(self, crops: Sequence[Crop]) -> list[Recognition]:
        super().read(crops)
        return [
            Recognition(
                tuple(
                    Glyph(at, at + 3, at + 1, (("組", 0.99), ("组", 0.01)))
                    for at in range(0, crop.pixels.shape[1] // 8, 5)
                )
            )
            for crop in crops
        ]


def table_page(
    texts: Sequence[Sequence[str]],
    xs: Sequence[float] = (60, 200, 420, 535),
    row: float = 60,
    closed: bool = True,
    title: str = "提升服務效能執行計畫",
) -> pymupdf.Document:
    """Draw a page with a title and a ruled table; lines of a cell are parted by line feeds.

    Without texts there is no table.
    """
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    page.insert_text((200, 70), title, fontname="china-t", fontsize=16)
    top = 100.0
    for at, cells in enumerate(texts):
        y = top + at * row
        page.draw_line((xs[0], y), (xs[-1], y), width=0.7)
        for left, text in zip(xs, cells, strict=False):
            for line, part in enumerate(text.split("\n")):
                place = (left + 5, y + 17 + 17 * line)
                page.insert_text(place, part, fontname="china-t", fontsize=12)
    bottom = top + len(texts) * row
    if closed and texts:
        page.draw_line((xs[0], bottom), (xs[-1], bottom), width=0.7)
    for x in xs if texts else ():
        page.draw_line((x, top), (x, bottom), width=0.7)
    return document


def picture_of(document: pymupdf.Document, dpi: int = DPI) -> PagePicture:
    """Draw the first page in grey."""
    pixmap = document[0].get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY)
    pixels = np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.h, pixmap.stride)
    return PagePicture(pixels[:, : pixmap.w].copy(), dpi / 72)


def scanned(
    picture: PagePicture, turn: float = 0.0, noise: float = 5.0, ink: int = 30, paper: int = 240
) -> PagePicture:
    """Make a picture look scanned: turned clockwise, grey and grainy."""
    high, wide = picture.pixels.shape
    matrix = cv2.getRotationMatrix2D(((wide - 1) / 2, (high - 1) / 2), -turn, 1.0)
    turned = cv2.warpAffine(
        picture.pixels, matrix, (wide, high), flags=cv2.INTER_CUBIC, borderValue=255
    )
    grain = np.random.default_rng(7).normal(0, noise, turned.shape)
    grey = ink + turned.astype(np.float64) / 255 * (paper - ink) + grain
    return PagePicture(np.clip(grey, 0, 255).astype(np.uint8), picture.scale)


def pdf_of(picture: PagePicture, hidden: str = "", rotation: int = 0) -> pymupdf.Document:
    """Make a PDF page of the picture; ``hidden`` text is invisible, as a scanner's OCR sets it."""
    document = pymupdf.open()
    page = document.new_page(width=picture.width, height=picture.height)
    done, jpeg = cv2.imencode(".jpg", picture.pixels, [cv2.IMWRITE_JPEG_QUALITY, 85])
    assert done
    page.insert_image(page.rect, stream=jpeg.tobytes(), keep_proportion=False)
    if hidden:
        page.insert_text((60, 80), hidden, fontname="china-t", fontsize=12, render_mode=3)
    page.set_rotation(rotation)
    return document
