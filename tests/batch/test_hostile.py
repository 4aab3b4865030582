"""Files that mean harm: each costs itself at most its limits, and has its row and its reason."""

import pymupdf
import pytest

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.dataset.load import read_table
from planparse.pipeline import parse_plan
from tests.batch.hostile import HOSTILE, one_page
from tests.pdf_objects import stream

pytestmark = pytest.mark.slow

TIMEOUT, MEMORY = 3.0, 600
ENDED = {"timed_out", "out_of_memory"}
# What a fast machine reads to its end, a slow one may give up: both are in order.
EXPECTED = {
    "bomb_of_operators": ENDED,
    "bomb_of_text": ENDED,
    "bomb_of_forms": ENDED,
    "bomb_of_an_image": {"no_plan_table"},
    "million_rulings": {"no_plan_table", *ENDED},
    "million_rectangles": {"refused", *ENDED},
    "ten_thousand_pages": {"refused"},
    "pages_of_one_object": {"damaged"},
    "cyclic_page_tree": {"damaged"},
    "parents_in_a_circle": {"damaged"},
    "no_objects": {"damaged"},
    "zeros": {"damaged"},
    "empty": {"not_a_pdf"},
    "deep_page_tree": {"no_plan_table", *ENDED},
}


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    root = tmp_path_factory.mktemp("hostile")
    source = root / "in"
    source.mkdir()
    for name, make in HOSTILE.items():
        (source / f"{name}.pdf").write_bytes(make())
    settings = RunSettings(jobs=2, timeout=TIMEOUT, memory=MEMORY)
    return parse_folder(source, root / "out", settings), root / "out"


@pytest.mark.parametrize("name", HOSTILE)
def test_file(run, name):
    report, _ = run
    (one,) = [one for one in report.outcomes if one.source == f"{name}.pdf"]
    assert one.status in EXPECTED.get(name, {"no_plan_table"}), one.reason
    assert one.reason
    assert one.seconds <= 1.1 * TIMEOUT
    assert (one.timing["peak_mebibytes"] or 0) <= 1.1 * MEMORY
    assert one.rows["problems"] >= 1
    assert one.rows["measures"] == 0


def test_every_input_has_its_row(run):
    report, out = run
    assert len(report.outcomes) == len(HOSTILE)
    assert read_table(out, "documents").num_rows == len(HOSTILE)


def plan_of(title):
    """Draw a plan table under a title."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_font("cjk", fontbuffer=pymupdf.Font("china-t").buffer)
        page.insert_text((72, 60), title, fontname="cjk", fontsize=12)
        for x in (72, 200, 400, 520):
            page.draw_line((x, 100), (x, 200))
        for y in (100, 130, 200):
            page.draw_line((72, y), (520, y))
        cells = ("面向", "具體作法", "承辦部門", "一、服務", "1.親切接待用戶。", "業務組")
        for at, text in enumerate(cells):
            place = ((80, 210, 410)[at % 3], 120 if at < 3 else 150)
            page.insert_text(place, text, fontname="cjk", fontsize=11)
        content: bytes = document.tobytes()
    return content


@pytest.mark.parametrize(
    "title",
    [
        "台灣電力公司../../../etc區營業處112年度提升服務效能執行計畫",
        "台灣電力公司/srv/x區營業處112年度提升服務效能執行計畫",
        "台灣電力公司\x07\x1b[2J\u202e某區營業處112年度提升服務效能執行計畫",
    ],
)
def test_a_title_never_becomes_a_path(tmp_path, title):
    source = tmp_path / "in"
    source.mkdir()
    (source / "plan.pdf").write_bytes(plan_of(title))
    out = tmp_path / "somewhere" / "deep" / "out"
    report = parse_folder(source, out, RunSettings(isolate=False))
    assert [one.outcome for one in report.outcomes] == ["parsed_with_problems"]
    assert {path.name for path in tmp_path.iterdir()} == {"in", "somewhere"}
    assert {path.name for path in out.parent.iterdir()} == {"out"}
    (file,) = (out / "measures").rglob("*.parquet")
    year, district, name = file.relative_to(out / "measures").parts
    assert year == "roc_year=112"
    assert all(char.isalnum() or char in "=%-" for char in district)
    assert name.removesuffix(".parquet") == report.outcomes[0].plan_id
    assert read_table(out, "measures").num_rows == 1


def test_an_empty_user_password_opens(tmp_path):
    source = tmp_path / "in"
    source.mkdir()
    with pymupdf.open(stream=plan_of("某區營業處112年度提升服務效能執行計畫")) as document:
        for name, user in (("open", ""), ("locked", "geheim")):
            content = document.tobytes(encryption=5, user_pw=user, owner_pw="owner")
            (source / f"{name}.pdf").write_bytes(content)
    settings = RunSettings(isolate=False)
    statuses = {
        one.source: one.status for one in parse_folder(source, tmp_path / "out", settings).outcomes
    }
    assert statuses["locked.pdf"] == "needs_password"
    assert statuses["open.pdf"].startswith("parsed")
    settings = RunSettings(isolate=False, passwords=("falsch", "geheim"))
    statuses = {
        one.source: one.outcome for one in parse_folder(source, tmp_path / "out", settings).outcomes
    }
    assert statuses["locked.pdf"].startswith("parsed")


def test_a_font_without_a_map_is_no_empty_page(tmp_path):
    """Glyphs that are drawn but say nothing are read from the picture."""
    resources = (
        b"/Font<</F1<</Type/Font/Subtype/Type0/BaseFont/X/Encoding/Identity-H/DescendantFonts"
        b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/X/CIDSystemInfo<</Registry(X)/Ordering(Y)"
        b"/Supplement 0>>/FontDescriptor<</Type/FontDescriptor/FontName/X/Flags 4"
        b"/FontFile3 5 0 R>>>>]>>>>"
    )
    text = b"BT /F1 12 Tf 72 720 Td <00240025002600270028> Tj ET"
    font = stream(pymupdf.Font("helv").buffer, b"/Subtype/CIDFontType0C")
    file = tmp_path / "x.pdf"
    file.write_bytes(one_page(stream(text), resources, font))
    (reading,) = parse_plan(file).readings
    assert reading.why is not None
    assert "5 of 5 glyphs" in reading.why
