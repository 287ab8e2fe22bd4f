"""config.yaml and the other YAML files → typed, frozen settings, or a list of problems."""

from atlas.settings.base import Level, Measure
from atlas.settings.checking import Checks, Leeway, Ratio, Review
from atlas.settings.logo import read_logo
from atlas.settings.models import Brand, Corridor, Format, Indicator, Milestone, Settings, Source
from atlas.settings.publications import Block, Comparison, Dossier, FigureRef
from atlas.settings.reading import (
    read_milestones,
    read_reviews,
    read_settings,
    read_sources,
)
from atlas.settings.recipes import Recipe

__all__ = ["Block", "Brand", "Checks", "Comparison", "Corridor", "Dossier", "FigureRef", "Format",
           "Indicator", "Leeway", "Level", "Measure", "Milestone", "Ratio", "Recipe", "Review",
           "Settings", "Source", "read_logo", "read_milestones", "read_reviews", "read_settings",
           "read_sources"]
