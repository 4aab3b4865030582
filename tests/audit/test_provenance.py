"""Every box of every field holds on the page what the field says: read by pdfplumber itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from planparse.model.plan import FieldPlace, Plan
from planparse.pipeline import parse_plan
from tests.audit.conftest import DIGITAL

BEHIND_NUMBER = "、.．﹒,，:：;；)）"
AROUND_DEPARTMENT = "()（）〔〕[]、，,；;。/／"


@dataclass(frozen=True)
class Char:
    text: str
    x: float
    y: float


def bare(text: str | None) -> str:
    return "".join((text or "").split())


class Pages:
    """The characters that pdfplumber finds, by their centres."""

    def __init__(self, path: Path) -> None:
        with pdfplumber.open(path) as source:
            self._pages = [
                [
                    Char(
                        char["text"],
                        (char["x0"] + char["x1"]) / 2,
                        (char["top"] + char["bottom"]) / 2,
                    )
                    for char in page.chars
                    if not char["text"].isspace()
                ]
                for page in source.pages
            ]

    def count(self) -> list[int]:
        return [len(chars) for chars in self._pages]

    def read(self, place: FieldPlace) -> str:
        """Read a box, line by line."""
        inside = [
            char
            for char in self._pages[place.page - 1]
            if place.left <= char.x <= place.right and place.top <= char.y <= place.bottom
        ]
        inside.sort(key=lambda char: char.y)
        lines: list[list[Char]] = []
        for char in inside:
            if lines and char.y - lines[-1][0].y < 3:
                lines[-1].append(char)
            else:
                lines.append([char])
        return "".join(c.text for line in lines for c in sorted(line, key=lambda c: c.x))


def is_numbered(number: str, text: str, got: str) -> bool:
    between = got[len(number) : len(got) - len(text)]
    return got == number + between + text and not between.strip(BEHIND_NUMBER)


def holds(record: Any, name: str, index: int, got: str) -> bool:
    """Return True if boxes that read ``got`` hold exactly a field of a record."""
    value = getattr(record, name)
    if isinstance(value, tuple):
        value = value[index]
    if name == "points":
        return is_numbered(bare(value.no), bare(value.text), got)
    if name == "departments":
        return got.strip(AROUND_DEPARTMENT) == bare(value.printed).strip(AROUND_DEPARTMENT)
    if name == "extras":
        return got == bare(value.text)
    if name == "no" or name.endswith("_no"):
        return is_numbered(bare(value), "", got)
    if name == "heading":
        return got.rstrip("：:") == bare(value)
    return got == bare(value)


def fields(plan: Plan) -> Iterator[tuple[Any, str, int, list[FieldPlace]]]:
    records: list[Any] = [plan, *plan.sections, *plan.measures]
    for record in records:
        by_entry: dict[tuple[str, int], list[FieldPlace]] = {}
        for place in record.where:
            by_entry.setdefault((place.field, place.index), []).append(place)
        for (name, index), places in by_entry.items():
            yield record, name, index, places


@dataclass(frozen=True)
class Read:
    plan: Plan
    pages: Pages
    glyphs: int


@pytest.fixture(scope="module", params=DIGITAL, ids=lambda path: path.stem)
def read(request) -> Read:
    result = parse_plan(request.param)
    assert result.plan is not None
    assert result.ledger is not None
    return Read(result.plan, Pages(request.param), result.ledger.glyphs)


def test_every_box_holds_its_fields_text_and_nothing_else(read):
    wrong = []
    count = 0
    for record, name, index, places in fields(read.plan):
        count += 1
        got = "".join(read.pages.read(place) for place in places)
        if not holds(record, name, index, got):
            wrong.append((getattr(record, "seq", None), name, index, got))
    assert count > 200
    assert not wrong


def test_every_field_with_text_has_boxes(read):
    for measure in read.plan.measures:
        boxed = {(place.field, place.index) for place in measure.where}
        for name in ("aspect", "strategy", "task", "measure_no", "text", "period"):
            assert ((name, 0) in boxed) == bool(getattr(measure, name)), (measure.seq, name)
        for name in ("points", "departments", "extras"):
            found = {index for field, index in boxed if field == name}
            assert found == set(range(len(getattr(measure, name)))), (measure.seq, name)


def test_the_ledger_counts_what_pdfplumber_counts(read):
    """An independent count: pdfplumber's own characters that are no white space."""
    assert sum(read.pages.count()) == read.glyphs


def test_a_box_that_is_off_by_a_line_is_noticed(read):
    """The check itself can fail."""
    noticed = 0
    for record, name, index, places in list(fields(read.plan))[::25]:
        off = [
            place.model_copy(update={"top": place.top + 14, "bottom": place.bottom + 14})
            for place in places
        ]
        noticed += not holds(record, name, index, "".join(read.pages.read(one) for one in off))
    assert noticed > 8
