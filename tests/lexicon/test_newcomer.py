"""A newcomer's tries of docs/newcomer.md: one edit of a rules file each, and no code."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from planparse.pipeline import parse_document
from tests.hand_made import Sheet, made_document

ROOT = Path(__file__).parents[2]
MARK, PERIOD, HEADING = re.findall(
    r"```toml\n(.*?)```", (ROOT / "docs" / "newcomer.md").read_text("utf-8"), re.DOTALL
)


def document():
    """Make a plan with ❧ before points, 每旬一次 as a period and 主政單位 as a heading."""
    sheet = Sheet(width=600)
    practice = "1.受理用戶申請案件。\n❧推廣電子帳單。\n❧辦理宣導。"
    sheet.write("台灣電力公司屏東區營業處112年度提升服務效能執行計畫", 60, 20, 16)
    sheet.grid(
        [20, 120, 300, 400, 500],
        [60, 100, 200, 260],
        [
            ["面向", "具體作法", "主政單位", "執行期間"],
            ["一、基礎", practice, "業務組", "每旬一次"],
            ["二、資訊", "1.公開資訊。", "總務組", "❧每月一次"],
        ],
    )
    return made_document(sheet)


def read(rules=None):
    """Return points, departments, rules of recurrence and codes of each measure."""
    plan = parse_document(document(), rules=rules).plan
    assert plan is not None
    return [
        [
            [point.no + point.text for point in one.points],
            [department.name for department in one.departments],
            [schedule.rrule for schedule in one.schedule],
            list(one.problem_codes),
        ]
        for one in plan.measures
    ]


POINTS = ["❧推廣電子帳單。", "❧辦理宣導。"]
DAYS = "FREQ=MONTHLY;BYMONTHDAY=1,11,21"
AFTER = [[POINTS, ["業務組"], [DAYS], []], [[], ["總務組"], ["FREQ=MONTHLY"], []]]


@pytest.fixture
def rules(tmp_path):
    def write(*blocks):
        path = tmp_path / "mine.toml"
        path.write_text("\n".join(blocks), encoding="utf-8")
        return path

    return write


def test_before():
    first, second = read()
    assert first == [[], [], [], ["numbering_ambiguous", "period_unknown"]]
    assert second[3] == ["period_unknown"]


@pytest.mark.parametrize(
    ("block", "field"), [(MARK, 0), (HEADING, 1), (PERIOD, 2)], ids=["mark", "heading", "period"]
)
def test_each_rule_of_a_users_file_does_its_part_alone(rules, block, field):
    found, before = read(rules(block))[0], read()[0]
    for at in range(3):
        assert found[at] == (AFTER if at == field else [before])[0][at]


def test_all_of_them_in_a_users_file(rules):
    assert read(rules(MARK, PERIOD, HEADING)) == AFTER


def test_all_of_them_in_the_files_of_the_package(tmp_path):
    source = tmp_path / "src"
    shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
    folder = source / "planparse" / "lexicon" / "rules"

    def edit(name, change):
        path = folder / name
        text = path.read_text("utf-8")
        assert change(text) != text
        path.write_text(change(text), encoding="utf-8")

    edit("numbering.toml", lambda text: text.replace('marks = "', 'marks = "❧'))
    edit("periods.toml", lambda text: text + PERIOD.replace("[[period_rule]]", "\n[[rule]]"))
    edit("headings.toml", lambda text: text + "\n" + HEADING)
    code = (
        "import json, planparse, tests.lexicon.test_newcomer as me; "
        "print(json.dumps([planparse.__file__, me.read()]))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=tmp_path,
        env={"PYTHONPATH": f"{source}:{ROOT}", "PATH": ""},
        capture_output=True,
        text=True,
        check=True,
    )
    where, found = json.loads(done.stdout)
    assert where.startswith(str(source))
    assert found == AFTER


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[number_style]]\nmarks = '❧'\n", "cannot be used"),
        ("[[number_style]]\nexamples = ['a']\nrejects = ['b']\n", "write a pattern or marks"),
        (
            "[[number_style]]\npattern = '(?P<number>#)'\nexamples = ['#一']\nrejects = ['b']\n",
            "needs the groups number and rest",
        ),
        (
            "[[number_style]]\nmarks = '❧'\nexamples = ['服務']\nrejects = ['❧']\n",
            "mark: does not match 服務",
        ),
        (
            "[[number_style]]\npattern = '(?P<number>#'\nexamples = ['#一']\nrejects = ['b']\n",
            "cannot be used",
        ),
    ],
)
def test_a_style_that_cannot_be_used_is_refused(rules, text, says):
    from planparse.errors import RulesError
    from planparse.lexicon.load_rules import load_rules

    with pytest.raises(RulesError, match=says):
        load_rules(rules(text))


def test_a_style_that_counts(rules):
    from planparse.lexicon.load_rules import load_rules
    from planparse.lexicon.numbering import find_label

    path = rules(
        "[[number_style]]\nname = 'step'\nrank = 5\nvalues = 'arabic'\n"
        "pattern = '(?P<number>步驟(?P<value>[1-9][0-9]?))(?P<rest>[、:：]?)'\n"
        "examples = ['步驟1、受理']\nrejects = ['步驟']\n"
    )
    label = find_label(load_rules(path).numbering, "步驟12：受理")
    assert label is not None
    assert (label.style.name, label.value, label.printed, label.width) == ("step", 12, "步驟12", 5)
