"""What each corridor adds to the total: from one year's total to the next."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure, NativeChart, Series
from atlas.figures.common.findings import as_title, is_stated
from atlas.figures.common.request import RequestError
from atlas.figures.common.series_colours import corridor_colour, pale
from atlas.figures.common.specification import to_spec
from atlas.figures.corridors.contribution_chart import waterfall
from atlas.figures.corridors.request import CorridorsRequest
from atlas.figures.corridors.rows import in_order, sources_of_bars, territory_bars
from atlas.indicators.precision import half_step, round_to_figures
from atlas.sentences.headings import of_heading
from atlas.settings import Indicator
from atlas.values import Column, Table, Value, name_column, text_column

DERIVATION = "différence des deux niveaux"
# A total and the sum of its corridors may differ by the rounding of each, and no more.
EXACT_DIFFERENCE = 0.5


def contribution_figure(context: FigureContext, request: CorridorsRequest) -> Figure | None:
    """A waterfall from the sum of corridors of one year to that of the next.

    None where fewer than two corridors have both levels. Raises RequestError for a rate or a share,
    whose corridors do not add up to a total, and where a corridor lacks one of its levels: the
    steps would not lead from one total to the other.
    """
    indicator = context.settings.indicators[request.indicator]
    if indicator.in_percent or indicator.kind != "count" or "corridors" not in indicator.adds_up:
        raise RequestError(
            "la contribution demande un nombre dont les couloirs s’additionnent ; pour les autres, "
            "demandez la vue « croissance »"
        )
    reference_period, compared_to = (
        periods.reference_period(period, indicator.accumulation) if period else ""
        for period in (request.period, request.compared_to)
    )
    compared_to = compared_to or periods.a_year_before(reference_period)
    rows = territory_bars(
        context, request.territory, request.indicator, reference_period, compared_to
    )
    both = rows[[_has_both(row) for _, row in rows.iterrows()]] if len(rows) else rows
    if len(both) < 2:
        return None
    absent = [name for name in rows["name"] if name not in set(both["name"])]
    if absent:
        raise RequestError(
            f"il manque un des deux niveaux pour {french.join_with_et(absent)} : les contributions "
            "ne mèneraient pas d’un total à l’autre"
        )
    both = both.assign(gain=[_gain(row, indicator) for _, row in both.iterrows()])
    both = in_order(both, request.order, "gain")
    return _figure(context, request, both, (compared_to, reference_period))


def _has_both(row: pd.Series) -> bool:
    return bool(row["level"].is_known and row["base"].is_known)


def _gain(row: pd.Series, indicator: Indicator) -> Value:
    """What a corridor adds, with the figures that its two levels bear."""
    now, before = row["level"], row["base"]
    gain = now.number - before.number
    moved = half_step(now.number, now.qualifier) + half_step(before.number, before.qualifier)
    if moved > EXACT_DIFFERENCE and gain:
        digits = len(str(abs(round(gain)))) - len(str(round(moved)))
        gain = round_to_figures(gain, max(1, digits))
    return Value(
        float(gain),
        indicator=indicator,
        status="derived",
        derivation=DERIVATION,
        period=now.period,
        compared_to=before.period,
    )


def _figure(
    context: FigureContext,
    request: CorridorsRequest,
    rows: pd.DataFrame,
    dates: tuple[str, str],
) -> Figure:
    indicator = context.settings.indicators[request.indicator]
    place = context.territories[request.territory]
    before, after = (periods.label(date, indicator.accumulation) for date in dates)
    steps = _steps(context, rows, indicator, (before, after))
    what = indicator.heading or indicator.label
    standard = f"{what} {place.locative}, ce que chaque couloir ajoute de {before} à {after}"
    cited = sources_of_bars(rows, ("level", "base"))
    top = rows.iloc[max(range(len(rows)), key=lambda i: abs(rows["gain"].iloc[i].number))]
    said = " ; ".join(f"{step['name']} : {step['label']}" for _, step in steps.iterrows())
    deduced = any(base.is_computed for base in rows["base"])
    note = (
        f"{french.DERIVED_MARK} Valeurs calculées : totaux des {len(rows)} couloirs, et "
        f"{DERIVATION} de chacun."
    )
    return Figure(
        key=f"{place.slug}_{request.period}_{french.slug(indicator.label)}_couloirs-contribution",
        title=request.title or standard,
        subtitle=standard if request.title else "",
        findings=() if request.title else _findings(context, request, rows, top, steps),
        spec=to_spec(
            waterfall(
                steps[["name", "place", "start", "end", "label", "colour", "text", "is_total"]],
                style=context.style,
            ),
            context.style,
        ),
        alt=f"{standard}. {said}.",
        lecture=_lecture(context, top, indicator, (before, after), steps),
        champ=f"{captions.champ_text(context, indicator, [request.territory])}.",
        source=captions.source_line(context, cited),
        sources=captions.source_keys(cited),
        note=f"{note} Niveaux de {before} déduits d’évolutions publiées." if deduced else note,
        table=Table(
            (
                name_column("corridor", "Couloir", steps["name"], keys=steps["key"]),
                Column(
                    "level",
                    f"{indicator.label} : total ou contribution",
                    tuple(steps["value"]),
                    "value",
                    mark="dagger",
                ),
                text_column("share", "Part de la hausse", steps["share"]),
            )
        ),
        native=_native(steps, context),
        fictitious=context.dataset.fictitious,
        height=44 * len(steps) + 20,
        ratio=640 / (38 * len(steps) + 20),
    )


def _steps(
    context: FigureContext, rows: pd.DataFrame, indicator: Indicator, dates: tuple[str, str]
) -> pd.DataFrame:
    """The first total, each corridor from where the one before ends, the second total.

    Columns: key, name, place, start, end, value (a Value), label, share (of the whole change, in
    French), colour, text, is_total.
    """
    first, last = (sum(value.number for value in rows[name]) for name in ("base", "level"))
    whole = last - first
    totals = [
        Value(float(amount), indicator=indicator, status="derived", derivation="somme des couloirs")
        for amount in (first, last)
    ]
    if any(half_step(v.number, v.qualifier) for v in [*rows["base"], *rows["level"]]):
        totals = [
            Value(
                round_to_figures(total.number, 3),
                indicator=indicator,
                status="derived",
                derivation=total.derivation,
            )
            for total in totals
        ]
    found, at = [_total_step(context, totals[0], dates[0], 0)], float(first)
    for number, (_, row) in enumerate(rows.iterrows(), start=1):
        gain = row["gain"]
        moved = row["level"].number - row["base"].number
        label = _signed(gain)
        share = moved / whole * 100 if whole else float("nan")
        said = "" if share != share else f"{french.format_number(share)}{french.NBSP}%"
        found.append(
            {
                "key": row["key"],
                "name": row["name"],
                "place": number,
                "start": at,
                "end": at + moved,
                "value": gain,
                "label": label,
                "share": f"{said}\u202f{french.DERIVED_MARK}" if said else "",
                "colour": corridor_colour(context, row["key"]),
                "text": f"{label}, {said} de la variation" if said else label,
                "is_total": False,
            }
        )
        at += moved
    found.append(_total_step(context, totals[1], dates[1], len(rows) + 1))
    return pd.DataFrame(found)


def _signed(gain: Value) -> str:
    sign = "+" if gain.number > 0 else ""
    return f"{sign}{french.format_number(gain.number)}\u202f{french.DERIVED_MARK}".replace(
        "-", "\u2212"
    )


def _total_step(context: FigureContext, total: Value, date: str, place: int) -> dict[str, object]:
    label = f"{french.format_number(total.number)}\u202f{french.DERIVED_MARK}"
    shade = context.style.muted  # the ink is that of the nation
    return {
        "key": f"total-{date}",
        "name": f"Total {date}",
        "place": place,
        "start": 0.0,
        "end": total.number,
        "value": total,
        "label": label,
        "share": "",
        "colour": pale(context, shade) if place == 0 else shade,
        "text": label,
        "is_total": True,
    }


def _lecture(
    context: FigureContext,
    top: pd.Series,
    indicator: Indicator,
    dates: tuple[str, str],
    steps: pd.DataFrame,
) -> str:
    """Reads the largest step."""
    corridor = context.settings.corridors[top["key"]]
    step = steps[steps["key"] == top["key"]].iloc[0]
    gain = top["gain"]
    unit = gain.noun or indicator.unit
    amount = french.with_counted(french.format_number(abs(gain.number)), gain.number, unit)
    way = "de plus" if gain.number >= 0 else "de moins"
    share = step["share"].removesuffix(f"\u202f{french.DERIVED_MARK}")
    actors = corridor.sector or corridor.label
    part = f", soit {share} de la variation du total" if share else ""
    return f"{actors} compte {amount} {way} en {dates[1]} qu’en {dates[0]}{part}."


def _findings(
    context: FigureContext,
    request: CorridorsRequest,
    rows: pd.DataFrame,
    top: pd.Series,
    steps: pd.DataFrame,
) -> tuple[str, ...]:
    """« En Corse, 62 % † de la hausse des documents déposés vient des laboratoires »: a share of a
    rise alone, which no corridor lessens, between levels that nothing makes doubtful."""
    levels = [*rows["level"], *rows["base"]]
    share = steps.loc[steps["key"] == top["key"], "share"].iloc[0]
    actors = context.settings.corridors[top["key"]].actors
    if not share or not actors or not all(map(is_stated, levels)):
        return ()
    if any(gain.number <= 0 for gain in rows["gain"]):
        return ()
    indicator = context.settings.indicators[request.indicator]
    place = context.territories[request.territory].locative
    what = of_heading(indicator.heading or indicator.label)
    return (as_title(f"{place}, {share} de la hausse {what} vient des {actors}."),)


def _native(steps: pd.DataFrame, context: FigureContext) -> NativeChart:
    """A waterfall for a slide: bars that stand on bars without a colour."""
    values = list(steps["value"])
    lows = [min(start, end) for start, end in zip(steps["start"], steps["end"], strict=True)]
    sizes = [abs(end - start) for start, end in zip(steps["start"], steps["end"], strict=True)]
    held = tuple(
        Value(low, indicator=value.indicator) for low, value in zip(lows, values, strict=True)
    )
    shown = tuple(
        Value(size, indicator=value.indicator, status="derived", derivation=value.derivation)
        for size, value in zip(sizes, values, strict=True)
    )
    blank = ("",) * len(steps)
    return NativeChart(
        "stacked",
        tuple(steps["name"]),
        (
            Series("Départ", held, context.style.paper, blank, is_hidden=True),
            Series(
                "Contribution",
                shown,
                context.style.primary,
                tuple(steps["label"]),
                tuple(steps["colour"]),
            ),
        ),
    )
