"""Dossiers and territories as ordered sections of figures."""
