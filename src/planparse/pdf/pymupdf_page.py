"""One page of MuPDF's text layer and vectors as our Page."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pymupdf

from planparse.lexicon.character_folds import UNMAPPED
from planparse.model.page import Axis, DroppedRun, DropReason, Page, Ruling, Run
from planparse.pdf.glyphs import (
    NEAR,
    body_size,
    cut_by_marks,
    is_oversized,
    is_pale,
    is_slanted,
    is_symbol_font,
    luminance,
    rgb,
    split_off_page,
)
from planparse.pdf.pymupdf_clipping import hide_clipped
from planparse.pdf.pymupdf_document import TEXT_FLAGS
from planparse.pdf.pymupdf_runs import runs_of_span, turn_of
from planparse.pdf.pymupdf_unseen import Painting, take_annotations
from planparse.pdf.rulings import (
    fills_from_vectors,
    rulings_from_drawings,
    rulings_from_vectors,
    rulings_on_page,
)
from planparse.pdf.struck_text import without_struck_or_doubled
from planparse.pdf.unseen_text import Ink

# Unknown glyphs stay U+FFFD: a guess (the glyph's number) is no text.
_FLAGS = TEXT_FLAGS | pymupdf.TEXT_COLLECT_VECTORS
_LEVEL = (1.0, 0.0)
_FILLED_OR_STROKED = 16 | 32


Spans = list[tuple[Mapping[str, Any], Mapping[str, Any], int]]


def _spans(blocks: list[dict[str, Any]]) -> Spans:
    """List the spans of a page, each with its line and the place of its block."""
    return [
        (line, span, at)
        for at, block in enumerate(blocks)
        if block["type"] == 0
        for line in block["lines"]
        for span in line["spans"]
    ]


def _turned_box(box: tuple[float, ...], matrix: pymupdf.Matrix) -> tuple[float, ...]:
    turned = pymupdf.Rect(box) * matrix
    return (turned.x0, turned.y0, turned.x1, turned.y1)


def _turn_blocks(blocks: list[dict[str, Any]], matrix: pymupdf.Matrix) -> None:
    """Turn the boxes, base lines and directions of a page's blocks, in place."""
    for block in blocks:
        block["bbox"] = _turned_box(block["bbox"], matrix)
        for line in block.get("lines", ()):
            across, down = line["dir"]
            line["dir"] = (
                across * matrix.a + down * matrix.c,
                across * matrix.b + down * matrix.d,
            )
            for span in line["spans"]:
                for char in span["chars"]:
                    char["bbox"] = _turned_box(char["bbox"], matrix)
                    char["origin"] = tuple(pymupdf.Point(char["origin"]) * matrix)


def _turn_rulings(rulings: list[Ruling], matrix: pymupdf.Matrix) -> list[Ruling]:
    """Turn rulings; a quarter turn changes their axis."""
    turned = []
    for ruling in rulings:
        ends = (ruling.start, ruling.position, ruling.end, ruling.position)
        if ruling.axis is Axis.VERTICAL:
            ends = (ruling.position, ruling.start, ruling.position, ruling.end)
        left, top, right, bottom = _turned_box(ends, matrix)
        if right - left >= bottom - top:
            turned.append(Ruling(Axis.HORIZONTAL, top, left, right, ruling.thickness))
        else:
            turned.append(Ruling(Axis.VERTICAL, left, top, bottom, ruling.thickness))
    return turned


def _reason(line: Mapping[str, Any], span: Mapping[str, Any], body: float) -> DropReason | None:
    """Return the reason to drop a span, None to keep it; ``body`` is the page's usual size."""
    if not span["char_flags"] & _FILLED_OR_STROKED or span["alpha"] == 0:
        return DropReason.INVISIBLE
    if "cut" in span:
        return DropReason.CUT_PRINT
    if line["dir"] != _LEVEL and is_slanted(*line["dir"]):
        return DropReason.WATERMARK
    if is_oversized(span["size"], body):
        light = luminance(*rgb(span["color"])) / 255
        return DropReason.WATERMARK if is_pale(span["alpha"] / 255, light) else None
    return None


