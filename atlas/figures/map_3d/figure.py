"""The map in relief: the values of the flat map, or counts, as heights."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.class_scale import ClassScale
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.figure_notes import with_notes_of_values
from atlas.figures.common.style import class_of
from atlas.figures.map import texts
from atlas.figures.map.classes import classes_of, classes_title, map_legend
from atlas.figures.map.request import MapRequest
from atlas.figures.map.rows import map_rows
from atlas.figures.map.texts import LEVELS
from atlas.figures.map_3d.chart import Deck, Scene, map_3d
from atlas.geometry import Outlines3D
from atlas.territories import KIND_OF_LEVEL

# A height alone compares with nothing.
MIN_TERRITORIES = 2
# Pixels. On a phone the drawing leaves room around it: a finger inside it moves the map.
MAX_HEIGHT_PX, MIN_HEIGHT_PX = 560, 300


@dataclass(frozen=True, eq=False)
class Map3D:
    """deck: None when no shapes were ever prepared. figure: title, legend, caption and table,
    without a drawing of its own.

    The request of the figure makes the flat map of the same values; a count has none.
    """

    deck: Deck | None
    figure: Figure


def map_3d_indicators(context: FigureContext, level: str) -> list[str]:
    """Rates of the map, then counts, that several territories of a level have at one period."""
    rates = context.settings.map_indicators
    counts = [key for key, kind in context.settings.indicators.items() if kind.kind == "count"]
    return [key for key in (*rates, *counts) if map_3d_periods(context, key, level)]


def map_3d_periods(context: FigureContext, indicator: str, level: str) -> list[str]:
    """Periods at which several territories of a level have a value, newest first."""
    counts = _counts(context, indicator, level)
    return sorted(counts[counts >= MIN_TERRITORIES].index, key=periods.end_month, reverse=True)


def map_3d_start_period(context: FigureContext, indicator: str, level: str) -> str:
    """The period with most territories, the newest among equals."""
    counts = _counts(context, indicator, level)
    return max(
        counts.index,
        key=lambda reference_period: (
            counts[reference_period],
            periods.end_month(reference_period),
        ),
        default="",
    )


def _counts(context: FigureContext, indicator: str, level: str) -> pd.Series:
    """Territories with a total of an indicator, by period."""
    rows = context.dataset.index.of_indicator(indicator)
    rows = rows[
        (rows["corridor"] == "")
        & rows["territory"].isin(context.territories.of_kind(KIND_OF_LEVEL[level]))
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    return rows.groupby("reference_period")["territory"].nunique()


def overseas(context: FigureContext, level: str) -> list[str]:
    """The territories of a level that the view of the mainland does not show."""
    if context.shapes is None:
        return []
    outlines = context.shapes.outlines_3d()
    return [
        code
        for code in context.territories.of_kind(KIND_OF_LEVEL[level])
        if _is_far(outlines, code)
    ]


def _is_far(outlines: Outlines3D, code: str) -> bool:
    (x, y), (west, south, east, north) = outlines.points[code], outlines.boxes["FR"]
    return not (west < x < east and south < y < north)


def map_3d_of(context: FigureContext, request: MapRequest, width: int) -> Map3D:
    """The relief of a choice of level and period, seen from where its selection is.

    width: pixels of the drawing; the view is fitted to it.
    """
    rows = map_rows(context, request)
    indicator = context.settings.indicators[request.indicator]
    deck, height = None, min(MAX_HEIGHT_PX, max(MIN_HEIGHT_PX, width))
    if context.shapes is not None:
        outlines = context.shapes.outlines_3d()
        scene = Scene(
            outlines.parts,
            outlines.points,
            _box(context, outlines, request.highlighted),
            (width, height),
        )
        deck = map_3d(
            _chart_rows(context, request, rows),
            scene,
            columns=not indicator.in_percent,
            style=context.style,
            selected=request.highlighted,
        )
    return Map3D(deck, with_notes_of_values(context, _caption(context, request, rows, height)))


def _box(
    context: FigureContext, outlines: Outlines3D, selected: str
) -> tuple[float, float, float, float]:
    """Around what is selected and its neighbours, among which it is read: a département in its
    région, a région in the mainland. Overseas, each is alone."""
    if not selected:
        return outlines.boxes["FR"]
    region = context.territories.region_of(selected)
    return outlines.boxes["FR" if selected == region and not _is_far(outlines, region) else region]


def _chart_rows(context: FigureContext, request: MapRequest, rows: pd.DataFrame) -> pd.DataFrame:
    """What the chart needs of `map_rows`."""
    colours = [context.style.primary] * len(rows)
    indicator = context.settings.indicators[request.indicator]
    if indicator.in_percent:
        classes = classes_of(context, request, rows)
        places = [class_of(value, classes.bounds) for value in rows["shown"]]
        colours = [context.style.neutral if i is None else classes.colours[i] for i in places]
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": rows["name"],
            "value": rows["shown"],
            "colour": colours,
            "text": [
                french.value_text(value, marked=True, with_noun=True)
                for value in rows["shown_value"]
            ],
        }
    )


def _caption(
    context: FigureContext, request: MapRequest, rows: pd.DataFrame, height: int
) -> Figure:
    indicator = context.settings.indicators[request.indicator]
    rate = indicator.in_percent
    table = texts.map_table(context, request, rows)
    if not rate:
        table = table.without("gap")
    scale = classes_of(context, request, rows) if rate else None
    legend = _flat_legend(context, request, rows, scale) if scale else _column_legend(context, rows)
    title = texts.title(context, request)
    return Figure(
        key=f"{french.slug(title)}_relief",
        title=title,
        spec={},
        height=height,
        subtitle=_subtitle(request, rows),
        alt=(
            f"Carte en relief. {title}.{texts.ends_sentence(rows)} "
            "Les valeurs sont dans le tableau qui suit."
        ),
        lecture=texts.lecture(context, request, rows),
        champ=texts.champ(context, request, rows),
        note=captions.computed_note(context, rows["code"], rows["shown_value"]),
        table=table,
        source=captions.source_line(context, rows, shapes=True),
        sources=captions.source_keys(rows),
        fictitious=context.dataset.fictitious,
        legend=legend,
        legend_title=classes_title(context, request, scale) if scale else indicator.label,
        request=request if rate else None,
    )


def _subtitle(request: MapRequest, rows: pd.DataFrame) -> str:
    """« Par région. Hauteurs depuis zéro ; la plus grande : Corse, 33,3 %. »"""
    known = rows[~rows["missing"]]
    by = f"Par {LEVELS[request.level][0]}"
    if known.empty:
        return by
    first = known.loc[known["shown"].idxmax()]
    return (
        f"{by}. Hauteurs depuis zéro, proportionnelles aux valeurs ; la plus grande : "
        f"{first['name']}, {first['text']}."
    )


def _flat_legend(
    context: FigureContext, request: MapRequest, rows: pd.DataFrame, scale: ClassScale
) -> tuple[LegendEntry, ...]:
    """The classes of the flat map; what is hatched there lies flat here."""
    entries = map_legend(context, request, rows, scale)
    return tuple(
        replace(one, label=f"{one.label}, à plat", hatched=False) if one.hatched else one
        for one in entries
    )


def _column_legend(context: FigureContext, rows: pd.DataFrame) -> tuple[LegendEntry, ...]:
    hidden = int(rows["secret"].sum())
    missing = int(rows["missing"].sum()) - hidden
    known = LegendEntry(
        "une colonne par territoire", context.style.primary, count=len(rows) - missing - hidden
    )
    flat = [
        LegendEntry(f"{label}, sans colonne", context.style.neutral, count=count)
        for label, count in (("non publié", missing), (french.SECRET, hidden))
        if count
    ]
    return (known, *flat)
