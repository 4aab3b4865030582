"""A sound text layer in another script is a sound text layer; a garbled one is noticed still."""

from dataclasses import replace

import pymupdf
import pytest

from planparse.model.page import Origin
from planparse.ocr import reading_with
from planparse.ocr.choose import choose_ocr
from planparse.pdf import read_page
from planparse.read_document import read_document
from tests.made_manual import made_manual
from tests.ocr.pictures import SilentEngine, pdf_of, picture_of, scanned, table_page

CELLS = [["服務一致及正確性", "提升申辦案件的處理效率，確保完成", "業務組"]] * 4
JAPANESE = "お客様の申請処理の効率を向上させ、受付から完了までの時間を短縮する取組を進める。"
SIMPLIFIED = "提升申办案件的处理效率，确保业务组按时完成客户申请，并优化电费账单说明与咨询。"


def choice(document):
    return choose_ocr(document[0], read_page(document[0], 1))


def page_with(lines, font="helv", size=11):
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for at, line in enumerate(lines):
        page.insert_text((50, 60 + 14 * at), line, fontname=font, fontsize=size)
    return document


def misnamed(document, name):
    """Have the page's font name each character by ``name`` of it, as a broken ToUnicode does."""
    font = document[0].get_fonts()[0][0]
    chars = sorted({char for run in read_page(document[0], 1).runs for char in run.text})
    pairs = "\n".join(f"<{ord(char):04x}> <{ord(name(char)):04x}>" for char in chars)
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /Made def\n"
        "1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
        f"{len(chars)} beginbfchar\n{pairs}\nendbfchar endcmap end end"
    )
    xref = document.get_new_xref()
    document.update_object(xref, "<<>>")
    document.update_stream(xref, cmap.encode())
    document.xref_set_key(font, "ToUnicode", f"{xref} 0 R")
    return pymupdf.open(stream=document.tobytes(), filetype="pdf")


def test_no_page_of_a_manual_is_read_by_ocr(tmp_path):
    path = tmp_path / "manual.pdf"
    path.write_bytes(made_manual(1, 10))
    engine = SilentEngine()
    with reading_with(engine):
        pages = read_document(path).pages
    assert len(pages) == 10
    assert {page.origin for page in pages} == {Origin.TEXT_LAYER}
    assert engine.lines == 0


@pytest.mark.parametrize("font", ["helv", "hebo", "tiro", "cour"])
def test_fonts_of_other_scripts_are_sound(font):
    lines = [
        "MAXIMUM WORKING MOMENT 240 mm / 100 %",
        "Ärger über größere Maßnahmen: 20 °C ± 5 µm",
        "The quick brown fox jumps over the lazy dog @ 12:30",
    ]
    assert choice(page_with(lines, font)) is None


def test_a_page_of_numbers_is_sound():
    lines = [f"{at * 7919 % 100000:,}   {at * 31 % 97}.{at % 10} %   -{at}" for at in range(40)]
    assert choice(page_with(lines)) is None


def test_a_chart_with_few_words_is_sound():
    document = page_with([f"Q{at} 2024 Load" for at in range(12)])
    for at in range(80):
        place = (60 + at % 20 * 20, 400 + at // 20 * 20, 70 + at % 20 * 20, 412 + at // 20 * 20)
        document[0].draw_rect(place, color=None, fill=(0.5, 0.5, 0.5))
    assert choice(document) is None


@pytest.mark.parametrize("text", [JAPANESE, SIMPLIFIED])
def test_other_ways_of_writing_han_are_sound(text):
    layer = read_page(table_page(CELLS)[0], 1)
    run = layer.runs[0]
    count = len(text)
    edges = tuple(float(12 * at) for at in range(count + 1))
    other = replace(run, text=text, printed=None, lefts=edges[:-1], rights=edges[1:], spaces=())
    assert choose_ocr(table_page(CELLS)[0], replace(layer, runs=(other,) * 3)) is None


def test_han_that_its_font_names_as_letters_are_noticed():
    found = choice(misnamed(table_page(CELLS), lambda char: chr(ord("a") + ord(char) % 26)))
    assert found is not None
    assert not found.sure
    assert "as wide as Chinese characters" in found.why


def test_turned_han_that_its_font_names_as_letters_are_noticed():
    document = pymupdf.open()
    page = document.new_page(width=595, height=842)
    for at in range(5):
        place = (60 + 30 * at, 700)
        page.insert_text(place, CELLS[0][1], fontname="china-t", fontsize=12, rotate=90)
    found = choice(misnamed(document, lambda char: chr(ord("a") + ord(char) % 26)))
    assert found is not None
    assert "as wide as Chinese characters" in found.why


def test_han_that_its_font_names_as_other_han_are_noticed():
    found = choice(misnamed(table_page(CELLS), lambda char: chr(0x3400 + ord(char) % 6000)))
    assert found is not None
    assert "are rare" in found.why


def test_the_bytes_of_another_encoding_are_noticed():
    line = "提升申辦案件的處理效率並完成業務".encode("big5").decode("latin-1")
    found = choice(page_with([line] * 6))
    assert found is not None
    assert "signs of another encoding" in found.why


def test_a_scan_with_a_line_of_latin_is_read():
    scan = pdf_of(scanned(picture_of(table_page(CELLS))))
    scan[0].insert_text((60, 830), "Scanned with the free edition of PaperCamera Pro 3.1")
    assert choice(scan) is not None
