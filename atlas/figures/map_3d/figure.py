"""The map in relief: the values of the flat map, or counts, as heights."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry
from atlas.figures.common.style import class_of
from atlas.figures.map import texts
from atlas.figures.map.classes import classes_of, map_legend
from atlas.figures.map.figure import map_values
from atlas.figures.map.texts import LEVELS, MapChoice
from atlas.figures.map_3d.chart import Deck, Scene, map_3d
from atlas.figures.requests import map_request
from atlas.geometry import Outlines3D
from atlas.territories import KIND_OF_LEVEL

# A height alone compares with nothing.
FEWEST = 2
# Pixels. On a phone the drawing leaves room around it: a finger inside it moves the map.
TALLEST, LOWEST = 560, 300


@dataclass(frozen=True, eq=False)
class Map3D:
    """deck: None when no shapes were ever prepared. words: title, legend, caption and table.

    The recipe of the words makes the flat map of the same values; it is empty for a count, which
    has none. words has no drawing of its own.
    """

    deck: Deck | None
    words: Figure


def relief_indicators(context: FigureContext, level: str) -> list[str]:
    """Rates of the map, then counts, that several territories of a level have at one period."""
    rates = context.settings.display.map_indicators
    counts = [key for key, kind in context.settings.indicators.items() if kind.kind == "count"]
    return [key for key in (*rates, *counts) if relief_periods(context, key, level)]


def relief_periods(context: FigureContext, indicator: str, level: str) -> list[str]:
    """Periods at which several territories of a level have a value, newest first."""
    counts = _counts(context, indicator, level)
    return sorted(counts[counts >= FEWEST].index, key=periods.end_month, reverse=True)


def relief_start(context: FigureContext, indicator: str, level: str) -> str:
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
    rows = context.dataset.observations
    rows = rows[
        (rows["indicator"] == indicator)
        & (rows["corridor"] == "")
        & rows["territory"].isin(context.territories.of_kind(KIND_OF_LEVEL[level]))
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    return rows.groupby("reference_period")["territory"].nunique()


def overseas(context: FigureContext, level: str) -> list[str]:
    """The territories of a level that the view of the mainland does not show."""
    if context.shapes is None:
        return []
    plates = context.shapes.plates()
    return [
        code for code in context.territories.of_kind(KIND_OF_LEVEL[level]) if _is_far(plates, code)
    ]


def _is_far(plates: Outlines3D, code: str) -> bool:
    (x, y), (west, south, east, north) = plates.points[code], plates.boxes["FR"]
    return not (west < x < east and south < y < north)


def relief_of(context: FigureContext, choice: MapChoice, width: int) -> Map3D:
    """The relief of a choice of level and period, seen from where its selection is.

    width: pixels of the drawing; the view is fitted to it.
    """
    rows = map_values(context, choice)
    indicator = context.settings.indicators[choice.indicator]
    deck, height = None, min(TALLEST, max(LOWEST, width))
    if context.shapes is not None:
        plates = context.shapes.plates()
        scene = Scene(
            plates.parts, plates.points, _box(context, plates, choice.selected), (width, height)
        )
        deck = map_3d(
            _drawn(context, choice, rows),
            scene,
            columns=not indicator.in_percent,
            style=context.style,
            selected=choice.selected,
        )
    return Map3D(deck, _words(context, choice, rows, height))


def _box(
    context: FigureContext, plates: Outlines3D, selected: str
) -> tuple[float, float, float, float]:
    """Around what is selected and its neighbours, among which it is read: a département in its
    région, a région in the mainland. Overseas, each is alone."""
    if not selected:
        return plates.boxes["FR"]
    region = context.territories.region_of(selected)
    return plates.boxes["FR" if selected == region and not _is_far(plates, region) else region]


def _drawn(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> pd.DataFrame:
    """What the chart needs of `map_values`."""
    colours = [context.style.primary] * len(rows)
    indicator = context.settings.indicators[choice.indicator]
    if indicator.in_percent:
        classes = classes_of(context, choice, rows)
        places = [class_of(value, classes.bounds) for value in rows["shown"]]
        colours = [context.style.neutral if i is None else classes.colours[i] for i in places]
    said = [
        french.format_with_unit(v, indicator, q)
        for v, q in zip(rows["shown"], rows["qualifier"], strict=True)
    ]
    return pd.DataFrame(
        {
            "code": rows["code"],
            "name": rows["name"],
            "value": rows["shown"],
            "colour": colours,
            "text": [
                captions.marked(text, how) for text, how in zip(said, rows["derived"], strict=True)
            ],
        }
    )


def _words(context: FigureContext, choice: MapChoice, rows: pd.DataFrame, height: int) -> Figure:
    indicator = context.settings.indicators[choice.indicator]
    rate = indicator.in_percent
    table, numbers = (
        texts.map_table(context, choice, rows),
        texts.map_numbers(indicator, rows),
    )
    if not rate:
        table = table.drop(columns="Écart à la France")
        numbers = {name: column for name, column in numbers.items() if name in table}
    legend = _flat_legend(context, choice, rows) if rate else _column_legend(context, rows)
    title = texts.title(context, choice)
    return Figure(
        key=f"{french.slug(title)}_relief",
        title=title,
        spec={},
        height=height,
        subtitle=_subtitle(choice, rows),
        alt=f"Carte en relief. {title}. Les valeurs sont dans le tableau qui suit.",
        lecture=texts.lecture(context, choice, rows),
        champ=texts.champ(context, choice),
        note=captions.derived_note(context, rows),
        table=table,
        numbers=numbers,
        source=captions.source_line(context, rows, shapes=True),
        sources=captions.source_keys(rows),
        fictitious=context.dataset.fictitious,
        legend=legend,
        legend_title=texts.legend_title(context, choice) if rate else indicator.label,
        recipe=_flat_map(choice) if rate else {},
    )


def _flat_map(choice: MapChoice) -> Mapping[str, str]:
    return map_request(choice).as_texts()


def _subtitle(choice: MapChoice, rows: pd.DataFrame) -> str:
    """« Par région. Hauteurs depuis zéro ; la plus grande : Corse, 33,3 %. »"""
    known = rows[~rows["missing"]]
    by = f"Par {LEVELS[choice.level][0]}"
    if known.empty:
        return by
    first = known.loc[known["shown"].idxmax()]
    return (
        f"{by}. Hauteurs depuis zéro, proportionnelles aux valeurs ; la plus grande : "
        f"{first['name']}, {first['text']}."
    )


def _flat_legend(
    context: FigureContext, choice: MapChoice, rows: pd.DataFrame
) -> tuple[LegendEntry, ...]:
    """The classes of the flat map; what is hatched there lies flat here."""
    entries = map_legend(context, choice, rows, classes_of(context, choice, rows))
    return tuple(
        LegendEntry(f"{one.label}, à plat", one.colour, count=one.count) if one.hatched else one
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
