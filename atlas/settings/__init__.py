"""config.yaml and the other YAML files → typed, frozen settings, or a list of problems."""

from atlas.settings.base import Level, Measure
from atlas.settings.checking import Checks, Leeway, Ratio, Review
from atlas.settings.comparisons import (
    PAIRED,
    USES,
    Annotation,
    Axis,
    Compared,
    Comparison,
    Group,
    Layout,
    Target,
)
from atlas.settings.logo import read_logo
from atlas.settings.models import Brand, Corridor, Format, Indicator, Milestone, Settings, Source
from atlas.settings.publications import Block, Dossier, FigureRef
from atlas.settings.reading import (
    read_milestones,
    read_reviews,
    read_settings,
    read_sources,
    refusals,
)
from atlas.settings.recipes import Column, Recipe
from atlas.settings.secrecy import SecrecyRule

__all__ = [
    "PAIRED",
    "USES",
    "Annotation",
    "Axis",
    "Block",
    "Brand",
    "Checks",
    "Column",
    "Compared",
    "Comparison",
    "Corridor",
    "Dossier",
    "FigureRef",
    "Format",
    "Group",
    "Indicator",
    "Layout",
    "Leeway",
    "Level",
    "Measure",
    "Milestone",
    "Ratio",
    "Recipe",
    "Review",
    "SecrecyRule",
    "Settings",
    "Source",
    "Target",
    "read_logo",
    "read_milestones",
    "read_reviews",
    "read_settings",
    "read_sources",
    "refusals",
]
