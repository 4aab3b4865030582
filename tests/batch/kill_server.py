"""Forks a fresh run whenever it is asked to and kills it, so that many die in a short time.

python -m tests.batch.kill_server IN OUT: a line on stdin is the seconds after which the run that it
starts is killed; a line on stdout says whether it had finished. Only the parent of a process may
kill it by its number: until it has asked how the process ended, no other can have that number.
"""

import os
import signal
import sys
import time
from importlib import import_module

from planparse.batch.job import RunSettings
from planparse.batch.parse_folder import parse_folder
from tests.batch.editions import parse


def run_in_child(source: str, out: str) -> int:
    """Start a run in a child of this process; give its number."""
    pid = os.fork()
    if pid == 0:
        code = 1
        try:
            parse_folder(source, out, RunSettings(isolate=False, parse=parse))
            code = 0
        finally:
            os._exit(code)
    return pid


def main() -> None:
    """Serve until stdin ends."""
    import_module("planparse.batch.preload")
    source, out = sys.argv[1:]
    for line in sys.stdin:
        pid = run_in_child(source, out)
        assert pid > 0
        time.sleep(float(line))
        os.kill(pid, signal.SIGKILL)
        ended = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        print({0: "finished", -signal.SIGKILL: "killed"}.get(ended, f"code {ended}"), flush=True)


if __name__ == "__main__":
    main()
