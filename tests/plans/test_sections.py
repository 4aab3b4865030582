"""Sections 壹 to 柒 around the table: headings, wrapped headings, paragraphs."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.plans.sections import SectionReader, text_frame
from tests.hand_made import SIZE, made_line, made_lines

# Lines are twenty ems wide.
FULL = "依據本公司總管理處函示辦理並提升各項服務"
INDENT = 2 * SIZE


def read(*texts, page=1):
    """Give each section as number, heading, paragraphs; a number is the indent of its text."""
    reader = reader_of(made_lines(texts, left=50, page=page))
    return said(reader)


def reader_of(lines):
    """Read lines; somewhere else in the document a line is full."""
    rules = load_rules()
    elsewhere = made_line(FULL, 50, page=9)
    reader = SectionReader(rules, text_frame(rules, [*lines, elsewhere]))
    for line in lines:
        reader.line(line)
    return reader


def joined(lines):
    return "".join(line.glyphs for line in lines)


def said(reader):
    return [
        (one.printed_number, joined(one.heading), [joined(part) for part in one.paragraphs])
        for one in reader.sections
    ]


def test_headings_and_the_paragraphs_below_them():
    assert read("壹、計畫依據", FULL, "效能。", "貳、計畫目標", "提升效能。") == [
        ("壹", "計畫依據", [f"{FULL}效能。"]),
        ("貳", "計畫目標", ["提升效能。"]),
    ]


def test_a_heading_with_its_text_behind_a_colon():
    assert read("壹、計畫依據：依總管理處函示訂定", "貳、期間：112年度。", FULL) == [
        ("壹", "計畫依據：", ["依總管理處函示訂定"]),
        ("貳", "期間：", ["112年度。", FULL]),
    ]


def test_a_colon_that_ends_a_heading_stays_with_it():
    assert read("壹、計畫依據：", "依函示訂定。") == [("壹", "計畫依據：", ["依函示訂定。"])]


def test_a_heading_that_is_a_sentence_keeps_its_colon():
    line = "柒、本計畫未盡事宜，依下列規定：另行補充"
    assert read("壹、依據", "依函示。", line) == [
        ("壹", "依據", ["依函示。"]),
        ("柒", line[2:], []),
    ]


def test_a_heading_broken_for_width_goes_on():
    wrapped = "陸、本計畫奉核定後實施修正時亦同並由業務"
    assert read("壹、依據", FULL, "效能。", wrapped, "組辦理", "經費自籌。") == [
        ("壹", "依據", [f"{FULL}效能。"]),
        ("陸", wrapped[2:] + "組辦理", ["經費自籌。"]),
    ]


def test_numbered_paragraphs():
    lines = ["一、" + FULL[:18], (INDENT, "效能。"), "二、建立良好形象。", "（一）推廣。"]
    assert read("貳、計畫目標", *lines) == [
        ("貳", "計畫目標", ["一、" + FULL[:18] + "效能。", "二、建立良好形象。", "（一）推廣。"])
    ]


def test_a_number_inside_a_sentence_begins_no_paragraph():
    lines = ["一、" + FULL[:18], "二、三級機關並列管。", "二、建立良好形象。"]
    assert read("貳、計畫目標", *lines) == [
        ("貳", "計畫目標", ["一、" + FULL[:18] + "二、三級機關並列管。", "二、建立良好形象。"])
    ]


def test_paragraphs_told_by_their_first_lines_indent():
    second = "效能提升並加強宣導服務措施以利用戶使用。"
    lines = [(INDENT, FULL[:18]), second, (INDENT, "另行提報。")]
    assert read("參、實施內容", *lines) == [("參", "實施內容", [FULL[:18] + second, "另行提報。"])]


def test_numbered_lines_and_headings_that_run_on_do_not_tell_the_indent():
    """Two paragraphs that end with their lines' end: only the first lines' indent parts them."""
    whole = "經濟部函頒之計畫辦理並提升服務效能。"
    sections = read(
        "壹、計畫目標",
        (SIZE, "一、提升服務效能。"),
        "貳、計畫依據",
        (INDENT, whole),
        (INDENT, whole),
        "參、考核作業及本公司總管理處之年度考核",
        (SIZE, "規定"),
    )
    assert sections[1][2] == [whole, whole]


def test_paragraphs_without_indent_end_with_a_short_line():
    assert read("參、實施內容", FULL, "效能。", FULL[:19] + "。", "另行提報。") == [
        ("參", "實施內容", [f"{FULL}效能。", FULL[:19] + "。另行提報。"])
    ]


@pytest.mark.parametrize("line", ["壹貳參肆", "柒"])
def test_numerals_alone_are_no_heading(line):
    assert read("壹、依據", "依函示。", line) == [("壹", "依據", ["依函示。", line])]


def test_a_numeral_at_a_lines_start_in_a_sentence_is_no_heading():
    assert read("壹、依據", FULL, "貳、參節所述各點。") == [
        ("壹", "依據", [f"{FULL}貳、參節所述各點。"])
    ]


def test_lines_before_the_first_section_are_the_preface():
    reader = reader_of(made_lines(["屏東區營業處112年度計畫", "112.02.24", "壹、依據", "依函示。"]))
    assert [line.glyphs for line in reader.preface] == ["屏東區營業處112年度計畫", "112.02.24"]
    assert said(reader) == [("壹", "依據", ["依函示。"])]


def test_the_section_before_the_table_has_it():
    reader = reader_of(made_lines(["壹、依據", "依函示。", "肆、實施內容"]))
    reader.table()
    reader.line(made_line("伍、考核", 50, 400))
    assert [one.has_table for one in reader.sections] == [False, True, False]


def test_text_behind_the_table_begins_a_paragraph():
    reader = reader_of(made_lines(["肆、實施內容", "詳如下表，"]))
    reader.table()
    reader.line(made_line("一、另行提報。", 0, 400))
    assert said(reader) == [("肆", "實施內容", ["詳如下表，", "一、另行提報。"])]


def test_another_tables_rows_are_paragraphs():
    reader = reader_of(made_lines(["伍、經費"]))
    reader.paragraph(made_lines(["項目", "金額"]))
    reader.line(made_line("以上由年度預算支應。", 50, 400))
    assert said(reader) == [("伍", "經費", ["項目金額", "以上由年度預算支應。"])]


def test_a_paragraph_goes_on_over_a_page_break():
    lines = [
        *made_lines(["壹、依據", FULL], left=50, top=700),
        *made_lines(["效能。", "貳、目標"], left=50, top=60, page=2),
    ]
    assert said(reader_of(lines)) == [("壹", "依據", [f"{FULL}效能。"]), ("貳", "目標", [])]


def test_chapters():
    assert read("第一章總則", "依函示。", "第二章：目標", "提升。") == [
        ("第一章", "總則", ["依函示。"]),
        ("第二章", "目標", ["提升。"]),
    ]
