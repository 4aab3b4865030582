"""The digital known plans, staged once."""

from pathlib import Path

import pymupdf
import pytest

from tests.audit.staged import Staged, stage_file

FOLDER = Path(__file__).parents[2] / "raw_pdfs"


def _pages(path: Path) -> int:
    """Count the pages of a plan with a text layer; 0 for a scan."""
    with pymupdf.open(path) as document:
        return len(document) * any(page.get_text().strip() for page in document)


DIGITAL = sorted(filter(_pages, FOLDER.glob("*.pdf")), key=_pages)


@pytest.fixture(scope="session", params=DIGITAL, ids=lambda path: path.stem)
def every_known(request) -> Staged:
    return stage_file(request.param)


@pytest.fixture(scope="session", params=DIGITAL[:2], ids=lambda path: path.stem)
def known(request) -> Staged:
    """Two plans, the shortest ones: each fault segments them anew."""
    return stage_file(request.param)


@pytest.fixture(scope="session")
def with_departments() -> Staged:
    """The first known plan that has departments, two measures in a row among them."""
    return next(
        plan
        for plan in map(stage_file, DIGITAL)
        if sum(bool(measure.departments) for measure in plan.plan.measures) > 20
    )
