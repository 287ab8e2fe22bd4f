"""What is said of bars by corridor: labels, note de lecture, notes, description."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.settings import Indicator
from atlas.values import Value


def level_label(level: Value) -> str:
    """A level on its bar, where room is scarce: « 9,1 M », « 33,6 % † »."""
    if level.amount is None or level.indicator is None:
        return _no_level(level)
    if level.indicator.in_percent:
        return french.value_text(level, marked=True)
    mark = f"\u202f{french.DERIVED_MARK}" if level.is_computed else ""
    short = french.format_compact(level.amount, level.indicator)
    return french.QUALIFIERS[level.qualifier] + short + mark


def _no_level(level: Value) -> str:
    return french.SECRET if level.status == "secret" else "niveau non publié"


def growth_label(change: Value) -> str:
    """A growth beside its bar; empty without one."""
    return french.value_text(change) if change.is_known else ""


def growth_bar_label(level: Value, change: Value) -> str:
    """A growth on its own bar, or why there is none: the level of its territory is secret."""
    return growth_label(change) or level_label(level)


def bar_text(level: Value, change: Value) -> str:
    """« 9 105 200, +34 % », « niveau non publié, +34 % »."""
    said = french.value_text(level) if level.is_known else _no_level(level)
    return f"{said}, {growth_label(change)}" if change.is_known else said


def names_corridor(indicator: Indicator) -> bool:
    """True when the indicator is one of corridors alone, as its own sentence says."""
    return "{corridor}" in indicator.reading


def by_corridor_text(indicator: Indicator) -> str:
    """What follows the name of an indicator that also has values over all corridors."""
    return "" if names_corridor(indicator) else " par couloir"


def lecture(
    context: FigureContext, rows: pd.DataFrame, indicator: Indicator, code: str, period: str
) -> str:
    """How the highest bar reads, or a growth where there is no level."""
    bars = list(rows[["key", "level", "change"]].itertuples(index=False, name=None))
    with_level = [bar for bar in bars if bar[1].is_known]
    key, level, change = (
        max(with_level, key=lambda bar: bar[1].number)
        if with_level
        else next(bar for bar in bars if bar[1].status != "secret")
    )
    name = context.settings.corridors[key].label
    growth = growth_label(change)
    if growth and change.compared_to:
        growth += f" {periods.since(change.compared_to, indicator.accumulation)}"
    if not level.is_known:
        place = context.territories[code].locative
        return f"{name} {place} : {growth} ; le niveau de {periods.label(period)} n’est pas publié."
    return captions.reading(
        context,
        indicator,
        code,
        level.number,
        level.qualifier,
        period,
        corridor=name,
        extra=f", soit {growth}" if growth else "",
    )


def note(rows: pd.DataFrame, indicator: Indicator, base_mark: str = "") -> str:
    """base_mark: what stands for the level of the base year."""
    parts = []
    base = next((value for value in rows["base"] if value.is_known), None)
    if base:
        date = periods.label(base.period, indicator.accumulation)
        parts.append(
            f"{base_mark} : niveau de {date}, déduit du niveau et de la croissance publiés."
        )
    silent = [
        name
        for name, level in zip(rows["name"], rows["level"], strict=True)
        if level.status == "missing"
    ]
    if silent:
        parts.append(
            f"Niveau non publié, seule la croissance l’est : {french.join_with_et(silent)}."
        )
    if rows["note"].str.contains("non imprimée").any():
        parts.append("Période non imprimée dans le document, lue comme indiqué.")
    derivations = [
        value.derivation
        for values in zip(rows["level"], rows["change"], strict=True)
        for value in values
        if value.is_computed
    ]
    if derivations:
        parts.append(f"† Valeur calculée : {derivations[0]}.")
    return " ".join(part for part in (*parts, captions.secrecy_note(rows["level"])) if part)


def total_text(context: FigureContext, total: pd.Series, indicator: Indicator) -> str:
    """« 25 052 377 documents (DNS, 2 février 2026) »."""
    value = french.format_with_unit(total["value"], indicator, total["qualifier"])
    source = captions.source_text(context.dataset.sources[total["source"]], total["page"])
    return f"{value} ({source})"


def alt(rows: pd.DataFrame, title: str) -> str:
    """Every bar in a sentence."""
    said = " ; ".join(
        f"{name} : {bar_text(level, change)}"
        for name, level, change in zip(rows["name"], rows["level"], rows["change"], strict=True)
    )
    return f"{title}. {said}."
