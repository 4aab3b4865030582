"""An expected number at a line's start: an item's, or one inside a sentence."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.problem import ProblemCode
from planparse.model.table import Cell
from planparse.plans.item_starts import ColumnFrame
from planparse.plans.measures import PracticeCell, Splitter
from tests.hand_made import SIZE, made_lines

RULES = load_rules()
# The column is twenty ems wide; FULL fills a line behind a number of an em and a half.
EDGE = 240.0
FULL = "提供線上申辦服務並持續宣導以利用戶使"
HANG = 18.0


def hanging(number):
    """Make a cell whose second line hangs, and that ends its sentence."""
    return [f"{number}{FULL}", (HANG, "用。")]


def flush(number):
    return [f"{number}{FULL}", "用。"]


def unended(number):
    return [f"{number}{FULL}", "使用"]


def read(*cells, frames=()):
    """Split cells with a label each; return the measures' numbers and texts, and their codes."""
    made = [made_lines(texts, page=at + 1) for at, texts in enumerate(cells)]
    splitter = Splitter(RULES)
    splitter.expect(Cell(row, 0, 1, 1, (), lines) for row, lines in enumerate(made))
    for row, lines in enumerate(made):
        frame = frames[row] if frames else ColumnFrame(EDGE)
        splitter.new_scope()
        splitter.split(PracticeCell(row, row + 1, lines, False, frame, ()))
    return [
        (
            builder.printed_number,
            "".join(line.glyphs for line in builder.lines),
            [code for code, _ in builder.problems],
        )
        for builder in splitter.builders
    ]


@pytest.mark.parametrize(
    ("number", "line"),
    [
        ("(1)", "(2)項規定辦理。"),
        ("(1)", "(2)推廣電子帳單並辦理宣導。"),
        ("（一）", "（二）款者準用之。"),
        ("2、", "3、4月間辦理。"),
        ("二、", "三、四樓服務檯設置公告。"),
        ("(1)", "(2)2366-6688洽詢。"),
        ("甲.", "乙.方案辦理。"),
    ],
)
def test_a_number_where_further_lines_stand_is_in_the_sentence(number, line):
    found = read(hanging(number), hanging(number), [f"{number}{FULL}", (HANG, line)])
    printed = found[0][0]
    assert [(no, text) for no, text, _ in found[2:]] == [(printed, FULL + line)]
    assert ProblemCode.NUMBERING_AMBIGUOUS not in found[2][2]


def test_a_number_where_numbers_stand_begins_a_measure_though_nothing_ended():
    """A measure without 。 may fill its last line."""
    found = read(hanging("(1)"), hanging("(1)"), [f"(1){FULL}", "(2)查核。"])
    assert found[2:] == [("(1)", FULL, []), ("(2)", "查核。", [])]


@pytest.mark.parametrize("open_end", ["第", "於", "及", "、", "，"])
def test_without_a_hanging_indent_a_line_that_cannot_end_goes_on(open_end):
    before = FULL[:-1] + open_end
    found = read(*[flush("(1)")] * 3, [f"(1){before}", "(2)方案者準用之。"])
    assert found[3:] == [("(1)", f"{before}(2)方案者準用之。", [])]


def test_where_neither_is_likelier_the_measure_is_a_problem():
    """Every measure of the plan ends with 。, but not this line, which fills its column."""
    found = read(*[flush("(1)")] * 3, [f"(1){FULL}", "(2)推廣電子帳單。"])
    assert found[3:] == [("(1)", f"{FULL}(2)推廣電子帳單。", [ProblemCode.NUMBERING_AMBIGUOUS])]


def test_in_a_plan_without_sentence_ends_the_expected_number_begins_a_measure():
    found = read(*[unended("(1)")] * 3, [f"(1){FULL}", "(2)推廣電子帳單"])
    assert found[3:] == [("(1)", FULL, []), ("(2)", "推廣電子帳單", [])]


def test_a_line_left_short_for_a_long_word_was_broken_for_width():
    """A telephone number that does not fit goes to the next line as a whole."""
    short = FULL[:-4]
    line = "(2)2366-6688"
    found = read(hanging("(1)"), hanging("(1)"), [f"(1){short}", (HANG, line)])
    assert found[2:] == [("(1)", short + line, [])]


