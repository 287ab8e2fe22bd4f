"""Levels, changes, ranks and derived values, computed from observations."""
