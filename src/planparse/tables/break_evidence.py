"""Weigh whether a page break cut a row: the evidence of all columns adds up to one posterior."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from planparse.lexicon.calendar import is_weekday
from planparse.lexicon.numbering import Label, Numbering, find_label, load_numbering
from planparse.lexicon.sentences import NEVER_FIRST, PARAGRAPH_ENDS
from planparse.model.table import TextLine, was_broken

Lines = Sequence[TextLine]
Pair = tuple[Lines, Lines]

# What each finding is worth for a cut row, in nats; the sum is the logarithm of the odds. The order
# of sizes counts: a text that cannot end where it does outvotes one column that begins anew, not
# two; a ruling that closes the row is outweighed by text that goes on alone.
WEIGHTS = {
    # Fewer breaks cut a row than not.
    "prior": -1.0,
    # No column has text below: nothing can begin a row there.
    "nothing below": 9.0,
    # The line above is full and no sentence ends there, or the text below begins with a comma.
    "text goes on": 4.0,
    # 「115年1」 over 「月至12月」: the same in a column beside.
    "cannot end": 4.0,
    # A column of the row prints a text above and another below, each whole.
    "begins anew": -2.0,
    # A column has text below the rules of the page: no row ends there.
    "below the rules": 2.0,
    # The plan leaves cut rows open, and this one is closed.
    "closed": -2.0,
    # The long text had ended: rests of narrow cells alone begin the page.
    "only rests below": 3.0,
    # Too few lines of the long text fitted, so that all of it went to the next page.
    "long text moved": 3.0,
    # Only the long text goes on, and rows of this table never part that column alone.
    "no row of its own": 6.0,
    # A column that is never blank has its text only below, as the row's other columns do.
    "printed late": 2.0,
}


def _text(lines: Lines) -> str:
    return "".join(line.glyphs for line in lines)


def _label(text: str, numbering: Numbering | None) -> Label | None:
    return find_label(numbering or load_numbering(), text)


def begins_list(pair: Pair, numbering: Numbering | None) -> bool:
    """Return True if the text below begins with a list's number; a date's weekday is none."""
    before, after = pair
    weekday = is_weekday(_text(before), after[0].glyphs)
    return not weekday and _label(after[0].glyphs, numbering) is not None


def _is_number(text: str, numbering: Numbering | None) -> bool:
    label = _label(text, numbering)
    return label is not None and label.width >= len(text)


def _ends_in_number(lines: Lines, numbering: Numbering | None) -> bool:
    """Return True if a number without its text ends a cell; narrow cells break 三 over 、."""
    last = lines[-1].glyphs
    alone = _is_number(last, numbering) and not is_weekday(_text(lines[:-1]), last)
    return alone or _is_number(_text(lines), numbering)


def cannot_end(pair: Pair, numbering: Numbering | None = None) -> bool:
    """Return True if a cell's text cannot end where the page does.

    It ends in a number without its text, or begins on the next page with a weekday or a comma.
    """
    before, after = pair
    if not before or not after or begins_list(pair, numbering):
        return False
    weekday = is_weekday(_text(before), after[0].glyphs)
    return weekday or after[0].glyphs[0] in NEVER_FIRST or _ends_in_number(before, numbering)


def flows_on(before: Lines, after: Lines, numbering: Numbering | None = None) -> bool:
    """Return True if text of a cell flows over the page break into the cell of the next page."""
    last = before[-1]
    if cannot_end((before, after), numbering):
        return True
    if begins_list((before, after), numbering) or last.glyphs[-1] in PARAGRAPH_ENDS:
        return False
    edge = max(line.right for line in (*before, *after))
    return was_broken(last, edge) and len(before) + len(after) > 2


def counts_up(lines: Lines, numbering: Numbering | None = None) -> bool:
    """Return True if a cell that begins with a number holds more of its kind: (1) … (2) …"""
    labels = [_label(line.glyphs, numbering) for line in lines]
    kinds = [None if label is None else label.key for label in labels]
    return bool(kinds) and kinds[0] is not None and kinds[0] in kinds[1:]


@dataclass(frozen=True, slots=True)
class ColumnBreak:
    """A column's lines before and after a page break.

    ``own``: the cell above belongs to the last row alone. ``never_blank``: the column has text in
    all its cells inside pages, and in enough of them. ``never_alone``: wherever a row inside a page
    parts the column, it parts another one too.
    """

    before: Lines
    after: Lines
    own: bool = False
    never_blank: bool = False
    never_alone: bool = False

    @property
    def pair(self) -> Pair:
        """The lines above and below."""
        return self.before, self.after


@dataclass(frozen=True)
class PageBreak:
    """What stands on both sides of a page break; ``longest`` is the column of most text.

    ``closed``: a ruling closes the row of a plan that leaves cut rows open. ``numbering``: the
    styles of list numbers, those that come with planparse if None. ``begun_below``: the text
    above stands below the rules.
    """

    longest: ColumnBreak
    others: Sequence[ColumnBreak] = ()
    numbering: Numbering | None = None
    closed: bool = False
    begun_below: bool = False

    @cached_property
    def log_odds(self) -> float:
        """The logarithm of the odds that the break cut the row."""
        return sum(WEIGHTS[name] for name in self._findings())

    @property
    def was_cut(self) -> bool:
        """True if the break more likely cut the row than not."""
        return self.log_odds > 0

    @property
    def doubt(self) -> float:
        """The probability of the other decision, from 0 to 0.5."""
        return 1 / (1 + math.exp(abs(self.log_odds)))

    def _findings(self) -> Iterator[str]:
        yield "prior"
        if self.closed:
            yield "closed"
        if not any(column.after for column in (self.longest, *self.others)):
            yield "nothing below"
            return
        if self.begun_below:
            yield from ["below the rules" for one in (self.longest, *self.others) if one.before]
        yield from self._of_text()
        yield from self._of_blanks()

    def _of_text(self) -> Iterator[str]:
        """Yield what the texts show that stand on both sides."""
        before, after = self.longest.pair
        if before and after:
            yield "text goes on" if flows_on(before, after, self.numbering) else "begins anew"
        # Rests of cells alone below a text that ended: each may look whole.
        rests = bool(before and not after) and self._rests_go_on()
        for column in self.others:
            if not column.before or not column.after:
                continue
            if cannot_end(column.pair, self.numbering):
                yield "cannot end"
            elif not column.own or rests:
                continue
            elif not flows_on(*column.pair, self.numbering):
                yield "begins anew"

    def _of_blanks(self) -> Iterator[str]:
        """Yield what it shows that cells are blank on one side."""
        before, after = self.longest.pair
        if before and not after and (self.longest.never_blank or self._rests_go_on()):
            yield "only rests below"
        if after and not before and self._long_text_moved():
            yield "long text moved"
        if before and after:
            if self.longest.never_alone and not any(column.after for column in self.others):
                yield "no row of its own"
            return
        for column in self.others:
            if column.own and column.never_blank and column.after and not column.before:
                yield "printed late"

    def _long_text_moved(self) -> bool:
        """Return True if the row began above without its long text: what stands beside it did."""
        began = [column for column in self.others if column.before]
        return bool(began) and (
            self.longest.never_blank or not any(column.after for column in began)
        )

    def _rests_go_on(self) -> bool:
        """Return True if a page begins with the rests of cells: a new row has text in all."""
        rests = [column for column in self.others if column.after]
        goes_on = all(
            column.before and not begins_list(column.pair, self.numbering) for column in rests
        )
        return goes_on and any(
            column.own and column.before and not column.after for column in self.others
        )
