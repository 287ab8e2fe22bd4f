"""Key figures: one value with its change, its source, the nation, and what else was published."""

from __future__ import annotations

import math
from dataclasses import dataclass

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators import best, others
from atlas.settings import FigureRef, Indicator

# A key figure older than this says nothing of the period asked for.
OLDEST_MONTHS = 24
# The nation's figure may be this much older than the territory's.
NATION_MONTHS = 12


@dataclass(frozen=True)
class KeyFigure:
    """A key figure, all texts ready to print; empty where there is nothing to say.

    sentence: the same as a press text says it; indicator and source_key: keys of the settings and
    of the sources.
    """

    label: str
    place: str
    value: str
    period: str
    change: str
    nation: str
    source: str
    note: str
    derived: str
    uncertain: bool
    others: tuple[str, ...]
    theme: str
    indicator: str
    source_key: str
    sentence: str


def key_figure(
    context: FigureContext, ref: FigureRef, *, territory: str, period: str
) -> KeyFigure | None:
    """The card of one figure of a dossier, uncertain or not; None when it is not in the data."""
    code = ref.territory or territory
    kind = context.settings.indicators[ref.indicator]
    figures = context.dataset.observations
    rows = figures[(figures["territory"] == code) & (figures["indicator"] == ref.indicator)]
    rows = same = rows[
        (rows["corridor"] == ref.corridor)
        & (
            rows["reference_period"]
            == periods.reference_period(ref.period or period, kind.accumulation)
        )
    ]
    if ref.page:
        rows = rows[rows["page"] == ref.page]
    chosen = best(rows, context.settings.source_order, needs="any")
    if chosen.empty:
        return None
    made = _card(context, chosen.iloc[0], pd.DataFrame(), same)
    return made if ref.label is None else KeyFigure(**{**vars(made), "label": ref.label})


def key_figures_of_theme(
    context: FigureContext, theme: str, *, territory: str, period: str
) -> list[KeyFigure]:
    """One card per indicator and corridor of a theme: the latest certain figure known then.

    Figures that end after the period, or more than OLDEST_MONTHS before it, are left out; each
    card prints its own period.
    """
    kinds = context.settings.indicators
    rows = _of_theme(context, theme, territory)
    chosen = best(_known_at(rows, period), context.settings.source_order, needs="any")
    chosen = chosen.sort_values("end", ascending=False, kind="stable").drop_duplicates(
        ["indicator", "corridor"]
    )
    nation = _of_theme(context, theme, "FR")
    nation = best(nation[~nation["uncertain"]], context.settings.source_order)
    order = {key: i for i, key in enumerate(kinds)}
    corridors = {key: i for i, key in enumerate(["", *context.settings.corridors])}
    chosen = chosen.assign(_i=chosen["indicator"].map(order), _c=chosen["corridor"].map(corridors))
    return [
        _card(context, row, nation, rows)
        for _, row in chosen.sort_values(["_i", "_c"], kind="stable").iterrows()
    ]


def _of_theme(context: FigureContext, theme: str, territory: str) -> pd.DataFrame:
    """The rows of one territory on the indicators of one theme."""
    keys = [key for key, kind in context.settings.indicators.items() if kind.theme == theme]
    rows = context.dataset.observations
    rows = rows[rows["territory"] == territory]
    return rows[rows["indicator"].isin(keys)]


