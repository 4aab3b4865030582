"""Reading pages that are pictures. Doors: ``read_if_scanned``, ``read_page_picture``.

Importing this package imports neither OpenCV nor the engine; the first scanned page does.
"""

from __future__ import annotations
