"""What is said of bars by corridor: labels, note de lecture, notes, description."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.findings import as_title, is_stated, is_stated_level
from atlas.sentences.headings import change_heading, of_heading
from atlas.sentences.notes import change_alone_note
from atlas.settings import Indicator
from atlas.values import Value

MILLION = 1_000_000


def level_labels(levels: Sequence[Value]) -> list[str]:
    """The levels of one column on their bars, all in one unit and with as many decimals: in full,
    « 957 118 », « 33,6 % † », or in millions where all are round; or why there is none."""
    known = [level for level in levels if level.is_known and not level.printed]
    decimals = french.shared_decimals(known)
    in_full = [french.value_text(level) for level in known]
    is_mixed = any("milli" in text for text in in_full) and not all(
        "milli" in text for text in in_full
    )
    return [_level_label(level, decimals, in_digits=is_mixed) for level in levels]


def _level_label(level: Value, decimals: int | None, *, in_digits: bool) -> str:
    if _is_unpublished(level):
        return "niveau non publié"
    if level.amount is None or level.indicator is None:
        return french.SECRET
    if in_digits and not level.printed and not level.indicator.in_percent:
        mark = f"\u202f{french.DERIVED_MARK}" if level.is_computed else ""
        number = french.format_number(level.amount)
        # What was computed is marked so, which says that it is not exact.
        about = "" if level.is_computed else french.QUALIFIERS[level.qualifier]
        return f"{about}{number}{mark}"
    shown = replace(level, qualifier="") if level.is_computed else level
    return french.value_text(shown, marked=True, decimals=decimals)


def _is_unpublished(level: Value) -> bool:
    return (level.amount is None or level.indicator is None) and level.status != "secret"


def short_labels(levels: Sequence[Value]) -> list[str]:
    """The same where room is scarce: counts above a million with few decimals, « 5,6 M »."""
    labels = [
        "non publié" if _is_unpublished(level) else label
        for level, label in zip(levels, level_labels(levels), strict=True)
    ]
    known = [abs(level.number) for level in levels if level.is_known]
    if not known or max(known) < MILLION or not _are_counts(levels):
        return labels
    digits = 1 if min(filter(None, known), default=1.0) >= MILLION / 10 else 2
    return [
        f"{french.format_number(level.number / MILLION, digits)}{french.NBSP}M"
        + (f"\u202f{french.DERIVED_MARK}" if level.is_computed else "")
        if level.is_known
        else label
        for level, label in zip(levels, labels, strict=True)
    ]


def _are_counts(levels: Sequence[Value]) -> bool:
    return all(level.indicator is not None and level.indicator.kind == "count" for level in levels)


def change_labels(changes: Sequence[Value]) -> list[str]:
    """The changes of one column, with as many decimals: « +34 % », « +21,5 % † »; empty where
    there is none.

    Growths have the decimals of the least precise, so that none says more than it knows.
    """
    known = [change for change in changes if change.is_known]
    decimals = french.shared_decimals(known)
    if decimals is None and known:
        few = min(french.written_decimals(change.number, 1) for change in known)
        decimals = 1 if any(0 < abs(change.number) < 1 for change in known) else few
    return [
        french.value_text(change, marked=True, decimals=decimals) if change.is_known else ""
        for change in changes
    ]


def growth_label(change: Value) -> str:
    """A growth in a sentence; empty without one."""
    return french.value_text(change, marked=True) if change.is_known else ""


def bar_text(level: Value, change: Value) -> str:
    """« 9 105 200, +34 % », « niveau non publié, +34 % »."""
    (said,) = [french.value_text(level)] if level.is_known else level_labels([level])
    return f"{said}, {growth_label(change)}" if change.is_known else said


def names_corridor(indicator: Indicator) -> bool:
    """True when the indicator is one of corridors alone, as its own sentence says."""
    return "{corridor}" in indicator.reading


def by_corridor_text(indicator: Indicator) -> str:
    """What follows the name of an indicator that also has values over all corridors."""
    return "" if names_corridor(indicator) else " par couloir"


def lecture(context: FigureContext, rows: pd.DataFrame, *, period: str, of: str) -> str:
    """How the highest bar reads: its level with its growth, or its growth alone.

    of: the column of what bars measure, level or change; period: of what does not say its own.
    """
    bar = _highest_bar(rows, of)
    level, change = bar["level"], bar["change"]
    about = {"period": period, "corridor": bar["corridor"]}
    if not level.is_known:
        return captions.change_reading(context, change, bar["code"], **about)
    gained = change if change.is_known else None
    return captions.reading(context, level, bar["code"], change=gained, **about)


def _highest_bar(rows: pd.DataFrame, of: str) -> pd.Series:
    """The bar that is read: the highest level or change, or the highest change without a level."""
    known = [bar for _, bar in rows.iterrows() if bar[of].is_known]
    bars = known or [bar for _, bar in rows.iterrows() if bar["change"].is_known]
    return max(bars, key=lambda bar: float(bar[of].number if known else bar["change"].number))


def findings(
    context: FigureContext, rows: pd.DataFrame, *, period: str, of: str
) -> tuple[str, ...]:
    """What the highest bar says, where it is certain: its growth, or its level with its growth,
    then its level alone. Arguments as `lecture`."""
    bar = _highest_bar(rows, of)
    level, change = bar["level"], bar["change"]
    about = {"period": period, "corridor": bar["corridor"]}
    grew = is_stated(change) and bool(change.compared_to)
    if of == "change" or not level.is_known:
        said = captions.change_reading(context, change, bar["code"], **about) if grew else ""
        return (as_title(said),) if said else ()
    if not is_stated_level(level):
        return ()
    gains = [change, None] if grew else [None]
    return tuple(
        as_title(
            captions.reading(
                context, level, bar["code"], change=gain, is_dated=gain is not None, **about
            )
        )
        for gain in gains
    )


def share_findings(
    context: FigureContext, indicator: Indicator, code: str, corridor: str, share: Value
) -> tuple[str, ...]:
    """« À La Réunion, 55 % des documents viennent des laboratoires », of the documents of a count
    or of a share of them; none for what is counted otherwise, or is not certain."""
    unit = indicator.unit if indicator.kind == "count" else "documents"
    is_of_documents = unit == "documents" and "documents" in indicator.label.lower()
    actors = context.settings.corridors[corridor].actors
    if not is_of_documents or not actors or not is_stated(share):
        return ()
    if indicator.in_percent and indicator.kind != "share":
        return ()
    place = context.territories[code].locative
    amount = french.value_text(share, marked=True)
    return (as_title(f"{place}, {amount} des documents viennent des {actors}."),)


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


def one_date(values: Iterable[Value], indicator: Indicator) -> str:
    """The period that all known values speak of, in French; empty when they differ."""
    dates = {value.period for value in values if value.is_known}
    return periods.label(dates.pop(), indicator.accumulation) if len(dates) == 1 else ""


def note(context: FigureContext, rows: pd.DataFrame, indicator: Indicator) -> str:
    """What pale bars are, what is not published, what was computed, what is secret."""
    parts = []
    deduced = [value for value in rows["base"] if value.is_computed]
    if deduced:
        date = one_date(deduced, indicator) or "départ"
        parts.append(
            f"{french.DERIVED_MARK} Niveau de {date} déduit du niveau et de l’évolution publiés."
        )
    silent = [
        key
        for key, level, change in zip(rows["key"], rows["level"], rows["change"], strict=True)
        if level.status == "missing" and change.is_known
    ]
    if silent:
        configured = list(context.settings.corridors)
        silent.sort(key=lambda key: configured.index(key) if key in configured else 0)
        parts.append(change_alone_note([_name_in_a_sentence(context, key) for key in silent]))
    derivations = [value.derivation for value in rows["level"] if value.is_computed]
    if derivations:
        parts.append(f"{french.DERIVED_MARK} Valeur calculée : {derivations[0]}.")
    parts.append(computed_change_note(rows["change"]))
    secret = captions.secrecy_note([*rows["level"], *rows["change"]])
    return " ".join(part for part in (*parts, secret) if part)


def computed_change_note(changes: Iterable[Value]) -> str:
    """« † Évolution calculée : rapport des deux niveaux. »; empty when none was computed."""
    derivations = dict.fromkeys(change.derivation for change in changes if change.is_computed)
    how = next(iter(derivations), "")
    return f"{french.DERIVED_MARK} Évolution calculée : {how}." if how else ""


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
