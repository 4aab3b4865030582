"""Every example of a period, fed to everything that reads periods."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.lexicon.periods import is_period, is_whole_period, read_period
from planparse.lexicon.rule_files import package_tables
from planparse.model.table import join_lines
from planparse.pipeline import parse_document
from planparse.plans.periods import read_periods
from tests.hand_made import PITCH, Sheet, made_document, made_lines

RULES = load_rules().periods
EXAMPLES = [
    text for rule in package_tables("periods.toml")["rule"]
    for text in rule["matches"]
]  # fmt: skip
# What plans print and the rules do not name: words and their widths.
OTHERS = [
    "隨時辦理", "持續辦理", "上、下半年各1次", "112年6月底前", "１１２年６月底前", "每半年１次",
    "隨時參與", "配合辦理", "配合公服處更新作業", "每半年1次", "年底前完成", "全年度",
    "隨時 辦理", "經常辦理",
]  # fmt: skip
NONE = ["每兩個", "業務組", "處更新作", "109.03.3 1", "本計畫", "112年1", "每學期", "3日內"]


def test_there_are_as_many_examples_as_rules_and_more():
    assert len(EXAMPLES) > 130


@pytest.mark.parametrize("text", [*EXAMPLES, *OTHERS])
def test_a_period_is_whole_to_the_segmenter_and_to_the_values(text):
    assert is_whole_period(text, RULES.rules)
    assert is_period(RULES, text)
    reading = read_period(text, 112, RULES.rules)
    assert reading.schedules
    assert reading.unknown == []


@pytest.mark.parametrize("text", NONE)
def test_what_is_no_period_is_none_to_both(text):
    assert not is_period(RULES, text)
    reading = read_period(text, 112, RULES.rules)
    assert reading.schedules == []
    assert reading.unknown


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_period_on_one_line_between_others_stays_by_itself(text):
    lines = made_lines(["隨時辦理", text, "每月一次"])
    found = [join_lines(entry) for entry in read_periods(RULES, lines, 1.35 * PITCH)]
    assert found == ["隨時辦理", text, "每月一次"]


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_period_comes_back_wherever_a_narrow_cell_breaks_it(text):
    for width in range(2, len(text)):
        pieces = [text[at : at + width] for at in range(0, len(text), width)]
        entries = read_periods(RULES, made_lines(pieces), 1.35 * PITCH)
        lines = [line for entry in entries for line in entry]
        assert join_lines(lines) == text, pieces


def plan_of(periods):
    """Read a plan whose measures have these periods, each in a row of its own."""
    sheet = Sheet(width=700, height=2000)
    rows = [["面向", "具體作法", "承辦部門", "執行期間"]]
    rows += [["一、基礎", f"{at}.受理申請。", "業務組", text] for at, text in enumerate(periods, 1)]
    sheet.write("台灣電力公司屏東區營業處112年度提升服務效能執行計畫", 60, 20, 16)
    sheet.grid([20, 120, 300, 400, 690], [60 + 30 * at for at in range(len(rows) + 1)], rows)
    plan = parse_document(made_document(sheet)).plan
    assert plan is not None
    return plan


@pytest.mark.parametrize("at", range(0, len(EXAMPLES), 14))
def test_a_plan_with_these_periods_is_read_exactly_and_without_a_word(at):
    periods = EXAMPLES[at : at + 14]
    measures = plan_of(periods).measures
    assert [measure.period for measure in measures] == periods
    assert [measure.problem_codes for measure in measures] == [()] * len(periods)
    assert all(measure.schedule for measure in measures)


def wrapped(text, width):
    """Break a text anywhere, as narrow cells do; ``width`` in points, a wide character has 12."""
    lines, used = [""], 0
    for char in text:
        size = 6 if char < "\u0100" else 12
        if used + size > width and lines[-1]:
            lines.append("")
            used = 0
        lines[-1] += char
        used += size
    return lines


def rows_of_one_cell(periods, width):
    """Read a plan whose measures share a row; each period begins on its measure's first line."""
    practice, beside = [], []
    for at, period in enumerate(periods, 1):
        lines = wrapped(period, width)
        practice += [f"{at}.受理用戶申請案件。", *["並定期檢討成果。"] * (len(lines) - 1)]
        beside += lines
    sheet = Sheet(width=700, height=2000)
    sheet.write("台灣電力公司屏東區營業處112年度提升服務效能執行計畫", 60, 20, 16)
    heading = ["面向", "具體作法", "承辦\n部門", "執行\n期間"]
    row = ["一、基礎", "\n".join(practice), "業務組", "\n".join(beside)]
    xs = [20, 120, 300, 400, 408 + width]
    sheet.grid(xs, [60, 110, 120 + PITCH * len(practice)], [heading, row])
    plan = parse_document(made_document(sheet)).plan
    assert plan is not None
    return plan.measures


@pytest.mark.parametrize("width", [36, 48, 60])
def test_periods_below_each_other_in_one_narrow_cell_are_parted_or_reported(width):
    wrong = 0
    for at in range(0, len(EXAMPLES), 3):
        periods = [EXAMPLES[at], EXAMPLES[(at + 37) % len(EXAMPLES)], EXAMPLES[at - 59]]
        measures = rows_of_one_cell(periods, width)
        assert len(measures) == len(periods)
        for measure, period in zip(measures, periods, strict=True):
            assert measure.period == period or measure.problem_codes, periods
            wrong += measure.period != period
    # 每2個星期一次 over 年底前 may end in 次年底前, the end of the next year: two measures.
    assert wrong <= 2
