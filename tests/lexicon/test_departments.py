import pytest

from planparse.lexicon.departments import classify_department
from planparse.lexicon.load_rules import load_rules
from planparse.model.plan import DepartmentKind
from tests.lexicon.expected_plans import NAMES, expected_plan

RULES = load_rules().departments

# Written by reading the plans: every department that they print.
KNOWN = {
    "業務組": ("業務組", "group"),
    "電費組": ("電費組", "group"),
    "設計組": ("設計組", "group"),
    "人資組": ("人資組", "group"),
    "總務組": ("總務組", "group"),
    "電務組": ("電務組", "group"),
    "資訊組": ("資訊組", "group"),
    "維護組": ("維護組", "group"),
    "調度組": ("調度組", "group"),
    "工務段": ("工務段", "squad"),
    "督導室": ("督導室", "office"),
    "北客服": ("北客服", "center"),
    "各服務專員": ("各服務專員", "staff"),
    "各部門": ("各部門", "all"),
    "相關部門": ("相關部門", "concerned"),
    "總處推廣": ("總處", "head_office"),
    "區處配合": ("區處", "district_office"),
}


@pytest.mark.parametrize("name", NAMES)
def test_every_department_of_the_known_plans(name):
    for measure in expected_plan(name).measures:
        for department in measure.departments:
            canonical, kind = KNOWN[department.name]
            assert classify_department(department.name, RULES) == (canonical, DepartmentKind(kind))


@pytest.mark.parametrize("name", ["", "隨時辦理", "112年", "業務組、電費組", "某某", "組"])
def test_what_is_no_department_is_none(name):
    assert classify_department(name, RULES) is None
