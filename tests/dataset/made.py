"""Results made by hand, for tests that need no PDF."""

import datetime
import hashlib
from decimal import Decimal
from typing import Any

from planparse.model.geometry import Box
from planparse.model.page import Repair
from planparse.model.plan import (
    Column,
    Department,
    Extra,
    FieldPlace,
    Figure,
    LegalBasis,
    Measure,
    PageBox,
    Plan,
    Point,
    Schedule,
    Section,
)
from planparse.model.problem import Problem, ProblemCode, Severity, Stage
from planparse.model.provenance import Ledger
from planparse.model.result import ParseResult, mark_measures


def made_measure(seq=1, **changes):
    fields: dict[str, Any] = {
        "seq": seq,
        "aspect_no": "一",
        "aspect": "基礎服務",
        "text": "受理用戶申請。",
        "points": (Point(no="甲.", text="電話"),),
        "departments": (Department(name="業務組", role="lead", printed="業務組"),),
        "period": "112年6月底前",
        "schedule": (
            Schedule(kind="deadline", end=datetime.date(2023, 6, 30), printed="112年6月底前"),
        ),
        "figures": (Figure(value=Decimal(1840000), unit="戶", at=3, printed="184萬戶"),),
        "extras": (Extra(column="備註", text="無"),),
        "page_first": 1,
        "page_last": 2,
        "boxes": (PageBox(page=1, left=72.123456, top=100, right=300.5, bottom=120),),
        "where": (FieldPlace(field="text", index=0, page=1, left=72, top=1, right=2, bottom=3),),
    }
    return Measure(**(fields | changes))


def made_plan(name="甲.pdf", measures=None, **changes):
    sha256 = hashlib.sha256(name.encode()).hexdigest()
    fields: dict[str, Any] = {
        "plan_id": sha256[:16],
        "source_file": name,
        "sha256": sha256,
        "title": "台北市區營業處112年度提升服務效能執行計畫",
        "district": "台北市",
        "district_printed": "台北市區營業處",
        "roc_year": 112,
        "year": 2023,
        "issued": "112年3月2日訂定",
        "issued_date": datetime.date(2023, 3, 2),
        "legal_bases": (LegalBasis(issuer="行政院", printed="行政院函"),),
        "columns": (Column(role="aspect", printed="面向"),),
        "page_count": 3,
        "extractor": "pymupdf",
        "planparse_version": "0.1.0",
        "sections": (Section(no="壹", heading="計畫依據", paragraphs=("一、函",)),),
        "measures": (made_measure(1), made_measure(2)) if measures is None else measures,
    }
    return Plan(**(fields | changes))


LEDGER = Ledger(120, {"text": 90, "period": 8}, {"page_number": 22}, (), ())


def made_problem(code=ProblemCode.PERIOD_UNKNOWN, severity=Severity.WARNING, **changes):
    fields: dict[str, Any] = {"stage": Stage.SEGMENT, "message": "look at it", "page": 1}
    return Problem(code, severity, **(fields | changes))


def made_result(name="甲.pdf", problems=(), repairs=(), **changes):
    plan = mark_measures(made_plan(name, **changes), problems)
    return ParseResult(name, plan.sha256, plan, tuple(problems), tuple(repairs), LEDGER)


def made_repair(**changes):
    fields: dict[str, Any] = {
        "page": 1,
        "box": Box(1, 2, 3, 4),
        "read": "组",
        "became": "組",
        "rule": "t2s",
    }
    return Repair(**(fields | changes))
