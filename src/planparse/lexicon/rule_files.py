"""Rule files: those of the package and the user's (``--rules``), read once per content."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from planparse.errors import RulesError
from planparse.lexicon.text_keys import match_key

if TYPE_CHECKING:
    from pathlib import Path

#: So many rules files of the user's are kept compiled: a run has one, a test a handful.
KEPT_FILES = 8


@dataclass(frozen=True, slots=True)
class RulesText:
    """The text of a user's rules file; ``where`` names it in messages. Both empty: no file."""

    text: str = ""
    where: str = ""


def read_rules_text(path: Path | None) -> RulesText:
    """Return a user's rules file as it is now; RulesError where it is no text in UTF-8."""
    if path is None:
        return RulesText()
    try:
        return RulesText(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: cannot be read as text in UTF-8: {error}") from error


@lru_cache(maxsize=KEPT_FILES)
def user_tables(user: RulesText) -> dict[str, Any]:
    """Return the tables of a user's rules file, not to be changed; RulesError if one is wrong."""
    return read_user_rules(user.text, user.where)


@cache
def package_tables(name: str) -> dict[str, Any]:
    """Return the tables of a rule file of the package, not to be changed."""
    text = (files("planparse.lexicon") / "rules" / name).read_text(encoding="utf-8")
    return tomllib.loads(text)


#: Tables whose keys pydantic checks where they are compiled, and whose rules have examples each.
MODEL_TABLES = frozenset(
    {"number_style", "period_rule", "department_rule", "figure_unit", "not_figure", "issuer_names"}
)
_EXAMPLES = ("examples", "rejects")
_LISTS = {
    "departments": ("inner", "outer", "lead_words", "co_words", "known", *_EXAMPLES),
    "periods": ("complete", *_EXAMPLES),
    "districts": ("companies", "endings"),
}
_TABLES = {"column", *_LISTS}
_COLUMN_KEYS = ("role", "words", "pattern", *_EXAMPLES)


def read_user_rules(text: str, where: str) -> dict[str, Any]:
    """Return the tables of a file's text; RulesError, beginning with ``where``, if one is wrong.

    The shape is checked here, patterns and roles where they are used.
    """
    try:
        found = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{where}: cannot be read as TOML: {error}") from error
    _check_keys(found, (*sorted(_TABLES | MODEL_TABLES),), f"{where}:")
    _check_columns(found.get("column", []), where)
    for name, keys in _LISTS.items():
        here = f"{where}: [{name}]"
        table = found.get(name, {})
        if not isinstance(table, dict):
            raise RulesError(f"{here} must be a table of its own; write [{name}] above its keys")
        names = table.get("names", {}) if name == "districts" else {}
        _check_keys(table, (*keys, "names") if name == "districts" else keys, here)
        for key in keys:
            _check_texts(table.get(key, []), f"{here} {key}")
        _check_names(names, here)
    return found


def _check_keys(table: dict[str, Any], known: tuple[str, ...], where: str) -> None:
    unknown = sorted(set(table) - set(known))
    if unknown:
        raise RulesError(f"{where} unknown {', '.join(unknown)}; known: {', '.join(known)}")


def _check_columns(entries: Any, where: str) -> None:
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise RulesError(f"{where}: write [[column]], in two brackets, above each column's rule")
    for number, entry in enumerate(entries, 1):
        here = f"{where}: [[column]] {number}:"
        _check_keys(entry, _COLUMN_KEYS, here)
        for key in ("words", *_EXAMPLES):
            _check_texts(entry.get(key, []), f"{here} {key}")
        if not isinstance(entry.get("pattern", ""), str):
            raise RulesError(f"{here} pattern must be one text; put further ones between | signs")


def _check_names(names: Any, where: str) -> None:
    if not isinstance(names, dict):
        raise RulesError(f"{where} names must be a table; write [districts.names] above it")
    for district, printed in names.items():
        _check_texts(printed, f'{where} names "{district}"')


def _check_texts(found: Any, where: str) -> None:
    texts = isinstance(found, list) and all(isinstance(one, str) and one for one in found)
    if not texts:
        raise RulesError(f'{where} must be a list of texts, none empty, as in ["…", "…"]')


def any_of(mine: Sequence[str], ours: Sequence[str], where: str) -> re.Pattern[str]:
    """Return one pattern of all; RulesError, beginning with ``where``, if one of ``mine`` fails."""
    for pattern in mine:
        # Each by itself: a bracket left open would swallow the patterns behind it.
        try:
            re.compile(pattern)
        except re.error as error:
            raise RulesError(f"{where}: pattern {pattern!r} cannot be used: {error}") from error
    try:
        return re.compile("|".join(f"(?:{pattern})" for pattern in [*mine, *ours]))
    except re.error as error:
        raise RulesError(f"{where}: the patterns do not go together: {error}") from error


def check_examples(matches: Callable[[str], object], table: Mapping[str, Any], where: str) -> None:
    """Raise RulesError where a user's rule does not do what its own examples say."""
    for text in table.get("examples", []):
        if not matches(match_key(text)):
            raise RulesError(
                f"{where} does not match its example 「{text}」; patterns are compared with "
                f"「{match_key(text)}」"
            )
    for text in table.get("rejects", []):
        if matches(match_key(text)):
            raise RulesError(f"{where} matches 「{text}」, which it should reject")
