"""Lines between the parts of a table: which part two tables, and which do not."""

import pytest

from planparse.model.page import DropReason
from planparse.model.table import Table, TextLine
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

HEADING = ["面向", "具體作法", "承辦部門"]
XS = (50, 110, 250, 350)


def sheet(number, rows, above=(), below=()):
    made = Sheet(number)
    for at, text in enumerate(above):
        made.write(text, 60, 130 + 18 * at)
    made.grid(XS, [200 + 40 * at for at in range(len(rows) + 1)], rows)
    for at, text in enumerate(below):
        made.write(text, 60, 210 + 40 * len(rows) + 18 * at)
    return made


FIRST = [HEADING, ["一、基礎", "(1)受理申請。", "業務組"]]
LATER = [["", "(2)另辦理宣導。", "企劃組"]]


def read(first, later):
    layout = build_layout(made_document(first, later))
    tables = [block for block in layout.blocks if isinstance(block, Table)]
    lines = [block.text for block in layout.blocks if isinstance(block, TextLine)]
    return len(tables), lines, [(drop.run.text, drop.reason) for drop in layout.dropped]


@pytest.mark.parametrize(
    ("below", "above"),
    [("（接下頁）", "（承上頁）"), ("（續下頁）", "（續前頁）"), ("（未完，待續）", "（續）")],
)
def test_what_shows_that_a_table_goes_on_parts_nothing(below, above):
    count, lines, dropped = read(sheet(1, FIRST, below=[below]), sheet(2, LATER, above=[above]))
    assert (count, lines) == (1, [])
    assert dropped == [(below, DropReason.RUNNING_HEADER), (above, DropReason.RUNNING_HEADER)]


def test_a_footnote_parts_nothing_and_stays():
    notes = ["註：1.本表供參考。", "2.依實際辦理。"]
    count, lines, dropped = read(sheet(1, FIRST, below=notes), sheet(2, LATER))
    assert (count, lines, dropped) == (1, notes, [])


def test_a_footer_below_each_part_parts_nothing():
    first = sheet(1, FIRST, below=["本計畫第1頁，共2頁"])
    count, _, _ = read(first, sheet(2, LATER, below=["本計畫第2頁，共2頁"]))
    assert count == 1


def test_a_caption_with_the_number_of_its_page_is_repeated():
    first = sheet(1, FIRST, above=["執行計畫表第1頁，共2頁"])
    count, lines, _ = read(first, sheet(2, LATER, above=["執行計畫表第2頁，共2頁"]))
    assert (count, lines) == (1, ["執行計畫表第1頁，共2頁"])


def test_other_text_parts_two_tables():
    assert read(sheet(1, FIRST, below=["伍、實施步驟"]), sheet(2, LATER))[0] == 2
    assert read(sheet(1, FIRST), sheet(2, LATER, above=["表二、經費"]))[0] == 2
