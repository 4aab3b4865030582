from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.numerals import parse_amount, parse_integer


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("12", 12),
        ("12,400", 12400),
        ("十", 10),
        ("十二", 12),
        ("二十五", 25),
        ("廿五", 25),
        ("卅", 30),
        ("一百零七", 107),
        ("一百一十二", 112),
        ("一一二", 112),
        ("一〇七", 107),
        ("兩", 2),
        ("三百五十", 350),
        ("一千零五", 1005),
        ("1萬5,000", 15000),
        ("184萬", 1840000),
        ("5百萬", 5000000),
        ("一億二千萬", 120000000),
        ("1億2,000萬", 120000000),
        ("3.5萬", 35000),
    ],
)
def test_numbers_as_printed(printed, value):
    assert parse_amount(printed) == Decimal(value)
    assert parse_integer(printed) == value


@pytest.mark.parametrize(
    "printed", ["", "十百", "1,20", "1,2345", "萬", "1萬2億", "甲", "百千", "1.2.3"]
)
def test_what_is_no_number_is_none(printed):
    assert parse_amount(printed) is None


def test_a_fraction_is_no_integer():
    assert parse_amount("2.5") == Decimal("2.5")
    assert parse_integer("2.5") is None


_DIGITS = "零一二三四五六七八九"


def _chinese(number: int) -> str:
    """Write 1 to 9999 as people do, by another way than the reader's."""
    out = ""
    for power, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += _DIGITS[digit] + unit
        elif out and number % power and not out.endswith("零"):
            out += "零"
    return out


@given(st.integers(1, 9999))
def test_chinese_numerals_come_back(number):
    assert parse_integer(_chinese(number)) == number


@given(st.integers(0, 10**12))
def test_arabic_numerals_come_back(number):
    assert parse_integer(f"{number:,}") == number
    assert parse_integer(str(number)) == number


@given(st.text("〇零一二兩三四五六七八九十廿卅百千萬億0123456789,.", max_size=12))
def test_nothing_is_raised(text):
    value = parse_amount(text)
    assert value is None or value >= 0
