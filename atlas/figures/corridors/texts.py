"""What is said of bars by corridor: labels, note de lecture, notes, description."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.sentences.headings import change_heading, of_heading
from atlas.sentences.notes import change_alone_note
from atlas.settings import Indicator
from atlas.values import Value


def level_label(level: Value) -> str:
    """A level on its bar: as its source prints it, « 957 118 », « 33,6 % † »; where it was computed
    and room is scarce, « 9,1 M † »."""
    if level.amount is None or level.indicator is None:
        return _no_level(level)
    if level.indicator.in_percent:
        return french.value_text(level, marked=True)
    mark = f"\u202f{french.DERIVED_MARK}" if level.is_computed else ""
    if level.printed or not level.is_computed:
        return french.value_text(level, marked=True)
    return (
        french.QUALIFIERS[level.qualifier]
        + french.format_compact(level.amount, level.indicator)
        + mark
    )


def _no_level(level: Value) -> str:
    return french.SECRET if level.status == "secret" else "niveau non publié"


def growth_label(change: Value) -> str:
    """A growth beside its bar, « +34 % », « +21,5 % † » when it was computed; empty without one."""
    return french.value_text(change, marked=True) if change.is_known else ""


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
    if not level.is_known:
        return captions.change_reading(context, change, code, period=period, corridor=key)
    return captions.reading(
        context,
        level,
        code,
        period=period,
        corridor=key,
        change=change if change.is_known else None,
    )


def bar_lecture(context: FigureContext, bar: pd.Series, code: str, corridor: str) -> str:
    """How a bar reads: its level with its growth, or its growth alone.

    bar: a row with level and change, of a territory and a corridor.
    """
    level, change = bar["level"], bar["change"]
    if level.is_known:
        gained = change if change.is_known else None
        return captions.reading(context, level, code, corridor=corridor, change=gained)
    return captions.change_reading(context, change, code, corridor=corridor)


def growth_title(rows: pd.DataFrame, indicator: Indicator, place: str, date: str) -> str:
    """« Documents consultés en Corse, évolution de 2024 à 2025, par profession ».

    place: a locative; date: the period of the growths, in French.
    """
    base = _one_base(rows, indicator)
    when = f"évolution de {base} à {date}" if base else f"évolution, {date}"
    return f"{indicator.heading or indicator.label} {place}, {when}, par profession"


def change_heading_of(rows: pd.DataFrame, indicator: Indicator) -> str:
    """« Évolution des documents déposés, de 2024 à 2025 »: without years when they differ."""
    heading = indicator.heading or indicator.label
    periods_said = {
        periods.label(value.period, indicator.accumulation)
        for value in rows["change"]
        if value.is_known and value.period
    }
    base = _one_base(rows, indicator)
    if len(periods_said) == 1 and base:
        return change_heading(heading, periods_said.pop(), base)
    return f"Évolution {of_heading(heading)}"


def _one_base(rows: pd.DataFrame, indicator: Indicator) -> str:
    """The period that all changes start from, in French; empty when they differ or do not say."""
    bases = {value.compared_to for value in rows["change"] if value.is_known}
    (base,) = bases if len(bases) == 1 else ("",)
    return periods.label(base, indicator.accumulation) if base else ""


def note(
    context: FigureContext, rows: pd.DataFrame, indicator: Indicator, base_mark: str = ""
) -> str:
    """base_mark: what stands for the level of the base year."""
    parts = []
    base = next((value for value in rows["base"] if value.is_known), None)
    if base:
        date = periods.label(base.period, indicator.accumulation)
        deduced = any(value.is_computed for value in rows["base"])
        how = ", déduit du niveau et de la croissance publiés" if deduced else ""
        parts.append(f"{base_mark} : niveau de {date}{how}.")
    silent = [
        key
        for key, level, change in zip(rows["key"], rows["level"], rows["change"], strict=True)
        if level.status == "missing" and change.is_known
    ]
    if silent:
        parts.append(change_alone_note([_name_in_a_sentence(context, key) for key in silent]))
    for name, values in (("Valeur", rows["level"]), ("Évolution", rows["change"])):
        derivations = [value.derivation for value in values if value.is_computed]
        if derivations:
            parts.append(f"{french.DERIVED_MARK} {name} calculée : {derivations[0]}.")
    return " ".join(part for part in (*parts, captions.secrecy_note(rows["level"])) if part)


def _name_in_a_sentence(context: FigureContext, key: str) -> str:
    """« l’hôpital », « la Corse »: a corridor or a territory, with its article."""
    corridor = context.settings.corridors.get(key)
    if corridor is None:
        return context.territories[key].with_article
    return corridor.sector or f"le couloir {corridor.label}"


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
