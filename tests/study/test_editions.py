"""Counts over a dataset with editions and copies, each counted by hand beside the dataset."""

import re
from pathlib import Path

import pytest

import planparse
from planparse.dataset.editions import EditionsWarning, plan_labels
from planparse.dataset.load import load_arrow
from planparse.dataset.queries import run_query
from tests.study.editions_dataset import plan_id, write_editions_dataset
from tests.study.known_dataset import write_known_dataset

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    made = write_editions_dataset(tmp_path_factory.mktemp("editions"))
    # Where the examples of the README look.
    return made.rename(made.with_name("output"))


def test_load_warns_once_of_editions_and_takes_all(root):
    with pytest.warns(UserWarning, match=r"屏東 107: first\.pdf, second\.pdf") as warned:
        frame = planparse.load(root, "measures")
    assert len(warned) == 1
    assert "newest" in str(warned[0].message)
    assert "refused.pdf" not in str(warned[0].message)
    assert warned[0].filename == __file__
    assert len(frame) == 4 + 5 + 2 + 1 + 1


def test_load_warns_of_copies_among_documents(root):
    with pytest.warns(UserWarning, match="1 with status duplicate") as warned:
        frame = planparse.load(root, "documents")
    assert len(warned) == 1
    assert len(frame) == 7


@pytest.mark.parametrize(
    ("table", "choice", "rows"),
    [
        ("measures", {"editions": "newest"}, 5 + 2 + 1 + 1),
        ("measures", {"editions": "all"}, 13),
        ("measures", {"roc_year": 108}, 2),
        ("measures", {"district": "屏東", "editions": "newest"}, 5),
        # Of the refused file stands the reason here: it is no edition.
        ("plans", {"editions": "newest"}, 5),
        ("documents", {"editions": "newest"}, 5),
        ("documents", {"editions": "all"}, 7),
    ],
)
def test_a_choice_is_not_warned_of(root, table, choice, rows):
    assert len(planparse.load(root, table, **choice)) == rows


def test_one_plan_for_each_district_and_year_is_not_warned_of(tmp_path):
    write_known_dataset(tmp_path)
    for table in ("plans", "measures", "problems", "documents"):
        planparse.load(tmp_path, table)
    planparse.connect(tmp_path)


def test_without_dates_of_issue_the_choice_is_named(tmp_path, monkeypatch):
    contents = {"a.pdf": "屏東 107 2018-01-10 4 1", "b.pdf": "屏東 107 2018-01-10 5 3"}
    monkeypatch.setattr("tests.study.editions_dataset.CONTENTS", contents)
    root = write_editions_dataset(tmp_path)
    with pytest.warns(UserWarning, match=r"do not show .* taken: b\.pdf"):
        assert len(planparse.load(root, editions="newest")) == 5


def test_a_join_with_documents_repeats_no_row(root):
    sql = "SELECT count(*) AS n FROM measures JOIN documents USING (plan_id)"
    assert run_query(root, sql, editions="newest").to_pylist() == [{"n": 9}]
    with pytest.warns(EditionsWarning, match="join by plan_id"):
        # The second edition's five rows twice: what the warning is about.
        assert run_query(root, sql).to_pylist() == [{"n": 13 + 5}]


def test_connect_warns_as_load_does(root):
    with pytest.warns(UserWarning, match="several editions") as warned:
        planparse.connect(root)
    assert [one.filename for one in warned] == [__file__]


def test_labels_are_one_for_each_plan(root):
    labels = plan_labels(load_arrow(root, "plans", editions="all"))
    assert len(set(labels.values())) == len(labels) == 6
    assert labels[plan_id("other.pdf")] == "108 新營"
    assert labels[plan_id("first.pdf")] == "107 屏東 first.pdf"
    assert labels[plan_id("nowhere-1.pdf")] == "? ? nowhere-1.pdf"
    newest = plan_labels(load_arrow(root, "measures", editions="newest"))
    assert newest[plan_id("second.pdf")] == "107 屏東"


def _blocks(name, language):
    text = (ROOT / name).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


READMES = pytest.mark.parametrize("name", ["README.md", "README.zh-TW.md"])


@READMES
def test_sql_of_the_readme_counts_each_plan_by_itself(root, name, monkeypatch):
    import duckdb

    monkeypatch.chdir(root.parent)
    (sql,) = _blocks(name, "sql")
    relation = duckdb.sql(sql)
    assert relation is not None
    rows = relation.fetchall()
    counts = {(row[-3], row[-2]): row[-1] for row in rows}
    assert len(counts) == len(rows)
    assert counts[plan_id("first.pdf"), "業務組"] == 1
    assert counts[plan_id("second.pdf"), "業務組"] == 3
    assert counts[plan_id("second.pdf"), "總務組"] == 2
    assert sum(counts.values()) == 13


@READMES
def test_query_of_the_readme_counts_one_edition(root, name):
    (block,) = [block for block in _blocks(name, "sh") if "planparse query" in block]
    ((options, sql),) = re.findall(r'planparse query ([^"]*)"([^"]*)"', block)
    assert "--editions newest" in options
    rows = run_query(root, sql, editions="newest").to_pylist()
    assert {"district": "屏東", "roc_year": 107, "n": 5} in rows
    assert sum(row["n"] for row in rows) == 9


@READMES
def test_python_of_the_readme_counts_one_edition(root, name, monkeypatch):
    monkeypatch.chdir(root.parent)
    (block,) = [block for block in _blocks(name, "python") if "planparse.connect" in block]
    start, query = (line for line in block.splitlines() if line.startswith("con"))
    names = {"planparse": planparse}
    exec(start, names)
    rows = eval(query, names).fetchall()
    assert sorted(row[-1] for row in rows) == [2, 2, 5]
