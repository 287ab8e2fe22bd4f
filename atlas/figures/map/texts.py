"""What is said of a map: the request, its title, note de lecture, coverage, alt text, table."""

from __future__ import annotations

import math

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.ranks import count_text
from atlas.figures.map.request import TerritoriesRequest
from atlas.figures.map.rows import map_ranks, nation_date
from atlas.indicators.row_values import rank_values
from atlas.sentences.headings import of_heading
from atlas.territories import KIND_OF_LEVEL
from atlas.values import Column, Table, name_column, text_column

LEVELS = {
    "departements": ("département", "départements"),
    "caisses": ("caisse", "caisses"),
    "regions": ("région", "régions"),
}


def title(
    context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame | None = None
) -> str:
    """What is shown, where and when. rows: of `map_rows`, for a ranking: one that holds some of
    the territories only says how many."""
    indicator = context.settings.indicators[request.indicator]
    what = {
        "value": indicator.label,
        "change": f"Évolution {of_heading(indicator.label)}",
        "gap": f"{indicator.label} : écart à la France",
    }[request.measure]
    place = context.territories[request.territory].name
    if rows is not None and rows["missing"].any():
        place = f"{ranked_count_text(request, rows)}, {place}"
    return f"{what}, {place}, {periods.label(request.period, indicator.accumulation)}"


def ranked_count_text(request: TerritoriesRequest, rows: pd.DataFrame) -> str:
    """« 13 départements sur 101 », of those that have what is shown."""
    return count_text(int((~rows["missing"]).sum()), len(rows), KIND_OF_LEVEL[request.level])


def subtitle(request: TerritoriesRequest, described: str) -> str:
    """What is measured, in full under a finding, which does not say it. described: the title
    that the figure has without a finding."""
    by = f"Par {LEVELS[request.level][0]}"
    return f"{described}. {by}" if request.title else by


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
    computed = sum(value.is_computed for value in rows["shown_value"])
    if computed and request.measure != "change":
        what = {"value": "un taux", "gap": "un écart"}[request.measure]
    noun, verb = (many, "ont") if known > 1 else (one, "a")
    said = f"{known} {noun} sur {total} {verb} {what} pour {date}"
    if computed and request.measure == "value":
        plural, few = ("s" if known - computed > 1 else ""), ("s" if computed > 1 else "")
        word = "connu" if context.dataset.fictitious else "publié"
        published = f"{known - computed} {word}{plural}, " if known > computed else ""
        said += f" : {published}{computed} calculé{few} d’après d’autres chiffres"
    elif computed:
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
        if math.isnan(row["gap"]) or row["gap_value"].reach
        else (
            f", soit {french.format_gap(row['gap'], indicator)} que la moyenne nationale "
            f"({national_text(context, request, row)})"
        )
    )
    return captions.reading(
        context,
        row["level_value"],
        row["code"],
        period=request.period,
        ending=gap,
    )


def national_text(context: FigureContext, request: TerritoriesRequest, row: pd.Series) -> str:
    """« 33,6 % », « 24,7 % en février 2025 » where its date is another."""
    indicator = context.settings.indicators[request.indicator]
    value = french.format_value(row["nation"], indicator, row["nation_qualifier"])
    return (
        f"{value} {captions.at(row['nation_period'], indicator)}" if row["nation_period"] else value
    )


def steady_alt(context: FigureContext, request: TerritoriesRequest, what: str = "Carte") -> str:
    """The same at every period, so that the browser keeps its drawing. what: « Carte »."""
    indicator = context.settings.indicators[request.indicator]
    return (
        f"{what} : {indicator.label} par {LEVELS[request.level][0]}, "
        f"{context.territories[request.territory].name} ; valeurs dans le tableau."
    )


def alt_text(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> str:
    return (
        f"{title(context, request)}. {coverage_text(context, request, rows)}{ends_sentence(rows)}"
    )


def ends_sentence(rows: pd.DataFrame) -> str:
    """« Le plus haut : Landes (41,7 %) ; le plus bas : … », after a space; empty for one value."""
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    if len(known) < 2:
        return ""
    first, last = known.iloc[0], known.iloc[-1]
    return (
        f" Le plus haut : {first['name']} ({first['text']}) ; "
        f"le plus bas : {last['name']} ({last['text']})."
    )


def ranking_alt(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> str:
    """What the bars show: how many, the three longest, the shortest, and the nation beside them."""
    known = rows[~rows["missing"]].sort_values("shown", ascending=False, kind="stable")
    said = [f"{name} ({text})" for name, text in zip(known["name"], known["text"], strict=True)]
    one, many = LEVELS[request.level]
    count = f"{len(said)} {many if len(said) > 1 else one}"
    text = f"Classement, {title(context, request)}. {count}, du plus haut au plus bas : "
    if len(said) > 4:
        return f"{text}{', '.join(said[:3])}… {said[-1]}."
    return f"{text}{', '.join(said)}."


def champ(
    context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame | None = None
) -> str:
    """On whom, where, and of how many territories. rows: of `map_rows`, where some are shown."""
    indicator = context.settings.indicators[request.indicator]
    some = rows is not None and rows["missing"].any()
    count = f" ; {ranked_count_text(request, rows)}" if rows is not None and some else ""
    return f"{captions.champ_text(context, indicator, [request.territory])}{count}."


def legend_title(context: FigureContext, request: TerritoriesRequest) -> str:
    """What the colours measure, with its unit."""
    label = context.settings.indicators[request.indicator].label
    return {
        "value": f"{label} (en %)",
        "change": "Évolution (en points)",
        "gap": f"{gap_heading(context, request)} (en points)",
    }[request.measure]


def gap_heading(context: FigureContext, request: TerritoriesRequest) -> str:
    """« Écart à la France », « Écart à la France de février 2025 » where its date is another."""
    date = nation_date(context, request)
    return f"Écart à la France {french.with_de(date)}" if date else "Écart à la France"


def map_table(context: FigureContext, request: TerritoriesRequest, rows: pd.DataFrame) -> Table:
    """What a reader without the map reads: every territory, ranked, missing ones last.

    Columns: rank (where enough territories are known to be ranked), territory, level, change, gap,
    origin.
    """
    ordered = rows.sort_values("shown", ascending=False, na_position="last", kind="stable")
    indicator = context.settings.indicators[request.indicator]
    ranks = map_ranks(context, request)
    places = [Column("rank", "Rang", tuple(rank_values(ordered["code"], ranks)), "rank")]
    return Table(
        (
            *(places if ranks else []),
            name_column(
                "territory",
                french.capitalize_first(LEVELS[request.level][0]),
                ordered["name"],
                keys=ordered["code"],
            ),
            Column(
                "level",
                indicator.label,
                tuple(ordered["level_value"]),
                "value",
                mark="dagger",
                decimals=french.shared_decimals(ordered["level_value"]),
            ),
            Column(
                "change",
                "Évolution",
                tuple(ordered["change_value"]),
                "value",
                mark="word",
                says_base=True,
                says_absence=False,
                decimals=french.shared_decimals(ordered["change_value"]),
            ),
            Column(
                "gap",
                gap_heading(context, request),
                tuple(ordered["gap_value"]),
                "value",
                decimals=french.shared_decimals(ordered["gap_value"]),
            ),
            text_column(
                "origin", "Origine", (detail or french.MISSING for detail in ordered["detail"])
            ),
        )
    )
