"""Shapes whose departments, periods and further columns are unusual."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import replace
from itertools import pairwise
from typing import Any

from .content import WORDS, Measure
from .draw import shape
from .maker import Column, Group, Maker, texts
from .model import Drawing, Line, Para, width

_LABELS = ("aspect", "strategy", "practice")


def _narrow(maker: Maker, ems: float = 1.3) -> float:
    """Return the width of a column that holds one character a line, of 94 for the table."""
    return 94 * (ems * maker.sheet.size + 2 * maker.sheet.pad) / maker.sheet.inner


@shape("department-matrix")
def department_matrix(maker: Maker) -> Drawing:
    """A column for each department, with ● for the lead and ○ for who assists."""
    names = maker.rng.sample([one for one in WORDS["departments"] if len(one) == 3], 4)
    marks: dict[tuple[int, int, int], dict[str, str]] = {}
    for one in maker.measures:
        lead, *others = maker.rng.sample(names, maker.rng.choice((1, 1, 2)))
        marks[one.at] = {lead: "●"} | dict.fromkeys(others, "○")
        one.departments = [lead, *others]
        ordered = [name for name in names if name in one.departments]
        one.accept = {"extras": "*", "_alt": [{"departments": []}, {"departments": ordered}]}
    over = maker.headings["department"]

    def column(name: str) -> Column:
        cell = lambda group: texts(marks[group[0].at].get(name, ""))  # noqa: E731
        return Column("department", name, _narrow(maker), cell, over=over, centred=True)

    columns = [*maker.columns(*_LABELS), *map(column, names), maker.column("period")]
    return maker.drawing(Para("（●主辦　○協辦）", align="right"), maker.grid(columns))


@shape("department-numbered")
def department_numbered(maker: Maker) -> Drawing:
    """Numbered departments beside one cell with the numbered measures."""
    maker.numbers = ("han", "han_bracket", "bracket")
    maker.centred = False
    for group in maker.strategies():
        for one in group:
            one.departments = one.departments[:1]
            one.period = group[0].period
            one.accept = {"_alt": [{"departments": [one.no + one.departments[0]]}]}
    column = replace(maker.column("department"), text=_numbered, width=18)
    columns = [*maker.columns(*_LABELS), column, maker.column("period", centred=True)]
    return maker.drawing(maker.grid(columns, maker.strategies()))


def _numbered(group: Group) -> list[Line]:
    """Return the departments with the measures' numbers; one that all have stands alone."""
    if len(group) == 1:
        return texts(*group[0].departments)
    if all(one.departments == two.departments for one, two in pairwise(group)):
        return texts(*group[0].departments)
    return [Line(one.no + one.departments[0], hang=width(one.no)) for one in group]


@shape("department-ranges")
def department_ranges(maker: Maker) -> Drawing:
    """Departments for ranges of measures: (1)~(2)業務組, 其餘電費組."""
    maker.numbers = ("han", "han_bracket", "bracket")
    maker.centred = False
    shown: dict[tuple[int, int, int], list[Line]] = {}
    to = maker.rng.choice(("~", "－", "至"))
    rest = maker.rng.choice(("其餘：", "其餘"))
    for group in maker.strategies():
        first, last = (one.departments[:1] for one in (group[0], group[-1]))
        last = last if last != first else [maker.rng.choice(WORDS["wide_departments"])]
        cut = maker.rng.randint(1, len(group) - 1) if len(group) > 1 else 1
        for at, one in enumerate(group):
            one.departments = first if at < cut else last
            one.period = group[0].period
        if len(group) == 1:
            shown[group[0].at] = texts(*first)
            continue
        span = group[0].no + (f"{to}{group[cut - 1].no}" if cut > 1 else "")
        tail = rest if cut < len(group) - 1 else group[-1].no
        shown[group[0].at] = texts(span + first[0], tail + last[0])
    column = replace(maker.column("department"), text=lambda group: shown[group[0].at], width=20)
    columns = [*maker.columns(*_LABELS), column, maker.column("period", centred=True)]
    return maker.drawing(maker.grid(columns, maker.strategies()))


