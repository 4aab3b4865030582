"""How much memory this process has and had."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")


def _from_kernel(name: str) -> int | None:
    """Give a line of the kernel's account in bytes; None where it keeps none (no Linux)."""
    with suppress(OSError):
        for line in _STATUS.read_text(encoding="ascii", errors="replace").splitlines():
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) << 10
    return None


def forget_peak() -> None:
    """Start the peak anew, for another document; where that cannot be done it stays."""
    with suppress(OSError):
        _CLEAR.write_text("5", encoding="ascii")


def peak_mebibytes() -> int | None:
    """Give the most memory that the process had since ``forget_peak``; None if unknown."""
    peak = _from_kernel("VmHWM")
    if peak is not None:
        return peak >> 20
    if os.name != "posix":
        return None
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return used >> 20 if sys.platform == "darwin" else used >> 10


def own_bytes() -> int:
    """Give what counts against RLIMIT_DATA; 0 if unknown."""
    return _from_kernel("VmData") or 0


def file_bytes() -> int:
    """Give the resident part of files that are mapped, shared libraries mostly; 0 if unknown."""
    return _from_kernel("RssFile") or 0
