"""Repairs by rules: what neighbours, a vocabulary and the size of the ink tell. Never silent."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from planparse.ocr.digit_widths import repair_digits
from planparse.ocr.glyph_candidates import Change, Sign, SignLine
from planparse.ocr.marks import MissingRule, repair_missing
from planparse.ocr.traditional import FormRules, repair_forms
from planparse.ocr.widths import repair_widths

STOP_RULE = "small-circle"
VOCABULARY_RULE = "vocabulary"

NEAR = 8
"""Characters of the lines before and after that a rule sees."""

SMALL = 0.55
"""Ems: 。 is no higher; a zero or an O is."""


@dataclass(frozen=True, slots=True)
class ContextRule:
    """A character that its neighbours decide; see rules/repairs.toml."""

    name: str
    pattern: re.Pattern[str]
    became: str
    rival: float
    surest: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that a whole line may be; see rules/repairs.toml."""

    words: tuple[str, ...]
    rival: float
    unsure: float


@dataclass(frozen=True, slots=True)
class RepairRules:
    """The rules of rules/repairs.toml."""

    contexts: tuple[ContextRule, ...]
    vocabulary: Vocabulary
    forms: FormRules
    missing: tuple[MissingRule, ...]


@cache
def load_repair_rules() -> RepairRules:
    """Load the rules that come with planparse."""
    found = tomllib.loads(
        (files("planparse.ocr") / "rules" / "repairs.toml").read_text(encoding="utf-8")
    )
    words = found["vocabulary"]
    return RepairRules(
        tuple(
            ContextRule(
                rule["name"],
                re.compile(rule["pattern"]),
                rule["became"],
                rule["rival"],
                rule.get("surest", 1.0),
            )
            for rule in found["context"]
        ),
        Vocabulary(tuple(words["words"]), words["rival"], words["unsure"]),
        FormRules(frozenset(found["forms"]["rare"]), found["forms"]["rival"]),
        tuple(
            MissingRule(rule["name"], re.compile(rule["pattern"]), rule["letter"])
            for rule in found["missing"]
        ),
    )


def repair_lines(lines: Sequence[SignLine]) -> list[SignLine]:
    """Repair the lines of a page."""
    rules = load_repair_rules()
    found = [_repair_stops(repair_forms(line, rules.forms)) for line in lines]
    # A bracket is one before its pair's width is settled.
    found = _by_contexts(found, [rule for rule in rules.contexts if rule.became in "()"])
    found = _by_contexts(repair_digits(repair_widths(found)), rules.contexts)
    found = [
        repair_missing(line, rules.missing, _head(found, at + 1, line.region))
        for at, line in enumerate(found)
    ]
    return [_by_vocabulary(line, rules.vocabulary) for line in found]


def _repair_stops(line: SignLine) -> SignLine:
    """Write 。 for a zero or an o that is too small to be one."""
    changes = [
        Change(at, "。", STOP_RULE)
        for at, sign in enumerate(line.signs)
        if sign.text in "0oO〇○°" and _is_small(sign, line) and not _in_word(line.signs, at)
    ]
    return line.changed(changes)


def _is_small(sign: Sign, line: SignLine) -> bool:
    return sign.height <= SMALL * line.em and sign.right - sign.left <= SMALL * line.em


def _in_word(signs: Sequence[Sign], at: int) -> bool:
    """Tell whether a letter or digit stands beside: then o is a letter and ° a degree."""
    beside = [signs[other].text for other in (at - 1, at + 1) if 0 <= other < len(signs)]
    return any(text.isascii() and text.isalnum() for text in beside)


def _by_contexts(lines: Sequence[SignLine], rules: Sequence[ContextRule]) -> list[SignLine]:
    """Apply the rules to each line, seen with the ends of its neighbours in the same region."""
    found = list(lines)
    for at, line in enumerate(found):
        before, after = _tail(found, at - 1, line.region), _head(found, at + 1, line.region)
        for rule in rules:
            found[at] = _by_context(found[at], rule, before, after)
    return found


def _tail(lines: Sequence[SignLine], at: int, region: int) -> str:
    """Give the last characters before a line of the same cell: in a narrow one, of several."""
    text = ""
    while at >= 0 and lines[at].region == region and len(text) < NEAR:
        text = lines[at].text + text
        at -= 1
    return text[-NEAR:]


def _head(lines: Sequence[SignLine], at: int, region: int) -> str:
    text = ""
    while at < len(lines) and lines[at].region == region and len(text) < NEAR:
        text += lines[at].text
        at += 1
    return text[:NEAR]


def _by_context(line: SignLine, rule: ContextRule, before: str, after: str) -> SignLine:
    # A rule about a line's start or end must not see its neighbours.
    before = "" if "^" in rule.pattern.pattern else before
    after = "" if "$" in rule.pattern.pattern else after
    changes = []
    for match in rule.pattern.finditer(before + line.text + after):
        at = match.start() - len(before)
        if 0 <= at < len(line.signs):
            sign = line.signs[at]
            if sign.chance_of(rule.became) >= rule.rival and sign.chance <= rule.surest:
                changes.append(Change(at, rule.became, rule.name))
    return line.changed(changes)


def _by_vocabulary(line: SignLine, vocabulary: Vocabulary) -> SignLine:
    text = line.text
    if len(text) < 3 or text in vocabulary.words:
        return line
    near = []
    for word in vocabulary.words:
        if len(word) == len(text):
            wrong = [at for at, (one, two) in enumerate(zip(word, text, strict=True)) if one != two]
            if len(wrong) == 1 and _may_be(line.signs[wrong[0]], word[wrong[0]], vocabulary):
                near.append(Change(wrong[0], word[wrong[0]], VOCABULARY_RULE))
    return line.changed(near) if len(near) == 1 else line


def _may_be(sign: Sign, char: str, vocabulary: Vocabulary) -> bool:
    return sign.chance_of(char) >= vocabulary.rival or sign.chance <= vocabulary.unsure
