"""Fewer files, the same rows; and the same files again when a plan changes."""

import shutil
from dataclasses import replace

import pandas as pd
import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset import compact
from planparse.dataset.folder import open_folder
from planparse.dataset.journal import read_state
from planparse.dataset.load import read_tables
from planparse.dataset.tables import PLAN_TABLES
from planparse.dataset.writing import compact_folder
from planparse.errors import InputError
from tests.batch.editions import COUNT, parse, read_whole, title, write_edition
from tests.batch.test_kill import contents


def parse_without_year(path, **options):
    """Have all plans of a district in one folder, and none for the same year."""
    return parse(path, roc_year=None, **options)


HERE = RunSettings(isolate=False, parse=parse_without_year)


@pytest.fixture
def out(tmp_path):
    write_edition(tmp_path / "in", 1)
    (tmp_path / "in" / "more.pdf").write_text("plan 21, edition 1, 台北市")
    parse_folder(tmp_path / "in", tmp_path / "out", HERE)
    return tmp_path / "out"


def rows(out):
    """Give every table but what tells of files."""
    tables = read_tables(out, PLAN_TABLES)
    return {name: table.to_pylist() for name, table in tables.items()}


def names(out):
    return {name for name in contents(out) if "roc_year=" in name}


def test_fewer_files_the_same_rows(out):
    before = rows(out)
    packing = compact_folder(out)
    assert packing.before > 3 * COUNT
    assert packing.after == len(names(out)) <= 5
    assert rows(out) == before
    measures = pd.read_parquet(out / "measures")
    assert len(measures) == len(before["measures"])
    assert compact_folder(out) == compact.Packing(packing.after, packing.after)


def test_nothing_is_parsed_again(out, tmp_path):
    compact_folder(out)
    before = names(out)
    report = parse_folder(tmp_path / "in", out, HERE)
    assert {one.status for one in report.outcomes} == {"skipped_unchanged"}
    assert names(out) == before


def test_taken_apart_every_plan_has_its_bytes(out):
    before = contents(out)
    compact_folder(out)
    parts = {name.rpartition("/")[2].removesuffix(".parquet") for name in names(out)}
    compact.unpack(open_folder(out), {name for name in parts if name.startswith("part-")}, 1)
    after = contents(out)
    assert {n: c for n, c in after.items() if n in names(out)} == {
        n: c for n, c in before.items() if "roc_year=" in n
    }


def test_a_changed_plan_after_compacting(out, tmp_path):
    shutil.copytree(out, tmp_path / "loose")
    compact_folder(out)
    write_edition(tmp_path / "in", 2)
    for folder in (out, tmp_path / "loose"):
        report = parse_folder(tmp_path / "in", folder, HERE)
        assert len([one for one in report.outcomes if one.status.startswith("parsed")]) == 11
    assert read_whole(out) >= {title(0, 2), title(4, 1), title(COUNT, 2)}
    assert contents(out) == contents(tmp_path / "loose")
    compact_folder(out)
    assert rows(out) == rows(tmp_path / "loose")


def test_one_year_only(out):
    packing = compact_folder(out, [111])
    assert packing.after == packing.before
    assert compact_folder(out).after < 6


def test_prune_after_compacting(out, tmp_path):
    compact_folder(out)
    (tmp_path / "in" / "003.pdf").unlink()
    parse_folder(tmp_path / "in", out, replace(HERE, prune=True))
    assert title(3, 1) not in read_whole(out)
    assert len(read_whole(out)) == COUNT


def test_a_second_plan_for_a_packed_ones_year(out, tmp_path):
    settings = replace(HERE, parse=parse)
    parse_folder(tmp_path / "in", out, settings)
    for number in range(30, 33):
        (tmp_path / "in" / f"{number}.pdf").write_text(f"plan {number}, edition 1, 台北市")
    parse_folder(tmp_path / "in", out, settings)
    (tmp_path / "in" / "other.pdf").write_text("plan 30, edition 1, 台北市, again, 台北市")
    compact_folder(out)
    parse_folder(tmp_path / "in", out, settings)
    told = [row for row in rows(out)["problems"] if row["code"] == "duplicate_plan"]
    assert {row["source_file"] for row in told} == {"30.pdf", "other.pdf"}


def test_parts_have_a_largest_size(out, monkeypatch):
    monkeypatch.setattr(compact, "LARGEST", 5)
    before = rows(out)
    compact_folder(out)
    assert len([name for name in names(out) if name.startswith("plans/")]) == 3
    assert rows(out) == before


def test_an_interrupted_run_must_be_finished_first(out, tmp_path):
    write_edition(tmp_path / "in", 2)

    def stop(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        parse_folder(tmp_path / "in", out, HERE, on_done=stop)
    with pytest.raises(InputError, match="interrupted"):
        compact_folder(out)
    parse_folder(tmp_path / "in", out, HERE)
    compact_folder(out)


class StoppedError(Exception):
    pass


@pytest.mark.slow
@pytest.mark.parametrize("steps", range(0, 30, 5))
@pytest.mark.parametrize("what", ["compact", "unpack"])
def test_interrupted_at_any_step(out, tmp_path, monkeypatch, steps, what):
    """Readers see the same rows whatever was done, and the next command puts it in order."""
    before = rows(out)
    undisturbed = contents(out)
    if what == "unpack":
        compact_folder(out)
    left = [steps]

    def counted(method):
        def call(self, *arguments):
            left[0] -= 1
            if left[0] < 0:
                raise StoppedError
            return method(self, *arguments)

        return call

    folder = open_folder(out)
    with monkeypatch.context() as patch:
        for name in ("put", "put_aside", "move", "remove", "remove_folder"):
            patch.setattr(type(folder), name, counted(getattr(type(folder), name)))
        try:
            if what == "compact":
                compact_folder(out)
            else:
                parts = {row["part"] for row in read_state(folder).documents}
                compact.unpack(folder, {part for part in parts if part}, 1)
        except StoppedError:
            pass
    assert rows(out) == before
    parse_folder(tmp_path / "in", out, HERE)
    assert rows(out) == before
    left[0] = 1000
    compact_folder(out)
    parts = {row["part"] for row in read_state(folder).documents}
    compact.unpack(folder, {part for part in parts if part}, 1)
    assert {n: c for n, c in contents(out).items() if "roc_year=" in n} == {
        n: c for n, c in undisturbed.items() if "roc_year=" in n
    }
