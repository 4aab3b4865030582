"""Words are the lexicon's: no pattern or character set with Chinese or digits stands elsewhere.

``python -m tests.project.lint_words`` writes what breaks the rule and exits with 1.
"""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "planparse"
ALLOWED = Path(__file__).with_name("words_outside_lexicon.toml")

_HAN = "\u3400-\u9fff\uf900-\ufaff\u2460-\u24ff\u3200-\u33ff\U00020000-\U0003ffff"
_WORDS = re.compile(rf"[{_HAN}0-9０-９]|\\d")
_HAN_ALONE = re.compile(f"[{_HAN}]")
# What holds digits and means none: \x00, \u0100 and {2,3}.
_ESCAPE = re.compile(r"\\x[0-9A-Fa-f]{2}|\\[uU][0-9A-Fa-f]{4,8}|\{[0-9,]+\}")
# A message for people: words of English with spaces between them.
_ENGLISH = re.compile("[a-z]{2,} [a-z]{2,}")
_PATTERNS = {"compile", "match", "search", "fullmatch", "sub", "split", "findall", "finditer"}
_SETS = {"frozenset", "set", "maketrans", "fromkeys"}
_ASKS = {"strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "startswith", "endswith"}
_ASKS |= {"replace", "find", "index", "partition", "rpartition", "count", "isdisjoint"}
_LITERAL = (ast.Constant, ast.Tuple, ast.List, ast.Set)

Asked = Iterator[tuple[list[ast.expr], re.Pattern[str]]]


def _in_call(node: ast.Call) -> Asked:
    function = ast.unparse(node.func)
    name = function.split(".")[-1]
    if function.startswith("re.") and name in _PATTERNS:
        yield node.args[:1], _WORDS
    elif name in _SETS:
        yield node.args, _WORDS
    elif name in _ASKS:
        yield node.args, _HAN_ALONE


def _in_comparison(node: ast.Compare) -> Asked:
    yield [node.left, *node.comparators], _HAN_ALONE
    if any(isinstance(operator, ast.In | ast.NotIn) for operator in node.ops):
        yield node.comparators[-1:], _WORDS


def _in_constant(node: ast.Assign | ast.AnnAssign) -> Asked:
    """Yield the value of a module's constant: a list of words, or a part of a pattern."""
    target = node.targets[0] if isinstance(node, ast.Assign) else node.target
    if not isinstance(target, ast.Name) or not target.id.isupper() or node.value is None:
        return
    # Records (an example of a row) are no words that text is told apart by.
    calls = any(isinstance(part, ast.Call) for part in ast.walk(node.value))
    if isinstance(node.value, _LITERAL) and not calls:
        yield [node.value], _HAN_ALONE


def _decides(node: ast.AST) -> Asked:
    """Yield the parts of a node by which text is told apart, and what they must not hold."""
    if isinstance(node, ast.Call):
        yield from _in_call(node)
    elif isinstance(node, ast.Compare):
        yield from _in_comparison(node)
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        yield from _in_constant(node)
    elif isinstance(node, ast.Dict):
        yield [key for key in node.keys if key is not None], _HAN_ALONE
    elif isinstance(node, ast.For | ast.comprehension):
        yield [node.iter], _HAN_ALONE


def _strings(node: ast.AST) -> Iterator[tuple[int, str]]:
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str | bytes):
            text = part.value if isinstance(part.value, str) else part.value.decode("latin-1")
            yield part.lineno, text


def words_in(code: str) -> list[tuple[int, str]]:
    """Return line and text of each pattern and character set with Chinese or digits in code."""
    found: set[tuple[int, str]] = set()
    for node in ast.walk(ast.parse(code)):
        for parts, pattern in _decides(node):
            for line, text in (one for part in parts for one in _strings(part)):
                if pattern.search(_ESCAPE.sub("", text)) and not _ENGLISH.search(text):
                    found.add((line, text))
    return sorted(found)


def check_words(source: Path = SOURCE) -> tuple[list[str], list[str]]:
    """Return what breaks the rule, and the entries of the allow-list that nothing needs."""
    entries = tomllib.loads(ALLOWED.read_text(encoding="utf-8"))["allowed"]
    unused = list(entries)
    broken = []
    for path in sorted(source.rglob("*.py")):
        name = path.relative_to(source).as_posix()
        if name.startswith("lexicon/"):
            continue
        mine = [entry for entry in entries if entry["path"] == name]
        for line, text in words_in(path.read_text(encoding="utf-8")):
            needed = [entry for entry in mine if text in entry.get("texts", [text])]
            unused = [entry for entry in unused if entry not in needed]
            if not needed:
                broken.append(f"src/planparse/{name}:{line}: {text!r} belongs in lexicon/")
    return broken, [f"{ALLOWED.name}: {entry['path']} needs no entry" for entry in unused]


if __name__ == "__main__":
    broken, unused = check_words()
    print("\n".join([*broken, *unused]) or "no words outside the lexicon")
    sys.exit(bool(broken))
