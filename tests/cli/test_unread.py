from planparse.cli.run import unread
from planparse.dataset.folder import OutputFolder
from planparse.dataset.publish import write_plan
from planparse.model.problem import ProblemCode
from tests.dataset.made import made_problem, made_result


def _write(root, problems):
    write_plan(made_result("a.pdf", problems=problems), OutputFolder(root), "0.1.0")
    return str(root)


def test_what_no_rule_reads_is_counted_by_code(tmp_path):
    problems = [
        made_problem(code=ProblemCode.PERIOD_UNKNOWN),
        made_problem(code=ProblemCode.PERIOD_UNKNOWN),
        made_problem(code=ProblemCode.DEPARTMENT_UNKNOWN),
        made_problem(code=ProblemCode.NUMBERING_GAP),
    ]
    line = unread(_write(tmp_path, problems))
    assert line is not None
    assert line.startswith("read by no rule: 1 department_unknown, 2 period_unknown (")


def test_nothing_is_said_where_all_is_read(tmp_path):
    assert unread(_write(tmp_path, [made_problem(code=ProblemCode.NUMBERING_GAP)])) is None
