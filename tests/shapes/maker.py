"""The building blocks of all shapes: a plan's style, its columns and its tables."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from math import ceil
from random import Random

from . import edits
from .content import WORDS, Measure, Plan, draw_plan
from .model import Block, Cell, Drawing, Grid, Line, Para, Row, Sheet, merged_alike, width

Group = Sequence[Measure]
"""The measures of one row."""

_HEADINGS = {
    "aspect": ("面向", "構面", "服務面向", "推動構面"),
    "strategy": ("執行策略", "推動策略", "策略", "實施策略"),
    "task": ("工作項目", "推動項目", "執行項目"),
    "practice": ("具體作法", "具體措施", "執行作法", "推動措施"),
    "department": ("承辦部門", "承辦單位", "權責單位", "主辦單位"),
    "period": ("執行期間", "辦理期程", "完成期限", "執行期程"),
    "both_labels": ("面向／執行策略", "構面/推動策略", "面向及執行策略"),
    "strategy_practice": ("執行策略及具體作法", "策略與具體作法", "執行策略／具體作法"),
}
_WIDTHS = {"aspect": 10, "strategy": 14, "task": 13, "practice": 42, "department": 14, "period": 14}
_WIDTHS |= {"both_labels": 20, "strategy_practice": 54}
_NUMBERS = (
    ("han", "han_bracket", "arabic"),
    ("han", "han_bracket", "bracket"),
    ("han", "han_bracket", "circled"),
    ("capital", "han", "han_bracket"),
    ("capital", "han", "arabic"),
    ("han", "arabic", "bracket"),
    ("stem", "han", "arabic_comma"),
)
_FOOTERS = ("", "- {page} -", "第 {page} 頁", "{page}", "第{page}頁，共{pages}頁", "{page}/{pages}")
_FILLS = ("", "", "#d9d9d9", "#fce4d6", "#deebf7", "#e2efda")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: what stands in a row's cell, and by what equal rows are merged (None: not)."""

    role: str
    heading: str
    width: float
    text: Callable[[Group], Sequence[Line]]
    merged: Callable[[Measure], Hashable] | None = None
    over: str = ""
    centred: bool = False
    fill: Callable[[Group], str] | None = None


def texts(*lines: str) -> list[Line]:
    """Return plain paragraphs, without the empty ones."""
    return [Line(one) for one in lines if one]


