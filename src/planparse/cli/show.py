"""``planparse show`` and ``compare``: one plan as a tree, and in two readings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from rich.text import Text
from rich.tree import Tree

from planparse.cli.exit_codes import ExitCode, of_statuses
from planparse.cli.terminal import console
from planparse.model.plan import DepartmentRole, Measure, Plan
from planparse.model.printable import printable
from planparse.model.problem import Problem
from planparse.model.result import ParseResult


def _levels(measure: Measure) -> Iterator[str]:
    pairs = (
        (measure.aspect_no, measure.aspect),
        (measure.strategy_no, measure.strategy),
        (measure.task_no, measure.task),
    )
    for number, text in pairs:
        if number is not None or text is not None:
            mark = "、" if number and number[-1] not in ".．)）、" else ""
            yield f"{number or ''}{mark}{text or ''}"


def _leaf(measure: Measure) -> Text:
    line = Text(f"{measure.measure_no or ''}{measure.text or '—'}")
    names = [
        f"({one.name})" if one.role is DepartmentRole.CO else one.name
        for one in measure.departments
    ]
    if names:
        line.append("  " + "、".join(names), style="cyan")
    if measure.period:
        line.append("  " + measure.period, style="green")
    pages = dict.fromkeys((measure.page_first, measure.page_last))
    return line.append(f"  p. {'–'.join(map(str, pages))}", style="dim")


def plan_tree(plan: Plan) -> Tree:
    """Draw a plan: its sections, and its measures under aspect, strategy and task."""
    tree = Tree(Text(plan.title or plan.source_file, style="bold"))
    tree.add(
        Text(
            f"{plan.district or plan.district_printed or '?'}  {plan.roc_year or '?'}  "
            f"{plan.issued or ''}  {plan.page_count} pages  {len(plan.measures)} measures",
            style="dim",
        )
    )
    for section in plan.sections:
        branch = tree.add(Text(f"{section.no}、{section.heading}", style="bold"))
        for paragraph in section.paragraphs:
            branch.add(Text(paragraph))
        if section.has_table:
            _add_measures(branch, plan.measures)
    if not any(section.has_table for section in plan.sections):
        _add_measures(tree, plan.measures)
    return tree


def _add_measures(tree: Tree, measures: tuple[Measure, ...]) -> None:
    path: list[tuple[str, Tree]] = []
    for measure in measures:
        levels = list(_levels(measure))
        same = 0
        while same < min(len(path), len(levels)) and path[same][0] == levels[same]:
            same += 1
        del path[same:]
        for level in levels[same:]:
            parent = path[-1][1] if path else tree
            path.append((level, parent.add(Text(level))))
        leaf = (path[-1][1] if path else tree).add(_leaf(measure))
        for point in measure.points:
            leaf.add(Text(f"{point.no}{point.text}"))
        for extra in measure.extras:
            leaf.add(Text(f"{extra.column}：{extra.text}", style="magenta"))


def problem_line(problem: Problem) -> Text:
    """Return a problem on one line; its message may quote cells of several lines."""
    where = "" if problem.page is None else f" p. {problem.page}"
    style = {"refused": "red", "warning": "yellow", "note": "dim"}[problem.severity]
    message = printable(problem.message)
    return Text(f"{problem.severity} {problem.code}{where}: {message}", style=style)


def show(file: Path, *, rules: Path | None) -> int:
    """Read a file and draw its plan; return the exit code."""
    from planparse.pipeline import parse_plan

    result: ParseResult = parse_plan(file, rules=rules)
    if result.plan is not None:
        console().print(plan_tree(result.plan))
    errors = console(stderr=True)
    for problem in result.problems:
        errors.print(problem_line(problem))
    return int(of_statuses([result.status]))


def compare(file: Path, *, rules: Path | None) -> int:
    """Read a file with both extractors and print what differs; return the exit code."""
    from planparse.pipeline import compare_file

    opinion = compare_file(file, rules=rules)
    screen, errors = console(), console(stderr=True)
    for difference in (*opinion.pages, *opinion.records):
        screen.print(Text(str(difference)))
    for problem in opinion.failed:
        errors.print(problem_line(problem))
    if opinion.read_once:
        note = "pages were read by OCR, once: they have no second reading"
        screen.print(Text(f"{file.name}: {opinion.read_once} {note}", style="yellow"))
    if opinion.problems:
        count = len(opinion.records)
        screen.print(Text(f"{file.name}: {count} fields of records differ", style="red"))
        return int(ExitCode.DISAGREEMENT)
    same = "nothing differs elsewhere" if opinion.read_once else "identical in both readings"
    screen.print(Text(f"{file.name}: {opinion.measures} measures, {same}"))
    return int(ExitCode.OK)
