"""The corpus holds what it held: figures are raised when they are reached, never lowered."""

import tomllib
from collections import Counter
from pathlib import Path

import pytest

from tests.corpus.changes import changes
from tests.corpus.documents import documents
from tests.corpus.dump import read
from tests.corpus.tally import COLUMNS, tally

HERE = Path(__file__).parent
REACHED = tomllib.loads((HERE / "reached.toml").read_text(encoding="utf-8"))


@pytest.mark.slow
@pytest.mark.parametrize("kind", REACHED)
def test_what_was_reached(kind):
    counts = Counter(dict.fromkeys(COLUMNS, 0))
    for one in documents((kind,)):
        counts += tally(one, read(one))
    wanted = REACHED[kind]
    assert counts["rows"] == wanted["rows"]
    assert counts["exact"] >= wanted["exact"], counts
    assert counts["silent"] + counts["invented"] <= wanted["silent_or_invented"], counts
    assert counts["alarms"] <= wanted["alarms"], counts


def test_changes_between_two_readings_are_listed():
    one = next(documents(("producers",)))
    before = {one.key: read(one)}
    after = {one.key: read(one)}
    assert changes(before, after) == []
    measures = after[one.key]["plan"]["measures"]
    measures[2]["period"] = "每旬一次"
    measures[1]["confidence"] = 0.5
    after[one.key]["problems"].append(
        {"code": "period_unknown", "severity": "warning", "measure": 3, "page": 1, "message": ""}
    )
    lines = changes(before, after)
    assert any("row 3 period" in line for line in lines)
    assert any("+ problem period_unknown on row 3" in line for line in lines)
    measures[2]["period"] = before[one.key]["plan"]["measures"][2]["period"]
    assert any("values measures.confidence" in line for line in changes(before, after))
    del measures[4]
    assert any("- row 5" in line for line in changes(before, after))
