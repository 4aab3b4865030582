"""Read the cells that hold for several measures: aspect, strategy and task."""

from __future__ import annotations

import re
from collections.abc import Sequence

from planparse.datamodel.layout import TextLine
from planparse.segment.drafts import Titled
from planparse.segment.load_rules import Rules
from planparse.segment.numbering import find_label


# A number without a sign behind it counts only where it stands alone: 一 over 基礎服務.
_BARE = re.compile(r"[一二三四五六七八九十]{1,3}|[0-9０-９]{1,2}|[壹貳參肆伍陸柒捌玖拾]{1,2}")


def _stands_alone(line: TextLine, width: int) -> bool:
    """Tell whether white space or the line's end follows the first ``width`` glyphs."""
    first = line.runs[0]
    return len(line.glyphs) == width or width in first.spaces or len(first.text) == width


def read_titled(rules: Rules, lines: Sequence[TextLine]) -> Titled:
    """Part a cell's lines into its number and its title; ``lines`` must not be empty."""
    first = lines[0]
    label = find_label(rules, first.glyphs)
    bare = _BARE.match(first.glyphs) if label is None else None
    if label is not None:
        width, printed = label.width, label.printed
    elif bare is not None and _stands_alone(first, bare.end()) and len(lines) + bare.end() > 1:
        width, printed = bare.end(), bare.group()
    else:
        return Titled(None, None, list(lines))
    number, rest = first.split(width)
    kept = ([rest] if rest is not None else []) + list(lines[1:])
    return Titled(number, printed, kept)
