"""Published boxes stand on the page as displayed, although a scan was turned to be read."""

import numpy as np
import pymupdf
import pytest

from planparse.model.geometry import Box
from planparse.model.page import Page
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.result import display_plan, display_problem
from planparse.ocr import reading_with
from planparse.ocr.recorded import RecordedEngine
from planparse.pipeline import parse_plan
from tests.corpus.documents import ROOT

SCAN = ROOT / "raw_pdfs" / "fengshan-112.pdf"
PAGE, TURN = 5, -0.56


@pytest.fixture(scope="module")
def plan():
    with reading_with(RecordedEngine(sorted((ROOT / "tests" / "ocr_answers").glob("*.json.gz")))):
        return parse_plan(SCAN).plan


@pytest.fixture(scope="module")
def ink():
    with pymupdf.open(SCAN) as document:
        pixmap = document[PAGE - 1].get_pixmap(dpi=144, colorspace=pymupdf.csGRAY)
    return np.frombuffer(pixmap.samples, np.uint8).reshape(pixmap.h, pixmap.stride) < 110


def inside(ink, box, more):
    rows = slice(int((box.top - more) * 2), int((box.bottom + more) * 2))
    columns = slice(int((box.left - more) * 2), int((box.right + more) * 2))
    return int(ink[rows, columns].sum())


@pytest.mark.slow
def test_every_department_and_period_of_a_turned_page_stands_on_its_ink(plan, ink):
    places = [
        place
        for measure in plan.measures
        for place in measure.where
        if place.page == PAGE and place.field in ("departments", "period")
    ]
    assert len(places) >= 10
    kept = [inside(ink, place, 0) / inside(ink, place, 1.5) for place in places]
    assert sum(kept) / len(kept) > 0.985


@pytest.mark.slow
def test_the_far_corner_moves_and_a_page_that_was_not_turned_does_not(plan):
    lower = max(
        (place for measure in plan.measures for place in measure.where if place.page == PAGE),
        key=lambda place: place.bottom,
    )
    page = Page(PAGE, 595.3, 841.89, (), (), turn=TURN)
    moved = display_plan(plan, {PAGE: page})
    again = max(
        (place for measure in moved.measures for place in measure.where if place.page == PAGE),
        key=lambda place: place.bottom,
    )
    assert abs(again.left - lower.left) > 1
    assert display_plan(plan, {}) is plan
    others = [
        (one, two)
        for before, after in zip(plan.measures, moved.measures, strict=True)
        for one, two in zip(before.where, after.where, strict=True)
        if one.page != PAGE
    ]
    assert all(one == two for one, two in others)


def test_a_problem_of_a_later_stage_moves_and_one_of_extraction_is_there_already():
    page = Page(1, 595, 842, (), (), turn=90.0)
    box = Box(10, 20, 30, 40)

    def problem(stage):
        return Problem(ProblemCode.PERIOD_UNKNOWN, Severity.WARNING, stage, "", 1, box)

    assert display_problem(problem(Stage.SEGMENT), {1: page}).box == page.displayed(box)
    assert display_problem(problem(Stage.EXTRACT), {1: page}).box == box
    assert display_problem(problem(Stage.SEGMENT), {}).box == box
