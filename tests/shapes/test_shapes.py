"""The maker of shapes: the same seed gives the same plan, and the page shows what the truth has."""

import re
import shutil
from random import Random

import pymupdf
import pytest

from tests.shapes.draw import draw, producer_of, shapes
from tests.shapes.maker import Maker
from tests.shapes.model import Cell, Grid, Line, merged_alike, runs
from tests.shapes.write_office import lacking

PACKAGED = ("platypus", "story", "typst")


def _pages(pdf):
    with pymupdf.open("pdf", pdf) as document:
        return ["".join(page.get_text().split()) for page in document]


@pytest.mark.parametrize("producer", PACKAGED)
def test_the_same_seed_gives_the_same_plan(producer):
    one, other = (draw("label-continued", 3, producer) for _ in range(2))
    assert one.truth == other.truth
    assert _pages(one.pdf) == _pages(other.pdf)
    assert draw("label-continued", 4, producer).truth != one.truth


def test_seeds_draw_every_producer():
    found = {producer_of("plain", seed) for seed in range(40)}
    assert found == {*PACKAGED, "writer", "calc"}


@pytest.mark.parametrize("name", sorted(shapes()))
def test_every_measure_is_drawn_once(name):
    maker = Maker.of(Random(f"{name} 1"))
    drawing = shapes()[name](maker)
    grids = [one for one in drawing.blocks if isinstance(one, Grid)]
    lines = [line.text for grid in grids for _, _, cell in grid.placed() for line in cell.lines]
    for measure in maker.measures:
        shown = measure.printed or measure.text
        texts = (measure.no + shown, shown)
        assert sum(line in texts for line in lines) == 1, measure
    for grid in grids:
        covered = sum(cell.across * cell.down for _, _, cell in grid.placed())
        assert covered == len(grid.widths) * len(grid.rows)


@pytest.mark.parametrize("producer", PACKAGED)
@pytest.mark.parametrize("name", ["aspect-tables", "three-line", "department-matrix", "two-up"])
def test_pages_show_the_truth(name, producer):
    plan = draw(name, 2, producer)
    shown = "".join(_pages(plan.pdf))
    for measure in plan.truth["measures"]:
        # Lines of a cell that a page cuts stand apart; half of a text is enough to find it.
        text = "".join(measure["text"].split())
        assert text[:8] in shown
        assert measure["aspect"][0] in shown
        assert all(name[0] in shown for name in measure["departments"])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="soffice is not installed")
@pytest.mark.slow
@pytest.mark.parametrize("producer", ["calc", "writer"])
def test_libreoffice_shows_the_truth(producer):
    if lacking(producer):
        pytest.skip(lacking(producer))
    plan = draw("plain", 1, producer)
    shown = "".join(_pages(plan.pdf))
    assert all(one["text"][:8] in shown for one in plan.truth["measures"])


def test_struck_and_white_words_are_no_part_of_the_truth():
    for name in ("strike", "white-text"):
        maker = Maker.of(Random(f"{name} 1"))
        shapes()[name](maker)
        marked = [one for one in maker.measures if one.printed]
        assert marked
        for one in marked:
            plain = "".join(text for look, text in runs(one.printed) if not look)
            assert plain == one.text


def test_numbers_of_decimal_plans_follow_their_labels():
    plan = draw("decimal-numbers", 1, "typst")
    for one in plan.truth["measures"]:
        parts = re.split(r"[.-]", one["measure_no"])
        assert re.split(r"[.-]", one["strategy_no"]) == parts[:2]
        assert one["aspect_no"] == f"{parts[0]}."


def test_equal_neighbours_are_merged():
    assert merged_alike(["a", "a", "b", "a", None, None]) == [2, 0, 1, 1, 1, 1]


def test_a_merged_cell_becomes_open_cells():
    tall, first, second = (Cell((Line(text),)) for text in "xyz")
    tall.down = 2
    single = Grid([1, 1], [[tall, first], [second]], heading=0).single()
    assert [(row, column, cell.open) for row, column, cell in single.placed()] == [
        (0, 0, "b"),
        (0, 1, ""),
        (1, 0, "t"),
        (1, 1, ""),
    ]
    assert [len(cell.lines) for _, _, cell in single.placed()] == [1, 1, 0, 1]
