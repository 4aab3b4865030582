"""Read period cells: lines that print one period are joined, as the grammar of periods reads them.

Of all ways to part the lines of a cell into periods the cheapest is taken; see ``_entries_from``.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from planparse.lexicon.periods import PeriodGrammar, is_period
from planparse.lexicon.text_keys import match_key
from planparse.model.table import LineEnd, TextLine, join_lines, needs_space
from planparse.plans.builders import part_at_gaps

# One period takes up so many lines at most: two characters to a line.
_MOST_LINES = 12
# What it costs that an entry is no whole period, that a line is added to what is whole already
# (每年／年底前), and that a word which opens periods (每, 隨時 …) stands inside an entry.
_NOT_WHOLE, _ADDED, _OPENS_INSIDE, _OPENS_INSIDE_UNKNOWN = 1.0, 0.1, 0.9, 1.1
# What it costs to part digits that nothing stands between: 112/1 over 1/30 is one day, not two.
_DIGITS_PARTED = 0.5
# Sums of the costs above that differ by less are the same.
_SAME_COST = 1e-6


@lru_cache(maxsize=4096)
def _opens(grammar: PeriodGrammar, text: str, before: str = "") -> bool:
    """Return True if a text begins with a word that opens periods, read behind ``before``.

    視 does (視需要), but not behind 檢.
    """
    behind = match_key(before[-1:])
    return grammar.rules.opening.match(behind + match_key(text), len(behind)) is not None


def _tight(lines: Sequence[TextLine]) -> str:
    """Return lines joined as if every break cut a word."""
    return "".join(line.text for line in lines)


def _digits_meet(line: TextLine, after: TextLine) -> bool:
    return line.glyphs[-1].isdigit() and after.glyphs[0].isdigit()


def _whole_text(grammar: PeriodGrammar, lines: Sequence[TextLine]) -> str | None:
    """Return how lines read as one whole period; None where they do not.

    Digits over digits are one number there: 109.03.31 over 109.06.30 is not one period.
    """
    tight = _tight(lines)
    if is_period(grammar, tight):
        return tight
    if any(_digits_meet(*pair) for pair in pairwise(lines)):
        return None
    spaced = join_lines(lines)
    return spaced if is_period(grammar, spaced) else None


def _entries_from(
    grammar: PeriodGrammar, lines: Sequence[TextLine], start: int
) -> Iterator[tuple[int, float]]:
    """Yield the ends that an entry which begins with line ``start`` may have, and what each costs.

    To part digits from digits costs too, unless their line had room for more.
    """
    before = lines[start - 1] if start else None
    parted = before is not None and before.end is not LineEnd.FREE
    base = _DIGITS_PARTED if parted and before and _digits_meet(before, lines[start]) else 0.0
    openings = 0
    for stop in range(start + 1, min(start + _MOST_LINES, len(lines)) + 1):
        if stop - 1 > start:
            openings += _opens(grammar, lines[stop - 1].text, lines[stop - 2].text)
        if _whole_text(grammar, lines[start:stop]) is None:
            yield stop, base + _NOT_WHOLE + openings * _OPENS_INSIDE_UNKNOWN
        else:
            yield stop, base + openings * _OPENS_INSIDE
            base += _ADDED


def _parted(grammar: PeriodGrammar, lines: Sequence[TextLine]) -> list[tuple[TextLine, ...]]:
    """Return neighbouring lines as entries, as cheaply as possible; the longer entry on a tie."""
    best: list[tuple[float, int]] = [(0.0, 0)] + [(math.inf, 0)] * len(lines)
    for start in range(len(lines)):
        for stop, cost in _entries_from(grammar, lines, start):
            if best[start][0] + cost < best[stop][0] - _SAME_COST:
                best[stop] = (best[start][0] + cost, start)
    entries: list[tuple[TextLine, ...]] = []
    stop = len(lines)
    while stop:
        start = best[stop][1]
        entries.append(tuple(lines[start:stop]))
        stop = start
    return entries[::-1]


def _decided(grammar: PeriodGrammar, entry: tuple[TextLine, ...]) -> tuple[TextLine, ...]:
    """Return an entry whose lines know which breaks cut a word or number, where that is certain."""
    found = list(entry)
    whole = _whole_text(grammar, entry)
    if whole is not None:
        end = LineEnd.CUT if whole == _tight(entry) else LineEnd.APART
        for at in range(len(entry) - 1):
            if needs_space(entry[at].glyphs[-1], entry[at + 1].glyphs[0]):
                found[at] = replace(entry[at], end=end)
    # Another period may follow beside the same measure.
    if found[-1].end is not LineEnd.UNKNOWN:
        found[-1] = replace(found[-1], end=LineEnd.APART)
    return tuple(found)


def read_periods(
    grammar: PeriodGrammar, lines: Sequence[TextLine], together: float
) -> list[tuple[TextLine, ...]]:
    """Return the lines of each period; ``together`` is the largest line distance in points."""
    blocks = part_at_gaps(lines, together)
    return [_decided(grammar, entry) for block in blocks for entry in _parted(grammar, block)]


def may_be_parted_otherwise(
    grammar: PeriodGrammar, before: Sequence[TextLine], after: Sequence[TextLine]
) -> bool:
    """Return True if a line of two neighbouring periods may belong to the other one.

    兩個月一次上下 over 半年各一次, two characters to a line, may be 兩個月一次 and 上下半年各一次.
    """
    moved_down = (before[:-1], [*before[-1:], *after])
    moved_up = ([*before, *after[:1]], after[1:])
    for line, parts in ((before[-1], moved_down), (after[0], moved_up)):
        if _opens(grammar, line.text) or not all(parts):
            continue
        if all(_whole_text(grammar, part) is not None for part in parts):
            return True
    return False


def doubtful_breaks(grammar: PeriodGrammar, lines: Sequence[TextLine]) -> list[tuple[str, str]]:
    """Return what stands before and behind a break that may cut a number or part two periods.

    ``112/1`` over ``1/30``: both sides are whole periods, and so is 112/11/30.
    """
    found = []
    for at in range(1, len(lines)):
        if _digits_meet(lines[at - 1], lines[at]):
            before, after = join_lines(lines[:at]), join_lines(lines[at:])
            if all(is_period(grammar, text) for text in (before, after, before + after)):
                found.append((before, after))
    return found
