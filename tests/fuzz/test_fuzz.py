"""The short form of ``make fuzz``, and every file that once broke something."""

from pathlib import Path

import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from tests.fuzz.mutate import MUTATIONS, mutate
from tests.fuzz.run import bases, fuzz, parse

KEPT = Path(__file__).parent / "kept"


@pytest.mark.slow
def test_mutated_plans_and_faults(tmp_path):
    settings = RunSettings(jobs=2, timeout=3.0, memory=600, parse=parse)
    found = fuzz(tmp_path, range(60), settings, each=60)
    assert not found.broken
    assert not found.crashes
    assert len(found.statuses) >= 5


def test_a_seed_gives_the_same_bytes():
    whole = [b"%PDF-1.4 one 1 0 obj <</A 1>> endobj 2 0 obj <</B 2>> endobj", b"%PDF-1.4 two"]
    for seed in range(200):
        assert mutate(seed, whole) == mutate(seed, whole)


@pytest.mark.slow
def test_every_mutation_is_drawn_and_changes_something():
    whole = bases()[:2]
    drawn: set[str] = set()
    for seed in range(150):
        names, content = mutate(seed, whole)
        drawn.update(names.split("+"))
        assert content not in whole, names
    assert drawn == set(MUTATIONS)


@pytest.mark.slow
def test_what_once_broke_something(tmp_path):
    """Each is named for what was found with it; none costs more than itself."""
    report = parse_folder(KEPT, tmp_path / "out", RunSettings(timeout=20.0))
    assert [one.source for one in report.outcomes] == sorted(path.name for path in KEPT.iterdir())
    statuses = {one.source.removesuffix(".pdf"): one.status for one in report.outcomes}
    crashed = {name for name, status in statuses.items() if status == "crashed"}
    # A fault of MuPDF 1.28, which planparse cannot mend; a later one may read the file.
    assert crashed <= {"damaged-font-aborts-mupdf"}
