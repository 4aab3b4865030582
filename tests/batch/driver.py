"""A run in a process of its own, for tests that end it: python -m tests.batch.driver IN OUT."""

import sys
from pathlib import Path

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from planparse.errors import PlanparseError
from tests.batch import editions, faults


def main() -> None:
    """Run with two workers; what ends the run ends with code 9 and its message."""
    source, out, *more = sys.argv[1:]
    parse = editions.parse if "editions" in more else faults.parse
    settings = RunSettings(jobs=2, parse=parse)
    try:
        parse_folder(source, out, settings, on_done=lambda one: print(one.source, flush=True))
    except PlanparseError as error:
        print(error.message, file=sys.stderr)
        sys.exit(9)


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
