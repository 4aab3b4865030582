"""Title, office, year and date of issue, as they stand before the first section."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.calendar import find_roc_date, parse_roc_year
from planparse.lexicon.load_rules import load_rules
from planparse.plans.front_matter import read_front_matter, read_plan_name
from tests.hand_made import made_line

TITLE = "台灣電力公司屏東區營業處112年度提升服務效能執行計畫"


def read(*lines):
    """Read lines; (text, size) or a text of twelve points."""
    made = [
        made_line(one[0] if isinstance(one, tuple) else one, 60, 40 + 20 * at, size=size_of(one))
        for at, one in enumerate(lines)
    ]
    return read_front_matter(made)


def size_of(one):
    return one[1] if isinstance(one, tuple) else 12.0


def glyphs(lines):
    return [line.glyphs for line in lines]


@pytest.mark.parametrize(
    "lines",
    [
        [(TITLE, 16.0)],
        [("台灣電力公司屏東區營業處", 16.0), ("112年度提升服務效能執行計畫", 16.0)],
        [("台灣電力公司", 16.0), ("屏東區營業處112年度", 16.0), ("提升服務效能執行計畫", 16.0)],
    ],
    ids=["one line", "two lines", "three lines"],
)
def test_a_title_on_some_lines_and_the_date_below(lines):
    found = read(*lines, "112.02.24", "附件一")
    assert glyphs(found.title) == [text for text, _ in lines]
    assert glyphs(found.issued) == ["112.02.24"]
    assert glyphs(found.others) == ["附件一"]
    name = read_plan_name(load_rules().districts, found)
    assert (name.title, name.office, name.district, name.roc_year) == (
        TITLE,
        "屏東區營業處",
        "屏東",
        112,
    )


def test_lines_of_another_size_are_no_part_of_the_title():
    found = read("台灣電力公司", ("屏東區處112年度", 16.0), ("提升服務效能執行計畫書", 16.0))
    assert glyphs(found.title) == ["屏東區處112年度", "提升服務效能執行計畫書"]
    assert glyphs(found.others) == ["台灣電力公司"]


def test_a_title_without_a_year_is_a_title():
    found = read(("提升服務效能執行計畫", 16.0))
    name = read_plan_name(load_rules().districts, found)
    assert (name.title, name.office, name.roc_year) == ("提升服務效能執行計畫", None, None)


def test_without_a_title_nothing_is_named():
    found = read("附件一", "112.02.24")
    name = read_plan_name(load_rules().districts, found)
    assert (name.title, name.office, name.district, name.roc_year) == (None, None, None, None)
    assert glyphs(found.issued) == ["112.02.24"]


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("112年度計畫", 112),
        ("１１２年度計畫", 112),
        ("99年度計畫", 99),
        ("一一二年度計畫", 112),
        ("一○七年計畫", 107),
        ("一〇七年計畫", 107),
        ("一零七年計畫", 107),
        ("一百零七年度計畫", 107),
        ("一百一十二年度計畫", 112),
        ("一百年度計畫", 100),
        ("九十九年度計畫", 99),
        ("中華民國112年計畫", 112),
        ("民國一一二年計畫", 112),
        ("二○二三年計畫", 112),
        ("2023年度計畫", 112),
        ("２０２３年度計畫", 112),
        ("第3次修正112年計畫", 112),
        ("計畫", None),
        ("112計畫", None),
        ("5年計畫", None),
        ("1120年計畫", None),
        ("112學年度計畫", 112),
        ("一百十二年度計畫", 112),
        ("民國前3年計畫", None),
    ],
)
def test_forms_of_the_year(printed, year):
    assert parse_roc_year(printed) == year


@pytest.mark.parametrize(
    ("printed", "date"),
    [
        ("112.02.24", (2023, 2, 24)),
        ("112/2/4核定", (2023, 2, 4)),
        ("112年2月24日訂定", (2023, 2, 24)),
        ("中華民國１１２年２月２４日", (2023, 2, 24)),
        ("中華民國一百一十二年二月二十四日", (2023, 2, 24)),
        ("一一二年十二月三十一日", (2023, 12, 31)),
        ("2023.02.24", (2023, 2, 24)),
        ("112年2月24訂定", (2023, 2, 24)),
        ("112.02.30", None),
        ("112年2月", None),
    ],
)
def test_dates_of_issue(printed, date):
    assert find_roc_date(printed) == (None if date is None else datetime.date(*date))


@pytest.mark.parametrize(
    "line",
    [
        *("1120302", "1120302訂定", "１１２０３０２", "112-03-02", "112－03－02核定"),
        *("107年三月廿九日", "中華民國一百零七年三月廿九日", "一一二年十二月卅一日", "112。03。02"),
        *("112年元月5日", "民國112.3.2", "99.3.2"),
    ],
)
def test_every_form_that_the_calendar_knows_is_a_date_of_issue(line):
    found = read((TITLE, 16.0), line)
    assert glyphs(found.issued) == [line]
    assert found.others == []


@pytest.mark.parametrize(
    "line",
    [
        "業字第1120302號",
        "02-2366-7416",
        "1.2.3",
        "依據112年2月24日電業字第1120003456號函辦理各項服務",
        "112年2月24日提升服務效能執行計畫修正",
        "112年2月",
    ],
)
def test_a_line_that_only_mentions_a_date_is_no_date_of_issue(line):
    found = read((TITLE, 16.0), line)
    assert found.issued == []
    assert glyphs(found.others) == [line]


def test_only_the_first_date_is_that_of_issue():
    found = read((TITLE, 16.0), "112.02.24訂定", "112.08.01修正")
    assert glyphs(found.issued) == ["112.02.24訂定"]
    assert glyphs(found.others) == ["112.08.01修正"]


@given(st.text(st.sampled_from("0123９一二○零十百"), min_size=2, max_size=5))
def test_no_number_is_a_surprise(text):
    """Whatever a pattern may take for a number has a value, or the pattern does not take it."""
    year = parse_roc_year(f"{text}年度")
    assert year is None or 0 < year < 300


def test_every_year_in_every_writing():
    digits = "○一二三四五六七八九"
    for value in range(100, 289):
        written = "".join(digits[int(digit)] for digit in str(value))
        assert parse_roc_year(f"{written}年度計畫") == value
        assert parse_roc_year(f"{value}年度計畫") == value
