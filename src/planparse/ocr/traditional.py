"""Simplified and Japanese forms that no Traditional text has, and what they stand for.

A form is repaired only where it is no character of Big5, the character set that Taiwanese writing
is typed in; 台 里 后 只 干 are in it and are never touched. Where OpenCC knows several Traditional
forms (发: 發 or 髮), the engine's own second choice among them decides, and none if it has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from planparse.ocr.glyph_candidates import Candidate, CandidateLine, Change

RULE = "simplified-form"

WITNESS = 0.02
"""The least chance of an alternative that is believed more than the dictionary."""


@dataclass(frozen=True, slots=True)
class FormRules:
    """Characters of Big5 that are rarely meant; see rules/repairs.toml."""

    rare: frozenset[str]
    least_chance: float


def is_big5(char: str) -> bool:
    """Return True if the character is in Big5."""
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


def _convert(name: str, text: str) -> str:
    """Return a text as one of OpenCC's converters writes it."""
    return str(_converter(name).convert(text))


@cache
def _converter(name: str) -> Any:
    import opencc

    return opencc.OpenCC(name)


@cache
def _families() -> dict[str, set[str]]:
    """Return Big5's characters by their Simplified and Japanese forms."""
    families: dict[str, set[str]] = {}
    for char in filter(is_big5, map(chr, range(0x4E00, 0xA000))):
        for name in ("t2s", "t2jp"):
            families.setdefault(_convert(name, char), set()).add(char)
    return families


@cache
def traditional_forms(char: str) -> frozenset[str]:
    """Return the Traditional forms of a character that is not Traditional; empty if it is."""
    if not _is_han(char) or is_big5(char):
        return frozenset()
    forms = set(_families().get(char, ()))
    for name in ("s2t", "jp2t", "hk2t", "t2tw"):
        form = _convert("t2tw", _convert(name, char))
        if form != char and len(form) == 1 and is_big5(form):
            forms.add(form)
    return frozenset(forms)


def _rare_form(char: str) -> str:
    """Return the Traditional character that shares its Simplified form with a rare one."""
    return _convert("t2tw", _convert("s2t", char))


def _choose(glyph: Candidate, rules: FormRules) -> str | None:
    forms = traditional_forms(glyph.text)
    if not forms:
        if (
            glyph.text in rules.rare
            and glyph.chance_of(_rare_form(glyph.text)) >= rules.least_chance
        ):
            return _rare_form(glyph.text)
        return None
    ranked = sorted(forms, key=lambda form: (-glyph.chance_of(form), form))
    best = glyph.chance_of(ranked[0])
    # 謄 read as 腾, which stands for 騰: the engine's own next guess is the better witness.
    for alternative, chance in glyph.alternatives[1:]:
        likely = _is_han(alternative) and is_big5(alternative) and alternative not in rules.rare
        if likely and chance >= WITNESS and chance > best:
            return alternative
    if len(ranked) == 1 or best > 3 * glyph.chance_of(ranked[1]):
        return ranked[0]
    return None


def repair_forms(line: CandidateLine, rules: FormRules) -> CandidateLine:
    """Write the Traditional form for each Simplified one."""
    changes = []
    for at, glyph in enumerate(line.glyphs):
        form = _choose(glyph, rules)
        if form is not None:
            changes.append(Change(at, form, RULE))
    return line.changed(changes)
