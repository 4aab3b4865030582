"""Read the cells that hold for several measures: aspect, strategy and task."""

from __future__ import annotations

from collections.abc import Sequence

from planparse.datamodel.layout import TextLine
from planparse.segment.drafts import Titled
from planparse.segment.load_rules import Rules
from planparse.segment.numbering import find_label


def read_titled(rules: Rules, lines: Sequence[TextLine]) -> Titled:
    """Part a cell's lines into its number and its title; ``lines`` must not be empty."""
    label = find_label(rules, lines[0].glyphs)
    if label is None:
        return Titled(None, None, list(lines))
    number, rest = lines[0].split(label.width)
    kept = ([rest] if rest is not None else []) + list(lines[1:])
    return Titled(number, label.printed, kept)
