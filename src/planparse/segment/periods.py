"""Read period cells: periods broken over lines are joined by what a whole period looks like."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from planparse.datamodel.layout import TextLine, join_lines
from planparse.segment.match_key import match_key, traditional_key

_SEPARATORS = "、，,；;。"
_LONGEST = 60
# A line that starts so starts a period, whatever the line before says.
_BEGINS = frozenset("每隨持經不定長全上下第即適逐按年季民中本當視依配俟於0123456789")


def _made_of_periods(rules: re.Pattern[str], key: str) -> bool:
    """Tell whether a key is one whole period after another."""
    rest = key.strip(_SEPARATORS)
    if not rest or rules.fullmatch(rest):
        return bool(rest)
    return any(
        rules.fullmatch(rest[:at]) and _made_of_periods(rules, rest[at:])
        for at in range(2, len(rest) - 1)
    )


@lru_cache(maxsize=4096)
def is_period(rules: re.Pattern[str], text: str) -> bool:
    """Tell whether a text is a whole period, or several of them."""
    if len(text) > _LONGEST:
        return False
    key = match_key(text)
    if _made_of_periods(rules, key):
        return True
    folded = traditional_key(text)
    return folded != key and _made_of_periods(rules, folded)


def _goes_on(rules: re.Pattern[str], before: str, text: str) -> bool:
    """Tell whether a line goes on with the period of the line before."""
    whole = is_period(rules, text)
    begins = text[0] in _BEGINS
    if is_period(rules, before):
        return not whole and not begins
    return not (whole and begins)


def read_periods(
    rules: re.Pattern[str], lines: Sequence[TextLine], together: float
) -> list[tuple[TextLine, ...]]:
    """Join lines that print one period; ``together`` is the largest line distance in points."""
    entries: list[list[TextLine]] = []
    for line in lines:
        if entries:
            last = entries[-1][-1]
            near = line.page != last.page or line.middle - last.middle <= together
            if near and _goes_on(rules, join_lines(entries[-1]), line.text):
                entries[-1].append(line)
                continue
        entries.append([line])
    return [tuple(entry) for entry in entries]
