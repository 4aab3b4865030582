"""A rules file of the user's: what it adds, and what is said where it cannot be used."""

import pytest

from planparse.errors import RulesError
from planparse.lexicon.departments import is_known
from planparse.lexicon.districts import canonical_district, office_in
from planparse.lexicon.headings import role_of_heading
from planparse.lexicon.load_rules import load_rules
from planparse.lexicon.periods import is_period
from planparse.model.plan import ColumnRole

MINE = """
[[column]]
role = "period"
words = ["辦理季別（預定）"]

[[column]]
role = "extra"
pattern = '具體作法\\(舊\\)'
examples = ["具體作法（舊）"]
rejects = ["具體作法"]

[departments]
inner = ["館"]
known = ['[一-鿿]{2,4}館']
examples = ["展示館"]
rejects = ["展示間"]

[periods]
complete = ['完工[前後]']
examples = ["完工前"]

[districts]
companies = ["國營電力公司"]
endings = ["服務處"]

[districts.names]
"台東" = ["東部", "花東區營業處"]
"蘭嶼" = ["蘭嶼"]
"""


@pytest.fixture
def write(tmp_path):
    def write(text):
        path = tmp_path / "mine.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_what_a_file_adds_stands_before_the_rules_that_come_along(write):
    mine, ours = load_rules(write(MINE)), load_rules()
    assert role_of_heading(ours.headings, "辦理季別(預定)") is None
    assert role_of_heading(mine.headings, "辦理季別(預定)") is ColumnRole.PERIOD
    assert role_of_heading(mine.headings, "具體作法（舊）") is ColumnRole.EXTRA
    assert role_of_heading(mine.headings, "具體作法") is ColumnRole.PRACTICE
    assert (is_known(ours.departments, "展示館"), is_known(mine.departments, "展示館")) == (
        False,
        True,
    )
    assert is_known(mine.departments, "業務組")
    assert "館" in mine.departments.inner
    assert (is_period(ours.periods, "完工前"), is_period(mine.periods, "完工前")) == (False, True)
    assert is_period(mine.periods, "隨時辦理完工後")


def test_offices_of_a_file(write):
    districts = load_rules(write(MINE)).districts
    office = office_in(districts, "國營電力公司東部服務處112年度提升服務效能執行計畫")
    assert office == "東部服務處"
    assert canonical_district(districts, office) == "台東"
    assert canonical_district(districts, "蘭嶼服務處") == "蘭嶼"
    assert canonical_district(districts, "花東區營業處") == "台東"
    assert canonical_district(districts, "屏東區營業處") == "屏東"
    assert load_rules().districts.names.get("東部") is None


def test_the_package_rules_hold_where_the_file_says_nothing(write):
    mine = load_rules(write("# nothing yet\n"))
    assert mine.headings == load_rules().headings
    assert mine.districts == load_rules().districts


def test_a_file_that_was_mended_is_read_anew(write):
    assert role_of_heading(load_rules(write("")).headings, "辦理季別") is None
    mended = load_rules(write("[[column]]\nrole = 'period'\nwords = ['辦理季別']\n"))
    assert role_of_heading(mended.headings, "辦理季別") is ColumnRole.PERIOD


def test_tables_of_the_values_pass(write):
    load_rules(write("[issuer_names]\n'能源局' = '經濟部能源局'\n"))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[column]\nrole = 'period'", "cannot be read as TOML: .*line 1"),
        ("[colums]\n", "unknown colums; known: column, department_rule"),
        ("[column]\nrole = 'period'\n", r"write \[\[column\]\], in two brackets"),
        ("column = 3\n", r"write \[\[column\]\], in two brackets"),
        ("[[column]]\nwords = ['季別']\n", "needs a role, one of aspect, strategy"),
        ("[[column]]\nrole = 'date'\nwords = ['季別']\n", "needs a role, one of aspect, strategy"),
        (
            "[[column]]\nrole = ['practice', 'strategy']\nwords = ['要領']\n",
            "two of aspect, strategy, task, practice in this order",
        ),
        (
            "[[column]]\nrole = ['department', 'period']\nwords = ['分工']\n",
            "takes one role, or two of aspect",
        ),
        ("[[column]]\nrole = []\nwords = ['分工']\n", "takes one role, or two of aspect"),
        ("[[column]]\nrole = 'period'\n", r"\[\[column\]\] period needs words or a pattern"),
        (
            "[[column]]\nrole = 'period'\nword = ['季']\n",
            r"\[\[column\]\] 1: unknown word; known: role, words",
        ),
        ("[[column]]\nrole = 'period'\nwords = '季別'\n", "1: words must be a list of texts"),
        (
            "[[column]]\nrole = 'period'\nwords = ['']\n",
            "1: words must be a list of texts, none empty",
        ),
        ("[[column]]\nrole = 'period'\npattern = ['季']\n", "1: pattern must be one text"),
        (
            "[[column]]\nrole = 'period'\npattern = '季('\n",
            r"pattern '季\(' cannot be used: missing \)",
        ),
        (
            "[[column]]\nrole = 'period'\npattern = '季（年）'\nexamples = ['季（年）']\n",
            r"period does not match its example 「季（年）」; .*「季\(年\)」",
        ),
        (
            "[[column]]\nrole = 'period'\nwords = ['季']\nrejects = ['季']\n",
            "period matches 「季」, which it should reject",
        ),
        ("departments = 3\n", r"\[departments\] must be a table"),
        ("[departments]\nknow = ['館']\n", r"\[departments\] unknown know; known: inner, outer"),
        ("[departments]\ninner = '館'\n", r"\[departments\] inner must be a list of texts"),
        (
            "[departments]\nknown = ['館', '[']\n",
            r"\[departments\] known: pattern '\[' cannot be used",
        ),
        ("[departments]\nrejects = ['業務組']\n", r"\[departments\] matches 「業務組」"),
        ("[periods]\ncomplete = [3]\n", r"\[periods\] complete must be a list of texts"),
        ("[periods]\ncomplete = ['*']\n", r"\[periods\] complete: pattern '\*' cannot be used"),
        (
            "[periods]\nexamples = ['完工前']\n",
            r"\[periods\] does not match its example 「完工前」",
        ),
        ("[periods]\ncomplete = ['(?P<a>完工)', '(?P<a>完成)']\n", "do not go together"),
        ("[districts]\nendings = '處'\n", r"\[districts\] endings must be a list of texts"),
        ("[districts]\nnames = ['台東']\n", r"\[districts\] names must be a table"),
        (
            "[districts.names]\n'台東' = '東部'\n",
            r'\[districts\] names "台東" must be a list of texts',
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_where_and_what_to_do(write, text, says):
    path = write(text)
    with pytest.raises(RulesError, match=says) as caught:
        load_rules(path)
    assert caught.value.message.startswith(f"{path}: ")


def test_a_file_that_is_not_there_or_no_text(tmp_path):
    with pytest.raises(RulesError, match=r"cannot be read as text in UTF-8: .*No such file"):
        load_rules(tmp_path / "none.toml")
    path = tmp_path / "big5.toml"
    path.write_bytes("# 辦理季別".encode("big5"))
    with pytest.raises(RulesError, match="UTF-8"):
        load_rules(path)
