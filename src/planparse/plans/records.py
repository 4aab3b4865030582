"""Turn builders into validated records, with the places and the provenance of every field."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby
from typing import Any

from planparse.lexicon.sentences import COLONS
from planparse.model.page import Run
from planparse.model.plan import (
    ColumnRole,
    Department,
    Extra,
    FieldPlace,
    Measure,
    PageBox,
    Point,
    Section,
)
from planparse.model.provenance import Claim
from planparse.model.table import TextLine, join_lines
from planparse.plans.builders import (
    LABELS,
    DepartmentBuilder,
    Glyph,
    MeasureBuilder,
    boxes_of,
    places,
    rounded,
)
from planparse.plans.sections import SectionBuilder


class RecordMaker:
    """Makes the records of one plan; ``provenance`` grows with them.

    ``shared`` are the glyphs that hold for several measures: cells merged over rows. They count
    for the first measure that they hold for. Any other glyph that two fields hold is counted
    twice, so that the ledger does not balance.
    """

    def __init__(self, shared: AbstractSet[Glyph]) -> None:
        self.provenance: list[Claim] = []
        self._shared = shared
        self._held: set[Glyph] = set()
        self._labels_read: dict[Glyph, tuple[list[Claim], list[FieldPlace]]] = {}
        # A plan has few departments and names them often.
        self._departments: dict[tuple[str, str, str], Department] = {}

    def _hold(self, field: str, owner: int | None, index: int, lines: Sequence[TextLine]) -> None:
        """Note that a field holds lines."""
        runs = [run for line in lines for run in line.runs]
        for again, part in groupby(runs, key=self._is_held_again):
            self.provenance.append(Claim(field, owner, index, tuple(part), again))

    def _is_held_again(self, run: Run) -> bool:
        """Note that a run is held; return True if a merged cell's measure has it already."""
        glyph = (run.page, run.first)
        again = glyph in self._held and glyph in self._shared
        self._held.add(glyph)
        return again

    def _field(
        self,
        name: str,
        owner: int | None,
        index: int,
        lines: Sequence[TextLine],
        *,
        by_line: bool = False,
    ) -> list[FieldPlace]:
        """Return the places of a field and note that it holds its lines."""
        self._hold(name, owner, index, lines)
        return places(name, index, lines, by_line=by_line)

    def measure(self, seq: int, builder: MeasureBuilder) -> Measure:
        """Return the record of one measure."""
        where = [
            *(place for role in LABELS for place in self._label(role, seq, builder)),
            *self._own(seq, builder),
            *self._side(seq, builder),
        ]
        own = builder.anchor_lines()
        return Measure(
            seq=seq,
            **_label_fields(builder),
            measure_no=builder.printed_number,
            text=join_lines(builder.lines),
            points=tuple(
                Point(no=point.printed_number, text=join_lines(point.lines))
                for point in builder.points
            ),
            departments=tuple([self._department(entry) for entry in builder.departments]),
            period=join_lines(builder.periods) or None,
            extras=tuple(
                Extra(column=column, text=join_lines(lines))
                for column, lines in builder.extras.items()
            ),
            page_first=own[0].page,
            page_last=max(line.page for line in own),
            boxes=tuple(PageBox(page=page, **rounded(box)) for page, box in boxes_of(own)),
            where=tuple(where),
            problem_codes=tuple(dict.fromkeys(code.value for code, _ in builder.problems)),
        )

    def _department(self, builder: DepartmentBuilder) -> Department:
        key = (builder.role, builder.name, builder.printed)
        if key not in self._departments:
            self._departments[key] = Department(
                name=builder.name, role=builder.role, printed=builder.printed
            )
        return self._departments[key]

    def _label(self, role: ColumnRole, seq: int, builder: MeasureBuilder) -> list[FieldPlace]:
        """Return the places of a label: it holds for many measures, so they are made once."""
        titled = builder.labels.get(role)
        if titled is None:
            return []
        if titled.place in self._labels_read:
            held, found = self._labels_read[titled.place]
            self.provenance += [Claim(one.field, seq, 0, one.runs, True) for one in held]
            return found
        before = len(self.provenance)
        self._hold(f"{role}_no", seq, 0, titled.number)
        self._hold(role.value, seq, 0, titled.lines)
        found = places(f"{role}_no", 0, titled.number, by_line=True)
        found += places(role.value, 0, titled.lines)
        self._labels_read[titled.place] = (self.provenance[before:], found)
        return found

    def _own(self, seq: int, builder: MeasureBuilder) -> list[FieldPlace]:
        number = [] if builder.number is None else [builder.number]
        found = self._field("measure_no", seq, 0, number)
        found += self._field("text", seq, 0, builder.lines)
        for index, point in enumerate(builder.points):
            found += self._field("points", seq, index, [point.number, *point.lines])
        return found

    def _side(self, seq: int, builder: MeasureBuilder) -> list[FieldPlace]:
        found: list[FieldPlace] = []
        for index, department in enumerate(builder.departments):
            found += self._field("departments", seq, index, department.lines, by_line=True)
        found += self._field("period", seq, 0, [*builder.period_numbers, *builder.periods])
        for index, lines in enumerate(builder.extras.values()):
            found += self._field("extras", seq, index, lines)
        return found

    def section(self, at: int, builder: SectionBuilder) -> Section:
        """Return the record of one section; ``at`` is its place among the sections, from 1."""
        number = [] if builder.number is None else [builder.number]
        self._hold("section", at, 0, number)
        self._hold("section", at, 0, builder.heading)
        where = places("no", 0, number)
        where += places("heading", 0, builder.heading, by_line=True)
        for index, lines in enumerate(builder.paragraphs):
            self._hold("section", at, index + 1, lines)
            where += places("paragraphs", index, lines)
        return Section(
            no=builder.printed_number,
            heading=join_lines(builder.heading).rstrip("".join(COLONS)),
            paragraphs=tuple(join_lines(lines) for lines in builder.paragraphs),
            has_table=builder.has_table,
            where=tuple(where),
        )

    def plan_field(self, name: str, lines: Sequence[TextLine]) -> list[FieldPlace]:
        """Return the places of a field of the plan itself and note that it holds its lines."""
        return self._field(name, None, 0, lines)


def _label_fields(builder: MeasureBuilder) -> dict[str, Any]:
    """Return the numbers and the titles of the labels that hold, by field."""
    found: dict[str, Any] = {}
    for role, titled in builder.labels.items():
        if titled is not None:
            found[f"{role}_no"] = titled.printed_number
            found[role.value] = join_lines(titled.lines) or None
    return found
