"""What is said of two dates: the choice, titles, note de lecture, coverage, notes and table."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Numbers
from atlas.figures.map.texts import LEVELS
from atlas.indicators.two_dates import DIFFERENCE
from atlas.settings import Indicator, Level

# Of a change that rounding may explain.
STILL = "non distinguable de zéro"


@dataclass(frozen=True)
class PairChoice:
    """indicator, level, two reference periods, and the territory shown (FR or a région).

    only: codes of the level that are compared, when it is not all of them.
    """

    indicator: str
    level: Level
    before: str
    after: str
    within: str = "FR"
    selected: str = ""
    only: tuple[str, ...] = ()

    def between(self, before: str, after: str) -> PairChoice:
        """The same choice at two other periods."""
        return replace(self, before=before, after=after)


def two_maps_title(context: FigureContext, choice: PairChoice) -> str:
    """« Taux d’activation, Corse, décembre 2025 et mars 2026 »."""
    kind = context.settings.indicators[choice.indicator]
    first, second = dates(context, choice)
    return f"{kind.label}, {context.territories[choice.within].name}, {first} et {second}"


def evolution_title(context: FigureContext, choice: PairChoice) -> str:
    """« Évolution du taux d’activation, Corse, entre décembre 2025 et mars 2026 »."""
    label = context.settings.indicators[choice.indicator].label.lower()
    first, second = dates(context, choice)
    place = context.territories[choice.within].name
    return f"Évolution du {label}, {place}, entre {first} et {second}"


def dates(context: FigureContext, choice: PairChoice) -> tuple[str, str]:
    """Both periods as a reader meets them."""
    accumulation = context.settings.indicators[choice.indicator].accumulation
    return periods.label(choice.before, accumulation), periods.label(choice.after, accumulation)


def coverage(context: FigureContext, choice: PairChoice, rows: pd.DataFrame) -> str:
    """« 1 département sur 101 a un taux aux deux dates, 12 n’en ont qu’un, 88 aucun. »"""
    one, many = LEVELS[choice.level]
    known = rows["before"].notna().astype(int) + rows["after"].notna()
    both, single, none = (int((known == count).sum()) for count in (2, 1, 0))
    if both == 0:
        no = "Aucun" if one == "département" else "Aucune"
        said = f"{no} {one} sur {len(rows)} n’a un taux aux deux dates"
    else:
        said = (
            f"{both} {many} sur {len(rows)} ont un taux aux deux dates"
            if both > 1
            else f"1 {one} sur {len(rows)} a un taux aux deux dates"
        )
    if single:
        said += f", {single} n’en {'ont' if single > 1 else 'a'} qu’un"
    return f"{said}, {none} aucun." if none else f"{said}."


def standing(context: FigureContext, choice: PairChoice, rows: pd.DataFrame) -> str:
    """The territory selected at both dates: « Landes : 38,7 % en décembre 2024 (1er sur 12)… »."""
    found = rows[rows["code"] == choice.selected]
    if found.empty:
        return ""
    row, said = found.iloc[0], []
    for name, date in zip(("before", "after"), dates(context, choice), strict=True):
        among = int(rows[name].notna().sum())
        rank = (
            ""
            if math.isnan(row[f"{name}_rank"])
            else (f" ({french.format_ordinal(int(row[f'{name}_rank']))} sur {among})")
        )
        said.append(f"{row[f'{name}_text']} en {date}{rank}")
    if row["change_text"]:
        said.append(row["change_text"])
    return f"{row['name']} : {', '.join(said)}."


def read_row(choice: PairChoice, rows: pd.DataFrame, name: str) -> pd.Series | None:
    """The row that the note de lecture reads: the one selected, else the highest of a column."""
    known = rows[rows[name].notna()].sort_values(name, ascending=False, kind="stable")
    if known.empty:
        return None
    chosen = known[known["code"] == choice.selected]
    whole = known[known["change"].notna()]
    return next(part.iloc[0] for part in (chosen, whole, known) if len(part))


def two_maps_lecture(context: FigureContext, choice: PairChoice, rows: pd.DataFrame) -> str:
    """Reads the level at the second date against the first."""
    row = read_row(choice, rows, "after")
    if row is None:
        return ""
    kind = context.settings.indicators[choice.indicator]
    extra = (
        ""
        if not row["change_text"] or math.isnan(row["before"])
        else (
            f", contre {row['before_text']} en {dates(context, choice)[0]} ({row['change_text']})"
        )
    )
    return captions.reading(
        context,
        kind,
        row["code"],
        row["after_value"],
        row["after_qualifier"],
        choice.after,
        extra=extra,
    )


def evolution_lecture(context: FigureContext, choice: PairChoice, rows: pd.DataFrame) -> str:
    """Reads one change, with both levels where they are known."""
    row = read_row(choice, rows, "change")
    if row is None:
        return ""
    first, second = dates(context, choice)
    levels = (
        ""
        if math.isnan(row["before"] + row["after"])
        else (f", {french.with_de(row['before_text'])} à {row['after_text']}")
    )
    return f"{row['name']} : {row['change_text']} entre {first} et {second}{levels}."


def alt_text(title: str, context: FigureContext, choice: PairChoice, rows: pd.DataFrame) -> str:
    """The title, what is covered, and the two ends of the changes."""
    text = f"{title}. {coverage(context, choice, rows)}"
    known = rows[rows["change"].notna()].sort_values("change", ascending=False, kind="stable")
    if len(known) > 1:
        first, last = known.iloc[0], known.iloc[-1]
        text += (
            f" La plus forte évolution : {first['name']} ({first['change_text']}) ; la plus "
            f"faible : {last['name']} ({last['change_text']})."
        )
    return text


def note(context: FigureContext, choice: PairChoice, rows: pd.DataFrame) -> str:
    """What was computed, and what rounding leaves open."""
    said = [captions.derived_note(context, levels_of(rows))]
    computed = rows["change_derived"] == DIFFERENCE
    if computed.any():
        rest = " ; les autres sont publiées" if (rows["change"].notna() & ~computed).any() else ""
        said.append(f"{captions.DERIVED_MARK} Évolution calculée : {DIFFERENCE}{rest}.")
    if still := int(rows["still"].sum()):
        one, many = LEVELS[choice.level]
        said.append(
            f"{still} {many if still > 1 else one} : écart plus petit que l’arrondi des "
            f"taux, {STILL}."
        )
    return " ".join(text for text in said if text)


def levels_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The levels of both dates one under the other: code, derived, source and page."""
    names = ["derived", "source", "page"]
    return pd.concat(
        [
            rows[["code", *(f"{date}_{name}" for name in names)]].set_axis(["code", *names], axis=1)
            for date in ("before", "after")
        ],
        ignore_index=True,
    )


