"""What extraction hands on: pages with runs of glyphs and ruling lines."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from planparse.model.geometry import Box
from planparse.model.problem import Problem
from planparse.model.slots_record import slots_record


class Origin(StrEnum):
    """Where a glyph or a ruling was read from."""

    TEXT_LAYER = "text_layer"
    OCR = "ocr"


class Axis(StrEnum):
    """Direction of a ruling line."""

    HORIZONTAL = "horizontal"
    VERTICAL = "vertical"


class DropReason(StrEnum):
    """Why a glyph of the page is in no field: the closed list of the ledger."""

    PAGE_NUMBER = "page_number"
    RUNNING_HEADER = "running_header"
    REPEATED_HEADING = "repeated_heading"
    WATERMARK = "watermark"
    INVISIBLE = "invisible"
    SAME_COLOR = "same_color"
    COVERED = "covered"
    STRUCK_OUT = "struck_out"
    ANNOTATION = "annotation"
    UNMAPPED_SYMBOL = "unmapped_symbol"
    OFF_PAGE = "off_page"
    CUT_PRINT = "cut_print"
    DUPLICATE_OVERPRINT = "duplicate_overprint"
    REPLACED_BY_OCR = "replaced_by_ocr"


@slots_record
class Run:
    """Glyphs that stand next to each other on one line, left to right, without white space.

    ``first`` is the ordinal of the first glyph on its page: the glyphs of a page are numbered
    0, 1, 2 … by extraction and a slice keeps its numbers, so the ledger can account for each.
    ``text`` has one character per glyph, folded (Kangxi radicals, compatibility ideographs, OCR
    repairs); ``printed`` is the text as it stands on the page, None where nothing was folded,
    else of the same length. ``lefts`` and ``rights`` are the glyphs' edges in points; ``top`` and
    ``bottom`` hold for all of them. ``spaces`` are the offsets before which white space stands.
    ``confidences`` is one figure 0 … 1 per glyph from OCR, None for a text layer. ``turn`` is the
    direction of a glyph that is not set left to right: 90 reads downwards, 270 upwards.
    """

    page: int
    first: int
    text: str
    lefts: tuple[float, ...]
    rights: tuple[float, ...]
    top: float
    bottom: float
    font_size: float
    spaces: tuple[int, ...] = ()
    printed: str | None = None
    origin: Origin = Origin.TEXT_LAYER
    confidences: tuple[float, ...] | None = None
    turn: int = 0

    def __len__(self) -> int:
        return len(self.text)

    @property
    def left(self) -> float:
        """Left edge of the first glyph."""
        return self.lefts[0]

    @property
    def right(self) -> float:
        """Right edge of the last glyph."""
        return self.rights[-1]

    @property
    def middle(self) -> float:
        """Vertical middle of the line."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """Box around the glyphs."""
        return Box(self.lefts[0], self.top, self.rights[-1], self.bottom)

    def slice(self, start: int, stop: int) -> Run:
        """Return the glyphs start … stop - 1 as a run that keeps their ordinals."""
        if start == 0 and stop == len(self.text):
            return self
        return Run(
            self.page,
            self.first + start,
            self.text[start:stop],
            self.lefts[start:stop],
            self.rights[start:stop],
            self.top,
            self.bottom,
            self.font_size,
            tuple(at - start for at in self.spaces if start <= at < stop),
            None if self.printed is None else self.printed[start:stop],
            self.origin,
            None if self.confidences is None else self.confidences[start:stop],
            self.turn,
        )


@slots_record
class Ruling:
    """A ruling line: ``position`` across its axis, ``start`` to ``end`` along it, in points."""

    axis: Axis
    position: float
    start: float
    end: float
    thickness: float
    origin: Origin = Origin.TEXT_LAYER


@dataclass(frozen=True, slots=True)
class DroppedRun:
    """Glyphs that go into no field, and why."""

    run: Run
    reason: DropReason


@dataclass(frozen=True, slots=True)
class Repair:
    """One change between what was read and what is published, with the rule that made it."""

    page: int
    box: Box
    read: str
    became: str
    rule: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The file's page on which a page is printed, where it is not that page itself.

    ``number`` counts from 1. ``width`` and ``height`` are its own, ``left`` is where the page
    begins on it, all in points. ``ordinals`` are those of the page's glyphs there; none: the same.
    """

    number: int
    width: float
    height: float
    left: float = 0.0
    ordinals: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One page. ``rulings is None``: this extractor cannot see lines; ``()``: there are none.

    ``runs`` are the visible glyphs, ``dropped`` those that extraction takes out with a reason;
    together their ordinals are 0 … ``glyph_count - 1``, each once. ``origin`` is which way the
    page was read, ``why`` the words why OCR was chosen (None: the text layer was good).
    ``fills`` are the coloured areas that are no lines: shading of cells, rows and headings.
    ``needs_ocr`` is set where a page shows a picture of text that nothing has read yet.
    ``turn`` is by how many degrees clockwise a scan was turned about its middle to stand upright:
    width, height, runs and rulings are those of the upright page, ``displayed`` leads back.
    ``sheet`` is set on every page of a file that prints two on a sheet; ``number`` counts on.
    """

    number: int
    width: float
    height: float
    runs: tuple[Run, ...]
    rulings: tuple[Ruling, ...] | None
    dropped: tuple[DroppedRun, ...] = ()
    glyph_count: int = 0
    origin: Origin = Origin.TEXT_LAYER
    why: str | None = None
    needs_ocr: bool = False
    turn: float = 0.0
    fills: tuple[Box, ...] = ()
    sheet: Sheet | None = None

    @property
    def file_page(self) -> int:
        """The number of the file's page that prints this one."""
        return self.number if self.sheet is None else self.sheet.number

    @property
    def is_as_displayed(self) -> bool:
        """Return True if places and number are those of the file's page as displayed."""
        return self.turn == 0.0 and self.sheet is None

    def displayed(self, box: Box) -> Box:
        """Return the box, on the file's page as displayed, around a box of the upright page."""
        width, height = self.width, self.height
        if self.sheet is not None:
            width, height, left = self.sheet.width, self.sheet.height, self.sheet.left
            box = Box(round(box.left + left, 2), box.top, round(box.right + left, 2), box.bottom)
        return box if self.turn == 0.0 else box.turned_back(self.turn, width, height)

    def file_ordinal(self, ordinal: int) -> int:
        """Return a glyph's ordinal on the file's page."""
        if self.sheet is None or not self.sheet.ordinals:
            return ordinal
        return self.sheet.ordinals[ordinal]


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """A file as an extractor read it. ``name`` is the file's name without its folder."""

    name: str
    sha256: str
    pages: tuple[Page, ...]
    extractor: str
    repairs: tuple[Repair, ...] = ()
    problems: tuple[Problem, ...] = ()
