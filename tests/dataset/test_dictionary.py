from pathlib import Path

import pytest
from typer.testing import CliRunner

from planparse.cli.app import app
from planparse.dataset.dictionary import dictionary_page
from planparse.dataset.example import example_rows
from planparse.dataset.tables import TABLES

PAGE = Path(__file__).parents[2] / "docs" / "data-dictionary.md"


def test_the_page_is_what_the_records_give():
    assert PAGE.read_text("utf-8") == dictionary_page(), "run `make schemas`"


@pytest.mark.parametrize("table", TABLES)
def test_every_column_has_an_example(table):
    row = example_rows()[table][0]
    for name in TABLES[table].columns:
        assert row[name] not in (None, "", []), name


def test_the_check_sees_a_changed_page(tmp_path):
    page = tmp_path / "page.md"
    run = CliRunner().invoke
    assert run(app, ["dictionary", str(page)]).exit_code == 0
    assert run(app, ["dictionary", str(page), "--check"]).exit_code == 0
    page.write_text(page.read_text("utf-8").replace("計畫代碼", "代碼"), encoding="utf-8")
    assert run(app, ["dictionary", str(page), "--check"]).exit_code != 0
