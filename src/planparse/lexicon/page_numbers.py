"""What a page number looks like: the one definition that grid drops by and the audit checks by."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

_WIDTH = str.maketrans(
    {chr(0xFF01 + at): chr(0x21 + at) for at in range(94)} | {"\u3000": None, " ": None}
)
#: The form of a numeral without any sign: it may be the last glyphs of a text as well.
BARE = "bare"


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number as a line prints it: the form's name, and the page if it is in digits."""

    form: str
    page: int | None


def page_number_tables() -> dict[str, Any]:
    """Return the tables of rules/page_numbers.toml."""
    path = files("planparse.lexicon") / "rules" / "page_numbers.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@cache
def _forms() -> tuple[tuple[str, re.Pattern[str]], ...]:
    tables = page_number_tables()
    parts = {"{n}": tables["numeral"], "{of}": tables["of"], "{dash}": tables["dash"]}
    forms = []
    for form in tables["form"]:
        pattern = form["pattern"]
        for name, part in parts.items():
            pattern = pattern.replace(name, part)
        forms.append((form["name"], re.compile(pattern)))
    return tuple(forms)


@lru_cache(maxsize=4096)
def read_page_number(text: str) -> PageNumber | None:
    """Return the page number that a line prints and nothing else; None if it is another text.

    The text may be in full width and have white space.
    """
    key = text.translate(_WIDTH).lower()
    for name, pattern in _forms():
        if pattern.fullmatch(key):
            digits = re.findall(r"[0-9]+", key)
            # 共4頁第1頁 names the count first.
            at = -1 if name in ("count first", "of a part") else 0
            return PageNumber(name, int(digits[at]) if digits else None)
    return None


@cache
def _within() -> re.Pattern[str]:
    named = {form["name"] for form in page_number_tables()["form"] if form.get("within")}
    return re.compile("|".join(form.pattern for name, form in _forms() if name in named))


def without_page_number(text: str) -> str:
    """Return a line with the page number that it prints blanked, for comparing two pages.

    Repeated title rows print it in a cell of its own, or behind the title: 第2頁，共3頁.
    """
    if read_page_number(text) is not None:
        return "#"
    return _within().sub("#", text.translate(_WIDTH)) if "頁" in text else text
