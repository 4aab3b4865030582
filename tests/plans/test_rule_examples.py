"""The examples that stand beside the rules are what the rules do."""

import pytest

from planparse.lexicon.numbering import find_label
from planparse.lexicon.rule_files import package_tables
from planparse.lexicon.stage_rules import load_rules
from planparse.plans.column_roles import role_of_heading
from planparse.plans.departments import is_known
from planparse.plans.front_matter import canonical_district, office_in

RULES = load_rules()
COLUMNS = package_tables("columns.toml")["column"]
STYLES = package_tables("numbering.toml")["style"]
SENTENCE = package_tables("numbering.toml")["sentence"]
DEPARTMENTS = package_tables("department_cells.toml")
DISTRICTS = package_tables("districts.toml")


def pairs(tables, name, key):
    return [(table[name], text) for table in tables for text in table[key]]


def test_every_rule_has_both_kinds_of_examples():
    for table in (*COLUMNS, *STYLES, *SENTENCE.values(), DEPARTMENTS):
        assert table["examples"]
        assert table["rejects"]


@pytest.mark.parametrize(("role", "text"), pairs(COLUMNS, "role", "examples"))
def test_a_heading_names_its_column(role, text):
    assert role_of_heading(RULES, text) == role


@pytest.mark.parametrize(("role", "text"), pairs(COLUMNS, "role", "rejects"))
def test_a_heading_of_another_column_does_not(role, text):
    assert role_of_heading(RULES, text) != role


@pytest.mark.parametrize(("role", "text"), pairs(COLUMNS, "role", "examples"))
def test_a_heading_set_with_spaces_or_in_simplified_forms_is_the_same(role, text):
    assert role_of_heading(RULES, "　".join(text)) == role
    assert role_of_heading(RULES, text.replace("辦", "办").replace("執", "执")) == role


@pytest.mark.parametrize("text", ["", "區處", "112年度", "本計畫依總管理處函示訂定", "合計"])
def test_what_is_no_heading_has_no_role(text):
    assert role_of_heading(RULES, text) is None


@pytest.mark.parametrize(("style", "text"), pairs(STYLES, "name", "examples"))
def test_a_number_is_found_in_its_style(style, text):
    label = find_label(RULES.numbering, text)
    assert label is not None
    assert label.style.name == style
    assert text.startswith(label.printed)
    assert (label.value is None) == (label.style.values == "none")


@pytest.mark.parametrize(("style", "text"), pairs(STYLES, "name", "rejects"))
def test_text_that_looks_like_a_number_is_none_of_its_style(style, text):
    label = find_label(RULES.numbering, text)
    assert label is None or label.style.name != style


@pytest.mark.parametrize("text", SENTENCE["open_end"]["examples"])
def test_a_line_that_no_item_ends_with(text):
    assert RULES.numbering.open_end.search(text)


@pytest.mark.parametrize("text", SENTENCE["open_end"]["rejects"])
def test_a_line_that_an_item_may_end_with(text):
    assert not RULES.numbering.open_end.search(text)


@pytest.mark.parametrize("text", SENTENCE["rest"]["examples"])
def test_what_follows_a_number_in_a_sentence(text):
    assert RULES.numbering.rest_of_sentence.match(text)


@pytest.mark.parametrize("text", SENTENCE["rest"]["rejects"])
def test_what_an_item_may_begin_with(text):
    assert not RULES.numbering.rest_of_sentence.match(text)


@pytest.mark.parametrize("text", DEPARTMENTS["examples"])
def test_a_known_department(text):
    assert is_known(RULES.departments, text)
    assert is_known(RULES.departments, "　".join(text))


@pytest.mark.parametrize("text", DEPARTMENTS["rejects"])
def test_an_unknown_department(text):
    assert not is_known(RULES.departments, text)


def test_there_are_24_districts():
    assert len(DISTRICTS["names"]) == 24


@pytest.mark.parametrize("canonical", DISTRICTS["names"])
@pytest.mark.parametrize("ending", DISTRICTS["endings"])
@pytest.mark.parametrize("company", ["", *DISTRICTS["companies"]])
def test_a_district_by_every_name_of_its_office(canonical, ending, company):
    for taiwan in "台臺":
        title = f"{company}{canonical}{ending}".replace("台", taiwan)
        office = office_in(RULES.districts, f"{title}112年度提升服務效能執行計畫")
        assert office is not None
        assert office.replace("臺", "台") == f"{canonical}{ending}"
        assert canonical_district(RULES.districts, office) == canonical
        assert canonical_district(RULES.districts, title) == canonical


@pytest.mark.parametrize("canonical", DISTRICTS["names"])
def test_a_district_named_behind_the_year(canonical):
    office = office_in(RULES.districts, f"112年度台電{canonical}區營業處提升服務效能執行計畫")
    assert office == f"{canonical}區營業處"
    assert canonical_district(RULES.districts, office) == canonical


def test_an_office_that_no_rule_knows():
    assert office_in(RULES.districts, "台灣電力公司公眾服務處112年度計畫") == "公眾服務處"
    assert canonical_district(RULES.districts, "公眾服務處") is None
    assert office_in(RULES.districts, "112年度提升服務效能執行計畫") is None
