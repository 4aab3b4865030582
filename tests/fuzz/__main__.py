"""``make fuzz``: python -m tests.fuzz [--seeds A:B] [--jobs N] [--save FOLDER]."""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from planparse.batch.job import RunSettings
from tests.fuzz.mutate import mutate
from tests.fuzz.run import bases, fuzz, parse


def main() -> int:
    """Fuzz, say what was found, and save the files that crashed the parser."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--seeds", default="0:2000", help="first and last seed, as 0:2000")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--timeout", type=float, default=10.0)
    parser.add_argument("--memory", type=int, default=1024)
    parser.add_argument("--save", type=Path, help="folder for files that crash the parser")
    options = parser.parse_args()
    start, stop = map(int, options.seeds.split(":"))
    settings = RunSettings(
        jobs=options.jobs, timeout=options.timeout, memory=options.memory, parse=parse
    )
    with tempfile.TemporaryDirectory(prefix="planparse-fuzz-") as work:
        found = fuzz(Path(work), range(start, stop), settings)
    print(f"{found.inputs} inputs: {dict(found.statuses.most_common())}")
    print(f"slowest {found.slowest:.1f} s, largest {found.largest} MiB")
    for sentence in found.broken:
        print(f"BROKEN {sentence}")
    for name, reason in found.crashes.items():
        print(f"CRASH {name}: {reason}")
        if options.save:
            options.save.mkdir(parents=True, exist_ok=True)
            (options.save / name).write_bytes(mutate(int(name[:6]), bases())[1])
    # What aborts in native code has cost its own process and nothing else: that is the promise.
    ours = [reason for reason in found.crashes.values() if "the parser failed" in reason]
    return 1 if found.broken or ours else 0


if __name__ == "__main__":
    sys.exit(main())
