"""Complete figures and tables: each view takes a Desk and a choice."""

from pandas import DataFrame

from atlas.views.blocks import block_figure, block_table
from atlas.views.captions import source_text
from atlas.views.cards import Card, card, cards_of_theme
from atlas.views.comparison import comparison_figures
from atlas.views.corridors import corridor_across, corridor_figure, corridor_table
from atlas.views.curves import curve_figure
from atlas.views.desk import Desk
from atlas.views.map_words import MapChoice, coverage_text
from atlas.views.maps import concentration_warning, map_figure, map_values, ranking_figure
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
from atlas.views.tables import (
    coverage_table,
    figures_file,
    figures_table,
    sources_table,
    territory_table,
    workbook_sheets,
)

__all__ = [
    "Card", "DataFrame", "Desk", "MapChoice", "block_figure", "block_table", "card",
    "cards_of_theme", "comparison_figures", "concentration_warning", "corridor_across",
    "corridor_figure", "corridor_indicators", "corridor_periods", "corridor_table",
    "corridor_territories", "coverage_table", "coverage_text",
    "covered_indicators", "curve_figure", "figures_file", "figures_table", "fullest_period",
    "indicators_of_corridor", "map_codes", "map_figure", "map_periods", "map_values",
    "periods_of", "ranking_figure", "source_text", "sources_table", "territories_with_figures",
    "territory_table", "workbook_sheets",
]
