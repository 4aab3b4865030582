"""The table of a known plan, as cells with spans, ready for any producer."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

KNOWN = Path(__file__).parents[1] / "known_plans"
_LABELS = ("aspect", "strategy", "task")
_HEADINGS = {
    "aspect": "面向",
    "strategy": "執行策略",
    "task": "工作項目",
    "practice": "具體作法",
    "department": "承辦部門",
    "period": "執行期間",
}
# Parts of the width of the text area.
_WIDTHS = {
    "aspect": 1.0,
    "strategy": 1.4,
    "task": 1.6,
    "practice": 5.0,
    "department": 1.3,
    "period": 1.3,
}


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell prints, a paragraph each, and over how many rows it is merged."""

    paragraphs: tuple[str, ...]
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Style:
    """How a producer sets the table.

    ``size``: of the font, in points. ``grouped``: the measures of a label share a cell, and no
    column stands beside them. ``heading``: printed on every page.
    """

    landscape: bool = False
    size: float = 11.0
    grouped: bool = False
    heading: bool = True

    @property
    def page(self) -> tuple[float, float]:
        """Width and height of the paper in points."""
        return (842.0, 595.0) if self.landscape else (595.0, 842.0)

    @property
    def name(self) -> str:
        """Return a name for files."""
        return "-".join(
            (
                "landscape" if self.landscape else "portrait",
                f"{self.size:g}",
                "grouped" if self.grouped else "single",
                "heading" if self.heading else "plain",
            )
        )


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The title, the columns and the rows; a place that a cell above covers is None."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell | None, ...], ...]
    truth: dict[str, Any]

    @property
    def headings(self) -> list[str]:
        """Return the texts of the heading row."""
        return [_HEADINGS[name] for name in self.columns]

    def widths(self, total: float) -> list[float]:
        """Return the widths of the columns, which sum up to ``total`` points."""
        parts = [_WIDTHS[name] for name in self.columns]
        return [total * part / sum(parts) for part in parts]


def known_names() -> list[str]:
    """Return the names of the known plans."""
    return sorted(path.stem for path in KNOWN.glob("*.json"))


def plan_table(name: str, *, grouped: bool) -> PlanTable:
    """Return the table of a known plan: one row per measure, or per lowest label."""
    record = json.loads((KNOWN / f"{name}.json").read_text(encoding="utf-8"))
    measures = [row for row in record["measures"] if row["text"]]
    for seq, row in enumerate(measures, 1):
        row["seq"] = seq
        if grouped:
            row["departments"], row["period"] = [], None
    columns = _columns(measures)
    groups = [[row] for row in measures]
    if grouped:
        groups = [list(rows) for _, rows in groupby(measures, _group_key)]
    texts = [_row(columns, group) for group in groups]
    keys = [_label_keys(group[0]) for group in groups]
    rows = tuple(tuple(_merged(columns, texts, keys, at)) for at in range(len(texts)))
    headings = {name: _HEADINGS[name] for name in columns}
    truth = {**record, "columns": headings, "measures": measures, "beside_the_plan": True}
    return PlanTable(record["title"], columns, rows, truth)


def _columns(measures: Sequence[dict[str, Any]]) -> tuple[str, ...]:
    used = {"practice"} | {name for name in _LABELS if any(row[name] for row in measures)}
    if any(row["departments"] for row in measures):
        used |= {"department", "period"}
    return tuple(name for name in _HEADINGS if name in used)


def _label_keys(row: dict[str, Any]) -> tuple[tuple[Any, Any], ...]:
    return tuple((row[f"{name}_no"], row[name]) for name in _LABELS)


def _group_key(row: dict[str, Any]) -> tuple[Any, ...]:
    """Return what the measures of a row share; one without a number has a row of its own."""
    return (*_label_keys(row), None if row["measure_no"] else row["seq"])


def _practice(row: dict[str, Any]) -> Iterator[str]:
    yield f"{row['measure_no'] or ''}{row['text']}"
    for point in row["points"]:
        yield f"{point['no']}{point['text']}"


def _row(columns: Sequence[str], group: Sequence[dict[str, Any]]) -> list[tuple[str, ...]]:
    first = group[0]
    texts: dict[str, tuple[str, ...]] = {
        "practice": tuple(text for row in group for text in _practice(row)),
        "department": tuple(first["departments"]),
        "period": (first["period"],) if first["period"] else (),
    }
    for name in _LABELS:
        number, label = first[f"{name}_no"] or "", first[name] or ""
        mark = "、" if number[-1:].isalnum() else ""
        texts[name] = (f"{number}{mark}{label}",) if label else ()
    return [texts[name] for name in columns]


def _merged(
    columns: Sequence[str],
    texts: Sequence[Sequence[tuple[str, ...]]],
    keys: Sequence[tuple[Any, ...]],
    at: int,
) -> Iterator[Cell | None]:
    """Yield the cells of a row: a label is merged over the rows that it holds for."""
    for place, name in enumerate(columns):
        paragraphs = texts[at][place]
        if name not in _LABELS:
            yield Cell(paragraphs)
            continue
        depth = _LABELS.index(name) + 1
        key = keys[at][:depth]
        if at and keys[at - 1][:depth] == key:
            yield None
            continue
        end = at
        while end < len(keys) and keys[end][:depth] == key:
            end += 1
        yield Cell(paragraphs, end - at)
