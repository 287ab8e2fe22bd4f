"""data/<year>.csv → one checked frame, or every problem of every file."""

from atlas.observations.checks import COLUMNS, KnownKeys
from atlas.observations.reading import empty, read_year, typed

__all__ = ["COLUMNS", "KnownKeys", "empty", "read_year", "typed"]
