"""Side columns where position, count and page breaks disagree: the measures are in doubt."""

from planparse.lexicon.load_rules import load_rules
from planparse.model.geometry import Box, Place
from planparse.model.problem import ProblemCode
from planparse.model.table import Cell
from planparse.plans.alignment import Assignment
from planparse.plans.assign import doubt_neighbours
from planparse.plans.builders import MeasureBuilder
from planparse.plans.side_cells import SideCell
from planparse.plans.side_columns import Rows, assign_by_place, assign_side_column
from tests.hand_made import PITCH, made_line, made_lines


def measure(text, top=0.0, page=1):
    return MeasureBuilder(0, 1, lines=list(made_lines(text, top=top, page=page)))


def side_cell(*lines):
    places = tuple(Place(page, Box(0, 0, 100, 400)) for page in {line.page for line in lines})
    return SideCell(Cell(0, 1, 1, 1, places, lines), tuple((line,) for line in lines), PITCH)


def assigned(builders, side):
    """Return what each entry was assigned to: its text, the measure's place, whether in doubt."""
    found = []

    def assign(builder, entry, unclear):
        if entry:  # an empty one is what the measure may lack
            found.append((entry[0].glyphs, builders.index(builder), unclear))

    assert assign_side_column(Rows(builders), [side], assign, set()) == []
    return found


def test_as_many_entries_as_measures_that_all_stand_a_line_lower_are_in_doubt():
    builders = [measure(["甲"], at * PITCH) for at in range(3)]
    side = side_cell(*made_lines(["業務組", "總務組", "電費組"], top=PITCH))
    assert [unclear for _, _, unclear in assigned(builders, side)] == [True, True, True]
    level = side_cell(*made_lines(["業務組", "總務組", "電費組"]))
    assert [at for _, at, unclear in assigned(builders, level) if not unclear] == [0, 1, 2]


def test_a_text_below_a_page_break_may_not_hold_for_the_measure_above_it():
    builders = [measure(["甲"]), measure(["乙", "丙", "丁", "戊"], page=2)]
    side = side_cell(made_line("業務組", top=2 * PITCH, page=2))
    assert assigned(builders, side) == [("業務組", 1, True)]


def test_a_line_of_a_period_that_fits_either_neighbour_puts_both_in_doubt():
    rules = load_rules()
    lines = made_lines(["兩個", "月一", "次", "上下", "半年", "各一", "次"])
    before, after = measure(["甲"]), measure(["乙"], top=4.6 * PITCH)
    before.periods, after.periods = list(lines[:3]), list(lines[3:])
    doubt_neighbours(rules.periods, [before, after])
    codes = [[code for code, _ in builder.problems] for builder in (before, after)]
    assert codes == [[ProblemCode.PERIOD_AMBIGUOUS]] * 2


def test_the_measure_whose_list_an_entry_may_end_is_in_doubt_too():
    builders = [measure(["甲"]), measure(["乙"], top=3 * PITCH)]
    side = side_cell(*made_lines(["業務組", "總務組", "電費組"]))
    doubted = set()

    def assign(builder, _entry, unclear):
        if unclear:
            doubted.add(builders.index(builder))

    assign_by_place(builders, side, assign, lambda *_: Assignment((0, 1, 1), (False, True, False)))
    assert doubted == {0, 1}
    doubted.clear()
    assign_by_place(builders, side, assign, lambda *_: Assignment((0, 1, 1), (False, False, True)))
    assert doubted == {1}
