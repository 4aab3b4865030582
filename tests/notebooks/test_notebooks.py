"""The notebooks run from top to bottom on the data set that `make run` makes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    out = tmp_path_factory.mktemp("output")
    code = "from planparse.cli import main; main()"
    command = [sys.executable, "-c", code, "run", str(ROOT / "raw_pdfs"), "--out", str(out)]
    subprocess.run(command, check=True, capture_output=True, timeout=600)
    return out


def test_there_are_four():
    assert [path.name[:2] for path in NOTEBOOKS] == ["01", "02", "03", "04"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_nothing_that_a_run_left_is_committed(path):
    notebook = json.loads(path.read_text("utf-8"))
    for cell in notebook["cells"]:
        assert not cell.get("outputs")
        assert cell.get("execution_count") is None


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_it_runs_and_its_charts_hold_chinese_as_text(path, dataset, tmp_path):
    # In a process of its own: Jupyter's client warns of this and that, warnings are errors here.
    done = subprocess.run(
        [
            *(sys.executable, "-m", "nbconvert", "--to", "notebook", "--execute", str(path)),
            *("--output-dir", str(tmp_path), "--output", "run.ipynb"),
        ],
        env={
            **os.environ,
            "PLANPARSE_OUTPUT": str(dataset),
            "PLANPARSE_INPUT": str(ROOT / "raw_pdfs"),
            "PYTHONPATH": str(ROOT / "src"),
        },
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    notebook = nbformat.read(tmp_path / "run.ipynb", as_version=4)
    data = [
        output["data"]
        for cell in notebook.cells
        if cell.cell_type == "code"
        for output in cell.outputs
        if "data" in output
    ]
    charts = ["".join(one["image/svg+xml"]) for one in data if "image/svg+xml" in one]
    assert charts
    for chart in charts:
        assert chart.startswith("<svg")
        assert "Noto Sans CJK TC" in chart
    assert any("台北市" in chart for chart in charts)
    assert all("Traceback" not in str(one) for one in data)
