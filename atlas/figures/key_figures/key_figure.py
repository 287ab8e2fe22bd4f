"""Key figures: one value with its change, its source, the nation, and what else was published."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.indicators.choice import best, others
from atlas.indicators.row_values import change_values, level_values
from atlas.settings import FigureRef, Indicator
from atlas.values import Value

# A key figure older than this says nothing of the period asked for.
MAX_AGE_MONTHS = 24
# The nation's figure may be this much older than the territory's.
MAX_NATION_AGE_MONTHS = 12


@dataclass(frozen=True)
class KeyFigure:
    """A key figure, all texts ready to print; empty where there is nothing to say.

    values: the level and its change; nation: the value of France; sentence: the same as a press
    text says it; indicator and source_key: keys of the settings and of the sources.
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
    values: tuple[Value, Value]

    @property
    def nation_line(self) -> str:
        """« France : 33,6 % »."""
        return f"France : {self.nation}" if self.nation else ""


def key_figure(
    context: FigureContext, ref: FigureRef, *, territory: str, period: str
) -> KeyFigure | None:
    """The card of one figure of a dossier, uncertain or not; None when it is not in the data."""
    code = ref.territory or territory
    indicator = context.settings.indicators[ref.indicator]
    figures = context.dataset.observations
    rows = figures[(figures["territory"] == code) & (figures["indicator"] == ref.indicator)]
    rows = same = rows[
        (rows["corridor"] == ref.corridor)
        & (
            rows["reference_period"]
            == periods.reference_period(ref.period or period, indicator.accumulation)
        )
    ]
    if ref.page:
        rows = rows[rows["page"] == ref.page]
    chosen = best(rows, context.settings.source_order, needs="any")
    if chosen.empty:
        return None
    (made,) = _key_figures(context, chosen.iloc[:1], pd.DataFrame(), same)
    return made if ref.label is None else KeyFigure(**{**vars(made), "label": ref.label})


def key_figures_of_theme(
    context: FigureContext, theme: str, *, territory: str, period: str
) -> list[KeyFigure]:
    """One card per indicator and corridor of a theme: the latest certain figure known then.

    Figures that end after the period, or more than MAX_AGE_MONTHS before it, are left out; each
    card prints its own period.
    """
    kinds = context.settings.indicators
    rows = _of_theme(context, theme, territory)
    chosen = best(_known_at(rows, period), context.settings.source_order, needs="any")
    chosen = chosen.sort_values("end", ascending=False, kind="stable").drop_duplicates(
        ["indicator", "corridor"]
    )
    nation = context.once(("national figures", theme), lambda: _of_nation(context, theme))
    order = {key: i for i, key in enumerate(kinds)}
    corridors = {key: i for i, key in enumerate(["", *context.settings.corridors])}
    chosen = chosen.assign(_i=chosen["indicator"].map(order), _c=chosen["corridor"].map(corridors))
    return _key_figures(context, chosen.sort_values(["_i", "_c"], kind="stable"), nation, rows)


def _of_theme(context: FigureContext, theme: str, territory: str) -> pd.DataFrame:
    """The rows of one territory on the indicators of one theme."""
    keys = [key for key, kind in context.settings.indicators.items() if kind.theme == theme]
    rows = context.dataset.observations
    rows = rows[rows["territory"] == territory]
    return rows[rows["indicator"].isin(keys)]


def _of_nation(context: FigureContext, theme: str) -> pd.DataFrame:
    """The certain figures of France on one theme, one for each reference period."""
    rows = _of_theme(context, theme, "FR")
    return best(rows[~rows["uncertain"]], context.settings.source_order)


def _known_at(rows: pd.DataFrame, period: str) -> pd.DataFrame:
    """Certain rows that end by the period, and not long before it."""
    rows = rows[~rows["uncertain"]]
    ages = {
        reference_period: periods.months_between(reference_period, period)
        for reference_period in rows["reference_period"].unique()
    }
    age = rows["reference_period"].map(ages).astype(float)
    rows = rows[(age >= 0) & (age <= MAX_AGE_MONTHS)]
    return rows.assign(end=rows["reference_period"].map(periods.end_month))


