"""Which glyphs a page shows: every one is kept or dropped with its reason, once."""

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from planparse.model.page import DropReason
from planparse.model.table import TextLine
from tests.pdf.made_pdf import HEIGHT, WIDTH, page_of, read_bytes_as_page, text


def shown(page):
    return [run.text for run in page.runs]


def dropped(page):
    return [(drop.run.text, drop.reason) for drop in page.dropped]


def line_text(page):
    return TextLine(tuple(sorted(page.runs, key=lambda run: run.left))).text


def test_a_run_has_its_glyphs_edges_and_the_em_box_around_its_base_line():
    (run,) = page_of(text("服務A", 20, 40, 10)).runs
    assert run.lefts == pytest.approx((20, 30, 40))
    assert run.rights == pytest.approx((30, 40, 45))
    assert (run.top, run.bottom, run.font_size) == pytest.approx((31.2, 41.2, 10))


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_rotated_page_is_read_as_it_is_seen(rotate):
    content = [text("提升服務效能", 20, 40), text("執行 plan 計畫", 30, 150, 16)]
    upright, turned = page_of(*content), page_of(*content, rotate=rotate)
    assert (turned.width, turned.height) == (WIDTH, HEIGHT)
    assert shown(turned) == shown(upright)
    for one, other in zip(turned.runs, upright.runs, strict=True):
        assert one.lefts == pytest.approx(other.lefts, abs=0.01)
        assert one.rights == pytest.approx(other.rights, abs=0.01)
        assert (one.top, one.bottom) == pytest.approx((other.top, other.bottom), abs=0.01)
        assert (one.spaces, one.first) == (other.spaces, other.first)


def test_type_set_downwards_is_a_run_a_glyph():
    down = "q BT /F1 12 Tf 0 -1 1 0 50 150 Tm <9762 5411> Tj ET Q"
    page = page_of(down)
    assert shown(page) == ["面", "向"]
    assert page.runs[0].top < page.runs[1].top


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (text("草案", 20, 40, before="3 Tr"), DropReason.INVISIBLE),
        (text("草案", 20, 40, before="/Gone gs"), DropReason.INVISIBLE),
        (text("草案", -90, 40), DropReason.OFF_PAGE),
        (text("草案", WIDTH + 9, 40), DropReason.OFF_PAGE),
        (text("草案", 20, -40), DropReason.OFF_PAGE),
        (text("草案", 20, HEIGHT + 40), DropReason.OFF_PAGE),
        (text("草案", 20, 120, 60, "0.8 g"), DropReason.WATERMARK),
        (text("草案", 20, 120, 60, "/Faint gs"), DropReason.WATERMARK),
        ("BT /F1 20 Tf 0.7 0.7 -0.7 0.7 60 60 Tm <8349 6848> Tj ET", DropReason.WATERMARK),
    ],
)
def test_what_no_reader_takes_for_text_is_dropped_with_its_reason(content, reason):
    page = page_of(text("本計畫依總管理處函示訂定", 20, 90), content)
    assert shown(page) == ["本計畫依總管理處函示訂定"]
    assert {why for _, why in dropped(page)} == {reason}
    assert sorted("".join(part for part, _ in dropped(page))) == sorted("草案")


@pytest.mark.parametrize(
    "content",
    [
        text("執行計畫", 20, 40, 20, "0 0 0.5 rg"),
        text("執行計畫", 20, 40, 30),
        text("執行計畫", 20, 40, before="0.7 g"),
        text("執行計畫", 20, 40, before="1 Tr"),
    ],
    ids=["coloured title", "large title", "pale note", "outlined letters"],
)
def test_titles_and_notes_are_no_watermarks(content):
    page = page_of(text("本計畫依總管理處函示訂定", 20, 90), content)
    assert "執行計畫" in shown(page)
    assert page.dropped == ()


def test_a_run_that_leaves_the_page_is_cut_there():
    page = page_of(text("服務效能", WIDTH - 24, 40))
    assert "".join(shown(page)) == "服務"
    assert "".join(part for part, _ in dropped(page)) == "效能"


@pytest.mark.parametrize("off", [(0, 0), (0.3, 0), (0.4, 0.4), (-0.3, 0)])
def test_type_printed_twice_is_kept_once(off):
    """Bold made by printing again a little beside, or shadows."""
    across, down = off
    page = page_of(text("服務評價", 20, 40), text("服務評價", 20 + across, 40 + down))
    assert sorted("".join(shown(page))) == sorted("服務評價")
    assert sorted("".join(part for part, _ in dropped(page))) == sorted("服務評價")
    assert {why for _, why in dropped(page)} == {DropReason.DUPLICATE_OVERPRINT}


def test_glyphs_doubled_one_by_one_are_kept_once():
    bold = "".join(
        text(char, 20 + 12 * at + off, 40) for at, char in enumerate("獎勵措施") for off in (0, 0.3)
    )
    page = page_of(bold)
    # MuPDF itself keeps silent about a second print of the glyph before.
    assert line_text(page) == "獎勵措施"


