"""Evidence against a measure: figures from 0 (none) upwards, each explained in model.toml."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from math import log1p

from planparse.audit.rows_in_place import LABELS, ON_LINE, PlacedMeasure
from planparse.lexicon.sentences import NEVER_FIRST, PARAGRAPH_ENDS
from planparse.model.page import Origin, Run
from planparse.model.plan import ColumnRole, Measure, Plan
from planparse.model.problem import Problem, ProblemCode, Severity
from planparse.model.table import Layout, Table

Components = dict[str, float]

# Characters; the shortest texts of the known and hard plans have four: 具體作法, 服務評價.
_SHORTEST = 4
# Font sizes: no other line counts as nearer, for the share of two tiny distances means nothing.
_NEAREST = 0.3
# Font sizes from one line's middle to the next, at most: an entry right below another goes along.
_NEXT_LINE = 1.8
_CODES = {
    "numbering": (
        ProblemCode.NUMBERING_GAP,
        ProblemCode.NUMBERING_REPEAT,
    ),
    "unknown_department": (ProblemCode.DEPARTMENT_UNKNOWN,),
    "unknown_period": (ProblemCode.PERIOD_UNKNOWN,),
    "ambiguous": (
        ProblemCode.DEPARTMENT_AMBIGUOUS,
        ProblemCode.PERIOD_AMBIGUOUS,
        ProblemCode.EXTRA_AMBIGUOUS,
        ProblemCode.LINE_BREAK_AMBIGUOUS,
        ProblemCode.NUMBERING_AMBIGUOUS,
        ProblemCode.LABEL_MISSING,
    ),
    "empty": (ProblemCode.CELL_WITHOUT_TEXT,),
    "audit": (ProblemCode.PROVENANCE_BROKEN, ProblemCode.GLYPHS_UNACCOUNTED),
}
# Fields that are usual in a plan, and the columns without which they are not looked for.
_USUAL = {
    "departments": frozenset({ColumnRole.DEPARTMENT, ColumnRole.CO_DEPARTMENT}),
    "period": frozenset({ColumnRole.PERIOD}),
    "measure_no": frozenset({ColumnRole.PRACTICE}),
}
_PAIRS = (("（", "）"), ("(", ")"), ("「", "」"))


def _codes(measure: Measure) -> Components:
    codes = set(measure.problem_codes)
    return {name: float(not codes.isdisjoint(of_name)) for name, of_name in _CODES.items()}


def _text(measure: Measure, share_ended: float) -> Components:
    """Return how the text starts and ends; ``share_ended``: how many of the plan's end so."""
    last = measure.points[-1].text if measure.points else measure.text
    whole = measure.text + "".join(point.text for point in measure.points)
    return {
        "unended": share_ended * float(bool(last) and last[-1] not in PARAGRAPH_ENDS),
        "odd_start": float(bool(whole) and (whole[0] in NEVER_FIRST or len(whole) < _SHORTEST)),
        "odd_label": float(any(_is_odd(getattr(measure, name)) for name in LABELS)),
    }


def _is_odd(label: str | None) -> bool:
    """Return True if a label starts with a closing sign or closes what it does not open."""
    if not label:
        return False
    return label[0] in NEVER_FIRST or any(
        label.count(opening) != label.count(closing) for opening, closing in _PAIRS
    )


def _rows(
    measure: PlacedMeasure, crowd: Mapping[tuple[int, int], int], tables: Sequence[Table]
) -> Components:
    """Return what page breaks cut, and how many measures share the row."""
    soft = tables[measure.table].soft_rows if measure.known else frozenset()
    labels = [measure.sources[name, 0] for name in LABELS if (name, 0) in measure.sources]
    return {
        "cut": float(len(measure.first_lines) > 1),
        "soft_row": float(not soft.isdisjoint(range(measure.row, measure.end + 1))),
        "label_cut": float(any(len(label.seats) > 1 for label in labels)),
        "crowded": log1p(crowd.get((measure.table, measure.row), 1) - 1),
    }


