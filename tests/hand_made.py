"""Runs, lines and pages made by hand: glyphs as wide as high, ASCII half as wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.model.page import Axis, Page, Ruling, Run, SourceDocument
from planparse.model.table import TextLine

SIZE = 12.0
PITCH = 16.0


def made_run(
    text: str,
    left: float = 0.0,
    top: float = 0.0,
    *,
    size: float = SIZE,
    page: int = 1,
    first: int = 0,
) -> Run:
    """Set a text; ``_`` leaves half an em free as white space."""
    lefts, rights, spaces, kept = [], [], [], ""
    for char in text:
        width = size / 2 if char < "\u0100" else size
        if char == "_":
            spaces.append(len(kept))
        else:
            kept += char
            lefts.append(left)
            rights.append(left + width)
        left += width
    return Run(page, first, kept, tuple(lefts), tuple(rights), top, top + size, size, tuple(spaces))


def made_line(text: str, left: float = 0.0, top: float = 0.0, **how: float) -> TextLine:
    """Set a line of one run."""
    return TextLine((made_run(text, left, top, **how),))  # type: ignore[arg-type]


def made_lines(
    texts: Sequence[str | tuple[float, str]],
    left: float = 0.0,
    top: float = 0.0,
    *,
    page: int = 1,
    pitch: float = PITCH,
    size: float = SIZE,
    first: int = 0,
) -> tuple[TextLine, ...]:
    """Set lines below each other; (indent, text) in points, an empty text leaves a line free."""
    lines = []
    for at, entry in enumerate(texts):
        indent, text = entry if isinstance(entry, tuple) else (0.0, entry)
        if text:
            place = top + at * pitch
            lines.append(
                TextLine((made_run(text, left + indent, place, size=size, page=page, first=first),))
            )
            first += len(lines[-1].glyphs)
    return tuple(lines)


@dataclass(slots=True)
class Sheet:
    """A page that is being made; the glyphs get their ordinals in the order of writing."""

    number: int = 1
    width: float = 400.0
    height: float = 600.0
    runs: list[Run] = field(default_factory=list)
    rulings: list[Ruling] = field(default_factory=list)
    count: int = 0

    def write(self, text: str, left: float, top: float, size: float = SIZE) -> Run:
        run = made_run(text, left, top, size=size, page=self.number, first=self.count)
        self.count += len(run.text)
        self.runs.append(run)
        return run

    def across(self, position: float, start: float, end: float) -> None:
        self.rulings.append(Ruling(Axis.HORIZONTAL, position, start, end, 0.5))

    def down(self, position: float, start: float, end: float) -> None:
        self.rulings.append(Ruling(Axis.VERTICAL, position, start, end, 0.5))

    def grid(
        self,
        xs: Sequence[float],
        ys: Sequence[float],
        cells: Sequence[Sequence[str | None]] = (),
    ) -> None:
        """Rule a grid and write its cells; None merges a place with the one above."""
        for x in xs:
            self.down(x, ys[0], ys[-1])
        for row, y in enumerate(ys):
            for column in range(len(xs) - 1):
                merged = 0 < row < len(cells) and cells[row][column] is None
                if not merged:
                    self.across(y, xs[column], xs[column + 1])
        for row, texts in enumerate(cells):
            for column, text in enumerate(texts):
                for at, part in enumerate((text or "").split("\n")):
                    if part:
                        self.write(part, xs[column] + 3, ys[row] + 3 + at * PITCH)

    def page(self) -> Page:
        return Page(
            self.number,
            self.width,
            self.height,
            tuple(self.runs),
            tuple(self.rulings),
            glyph_count=self.count,
        )


def made_document(*sheets: Sheet) -> SourceDocument:
    """Bind sheets."""
    return SourceDocument("made.pdf", "0" * 64, tuple(sheet.page() for sheet in sheets), "made")
