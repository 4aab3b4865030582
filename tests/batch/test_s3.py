"""Input and output in an S3 server: the same bytes, and the same promises."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import fsspec
import pytest

import planparse
from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.folder import open_folder
from planparse.dataset.load import read_table
from planparse.dataset.queries import run_query
from planparse.dataset.run_lock import run_lock
from planparse.dataset.writing import compact_folder
from planparse.errors import BusyError, InputError, OutputError
from tests.batch.cluster import dask_cluster, environment, s3_environment, s3_server
from tests.batch.editions import COUNT, parse, read_whole, write_edition
from tests.batch.test_kill import contents

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory):
    with s3_server(tmp_path_factory.mktemp("s3")) as found:
        yield found


@pytest.fixture
def bucket(endpoint, monkeypatch, request):
    """Give an empty bucket's URL, and the variables that lead there."""
    for name, value in s3_environment(endpoint).items():
        monkeypatch.setenv(name, value)
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    name = f"plans-{abs(hash(request.node.name)) % 10**8}"
    fsspec.filesystem("s3").mkdir(name)
    return f"s3://{name}"


def upload(folder, url):
    system = fsspec.filesystem("s3")
    for path in folder.iterdir():
        system.pipe_file(f"{url}/in/{path.name}", path.read_bytes())


def remote_contents(url):
    system, root = fsspec.core.url_to_fs(url)
    system.invalidate_cache()
    return {
        path.removeprefix(f"{root}/"): system.cat_file(path)
        for path in system.find(root)
        if "/timings/" not in path and "/.planparse/" not in path
    }


@pytest.fixture
def here(tmp_path):
    """Two editions as this machine's disk holds them."""
    settings = RunSettings(isolate=False, parse=parse)
    found = []
    for edition in (1, 2):
        write_edition(tmp_path / "in", edition)
        parse_folder(tmp_path / "in", tmp_path / "here", settings)
        found.append(contents(tmp_path / "here"))
    (tmp_path / "in").rename(tmp_path / "in-2")
    write_edition(tmp_path / "in", 1)
    return tmp_path, found


def test_the_same_bytes_and_nothing_beside(bucket, here):
    root, (first, second) = here
    settings = RunSettings(jobs=2, parse=parse)
    upload(root / "in", bucket)
    parse_folder(f"{bucket}/in", f"{bucket}/out", settings)
    assert remote_contents(f"{bucket}/out") == first
    assert read_whole(f"{bucket}/out")
    upload(root / "in-2", bucket)
    parse_folder(f"{bucket}/in", f"{bucket}/out", settings)
    assert remote_contents(f"{bucket}/out") == second
    assert not [p for p in fsspec.filesystem("s3").find(bucket) if "/.planparse/" in p]
    report = parse_folder(f"{bucket}/in", f"{bucket}/out", settings)
    assert {one.status for one in report.outcomes} == {"skipped_unchanged"}


def test_sql_on_a_dataset_in_a_bucket(bucket, here):
    root, _ = here
    parse_folder(root / "in", f"{bucket}/out", RunSettings(isolate=False, parse=parse))
    compact_folder(f"{bucket}/out")
    sql = "SELECT count(*) AS n FROM plans"
    assert planparse.connect(f"{bucket}/out").sql(sql).fetchall() == [(COUNT,)]
    assert run_query(f"{bucket}/out", sql).to_pylist() == [{"n": COUNT}]
    # The dataset is in reach of planparse, not of the query.
    with pytest.raises(InputError, match="tables alone"):
        run_query(f"{bucket}/out", f"SELECT * FROM read_parquet('{bucket}/out/**/*.parquet')")


def test_a_cluster_reads_and_writes_there(bucket, here, endpoint, tmp_path):
    root, (first, _) = here
    upload(root / "in", bucket)
    with dask_cluster(tmp_path, s3_environment(endpoint)) as (address, _):
        settings = RunSettings(dask=address, parse=parse)
        parse_folder(f"{bucket}/in", f"{bucket}/out", settings)
    assert remote_contents(f"{bucket}/out") == first


def test_a_killed_run_goes_on_while_a_reader_reads(bucket, here, endpoint):
    root, (_, second) = here
    upload(root / "in", bucket)
    parse_folder(f"{bucket}/in", f"{bucket}/out", RunSettings(isolate=False, parse=parse))
    upload(root / "in-2", bucket)
    done = threading.Event()
    faults: list[BaseException] = []

    def read():
        try:
            while not done.is_set():
                assert len(read_whole(f"{bucket}/out")) >= 12
        except BaseException as error:  # noqa: BLE001 - raised again below
            faults.append(error)

    reader = threading.Thread(target=read)
    reader.start()
    command = ["-m", "tests.batch.driver", f"{bucket}/in", f"{bucket}/out", "editions"]
    for kill_after in (2, 3, None):
        with subprocess.Popen(
            [sys.executable, *command],
            cwd=ROOT,
            env=environment(**s3_environment(endpoint)),
            stdout=subprocess.PIPE,
        ) as run:
            assert run.stdout
            for count, _line in enumerate(run.stdout, 1):
                if count == kill_after:
                    run.send_signal(signal.SIGKILL)
                    break
    done.set()
    reader.join()
    assert not faults, faults[0]
    assert run.returncode == 0
    assert remote_contents(f"{bucket}/out") == second


def void_lease(url):
    """Make a killed run's lock as old as it would be two minutes later."""
    folder = open_folder(f"{url}/out")
    if folder.exists(".planparse/lock"):
        found = json.loads(folder.read(".planparse/lock"))
        folder.put(".planparse/lock", json.dumps({**found, "time": time.time() - 121}).encode())


def test_a_second_run_is_refused(bucket, here):
    root, _ = here
    folder = open_folder(f"{bucket}/out")
    with run_lock(folder):
        with pytest.raises(BusyError, match=f"process {os.getpid()} on "):
            parse_folder(root / "in", f"{bucket}/out", RunSettings(isolate=False, parse=parse))
        void_lease(bucket)
        with run_lock(folder):
            pass
    with run_lock(folder):
        pass


def test_from_there_to_here(bucket, here):
    root, (first, _) = here
    upload(root / "in", bucket)
    parse_folder(f"{bucket}/in", root / "out", RunSettings(jobs=2, parse=parse))
    assert contents(root / "out") == first
    assert read_table(root / "out", "plans").num_rows == 12


def test_what_is_not_there(bucket, tmp_path):
    with pytest.raises(InputError):
        parse_folder(f"{bucket}/nothing", tmp_path / "out")
    with pytest.raises(InputError, match="cannot be opened"):
        parse_folder("nonsense://x/y", tmp_path / "out")
    write_edition(tmp_path / "in", 1)
    with pytest.raises(OutputError):
        parse_folder(tmp_path / "in", "s3://no-such-bucket-there/out", RunSettings(isolate=False))
