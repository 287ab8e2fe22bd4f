"""Documents and structures by corridor, for one territory or across territories."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_period
from atlas.figures.common.series_colours import corridor_colour
from atlas.figures.corridors import texts
from atlas.figures.corridors.bars import BarSubject, change_figure, level_figure
from atlas.figures.corridors.contribution import contribution_figure
from atlas.figures.corridors.over_time import corridor_over_time, corridors_over_time
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.corridors.rows import corridor_bars_by_territory, territory_bars
from atlas.figures.corridors.share_bars import shares_figure
from atlas.figures.corridors.side_by_side import changes_side_by_side, side_by_side_figure
from atlas.indicators.choice import best
from atlas.indicators.corridors import TEXTS_OF_CHANGES, corridor_total, levels_and_changes
from atlas.indicators.row_values import change_values, level_values
from atlas.territories import CODE_SEPARATOR
from atlas.values import Column, Table, name_column


def corridors_figure(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """The view of the corridors of a territory, or of several, that is asked for.

    None when nothing is published. Raises RequestError for a period that is not written as in the
    data, and for a view that cannot show what is asked.
    """
    if request.view == "evolution":
        return corridors_over_time(context, request)
    for period in (request.period, *filter(None, [request.compared_to])):
        check_period(period)
    if request.view == "parts":
        return shares_figure(context, request)
    if CODE_SEPARATOR in request.territory:
        if request.view == "contribution":
            raise RequestError("la contribution montre un territoire : demandez-en un seul")
        several = changes_side_by_side if request.view == "croissance" else side_by_side_figure
        return several(context, request)
    if request.view == "contribution":
        return contribution_figure(context, request)
    rows = territory_bars(
        context,
        request.territory,
        request.indicator,
        _reference_period(context, request, request.period),
        _reference_period(context, request, request.compared_to),
    )
    if rows.empty or rows["secret"].all():
        return None
    return VIEWS_OF_BARS[request.view](context, rows, _territory_subject(context, request, rows))


VIEWS_OF_BARS: Mapping[str, Callable[[FigureContext, pd.DataFrame, BarSubject], Figure | None]] = {
    "niveau": level_figure,
    "croissance": change_figure,
}


def _reference_period(
    context: FigureContext, request: CorridorsRequest | CorridorRequest, period: str
) -> str:
    """A period of a request as it is compared; empty when it is."""
    accumulation = context.settings.indicators[request.indicator].accumulation
    return periods.reference_period(period, accumulation) if period else ""


def _territory_subject(
    context: FigureContext, request: CorridorsRequest, rows: pd.DataFrame
) -> BarSubject:
    """The corridors of one territory: each in its colour."""
    place = context.territories[request.territory]
    indicator = context.settings.indicators[request.indicator]
    date = periods.label(request.period, indicator.accumulation)
    reference_period = _reference_period(context, request, request.period)
    return BarSubject(
        key=f"{place.slug}_{request.period}_{french.slug(indicator.label)}",
        indicator=indicator,
        heading="Couloir",
        colours={key: corridor_colour(context, key) for key in rows["corridor"]},
        level_title=f"{indicator.label}{texts.by_corridor_text(indicator)}, {place.name}, {date}",
        change_title=texts.growth_title(rows, indicator, place.locative, date),
        title=request.title,
        period=request.period,
        champ=f"{captions.champ_text(context, indicator, [request.territory])}.",
        order=request.order,
        total=_total(context, request, rows["source"], reference_period),
    )


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
        context.dataset.index.of_territories(request.indicator, [request.territory]),
        context.settings,
        request.territory,
        indicator=request.indicator,
        reference_period=reference_period,
        compared_to=_reference_period(context, request, request.compared_to),
    )
    if row is None or indicator.in_percent:
        return ""
    frame = row.to_frame().T
    (level,), (change,) = level_values(frame, indicator), change_values(frame, indicator)
    growth = f" ({french.value_text(change, marked=True)})" if change.is_known else ""
    name = "Total" if context.dataset.fictitious else "Total publié"
    source = context.dataset.sources[row["source"]]
    according = (
        "" if row["source"] in set(sources) else f", {captions.according_to(source, row['page'])}"
    )
    value = french.format_with_unit(row["value"], indicator, row["qualifier"])
    contradiction = captions.contradiction_note([level, change])
    total = f"{name} : {value}{growth}{according}."
    return f"{total} {contradiction}" if contradiction else total


def corridor_figure(context: FigureContext, request: CorridorRequest) -> Figure | None:
    """One corridor across territories: France and each région that published it, or those that are
    asked for; None when none did. Raises RequestError without a corridor, and for a period that is
    not written as in the data."""
    if not request.corridor:
        raise RequestError("il manque le couloir")
    if request.view == "evolution":
        return corridor_over_time(context, request)
    for period in filter(None, (request.period, request.compared_to)):
        check_period(period)
    rows = corridor_bars_by_territory(context, request)
    if rows.empty or rows["secret"].all():
        return None
    return VIEWS_OF_BARS[request.view](context, rows, _corridor_subject(context, request, rows))


def _corridor_subject(
    context: FigureContext, request: CorridorRequest, rows: pd.DataFrame
) -> BarSubject:
    """One corridor across territories: in its colour, the nation in ink, the highlighted territory
    in the accent."""
    indicator = context.settings.indicators[request.indicator]
    name = context.settings.corridors[request.corridor].label
    date = texts.one_date(rows["level"], indicator)
    ending = f", {date}" if date else ""
    colour = corridor_colour(context, request.corridor)
    told_apart = {"FR": context.style.ink, request.highlighted: context.style.accent}
    champ = captions.champ_text(context, indicator, [])
    latest = "" if request.period else ", à leur dernière période"
    return BarSubject(
        key=f"{french.slug(name)}_{french.slug(indicator.label)}_territoires",
        indicator=indicator,
        heading="Territoire" if date else "Territoire et période",
        colours={code: told_apart.get(code, colour) for code in rows["key"]},
        level_title=f"{indicator.label}, {name}, par territoire{ending}",
        change_title=f"{indicator.heading or indicator.label}, {name}, évolution par "
        f"territoire{ending}",
        title=request.title,
        period="",
        champ=f"{champ} ; territoires qui publient ce couloir{latest}.",
        order=request.order,
    )


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
