from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.figures import find_figures
from planparse.lexicon.load_rules import figure_notation, load_rules
from tests.lexicon.expected_plans import NAMES, expected_plan

RULES = load_rules().figures

# Written by reading the plans' texts: (seq, point or None) → every figure there, as printed and
# as a value. What is not listed has none.
HAND_READ = {
    "fengshan-112": {
        (8, None): {"四項": "4 項"},
        (36, 1): {
            "四大超商": "4 大超商",
            "24小時": "24 小時",
            "1萬2,000多個據點": "12000 個據點 more_than",
        },
        (46, None): {"10元": "10 元", "160萬戶": "1600000 戶"},
        (56, None): {"1000瓩以上": "1000 瓩 at_least"},
        (60, None): {"百瓩以上": "100 瓩 at_least"},
        (78, None): {"至少1萬戶": "10000 戶 at_least"},
        (81, None): {"四大超商": "4 大超商"},
    },
    "hualien-114": {
        (4, None): {"1000瓩以上": "1000 瓩 at_least"},
        (5, None): {"三種": "3 種", "6種": "6 種"},
        (9, None): {"5大": "5 大"},
        (17, None): {"兩家": "2 家"},
        (18, None): {
            "四大超商": "4 大超商",
            "24小時": "24 小時",
            "1萬3,000多個據點": "13000 個據點 more_than",
        },
        (20, None): {"10元": "10 元", "184萬戶": "1840000 戶"},
        (32, None): {"5項": "5 項"},
    },
    "pingtung-107": {
        (26, None): {"3種": "3 種"},
        (69, None): {"百瓩以上": "100 瓩 at_least"},
    },
    "taipei-112": {
        (26, None): {"3種": "3 種"},
        (48, None): {"四大超商": "4 大超商", "12,400多個據點": "12400 個據點 more_than"},
        (65, None): {"5項": "5 項"},
        (70, None): {"百瓩以上": "100 瓩 at_least"},
        (76, None): {"17件": "17 件", "20件": "20 件", "2件": "2 件", "1件": "1 件"},
        (92, 1): {"四大超商": "4 大超商", "約14,000個實體通路": "14000 個實體通路 about"},
        (93, None): {"3項": "3 項"},
    },
    "xinying-111": {
        (27, None): {"3種": "3 種"},
        (62, None): {"10元": "10 元"},
        (74, None): {"百瓩以上": "100 瓩 at_least"},
    },
}


@pytest.mark.parametrize("name", NAMES)
def test_every_figure_of_the_known_plans_and_no_other(name):
    found: dict[tuple[int, int | None], dict[str, str]] = {}
    for measure in expected_plan(name).measures:
        texts = [(None, measure.text), *((at, p.text) for at, p in enumerate(measure.points))]
        for point, text in texts:
            for figure in find_figures(text, RULES, point):
                entry = found.setdefault((measure.seq, point), {})
                assert figure.printed not in entry
                entry[figure.printed] = figure_notation(figure)
                assert text[figure.at :].startswith(figure.printed)
                assert figure.point == point
    assert found == HAND_READ[name]


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("滿意度達百分之九十以上", ["90 % at_least"]),
        ("滿意度達９５％", ["95 %"]),
        ("節電率3%~5%", ["3 % range_from", "5 % range_to"]),
        ("3至5天內", ["3 天 range_from", "5 天 range_to"]),
        ("超過3萬戶用戶", ["30000 戶 more_than"]),
        ("不超過2小時", ["2 小時 at_most"]),
        ("近百戶", ["100 戶 about"]),
        ("百餘戶", ["100 戶 more_than"]),
        ("每戶補助新臺幣1,000元整", ["1000 元"]),
        ("由2人增為3人", ["2 人", "3 人"]),
        ("於一個工作天內回覆", ["1 個工作天 at_most"]),
        ("減碳1.2萬公噸", ["12000 公噸"]),
        ("1 萬 5,000 多個", ["15000 個 more_than"]),
        ("於3年內完成", ["3 年 at_most"]),
        ("辦理5場次,每場100人", ["5 場次", "100 人"]),
        ("未滿18歲或65歲以上", ["18 歲 less_than", "65 歲 at_least"]),
    ],
)
def test_figures(text, figures):
    assert [figure_notation(figure) for figure in find_figures(text, RULES)] == figures


@pytest.mark.parametrize(
    "text",
    [
        "依112年2月9日經濟部字第1120005173號函",
        "院授發社字第1061300008號",
        "撥打1911客服專線或0800-031-212",
        "於8時30分至17時",
        "第3條第2項",
        "第二期電費帳單、第一線服務人員",
        "AMI 2.0版、Web2.0電子參與、5G網路、ISO9001認證",
        "107年至110年、112學年度、2050年淨零排放",
        "5月1日至6月30日",
        "一次告知、一通電話服務到底、一站式服務、單一窗口、進一步、同一公司、一般用戶",
        "數百戶、上千個、好幾萬人",
        "1、2項",
        "一家人、設一個窗口",
        "百大集團企業",
        "星期一 星期二 星期三",
        "3日前",
        "99999999999999999999999999999999999999999999個",
    ],
)
def test_no_figures(text):
    assert find_figures(text, RULES) == ()


def test_values_are_exact_decimals():
    (figure,) = find_figures("提升0.1個百分點", RULES)
    assert figure.value == Decimal("0.1")


_PIECES = [
    "1", "12", ",000", "萬", "億", "百", "三", "個", "戶", "元", "%", "百分之", "至", "以上", "約",
    "多", "第", "號", "年", "月", "日", "不超過", "。", "件", "2.5", "A", " ", "次", "每", "９",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=12).map("".join))
def test_any_text_gives_figures_of_its_own(text):
    last = -1
    for figure in find_figures(text, RULES):
        assert text[figure.at :].startswith(figure.printed)
        assert figure.at > last
        last = figure.at
