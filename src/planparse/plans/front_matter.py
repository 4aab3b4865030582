"""Read what stands before the first section: title, district, year, date of issue."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.lexicon.calendar import find_dates, find_year, parse_roc_year
from planparse.lexicon.folding import fold
from planparse.lexicon.match_key import match_key
from planparse.lexicon.stage_rules import DistrictRules
from planparse.model.table import TextLine, join_lines

# Glyphs of a title at most, over all its lines.
_LONGEST_TITLE = 90
# So many characters stand beside the date on its line: 中華民國112年2月24日業務組核定修正
_BESIDE_DATE = 14
# Lines of a title at most.
_TITLE_LINES = 3
# Lines whose font sizes (points) differ by more are no one title.
_SAME_SIZE = 0.5


@dataclass(slots=True)
class FrontMatter:
    """What was found before the first section; ``others`` are lines that are none of it."""

    title: list[TextLine] = field(default_factory=list)
    issued: list[TextLine] = field(default_factory=list)
    others: list[TextLine] = field(default_factory=list)


def _is_date_line(text: str) -> bool:
    """Return True if a line prints a date and hardly anything else."""
    folded = fold(text).text
    for start, stop, _ in find_dates(folded):
        rest = folded[:start] + folded[stop:]
        return len(rest) <= _BESIDE_DATE and "計畫" not in rest
    return False


def _title_lines(lines: Sequence[TextLine]) -> list[TextLine]:
    """Return the title: neighbouring lines of one size whose text ends in a plan's name."""
    for start in range(len(lines)):
        for end in range(start + 1, min(start + _TITLE_LINES, len(lines)) + 1):
            part = lines[start:end]
            sizes = [line.font_size for line in part]
            text = "".join(line.glyphs for line in part)
            if max(sizes) - min(sizes) > _SAME_SIZE or len(text) > _LONGEST_TITLE:
                break
            # A cover page ends before the title that the plan itself begins with.
            if part[0].page != part[-1].page:
                break
            if "計畫" in match_key(text)[-8:] and parse_roc_year(text) is not None:
                return list(part)
    for line in lines:
        if "計畫" in match_key(line.glyphs) and len(line.glyphs) <= _LONGEST_TITLE:
            return [line]
    return []


def read_front_matter(lines: Sequence[TextLine]) -> FrontMatter:
    """Return the lines before the first section, parted."""
    found = FrontMatter(_title_lines(lines))
    for line in lines:
        if line in found.title:
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
    """Return the office that a title names, without the company's name; None if it names none."""
    year = find_year(title)
    sides = [title] if year is None else [title[: year[0]], title[year[1] :]]
    sides = [_without_company(rules, side) for side in sides]
    for side in sides:
        for ending in rules.endings:
            at = side.find(ending)
            if at > 0:
                return side[: at + len(ending)].strip()
    office = re.match(r"[一-鿿]{2,12}?(?:處|公司|局|廠|所|辦公室)", sides[0])
    return office.group() if office else None


def canonical_district(rules: DistrictRules, office: str) -> str | None:
    """Return the canonical district of an office; None if the table of rules does not know it."""
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
    """What a title names; None where it does not, ``district`` also where no rule knows it."""

    title: str | None
    office: str | None
    district: str | None
    roc_year: int | None


def read_plan_name(rules: DistrictRules, found: FrontMatter) -> PlanName:
    """Return whose plan it is, and of which year."""
    if not found.title:
        return PlanName(None, None, None, None)
    title = join_lines(found.title)
    office = office_in(rules, title)
    district = None if office is None else canonical_district(rules, office)
    return PlanName(title, office, district, parse_roc_year(title))
