"""Levels, changes, ranks and derived values, computed from the frame of figures."""

from atlas.indicators.choice import best, others, rank_sources
from atlas.indicators.derivation import derive, is_restated
from atlas.indicators.peers import nearest, populations
from atlas.indicators.ranking import Rank, published_rank, rank
from atlas.indicators.snapshot import (
    by_corridor,
    corridor_total,
    history,
    periods,
    snapshot,
)

__all__ = [
    "Rank",
    "best",
    "by_corridor",
    "corridor_total",
    "derive",
    "history",
    "is_restated",
    "nearest",
    "others",
    "periods",
    "populations",
    "published_rank",
    "rank",
    "rank_sources",
    "snapshot",
]
