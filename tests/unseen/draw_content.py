"""Draw what a plan says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from random import Random

from . import words
from .content import (
    AspectContent,
    Entry,
    MeasureContent,
    PlanContent,
    SectionContent,
    StrategyContent,
    TaskContent,
)
from .numbering import BULLETS, LIMITS, number
from .numerals import han, han_digits, han_tens
from .style import Style
from .words import Words

_LATIN_EDGE = re.compile(r"(?<=[0-9A-Za-z])(?=[一-龥])|(?<=[一-龥])(?=[0-9A-Za-z])")
# Units that have units of their own: 總管理處 over 人資組 could be one name.
_OWNING = ("處", "部", "會")
_REMARKS = ("備註", "說明")
_SIZES = {"small": (1, 2), "medium": (2, 3), "large": (4, 3)}


def draw_content(rng: Random, style: Style, world: int = 1) -> PlanContent:
    """Draw a plan's content with the words of a world."""
    said = words.words_of(world)
    office = style.office_form.format(rng.choice(said.offices))
    year = rng.randint(99, 119)
    head = f"{style.company}{office}{_year(year, style.year_form)}年度"
    title_lines = [head + "提升服務效能執行計畫"]
    if style.title_lines == 2:
        title_lines = [head, "提升服務效能執行計畫"]
    issued = _issued(year, rng.randint(1, 12), rng.randint(1, 28), style.issued)
    drawer = _Drawer(rng, style, said, said.periods(year))
    before, after = drawer.sections()
    extra = [] if style.extras == "none" else style.extras.split("+")
    aspects = drawer.aspects()
    if not (style.has_department or style.has_period):
        _drop_preambles(style, aspects)
    drawer.fill_extras(aspects, extra)
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