def test_the_same_character_further_on_is_no_second_print():
    page = page_of(text("每月每月……", 20, 40), text("每月", 20, 56))
    assert "".join(shown(page)) == "每月每月……每月"
    assert page.dropped == ()


@pytest.mark.parametrize(
    ("printed", "folded"),
    [
        ("⽤⼾⼀⽅⽇⾏", "用戶一方日行"),
        ("\uf901\uf9e9\uf967\uf914", "更里不樂"),
        ("⻑⺠⻄", "長民西"),
        ("台北巿", "台北市"),
        ("\ue123新", "\ue123新"),
    ],
)
def test_folded_characters_keep_their_printed_form(printed, folded):
    (run,) = page_of(text(printed, 20, 40)).runs
    assert run.text == folded
    assert run.printed == (None if folded == printed else printed)


def test_full_width_signs_are_no_variants():
    (run,) = page_of(text("（１）：，；％！", 20, 40)).runs
    assert (run.text, run.printed) == ("（１）：，；％！", None)


@pytest.mark.parametrize(
    ("content", "reads"),
    [
        ([text("推廣 Smart Meter 與 e-bill 服務", 20, 40)], "推廣Smart Meter與e-bill服務"),
        ([text("提 升 服 務", 20, 40)], "提升服務"),
        ([text("Smart", 20, 40), text("Meter", 56, 40)], "Smart Meter"),
        ([text("Wi-", 20, 40), text("Fi", 38, 40)], "Wi-Fi"),
        ([text("1", 20, 40), text("1", 32, 40), text("2", 44, 40), text("年", 56, 40)], "112年"),
        ([text("App(行動 版)", 20, 40)], "App(行動版)"),
    ],
)
def test_white_space_is_kept_between_two_latin_words_only(content, reads):
    assert line_text(page_of(*content)) == reads


def test_a_ligature_is_its_letters():
    (run,) = page_of(text("o\ufb03ce", 20, 40)).runs
    assert run.text == "office"
    assert list(run.lefts) == sorted(run.lefts)


def test_actual_text_does_not_double_a_character():
    """Tags that replace a compatibility ideograph: MuPDF would give both."""
    tagged = f"/Span<</ActualText<FEFF66F4>>>BDC {text(chr(0xF901) + '名', 20, 40)} EMC"
    (run,) = page_of(tagged).runs
    assert run.text == "更名"


def test_glyphs_drawn_from_right_to_left_are_in_the_order_of_the_line():
    content = [text(char, 20 + 12 * at, 40) for at, char in reversed(list(enumerate("服務評價")))]
    page = page_of(*content)
    for run in page.runs:
        assert list(run.lefts) == sorted(run.lefts)
    assert line_text(page) == "服務評價"


def test_what_stands_half_a_line_lower_beside_is_a_run_of_its_own():
    """MuPDF gives both as one line: the cells beside each other have their own base lines."""
    page = page_of(text("透明", 20, 40, 10), text("各部門", 46, 46, 10))
    found = [(run.text, round(run.top, 1)) for run in page.runs]
    assert found == [("透明", 31.2), ("各部門", 37.2)]
    assert [run.first for run in page.runs] == [0, 2]


def test_a_page_without_text():
    page = page_of("")
    assert (page.runs, page.dropped, page.glyph_count) == ((), (), 0)


MODES = ("", "3 Tr", "0.8 g", "/Gone gs", "/Faint gs")
pieces = st.tuples(
    st.text(st.sampled_from("服務評價巿⽤\uf901A1 、。"), min_size=1, max_size=6),
    st.integers(-40, int(WIDTH) + 40),
    st.integers(-20, int(HEIGHT) + 20),
    st.sampled_from((8, 12, 40)),
    st.sampled_from(MODES),
)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(st.lists(pieces, max_size=8), st.sampled_from((0, 90, 180, 270)))
def test_the_ordinals_of_kept_and_dropped_glyphs_tile_the_page(drawn, rotate):
    content = [text(*piece) for piece in drawn]
    page = page_of(*content, *content[:1], rotate=rotate)
    runs = [*page.runs, *(drop.run for drop in page.dropped)]
    ordinals = [run.first + at for run in runs for at in range(len(run))]
    assert sorted(ordinals) == list(range(page.glyph_count))
    for run in runs:
        assert len(run.lefts) == len(run.rights) == len(run.text) > 0
        assert run.printed is None or len(run.printed) == len(run.text)
        assert not any(char.isspace() for char in run.text)
    written = "".join(piece[0] for piece in [*drawn, *drawn[:1]])
    assert page.glyph_count <= len("".join(written.split()))


def test_text_of_pymupdfs_own_writer():
    document = pymupdf.open()
    page = document.new_page(width=WIDTH, height=HEIGHT)
    writer = pymupdf.TextWriter(page.rect)
    writer.append((20, 40), "提升服務", font=pymupdf.Font("cjk"), fontsize=12)
    writer.write_text(page)
    (run,) = read_bytes_as_page(document.tobytes()).runs
    assert run.text == "提升服務"
    assert run.lefts[0] == pytest.approx(20, abs=0.5)
