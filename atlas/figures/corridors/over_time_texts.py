"""What is said of corridors over time: dates, alternative text, reading, findings, notes."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.findings import as_title, is_stated_level
from atlas.figures.corridors.over_time_points import TimeSeries
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.settings import Indicator


def base_label(request: CorridorsRequest | CorridorRequest, indicator: Indicator) -> str:
    return periods.label(request.index_base, indicator.accumulation)


def dates(points: pd.DataFrame, indicator: Indicator) -> list[str]:
    """The periods of the points in French, oldest first."""
    known = sorted(set(points["reference_period"]), key=periods.end_month)
    return [periods.label(period, indicator.accumulation) for period in known]


def alt(points: pd.DataFrame, title: str) -> str:
    """The first and the last value of each line, and how it went from one to the other."""
    said = []
    for name, rows in points.groupby("series", sort=False):
        ends = [
            f"{french.value_text(row['level'])} en {periods.label(row['reference_period'])}"
            for _, row in rows.iloc[[0, -1]].iterrows()
        ]
        first, last = (rows["level"].iloc[place].number for place in (0, -1))
        trend = ", en hausse" if last > first else ", en baisse" if last < first else ""
        said.append(f"{name} : {', '.join(dict.fromkeys(ends))}{trend}")
    return f"{title}. {' ; '.join(said)}."


def lecture(
    context: FigureContext,
    points: pd.DataFrame,
    levels: pd.DataFrame,
    request: CorridorsRequest | CorridorRequest,
) -> str:
    """Reads the line that ends highest: its last level, or its index."""
    ends = points[points["end"] == points.groupby("series")["end"].transform("max")]
    top = max((row for _, row in ends.iterrows()), key=lambda row: float(row["level"].number))
    indicator = context.settings.indicators[request.indicator]
    if request.index_base:
        at = captions.at(top["reference_period"], indicator)
        return (
            f"{top['series']}, {at} : {french.format_number(top['level'].number)} pour 100 "
            f"{captions.at(request.index_base, indicator)}."
        )
    own = levels[(levels["series"] == top["series"])].iloc[-1]
    return captions.reading(
        context,
        own["level"],
        own["code"],
        period=own["reference_period"],
        corridor=own["corridor"],
    )


def findings(
    context: FigureContext,
    points: pd.DataFrame,
    levels: pd.DataFrame,
    request: CorridorsRequest | CorridorRequest,
) -> tuple[str, ...]:
    """The level of the line that ends highest, with its date; none of an index."""
    ends = points[points["end"] == points.groupby("series")["end"].transform("max")]
    top = max((row for _, row in ends.iterrows()), key=lambda row: float(row["level"].number))
    if request.index_base or not is_stated_level(top["level"]):
        return ()
    return (as_title(lecture(context, points, levels, request)),)


def note(
    context: FigureContext,
    request: CorridorsRequest | CorridorRequest,
    series: list[TimeSeries],
    points: pd.DataFrame,
    absent: list[str],
) -> str:
    indicator = context.settings.indicators[request.indicator]
    parts = []
    if request.index_base:
        base = base_label(request, indicator)
        parts.append(
            f"{french.DERIVED_MARK} Indice calculé : rapport de chaque niveau à celui de {base}, "
            "fois 100."
        )
        if absent:
            parts.append(f"Sans valeur pour {base} : {french.join_with_et(absent)}.")
    elif any(level.is_computed for level in points["level"]):
        parts.append(
            f"{french.DERIVED_MARK} Certains niveaux sont déduits d’une évolution publiée : le "
            "tableau dit lesquels."
        )
    parts += filter(None, [must_say(request, points)])
    rows = context.dataset.select(
        indicator=request.indicator, territories={one.code for one in series}
    )
    rows = rows[rows["secret"] & rows["corridor"].isin({one.corridor for one in series})]
    if len(rows):
        parts.append(captions.SECRECY)
    return " ".join(parts)


def must_say(request: CorridorsRequest | CorridorRequest, points: pd.DataFrame) -> str:
    """What the scale and the breaks of lines are."""
    parts = []
    if request.axis_scale == "log":
        parts.append("Échelle logarithmique : à pentes égales, évolutions égales en %.")
    if (points["segment"] > 0).any():
        parts.append("Ligne interrompue : la définition change, ou la valeur est secrète.")
    return " ".join(parts)