@dataclass(slots=True)
class Maker:
    """Draws one plan; shapes replace what their class is about before they use the rest."""

    rng: Random
    numbers: tuple[str, str, str]
    headings: dict[str, str]
    sheet: Sheet
    hang: bool
    repeat: bool
    fill: str
    centred: bool
    footer: str
    rows: tuple[int, int] = (16, 27)
    _plan: Plan | None = field(default=None, repr=False)

    @classmethod
    def of(cls, rng: Random) -> Maker:
        """Draw the style of a plan."""
        sheet = Sheet(
            side=rng.choice((40.0, 48.0, 56.0)),
            top=rng.choice((50.0, 62.0, 78.0)),
            bottom=rng.choice((58.0, 70.0, 90.0)),
            size=rng.choice((10.5, 11.0, 12.0, 12.0, 13.0)),
            leading=rng.choice((1.25, 1.35, 1.5)),
            pad=rng.choice((3.0, 4.0, 5.0)),
            rule=rng.choice((0.4, 0.6, 1.0)),
            cut=rng.random() < 0.4,
        )
        if rng.random() < 0.2:
            sheet = replace(sheet, width=sheet.height, height=sheet.width)
        return cls(
            rng,
            rng.choice(_NUMBERS),
            {role: rng.choice(words) for role, words in _HEADINGS.items()},
            sheet,
            hang=rng.random() < 0.6,
            repeat=rng.random() < 0.7,
            fill=rng.choice(_FILLS),
            centred=rng.random() < 0.4,
            footer=rng.choice(_FOOTERS),
        )

    @property
    def plan(self) -> Plan:
        """The plan's content, drawn when it is first asked for."""
        if self._plan is None:
            self._plan = draw_plan(self.rng, self.numbers, self.rows)
        return self._plan

    @property
    def measures(self) -> list[Measure]:
        """All measures of the plan."""
        return self.plan.measures

    def item(self, no: str, text: str, indent: float = 0.0) -> Line:
        """Return a numbered paragraph."""
        return Line(no + text, width(no) if self.hang and no else 0.0, indent)

    def practice(self, group: Group) -> list[Line]:
        """Return the measures of a row with their points."""
        lines = []
        for one in group:
            lines.append(self.item(one.no, one.printed or one.text))
            lines += [self.item(no, text, 1.0) for no, text in one.points]
        return lines

    def column(self, role: str, **how: object) -> Column:
        """Return the ordinary column of a role."""
        texts_of: dict[str, Callable[[Group], Sequence[Line]]] = {
            "aspect": lambda group: texts("".join(group[0].aspect)),
            "strategy": lambda group: texts("".join(group[0].strategy)),
            "task": lambda group: texts("".join(group[0].task)),
            "practice": self.practice,
            "department": lambda group: texts(*group[0].departments),
            "period": lambda group: texts(group[0].period or ""),
        }
        merged: dict[str, Callable[[Measure], Hashable]] = {
            "aspect": lambda one: one.aspect,
            "strategy": lambda one: (one.aspect, one.strategy),
            "task": lambda one: (one.aspect, one.strategy, one.task),
        }
        column = Column(role, self.headings[role], _WIDTHS[role], texts_of[role], merged.get(role))
        centred = self.centred and role not in ("practice", "task")
        return replace(replace(column, centred=centred), **how)  # type: ignore[arg-type]

    def columns(self, *roles: str) -> list[Column]:
        """Return the ordinary columns of the roles; none: all but the task."""
        return [
            self.column(role)
            for role in roles or ("aspect", "strategy", "practice", "department", "period")
        ]

    def extra(self, heading: str, words: str, width_: float = 12) -> Column:
        """Return a further column and draw its texts."""
        for one in self.measures:
            filled = WORDS[words][self.rng.randrange(len(WORDS[words]))]
            one.extras[heading] = filled.format(n=self.rng.randint(2, 60))
        return Column("extra", heading, width_, lambda group: texts(group[0].extras[heading]))

    def heading_rows(self, columns: Sequence[Column]) -> list[Row]:
        """Return the heading: one row, or two where columns stand under a common heading."""
        deep = any(one.over for one in columns)
        rows: list[Row] = [[], []] if deep else [[]]
        for over, same in groupby(columns, key=lambda one: (one.over, one.over or one.heading)):
            group = list(same)
            self._note(group)
            cell = self._head(over[1], across=len(group), down=2 if deep and not over[0] else 1)
            rows[0].append(cell)
            if over[0]:
                rows[1] += [self._head(one.heading) for one in group]
        return rows

    def _note(self, columns: Sequence[Column]) -> None:
        for one in columns:
            if one.role not in ("extra", ""):
                self.plan.columns[one.role] = one.over or one.heading

    def _head(self, text: str, across: int = 1, down: int = 1) -> Cell:
        return Cell(tuple(texts(*text.split("\n"))), across, down, centred=True, fill=self.fill)

    def body(self, columns: Sequence[Column], groups: Sequence[Group]) -> list[Row]:
        """Return a row for each group of measures, equal labels merged."""
        rows: list[Row] = [[] for _ in groups]
        for column in columns:
            values = [column.merged(one[0]) if column.merged else None for one in groups]
            for row, group, down in zip(rows, groups, merged_alike(values), strict=True):
                if down:
                    fill = column.fill(group) if column.fill else ""
                    lines = tuple(column.text(group))
                    row.append(Cell(lines, down=down, centred=column.centred, fill=fill))
        return rows

    def grid(self, columns: Sequence[Column], groups: Sequence[Group] | None = None) -> Grid:
        """Return a table of the columns, a row a measure unless ``groups`` are named."""
        heading = self.heading_rows(columns)
        rows = self.body(columns, self.singles() if groups is None else groups)
        return Grid([one.width for one in columns], heading + rows, len(heading), self.repeat)

    def band(self, text: str, across: int, *rest: Cell) -> Row:
        """Return a row whose first cell spans so many columns."""
        fill = self.fill if self.rng.random() < 0.5 else ""
        return [Cell((Line(text),), across=across, fill=fill), *rest]

    def singles(self) -> list[Group]:
        """Return a row for each measure."""
        return [[one] for one in self.measures]

    def by(self, *names: str) -> list[list[Measure]]:
        """Return the measures in groups whose named labels are alike."""
        key = lambda one: tuple(getattr(one, name) for name in names)  # noqa: E731
        return [list(same) for _, same in groupby(self.measures, key=key)]

    def strategies(self) -> list[list[Measure]]:
        """Return the measures of each strategy."""
        return self.by("aspect", "strategy")

    def open_rows(self, grid: Grid, columns: Sequence[Column]) -> Grid:
        """Return the table without rules between the measures of one strategy.

        White space parts them instead, so that names beside each other's end stay apart.
        """
        self.sheet = replace(self.sheet, pad=max(self.sheet.pad, 0.45 * self.sheet.size))
        inner = {at for at, column in enumerate(columns) if column.merged is None}
        first = {group[0].at for group in self.strategies()}
        last = {group[-1].at for group in self.strategies()}
        for row, column, cell in grid.placed():
            if row >= grid.heading and column in inner:
                at = self.measures[row - grid.heading].at
                cell.open = ("" if at in first else "t") + ("" if at in last else "b")
        return grid

    def parts(self, columns: Sequence[Column]) -> list[list[Measure]]:
        """Return the measures in parts of which each fills most of a page."""
        found: list[list[Measure]] = [[]]
        # A tenth is left free: producers set lines a little higher than they are reckoned here.
        room = 0.9 * (self.sheet.height - self.sheet.top - self.sheet.bottom)
        room -= 4 * self.sheet.pitch
        left = room - self.sheet.pitch * 8
        for one in self.measures:
            height = self.height(columns, [one])
            if left < height and found[-1]:
                found.append([])
                left = room * self.rng.uniform(0.7, 1.0)
            left -= height
            found[-1].append(one)
        return found

    def height(self, columns: Sequence[Column], group: Group) -> float:
        """Return about how high a row is."""
        whole = sum(one.width for one in columns)
        counts = [1]
        for column in columns:
            ems = self.ems(column.width / whole)
            lines = column.text(group) if column.merged is None else ()
            counts.append(sum(ceil((width(one.text) + 1) / (ems - one.hang)) for one in lines))
        return max(counts) * self.sheet.pitch + 2 * self.sheet.pad

    def ems(self, part: float) -> float:
        """Return how many ems a line holds in a column of that part of the table's width."""
        return (part * self.sheet.inner - 2 * self.sheet.pad) / self.sheet.size

    def share(self, groups: Sequence[Group], *, period: bool = True) -> None:
        """Let the measures of each group have one department in common, and one period."""
        for group in groups:
            for one in group:
                one.departments = group[0].departments[:1]
                one.period = group[0].period if period else one.period

    def title(self) -> list[Block]:
        """Return title and sections in front of the table."""
        made: list[Block] = [Para(self.plan.title, 1.35, "center")]
        sections = self.rng.sample(WORDS["sections"], self.rng.randint(0, 3))
        for at, (heading, text) in enumerate(sections):
            made.append(Para(f"{'壹貳參肆'[at]}、{heading}", above=0.4))
            made.append(Para(text, indent=2.0))
        if sections:
            made.append(Para(f"{'壹貳參肆'[len(sections)]}、執行策略及具體作法", above=0.4))
        return made

    def drawing(self, *blocks: Block, edits_: Sequence[edits.Edit] = ()) -> Drawing:
        """Return the whole drawing: title, the blocks, page numbers."""
        numbers = [edits.footer(self.footer)] if self.footer else []
        return Drawing(self.sheet, [*self.title(), *blocks], [*numbers, *edits_])
