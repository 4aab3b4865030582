"""The cache: a second run costs nothing, and nothing in it can hurt."""

import numpy as np
import pytest

from bench.ocr.record import RecordingEngine
from planparse.ocr import cache, read_if_scanned
from planparse.ocr.cache import CachedEngine
from planparse.ocr.read_page_picture import read_page_picture
from planparse.ocr.recorded import NotRecordedError, RecordedEngine
from planparse.pdf import read_page
from tests.ocr.pictures import SureEngine, pdf_of, picture_of, scanned, table_page

CELLS = [["服務一致及正確性", "提升申辦案件的處理效率", "業務組"]] * 2


@pytest.fixture(scope="module")
def picture():
    return scanned(picture_of(table_page(CELLS)))


def read(picture, engine, folder):
    cached = CachedEngine(engine, picture.pixels, folder)
    found = read_page_picture(picture, 1, cached)
    cached.save()
    return found


def test_a_second_run_asks_the_engine_nothing(picture, tmp_path):
    engine = SureEngine()
    first = read(picture, engine, tmp_path)
    asked = engine.lines
    assert asked > 0
    assert read(picture, engine, tmp_path) == first
    assert engine.lines == asked


def test_another_version_of_the_engine_is_asked_again(picture, tmp_path):
    read(picture, SureEngine(), tmp_path)
    other = SureEngine()
    other.name = "sure 2"
    read(picture, other, tmp_path)
    assert other.lines > 0


def test_another_picture_is_read(picture, tmp_path):
    read(picture, SureEngine(), tmp_path)
    engine = SureEngine()
    pixels = picture.pixels.copy()
    pixels[5, 5] ^= 1
    read(picture.__class__(pixels, picture.scale), engine, tmp_path)
    assert engine.lines > 0


@pytest.mark.parametrize(
    "content", [b"", b"no gzip", b"\x1f\x8b\x08\x00", None], ids=["empty", "text", "cut", "list"]
)
def test_a_damaged_file_counts_as_absent_and_is_written_anew(picture, tmp_path, content):
    import gzip

    first = read(picture, SureEngine(), tmp_path)
    file = next(tmp_path.glob("*/*.gz"))
    good = file.read_bytes()
    file.write_bytes(gzip.compress(b'{"x": [[1]]}') if content is None else content)
    engine = SureEngine()
    assert read(picture, engine, tmp_path) == first
    assert engine.lines > 0
    assert file.read_bytes() == good


def test_a_folder_that_cannot_be_written_is_done_without(picture, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    assert read(picture, SureEngine(), blocked).page.runs


def test_no_half_file_is_left(picture, tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("disk full")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    read(picture, SureEngine(), tmp_path)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_the_oldest_files_go_first(picture, tmp_path, monkeypatch):
    import os

    for name in ("aa", "bb"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "old.json.gz").write_bytes(b"x" * 1000)
        os.utime(tmp_path / name / "old.json.gz", (1, 1 if name == "aa" else 2))
    monkeypatch.setattr(cache, "LARGEST", 1)
    read(picture, SureEngine(), tmp_path)
    left = [path.name for path in tmp_path.rglob("*.gz")]
    assert "old.json.gz" not in left


def test_the_cache_stands_in_the_users_folder(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert cache.cache_folder().name == "ocr"


def test_recorded_answers_are_found_although_single_greys_moved(picture, tmp_path):
    recording = RecordingEngine(SureEngine())
    first = read_page_picture(picture, 1, recording)
    recording.save(tmp_path / "one.json.gz")
    noise = np.random.default_rng(3).integers(-2, 3, picture.pixels.shape)
    pixels = np.clip(picture.pixels.astype(int) + noise, 0, 255).astype(np.uint8)
    recorded = RecordedEngine([tmp_path / "one.json.gz"])
    again = read_page_picture(picture.__class__(pixels, picture.scale), 1, recorded)
    assert [run.text for run in again.page.runs] == [run.text for run in first.page.runs]


def test_a_line_that_nobody_recorded_is_an_error_or_goes_to_the_engine(picture, tmp_path):
    RecordingEngine(SureEngine()).save(tmp_path / "none.json.gz")
    with pytest.raises(NotRecordedError, match=r"python -m bench\.ocr\.record"):
        read_page_picture(picture, 1, RecordedEngine([tmp_path / "none.json.gz"]))
    engine = SureEngine()
    recorded = RecordedEngine([tmp_path / "none.json.gz"], lambda: engine)
    assert read_page_picture(picture, 1, recorded).page.runs
    assert engine.lines > 0


def test_without_the_engine_the_page_says_that_it_needs_it(picture, monkeypatch):
    monkeypatch.setattr("planparse.ocr.engine.find_spec", lambda _: None)
    monkeypatch.delenv("PLANPARSE_OCR_ANSWERS", raising=False)
    from planparse.ocr.engine import rapidocr_engine

    rapidocr_engine.cache_clear()
    document = pdf_of(picture)
    found = read_if_scanned(document[0], read_page(document[0], 1))
    assert found is not None
    assert found.page.needs_ocr
    assert "pip install rapidocr" in (found.page.why or "")
