"""Practice cells become measures and points; what only looks like a number stays text."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.lexicon.load_rules import load_rules
from planparse.model.problem import ProblemCode
from planparse.plans.item_starts import ColumnFrame
from planparse.plans.measures import PracticeCell, Splitter
from tests.hand_made import PITCH, SIZE, made_lines

# The column is twenty ems wide; FULL fills such a line behind a number of an em and a half.
EDGE = 240.0
FULL = "提供線上申辦服務並持續宣導以利用戶使"
HANG = 18.0


def cell(*texts, row=0, page=1, continued=False, starts=()):
    """Make a cell; ``starts`` are the lines beside which all other columns start anew."""
    beside = [(page, at * PITCH + SIZE / 2) for at in starts]
    lines = made_lines(texts, page=page)
    return PracticeCell(row, row + 1, lines, continued, ColumnFrame(EDGE), beside)


def split(*cells):
    splitter = Splitter(load_rules())
    for one in cells:
        splitter.split(one)
    return splitter.builders


def said(builder):
    points = [
        (point.printed_number, "".join(line.glyphs for line in point.lines))
        for point in builder.points
    ]
    text = "".join(line.glyphs for line in builder.lines)
    return (builder.printed_number, text, *points)


def read(*cells):
    """Give each measure as its number, its text, and its points."""
    return [said(builder) for builder in split(*cells)]


def test_numbers_begin_measures_and_hanging_lines_go_on():
    assert read(cell(f"(1){FULL}", (HANG, "用。"), "(2)推廣電子帳單。")) == [
        ("(1)", f"{FULL}用。"),
        ("(2)", "推廣電子帳單。"),
    ]


@pytest.mark.parametrize(
    "line", ["(107)年上半年完成。", "(3)款規定辦理。", "2.0版電子參與。", "24小時受理。"]
)
def test_a_line_that_starts_like_a_number_goes_on_in_a_sentence(line):
    assert read(cell(f"(1){FULL}", (HANG, line))) == [("(1)", FULL + line)]


def test_a_number_inside_a_sentence_or_at_another_indent_goes_on():
    """Once lines are seen to hang, a skipped number counts, but only where numbers stand."""
    inside = [f"(1){FULL}", (HANG, FULL), (HANG, "(3)款規定辦理。")]
    assert read(cell(*inside)) == [("(1)", f"{FULL}{FULL}(3)款規定辦理。")]
    indented = [f"(1){FULL}", (SIZE, "用。"), (SIZE, "(3)款者準用。"), "(3)查核。"]
    assert read(cell(*indented)) == [("(1)", f"{FULL}用。(3)款者準用。"), ("(3)", "查核。")]


def test_the_first_number_of_another_style_inside_a_sentence_is_none():
    assert read(cell(f"(1){FULL}", (HANG, "1.項辦理。"))) == [("(1)", f"{FULL}1.項辦理。")]


@pytest.mark.parametrize(
    ("numbers", "codes"),
    [
        (["(1)", "(2)", "(3)"], []),
        (["(1)", "(3)"], [(1, ProblemCode.NUMBERING_GAP, "number (3) follows number 1")]),
        (["(1)", "(1)", "(2)"], [(1, ProblemCode.NUMBERING_REPEAT, "number (1) stands twice")]),
        (["(2)", "(3)"], [(0, ProblemCode.NUMBERING_GAP, "the first number is (2)")]),
        (["●", "●", "●"], []),
    ],
)
def test_gaps_and_repeats_are_problems_of_their_measures(numbers, codes):
    builders = split(cell(*[f"{number}辦理服務宣導。" for number in numbers]))
    assert [builder.printed_number for builder in builders] == numbers
    found = [
        (at, code, text) for at, builder in enumerate(builders) for code, text in builder.problems
    ]
    assert found == codes


def test_numbers_that_go_on_in_the_next_row_are_no_gap():
    splitter = Splitter(load_rules())
    splitter.split(cell("(1)受理。", "(2)宣導。"))
    splitter.new_scope()
    splitter.split(cell("(3)查核。", row=1))
    assert [builder.problems for builder in splitter.builders] == [[], [], []]


def test_points_stand_below_their_measure():
    assert read(
        cell(
            "(1)擴大宣導：",
            (HANG, "甲.社區。"),
            (HANG, "乙.校園。"),
            "(2)查核。",
            (HANG, "甲.現場。"),
        )
    ) == [
        ("(1)", "擴大宣導：", ("甲.", "社區。"), ("乙.", "校園。")),
        ("(2)", "查核。", ("甲.", "現場。")),
    ]


def test_a_point_takes_its_further_lines():
    long = f"◎{FULL}"
    assert read(cell("1.擴大宣導：", (HANG, long), (2 * HANG, "用。"), (HANG, "◎校園。"))) == [
        ("1.", "擴大宣導：", ("◎", f"{FULL}用。"), ("◎", "校園。"))
    ]


def test_marks_that_start_cells_number_measures():
    assert read(cell("●受理申請。", "●推廣電子帳單。", (HANG, "■官網。"), "●查核。")) == [
        ("●", "受理申請。"),
        ("●", "推廣電子帳單。", ("■", "官網。")),
        ("●", "查核。"),
    ]


def test_marks_below_an_open_text_are_points_unless_the_columns_beside_start_anew():
    lines = ["為提升效能，作法如下：", "●受理。", "●宣導。"]
    assert read(cell(*lines)) == [(None, lines[0], ("●", "受理。"), ("●", "宣導。"))]
    assert read(cell(*lines, starts=(1, 2))) == [
        (None, lines[0]),
        ("●", "受理。"),
        ("●", "宣導。"),
    ]


def test_measures_without_numbers_part_where_the_columns_beside_start_anew():
    lines = ["受理用戶申請。", "推廣電子帳單。", "並加強宣導。"]
    assert read(cell(*lines, starts=(0, 1))) == [
        (None, "受理用戶申請。"),
        (None, "推廣電子帳單。並加強宣導。"),
    ]
    assert read(cell(*lines)) == [(None, "".join(lines))]


def test_a_second_paragraph_of_a_numbered_measure_stays_with_it():
    hanging = [f"(1){FULL}", (HANG, "用。"), (HANG, "另辦理查核。"), "(2)宣導。"]
    assert read(cell(*hanging)) == [("(1)", f"{FULL}用。另辦理查核。"), ("(2)", "宣導。")]


def test_a_paragraph_at_the_numbers_indent_is_a_measure_of_its_own():
    lines = [f"(1){FULL}", (HANG, "用。"), "另辦理查核。"]
    assert read(cell(*lines)) == [("(1)", f"{FULL}用。"), (None, "另辦理查核。")]
    assert read(cell(*lines, starts=(0,))) == [("(1)", f"{FULL}用。另辦理查核。")]
    assert read(cell(*lines, starts=(0, 2))) == [("(1)", f"{FULL}用。"), (None, "另辦理查核。")]


def test_a_measure_goes_on_over_a_page_break():
    first = cell("(1)受理。", f"(2){FULL}")
    second = cell((HANG, "用。"), "(3)查核。", page=2, continued=True)
    builders = split(first, second)
    assert [said(builder) for builder in builders] == [
        ("(1)", "受理。"),
        ("(2)", f"{FULL}用。"),
        ("(3)", "查核。"),
    ]
    assert list(builders[1].tops()) == [1, 2]
    assert [builder.problems for builder in builders] == [[], [], []]


def test_a_cell_of_its_own_begins_a_measure():
    assert read(cell("(1)受理申請"), cell("辦理宣導", row=1)) == [
        ("(1)", "受理申請"),
        (None, "辦理宣導"),
    ]


def test_whether_a_row_holds_one_measure_is_told_after_some():
    splitter = Splitter(load_rules())
    seen = []
    for row in range(3):
        splitter.split(cell(f"{row + 1}.受理。", row=row))
        seen.append(splitter.one_a_row)
    assert seen == [False, False, True]
    splitter.split(cell("4.宣導。", "5.查核。", row=3))
    assert not splitter.one_a_row


TEXTS = (
    "(1)",
    "(2)",
    "(3)",
    "1.",
    "甲.",
    "●",
    "◎",
    "(107)年",
    "受理申請。",
    "並加強：",
    FULL,
    "壹、",
)
parts = st.lists(st.sampled_from(TEXTS), min_size=1, max_size=3).map("".join)
rows = st.lists(st.tuples(st.sampled_from((0.0, HANG, 2 * HANG)), parts), min_size=1, max_size=6)


@settings(max_examples=150, deadline=None, derandomize=True)
@given(st.lists(st.tuples(rows, st.booleans(), st.sets(st.integers(0, 5))), max_size=4))
def test_no_glyph_is_lost_doubled_or_moved(cells):
    made = [
        cell(*texts, row=row, page=row + 1, continued=continued and row > 0, starts=starts)
        for row, (texts, continued, starts) in enumerate(cells)
    ]
    kept = [line for builder in split(*made) for line in builder.own_lines()]
    assert "".join(line.glyphs for line in kept) == "".join(
        line.glyphs for one in made for line in one.lines
    )
