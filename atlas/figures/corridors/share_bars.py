"""The share of each corridor: bars of 100 %, at two dates or of several territories."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, LegendEntry, NativeChart, Series
from atlas.figures.common.series_colours import corridor_colour
from atlas.figures.common.specification import to_spec
from atlas.figures.corridors import texts
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.corridors.rows import share_indicator, shares
from atlas.figures.corridors.share_chart import share_bars
from atlas.indicators.row_values import level_values
from atlas.settings import Indicator
from atlas.territories import CODE_SEPARATOR
from atlas.values import Column, Table, Value, name_column

# Percent: how far shares that are rounded may add up from 100.
MAX_ROUNDING = 2.5


def shares_figure(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """A bar of 100 % for each territory and date; None where no corridors add up to a whole.

    compared_to: the earlier date, a year before when it is empty; a date without every share is
    left out, and the note says so.
    """
    indicator = context.settings.indicators[request.indicator]
    codes = list(dict.fromkeys(request.territory.split(CODE_SEPARATOR)))
    now = periods.reference_period(request.period, indicator.accumulation)
    before = (
        periods.reference_period(request.compared_to, indicator.accumulation)
        if request.compared_to
        else periods.a_year_before(now)
    )
    names = captions.names_apart(context, codes)
    found, left_out = [], []
    for code in codes:
        for date in (before, now):
            label = periods.label(date, indicator.accumulation)
            name = f"{names[code]}, {label}" if len(codes) > 1 else label
            rows = _whole(context, code, request.indicator, date)
            if rows is not None:
                found.append(rows.assign(code=code, panel=name, date=label))
            elif date == now or request.compared_to:
                left_out.append(name)
    if not found or not any((rows["reference_period"] == now).any() for rows in found):
        return None
    rows = pd.concat(found, ignore_index=True)
    rows = rows.assign(level=level_values(rows, share_indicator(indicator)))
    return _figure(context, request, rows, left_out)


def _whole(context: FigureContext, code: str, indicator_key: str, date: str) -> pd.DataFrame | None:
    """The shares of a territory at a date, where all are known and they make 100 %."""
    rows = shares(context, code, indicator_key, date)
    known = rows[rows["value"].notna()]
    if len(known) < 2 or rows["secret"].any() or abs(known["value"].sum() - 100) > MAX_ROUNDING:
        return None
    return known.reset_index(drop=True)


def _figure(
    context: FigureContext, request: CorridorsRequest, rows: pd.DataFrame, left_out: list[str]
) -> Figure:
    indicator = context.settings.indicators[request.indicator]
    codes = list(dict.fromkeys(rows["code"]))
    places = captions.enumerate_names(context, codes)
    dates = list(dict.fromkeys(rows["date"]))
    what = indicator.label if indicator.in_percent else f"{indicator.label}, part de chaque couloir"
    standard = f"{what}, {places}, {french.join_with_et(dates)}"
    order = [key for key in context.settings.corridors if key in set(rows["corridor"])]
    colours = {key: corridor_colour(context, key) for key in order}
    drawn = _chart_rows(context, rows, order)
    top = max(
        (row for _, row in rows[rows["date"] == dates[-1]].iterrows()),
        key=lambda row: float(row["level"].number),
    )
    corridor = context.settings.corridors[top["corridor"]]
    origin = f"des {corridor.actors}" if corridor.actors else f"du couloir {corridor.label}"
    notes = []
    if any(level.is_computed for level in rows["level"]):
        notes.append(
            f"{french.DERIVED_MARK} Valeurs calculées : part du couloir dans le total du "
            "territoire."
        )
    if left_out:
        notes.append(f"Sans toutes les parts : {french.join_with_et(left_out)}.")
    slug = "-".join(context.territories[code].slug for code in codes)
    bars = rows["panel"].nunique()
    said = " ; ".join(
        f"{row['panel']}, {row['name']} : {french.value_text(row['level'], marked=True)}"
        for _, row in rows.assign(
            name=[context.settings.corridors[key].short for key in rows["corridor"]]
        ).iterrows()
    )
    return Figure(
        key=f"{slug}_{request.period}_{french.slug(indicator.label)}_couloirs-parts",
        title=request.title or standard,
        subtitle=standard if request.title else "",
        findings=()
        if request.title
        else texts.share_findings(context, indicator, top["code"], top["corridor"], top["level"]),
        spec=to_spec(share_bars(drawn, style=context.style), context.style),
        alt=f"{standard}. {said}.",
        lecture=_lecture(context, top, indicator, origin),
        champ=f"{captions.champ_text(context, indicator, codes)}.",
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        note=" ".join(notes),
        table=Table(
            (
                name_column("bar", "Territoire et période", rows["panel"], keys=rows["code"]),
                name_column(
                    "corridor",
                    "Couloir",
                    [context.settings.corridors[key].short for key in rows["corridor"]],
                    keys=rows["corridor"],
                ),
                Column("level", "Part du total", tuple(rows["level"]), "value", mark="dagger"),
            )
        ),
        native=_native(context, rows, colours),
        fictitious=context.dataset.fictitious,
        height=70 * bars + 30,
        ratio=640 / (58 * bars + 24),
        legend=tuple(
            LegendEntry(context.settings.corridors[key].short, colours[key]) for key in order
        ),
    )


def _lecture(context: FigureContext, top: pd.Series, indicator: Indicator, origin: str) -> str:
    place = context.territories[top["code"]].locative
    share = french.value_text(top["level"], marked=True)
    at = captions.at(top["reference_period"], indicator)
    return f"{at}, {place}, {share} du total vient {origin}."


def _chart_rows(context: FigureContext, rows: pd.DataFrame, order: list[str]) -> pd.DataFrame:
    """panel, place, rank (of the corridor in its bar), corridor, value, label, colour, text."""
    panels = list(dict.fromkeys(rows["panel"]))
    levels = list(rows["level"])
    decimals = french.shared_decimals(levels)
    return pd.DataFrame(
        {
            "panel": rows["panel"],
            "place": rows["panel"].map(panels.index),
            "rank": rows["corridor"].map(order.index),
            "corridor": [context.settings.corridors[key].short for key in rows["corridor"]],
            "value": [level.number for level in levels],
            "label": [french.format_number(level.number, 0) for level in levels],
            "colour": [corridor_colour(context, key) for key in rows["corridor"]],
            "text": [french.value_text(level, marked=True, decimals=decimals) for level in levels],
        }
    )


def _native(context: FigureContext, rows: pd.DataFrame, colours: dict[str, str]) -> NativeChart:
    """For a slide: a bar per territory and date, a series per corridor."""
    panels = list(dict.fromkeys(rows["panel"]))
    indicator = rows["level"].iloc[0].indicator
    missing = Value(None, indicator=indicator, status="missing")
    series = []
    for key, shade in colours.items():
        mine = rows[rows["corridor"] == key]
        levels = dict(zip(mine["panel"], mine["level"], strict=True))
        values = tuple(levels.get(panel, missing) for panel in panels)
        labels = tuple(
            french.value_text(value, marked=True) if value.is_known else "" for value in values
        )
        series.append(Series(context.settings.corridors[key].short, values, shade, labels))
    return NativeChart("stacked", tuple(panels), tuple(series))
