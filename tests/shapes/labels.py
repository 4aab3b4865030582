"""Shapes whose aspects and strategies stand in unusual places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from .content import WORDS, Measure
from .draw import shape
from .maker import Column, Group, Maker, texts
from .model import Block, Break, Cell, Drawing, Grid, Line, Para

_INNER = ("strategy", "practice", "department", "period")


@shape("plain")
def plain(maker: Maker) -> Drawing:
    """Every label in a column of its own, a row a measure: a control."""
    return maker.drawing(maker.grid(maker.columns()))


@shape("plain-one-cell")
def plain_one_cell(maker: Maker) -> Drawing:
    """No rules between the measures of a strategy: a control."""
    columns = maker.columns()
    return maker.drawing(maker.open_rows(maker.grid(columns), columns))


@shape("aspect-tables")
def aspect_tables(maker: Maker) -> Drawing:
    """A table for each aspect, which is a heading line above it."""
    blocks: list[Block] = []
    for group in maker.by("aspect"):
        blocks.append(Para("".join(group[0].aspect), above=0.8))
        blocks.append(maker.grid(maker.columns(*_INNER), [[one] for one in group]))
    return maker.drawing(*blocks)


@shape("strategy-tables")
def strategy_tables(maker: Maker) -> Drawing:
    """A table for each strategy; aspect and strategy are heading lines."""
    blocks: list[Block] = []
    for aspect, strategies in groupby(maker.strategies(), key=lambda group: group[0].aspect):
        blocks.append(Para("".join(aspect), above=1.0))
        for group in strategies:
            blocks.append(Para("".join(group[0].strategy), indent=1.0, above=0.3))
            columns = maker.columns("practice", "department", "period")
            blocks.append(maker.grid(columns, [[one] for one in group]))
    return maker.drawing(*blocks)


@shape("aspect-above-heading")
def aspect_above_heading(maker: Maker) -> Drawing:
    """The aspect is a row over all columns above the heading row of its table."""
    blocks: list[Block] = []
    for group in maker.by("aspect"):
        grid = maker.grid(maker.columns(*_INNER), [[one] for one in group])
        grid.rows.insert(0, maker.band("".join(group[0].aspect), len(_INNER)))
        grid.heading = 2
        blocks += [grid, Para(" ", 0.6)]
    return maker.drawing(*blocks[:-1])


def _banded(maker: Maker, roles: tuple[str, ...], across: int, text: dict[str, str]) -> Grid:
    """Return a table with a row above each aspect that spans so many columns."""
    columns = maker.columns(*roles)
    heading = maker.heading_rows(columns)
    rows = list(heading)
    for group in maker.by("aspect"):
        blank = [Cell() for _ in columns[across:]]
        rows.append(maker.band(text[group[0].aspect[1]], across, *blank))
        rows += maker.body(columns, [[one] for one in group])
    return Grid([one.width for one in columns], rows, len(heading), maker.repeat)


def _as_printed(maker: Maker) -> dict[str, str]:
    return {one.aspect[1]: "".join(one.aspect) for one in maker.measures}


@shape("aspect-band")
def aspect_band(maker: Maker) -> Drawing:
    """The aspect is a row over all columns: a control."""
    return maker.drawing(_banded(maker, _INNER, 4, _as_printed(maker)))


@shape("aspect-band-part")
def aspect_band_part(maker: Maker) -> Drawing:
    """The aspect's row spans some columns; the others are blank there."""
    return maker.drawing(_banded(maker, _INNER, maker.rng.choice((2, 3)), _as_printed(maker)))


@shape("aspect-band-words")
def aspect_band_words(maker: Maker) -> Drawing:
    """The aspect's row has another form than 一、: 面向一：…, 【…】, …面向."""
    form = maker.rng.choice(
        ("面向{han}：{name}", "【{name}】", "{name}面向", "面向（{han}）{name}")
    )
    shown = {}
    for one in maker.measures:
        name, number = one.aspect[1], "一二三四五六七八九十"[one.at[0] - 1]
        shown[name] = form.format(han=number, name=name)
    for one in maker.measures:
        name, printed = one.aspect[1], shown[one.aspect[1]]
        number = "一二三四五六七八九十"[one.at[0] - 1]
        others = [
            (no, name) for no in ("", number, f"面向{number}", f"面向（{number}）", f"（{number}）")
        ]
        others += [("", f"{name}面向"), ("", printed)]
        # 面向一 counts: the number is the printed one, in whatever form.
        if "{han}" in form:
            others = [other for other in others if other[0] or other[1] == printed]
        else:
            others = [other for other in others if not other[0]]
        one.aspect = (others[0][0], name)
        one.accept = {"_alt": [{"aspect_no": no, "aspect": said} for no, said in others[1:]]}
    return maker.drawing(_banded(maker, _INNER, 4, shown))


@shape("both-bands")
def both_bands(maker: Maker) -> Drawing:
    """Aspect and strategy are rows over all columns."""
    columns = maker.columns("practice", "department", "period")
    heading = maker.heading_rows(columns)
    rows, aspect = list(heading), ("", "")
    for group in maker.strategies():
        if group[0].aspect != aspect:
            aspect = group[0].aspect
            rows.append(maker.band("".join(aspect), 3))
        rows.append(maker.band("".join(group[0].strategy), 3))
        rows += maker.body(columns, [[one] for one in group])
    return maker.drawing(Grid([one.width for one in columns], rows, len(heading), maker.repeat))