def _known_at(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Certain rows that end by the period, and not long before it."""
    rows = rows[~rows["uncertain"]]
    ages = {
        reference_period: periods.months_between(reference_period, period)
        for reference_period in rows["reference_period"].unique()
    }
    age = rows["reference_period"].map(ages).astype(float)
    rows = rows[(age >= 0) & (age <= OLDEST_MONTHS)]
    return rows.assign(end=rows["reference_period"].map(periods.end_month))


def _card(
    context: FigureContext, row: pd.Series, nation: pd.DataFrame, around: pd.DataFrame
) -> KeyFigure:
    """nation: the chosen rows of FR; around: rows among which other values are looked for."""
    kind = context.settings.indicators[row["indicator"]]
    corridor = row["corridor"]
    label = (
        f"{kind.label}, {context.settings.corridors[corridor].short}" if corridor else kind.label
    )
    alone = math.isnan(row["value"]) and not row["secret"]
    text = (
        french.SECRET
        if row["secret"]
        else french.format_change(row["change"], kind)
        if (alone)
        else french.format_with_unit(row["value"], kind, row["qualifier"])
    )
    change = "" if alone or math.isnan(row["change"]) else _change(row, kind)
    return KeyFigure(
        label=label,
        place=context.territories[row["territory"]].name,
        value=text,
        period=periods.label(row["period"], kind.accumulation),
        change=f"niveau non publié, évolution {_base(row, kind)}" if alone else change,
        nation=_nation(row, kind, nation),
        source=captions.source_text(context.dataset.sources[row["source"]], row["page"]),
        note=captions.SECRECY if row["secret"] else row["note"],
        derived="" if row["secret"] else row["derived"],
        uncertain=bool(row["uncertain"]),
        others=_others(context, row, kind, around),
        theme=kind.theme,
        indicator=row["indicator"],
        source_key=row["source"],
        sentence=_sentence(context, row, kind, change),
    )


def _sentence(context: FigureContext, row: pd.Series, kind: Indicator, change: str) -> str:
    """« Fin 2025, 41,7 % des profils … dans les Landes, soit +4,2 points depuis fin 2024. »"""
    corridor = row["corridor"] and context.settings.corridors[row["corridor"]].label
    if math.isnan(row["value"]):
        by = f", {corridor}" if corridor else ""
        said = (
            french.SECRET
            if row["secret"]
            else (f"{french.format_change(row['change'], kind)} {_base(row, kind)}")
        )
        return (
            f"{kind.label}{by}, {context.territories[row['territory']].name}, "
            f"{periods.label(row['period'], kind.accumulation)} : {said}."
        )
    said = captions.reading(
        context,
        kind,
        row["territory"],
        row["value"],
        row["qualifier"],
        row["period"],
        corridor=corridor,
        extra=f", soit {change}" if change else "",
    )
    return french.capitalize_first(said)


def _change(row: pd.Series, kind: Indicator) -> str:
    return f"{french.format_change(row['change'], kind)} {_base(row, kind)}".strip()


def _base(row: pd.Series, kind: Indicator) -> str:
    if not row["compared_to"]:
        return "(base non précisée)"
    return periods.since(row["compared_to"], kind.accumulation)


def _nation(row: pd.Series, kind: Indicator, nation: pd.DataFrame) -> str:
    """The nation's figure beside another territory's: of the same period, else the last before.

    An older one prints its own period, so that the two are not read as of one date.
    """
    if nation.empty or row["territory"] == "FR":
        return ""
    same = nation[
        (nation["indicator"] == row["indicator"]) & (nation["corridor"] == row["corridor"])
    ]
    ages = (
        same["reference_period"]
        .map(
            lambda reference_period: periods.months_between(
                reference_period, row["reference_period"]
            )
        )
        .astype(float)
    )
    near = same.assign(age=ages)[(ages >= 0) & (ages <= NATION_MONTHS)].sort_values("age")
    if near.empty:
        return ""
    level = near.iloc[0]
    date = (
        ""
        if level["reference_period"] == row["reference_period"]
        else (f" ({periods.label(level['period'], kind.accumulation)})")
    )
    return f"France : {french.format_value(level['value'], kind, level['qualifier'])}{date}"


def _others(
    context: FigureContext, row: pd.Series, kind: Indicator, around: pd.DataFrame
) -> tuple[str, ...]:
    """The values that other sources, or other pages, print for the same thing."""
    rows = others(around, row)
    rows = rows[rows["value"] != row["value"]]
    return tuple(
        f"{french.format_with_unit(r.value, kind, r.qualifier)} "
        f"({captions.source_text(context.dataset.sources[r.source], r.page)})"
        for r in rows.drop_duplicates(["value", "source"]).itertuples(index=False)
    )
