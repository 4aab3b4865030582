"""Read the cells that hold for several measures: aspect, strategy and task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.lexicon.numbering import find_label
from planparse.lexicon.stage_rules import Rules
from planparse.model.table import TextLine
from planparse.plans.builders import Titled

# A number without a sign behind it counts only where it stands alone: 一 over 基礎服務.
_BARE = re.compile(r"[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}|[壹貳參肆伍陸柒捌玖拾]{1,2}")


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
    bare = _BARE.match(text) if label is None else None
    if label is not None:
        width, printed = label.width, label.printed
    elif bare is not None and bare.end() < len(text) and _stands_alone(lines, bare.end()):
        width, printed = bare.end(), bare.group()
    else:
        return Titled([], None, list(lines))
    number, rest = _split(lines, width)
    return Titled(number, printed, rest)
