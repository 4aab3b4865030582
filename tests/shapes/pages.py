"""Shapes whose pages carry more than the table, or are put together in another way."""

from __future__ import annotations

from dataclasses import replace

from . import edits
from .content import WORDS
from .draw import shape
from .maker import Maker
from .model import Drawing


def _plain(maker: Maker, *made: edits.Edit) -> Drawing:
    return maker.drawing(maker.grid(maker.columns()), edits_=made)


@shape("continued-notes")
def continued_notes(maker: Maker) -> Drawing:
    """（接下頁） under the part of a table, （承上頁） above the next one."""
    maker.sheet = replace(maker.sheet, top=78.0, bottom=90.0)
    below = maker.rng.choice(("（接下頁）", "（續下頁）", "-- 轉下頁 --"))
    above = maker.rng.choice(("（承上頁）", "（接上頁）", ""))
    return _plain(maker, edits.continued(below, above, maker.sheet.size))


@shape("footnotes")
def footnotes(maker: Maker) -> Drawing:
    """Notes at the page's foot under a table that goes on."""
    maker.sheet = replace(maker.sheet, bottom=104.0)
    count = maker.rng.randint(1, 3)
    lines = maker.rng.sample(WORDS["footnotes"], count)
    return _plain(maker, edits.notes(lines, maker.sheet, ruled=maker.rng.random() < 0.5))


@shape("iso-header")
def iso_header(maker: Maker) -> Drawing:
    """A ruled box with number, edition and page of the document on top of every page."""
    maker.sheet = replace(maker.sheet, top=112.0)
    number = f"{maker.rng.choice(('QP', 'SOP', 'TPC'))}-{maker.rng.randint(100, 999)}"
    return _plain(maker, edits.document_box(maker.plan.district, number, maker.sheet))


@shape("page-number-near")
def page_number_near(maker: Maker) -> Drawing:
    """The page number stands close below the table, its runs apart."""
    maker.footer = ""
    maker.sheet = replace(maker.sheet, bottom=46.0, cut=True)
    form = maker.rng.choice(("{page}", "第{page}頁", "- {page} -", "{page}"))
    gap = maker.rng.uniform(0.15, 0.6) * maker.sheet.size
    return _plain(maker, edits.near_number(form, gap, maker.rng.choice((0.4, 0.5, 0.62))))


@shape("stamp-frame")
def stamp_frame(maker: Maker) -> Drawing:
    """A stamp with a frame over the table, on one page or on each."""
    text = maker.rng.choice(WORDS["stamps"])
    place = (maker.rng.uniform(0.1, 0.6), maker.rng.uniform(0.3, 0.7))
    return _plain(maker, edits.stamp(text, place, every=maker.rng.random() < 0.4))


@shape("comment-balloons")
def comment_balloons(maker: Maker) -> Drawing:
    """Comments in frames beside the table, a line from each to its words."""
    maker.sheet = replace(maker.sheet, width=842.0, height=595.0, side=130.0, size=10.5)
    comments = maker.rng.sample(WORDS["comments"], maker.rng.randint(1, 3))
    spots = [maker.rng.uniform(0.35, 0.8) for _ in comments]
    return _plain(maker, edits.balloons(comments, spots, maker.sheet))


@shape("page-frame")
def page_frame(maker: Maker) -> Drawing:
    """A frame around each page, close to the table."""
    gap = maker.rng.choice((6.0, 10.0, 16.0))
    return _plain(maker, edits.page_frame(maker.sheet, gap, double=maker.rng.random() < 0.4))


@shape("watermark")
def watermark(maker: Maker) -> Drawing:
    """Large grey words across each page."""
    return _plain(maker, edits.watermark(maker.rng.choice(("草稿", "僅供內部使用", "機密"))))


@shape("annotations")
def annotated(maker: Maker) -> Drawing:
    """A reviewer's text boxes, highlights and notes over the table."""
    comments = maker.rng.sample(WORDS["comments"], 2)
    return _plain(maker, edits.annotate(comments, maker.rng.uniform(0.3, 0.6)))


@shape("two-up")
def two_up(maker: Maker) -> Drawing:
    """Two pages on a sheet."""
    maker.sheet = replace(maker.sheet, width=595.0, height=842.0)
    return _plain(maker, edits.two_up)


@shape("sideways")
def sideways(maker: Maker) -> Drawing:
    """Pages that are turned by a quarter without saying so."""
    return _plain(maker, edits.turned(maker.rng.choice((90, 270))))
