"""Set a plan on pages: the text around the table, the table's parts, headers and page numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from .breaking import Width, break_text, width_of
from .cells import CellLine, CellSpec
from .columns import draw_columns
from .content import PlanContent, SectionContent
from .flow import Cut, Part, TableFlow
from .numerals import PageNumber, han
from .ops import DrawnPage, Fill, Text, Watermark
from .style import Style
from .table import TableMaker, TableSpec

_PAPERS = {"A4": (595.0, 842.0), "B4": (709.0, 1001.0), "Letter": (612.0, 792.0)}
_SIDE = 3.0


@dataclass(slots=True)
class DrawnCell:
    """A cell's rectangle on a page; ``cut_above`` and ``cut_below``: it goes on over the page."""

    left: float
    top: float
    right: float
    bottom: float
    cut_above: bool = False
    cut_below: bool = False
    heading: bool = False


@dataclass(slots=True)
class PageParts:
    """A page's cells beside what is already drawn on it."""

    page: DrawnPage
    cells: list[DrawnCell] = field(default_factory=list)


class Setter:
    """Sets one plan."""

    def __init__(self, rng: Random, style: Style, content: PlanContent, width: Width) -> None:
        self.rng = rng
        self.style = style
        self.content = content
        self.width = width
        wide, high = _PAPERS[style.paper]
        self.size = (high, wide) if style.landscape else (wide, high)
        self.margin = rng.uniform(36, 62)
        self.top = rng.uniform(48, 70)
        self.bottom = self.size[1] - rng.uniform(52, 70)
        self.pages: list[PageParts] = []
        self.y = 0.0
        self.font = style.font_size
        self.table = self._make_table()
        self._page()

    def set(self) -> list[PageParts]:
        """Set everything; the measures' lines then know their pages."""
        self._title()
        for section in self.content.before:
            self._section(section)
        self._table()
        for section in self.content.after:
            self._section(section)
        self._frame_pages()
        return self.pages

    def _make_table(self) -> TableSpec:
        columns = draw_columns(self.rng, self.style, self.content)
        room = self.size[0] - 2 * self.margin - len(columns) * 2 * _SIDE
        taken = sum(column.width for column in columns)
        for font in (self.font, 9.0, 8.0, 7.0):
            if font <= self.font and room / font - taken >= 9:
                self.font = font
                break
        else:
            self.font = 7.0
        practice = next(column for column in columns if column.role == "practice")
        practice.width = max(room / self.font - taken, 8.0)
        maker = TableMaker(self.rng, self.style, self.content, self.width, columns)
        return maker.make()

    @property
    def line(self) -> float:
        """Height of a line in points."""
        return self.font * self.style.pitch

    def _page(self) -> None:
        self.pages.append(PageParts(DrawnPage(*self.size)))
        self.y = self.top
        if self.style.watermark:
            self.pages[-1].page.watermark = Watermark("內部參考", self.size[0] / 6)

    def _need(self, height: float) -> None:
        if self.y + height > self.bottom:
            self._page()

    def _text(self, x: float, y: float, text: str, size: float, **keywords: float | bool) -> None:
        base = y + (size * self.style.pitch - size) / 2 + size * 0.86
        made = Text(x, base, text, size)
        made.spacing = float(keywords.get("spacing", 0.0))
        made.bold = bool(keywords.get("bold", False))
        made.kerned = self.style.glyphs == "kerned"
        self.pages[-1].page.texts.append(made)

    def _title(self) -> None:
        size = self.font + 4
        room = self.size[0] - 2 * self.margin
        for text in self.content.title_lines:
            for part in break_text(text, room / size, room / size, self.width, False):
                x = (self.size[0] - width_of(part, self.width) * size) / 2
                self._text(x, self.y, part, size, bold=self.style.bold)
                self.y += size * self.style.pitch
        if self.content.issued:
            size = self.font - 1
            x = self.size[0] - self.margin - width_of(self.content.issued, self.width) * size
            self._text(x, self.y, self.content.issued, size)
            self.y += size * self.style.pitch
        self.y += 4

    def _section(self, section: SectionContent) -> None:
        size = self.font
        room = (self.size[0] - 2 * self.margin) / size
        closing = section.heading.endswith("。")
        heading = f"{section.no}、{section.heading}" + ("" if closing else "：")
        if not self._paragraphs_tell(section.paragraphs, room):
            numbered = enumerate(section.paragraphs, 1)
            section.paragraphs = [f"{han(index)}、{text}" for index, text in numbered]
        paragraphs = section.paragraphs
        if self.style.heading_inline and len(paragraphs) == 1 and not section.has_table:
            heading, paragraphs = heading + paragraphs[0], []
        for index, text in enumerate(break_text(heading, room, room - 2, self.width, True)):
            self._need(self.line * 2)
            x = self.margin + (2 * size if index else 0.0)
            self._text(x, self.y, text, size, bold=self.style.bold and not index)
            self.y += self.line
        for paragraph in paragraphs:
            self._paragraph(paragraph, room)

    def _paragraphs_tell(self, paragraphs: list[str], room: float) -> bool:
        """Tell whether a reader sees where each paragraph begins.

        By its number, by the first line's indent beside a wrapped line, or by short lines.
        """
        if len(paragraphs) < 2 or paragraphs[0][1:2] == "、":
            return True
        wide = [width_of(text, self.width) for text in paragraphs]
        return max(wide) > room - 4 or max(wide) < room - 4 - 6

    def _paragraph(self, paragraph: str, room: float) -> None:
        """Set a paragraph: numbered ones hang, others have their first line indented."""
        size = self.font
        first, rest = (2.0, 4.0) if paragraph[1:2] == "、" else (4.0, 2.0)
        texts = break_text(paragraph, room - first, room - rest, self.width, True)
        for index, text in enumerate(texts):
            self._need(self.line)
            indent = rest if index else first
            shown = text
            if self.style.indent_spaces and self.style.glyphs == "line" and not index:
                shown, indent = "　　" + text, indent - 2
            x = self.margin + indent * size
            spacing = self._spread(shown, self.size[0] - self.margin - x, size)
            self._text(x, self.y, shown, size, spacing=spacing if index + 1 < len(texts) else 0)
            self.y += self.line

    def _spread(self, text: str, room: float, size: float) -> float:
        if not self.style.justify or len(text) < 3:
            return 0.0
        missing = room - width_of(text, self.width) * size
        return missing / (len(text) - 1) if 0 < missing < 2.5 * size else 0.0

    def _table(self) -> None:
        flow = TableFlow(self.rng, self.style, self.table, self.line)
        self.y += 3
        start, first = Cut(0, 0), True
        while start.row < flow.cells_end:
            shown = first or self.style.repeat_heading
            head = self.table.heading_lines * self.line + 2 * self.style.padding if shown else 0.0
            fresh = not self.pages[-1].page.texts
            end = flow.part(start, self.bottom - self.y - head, fresh)
            if end is None:
                self._page()
                continue
            if shown:
                self._heading(head)
            part = Part(start, end, len(self.pages), self.y)
            flow.split(part)
            self._part(flow, part)
            start, first = end, False
            if start.row < flow.cells_end:
                self._page()
        self.y += 6
        self._measure_pages(flow)

    def _edges(self) -> list[float]:
        edges = [0.0]
        for column in self.table.columns:
            edges.append(edges[-1] + column.width * self.font + 2 * _SIDE)
        left = (self.size[0] - edges[-1]) / 2
        return [left + edge for edge in edges]

    def _heading(self, height: float) -> None:
        edges = self._edges()
        for cell in self.table.headings:
            box = DrawnCell(edges[cell.col0], self.y, edges[cell.col1], self.y + height)
            box.heading = True
            self.pages[-1].cells.append(box)
            lead = (height - len(cell.lines) * self.line) / 2
            for line in cell.lines:
                size = width_of(line.text, self.width) * self.font
                x = (box.left + box.right - size) / 2
                y = self.y + lead + line.y * self.line
                self._text(x, y, line.text, self.font, bold=self.style.bold)
        self.y += height

    def _part(self, flow: TableFlow, part: Part) -> None:
        edges = self._edges()
        height = flow.extent(part.start, part.end)
        low, high = flow.y(part.start), flow.y(part.end)
        lead = flow.pad if part.start.line else 0.0
        for cell in self.table.cells:
            top, bottom = flow.tops[cell.row0], flow.tops[cell.row1]
            if top >= high - 1e-6 or bottom <= low + 1e-6:
                continue
            box = DrawnCell(
                edges[cell.col0],
                self.y if top < low + 1e-6 else self.y + lead + top - low,
                edges[cell.col1],
                self.y + height if bottom > high - 1e-6 else self.y + lead + bottom - low,
                top < low - 1e-6,
                bottom > high + 1e-6,
            )
            self.pages[-1].cells.append(box)
            self._cell_lines(cell, box, part)
        self.y += height

    def _cell_lines(self, cell: CellSpec, box: DrawnCell, part: Part) -> None:
        lines = [(line, y) for one, line, y in part.lines if one is cell]
        shift = 0.0
        if cell.centred and lines and not box.cut_above and not box.cut_below:
            used = (max(line.y for line, _ in lines) + 1) * self.line
            shift = max(0.0, (box.bottom - box.top - 2 * self.style.padding - used) / 2)
        for line, y in lines:
            x = box.left + _SIDE + line.dx * self.font
            if self.style.beside_centred and self._is_beside(cell):
                wide = width_of(line.text, self.width) * self.font
                x = max(x, (box.left + box.right - wide) / 2)
            spacing = self._spread(line.text, box.right - _SIDE - x, self.font) if line.fill else 0
            self._text(x, part.top + y + shift, line.text, self.font, spacing=spacing)
            if self.style.shade_lines:
                top = part.top + y + shift
                shade = Fill(box.left + 1, top, box.right - 1, top + self.line, 0.93)
                self.pages[-1].page.shades.append(shade)

    def _is_beside(self, cell: CellSpec) -> bool:
        role = self.table.columns[cell.col0].role
        return role.startswith("extra:") or role in ("department", "co_department", "period")

    def _measure_pages(self, flow: TableFlow) -> None:
        """Give the starts of measures without text the page of their row."""
        self.row_page: dict[int, int] = {}
        for cell in self.table.cells:
            for line in cell.lines:
                self.row_page.setdefault(cell.row0, line.page)

    def _frame_pages(self) -> None:
        count = len(self.pages)
        for index, parts in enumerate(self.pages, 1):
            page = parts.page
            if self.style.page_number:
                text = self.style.page_number.format(p=PageNumber(index), n=PageNumber(count))
                x = (page.width - width_of(text, self.width) * 9) / 2
                page.texts.append(Text(x, page.height - 26, text, 9))
            if self.style.running_header:
                text = "台灣電力公司　提升服務效能執行計畫"
                page.texts.insert(0, Text(self.margin, 30, text, 8))


def pages_of(lines: list[CellLine], fallback: int) -> tuple[int, int]:
    """Give the first and last page of a measure's lines."""
    numbers = [line.page for line in lines] or [fallback]
    return min(numbers), max(numbers)
