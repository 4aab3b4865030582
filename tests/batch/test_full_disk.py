"""A disk that is full ends the run with one clear error and leaves the data set whole."""

import errno
import os
import shutil
from pathlib import Path

import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.folder import ASIDE
from planparse.errors import OutputError
from tests.batch.editions import COUNT, parse, read_whole, title, write_edition
from tests.batch.test_kill import contents, finished_as

pytestmark = pytest.mark.slow
HERE = RunSettings(isolate=False, parse=parse)


class FailingSystem:
    """Stands in for ``os``: from the nth call on, nothing can be written any more."""

    def __init__(self, calls):
        self.left = calls

    def __getattr__(self, name):
        return getattr(os, name)

    def _count(self):
        self.left -= 1
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")

    def write(self, handle, content):
        self._count()
        return os.write(handle, content[: max(1, len(content) // 2)])

    def fsync(self, handle):
        self._count()


@pytest.fixture
def editions(tmp_path):
    write_edition(tmp_path / "in", 1)
    parse_folder(tmp_path / "in", tmp_path / "first", HERE)
    write_edition(tmp_path / "in", 2)
    for name in ("undisturbed", "run again"):
        shutil.copytree(
            tmp_path / ("first" if name == "undisturbed" else "undisturbed"), tmp_path / name
        )
        parse_folder(tmp_path / "in", tmp_path / name, HERE)
    return tmp_path


def test_disk_full_at_any_moment(editions, monkeypatch):
    """One attempt after another gets a little further, until the last has room for all."""
    old = {title(number, 1) for number in range(COUNT)}
    out = editions / "out"
    shutil.copytree(editions / "first", out)
    calls = 0
    messages: list[str] = []
    while True:
        with monkeypatch.context() as patch:
            patch.setattr("planparse.dataset.folder.os", FailingSystem(calls))
            try:
                parse_folder(editions / "in", out, HERE)
            except OutputError as error:
                messages.append(error.message)
            else:
                break
        titles = read_whole(out)
        assert len(titles) >= COUNT
        if calls == 0:
            assert titles == old
        calls += 3
    assert len(messages) > 10
    assert all("No space left on device" in one and str(out) in one for one in messages)
    assert contents(out) in finished_as(editions)


def put_in_the_way(path, **_):
    """Make the worker's own writing impossible; the file's text is the output folder."""
    aside = Path(path.read_text(encoding="utf-8")) / ASIDE
    shutil.rmtree(aside, ignore_errors=True)
    aside.write_text("in the way")
    raise ValueError


def test_a_worker_reports_it_too(tmp_path):
    """The error comes from another process, and ends the run."""
    source, out = tmp_path / "in", tmp_path / "out"
    source.mkdir()
    for name in ("a", "b", "c"):
        (source / f"{name}.pdf").write_text(str(out), encoding="utf-8")
    with pytest.raises(OutputError, match="cannot write"):
        parse_folder(source, out, RunSettings(jobs=2, parse=put_in_the_way))
    assert read_whole(out) == set()
    (out / ASIDE).unlink()
    for at, name in enumerate(("a", "b", "c")):
        (source / f"{name}.pdf").write_text(title(at, 1), encoding="utf-8")
    parse_folder(source, out, HERE)
    assert len(read_whole(out)) == 3
