"""Compose the text of plans from the words of a world.

World 1 is words.toml, which never changes: one word more would change nearly every drawn plan.
World 2 has what the rule files print as their examples where they name any.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from . import rule_examples

_LISTS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
TABLE_LEAD = "依前述目標訂定各項執行策略及具體作法。"
CLOSING = "本計畫如有未盡事宜，得依實際需要修正或另行補充規定。"
SECTION_NUMBERS = "壹貳參肆伍陸柒"


# Names of so many characters and more are drawn only where a style has long ones.
_LONG_NAME = 5


def _same_in_every_year(year: int) -> list[str]:
    return _LISTS["periods"]


@dataclass(frozen=True, slots=True)
class Words:
    """The lists of one world; ``periods`` depend on the plan's year of the Republic."""

    offices: list[str]
    departments: list[str]
    long_departments: list[str]
    periods: Callable[[int], list[str]]
    aspects: list[str]
    strategies: list[str]
    tasks: list[str]
    verbs: list[str]
    objects: list[str]
    purposes: list[str]
    adverbs: list[str]
    latin: list[str]
    traps: list[str]
    remarks: list[str]
    benefits: list[str]
    sections: list[str]
    goals: list[str]

    def clause(self, rng: Random) -> str:
        """Compose one clause without punctuation at its end."""
        adverb = rng.choice(self.adverbs) if rng.random() < 0.4 else ""
        return adverb + rng.choice(self.verbs) + rng.choice(self.objects)

    def sentence(
        self, rng: Random, clauses: int, *, latin: bool = False, traps: bool = False
    ) -> str:
        """Compose a sentence of so many clauses, closed by 。"""
        parts = [self.clause(rng) for _ in range(clauses)]
        if latin and rng.random() < 0.5:
            at = rng.randrange(clauses)
            parts[at] += rng.choice(("及", "並運用", "，如")) + rng.choice(self.latin)
        if traps and rng.random() < 0.6:
            parts[rng.randrange(clauses)] += rng.choice(("", "於", "共")) + rng.choice(self.traps)
            parts.append(self.clause(rng))
        if rng.random() < 0.4:
            at = rng.randrange(len(parts))
            shape = rng.choice(("（如{}）", "(含{})", "「{}」"))
            parts[at] += shape.format(rng.choice(self.objects))
        if rng.random() < 0.6:
            parts.append(rng.choice(("以", "俾以", "藉以", "期能")) + rng.choice(self.purposes))
        return "，".join(parts) + "。"

    def paragraph(self, rng: Random) -> str:
        """Compose a paragraph of a section."""
        goals = rng.sample(self.goals, rng.randint(1, 4))
        return "，".join(goals) + "。"


def basis(rng: Random) -> str:
    """Compose a paragraph that names the letter which a plan rests on."""
    year, month, day = rng.randint(98, 118), rng.randint(1, 12), rng.randint(1, 28)
    letter = f"{year}年{month}月{day}日電業字第{year}{rng.randint(0, 9999999):07}號函"
    return f"依據本公司{letter}頒之「台電公司{year}年度提升服務效能執行計畫」辦理。"


def _world_2() -> Words:
    names = rule_examples.departments()
    return replace(
        WORLD_1,
        offices=rule_examples.offices(),
        departments=[name for name in names if len(name) < _LONG_NAME],
        long_departments=[name for name in names if len(name) >= _LONG_NAME],
        periods=rule_examples.periods,
    )


WORLD_1 = Words(**{**_LISTS, "periods": _same_in_every_year})  # type: ignore[arg-type]
WORLD_2 = _world_2()


def words_of(world: int) -> Words:
    """Return the words of a world."""
    return {1: WORLD_1, 2: WORLD_2}[world]
