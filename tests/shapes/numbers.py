"""Shapes whose measures are numbered in unusual ways, or whose text looks like numbers."""

from __future__ import annotations

from .content import NUMBERS, WORDS, Measure
from .draw import shape
from .maker import Column, Maker, texts
from .model import Drawing, width

# What can be set in front of a sentence, by its width in ems.
_FILLERS = (
    "", "另", "並應", "請務必", "於必要時", "由業管單位", "由承辦人員先", "視實際需要時得",
    "於每次作業完成後", "經單位主管核定後再", "由專責窗口統一收件後", "經現場人員初步研判後即",
    "由承辦課室指定專人負責並",
)  # fmt: skip


@shape("number-own-column")
def number_own_column(maker: Maker) -> Drawing:
    """The measures' numbers have a narrow column under the practice's heading."""
    heading = maker.headings["practice"]
    numbers = Column("", heading, 6, lambda group: texts(group[0].no), centred=maker.centred)
    practice = Column("practice", heading, 36, lambda group: texts(group[0].text))
    before = maker.columns("aspect", "strategy")
    columns = [*before, numbers, practice, *maker.columns("department", "period")]
    return maker.drawing(maker.grid(columns))


def _decimal(maker: Maker) -> None:
    """Number everything by its place: 1. over 1.1 over 1.1.1, or 1-1-1."""
    mark = maker.rng.choice((".", ".", "-"))
    for one in maker.measures:
        first, second, third = one.at
        one.aspect = (f"{first}.", one.aspect[1])
        one.strategy = (f"{first}{mark}{second}", one.strategy[1])
        one.no = f"{first}{mark}{second}{mark}{third}"


def _spaced(maker: Maker) -> None:
    """Set a space between number and text."""
    for one in maker.measures:
        one.printed = " " + one.text


@shape("decimal-numbers")
def decimal_numbers(maker: Maker) -> Drawing:
    """Numbers of several levels, a row a measure."""
    _decimal(maker)
    _spaced(maker)
    columns = [_spaced_label(one) for one in maker.columns()]
    return maker.drawing(maker.grid(columns))


def _spaced_label(column: Column) -> Column:
    from dataclasses import replace

    names = {"aspect": lambda one: one.aspect, "strategy": lambda one: one.strategy}
    if column.role not in names:
        return column
    name = names[column.role]
    return replace(column, text=lambda group: texts(" ".join(name(group[0]))))


@shape("decimal-in-cell")
def decimal_in_cell(maker: Maker) -> Drawing:
    """Numbers of several levels, several measures in a cell."""
    _decimal(maker)
    _spaced(maker)
    maker.share(maker.strategies())
    maker.centred = True
    columns = [_spaced_label(one) for one in maker.columns()]
    return maker.drawing(maker.grid(columns, maker.strategies()))


@shape("roman-numbers")
def roman_numbers(maker: Maker) -> Drawing:
    """Roman numerals, as signs of their own or as letters."""
    maker.numbers = ("han", "han_bracket", maker.rng.choice(("roman", "roman", "latin_roman")))
    return maker.drawing(maker.grid(maker.columns()))


@shape("bullets")
def bullets(maker: Maker) -> Drawing:
    """Signs for numbers, and other signs for points: a control."""
    maker.numbers = ("han", "han_bracket", maker.rng.choice(("square", "diamond")))
    mark = maker.rng.choice(("○", "□", "－"))
    for one in maker.measures:
        if maker.rng.random() < 0.4:
            count = maker.rng.randint(2, 3)
            one.points = [(mark, text) for text in maker.rng.sample(WORDS["points"], count)]
    return maker.drawing(maker.grid(maker.columns()))


def _at_line_start(maker: Maker, one: Measure, sentence: str) -> str:
    """Return the sentence, filled so that a line probably ends at its ¦.

    A column of 42 parts in 94, as ``Maker.columns`` has them.
    """
    hang = width(one.no) if maker.hang else 0.0
    line = maker.ems(42 / 94) - hang
    used = width(one.text) + (0.0 if maker.hang else width(one.no))
    head, _, tail = sentence.partition("¦")
    # The number behind the ¦ no longer fits where less than its width is left.
    wanted = line - 0.8

    def miss(filler: str) -> float:
        return abs((used + width(filler + head) - wanted + line / 2) % line - line / 2)

    return min(_FILLERS, key=miss) + head + tail


@shape("next-number-at-line-start")
def next_number_at_line_start(maker: Maker) -> Drawing:
    """A line of a sentence begins with the number that the next measure has."""
    maker.numbers = ("han", "han_bracket", "bracket")
    maker.hang = True
    for one in maker.measures:
        if maker.rng.random() < 0.6:
            sentence = maker.rng.choice(WORDS["mentions"]).format(next=one.at[2] + 1)
            one.text += _at_line_start(maker, one, sentence)
    columns = maker.columns()
    grid = maker.grid(columns)
    return maker.drawing(maker.open_rows(grid, columns) if maker.rng.random() < 0.5 else grid)


@shape("phone-numbers")
def phone_numbers(maker: Maker) -> Drawing:
    """A line of a sentence begins with the area code of a telephone number."""
    maker.numbers = ("han", "han_bracket", maker.rng.choice(("bracket", "arabic")))
    for one in maker.measures:
        if maker.rng.random() < 0.6:
            code, digits = maker.rng.choice((("02", 4), ("049", 3), ("05", 3), ("037", 3)))
            first, last = maker.rng.randint(10 ** (digits - 1) * 2, 10**digits - 1), 5678
            phone = f"¦({code}){first}-{last + maker.rng.randint(0, 3000)}"
            sentence = maker.rng.choice(WORDS["phones"]).format(phone=phone)
            one.text += _at_line_start(maker, one, sentence)
    return maker.drawing(maker.grid(maker.columns()))


@shape("urls-latin")
def urls_latin(maker: Maker) -> Drawing:
    """Addresses of web pages and mail, Latin names."""
    for one in maker.measures:
        if maker.rng.random() < 0.5:
            one.text += maker.rng.choice(WORDS["latin"])
    return maker.drawing(maker.grid(maker.columns()))


@shape("mixed-numbers")
def mixed_numbers(maker: Maker) -> Drawing:
    """Letters, ㈠ and full-width digits as measures' numbers."""
    style = maker.rng.choice(("letter", "ideograph_bracket", "wide_digit"))
    maker.numbers = ("han", "arabic", style)
    assert style in NUMBERS
    return maker.drawing(maker.grid(maker.columns()))
