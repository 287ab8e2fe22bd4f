"""Charts: frame in, Altair chart out. Pure: nothing is drawn, read or changed here."""

from atlas.charts.bars import ranked_bars
from atlas.charts.choropleth import choropleth
from atlas.charts.corridors import corridor_bars, corridor_groups
from atlas.charts.curve import curve
from atlas.charts.dots import dots
from atlas.charts.figure import INVENTED, Figure, Numbers, Plot, Series, Swatch
from atlas.charts.grid import grid
from atlas.charts.labels import apart, window
from atlas.charts.lengths import lengths
from atlas.charts.multiples import multiples, multiples_height
from atlas.charts.scales import Classes, Printed, Wording
from atlas.charts.slope import slope, slope_height
from atlas.charts.strip import strip, strip_height
from atlas.charts.style import Style, as_printed, class_of, palette, to_spec
from atlas.charts.targets import target_levels, target_lines

__all__ = [
    "INVENTED",
    "Classes",
    "Figure",
    "Numbers",
    "Plot",
    "Printed",
    "Series",
    "Style",
    "Swatch",
    "Wording",
    "apart",
    "as_printed",
    "choropleth",
    "class_of",
    "corridor_bars",
    "corridor_groups",
    "curve",
    "dots",
    "grid",
    "lengths",
    "multiples",
    "multiples_height",
    "palette",
    "ranked_bars",
    "slope",
    "slope_height",
    "strip",
    "strip_height",
    "target_levels",
    "target_lines",
    "to_spec",
    "window",
]
