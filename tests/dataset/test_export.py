import csv
import io
import shutil
import subprocess

import openpyxl
import pytest

from planparse.dataset.export import (
    LONGEST_CELL,
    ExportFormat,
    csv_bytes,
    export_tables,
    workbook_bytes,
)
from planparse.dataset.load import chinese_labels, load_arrow
from planparse.dataset.tables import TABLES
from planparse.errors import InputError, OutputError
from tests.dataset.read_back import read_csv, read_workbook
from tests.study.known_dataset import write_known_dataset

OFFICE = shutil.which("soffice") or shutil.which("libreoffice")


@pytest.fixture(scope="module")
def root(tmp_path_factory):
    return write_known_dataset(tmp_path_factory.mktemp("output"))


@pytest.mark.parametrize("form", ExportFormat)
def test_every_table_comes_back(root, tmp_path, form):
    written = export_tables(root, tmp_path, form)
    assert written[f"measures.{form}"] == 406
    assert {path.name for path in tmp_path.iterdir()} == set(written)
    read = {ExportFormat.CSV: read_csv, ExportFormat.XLSX: read_workbook}[form]
    for table in TABLES:
        rows = load_arrow(root, table)
        assert read((tmp_path / f"{table}.{form}").read_bytes(), rows.schema).equals(rows)


@pytest.mark.parametrize("form", ExportFormat)
def test_the_same_data_set_gives_the_same_bytes(root, tmp_path, form):
    for name in ("a", "b"):
        export_tables(root, tmp_path / name, form)
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes()


def test_pythons_own_csv_reader_sees_the_same(root):
    rows = load_arrow(root, "measures")
    text = csv_bytes(rows).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["text"] for row in found] == rows.column("text").to_pylist()


def test_chinese_headings(root, tmp_path):
    export_tables(root, tmp_path, ExportFormat.XLSX, labels="zh")
    book = openpyxl.load_workbook(tmp_path / "measures.xlsx")
    assert book.sheetnames == ["具體作法"]
    heading = [cell.value for cell in next(book.active.iter_rows())]
    assert heading == list(chinese_labels("measures").values())
    assert book.active.freeze_panes == "A2"


def test_a_cell_that_no_spreadsheet_holds_is_refused_by_name(root):
    rows = load_arrow(root, "plans")
    long = rows.set_column(
        rows.schema.get_field_index("title"),
        rows.schema.field("title"),
        [["x" * (LONGEST_CELL + 1)] * rows.num_rows],
    )
    with pytest.raises(OutputError, match="a cell of title"):
        workbook_bytes(long, "plans")


def test_without_a_data_set_nothing_is_written(tmp_path):
    with pytest.raises(InputError):
        export_tables(tmp_path / "none", tmp_path / "export", ExportFormat.CSV)
    assert not (tmp_path / "export").exists()


@pytest.mark.slow
@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed: sheets not opened")
def test_libreoffice_opens_a_workbook_and_gives_the_same_rows(root, tmp_path):
    export_tables(root, tmp_path, ExportFormat.XLSX)
    rows = load_arrow(root, "measures")
    # 44,34,76: comma, quotation mark, UTF-8; the last true: text as it is shown.
    options = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false"
    subprocess.run(
        [
            *(
                str(OFFICE),
                "--headless",
                "--norestore",
                f"-env:UserInstallation=file://{tmp_path}/u",
            ),
            *("--convert-to", options, "--outdir", str(tmp_path), str(tmp_path / "measures.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )
    back = (tmp_path / "measures.csv").read_bytes()
    assert read_csv(back, rows.schema).equals(rows)
