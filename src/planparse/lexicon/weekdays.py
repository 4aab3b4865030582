"""Weekdays behind dates: 5/14(五) prints the weekday as lists print a number."""

from __future__ import annotations

import re

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
