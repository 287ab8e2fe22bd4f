"""Levels, changes, ranks and derived values, computed from the frame of figures."""

from atlas.indicators.choice import best, others, rank_sources
from atlas.indicators.derivation import derive, is_restated
from atlas.indicators.snapshot import by_corridor, coverage, history, periods, snapshot

__all__ = ["best", "by_corridor", "coverage", "derive", "history", "is_restated", "others",
           "periods", "rank_sources", "snapshot"]
