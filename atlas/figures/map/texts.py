"""What is said of a map: the request, its title, note de lecture, coverage, alt text, table."""

from __future__ import annotations

import math

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.map.request import TerritoriesRequest
from atlas.indicators.row_values import rank_values
from atlas.sentences.headings import of_heading
from atlas.values import Column, Table, name_column, text_column

LEVELS = {
    "departements": ("département", "départements"),
    "caisses": ("caisse", "caisses"),
    "regions": ("région", "régions"),
}


def title(context: FigureContext, request: TerritoriesRequest) -> str:
    indicator = context.settings.indicators[request.indicator]
    what = {
        "value": indicator.label,
        "change": f"Évolution {of_heading(indicator.label)}",
        "gap": f"{indicator.label} : écart à la France",
    }[request.measure]
    place = context.territories[request.territory].name
    return f"{what}, {place}, {periods.label(request.period, indicator.accumulation)}"


def subtitle(context: FigureContext, request: TerritoriesRequest, finding: str) -> str:
    """What is measured, in full under a finding, which does not say it."""
    by = f"Par {LEVELS[request.level][0]}"
    return f"{title(context, request)}. {by}" if finding else by


def coverage_text(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> str:
    """« 13 départements sur 101 ont un taux publié pour décembre 2025. »"""
    one, many = LEVELS[request.level]
    known, total = int((~rows["missing"]).sum()), len(rows)
    what = {"value": "un taux", "change": "une évolution", "gap": "un écart"}[request.measure]
    if not context.dataset.fictitious and request.measure != "gap":
        what += " publiée" if what.startswith("une") else " publié"
    date, secret = periods.label(request.period), int(rows["secret"].sum())
    hidden = f" ; {secret} sous secret statistique" if secret else ""
    if known == 0:
        none = "Aucun" if one == "département" else "Aucune"
        return f"{none} {one} sur {total} n’a {what} pour {date}{hidden}."
    noun, verb = (many, "ont") if known > 1 else (one, "a")
    computed = sum(value.is_computed for value in rows["shown_value"])
    said = f"{known} {noun} sur {total} {verb} {what} pour {date}"
    if computed:
        said += f", dont {computed} calculé{'s' if computed > 1 else ''} d’après d’autres chiffres"
    return f"{said}{hidden}."


def lecture(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> str:
    """Reads the selected territory, else the highest value, against the nation."""
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    if known.empty:
        return ""
    chosen = known[known["code"] == request.highlighted]
    row = (chosen if len(chosen) else known).iloc[0]
    indicator = context.settings.indicators[request.indicator]
    if request.measure == "change":
        return captions.change_reading(
            context, row["change_value"], row["code"], period=request.period
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
        row["level_value"],
        row["code"],
        period=request.period,
        ending=gap,
    )


def steady_alt(context: FigureContext, request: TerritoriesRequest) -> str:
    """The same at every period, so that the browser keeps its drawing."""
    indicator = context.settings.indicators[request.indicator]
    return (
        f"{indicator.label} par {LEVELS[request.level][0]}, "
        f"{context.territories[request.territory].name} ; valeurs dans le tableau."
    )


def alt_text(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> str:
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    text = f"{title(context, request)}. {coverage_text(context, request, rows)}"
    if len(known) > 1:
        first, last = known.iloc[0], known.iloc[-1]
        text += (
            f" Le plus haut : {first['name']} ({first['text']}) ; "
            f"le plus bas : {last['name']} ({last['text']})."
        )
    return text


def champ(context: FigureContext, request: TerritoriesRequest) -> str:
    indicator = context.settings.indicators[request.indicator]
    return f"{captions.champ_text(context, indicator, [request.territory])}."


def legend_title(context: FigureContext, request: TerritoriesRequest) -> str:
    """What the colours measure, with its unit."""
    label = context.settings.indicators[request.indicator].label
    return {
        "value": f"{label} (en %)",
        "change": "Évolution (en points)",
        "gap": "Écart à la France (en points)",
    }[request.measure]


def map_table(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> Table:
    """What a reader without the map reads: every territory, ranked, missing ones last.

    Columns: rank, territory, level, change, gap, origin.
    """
    ordered = rows.sort_values("shown", ascending=False, na_position="last", kind="stable")
    indicator = context.settings.indicators[request.indicator]
    return Table(
        (
            Column("rank", "Rang", tuple(rank_values(ordered["rank"])), "rank"),
            name_column(
                "territory",
                french.capitalize_first(LEVELS[request.level][0]),
                ordered["name"],
                keys=ordered["code"],
            ),
            Column("level", indicator.label, tuple(ordered["level_value"]), "value", mark="dagger"),
            Column(
                "change",
                "Évolution",
                tuple(ordered["change_value"]),
                "value",
                mark="word",
                says_base=True,
                says_absence=False,
            ),
            Column("gap", "Écart à la France", tuple(ordered["gap_value"]), "value"),
            text_column(
                "origin", "Origine", (detail or french.MISSING for detail in ordered["detail"])
            ),
        )
    )
