"""Text that a reader does not see, or that is struck out, is kept apart with its reason.

Each page is read by both readers: MuPDF and, for the cross-check, pdfminer.
"""

import pymupdf
import pytest

from planparse.model.page import Axis, DropReason
from planparse.model.problem import ProblemCode, Severity
from planparse.pdf.read_again import read_again
from planparse.read_document import read_document
from tests.pdf.made_pdf import box, line, made_pdf, text

KEPT, GONE = "業務組", "總務組"


@pytest.fixture
def both(tmp_path):
    """Return a function that reads a page of contents by both readers."""

    def read(*contents):
        path = tmp_path / "made.pdf"
        path.write_bytes(made_pdf([" ".join(contents)]))
        document = read_document(path)
        return [reading.pages[0] for reading in (document, read_again(path, document))]

    return read


def kept(page):
    return "".join(run.text for run in sorted(page.runs, key=lambda run: run.first))


def gone(page, reason):
    drops = sorted(page.dropped, key=lambda drop: drop.run.first)
    return "".join(drop.run.text for drop in drops if drop.reason is reason)


def level(page):
    return [ruling for ruling in page.rulings if ruling.axis is Axis.HORIZONTAL]


def expect(pages, reason, out=GONE, rest=KEPT):
    for page in pages:
        assert (kept(page), gone(page, reason)) == (rest, out)
        assert page.glyph_count == len(out) + len(rest)


# A line of text with its base line at 100: its em box reaches from 89.44 to 101.44, 36 wide.
TWO = text(KEPT + GONE, 20, 100)
STRUCK = {
    "a stroke": line(56, 95.5, 92, 95.5),
    "higher": line(56, 94, 92, 94),
    "lower": line(56, 97, 92, 97),
    "a thin area": box(56, 95.2, 92, 96),
    "in pieces": line(56, 95.5, 70, 95.5) + " " + line(70.5, 95.5, 92, 95.5),
    "a little longer": line(53, 95.5, 95, 95.5),
    "a double line": line(56, 94.5, 92, 94.5) + " " + line(56, 96.5, 92, 96.5),
}


@pytest.mark.parametrize("strike", STRUCK.values(), ids=STRUCK.keys())
def test_a_line_through_the_middle_strikes_out(both, strike):
    pages = both(TWO, strike)
    expect(pages, DropReason.STRUCK_OUT)
    assert [level(page) for page in pages] == [[], []]


def test_a_strike_over_two_lines_of_text(both):
    second = text(GONE + KEPT, 20, 118)
    strikes = line(56, 95.5, 92, 95.5), line(20, 113.5, 56, 113.5)
    expect(both(TWO, second, *strikes), DropReason.STRUCK_OUT, GONE * 2, KEPT * 2)


KEEPING = {
    "an underline": line(56, 101.5, 92, 101.5),
    "an underline at the base line": line(56, 100.2, 92, 100.2),
    "a line above": line(56, 89, 92, 89),
    "a ruling that runs on": line(10, 95.5, 200, 95.5),
    "a border between walls": line(19, 95.5, 93, 95.5)
    + " ".join(["", line(19, 80, 19, 95.5), line(93, 80, 93, 95.5)]),
    "a thick bar beside": box(95, 92, 140, 99),
    "a line between far words": line(200, 95.5, 240, 95.5),
}


@pytest.mark.parametrize("mark", KEEPING.values(), ids=KEEPING.keys())
def test_other_lines_strike_nothing_out(both, mark):
    expect(both(TWO, mark), DropReason.STRUCK_OUT, "", KEPT + GONE)


def coloured(shown, color, x=20.0, y=100.0):
    return f"q {color} {text(shown, x, y)} Q"


WHITE, BLACK, RED = "1 1 1 rg", "0 g", "0.8 0 0 rg"
UNSEEN = {
    "white on white": [coloured(GONE, WHITE)],
    "nearly white": [coloured(GONE, "0.98 0.98 0.98 rg")],
    "white on a white area": [f"q {WHITE} {box(10, 80, 100, 110)} Q", coloured(GONE, WHITE)],
    "red on red": [f"q {RED} {box(10, 80, 100, 110)} Q", coloured(GONE, RED)],
    "black on black": [box(10, 80, 100, 110), coloured(GONE, BLACK)],
    "white where a dark area is no more": [
        box(10, 80, 100, 110),
        f"q {WHITE} {box(10, 80, 100, 110)} Q",
        coloured(GONE, WHITE),
    ],
}


@pytest.mark.parametrize("content", UNSEEN.values(), ids=UNSEEN.keys())
def test_text_of_the_colour_of_its_ground_is_not_seen(both, content):
    expect(both(text(KEPT, 20, 40), *content), DropReason.SAME_COLOR)


SEEN = {
    "white on black": [box(10, 80, 100, 110), coloured(GONE, WHITE)],
    "white on red": [f"q {RED} {box(10, 80, 100, 110)} Q", coloured(GONE, WHITE)],
    "pale grey": [coloured(GONE, "0.85 g")],
    "red": [coloured(GONE, RED)],
    "black on a grey area": [f"q 0.8 g {box(10, 80, 100, 110)} Q", coloured(GONE, BLACK)],
}


@pytest.mark.parametrize("content", SEEN.values(), ids=SEEN.keys())
def test_letters_on_another_colour_are_text(both, content):
    expect(both(text(KEPT, 20, 40), *content), DropReason.SAME_COLOR, "", KEPT + GONE)


def test_white_words_within_a_line(both):
    expect(
        both(text(KEPT, 20, 100), coloured(GONE, WHITE, 56), text(KEPT, 92, 100)),
        DropReason.SAME_COLOR,
        rest=KEPT * 2,
    )


