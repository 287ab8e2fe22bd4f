"""data/<year>.csv → one checked frame, or every problem of every file."""

from atlas.figures.checks import COLUMNS, Vocabulary
from atlas.figures.reading import empty, read_year, typed

__all__ = ["COLUMNS", "Vocabulary", "empty", "read_year", "typed"]
