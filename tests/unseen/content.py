"""Draw what a plan says: a tree aspect → strategy → task → measures → points."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from random import Random

from . import words
from .numbering import BULLETS, LIMITS, han, number
from .style import Style


@dataclass(slots=True)
class Entry:
    """A numbered text: the mark as printed, the number in the truth (None: none), the text."""

    mark: str
    no: str | None
    text: str


@dataclass(slots=True)
class MeasureContent:
    """A measure and what stands beside it; ``extras`` are texts by the column's heading."""

    entry: Entry
    points: list[Entry] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    cos: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class TaskContent:
    """A task; ``entry`` is None where the practice is not split."""

    entry: Entry | None
    measures: list[MeasureContent]


@dataclass(slots=True)
class StrategyContent:
    """A strategy and its tasks."""

    entry: Entry
    tasks: list[TaskContent]


@dataclass(slots=True)
class AspectContent:
    """An aspect and its strategies."""

    entry: Entry
    strategies: list[StrategyContent]


@dataclass(slots=True)
class SectionContent:
    """A section outside the table."""

    no: str
    heading: str
    paragraphs: list[str]
    has_table: bool = False


@dataclass(slots=True)
class PlanContent:
    """All that a plan says."""

    title: str
    title_lines: list[str]
    district: str
    roc_year: int
    issued: str
    before: list[SectionContent]
    after: list[SectionContent]
    aspects: list[AspectContent]
    extra_columns: list[str]


_LATIN_EDGE = re.compile(r"(?<=[0-9A-Za-z])(?=[一-龥])|(?<=[一-龥])(?=[0-9A-Za-z])")
_SIZES = {"small": (1, 2), "medium": (2, 3), "large": (4, 3)}


def draw_content(rng: Random, style: Style) -> PlanContent:
    """Draw a plan's content."""
    office = style.office_form.format(rng.choice(words.OFFICES))
    year = rng.randint(99, 119)
    printed_year = _year(year, style.year_form)
    head = f"{style.company}{office}{printed_year}年度"
    title_lines = [head + "提升服務效能執行計畫"]
    if style.title_lines == 2:
        title_lines = [head, "提升服務效能執行計畫"]
    issued = style.issued.format(y=year, m=rng.randint(1, 12), d=rng.randint(1, 28))
    before, after = _sections(rng, style)
    extra = [] if style.extras == "none" else style.extras.split("+")
    aspects = _aspects(rng, style)
    if not (style.has_department or style.has_period):
        _drop_preambles(style, aspects)
    _fill_extras(rng, aspects, extra, merged=style.extras_merged)
    return PlanContent(
        "".join(title_lines),
        title_lines,
        office,
        year,
        issued if style.title_lines else "",
        before,
        after,
        aspects,
        extra,
    )


def _drop_preambles(style: Style, aspects: list[AspectContent]) -> None:
    """Drop preambles where nothing shows that what follows them are measures, not points.

    With nothing beside them only another cell that begins with such a number shows it.
    """
    tasks = [task for one in aspects for strategy in one.strategies for task in strategy.tasks]
    shown = any(task.measures[0].entry.mark for task in tasks)
    if shown and style.measure_no not in BULLETS:
        return
    for task in tasks:
        if len(task.measures) > 1 and not task.measures[0].entry.mark:
            del task.measures[0]


def _year(year: int, form: str) -> str:
    if form == "digits":
        return str(year)
    if form == "han":
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(year))
    hundreds, rest = divmod(year, 100)
    if not hundreds:
        return han(rest)
    return "一百" + ("零" if 0 < rest < 10 else "") + ("一" if 10 <= rest < 20 else "") + han(rest)


def _sections(rng: Random, style: Style) -> tuple[list[SectionContent], list[SectionContent]]:
    if style.sections == "none":
        return [], []
    count = rng.randint(4, 7)
    at = rng.randint(1, min(4, count - 1)) if style.sections == "both" else count - 1
    names = [name for name in words.SECTIONS if name != "執行策略及具體作法"]
    rng.shuffle(names)
    made = []
    for index in range(count):
        no = words.SECTION_NUMBERS[index]
        if index == at:
            lead = [words.TABLE_LEAD] if style.table_lead else []
            made.append(SectionContent(no, "執行策略及具體作法", lead, has_table=True))
        elif index == count - 1 and index > at:
            made.append(SectionContent(no, words.CLOSING, []))
        else:
            made.append(SectionContent(no, names[-1], _paragraphs(rng, style, names.pop())))
    return made[: at + 1], made[at + 1 :]


def _paragraphs(rng: Random, style: Style, name: str) -> list[str]:
    count = rng.randint(1, 3)
    compose = words.basis if name == "計畫依據" else words.paragraph
    texts = [_spaced(style, compose(rng)) for _ in range(count)]
    if count > 1 and style.section_numbers:
        texts = [f"{han(index)}、{text}" for index, text in enumerate(texts, 1)]
    return texts


