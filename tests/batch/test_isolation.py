"""A document that breaks its process costs itself and nothing else."""

import time

import psutil
import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.load import read_table
from tests.batch.faults import FAULTS, parse

pytestmark = pytest.mark.slow

EXPECTED = {
    "endless_loop": "timed_out",
    "hang_in_native_code": "timed_out",
    "hang_without_signals": "timed_out",
    "endless_output": "timed_out",
    "segfault": "crashed",
    "abort": "crashed",
    "killed": "crashed",
    "exit_without_a_word": "crashed",
    "exit_with_a_code": "crashed",
    "ask_to_exit": "crashed",
    "interrupt": "crashed",
    "recursion": "crashed",
    "unpicklable": "crashed",
    "hog": "out_of_memory",
    "hog_in_native_code": "out_of_memory",
    "hog_by_mapping": "out_of_memory",
    "endless_result": "out_of_memory",
}
LIMITS = RunSettings(jobs=2, timeout=2.0, memory=400, parse=parse)


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One run over every fault, good files between them."""
    root = tmp_path_factory.mktemp("faults")
    source = root / "in"
    source.mkdir()
    for at, name in enumerate(EXPECTED):
        (source / f"{name}.pdf").write_text(f"{name}.pdf")
        (source / f"good-{at}.pdf").write_text(f"good-{at}.pdf")
    return parse_folder(source, root / "out", LIMITS), root / "out"


def test_every_fault_is_tried():
    assert set(EXPECTED) == set(FAULTS)


@pytest.mark.parametrize("name", EXPECTED)
def test_status(run, name):
    report, _ = run
    (one,) = [one for one in report.outcomes if one.source == f"{name}.pdf"]
    assert one.status == EXPECTED[name], one.reason
    assert one.reason


def test_the_others_are_published(run):
    report, out = run
    good = [one for one in report.outcomes if one.source.startswith("good")]
    assert {one.status for one in good} == {"parsed"}
    assert read_table(out, "plans").num_rows == len(good) == len(EXPECTED)


def test_every_input_has_its_row(run):
    report, out = run
    rows = read_table(out, "documents").to_pylist()
    assert [row["source"] for row in rows] == [one.source for one in report.outcomes]
    assert {row["limit_seconds"] for row in rows} == {2.0}
    assert {row["limit_mebibytes"] for row in rows} == {400}
    problems = {row["plan_id"]: row["code"] for row in read_table(out, "problems").to_pylist()}
    for row in rows:
        if row["status"] != "parsed":
            assert problems[row["plan_id"]] == row["status"]


def test_limits_hold_within_a_tenth(run):
    report, _ = run
    for one in report.outcomes:
        assert one.seconds <= 2.2, one.source
        assert (one.timing["peak_mebibytes"] or 0) <= 440, one.source


def test_nothing_is_left_running(run):
    names = [child.name() for child in psutil.Process().children(recursive=True)]
    time.sleep(0.1)
    assert not [name for name in names if "pebble" in name]
