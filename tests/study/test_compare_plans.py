from collections import Counter

import pytest

from planparse.dataset.load import load_arrow
from planparse.study.compare_plans import Change, compare_plans
from planparse.study.families import find_families
from planparse.study.similarity import Row, vectors
from tests.study.known_dataset import write_known_dataset

FENGSHAN, HUALIEN, PINGTUNG, TAIPEI, XINYING = (
    f"{name}.pdf"
    for name in ("fengshan-112", "hualien-114", "pingtung-107", "taipei-112", "xinying-111")
)


@pytest.fixture(scope="module")
def plans(tmp_path_factory):
    root = write_known_dataset(tmp_path_factory.mktemp("output"))
    found: dict[str, list[Row]] = {}
    for row in load_arrow(root, "measures").to_pylist():
        found.setdefault(row["source_file"], []).append(row)
    return found


def _pairs(plans, before, after):
    return {
        (match.before["seq"], match.after["seq"])
        for match in compare_plans(plans[before], plans[after])
        if match.before and match.after
    }


# Read in both plans: one measure, reworded.
@pytest.mark.parametrize(
    ("before", "after", "pair"),
    [
        (FENGSHAN, HUALIEN, (36, 16)),  # the points have gone
        (FENGSHAN, HUALIEN, (38, 22)),  # from a trial to the rule
        (FENGSHAN, HUALIEN, (46, 20)),  # 160萬戶 became 184萬戶
        (FENGSHAN, XINYING, (8, 8)),
        (PINGTUNG, HUALIEN, (41, 24)),  # QR碼, QR Code
        (PINGTUNG, XINYING, (48, 51)),
        (PINGTUNG, TAIPEI, (63, 64)),
        (TAIPEI, XINYING, (44, 47)),
        (FENGSHAN, TAIPEI, (27, 39)),
    ],
)
def test_a_reworded_measure_is_found_again(plans, before, after, pair):
    assert pair in _pairs(plans, before, after)


# Alike in words and place, and yet two.
@pytest.mark.parametrize(
    ("before", "after", "pair"),
    [
        (PINGTUNG, XINYING, (87, 97)),
        (FENGSHAN, TAIPEI, (59, 69)),
    ],
)
def test_two_measures_are_not_taken_for_one(plans, before, after, pair):
    assert pair not in _pairs(plans, before, after)


def test_every_measure_stands_in_the_comparison_once(plans):
    matches = compare_plans(plans[PINGTUNG], plans[XINYING])
    before = Counter(match.before["seq"] for match in matches if match.before)
    after = [match.after["seq"] for match in matches if match.after]
    assert before == Counter(range(1, 90))
    assert after == list(range(1, 102))
    for match in matches:
        assert (match.before is None) == (match.change is Change.NEW)
        assert (match.after is None) == (match.change is Change.DROPPED)


def test_a_plan_beside_itself_is_the_same(plans):
    matches = compare_plans(plans[TAIPEI], plans[TAIPEI])
    assert {match.change for match in matches} == {Change.SAME}
    assert all(match.before is match.after for match in matches)


def test_what_changed_is_named(plans):
    matches = compare_plans(plans[FENGSHAN], plans[HUALIEN])
    target = next(m for m in matches if m.before and m.after and m.before["seq"] == 46)
    assert target.change is Change.MOVED
    assert {"text", "figures", "aspect", "departments", "period"} <= set(target.changed)


def test_a_dropped_measure_stands_behind_the_one_that_it_followed(plans):
    old = plans[TAIPEI]
    matches = compare_plans(old, [row for row in old if row["seq"] not in (1, 5, 6)])
    order = [row["seq"] for match in matches if (row := match.before or match.after)]
    assert order == [row["seq"] for row in old]


def test_an_empty_plan(plans):
    assert {m.change for m in compare_plans([], plans[HUALIEN])} == {Change.NEW}
    assert {m.change for m in compare_plans(plans[HUALIEN], [])} == {Change.DROPPED}
    assert compare_plans([], []) == []


def test_families_hold_each_measure_once_and_two_of_no_plan(plans):
    rows = [row for plan in plans.values() for row in plan]
    families = find_families(rows)
    assert sum(len(family.members) for family in families) == len(rows)
    assert all(len(family.plans) == len(family.members) for family in families)
    assert [family.number for family in families] == list(range(len(families)))
    everywhere = [f.newest["text"] for f in families if len(f.members) == len(plans)]
    assert "客服中心受理後送案件之處理流程及時效管控。" in everywhere
    assert len(everywhere) == 11


def test_families_do_not_depend_on_the_order_of_the_rows(plans):
    rows = [row for plan in plans.values() for row in plan]
    a = [[(m["plan_id"], m["seq"]) for m in f.members] for f in find_families(rows)]
    b = [[(m["plan_id"], m["seq"]) for m in f.members] for f in find_families(rows[::-1])]
    assert a == b


def test_likeness_is_one_for_the_same_and_small_for_strangers():
    found = vectors(["提供電子帳單服務。", "提供電子帳單服務", "辦理員工教育訓練", ""])
    likeness = found @ found.T
    assert likeness[0, 1] == pytest.approx(1, abs=1e-5)
    assert likeness[0, 2] < 0.1
    assert likeness[0, 3] < 0.1


def _measure(plan, year, text):
    row = dict.fromkeys(("aspect", "strategy", "task", "period"))
    return row | {
        "plan_id": plan,
        "seq": 1,
        "roc_year": year,
        "district": "某",
        "text": text,
        "points": [],
        "departments": [],
        "figures": [],
    }


def test_a_family_follows_a_measure_that_drifts_from_year_to_year():
    first = _measure("a", 110, "推廣電子帳單服務並舉辦抽獎")
    second = _measure("b", 111, "推廣電子帳單服務並於官網宣導行動支付")
    third = _measure("c", 112, "服務並於官網宣導行動支付")
    strangers = [_measure(str(at), 113 + at, text) for at, text in enumerate("甲乙丙丁戊己庚")]
    assert compare_plans([first], [third, *strangers])[0].change is not Change.SAME
    alone = find_families([first, third, *strangers])
    assert [len(family.members) for family in alone[:2]] == [1, 1]
    together = find_families([first, second, third, *strangers])
    assert len(together[0].members) == 3
