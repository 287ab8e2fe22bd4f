"""Documents and structures by corridor, for one territory or across territories."""

from __future__ import annotations

import math
from dataclasses import replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.style import Style, to_spec
from atlas.figures.corridors import texts as words
from atlas.figures.corridors.chart import corridor_bars
from atlas.indicators import best, by_corridor, corridor_total


def corridor_figure(
    context: FigureContext,
    code: str,
    *,
    indicator: str,
    reference_period: str,
    title: str = "",
    selected: str = "",
) -> Figure | None:
    """Bars by corridor with base year and growth, in the accent when the territory is the one
    selected; None when nothing is published."""
    kind = context.settings.indicators[indicator]
    rows = by_corridor(
        context.dataset.observations,
        context.settings,
        code,
        indicator=indicator,
        reference_period=periods.reference_period(reference_period, kind.accumulation),
    )
    if rows.empty or rows["secret"].all():
        return None
    place = context.territories[code]
    rows = words.worded(context, rows, kind)
    style = _accented(context.style) if selected == code else context.style
    base = "En orange" if style is context.style else "Trait vertical"
    chart = corridor_bars(words.drawn(rows), style=style)
    by = "" if "couloir" in kind.label else " par couloir"
    what = f"Croissance : {kind.label.lower()}" if words.only_growths(rows) else kind.label
    subtitle = f"{what}{by}, {place.name}, {periods.label(reference_period, kind.accumulation)}"
    return Figure(
        key=f"{place.slug}_{reference_period}_{french.slug(kind.label)}_couloirs",
        title=title or subtitle,
        subtitle=subtitle if title else "",
        spec=to_spec(chart, context.style),
        alt=words.alt(rows, subtitle),
        lecture=words.lecture(context, rows, kind, code, reference_period),
        champ=f"{kind.champ}, {place.name}.",
        source=captions.source_line(context, rows),
        sources=captions.source_keys(rows),
        note=_total(context, code, rows, indicator, reference_period)
        + words.note(context, rows, kind, base),
        table=words.table_of(rows, kind),
        numbers=words.numbers_of(rows, kind),
        plot=words.plot_of(style, rows, kind, reference_period),
        fictitious=context.dataset.fictitious,
        height=52 * len(rows) + 20,
        ratio=640 / (48 * len(rows) + 20),
    )


def _accented(style: Style) -> Style:
    """Bars in the accent, and the level of the base year in ink instead."""
    return replace(style, primary=style.accent, accent=style.ink)


def _total(
    context: FigureContext, code: str, shown: pd.DataFrame, indicator: str, reference_period: str
) -> str:
    """The total over the corridors as published, which the rows may not add up to.

    Its source is named when it is none of those of the rows.
    """
    kind = context.settings.indicators[indicator]
    row = corridor_total(
        context.dataset.observations,
        context.settings,
        code,
        indicator=indicator,
        reference_period=periods.reference_period(reference_period, kind.accumulation),
    )
    if row is None or kind.in_percent:
        return ""
    growth = "" if math.isnan(row["change"]) else f" ({french.format_change(row['change'], kind)})"
    name = "Total" if context.dataset.fictitious else "Total publié"
    source = (
        ""
        if row["source"] in set(shown["source"])
        else (
            f", d’après {captions.source_text(context.dataset.sources[row['source']], row['page'])}"
        )
    )
    value = french.format_with_unit(row["value"], kind, row["qualifier"])
    return f"{name} : {value}{growth}{source}. "


def corridor_across(context: FigureContext, corridor: str, *, indicator: str) -> Figure | None:
    """One corridor in France and each région that published it, at its latest period."""
    rows = context.dataset.published
    rows = rows[
        (rows["indicator"] == indicator)
        & (rows["corridor"] == corridor)
        & rows["territory"].isin(["FR", *context.territories.of_kind("REG")])
        & ~rows["uncertain"]
    ]
    kind = context.settings.indicators[indicator]
    chosen = best(rows, context.settings.source_order, needs="any")
    chosen = chosen.sort_values(
        "reference_period", key=lambda s: s.map(periods.end_month), ascending=False
    )
    chosen = chosen.drop_duplicates("territory")
    if chosen.empty or chosen["secret"].all():
        return None
    worded = words.worded(context, chosen.assign(base=float("nan")), kind)
    worded["corridor"] = [
        f"{context.territories[c].name}, {periods.label(p, kind.accumulation)}"
        for c, p in zip(worded["territory"], worded["period"], strict=True)
    ]
    worded = worded.sort_values("value", ascending=False, na_position="last", kind="stable")
    name, first = context.settings.corridors[corridor].label, worded[~worded["secret"]].iloc[0]
    chart = corridor_bars(words.drawn(worded), style=context.style)
    heading = f"{kind.label}, couloir {name}, par territoire"
    return Figure(
        key=f"{french.slug(name)}_{french.slug(kind.label)}_territoires",
        title=heading,
        subtitle="",
        spec=to_spec(chart, context.style),
        alt=words.alt(worded, heading),
        lecture=f"{first['corridor']} : {first['text']}.",
        champ=f"{kind.champ} ; territoires qui publient ce couloir, à leur dernière période.",
        source=captions.source_line(context, worded),
        sources=captions.source_keys(worded),
        note=words.note(context, worded, kind),
        table=words.table_of(worded, kind)
        .drop(columns="Base (calculée)")
        .rename(columns={"Couloir": "Territoire et période"}),
        numbers=words.numbers_of(worded, kind),
        plot=words.plot_of(context.style, worded, kind, ""),
        fictitious=context.dataset.fictitious,
        height=52 * len(worded) + 20,
        ratio=640 / (48 * len(worded) + 20),
    )


def corridor_table(
    context: FigureContext, code: str, *, indicators: list[str], reference_period: str
) -> pd.DataFrame:
    """Corridors in rows and the published totals last; a value and a growth per indicator."""
    corridors = {**{k: c.label for k, c in context.settings.corridors.items()}, "": "TOTAL publié"}
    table = pd.DataFrame({"Couloir": list(corridors.values())})
    rows = context.dataset.published
    for key in indicators:
        kind = context.settings.indicators[key]
        mine = rows[
            (rows["indicator"] == key)
            & (rows["territory"] == code)
            & (
                rows["reference_period"]
                == periods.reference_period(reference_period, kind.accumulation)
            )
            & ~rows["uncertain"]
        ]
        chosen = best(mine, context.settings.source_order, needs="any").set_index("corridor")
        chosen = chosen.reindex(list(corridors))
        table[kind.label] = [
            french.format_value(v, kind, french.HIDDEN if s == 1 else q)
            for v, q, s in zip(chosen["value"], chosen["qualifier"], chosen["secret"], strict=True)
        ]
        table[f"Évolution ({kind.label})"] = [
            "" if math.isnan(c) else french.format_change(c, kind) for c in chosen["change"]
        ]
    return table
