"""Figures out of the dashboard: images, documents, tables, press kits."""
