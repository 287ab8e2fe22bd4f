"""config.yaml and the other YAML files → typed, frozen settings, or a list of problems."""

from atlas.settings.base import Level, Measure
from atlas.settings.models import Corridor, Indicator, Milestone, Settings, Source
from atlas.settings.publications import Block, Comparison, Dossier, FigureRef
from atlas.settings.reading import read_milestones, read_settings, read_sources

__all__ = ["Block", "Comparison", "Corridor", "Dossier", "FigureRef", "Indicator", "Level",
           "Measure", "Milestone", "Settings", "Source", "read_milestones", "read_settings",
           "read_sources"]
