import datetime

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.load_rules import load_rules, schedule_notation
from planparse.lexicon.periods import PeriodReading, read_period
from planparse.lexicon.text_keys import fold
from planparse.model.plan import ScheduleKind
from tests.lexicon.expected_plans import NAMES, expected_plan

RULES = load_rules().periods.rules


def _read(printed: str, year: int | None = 112) -> PeriodReading:
    return read_period(printed, year, RULES)


def _notation(reading: PeriodReading) -> list[str]:
    return [schedule_notation(schedule) for schedule in reading.schedules]


# Written by reading the plans: every period that they print.
KNOWN = {
    "持續辦理": ["ongoing"],
    "隨時辦理": ["as_needed"],
    "隨時參與": ["as_needed"],
    "隨時檢討": ["as_needed"],
    "配合辦理": ["as_needed"],
    "配合公服處更新作業": ["as_needed"],
    "每年一次": ["recurring FREQ=YEARLY ×1"],
    "每年辦理": ["recurring FREQ=YEARLY"],
    "每年檢討": ["recurring FREQ=YEARLY"],
    "每月一次": ["recurring FREQ=MONTHLY ×1"],
    "每月辦理": ["recurring FREQ=MONTHLY"],
    "每月檢視": ["recurring FREQ=MONTHLY"],
    "隨時辦理持續辦理": ["as_needed", "ongoing"],
    "隨時辦理每兩個月辦理一次": ["as_needed", "recurring FREQ=MONTHLY;INTERVAL=2 ×1"],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_period_of_the_known_plans_has_its_schedule(name):
    plan = expected_plan(name)
    for measure in plan.measures:
        if measure.period is None:
            continue
        reading = _read(measure.period, plan.roc_year)
        assert _notation(reading) == KNOWN[measure.period]
        assert reading.unknown == []
        assert reading.ambiguous == []


@pytest.mark.parametrize(
    ("printed", "schedules"),
    [
        ("隨時辦理、每月一次", ["as_needed", "recurring FREQ=MONTHLY ×1"]),
        ("持續辦理（業務組）", ["ongoing"]),
        ("考核：上、下半年各1次", ["recurring FREQ=MONTHLY;INTERVAL=6 ×1"]),
        ("於上、下半年度自行實施考核各1次", ["recurring FREQ=MONTHLY;INTERVAL=6 ×1"]),
        ("112年7月－113年6月", ["interval 2023-07-01..2024-06-30"]),
        ("112年6月30日及12月31日前", ["deadline ..2023-06-30", "deadline ..2023-12-31"]),
        ("本（112）年12月底", ["deadline ..2023-12-31"]),
        ("次年1月底前", ["deadline ..2024-01-31"]),
        (
            "1.每月一次2.每季一次",
            ["recurring FREQ=MONTHLY ×1", "recurring FREQ=MONTHLY;INTERVAL=3 ×1"],
        ),
        ("配合總處112年6月底前完成", ["as_needed", "deadline ..2023-06-30"]),
        ("持續辦理至112年底", ["interval ..2023-12-31"]),
        ("隨時檢討、改善", ["as_needed"]),
        ("每年１２月", ["recurring FREQ=YEARLY;BYMONTH=12"]),
        ("4 月 ～ 6 月", ["interval 2023-04-01..2023-06-30"]),
        ("-", []),
    ],
)
def test_cells_with_more_than_one_phrase(printed, schedules):
    reading = _read(printed)
    assert _notation(reading) == schedules
    assert reading.unknown == []


@pytest.mark.parametrize(
    ("printed", "schedules", "unknown"),
    [
        ("每學期", [], ["每學期"]),
        ("112年2月30日前", [], ["112年2月30日前"]),
        ("112年12月至3月", [], ["112年12月至3月"]),
        ("每年13月", [], ["每年13月"]),
        ("受理後3日內", [], ["受理後3日內"]),
        ("112年6月以後", [], ["112年6月以後"]),
        ("112.1.1-12.31", [], ["112.1.1-12.31"]),
        ("無", [], ["無"]),
        ("每月第一週辦理", [], ["第一週辦理"]),
        ("109.03.3 1", [], ["1"]),
        ("隨時辦理、每學期", [], ["每學期"]),
        ("每星期一至三", [], None),
    ],
)
def test_what_no_rule_reads_is_said_and_not_guessed(printed, schedules, unknown):
    reading = _read(printed)
    if unknown is None:
        assert reading.unknown
        return
    assert _notation(reading) == schedules
    assert reading.unknown == unknown


@pytest.mark.parametrize("printed", ["6月前", "112年12月前完成", "112年第一季前", "下半年以前"])
def test_a_deadline_that_names_no_day_has_no_date(printed):
    reading = _read(printed)
    assert [schedule.kind for schedule in reading.schedules] == [ScheduleKind.DEADLINE]
    assert reading.schedules[0].end is None
    assert reading.ambiguous == [printed]


@pytest.mark.parametrize("printed", ["6月底前", "全年", "第3季", "1月至12月", "本年度"])
def test_without_the_plans_year_there_is_no_date(printed):
    assert _read(printed, None).unknown == [printed]
    assert _read(printed, 112).unknown == []


def test_a_printed_year_needs_no_plan_year():
    assert _notation(_read("112年6月底前", None)) == ["deadline ..2023-06-30"]


def test_a_leap_year_is_kept():
    assert _notation(_read("113年2月底前")) == ["deadline ..2024-02-29"]


def test_every_recurrence_of_the_rules_is_an_rrule():
    found = [
        schedule.rrule
        for rule in RULES.rules
        for printed in rule.matches
        for schedule in _read(printed).schedules
        if schedule.rrule
    ]
    assert len(found) > 40
    begin = datetime.datetime(2023, 1, 1)  # noqa: DTZ001 - an RRULE knows no zone here
    for rrule in found:
        assert next(iter(rrulestr(rrule, dtstart=begin))) >= begin


@pytest.mark.parametrize(
    ("printed", "dates"),
    [
        ("每兩個月辦理一次", ["2023-01-01", "2023-03-01", "2023-05-01"]),
        ("每季", ["2023-01-01", "2023-04-01", "2023-07-01"]),
        ("每半年", ["2023-01-01", "2023-07-01", "2024-01-01"]),
        ("每月底前", ["2023-01-31", "2023-02-28", "2023-03-31"]),
        ("每年6月底前", ["2023-06-30", "2024-06-30", "2025-06-30"]),
        ("每週一、五", ["2023-01-02", "2023-01-06", "2023-01-09"]),
        ("雙月辦理", ["2023-02-01", "2023-04-01", "2023-06-01"]),
    ],
)
def test_recurrences_fall_on_the_days_that_are_meant(printed, dates):
    rrule = _read(printed).schedules[0].rrule
    assert rrule is not None
    begin = datetime.datetime(2023, 1, 1)  # noqa: DTZ001
    days = iter(rrulestr(rrule, dtstart=begin))
    assert [next(days).date().isoformat() for _ in dates] == dates


_PIECES = [
    "隨時", "持續", "辦理", "每", "月", "年", "季", "週", "112", "年", "6", "底", "前", "至", "12",
    "31", "日", "、", "第", "3", "上", "下半年", "各", "1", "次", "兩個", "配合", "，", "起", "止",
    "全年", "（", "）", "~", ".", "民國", "十", " ", "完成", "視需要", "元", "/", "99999999999",
]  # fmt: skip


@given(
    st.lists(st.sampled_from(_PIECES), max_size=10).map("".join), st.sampled_from([None, 107, 112])
)
def test_any_period_gives_valid_values_of_its_own_text(printed, year):
    reading = _read(printed, year)
    begin = datetime.datetime(2023, 1, 1)  # noqa: DTZ001
    for schedule in reading.schedules:
        assert schedule.printed
        assert schedule.printed in printed
        assert schedule.start is None or schedule.end is None or schedule.start <= schedule.end
        if schedule.rrule:
            rrulestr(schedule.rrule, dtstart=begin)
    said = {*reading.unknown, *(schedule.printed for schedule in reading.schedules)}
    assert said or not RULES.separator.sub("", fold(printed).text).strip("-—~") or printed == ""
