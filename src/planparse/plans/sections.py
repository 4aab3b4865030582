"""The text around the table: sections 壹 to 柒 and their paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import Label, find_label
from planparse.lexicon.page_numbers import is_contents_entry, is_contents_title, numbers_in
from planparse.lexicon.sentences import COLONS, PARAGRAPH_ENDS, SENTENCE_ENDS
from planparse.model.table import TextLine, was_broken

# A first line that starts this much further right (font sizes) than the line before is indented.
_INDENT = 1.2
# Glyphs before the colon of a heading whose first paragraph stands on its line, at most.
_LONGEST_HEADING = 24
# First lines stand within so many font sizes of their usual left edge.
_SAME_LEFT = 0.5


@dataclass(slots=True)
class SectionBuilder:
    """A section: ``number`` and ``heading`` lines, paragraphs as lists of lines."""

    number: TextLine | None
    printed_number: str
    heading: list[TextLine] = field(default_factory=list)
    paragraphs: list[list[TextLine]] = field(default_factory=list)
    has_table: bool = False


@dataclass(frozen=True, slots=True)
class TextFrame:
    """How the text around the table is set, in points.

    ``edge`` is its right edge; ``indent`` the left edge of the first lines of paragraphs, None
    where they start where all lines do, or where no paragraph shows it.
    """

    edge: float
    indent: float | None


def text_frame(rules: Rules, lines: Sequence[TextLine]) -> TextFrame:
    """Return how the text is set; titles and dates before it may stand further right."""
    headings = [is_heading(rules, line) for line in lines]
    if True in headings:
        lines = lines[headings.index(True) :]
        headings = headings[headings.index(True) :]
    edge = max((line.right for line in lines), default=0.0)
    first: list[float] = []
    further: list[float] = []
    for at in range(1, len(lines)):
        before, line = lines[at - 1], lines[at]
        if headings[at] or line.page != before.page:
            continue
        broken = was_broken(before, edge) and before.glyphs[-1] not in PARAGRAPH_ENDS
        if not headings[at - 1]:
            further += [line.left] if broken else []
        elif not broken and find_label(rules.numbering, line.glyphs) is None:
            # What follows a heading is no first line where the heading runs on, or is numbered.
            first.append(line.left)
    if not first or not further:
        # No paragraph runs over a line: a full line that ends a sentence ends a paragraph.
        return TextFrame(edge, median(first) if first else None)
    indented = median(first) - median(further) > _INDENT * lines[0].font_size
    return TextFrame(edge, median(first) if indented else None)


def is_heading(rules: Rules, line: TextLine) -> bool:
    """Return True if a line begins with the number of a section."""
    label = find_label(rules.numbering, line.glyphs)
    return label is not None and label.style.rank == 1


class SectionReader:
    """Takes the lines outside tables in order."""

    def __init__(self, rules: Rules, frame: TextFrame) -> None:
        self._rules = rules
        self._frame = frame
        self._previous: TextLine | None = None
        self._in_heading = False
        self._row_before = False
        self.preface: list[TextLine] = []
        self.sections: list[SectionBuilder] = []

    def table(self) -> None:
        """Note that the plan's table stands here."""
        if self.sections:
            self.sections[-1].has_table = True
        self._previous = None
        self._in_heading = False

    def paragraph(self, lines: Sequence[TextLine]) -> None:
        """Add lines of a table that is no plan's as one paragraph."""
        self._section().paragraphs.append(list(lines))
        self._row_before = True
        self._previous = None
        self._in_heading = False

    def line(self, line: TextLine) -> None:
        """Take one line."""
        label = find_label(self._rules.numbering, line.glyphs)
        if label is not None and label.style.rank == 1 and self._opens():
            self._open(line, label)
        elif not self.sections:
            self.preface.append(line)
        elif self._in_heading and self._unbroken():
            self._heading(line)
        else:
            self._text(line, label)
        self._row_before = False
        self._previous = line

    def _section(self) -> SectionBuilder:
        if not self.sections:
            self.sections.append(SectionBuilder(None, ""))
        return self.sections[-1]

    def _opens(self) -> bool:
        previous = self._previous
        if previous is None or not self.sections:
            return True
        return not self._full(previous) or previous.glyphs[-1] in PARAGRAPH_ENDS

    def _full(self, line: TextLine) -> bool:
        return was_broken(line, self._frame.edge)

    def _unbroken(self) -> bool:
        """Return True if the line before was broken for width, inside a sentence."""
        previous = self._previous
        return (
            previous is not None
            and self._full(previous)
            and previous.glyphs[-1] not in PARAGRAPH_ENDS
        )

    def _open(self, line: TextLine, label: Label) -> None:
        number, rest = line.split(label.width)
        section = SectionBuilder(number, label.printed)
        self.sections.append(section)
        self._in_heading = True
        if rest is not None:
            self._heading(rest)

    def _heading(self, line: TextLine) -> None:
        """Add a line to the heading; what follows a colon inside it is the first paragraph."""
        section = self.sections[-1]
        glyphs = line.glyphs
        at = next((at for at, char in enumerate(glyphs) if char in COLONS), len(glyphs))
        before = sum(len(part.glyphs) for part in section.heading)
        inline = at < len(glyphs) - 1 and before + at <= _LONGEST_HEADING
        if inline and not any(char in SENTENCE_ENDS or char in "，," for char in glyphs[:at]):
            heading, rest = line.split(at + 1)
            if heading is not None and rest is not None:
                section.heading.append(heading)
                section.paragraphs.append([rest])
                self._in_heading = False
                return
        section.heading.append(line)

    def _text(self, line: TextLine, label: Label | None) -> None:
        section = self._section()
        self._in_heading = False
        if not section.paragraphs or self._starts_paragraph(line, label, section):
            section.paragraphs.append([line])
        else:
            section.paragraphs[-1].append(line)

    def _starts_paragraph(
        self, line: TextLine, label: Label | None, section: SectionBuilder
    ) -> bool:
        previous = self._previous
        if previous is None:
            last = section.paragraphs[-1][-1]
            return self._row_before or last.glyphs[-1] in PARAGRAPH_ENDS or label is not None
        ended = previous.glyphs[-1] in PARAGRAPH_ENDS
        short = not self._full(previous)
        if label is not None:
            return ended or short
        if not ended:
            return False
        indent = self._frame.indent
        if indent is not None and abs(line.left - indent) < _SAME_LEFT * line.font_size:
            return True
        return short or line.left - previous.left > _INDENT * line.font_size


