"""What a portrait lacks, said in plain words, and where it can be found."""

from __future__ import annotations

from atlas import french, periods
from atlas.figures.common.context import FigureContext
from atlas.figures.corridors.side_by_side import Corridors, own_corridors
from atlas.figures.profile import texts as words
from atlas.figures.profile.options import portrait_indicators
from atlas.figures.profile.peer_group import Peers, peer_group
from atlas.figures.profile.territory_position import TerritoryPosition, territory_position
from atlas.indicators import history
from atlas.indicators import periods as known_periods
from atlas.settings import Indicator


def elsewhere(context: FigureContext, here: TerritoryPosition) -> str:
    """The other rates that the territory has, when it lacks this one."""
    if not here.own["missing"]:
        return ""
    rows = context.dataset.observations
    rows = rows[
        (rows["territory"] == here.code)
        & (rows["corridor"] == "")
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    present = set(rows["indicator"]) - {here.indicator}
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
            f"Aucun chiffre par couloir n’est {words.known_word(context)} "
            f"{context.territories[code].locative}"
            + (f" ; la région {context.territories[region].name} en {have}." if other else ".")
        )
    if code == "FR":
        return ""
    kind = context.settings.indicators[alone[0]]
    return (
        f"Aucun chiffre national comparable n’est {words.known_word(context)} par couloir pour "
        f"{periods.label(alone[1], kind.accumulation)} : le territoire est montré seul."
    )


def no_value(context: FigureContext, here: TerritoryPosition) -> str:
    """« Aucun taux publié dans les Vosges pour décembre 2025 ; la région Grand Est en publie
    un : 22,8 %, décembre 2024. »"""
    if not here.own["missing"]:
        return ""
    kind, place = context.settings.indicators[here.indicator], context.territories[here.code]
    one = words.noun(context, here.indicator)
    none = (
        f"Le {one} {place.locative} est sous {french.SECRET}"
        if here.own["secret"]
        else f"Aucun {one} {words.known_word(context)} {place.locative}"
    )
    said = (
        f"{none} pour {periods.label(here.reference_period, kind.accumulation)} "
        f"({kind.label[:1].lower()}{kind.label[1:]})"
    )
    others = [
        _other(context, here, code, kind)
        for code in dict.fromkeys([here.code, context.territories.region_of(here.code), "FR"])
    ]
    return f"{' ; '.join([said, *(text for text in others if text)])}."


def _other(context: FigureContext, here: TerritoryPosition, code: str, kind: Indicator) -> str:
    """The last value of the territory, of its région or of the nation."""
    last = _last(context, here.indicator, code, kind)
    if not last:
        return ""
    if code == here.code:
        return f"le dernier : {last}"
    name = "la France" if code == "FR" else f"la région {context.territories[code].name}"
    return f"{name} en {'a' if context.dataset.fictitious else 'publie'} un : {last}"


def _last(context: FigureContext, indicator: str, code: str, kind: Indicator) -> str:
    """« 22,8 %, décembre 2024 »."""
    rows = history(context.dataset.observations, context.settings, [code], indicator=indicator)
    if rows.empty:
        return ""
    row = rows.iloc[-1]
    return (
        f"{french.format_value(row['value'], kind, row['qualifier'])}, "
        f"{periods.label(row['reference_period'], kind.accumulation)}"
    )


def company_remark(
    context: FigureContext,
    here: TerritoryPosition,
    peers: Peers,
    chosen: tuple[str, ...],
    *,
    drawn: bool,
) -> str:
    """Why those asked for are not beside the territory. drawn: some territory is."""
    beside = peer_group(context, here.code, peers, chosen)
    if peers == "voisins" and context.shapes is None:
        return "Les contours ne sont pas disponibles : les voisins ne sont pas connus."
    if peers == "voisins" and not beside.codes and here.code != "FR":
        return "Sans voisin terrestre en France : la comparaison est avec la France seule."
    if drawn or not beside.codes:
        return ""
    kind, several = context.settings.indicators[here.indicator], len(beside.codes) > 1
    who = "Aucun de ces territoires n’a" if several else "Ce territoire n’a pas"
    return (
        f"{who} de {words.noun(context, here.indicator)} {words.known_word(context)} pour "
        f"{periods.label(here.reference_period, kind.accumulation)} : pas de comparaison."
    )


def no_nation(context: FigureContext, here: TerritoryPosition) -> str:
    """Why there is no gap to the nation; empty when there is one."""
    if (
        here.code == "FR"
        or here.own["missing"]
        or words.exact_gap(here.own, here.nation) is not None
    ):
        return ""
    if not here.nation["missing"]:
        return f"France : {here.nation['text']}. Des chiffres approximatifs ne se soustraient pas."
    kind = context.settings.indicators[here.indicator]
    last = _last(context, here.indicator, "FR", kind)
    return (
        f"Aucun {words.noun(context, here.indicator)} national {words.known_word(context)} pour "
        f"{periods.label(here.reference_period, kind.accumulation)}"
        + (f" (le dernier : {last})." if last else ".")
    )


def no_rank(context: FigureContext, here: TerritoryPosition) -> str:
    """Why there is no rank; empty when there is one, or no value."""
    if here.code == "FR" or here.own["missing"] or here.rank is not None:
        return ""
    kind, (one, _) = context.settings.indicators[here.indicator], words.KINDS[here.kind]
    first = "Seule" if here.kind == "REG" else "Seul"
    date = periods.label(here.reference_period, kind.accumulation)
    ranked = _last_rank(context, here)
    return (
        f"{first} {one} dont le {words.noun(context, here.indicator)} est "
        f"{words.known_word(context)} pour {date}"
        + (
            f" ; le dernier rang est celui de {periods.label(ranked, kind.accumulation)}."
            if ranked
            else "."
        )
    )


def _last_rank(context: FigureContext, here: TerritoryPosition) -> str:
    """The latest period at which the territory has a rank; empty when it never has."""
    own = known_periods(context.dataset.observations, here.indicator, [here.code])
    return next(
        (
            reference_period
            for reference_period in own
            if territory_position(context, here.code, here.indicator, reference_period).rank
        ),
        "",
    )


def no_change(context: FigureContext, here: TerritoryPosition) -> str:
    """Why there is no change; empty when there is one, or no value."""
    if here.own["missing"] or words.has_change(here.own):
        return ""
    return f"Ni évolution {words.known_word(context)}e, ni chiffre un an plus tôt."
