"""What a portrait lacks, said in plain words, and where it can be found."""

from __future__ import annotations

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.corridors.shared_corridors import Corridors, own_corridors
from atlas.figures.profile import texts
from atlas.figures.profile.options import portrait_indicators
from atlas.figures.profile.peer_group import peer_group
from atlas.figures.profile.request import Peers
from atlas.figures.profile.territory_position import TerritoryPosition, territory_position
from atlas.indicators.nation import NO_COMPARABLE_NATION
from atlas.indicators.row_values import level_values
from atlas.indicators.snapshot import history
from atlas.indicators.snapshot import periods as known_periods
from atlas.settings import Indicator


def other_indicators_remark(context: FigureContext, position: TerritoryPosition) -> str:
    """The other rates that the territory has, when it lacks this one."""
    if position.level.is_known:
        return ""
    rows = context.dataset.select(territories=[position.code], corridor="")
    present = set(rows.loc[rows["value"].notna(), "indicator"]) - {position.indicator}
    found = [
        context.settings.indicators[key].label
        for key in portrait_indicators(context)
        if key in present
    ]
    return f"Autres indicateurs de ce territoire : {' ; '.join(found)}." if found else ""


def corridor_remark(
    context: FigureContext, code: str, alone: Corridors | None, reference_period: str
) -> str:
    """Why corridors stand without the nation's, or are not there. alone: the indicator and period
    of the territory."""
    if alone is None:
        region = context.territories.region_of(code)
        other = region != code and own_corridors(context, region, reference_period) is not None
        have = "a" if context.dataset.fictitious else "publie"
        return (
            f"Aucun chiffre par couloir n’est {texts.published_word(context)} "
            f"{context.territories[code].locative}"
            + (f" ; la région {context.territories[region].name} en {have}." if other else ".")
        )
    if code == "FR":
        return ""
    indicator = context.settings.indicators[alone[0]]
    return (
        f"Aucun chiffre national comparable n’est {texts.published_word(context)} par couloir pour "
        f"{periods.label(alone[1], indicator.accumulation)} : le territoire est montré seul."
    )


def no_value_remark(context: FigureContext, position: TerritoryPosition) -> str:
    """« Aucun taux publié dans les Vosges pour décembre 2025 ; la région Grand Est en publie
    un : 22,8 %, décembre 2024. »"""
    if position.level.is_known:
        return ""
    indicator = context.settings.indicators[position.indicator]
    place = context.territories[position.code]
    one = indicator.value_noun
    none = (
        f"Le {one} {place.locative} est sous {french.SECRET}"
        if position.level.status == "secret"
        else f"Aucun {one} {texts.published_word(context)} {place.locative}"
    )
    said = (
        f"{none} pour {periods.label(position.reference_period, indicator.accumulation)} "
        f"({indicator.label[:1].lower()}{indicator.label[1:]})"
    )
    others = [
        _other(context, position, code, indicator)
        for code in dict.fromkeys(
            [position.code, context.territories.region_of(position.code), "FR"]
        )
    ]
    return f"{' ; '.join([said, *(text for text in others if text)])}."


def _other(
    context: FigureContext, position: TerritoryPosition, code: str, indicator: Indicator
) -> str:
    """The last value of the territory, of its région or of the nation."""
    last = _last(context, position.indicator, code, indicator)
    if not last:
        return ""
    if code == position.code:
        return f"le dernier : {last}"
    name = "la France" if code == "FR" else f"la région {context.territories[code].name}"
    return f"{name} en {'a' if context.dataset.fictitious else 'publie'} un : {last}"


def _last(context: FigureContext, indicator_key: str, code: str, indicator: Indicator) -> str:
    """« 22,8 %, décembre 2024 »."""
    rows = history(
        context.dataset.index.of_territories(indicator_key, [code]),
        context.settings,
        [code],
        indicator=indicator_key,
    )
    if rows.empty:
        return ""
    (level,) = level_values(rows.iloc[[-1]], indicator)
    date = periods.label(rows["reference_period"].iloc[-1], indicator.accumulation)
    return f"{french.value_text(level)}, {date}"


def peers_remark(
    context: FigureContext,
    position: TerritoryPosition,
    peers: Peers,
    chosen: tuple[str, ...],
    *,
    drawn: bool,
) -> str:
    """Why those asked for are not beside the territory. drawn: some territory is."""
    group = peer_group(context, position.code, peers, chosen)
    if peers == "voisins" and context.shapes is None:
        return "Les contours ne sont pas disponibles : les voisins ne sont pas connus."
    if peers == "voisins" and not group.codes and position.code != "FR":
        return "Sans voisin terrestre en France : la comparaison est avec la France seule."
    if drawn or not group.codes:
        return ""
    indicator = context.settings.indicators[position.indicator]
    who = "Aucun de ces territoires n’a" if len(group.codes) > 1 else "Ce territoire n’a pas"
    return (
        f"{who} de {indicator.value_noun} {texts.published_word(context)} pour "
        f"{periods.label(position.reference_period, indicator.accumulation)} : pas de comparaison."
    )


def no_gap_remark(context: FigureContext, position: TerritoryPosition) -> str:
    """Why there is no gap to the nation; empty when there is one."""
    if position.code == "FR" or not position.level.is_known or position.own["gap"].is_known:
        return ""
    if position.national_level.is_known:
        nation = french.value_text(position.national_level, marked=True)
        return f"France : {nation}. Des chiffres approximatifs ne se soustraient pas."
    return f"{french.capitalize_first(NO_COMPARABLE_NATION)}."


def no_rank_remark(context: FigureContext, position: TerritoryPosition) -> str:
    """Why there is no rank: how many are known; empty when there is one, or no value."""
    if position.code == "FR" or not position.level.is_known or position.rank is not None:
        return ""
    indicator = context.settings.indicators[position.indicator]
    ranked = _last_rank(context, position)
    last = (
        f" ; le dernier rang est celui de {periods.label(ranked, indicator.accumulation)}"
        if ranked
        else ""
    )
    return f"{texts.count_sentence(context, position)}{last}."


def _last_rank(context: FigureContext, position: TerritoryPosition) -> str:
    """The latest period at which the territory has a rank; empty when it never has."""
    own = known_periods(
        context.dataset.index.of_territories(position.indicator, [position.code]),
        position.indicator,
        [position.code],
    )
    return next(
        (
            reference_period
            for reference_period in own
            if territory_position(context, position.code, position.indicator, reference_period).rank
        ),
        "",
    )


def no_change_remark(context: FigureContext, position: TerritoryPosition) -> str:
    """Why there is no change; empty when there is one, or no value."""
    if not position.level.is_known or position.own["change"].is_known:
        return ""
    return f"Ni évolution {texts.published_word(context)}e, ni chiffre un an plus tôt."
