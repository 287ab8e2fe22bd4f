"""The classes of a map: bounds, colours, legend, and what is said of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from atlas import french
from atlas.figures.common.class_scale import ClassScale, colour_ramp
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import LegendEntry
from atlas.figures.common.style import as_printed, class_of
from atlas.figures.map.request import MapRequest
from atlas.figures.map.texts import LEVELS, legend_title
from atlas.indicators.classes import ClassMethod, class_bounds
from atlas.indicators.round_classes import auto_signed_bounds, round_ends
from atlas.values import Value

# Round bounds of the changes and of the gaps, in points; zero separates the two hues.
DIVERGING_BOUNDS = [-6.0, -3.0, 0.0, 3.0, 6.0]
CLASS_METHODS: dict[ClassMethod, str] = {
    "auto": "Classes adaptées à la carte",
    "fixed": "Bornes fixes",
    "quantiles": "Quantiles",
    "natural": "Seuils naturels",
    "equal": "Amplitudes égales",
}
# The methods that are compared with one another: auto is one of them, or round bounds.
COMPARED_METHODS: tuple[ClassMethod, ...] = ("fixed", "quantiles", "natural", "equal")
_METHOD_TEXTS: dict[ClassMethod, str] = {
    "auto": "les bornes fixes quand elles distinguent les territoires, sinon des bornes rondes",
    "fixed": "les mêmes pour toutes les cartes et toutes les dates",
    "quantiles": "autant de territoires dans chacune, autant que les égalités le permettent",
    "natural": "celles où les valeurs se ressemblent le plus (méthode de Fisher et Jenks)",
    "equal": "de même largeur, de la plus petite valeur à la plus grande",
}
# Fewer territories with a figure than this are not said to be concentrated.
MIN_TERRITORIES, CONCENTRATED_SHARE = 5, 0.8


def classes_of(context: FigureContext, request: MapRequest, rows: pd.DataFrame) -> ClassScale:
    """Bounds and colours for the rows of `map_rows`."""
    values = classified_values(rows["shown_value"])
    if request.measure != "value":
        ramp, fixed = colour_ramp(context.style.diverging), DIVERGING_BOUNDS
        bounds = auto_signed_bounds(values, fixed) if request.classes == "auto" else fixed
        return ClassScale(bounds, ramp, adapted=bounds != fixed)
    fixed = context.settings.indicators[request.indicator].bounds
    ramp = colour_ramp(context.style.sequential)
    if request.classes == "auto":
        return adapted_scale(values, fixed, ramp)
    return ClassScale(class_bounds(rows["shown"], request.classes, fixed), ramp)


def adapted_scale(
    values: Sequence[float], fixed: Sequence[float], ramp: Sequence[str]
) -> ClassScale:
    """The fixed bounds where they tell the values apart, else round ones, with their ends."""
    bounds = class_bounds(values, "auto", fixed)
    if bounds == list(fixed):
        return ClassScale(bounds, ramp)
    return ClassScale(bounds, ramp, round_ends(values, bounds), adapted=True)


def classified_values(values: Iterable[Value]) -> list[float]:
    """The numbers that classes are to hold, rounded as printed: both ends of a range."""
    numbers = list[float]()
    for value in values:
        if value.reach is not None:
            numbers.extend(as_printed(end) for end in value.reach)
        elif value.amount is not None:
            numbers.append(as_printed(value.amount))
    return numbers


def method_text(method: ClassMethod) -> str:
    """How a method makes classes: what follows its name."""
    return _METHOD_TEXTS[method]


def classes_note(request: MapRequest, rows: pd.DataFrame) -> str:
    """How classes were made by a method of statistics; the legend says of others that they are
    adapted, and fixed ones go without saying."""
    if request.classes in ("fixed", "auto"):
        return ""
    known, (one, many) = int((~rows["missing"]).sum()), LEVELS[request.level]
    whose = f"des {known} {many}" if known > 1 else f"de {known} {one}"
    return (
        f"Classes : {CLASS_METHODS[request.classes].lower()}, {_METHOD_TEXTS[request.classes]}, "
        f"d’après les valeurs {whose} de cette carte ; une couleur n’a pas le même sens à une "
        "autre date."
    )


def classes_title(context: FigureContext, request: MapRequest, scale: ClassScale) -> str:
    """What the colours measure, and the classes when they are not the fixed ones."""
    title = legend_title(context, request)
    if scale.adapted or request.classes not in ("fixed", "auto"):
        return f"{title}, {CLASS_METHODS[request.classes].lower()}"
    return title


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
    context: FigureContext, request: MapRequest, rows: pd.DataFrame, classes: ClassScale
) -> tuple[LegendEntry, ...]:
    """The classes in use with how many territories each holds, then those without a figure."""
    is_open = [lies_in_several(value, classes.bounds) for value in rows["shown_value"]]
    held = Counter(class_of(value, classes.bounds) for value in rows["shown"].mask(is_open))
    tallies = [LegendEntry("", "", count=held[place]) for place in range(len(classes.bounds) + 1)]
    entries = list(classes.legend(tallies, context.settings.display.class_labels))
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
    if context.shapes is not None and context.shapes.neighbours(request.territory):
        entries.append(LegendEntry("hors de la région", context.style.neutral))
    return tuple(entries)
