"""One loader for rules files: what was edited is read anew, for every concept alike."""

import pytest

from planparse.errors import RulesError
from planparse.lexicon.load_rules import load_rules, rules_of
from planparse.lexicon.periods import is_period
from planparse.lexicon.rule_files import read_rules_text
from planparse.pipeline import parse_document
from tests.hand_made import Sheet, made_document

RULE = """
[[period_rule]]
name = "{name}"
pattern = '完工{what}'
kind = "as_needed"
matches = {{ "完工{what}" = "as_needed" }}
rejects = ["每年"]
"""


@pytest.fixture
def write(tmp_path):
    path = tmp_path / "mine.toml"

    def write(text):
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_an_edited_file_is_read_anew(write):
    path = write(RULE.format(name="before", what="前"))
    assert is_period(load_rules(path).periods, "完工前")
    assert load_rules(path).periods.rules.rules[0].name == "before"
    write(RULE.format(name="after", what="後"))
    assert not is_period(load_rules(path).periods, "完工前")
    assert is_period(load_rules(path).periods, "完工後")
    assert load_rules(path).periods.rules.rules[0].name == "after"


def test_what_was_broken_meanwhile_is_refused(write):
    path = write(RULE.format(name="before", what="前"))
    load_rules(path)
    write("[[period_rule]\n")
    with pytest.raises(RulesError, match="cannot be read as TOML"):
        load_rules(path)


def test_an_unchanged_file_is_compiled_once(write):
    path = write(RULE.format(name="before", what="前"))
    assert load_rules(path) is load_rules(path)


def test_the_text_that_was_read_counts(write):
    path = write(RULE.format(name="before", what="前"))
    user = read_rules_text(path)
    write("")
    assert rules_of(user).periods.rules.rules[0].name == "before"


def test_a_plan_is_read_by_the_rules_of_the_moment(write):
    sheet = Sheet(width=600)
    rows = [
        ["面向", "具體作法", "承辦部門", "執行期間"],
        ["一、基礎", "1.受理。", "業務組", "完工後"],
    ]
    sheet.grid([20, 120, 300, 400, 500], [20, 60, 100], rows)
    document = made_document(sheet)
    path = write("")

    def schedules():
        plan = parse_document(document, rules=path).plan
        assert plan is not None
        return [one.kind.value for one in plan.measures[0].schedule], plan.measures[0].problem_codes

    kinds, codes = schedules()
    assert kinds == []
    assert "period_unknown" in codes
    write(RULE.format(name="after", what="後"))
    assert schedules() == (["as_needed"], ())
