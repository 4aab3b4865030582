"""Department cells: names broken over lines, separators, brackets, roles, gaps."""

import pytest

from planparse.lexicon.load_rules import load_rules
from planparse.model.plan import DepartmentRole
from planparse.plans.builders import MeasureBuilder
from planparse.plans.departments import doubt_joined_names, read_departments, read_entries
from tests.hand_made import PITCH, SIZE, made_lines

RULES = load_rules().departments
LEAD, CO = DepartmentRole.LEAD, DepartmentRole.CO
# The column is six ems wide.
EDGE = 6 * SIZE
TOGETHER = 1.35 * PITCH


def entries(*texts):
    """Give the glyphs of each entry of a cell's lines."""
    found = read_entries(RULES, made_lines(texts), EDGE, TOGETHER)
    return ["".join(line.glyphs for line in entry) for entry in found]


def names(*texts, role=LEAD):
    """Give name, role and print of each department of one entry."""
    found = read_departments(RULES, made_lines(texts), role)
    return [(one.name, one.role, one.printed) for one in found]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["業務組", "總務組"], ["業務組", "總務組"]),
        (["業務組、", "總務組"], ["業務組、", "總務組"]),
        (["北區服務", "中心"], ["北區服務中心"]),
        (["業務組、總務", "組"], ["業務組、總務組"]),
        (["業務組（總務", "組、工務段）"], ["業務組（總務組、工務段）"]),
        (["業務組", "、總務組"], ["業務組、總務組"]),
        (["各相關部門及", "服務所"], ["各相關部門及服務所"]),
        (["相關部", "門"], ["相關部門"]),
        (["總務", "組", "電費", "組"], ["總務組", "電費組"]),
        (["總", "務", "組", "電", "費", "組"], ["總務組", "電費組"]),
        (["配電", "技術", "課", "督導", "室"], ["配電技術課", "督導室"]),
        (["業務組", "", "總務組"], ["業務組", "總務組"]),
        (["總處推廣", "區處配合"], ["總處推廣", "區處配合"]),
    ],
)
def test_lines_that_print_one_name_are_one_entry(lines, read):
    assert entries(*lines) == read


def test_a_name_cut_by_a_page_break_is_one_entry():
    lines = [*made_lines(["北區服務"], top=700), *made_lines(["中心", "總務組"], top=60, page=2)]
    found = read_entries(RULES, lines, EDGE, TOGETHER)
    assert [len(entry) for entry in found] == [2, 1]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["業務組"], [("業務組", LEAD, "業務組")]),
        (["業務組、總務組"], [("業務組", LEAD, "業務組"), ("總務組", LEAD, "總務組")]),
        (["業務組／總務組；"], [("業務組", LEAD, "業務組"), ("總務組", LEAD, "總務組")]),
        (["業務組（總務組）"], [("業務組", LEAD, "業務組"), ("總務組", CO, "（總務組）")]),
        (
            ["業務組(工務段、電務組)"],
            [("業務組", LEAD, "業務組"), ("工務段", CO, "工務段"), ("電務組", CO, "電務組")],
        ),
        (
            ["主辦：業務組、", "協辦單位：總務組"],
            [("業務組", LEAD, "主辦：業務組"), ("總務組", CO, "協辦單位：總務組")],
        ),
        (["督導室_相關部門"], [("督導室", LEAD, "督導室"), ("相關部門", LEAD, "相關部門")]),
        (["北區服務", "中心"], [("北區服務中心", LEAD, "北區服務中心")]),
        (["各組(段)、業務組"], [("各組(段)", LEAD, "各組(段)"), ("業務組", LEAD, "業務組")]),
        (["各組（課、室）"], [("各組（課、室）", LEAD, "各組（課、室）")]),
        (
            ["業務組（各組(段)）"],
            [("業務組", LEAD, "業務組"), ("各組(段)", CO, "（各組(段)）")],
        ),
    ],
)
def test_names_of_an_entry(lines, read):
    assert names(*lines) == read