@shape("two-labels-one-cell")
def two_labels_one_cell(maker: Maker) -> Drawing:
    """Aspect and strategy below each other in the cells of one column."""
    first = {group[0].at for group in maker.by("aspect")}
    column = Column(
        "aspect",
        maker.headings["both_labels"],
        20,
        lambda group: texts(
            "".join(group[0].aspect) if group[0].at in first else "", "".join(group[0].strategy)
        ),
        lambda one: (one.aspect, one.strategy),
    )
    return maker.drawing(maker.grid([column, *maker.columns("practice", "department", "period")]))


@shape("strategy-in-practice")
def strategy_in_practice(maker: Maker) -> Drawing:
    """The strategy is the first line of its first measure's cell."""
    first = {group[0].at for group in maker.strategies()}

    def lines(group: Group) -> list[Line]:
        label = texts("".join(group[0].strategy)) if group[0].at in first else []
        return [*label, *maker.practice(group)]

    column = Column("practice", maker.headings["strategy_practice"], 54, lines)
    last = maker.columns("department", "period")[: maker.rng.choice((1, 2))]
    if len(last) == 1:
        for one in maker.measures:
            one.period = None
    return maker.drawing(maker.grid([maker.column("aspect"), column, *last]))


def _on_pages(grids: list[Grid]) -> list[Block]:
    blocks: list[Block] = []
    for grid in grids:
        blocks += [grid, Break()]
    return blocks[:-1]


@shape("label-continued")
def label_continued(maker: Maker) -> Drawing:
    """Labels that go on on the next page are printed again with （續）."""
    mark = maker.rng.choice(("（續）", "(續)", "（續前頁）"))
    grids: list[Grid] = []
    last: Measure | None = None
    for part in maker.parts(maker.columns()):
        again = [] if last is None else [last]
        columns = [_continued(one, mark, again) for one in maker.columns()]
        grids.append(maker.grid(columns, [[one] for one in part]))
        last = part[-1]
    return maker.drawing(*_on_pages(grids))


def _continued(column: Column, mark: str, before: list[Measure]) -> Column:
    """Return a column of labels that marks the label of the page before."""
    own = column.merged
    if own is None or not before:
        return column
    label = own(before[0])

    def lines(group: Group) -> Sequence[Line]:
        found = column.text(group)
        return texts(found[0].text + mark) if own(group[0]) == label else found

    return replace(column, text=lines)


@shape("heading-inside")
def heading_inside(maker: Maker) -> Drawing:
    """The heading row stands again above each aspect, in one table."""
    columns = maker.columns()
    heading = maker.heading_rows(columns)
    rows = []
    for group in maker.by("aspect"):
        rows += [*maker.heading_rows(columns), *maker.body(columns, [[one] for one in group])]
    return maker.drawing(Grid([one.width for one in columns], rows, len(heading), repeat=False))


@shape("heading-other-words")
def heading_other_words(maker: Maker) -> Drawing:
    """The heading of later pages has other words for a column."""
    grids = []
    for at, part in enumerate(maker.parts(maker.columns())):
        if at == 1:
            drawn = Maker.of(maker.rng).headings
            maker.headings = {
                **maker.headings,
                "strategy": drawn["strategy"],
                "period": drawn["period"],
            }
        columns = dict(maker.plan.columns)
        grids.append(maker.grid(maker.columns(), [[one] for one in part]))
        maker.plan.columns = columns or maker.plan.columns
    return maker.drawing(*_on_pages(grids))


@shape("title-row-page-number")
def title_row_page_number(maker: Maker) -> Drawing:
    """A title row with the page's number stands above the heading of each page."""
    parts = maker.parts(maker.columns())
    grids = []
    for at, part in enumerate(parts, 1):
        grid = maker.grid(maker.columns(), [[one] for one in part])
        text = f"{maker.plan.title}　第{at}頁，共{len(parts)}頁"
        grid.rows.insert(0, [Cell((Line(text),), across=5, centred=True)])
        grid.heading = 2
        grids.append(grid)
    maker.footer = ""
    return maker.drawing(*_on_pages(grids))


@shape("total-row")
def total_row(maker: Maker) -> Drawing:
    """A last row 合計 counts the measures."""
    grid = maker.grid(maker.columns())
    count = f"共{len(maker.measures)}項"
    grid.rows.append(
        [Cell(tuple(texts("合計")), across=2, centred=True), Cell(tuple(texts(count)), across=3)]
    )
    return maker.drawing(grid)


@shape("task-column")
def task_column(maker: Maker) -> Drawing:
    """A column of tasks between strategy and practice: a control."""
    names = maker.rng.sample(WORDS["tasks"], len(WORDS["tasks"]))
    for group in maker.strategies():
        at = 0
        for one in group:
            if at == 0 or maker.rng.random() < 0.5:
                at += 1
                task = (f"{at}.", names.pop() if names else maker.rng.choice(WORDS["tasks"]))
            one.task = task
    maker.numbers = ("han", "han_bracket", "bracket")
    for group in maker.by("aspect", "strategy", "task"):
        for at, one in enumerate(group, 1):
            one.no = f"({at})"
            one.aspect = (one.aspect[0], one.aspect[1])
    return maker.drawing(
        maker.grid(maker.columns("aspect", "strategy", "task", "practice", "department", "period"))
    )
