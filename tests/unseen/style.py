"""What a drawn plan looks like: one dataclass with every choice, each with its options.

The first option of each field is the plainest, so that hypothesis shrinks towards it. The options
are those of world 1, for ever: ``worlds`` has those of the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from . import numbering
from .numerals import PageNumber
from .writers import LACKING


def _of(*options: Any, weights: tuple[int, ...] | None = None) -> Any:
    return field(default=options[0], metadata={"options": options, "weights": weights})


def _yes(often: int = 1, seldom: int = 2) -> Any:
    return _of(False, True, weights=(seldom, often))


@dataclass(frozen=True, slots=True)
class Style:
    """Every choice that draws a plan; ``normalised`` settles those that exclude each other."""

    # what the plan says
    size: str = _of("small", "medium", "large", weights=(3, 4, 1))
    split: str = _of("none", "column", "some", "own_heading", weights=(2, 3, 2, 1))
    narrow_aspect: bool = _yes(1, 7)
    has_aspect: bool = _of(True, False, weights=(9, 1))
    has_department: bool = _of(True, False, weights=(6, 1))
    has_period: bool = _of(True, False, weights=(6, 1))
    aspect_no: str = _of("一、", "一", "（一）", "1、", "")
    strategy_no: str = _of("(一)", "（一）", "一、", "1.", "")
    task_no: str = _of("1.", "1、", "(1)", "一、", "①", "１．", "")
    measure_no: str = _of(
        *("(1)", "1.", "1、", "（1）", "（１）", "１、", "⑴", "①", "甲.", "甲、", "一、", "(一)"),
        *("（一）", "◎", "●", "1)", "A.", ""),
    )
    point_no: str = _of("甲.", "◎", "甲、", "①", "●", "-", "(1)", "1.", "A.", "■")
    points: bool = _yes()
    no_space: bool = _yes(1, 1)
    label_newline: bool = _yes(1, 1)
    unnumbered: bool = _yes()
    preamble: bool = _yes(1, 4)
    empty_task: bool = _yes(1, 4)
    lacking: bool = _yes(1, 3)
    number_on: bool = _yes(1, 5)
    many_departments: bool = _yes(1, 1)
    department_list: str = _of("lines", "inline", "trailing")
    separator: str = _of("、", "，", "／", "　", weights=(9, 1, 1, 1))
    long_departments: bool = _yes()
    co: str = _of("none", "bracket", "wide_bracket", "column", weights=(4, 1, 1, 1))
    two_periods: bool = _yes(1, 4)
    latin: bool = _yes(1, 1)
    traps: bool = _yes()
    extras: str = _of("none", "備註", "預期效益", "編號", "編號+備註", weights=(4, 1, 1, 1, 1))
    extras_merged: bool = _yes(1, 2)
    # the words around
    aspect_heading: str = _of("面向", "構面", "服務內涵", "執行構面")
    strategy_heading: str = _of("執行策略", "推動策略", "服務策略", "策略")
    task_heading: str = _of("工作項目", "推動項目", "執行項目")
    practice_heading: str = _of("具體作法", "具體措施", "執行作法", "具體做法", "實施作法")
    department_heading: str = _of("承辦部門", "主辦部門", "承辦單位", "權責單位", "主辦單位")
    co_heading: str = _of("協辦單位", "協辦部門", "協辦機關")
    period_heading: str = _of(
        *("執行期間", "執行方式", "執行期限", "完成期限", "辦理期程", "辦理時程", "執行期程")
    )
    company: str = _of("", "台電公司", "台灣電力公司", "台灣電力股份有限公司")
    office_form: str = _of("{}區營業處", "{}區處")
    year_form: str = _of("digits", "han", "han_tens", weights=(6, 1, 1))
    title_lines: int = _of(1, 2, weights=(4, 1))
    issued: str = _of("{y}年{m}月{d}日訂定", "中華民國{y}年{m}月{d}日訂定", "", "{y}.{m:02}.{d:02}")
    sections: str = _of("both", "before", "none", weights=(4, 1, 1))
    heading_inline: bool = _yes(1, 4)
    table_lead: bool = _yes(1, 4)
    latin_space: bool = _yes(1, 3)
    section_numbers: bool = _yes(1, 1)
    # layout
    row: str = _of("measure", "task", "strategy", weights=(2, 3, 1))
    merge: str = _of("merged", "blank", "repeat", weights=(6, 1, 1))
    merge_departments: bool = _yes(1, 3)
    order: str = _of("usual", "department_first", "period_first", "practice_last", "any")
    paper: str = _of("A4", "B4", "Letter", weights=(4, 1, 1))
    landscape: bool = _yes()
    font_size: float = _of(11.0, 10.0, 12.0, 9.0)
    pitch: float = _of(1.35, 1.2, 1.6)
    padding: float = _of(3.0, 1.5, 5.0)
    hanging: bool = _of(True, False, weights=(3, 1))
    kinsoku: bool = _yes(1, 1)
    drift: float = _of(0.0, 0.3, 0.6, 0.9, weights=(4, 1, 1, 1))
    centred: bool = _yes()
    beside_centred: bool = _yes(1, 3)
    indent_spaces: bool = _yes(1, 4)
    gap: bool = _yes(1, 3)
    cut_rows: bool = _of(True, False, weights=(3, 1))
    early_breaks: bool = _yes(1, 3)
    repeat_heading: bool = _of(True, False, weights=(3, 2))
    heading_broken: bool = _yes(1, 3)
    heading_spaced: bool = _yes(1, 3)
    page_number: str = _of("{p}", "", "- {p} -", "第 {p} 頁，共 {n} 頁", "{p}/{n}", "第{p}頁")
    running_header: bool = _yes(1, 5)
    # drawing
    writer: str = _of("raw", "pymupdf", "reportlab", "reportlab_ttf", weights=(5, 2, 2, 2))
    page_form: str = _of("plain", "form", "rotated", "cropped", weights=(5, 1, 1, 1))
    tagged: bool = _yes(1, 3)
    hidden: str = _of("none", "invisible", "off_page", weights=(8, 1, 1))
    rulings: str = _of(
        *(
            "stroke",
            "fill",
            "pieces",
            "fill_pieces",
            "cell_rects",
            "double",
            "double_outer",
            "dashes",
        )
    )
    outer: str = _of("full", "no_left", "no_right", "no_sides", weights=(6, 1, 1, 1))
    open_break: bool = _yes(1, 1)
    shade_heading: bool = _yes(1, 3)
    shade_lines: bool = _yes(1, 4)
    watermark: bool = _yes(1, 7)
    bold: bool = _yes(1, 4)
    justify: bool = _yes(1, 2)
    glyphs: str = _of("line", "chars", "words", "kerned")
    paint_order: str = _of("natural", "columns", "reversed", "shuffled", weights=(3, 1, 1, 1))
    # Added later, so that every choice before is still drawn as it was.
    joint_heading: str = _of("")

    def normalised(self) -> Style:
        """Settle the choices that exclude each other, towards the plainer one."""
        return _settled_beside(_settled_rows(_settled_writer(self)))


def _settled_writer(style: Style) -> Style:
    """Write with MuPDF what the style's own font has no glyph for."""
    kinds = (style.aspect_no, style.strategy_no, style.task_no, style.measure_no, style.point_no)
    signs = "".join(numbering.signs_of(kind) for kind in kinds if kind) + style.joint_heading
    signs += style.page_number.format(p=PageNumber(12), n=PageNumber(12))
    lacks = LACKING.get(style.writer, "")
    return replace(style, writer="pymupdf") if set(signs) & set(lacks) else style


