"""Labels that name themselves, and the lines and rows about them: see rules/labels.toml."""

from __future__ import annotations

import re
from dataclasses import dataclass

from planparse.lexicon.numbering import chinese_value
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.text_keys import half_width
from planparse.model.plan import ColumnRole

_TABLES = package_tables("labels.toml")
_ASIDE = re.compile(_TABLES["aside"]["pattern"])
_TOTAL = re.compile(_TABLES["total"]["pattern"])


def _with_words(table: str) -> list[tuple[ColumnRole, re.Pattern[str]]]:
    """Return a pattern of the rules for the words of each role."""
    pattern = _TABLES[table]["pattern"]
    return [
        (ColumnRole(words["role"]), re.compile(pattern.replace("{word}", words["pattern"])))
        for words in _TABLES["words"]
    ]


_NAMED = _with_words("named")
_AT_END = _with_words("at_end")


@dataclass(frozen=True, slots=True)
class NamedLabel:
    """A label that begins with the name of its role: 面向一：基礎服務.

    ``printed`` is the name with its number, ``value`` what that counts, ``width`` how many
    glyphs both take with what follows them.
    """

    role: ColumnRole
    printed: str
    value: int
    width: int


def find_named_label(text: str) -> NamedLabel | None:
    """Return the name and number that a label's text begins with; None if it begins otherwise."""
    for role, pattern in _NAMED:
        match = pattern.match(text)
        if match is not None:
            digits = half_width(match["value"])
            value = int(digits) if digits.isdecimal() else chinese_value(digits)
            return NamedLabel(role, match["number"], value, match.end())
    return None


def role_at_end(text: str) -> ColumnRole | None:
    """Return the role that a label's text ends with the name of: 基礎服務面向; None without."""
    return next((role for role, pattern in _AT_END if pattern.search(text)), None)


def is_aside(text: str) -> bool:
    """Return True if a line beside a table is a caption, a unit or a remark: no label."""
    return _ASIDE.match(text) is not None


def is_total(text: str) -> bool:
    """Return True if the first cell of a row shows that it adds up others: 合計."""
    return _TOTAL.fullmatch(text) is not None