@pytest.mark.parametrize("mark", [*"及與暨和・‧·．&+＆＋｜", "以及", "_及_"])
def test_what_joins_two_names_parts_them(mark):
    assert names(f"資訊組{mark}電費組") == [("資訊組", LEAD, "資訊組"), ("電費組", LEAD, "電費組")]


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        (["甲乙課及丙丁股、戊己室"], ["甲乙課", "丙丁股", "戊己室"]),
        (["業務組及電費組與維護組"], ["業務組", "電費組", "維護組"]),
        (["業務組及各服務所"], ["業務組", "各服務所"]),
        (["規劃及工程組"], ["規劃及工程組"]),
        (["規劃及工程組與維護組"], ["規劃及工程組", "維護組"]),
        (["業務組及規劃與工程組"], ["業務組", "規劃與工程組"]),
        (["永和服務所及中和服務所"], ["永和服務所", "中和服務所"]),
        (["和平服務所"], ["和平服務所"]),
        (["業務組（費率課及收費課）及電費組"], ["業務組", "費率課", "收費課", "電費組"]),
        (
            ["主辦：業務組及電費組；", "協辦：資訊組與維護組"],
            ["業務組", "電費組", "資訊組", "維護組"],
        ),
        (["業務組及"], ["業務組及"]),
    ],
)
def test_a_joining_word_parts_what_is_a_name_on_both_sides(lines, read):
    assert [name for name, _, _ in names(*lines)] == read


def test_a_joined_name_of_the_rules_is_one(tmp_path):
    file = tmp_path / "rules.toml"
    file.write_text('[departments]\nknown = ["材料課及倉儲課"]\n', encoding="utf-8")
    rules = load_rules(file).departments
    found = read_departments(rules, made_lines(["材料課及倉儲課、材料課及會計課"]), LEAD)
    assert [one.name for one in found] == ["材料課及倉儲課", "材料課", "會計課"]


@pytest.mark.parametrize(
    ("lines", "read"),
    [(["業務組", "及電費組"], 1), (["業務組及", "電費組"], 1), (["業務組", "和美服務所"], 2)],
)
def test_a_list_goes_on_over_a_line_that_begins_or_ends_with_a_joining_word(lines, read):
    found = read_entries(RULES, made_lines(lines), 20 * SIZE, TOGETHER)
    assert len(found) == read


def test_a_bracket_may_hold_a_role_alone():
    assert names("業務組（主辦）、電費組(協辦)") == [
        ("業務組", LEAD, "業務組（主辦）"),
        ("電費組", CO, "電費組(協辦)"),
    ]


@pytest.mark.parametrize(
    ("cells", "doubted"),
    [
        (["資訊及電費組", "電費組"], ["資訊及電費組"]),
        (["資訊及電費組", "資訊組"], ["資訊及電費組"]),
        (["規劃及工程組", "規劃及工程組", "業務組"], []),
        (["規劃及工程組", "業務組"], ["規劃及工程組"]),
        (["業務組", "電費組", "業務組電費組"], ["業務組電費組"]),
        (["永和服務所", "服務所"], []),
    ],
)
def test_a_name_that_may_be_two_is_a_problem(cells, doubted):
    builders = []
    for at, text in enumerate(cells):
        lines = made_lines([text], first=100 * at)
        builder = MeasureBuilder(at, at + 1, departments=read_departments(RULES, lines, LEAD))
        builders.append(builder)
    doubt_joined_names(RULES, builders)
    found = [one.departments[0].name for one in builders if one.problems]
    assert found == doubted


def test_all_names_of_a_column_for_co_departments_are_co():
    assert [role for _, role, _ in names("業務組、總務組", role=CO)] == [CO, CO]


def test_every_glyph_of_an_entry_belongs_to_a_department():
    lines = made_lines(["業務組、總務", "組（工務段、", "電務組），督導室"])
    builders = read_departments(RULES, lines, LEAD)
    claimed = "".join(line.glyphs for builder in builders for line in builder.lines)
    assert claimed == "".join(line.glyphs for line in lines)
    assert [builder.name for builder in builders] == [
        "業務組",
        "總務組",
        "工務段",
        "電務組",
        "督導室",
    ]


def test_an_unknown_name_is_kept_and_marked():
    (builder,) = read_departments(RULES, made_lines(["隨時辦理"]), LEAD)
    assert (builder.name, builder.known) == ("隨時辦理", False)


@pytest.mark.parametrize("name", ["副處長", "各組(段)", "業務課長"])
def test_a_name_that_the_rules_class_is_known(name):
    (builder,) = read_departments(RULES, made_lines([name]), LEAD)
    assert builder.known


@pytest.mark.parametrize(
    ("lines", "read"),
    [
        # Each line is full.
        (["有關單位", "客服中心"], ["有關單位", "客服中心"]),
        (["各單位", "收費股"], ["各單位", "收費股"]),
        (["副處長", "各服務所"], ["副處長", "各服務所"]),
        (["公服處、所", "有部門、各組"], ["公服處、所有部門、各組"]),
    ],
)
def test_full_lines_go_on_only_inside_a_name(lines, read):
    made = made_lines(lines)
    edge = min(line.right for line in made)
    found = read_entries(RULES, made, edge, TOGETHER)
    assert ["".join(line.glyphs for line in entry) for entry in found] == read
