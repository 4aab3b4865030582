"""A table of contents is told from the sections that it lists."""

from planparse.plans.sections import contents_lines
from tests.hand_made import made_lines

ENTRIES = ["壹、計畫依據……………1", "貳、計畫目標．．．．．．．1", "參、實施對象........2"]


def found(texts):
    return [line.glyphs for line in contents_lines(made_lines(texts))]


def test_entries_and_title():
    assert found(["目錄", *ENTRIES, "壹、計畫依據"]) == ["目錄", *ENTRIES]


def test_an_entry_of_two_lines():
    long = ["肆、本計畫如有未盡事宜，得依實際需要修正或", "另行補充規定…………3", "伍、附則…………4"]
    assert found([*ENTRIES, *long]) == [*ENTRIES, *long]


def test_a_last_entry_without_dots():
    long = ["肆、本計畫如有未盡事宜，得依實際需要", "修正或另行補充規定。3"]
    assert found([*ENTRIES, *long]) == [*ENTRIES, *long]
    assert found([*ENTRIES, "壹、計畫依據", "用戶滿意度達95"]) == ENTRIES


def test_one_line_with_dots_is_no_contents():
    assert found(["壹、計畫依據……………1", "貳、計畫目標"]) == []
