"""A plan's table without vertical rulings: columns by gutters, rows by what is drawn or by text."""

from dataclasses import replace

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.geometry import Box
from planparse.model.problem import ProblemCode
from planparse.model.table import Table
from planparse.plans.segment_plan import segment_plan
from planparse.tables.aligned_columns import HeadingRow, is_repeated
from planparse.tables.build_layout import build_layout
from planparse.tables.text_pieces import Piece
from tests.hand_made import PITCH, Sheet, made_document

LEFTS = (20.0, 90.0, 170.0, 310.0, 400.0)
RIGHT = 480.0
HEADINGS = ("主軸", "推動策略", "具體措施", "主辦單位", "辦理期程")
# One row each: label, strategy, lines of the practice, departments, period.
ROWS = (
    ("一、服務", "（一）便民", ("1.增設櫃檯並延長", "服務時間。"), ("業務組",), "每月一次"),
    ("", "", ("2.推廣電子帳單。",), ("電費組", "資訊組"), "隨時辦理"),
    ("", "（二）關懷", ("1.訪視高壓用戶，", "提供節電建議。"), ("業務組",), "113年6月底前"),
    ("二、創新", "（一）數位", ("1.簡化申辦書表。",), ("設計組",), "每季檢討一次"),
)
RULES = load_rules()


def sheet(rows=ROWS, *, space=6.0, middle=False, headings=HEADINGS, number=1):
    """Write headings and rows without any ruling; return the sheet and where the rows start.

    ``middle``: departments and periods stand in the middle of their rows.
    """
    made = Sheet(number, width=520.0)
    made.write("參、執行策略及具體作法", 20, 20)
    for left, heading in zip(LEFTS, headings, strict=True):
        made.write(heading, left, 60)
    top, tops = 60 + PITCH + space, []
    for *labels, practices, departments, period in rows:
        tops.append(top)
        height = max(len(practices), len(departments)) * PITCH
        for left, label in zip(LEFTS, labels, strict=False):
            if label:
                made.write(label, left, top)
        for left, lines in zip(LEFTS[2:], (practices, departments, (period,)), strict=True):
            shift = (height - len(lines) * PITCH) / 2 if middle and left > LEFTS[2] else 0.0
            for at, text in enumerate(lines):
                if text:
                    made.write(text, left, top + shift + at * PITCH)
        top += height + space
    tops.append(top)
    return made, tops


def read(*pages):
    document = made_document()
    document = replace(document, pages=tuple(pages))
    layout = build_layout(document, RULES.numbering, RULES.headings)
    return layout, segment_plan(document, layout, RULES, "test")


def rows_of(segmented):
    return [
        (
            measure.aspect,
            measure.strategy,
            measure.text,
            tuple(department.name for department in measure.departments),
            measure.period,
        )
        for measure in segmented.plan.measures
    ]


EXPECTED = [
    ("服務", "便民", "增設櫃檯並延長服務時間。", ("業務組",), "每月一次"),
    ("服務", "便民", "推廣電子帳單。", ("電費組", "資訊組"), "隨時辦理"),
    ("服務", "關懷", "訪視高壓用戶，提供節電建議。", ("業務組",), "113年6月底前"),
    ("創新", "數位", "簡化申辦書表。", ("設計組",), "每季檢討一次"),
]


@pytest.mark.parametrize(("space", "middle"), [(0.0, False), (6.0, False), (6.0, True)])
def test_without_any_rule(space, middle):
    made, _ = sheet(space=space, middle=middle)
    _, segmented = read(made.page())
    assert rows_of(segmented) == EXPECTED
    assert not [problem for problem in segmented.problems if problem.measure is not None]


def test_three_lines():
    made, tops = sheet()
    for y in (56.0, 60 + PITCH + 3, tops[-1] - 3):
        made.across(y, 17, RIGHT)
    made.write("肆、附則", 20, tops[-1] + 12)
    made.write("本計畫如有未盡事宜，得另行補充規定並公告週知各單位照辦。", 44, tops[-1] + 32)
    layout, segmented = read(made.page())
    assert rows_of(segmented) == EXPECTED
    (table,) = [block for block in layout.blocks if isinstance(block, Table)]
    assert table.column_count == 5
    assert segmented.plan.sections[-1].paragraphs == (
        "本計畫如有未盡事宜，得另行補充規定並公告週知各單位照辦。",
    )


