"""Measurements of OCR: its time beside RapidOCR's own call, and what was tried."""