def _key_figures(
    context: FigureContext, chosen: pd.DataFrame, nation: pd.DataFrame, around: pd.DataFrame
) -> list[KeyFigure]:
    """One a row. nation: the chosen rows of FR; around: rows among which other values are looked
    for."""
    indicators = [context.settings.indicators[key] for key in chosen["indicator"]]
    levels, changes = level_values(chosen, indicators), change_values(chosen, indicators)
    return [
        _key_figure(context, row, level, change, nation, around)
        for (_, row), level, change in zip(chosen.iterrows(), levels, changes, strict=True)
    ]


def _key_figure(
    context: FigureContext,
    row: pd.Series,
    level: Value,
    change: Value,
    nation: pd.DataFrame,
    around: pd.DataFrame,
) -> KeyFigure:
    indicator = context.settings.indicators[row["indicator"]]
    corridor = row["corridor"]
    name = f", {context.settings.corridors[corridor].short}" if corridor else ""
    change_alone = not level.is_known and level.status != "secret"
    since = f"{french.value_text(change)} {french.since_text(change)}" if change.is_known else ""
    said = f"niveau non publié, évolution {french.since_text(change)}" if change_alone else since
    return KeyFigure(
        label=f"{indicator.label}{name}",
        place=context.territories[row["territory"]].name,
        value=french.value_text(change if change_alone else level, with_noun=True),
        period=periods.label(row["period"], indicator.accumulation),
        change=said,
        nation=_nation(row, indicator, nation),
        source=captions.source_text(context.dataset.sources[row["source"]], row["page"]),
        note=captions.SECRECY if level.status == "secret" else row["note"],
        derived="" if level.status == "secret" else row["derived"],
        uncertain=bool(row["uncertain"]),
        others=_others(context, row, indicator, around),
        theme=indicator.theme,
        indicator=row["indicator"],
        source_key=row["source"],
        sentence=_sentence(context, row, level, change),
        values=(level, change),
    )


def _sentence(context: FigureContext, row: pd.Series, level: Value, change: Value) -> str:
    """« Fin 2025, 41,7 % des profils … dans les Landes, soit +4,2 points depuis fin 2024. »"""
    indicator = context.settings.indicators[row["indicator"]]
    corridor = row["corridor"] and context.settings.corridors[row["corridor"]].label
    since = f"{french.value_text(change)} {french.since_text(change)}" if change.is_known else ""
    if not level.is_known:
        by = f", {corridor}" if corridor else ""
        return (
            f"{indicator.label}{by}, {context.territories[row['territory']].name}, "
            f"{periods.label(row['period'], indicator.accumulation)} : "
            f"{french.SECRET if level.status == 'secret' else since}."
        )
    said = captions.reading(
        context,
        indicator,
        row["territory"],
        level.number,
        level.qualifier,
        row["period"],
        corridor=corridor,
        extra=f", soit {since}" if since else "",
    )
    return french.capitalize_first(said)


def _nation(row: pd.Series, indicator: Indicator, nation: pd.DataFrame) -> str:
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
    near = same.assign(age=ages)[(ages >= 0) & (ages <= MAX_NATION_AGE_MONTHS)].sort_values("age")
    if near.empty:
        return ""
    level = near.iloc[0]
    date = (
        ""
        if level["reference_period"] == row["reference_period"]
        else (f" ({periods.label(level['period'], indicator.accumulation)})")
    )
    return f"{french.format_value(level['value'], indicator, level['qualifier'])}{date}"


def _others(
    context: FigureContext, row: pd.Series, indicator: Indicator, around: pd.DataFrame
) -> tuple[str, ...]:
    """The values that other sources, or other pages, print for the same thing."""
    rows = others(around, row)
    rows = rows[rows["value"] != row["value"]]
    return tuple(
        f"{french.format_with_unit(r.value, indicator, r.qualifier)} "
        f"({captions.source_text(context.dataset.sources[r.source], r.page)})"
        for r in rows.drop_duplicates(["value", "source"]).itertuples(index=False)
    )