@shape("department-separators")
def department_separators(maker: Maker) -> Drawing:
    """Names joined by 及 與 暨 ・ ‧ & + and other signs."""
    signs = maker.rng.sample(("及", "與", "暨", "・", "‧", "&", "+", "和", "／", "；"), 3)
    joined = {}
    for one in maker.measures:
        one.departments = maker.rng.sample(WORDS["departments"], maker.rng.choice((2, 2, 3)))
        sign = maker.rng.choice(signs)
        *before, last = one.departments
        joined[one.at] = (
            "、".join(before) + sign + last if sign in "及與暨和" else sign.join(one.departments)
        )
    column = replace(
        maker.column("department"), text=lambda group: texts(joined[group[0].at]), width=20
    )
    columns = [*maker.columns(*_LABELS), column, maker.column("period")]
    return maker.drawing(maker.grid(columns))


@shape("department-unknown-heading")
def department_unknown_heading(maker: Maker) -> Drawing:
    """The departments' column has a heading that no plan has."""
    words = ("業務分工", "擔當", "誰來做", "落實課室", "任務編組", "責任歸屬", "推手")
    maker.headings = {**maker.headings, "department": maker.rng.choice(words)}
    return maker.drawing(maker.grid(maker.columns()))


@shape("new-words-but-practice")
def new_words_but_practice(maker: Maker) -> Drawing:
    """Only the practice has a usual heading."""
    _new_words(maker, "aspect", "strategy", "department", "period")
    return maker.drawing(maker.grid(maker.columns()))


@shape("new-words")
def new_words(maker: Maker) -> Drawing:
    """No column has a usual heading."""
    _new_words(maker, "aspect", "strategy", "practice", "department", "period")
    return maker.drawing(maker.grid(maker.columns()))


def _new_words(maker: Maker, *roles: str) -> None:
    words = {
        "aspect": ("關懷主題", "經營課題", "服務理念"),
        "strategy": ("著力點", "努力目標", "精進路徑"),
        "practice": ("落實要領", "怎麼做", "推展細節"),
        "department": ("擔當", "分工", "誰來做"),
        "period": ("何時完成", "預定月份", "完成季別"),
    }
    maker.headings = maker.headings | {role: maker.rng.choice(words[role]) for role in roles}


@shape("bilingual-headings")
def bilingual_headings(maker: Maker) -> Drawing:
    """Each heading is followed by English."""
    english = {
        "aspect": "Aspect",
        "strategy": "Strategy",
        "practice": "Actions",
        "department": "Unit",
        "period": "Period",
    }
    join = maker.rng.choice(("\n", " ", "\n"))
    maker.headings = maker.headings | {
        role: maker.headings[role] + join + text for role, text in english.items()
    }
    return maker.drawing(maker.grid(maker.columns()))


def _ticked(maker: Maker, names: list[str], over: str, *, filled: bool, narrow: float) -> Drawing:
    """Return a plan whose periods are marks, or filled cells, under names of times."""
    mark = maker.rng.choice("✓●■")
    colour = maker.rng.choice(("#7f7f7f", "#5b9bd5", "#70ad47"))
    chosen: dict[tuple[int, int, int], list[int]] = {}
    for one in maker.measures:
        chosen[one.at] = _times(maker, len(names), run=filled)
        at = chosen[one.at]
        one.period = None
        said = [names[place] for place in at]
        forms = [sign.join(said) for sign in ("、", "", "，", ",", "及", " ", "；")]
        forms += [f"{said[0]}{to}{said[-1]}" for to in "至~-～"] if _is_run(at) else []
        one.accept = {"extras": "*", "_alt": [{"period": form} for form in forms]}

    def column(place: int) -> Column:
        def drawn(group: Group) -> bool:
            return place in chosen[group[0].at]

        def text(group: Group) -> list[Line]:
            return texts(mark if drawn(group) and not filled else "")

        def fill(group: Group) -> str:
            return colour if drawn(group) and filled else ""

        return Column("", names[place], narrow, text, over=over, centred=True, fill=fill)

    columns = [*maker.columns(*_LABELS), maker.column("department")]
    return maker.drawing(maker.grid([*columns, *(column(at) for at in range(len(names)))]))


