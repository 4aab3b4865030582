"""What the notebooks count where a dataset has editions and copies; the numbers are counted by hand."""

import json
from pathlib import Path

import pytest

from tests.study.editions_dataset import write_editions_dataset

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_editions_dataset(tmp_path_factory.mktemp("editions"))


@pytest.fixture
def run(root, monkeypatch):
    """Return a function that runs a notebook's code and returns its names."""
    monkeypatch.setenv("PLANPARSE_OUTPUT", str(root))

    def run_cells(number, before="no cell"):
        (path,) = (ROOT / "notebooks").glob(f"{number}_*.ipynb")
        names: dict[str, object] = {}
        for cell in json.loads(path.read_text("utf-8"))["cells"]:
            source = "".join(cell["source"])
            if before in source:
                break
            if cell["cell_type"] == "code":
                exec(source, names)
        return names

    return run_cells


def shares(frame):
    return {
        (row["plan"], row["department"]): row["per cent"] for row in frame.to_dict("records")
    }


def test_shares_of_departments_are_those_of_one_edition(run):
    found = run("02")
    assert shares(found["by_plan"]) == {
        ("107 屏東", "業務組"): 60.0,
        ("107 屏東", "總務組"): 40.0,
        ("108 新營", "業務組"): 50.0,
        ("108 新營", "總務組"): 50.0,
        ("? ? nowhere-1.pdf", "總務組"): 100.0,
        ("? ? nowhere-2.pdf", "總務組"): 100.0,
    }
    by_aspect = found["by_aspect"].set_index("department")["measures"].to_dict()
    assert by_aspect == {"業務組": 3 + 1, "總務組": 2 + 1 + 1 + 1}
    assert found["when"].set_index("plan")["measures"].to_dict() == {
        "107 屏東": 5,
        "108 新營": 2,
        "? ? nowhere-1.pdf": 1,
        "? ? nowhere-2.pdf": 1,
    }


def test_the_first_notebook_counts_one_edition_and_lists_all(run):
    found = run("01", before="import pymupdf")
    assert len(found["plans"]) == 6
    assert found["counts"].groupby("plan")["measures"].sum().to_dict() == {
        "107 屏東": 5,
        "108 新營": 2,
        "? ? nowhere-1.pdf": 1,
        "? ? nowhere-2.pdf": 1,
    }
    departments = found["measures_by"]("departments", ["canonical"])
    assert departments.set_index("canonical")["measures"].to_dict() == {"業務組": 4, "總務組": 5}


def test_plans_that_are_compared_are_one_edition_each(run):
    found = run("03", before="## From plan to plan")
    assert {name: len(rows) for name, rows in found["plans"].items()} == {
        "? ? nowhere-1.pdf": 1,
        "? ? nowhere-2.pdf": 1,
        "107 屏東": 5,
        "108 新營": 2,
    }


def test_quality_is_that_of_every_plan_by_itself(run):
    found = run("04")
    filled = found["filled"]
    measures = filled[filled["field"] == "承辦部門"].set_index("plan")["n"].to_dict()
    assert measures == {
        "107 屏東 first.pdf": 4,
        "107 屏東 second.pdf": 5,
        "108 新營": 2,
        "? ? nowhere-1.pdf": 1,
        "? ? nowhere-2.pdf": 1,
    }
    assert found["balanced"].all()
