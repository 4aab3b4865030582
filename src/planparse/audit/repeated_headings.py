"""A repeated heading is one only if the same glyphs stand before it, placed alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import NamedTuple

from planparse.lexicon.headings import without_continued
from planparse.lexicon.page_numbers import without_page_number
from planparse.model.page import DroppedRun, Run
from planparse.model.provenance import Claim
from planparse.model.table import without_widths

# Font sizes by which two prints may be off their shift: 0 in digital plans, but scans jitter.
_NEAR = 0.8
# Points of the squares in which shifts between two pages are counted: mirrored margins shift all.
_SQUARE = 6.0
# Where headings and captions are placed when they stand for the first time.
_FIRST_PLACED = frozenset({"heading", "section", "title", "outside"})
# A print on the page of the first one, or a second on a page, has so many glyphs: two headings. A
# glyph of the body stands like some glyph of a heading too.
_WHOLE_PRINT = 6
# Where the row above a heading is placed that is a label; most labels are no first prints.
_LABELS = frozenset({"aspect_no", "aspect", "strategy_no", "strategy"})


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


class _FirstPrints:
    """Kept glyphs that a repeated heading may repeat, by character, and their lines by text."""

    def __init__(
        self, claims: Iterable[Claim], chars: AbstractSet[str], fields: AbstractSet[str]
    ) -> None:
        self._by_char: dict[str, list[_Glyph]] = {}
        self._lines: dict[str, int] = {}
        runs = [run for claim in claims if claim.field in fields for run in claim.runs]
        for run in runs:
            if not chars.isdisjoint(without_widths(run.text)):
                for char, glyph in _glyphs(run):
                    self._by_char.setdefault(char, []).append(glyph)
        for (page, _), group in groupby(runs, key=lambda run: (run.page, round(run.middle))):
            texts = [run.text for run in group]
            # A title row has cells beside the title, and the page's number behind it.
            for text in ("".join(texts), *map(without_page_number, texts)):
                self._lines.setdefault(text, page)

    def before(self, char: str, run: Run) -> list[_Glyph]:
        """Return the kept glyphs above a run, or on pages before, that print a character."""
        place = (run.page, run.top)
        return [
            glyph for glyph in self._by_char.get(char, ()) if (glyph.page, glyph.middle) < place
        ]

    def have_line(self, text: str, page: int) -> bool:
        """Return True if an earlier page prints a line, but for 續 or the number of the page."""
        forms = (text, without_continued(text), without_page_number(text))
        return min(self._lines.get(form, page) for form in forms) < page


def _shift(runs: Sequence[Run], prints: _FirstPrints) -> _Glyph | None:
    """Return the earlier page, and the shift to it, at which most runs' first glyphs stand."""
    votes: dict[tuple[int, int, int], list[tuple[float, float]]] = {}
    for run in runs:
        for glyph in prints.before(without_widths(run.text[0]), run):
            dx, dy = run.lefts[0] - glyph.left, run.middle - glyph.middle
            square = (glyph.page, round(dx / _SQUARE), round(dy / _SQUARE))
            votes.setdefault(square, []).append((dx, dy))
    if not votes:
        return None
    best, shifts = max(votes.items(), key=lambda entry: (len(entry[1]), -entry[0][0]))
    count = len(shifts)
    return _Glyph(best[0], sum(dx for dx, _ in shifts) / count, sum(dy for _, dy in shifts) / count)


def _is_printed(run: Run, shift: _Glyph, prints: _FirstPrints, used: set[_Glyph]) -> bool:
    """Return True if every glyph of a run has a first print of its own; notes them as used."""
    near = _NEAR * run.font_size
    taken: set[_Glyph] = set()
    for char, glyph in _glyphs(run):
        for other in prints.before(char, run):
            if (
                other.page == shift.page
                and abs(glyph.left - shift.left - other.left) <= near
                and abs(glyph.middle - shift.middle - other.middle) <= near
                and other not in used
                and other not in taken
            ):
                taken.add(other)
                break
        else:
            return False
    used |= taken
    return True


def not_printed_before(drops: Sequence[DroppedRun], claims: Sequence[Claim]) -> list[DroppedRun]:
    """Return the drops that no earlier page prints at the same places."""
    left = _not_printed(drops, claims, _FIRST_PLACED)
    return _not_printed(left, claims, _LABELS)


def _not_printed(
    drops: Sequence[DroppedRun], claims: Sequence[Claim], fields: AbstractSet[str]
) -> list[DroppedRun]:
    """Return the drops that no earlier page prints in one of the fields."""
    if not drops:
        return []
    chars = {char for drop in drops for char in without_widths(drop.run.text)}
    prints = _FirstPrints(claims, chars, fields)
    left: list[DroppedRun] = []
    by_page: dict[int, list[DroppedRun]] = {}
    for drop in drops:
        by_page.setdefault(drop.run.page, []).append(drop)
    for page, found in by_page.items():
        alone = _not_placed_alike(found, prints)
        for _, group in groupby(alone, key=lambda drop: round(drop.run.middle)):
            line = list(group)
            if not prints.have_line("".join(drop.run.text for drop in line), page):
                left += line
    return left


def _not_placed_alike(drops: list[DroppedRun], prints: _FirstPrints) -> list[DroppedRun]:
    """Return the drops of a page that no first print shows; a page may have several prints."""
    left = drops
    while left:
        shift = _shift([drop.run for drop in left], prints)
        if shift is None:
            return left
        used: set[_Glyph] = set()
        rest = [drop for drop in left if not _is_printed(drop.run, shift, prints, used)]
        again = shift.page == drops[0].run.page or left is not drops
        if len(rest) == len(left) or (again and len(used) < _WHOLE_PRINT):
            return left
        left = rest
    return left
