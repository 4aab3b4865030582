import re
from pathlib import Path

import pytest

from planparse.errors import RulesError
from planparse.lexicon.load_rules import broken_examples, load_rules


def test_every_rule_keeps_its_examples():
    assert broken_examples(load_rules()) == []


def test_a_broken_example_is_found():
    rules = load_rules()
    monthly = next(rule for rule in rules.periods.rules.rules if rule.name == "monthly")
    monthly.matches["每季"] = "recurring FREQ=MONTHLY"
    try:
        assert any(line.startswith("monthly: 每季") for line in broken_examples(rules))
    finally:
        del monthly.matches["每季"]


def test_the_rules_of_the_documentation_stand_before_the_packages(tmp_path):
    page = (Path(__file__).parents[2] / "docs" / "values.md").read_text("utf-8")
    (block,) = re.findall(r"```toml\n(.*?)```", page, re.DOTALL)
    path = tmp_path / "mine.toml"
    path.write_text(block, encoding="utf-8")
    rules = load_rules(path)
    assert rules.periods.rules.rules[0].name == "semester"
    assert rules.departments.kinds[0].name == "pavilion"
    assert rules.legal_bases.issuers["能源局"] == "經濟部能源局"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[period_rule]\n", "cannot be read"),
        ("[[period_rule]]\nname = 'x'\n", "cannot be used"),
        (
            (
                "[[department_rule]]\nname = 'x'\nkind = 'office'\npattern = '館'\n"
                "matches = { '展示館' = '展示館' }\nrejects = ['業務組']\n"
            ),
            "breaks its examples",
        ),
        (
            (
                "[[period_rule]]\nname = 'x'\nkind = 'deadline'\npattern = '完工前'\n"
                "end = 'a.end'\nmatches = { '完工前' = 'deadline' }\nrejects = ['每月']\n"
            ),
            "without a group a",
        ),
    ],
)
def test_a_users_file_that_cannot_be_used_is_refused(tmp_path, text, says):
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(RulesError, match=says):
        load_rules(path)
