"""Full and half width, known from the room that a glyph takes."""

import pytest

from planparse.ocr.digit_widths import settle_digits
from planparse.ocr.widths import settle_signs
from tests.ocr.candidates_for_tests import line_of

THIN = 0.25


def settle_widths(lines):
    return settle_digits(settle_signs(lines))


def one(text, **how):
    return settle_widths([line_of(text, **how)])[0].text


def bracketed(text, inside, outside):
    """Set 甲(乙)丙 with so many ems of white inside and outside of the brackets."""
    gaps = {1: outside, 2: inside, 3: inside, 4: outside}
    return one(text, widths={1: THIN, 3: THIN}, gaps=gaps)


@pytest.mark.parametrize("read", ["甲(乙)丙", "甲（乙）丙", "甲(乙）丙"])
def test_brackets_in_a_square_of_their_own_are_full_and_tight_ones_half(read):
    assert bracketed(read, 0.45, 0.45) == "甲（乙）丙"
    assert bracketed(read, 0.12, 0.15) == "甲(乙)丙"


def test_a_pair_is_settled_together_over_lines_of_one_cell():
    wide = {"widths": {2: THIN}, "gaps": {2: 0.45, 3: 0.5}}
    lines = [line_of("服務(含臨櫃", **wide), line_of("電話)等", widths={2: THIN}, gaps={2: 0.5})]
    assert [line.text for line in settle_widths(lines)] == ["服務（含臨櫃", "電話）等"]
    lines[1] = line_of("電話)等", widths={2: THIN}, gaps={2: 0.1, 3: 0.1}, region=2)
    assert [line.text for line in settle_widths(lines)] == ["服務（含臨櫃", "電話)等"]


def test_brackets_in_a_column_one_character_wide_are_full():
    lines = [line_of(char) for char in ("(", "一", ")", "基", "礎")]
    assert "".join(line.text for line in settle_widths(lines)) == "（一）基礎"


def test_they_are_full_though_the_engine_is_sure_and_other_pairs_of_the_page_are_half():
    tight = {"widths": {1: THIN, 3: THIN}, "gaps": {1: 0.1, 2: 0.1, 3: 0.1, 4: 0.1}}
    others = [line_of("甲(乙)丙", region=at, **tight, chance=0.99) for at in (2, 3)]
    lines = [line_of(char, chance=0.99) for char in ("(", "一", ")", "基", "礎")]
    assert "".join(line.text for line in settle_widths([*lines, *others])[:5]) == "（一）基礎"


def test_numbers_of_a_page_are_set_alike():
    def number(text, alternative):
        return line_of(
            f"{text}提供",
            alternatives={0: alternative, 2: alternative},
            widths={0: THIN, 1: 0.45, 2: THIN},
            gaps={1: 0.1, 2: 0.1, 3: 0.6},
            chance=0.6,
        )

    half = [number(f"({at})", [("（", 0.1)]) for at in range(1, 4)]
    odd = number("（4）", [("(", 0.4)])
    assert [line.text[:3] for line in settle_widths([*half, odd])] == ["(1)", "(2)", "(3)", "(4)"]


def test_points_between_chinese_characters_are_full_width():
    assert one("辦理,並", widths={2: 0.2}, gaps={2: 0.5, 3: 0.5}) == "辦理，並"
    assert one("如下:", widths={2: 0.2}, gaps={2: 0.5}) == "如下："
    assert one("程度；服", widths={2: 0.15}, gaps={2: 0.2, 3: 0.2}) == "程度;服"


def test_a_comma_of_a_number_stays():
    text = "2,000"
    assert one(text, widths=dict.fromkeys(range(5), 0.45), gaps={1: 0.05, 2: 0.3}) == text


def test_three_signs_in_one_em_are_one_enclosed_number():
    low = line_of("(1)提供", widths={0: 0.2, 1: 0.3, 2: 0.2}, gaps={0: 0, 1: 0.05, 2: 0.05})
    digit = low.glyphs[1]
    small = digit.__class__(
        **{**{name: getattr(digit, name) for name in digit.__slots__}, "bottom": 14.0}
    )
    joined = settle_widths([type(low)((low.glyphs[0], small, *low.glyphs[2:]), (), 0.0, 30.0, 1)])[
        0
    ]
    assert joined.text == "⑴提供"
    assert joined.repairs[0][0].text == "(1)"
    assert settle_widths([low])[0].text == "(1)提供"


def test_a_digit_in_a_square_of_its_own_is_full_width():
    body = [line_of("甲、乙、丙", widths={1: 0.25, 3: 0.25}, gaps={1: 0.1, 3: 0.1})] * 3
    wide = line_of("1、提供", widths={0: 0.4, 1: 0.25}, gaps={1: 0.35})
    tight = line_of("1、提供", widths={0: 0.4, 1: 0.25}, gaps={1: 0.12})
    assert settle_widths([*body, wide])[-1].text == "１、提供"
    assert settle_widths([*body, tight])[-1].text == "1、提供"


