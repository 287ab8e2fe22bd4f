"""Complete figures and tables: each view takes a Desk and a choice."""

from pandas import DataFrame

from atlas.views.captions import source_text
from atlas.views.cards import Card, card, cards_of_theme
from atlas.views.coherence import coherence_summary, coherence_table
from atlas.views.corridors import corridor_table
from atlas.views.desk import Desk
from atlas.views.map_words import MapChoice, coverage_text
from atlas.views.maps import concentration_warning, map_values
from atlas.views.options import (
    corridor_indicators,
    corridor_periods,
    corridor_territories,
    covered_indicators,
    fullest_period,
    indicators_of_corridor,
    map_codes,
    map_periods,
    periods_of,
    territories_with_figures,
)
from atlas.views.publication import (
    THEMES,
    Publication,
    Section,
    dossier_publication,
    territory_publication,
)
from atlas.views.requests import FigureRequest, RequestError, figure_of, map_request
from atlas.views.tables import (
    coverage_table,
    figures_file,
    figures_table,
    sources_table,
    territory_table,
    workbook_sheets,
)

__all__ = [
    "THEMES", "Card", "DataFrame", "Desk", "FigureRequest", "MapChoice", "Publication",
    "RequestError", "Section", "card", "cards_of_theme", "coherence_summary",
    "coherence_table", "concentration_warning",
    "corridor_indicators", "corridor_periods", "corridor_table", "corridor_territories",
    "coverage_table", "coverage_text", "covered_indicators", "dossier_publication", "figure_of",
    "figures_file", "figures_table", "fullest_period", "indicators_of_corridor", "map_codes",
    "map_periods", "map_request", "map_values", "periods_of", "source_text", "sources_table",
    "territories_with_figures", "territory_publication", "territory_table", "workbook_sheets",
]
