import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.calendar import find_roc_date, parse_roc_year


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("107年3月29日訂定", "2018-03-29"),
        ("中華民國112年3月2日訂定", "2023-03-02"),
        ("111年2月22日訂定", "2022-02-22"),
        ("一一二年三月二日", "2023-03-02"),
        ("中華民國一百零七年三月二十九日", "2018-03-29"),
        ("一百一十二年十二月卅一日", "2023-12-31"),
        ("民國112.3.2", "2023-03-02"),
        ("112.03.02修訂", "2023-03-02"),
        ("112/3/2", "2023-03-02"),
        ("112-03-02", "2023-03-02"),
        ("１１２年３月２日", "2023-03-02"),
        ("112 年 3 月 2 日", "2023-03-02"),
        ("１１２．０３．０２", "2023-03-02"),
        ("1120302", "2023-03-02"),
        ("0990302", "2010-03-02"),
        ("99年元月5日", "2010-01-05"),
        ("民國元年元月一日", "1912-01-01"),
        ("2023年10月1日", "2023-10-01"),
        ("113年2月29日", "2024-02-29"),
        ("依112年2月30日及112年3月1日", "2023-03-01"),
    ],
)
def test_dates(text, date):
    assert find_roc_date(text) == datetime.date.fromisoformat(date)


@pytest.mark.parametrize(
    "text",
    [
        "112年2月30日",
        "112年2月29日",
        "112年13月1日",
        "112年6月31日",
        "112年6月0日",
        "1120230",
        "1121302",
        "民國前3年1月1日",
        "112年3月",
        "112年度",
        "院授發社字第1061300008號",
        "經研字第10604502170號",
        "業字第1120302號",
        "1.2.3",
        "IP 10.5.3",
        "02-2366-7416",
        "0800-031-212",
        "112年99999999999999999999月1日",
        "",
    ],
)
def test_no_dates(text):
    assert find_roc_date(text) is None


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("鳳山區處112年度提升服務效能執行計畫", 112),
        ("台電公司屏東區營業處107年度提升服務效能執行計畫", 107),
        ("一百零七年", 107),
        ("一百零七年度", 107),
        ("一一二年度", 112),
        ("中華民國１１２年", 112),
        ("112", 112),
        ("2023年", 112),
        ("民國3年", 3),
        ("99年度", 99),
        ("3年計畫，112年度辦理", 112),
        ("3年計畫", None),
        ("39年", None),
        ("40年", 40),
        ("民國前5年", None),
        ("計畫", None),
        ("12345年", None),
        ("", None),
    ],
)
def test_years(text, year):
    assert parse_roc_year(text) == year


@given(st.dates(datetime.date(1951, 1, 1), datetime.date(2199, 12, 31)), st.integers(0, 4))
def test_every_day_comes_back_in_every_writing(date, style):
    year = date.year - 1911
    text = (
        f"{year}年{date.month}月{date.day}日",
        f"民國{year}.{date.month}.{date.day}",
        f"{year}/{date.month:02}/{date.day:02}",
        f"{year:03}{date.month:02}{date.day:02}",
        f"{date.year}年{date.month}月{date.day}日",
    )[style]
    if style == 3 and year >= 200:  # a packed date begins with 0 or 1
        return
    assert find_roc_date(f"依{text}函") == date


@given(st.text("0123456789年月日民國.元一二十/-前 ", max_size=30))
def test_nothing_is_raised(text):
    find_roc_date(text)
    parse_roc_year(text)