def _times(maker: Maker, count: int, *, run: bool) -> list[int]:
    if run:
        first = maker.rng.randrange(count)
        return list(range(first, min(count, first + maker.rng.randint(1, 5))))
    return sorted(maker.rng.sample(range(count), maker.rng.randint(1, min(count, 4))))


def _is_run(places: list[int]) -> bool:
    return len(places) > 1 and all(later == one + 1 for one, later in pairwise(places))


@shape("quarters-ticks")
def quarters_ticks(maker: Maker) -> Drawing:
    """A column for each quarter, with a mark where the measure is carried out."""
    form = maker.rng.choice(("第{}季", "Q{}", "{}季"))
    digits = "一二三四" if "季" in form else "1234"
    names = [form.format(one) for one in digits]
    over = maker.headings["period"]
    return _ticked(maker, names, over, filled=False, narrow=_narrow(maker, 1.4))


@shape("months-gantt")
def months_gantt(maker: Maker) -> Drawing:
    """A column for each month; cells are filled or marked where the measure is carried out."""
    maker.sheet = replace(maker.sheet, width=842.0, height=595.0)
    names = [f"{month}月" for month in range(1, 13)]
    over = maker.headings["period"]
    filled = maker.rng.random() < 0.5
    return _ticked(maker, names, over, filled=filled, narrow=_narrow(maker, 1.7))


@shape("merged-beside")
def merged_beside(maker: Maker) -> Drawing:
    """Departments and periods merged over several measures, cut by the pages."""
    maker.centred = True
    by: list[tuple[str, ...]] = [("aspect",), ("aspect", "strategy")]
    department_by, period_by = maker.rng.choice(by), maker.rng.choice(by)
    for group in maker.by(*department_by):
        for one in group:
            one.departments = group[0].departments[:2]
    for group in maker.by(*period_by):
        for one in group:
            one.period = group[0].period

    def key(names: tuple[str, ...]) -> Callable[[Measure], Hashable]:
        return lambda one: tuple(getattr(one, name) for name in names)

    columns = maker.columns(*_LABELS)
    columns.append(maker.column("department", merged=key(department_by)))
    columns.append(maker.column("period", merged=key(period_by)))
    return maker.drawing(maker.grid(columns))


@shape("narrow-department")
def narrow_department(maker: Maker) -> Drawing:
    """The departments' column holds one or two characters a line."""
    ems = maker.rng.choice((1.4, 2.4))
    for one in maker.measures:
        one.departments = one.departments[: 1 if ems < 2 else 2]
    columns = maker.columns()
    columns[3] = replace(columns[3], width=_narrow(maker, ems))
    return maker.drawing(maker.grid(columns))


@shape("kpi-columns")
def kpi_columns(maker: Maker) -> Drawing:
    """Further columns for indicators, benefits and remarks: a control."""
    maker.sheet = replace(maker.sheet, width=842.0, height=595.0)
    more = [("衡量指標", "indicators"), ("預期效益", "benefits"), ("備註", "remarks")]
    more = more[: maker.rng.randint(1, 3)]
    columns = [*maker.columns(), *(maker.extra(*one) for one in more)]
    return maker.drawing(maker.grid(columns))


@shape("ditto")
def ditto(maker: Maker) -> Drawing:
    """Marks for "as above" among departments and periods."""
    mark = maker.rng.choice(("〃", "”", "同上"))
    before: Measure | None = None
    meant: tuple[list[str], str | None] = ([], None)
    for one in maker.measures:
        others: list[dict[str, Any]] = []
        own = (one.departments, one.period)
        alike = before is not None and before.strategy == one.strategy
        if alike and maker.rng.random() < 0.5:
            one.departments, own = [mark], (meant[0], own[1])
            others.append({"departments": meant[0]})
        if alike and maker.rng.random() < 0.5:
            one.period, own = mark, (own[0], meant[1])
            others.append({"period": meant[1]})
        if len(others) == 2:
            others.append({"departments": meant[0], "period": meant[1]})
        one.accept = {"_alt": others} if others else {}
        before, meant = one, own
    return maker.drawing(maker.grid(maker.columns()))
