"""Simplified and Japanese forms that no Traditional text has, and what they stand for.

A form is repaired only where it is no character of Big5, the character set that Taiwanese writing
is typed in; 台 里 后 只 干 are in it and are never touched. Where OpenCC knows several Traditional
forms (发: 發 or 髮), the engine's own second choice among them decides, and none if it has none.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from planparse.ocr.glyph_candidates import Change, Sign, SignLine

RULE = "simplified-form"

WITNESS = 0.02
"""The least chance of a rival that is believed more than the dictionary."""


@dataclass(frozen=True, slots=True)
class FormRules:
    """Characters of Big5 that are rarely meant; see rules/repairs.toml."""

    rare: frozenset[str]
    rival: float


def is_big5(char: str) -> bool:
    """Tell whether the character is in Big5."""
    try:
        char.encode("big5")
    except UnicodeEncodeError:
        return False
    return True


def _is_han(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"


@cache
def _converters() -> tuple[dict[str, set[str]], tuple[object, ...]]:
    """Give Big5's characters by their Simplified and Japanese forms, and OpenCC's converters."""
    import opencc

    to_simple = [opencc.OpenCC(name) for name in ("t2s", "t2jp")]
    families: dict[str, set[str]] = {}
    for code in range(0x4E00, 0xA000):
        char = chr(code)
        if is_big5(char):
            for converter in to_simple:
                families.setdefault(converter.convert(char), set()).add(char)
    names = ("s2t", "jp2t", "hk2t", "t2tw")
    return families, tuple(opencc.OpenCC(name) for name in names)


@cache
def traditional_forms(char: str) -> frozenset[str]:
    """Give the Traditional forms of a character that is not Traditional; empty if it is."""
    if not _is_han(char) or is_big5(char):
        return frozenset()
    families, converters = _converters()
    forms = set(families.get(char, ()))
    to_taiwan = converters[-1]
    for converter in converters:
        form = to_taiwan.convert(converter.convert(char))  # type: ignore[attr-defined]
        if form != char and len(form) == 1 and is_big5(form):
            forms.add(form)
    return frozenset(forms)


@cache
def _rare_form(char: str) -> str:
    """Give the Traditional character that shares its Simplified form with a rare one."""
    import opencc

    taiwan = opencc.OpenCC("t2tw")
    return str(taiwan.convert(opencc.OpenCC("s2t").convert(char)))


def _choose(sign: Sign, rules: FormRules) -> str | None:
    forms = traditional_forms(sign.text)
    if not forms:
        if sign.text in rules.rare and sign.chance_of(_rare_form(sign.text)) >= rules.rival:
            return _rare_form(sign.text)
        return None
    ranked = sorted(forms, key=lambda form: (-sign.chance_of(form), form))
    best = sign.chance_of(ranked[0])
    # 謄 read as 腾, which stands for 騰: the engine's own next guess is the better witness.
    for rival, chance in sign.rivals[1:]:
        likely = _is_han(rival) and is_big5(rival) and rival not in rules.rare
        if likely and chance >= WITNESS and chance > best:
            return rival
    if len(ranked) == 1 or best > 3 * sign.chance_of(ranked[1]):
        return ranked[0]
    return None


def repair_forms(line: SignLine, rules: FormRules) -> SignLine:
    """Write the Traditional form for each Simplified one."""
    changes = []
    for at, sign in enumerate(line.signs):
        form = _choose(sign, rules)
        if form is not None:
            changes.append(Change(at, form, RULE))
    return line.changed(changes)
