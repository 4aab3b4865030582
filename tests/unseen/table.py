"""Turn a plan's tree into rows, cells and lines: a table of endless height."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from random import Random

from .beside import places_beside, settle_single_entries
from .breaking import Width, break_text
from .cells import CellLine, CellSpec
from .columns import SERIALS, ColumnSpec
from .content import AspectContent, Entry, MeasureContent, PlanContent, TaskContent
from .headings import heading_cells
from .numbering import number
from .style import Style


@dataclass(slots=True)
class TableSpec:
    """A table before it is cut into pages. Heights of rows are in lines of text."""

    columns: list[ColumnSpec]
    headings: list[CellSpec]
    heading_lines: int
    row_lines: list[int]
    cells: list[CellSpec]
    lines_of: list[tuple[MeasureContent, list[CellLine], int]]
    title_of: dict[str, str]
    unnumbered: set[int]


class TableMaker:
    """Builds the table of one plan."""

    def __init__(
        self,
        rng: Random,
        style: Style,
        content: PlanContent,
        width: Width,
        columns: list[ColumnSpec],
    ) -> None:
        self.rng = rng
        self.style = style
        self.content = content
        self.width = width
        self.columns = columns
        self.at = {column.role: index for index, column in enumerate(self.columns)}
        self.rows: list[int] = []
        self.cells: list[CellSpec] = []
        self.lines_of: list[tuple[MeasureContent, list[CellLine], int]] = []

    def make(self) -> TableSpec:
        """Build the table."""
        for aspect in self.content.aspects:
            self._aspect(aspect)
        headings, titles = heading_cells(self.style, self.columns, self.width)
        return TableSpec(
            self.columns,
            headings,
            max(len(cell.lines) for cell in headings),
            self.rows,
            self.cells,
            self.lines_of,
            titles,
            {row for measures, _, row in self.lines_of if not measures.entry.mark},
        )

    def _aspect(self, aspect: AspectContent) -> None:
        start = len(self.rows)
        for strategy in aspect.strategies:
            first = len(self.rows)
            for task in strategy.tasks:
                self._task(task)
            self._label("strategy", strategy.entry, first, self.style.strategy_no)
        if "aspect" in self.at:
            self._label("aspect", aspect.entry, start, self.style.aspect_no)

    def _task(self, task: TaskContent) -> None:
        first = len(self.rows)
        parts = [[one] for one in task.measures]
        if self.style.row != "measure":
            parts = [task.measures]
        if self.style.merge_departments:
            self._share(task.measures)
        for part in parts:
            settle_single_entries(part)
            self._row(part, spans_task=task.entry is None)
        if self.style.row == "measure" and self.style.merge_departments:
            self._merged_beside(task.measures, first)
        if self.style.extras_merged:
            for name in self.content.extra_columns:
                if name not in SERIALS:
                    self._extra(name, task.measures, first, len(self.rows))
        if task.entry is not None:
            self._label("task", task.entry, first, self.style.task_no)

    def _share(self, measures: list[MeasureContent]) -> None:
        for before, after in pairwise(measures):
            if self.rng.random() < 0.5:
                after.leads, after.cos = before.leads, before.cos
            if self.rng.random() < 0.5:
                after.periods = before.periods

    def _label(self, role: str, entry: Entry, first: int, kind: str) -> None:
        """Put a label beside the rows since ``first``, merged or not."""
        column = self.at[role]
        last = len(self.rows)
        spans = [(first, last)]
        if self.style.merge != "merged":
            spans = [(row, row + 1) for row in range(first, last)]
        for number_of, (row0, row1) in enumerate(spans):
            shown = number_of == 0 or self.style.merge == "repeat"
            lines = self._label_lines(entry, column, kind) if shown else []
            cell = CellSpec(row0, row1, column, column + 1, lines, label=True)
            cell.centred = self.style.centred
            cell.whole = not entry.mark or self.style.merge == "repeat"
            self.cells.append(cell)
            self._stretch(cell)

    def _label_lines(self, entry: Entry, column: int, kind: str) -> list[CellLine]:
        room = self.columns[column].width
        newline = kind == "一" or (self.style.label_newline and entry.no in tuple("一二三四五六"))
        newline = newline or (self.style.label_newline and kind in ("(一)", "（一）"))
        if newline and entry.mark:
            texts = self._broken(entry.mark, room, room) + self._broken(entry.text, room, room)
        else:
            space = "" if self.style.no_space or not entry.mark else " "
            texts = self._broken(entry.mark + space + entry.text, room, room)
        lines = []
        told = 0
        for at, text in enumerate(texts):
            # A number broken over lines stays on one page.
            lines.append(CellLine(float(at), text, tied=0 < told < len(entry.mark)))
            told += len(text)
        return lines

    def _broken(
        self, text: str, first: float, rest: float, forbidden: frozenset[str] = frozenset()
    ) -> list[str]:
        return break_text(text, first, rest, self.width, self.style.kinsoku, forbidden)

    def _stretch(self, cell: CellSpec) -> None:
        """Make the last row of the cell's span high enough for its lines."""
        needed = max((line.y + 1 for line in cell.lines), default=1)
        missing = needed - sum(self.rows[cell.row0 : cell.row1])
        if missing > 0:
            self.rows[cell.row1 - 1] += int(missing + 0.999)

    def _row(self, measures: list[MeasureContent], spans_task: bool) -> None:
        row = len(self.rows)
        self.rows.append(1)
        first = self.at["practice"]
        if spans_task and "task" in self.at and self.style.split == "some":
            first = self.at["task"]
        cell = CellSpec(row, row + 1, first, self.at["practice"] + 1)
        room = sum(column.width for column in self.columns[first : self.at["practice"] + 1])
        at = 0
        starts = []
        for index, measure in enumerate(measures):
            lines = self._measure_lines(measure, room, at)
            cell.lines.extend(lines)
            starts.append(lines[0] if lines else CellLine(float(at), ""))
            self.lines_of.append((measure, lines, row))
            beside = max((len(self._beside(measure, role)) for role in self._roles()), default=1)
            at += max(len(lines), beside, 1)
            if self.style.gap and index + 1 < len(measures):
                at += 1
        self.rows[row] = max(at, 1)
        self.cells.append(cell)
        merged = self.style.row == "measure" and self.style.merge_departments
        for role in self._roles():
            if not merged:
                self._beside_cell(role, row, measures, starts)
        for name in self.content.extra_columns:
            if name in SERIALS or not self.style.extras_merged:
                self._extra(name, measures, row, row + 1)

    def _roles(self) -> list[str]:
        return [role for role in ("department", "co_department", "period") if role in self.at]

    def _measure_lines(self, measure: MeasureContent, room: float, at: int) -> list[CellLine]:
        style = self.style
        following = frozenset(
            number(style.measure_no, value)[0] for value in range(1, 8) if style.measure_no
        ) | frozenset(number(style.point_no, value)[0] for value in range(1, 5))
        lines: list[CellLine] = []
        for level, entry in enumerate([measure.entry, *measure.points]):
            if not entry.text:
                continue
            left = level and 1.0
            space = "" if style.no_space or not entry.mark else " "
            hang = min(2.0, room / 4) if style.hanging and entry.mark else 0.0
            texts = self._broken(
                entry.mark + space + entry.text, room - left, room - left - hang, following
            )
            for index, text in enumerate(texts):
                last = index == len(texts) - 1
                line = CellLine(float(at + len(lines)), text, left + (hang if index else 0.0))
                line.fill = not last
                line.open_end = text.endswith(("。", "：", "；")) and not last
                lines.append(line)
        return lines

    def _beside(self, measure: MeasureContent, role: str) -> list[tuple[str, bool]]:
        """Give the lines beside a measure, each with whether it is tied to the one before."""
        room = self.columns[self.at[role]].width
        if role == "period":
            names = measure.periods
        elif role == "co_department":
            names = measure.cos
        else:
            names = measure.leads + ([] if self.style.co == "column" else measure.cos)
        if role != "period" and self.style.department_list == "inline":
            mark = self.style.separator
            text = mark.join(names).replace(mark + "(", "(").replace(mark + "（", "（")
            return [(one, at > 0) for at, one in enumerate(self._broken(text, room, room))]
        out: list[tuple[str, bool]] = []
        for index, name in enumerate(names):
            mark = ""
            if role != "period" and self.style.department_list == "trailing":
                mark = "、" if index + 1 < len(names) else ""
                if mark and names[index + 1][0] in "(（":
                    mark = ""
            broken = break_text(name + mark, room, room, self.width, True)
            out.extend((one, at > 0) for at, one in enumerate(broken))
        return out

    def _beside_cell(
        self, role: str, row: int, measures: list[MeasureContent], starts: list[CellLine]
    ) -> None:
        column = self.at[role]
        cell = CellSpec(row, row + 1, column, column + 1)
        if len(measures) == 1:
            cell.centred = self.style.centred
        groups = [self._beside(measure, role) for measure in measures]
        drift = self.style.drift if len(measures) > 1 else 0.0
        if any(not group for group in groups):
            drift = min(drift, 0.3)
        sizes = [len(group) for group in groups]
        places, counted = places_beside(self.rng, sizes, [start.y for start in starts], drift)
        cell.whole = counted
        for group, start, place in zip(groups, starts, places, strict=True):
            for index, (text, tied) in enumerate(group):
                line = CellLine(place + index, text, tied=tied, beside=start)
                cell.lines.append(line)
        self.cells.append(cell)
        self._stretch(cell)

    def _merged_beside(self, measures: list[MeasureContent], first: int) -> None:
        for role in self._roles():
            start = 0
            for index in range(1, len(measures) + 1):
                key = self._beside(measures[start], role)
                if index < len(measures) and self._same(measures[index - 1], measures[index], role):
                    continue
                column = self.at[role]
                cell = CellSpec(first + start, first + index, column, column + 1)
                cell.lines = [
                    CellLine(float(at), text, tied=tied) for at, (text, tied) in enumerate(key)
                ]
                cell.centred = self.style.centred
                cell.whole = index - start > 1
                self.cells.append(cell)
                self._stretch(cell)
                start = index

    @staticmethod
    def _same(one: MeasureContent, other: MeasureContent, role: str) -> bool:
        if role == "period":
            return one.periods is other.periods
        return one.leads is other.leads and one.cos is other.cos

    def _extra(self, name: str, measures: list[MeasureContent], row0: int, row1: int) -> None:
        """Put one cell of a further column beside rows; its text belongs to all their measures."""
        column = self.at["extra:" + name]
        text = str(row0 + 1) if name in SERIALS else measures[0].extras.get(name, "")
        for measure in measures:
            measure.extras = {one: said for one, said in measure.extras.items() if one != name}
            if text:
                measure.extras[name] = text
        room = self.columns[column].width
        broken = self._broken(text, room, room)
        lines = [CellLine(float(at), one) for at, one in enumerate(broken)]
        cell = CellSpec(row0, row1, column, column + 1, lines, whole=True)
        self.cells.append(cell)
        self._stretch(cell)
