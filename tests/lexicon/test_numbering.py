"""Numbers of every style: value, printed form, what is left of the line."""

import copy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.numbering import (
    chinese_value,
    find_label,
    find_labels,
    load_numbering,
    read_numbering,
)
from planparse.lexicon.rule_files import package_tables

NUMBERING = load_numbering()


@pytest.mark.parametrize(
    ("text", "style", "value", "printed", "rest"),
    [
        ("壹、依據", "capital", 1, "壹", "依據"),
        ("貳.目標", "capital", 2, "貳", "目標"),
        ("貮、目標", "capital", 2, "貮", "目標"),
        ("叁、期間", "capital", 3, "叁", "期間"),
        ("柒：附則", "capital", 7, "柒", "附則"),
        ("拾壹、附則", "capital", 11, "拾壹", "附則"),
        ("一、基礎", "chinese", 1, "一", "基礎"),
        ("十二．其他", "chinese", 12, "十二", "其他"),
        ("二十一、其他", "chinese", 21, "二十一", "其他"),
        ("（一）服務", "chinese_bracket", 1, "（一）", "服務"),
        ("(十)服務", "chinese_bracket", 10, "(十)", "服務"),
        ("﹙三﹚、服務", "chinese_bracket", 3, "﹙三﹚", "服務"),
        ("㈩服務", "chinese_bracket", 10, "㈩", "服務"),
        ("1.提升", "arabic", 1, "1.", "提升"),
        ("１．提升", "arabic", 1, "１．", "提升"),
        ("12、提升", "arabic", 12, "12", "提升"),
        ("３、提升", "arabic", 3, "３", "提升"),
        ("⒈提升", "arabic", 1, "⒈", "提升"),
        ("2.112年起", "arabic_none", None, "", ""),
        ("(1)提升", "arabic_bracket", 1, "(1)", "提升"),
        ("（１２）提升", "arabic_bracket", 12, "（１２）", "提升"),
        ("⑶提升", "arabic_bracket", 3, "⑶", "提升"),
        ("3)提升", "arabic_closing", 3, "3)", "提升"),
        ("３）提升", "arabic_closing", 3, "３）", "提升"),
        ("①提供", "circled", 1, "①", "提供"),
        ("⑳提供", "circled", 20, "⑳", "提供"),
        ("❷提供", "black_circled", 2, "❷", "提供"),
        ("➂提供", "circled", 3, "➂", "提供"),
        ("甲.加強", "stem", 1, "甲.", "加強"),
        ("癸、加強", "stem", 10, "癸", "加強"),
        ("（丙）加強", "stem_bracket", 3, "（丙）", "加強"),
        ("A.推廣", "letter", 1, "A.", "推廣"),
        ("ｂ．推廣", "small_letter", 2, "ｂ．", "推廣"),
        ("(c)推廣", "small_letter_bracket", 3, "(c)", "推廣"),
        ("◎根據", "mark", None, "◎", "根據"),
        ("❖根據", "mark", None, "❖", "根據"),
        ("1.1提升", "decimal", 1, "1.1", "提升"),
        ("1.12、提升", "decimal", 12, "1.12", "提升"),
        ("１．２．３提升", "decimal", 3, "１．２．３", "提升"),
        ("1-2-3-4提升", "dashed", 4, "1-2-3-4", "提升"),
        ("1.1.提升", "decimal", 1, "1.1", "提升"),
        ("Ⅳ.提升", "roman", 4, "Ⅳ.", "提升"),
        ("Ⅳ提升", "roman", 4, "Ⅳ", "提升"),
        ("XIV.提升", "roman", 14, "XIV.", "提升"),
        ("ⅲ)提升", "small_roman_bracket", 3, "ⅲ)", "提升"),
        ("(ii)提升", "small_roman_bracket", 2, "(ii)", "提升"),
        ("［3］提升", "arabic_square", 3, "［3］", "提升"),
        ("L.提升", "letter", 12, "L.", "提升"),
        ("㉒提升", "circled", 22, "㉒", "提升"),
        ("⓫提升", "black_circled", 11, "⓫", "提升"),
        ("Ⓒ提升", "letter_bracket", 3, "Ⓒ", "提升"),
        ("-推廣", "dash", None, "-", "推廣"),
        ("－推廣", "dash", None, "－", "推廣"),
    ],
)
def test_a_number_of_each_style(text, style, value, printed, rest):
    label = find_label(NUMBERING, text)
    if style == "arabic_none":
        assert label is None
        return
    assert label is not None
    assert (label.style.name, label.value, label.printed) == (style, value, printed)
    assert text[label.width :] == rest


