"""Forks a fresh run whenever it is asked to, so that many can be killed in a short time.

python -m tests.batch.kill_server IN OUT: a line on stdin starts a run; its process number, and at
its end the way it ended, come back as lines.
"""

import os
import sys
from importlib import import_module

from planparse.batch.parse_folder import parse_folder
from planparse.batch.settings import RunSettings
from tests.batch.editions import parse


def main() -> None:
    """Serve until stdin ends."""
    import_module("planparse.batch.warm")
    source, out = sys.argv[1:]
    for _ in sys.stdin:
        pid = os.fork()
        if pid == 0:
            parse_folder(source, out, RunSettings(isolate=False, parse=parse))
            os._exit(0)
        print(pid, flush=True)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
