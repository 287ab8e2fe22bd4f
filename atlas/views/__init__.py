"""Complete figures: each view takes a Desk and a choice, and returns a Figure or None."""

from atlas.views.cards import Card, card, cards_of_theme
from atlas.views.comparison import comparison_figures
from atlas.views.corridors import corridor_across, corridor_figure, corridor_table
from atlas.views.curves import curve_figure
from atlas.views.desk import Desk
from atlas.views.maps import MapChoice, map_figure, ranking_figure
from atlas.views.tables import figures_table, territory_table

__all__ = ["Card", "Desk", "MapChoice", "card", "cards_of_theme", "comparison_figures",
           "corridor_across", "corridor_figure", "corridor_table", "curve_figure",
           "figures_table", "map_figure", "ranking_figure", "territory_table"]
