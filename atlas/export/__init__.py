"""Figures out of the dashboard: images and tables."""

from atlas.export.image import ExportError, failure_image, image
from atlas.export.tables import csv_bytes, workbook_bytes

__all__ = ["ExportError", "csv_bytes", "failure_image", "image", "workbook_bytes"]
