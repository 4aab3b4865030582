"""Compose the text of plans from the word lists in words.toml."""

from __future__ import annotations

import tomllib
from pathlib import Path
from random import Random

_LISTS: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("words.toml").read_text(encoding="utf-8")
)
OFFICES = _LISTS["offices"]
ASPECTS = _LISTS["aspects"]
STRATEGIES = _LISTS["strategies"]
TASKS = _LISTS["tasks"]
VERBS = _LISTS["verbs"]
OBJECTS = _LISTS["objects"]
PURPOSES = _LISTS["purposes"]
ADVERBS = _LISTS["adverbs"]
LATIN = _LISTS["latin"]
TRAPS = _LISTS["traps"]
DEPARTMENTS = _LISTS["departments"]
LONG_DEPARTMENTS = _LISTS["long_departments"]
PERIODS = _LISTS["periods"]
REMARKS = _LISTS["remarks"]
BENEFITS = _LISTS["benefits"]
SECTIONS = _LISTS["sections"]
GOALS = _LISTS["goals"]
TABLE_LEAD = "依前述目標訂定各項執行策略及具體作法。"
CLOSING = "本計畫如有未盡事宜，得依實際需要修正或另行補充規定。"
SECTION_NUMBERS = "壹貳參肆伍陸柒"


def clause(rng: Random) -> str:
    """Compose one clause without punctuation at its end."""
    adverb = rng.choice(ADVERBS) if rng.random() < 0.4 else ""
    return adverb + rng.choice(VERBS) + rng.choice(OBJECTS)


def sentence(rng: Random, clauses: int, *, latin: bool = False, traps: bool = False) -> str:
    """Compose a sentence of so many clauses, closed by 。"""
    parts = [clause(rng) for _ in range(clauses)]
    if latin and rng.random() < 0.5:
        parts[rng.randrange(clauses)] += rng.choice(("及", "並運用", "，如")) + rng.choice(LATIN)
    if traps and rng.random() < 0.6:
        parts[rng.randrange(clauses)] += rng.choice(("", "於", "共")) + rng.choice(TRAPS)
        parts.append(clause(rng))
    if rng.random() < 0.4:
        at = rng.randrange(len(parts))
        parts[at] += rng.choice(("（如{}）", "(含{})", "「{}」")).format(rng.choice(OBJECTS))
    if rng.random() < 0.6:
        parts.append(rng.choice(("以", "俾以", "藉以", "期能")) + rng.choice(PURPOSES))
    return "，".join(parts) + "。"


def paragraph(rng: Random) -> str:
    """Compose a paragraph of a section."""
    goals = rng.sample(GOALS, rng.randint(1, 4))
    return "，".join(goals) + "。"


def basis(rng: Random) -> str:
    """Compose a paragraph that names the letter which a plan rests on."""
    year, month, day = rng.randint(98, 118), rng.randint(1, 12), rng.randint(1, 28)
    letter = f"{year}年{month}月{day}日電業字第{year}{rng.randint(0, 9999999):07}號函"
    return f"依據本公司{letter}頒之「台電公司{year}年度提升服務效能執行計畫」辦理。"
