"""What a page number looks like: the one definition that grid drops by and the audit checks by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from planparse.lexicon.rule_files import package_tables

_WIDTH = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)} | {"\u3000": None, " ": None}
)

#: The outer parts of a page's height that hold page numbers, running headers and footers.
MARGIN = 0.12
_DIGITS = re.compile("[0-9０-９]+")

# 共4頁第1頁 names the count first, 附1-3頁 the part.
_LAST_DIGITS = frozenset({"count first", "of a part", "address"})


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number as a line prints it.

    ``page`` is None where it is not in digits. ``named``: the line names the page (第3頁, P.3), so
    that it is no other text; 3 and 5/14 may be the last glyphs of a cell.
    """

    form: str
    page: int | None
    named: bool


@dataclass(frozen=True, slots=True)
class _Form:
    name: str
    pattern: re.Pattern[str]
    named: bool
    within: bool


@cache
def _forms() -> tuple[_Form, ...]:
    tables = package_tables("page_numbers.toml")
    parts = {"{n}": tables["numeral"], "{of}": tables["of"], "{dash}": tables["dash"]}
    forms = []
    for form in tables["form"]:
        pattern = form["pattern"]
        for name, part in parts.items():
            pattern = pattern.replace(name, part)
        named, within = form.get("named", False), form.get("within", False)
        forms.append(_Form(form["name"], re.compile(pattern), named, within))
    return tuple(forms)


@lru_cache(maxsize=4096)
def read_page_number(text: str) -> PageNumber | None:
    """Return the page number that a line prints and nothing else; None if it is another text.

    The text may be in full width and have white space.
    """
    key = text.translate(_WIDTH).lower()
    for form in _forms():
        if form.pattern.fullmatch(key):
            digits = re.findall(r"[0-9]+", key)
            at = -1 if form.name in _LAST_DIGITS else 0
            return PageNumber(form.name, int(digits[at]) if digits else None, form.named)
    return None


@cache
def _within() -> re.Pattern[str]:
    return re.compile("|".join(form.pattern.pattern for form in _forms() if form.within))


def without_page_number(text: str) -> str:
    """Return a line with the page number that it prints blanked, for comparing two pages.

    Repeated title rows print it in a cell of its own, or behind the title: 第2頁，共3頁.
    """
    number = read_page_number(text)
    if number is not None and number.named:
        return "#"
    return _within().sub("#", text.translate(_WIDTH)) if "頁" in text else text


def without_numbers(text: str) -> str:
    """Return a text with its numbers blanked: headers and footers count pages in their text."""
    return _DIGITS.sub("#", text)


def in_margin(top: float, bottom: float, height: float) -> bool:
    """Return True if a line stands in the upper or lower margin of a page; all in points."""
    return bottom <= MARGIN * height or top >= (1 - MARGIN) * height
