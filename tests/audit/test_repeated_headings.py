"""A dropped heading must be printed on an earlier page, glyph by glyph."""

import pytest

from planparse.audit.repeated_headings import not_printed_before
from planparse.model.page import DroppedRun, DropReason
from planparse.model.provenance import Claim
from tests.hand_made import made_run


@pytest.mark.parametrize(
    ("printed", "found"),
    [
        ("承辦（協辦）", True),
        # OCR tells the width of brackets page by page; the place is the same.
        ("承辦(協辦)", True),
        ("主辦（協辦）", False),
    ],
)
def test_a_repeated_heading_has_a_first_print_whatever_the_width_of_its_brackets(printed, found):
    first = made_run("承辦（協辦）", left=100, top=80)
    again = made_run("承辦（協辦）", left=100, top=60, page=2)
    again = type(again)(
        again.page, 0, printed, again.lefts, again.rights, again.top, again.bottom, again.font_size
    )
    drops = [DroppedRun(again, DropReason.REPEATED_HEADING)]
    left = not_printed_before(drops, [Claim("heading", None, 0, (first,), again=False)])
    assert (left == []) is found
