"""What speaks against a measure: figures from 0 (nothing) upwards, each explained in model.toml."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log1p

from planparse.audit.rows_in_place import LABELS, Standing
from planparse.lexicon.sentences import NEVER_FIRST, PARAGRAPH_ENDS
from planparse.model.page import Origin, Run
from planparse.model.plan import ColumnRole, Measure, Plan
from planparse.model.problem import Problem, ProblemCode, Severity
from planparse.model.table import Layout, Table

Components = dict[str, float]

_SHORTEST = 4
# In font sizes: within this an entry stands on a line, and no further off is counted.
_ON_LINE = 0.45
_NEAREST = 0.3
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
_SIDES = {
    "departments": frozenset({ColumnRole.DEPARTMENT, ColumnRole.CO_DEPARTMENT}),
    "period": frozenset({ColumnRole.PERIOD}),
}


_PAIRS = (("（", "）"), ("(", ")"), ("「", "」"))
_PAIRED = frozenset(sign for pair in _PAIRS for sign in pair)


def _of_codes(measure: Measure) -> Components:
    codes = set(measure.problem_codes)
    if not codes:
        return dict.fromkeys(_CODES, 0.0)
    return {
        name: float(any(code.value in codes for code in found)) for name, found in _CODES.items()
    }


def _text(measure: Measure, share_ended: float) -> Components:
    """Look at how the text starts and ends; ``share_ended``: how many of the plan's end so."""
    last = measure.points[-1].text if measure.points else measure.text
    whole = measure.text + "".join(point.text for point in measure.points)
    return {
        "unended": share_ended * float(bool(last) and last[-1] not in PARAGRAPH_ENDS),
        "odd_start": float(bool(whole) and (whole[0] in NEVER_FIRST or len(whole) < _SHORTEST)),
        "odd_label": float(any(_is_odd(getattr(measure, name)) for name in LABELS)),
    }


def _is_odd(label: str | None) -> bool:
    """Tell whether a label starts with a closing sign or closes what it does not open."""
    if not label:
        return False
    if label[0] in NEVER_FIRST:
        return True
    return not _PAIRED.isdisjoint(label) and any(
        label.count(opening) != label.count(closing) for opening, closing in _PAIRS
    )


def _rows(
    standing: Standing, crowd: Mapping[tuple[int, int], int], soft: frozenset[int]
) -> Components:
    """Look at page breaks, and at how many measures share the row."""
    pages = {run.page for run in standing.own}
    labels = [
        seat
        for name in LABELS
        if (held := standing.held.get((name, 0))) is not None
        for seat in held.seats[1:]
    ]
    rows = range(standing.row, standing.end + 1)
    return {
        "cut": float(len(pages) > 1),
        "soft_row": float(not soft.isdisjoint(rows)),
        "label_cut": float(bool(labels)),
        "crowded": log1p(crowd.get((standing.table, standing.row), 1) - 1),
    }


def _ocr(standing: Standing) -> Components:
    """Add up what OCR doubts: the number of glyphs that it expects to be wrong, and the worst."""
    runs = [run for held in standing.held.values() for run in held.runs]
    sure = [run.confidences for run in runs if run.confidences]
    doubts = [1 - figure for figures in sure for figure in figures]
    return {
        "ocr": float(Origin.OCR in [run.origin for run in runs]),
        "ocr_doubt": log1p(sum(doubts)),
        "ocr_worst": max(doubts, default=0.0),
    }


def _first_lines(standings: Sequence[Standing]) -> dict[int, list[tuple[int, float]]]:
    """Give by page the first lines of measures as (seq, middle)."""
    found: dict[int, list[tuple[int, float]]] = {}
    for standing in standings:
        last = 0
        for run in standing.own:
            if run.page != last:
                last = run.page
                found.setdefault(last, []).append((standing.seq, run.middle))
    return found


def _off(run: Run, seq: int, lines: Sequence[tuple[int, float]]) -> float:
    """Tell how doubtful it is that a line stands beside its measure: 0 for none, 1 at most."""
    middle = run.middle
    own = next((abs(middle - y) for other, y in lines if other == seq), 0.0)
    if own <= _ON_LINE * run.font_size:
        return 0.0
    others = [abs(middle - y) for other, y in lines if other != seq]
    if not others:
        return 0.0
    return min(1.0, 0.5 * own / max(min(others), _NEAREST * run.font_size))


def _beside(
    standing: Standing, first_lines: Mapping[int, Sequence[tuple[int, float]]]
) -> Components:
    """Look at how far entries stand off their measure's first line, below other entries."""
    worst = 0.0
    before: dict[str, Run] = {}
    for held in standing.beside:
        if held.merged:
            continue
        run, last = held.first, before.get(held.field)
        before[held.field] = held.runs[-1]
        follows = (
            last is not None
            and last.page == run.page
            and abs(run.middle - last.middle) <= 1.8 * run.font_size
        )
        doubt = 0.0 if follows else _off(run, standing.seq, first_lines.get(run.page, ()))
        worst = max(worst, doubt)
    return {"beside": worst}


def _lacking(measure: Measure, shares: Mapping[str, float]) -> Components:
    """Give for each column how usual it is, where the measure has nothing in it."""
    return {
        f"no_{name}": shares[name] if not getattr(measure, name) else 0.0
        for name in ("departments", "period", "measure_no")
    }


def _share(plan: Plan, name: str) -> float:
    count = sum(bool(getattr(measure, name)) for measure in plan.measures)
    return count / len(plan.measures) if plan.measures else 0.0


def components_of(
    plan: Plan, standings: Sequence[Standing], layout: Layout, problems: Iterable[Problem]
) -> dict[int, Components]:
    """Give the components of every measure by its seq; ``problems`` are all of the plan's."""
    tables = [block for block in layout.blocks if isinstance(block, Table)]
    by_seq = {standing.seq: standing for standing in standings}
    first_lines = _first_lines(standings)
    crowd: dict[tuple[int, int], int] = {}
    for standing in standings:
        key = (standing.table, standing.row)
        crowd[key] = crowd.get(key, 0) + 1
    roles = {column.role for column in plan.columns}
    shares = {name: _share(plan, name) for name in ("departments", "period", "measure_no")}
    for name, wanted in _SIDES.items():
        shares[name] *= float(bool(roles & wanted))
    ended = [m.text[-1] in PARAGRAPH_ENDS for m in plan.measures if m.text]
    share_ended = sum(ended) / len(ended) if ended else 0.0
    found: dict[int, Components] = {}
    for measure in plan.measures:
        standing = by_seq.get(measure.seq, Standing(measure.seq, {}))
        soft = tables[standing.table].soft_rows if standing.known else frozenset()
        found[measure.seq] = {
            **_of_codes(measure),
            **_text(measure, share_ended),
            **_lacking(measure, shares),
            **_rows(standing, crowd, soft),
            **_beside(standing, first_lines),
            **_ocr(standing),
        }
    of_plan = [one for one in problems if one.measure is None and one.severity is not Severity.NOTE]
    return _with_plan(found, len(of_plan))


def _with_plan(found: dict[int, Components], warnings: int) -> dict[int, Components]:
    """Add what the plan and its other measures show: faults seldom come alone."""
    count = max(len(found), 1)
    for name in ("beside", "unended", "soft_row"):
        mean = sum(one[name] for one in found.values()) / count
        for one in found.values():
            one[f"plan_{name}"] = mean
    warned = sum(any(one[name] for name in _CODES) for one in found.values()) / count
    for one in found.values():
        one["plan_warned"] = warned
        one["plan_warnings"] = log1p(warnings)
    return found
