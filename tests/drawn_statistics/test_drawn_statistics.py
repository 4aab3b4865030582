"""Ten drawn tables of statistics are read as they were drawn, no worse than by PyMuPDF."""

from pathlib import Path

import pytest

from tests.drawn_statistics.__main__ import READERS, by_planparse, compare, wrong_cells
from tests.drawn_statistics.contents import drawings


@pytest.mark.parametrize("drawing", drawings(), ids=lambda drawing: drawing.name)
def test_every_cell_is_read_as_drawn(drawing, tmp_path):
    path = tmp_path / "drawn.pdf"
    path.write_bytes(drawing.content)
    assert list(wrong_cells(drawing, by_planparse(path))) == []


def test_planparse_is_no_worse_than_lines_strict(tmp_path):
    wrong = compare(Path(tmp_path))
    assert len(wrong["planparse"]) <= len(wrong["lines_strict"])


def test_a_wrong_text_a_missing_and_an_invented_cell_are_each_counted(tmp_path):
    drawing = drawings()[0]
    path = tmp_path / "drawn.pdf"
    path.write_bytes(drawing.content)
    for read in READERS.values():
        found = read(path)
        (box, _), *rest = found
        assert len(list(wrong_cells(drawing, [(box, "another"), *rest]))) >= 2
        assert len(list(wrong_cells(drawing, rest))) >= 1
