"""Figures out of the dashboard: images and tables."""

from atlas.export.image import ExportError, image
from atlas.export.tables import csv_bytes, workbook_bytes

__all__ = ["ExportError", "csv_bytes", "image", "workbook_bytes"]