def _aspects(rng: Random, style: Style) -> list[AspectContent]:
    aspect_count, strategy_count = _SIZES[style.size]
    if not style.has_aspect:
        aspect_count = 1
    names = rng.sample(words.ASPECTS, aspect_count)
    strategies = rng.sample(words.STRATEGIES, aspect_count * strategy_count)
    tasks = list(words.TASKS)
    rng.shuffle(tasks)
    aspects = []
    for at, name in enumerate(names, 1):
        children = [
            StrategyContent(
                Entry(*number(style.strategy_no, index), strategies.pop()),
                _tasks(rng, style, tasks),
            )
            for index in range(1, rng.randint(1, strategy_count) + 1)
        ]
        aspects.append(AspectContent(Entry(*number(style.aspect_no, at), name), children))
    return aspects


def _tasks(rng: Random, style: Style, names: list[str]) -> list[TaskContent]:
    split = style.split in ("column", "own_heading") or (
        style.split == "some" and rng.random() < 0.6
    )
    if not split:
        return [TaskContent(None, _measures(rng, style, 0))]
    count = rng.randint(1, 3)
    found: list[TaskContent] = []
    used = 0
    for index in range(1, count + 1):
        if not names:
            names.extend(rng.sample(words.TASKS, len(words.TASKS)))
        # A task that is alone in its strategy may go without a number, as in real plans.
        kind = "" if count == 1 and style.unnumbered else style.task_no
        entry = Entry(*number(kind, index), names.pop())
        if style.empty_task and rng.random() < 0.2:
            bare = MeasureContent(Entry("", None, ""))
            _departments(rng, style, bare)
            _period(rng, style, bare)
            found.append(TaskContent(entry, [bare]))
        else:
            found.append(TaskContent(entry, _measures(rng, style, used)))
            numbered = [one for one in found[-1].measures if one.entry.mark]
            used += len(numbered) if style.number_on else 0
    return found


def _measures(rng: Random, style: Style, used: int) -> list[MeasureContent]:
    """Draw a task's measures; their numbers go on after ``used``."""
    if style.unnumbered and rng.random() < 0.3:
        return [_measure(rng, style, "", 1, points=False)]
    count = min(rng.randint(1, 6), LIMITS.get(style.measure_no, 99))
    if not style.measure_no and style.row == "measure":
        # Without numbers only the departments tell one measure from the next.
        count = count if style.has_department and style.merge == "merged" else 1
    found = []
    if style.preamble and style.measure_no and rng.random() < 0.3:
        found.append(_measure(rng, style, "", 1, points=False))
        found[0].entry.text = found[0].entry.text[:-1] + "，作法如下："
    numbered = range(used + 1, used + count + 1)
    kind = style.measure_no
    found += [_measure(rng, style, kind, index, points=style.points) for index in numbered]
    return found


def _measure(rng: Random, style: Style, kind: str, index: int, points: bool) -> MeasureContent:
    text = _sentence(rng, style, 5)
    if rng.random() < 0.2:
        text += _sentence(rng, style, 3)
    made = MeasureContent(Entry(*number(kind, index), text))
    if points and kind and rng.random() < 0.25:
        for at in range(1, rng.randint(2, 4) + 1):
            made.points.append(Entry(*number(style.point_no, at), _sentence(rng, style, 3)))
        if rng.random() < 0.5:
            made.entry.text = made.entry.text[:-1] + "："
    if not (style.lacking and kind and kind not in BULLETS and rng.random() < 0.15):
        _departments(rng, style, made)
        _period(rng, style, made)
    return made


def _sentence(rng: Random, style: Style, most: int) -> str:
    made = words.sentence(rng, rng.randint(1, most), latin=style.latin, traps=style.traps)
    return _spaced(style, made)


def _spaced(style: Style, text: str) -> str:
    """Set white space around Latin words and digits, as word processors do."""
    return _LATIN_EDGE.sub(" ", text) if style.latin_space else text


def _departments(rng: Random, style: Style, measure: MeasureContent) -> None:
    if not style.has_department:
        return
    pool = list(words.DEPARTMENTS)
    if style.long_departments:
        pool += words.LONG_DEPARTMENTS
    count = rng.choice((1, 1, 1, 2, 2, 3)) if style.many_departments else 1
    chosen = rng.sample(pool, count + 2)
    measure.leads = chosen[:count]
    if style.co != "none" and rng.random() < 0.4:
        measure.cos = chosen[count : count + rng.randint(1, 2)]
        if style.co in ("bracket", "wide_bracket"):
            shape = "({})" if style.co == "bracket" else "（{}）"
            measure.cos = [shape.format(name) for name in measure.cos]


def _period(rng: Random, style: Style, measure: MeasureContent) -> None:
    if not style.has_period:
        return
    count = 2 if style.two_periods and rng.random() < 0.2 else 1
    measure.periods = rng.sample(words.PERIODS, count)


def _fill_extras(
    rng: Random, aspects: list[AspectContent], columns: list[str], *, merged: bool
) -> None:
    """Draw the further columns' texts; ``merged``: one text for all measures of a task."""
    for aspect in aspects:
        for strategy in aspect.strategies:
            for task in strategy.tasks:
                for measure in task.measures:
                    for column in columns:
                        pool = words.REMARKS if column == "備註" else words.BENEFITS
                        if merged and measure is not task.measures[0]:
                            measure.extras = task.measures[0].extras
                        elif merged or rng.random() < 0.6:
                            measure.extras[column] = rng.choice(pool)
