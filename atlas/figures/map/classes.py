"""The classes of a map: bounds, colours, legend, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import pandas as pd

from atlas import french
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import LegendEntry
from atlas.figures.common.style import class_labels, class_of, palette
from atlas.figures.common.value_expressions import Classes
from atlas.figures.map.request import MapRequest
from atlas.figures.map.texts import LEVELS, legend_title
from atlas.indicators.classes import ClassMethod, class_bounds
from atlas.values import Value

# Round bounds of the changes and of the gaps, in points; zero separates the two hues.
DIVERGING_BOUNDS = [-6.0, -3.0, 0.0, 3.0, 6.0]
CLASS_METHODS: dict[ClassMethod, str] = {
    "fixed": "Bornes fixes",
    "quantiles": "Quantiles",
    "natural": "Seuils naturels",
    "equal": "Amplitudes égales",
}
_METHOD_TEXTS: dict[ClassMethod, str] = {
    "fixed": "les mêmes pour toutes les cartes et toutes les dates",
    "quantiles": "autant de territoires dans chacune, autant que les égalités le permettent",
    "natural": "celles où les valeurs se ressemblent le plus (méthode de Fisher et Jenks)",
    "equal": "de même largeur, de la plus petite valeur à la plus grande",
}
# Fewer territories with a figure than this are not said to be concentrated.
MIN_TERRITORIES, CONCENTRATED_SHARE = 5, 0.8


def classes_of(context: FigureContext, request: MapRequest, rows: pd.DataFrame) -> Classes:
    """Bounds and colours for the rows of `map_rows`."""
    if request.measure != "value":
        bounds, colours = DIVERGING_BOUNDS, context.style.diverging
    else:
        fixed = context.settings.indicators[request.indicator].bounds
        bounds, colours = (
            class_bounds(rows["shown"], request.classes, fixed),
            context.style.sequential,
        )
    return Classes(bounds, palette(colours, len(bounds) + 1))


def method_text(method: ClassMethod) -> str:
    """How a method makes classes: what follows its name."""
    return _METHOD_TEXTS[method]


def classes_note(request: MapRequest, rows: pd.DataFrame) -> str:
    """How classes were made that are not the fixed ones, which go without saying."""
    if request.classes == "fixed":
        return ""
    known, (one, many) = int((~rows["missing"]).sum()), LEVELS[request.level]
    whose = f"des {known} {many}" if known > 1 else f"de {known} {one}"
    return (
        f"Classes : {CLASS_METHODS[request.classes].lower()}, {_METHOD_TEXTS[request.classes]}, "
        f"d’après les valeurs {whose} de cette carte ; une couleur n’a pas le même sens à une "
        "autre date."
    )


def classes_title(context: FigureContext, request: MapRequest) -> str:
    """What the colours measure, and the classes when they are not the fixed ones."""
    title = legend_title(context, request)
    return (
        title
        if request.classes == "fixed"
        else f"{title}, {CLASS_METHODS[request.classes].lower()}"
    )


def concentration_warning(context: FigureContext, request: MapRequest, rows: pd.DataFrame) -> str:
    """A warning when one class holds more than 80 % of the territories that have a figure."""
    bounds = classes_of(context, request, rows).bounds
    known = Counter(class_of(value, bounds) for value in rows["shown"].dropna())
    if known.total() < MIN_TERRITORIES or max(known.values()) <= CONCENTRATED_SHARE * known.total():
        return ""
    return (
        "Plus de 80 % des territoires sont dans la même classe : la carte distingue peu. "
        "Le classement et le tableau disent les écarts."
    )


def lies_in_several(value: Value, bounds: Sequence[float]) -> bool:
    """True of a range whose two ends are not in the same class, so that it has none."""
    return value.reach is not None and len({class_of(end, bounds) for end in value.reach}) > 1


def map_legend(
    context: FigureContext, request: MapRequest, rows: pd.DataFrame, classes: Classes
) -> tuple[LegendEntry, ...]:
    """Every class with how many territories it holds, then those without a figure."""
    is_open = [lies_in_several(value, classes.bounds) for value in rows["shown_value"]]
    held = Counter(class_of(value, classes.bounds) for value in rows["shown"].mask(is_open))
    labels = class_labels(classes.bounds)
    entries = [
        LegendEntry(label, colour, count=held[i])
        for i, (label, colour) in enumerate(zip(labels, classes.colours, strict=True))
    ]
    hidden = int(rows["secret"].sum())
    if hidden:
        entries.append(LegendEntry(french.SECRET, context.style.hidden, hatched=True, count=hidden))
    if any(is_open):
        entries.append(
            LegendEntry(
                "entre plusieurs classes",
                context.style.open_class,
                hatched=True,
                count=sum(is_open),
            )
        )
    missing = held[None] - hidden - sum(is_open)
    if missing:
        entries.append(
            LegendEntry("non publié", context.style.neutral, hatched=True, count=missing)
        )
    if request.territory != "FR":
        entries.append(LegendEntry("hors de la région", context.style.neutral))
    return tuple(entries)
