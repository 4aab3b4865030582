"""One character becomes one character, and only those that stand for another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.character_folds import fold, fold_table


@given(st.text())
def test_a_folded_text_is_as_long_and_folds_no_further(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert fold(folded) == folded


def test_every_kangxi_radical_is_an_ideograph():
    for code in range(0x2F00, 0x2FD6):
        assert "\u4e00" <= fold(chr(code)) <= "\u9fff", hex(code)


def test_every_compatibility_ideograph_is_the_one_it_stands_for():
    for code in range(0xF900, 0xFA6E):
        char = chr(code)
        assert fold(char) == unicodedata.normalize("NFKC", char), hex(code)


@pytest.mark.parametrize(
    ("shown", "meant"),
    [
        ("⽤⼾", "用戶"),
        ("⻑⻄⺠", "長西民"),
        ("巿", "市"),
        ("附表ㄧ", "附表一"),
        ("∼∕⋯", "～／…"),
        ("\U0002f81a", "冬"),
    ],
)
def test_what_stands_for_another(shown, meant):
    assert fold(shown) == meant


@pytest.mark.parametrize(
    "text",
    ["（１）：，；％！？", "①⑳⑴㈠", "㎡㎏℃", "ＡＢＣ", "台臺", "々〇", "、。「」", "ﬁ", "\ue000"],
)
def test_what_stays_as_printed(text):
    assert fold(text) == text


def test_the_radicals_of_the_table_are_those_that_nfkc_leaves():
    folded = [chr(code) for code in range(0x2E80, 0x2EF4) if code in fold_table()]
    assert len(folded) > 100
