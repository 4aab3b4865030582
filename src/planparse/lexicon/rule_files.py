"""The one reader of rule files: what comes with planparse, and a file of the user's.

A file of the user's is read once for each document and known by its text. So an edited file is
read anew, by every stage alike, and one that did not change is compiled once.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from planparse.errors import RulesError
from planparse.lexicon.user_rules import read_user_rules

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
    """Read a user's rules file as it is now; RulesError where it is no text in UTF-8."""
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
def package_tables(package: str, name: str) -> dict[str, Any]:
    """Return the tables of a rule file that comes with a package, not to be changed."""
    return tomllib.loads((files(package) / "rules" / name).read_text(encoding="utf-8"))
