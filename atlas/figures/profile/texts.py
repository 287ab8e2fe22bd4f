"""What is said of a territory among those of its kind: rank, gap, note de lecture."""

from __future__ import annotations

import pandas as pd

from atlas import french
from atlas.figures.common import captions
from atlas.figures.common.context import FigureContext
from atlas.figures.profile.territory_position import TerritoryPosition, level_of
from atlas.indicators.ranking import Rank, published_rank
from atlas.sentences.headings import generic_champ
from atlas.settings import Indicator
from atlas.territories import Kind

# A territory of a kind, and several.
KIND_NOUNS: dict[Kind, tuple[str, str]] = {
    "REG": ("région", "régions"),
    "DEP": ("département", "départements"),
}
GAP_LABEL = "Écart à la France"


def enclosing_codes(context: FigureContext, code: str) -> list[str]:
    """The territory, its région and France; a région of one département has its name, and is
    left out."""
    region = context.territories.region_of(code)
    same_name = context.territories[region].name == context.territories[code].name
    return list(dict.fromkeys([code, *([] if same_name else [region]), "FR"]))


def place_text(rank: Rank) -> str:
    """« 1ᵉʳ », « 3ᵉ ex æquo »."""
    return french.format_ordinal(rank.place) + (f"{french.NBSP}ex æquo" if rank.shared else "")


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
    return (
        f"entre le {french.format_ordinal(rank.best)} et le "
        f"{french.format_ordinal(rank.worst)} rang, compte tenu des arrondis"
    )


def rank_sentence(context: FigureContext, position: TerritoryPosition) -> str:
    """« 2ᵉ sur 4 régions dont le taux est publié ; rang certain »; empty without a rank."""
    rank = position.rank
    if rank is None:
        return ""
    return f"{place_text(rank)} {among_text(context, position)} ; {solidity_text(position, rank)}"


def published_rank_text(context: FigureContext, position: TerritoryPosition) -> str:
    """« Rang publié : 2ᵉ (régions françaises), d’après ARS… », apart from the computed one."""
    row = published_rank(
        context.dataset.published,
        context.settings,
        position.code,
        indicator=position.indicator,
        reference_period=position.reference_period,
    )
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
    return captions.reading(
        context,
        level,
        row["code"],
        period=position.reference_period,
        ending=_against_nation(row, position, indicator),
    )


def _against_nation(row: pd.Series, position: TerritoryPosition, indicator: Indicator) -> str:
    """« , soit 8,1 points de plus que la moyenne nationale (33,6 %) »; empty without one."""
    gap = row["gap"]
    if not gap.is_known:
        return ""
    mean = french.value_text(position.national_level)
    if gap.number == 0:
        return f", comme en moyenne nationale ({mean})"
    return f", soit {french.format_gap(gap.number, indicator)} que la moyenne nationale ({mean})"


def population_label(context: FigureContext) -> str:
    """« Population (Insee, 1ᵉʳ janvier 2024) »."""
    return f"Population ({population_source(context)})"


def population_source(context: FigureContext) -> str:
    """« Insee, 1ᵉʳ janvier 2024 »: of the file data/population.csv."""
    return f"Insee, 1ᵉʳ{french.NBSP}janvier{french.NBSP}{context.territories.population_year}"