def test_indents_are_those_of_the_cell_where_margins_are_mirrored():
    """The column stands further right on the even pages."""
    first: list[str | tuple[float, str]] = [f"(1){FULL}", (HANG, "用。"), f"(2){FULL}"]
    shift = 3 * SIZE
    second = [(shift + HANG, f"{FULL[1:]}"), (shift, "(3)查核。")]
    splitter = Splitter(RULES)
    for page, lines, left in (
        (1, made_lines(first), 0.0),
        (2, made_lines(second, page=2), shift),
    ):
        frame = ColumnFrame(EDGE + left, {page: left})
        cell = PracticeCell(0, 1, lines, page == 2, frame, ())
        splitter.split(cell)
    assert [builder.printed_number for builder in splitter.builders] == ["(1)", "(2)", "(3)"]


@pytest.mark.parametrize(
    ("last", "first", "goes_on"),
    [
        ("用。", "(2)查核。", True),
        (FULL, "(2)項規定辦理。", False),
        ("用。", "(1)查核。", False),
        ("用。", "查核。", False),
    ],
)
def test_a_page_goes_on_counting_by_the_same_evidence(last, first, goes_on):
    splitter = Splitter(RULES)
    before = made_lines([f"(1){FULL}", (HANG, last)])
    after = made_lines([(HANG if not goes_on else 0.0, first)], page=2)
    frame = ColumnFrame(EDGE)
    splitter.split(PracticeCell(0, 1, before, False, frame, ()))
    cell = PracticeCell(1, 2, after, True, frame, ())
    assert splitter.goes_on(cell) is goes_on


def plain(*numbers):
    """Make a cell of short measures with these numbers."""
    return [f"{number}受理申請。" for number in numbers]


@pytest.mark.parametrize(
    "numbers",
    [
        ["1.1", "1.2", "1.3"],
        ["1-1-1", "1-1-2", "1-1-3"],
        ["1.9", "1.10", "1.11", "1.12"],
        ["1.1", "1.2", "2.1", "2.2"],
        ["Ⅰ.", "Ⅱ.", "Ⅲ."],
        ["I.", "II.", "III.", "IV."],
        ["G.", "H.", "I.", "J.", "K.", "L."],
        ["㈠", "㈡", "㈢"],
        ["［1］", "［2］"],
    ],
)
def test_measures_of_every_style_count(numbers):
    first = ["1.1", "1.2"] if numbers[0] == "1.9" else []
    found = read(*[plain(number) for number in first], plain(*numbers))[len(first) :]
    assert [no for no, _, _ in found] == numbers
    assert [codes for _, _, codes in found[1:]] == [[]] * (len(numbers) - 1)


def test_levels_below_a_measure_are_its_points():
    assert [no for no, _, _ in read(plain("1.1", "1.1.1", "1.1.2", "1.2"))] == ["1.1", "1.2"]


@pytest.mark.parametrize(
    "text",
    ["3年內完成。", "1999專線。", "24小時服務。", "3.5%以上。", "2.5小時內。", "112.1.1。"],
)
def test_a_figure_that_begins_a_text_is_no_number(text):
    assert read(["受理申請。"], [text])[1:] == [(None, text, [])]


@pytest.mark.parametrize("text", ["24小時服務。", "1999專線。", "3年內完成。"])
@pytest.mark.parametrize("gap", ["", "_"])
@pytest.mark.parametrize("numbers", [("1.", "2."), ("1.1", "1.2"), ("1-1-1", "1-1-2")])
def test_a_measure_may_begin_with_a_figure(numbers, gap, text):
    first, second = numbers
    found = read([f"{first}受理申請。"], [f"{first}查核。", f"{second}{gap}{text}"])
    assert found[1:] == [(first, "查核。", []), (second, text, [])]


@pytest.mark.parametrize("line", ["2.5公里範圍內辦理。", "2.24小時內回覆。"])
def test_a_decimal_fraction_in_a_sentence_is_none(line):
    cells = [hanging("1."), hanging("1."), [f"1.{FULL}", (HANG, line)]]
    assert read(*cells)[2:] == [("1.", FULL + line, [])]


@pytest.mark.parametrize("line", ["❧受理。", "步驟一、受理。", "〈1〉受理。", "A1.受理。"])
def test_what_looks_like_a_number_of_an_unknown_style_is_a_problem(line):
    assert read([line])[0][2] == [ProblemCode.NUMBERING_AMBIGUOUS]
    assert ProblemCode.NUMBERING_AMBIGUOUS in read(["1.查核。", line])[0][2]
