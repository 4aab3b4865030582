"""Switch decisions off and move thresholds, and see which plans are read otherwise."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from planparse.lexicon.load_rules import load_rules
from planparse.model.page import SourceDocument
from planparse.model.record_differences import compare_records, plan_record
from planparse.plans.segment_plan import segment_plan
from planparse.read_document import read_document
from planparse.tables.build_layout import build_layout
from tests.corpus.documents import Document, documents, scratch
from tests.corpus.dump import ANSWERS
from tests.corpus.tally import forgiven

from .subjects import Decision, Threshold, decided, replaced

SHARE = 0.2
MOST_SEEDS = 150


@dataclass(slots=True)
class Reading:
    """What a plan is read as: a digest of plan and problems, and how many rows are exact."""

    digest: str
    exact: int


@dataclass(slots=True)
class Effect:
    """What a change does: the documents that are read otherwise, by how the exact rows move."""

    better: list[str] = field(default_factory=list)
    worse: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    yes: list[str] = field(default_factory=list)

    @property
    def changed(self) -> list[str]:
        """Every document that is read otherwise."""
        return [*self.worse, *self.better, *self.other]


class Corpus:
    """The documents as extraction reads them, kept: a change touches the later stages only."""

    def __init__(self) -> None:
        seeds = 0
        self.documents: list[tuple[Document, SourceDocument]] = []
        with scratch() as folder:
            for one in documents():
                if one.kind == "seeds":
                    seeds += 1
                    if seeds > MOST_SEEDS:
                        break
                if one.answers is not None:
                    os.environ[ANSWERS] = str(one.answers)
                self.documents.append((one, read_document(one.on_disk(Path(folder)))))
        self.truths = [one.truth() for one, _ in self.documents]
        self.before = [self.read(at) for at in range(len(self.documents))]

    def read(self, at: int) -> Reading:
        """Read one document; what fails counts as a reading of its own."""
        one, source = self.documents[at]
        try:
            segmented = segment_plan(source, build_layout(source), load_rules(), "census")
        except Exception as error:  # noqa: BLE001 - a change may break anything: that is its effect
            return Reading(f"fails: {type(error).__name__}", 0)
        said = repr((segmented.plan, segmented.problems)).encode()
        exact = 0
        if segmented.plan is not None:
            plan = segmented.plan.model_dump()
            got = plan_record(plan, plan["sections"], plan["measures"])
            exact = compare_records(self.truths[at], got, forgiven(one)).equal
        return Reading(hashlib.sha256(said).hexdigest(), exact)

    def effect(self) -> Effect:
        """Read all documents and list those that are read otherwise than before."""
        found = Effect()
        for at, (one, _) in enumerate(self.documents):
            now, before = self.read(at), self.before[at]
            if now.digest != before.digest:
                kind = found.other
                if now.exact != before.exact:
                    kind = found.better if now.exact > before.exact else found.worse
                kind.append(one.key)
        return found


_CORPUS: list[Corpus] = []


def _corpus() -> Corpus:
    if not _CORPUS:
        _CORPUS.append(Corpus())
    return _CORPUS[0]


def switch_off(one: Decision) -> Effect:
    """Return what becomes of the corpus where a decision never says yes."""
    corpus = _corpus()
    yes: dict[str, None] = {}
    at = [""]

    def watched(before: Callable[..., bool]) -> Callable[..., bool]:
        def ask(*arguments: Any, **keywords: Any) -> bool:
            answer = before(*arguments, **keywords)
            if answer:
                yes[at[0]] = None
            return answer

        return ask

    with decided(one, watched):
        for index, (document, _) in enumerate(corpus.documents):
            at[0] = document.key
            corpus.read(index)
    with decided(one, lambda _: lambda *_, **__: False):
        found = corpus.effect() if yes else Effect()
    found.yes = list(yes)
    return found


def move(one: Threshold) -> tuple[Effect, Effect]:
    """Return what becomes of the corpus with a number a fifth lower, and a fifth higher."""
    found = []
    for factor in (1 - SHARE, 1 + SHARE):
        value: float = one.value * factor
        if one.value.is_integer() and abs(one.value) >= 1:
            value = one.value + (1 if factor > 1 else -1) * max(1, round(abs(one.value) * SHARE))
        with replaced(one.module, one.name, value):
            found.append(_corpus().effect())
    return found[0], found[1]
