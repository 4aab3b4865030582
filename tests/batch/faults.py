"""A parser that does what no parser should, by the name of the file.

It runs in the isolated worker: there it is imported by its name.
"""

import ctypes
import itertools
import mmap
import os
import signal
import sys
import time
import zlib
from pathlib import Path

from planparse.model.result import ParseResult
from tests.dataset.made import made_result

_C = ctypes.PyDLL(None)  # calls keep the interpreter's lock: nothing else runs meanwhile


def endless_loop() -> None:
    while True:
        pass


def hang_in_native_code() -> None:
    _C.sleep(3600)


def hang_without_signals() -> None:
    """Hang where handlers are set and no handler ever runs."""
    signal.signal(signal.SIGTERM, lambda *_: None)
    _C.sleep(3600)


def segfault() -> None:
    ctypes.string_at(0)


def abort() -> None:
    os.abort()


def killed() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def hog() -> None:
    held = []
    while True:
        held.append(bytearray(16 << 20))


def hog_in_native_code() -> None:
    """Take memory as a library would that does not look at what malloc gave."""
    _C.malloc.restype = ctypes.c_void_p
    _C.memset.argtypes = [ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t]
    while True:
        _C.memset(_C.malloc(ctypes.c_size_t(8 << 20)), 1, 8 << 20)


def hog_by_mapping() -> None:
    held = []
    while True:
        held.append(mmap.mmap(-1, 64 << 20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
        for at in range(0, 64 << 20, 4096):
            held[-1][at] = 1


def endless_output() -> None:
    while True:
        os.write(1, b"x" * 65536)
        os.write(2, b"y" * 65536)


def endless_result() -> None:
    list(itertools.repeat("a plan without end"))


def exit_without_a_word() -> None:
    os._exit(0)


def exit_with_a_code() -> None:
    os._exit(3)


def ask_to_exit() -> None:
    sys.exit("enough")


def interrupt() -> None:
    raise KeyboardInterrupt


def recursion() -> None:
    recursion()


def unpicklable() -> None:
    class OwnError(Exception):
        def __init__(self, one, two):
            super().__init__(one)

    raise OwnError(1, lambda: 2)


FAULTS = {
    name: function
    for name, function in globals().items()
    if callable(function) and getattr(function, "__module__", "") == __name__
}


def parse(path: Path, **_: object) -> ParseResult:
    """Do what the file's name says; a file named otherwise gives a plan."""
    name = path.stem.split("-")[0]
    if name == "slow":
        time.sleep(0.05)
    if name in FAULTS:
        FAULTS[name]()
    text = path.read_text()
    # A year of its own for each: two plans for one district and year are a problem of both.
    result: ParseResult = made_result(text, roc_year=zlib.crc32(text.encode()) >> 2)
    return result
