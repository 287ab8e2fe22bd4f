"""What is said of two dates: the request, titles, note de lecture, coverage, notes and table."""

from __future__ import annotations

import math

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.ranks import place_text
from atlas.figures.map.texts import LEVELS
from atlas.figures.two_dates.ranks import date_ranks
from atlas.figures.two_dates.request import TwoDatesRequest
from atlas.indicators.computed_change import DIFFERENCE
from atlas.indicators.row_values import rank_values
from atlas.sentences.headings import of_heading
from atlas.values import Column, Table, Value, name_column


def two_maps_title(context: FigureContext, request: TwoDatesRequest) -> str:
    """« Taux d’activation, Corse, décembre 2025 et mars 2026 »."""
    indicator = context.settings.indicators[request.indicator]
    first, second = dates(context, request)
    return f"{indicator.label}, {context.territories[request.territory].name}, {first} et {second}"


def evolution_title(context: FigureContext, request: TwoDatesRequest) -> str:
    """« Évolution du taux d’activation, Corse, entre décembre 2025 et mars 2026 »."""
    label = of_heading(context.settings.indicators[request.indicator].label)
    first, second = dates(context, request)
    place = context.territories[request.territory].name
    return f"Évolution {label}, {place}, entre {first} et {second}"


def dates(context: FigureContext, request: TwoDatesRequest) -> tuple[str, str]:
    """Both periods as a reader meets them."""
    accumulation = context.settings.indicators[request.indicator].accumulation
    before, after = reference_periods(context, request)
    return periods.label(before, accumulation), periods.label(after, accumulation)


def reference_periods(context: FigureContext, request: TwoDatesRequest) -> tuple[str, str]:
    """Both periods as they are compared: the earlier one, then the later one."""
    accumulation = context.settings.indicators[request.indicator].accumulation
    return (
        periods.reference_period(request.compared_to, accumulation),
        periods.reference_period(request.period, accumulation),
    )


def coverage(context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame) -> str:
    """« 1 département sur 101 a un taux aux deux dates, 12 n’en ont qu’un, 88 aucun. »"""
    one, many = LEVELS[request.level]
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


def highlighted_text(context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame) -> str:
    """The territory selected at both dates: « Landes : 38,7 % en décembre 2024 (1ᵉʳ sur 12)… »."""
    found = rows[rows["code"] == request.highlighted]
    if found.empty:
        return ""
    row, said = found.iloc[0], []
    for name, date in zip(("before", "after"), dates(context, request), strict=True):
        found_rank = date_ranks(context, request, rows, name).get(request.highlighted)
        rank = f" ({place_text(found_rank)} sur {found_rank.total})" if found_rank else ""
        said.append(f"{row[f'{name}_text']} en {date}{rank}")
    if row["change_text"]:
        said.append(row["change_text"])
    return f"{row['name']} : {', '.join(said)}."


def read_row(request: TwoDatesRequest, rows: pd.DataFrame, name: str) -> pd.Series | None:
    """The row that the note de lecture reads: the one selected, else the highest of a column."""
    known = rows[rows[name].notna()].sort_values(name, ascending=False, kind="stable")
    if known.empty:
        return None
    chosen = known[known["code"] == request.highlighted]
    whole = known[known["change"].notna()]
    return next(part.iloc[0] for part in (chosen, whole, known) if len(part))


def two_maps_lecture(context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame) -> str:
    """Reads the level at the second date against the first."""
    row = read_row(request, rows, "after")
    if row is None:
        return ""
    ending = (
        ""
        if not row["change_text"] or math.isnan(row["before"])
        else (
            f", contre {row['before_text']} en {dates(context, request)[0]} ({row['change_text']})"
        )
    )
    return captions.reading(
        context,
        row["after_level"],
        row["code"],
        period=reference_periods(context, request)[1],
        ending=ending,
    )


def evolution_lecture(context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame) -> str:
    """Reads one change, with both levels where they are known."""
    row = read_row(request, rows, "change")
    if row is None:
        return ""
    levels = (
        ""
        if math.isnan(row["before"] + row["after"])
        else (f", {french.with_de(row['before_text'])} à {row['after_text']}")
    )
    said = captions.change_reading(context, row["change_value"], row["code"])
    return f"{said.removesuffix('.')}{levels}."


def alt_text(
    title: str, context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame
) -> str:
    """The title, what is covered, and the two ends of the changes."""
    text = f"{title}. {coverage(context, request, rows)}"
    known = rows[rows["change"].notna()].sort_values("change", ascending=False, kind="stable")
    if len(known) > 1:
        first, last = known.iloc[0], known.iloc[-1]
        text += (
            f" La plus forte évolution : {first['name']} ({first['change_text']}) ; la plus "
            f"faible : {last['name']} ({last['change_text']})."
        )
    return text


def note(context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame) -> str:
    """What was computed, and what rounding leaves open."""
    levels = [*rows["before_level"], *rows["after_level"]]
    said = [captions.computed_note(context, [*rows["code"], *rows["code"]], levels)]
    computed = rows["change_derived"] == DIFFERENCE
    if computed.any():
        rest = " ; les autres sont publiées" if (rows["change"].notna() & ~computed).any() else ""
        said.append(f"{french.DERIVED_MARK} Évolution calculée : {DIFFERENCE}{rest}.")
    if still := int(rows["still"].sum()):
        one, many = LEVELS[request.level]
        said.append(
            f"{still} {many if still > 1 else one} : écart plus petit que l’arrondi des "
            f"taux, {french.WITHIN_ROUNDING}."
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


def two_dates_table(context: FigureContext, request: TwoDatesRequest, rows: pd.DataFrame) -> Table:
    """What a reader without the maps reads, the rows in their order.

    Columns: territory; for each date (before, after) the level and, where enough territories are
    known, its rank; change.
    """
    columns = [
        name_column(
            "territory",
            french.capitalize_first(LEVELS[request.level][0]),
            rows["name"],
            keys=rows["code"],
        )
    ]
    for name, date in zip(("before", "after"), dates(context, request), strict=True):
        level = Column(
            name,
            french.capitalize_first(date),
            tuple(rows[f"{name}_level"]),
            "value",
            mark="dagger",
            decimals=french.shared_decimals(rows[f"{name}_level"]),
        )
        columns.append(level)
        if ranks := date_ranks(context, request, rows, name):
            places = tuple(rank_values(rows["code"], ranks))
            columns.append(Column(f"{name}_rank", f"Rang, {date}", places, "rank"))
    changes = tuple(rows["change_value"])
    columns.append(
        Column("change", "Évolution", changes, "value", mark="dagger", says_absence=False)
    )
    return Table(tuple(columns))


def change_text(change: Value) -> str:
    """« +3,0 points † », « 0 point (non distinguable de zéro) »; empty when a date is missing."""
    column = Column("change", "", (change,), "value", mark="dagger", says_absence=False)
    return french.cell_text(change, column)
