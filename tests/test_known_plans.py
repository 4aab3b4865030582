"""The known plans, through the data set: equal to what is expected of them in every field."""

import pytest

from tests.check_known_plans import ROOT, check_all

NAMES = [f"{path.stem}.pdf" for path in sorted((ROOT / "tests" / "known_plans").glob("*.json"))]


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    out = tmp_path_factory.mktemp("output")
    return {one.name: one for one in check_all(ROOT / "raw_pdfs", ROOT / "tests/known_plans", out)}


@pytest.mark.parametrize("name", NAMES)
def test_known_plan(checked, name):
    one = checked[name]
    differences = one.comparison and (
        one.comparison.missing,
        one.comparison.extra,
        one.comparison.differences[:5],
    )
    assert one.passed, (one.outcome.status, differences)


def test_every_known_plan_has_an_expected_file():
    assert [path.name for path in sorted((ROOT / "raw_pdfs").glob("*.pdf"))] == NAMES
