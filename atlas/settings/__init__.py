"""config.yaml, config/ and YAML files of data/ → typed, frozen settings, or a list of problems."""

from atlas.settings.base import Level, Measure
from atlas.settings.checks import (
    CHOICE_PREFIX,
    Checks,
    Denominator,
    Effect,
    Inclusion,
    MeanRate,
    Ratio,
    Review,
    StockFlow,
    Tolerance,
)
from atlas.settings.comparisons import (
    PAIRED,
    USES,
    Annotation,
    Comparison,
    ComparisonSpec,
    Group,
    Layout,
    Scales,
    Target,
)
from atlas.settings.data_revisions import DataRevision
from atlas.settings.dossiers import Block, Contact, Dossier, FigureRef, Quote
from atlas.settings.import_profiles import ImportProfile, ProfileColumn
from atlas.settings.logo import read_logo
from atlas.settings.models import (
    CONFIG_FILES,
    Brand,
    Corridor,
    Format,
    Indicator,
    Milestone,
    Settings,
    Source,
    Theme,
)
from atlas.settings.office_templates import OfficeTemplate, OfficeTemplates
from atlas.settings.reading import (
    lines_of_settings,
    read_data_revisions,
    read_milestones,
    read_reviews,
    read_settings,
    read_sources,
    refusals,
)
from atlas.settings.secrecy import SecrecyRule

__all__ = [
    "CHOICE_PREFIX",
    "CONFIG_FILES",
    "PAIRED",
    "USES",
    "Annotation",
    "Scales",
    "Block",
    "Brand",
    "Checks",
    "ProfileColumn",
    "ComparisonSpec",
    "Comparison",
    "Contact",
    "Corridor",
    "DataRevision",
    "Denominator",
    "Dossier",
    "FigureRef",
    "Format",
    "Group",
    "Indicator",
    "Layout",
    "Tolerance",
    "Level",
    "Measure",
    "MeanRate",
    "Milestone",
    "OfficeTemplate",
    "OfficeTemplates",
    "Quote",
    "Ratio",
    "ImportProfile",
    "Effect",
    "Inclusion",
    "Review",
    "SecrecyRule",
    "Settings",
    "Source",
    "StockFlow",
    "Target",
    "Theme",
    "lines_of_settings",
    "read_data_revisions",
    "read_logo",
    "read_milestones",
    "read_reviews",
    "read_settings",
    "read_sources",
    "refusals",
]
