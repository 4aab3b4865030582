"""Marks under a heading that names what they choose: ● below 業務組, ✓ below 第三季."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from planparse.lexicon.numbering import bare_number
from planparse.lexicon.numerals import parse_integer
from planparse.lexicon.periods import PeriodGrammar, read_period
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.text_keys import half_width
from planparse.model.plan import DepartmentRole, ScheduleKind

_TABLES = package_tables("marks.toml")
_STRENGTHS: tuple[str, ...] = tuple(half_width(marks) for marks in _TABLES["strengths"])
_MARKS = "".join(_STRENGTHS)
_NAMES = package_tables("departments.toml")
# Words of departments.toml that stand for a mark, or explain one, with their roles.
_EXPLAINED = dict.fromkeys(_NAMES["lead_words"], DepartmentRole.LEAD)
_EXPLAINED |= dict.fromkeys(_NAMES["co_words"], DepartmentRole.CO)
_WORDS = _EXPLAINED | dict.fromkeys(_TABLES["lead_signs"], DepartmentRole.LEAD)
_WORDS |= dict.fromkeys(_TABLES["co_signs"], DepartmentRole.CO)
_QUARTER = re.compile(_TABLES["quarter"]["pattern"])
# Bare numbers that count further than this are months: 1 to 4 may be quarters.
_QUARTERS, _MONTHS = 4, 12
# 第三季 is a quarter in every year.
_ANY_YEAR = 100


def is_mark(text: str) -> bool:
    """Return True if a cell holds a mark, once or repeated (■■), or a word in place of one."""
    key = half_width(text)
    repeated = bool(key) and not key.strip(key[0])
    return (repeated and key[0] in _MARKS) or key in _WORDS


@cache
def _legend_patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of ●主辦 and of 主辦：●."""
    mark, word = f"(?P<mark>[{re.escape(_MARKS)}])", f"(?P<word>{'|'.join(_EXPLAINED)})"
    filler = _TABLES["legend_filler"]
    return (
        re.compile(mark + filler + word),
        re.compile(word + _TABLES["legend_noun"] + filler + mark),
    )


def read_legend(text: str) -> dict[str, DepartmentRole]:
    """Return the marks that a text explains on one line: ●主辦、○協辦, or 主辦：● 協辦：○.

    One word behind a mark is no legend: ●配合宣導 begins an item.
    """
    return next(filter(None, (_legend_of(line) for line in text.split("\n"))), {})


def _legend_of(text: str) -> dict[str, DepartmentRole]:
    key = half_width(text)
    found = [list(pattern.finditer(key)) for pattern in _legend_patterns()]
    # 主辦：● 協辦：○ has one ● before 協辦, but two words before marks.
    matches = max(found, key=len)
    explained = {match["mark"]: _EXPLAINED[match["word"]] for match in matches}
    return explained if set(explained.values()) == set(DepartmentRole) else {}


def mark_roles(
    texts: Iterable[str], legend: Mapping[str, DepartmentRole]
) -> dict[str, DepartmentRole | None]:
    """Return what the texts of mark cells mean: lead or co; None where that is not certain.

    A legend decides, then the words 主 and 協, then the strength of the marks. One sort of mark
    means that the department takes part: it leads.
    """
    marks = {text: half_width(text) for text in texts}
    found = {text: _WORDS.get(key) or legend.get(key[0]) for text, key in marks.items()}
    open_ones = {key[0] for text, key in marks.items() if found[text] is None}
    ranks = sorted((_strength(mark), mark) for mark in open_ones)
    tied = len(ranks) > 1 and ranks[0][0] == ranks[1][0]
    if len(open_ones) < len({key[0] for key in marks.values()}) or tied:
        return found
    strongest = ranks[0][1] if ranks else ""
    lead, co = DepartmentRole.LEAD, DepartmentRole.CO
    return {
        text: found[text] or (lead if key[0] == strongest else co) for text, key in marks.items()
    }


def _strength(mark: str) -> int:
    return next(at for at, marks in enumerate(_STRENGTHS) if mark in marks)


def times_of_headings(headings: Sequence[str], grammar: PeriodGrammar) -> list[str | None]:
    """Return the period that each heading of neighbouring columns names; None where none does.

    第三季, Q3 and 7-9月 name one each; bare numbers name months where they count past 4.
    """
    numbers = [_number(text) for text in headings]
    counted = [number for number in numbers if number is not None]
    months = (
        bool(counted)
        and counted == list(range(counted[0], counted[0] + len(counted)))
        and _QUARTERS < counted[-1] <= _MONTHS
    )
    found: list[str | None] = []
    for text, number in zip(headings, numbers, strict=True):
        if number is not None:
            found.append(f"{number}月" if months else None)
            continue
        quarter = _QUARTER.fullmatch(half_width(text))
        if quarter is not None:
            year = f"{quarter['year']}年" if quarter["year"] else ""
            found.append(f"{year}第{quarter['a'] or quarter['b']}季")
            continue
        reading = read_period(text, _ANY_YEAR, grammar.rules)
        spans = {(one.kind, one.start, one.end) for one in reading.schedules}
        named = len(spans) == 1 and reading.schedules[0].kind is ScheduleKind.INTERVAL
        found.append(text if named and not reading.unknown else None)
    return found


def _number(text: str) -> int | None:
    """Return the number that a heading is: 3, 十二; None where it is anything else."""
    key = half_width(text)
    return parse_integer(key) if key and bare_number(key) == key else None
