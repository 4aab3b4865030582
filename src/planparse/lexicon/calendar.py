"""Dates of the ROC calendar, 107年3月29日, 一一二年三月二日, 1120302; weekdays behind them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

from planparse.lexicon.numerals import NUMBER, parse_integer
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.text_keys import fold

#: Year 1 of the Republic is 1912.
FIRST_YEAR = 1911

_ERA = r"(?P<era>(?:中華)?民國(?P<before>前)?)?"
_YEAR = re.compile(rf"{_ERA}(?P<year>{NUMBER}|元)(?:學年度?|年度?)")
_BARE_YEAR = re.compile(r"(?P<era>)(?P<before>)(?P<year>[0-9]{2,4})")


@cache
def _dates() -> tuple[re.Pattern[str], ...]:
    blocks = {"{era}": _ERA, "{n}": NUMBER}
    patterns = [form["pattern"] for form in package_tables("calendar.toml")["date"]]
    for name, block in blocks.items():
        patterns = [pattern.replace(name, block) for pattern in patterns]
    return tuple(re.compile(pattern) for pattern in patterns)


def roc_to_gregorian(year: int) -> int:
    """Return the Gregorian year of a year of the Republic."""
    return year + FIRST_YEAR


def read_year(printed: str, *, era: bool = False) -> int | None:
    """Return the year of the Republic that a folded numeral names; None if it is none.

    Four digits are a Gregorian year. Without 民國 in front (``era``) a year below 40 is none:
    3年計畫, 2.0.1 and 10.5.3 are no years, and no plan is that old.
    """
    value = parse_integer("1" if printed == "元" else printed)
    if value is None:
        return None
    if 1950 <= value <= 2199:
        return value - FIRST_YEAR
    return value if (1 if era else 40) <= value <= 288 else None


def find_year(printed: str) -> tuple[int, int, int] | None:
    """Return where a text prints its first year (start, stop), and that year of the Republic.

    112年度, 民國一百零七年, 112學年度, 2023年. None if there is none; years before the Republic
    (民國前) are none.
    """
    folded = fold(printed)
    bare = _BARE_YEAR.fullmatch(folded.text)
    for match in [bare] if bare else _YEAR.finditer(folded.text):
        year = None if match["before"] else read_year(match["year"], era=bool(match["era"]))
        if year is not None:
            return folded.origins[match.start()], folded.origins[match.end() - 1] + 1, year
    return None


def parse_roc_year(text: str) -> int | None:
    """Return the first year in the text, see ``find_year``; None if there is none."""
    found = find_year(text)
    return None if found is None else found[2]


def date_of(year: int, month: int | None, day: int | None) -> datetime.date | None:
    """Return the date of a year of the Republic; None where the calendar has no such day."""
    if month is None or day is None:
        return None
    try:
        return datetime.date(roc_to_gregorian(year), month, day)
    except (ValueError, OverflowError):
        return None


def find_dates(folded: str) -> Iterator[tuple[int, int, datetime.date | None]]:
    """Yield (start, stop, date) of everything in folded text that looks like a full date.

    The date is None where the calendar has no such day (2月30日).
    """
    found = [match for pattern in _dates() for match in pattern.finditer(folded)]
    stop = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        year = None if match["before"] else read_year(match["year"], era=bool(match["era"]))
        if match.start() < stop or year is None:
            continue
        stop = match.end()
        month = parse_integer("1" if match["month"] == "元" else match["month"])
        yield match.start(), stop, date_of(year, month, parse_integer(match["day"]))


def find_roc_date(text: str) -> datetime.date | None:
    """Return the first valid date in the text; None if there is none."""
    return next((date for _, _, date in find_dates(fold(text).text) if date is not None), None)


@cache
def _weekday() -> tuple[re.Pattern[str], re.Pattern[str]]:
    tables = package_tables("calendar.toml")["weekday"]
    return re.compile(tables["pattern"]), re.compile(tables["behind"])


def is_weekday(before: str, text: str) -> bool:
    """Return True if ``text`` begins with the weekday of the date that ``before`` ends with.

    Both are without white space. Narrow cells break a date in front of its weekday: 5/14⏎(五).
    """
    weekday, date_end = _weekday()
    return bool(weekday.match(text) and date_end.search(before))
