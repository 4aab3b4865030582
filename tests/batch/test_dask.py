"""The same documents on a Dask cluster of processes give the same bytes."""

import signal
import threading
import time

import distributed
import psutil
import pytest

from planparse.batch.dask_cluster import check_versions
from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.errors import InputError
from tests.batch import faults
from tests.batch.cluster import dask_cluster, end_group
from tests.batch.editions import parse, write_edition
from tests.batch.test_kill import contents

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with dask_cluster(tmp_path_factory.mktemp("dask")) as found:
        yield found[0]


@pytest.fixture
def here(tmp_path):
    """The data set as this process writes it."""
    write_edition(tmp_path / "in", 1)
    parse_folder(tmp_path / "in", tmp_path / "here", RunSettings(isolate=False, parse=parse))
    return contents(tmp_path / "here")


def test_the_same_bytes(cluster, here, tmp_path):
    settings = RunSettings(dask=cluster, parse=parse)
    report = parse_folder(tmp_path / "in", tmp_path / "out", settings)
    assert len(report.outcomes) == 12
    assert contents(tmp_path / "out") == here


def test_limits_hold_there_too(cluster, tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    for name in ("good", "hang_in_native_code", "hog", "segfault"):
        (source / f"{name}.pdf").write_text(name)
    settings = RunSettings(dask=cluster, parse=faults.parse, timeout=2.0, memory=400)
    report = parse_folder(source, tmp_path / "out", settings)
    assert [(one.source, one.status) for one in report.outcomes] == [
        ("good.pdf", "parsed"),
        ("hang_in_native_code.pdf", "timed_out"),
        ("hog.pdf", "out_of_memory"),
        ("segfault.pdf", "crashed"),
    ]
    assert report.outcomes[1].seconds <= 2.2
    assert (report.outcomes[2].timing["peak_mebibytes"] or 0) <= 440


def slow_parse(path, **options):
    time.sleep(0.3)
    return parse(path, **options)


def test_a_worker_killed_on_the_way(here, tmp_path):
    done = threading.Event()
    with dask_cluster(tmp_path) as (address, workers):

        def kill():
            done.wait(60)
            end_group(workers[0])

        killer = threading.Thread(target=kill)
        killer.start()
        settings = RunSettings(dask=address, parse=slow_parse)
        report = parse_folder(
            tmp_path / "in", tmp_path / "out", settings, on_done=lambda _: done.set()
        )
        killer.join()
        assert workers[0].returncode == -signal.SIGKILL
    assert {one.status for one in report.outcomes} <= {"parsed", "parsed_with_problems"}
    assert contents(tmp_path / "out") == here


def test_nobody_there(tmp_path):
    write_edition(tmp_path / "in", 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("planparse.batch.dask_cluster._PATIENCE", 0.5)
        settings = RunSettings(dask="tcp://127.0.0.1:9")
        with pytest.raises(InputError, match="no Dask cluster"):
            parse_folder(tmp_path / "in", tmp_path / "out", settings)


def test_workers_with_another_program_are_refused(cluster):
    with distributed.Client(cluster) as client, pytest.raises(InputError, match="2 of 2 Dask"):
        check_versions(client, "another")


def test_nothing_is_left_on_the_cluster(cluster, here, tmp_path):
    parse_folder(tmp_path / "in", tmp_path / "out", RunSettings(dask=cluster, parse=parse))
    with distributed.Client(cluster) as client:
        for names in client.run(children_of_this_process).values():
            assert not [name for name in names if "pebble" in name]


def children_of_this_process():
    return [" ".join(child.cmdline()) for child in psutil.Process().children(recursive=True)]
