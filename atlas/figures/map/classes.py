"""The classes of a map: bounds, colours, legend, and what is said of them."""

from __future__ import annotations

from collections import Counter

import pandas as pd

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import LegendEntry
from atlas.figures.common.style import class_labels, class_of, palette
from atlas.figures.common.value_expressions import Classes
from atlas.figures.map.texts import LEVELS, MapChoice, legend_title
from atlas.indicators.classes import Scale, class_bounds

# Round bounds of the two diverging scales, in points; zero separates the two hues.
DIVERGING = [-6.0, -3.0, 0.0, 3.0, 6.0]
SCALES: dict[Scale, str] = {
    "fixed": "Bornes fixes",
    "quantiles": "Quantiles",
    "natural": "Seuils naturels",
    "equal": "Amplitudes égales",
}
_HOW: dict[Scale, str] = {
    "fixed": "les mêmes pour toutes les cartes et toutes les dates",
    "quantiles": "autant de territoires dans chacune, autant que les égalités le permettent",
    "natural": "celles où les valeurs se ressemblent le plus (méthode de Fisher et Jenks)",
    "equal": "de même largeur, de la plus petite valeur à la plus grande",
}
# Fewer territories with a figure than this are not said to be concentrated.
FEW, CONCENTRATED = 5, 0.8


def classes_of(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> Classes:
    """Bounds and colours for the rows of `map_values`."""
    if choice.measure != "value":
        bounds, colours = DIVERGING, context.style.diverging
    else:
        fixed = context.settings.indicators[choice.indicator].bounds
        bounds, colours = class_bounds(rows["shown"], choice.scale, fixed), context.style.sequential
    return Classes(bounds, palette(colours, len(bounds) + 1))


def how(scale: Scale) -> str:
    """How the classes of a scale are made: what follows its name."""
    return _HOW[scale]


def classes_note(choice: MapChoice, rows: pd.DataFrame) -> str:
    """How classes were made that are not the fixed ones, which go without saying."""
    if choice.scale == "fixed":
        return ""
    known, (one, many) = int((~rows["missing"]).sum()), LEVELS[choice.level]
    whose = f"des {known} {many}" if known > 1 else f"de {known} {one}"
    return (
        f"Classes : {SCALES[choice.scale].lower()}, {_HOW[choice.scale]}, d’après les valeurs "
        f"{whose} de cette carte ; une couleur n’a pas le même sens à une autre date."
    )


def scale_title(context: FigureContext, choice: MapChoice) -> str:
    """What the colours measure, and the classes when they are not the fixed ones."""
    title = legend_title(context, choice)
    return title if choice.scale == "fixed" else f"{title}, {SCALES[choice.scale].lower()}"


def concentration_warning(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> str:
    """A warning when one class holds more than 80 % of the territories that have a figure."""
    bounds = classes_of(context, choice, rows).bounds
    known = Counter(class_of(value, bounds) for value in rows["shown"].dropna())
    if known.total() < FEW or max(known.values()) <= CONCENTRATED * known.total():
        return ""
    return (
        "Plus de 80 % des territoires sont dans la même classe : la carte distingue peu. "
        "Le classement et le tableau disent les écarts."
    )


def map_legend(
    context: FigureContext, choice: MapChoice, rows: pd.DataFrame, classes: Classes
) -> tuple[LegendEntry, ...]:
    """Every class with how many territories it holds, then those without a figure."""
    held = Counter(class_of(value, classes.bounds) for value in rows["shown"])
    labels = class_labels(classes.bounds)
    entries = [
        LegendEntry(label, colour, count=held[i])
        for i, (label, colour) in enumerate(zip(labels, classes.colours, strict=True))
    ]
    hidden = int(rows["secret"].sum())
    if hidden:
        entries.append(LegendEntry(french.SECRET, context.style.hidden, hatched=True, count=hidden))
    missing = held[None] - hidden
    if missing:
        entries.append(
            LegendEntry("non publié", context.style.neutral, hatched=True, count=missing)
        )
    if choice.within != "FR":
        entries.append(LegendEntry("hors de la région", context.style.neutral))
    return tuple(entries)
