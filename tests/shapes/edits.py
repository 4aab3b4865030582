"""What is added to a finished file: page numbers, notes, stamps; pages put together or turned."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pymupdf

from .fonts import font

Edit = Callable[[pymupdf.Document], pymupdf.Document]


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

    def edit(document: pymupdf.Document) -> pymupdf.Document:
        for page in document:
            text = form.format(page=page.number + 1, pages=len(document))
            left = (page.rect.width - length(text, size)) / 2
            write(page, (left, page.rect.height - above), text, size)
        return document

    return edit
