"""Read service plans of Taiwan Power Company's district offices from PDF into a dataset."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from planparse.dataset.reading import connect, load
    from planparse.model.result import ParseResult
    from planparse.pipeline import parse_plan

__version__ = "0.1.0"

__all__ = ["ParseResult", "__version__", "connect", "load", "parse_plan"]

# Imported on first use: `planparse --help` must not wait for the PDF library.
_HOMES = {
    "ParseResult": "planparse.model.result",
    "connect": "planparse.dataset.reading",
    "load": "planparse.dataset.reading",
    "parse_plan": "planparse.pipeline",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
