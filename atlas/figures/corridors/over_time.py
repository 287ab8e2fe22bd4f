"""Corridors over time, in values or as an index."""

from __future__ import annotations

import math
from collections.abc import Hashable

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Series
from atlas.figures.common.label_placement import spread_apart
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_period
from atlas.figures.common.series_colours import COLOURS, colours_of, corridor_colour
from atlas.figures.common.specification import to_spec
from atlas.figures.corridors import over_time_texts, texts
from atlas.figures.corridors.over_time_chart import lines_over_time
from atlas.figures.corridors.over_time_points import (
    INDEX_BASE,
    TimeSeries,
    indexed,
    points_over_time,
)
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.settings import Indicator
from atlas.territories import CODE_SEPARATOR
from atlas.values import Column, Table, Value, name_column, text_column

# Periods that an axis names one by one; beyond, it is an axis of dates.
MAX_NAMED_PERIODS = 8
# The least gap between the names at the ends of lines, as a share of the height.
LABEL_GAP_SHARE = 0.08
MILLION = 1_000_000
# Counts from which an axis is in millions.
MIN_COUNT_IN_MILLIONS = 2_000_000


def corridors_over_time(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """A line per corridor of a territory; None without two dates. Raises RequestError for several
    territories, which one corridor compares."""
    if CODE_SEPARATOR in request.territory:
        raise RequestError(
            "l’évolution des couloirs montre un territoire : demandez la figure « couloir » pour "
            "comparer des territoires"
        )
    series = [
        TimeSeries(key, one.short, request.territory, key, corridor_colour(context, key))
        for key, one in context.settings.corridors.items()
    ]
    place = context.territories[request.territory]
    indicator = context.settings.indicators[request.indicator]
    subject = f"{indicator.label}{texts.by_corridor_text(indicator)}, {place.name}"
    return _figure(context, request, series, subject, place.slug, "Couloir")


def corridor_over_time(context: FigureContext, request: CorridorRequest) -> Figure | None:
    """A line per territory of one corridor; None without two dates. Raises RequestError when they
    are too many to be told apart."""
    codes = list(dict.fromkeys(filter(None, request.territory.split(CODE_SEPARATOR))))
    codes = codes or list(dict.fromkeys(filter(None, ["FR", request.highlighted])))
    if len(codes) > len(COLOURS):
        raise RequestError(
            f"{len(COLOURS)} territoires au plus se distinguent au fil du temps : choisissez-en "
            "moins"
        )
    names = captions.names_apart(context, codes)
    shades = colours_of(context, codes, request.highlighted)
    series = [
        TimeSeries(code, names[code], code, request.corridor, shade)
        for code, shade in zip(codes, shades, strict=True)
    ]
    corridor = context.settings.corridors[request.corridor].label
    indicator = context.settings.indicators[request.indicator]
    subject = f"{indicator.label}, {corridor}"
    slug = f"{french.slug(corridor)}_{'-'.join(context.territories[c].slug for c in codes)}"
    return _figure(context, request, series, subject, slug, "Territoire")


def _figure(
    context: FigureContext,
    request: CorridorsRequest | CorridorRequest,
    series: list[TimeSeries],
    subject: str,
    slug: str,
    heading: str,
) -> Figure | None:
    for period in filter(None, (request.period, request.index_base)):
        check_period(period)
    indicator = context.settings.indicators[request.indicator]
    points = points_over_time(context, request.indicator, series, until=request.period)
    if points.empty or points["reference_period"].nunique() < 2:
        return None
    levels, absent = points, list[str]()
    if request.index_base:
        base = periods.reference_period(request.index_base, indicator.accumulation)
        points, absent = indexed(points, indicator, base)
        if points.empty:
            known = sorted(set(levels["reference_period"]), key=periods.end_month)
            raise RequestError(
                f"aucun couloir n’a de valeur comparable pour la période « {request.index_base} »",
                known,
            )
    is_log = request.axis_scale == "log"
    if is_log and min(level.number for level in points["level"]) <= 0:
        raise RequestError("une échelle logarithmique demande des valeurs supérieures à zéro")
    dates = over_time_texts.dates(points, indicator)
    span = f"de {dates[0]} à {dates[-1]}"
    based = (
        f", indice 100 en {over_time_texts.base_label(request, indicator)}"
        if request.index_base
        else ""
    )
    standard = f"{subject}, {span}{based}"
    drawn, axis_title = _chart_rows(
        points, indicator, is_index=bool(request.index_base), log=is_log
    )
    chart = lines_over_time(
        drawn,
        style=context.style,
        axis_title=axis_title,
        moments=dates if _names_periods(points) else [],
        logarithmic=is_log,
        reference=INDEX_BASE if request.index_base else None,
    )
    cited = levels.sort_values("end", ascending=False)
    suffix = "-indice" if request.index_base else ""
    return Figure(
        key=f"{slug}_{french.slug(indicator.label)}_couloirs-evolution{suffix}",
        title=request.title or standard,
        subtitle=standard if request.title else "",
        findings=()
        if request.title
        else over_time_texts.findings(context, points, levels, request),
        spec=to_spec(chart, context.style),
        alt=over_time_texts.alt(points, standard),
        lecture=over_time_texts.lecture(context, points, levels, request),
        champ=f"{captions.champ_text(context, indicator, list(dict.fromkeys(levels['code'])))}.",
        source=captions.source_line(context, cited),
        sources=captions.source_keys(cited),
        note=over_time_texts.note(context, request, series, points, absent),
        must_say=over_time_texts.must_say(request, points),
        table=_table(points, indicator, heading, is_index=bool(request.index_base)),
        native=_native(points, indicator, is_log=is_log),
        fictitious=context.dataset.fictitious,
        height=420,
        ratio=1.6,
    )


def _names_periods(points: pd.DataFrame) -> bool:
    """Whether the axis names each period: years that follow each other."""
    known = set(points["reference_period"])
    return len(known) <= MAX_NAMED_PERIODS and all(len(period) == 4 for period in known)


def _chart_rows(
    points: pd.DataFrame, indicator: Indicator, *, is_index: bool, log: bool
) -> tuple[pd.DataFrame, str]:
    """The columns of the chart, and the title of its axis: large counts are in millions."""
    amounts = [level.number for level in points["level"]]
    title, scale = indicator.label, 1.0
    if is_index:
        title = "Indice"
    elif indicator.in_percent:
        title = f"{indicator.label} (en %)"
    elif max(amounts) >= MIN_COUNT_IN_MILLIONS and not log:
        title, scale = f"{indicator.label} (en millions)", 1 / MILLION
    names = _names_periods(points)
    last = points.groupby("series")["end"].transform("max") == points["end"]
    ends = _end_texts(points["level"][last])
    rows = points.assign(
        value=[amount * scale for amount in amounts],
        moment=[
            periods.label(period, indicator.accumulation) if names else f"{end}-01"
            for period, end in zip(points["reference_period"], points["end"], strict=True)
        ],
        short=points["series"].where(last, ""),
        label=[f"{name} {ends[i]}" if i in ends else "" for i, name in points["series"].items()],
        text=[
            f"{french.value_text(level)}, {periods.label(period, indicator.accumulation)}"
            for level, period in zip(points["level"], points["reference_period"], strict=True)
        ],
    )
    rows["label_value"] = _spread(rows, log=log)
    kept = [
        "series",
        "moment",
        "value",
        "label",
        "short",
        "label_value",
        "colour",
        "segment",
        "text",
    ]
    return rows[[*kept, "detail"]], title


def _end_texts(levels: pd.Series) -> dict[Hashable, str]:
    """The last values where room is scarce, in one unit, by their index."""
    if all(level.indicator is not None and level.indicator.kind == "average" for level in levels):
        return {i: french.format_number(level.number) for i, level in levels.items()}
    return dict(zip(levels.index, texts.short_labels(list(levels)), strict=True))


def _spread(rows: pd.DataFrame, *, log: bool) -> pd.Series:
    """The heights of the labels: those of the ends of lines, moved apart where they are close."""

    def height(value: float) -> float:
        return math.log10(value) if log else value

    heights = rows["value"].map(height)
    # The ends of the axis, which is round: decades, or zero and about the highest value.
    low = math.floor(heights.min()) if log else min(0.0, heights.min())
    high = math.ceil(heights.max()) if log else heights.max() * 1.1
    named = heights[rows["label"] != ""]
    placed = heights.copy()
    placed[named.index] = spread_apart(named.tolist(), (high - low) * LABEL_GAP_SHARE, low=low)
    return placed.map(lambda value: 10**value) if log else placed


def _table(points: pd.DataFrame, indicator: Indicator, heading: str, *, is_index: bool) -> Table:
    key = "corridor" if heading == "Couloir" else "territory"
    label = points["level"].iloc[0].indicator.label if is_index else indicator.label
    return Table(
        (
            name_column(key, heading, points["series"], keys=points["key"]),
            text_column(
                "period",
                "Période",
                [
                    periods.label(period, indicator.accumulation)
                    for period in points["reference_period"]
                ],
            ),
            Column("level", label, tuple(points["level"]), "value", mark="dagger"),
            text_column("origin", "Origine", points["detail"]),
        )
    )


def _native(points: pd.DataFrame, indicator: Indicator, *, is_log: bool) -> NativeChart:
    """The lines for a slide: on an axis of words where periods are few, else of dates."""
    named = _names_periods(points)
    known = sorted(set(points["reference_period"]), key=periods.end_month)
    shown = points["level"].iloc[0].indicator
    missing = Value(None, indicator=shown, status="missing")
    is_last = points.groupby("series")["end"].transform("max") == points["end"]
    ends = _end_texts(points["level"][is_last])
    series = []
    for name, rows in points.groupby("series", sort=False):
        said = f"{name} {ends[rows.index[-1]]}"
        levels = dict(zip(rows["reference_period"], rows["level"], strict=True))
        last = rows["reference_period"].iloc[-1]
        series.append(
            Series(
                str(name),
                tuple(levels.get(period, missing) for period in known),
                str(rows["colour"].iloc[0]),
                tuple(said if period == last else "" for period in known),
            )
        )
    categories = [
        periods.label(period, indicator.accumulation) if named else periods.last_day(period)
        for period in known
    ]
    return NativeChart(
        "lines" if named else "curve", tuple(categories), tuple(series), is_logarithmic=is_log
    )
