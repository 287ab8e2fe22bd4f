"""The one way from a request to its figure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from atlas import charts, periods
from atlas.book import SESSION_NOTE
from atlas.territories import AND
from atlas.views.comparators import comparators_figure
from atlas.views.comparison import NONE, Changes, Unsuited, block_figure, comparison_figure
from atlas.views.corridor_pairs import corridor_pair_figure
from atlas.views.corridors import corridor_across, corridor_figure
from atlas.views.curves import curve_figure
from atlas.views.desk import Desk
from atlas.views.map_words import MapChoice
from atlas.views.maps import map_figure, ranking_figure
from atlas.views.requests import Drawing, FigureRequest, RequestError
from atlas.views.strips import strip_figure
from atlas.views.two_dates import evolution_figure, two_maps_figure
from atlas.views.two_dates_words import PairChoice

# Drawings of the territories of a level inside France or a région.
MAPS: tuple[Drawing, ...] = ("carte", "classement", "deux-dates", "evolution")
# Drawings of several territories.
JOINED: tuple[Drawing, ...] = ("courbe", "couloirs", "bande", "comparateurs")
# How many words a refusal names.
LISTED = 100


def figure_of(desk: Desk, request: FigureRequest) -> charts.Figure | None:
    """The figure asked for; None when there is nothing to show.

    Raises RequestError when the request names a territory, an indicator, a corridor, a source or
    a page that does not exist.
    """
    _check(desk, request)
    if request.source:
        desk = desk.preferring(request.source)
    figure = _made(desk, request)
    if figure is None:
        return None
    note = SESSION_NOTE if desk.book.session & set(figure.sources) else ""
    return replace(figure, recipe=request.as_texts(), note=f"{figure.note} {note}".strip())


def _made(desk: Desk, asked: FigureRequest) -> charts.Figure | None:
    if asked.drawing in ("deux-dates", "evolution"):
        make = two_maps_figure if asked.drawing == "deux-dates" else evolution_figure
        return make(desk, _pair(desk, asked), title=asked.title)
    if asked.drawing in ("carte", "classement"):
        choice = MapChoice(
            asked.indicator,
            asked.level,
            asked.period,
            asked.measure,
            asked.territory,
            asked.selected,
            asked.scale,
        )
        build = map_figure if asked.drawing == "carte" else ranking_figure
        return build(desk, choice, title=asked.title)
    if asked.drawing in ("bande", "comparateurs"):
        draw = strip_figure if asked.drawing == "bande" else comparators_figure
        return draw(
            desk,
            asked.territory.split(AND),
            indicator=asked.indicator,
            when=asked.period,
            peers=asked.peers,
        )
    if asked.drawing == "couloirs" and AND in asked.territory:
        return corridor_pair_figure(
            desk,
            asked.territory.split(AND),
            indicator=asked.indicator,
            when=asked.period,
            selected=asked.selected,
        )
    if asked.drawing == "couloirs":
        return corridor_figure(
            desk,
            asked.territory,
            indicator=asked.indicator,
            when=asked.period,
            title=asked.title,
            selected=asked.selected,
        )
    if asked.drawing == "couloir":
        return corridor_across(desk, asked.corridor, indicator=asked.indicator)
    if asked.drawing == "courbe":
        return curve_figure(
            desk,
            asked.territory.split(AND),
            indicator=asked.indicator,
            title=asked.title,
            selected=asked.selected,
        )
    try:
        if not asked.page:
            return block_figure(
                desk,
                asked.indicator,
                changes_of(asked),
                measure=asked.measure,
                targets=asked.targets,
                finding=asked.title,
            )
        return comparison_figure(desk, asked.page, asked.indicator, changes_of(asked))
    except Unsuited as reason:
        raise RequestError(str(reason)) from reason


def _pair(desk: Desk, asked: FigureRequest) -> PairChoice:
    measure = desk.settings.indicators[asked.indicator].measure
    before, after = (periods.when(period, measure) for period in (asked.against, asked.period))
    return PairChoice(asked.indicator, asked.level, before, after, asked.territory, asked.selected)


def changes_of(asked: FigureRequest) -> Changes:
    """What the request of a comparison changes on its page."""
    return Changes(asked.territories, asked.layout, asked.period, asked.against, asked.axis)


def _check(desk: Desk, asked: FigureRequest) -> None:
    places = asked.territory.split(AND) if asked.drawing in JOINED else [asked.territory]
    known: list[tuple[str, list[str], Collection[str]]] = [
        (
            "l’indicateur",
            [asked.indicator, *filter(None, asked.targets.split(AND))],
            desk.settings.indicators,
        ),
        ("le territoire", places, desk.territories.by_code),
        ("le territoire", [asked.selected] if asked.selected else [], desk.territories.by_code),
        ("le couloir", [asked.corridor] if asked.corridor else [], desk.settings.corridors),
        ("la source", [asked.source] if asked.source else [], desk.book.sources),
        ("la comparaison", [asked.page] if asked.page else [], desk.settings.comparisons),
    ]
    for name, codes, words in known:
        for code in codes:
            if code not in words:
                raise RequestError(
                    f"{name} « {code} » n’existe pas", words if len(words) <= LISTED else ()
                )
    needs_period = asked.drawing in (*MAPS, "couloirs", "bande", "comparateurs")
    for period, needed in ((asked.period, needs_period), (asked.against, False)):
        if (needed or period not in ("", NONE)) and not periods.is_period(period):
            raise RequestError(
                f"la période « {period} » ne s’écrit pas 2025, 2025-12 ou 2025-12-31"
            )
    if asked.drawing in ("deux-dates", "evolution"):
        _check_pair(desk, asked)
    if asked.drawing in MAPS:
        within = desk.territories[asked.territory].kind
        if within not in ("FR", "REG"):
            raise RequestError(
                "une carte montre la France ou une région : demandez la région, "
                "avec ce territoire mis en avant"
            )
        if asked.indicator not in desk.settings.figures.map_indicators:
            raise RequestError(
                f"l’indicateur « {asked.indicator} » ne se dessine pas en carte",
                desk.settings.figures.map_indicators,
            )
        if asked.scale != "fixed" and (asked.drawing, asked.measure) != ("carte", "value"):
            raise RequestError("seule la carte d’un niveau a d’autres classes que les fixes")
    if asked.drawing in ("bande", "comparateurs"):
        _check_portrait(desk, asked)
    if asked.drawing == "couloir" and not asked.corridor:
        raise RequestError("il manque le couloir")
    if asked.drawing == "comparaison" and not (asked.page or asked.territories and asked.layout):
        raise RequestError("il manque la comparaison")


def _check_pair(desk: Desk, asked: FigureRequest) -> None:
    if not periods.is_period(asked.against):
        raise RequestError("il manque la première des deux dates (against)")
    pair = _pair(desk, asked)
    if periods.months_between(pair.before, pair.after) <= 0:
        raise RequestError(
            f"la première date, « {asked.against} », doit précéder la seconde, « {asked.period} »"
        )


def _check_portrait(desk: Desk, asked: FigureRequest) -> None:
    kinds = [desk.territories[code].kind for code in asked.territory.split(AND)]
    if kinds[0] == "CPAM":
        raise RequestError("un portrait montre la France, une région ou un département")
    if len(set(kinds)) > 1:
        raise RequestError(
            "un territoire se compare à d’autres de même nature : des régions, ou des départements"
        )
    if not desk.settings.indicators[asked.indicator].in_percent:
        raise RequestError(
            f"l’indicateur « {asked.indicator} » n’est pas un taux : un portrait compare des taux"
        )
