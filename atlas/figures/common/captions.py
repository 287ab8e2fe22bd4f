"""The words around a figure: titles, Lecture, Source, and where a value comes from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pandas as pd

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.settings import Indicator, Source
from atlas.settings.models import SourceGrade
from atlas.values import Value

SECRECY = (
    "Les valeurs sous secret statistique, qui portent sur trop peu d’unités ou "
    "permettraient d’en retrouver d’autres, ne sont pas montrées."
)
#: What a grade of sources is called.
GRADE_LABELS: dict[SourceGrade, str] = {
    "producer": "Producteur",
    "relay": "Relais",
    "press": "Presse",
    "undated": "Sans date",
    "fictitious": "Fictif",
}
_MARKED_GRADES = ("relay", "press")
# What introduces a month and a day, by the length of their code; a year depends on the measure.
_JOINTS = {7: "en ", 10: "le "}


def source_text(source: Source, page: str = "") -> str:
    """« ARS Nouvelle-Aquitaine, 6 février 2026, Annexe 1 », « Egora (presse), 30 janvier 2026 ».

    A producer goes without saying, and an undated document says so where its date would be.
    """
    date = periods.label(source.published) if source.published else "sans date"
    mark = f" ({GRADE_LABELS[source.grade].lower()})" if source.grade in _MARKED_GRADES else ""
    return ", ".join(part for part in (f"{source.publisher}{mark}", date, page) if part)


def source_line(context: FigureContext, rows: pd.DataFrame, *, shapes: bool = False) -> str:
    """The sources of the rows, each once, and the origin of the outlines for a map."""
    pairs = rows.loc[rows["source"] != "", ["source", "page"]].drop_duplicates()
    pages: dict[str, list[str]] = {}
    for source, page in pairs.itertuples(index=False):
        pages.setdefault(source, []).append(page)
    texts = [
        source_text(context.dataset.sources[key], found[0] if len(found) == 1 else "")
        for key, found in pages.items()
    ]
    if len(texts) > 4:
        texts = [*texts[:3], f"et {len(texts) - 3} autres documents"]
    credit = f"Contours : {context.shapes.credit}" if shapes and context.shapes else ""
    parts = [" ; ".join(texts), credit]
    return " ".join(f"{part}." for part in parts if part)


def source_keys(rows: pd.DataFrame) -> tuple[str, ...]:
    """The sources of the rows, each once."""
    return tuple(key for key in dict.fromkeys(rows["source"]) if key)


def reading(
    context: FigureContext,
    indicator: Indicator,
    code: str,
    value: float,
    qualifier: str,
    reference_period: str,
    *,
    corridor: str = "",
    extra: str = "",
) -> str:
    """Note de lecture: « fin 2025, 41,7 % des profils … dans les Landes, soit … »."""
    place = context.territories[code].locative
    said = indicator.reading.format(
        value=french.format_with_unit(value, indicator, qualifier), place=place, corridor=corridor
    )
    if corridor and "{corridor}" not in indicator.reading:
        said += f" (couloir {corridor})"
    return f"{at(reference_period, indicator)}, {said}{extra}."


def at(reference_period: str, indicator: Indicator) -> str:
    """« en mars 2026 », « le 7 octobre 2024 », « fin 2025 » for a stock, « en 2025 » for a flow."""
    joint = _JOINTS.get(len(reference_period), "en " if indicator.accumulation == "flow" else "")
    return f"{joint}{periods.label(reference_period, indicator.accumulation)}"


def origin_text(context: FigureContext, value: Value, page: str = "") -> str:
    """Where one value comes from, for tooltips and tables; what is invented is never « publié ».

    Empty for a value that nobody gives; « secret statistique » for a secret one.
    """
    if value.amount is None:
        return french.SECRET if value.status == "secret" else ""
    if value.is_computed:
        return f"calculé : {value.derivation}"
    known = "fictif" if context.dataset.fictitious else "publié"
    if value.derivation:
        return f"{known} : {value.derivation}"
    return f"{known}, {page}" if page else known


def computed_note(context: FigureContext, codes: Iterable[str], values: Iterable[Value]) -> str:
    """« † Valeur calculée. Pyrénées-Atlantiques : moyenne simple… »; empty when none is.

    codes: the territory of each value.
    """
    computed = [
        (code, value.derivation)
        for code, value in zip(codes, values, strict=True)
        if value.is_computed
    ]
    if not computed:
        return ""
    names = [f"{context.territories[code].name} : {derivation}" for code, derivation in computed]
    if len({derivation for _, derivation in computed}) == 1 and len(names) > 2:
        names = [computed[0][1]]
    shown = names if len(names) <= 3 else [*names[:2], f"et {len(names) - 2} autres"]
    return f"{french.DERIVED_MARK} Valeur calculée. {french.capitalize_first(' ; '.join(shown))}."


def secrecy_note(values: Iterable[Value]) -> str:
    """What « secret statistique » means, once, when a value is secret; else empty."""
    return SECRECY if any(value.status == "secret" for value in values) else ""


def enumerate_names(context: FigureContext, codes: Iterable[str]) -> str:
    """Names of territories, in one French list."""
    return french.join_with_et(list(names_apart(context, codes).values()))


def names_apart(context: FigureContext, codes: Iterable[str]) -> dict[str, str]:
    """The name of each code; its label for those that share one, as La Réunion does."""
    places = [context.territories[code] for code in codes]
    count = Counter(place.name for place in places)
    return {place.code: place.name if count[place.name] == 1 else place.label for place in places}
