"""Draw what a plan says, and write it down as the truth."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

WORDS: dict[str, Any] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
_HAN = "零一二三四五六七八九十"

Path3 = tuple[int, int, int]
"""Position of a label or measure: aspect, strategy in it, measure in that; 0 below the label."""


def han(number: int) -> str:
    """Return a number up to 99 in Chinese."""
    tens, ones = divmod(number, 10)
    return (_HAN[tens] if tens > 1 else "") + ("十" if tens else "") + (_HAN[ones] if ones else "")


NUMBERS: dict[str, Callable[[int], str]] = {
    "han": lambda at: f"{han(at)}、",
    "capital": lambda at: f"{'壹貳參肆伍陸柒捌玖拾'[at - 1]}、",
    "han_bracket": lambda at: f"（{han(at)}）",
    "arabic": lambda at: f"{at}.",
    "arabic_comma": lambda at: f"{at}、",
    "bracket": lambda at: f"({at})",
    "wide_bracket": lambda at: f"（{at}）",
    "circled": lambda at: chr(ord("①") + at - 1),
    "letter": lambda at: f"{chr(ord('A') + at - 1)}.",
    "ideograph_bracket": lambda at: chr(ord("㈠") + at - 1),
    "wide_digit": lambda at: f"{chr(ord('０') + at)}．",
    "stem": lambda at: f"{'甲乙丙丁戊己庚辛壬癸'[at - 1]}、",
    "roman": lambda at: f"{chr(ord('Ⅰ') + at - 1)}.",
    "latin_roman": lambda at: (
        "I.",
        "II.",
        "III.",
        "IV.",
        "V.",
        "VI.",
        "VII.",
        "VIII.",
        "IX.",
        "X.",
    )[at - 1],
    "square": lambda _: "■",
    "diamond": lambda _: "◆",
    "none": lambda _: "",
}


@dataclass(slots=True)
class Measure:
    """A measure with the labels above it; numbers as printed, "" where there is none.

    ``printed`` is what the page shows for the text where that is more: struck or white words.
    """

    at: Path3
    aspect: tuple[str, str]
    strategy: tuple[str, str]
    no: str
    text: str
    departments: list[str]
    period: str | None
    task: tuple[str, str] = ("", "")
    printed: str = ""
    points: list[tuple[str, str]] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)
    accept: dict[str, Any] = field(default_factory=dict)

    def truth(self, seq: int) -> dict[str, Any]:
        """Return the measure as a row of an expected file."""
        row: dict[str, Any] = {"seq": seq}
        for name, label in (("aspect", self.aspect), ("strategy", self.strategy)):
            row |= {f"{name}_no": label[0] or None, name: label[1] or None}
        row |= {"task_no": self.task[0] or None, "task": self.task[1] or None}
        row |= {"measure_no": self.no or None, "text": self.text}
        row["points"] = [{"no": no, "text": text} for no, text in self.points]
        row |= {"departments": self.departments, "period": self.period}
        row["extras"] = [{"column": name, "text": text} for name, text in self.extras.items()]
        return row | ({"accept": self.accept} if self.accept else {})


@dataclass(slots=True)
class Plan:
    """All that a plan says; ``columns`` are the headings by role, filled in by the drawing."""

    title: str
    district: str
    year: int
    measures: list[Measure]
    columns: dict[str, str] = field(default_factory=dict)

    def truth(self) -> dict[str, Any]:
        """Return the plan as an expected file has it."""
        return {
            "title": self.title,
            "district": self.district,
            "roc_year": self.year,
            "columns": self.columns,
            "measures": [one.truth(seq) for seq, one in enumerate(self.measures, 1)],
        }


@dataclass(frozen=True, slots=True)
class Drawer:
    """Draws texts that do not repeat in one plan."""

    rng: Random
    year: int
    sentences: list[str]

    @classmethod
    def of(cls, rng: Random) -> Drawer:
        """Return a drawer for one plan."""
        return cls(
            rng, rng.randint(103, 116), rng.sample(WORDS["sentences"], len(WORDS["sentences"]))
        )

    def fill(self, text: str) -> str:
        """Return a text whose blanks are filled."""
        place, group = self.rng.choice(WORDS["places"]), self.rng.choice(WORDS["groups"])
        return text.format(n=self.rng.randint(3, 30), place=place, group=group, year=self.year)

    def sentence(self) -> str:
        """Return a sentence, with an opening or another sentence behind it now and then."""
        text = self.fill(self.sentences.pop())
        if self.rng.random() < 0.25:
            text = self.rng.choice(WORDS["openings"]) + text
        if self.rng.random() < 0.12 and self.sentences:
            text += self.fill(self.sentences.pop())
        return text

    def departments(self) -> list[str]:
        """Return one to three departments."""
        if self.rng.random() < 0.08:
            return [self.rng.choice(WORDS["wide_departments"])]
        return list(self.rng.sample(WORDS["departments"], self.rng.choice((1, 1, 1, 2, 2, 3))))

    def one(self, words: str) -> str:
        """Return one entry of a list, its blanks filled."""
        return self.fill(self.rng.choice(WORDS[words]))


def draw_plan(rng: Random, numbers: tuple[str, str, str], rows: tuple[int, int] = (16, 27)) -> Plan:
    """Draw a plan; ``numbers`` are the styles of aspects, strategies and measures."""
    drawer = Drawer.of(rng)
    wanted = rng.randint(*rows)
    aspects = rng.sample(WORDS["aspects"], len(WORDS["aspects"]))
    strategies = rng.sample(WORDS["strategies"], len(WORDS["strategies"]))
    aspect_no, strategy_no, measure_no = (NUMBERS[name] for name in numbers)
    measures: list[Measure] = []
    for first in range(1, len(aspects) + 1):
        aspect = (aspect_no(first), aspects[first - 1])
        for second in range(1, rng.randint(1, 3) + 1):
            strategy = (strategy_no(second), strategies.pop())
            for third in range(1, rng.randint(1, 4) + 1):
                at, no, text = (first, second, third), measure_no(third), drawer.sentence()
                beside = drawer.departments(), drawer.one("periods")
                measures.append(Measure(at, aspect, strategy, no, text, *beside))
        if len(measures) >= wanted:
            break
    office = rng.choice(WORDS["offices"])
    head = f"{rng.choice(WORDS['companies'])}{office}{drawer.year}"
    return Plan(head + rng.choice(WORDS["titles"]), office, drawer.year, measures[: rows[1]])
