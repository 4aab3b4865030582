"""The one font of all producers: MuPDF's own, so that none has to be installed."""

from __future__ import annotations

import struct
import tempfile
from functools import cache
from pathlib import Path

import pymupdf

FAMILY = "Droid Sans Fallback"
# Typst passes over a font without a PostScript name; MuPDF's has only family and style.
_NAMES = {1: FAMILY, 2: "Regular", 4: FAMILY, 6: "DroidSansFallback"}


@cache
def font() -> pymupdf.Font:
    """Return MuPDF's font for Chinese."""
    return pymupdf.Font("cjk")


@cache
def scratch() -> tempfile.TemporaryDirectory[str]:
    """Return a folder that lasts as long as the process."""
    return tempfile.TemporaryDirectory(prefix="shapes-")


@cache
def font_folder() -> Path:
    """Return a folder that holds the font as a file."""
    folder = Path(scratch().name) / "fonts"
    folder.mkdir()
    (folder / "cjk.ttf").write_bytes(_named(font().buffer))
    return folder


def _named(data: bytes) -> bytes:
    """Return a TrueType font with the names that every producer asks for."""
    table = _name_table()
    made = bytearray(data + b"\0" * (-len(data) % 4))
    for at in range(12, 12 + 16 * struct.unpack_from(">H", data, 4)[0], 16):
        if data[at : at + 4] == b"name":
            struct.pack_into(">II", made, at + 8, len(made), len(table))
    return bytes(made + table)


def _name_table() -> bytes:
    records, texts = b"", b""
    for number, name in _NAMES.items():
        text = name.encode("utf-16-be")
        records += struct.pack(">6H", 3, 1, 0x409, number, len(text), len(texts))
        texts += text
    return struct.pack(">3H", 0, len(_NAMES), 6 + len(records)) + records + texts