def _ocr(measure: PlacedMeasure) -> Components:
    """Return how many glyphs OCR expects to be wrong, and its doubt about the worst."""
    runs = [run for source in measure.sources.values() for run in source.runs]
    doubts = [1 - figure for run in runs for figure in run.confidences or ()]
    return {
        "ocr": float(any(run.origin is Origin.OCR for run in runs)),
        "ocr_doubt": log1p(sum(doubts)),
        "ocr_worst": max(doubts, default=0.0),
    }


def _off(run: Run, seq: int, lines: Mapping[int, float]) -> float:
    """Return how doubtful it is that a line stands beside its measure: from 0 to 1."""
    off = {other: abs(run.middle - y) for other, y in lines.items()}
    own = off.pop(seq, 0.0)
    if own <= ON_LINE * run.font_size or not off:
        return 0.0
    return min(1.0, 0.5 * own / max(min(off.values()), _NEAREST * run.font_size))


def _beside(measure: PlacedMeasure, lines: Mapping[int, Mapping[int, float]]) -> Components:
    """Return how far entries stand off their measure's first line, if not right below others."""
    worst = 0.0
    before: dict[str, Run] = {}
    for source in measure.by_place:
        run, last = source.first, before.get(source.field)
        before[source.field] = source.runs[-1]
        follows = (
            last is not None
            and last.page == run.page
            and abs(run.middle - last.middle) <= _NEXT_LINE * run.font_size
        )
        if not follows:
            worst = max(worst, _off(run, measure.seq, lines.get(run.page, {})))
    return {"beside": worst}


def _lacking(measure: Measure, shares: Mapping[str, float]) -> Components:
    """Return for each field how usual it is, where the measure has nothing in it."""
    return {
        f"no_{name}": 0.0 if getattr(measure, name) else share for name, share in shares.items()
    }


def _shares(plan: Plan) -> dict[str, float]:
    """Return which share of the measures has each usual field."""
    roles = {column.role for column in plan.columns} | {ColumnRole.PRACTICE}
    count = max(1, len(plan.measures))
    return {
        name: float(bool(roles & wanted))
        * sum(bool(getattr(m, name)) for m in plan.measures)
        / count
        for name, wanted in _USUAL.items()
    }


def components_of(
    plan: Plan, placed: Sequence[PlacedMeasure], layout: Layout, problems: Iterable[Problem]
) -> dict[int, Components]:
    """Return the components of every measure by its seq; ``problems`` are all of the plan's."""
    tables = [block for block in layout.blocks if isinstance(block, Table)]
    by_seq = {measure.seq: measure for measure in placed}
    lines: dict[int, dict[int, float]] = {}
    for one in placed:
        for page, middle in one.first_lines.items():
            lines.setdefault(page, {})[one.seq] = middle
    crowd = Counter((one.table, one.row) for one in placed)
    shares = _shares(plan)
    ended = [measure.text[-1] in PARAGRAPH_ENDS for measure in plan.measures if measure.text]
    share_ended = sum(ended) / max(1, len(ended))
    found: dict[int, Components] = {}
    for measure in plan.measures:
        at = by_seq.get(measure.seq, PlacedMeasure(measure.seq, {}))
        found[measure.seq] = {
            **_codes(measure),
            **_text(measure, share_ended),
            **_lacking(measure, shares),
            **_rows(at, crowd, tables),
            **_beside(at, lines),
            **_ocr(at),
        }
    of_plan = [one for one in problems if one.measure is None and one.severity is not Severity.NOTE]
    return _with_plan(found, len(of_plan))


def _with_plan(found: dict[int, Components], warnings: int) -> dict[int, Components]:
    """Return the components with those of the whole plan: faults seldom come alone."""
    count = max(len(found), 1)
    means = {
        f"plan_{name}": sum(one[name] for one in found.values()) / count
        for name in ("beside", "unended", "soft_row")
    }
    warned = sum(any(one[name] for name in _CODES) for one in found.values()) / count
    means |= {"plan_warned": warned, "plan_warnings": log1p(warnings)}
    return {seq: {**one, **means} for seq, one in found.items()}
