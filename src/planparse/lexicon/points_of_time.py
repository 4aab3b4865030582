"""Points of time as periods name them: 112年6月底, 6月30日, 第3季, 下半年, 112.03.31."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from planparse.lexicon.calendar import date_of, read_year, roc_to_gregorian
from planparse.lexicon.numerals import NUMBER, parse_integer

_YEAR = rf"(?:(?:(?:中華)?民國)?{NUMBER}年度?|(?:本|今|當|次|翌|隔|明)(?:\({NUMBER}\))?年度?(?!次))"
_MONTH = rf"(?:{NUMBER}|元)月(?!次)份?"
_DOTTED = (
    r"(?<![0-9.])(?:(?:中華)?民國)?"
    r"(?:[01][0-9]{6}|[0-9]{2,4}[./-][0-9]{1,2}[./-][0-9]{1,2}|[0-9]{3,4}[./][0-9]{1,2})(?![0-9./]*[0-9])"
)
_PART = (
    rf"(?:{_MONTH}(?:{NUMBER}日|底|末|上旬|中旬|下旬)?|第?{NUMBER}季(?!次)(?:底|末)?"
    r"|上半年度?|下半年度?|年底|年終|全年度?)"
)

#: A year and a point of time, for folded text; without groups.
YEAR = _YEAR
#: Atomic: "6月底以後" is not to be read as 6月 and something done.
POINT = (
    rf"(?>{_DOTTED}|{_YEAR}(?:的|之)?(?:{_PART}|底)|{_PART}"
    # 112年第1、2季 is not the whole of 112.
    rf"|{_YEAR}(?!第|[上下]半|{NUMBER}(?:月|季|、|及|至|~|-))"
    r"|[0-9]{1,2}/[0-9]{1,2}(?![0-9/]))"
)

_RELATIVE = {"本": 0, "今": 0, "當": 0, "次": 1, "翌": 1, "隔": 1, "明": 1}
_READ = re.compile(
    rf"(?:(?:中華)?(?P<era>民國))?(?:(?P<year>{NUMBER})年度?"
    rf"|(?P<relative>[本今當次翌隔明])(?:\((?P<bracketed>{NUMBER})\))?年度?)?[的之]?(?P<part>.*)"
)
_DAY = re.compile(
    rf"(?:(?P<month>{NUMBER}|元)月份?)?(?:(?P<day>{NUMBER})日|(?P<word>底|末|上旬|中旬|下旬))?"
)
_NUMERIC = re.compile(
    r"(?P<year>[0-9]{2,4})[./-](?P<month>[0-9]{1,2})(?:[./-](?P<day>[0-9]{1,2}))?"
)
_PACKED = re.compile(r"(?P<year>[0-9]{3})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_SLASHED = re.compile(r"(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})")
_QUARTER = re.compile(rf"第?(?P<quarter>{NUMBER})季(?P<end>底|末)?")
_HALVES = {"上半年": (1, 6), "下半年": (7, 12), "": (1, 12), "全年": (1, 12)}
_DECADES = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31)}


@dataclass(frozen=True, slots=True)
class Span:
    """The days that a point names. ``exact``: it names its last day (6月30日, 6月底, 年底)."""

    start: datetime.date
    end: datetime.date
    exact: bool

    @property
    def is_day(self) -> bool:
        """Return True if it is a single day."""
        return self.start == self.end


@dataclass(frozen=True, slots=True)
class Base:
    """What a point leaves out: the year of the Republic, and the month of 6月1日至15日."""

    year: int | None
    month: int | None = None


def resolve_point(text: str, base: Base) -> Span | None:
    """Return the days that a folded point names; None without a year or off the calendar."""
    digits = text.removeprefix("中華").removeprefix("民國")
    numeric = next((m for p in (_SLASHED, _NUMERIC, _PACKED) if (m := p.fullmatch(digits))), None)
    if numeric is not None:
        groups = numeric.groupdict()
        year = read_year(groups["year"]) if groups.get("year") else base.year
        day = groups["day"] and int(groups["day"])
        return _days(year, int(groups["month"]), day or None)
    match = _READ.fullmatch(text)
    if match is None:
        return None
    year = base.year
    if match["year"]:
        year = read_year(match["year"], era=bool(match["era"]))
    elif match["bracketed"]:
        year = read_year(match["bracketed"])
    elif match["relative"] and year is not None:
        year += _RELATIVE[match["relative"]]
    return None if year is None else _part(match["part"], year, base.month)


def _part(part: str, year: int, month: int | None) -> Span | None:
    """Return the days of what stands behind the year."""
    part = part.removesuffix("度") if part.endswith("年度") else part
    if part in ("底", "年底", "末", "年終"):
        return _days(year, 12, 31)
    if part in _HALVES:
        first, last = _HALVES[part]
        return _months(year, first, last)
    quarter = _QUARTER.fullmatch(part)
    if quarter:
        number = parse_integer(quarter["quarter"]) or 0
        span = _months(year, 3 * number - 2, 3 * number)
        return span and (Span(span.end, span.end, exact=True) if quarter["end"] else span)
    match = _DAY.fullmatch(part)
    if match is None:
        return None
    if match["month"]:
        month = parse_integer("1" if match["month"] == "元" else match["month"])
    return _within_month(match, year, month)


def _within_month(match: re.Match[str], year: int, month: int | None) -> Span | None:
    if match["day"]:
        return _days(year, month, parse_integer(match["day"]) or 0)
    whole = _days(year, month, None)
    if whole is None or not match["word"]:
        return whole
    if match["word"] in ("底", "末"):
        return Span(whole.end, whole.end, exact=True)
    first, last = _DECADES[match["word"]]
    return Span(
        whole.start.replace(day=first),
        whole.start.replace(day=min(last, whole.end.day)),
        exact=True,
    )


def _days(year: int | None, month: int | None, day: int | None) -> Span | None:
    """Return a day, or the whole month where ``day`` is None."""
    if year is None or month is None:
        return None
    if day is None:
        return _months(year, month, month)
    date = date_of(year, month, day)
    return None if date is None else Span(date, date, exact=True)


def _months(year: int, first: int, last: int) -> Span | None:
    if not 1 <= first <= last <= 12:
        return None
    gregorian = roc_to_gregorian(year)
    return Span(
        datetime.date(gregorian, first, 1),
        datetime.date(gregorian, last, calendar.monthrange(gregorian, last)[1]),
        exact=False,
    )