def _settled_rows(style: Style) -> Style:
    if style.row == "strategy":
        style = replace(style, split="none")
    if style.row == "task" and style.split == "none":
        style = replace(style, row="measure")
    if not style.measure_no and style.row != "measure":
        # Paragraphs without numbers in one cell cannot be told apart for certain.
        style = replace(style, measure_no="(1)")
    if numbering.family(style.point_no) == numbering.family(style.measure_no):
        other = "◎" if numbering.family(style.measure_no) != numbering.family("◎") else "甲."
        style = replace(style, point_no=other)
    if style.row != "measure" or not style.measure_no:
        style = replace(style, merge_departments=False)
    if style.split in ("none", "some"):
        style = replace(style, empty_task=False)
    if style.measure_no in numbering.LIMITS:
        style = replace(style, number_on=False)
    if style.row != "measure" or style.extras in ("none", "編號", "項次", "序號"):
        style = replace(style, extras_merged=False)
    if style.writer != "raw":
        style = replace(style, page_form="plain", hidden="none", tagged=False)
    return style


def _settled_beside(style: Style) -> Style:
    if not style.has_department:
        style = replace(style, co="none", empty_task=False, merge_departments=False)
        style = replace(style, many_departments=False, long_departments=False)
    if not style.has_period:
        style = replace(style, two_periods=False)
    if style.merge_departments or not (style.has_department and style.has_period):
        style = replace(style, lacking=False)
    if style.merge_departments and style.co == "column":
        # A blank co-department on top of a page could be none, or one that goes on.
        style = replace(style, co="none")
    return style


def with_choice(style: Style, name: str, value: Any) -> Style:
    """Change one choice, given by its name, and settle the rest."""
    changes: dict[str, Any] = {name: value}
    return replace(style, **changes).normalised()
