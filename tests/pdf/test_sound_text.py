"""A font's ToUnicode map may name what is no character: the glyph keeps its place without one."""

import io

import pdfplumber
import pymupdf
import pytest

from planparse import parse_plan
from planparse.lexicon.character_folds import is_sound, sound
from planparse.model.problem import ProblemCode, Status
from planparse.pdf import read_page
from planparse.pdf.pdfminer_page import read_page_again
from tests.pdf.made_pdf import line, made_pdf, text

# Halves of a surrogate pair, NUL, escape, C1, what str.split takes for white space, noncharacters.
UNSOUND = ["\ud800", "\udfff", "\x00", "\x1b", "\x9b", "\x1c", "\x85", "\ufffe", "\uffff", "\ufdd0"]
COLUMNS = (10, 50, 100, 200, 250, 290)


def both(content):
    with (
        pymupdf.open(stream=content, filetype="pdf") as first,
        pdfplumber.open(io.BytesIO(content)) as second,
    ):
        return read_page(first[0], 1), read_page_again(second.pages[0], 1)


@pytest.mark.parametrize("char", UNSOUND, ids=ascii)
def test_both_extractors_keep_the_place_of_the_glyph(char):
    for page in both(made_pdf([text(f"用{char}戶", 20, 50)])):
        (run,) = page.runs
        assert run.text == "用\ufffd戶"
        assert page.glyph_count == 3
        assert [round(left) for left in run.lefts] == [20, 32, 44]


@pytest.mark.parametrize("char", UNSOUND, ids=ascii)
def test_one_character_for_one(char):
    assert not is_sound(f"用{char}戶")
    assert sound(f"用{char}戶") == "用\ufffd戶"


@pytest.mark.parametrize("char", [*" \t\n\u3000", "\ue000", "\uf0b7", "\ufffd", "𠮷", "\u200b"])
def test_characters_stay(char):
    assert is_sound(char)
    assert sound(char) == char


def plan_with(char):
    """Make a plan of one row whose practice has a glyph that the font names ``char``."""
    rows = [
        ("面向", "執行策略", "具體作法", "承辦部門", "執行期間"),
        ("一、服務", "(一)效率", f"1.受理用戶{char}申請並", "業務組", "112年"),
    ]
    drawn = [text("台北市區營業處112年度提升服務效能執行計畫", 20, 25, 10)]
    drawn += [line(COLUMNS[0], y, COLUMNS[-1], y) for y in (50, 80, 110)]
    drawn += [line(x, 50, x, 110) for x in COLUMNS]
    for at, row in enumerate(rows):
        drawn += [text(cell, x + 3, 68 + 30 * at, 8) for x, cell in zip(COLUMNS, row, strict=False)]
    return made_pdf(["\n".join(drawn)])


@pytest.mark.parametrize("char", UNSOUND, ids=ascii)
def test_a_plan_with_such_a_glyph_is_read_and_the_glyph_is_a_problem(char, tmp_path):
    path = tmp_path / "plan.pdf"
    path.write_bytes(plan_with(char))
    found = parse_plan(path, second_opinion=True)
    assert found.status is Status.PARSED_WITH_PROBLEMS
    assert found.plan is not None
    (measure,) = found.plan.measures
    assert measure.text == "受理用戶\ufffd申請並"
    assert ProblemCode.UNMAPPED_GLYPHS in {problem.code for problem in found.problems}
    assert ProblemCode.EXTRACTOR_DISAGREEMENT not in {problem.code for problem in found.problems}
