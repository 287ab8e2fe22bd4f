"""Documents and structures by corridor, for one territory or across territories."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Series
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_period
from atlas.figures.common.specification import to_spec
from atlas.figures.common.style import Style
from atlas.figures.corridors import texts
from atlas.figures.corridors.chart import corridor_bars
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.corridors.rows import (
    corridor_bars_by_territory,
    growths_alone,
    rounded_base,
    territory_bars,
)
from atlas.figures.corridors.side_by_side import side_by_side_figure
from atlas.indicators.choice import best
from atlas.indicators.corridors import TEXTS_OF_CHANGES, levels_and_changes
from atlas.indicators.row_values import change_values, level_values
from atlas.indicators.snapshot import corridor_total
from atlas.settings import Indicator
from atlas.territories import CODE_SEPARATOR
from atlas.values import Column, Table, name_column, text_column


def corridors_figure(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """Bars by corridor: of one territory, or of several side by side. None when nothing is
    published. Raises RequestError for a period that is not written as in the data."""
    check_period(request.period)
    if CODE_SEPARATOR in request.territory:
        return side_by_side_figure(context, request)
    return _territory_figure(context, request)


def _territory_figure(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """Bars with base year and growth, in the accent when the territory is highlighted."""
    code, period = request.territory, request.period
    indicator = context.settings.indicators[request.indicator]
    reference_period = periods.reference_period(period, indicator.accumulation)
    rows = territory_bars(context, code, request.indicator, reference_period)
    if rows.empty or rows["secret"].all():
        return None
    place = context.territories[code]
    highlighted = request.highlighted == code
    style = _accent_style(context.style) if highlighted else context.style
    date = periods.label(period, indicator.accumulation)
    growths = growths_alone(rows)
    subtitle = (
        texts.growth_title(rows, indicator, place.locative, date)
        if growths
        else f"{indicator.label}{texts.by_corridor_text(indicator)}, {place.name}, {date}"
    )
    total = _total(context, request, rows["source"], reference_period)
    note = texts.note(context, rows, indicator, "Trait vertical" if highlighted else "En orange")
    return Figure(
        key=f"{place.slug}_{period}_{french.slug(indicator.label)}_couloirs",
        title=request.title or subtitle,
        subtitle=subtitle if request.title else "",
        spec=to_spec(corridor_bars(_chart_rows(rows), style=style), context.style),
        alt=texts.alt(rows, subtitle),
        lecture=texts.lecture(context, rows, indicator, code, period),
        champ=f"{captions.champ_text(context, indicator, [code])}.",
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        note=f"{total} {note}".strip(),
        table=_table(
            rows, indicator, name_column("corridor", "Couloir", rows["name"], keys=rows["key"])
        ),
        native=_native(style, rows, indicator, date),
        fictitious=context.dataset.fictitious,
        height=52 * len(rows) + 20,
        ratio=640 / (48 * len(rows) + 20),
    )


def _accent_style(style: Style) -> Style:
    """Bars in the accent, and the level of the base year in ink instead."""
    return replace(style, primary=style.accent, accent=style.ink)


def _total(
    context: FigureContext,
    request: CorridorsRequest,
    sources: pd.Series,
    reference_period: str,
) -> str:
    """The total over the corridors as published, which the rows may not add up to.

    It is named with its source when that is none of `sources`, those of the rows.
    """
    indicator = context.settings.indicators[request.indicator]
    row = corridor_total(
        context.dataset.observations,
        context.settings,
        request.territory,
        indicator=request.indicator,
        reference_period=reference_period,
    )
    if row is None or indicator.in_percent:
        return ""
    growth = (
        "" if math.isnan(row["change"]) else f" ({french.format_change(row['change'], indicator)})"
    )
    name = "Total" if context.dataset.fictitious else "Total publié"
    source = context.dataset.sources[row["source"]]
    according = (
        "" if row["source"] in set(sources) else f", {captions.according_to(source, row['page'])}"
    )
    value = french.format_with_unit(row["value"], indicator, row["qualifier"])
    frame = row.to_frame().T
    contradiction = captions.contradiction_note(
        [*level_values(frame, indicator), *change_values(frame, indicator)]
    )
    total = f"{name} : {value}{growth}{according}."
    return f"{total} {contradiction}" if contradiction else total


def corridor_figure(context: FigureContext, request: CorridorRequest) -> Figure | None:
    """One corridor in France and each région that published it, at its latest period; None when
    none did. Raises RequestError without a corridor."""
    if not request.corridor:
        raise RequestError("il manque le couloir")
    indicator = context.settings.indicators[request.indicator]
    rows = corridor_bars_by_territory(context, request.corridor, request.indicator)
    if rows.empty or rows["secret"].all():
        return None
    name = context.settings.corridors[request.corridor].label
    first = rows[~rows["secret"]].iloc[0]
    title = f"{indicator.label}, {name}, par territoire"
    names = name_column("territory", "Territoire et période", rows["name"], keys=rows["key"])
    return Figure(
        key=f"{french.slug(name)}_{french.slug(indicator.label)}_territoires",
        title=title,
        subtitle="",
        spec=to_spec(corridor_bars(_chart_rows(rows), style=context.style), context.style),
        alt=texts.alt(rows, title),
        lecture=texts.bar_lecture(context, first, first["key"], request.corridor),
        champ=f"{captions.champ_text(context, indicator, [])} ; territoires qui publient ce "
        "couloir, à leur dernière période.",
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        note=texts.note(context, rows, indicator),
        table=_table(rows, indicator, names).without("base"),
        native=_native(context.style, rows, indicator, indicator.label),
        fictitious=context.dataset.fictitious,
        height=52 * len(rows) + 20,
        ratio=640 / (48 * len(rows) + 20),
    )


def _chart_rows(rows: pd.DataFrame) -> pd.DataFrame:
    """The columns of the chart; where growths alone are published, the bars are growths."""
    growths = growths_alone(rows)
    pairs = list(zip(rows["level"], rows["change"], strict=True))
    return pd.DataFrame(
        {
            "corridor": rows["name"],
            "value": [(change if growths else level).number for level, change in pairs],
            "label": [
                texts.growth_bar_label(level, change) if growths else texts.level_label(level)
                for level, change in pairs
            ],
            "growth": ["" if growths else texts.growth_label(change) for _, change in pairs],
            "base": [base.number for base in rows["base"]],
            "text": [texts.bar_text(level, change) for level, change in pairs],
            "detail": rows["detail"],
        }
    )


def _table(rows: pd.DataFrame, indicator: Indicator, names: Column) -> Table:
    """A row for each bar: level, change, base and origin."""
    return Table(
        (
            names,
            Column("level", indicator.label, tuple(rows["level"]), "value"),
            Column(
                "change",
                texts.change_heading_of(rows, indicator),
                tuple(rows["change"]),
                "value",
                mark="dagger",
                says_absence=False,
            ),
            Column(
                "base",
                "Base (calculée)",
                tuple(rounded_base(base) for base in rows["base"]),
                "value",
                says_absence=False,
            ),
            text_column("origin", "Origine", rows["detail"]),
        )
    )


def _native(
    style: Style, rows: pd.DataFrame, indicator: Indicator, series_name: str
) -> NativeChart:
    """The bars for a slide, with those of the base year where there are some."""
    levels, changes, bases = (tuple(rows[key]) for key in ("level", "change", "base"))
    pairs = list(zip(levels, changes, strict=True))
    if growths_alone(rows):
        labels = tuple(texts.growth_bar_label(level, change) for level, change in pairs)
        series = [Series(f"Croissance, {series_name}", changes, style.primary, labels)]
        return NativeChart("bars", tuple(rows["name"]), tuple(series))
    labels = tuple(
        f"{texts.level_label(level)} ({texts.growth_label(change)})"
        if change.is_known
        else texts.level_label(level)
        for level, change in pairs
    )
    series = [Series(series_name, levels, style.primary, labels)]
    known = [base for base in bases if base.is_known]
    if known:
        date = periods.label(known[0].period, indicator.accumulation)
        # The name of the series says that they are computed.
        labels = tuple(
            texts.level_label(replace(base, status="published")) if base.is_known else ""
            for base in bases
        )
        series.append(Series(f"{date} (calculé)", bases, style.accent, labels))
    return NativeChart("bars", tuple(rows["name"]), tuple(series))


def corridor_table(
    context: FigureContext, code: str, *, indicators: Sequence[str], reference_period: str
) -> Table:
    """Corridors in rows and the published totals last, a level and a change per indicator.

    Columns: corridor, then level:<key> and change:<key> of each indicator.
    """
    names = {key: corridor.label for key, corridor in context.settings.corridors.items()}
    names[""] = "TOTAL publié"
    columns = [name_column("corridor", "Couloir", names.values(), keys=names)]
    for key in indicators:
        indicator = context.settings.indicators[key]
        known = context.dataset.select(indicator=key, territories=[code])
        now = known[
            (known["derived"] == "")
            & (
                known["reference_period"]
                == periods.reference_period(reference_period, indicator.accumulation)
            )
        ]
        rows = levels_and_changes(
            known,
            context.settings,
            best(now, context.settings.source_order, needs="any"),
            indicator=key,
        )
        rows = rows.set_index("corridor").reindex(list(names))
        rows[TEXTS_OF_CHANGES] = rows[TEXTS_OF_CHANGES].fillna("")
        rows["secret"] = rows["secret"].eq(True)
        rows["change_secret"] = rows["change_secret"].eq(True)
        changes = tuple(change_values(rows, indicator))
        columns += [
            Column(f"level:{key}", indicator.label, tuple(level_values(rows, indicator)), "value"),
            Column(
                f"change:{key}",
                texts.change_heading_of(pd.DataFrame({"change": changes}), indicator),
                changes,
                "value",
                mark="dagger",
                says_absence=False,
            ),
        ]
    return Table(tuple(columns))