# A heading that is too long for its line goes on in as many lines before its page number.
_LINES = 3
# The last entry's page follows within so many pages.
_FURTHER = 5


def contents_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the lines of a table of contents: entries, the parts of long ones, its title."""
    entries = [at for at, line in enumerate(lines) if is_contents_entry(line.glyphs)]
    if len(entries) < 2:
        return []
    found = [lines[entries[0]]]
    if entries[0] and is_contents_title(lines[entries[0] - 1].glyphs):
        found.insert(0, lines[entries[0] - 1])
    for before, at in pairwise(entries):
        near = at - before <= _LINES and lines[before].page == lines[at].page
        found += lines[before + 1 : at + 1] if near else [lines[at]]
    return found + _last_entry(lines, entries[-1])


def _last_entry(lines: Sequence[TextLine], last: int) -> list[TextLine]:
    """Return an entry without dots below the last one: its page number goes on counting."""
    so_far = _page_in(lines[last])
    below = lines[last + 1 : last + 1 + _LINES]
    for at, line in enumerate(below):
        if line.page != lines[last].page:
            break
        if (
            is_contents_entry(line.glyphs, dotted=False)
            and so_far <= _page_in(line) <= so_far + _FURTHER
        ):
            return list(below[: at + 1])
    return []


def _page_in(line: TextLine) -> int:
    return numbers_in(line.glyphs)[-1]