def _issued(year: int, month: int, day: int, form: str) -> str:
    return form.format(
        y=year,
        m=month,
        d=day,
        year_digits=han_digits(year),
        year_words=han_tens(year),
        month_words=han(month),
        day_words=han(day),
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


def _last_owns(names: list[str]) -> list[str]:
    """Return the names without owning ones but the last, which comes last."""
    owning = [name for name in names if name.endswith(_OWNING)]
    return [name for name in names if name not in owning] + owning[-1:]


def _year(year: int, form: str) -> str:
    if form == "han":
        return han_digits(year)
    return han_tens(year) if form == "han_tens" else str(year)


@dataclass(frozen=True, slots=True)
class _Drawer:
    """Draws the parts of one plan; ``periods`` are the phrases of its year."""

    rng: Random
    style: Style
    said: Words
    periods: list[str]

    def sections(self) -> tuple[list[SectionContent], list[SectionContent]]:
        if self.style.sections == "none":
            return [], []
        count = self.rng.randint(4, 7)
        at = self.rng.randint(1, min(4, count - 1)) if self.style.sections == "both" else count - 1
        names = [name for name in self.said.sections if name != "執行策略及具體作法"]
        self.rng.shuffle(names)
        made = []
        for index in range(count):
            no = words.SECTION_NUMBERS[index]
            if index == at:
                lead = [words.TABLE_LEAD] if self.style.table_lead else []
                made.append(SectionContent(no, "執行策略及具體作法", lead, has_table=True))
            elif index == count - 1 and index > at:
                made.append(SectionContent(no, words.CLOSING, []))
            else:
                made.append(SectionContent(no, names[-1], self._paragraphs(names.pop())))
        return made[: at + 1], made[at + 1 :]

    def _paragraphs(self, name: str) -> list[str]:
        count = self.rng.randint(1, 3)
        compose = words.basis if name == "計畫依據" else self.said.paragraph
        texts = [self._spaced(compose(self.rng)) for _ in range(count)]
        if count > 1 and self.style.section_numbers:
            texts = [f"{han(index)}、{text}" for index, text in enumerate(texts, 1)]
        return texts

    def aspects(self) -> list[AspectContent]:
        aspect_count, strategy_count = _SIZES[self.style.size]
        if not self.style.has_aspect:
            aspect_count = 1
        names = self.rng.sample(self.said.aspects, aspect_count)
        strategies = self.rng.sample(self.said.strategies, aspect_count * strategy_count)
        tasks = list(self.said.tasks)
        self.rng.shuffle(tasks)
        aspects = []
        for at, name in enumerate(names, 1):
            children = [
                StrategyContent(
                    Entry(*number(self.style.strategy_no, index), strategies.pop()),
                    self._tasks(tasks),
                )
                for index in range(1, self.rng.randint(1, strategy_count) + 1)
            ]
            aspects.append(AspectContent(Entry(*number(self.style.aspect_no, at), name), children))
        return aspects

    def _tasks(self, names: list[str]) -> list[TaskContent]:
        split = self.style.split in ("column", "own_heading") or (
            self.style.split == "some" and self.rng.random() < 0.6
        )
        if not split:
            return [TaskContent(None, self._measures(0))]
        count = self.rng.randint(1, 3)
        found: list[TaskContent] = []
        used = 0
        for index in range(1, count + 1):
            if not names:
                names.extend(self.rng.sample(self.said.tasks, len(self.said.tasks)))
            # A task that is alone in its strategy may go without a number, as in real plans.
            kind = "" if count == 1 and self.style.unnumbered else self.style.task_no
            entry = Entry(*number(kind, index), names.pop())
            if self.style.empty_task and self.rng.random() < 0.2:
                bare = MeasureContent(Entry("", None, ""))
                self._departments(bare)
                self._period(bare)
                found.append(TaskContent(entry, [bare]))
            else:
                found.append(TaskContent(entry, self._measures(used)))
                numbered = [one for one in found[-1].measures if one.entry.mark]
                used += len(numbered) if self.style.number_on else 0
        return found

    def _measures(self, used: int) -> list[MeasureContent]:
        """Draw a task's measures; their numbers go on after ``used``."""
        if self.style.unnumbered and self.rng.random() < 0.3:
            return [self._measure("", 1, points=False)]
        count = min(self.rng.randint(1, 6), LIMITS.get(self.style.measure_no, 99))
        if not self.style.measure_no and self.style.row == "measure":
            # Without numbers only the departments tell one measure from the next.
            count = count if self.style.has_department and self.style.merge == "merged" else 1
        found = []
        if self.style.preamble and self.style.measure_no and self.rng.random() < 0.3:
            found.append(self._measure("", 1, points=False))
            found[0].entry.text = found[0].entry.text[:-1] + "，作法如下："
        numbered = range(used + 1, used + count + 1)
        kind = self.style.measure_no
        found += [self._measure(kind, index, points=self.style.points) for index in numbered]
        return found

    def _measure(self, kind: str, index: int, points: bool) -> MeasureContent:
        text = self._sentence(5)
        if self.rng.random() < 0.2:
            text += self._sentence(3)
        made = MeasureContent(Entry(*number(kind, index), text))
        if points and kind and self.rng.random() < 0.25:
            for at in range(1, self.rng.randint(2, 4) + 1):
                made.points.append(Entry(*number(self.style.point_no, at), self._sentence(3)))
            if self.rng.random() < 0.5:
                made.entry.text = made.entry.text[:-1] + "："
        if not (self.style.lacking and kind and kind not in BULLETS and self.rng.random() < 0.15):
            self._departments(made)
            self._period(made)
        return made

    def _sentence(self, most: int) -> str:
        made = self.said.sentence(
            self.rng, self.rng.randint(1, most), latin=self.style.latin, traps=self.style.traps
        )
        return self._spaced(made)

    def _spaced(self, text: str) -> str:
        """Set white space around Latin words and digits, as word processors do."""
        return _LATIN_EDGE.sub(" ", text) if self.style.latin_space else text

    def _departments(self, measure: MeasureContent) -> None:
        if not self.style.has_department:
            return
        pool = list(self.said.departments)
        if self.style.long_departments:
            pool += self.said.long_departments
        pool = [name for name in pool if not self._misleads(name)]
        count = self.rng.choice((1, 1, 1, 2, 2, 3)) if self.style.many_departments else 1
        chosen = self.rng.sample(pool, count + 2)
        # White space between names is lost at a line's end.
        stacked = self.style.department_list == "lines" or self.style.separator == "　"
        leads, others = chosen[:count], chosen[count:]
        measure.leads = _last_owns(leads) if stacked else leads
        if self.style.co != "none" and self.rng.random() < 0.4:
            cos = others[: self.rng.randint(1, 2)]
            measure.cos = _last_owns(cos) if stacked else cos
            if self.style.co in ("bracket", "wide_bracket"):
                shape = "({})" if self.style.co == "bracket" else "（{}）"
                measure.cos = [shape.format(name) for name in measure.cos]

    def _misleads(self, name: str) -> bool:
        """Return True if a reader could take a name in this plan for another one.

        各組(段) beside (業務組), 電 費 組 where white space parts names, 總管理處 over the
        業務組 of the next measure.
        """
        if self.style.row != "measure" and name.endswith(_OWNING):
            return True
        if "(" in name and self.style.co in ("bracket", "wide_bracket"):
            return True
        return " " in name and self.style.separator == "　"

    def _period(self, measure: MeasureContent) -> None:
        if not self.style.has_period:
            return
        count = 2 if self.style.two_periods and self.rng.random() < 0.2 else 1
        measure.periods = self.rng.sample(self.periods, count)

    def fill_extras(self, aspects: list[AspectContent], columns: list[str]) -> None:
        """Draw the further columns' texts."""
        merged = self.style.extras_merged
        for aspect in aspects:
            for strategy in aspect.strategies:
                for task in strategy.tasks:
                    for measure in task.measures:
                        for column in columns:
                            pool = self.said.remarks if column in _REMARKS else self.said.benefits
                            if merged and measure is not task.measures[0]:
                                measure.extras = task.measures[0].extras
                            elif merged or self.rng.random() < 0.6:
                                measure.extras[column] = self.rng.choice(pool)
