"""What a plan says: a tree aspect → strategy → task → measures → points."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(slots=True)
class Entry:
    """A numbered text: the mark as printed, the number in the truth (None: none), the text."""

    mark: str
    no: str | None
    text: str


@dataclass(slots=True)
class MeasureContent:
    """A measure and what stands beside it; ``extras`` are texts by the column's heading."""

    entry: Entry
    points: list[Entry] = field(default_factory=list)
    leads: list[str] = field(default_factory=list)
    cos: list[str] = field(default_factory=list)
    periods: list[str] = field(default_factory=list)
    extras: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class TaskContent:
    """A task; ``entry`` is None where the practice is not split."""

    entry: Entry | None
    measures: list[MeasureContent]


@dataclass(slots=True)
class StrategyContent:
    """A strategy and its tasks."""

    entry: Entry
    tasks: list[TaskContent]


@dataclass(slots=True)
class AspectContent:
    """An aspect and its strategies."""

    entry: Entry
    strategies: list[StrategyContent]


@dataclass(slots=True)
class SectionContent:
    """A section outside the table."""

    no: str
    heading: str
    paragraphs: list[str]
    has_table: bool = False


@dataclass(slots=True)
class PlanContent:
    """All that a plan says."""

    title: str
    title_lines: list[str]
    district: str
    roc_year: int
    issued: str
    before: list[SectionContent]
    after: list[SectionContent]
    aspects: list[AspectContent]
    extra_columns: list[str]
