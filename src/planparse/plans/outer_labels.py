"""Decide which lines and rows outside the columns are labels, and of which role.

Candidates of one kind, by number style or wording, are weighed together for the plan as a whole:
labels name an aspect or a strategy that no heading names, count from 1, stand above all measures,
and numbers below them begin again. A section's heading, a caption or a title does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.numbering import Label, find_label
from planparse.model.plan import ColumnRole
from planparse.model.table import TextLine
from planparse.plans.label_candidates import Candidate, PlanTable, Width, find_candidates

# The roles that may stand outside the columns, from the highest down.
_OUTER = (ColumnRole.ASPECT, ColumnRole.STRATEGY)

# What is added up for a kind: from ENOUGH on it names labels.
_ENOUGH = 3.0
# From here on it may, and rows that lack a label are doubted.
_PERHAPS = 1.0
_WORDED = 2.0  # 面向一：, …面向
_BRACKETED = 1.0  # 【…】
_ACROSS = 3.0  # a row over all columns
_NUMBERED_ACROSS = 3.0  # the same between other rows, with a number
_PARTLY = 2.0  # a row over some columns
_ALONE = -2.0  # a row with text in one column alone: a page break leaves such rows too
_COUNTS = 2.0  # numbers run 1, 2, 3 …
_COUNTS_OTHERWISE = -2.0
_COUNTS_SECTIONS = -4.0  # the same outside a table: they may number the plan's sections
_UNNUMBERED = -2.0
_REPEATED = 1.0
_LONE_LINE = -3.0  # one line above one table may be any heading
_LONE_ROW = -1.0
_ALIKE = -3.0  # one text again and again is the title of the table
_TWICE = -4.0  # two above one table: only one could hold
_ABOVE_EACH = 2.0  # one directly above each table of the plan
_ABOVE_SOME = -1.0
_ABOVE_ALL = 1.0  # the first one stands above the first measure
_BELOW_FIRST = -2.0
_BEGINS_AGAIN = 1.0  # numbers below begin with 1 each time
_GOES_ON = -2.0
_HIGHER = 1.0  # its style ranks above the numbers below it
_LOWER = -3.0


@dataclass(slots=True)
class OuterLabels:
    """The labels of one table that stand outside its columns.

    ``above`` hold from its first row, the highest first; ``rows`` are those between its rows.
    ``doubtful`` are the roles of which some line or row may be a label, but is not certain to be.
    """

    above: list[tuple[ColumnRole, tuple[TextLine, ...]]] = field(default_factory=list)
    rows: dict[int, ColumnRole] = field(default_factory=dict)
    doubtful: Sequence[ColumnRole] = ()

    @property
    def lines(self) -> list[TextLine]:
        """All lines that stand above the rows."""
        return [line for _, lines in self.above for line in lines]


class _Weighing:
    """Weighs the kinds of candidates of one plan."""

    def __init__(
        self, rules: Rules, tables: Sequence[PlanTable], all_of_them: Sequence[Candidate]
    ) -> None:
        self._rules = rules
        self._tables = tables
        self._all = all_of_them
        self._places = {one.place for one in all_of_them}
        self._headed = [
            at for at, one in enumerate(tables) if one.columns is not None and one.columns.headings
        ]

    def score(self, kind: Sequence[Candidate]) -> float:
        """Return what speaks for candidates of one kind as labels."""
        score = self._form(kind) + self._width(kind) + self._distribution(kind)
        score += _ABOVE_ALL if kind[0].place < self._first_measure() else _BELOW_FIRST
        return score + self._nesting(kind)

    def _nesting(self, kind: Sequence[Candidate]) -> float:
        """Return what the numbers below candidates show.

        Numbers that begin anew each time stand below them, whatever the usual order of styles.
        """
        below = [label for label in map(self._below, kind) if label is not None]
        values = {label.value for label in below} - {None}
        again = values == {1}
        score = (_BEGINS_AGAIN if again else _GOES_ON) if values else 0.0
        label = kind[0].label
        if label is None or not below:
            return score
        if label.rank < min(one.rank for one in below):
            return score + _HIGHER
        nested = again and len(below) > 1 and label.key not in {one.key for one in below}
        return score + (0.0 if nested else _LOWER)

    def _form(self, kind: Sequence[Candidate]) -> float:
        """Return what wording and numbers show."""
        first = kind[0]
        score = _WORDED if _word(kind) is not None else 0.0
        score += _BRACKETED if first.kind[0] == "bracket" else 0.0
        if first.value is None:
            return score + _UNNUMBERED
        otherwise = _COUNTS_SECTIONS if self.is_outside(first) else _COUNTS_OTHERWISE
        return score + (_COUNTS if self._counts(kind) else otherwise)

    def is_outside(self, one: Candidate) -> bool:
        """Return True if a candidate stands above the headings of its table."""
        columns = self._tables[one.table].columns
        return columns is None or one.row < columns.first_row

    def _width(self, kind: Sequence[Candidate]) -> float:
        """Return what it shows how many columns rows lie over; 0 for lines."""
        rows = [one for one in kind if one.row >= 0]
        if not rows:
            return 0.0
        widths = {one.width for one in rows}
        if widths == {Width.ALL}:
            numbered = rows[0].value is not None and not self.is_outside(rows[0])
            return _ACROSS + (_NUMBERED_ACROSS if numbered else 0.0)
        return _ALONE if Width.ONE in widths else _PARTLY

    def _distribution(self, kind: Sequence[Candidate]) -> float:
        """Return what it shows how often candidates stand, and above which tables."""
        first = kind[0]
        if len(kind) == 1:
            return _LONE_LINE if self.is_outside(first) else _LONE_ROW
        if len({one.text for one in kind}) == 1:
            return _ALIKE
        over = [one.table for one in kind if self.is_outside(one)]
        if len(set(over)) < len(over):
            return _TWICE
        if len(over) < len(kind):
            return _REPEATED
        return _REPEATED + (_ABOVE_EACH if set(over) >= set(self._headed) else _ABOVE_SOME)

    def _counts(self, kind: Sequence[Candidate]) -> bool:
        """Return True if numbers run from 1, anew where another kind stands between."""
        if kind[0].value != 1:
            return False
        return all(
            one.value == (before.value or 0) + 1
            or one.text == before.text
            or (
                one.value == 1
                and any(before.place < other.place < one.place for other in self._all)
            )
            for before, one in pairwise(kind)
        )

    def _first_measure(self) -> tuple[int, int]:
        """Return the first row of the plan that is no candidate."""
        at = self._headed[0] if self._headed else 0
        columns = self._tables[at].columns
        row = 0 if columns is None else columns.first_row
        while (at, row) in self._places:
            row += 1
        return at, row

    def _below(self, one: Candidate) -> Label | None:
        """Return the first number below a candidate: another one's, or that of the row below."""
        later = [other for other in self._all if other.table == one.table and other.row > one.row]
        columns = self._tables[one.table].columns
        if columns is None:
            return None
        row = max(one.row + 1, columns.first_row)
        if later and (later[0].row <= row or later[0].row < columns.first_row):
            return later[0].label
        for at in (row, row + 1):
            cells = [cell for cell in self._tables[one.table].table.cells if cell.row == at]
            texts = sorted((cell for cell in cells if cell.lines), key=lambda cell: cell.column)
            if not columns.is_heading(self._rules, texts):
                break
        labels = (find_label(self._rules.numbering, cell.lines[0].glyphs) for cell in texts)
        return next((label for label in labels if label is not None), None)

    def roles(self) -> tuple[dict[tuple[str, ...], ColumnRole], list[ColumnRole]]:
        """Return the roles of the kinds that are labels, and those that other kinds may have."""
        kinds: dict[tuple[str, ...], list[Candidate]] = {}
        for one in self._all:
            kinds.setdefault(one.kind, []).append(one)
        scores = {kind: self.score(found) for kind, found in kinds.items()}
        columns = [one.columns for one in self._tables if one.columns is not None]
        headed = {role for one in columns for role in one.all_roles}
        left = [role for role in _OUTER if role not in headed]
        enough = [kind for kind in kinds if scores[kind] >= _ENOUGH]
        found: dict[tuple[str, ...], ColumnRole] = {}
        unworded: list[tuple[str, ...]] = []
        for kind in enough:
            word = _word(kinds[kind])
            if word in left:
                found[kind] = word
                left.remove(word)
            elif word is None:
                unworded.append(kind)
        # Where more kinds than roles are left, the clearest ones, in the order of the plan.
        best = sorted(unworded, key=lambda kind: -scores[kind])[: len(left)]
        kept = [kind for kind in unworded if kind in best]
        found.update(zip(kept, left, strict=False))
        perhaps = any(scores[kind] >= _PERHAPS for kind in kinds if kind not in found)
        return found, left[len(kept) :] if perhaps else []


def _word(kind: Sequence[Candidate]) -> ColumnRole | None:
    """Return the role that the wording of all candidates names; None where they name none."""
    words = {one.word for one in kind}
    return words.pop() if len(words) == 1 else None


def find_outer_labels(rules: Rules, tables: Sequence[PlanTable], edge: float) -> list[OuterLabels]:
    """Return the labels outside the columns of each table; ``edge``: right edge of text, points."""
    candidates = find_candidates(rules, tables, edge)
    weighing = _Weighing(rules, tables, candidates)
    roles, doubtful = weighing.roles()
    found = [OuterLabels(doubtful=doubtful) for _ in tables]
    for one in candidates:
        role = roles.get(one.kind)
        if role is None:
            continue
        if weighing.is_outside(one):
            found[one.table].above.append((role, one.lines))
        else:
            found[one.table].rows[one.row] = role
    return found
