"""Pages that are pictures become pages of text and rulings.

Importing this package imports neither NumPy, OpenCV nor the engine; the first scanned page does.
"""

from __future__ import annotations

from planparse.ocr.read_scanned_page import read_if_scanned, reading_with
from planparse.ocr.recognition import OcrReading

__all__ = ["OcrReading", "read_if_scanned", "reading_with"]
