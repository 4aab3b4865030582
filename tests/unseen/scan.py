"""Turn a digital plan into a scan: pictures only, turned, noisy, grey, as JPEG."""

from __future__ import annotations

import io

import numpy as np
import pymupdf
from PIL import Image, ImageFilter

from tests.pdf_objects import assemble


def to_scan(pdf: bytes, dpi: int, seed: int, turn: float = 1.0) -> bytes:
    """Scan a PDF at ``dpi``; each page is turned by up to ``turn`` degrees."""
    rng = np.random.default_rng(seed)
    pages = []
    with pymupdf.open(stream=pdf) as document:
        for page in document:
            picture = _scanned(page, dpi, rng, turn)
            pages.append((page.rect.width, page.rect.height, picture))
    return _pictures_only(pages)


def _scanned(
    page: pymupdf.Page, dpi: int, rng: np.random.Generator, turn: float
) -> tuple[int, int, bytes]:
    pixmap = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    picture = Image.frombytes("L", (pixmap.width, pixmap.height), pixmap.samples)
    angle = float(rng.uniform(-turn, turn))
    picture = picture.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)
    picture = picture.filter(ImageFilter.GaussianBlur(float(rng.uniform(0.2, 0.6)) * dpi / 200))
    ink, paper = rng.uniform(15, 60), rng.uniform(225, 250)
    values = np.asarray(picture, dtype=np.float32) / 255 * (paper - ink) + ink
    slope = np.linspace(0, float(rng.uniform(-12, 0)), values.shape[1], dtype=np.float32)
    values = values + slope + rng.normal(0, rng.uniform(2, 7), values.shape)
    made = Image.fromarray(np.clip(values, 0, 255).astype(np.uint8), "L")
    out = io.BytesIO()
    made.save(out, "JPEG", quality=int(rng.integers(55, 85)))
    return made.width, made.height, out.getvalue()


def _pictures_only(pages: list[tuple[float, float, tuple[int, int, bytes]]]) -> bytes:
    bodies = [b"<</Type/Catalog/Pages 2 0 R>>", b""]
    kids = []
    for width, height, (columns, rows, picture) in pages:
        at = len(bodies) + 1
        kids.append(b"%d 0 R" % at)
        draw = b"q %.3f 0 0 %.3f 0 0 cm /Im0 Do Q" % (width, height)
        bodies += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %.3f %.3f]/Contents %d 0 R"
            b"/Resources<</XObject<</Im0 %d 0 R>>>>>>" % (width, height, at + 1, at + 2),
            b"<</Length %d>>\nstream\n%s\nendstream" % (len(draw), draw),
            b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace/DeviceGray"
            b"/BitsPerComponent 8/Filter/DCTDecode/Length %d>>\nstream\n%s\nendstream"
            % (columns, rows, len(picture), picture),
        ]
    bodies[1] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    return assemble(bodies)
