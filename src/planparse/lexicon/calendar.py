"""Dates of the ROC calendar, 107年3月29日, 一一二年三月二日, 1120302; weekdays behind them."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from planparse.lexicon.numerals import NUMBER, parse_integer
from planparse.lexicon.text_keys import fold

#: Year 1 of the Republic is 1912.
FIRST_YEAR = 1911

_ERA = r"(?P<era>(?:中華)?民國(?P<before>前)?)?"
_YEAR = re.compile(rf"{_ERA}(?P<year>{NUMBER}|元)(?:學年度?|年度?)")
_BARE_YEAR = re.compile(r"(?P<era>)(?P<before>)(?P<year>[0-9]{2,4})")
_DATES = (
    # 112年2月24訂定: 日 may be left out where it is plain that a day was meant.
    re.compile(
        rf"{_ERA}(?P<year>{NUMBER}|元)年(?P<month>{NUMBER}|元)月(?P<day>{NUMBER})"
        r"(?:日|(?=[訂修核頒發函]|$))"
    ),
    re.compile(
        rf"(?<![0-9.]){_ERA}(?P<year>[0-9]{{2,4}})(?P<sep>[./。-])(?P<month>[0-9]{{1,2}})(?P=sep)"
        r"(?P<day>[0-9]{1,2})(?![0-9]|\.[0-9])"
    ),
    # 1120302, as forms and file names print it; document numbers end in 號 and have more digits.
    re.compile(
        rf"(?<![0-9A-Za-z第字-]){_ERA}(?P<year>[01][0-9]{{2}})(?P<month>[0-9]{{2}})"
        r"(?P<day>[0-9]{2})(?![0-9A-Za-z號-])"
    ),
)


def roc_to_gregorian(year: int) -> int:
    """Turn a year of the Republic into a Gregorian one."""
    return year + FIRST_YEAR


def read_year(printed: str, *, era: bool = False) -> int | None:
    """Read the numeral of a year, folded; give the year of the Republic.

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
    """Make a date from a year of the Republic; None where the calendar has no such day."""
    if month is None or day is None:
        return None
    try:
        return datetime.date(roc_to_gregorian(year), month, day)
    except (ValueError, OverflowError):
        return None


def find_dates(folded: str) -> Iterator[tuple[int, int, datetime.date | None]]:
    """Give (start, stop, date) of everything in folded text that looks like a full date.

    The date is None where the calendar has no such day (2月30日).
    """
    found = [match for pattern in _DATES for match in pattern.finditer(folded)]
    stop = 0
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        year = None if match["before"] else read_year(match["year"], era=bool(match["era"]))
        if match.start() < stop or year is None:
            continue
        stop = match.end()
        month = parse_integer("1" if match["month"] == "元" else match["month"])
        yield match.start(), stop, date_of(year, month, parse_integer(match["day"]))


def find_roc_date(text: str) -> datetime.date | None:
    """Find the first valid date in the text; None if there is none."""
    return next((date for _, _, date in find_dates(fold(text).text) if date is not None), None)


_WEEKDAY = re.compile(r"[(（﹙](?:星期|禮拜|[週周])?[一二三四五六日天][)）﹚]|[㈠-㈥㈰]")
_DIGIT = "[0-9０-９]"
# Month and day, or a day alone: 5/14, 112.05.14, 5-14, 14日, 十四日. Chapters 1.2.3 look alike.
_DATE_END = re.compile(
    rf"(?:{_DIGIT}{{1,2}}[/.／．月-]{_DIGIT}{{1,2}}|(?:{_DIGIT}|[一二三四五六七八九十]){{1,3}}[日號])$"
)


def is_weekday(before: str, text: str) -> bool:
    """Return True if ``text`` begins with the weekday of the date that ``before`` ends with.

    Both are without white space. Narrow cells break a date in front of its weekday: 5/14⏎(五).
    """
    return bool(_WEEKDAY.match(text) and _DATE_END.search(before))
