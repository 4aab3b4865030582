from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planparse.lexicon.legal_bases import read_legal_bases
from planparse.lexicon.load_rules import load_rules
from planparse.plans.add_values import add_values
from tests.lexicon.expected_plans import NAMES, expected_plan

RULES = load_rules().legal_bases

EXECUTIVE_YUAN = (
    "行政院",
    date(2017, 1, 9),
    "院授發社字第1061300008號",
    "政府服務躍升方案",
)
MINISTRY = (
    "經濟部",
    date(2017, 3, 15),
    "經研字第10604502170號",
    "經濟部提升服務效能實施計畫",
)
# Written by reading 壹、計畫依據 of each plan.
HAND_READ = {
    "fengshan-112": [EXECUTIVE_YUAN, MINISTRY],
    "hualien-114": [
        (
            "台灣電力公司",
            date(2025, 1, 6),
            "業字第1148001255號",
            "台電公司114年度提升服務效能執行計畫",
        )
    ],
    "pingtung-107": [
        EXECUTIVE_YUAN,
        MINISTRY,
        (
            "國家發展委員會",
            date(2018, 1, 15),
            "發社字第1071300028號",
            "第2屆「政府服務獎」評獎實施計畫",
        ),
        (
            "台灣電力公司",
            date(2018, 3, 13),
            "電配售業字第1070004952號",
            "台電公司107年度提升服務效能執行計畫",
        ),
    ],
    "taipei-112": [
        (
            None,
            date(2023, 2, 18),
            "電業字第1120005173號",
            "台電公司112年度提升服務效能執行計畫",
        )
    ],
    "xinying-111": [
        MINISTRY,
        ("台灣電力公司", date(2022, 2, 15), "電業字第1110005232號", None),
    ],
}


@pytest.mark.parametrize("name", NAMES)
def test_every_basis_of_the_known_plans(name):
    plan, problems = add_values(expected_plan(name))
    found = [(b.issuer, b.date, b.document_no, b.title) for b in plan.legal_bases]
    assert found == HAND_READ[name]
    assert not [problem for problem in problems if problem.code == "legal_basis_unknown"]
    text = "".join(plan.sections[0].paragraphs)
    assert all(basis.printed in text for basis in plan.legal_bases)


@pytest.mark.parametrize(
    ("paragraph", "bases"),
    [
        ("依據行政院核定「甲方案」、經濟部「乙計畫」及本公司「丙計畫」辦理。", 3),
        ("（一）經濟部112年1月5日經研字第11200000010號函。", 1),
        ("1.行政院112.1.5院授發社字第1120000001號函修正之「服務躍升方案」。", 1),
        ("依「政府服務躍升方案」訂定本計畫。", 1),
        ("", 0),
    ],
)
def test_other_writings(paragraph, bases):
    reading = read_legal_bases([paragraph], RULES)
    assert len(reading.bases) == bases
    assert reading.unknown == []


def test_a_day_off_the_calendar_is_null_and_said():
    reading = read_legal_bases(["經濟部112年2月30日經研字第11200000010號函。"], RULES)
    assert reading.bases[0].date is None
    assert reading.bases[0].document_no == "經研字第11200000010號"
    assert reading.unknown == ["112年2月30日"]


_PIECES = [
    "行政院", "經濟部", "本公司", "106年1月9日", "院授發社字第1061300008號", "函頒", "之",
    "「甲方案」", "，", "。", "及", "、", "依", "「", "」", "訂定", "一、", "法", " ", "號",
    "字第12號",
]  # fmt: skip


@given(st.lists(st.sampled_from(_PIECES), max_size=10).map("".join))
def test_any_paragraph_gives_bases_of_its_own_text(paragraph):
    reading = read_legal_bases([paragraph], RULES)
    assert all(basis.printed in paragraph for basis in reading.bases)
    assert all(basis.title or basis.document_no or basis.date for basis in reading.bases)
