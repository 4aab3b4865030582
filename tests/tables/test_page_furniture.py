"""Page numbers and running headers go; what only looks like one stays."""

import pytest

from planparse.model.page import DropReason
from planparse.model.table import TextLine
from planparse.tables.build_layout import build_layout
from tests.hand_made import Sheet, made_document

BODY = "本計畫依據總管理處函示訂定之。"


def sheet_with(text, top, number=1, *, left=190, size=10):
    """Make a page with a body of some lines and one more line."""
    sheet = Sheet(number)
    for at in range(8):
        sheet.write(f"{BODY[: 15 - at]}", 50, 100 + 20 * at + 3 * number)
    sheet.write(text, left, top, size)
    return sheet


def read(*sheets):
    """Give the lines kept, and what was dropped with its reason."""
    layout = build_layout(made_document(*sheets))
    kept = [block.glyphs for block in layout.blocks if isinstance(block, TextLine)]
    return kept, [(drop.run.text, drop.reason) for drop in layout.dropped]


@pytest.mark.parametrize(
    "text",
    [
        *("3", "12", "３", "- 3 -", "-3-", "–3–", "— 3 —", "~3~", "～3～", "－３－", "第3頁"),
        *("第 3 頁", "第３頁", "第三頁", "第十二頁，共二十頁", "第3頁，共9頁", "第3頁/共9頁"),
        *("3/9", "3 / 9", "(3)", "〈3〉", "【3】", "[3]", "P.3", "p3", "Page 3 of 9", "Page 3/9"),
        *("頁3", "頁次：3", "頁碼:3/9", "iv", "IX", "· 3 ·", "|3|"),
    ],
)
@pytest.mark.parametrize("top", [30, 560])
def test_a_page_number_in_either_margin_is_dropped(text, top):
    kept, dropped = read(sheet_with(text.replace(" ", "_"), top))
    assert dropped == [(text.replace(" ", ""), DropReason.PAGE_NUMBER)]
    assert len(kept) == 8


@pytest.mark.parametrize("text", ["3、", "3年", "表3", "附件3", "112年", "3人", "共9頁項", "ixi年"])
def test_other_short_lines_in_a_margin_stay(text):
    kept, dropped = read(sheet_with(text, 560))
    assert dropped == []
    assert text in kept


@pytest.mark.parametrize("top", [90, 280, 470])
def test_a_figure_on_a_line_of_its_own_in_a_paragraph_stays(top):
    kept, dropped = read(sheet_with("112", top))
    assert dropped == []
    assert "112" in kept


def test_a_number_in_the_margin_that_is_not_the_outermost_line_stays():
    """A table or text may reach into the margin: only the last line may be the page's number."""
    sheet = sheet_with("112", 540, left=50, size=12)
    sheet.write("戶。", 50, 556)
    sheet.write("7", 190, 575, 10)
    kept, dropped = read(sheet)
    assert dropped == [("7", DropReason.PAGE_NUMBER)]
    assert kept[-2:] == ["112", "戶。"]


def test_a_number_in_a_table_is_never_a_page_number():
    sheet = Sheet()
    sheet.grid((50, 150, 350), (520, 550, 590), [["項次", "作法"], ["3", "辦理"]])
    assert read(sheet)[1] == []


def headed(number, text="台灣電力公司_提升服務效能執行計畫", top=25):
    return sheet_with(text, top, number, left=60)


def test_a_header_on_every_page_is_dropped_from_every_page():
    kept, dropped = read(*[headed(number) for number in (1, 2, 3)])
    assert [reason for _, reason in dropped] == [DropReason.RUNNING_HEADER] * 3
    assert len(kept) == 24


def test_a_header_that_counts_is_one_header():
    pages = [headed(number, f"服務計畫_第{number}次修正") for number in (1, 2)]
    assert len(read(*pages)[1]) == 2


def test_a_header_on_half_of_the_pages_is_dropped_on_fewer_it_stays():
    """Headers for odd and even pages differ; a line that two of five pages share is text."""
    odd = [headed(number, "奇數頁頁首" if number % 2 else "偶數頁頁首") for number in (1, 2, 3, 4)]
    assert len(read(*odd)[1]) == 4
    few = [
        headed(number, "頁首" if number < 3 else f"第{'一二三四五'[number]}行")
        for number in range(1, 5)
    ]
    assert {text for text, _ in read(*few)[1]} == {"頁首"}
    fewer = [*few, sheet_with("獨行", 25, 5)]
    assert read(*fewer)[1] == []


def test_lines_alike_at_other_heights_are_text():
    assert read(headed(1, top=25), headed(2, top=40))[1] == []
    assert len(read(headed(1, top=25), headed(2, top=27))[1]) == 2


def test_the_title_stays_though_it_is_repeated_as_a_header():
    """The first print is the largest line of the first page: there it is the title."""
    first, second = (sheet_with("執行計畫", 25, number, size=18) for number in (1, 2))
    kept, dropped = read(first, second)
    assert dropped == [("執行計畫", DropReason.RUNNING_HEADER)]
    assert kept.count("執行計畫") == 1


def test_a_title_repeated_on_later_pages_only_stays_on_the_first():
    """What is largest on a later page is no title: there it is a header."""
    pages = [sheet_with("執行計畫", 25, number, size=18) for number in (1, 2, 3)]
    kept, dropped = read(*pages)
    assert (kept.count("執行計畫"), len(dropped)) == (1, 2)


def test_what_a_browser_prints_below_a_page_is_a_page_number():
    kept, dropped = read(sheet_with("https://example.org/plan.html_1/12", 570, left=40))
    assert dropped == [("https://example.org/plan.html1/12", DropReason.PAGE_NUMBER)]
    assert len(kept) == 8


def test_a_line_apart_but_not_at_the_very_top_is_no_lone_header():
    page = sheet_with("提升服務", 55)
    assert page.runs[0].font_size > page.runs[-1].font_size
    assert read(page)[1] == []


def test_a_lone_header_of_a_single_page_is_small_and_stands_apart():
    _, dropped = read(headed(1))
    assert dropped == [("台灣電力公司提升服務效能執行計畫", DropReason.RUNNING_HEADER)]
    large = sheet_with("台灣電力公司提升服務效能執行計畫", 20, size=14)
    assert read(large)[1] == []
    near = headed(1)
    near.write("壹、依據", 50, 39)
    assert read(near)[1] == []


def test_every_glyph_is_kept_or_dropped():
    sheets = [headed(number) for number in (1, 2)]
    for number, sheet in enumerate(sheets, 1):
        sheet.write(f"-_{number}_-", 190, 570, 10)
    kept, dropped = read(*sheets)
    glyphs = sum(len(text) for text in kept) + sum(len(text) for text, _ in dropped)
    assert glyphs == sum(sheet.count for sheet in sheets)
