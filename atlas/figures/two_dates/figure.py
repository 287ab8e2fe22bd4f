"""Two dates of one indicator: both maps on one scale, and the map of what lies between them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.choropleth import choropleth
from atlas.figures.common.class_scale import ClassScale, colour_ramp, scale_legend
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.map_labels import map_names
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_mapped, check_period
from atlas.figures.common.specification import to_spec
from atlas.figures.common.style import class_of, mix_colours, palette
from atlas.figures.common.value_expressions import ChangeExpressions, Classes
from atlas.figures.map import texts as map_texts
from atlas.figures.map.classes import adapted_scale, classified_values
from atlas.figures.map.lonely import check_several
from atlas.figures.map.request import MapRequest
from atlas.figures.map.texts import LEVELS
from atlas.figures.two_dates import texts
from atlas.figures.two_dates.chart import HEAD, PairExpressions, two_maps
from atlas.figures.two_dates.findings import two_dates_findings
from atlas.figures.two_dates.request import EvolutionRequest, TwoDatesRequest, TwoMapsRequest
from atlas.figures.two_dates.rows import (
    CLASSES_PER_SIGN,
    DATES,
    change_bounds,
    levels_until,
    shades,
    slim_changes,
    slim_levels,
    two_dates_rows,
)
from atlas.values import Table

ABSENT = "une des deux dates manque"
# Pixels: height on a screen, width of one map of two in an image.
HEIGHT_PX, WIDTH_PX = 470, 320


def two_maps_figure(context: FigureContext, request: TwoMapsRequest) -> Figure | None:
    """Both maps in one drawing; None when no shapes were ever prepared. Raises RequestError."""
    _check(context, request)
    return draw_two_maps(context, request)


def draw_two_maps(
    context: FigureContext, request: TwoMapsRequest, only: Sequence[str] = ()
) -> Figure | None:
    """The same of some territories of the level. only: their codes; all of them when empty."""
    if context.shapes is None:
        return None
    indicator = context.settings.indicators[request.indicator]
    rows = two_dates_rows(context, request, only).sort_values(
        "after", ascending=False, kind="stable"
    )
    scale = _scale(context, request, rows)
    heads = pd.DataFrame({"place": [0, 1], "text": texts.dates(context, request)})
    chart = two_maps(
        slim_levels(rows, scale),
        heads,
        **_chart_arguments(context, request),
        labels=request.territory != "FR",
        classes=scale.drawing_classes,
        expressions=PairExpressions(".1f", f"{french.NBSP}%", secrets=_any_secret(rows)),
        some=bool(only),
    )
    what = texts.two_maps_title(context, request)
    return Figure(
        **_texts(context, request, rows, rows, what=what),
        spec=to_spec(chart, context.style),
        key=_key(context, request, "deux-dates"),
        lecture=texts.two_maps_lecture(context, request, rows),
        height=HEIGHT_PX,
        ratio=_ratio(context, request, HEAD),
        panels=2,
        legend_title=_levels_title(request, indicator.label, scale),
        legend=(
            *_legend(context, rows, scale),
            *_outside(context, request, some=bool(only)),
        ),
    )


def evolution_figure(context: FigureContext, request: EvolutionRequest) -> Figure | None:
    """The map of the changes, whose table holds those alone that are known; None without shapes,
    or when none is. Raises RequestError."""
    _check(context, request)
    rows = two_dates_rows(context, request).sort_values("change", ascending=False, kind="stable")
    if context.shapes is None or rows["change"].isna().all():
        return None
    bounds = change_bounds(rows["change"])
    below, above = _two_hues(context, CLASSES_PER_SIGN)
    colours = [*below, *above, mix_colours(context.style.neutral, context.style.muted, 0.45)]
    chart = choropleth(
        slim_changes(rows, bounds),
        **_chart_arguments(context, request),
        names=map_names(context, request.territory, request.level),
        classes=Classes(list(range(1, len(colours))), colours, "shade"),
        expressions=ChangeExpressions(".1f", "", "", _absent(rows), still=len(bounds) + 1),
    )
    what = texts.evolution_title(context, request)
    return Figure(
        **_texts(context, request, rows, rows[rows["change"].notna()], what=what),
        spec=to_spec(chart, context.style),
        key=_key(context, request, "evolution"),
        lecture=texts.evolution_lecture(context, request, rows),
        height=HEIGHT_PX,
        ratio=_ratio(context, request),
        legend_title="Évolution (en points)",
        legend=_change_legend(context, request, rows, bounds, colours),
    )


def _check(context: FigureContext, request: TwoMapsRequest | EvolutionRequest) -> None:
    """What only two dates can refuse; raises RequestError."""
    check_period(request.period)
    if not request.compared_to:
        raise RequestError("il manque la première des deux dates (compared_to)")
    check_period(request.compared_to)
    before, after = texts.reference_periods(context, request)
    if periods.months_between(before, after) <= 0:
        raise RequestError(
            f"la première date, « {request.compared_to} », doit précéder la seconde, "
            f"« {request.period} »"
        )
    check_mapped(context, request, request.territory)
    level = MapRequest(
        indicator=request.indicator, level=request.level, territory=request.territory
    )
    check_several(context, level)


def _two_hues(context: FigureContext, side: int) -> tuple[list[str], list[str]]:
    """So many colours on each side of zero, without the pale one between, which has no sign."""
    read = palette(context.style.diverging, 2 * side + 1)
    return read[:side], read[side + 1 :]


def two_dates_text(context: FigureContext, request: TwoDatesRequest) -> str:
    """What both dates cover, and where the territory selected stands at each."""
    rows = two_dates_rows(context, request)
    said = (texts.coverage(context, request, rows), texts.highlighted_text(context, request, rows))
    return " ".join(text for text in said if text)


def table_of_two_dates(context: FigureContext, request: TwoDatesRequest) -> Table:
    """The values of both dates, for a page that has no shapes to draw."""
    rows = two_dates_rows(context, request).sort_values("after", ascending=False, kind="stable")
    return texts.two_dates_table(context, request, rows)


def _chart_arguments(context: FigureContext, request: TwoDatesRequest) -> dict[str, Any]:
    """What both charts draw alike."""
    assert context.shapes
    return {
        "shapes": alt.UrlData(url=context.shapes.url(request.territory)),
        "style": context.style,
        "bounds": context.shapes.views[request.territory].bounds,
        "level": request.level,
        "selected": request.highlighted,
    }


def _ratio(context: FigureContext, request: TwoDatesRequest, head: int = 0) -> float:
    """Of one map with what is written over it, in pixels."""
    assert context.shapes
    left, bottom, right, top = context.shapes.views[request.territory].bounds
    ratio = max(0.95, (right - left) / (top - bottom))
    return WIDTH_PX / (WIDTH_PX / ratio + head)


def _texts(
    context: FigureContext,
    request: TwoDatesRequest,
    rows: pd.DataFrame,
    told: pd.DataFrame,
    *,
    what: str,
) -> dict[str, Any]:
    """What both figures say alike. told: the rows that the figure shows; what: said in full under a
    finding."""
    by = f"Par {LEVELS[request.level][0]}"
    level = MapRequest(
        indicator=request.indicator,
        level=request.level,
        period=request.period,
        territory=request.territory,
    )
    sources = pd.concat(
        [
            texts.levels_of(told),
            told[["change_source", "change_page"]].set_axis(["source", "page"], axis=1),
        ],
        ignore_index=True,
    ).fillna("")
    return {
        "title": request.title or what,
        "findings": () if request.title else two_dates_findings(context, request, rows),
        "subtitle": f"{what}. {by}" if request.title else by,
        "alt": texts.alt_text(what, context, request, rows),
        "steady_alt": f"Deux dates. {map_texts.steady_alt(context, level)}",
        "champ": map_texts.champ(context, level),
        "note": " ".join(
            text
            for text in (
                texts.note(context, request, told),
                captions.SECRECY if _any_secret(rows) else "",
            )
            if text
        ),
        "source": captions.source_line(context, sources, shapes=True),
        "sources": captions.source_keys(sources),
        "table": texts.two_dates_table(context, request, told),
        "fictitious": context.dataset.fictitious,
    }


def _key(context: FigureContext, request: TwoDatesRequest, what: str) -> str:
    indicator = context.settings.indicators[request.indicator]
    before, after = texts.reference_periods(context, request)
    parts = [
        french.slug(indicator.label),
        "" if request.level == "departements" else request.level,
        context.territories[request.highlighted].slug if request.highlighted else "",
        what,
    ]
    name = "_".join(part for part in parts if part)
    return f"{context.territories[request.territory].slug}_{before}_{after}_{name}"


def _scale(context: FigureContext, request: TwoMapsRequest, rows: pd.DataFrame) -> ClassScale:
    """One for both maps, and for every pair up to `classes_until`."""
    fixed = context.settings.indicators[request.indicator].bounds
    ramp = colour_ramp(context.style.sequential)
    if request.classes == "fixed":
        return ClassScale(fixed, ramp)
    values = [value for date in DATES for value in classified_values(rows[f"{date}_level"])]
    if request.classes_until:
        values = [*values, *levels_until(context, request)]
    return adapted_scale(values, fixed, ramp)


def _levels_title(request: TwoMapsRequest, label: str, scale: ClassScale) -> str:
    adapted = ", classes adaptées aux deux cartes" if scale.adapted else ""
    return (
        f"{label} (en %){adapted} ; nombre de {LEVELS[request.level][1]} "
        "à la première puis à la seconde date"
    )


def _legend(
    context: FigureContext, rows: pd.DataFrame, scale: ClassScale
) -> tuple[LegendEntry, ...]:
    """One scale, and how many territories each class holds at each date."""
    held = [Counter(class_of(value, scale.bounds) for value in rows[date]) for date in DATES]
    tallies = [
        LegendEntry("", "", counts=(held[0][place], held[1][place]))
        for place in range(len(scale.bounds) + 1)
    ]
    entries = list(scale.legend(tallies, context.settings.display.class_labels))
    hidden = [_secret_count(rows, date) for date in DATES]
    absent = [held[i][None] - hidden[i] for i in (0, 1)]
    for label, counts, shade in (
        ("non publié", absent, context.style.neutral),
        (french.SECRET, hidden, context.style.hidden),
    ):
        if any(counts):
            entries.append(LegendEntry(label, shade, hatched=True, counts=(counts[0], counts[1])))
    return tuple(entries)


def _change_legend(
    context: FigureContext,
    request: TwoDatesRequest,
    rows: pd.DataFrame,
    bounds: list[float],
    colours: list[str],
) -> tuple[LegendEntry, ...]:
    held = Counter(shades(rows, bounds).dropna())
    still = len(bounds) + 1
    tallies = [LegendEntry("", "", count=held[place]) for place in range(still)]
    entries = list(scale_legend(bounds, colours, tallies, context.settings.display.class_labels))
    if held[still]:
        label = f"stable : {french.WITHIN_ROUNDING}"
        entries.append(LegendEntry(label, colours[still], count=held[still]))
    if missing := int(rows["change"].isna().sum()):
        entries.append(
            LegendEntry(_absent(rows), context.style.neutral, hatched=True, count=missing)
        )
    return (*entries, *_outside(context, request))


def _any_secret(rows: pd.DataFrame) -> bool:
    return any(_secret_count(rows, date) for date in DATES)


def _secret_count(rows: pd.DataFrame, date: str) -> int:
    return sum(value.status == "secret" for value in rows[f"{date}_level"])


def _absent(rows: pd.DataFrame) -> str:
    """Why a change is not known."""
    return f"{ABSENT} ou est sous {french.SECRET}" if _any_secret(rows) else ABSENT


def _outside(
    context: FigureContext, request: TwoDatesRequest, *, some: bool = False
) -> list[LegendEntry]:
    if request.territory == "FR" and not some:
        return []
    where = "comparaison" if some else "région"
    return [LegendEntry(f"hors de la {where}", context.style.neutral)]