def _rulings(page: pymupdf.Page, vectors: list[dict[str, Any]]) -> list[Ruling]:
    """Return the rulings of a page as displayed."""
    rulings, incomplete = rulings_from_vectors(vectors)
    if incomplete:
        rulings = rulings_from_drawings(page.get_cdrawings(extended=True))
        if page.rotation:
            rulings = _turn_rulings(rulings, page.rotation_matrix)
    return rulings


def _blocks(page: pymupdf.Page) -> tuple[list[dict[str, Any]], int]:
    """Return the blocks of a page as displayed, and where those of annotations begin."""
    annotations = take_annotations(page, _FLAGS)
    # Without a frame MuPDF leaves out text off the page: it would be in no account.
    everywhere = pymupdf.INFINITE_RECT()
    blocks = page.get_text("rawdict", flags=_FLAGS, clip=everywhere)["blocks"]
    hide_clipped(page, blocks)
    end = len(blocks)
    blocks += annotations
    if page.rotation:
        _turn_blocks(blocks, page.rotation_matrix)
    return blocks, end


def _sort_out(
    run: Run, font: str, width: float, height: float
) -> tuple[list[Run], list[DroppedRun]]:
    """Part a run into what to keep, and signs that no font names and what is off the page."""
    signs: list[Run] = []
    named = [run]
    if UNMAPPED in run.text and is_symbol_font(font):
        named, signs = cut_by_marks(run, [char == UNMAPPED for char in run.text])
    parts = [split_off_page(piece, width, height) for piece in named]
    off = [piece for _, outside in parts for piece in outside]
    dropped = [DroppedRun(piece, DropReason.UNMAPPED_SYMBOL) for piece in signs]
    dropped += [DroppedRun(piece, DropReason.OFF_PAGE) for piece in off]
    return [piece for inside, _ in parts for piece in inside], dropped


def read_page(page: pymupdf.Page, number: int) -> Page:
    """Read one page; ``number`` counts from 1."""
    width, height = page.rect.width, page.rect.height
    blocks, annotated = _blocks(page)
    spans = _spans(blocks)
    body = body_size((span["size"], len(span["chars"])) for _, span, _ in spans)
    painting = Painting(page, blocks, {span["color"] for _, span, _ in spans})
    runs: list[Run] = []
    dropped: list[DroppedRun] = []
    inks: list[Ink] = []
    count = 0
    spread = True
    for line, span, place in spans:
        reason = _reason(line, span, body) if place < annotated else DropReason.ANNOTATION
        found, least = runs_of_span(span, turn_of(line), number, count)
        spread = spread and least >= NEAR * span["size"]
        if painting.may_hide:
            inks.append(Ink(count, span["color"], place))
        for run in found:
            count += len(run.text)
            on_page = run.lefts[0] >= 0 and run.rights[-1] <= width and 0 <= run.top < height
            if reason is not None:
                dropped.append(DroppedRun(run, reason))
            elif on_page and UNMAPPED not in run.text:
                runs.append(run)
            else:
                inside, outside = _sort_out(run, span["font"], width, height)
                runs += inside
                dropped += outside
    if painting.may_hide:
        runs, unseen = painting.part(runs, inks)
        dropped += unseen
    vectors = [block for block in blocks if block["type"] == 3]
    rulings = rulings_on_page(_rulings(page, vectors), width, height)
    runs, gone, rulings = without_struck_or_doubled(runs, rulings, spread=spread)
    fills = tuple(fills_from_vectors(vectors))
    kept, lines, dropped = tuple(runs), tuple(rulings), [*dropped, *gone]
    return Page(number, width, height, kept, lines, tuple(dropped), count, fills=fills)
