"""The generator of unseen plans: deterministic, and its truth is really printed on the pages."""

from __future__ import annotations

import copy
import io
from collections import Counter
from typing import Any

import pdfplumber
import pymupdf
import pytest

from planparse.model.plan import Plan
from tests.edits import edits
from tests.unseen import Style, draw_plan, to_scan
from tests.unseen.compare import compare
from tests.unseen.plan import style_of
from tests.unseen.worlds import options_of

WRITERS = ("raw", "pymupdf", "reportlab")
PLAN_KEYS = {"plan_id": "0", "sha256": "0", "extractor": "x", "planparse_version": "0"}


def as_plan(truth: dict[str, Any]) -> Plan:
    """Make the Plan that a perfect parser would give."""
    rows = []
    for row in truth["measures"]:
        made = {name: value for name, value in row.items() if name not in ("co", "departments")}
        leads = len(row["departments"]) - row["co"]
        made["departments"] = [
            {"name": name, "printed": name, "role": "lead" if at < leads else "co"}
            for at, name in enumerate(row["departments"])
        ]
        rows.append(made | {"boxes": []})
    columns = [{"role": role, "printed": text} for role, text in truth["columns"].items()]
    columns += [{"role": "extra", "printed": text} for text in truth["extra_columns"]]
    made = {name: truth[name] for name in ("title", "roc_year", "issued", "sections")}
    made |= {"district_printed": truth["district"], "columns": columns, "measures": rows}
    return Plan.model_validate({**PLAN_KEYS, "source_file": "x.pdf", "page_count": 1, **made})


def printed(truth: dict[str, Any]) -> Counter[str]:
    texts = [truth["title"], truth["issued"], *truth["columns"].values(), *truth["extra_columns"]]
    for section in truth["sections"]:
        texts += [section["heading"], *section["paragraphs"]]
    for row in truth["measures"]:
        texts += [row["measure_no"], row["text"]]
        texts += [part for point in row["points"] for part in point.values()]
    return Counter("".join("".join(text or "" for text in texts).split()))


@pytest.mark.parametrize("writer", WRITERS)
def test_the_same_seed_gives_the_same_bytes(writer: str) -> None:
    style = Style(writer=writer, size="medium", paint_order="shuffled", extras="編號+備註")
    one, other = draw_plan(7, style), draw_plan(7, style)
    assert one.pdf == other.pdf
    assert one.truth == other.truth
    assert draw_plan(8, style).pdf != one.pdf


@pytest.mark.parametrize(
    ("seed", "world"), [(seed, 1) for seed in range(12)] + [(seed, 2) for seed in range(40)]
)
def test_two_readers_find_the_truth_on_the_pages(seed: int, world: int) -> None:
    plan = draw_plan(seed, world=world)
    wanted = printed(plan.truth)
    with pymupdf.open(stream=plan.pdf) as document:
        seen = Counter("".join("".join(page.get_text().split()) for page in document))
        assert len(document) >= max(row["page_last"] for row in plan.truth["measures"])
    assert not wanted - seen
    with pdfplumber.open(io.BytesIO(plan.pdf)) as document:
        seen = Counter(char["text"] for page in document.pages for char in page.chars)
    assert not wanted - seen


@pytest.mark.parametrize(("world", "seeds"), [(1, 400), (2, 6000)])
def test_every_choice_is_drawn(world: int, seeds: int) -> None:
    drawn = [style_of(seed, world) for seed in range(seeds)]
    for name, (options, _) in options_of(world).items():
        missing = set(options[1:]) - {getattr(style, name) for style in drawn}
        assert not missing, name


def test_the_truth_compared_with_itself_is_exact() -> None:
    for seed in range(6):
        truth = draw_plan(seed).truth
        assert compare(truth, as_plan(truth)) == []


def _broken(name: str, row: dict[str, Any]) -> None:
    if name == "points":
        row[name] = [*row[name], {"no": "甲.", "text": "多"}]
    elif name == "departments":
        row[name] = [*row[name], "業務組"]
    elif name == "co":
        row[name] = len(row["departments"]) - row[name]
    elif name == "extras":
        row[name] = [*row[name], {"column": "備註", "text": "多"}]
    elif name.startswith("page"):
        row[name] += 1
    else:
        row[name] = (row[name] or "") + "錯"


ROW_KEYS = (
    *("aspect_no", "aspect", "strategy_no", "strategy", "task_no", "task", "measure_no", "text"),
    *("points", "departments", "co", "period", "extras", "page_first", "page_last"),
)


@pytest.mark.parametrize("name", ROW_KEYS)
def test_one_wrong_field_is_one_difference(name: str) -> None:
    truth = draw_plan(1).truth
    wrong = copy.deepcopy(truth)
    _broken(name, next(row for row in wrong["measures"] if row["departments"]))
    found = compare(truth, as_plan(wrong))
    assert found
    assert len({one.row for one in found}) == 1


def test_missing_and_extra_rows_are_both_found() -> None:
    truth = draw_plan(8).truth
    wrong = copy.deepcopy(truth)
    del wrong["measures"][2]
    assert [one.field for one in compare(truth, as_plan(wrong))] == ["row_missing"]
    assert [one.field for one in compare(wrong, as_plan(truth))] == ["row_extra"]


def test_a_wrong_title_district_date_or_section_is_found() -> None:
    truth = draw_plan(1).truth
    for name, value in {"title": "錯", "district": "錯", "roc_year": 1, "issued": "錯"}.items():
        assert [one.field for one in compare(truth, as_plan(truth | {name: value}))] == [name]
    none = [one.field for one in compare(truth, as_plan(truth | {"sections": []}))]
    assert {name.partition("[")[0] for name in none} == {"sections"}
    assert len(none) == len(truth["sections"])
    other = copy.deepcopy(truth["sections"])
    other[0]["heading"] += "錯"
    found = compare(truth, as_plan(truth | {"sections": other}))
    assert [one.field for one in found] == ["sections[0].heading"]


def test_white_space_does_not_count() -> None:
    truth = draw_plan(1).truth
    spaced = copy.deepcopy(truth)
    spaced["measures"][0]["text"] = " ".join(spaced["measures"][0]["text"])
    assert compare(truth, as_plan(spaced)) == []


@pytest.mark.parametrize(
    ("one", "other", "far"), [("", "", 0), ("甲乙", "甲丙乙", 1), ("組", "组", 1)]
)
def test_edits(one: str, other: str, far: int) -> None:
    assert edits(one, other) == far


def test_a_scan_has_the_pages_but_no_text() -> None:
    plan = draw_plan(4)
    scan = to_scan(plan.pdf, 72, 4)
    assert scan == to_scan(plan.pdf, 72, 4)
    assert scan != to_scan(plan.pdf, 72, 5)
    with pymupdf.open(stream=scan) as document, pymupdf.open(stream=plan.pdf) as digital:
        assert [page.rect for page in document] == [page.rect for page in digital]
        assert "".join(page.get_text() for page in document) == ""
