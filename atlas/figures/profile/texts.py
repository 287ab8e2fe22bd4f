"""What is said of a territory among those of its kind: rank, gap, note de lecture."""

from __future__ import annotations

import pandas as pd

from atlas import french, periods
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.common.ranks import KIND_NOUNS, place_text, published_count_text
from atlas.figures.profile.territory_position import TerritoryPosition, level_of
from atlas.indicators.ranking import Rank, published_rank
from atlas.sentences.headings import generic_champ
from atlas.sentences.publishers import publisher_with_article
from atlas.settings import Indicator

GAP_LABEL = "Écart à la France"


def enclosing_codes(context: FigureContext, code: str) -> list[str]:
    """The territory, its région and France; a région of one département has its name, and is
    left out."""
    region = context.territories.region_of(code)
    same_name = context.territories[region].name == context.territories[code].name
    return list(dict.fromkeys([code, *([] if same_name else [region]), "FR"]))


def among_text(context: FigureContext, position: TerritoryPosition) -> str:
    """« sur 4 régions dont le taux est publié, dont 1 calculé »; « sur les 18 régions »."""
    known, total = len(position.known), len(position.rows)
    many = KIND_NOUNS[position.kind][1]
    noun = context.settings.indicators[position.indicator].value_noun
    text = (
        f"sur les {known} {many}"
        if known == total
        else f"sur {known} {many} dont le {noun} est {published_word(context)}"
    )
    computed = sum(level.is_computed for level in position.known["level"])
    if not computed:
        return text
    plural = "s" if computed > 1 else ""
    return f"{text}, dont {computed} calculé{plural}\u202f{french.DERIVED_MARK}"


def solidity_text(position: TerritoryPosition, rank: Rank) -> str:
    """« rang certain »; « entre le 2ᵉ et le 3ᵉ rang, compte tenu des arrondis »; « rang
    indicatif » where a source says « environ » or « plus de »."""
    if any(level.qualifier and not level.is_computed for level in position.known["level"]):
        return "rang indicatif : des valeurs sont approximatives"
    if rank.certain:
        return "rang certain"
    reasons = ["des arrondis"]
    if rank.among < rank.total:
        reasons.append(f"des {rank.total - rank.among} valeurs non publiées")
    return (
        f"entre le {french.format_ordinal(rank.best)} et le "
        f"{french.format_ordinal(rank.worst)} rang, compte tenu {french.join_with_et(reasons)}"
    )


def rank_sentence(context: FigureContext, position: TerritoryPosition) -> str:
    """« 2ᵉ sur les 18 régions ; rang certain »; without a rank, how many are known, and the rank
    that a source prints: « 3 régions sur 18 ont publié ce taux ; 2ᵉ région, selon l’ARS… »."""
    rank = position.rank
    if rank is None:
        return " ; ".join(
            text
            for text in (count_sentence(context, position), _short_rank(context, position))
            if text
        )
    return f"{place_text(rank)} {among_text(context, position)} ; {solidity_text(position, rank)}"


def count_sentence(context: FigureContext, position: TerritoryPosition) -> str:
    """« 3 régions sur 18 ont publié ce taux »; empty when they all have."""
    known, total = len(position.known), len(position.rows)
    if known == total:
        return ""
    indicator = context.settings.indicators[position.indicator]
    computed = sum(level.is_computed for level in position.known["level"])
    text = published_count_text(context, known - computed, total, position.kind, indicator)
    if not computed:
        return text
    return f"{text}, {computed} {'sont calculés' if computed > 1 else 'est calculé'}"


def _short_rank(context: FigureContext, position: TerritoryPosition) -> str:
    """« 2ᵉ région, selon l’ARS Nouvelle-Aquitaine »; empty where no source prints it."""
    row = rank_row(context, position)
    if row is None:
        return ""
    publisher = context.dataset.sources[row["source"]].publisher
    ordinal = french.format_ordinal(int(row["value"]))
    return f"{ordinal} {KIND_NOUNS[position.kind][0]}, selon {publisher_with_article(publisher)}"


def rank_row(context: FigureContext, position: TerritoryPosition) -> pd.Series | None:
    """The row in which a source prints the rank of the territory, if one does."""
    return published_rank(
        context.dataset.published,
        context.settings,
        position.code,
        indicator=position.indicator,
        reference_period=position.reference_period,
    )


def published_rank_text(context: FigureContext, position: TerritoryPosition) -> str:
    """« Rang publié : 2ᵉ (régions françaises), d’après ARS… », apart from the computed one."""
    row = rank_row(context, position)
    if row is None:
        return ""
    indicator = context.settings.indicators[row["indicator"]]
    according = captions.according_to(context.dataset.sources[row["source"]], row["page"])
    return (
        f"Rang publié : {french.format_value(row['value'], indicator, row['qualifier'])} "
        f"({generic_champ(indicator)}), {according}"
    )


def with_rank_indicators(context: FigureContext, indicator_key: str) -> list[str]:
    """The keys of an indicator and of those that publish its rank."""
    indicators = context.settings.indicators
    ranks = [key for key, indicator in indicators.items() if indicator.ranks == indicator_key]
    return [indicator_key, *ranks]


def published_word(context: FigureContext) -> str:
    """What is invented is never said to be published."""
    return "connu" if context.dataset.fictitious else "publié"


def lecture(context: FigureContext, position: TerritoryPosition) -> str:
    """Reads the territory, else the nation, else the highest value, against the nation."""
    indicator = context.settings.indicators[position.indicator]
    row = position.own
    if not position.level.is_known:
        row = (
            position.nation
            if position.known.empty or position.national_level.is_known
            else position.known.sort_values("value", kind="stable").iloc[-1]
        )
    level = level_of(row)
    period = level.period if row["code"] == "FR" else position.reference_period
    return captions.reading(
        context,
        level,
        row["code"],
        period=period,
        ending=_against_nation(row, position, indicator),
    )


def _against_nation(row: pd.Series, position: TerritoryPosition, indicator: Indicator) -> str:
    """« , soit 8,1 points de plus que la moyenne nationale (33,6 %) »; empty without one."""
    gap = row["gap"]
    if not gap.is_known:
        return ""
    mean = french.value_text(position.national_level) + nation_date_text(position, indicator)
    if gap.number == 0:
        return f", comme en moyenne nationale ({mean})"
    return f", soit {french.format_gap(gap.number, indicator)} que la moyenne nationale ({mean})"


def nation_date_text(position: TerritoryPosition, indicator: Indicator) -> str:
    """« en février 2025 » after the value of France, where its date is another."""
    period = position.national_level.period
    if periods.reference_period(period, indicator.accumulation) == position.reference_period:
        return ""
    return f" {captions.at(period, indicator)}"


def population_label(context: FigureContext) -> str:
    """« Population (Insee, 1ᵉʳ janvier 2024) »."""
    return f"Population ({population_source(context)})"


def population_source(context: FigureContext) -> str:
    """« Insee, 1ᵉʳ janvier 2024 »: of the file data/population.csv."""
    return f"Insee, 1ᵉʳ{french.NBSP}janvier{french.NBSP}{context.territories.population_year}"
