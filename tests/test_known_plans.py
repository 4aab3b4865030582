"""The known plans, through the dataset: equal to what is expected of them in every field."""

from pathlib import Path

import pytest

from planparse.batch.check_folder import check_dataset
from planparse.batch.parse_folder import parse_folder

ROOT = Path(__file__).parent.parent
EXPECTED = ROOT / "tests" / "known_plans"
# Through the dataset, the scan included: no quick test.
pytestmark = pytest.mark.slow
NAMES = [path.stem for path in sorted(EXPECTED.glob("*.json"))]


@pytest.fixture(scope="module")
def checked(tmp_path_factory):
    out = tmp_path_factory.mktemp("output")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PLANPARSE_OCR_ANSWERS", str(ROOT / "tests" / "ocr_answers"))
        parse_folder(ROOT / "raw_pdfs", out)
    return {one.name: one for one in check_dataset(EXPECTED, out)}


@pytest.mark.parametrize("name", NAMES)
def test_known_plan(checked, name):
    one = checked[name]
    found = one.comparison
    assert one.passed, (one.status, found and (found.missing, found.extra, found.differences[:5]))


def test_every_known_plan_has_an_expected_file():
    assert [path.stem for path in sorted((ROOT / "raw_pdfs").glob("*.pdf"))] == NAMES
