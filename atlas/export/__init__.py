"""Figures out of the dashboard: images and tables."""

from atlas.export.image import KINDS, ExportError, Kind, caption_text, image
from atlas.export.page_layout import Options
from atlas.export.provenance import Provenance, UnknownImage, provenance_in
from atlas.export.tables import csv_bytes, workbook_bytes

__all__ = [
    "KINDS",
    "ExportError",
    "Kind",
    "Options",
    "Provenance",
    "UnknownImage",
    "caption_text",
    "csv_bytes",
    "image",
    "provenance_in",
    "workbook_bytes",
]
