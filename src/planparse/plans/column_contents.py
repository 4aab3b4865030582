"""See what the cells of a column hold: names of departments, periods, labels, measures, marks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf

from planparse.lexicon.load_rules import Rules
from planparse.lexicon.marks import is_mark
from planparse.lexicon.numbering import find_label, number_alone
from planparse.lexicon.periods import is_period
from planparse.lexicon.sentences import SENTENCE_ENDS
from planparse.model.plan import ColumnRole, DepartmentRole
from planparse.model.table import Cell, TextLine, join_lines
from planparse.plans.departments import read_departments, read_entries
from planparse.plans.periods import read_periods

# So many cells of a column are looked at: further ones change no share by much.
_SAMPLE = 40
# Glyphs: practices are longer, labels are not. Of the 406 measures of the known plans 3 are shorter
# or as short, number and points included.
_SHORT, _LONGEST_LABEL = 15, 30
# The ranks of the numbers of aspects 一、 and of strategies （一）; see numbering.toml.
_RANKS = {2: ColumnRole.ASPECT, 3: ColumnRole.STRATEGY}
# The share of a column's cells at which it neither supports a role nor speaks against it, and what
# a share of 1 counts there. Where a rule knows words of a role the cells may contradict a heading.
_EVEN, _WEIGHT = 0.5, 2.0
# Cells that make the evidence full; labels are merged over many rows.
_ENOUGH, _ENOUGH_LABELS = 3, 2
# Evidence on which a column gets a role that its heading does not name, and on which its cells
# contradict a heading; how much better than the next role it must be.
_LEAST, _CONTRADICTED, _MARGIN = 1.0, -1.5, 0.5
# A heading that is known to be none of the roles (備註) counts so much against its cells.
_KNOWN_EXTRA = 0.5
# Rows per cell of labels that are merged over several measures.
_MERGED = 1.3
# Of two columns of long texts, that of practices is so many times longer, or numbered alone.
_LONGER = 1.5
# Roles whose texts the rules know: only these can be contradicted by cells.
_CHECKED = (ColumnRole.DEPARTMENT, ColumnRole.PERIOD)
_BY_CONTENT = (*_CHECKED, ColumnRole.ASPECT, ColumnRole.STRATEGY, ColumnRole.PRACTICE)


@dataclass(frozen=True)
class Content:
    """What the cells of a column hold.

    ``cells`` counts those with text. ``numbers`` and ``marks``: the part that is a number alone, or
    a mark; ``numbered``: the part that begins with a number. ``length``: glyphs per cell; ``rows``:
    rows. ``read_roles`` reads the cells; most columns are named by their headings and never ask.
    """

    cells: int = 0
    length: float = 0.0
    read_roles: Callable[[], Counter[ColumnRole]] = Counter
    numbers: float = 0.0
    marks: float = 0.0
    numbered: float = 0.0
    rows: float = 0.0

    @cached_property
    def shares(self) -> Mapping[ColumnRole, float]:
        """By role: the part of the cells that reads as what the role holds."""
        return {role: count / self.cells for role, count in self.read_roles().items()}

    def evidence(self, role: ColumnRole) -> float:
        """Return what the cells count for a role: 2 if all of them read so, -2 if none does."""
        enough = _ENOUGH_LABELS if role in _RANKS.values() else _ENOUGH
        weight = _WEIGHT * min(self.cells, enough) / enough
        return weight * (self.shares.get(role, 0.0) - _EVEN) / _EVEN


def column_content(rules: Rules, cells: Sequence[Cell]) -> Content:
    """Return what the cells of one column hold; those without text do not count."""
    filled = [cell for cell in cells if cell.lines][:_SAMPLE]
    if not filled:
        return Content()
    edge = max(line.right for cell in filled for line in cell.lines)

    def read_roles() -> Counter[ColumnRole]:
        roles = (_role(rules, cell.lines, edge) for cell in filled)
        return Counter(role for role in roles if role is not None)

    texts = ["".join(line.glyphs for line in cell.lines) for cell in filled]
    size = len(filled)
    return Content(
        size,
        sum(map(len, texts)) / size,
        read_roles,
        sum(_is_number(rules, cell.lines) for cell in filled) / size,
        sum(all(is_mark(line.text) for line in cell.lines) for cell in filled) / size,
        sum(find_label(rules.numbering, text) is not None for text in texts) / size,
        sum(cell.row_span for cell in filled) / size,
    )


def _role(rules: Rules, lines: Sequence[TextLine], edge: float) -> ColumnRole | None:
    """Return the role that a cell reads as, None if it may be anything."""
    text = join_lines(lines)
    if _all_periods(rules, lines):
        return ColumnRole.PERIOD
    named = [
        one
        for entry in read_entries(rules.departments, lines, edge, inf)
        for one in read_departments(rules.departments, entry, DepartmentRole.LEAD)
    ]
    if named and all(one.known for one in named):
        return ColumnRole.DEPARTMENT
    label = find_label(rules.numbering, lines[0].glyphs)
    ended = text[-1] in SENTENCE_ENDS
    if label is not None and len(text) <= _LONGEST_LABEL and not ended:
        found = _RANKS.get(label.style.rank)
        if found is not None:
            return found
    return ColumnRole.PRACTICE if len(text) > _SHORT else None


def _all_periods(rules: Rules, lines: Sequence[TextLine]) -> bool:
    return all(
        is_period(rules.periods, join_lines(entry))
        for entry in read_periods(rules.periods, lines, inf)
    )


def _is_number(rules: Rules, lines: Sequence[TextLine]) -> bool:
    """Return True if each line of a cell is a number alone: (1), 2., 三."""
    return all(number_alone(rules.numbering, line.glyphs) is not None for line in lines)


@dataclass(frozen=True, slots=True)
class Decided:
    """The role of a column, None where nothing shows one; ``certain``: by a margin."""

    role: ColumnRole | None
    certain: bool = True


def decide_roles(named: Sequence[ColumnRole | None], contents: Sequence[Content]) -> list[Decided]:
    """Return the role of each column by what its heading names and what its cells hold.

    A heading that names a role counts, unless the cells of departments and periods contradict it.
    Cells give a role to a column whose heading names none, each role once and by a margin.
    """
    contradicted = {
        at
        for at, role in enumerate(named)
        if role in _CHECKED
        and contents[at].evidence(role) <= _CONTRADICTED
        and not contents[at].marks
    }
    found = [None if at in contradicted else role for at, role in enumerate(named)]
    free = [at for at, role in enumerate(found) if role in (None, ColumnRole.EXTRA)]
    for role in _BY_CONTENT:
        offers = [at for at in free if role not in found and _offers(named[at], contents[at], role)]
        best = _longest(offers, contents) if role is ColumnRole.PRACTICE else offers[:1]
        for at in best:
            found[at] = role
            free.remove(at)
    for at, printed in enumerate(named):
        if at in contradicted and found[at] is None:
            found[at] = ColumnRole.EXTRA if printed in found else printed
        elif printed is ColumnRole.TASK and _stands_above(at, contents[at], found):
            found[at] = ColumnRole.ASPECT
    merged = _merged_labels(named, contents, found)
    return [Decided(merged.get(at, role), at not in merged) for at, role in enumerate(found)]


def _stands_above(at: int, content: Content, found: Sequence[ColumnRole | None]) -> bool:
    """Return True if a column named 服務項目 holds aspects: 一、 to the left of strategies (一)."""
    return (
        ColumnRole.STRATEGY in found[at + 1 :]
        and ColumnRole.PRACTICE in found
        and ColumnRole.ASPECT not in found
        and _offers(ColumnRole.TASK, content, ColumnRole.ASPECT)
    )


def _merged_labels(
    named: Sequence[ColumnRole | None],
    contents: Sequence[Content],
    found: Sequence[ColumnRole | None],
) -> dict[int, ColumnRole]:
    """Return the columns of labels without numbers: short texts, merged over rows of practices.

    Only as many as the plan lacks of aspects and strategies: what stands for more rows is higher.
    """
    if ColumnRole.PRACTICE not in named:
        return {}
    lacking = [role for role in _RANKS.values() if role not in found]
    columns = [
        at
        for at, content in enumerate(contents)
        if found[at] is None and content.rows >= _MERGED and content.length <= _LONGEST_LABEL
    ]
    columns.sort(key=lambda at: contents[at].rows, reverse=True)
    return dict(zip(columns, lacking, strict=True)) if len(columns) == len(lacking) else {}


def _offers(named: ColumnRole | None, content: Content, role: ColumnRole) -> bool:
    """Return True if the cells of a column are those of a role, and clearly of no other one."""
    least = _LEAST + _KNOWN_EXTRA * (named is ColumnRole.EXTRA)
    others = (content.evidence(other) for other in _BY_CONTENT if other is not role)
    evidence = content.evidence(role)
    return evidence >= least and evidence >= max(others) + _MARGIN


def _longest(offers: Sequence[int], contents: Sequence[Content]) -> list[int]:
    """Return the column of practices among those of long texts; empty where it is not certain."""
    numbered = [at for at in offers if contents[at].numbered >= _EVEN]
    ranked = sorted(numbered or offers, key=lambda at: contents[at].length, reverse=True)
    if len(ranked) > 1 and contents[ranked[0]].length < _LONGER * contents[ranked[1]].length:
        return []
    return ranked[:1]
