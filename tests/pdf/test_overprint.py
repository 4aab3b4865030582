"""Second prints go, by runs or glyph by glyph; characters that only stand close stay."""

from planparse.pdf.glyphs import without_overprint
from tests.hand_made import made_run


def texts(runs):
    return [run.text for run in runs]


def test_runs_apart_are_returned_as_they_are():
    runs = [made_run("服務", 0), made_run("評價", 30), made_run("服務", 0, 16)]
    kept, doubled = without_overprint(runs)
    assert kept is runs
    assert doubled == []


def test_a_run_printed_three_times_is_kept_once():
    runs = [made_run("服務", off) for off in (0, 0.3, 0.6)]
    kept, doubled = without_overprint(runs)
    assert (texts(kept), texts(doubled)) == (["服務"], ["服務", "服務"])


def test_only_the_doubled_glyphs_of_a_run_go_and_ordinals_stay():
    runs = [made_run("評價", 24, first=0), made_run("服務評價好", 0, 0.4, first=2)]
    kept, doubled = without_overprint(runs)
    assert [(run.text, run.first) for run in kept] == [("評價", 0), ("服務", 2), ("好", 6)]
    assert [(run.text, run.first) for run in doubled] == [("評價", 4)]


def test_another_character_on_the_same_place_stays():
    """A circle around a number, a strike: both are seen."""
    kept, doubled = without_overprint([made_run("○", 0), made_run("三", 0)])
    assert texts(kept) == ["○", "三"]
    assert doubled == []


def test_dots_and_narrow_letters_side_by_side_are_no_second_prints():
    dots = [made_run(".", at * 3.0) for at in range(5)]
    assert without_overprint(dots)[1] == []


def test_the_line_below_in_narrow_type_stays():
    runs = [made_run("服務", 0, 0), made_run("服務", 0, 9)]
    assert without_overprint(runs)[1] == []