def test_digits_an_em_apart_are_full_width():
    assert (
        settle_widths(
            [line_of("112年", widths=dict.fromkeys(range(3), 0.45), gaps={1: 0.55, 2: 0.55})]
        )[0].text
        == "１１２年"
    )
    assert (
        settle_widths(
            [line_of("112年", widths=dict.fromkeys(range(3), 0.45), gaps={1: 0.05, 2: 0.05})]
        )[0].text
        == "112年"
    )


def test_a_digit_and_a_point_an_em_apart_are_full_width():
    wide = line_of("2.提升", widths={0: 0.5, 1: 0.17}, gaps={1: 0.7, 2: 0.5})
    tight = line_of("2.提升", widths={0: 0.5, 1: 0.17}, gaps={1: 0.05, 2: 0.5})
    assert settle_widths([wide, tight])[0].text == "２．提升"
    assert settle_widths([wide, tight])[1].text == "2.提升"


def test_numbers_of_one_column_are_set_alike_and_another_columns_differ():
    body = [line_of("甲、乙、丙", widths={1: 0.25, 3: 0.25}, gaps={1: 0.1, 3: 0.1})] * 3
    tight = line_of("1、提供", widths={0: 0.4, 1: 0.25}, gaps={1: 0.12})
    wide = [line_of("1、提供", widths={0: 0.4, 1: 0.25}, gaps={0: 9, 1: 0.35})] * 3
    found = [line.text[0] for line in settle_widths([*body, tight, *wide])][3:]
    assert found == ["1", "１", "１", "１"]


def test_a_number_alone_on_its_line_is_not_spread_because_its_line_is_low():
    body = line_of("服務提升")
    number = line_of("15", widths={0: 0.45, 1: 0.45}, gaps={1: 0.05})
    low = type(number)(number.glyphs, (), 0.0, 16.0, 2)
    assert settle_widths([body, low])[1].text == "15"


def test_brackets_that_the_room_leaves_in_doubt_are_as_the_engine_is_sure_of():
    sure = {"widths": {1: THIN, 3: THIN}, "gaps": {1: 0.3, 2: 0.25, 3: 0.25, 4: 0.3}}
    assert one("甲（乙）丙", **sure, chance=0.99) == "甲（乙）丙"
    assert one("甲(乙)丙", **sure, chance=0.99) == "甲(乙)丙"


def test_numbers_of_tasks_and_of_measures_beside_them_are_told_apart():
    """(1) in the tasks' column, （1） in that of the measures, where the engine hesitates."""

    def number(at, left, inside):
        return line_of(
            f"({at})提供",
            alternatives={0: [("（", 0.3)], 2: [("）", 0.3)]},
            widths={0: THIN, 1: 0.45, 2: THIN},
            gaps={0: left, 1: inside, 2: inside, 3: 0.1},
            chance=0.6,
        )

    tasks = [number(at, 1.0, 0.08) for at in range(1, 6)]
    # The third is in doubt: it is as the others of its column, not as those of the page.
    measures = [number(at, 20.0, white) for at, white in ((1, 0.36), (2, 0.36), (3, 0.305))]
    texts = [line.text[:3] for line in settle_widths([*tasks, *measures])]
    assert texts == ["(1)", "(2)", "(3)", "(4)", "(5)", "（1）", "（2）", "（3）"]


def ming(text, edge=0.0):
    """Set （一） as Ming does, 服務 below it: its brackets have white outside alone."""
    widths = {0: 0.3, 1: 0.9, 2: 0.3}
    first = line_of(text, widths=widths, gaps={0: edge, 1: 0.1, 2: 0.1})
    return [first, line_of("服務一致及", gaps={0: 0.05}), line_of("正確性", gaps={0: 0.05})]


@pytest.mark.parametrize("read", ["(一)", "（一）"])
def test_a_number_alone_above_its_label_is_told_by_where_its_bracket_stands(read):
    assert settle_widths(ming(read, 0.7))[0].text == "（一）"
    assert settle_widths(ming(read, 0.1))[0].text == "(一)"


def test_brackets_with_little_white_inside_but_much_outside_are_full():
    assert bracketed("甲(乙)丙", 0.1, 0.7) == "甲（乙）丙"


def test_a_space_after_a_half_width_bracket_makes_no_full_one():
    tight = {"widths": {0: THIN, 1: 0.9, 2: THIN}, "gaps": {0: 0.1, 1: 0.1, 2: 0.1, 3: 0.5}}
    assert one("(一)服務", **tight) == "(一)服務"
