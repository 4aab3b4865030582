"""One text in the middle of a cell holds for all measures beside it, over a page break as well."""

import pytest

from planparse.model.geometry import Box, Place
from planparse.model.table import Cell
from planparse.plans.builders import MeasureBuilder
from planparse.plans.shared_cells import holds_for_all
from planparse.plans.side_cells import SideCell
from tests.hand_made import PITCH, made_line, made_lines


def measures():
    """Set two measures on the first page, and a third at the top of the next."""
    texts = [["甲", "一"], ["乙", "二", "三"]]
    tops = [100.0, 100.0 + 2 * PITCH]
    first = [
        MeasureBuilder(0, 1, lines=list(made_lines(text, top=top)))
        for text, top in zip(texts, tops, strict=True)
    ]
    return [*first, MeasureBuilder(0, 1, lines=list(made_lines(["丙", "四"], top=40, page=2)))]


def cell(text, top, page):
    places = (Place(1, Box(0, 98, 100, 98 + 5 * PITCH)), Place(2, Box(0, 38, 100, 38 + 2 * PITCH)))
    lines = (made_line(text, top=top, page=page),)
    return SideCell(Cell(0, 1, 1, 1, places, lines), (lines,), PITCH)


@pytest.mark.parametrize(
    ("top", "page", "shared"),
    [
        (100 + 2 * PITCH, 1, True),  # in the middle of the first page's part
        (100 + 3 * PITCH, 1, True),  # beside no first line
        (40, 2, False),  # level with the last measure, above the middle of its part
    ],
)
def test_a_text_in_the_middle_of_its_page_s_part_of_a_cell_holds_for_all(top, page, shared):
    builders = measures()
    assert holds_for_all(builders, cell("業務組", top, page), False, False) is shared
