"""The cells that a person read on a document's pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planparse.model.table import without_widths

Place = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class ExpectedText:
    """A cell's text: the whole of it, or of a long one the beginning and the end."""

    begins: str
    ends: str = ""
    whole: bool = True

    def matches(self, text: str) -> bool:
        """Return True if a text reads so; white space and widths are not compared."""
        found = comparable(text)
        if self.whole:
            return found == self.begins
        return found.startswith(self.begins) and found.endswith(self.ends)

    def __str__(self) -> str:
        return self.begins if self.whole else f"{self.begins} … {self.ends}"


@dataclass(frozen=True, slots=True)
class ExpectedTable:
    """The pages, the size and the cells of a table; ``cells`` by row, column and their spans."""

    pages: tuple[int, ...]
    rows: int
    columns: int
    cells: Mapping[Place, ExpectedText]


@dataclass(frozen=True, slots=True)
class ExpectedDocument:
    """The tables of a document, and its pages without a table that was looked at."""

    tables: tuple[ExpectedTable, ...]
    pictures: frozenset[int]


def comparable(text: str) -> str:
    """Return a text without white space, with wide brackets and points.

    A page shows neither how lines join nor which of a proportional font's brackets are wide.
    """
    return without_widths("".join(text.split()))


def _text(value: str | Mapping[str, str]) -> ExpectedText:
    if isinstance(value, str):
        return ExpectedText(comparable(value))
    return ExpectedText(comparable(value["begins"]), comparable(value["ends"]), whole=False)


def _table(data: Mapping[str, Any]) -> ExpectedTable:
    cells = {
        (row, column, down, over): _text(text) for row, column, down, over, text in data["cells"]
    }
    return ExpectedTable(tuple(data["pages"]), data["rows"], data["columns"], cells)


def read_expected(path: Path) -> ExpectedDocument:
    """Read a file of expected cells: ``{"tables": [{"pages", "rows", "columns", "cells"}]}``.

    A cell is ``[row, column, row span, column span, text]``, the text ``{"begins", "ends"}`` for a
    long one. ``"pictures"`` lists pages of maps and charts: a table found there is no error of the
    others, and is counted by itself.
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    tables = tuple(_table(table) for table in data["tables"])
    return ExpectedDocument(tables, frozenset(data.get("pictures", ())))
