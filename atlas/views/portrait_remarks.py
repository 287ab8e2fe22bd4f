"""What a portrait lacks, said in plain words, and where it can be found."""

from __future__ import annotations

from atlas import periods, wording
from atlas.indicators import history
from atlas.indicators import periods as known_periods
from atlas.settings import Indicator
from atlas.views import standing_words as words
from atlas.views.corridor_pairs import Corridors, own_corridors
from atlas.views.desk import Desk
from atlas.views.peers import Peers, company
from atlas.views.portrait_options import portrait_indicators
from atlas.views.standing import Standing, standing


def elsewhere(desk: Desk, here: Standing) -> str:
    """The other rates that the territory has, when it lacks this one."""
    if not here.own["missing"]:
        return ""
    rows = desk.book.figures
    rows = rows[
        (rows["territory"] == here.code)
        & (rows["corridor"] == "")
        & rows["value"].notna()
        & ~rows["uncertain"]
    ]
    present = set(rows["indicator"]) - {here.indicator}
    found = [
        desk.settings.indicators[key].label for key in portrait_indicators(desk) if key in present
    ]
    return f"Autres indicateurs de ce territoire : {' ; '.join(found)}." if found else ""


def corridor_remark(desk: Desk, code: str, alone: Corridors | None, when: str) -> str:
    """Why corridors stand without the nation's, or are not there. alone: the indicator and period
    of the territory."""
    if alone is None:
        region = desk.territories.region_of(code)
        other = region != code and own_corridors(desk, region, when) is not None
        have = "a" if desk.book.fictitious else "publie"
        return (
            f"Aucun chiffre par couloir n’est {words.known_word(desk)} "
            f"{desk.territories[code].locative}"
            + (f" ; la région {desk.territories[region].name} en {have}." if other else ".")
        )
    if code == "FR":
        return ""
    kind = desk.settings.indicators[alone[0]]
    return (
        f"Aucun chiffre national comparable n’est {words.known_word(desk)} par couloir pour "
        f"{periods.label(alone[1], kind.measure)} : le territoire est montré seul."
    )


def no_value(desk: Desk, here: Standing) -> str:
    """« Aucun taux publié dans les Vosges pour décembre 2025 ; la région Grand Est en publie
    un : 22,8 %, décembre 2024. »"""
    if not here.own["missing"]:
        return ""
    kind, place = desk.settings.indicators[here.indicator], desk.territories[here.code]
    one = words.noun(desk, here.indicator)
    none = (
        f"Le {one} {place.locative} est sous {wording.SECRET}"
        if here.own["secret"]
        else f"Aucun {one} {words.known_word(desk)} {place.locative}"
    )
    said = (
        f"{none} pour {periods.label(here.when, kind.measure)} "
        f"({kind.label[:1].lower()}{kind.label[1:]})"
    )
    others = [
        _other(desk, here, code, kind)
        for code in dict.fromkeys([here.code, desk.territories.region_of(here.code), "FR"])
    ]
    return f"{' ; '.join([said, *(text for text in others if text)])}."


def _other(desk: Desk, here: Standing, code: str, kind: Indicator) -> str:
    """The last value of the territory, of its région or of the nation."""
    last = _last(desk, here.indicator, code, kind)
    if not last:
        return ""
    if code == here.code:
        return f"le dernier : {last}"
    name = "la France" if code == "FR" else f"la région {desk.territories[code].name}"
    return f"{name} en {'a' if desk.book.fictitious else 'publie'} un : {last}"


def _last(desk: Desk, indicator: str, code: str, kind: Indicator) -> str:
    """« 22,8 %, décembre 2024 »."""
    rows = history(desk.book.figures, desk.settings, [code], indicator=indicator)
    if rows.empty:
        return ""
    row = rows.iloc[-1]
    return (
        f"{wording.value(row['value'], kind, row['qualifier'])}, "
        f"{periods.label(row['when'], kind.measure)}"
    )


def company_remark(
    desk: Desk, here: Standing, peers: Peers, chosen: tuple[str, ...], *, drawn: bool
) -> str:
    """Why those asked for are not beside the territory. drawn: some territory is."""
    beside = company(desk, here.code, peers, chosen)
    if peers == "voisins" and desk.shapes is None:
        return "Les contours ne sont pas disponibles : les voisins ne sont pas connus."
    if peers == "voisins" and not beside.codes and here.code != "FR":
        return "Sans voisin terrestre en France : la comparaison est avec la France seule."
    if drawn or not beside.codes:
        return ""
    kind, several = desk.settings.indicators[here.indicator], len(beside.codes) > 1
    who = "Aucun de ces territoires n’a" if several else "Ce territoire n’a pas"
    return (
        f"{who} de {words.noun(desk, here.indicator)} {words.known_word(desk)} pour "
        f"{periods.label(here.when, kind.measure)} : pas de comparaison."
    )


def no_nation(desk: Desk, here: Standing) -> str:
    """Why there is no gap to the nation; empty when there is one."""
    if (
        here.code == "FR"
        or here.own["missing"]
        or words.exact_gap(here.own, here.nation) is not None
    ):
        return ""
    if not here.nation["missing"]:
        return f"France : {here.nation['text']}. Des chiffres approximatifs ne se soustraient pas."
    kind = desk.settings.indicators[here.indicator]
    last = _last(desk, here.indicator, "FR", kind)
    return (
        f"Aucun {words.noun(desk, here.indicator)} national {words.known_word(desk)} pour "
        f"{periods.label(here.when, kind.measure)}" + (f" (le dernier : {last})." if last else ".")
    )


def no_rank(desk: Desk, here: Standing) -> str:
    """Why there is no rank; empty when there is one, or no value."""
    if here.code == "FR" or here.own["missing"] or here.rank is not None:
        return ""
    kind, (one, _) = desk.settings.indicators[here.indicator], words.KINDS[here.kind]
    first = "Seule" if here.kind == "REG" else "Seul"
    date = periods.label(here.when, kind.measure)
    ranked = _last_rank(desk, here)
    return (
        f"{first} {one} dont le {words.noun(desk, here.indicator)} est "
        f"{words.known_word(desk)} pour {date}"
        + (
            f" ; le dernier rang est celui de {periods.label(ranked, kind.measure)}."
            if ranked
            else "."
        )
    )


def _last_rank(desk: Desk, here: Standing) -> str:
    """The latest period at which the territory has a rank; empty when it never has."""
    own = known_periods(desk.book.figures, here.indicator, [here.code])
    return next((when for when in own if standing(desk, here.code, here.indicator, when).rank), "")


def no_change(desk: Desk, here: Standing) -> str:
    """Why there is no change; empty when there is one, or no value."""
    if here.own["missing"] or words.has_change(here.own):
        return ""
    return f"Ni évolution {words.known_word(desk)}e, ni chiffre un an plus tôt."
