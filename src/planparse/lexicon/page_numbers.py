"""What a page number looks like: the one definition that grid drops by and the audit checks by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.text_keys import half_width

_DIGITS = re.compile("[0-9０-９]+")

#: The outer parts of a page's height that hold page numbers, running headers and footers.
MARGIN = 0.12

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
    key = half_width(text).lower()
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
    return _within().sub("#", half_width(text)) if "頁" in text else text


def without_numbers(text: str) -> str:
    """Return a text with its numbers blanked: headers and footers count pages in their text."""
    return _DIGITS.sub("#", text)


def numbers_in(text: str) -> list[int]:
    """Return the numbers in Arabic digits that a text prints."""
    return [int(number) for number in _DIGITS.findall(text)]


@cache
def _contents() -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    tables = package_tables("page_numbers.toml")["contents"]
    entry, full_entry = re.compile(tables["entry"]), re.compile(tables["full_entry"])
    return entry, full_entry, frozenset(tables["titles"])


def is_contents_entry(text: str, *, dotted: bool = True) -> bool:
    """Return True if a line is an entry of a table of contents.

    Without ``dotted`` a line that leaves no room for dots before its page number is one too.
    """
    entry, full_entry, _ = _contents()
    return (entry if dotted else full_entry).fullmatch(text) is not None


def is_contents_title(text: str) -> bool:
    """Return True if a line is the title of a table of contents."""
    return text in _contents()[2]


def in_margin(top: float, bottom: float, height: float) -> bool:
    """Return True if a line stands in the upper or lower margin of a page; all in points."""
    return bottom <= MARGIN * height or top >= (1 - MARGIN) * height
