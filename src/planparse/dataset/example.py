"""A made-up plan whose rows are the examples of the data dictionary."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from planparse.dataset.publish import document_row
from planparse.dataset.rows import rows_of
from planparse.model.geometry import Box
from planparse.model.page import Repair
from planparse.model.plan import (
    Column,
    ColumnRole,
    Department,
    DepartmentKind,
    DepartmentRole,
    Extra,
    FieldPlace,
    Figure,
    FigureQualifier,
    LegalBasis,
    Measure,
    PageBox,
    Plan,
    Point,
    Schedule,
    ScheduleKind,
    Section,
)
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.provenance import Ledger
from planparse.model.result import ParseResult

_SHA256 = "3f0c" * 16
_BOX = Box(171.5, 212.25, 402.0, 254.75)
_EDGES = {edge: getattr(_BOX, edge) for edge in ("left", "top", "right", "bottom")}

_DEPARTMENT = Department(
    name="業務組",
    role=DepartmentRole.LEAD,
    printed="業務組",
    canonical="業務組",
    kind=DepartmentKind.GROUP,
)
_SCHEDULE = (
    Schedule(
        kind=ScheduleKind.RECURRING,
        rrule="FREQ=MONTHLY;INTERVAL=2",
        times=1,
        printed="每兩個月辦理一次",
    ),
    Schedule(kind=ScheduleKind.DEADLINE, end=datetime.date(2024, 6, 30), printed="113年6月底前"),
)
_FIGURE = Figure(
    value=Decimal(10000),
    unit="戶",
    qualifier=FigureQualifier.AT_LEAST,
    at=9,
    printed="至少1萬戶",
)
_BASIS = LegalBasis(
    issuer="經濟部",
    date=datetime.date(2024, 1, 15),
    document_no="經研字第11300000010號",
    title="提升服務效能實施計畫",
    printed="經濟部113年1月15日經研字第11300000010號函頒「提升服務效能實施計畫」",
)


def _place(field: str, index: int = 0) -> FieldPlace:
    return FieldPlace(field=field, index=index, page=3, **_EDGES)


def _measure() -> Measure:
    return Measure(
        seq=17,
        aspect_no="二",
        aspect="服務遞送",
        strategy_no="（一）",
        strategy="服務便捷性",
        task_no="2.",
        task="多元繳費",
        measure_no="(3)",
        text="推廣電子帳單，目標至少1萬戶。",
        points=(Point(no="甲.", text="於超商設置說明。"),),
        departments=(_DEPARTMENT,),
        period="每兩個月辦理一次，113年6月底前",
        schedule=_SCHEDULE,
        figures=(_FIGURE,),
        extras=(Extra(column="備註", text="新增"),),
        page_first=3,
        page_last=4,
        boxes=(PageBox(page=3, **_EDGES),),
        where=(_place("text"), _place("period")),
        problem_codes=(str(ProblemCode.NUMBERING_GAP),),
        confidence=0.97,
    )


def _section() -> Section:
    return Section(
        no="壹",
        heading="計畫依據",
        paragraphs=("依經濟部函頒之實施計畫辦理。",),
        where=(_place("heading"),),
    )


def _plan() -> Plan:
    return Plan(
        plan_id=_SHA256[:16],
        source_file="plan-113.pdf",
        sha256=_SHA256,
        title="台電公司某區營業處113年度提升服務效能執行計畫",
        district="某",
        district_printed="某區營業處",
        roc_year=113,
        year=2024,
        issued="113年3月1日訂定",
        issued_date=datetime.date(2024, 3, 1),
        legal_bases=(_BASIS,),
        columns=(Column(role=ColumnRole.ASPECT, printed="面向"),),
        page_count=12,
        extractor="pymupdf",
        planparse_version="1.0.0",
        sections=(_section(),),
        measures=(_measure(),),
        where=(_place("title"),),
    )


def example_result() -> ParseResult:
    """Return what parsing the made-up plan would give, with a problem, a repair and a ledger."""
    problem = Problem(
        ProblemCode.NUMBERING_GAP,
        Severity.WARNING,
        Stage.SEGMENT,
        "(2) is missing before (3); compare with the page",
        page=3,
        box=_BOX,
        measure=17,
    )
    repair = Repair(3, _BOX, "业務組", "業務組", "simplified_form", "departments")
    ledger = Ledger(3410, {"departments": 422, "text": 2790}, {"page_number": 198}, (), ())
    return ParseResult("plan-113.pdf", _SHA256, _plan(), (problem,), (repair,), ledger)


def example_rows() -> dict[str, list[dict[str, Any]]]:
    """Return the rows of every table for the made-up plan."""
    document = document_row(
        example_result(),
        rows_of(example_result()),
        source="113/plan-113.pdf",
        reason="took longer than 300 s",
        limit_seconds=300.0,
        limit_mebibytes=2048,
        fingerprint="9d41c0a5b2e87f36",
        part="compact-51f0c9d2a7b3e846",
    )
    return {**rows_of(example_result()), "documents": [document]}
