"""Charts: frame in, Altair chart out. Pure: nothing is drawn, read or changed here."""

from atlas.charts.bars import ranked_bars
from atlas.charts.choropleth import choropleth
from atlas.charts.corridors import corridor_bars, corridor_groups
from atlas.charts.curve import curve
from atlas.charts.figure import INVENTED, Figure, Numbers, Plot, Series, Swatch
from atlas.charts.scales import Classes, Wording
from atlas.charts.style import Style, as_printed, class_of, palette, to_spec

__all__ = ["INVENTED", "Classes", "Figure", "Numbers", "Plot", "Series", "Style", "Swatch",
           "Wording", "as_printed", "choropleth", "class_of", "corridor_bars", "corridor_groups",
           "curve", "palette", "ranked_bars", "to_spec"]
