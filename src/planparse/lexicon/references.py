"""Numbers by which the columns beside name measures: (1)–(3)業務組, 其餘：總務組."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from planparse.lexicon.numbering import (
    CAPITAL,
    CHINESE,
    Label,
    Numbering,
    bare_number,
    chinese_value,
    find_label,
)
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.sentences import COMMAS

_TABLES = package_tables("numbering.toml")
_RULES = _TABLES["reference"]
_NUMERAL = f"(?:{_TABLES['bare']['pattern']})"
_TO = re.compile(_RULES["to"])
_AND = re.compile(_RULES["and"])
_BARE = re.compile(
    _RULES["bare"]
    .replace("{n}", _NUMERAL)
    .replace("{to}", f"(?:{_RULES['to']})")
    .replace("{and}", f"(?:{_RULES['and']})")
)
_PART = re.compile(f"(?P<to>{_RULES['to']})|(?P<n>{_NUMERAL})")
_WORDS = re.compile(f"(?:(?P<rest>{_RULES['rest']})|(?P<all>{_RULES['all']}))[:：]")
_BEHIND = re.compile("[:：]?")
# A range names no more measures than a list has.
_MOST = 99

#: The values of all levels of a number.
Path = tuple[int, ...]


class Named(StrEnum):
    """What a reference names."""

    NUMBERS = "numbers"
    REST = "rest"
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Reference:
    """The measures that a text in a column beside begins by naming.

    ``key`` is the key of the numbers, None for numerals without a sign; ``width`` how many glyphs
    the reference takes.
    """

    named: Named
    width: int
    key: str | None = None
    paths: tuple[Path, ...] = ()


def _bare_value(numeral: str) -> int:
    """Return the value of a numeral without a sign: 12, １２, 十二, 貳."""
    try:
        return int(numeral)
    except ValueError:
        return chinese_value(numeral, CHINESE | CAPITAL)


def find_reference(numbering: Numbering, text: str) -> Reference | None:
    """Return the reference at the start of a text without white space; None without one."""
    words = _WORDS.match(text)
    if words is not None:
        return Reference(Named.REST if words["rest"] else Named.ALL, words.end())
    bare = _BARE.match(text)
    if bare is not None:
        return _numbers(text, bare.end(), None, _bare_parts(bare[0]))
    first = find_label(numbering, text)
    if first is None or first.value is None:
        return None
    at, parts = first.width, [(first.path, False)]
    while (found := _next(numbering, text, at, first)) is not None:
        label, ranged, at = found
        parts.append((label.path, ranged))
    if text[at - 1] in COMMAS and bare_number(text[at:]):
        # 3、6、9、12月 is a period.
        return None
    return _numbers(text, at, first.key, parts)


def _numbers(
    text: str, at: int, key: str | None, parts: Iterable[tuple[Path, bool]]
) -> Reference | None:
    """Return the reference of numbers that end at ``at``; None where a range counts down."""
    paths = _listed(parts)
    behind = _BEHIND.match(text, at)
    end = behind.end() if behind else at
    return Reference(Named.NUMBERS, end, key, paths) if paths else None


def _next(numbering: Numbering, text: str, at: int, first: Label) -> tuple[Label, bool, int] | None:
    """Return the next number of a list, whether a range ends with it, and where it ends."""
    to = _TO.match(text, at)
    sign = to or _AND.match(text, at)
    start = sign.end() if sign else at
    label = find_label(numbering, text[start:])
    if label is None or label.key != first.key:
        return None
    return label, to is not None, start + label.width


def _bare_parts(text: str) -> Iterator[tuple[Path, bool]]:
    ranged = False
    for part in _PART.finditer(text):
        if part["n"]:
            yield (_bare_value(part["n"]),), ranged
        ranged = bool(part["to"])


def _listed(parts: Iterable[tuple[Path, bool]]) -> tuple[Path, ...]:
    """Return all paths of a list with ranges; empty where a range does not count upwards."""
    found: list[Path] = []
    for path, ranged in parts:
        if not ranged:
            found.append(path)
            continue
        last = found[-1]
        if path[:-1] != last[:-1] or not last[-1] < path[-1] <= _MOST:
            return ()
        found += [(*path[:-1], value) for value in range(last[-1] + 1, path[-1] + 1)]
    return tuple(found)
