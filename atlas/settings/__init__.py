"""config.yaml and the other YAML files → typed, frozen settings, or a list of problems."""

from atlas.settings.models import (
    Block,
    Comparison,
    Corridor,
    Dossier,
    FigureRef,
    Indicator,
    Milestone,
    Settings,
    Source,
)
from atlas.settings.reading import read_milestones, read_settings, read_sources

__all__ = [
    "Block",
    "Comparison",
    "Corridor",
    "Dossier",
    "FigureRef",
    "Indicator",
    "Milestone",
    "Settings",
    "Source",
    "read_milestones",
    "read_settings",
    "read_sources",
]
