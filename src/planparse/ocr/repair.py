"""Repairs by rules: from neighbours, a vocabulary and the size of the ink. Each is recorded."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from planparse.ocr.digit_widths import settle_digits
from planparse.ocr.glyph_candidates import Candidate, CandidateLine, Change
from planparse.ocr.traditional import FormRules, repair_forms
from planparse.ocr.widths import settle_signs

STOP_RULE = "small-circle"
VOCABULARY_RULE = "vocabulary"

NEAR = 8
"""Characters of the lines before and after that a rule sees."""

COMMA_RULE, DOTS = "comma", "·‧•・"

COMMA, HIGH_DOT, COMMA_CHANCE = 0.225, 0.18, 0.02
"""Ems: a middle dot's ink is 0.10 to 0.20 high, a comma's 0.24 to 0.32, less in bad copies, where
the engine must have thought of a comma."""

SMALL = 0.55
"""Ems: 。 is no higher; a zero or an O is."""


WIDTH = 0.3
"""Part of the ink of the letter before that the missing one takes."""

LETTER_CHANCE = 0.5
"""Chance of a letter that was not read: its word alone shows it."""


@dataclass(frozen=True, slots=True)
class ContextRule:
    """A character that its neighbours decide; see rules/repairs.toml."""

    name: str
    pattern: re.Pattern[str]
    became: str
    least_chance: float
    surest: float


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words that a whole line may be; see rules/repairs.toml."""

    words: tuple[str, ...]
    least_chance: float
    unsure: float


@dataclass(frozen=True, slots=True)
class MissingRule:
    """``letter`` is missing after what ``pattern`` matches; see rules/repairs.toml."""

    name: str
    pattern: re.Pattern[str]
    letter: str


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


def repair_lines(lines: Sequence[CandidateLine]) -> list[CandidateLine]:
    """Repair the lines of a page."""
    rules = load_repair_rules()
    found = [_repair_shapes(repair_forms(line, rules.forms)) for line in lines]
    # A bracket is one before its pair's width is settled.
    found = _by_contexts(found, [rule for rule in rules.contexts if rule.became in "()"])
    found = _by_contexts(settle_digits(settle_signs(found)), rules.contexts)
    found = [
        _repair_missing(line, rules.missing, _head(found, at + 1, line.region))
        for at, line in enumerate(found)
    ]
    return [_by_vocabulary(line, rules.vocabulary) for line in found]


def _repair_shapes(line: CandidateLine) -> CandidateLine:
    """Write 。 for a zero or an o that is too small, ， for a dot that is too high, to be one."""
    changes = [
        Change(at, "，", COMMA_RULE)
        for at, glyph in enumerate(line.glyphs)
        if glyph.text in DOTS and _is_comma(glyph, line)
    ]
    changes += [
        Change(at, "。", STOP_RULE)
        for at, glyph in enumerate(line.glyphs)
        if glyph.text in "0oO〇○°" and _is_small(glyph, line) and not _in_word(line, at)
    ]
    return line.changed(changes)


def _is_comma(glyph: Candidate, line: CandidateLine) -> bool:
    """Return True if a dot's ink is as high as a comma's, and the engine thought of one."""
    height = glyph.height / line.em
    chance = glyph.chance_of("，")
    return height >= COMMA or (height >= HIGH_DOT and chance >= COMMA_CHANCE)


def _is_small(glyph: Candidate, line: CandidateLine) -> bool:
    return glyph.height <= SMALL * line.em and glyph.width <= SMALL * line.em


def _in_word(line: CandidateLine, at: int) -> bool:
    """Return True if a letter or digit stands beside: then o is a letter and ° a degree."""
    return any(
        glyph is not None and glyph.text.isascii() and glyph.text.isalnum()
        for glyph in line.beside(at)
    )


def _by_contexts(
    lines: Sequence[CandidateLine], rules: Sequence[ContextRule]
) -> list[CandidateLine]:
    """Apply the rules to each line, seen with the ends of its neighbours in the same region."""
    found = list(lines)
    for at, line in enumerate(found):
        before, after = _tail(found, at - 1, line.region), _head(found, at + 1, line.region)
        for rule in rules:
            found[at] = _by_context(found[at], rule, before, after)
    return found


def _tail(lines: Sequence[CandidateLine], at: int, region: int) -> str:
    """Return the last characters before a line of the same cell: in a narrow one, of several."""
    text = ""
    while at >= 0 and lines[at].region == region and len(text) < NEAR:
        text = lines[at].text + text
        at -= 1
    return text[-NEAR:]


def _head(lines: Sequence[CandidateLine], at: int, region: int) -> str:
    text = ""
    while at < len(lines) and lines[at].region == region and len(text) < NEAR:
        text += lines[at].text
        at += 1
    return text[:NEAR]


def _by_context(line: CandidateLine, rule: ContextRule, before: str, after: str) -> CandidateLine:
    # A rule about a line's start or end must not see its neighbours.
    before = "" if "^" in rule.pattern.pattern else before
    after = "" if "$" in rule.pattern.pattern else after
    changes = []
    for match in rule.pattern.finditer(before + line.text + after):
        at = match.start() - len(before)
        if 0 <= at < len(line.glyphs):
            glyph = line.glyphs[at]
            if glyph.chance_of(rule.became) >= rule.least_chance and glyph.chance <= rule.surest:
                changes.append(Change(at, rule.became, rule.name))
    return line.changed(changes)


def _by_vocabulary(line: CandidateLine, vocabulary: Vocabulary) -> CandidateLine:
    text = line.text
    if len(text) < 3 or text in vocabulary.words:
        return line
    near = []
    for word in vocabulary.words:
        if len(word) == len(text):
            wrong = [at for at, (one, two) in enumerate(zip(word, text, strict=True)) if one != two]
            if len(wrong) == 1 and _may_be(line.glyphs[wrong[0]], word[wrong[0]], vocabulary):
                near.append(Change(wrong[0], word[wrong[0]], VOCABULARY_RULE))
    return line.changed(near) if len(near) == 1 else line


def _may_be(glyph: Candidate, char: str, vocabulary: Vocabulary) -> bool:
    return glyph.chance_of(char) >= vocabulary.least_chance or glyph.chance <= vocabulary.unsure


def _repair_missing(line: CandidateLine, rules: Sequence[MissingRule], after: str) -> CandidateLine:
    """Put the missing letters in; ``after`` is the beginning of the next line of the cell."""
    for rule in rules:
        size = len(line.text)
        places = [match.end() - 1 for match in rule.pattern.finditer(line.text + after)]
        for at in sorted(places, reverse=True):
            if at < size:
                line = _put_in_letters(line, at, rule)
    return line


def _put_in_letters(line: CandidateLine, at: int, rule: MissingRule) -> CandidateLine:
    old = line.glyphs[at]
    cut = old.right - WIDTH * old.width
    chance = min(old.chance, LETTER_CHANCE)
    new = replace(
        old,
        text=rule.letter,
        read=rule.letter,
        chance=chance,
        alternatives=((rule.letter, chance),),
        left=cut,
    )
    repair = (old, old.text + rule.letter, rule.name)
    return line.spliced(at, 1, [replace(old, right=cut), new], repair)
