"""Read the cells that hold for several measures: aspect, strategy and task."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import bare_number, find_label
from planparse.model.table import TextLine
from planparse.plans.builders import Titled


def _stands_alone(lines: Sequence[TextLine], width: int) -> bool:
    """Tell whether white space or a line's end follows the first ``width`` glyphs."""
    for line in lines:
        size = len(line.glyphs)
        if width == size:
            return True
        if width < size:
            first = line.runs[0]
            return width in first.spaces or len(first.text) == width
        width -= size
    return False


def _split(lines: Sequence[TextLine], width: int) -> tuple[list[TextLine], list[TextLine]]:
    """Cut lines before glyph ``width``: in a narrow column a number takes several lines."""
    number: list[TextLine] = []
    rest: list[TextLine] = []
    for line in lines:
        before, after = line.split(width)
        if before is not None:
            number.append(before)
        if after is not None:
            rest.append(after)
        width -= len(line.glyphs)
    return number, rest


def read_titled(rules: Rules, lines: Sequence[TextLine]) -> Titled:
    """Part a cell's lines into its number and its title; ``lines`` must not be empty."""
    text = "".join(line.glyphs for line in lines)
    label = find_label(rules.numbering, text)
    bare = bare_number(text) if label is None else ""
    if label is not None:
        width, printed = label.width, label.printed
    elif bare and len(bare) < len(text) and _stands_alone(lines, len(bare)):
        width, printed = len(bare), bare
    else:
        return Titled([], None, list(lines))
    number, rest = _split(lines, width)
    return Titled(number, printed, rest)
