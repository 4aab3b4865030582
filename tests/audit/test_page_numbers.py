"""No form of page number refuses a plan or reaches its text, wherever it stands."""

import pytest

from planparse.lexicon.rule_files import package_tables
from planparse.model.page import DropReason
from planparse.model.result import ParseResult
from planparse.pipeline import parse_document
from tests.hand_made import Sheet, made_document

XS = (50, 110, 280, 350)
HEADING = ["執行策略", "具體作法", "承辦部門"]
ROWS = (
    [["一、基礎", "1.電話受理申請。", "業務組"], ["二、評價", "1.辦理調查。", "企劃組"]],
    [["三、資訊", "1.提供網路申辦。", "資訊組"], ["四、創新", "1.簡化作業。", "總務組"]],
    [["五、透明", "1.公開服務資訊。", "工務組"], ["六、關懷", "1.訪視用戶。", "業務組"]],
)
# How people number pages; {} is the page, of three.
FOOTERS = (
    *(
        "Page {} of 3",
        "第{}頁，共3頁",
        "第_{}_頁_/_共_3_頁",
        "-_{}_-",
        "{}/3",
        "審四_-{}_頁",
        "P.{}",
    ),
    *("頁次:{}/3", "p._{}", "~{}~", "{}", "Page_{}", "共3頁，第{}頁", "第{}頁(共3頁)", "({})"),
    *("{}_of_3", "Page_|_{}", "附-{}頁", "－{}－", "第{}/3頁", "【{}】", "PAGE_{}/3", "P.{}"),
)
ROMAN = ("Ⅰ", "Ⅱ", "Ⅲ")


def sheet_of(number, footer, *, top=575.0, left=190.0, in_runs=False, open_end=False):
    """Make a page of a plan whose table ends at 540; the footer may stand in several runs."""
    sheet = Sheet(number)
    if number == 1:
        sheet.write("服務處112年度執行計畫", 100, 40, 18)
    ys = [90, 120, 330, 540]
    sheet.grid(XS, ys, [HEADING, *ROWS[number - 1]])
    if open_end:
        for ruling in [one for one in sheet.rulings if one.position == ys[-1]]:
            sheet.rulings.remove(ruling)
        for x in XS:
            sheet.down(x, ys[-1] - 10, ys[-1] + 8)
        sheet.write("用戶意見", XS[1] + 3, ys[-1] - 14)
    for part in footer if in_runs else [footer]:
        size = 12.0 if ord(part[0]) > 0x3000 else 6.0 * len(part)
        sheet.write(part, left, top)
        left += size
    return sheet


def parsed(footers, **how) -> ParseResult:
    sheets = [sheet_of(number, footer, **how) for number, footer in enumerate(footers, 1)]
    return parse_document(made_document(*sheets))


def check(result, numbers):
    """Check that the page numbers, and they alone, were dropped, and that the plan is whole."""
    assert result.plan is not None
    assert not [one for one in result.problems if one.severity == "refused"]
    assert result.ledger is not None
    assert result.ledger.dropped[DropReason.PAGE_NUMBER] == sum(
        len(number.replace("_", "")) for number in numbers
    )
    texts = [measure.text for measure in result.plan.measures]
    assert texts == [row[1][2:] for rows in ROWS for row in rows]
    assert not result.plan.sections or "頁" not in result.plan.sections[0].model_dump_json()


@pytest.mark.parametrize("form", FOOTERS)
@pytest.mark.parametrize("in_runs", [False, True])
def test_a_footer_of_any_form(form, in_runs):
    numbers = [form.format(at) for at in (1, 2, 3)]
    if in_runs:
        numbers = [number.replace("_", "") for number in numbers]
    check(parsed(numbers, in_runs=in_runs), numbers)


def test_a_footer_in_roman_numerals():
    check(parsed(ROMAN), ROMAN)


@pytest.mark.parametrize("form", FOOTERS)
@pytest.mark.parametrize("in_runs", [False, True])
@pytest.mark.parametrize("top", [536.0, 549.0])
def test_a_page_number_beside_or_below_the_open_end_of_a_table(form, in_runs, top):
    numbers = [form.format(at) for at in (1, 2, 3)]
    if in_runs:
        numbers = [number.replace("_", "") for number in numbers]
    sheets = [
        sheet_of(at, number, top=top, left=XS[1] + 3, in_runs=in_runs, open_end=True)
        for at, number in enumerate(numbers, 1)
    ]
    result = parse_document(made_document(*sheets))
    assert result.plan is not None
    assert not [one for one in result.problems if one.severity == "refused"]
    assert result.ledger is not None
    glyphs = sum(len(number.replace("_", "")) for number in numbers)
    assert result.ledger.dropped[DropReason.PAGE_NUMBER] == glyphs
    for measure in result.plan.measures:
        assert not set(measure.text) & set("頁123/")


def test_the_forms_of_this_test_cover_the_rules():
    assert len(package_tables("page_numbers.toml")["form"]) >= 9


def test_a_footer_below_the_page_number():
    """The number is not the last line: each page prints who made the plan below it."""
    sheets = [sheet_of(at, f"第{at}頁", top=560) for at in (1, 2, 3)]
    for sheet in sheets:
        sheet.write("業務處編製", 180, 580)
    result = parse_document(made_document(*sheets))
    check(result, ["第1頁"] * 3)


def test_the_page_number_in_a_title_row_that_every_page_repeats():
    sheets = []
    for at in (1, 2, 3):
        sheet = Sheet(at)
        title = ["執行計畫", f"第{at}頁，共3頁", "服務處"]
        sheet.grid(XS, [90, 120, 150, 330, 540], [title, HEADING, *ROWS[at - 1]])
        sheets.append(sheet)
    check(parse_document(made_document(*sheets)), ["第1頁，共3頁"] * 3)


def test_the_page_number_behind_the_title_of_a_repeated_row():
    sheets = []
    for at in (1, 2, 3):
        sheet = Sheet(at)
        title = [f"執行計畫\n第{at}/3頁", f"提升服務效能第{at}頁", "服務處"]
        sheet.grid(XS, [90, 130, 160, 340, 540], [title, HEADING, *ROWS[at - 1]])
        sheets.append(sheet)
    result = parse_document(made_document(*sheets))
    assert result.plan is not None
    assert not [one for one in result.problems if one.severity == "refused"]
    assert len(result.plan.measures) == 6


@pytest.mark.parametrize("text", ["5/14", "12", "(3)"])
def test_figures_that_hang_below_an_open_end_on_one_page_belong_to_the_cell(text):
    """They name no page and do not count on with those of the other pages."""
    sheets = [
        sheet_of(at, f"第{at}頁，共3頁", left=190, open_end=at == 1, top=575) for at in (1, 2, 3)
    ]
    sheets[0].write(text, XS[1] + 3, 549)
    result = parse_document(made_document(*sheets))
    assert result.plan is not None
    assert result.ledger is not None
    assert result.ledger.dropped[DropReason.PAGE_NUMBER] == 21
    assert any(text in measure.text for measure in result.plan.measures)