def pair_table(context: FigureContext, choice: PairChoice, rows: pd.DataFrame) -> pd.DataFrame:
    """What a reader without the maps reads, the rows in their order."""
    columns = {french.capitalize_first(LEVELS[choice.level][0]): rows["name"]}
    for name, date in zip(("before", "after"), dates(context, choice), strict=True):
        columns[french.capitalize_first(date)] = rows[f"{name}_text"]
        columns[f"Rang, {date}"] = pd.Series(
            [
                "" if math.isnan(rank) else french.format_ordinal(int(rank))
                for rank in rows[f"{name}_rank"]
            ],
            rows.index,
        )
    columns["Évolution"] = rows["change_text"]
    return pd.DataFrame(columns).reset_index(drop=True)


def pair_numbers(
    context: FigureContext, choice: PairChoice, rows: pd.DataFrame
) -> dict[str, Numbers]:
    """The numbers that the columns of `pair_table` write."""
    kind, numbers = context.settings.indicators[choice.indicator], {}
    for name, date in zip(("before", "after"), dates(context, choice), strict=True):
        levels = [
            french.cell_format(value, kind, qualifier)
            for value, qualifier in zip(
                rows[f"{name}_value"], rows[f"{name}_qualifier"], strict=True
            )
        ]
        ranks = [french.ordinal_format(rank) for rank in rows[f"{name}_rank"]]
        numbers[french.capitalize_first(date)] = Numbers(
            tuple(rows[f"{name}_value"]), tuple(levels)
        )
        numbers[f"Rang, {date}"] = Numbers(tuple(rows[f"{name}_rank"]), tuple(ranks))
    formats = [french.change_format(value, kind) for value in rows["change"]]
    numbers["Évolution"] = Numbers(tuple(rows["change"]), tuple(formats))
    return numbers


def change_text(amount: float, derived: str, still: bool, kind: Indicator) -> str:
    """« +3,0 points † », « 0 point (non distinguable de zéro) »; empty when a date is missing."""
    if math.isnan(amount):
        return ""
    said = captions.marked(french.format_change(amount, kind), derived)
    return f"{said} ({STILL})" if still else said
