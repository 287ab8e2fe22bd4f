"""What is said of a map: the choice, its title, note de lecture, coverage, alt text, table."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Numbers
from atlas.indicators import is_restated
from atlas.indicators.classes import Scale
from atlas.settings import Indicator, Level, Measure

LEVELS = {
    "departements": ("département", "départements"),
    "caisses": ("caisse", "caisses"),
    "regions": ("région", "régions"),
}


@dataclass(frozen=True)
class MapChoice:
    """indicator, level, reference period, measure, and the territory shown (FR or a région).

    scale: how the classes of a level are made.
    """

    indicator: str
    level: Level
    reference_period: str
    measure: Measure = "value"
    within: str = "FR"
    selected: str = ""
    scale: Scale = "fixed"

    def at(self, reference_period: str) -> MapChoice:
        """The same choice at another period."""
        return replace(self, reference_period=reference_period)


def title(context: FigureContext, choice: MapChoice) -> str:
    indicator = context.settings.indicators[choice.indicator]
    what = {
        "value": indicator.label,
        "change": f"Évolution du {indicator.label.lower()}",
        "gap": f"{indicator.label} : écart à la France",
    }[choice.measure]
    place = context.territories[choice.within].name
    return f"{what}, {place}, {periods.label(choice.reference_period, indicator.accumulation)}"


def subtitle(context: FigureContext, choice: MapChoice, finding: str) -> str:
    """What is measured, in full under a finding, which does not say it."""
    by = f"Par {LEVELS[choice.level][0]}"
    return f"{title(context, choice)}. {by}" if finding else by


def coverage_text(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> str:
    """« 13 départements sur 101 ont un taux publié pour décembre 2025. »"""
    one, many = LEVELS[choice.level]
    known, total = int((~rows["missing"]).sum()), len(rows)
    what = {"value": "un taux", "change": "une évolution", "gap": "un écart"}[choice.measure]
    if not context.dataset.fictitious and choice.measure != "gap":
        what += " publiée" if what.startswith("une") else " publié"
    date, secret = periods.label(choice.reference_period), int(rows["secret"].sum())
    hidden = f" ; {secret} sous secret statistique" if secret else ""
    if known == 0:
        none = "Aucun" if one == "département" else "Aucune"
        return f"{none} {one} sur {total} n’a {what} pour {date}{hidden}."
    noun, verb = (many, "ont") if known > 1 else (one, "a")
    computed = sum(1 for d in rows["derived"] if d and not is_restated(d))
    said = f"{known} {noun} sur {total} {verb} {what} pour {date}"
    if computed:
        said += f", dont {computed} calculé{'s' if computed > 1 else ''} d’après d’autres chiffres"
    return f"{said}{hidden}."


def lecture(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> str:
    """Reads the selected territory, else the highest value, against the nation."""
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    if known.empty:
        return ""
    chosen = known[known["code"] == choice.selected]
    row = (chosen if len(chosen) else known).iloc[0]
    indicator = context.settings.indicators[choice.indicator]
    if choice.measure == "change":
        since = (
            periods.since(row["compared_to"], indicator.accumulation)
            if row["compared_to"]
            else "(base non précisée par la source)"
        )
        return (
            f"{context.territories[row['code']].name} : "
            f"{french.format_change(row['shown'], indicator)} {since}, "
            f"à {periods.label(choice.reference_period, indicator.accumulation)}."
        )
    gap = (
        ""
        if math.isnan(row["gap"])
        else (
            f", soit {french.format_gap(row['gap'], indicator)} que la moyenne nationale "
            f"({french.format_value(row['value'] - row['gap'], indicator)})"
        )
    )
    return captions.reading(
        context,
        indicator,
        row["code"],
        row["value"],
        row["qualifier"],
        choice.reference_period,
        extra=gap,
    )


def steady_alt(context: FigureContext, choice: MapChoice) -> str:
    """The same at every period, so that the browser keeps its drawing."""
    indicator = context.settings.indicators[choice.indicator]
    return (
        f"{indicator.label} par {LEVELS[choice.level][0]}, "
        f"{context.territories[choice.within].name} ; valeurs dans le tableau."
    )


def alt_text(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> str:
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    text = f"{title(context, choice)}. {coverage_text(context, choice, rows)}"
    if len(known) > 1:
        first, last = known.iloc[0], known.iloc[-1]
        text += (
            f" Le plus haut : {first['name']} ({first['text']}) ; "
            f"le plus bas : {last['name']} ({last['text']})."
        )
    return text


def champ(context: FigureContext, choice: MapChoice) -> str:
    indicator = context.settings.indicators[choice.indicator]
    return f"{indicator.champ}, {context.territories[choice.within].name}."


def legend_title(context: FigureContext, choice: MapChoice) -> str:
    """What the colours measure, with its unit."""
    label = context.settings.indicators[choice.indicator].label
    return {
        "value": f"{label} (en %)",
        "change": "Évolution (en points)",
        "gap": "Écart à la France (en points)",
    }[choice.measure]


def map_table(context: FigureContext, choice: MapChoice, rows: pd.DataFrame) -> pd.DataFrame:
    """What a reader without the map reads: every territory, ranked, missing ones last."""
    indicator = context.settings.indicators[choice.indicator]
    ordered = rows.sort_values("shown", ascending=False, na_position="last", kind="stable")
    return pd.DataFrame(
        {
            "Rang": [
                "" if math.isnan(r) else french.format_ordinal(int(r)) for r in ordered["rank"]
            ],
            french.capitalize_first(LEVELS[choice.level][0]): ordered["name"],
            indicator.label: [
                captions.marked(french.format_value(v, indicator, q), d)
                for v, q, d in ordered[["value", "qualifier", "level_derived"]].itertuples(
                    index=False
                )
            ],
            "Évolution": [
                _change_text(c, b, d, indicator)
                for c, b, d in ordered[["change", "compared_to", "change_derived"]].itertuples(
                    index=False
                )
            ],
            "Écart à la France": [
                "" if math.isnan(g) else french.format_change(g, indicator) for g in ordered["gap"]
            ],
            "Origine": [d or french.MISSING for d in ordered["detail"]],
        }
    ).reset_index(drop=True)


def map_numbers(indicator: Indicator, rows: pd.DataFrame) -> dict[str, Numbers]:
    """The numbers that the columns of `map_table` write."""
    ordered = rows.sort_values("shown", ascending=False, na_position="last", kind="stable")
    ranks = [french.ordinal_format(rank) for rank in ordered["rank"]]
    levels = [
        french.cell_format(v, indicator, q)
        for v, q in zip(ordered["value"], ordered["qualifier"], strict=True)
    ]
    numbers = {
        "Rang": Numbers(tuple(ordered["rank"]), tuple(ranks)),
        indicator.label: Numbers(tuple(ordered["value"]), tuple(levels)),
    }
    for name, column in (("Évolution", "change"), ("Écart à la France", "gap")):
        formats = [french.change_format(v, indicator) for v in ordered[column]]
        numbers[name] = Numbers(tuple(ordered[column]), tuple(formats))
    return numbers


def value_text(value: float, qualifier: str, indicator: Indicator, measure: Measure) -> str:
    return (
        french.format_value(value, indicator, qualifier)
        if measure == "value"
        else french.format_change(value, indicator)
    )


def _change_text(change: float, base: str, derived: str, indicator: Indicator) -> str:
    if math.isnan(change):
        return ""
    since = f" {periods.since(base, indicator.accumulation)}" if base else " (base non précisée)"
    how = " (calculé)" if derived and not is_restated(derived) else ""
    return french.format_change(change, indicator) + since + how
