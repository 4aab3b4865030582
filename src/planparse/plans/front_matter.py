"""Read what stands before the first section: title, district, year, date of issue."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from planparse.lexicon.calendar import find_dates, parse_roc_year
from planparse.lexicon.districts import (
    DistrictRules,
    canonical_district,
    names_a_plan,
    office_in,
)
from planparse.lexicon.text_keys import fold
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
        return len(rest) <= _BESIDE_DATE and not names_a_plan(rest)
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
            if names_a_plan(text[-8:]) and parse_roc_year(text) is not None:
                return list(part)
    for line in lines:
        if names_a_plan(line.glyphs) and len(line.glyphs) <= _LONGEST_TITLE:
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
