"""The command that compares real documents, on a drawn one."""

import json

import pymupdf
import pytest

from tests.real.__main__ import main

CELLS = [
    [0, 0, 1, 1, "Item"],
    [0, 1, 1, 1, "Cost"],
    [1, 0, 1, 1, "Poles and wires"],
    [1, 1, 1, 1, {"begins": "about", "ends": "million"}],
]


@pytest.fixture
def folders(tmp_path):
    """Draw a table of two rows and two columns; return the folders of both kinds of files."""
    with pymupdf.open() as document:
        page = document.new_page()
        for x in (50, 150, 300):
            page.draw_line((x, 50), (x, 130))
        for y in (50, 90, 130):
            page.draw_line((50, y), (300, y))
        texts = ("Item", "Cost", "Poles and wires", "about three million")
        for at, text in enumerate(texts):
            page.insert_text((55 + 100 * (at % 2), 75 + 40 * (at // 2)), text)
        (tmp_path / "files").mkdir()
        document.save(tmp_path / "files" / "drawn.pdf")
    (tmp_path / "expected").mkdir()
    return tmp_path / "files", tmp_path / "expected"


def expect(folder, cells=CELLS, name="drawn", **more):
    table = {"pages": [1], "rows": 2, "columns": 2, "cells": cells}
    (folder / f"{name}.json").write_text(json.dumps({"tables": [table], **more}))


def test_exact_cells_are_counted(folders, capsys):
    expect(folders[1])
    assert main([*map(str, folders)]) == 0
    out = capsys.readouterr().out
    assert "drawn: 4 of 4 cells exact" in out
    assert "1 long cells the beginning and the end" in out


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        (
            [*CELLS[:2], [1, 0, 1, 1, "Poles"], CELLS[3]],
            "expected Poles\n    found Poles and wires",
        ),
        ([*CELLS[:2], [1, 0, 1, 2, "Poles"]], "MISSING cell (1, 0, 1, 2): Poles"),
        (CELLS[:3], "the expected cells do not fill [(1, 1)]"),
    ],
)
def test_each_difference_is_printed(folders, capsys, cells, told):
    expect(folders[1], [row[:4] + row[4:] for row in cells])
    assert main([*map(str, folders)]) == 1
    out = capsys.readouterr().out
    assert told.replace(" ", "") in out.replace(" ", "")


def test_what_is_missing_is_told(folders, capsys):
    expect(folders[1], name="other")
    assert main([*map(str, folders)]) == 1
    out = capsys.readouterr().out
    assert "MISSING: other.pdf" in out
    assert "NOT COMPARED: drawn.pdf" in out


def test_no_expected_file_at_all_is_no_success(folders):
    assert main([*map(str, folders)]) == 1


def test_a_table_in_a_picture_is_counted_by_itself(folders, capsys):
    (folders[1] / "drawn.json").write_text(json.dumps({"tables": [], "pictures": [1]}))
    assert main([*map(str, folders)]) == 0
    assert "1 tables found in pictures" in capsys.readouterr().out


def test_a_table_that_is_not_expected_is_a_difference(folders, capsys):
    (folders[1] / "drawn.json").write_text(json.dumps({"tables": []}))
    assert main([*map(str, folders)]) == 1
    assert "table that is not expected" in capsys.readouterr().out
