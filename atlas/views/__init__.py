"""Complete figures and tables: each view takes a Desk and a choice."""

from pandas import DataFrame

from atlas.views.captions import DERIVED_MARK, source_text
from atlas.views.cards import Card, card, cards_of_theme
from atlas.views.coherence import coherence_summary, coherence_table
from atlas.views.corridors import corridor_table
from atlas.views.coverage import (
    COVERAGE_LEVELS,
    STATES,
    CoverageChoice,
    coverage_corridors,
    coverage_file,
    coverage_levels,
    coverage_overview,
    coverage_periods,
    coverage_rows,
    coverage_start,
    coverage_table,
)
from atlas.views.coverage_grid import Grid, coverage_grid
from atlas.views.coverage_missing import (
    coverage_caisses,
    coverage_missing,
    coverage_sentence,
    coverage_sheets,
)
from atlas.views.desk import Desk
from atlas.views.figures import figure_of
from atlas.views.imports import (
    DOUBTS,
    HOLDS,
    NAMED,
    absent_names,
    examples,
    original_table,
    read_table,
    report_lines,
    seen_on_map,
)
from atlas.views.map_classes import SCALES, concentration_warning
from atlas.views.map_words import MapChoice, coverage_text
from atlas.views.maps import map_values
from atlas.views.notebook import TITLE, Note, figures_of, notebook_publication, titled
from atlas.views.options import (
    corridor_indicators,
    corridor_periods,
    corridor_territories,
    fullest_period,
    indicators_of_corridor,
    map_codes,
    map_periods,
    periods_of,
    territories_with_figures,
)
from atlas.views.peers import Peers
from atlas.views.portrait import Fact, Portrait, PortraitChoice, portrait_of
from atlas.views.portrait_options import (
    portrait_indicators,
    portrait_periods,
    portrait_start,
    portrait_territories,
)
from atlas.views.publication import (
    THEMES,
    Publication,
    Section,
    dossier_publication,
    territory_publication,
)
from atlas.views.relief import (
    Relief,
    overseas,
    relief_indicators,
    relief_of,
    relief_periods,
    relief_start,
)
from atlas.views.requests import (
    Drawing,
    FigureRequest,
    RequestError,
    map_request,
    pair_request,
)
from atlas.views.scales import ScaleReading, scale_lecture, scale_readings, scale_table
from atlas.views.tables import (
    figures_file,
    figures_table,
    sources_table,
    territory_table,
    workbook_sheets,
)
from atlas.views.two_dates import pair_table_of, pair_text
from atlas.views.two_dates_options import NO_CHANGE, first_pair, no_pair_text, pair_periods
from atlas.views.two_dates_words import PairChoice

__all__ = [
    "COVERAGE_LEVELS",
    "DERIVED_MARK",
    "DOUBTS",
    "HOLDS",
    "NAMED",
    "NO_CHANGE",
    "SCALES",
    "STATES",
    "THEMES",
    "TITLE",
    "Card",
    "CoverageChoice",
    "DataFrame",
    "Desk",
    "Drawing",
    "Fact",
    "FigureRequest",
    "Grid",
    "MapChoice",
    "Note",
    "PairChoice",
    "Peers",
    "Portrait",
    "PortraitChoice",
    "Publication",
    "Relief",
    "RequestError",
    "ScaleReading",
    "Section",
    "absent_names",
    "card",
    "cards_of_theme",
    "coherence_summary",
    "coherence_table",
    "concentration_warning",
    "corridor_indicators",
    "corridor_periods",
    "corridor_table",
    "corridor_territories",
    "coverage_caisses",
    "coverage_corridors",
    "coverage_file",
    "coverage_grid",
    "coverage_levels",
    "coverage_missing",
    "coverage_overview",
    "coverage_periods",
    "coverage_rows",
    "coverage_sentence",
    "coverage_sheets",
    "coverage_start",
    "coverage_table",
    "coverage_text",
    "dossier_publication",
    "examples",
    "figure_of",
    "figures_file",
    "figures_of",
    "figures_table",
    "first_pair",
    "fullest_period",
    "indicators_of_corridor",
    "map_codes",
    "map_periods",
    "map_request",
    "map_values",
    "no_pair_text",
    "notebook_publication",
    "original_table",
    "overseas",
    "pair_periods",
    "pair_request",
    "pair_table_of",
    "pair_text",
    "periods_of",
    "portrait_indicators",
    "portrait_of",
    "portrait_periods",
    "portrait_start",
    "portrait_territories",
    "read_table",
    "relief_indicators",
    "relief_of",
    "relief_periods",
    "relief_start",
    "report_lines",
    "scale_lecture",
    "scale_readings",
    "scale_table",
    "seen_on_map",
    "source_text",
    "sources_table",
    "territories_with_figures",
    "territory_publication",
    "territory_table",
    "titled",
    "workbook_sheets",
]
