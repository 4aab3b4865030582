"""The subjects of the census: functions that decide, and numbers that they decide by."""

from __future__ import annotations

import ast
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import planparse

SOURCE = Path(planparse.__file__).parent
PACKAGES = ("tables", "plans")


@dataclass(frozen=True, slots=True)
class Decision:
    """A function or method that returns a bool; ``owner`` is the class, empty for a function."""

    module: str
    owner: str
    name: str

    @property
    def key(self) -> str:
        """Name in the table."""
        return ".".join(part for part in (self.module, self.owner, self.name) if part)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number at the top of a module."""

    module: str
    name: str
    value: int | float

    @property
    def key(self) -> str:
        """Name in the table."""
        return f"{self.module}.{self.name}"


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for package in PACKAGES:
        for path in sorted((SOURCE / package).glob("*.py")):
            if path.stem != "__init__":
                yield f"{package}.{path.stem}", ast.parse(path.read_text(encoding="utf-8"))


def _returns_bool(node: ast.AST) -> bool:
    returns = node.returns if isinstance(node, ast.FunctionDef) else None
    return isinstance(returns, ast.Name) and returns.id == "bool"


def decisions() -> Iterator[Decision]:
    """Yield every function of the packages that returns a bool."""
    for module, tree in _trees():
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and _returns_bool(node):
                yield Decision(module, "", node.name)
            if isinstance(node, ast.ClassDef):
                for one in node.body:
                    if isinstance(one, ast.FunctionDef) and _returns_bool(one):
                        yield Decision(module, node.name, one.name)


def thresholds() -> Iterator[Threshold]:
    """Yield every number that stands at the top of a module of the packages."""
    for module, tree in _trees():
        for node in tree.body:
            targets = node.targets if isinstance(node, ast.Assign) else []
            for target in targets:
                if isinstance(target, ast.Name) and isinstance(node, ast.Assign):
                    value = node.value
                    number = value.value if isinstance(value, ast.Constant) else None
                    if isinstance(number, int | float) and not isinstance(number, bool):
                        yield Threshold(module, target.id, number)


def _modules() -> list[ModuleType]:
    return [one for name, one in sys.modules.items() if name.startswith("planparse.")]


@contextmanager
def replaced(module: str, name: str, value: Any) -> Iterator[None]:
    """Put another object in the place of a module's, wherever it was imported."""
    home = import_module(f"planparse.{module}")
    before = getattr(home, name)
    holders = [one for one in _modules() if one.__dict__.get(name) is before]
    for one in holders:
        setattr(one, name, value)
    try:
        yield
    finally:
        for one in holders:
            setattr(one, name, before)


@contextmanager
def decided(one: Decision, change: Callable[[Callable[..., bool]], Any]) -> Iterator[None]:
    """Put ``change(decision)`` in the place of a decision."""
    if not one.owner:
        before = getattr(import_module(f"planparse.{one.module}"), one.name)
        with replaced(one.module, one.name, change(before)):
            yield
        return
    owner = getattr(import_module(f"planparse.{one.module}"), one.owner)
    before = owner.__dict__[one.name]
    is_property = isinstance(before, property)
    made = change(before.fget if is_property else before)
    setattr(owner, one.name, property(made) if is_property else made)
    try:
        yield
    finally:
        setattr(owner, one.name, before)
