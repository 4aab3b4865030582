"""A repeated heading is one only if an earlier page prints the same glyphs at the same places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple

from planparse.lexicon.headings import without_continued
from planparse.lexicon.page_numbers import without_page_number
from planparse.model.page import DroppedRun, Run
from planparse.model.provenance import Claim
from planparse.model.table import without_widths

# Twins may be off by this part of the font size: scans jitter, mirrored margins are shifted whole.
_NEAR = 0.8
# Size in points of the squares in which shifts between two pages are counted.
_SQUARE = 6.0
# Where headings and captions are placed when they stand for the first time.
_FIRST_PLACED = frozenset({"heading", "section", "title", "outside"})


class _Glyph(NamedTuple):
    page: int
    left: float
    middle: float


def _glyphs(run: Run) -> list[tuple[str, _Glyph]]:
    page, middle = run.page, run.middle
    return [
        (char, _Glyph(page, left, middle))
        for char, left in zip(without_widths(run.text), run.lefts, strict=True)
    ]


class _References:
    """Kept glyphs that a repeated heading may repeat, by character."""

    def __init__(self, claims: Iterable[Claim], chars: AbstractSet[str]) -> None:
        self._by_char: dict[str, list[_Glyph]] = {char: [] for char in chars}
        self.lines: dict[str, int] = {}
        runs = [run for claim in claims if claim.field in _FIRST_PLACED for run in claim.runs]
        for run in runs:
            if not chars.isdisjoint(without_widths(run.text)):
                for char, glyph in _glyphs(run):
                    if char in chars:
                        self._by_char[char].append(glyph)
        for (page, _), group in groupby(runs, key=lambda run: (run.page, round(run.middle))):
            line = list(group)
            self.lines.setdefault("".join(run.text for run in line), page)
            # A title row has cells beside the title, and the page's number behind it.
            for run in line:
                self.lines.setdefault(without_page_number(run.text), page)

    def before(self, char: str, page: int) -> Iterator[_Glyph]:
        """Give the kept glyphs of earlier pages that print a character."""
        return (glyph for glyph in self._by_char.get(char, ()) if glyph.page < page)


def _shift(runs: Sequence[Run], references: _References) -> tuple[int, float, float] | None:
    """Find the earlier page and the shift for which most runs' first glyphs have a twin."""
    votes: dict[tuple[int, int, int], list[tuple[float, float]]] = {}
    for run in runs:
        left, middle = run.lefts[0], run.middle
        for twin in references.before(without_widths(run.text[0]), run.page):
            dx, dy = left - twin.left, middle - twin.middle
            square = (twin.page, round(dx / _SQUARE), round(dy / _SQUARE))
            votes.setdefault(square, []).append((dx, dy))
    if not votes:
        return None
    best, shifts = max(votes.items(), key=lambda entry: (len(entry[1]), -entry[0][0]))
    count = len(shifts)
    return best[0], sum(dx for dx, _ in shifts) / count, sum(dy for _, dy in shifts) / count


def _has_twins(
    run: Run, shift: tuple[int, float, float], references: _References, used: set[_Glyph]
) -> bool:
    """Tell whether every glyph of a run has a twin of its own."""
    page, dx, dy = shift
    near = _NEAR * run.font_size
    taken: list[_Glyph] = []
    for char, glyph in _glyphs(run):
        twin = next(
            (
                other
                for other in references.before(char, run.page)
                if other.page == page
                and abs(glyph.left - dx - other.left) <= near
                and abs(glyph.middle - dy - other.middle) <= near
                and other not in used
                and other not in taken
            ),
            None,
        )
        if twin is None:
            return False
        taken.append(twin)
    used.update(taken)
    return True


def _is_caption(runs: Sequence[Run], page: int, references: _References) -> bool:
    """Return True if runs print an earlier line again, but for 續 or the number of the page."""
    text = "".join(run.text for run in runs)
    forms = (text, without_continued(text), without_page_number(text))
    return min(references.lines.get(form, page) for form in forms) < page


def without_twin(drops: Sequence[DroppedRun], claims: Iterable[Claim]) -> list[DroppedRun]:
    """Give the drops that no earlier page prints at the same places."""
    if not drops:
        return []
    chars = {char for drop in drops for char in without_widths(drop.run.text)}
    references = _References(claims, chars)
    left: list[DroppedRun] = []
    by_page: dict[int, list[DroppedRun]] = {}
    for drop in drops:
        by_page.setdefault(drop.run.page, []).append(drop)
    for page, found in by_page.items():
        shift = _shift([drop.run for drop in found], references)
        used: set[_Glyph] = set()
        alone = [
            drop
            for drop in found
            if shift is None or not _has_twins(drop.run, shift, references, used)
        ]
        for _, group in groupby(alone, key=lambda drop: round(drop.run.middle)):
            line = list(group)
            if not _is_caption([drop.run for drop in line], page, references):
                left += line
    return left
