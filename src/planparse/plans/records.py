"""Turn drafts into validated records, with the places and the claims of every field."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import groupby

from planparse.lexicon.sentences import COLONS
from planparse.model.page import Run
from planparse.model.plan import Department, Extra, FieldPlace, Measure, PageBox, Point, Section
from planparse.model.provenance import Claim
from planparse.model.table import TextLine, join_lines
from planparse.plans.builders import DepartmentDraft, MeasureDraft, Titled, boxes_of, places
from planparse.plans.sections import SectionDraft


class RecordMaker:
    """Makes the records of one plan; ``claims`` grows with them.

    ``shared`` are the glyphs (page, ordinal) that hold for several measures: cells merged over
    rows. They count for the first measure that they hold for. Any other glyph that is claimed
    twice is counted twice, and the ledger will say so.
    """

    def __init__(self, shared: AbstractSet[tuple[int, int]]) -> None:
        self.claims: list[Claim] = []
        self._shared = shared
        self._claimed: set[tuple[int, int]] = set()
        self._labels_read: dict[int, tuple[list[Claim], list[FieldPlace]]] = {}
        # A plan has few departments and names them often.
        self._departments: dict[tuple[str, str, str], Department] = {}

    def _claim(self, field: str, owner: int | None, index: int, lines: Sequence[TextLine]) -> None:
        runs = [run for line in lines for run in line.runs]
        for again, part in groupby(runs, key=self._is_claimed_again):
            self.claims.append(Claim(field, owner, index, tuple(part), again))

    def _is_claimed_again(self, run: Run) -> bool:
        """Note that a run is claimed; tell whether a merged cell's measure has it already."""
        glyph = (run.page, run.first)
        again = glyph in self._claimed and glyph in self._shared
        self._claimed.add(glyph)
        return again

    def _titled(self, name: str, seq: int, titled: Titled | None) -> list[FieldPlace]:
        if titled is None:
            return []
        # A label holds for many measures: its claims and its places are worked out once.
        known = self._labels_read.get(id(titled))
        if known is None:
            before = len(self.claims)
            self._claim(f"{name}_no", seq, 0, titled.number)
            self._claim(name, seq, 0, titled.lines)
            found = places(f"{name}_no", 0, titled.number, by_line=True)
            found += places(name, 0, titled.lines)
            self._labels_read[id(titled)] = (self.claims[before:], found)
            return found
        claims, found = known
        self.claims += [Claim(one.field, seq, 0, one.runs, True) for one in claims]
        return found

    def measure(self, seq: int, draft: MeasureDraft) -> Measure:
        """Make one measure."""
        where = self._labels(seq, draft) + self._own(seq, draft) + self._beside(seq, draft)
        own = draft.beside()
        return Measure(
            seq=seq,
            aspect_no=_number(draft.aspect),
            aspect=_title(draft.aspect),
            strategy_no=_number(draft.strategy),
            strategy=_title(draft.strategy),
            task_no=_number(draft.task),
            task=_title(draft.task),
            measure_no=draft.printed_number,
            text=join_lines(draft.lines),
            points=tuple(
                Point(no=point.printed_number, text=join_lines(point.lines))
                for point in draft.points
            ),
            departments=tuple([self._department(entry) for entry in draft.departments]),
            period=join_lines(draft.periods) or None,
            extras=tuple(
                Extra(column=extra.column, text=join_lines(extra.lines)) for extra in draft.extras
            ),
            page_first=own[0].page,
            page_last=max(line.page for line in own),
            boxes=_boxes(own),
            where=tuple(where),
            problem_codes=tuple(dict.fromkeys(code.value for code, _ in draft.problems)),
        )

    def _department(self, draft: DepartmentDraft) -> Department:
        key = (draft.role, draft.name, draft.printed)
        found = self._departments.get(key)
        if found is None:
            found = Department(name=draft.name, role=draft.role, printed=draft.printed)
            self._departments[key] = found
        return found

    def _labels(self, seq: int, draft: MeasureDraft) -> list[FieldPlace]:
        return [
            *self._titled("aspect", seq, draft.aspect),
            *self._titled("strategy", seq, draft.strategy),
            *self._titled("task", seq, draft.task),
        ]

    def _own(self, seq: int, draft: MeasureDraft) -> list[FieldPlace]:
        found: list[FieldPlace] = []
        if draft.number is not None:
            self._claim("measure_no", seq, 0, [draft.number])
            found += places("measure_no", 0, [draft.number])
        if draft.lines:
            self._claim("text", seq, 0, draft.lines)
            found += places("text", 0, draft.lines)
        for index, point in enumerate(draft.points):
            lines = [point.number, *point.lines]
            self._claim("points", seq, index, lines)
            found += places("points", index, lines)
        return found

    def _beside(self, seq: int, draft: MeasureDraft) -> list[FieldPlace]:
        found: list[FieldPlace] = []
        for index, department in enumerate(draft.departments):
            self._claim("departments", seq, index, department.lines)
            found += places("departments", index, department.lines, by_line=True)
        if draft.periods:
            self._claim("period", seq, 0, draft.periods)
            found += places("period", 0, draft.periods)
        for index, extra in enumerate(draft.extras):
            self._claim("extras", seq, index, extra.lines)
            found += places("extras", index, extra.lines)
        return found

    def section(self, at: int, draft: SectionDraft) -> Section:
        """Make one section; ``at`` is its place among the sections, from 1."""
        where: list[FieldPlace] = []
        if draft.number is not None:
            self._claim("section", at, 0, [draft.number])
            where += places("no", 0, [draft.number])
        if draft.heading:
            self._claim("section", at, 0, draft.heading)
            where += places("heading", 0, draft.heading, by_line=True)
        for index, lines in enumerate(draft.paragraphs):
            self._claim("section", at, index + 1, lines)
            where += places("paragraphs", index, lines)
        return Section(
            no=draft.printed_number,
            heading=join_lines(draft.heading).rstrip("".join(COLONS)),
            paragraphs=tuple(join_lines(lines) for lines in draft.paragraphs),
            has_table=draft.has_table,
            where=tuple(where),
        )

    def plan_field(self, name: str, lines: Sequence[TextLine]) -> list[FieldPlace]:
        """Claim the lines of a field of the plan itself."""
        if not lines:
            return []
        self._claim(name, None, 0, lines)
        return places(name, 0, lines)


def _number(titled: Titled | None) -> str | None:
    return None if titled is None else titled.printed_number


def _title(titled: Titled | None) -> str | None:
    return None if titled is None else join_lines(titled.lines) or None


def _boxes(lines: Sequence[TextLine]) -> tuple[PageBox, ...]:
    """Give the boxes around a measure's own lines, rounded to hundredths of a point."""
    return tuple(
        PageBox(
            page=page,
            left=round(box.left, 2),
            top=round(box.top, 2),
            right=round(box.right, 2),
            bottom=round(box.bottom, 2),
        )
        for page, box in boxes_of(lines)
    )
