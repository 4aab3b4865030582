"""Read what the rule files print as their own examples: the content of world 2.

The files are read as they are: a truth may not come from the readers that it judges.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from .numerals import CAPITALS, digits_of, han_digits, han_tens, wide

_RULES = Path(__file__).parents[2] / "src" / "planparse" / "lexicon" / "rules"
# The examples of periods.toml are read for this year of the Republic.
_YEAR = 112
_PAGE_NUMERAL = re.compile(
    r"[0-9]+|[０-９]+|[一二三四五六七八九十]+|"
    rf"[{CAPITALS}]+|[ivx]+|[IVX]+|[Ⅰ-Ⅻ]|[ⅰ-ⅻ]"
)


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((_RULES / f"{name}.toml").read_text(encoding="utf-8"))


def number_examples() -> list[tuple[int, str, str]]:
    """Return (rank, style, example) of every style of numbers, each listed mark by itself.

    Every style that does not count is called a mark. Numbers of levels, 1.2.3, are left out: they
    need the numbers of the labels above.
    """
    found = []
    for style in _table("numbering")["style"]:
        if style["values"] == "levels":
            continue
        examples = [*style["examples"], *style.get("marks", "")]
        name = "mark" if style["values"] == "none" else style["name"]
        found += [(style["rank"], name, text) for text in examples]
    return found


def headings(role: str) -> list[str]:
    """Return the headings that stand for a role."""
    found = [one["examples"] for one in _table("headings")["column"] if one["role"] == role]
    return [text for examples in found for text in examples]


def periods(year: int) -> list[str]:
    """Return every period phrase, as a plan of that year prints it."""
    rules = _table("periods")["rule"]
    return [in_year(text, year) for rule in rules for text in rule["matches"]]


def in_year(text: str, year: int) -> str:
    """Move the years of a phrase that is meant for 112 to a plan of ``year``."""

    def moved(found: re.Match[str]) -> str:
        return f"{int(found.group()) - _YEAR + year:02}"

    text = re.sub(r"(?<![0-9])11[0-9](?=[0-9]{4}(?![0-9]))", f"{year:03}", text)
    text = re.sub(r"(?<![0-9])11[0-9](?![0-9])", moved, text)
    text = text.replace(wide(_YEAR), wide(year)).replace(han_digits(_YEAR), han_digits(year))
    return text.replace(han_tens(_YEAR), han_tens(year))


def departments() -> list[str]:
    """Return every department's name."""
    names = [text for rule in _table("departments")["rule"] for text in rule["matches"]]
    names += _table("departments")["examples"]
    return list(dict.fromkeys(names))


def offices() -> list[str]:
    """Return every district, also with 臺 for 台."""
    names = [text for printed in _table("districts")["names"].values() for text in printed]
    return list(dict.fromkeys([*names, *(name.replace("台", "臺") for name in names)]))


def companies() -> list[str]:
    """Return the names of the company that stand before an office."""
    return list(_table("districts")["companies"])


def office_forms() -> list[str]:
    """Return what stands behind a district, as templates."""
    return ["{}" + ending for ending in _table("districts")["endings"]]


def page_numbers() -> list[str]:
    """Return every form of page numbers as a template with the page and the count."""
    found = []
    for form in _table("page_numbers")["form"]:
        # 附件一-3頁 and an address: only the numerals at the end count pages.
        named = {"of a part": r"(?<=[-–—])", "address": r"(?<=[ /])(?=[0-9]+(?:/[0-9]+)?$)"}
        before = named.get(form["name"], "")
        for text in form["examples"]:
            made = _page_template(text, before, count_first=form["name"] == "count first")
            found += [made]
    return list(dict.fromkeys(found))


def _page_template(text: str, before: str, *, count_first: bool) -> str:
    names = ["n", "p"] if count_first else ["p", "n"]

    def placed(numeral: re.Match[str]) -> str:
        kind = digits_of(numeral.group())
        return "{" + names.pop(0) + (f":{kind}" if kind else "") + "}"

    head = ""
    if re.search("page|P a g e", text, re.IGNORECASE) and (numeral := re.search("[0-9iv]+", text)):
        head, text = text[: numeral.start()], text[numeral.start() :]
    return head + re.sub(before + f"(?:{_PAGE_NUMERAL.pattern})", placed, text)
