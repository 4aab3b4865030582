"""What a page break leaves of empty cells is no row."""

from planparse.tables.page_tables import find_page_tables
from tests.hand_made import Sheet

XS = (50, 110, 170, 230)


def table_of(ys, rows, low, text=""):
    """Rule a grid; the first column is merged over all rows below the first, row ``low`` too."""
    sheet = Sheet()
    for x in XS:
        sheet.down(x, ys[0], ys[-1])
    for at, y in enumerate(ys):
        merged = 1 < at < len(ys) - 1
        sheet.across(y, XS[1] if merged else XS[0], XS[-1])
    for row in range(len(ys) - 1):
        if row != low:
            sheet.write(rows[row], XS[1] + 3, ys[row] + 3)
    sheet.write("面向", XS[0] + 3, ys[1] + 12)
    if text:
        sheet.write(text, XS[2] + 3, ys[low] - 2)
    (table,) = find_page_tables(sheet.page()).tables
    return table


def test_an_empty_row_lower_than_a_line_is_none():
    table = table_of((100, 130, 136, 160, 190), ["標題", "", "作法一", "作法二"], low=1)
    assert table.lattice.ys == (100, 130, 160, 190)
    spans = {
        (region.row, region.column, region.row_span): "".join(line.glyphs for line in lines)
        for region, lines in zip(table.lattice.regions, table.lines, strict=True)
    }
    assert spans[1, 0, 2] == "面向"
    assert spans[1, 1, 1] == "作法一"
    assert spans[2, 1, 1] == "作法二"
    owners = {at for row in table.lattice.owner for at in row}
    assert owners == set(range(len(table.lattice.regions)))


def test_a_remnant_at_the_end_goes_to_the_row_above():
    table = table_of((100, 130, 160, 190, 196), ["標題", "作法一", "作法二", ""], low=3)
    assert table.lattice.ys == (100, 130, 160, 196)


def test_a_low_row_that_says_something_stays():
    table = table_of((100, 130, 136, 160, 190), ["標題", "", "作法一", "作法二"], 1, text="註")
    assert len(table.lattice.ys) == 5


def test_a_row_that_could_hold_a_line_stays_though_it_is_empty():
    table = table_of((100, 130, 148, 160, 190), ["標題", "", "作法一", "作法二"], low=1)
    assert len(table.lattice.ys) == 5