def test_rules_between_rows_only():
    made, tops = sheet(space=4.0)
    for y in (56.0, *(top - 2 for top in tops)):
        made.across(y, 17, RIGHT)
    _, segmented = read(made.page())
    assert rows_of(segmented) == EXPECTED


def test_shaded_rows():
    rows = tuple((*row[:2], tuple(text.lstrip("12.") for text in row[2]), *row[3:]) for row in ROWS)
    made, tops = sheet(rows, space=0.0)
    fills = tuple(
        Box(left - 3, tops[row], right - 3, tops[row + 1])
        for row in (0, 2)
        for left, right in zip(LEFTS, (*LEFTS[1:], RIGHT), strict=True)
    )
    _, segmented = read(replace(made.page(), fills=fills))
    assert rows_of(segmented) == EXPECTED


def test_headings_of_two_lines_and_a_page_break():
    first, _ = sheet(ROWS[:3])
    second, _ = sheet(ROWS[3:], number=2)
    second.runs = [run for run in second.runs if run.top != 20]
    _, segmented = read(first.page(), second.page())
    assert rows_of(segmented) == EXPECTED


def test_a_blank_place_below_a_text_is_in_doubt():
    rows = [*ROWS[:2], *((*row[:2], row[2], row[3], row[4]) for row in ROWS[2:])]
    rows[1] = ("", "", ("2.推廣電子帳單。",), ("",), "隨時辦理")
    rows += [("", "", (f"{at}.檢討流程並公告。",), ("工務段",), "隨時辦理") for at in (2, 3, 4)]
    made, _ = sheet(rows)
    _, segmented = read(made.page())
    doubted = {
        problem.measure
        for problem in segmented.problems
        if problem.code is ProblemCode.DEPARTMENT_AMBIGUOUS
    }
    assert doubted == {1, 2}


def test_rows_that_nothing_shows_are_refused():
    """Texts without numbers and spaces, departments in the middle: rows may start anywhere."""
    rows = [
        (*row[:2], ("推廣各項服務並檢討", "流程後公告週知用戶", "以資遵循辦理。"), *row[3:])
        for row in ROWS
    ]
    made, _ = sheet(rows, space=0.0, middle=True)
    _, segmented = read(made.page())
    (problem,) = segmented.problems
    assert (segmented.plan, problem.code, problem.page) == (None, ProblemCode.BORDERS_UNCLEAR, 1)


def test_text_with_the_words_of_headings_is_no_table():
    made = Sheet(width=520.0)
    for at in range(6):
        made.write("依推動策略及具體措施辦理，由主辦單位於辦理期程內完成並彙報。", 20, 20 + at * 20)
    made.write("推動策略__具體措施__主辦單位", 20, 160)
    for at in range(6):
        made.write(
            "本計畫之推動由各單位通力合作辦理並按季檢討彙整成果公告週知。", 20, 180 + at * 20
        )
    layout, segmented = read(made.page())
    assert not [block for block in layout.blocks if isinstance(block, Table)]
    assert segmented.plan is None


def test_other_documents_keep_to_rulings():
    made, _ = sheet()
    layout = build_layout(made_document(made))
    assert not [block for block in layout.blocks if isinstance(block, Table)]


def pieces(*texts):
    """Make heading pieces on one line, a hundred points apart."""
    return tuple(
        Piece(100.0 * at, 100.0 * at + 12 * len(text), 50, 62, 12, text)
        for at, text in enumerate(texts)
        if text
    )


@pytest.mark.parametrize(
    ("texts", "repeated"),
    [
        (("服務面向", "推動策略", "具體措施", "承辦單位"), True),
        (("", "推動策略", "具體措施", "承辦單位"), True),
        (("", "", "具體措施", "承辦單位"), False),
        (("服務面向", "推動策略", "具體措施", "完成期限"), False),
        (("服務面向", "具體措施", "推動策略", "承辦單位"), False),
    ],
)
def test_a_heading_row_without_its_highest_heading_is_the_first_one_again(texts, repeated):
    """服務面⏎向 stands a line higher than the others and is dropped as a running header."""
    first = HeadingRow(pieces("服務面向", "推動策略", "具體措施", "承辦單位"), (), 0, 0)
    assert is_repeated(HeadingRow(pieces(*texts), (), 0, 0), first) is repeated
