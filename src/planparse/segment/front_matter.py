"""Read what stands before the first section: title, district, year, date of issue."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.datamodel.layout import TextLine, join_lines
from planparse.segment.load_rules import DistrictRules
from planparse.segment.match_key import match_key

_DIGITS = {char: at for at, char in enumerate("○一二三四五六七八九")} | {"〇": 0, "零": 0}
# Whole numbers only: the 023 of 2023年 is no year of the Republic.
_NUMBER = r"(?<![0-9０-９])[0-9０-９]{2,4}|[一二三四五六七八九十百零○〇]{2,6}"
_YEAR = re.compile(rf"(?:中華民國|民國)?(?P<year>{_NUMBER})\s*(?:年度|學年度|年)")
_DATE = re.compile(
    rf"(?:中華民國|民國)?(?P<year>{_NUMBER})[年./](?P<month>[0-9０-９]{{1,2}}|[一二三四五六七八九十]{{1,3}})"
    r"[月./](?P<day>[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})日?"
)
_ROC_OFFSET = 1911
_LONGEST_TITLE = 90


@dataclass(slots=True)
class FrontMatter:
    """What was found before the first section; ``others`` are lines that are none of it."""

    title: list[TextLine] = field(default_factory=list)
    issued: list[TextLine] = field(default_factory=list)
    others: list[TextLine] = field(default_factory=list)


def number_value(text: str) -> int:
    """Give the value of a number in digits of either width or in Chinese (一一二, 一百零七)."""
    if text[0] in "0123456789０１２３４５６７８９":
        return int(text)
    if "十" not in text and "百" not in text:
        return int("".join(str(_DIGITS[char]) for char in text))
    total = held = 0
    for char in text:
        if char in "十百":
            total += (held or 1) * (10 if char == "十" else 100)
            held = 0
        else:
            held = _DIGITS[char]
    return total + held


def roc_year_in(text: str) -> int | None:
    """Give the year that a title names, of the Republic of China; None if it names none."""
    for match in _YEAR.finditer(text):
        value = number_value(match["year"])
        if _ROC_OFFSET < value < _ROC_OFFSET + 300:
            value -= _ROC_OFFSET
        if 0 < value < 300:
            return value
    return None


def date_in(text: str) -> datetime.date | None:
    """Give the date that a text names, counted from the Republic; None if it is none."""
    match = _DATE.search(text)
    if match is None:
        return None
    year = number_value(match["year"])
    try:
        return datetime.date(
            year if year > _ROC_OFFSET else year + _ROC_OFFSET,
            number_value(match["month"]),
            number_value(match["day"]),
        )
    except ValueError:
        return None


def _is_date_line(text: str) -> bool:
    match = _DATE.search(text)
    if match is None:
        return False
    rest = text[: match.start()] + text[match.end() :]
    return len(rest) <= 14 and "計畫" not in rest


def _title_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """Find the title: neighbouring lines of one size whose text ends in a plan's name."""
    for start in range(len(lines)):
        for end in range(start + 1, min(start + 4, len(lines) + 1)):
            part = lines[start:end]
            sizes = [line.font_size for line in part]
            text = "".join(line.glyphs for line in part)
            if max(sizes) - min(sizes) > 0.5 or len(text) > _LONGEST_TITLE:
                break
            # A cover page ends before the title that the plan itself begins with.
            if part[0].page != part[-1].page:
                break
            if "計畫" in match_key(text)[-8:] and roc_year_in(text) is not None:
                return list(part)
    for line in lines:
        if "計畫" in match_key(line.glyphs) and len(line.glyphs) <= _LONGEST_TITLE:
            return [line]
    return []


def read_front_matter(lines: Sequence[TextLine]) -> FrontMatter:
    """Part the lines before the first section."""
    found = FrontMatter(_title_lines(lines))
    used = {id(line) for line in found.title}
    for line in lines:
        if id(line) in used:
            continue
        if not found.issued and _is_date_line(line.glyphs):
            found.issued.append(line)
        else:
            found.others.append(line)
    return found


def _without_company(rules: DistrictRules, text: str) -> str:
    for company in rules.companies:
        for spelled in (company, company.replace("台", "臺"), company.replace("臺", "台")):
            text = text.removeprefix(spelled)
    return text


def office_in(rules: DistrictRules, title: str) -> str | None:
    """Give the office as the title prints it, without the company's name; None if none is named."""
    match = _YEAR.search(title)
    sides = [title] if match is None else [title[: match.start()], title[match.end() :]]
    sides = [_without_company(rules, side) for side in sides]
    for side in sides:
        for ending in rules.endings:
            at = side.find(ending)
            if at > 0:
                return side[: at + len(ending)].strip()
    office = re.match(r"[一-鿿]{2,12}?(?:處|公司|局|廠|所|辦公室)", sides[0])
    return office.group() if office else None


def canonical_district(rules: DistrictRules, office: str) -> str | None:
    """Give the canonical district of an office; None if the table of rules does not know it."""
    key = match_key(office)
    for company in rules.companies:
        key = key.removeprefix(match_key(company))
    if key in rules.names:
        # A user's rules may list an office by its whole name: 東部區營業處.
        return rules.names[key]
    for ending in sorted(rules.endings, key=len, reverse=True):
        if key.endswith(ending):
            key = key.removesuffix(ending)
            break
    return rules.names.get(key)


@dataclass(frozen=True, slots=True)
class PlanName:
    """What a title says; None where it does not say, ``district`` also where no rule knows it."""

    title: str | None
    office: str | None
    district: str | None
    roc_year: int | None


def read_plan_name(rules: DistrictRules, found: FrontMatter) -> PlanName:
    """Read whose plan it is, and of which year."""
    if not found.title:
        return PlanName(None, None, None, None)
    title = join_lines(found.title)
    office = office_in(rules, title)
    district = None if office is None else canonical_district(rules, office)
    return PlanName(title, office, district, roc_year_in(title))