def test_an_area_painted_later_covers_text(both):
    cover = f"q 0.9 g {box(50, 85, 100, 105)} Q"
    expect(both(TWO, cover), DropReason.COVERED)


def test_words_may_stand_on_what_covers_others(both):
    cover = f"q {WHITE} {box(50, 85, 100, 105)} Q"
    expect(both(TWO, cover, text("設計組", 56, 100)), DropReason.COVERED, rest=KEPT + "設計組")


@pytest.fixture
def drawn(tmp_path):
    """Return a function that reads lines of a font with outlines, each in a frame of contents."""

    def read(*frames):
        path = tmp_path / "drawn.pdf"
        with pymupdf.open() as document:
            page = document.new_page(width=300, height=200)
            for shown, base, before, after in frames:
                old = set(page.get_contents())
                page.insert_text((20, base), shown, fontname="china-t", fontsize=12)
                for xref in set(page.get_contents()) - old:
                    content = f"{before} ".encode() + document.xref_stream(xref)
                    document.update_stream(xref, content + f" {after}".encode())
            document.save(path)
        document = read_document(path)
        return [reading.pages[0] for reading in (document, read_again(path, document))]

    return read


AREA = box(10, 85, 100, 105)
CLEAR = {
    "painted before": (f"q 0.9 g {AREA} Q", ""),
    "of the next row": ("", f"q 0.9 g {box(10, 100.6, 100, 120)} Q"),
    "clipped to another place": ("", f"q 0 0 300 20 re W n 0.9 g {box(10, 85, 100, 200)} Q"),
    "clipped to a frame": ("", f"q {AREA[:-1]} 11 96 88 18 re W* n 0.9 g {AREA} Q"),
}


@pytest.mark.parametrize("around", CLEAR.values(), ids=CLEAR.keys())
def test_other_areas_cover_nothing(drawn, around):
    expect(drawn((KEPT + GONE, 100, *around)), DropReason.COVERED, "", KEPT + GONE)


def test_an_area_over_drawn_glyphs(drawn):
    pages = drawn((KEPT, 50, "", ""), (GONE, 100, "", f"q 0.9 g {AREA} Q"))
    expect(pages, DropReason.COVERED)


@pytest.mark.parametrize(("low", "shown"), [(0.5, False), (2.5, False), (4, True), (11, True)])
def test_a_line_clipped_to_a_sliver_cannot_be_read(drawn, low, shown):
    window = f"q 0 {200 - 89.5 - low} 300 {low} re W n"
    pages = drawn((KEPT, 50, "", ""), (GONE, 100, window, "Q"))
    rest, out = (KEPT + GONE, "") if shown else (KEPT, GONE)
    assert gone(pages[0], DropReason.INVISIBLE) == gone(pages[1], DropReason.INVISIBLE) == out
    assert kept(pages[0]) == rest


def read_annotated(tmp_path, annotate):
    path = tmp_path / "annotated.pdf"
    with pymupdf.open(stream=made_pdf([TWO])) as document:
        annotate(document[0])
        document.save(path)
    return read_document(path)


def test_text_and_frame_of_an_annotation_are_no_part_of_the_page(tmp_path):
    def annotate(page):
        page.add_freetext_annot((30, 85, 120, 110), "note", fill_color=(1, 1, 0))
        page.add_text_annot((10, 10), "popup")

    document = read_annotated(tmp_path, annotate)
    (page,) = document.pages
    assert kept(page) == KEPT + GONE
    assert gone(page, DropReason.ANNOTATION) == "note"
    assert page.rulings == ()
    assert page.glyph_count == 10
    (note,) = document.problems
    assert (note.code, note.severity) == (ProblemCode.TEXT_NOT_SHOWN, Severity.NOTE)
    assert "note" in note.message


def test_the_fields_of_a_form_are_part_of_the_page(tmp_path):
    def annotate(page):
        field = pymupdf.Widget()
        field.field_name, field.field_type = "name", pymupdf.PDF_WIDGET_TYPE_TEXT  # type: ignore[attr-defined]
        field.rect, field.field_value = pymupdf.Rect(20, 20, 120, 40), "filled"
        page.add_widget(field)

    (page,) = read_annotated(tmp_path, annotate).pages
    assert "filled" in {run.text for run in page.runs}


def test_what_is_kept_apart_is_told(tmp_path):
    path = tmp_path / "told.pdf"
    path.write_bytes(
        made_pdf([f"{TWO} {line(56, 95.5, 92, 95.5)} {coloured('會計組', WHITE, 20, 50)}"])
    )
    told = read_document(path).problems
    assert [(one.code, one.severity, one.page) for one in told] == [
        (ProblemCode.TEXT_NOT_SHOWN, Severity.NOTE, 1)
    ] * 2
    assert {name for name in (GONE, "會計組") for one in told if name in one.message} == {
        GONE,
        "會計組",
    }


@pytest.mark.parametrize(
    ("font", "lost"), [("Wingdings2", True), ("ABCDEF+Symbol", True), ("Kai", False)]
)
def test_a_sign_that_its_symbol_font_does_not_name(tmp_path, font, lost):
    path = tmp_path / "symbol.pdf"
    content = made_pdf([text("\uffff", 20, 100)]).replace(b"/Made", f"/{font}".encode())
    with pymupdf.open(stream=content) as document:
        document.save(path)
    document = read_document(path)
    for reading in (document, read_again(path, document)):
        (page,) = reading.pages
        assert gone(page, DropReason.UNMAPPED_SYMBOL) == ("\ufffd" if lost else "")
        assert kept(page) == ("" if lost else "\ufffd")
    assert [one.code for one in document.problems] == [ProblemCode.UNMAPPED_GLYPHS] * lost
