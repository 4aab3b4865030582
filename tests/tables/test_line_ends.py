"""Words and numbers that a narrow cell cuts: joined where it is sure, else reported."""

import pytest

from planparse.model.problem import ProblemCode
from planparse.model.table import LineEnd, TextLine, doubtful_joins, join_lines
from planparse.pipeline import parse_document
from tests.hand_made import Sheet, made_document, made_line

TITLE = "台灣電力公司屏東區營業處109年度提升服務效能執行計畫"
HEADING = ["面向", "具體\n作法", "承辦\n部門", "執行\n期間", "備\n註"]
CODE = ProblemCode.LINE_BREAK_AMBIGUOUS.value


def parsed(*rows, widths=(80, 120, 80, 60, 70)):
    """Read a plan with these rows; a cell's lines are parted by line ends."""
    xs = [20.0]
    for width in widths:
        xs.append(xs[-1] + width)
    ys = [60.0, 106.0]
    for row in rows:
        ys.append(ys[-1] + 14 + 16 * max(text.count("\n") + 1 for text in row))
    sheet = Sheet(width=xs[-1] + 20, height=ys[-1] + 50)
    sheet.write(TITLE, 30, 20, 16)
    sheet.grid(xs, ys, [HEADING, *rows])
    result = parse_document(made_document(sheet))
    assert result.plan is not None
    return result


def measure(
    *, text="1.受理申請。", department="業務組", period="隨時辦理", remark="無", widths=None
):
    widths = widths or (80, 120, 80, 60, 70)
    plan = parsed(["一、基礎", text, department, period, remark], widths=widths).plan
    (found,) = plan.measures
    return found


@pytest.mark.parametrize(
    ("lines", "width", "period", "end"),
    [
        ("109.03.3\n1", 54, "109.03.31", "2020-03-31"),
        ("109.03.\n31", 48, "109.03.31", "2020-03-31"),
        ("109.0\n3.31", 36, "109.03.31", "2020-03-31"),
        ("109年1\n2月底\n前", 42, "109年12月底前", "2020-12-31"),
        ("109/3/3\n1前", 48, "109/3/31前", "2020-03-31"),
        ("109年3月3\n1日", 60, "109年3月31日", "2020-03-31"),
        ("10903\n31", 36, "1090331", "2020-03-31"),
        ("109.03.\n01-109.\n03.31", 48, "109.03.01-109.03.31", "2020-03-31"),
    ],
)
def test_a_date_that_a_narrow_cell_cuts_is_one_date(lines, width, period, end):
    found = measure(period=lines, widths=(80, 120, 80, width, 70))
    assert found.period == period
    assert [str(one.end) for one in found.schedule] == [end]
    assert found.problem_codes == ()


def test_two_dates_below_each_other_stay_two():
    found = measure(period="109.03.31\n109.06.30", widths=(80, 120, 80, 60, 70))
    assert found.period == "109.03.31 109.06.30"
    assert [str(one.end) for one in found.schedule] == ["2020-03-31", "2020-06-30"]


@pytest.mark.parametrize("width", [60, 110])
def test_a_date_and_something_else_has_no_schedule(width):
    found = measure(period="109.03.31\n1", widths=(80, 120, 80, width, 70))
    assert found.schedule == ()
    assert "period_unknown" in found.problem_codes


def test_a_break_that_may_cut_a_date_or_part_two_is_reported():
    found = measure(period="109/1\n1/30", widths=(80, 120, 80, 37, 70))
    assert "period_ambiguous" in found.problem_codes


@pytest.mark.parametrize("room", [60, 110])
def test_a_date_with_a_loose_digit_below_is_cut_or_unknown_but_never_half_of_it(room):
    found = measure(period="109.03.3\n1", widths=(80, 120, 80, room, 70))
    assert [str(one.end) for one in found.schedule] in ([], ["2020-03-31"])


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        ("09:\n30前", 30, "09:30前"),
        ("1,\n200戶", 30, "1,200戶"),
        ("50\n%", 18, "50%"),
        ("(02)2366-\n7416", 60, "(02)2366-7416"),
        ("02-2366\n-7416", 48, "02-2366-7416"),
        ("www.taip\nower.com", 54, "www.taipower.com"),
        ("http://tai\npower.com", 66, "http://taipower.com"),
        ("abc@tai\npower.com", 48, "abc@taipower.com"),
    ],
)
def test_numbers_and_addresses_that_a_narrow_cell_cuts_stay_whole(lines, width, text):
    found = measure(remark=lines, widths=(80, 120, 80, 60, width))
    (extra,) = found.extras
    assert extra.text == text
    assert CODE not in found.problem_codes


@pytest.mark.parametrize(
    ("lines", "width", "text"),
    [
        ("09:3\n0前", 30, "09:30前"),
        ("共2366\n7416", 54, "共23667416"),
        ("Faceb\nook", 36, "Faceb ook"),
    ],
)
def test_what_may_be_one_or_two_is_reported_in_every_field(lines, width, text):
    found = measure(remark=lines, widths=(80, 120, 80, 60, width))
    assert found.extras[0].text == text
    assert CODE in found.problem_codes


def test_a_number_that_a_full_line_of_a_measure_cuts_is_reported():
    found = measure(text="1.受理共23\n66戶。", widths=(80, 66, 80, 60, 70))
    assert found.text == "受理共2366戶。"
    assert CODE in found.problem_codes


def test_words_and_numbers_with_room_behind_them_are_two():
    found = measure(text="1.於109\n110年辦理Open\nData專區。")
    assert found.text == "於109 110年辦理Open Data專區。"
    assert found.problem_codes == ()


def test_a_word_processor_cuts_no_word_behind_others():
    found = measure(text="1.受理申請運用QR\nCode。", widths=(80, 106, 80, 60, 70))
    assert found.text == "受理申請運用QR Code。"
    assert found.problem_codes == ()


@pytest.mark.parametrize(
    ("end", "joined"),
    [
        (LineEnd.UNKNOWN, "109.03.3 1"),
        (LineEnd.FREE, "109.03.3 1"),
        (LineEnd.APART, "109.03.3 1"),
        (LineEnd.FULL, "109.03.31"),
        (LineEnd.CUT, "109.03.31"),
    ],
)
def test_the_end_of_a_line_decides_how_it_is_joined(end, joined):
    lines = [TextLine(made_line("109.03.3").runs, end), made_line("1", top=16)]
    assert join_lines(lines) == joined
    assert bool(doubtful_joins(lines)) == (end is LineEnd.FULL)


def test_the_end_of_a_line_stays_with_its_last_part():
    line = TextLine(made_line("1.受理2").runs, LineEnd.FULL)
    before, after = line.split(2)
    assert before is not None
    assert after is not None
    assert (before.end, after.end) == (LineEnd.UNKNOWN, LineEnd.FULL)
