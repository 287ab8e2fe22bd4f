"""Territories compared, as pages and dossiers ask for it."""