@pytest.mark.parametrize(
    "text",
    [
        *("", "服務", "112年", "24小時", "1萬戶", "2.0版", "3.5%", "(107)年", "(CPS)", "一次告知"),
        *(
            "十大措施",
            "第一線人員",
            "甲級電匠",
            "甲.級",
            "APP",
            "e.g.",
            "--",
            "-5度",
            "—2—",
            "壹貳",
        ),
        *("3.5萬戶", "112.1.1", "1.5倍", "02-2366", "2366-6688", "3-5個工作天", "5.0", "1.0.2"),
        *("IP位址", "VIP", "IIII.", "VX.", "e-mail", "5G", "2.4GHz"),
        *("(一次)", "（112年）", "100.提升", "K.P.", "丁字褲"),
    ],
)
def test_text_that_starts_like_a_number(text):
    assert find_label(NUMBERING, text) is None


def test_a_sign_added_to_the_rules_is_found():
    """The rules are the only list of signs: no second one decides whether they are asked."""
    tables = copy.deepcopy(package_tables("numbering.toml"))
    for style in tables["style"]:
        if style["name"] == "mark":
            style["marks"] += "⛭"
    label = find_label(read_numbering(tables), "⛭辦理宣導")
    assert find_label(NUMBERING, "⛭辦理宣導") is None
    assert label is not None
    assert (label.style.name, label.value, label.printed, label.width) == ("mark", None, "⛭", 1)


@pytest.mark.parametrize("text", ["(02)2366-6688", "０２、受理", "(00)受理", "07.受理", "0)受理"])
def test_no_number_of_a_list_begins_with_zero(text):
    """Area codes of telephones do."""
    assert find_label(NUMBERING, text) is None


@pytest.mark.parametrize("style", NUMBERING.styles, ids=lambda style: style.name)
def test_no_style_finds_a_number_in_plain_text(style):
    assert style.pattern.match("提升服務效能執行計畫") is None


def spelled(number):
    tens, ones = divmod(number, 10)
    digits = " 一二三四五六七八九"
    ten = "" if not tens else ("十" if tens == 1 else f"{digits[tens]}十")
    return ten + (digits[ones] if ones else "")


@given(st.integers(1, 99))
def test_chinese_numerals_count(number):
    assert chinese_value(spelled(number)) == number
    label = find_label(NUMBERING, f"（{spelled(number)}）服務")
    assert label is not None
    assert label.value == number


@given(st.text(st.sampled_from("（）()一十壹1２.．、甲aＡ①◎-第章字"), max_size=8))
def test_whatever_stands_there_the_number_is_a_prefix(text):
    label = find_label(NUMBERING, text)
    if label is not None:
        assert text.startswith(label.printed)
        assert len(label.printed) <= label.width <= len(text)
        assert label.value is None or label.value > 0


@pytest.mark.parametrize(("measure", "point"), [("a)", "A."), ("①", "❶"), ("甲.", "(甲)")])
def test_numbers_that_look_different_count_by_themselves(measure, point):
    one, other = (find_label(NUMBERING, f"{number}辦理宣導") for number in (measure, point))
    assert one is not None
    assert other is not None
    assert one.key != other.key


@pytest.mark.parametrize(
    ("number", "after", "due"),
    [
        ("1.1", "", True),
        ("1.2", "1.1", True),
        ("2.1", "1.3", True),
        ("1.10", "1.9", True),
        ("1.2.1", "1.1.4", True),
        ("2.1.1", "1.4.2", True),
        ("2.2", "1.3", False),
        ("1.4", "1.2", False),
        ("1.2.2", "1.1.4", False),
        ("1.3", "1.3", False),
        ("3.", "2.", True),
        ("3.", "1.", False),
        ("2.", "", False),
        ("Ⅳ、", "Ⅲ、", True),
        ("㈣", "（三）", True),
        ("L.", "K.", True),
    ],
)
def test_a_number_is_due_behind_the_one_before(number, after, due):
    label, earlier = (find_label(NUMBERING, f"{text}辦理宣導") for text in (number, after))
    assert label is not None
    assert label.follows(earlier) is due


def test_levels_of_different_depth_count_by_themselves():
    labels = [find_label(NUMBERING, f"{number}受理") for number in ("1.1", "1.1.1", "1-1", "1.")]
    assert len({label.key for label in labels if label is not None}) == 4


def test_a_number_with_two_readings_has_both():
    found = [(one.style.name, one.value) for one in find_labels(NUMBERING, "I.辦理")]
    assert found == [("roman", 1), ("letter", 9)]
