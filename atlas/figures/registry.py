"""The one way from a request to its figure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from atlas import periods
from atlas.dataset import SESSION_NOTE
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.comparison.layouts import block_figure, comparison_figure
from atlas.figures.comparison.spec import NONE, Overrides, UnsupportedLayout
from atlas.figures.corridors.figure import corridor_across, corridor_figure
from atlas.figures.corridors.side_by_side import corridor_pair_figure
from atlas.figures.curve.figure import curve_figure
from atlas.figures.map.figure import map_figure, ranking_figure
from atlas.figures.map.texts import MapChoice
from atlas.figures.profile.peer_bars import comparators_figure
from atlas.figures.profile.strip import strip_figure
from atlas.figures.requests import Drawing, FigureRequest, RequestError
from atlas.figures.two_dates.figure import evolution_figure, two_maps_figure
from atlas.figures.two_dates.texts import PairChoice
from atlas.territories import CODE_SEPARATOR

# Drawings of the territories of a level inside France or a région.
MAPS: tuple[Drawing, ...] = ("carte", "classement", "deux-dates", "evolution")
# Drawings of several territories.
JOINED: tuple[Drawing, ...] = ("courbe", "couloirs", "bande", "comparateurs")
# How many words a refusal names.
LISTED = 100


def figure_of(context: FigureContext, request: FigureRequest) -> Figure | None:
    """The figure asked for; None when there is nothing to show.

    Raises RequestError when the request names a territory, an indicator, a corridor, a source or
    a page that does not exist.
    """
    _check(context, request)
    if request.source:
        context = context.preferring(request.source)
    figure = _made(context, request)
    if figure is None:
        return None
    note = SESSION_NOTE if context.dataset.session & set(figure.sources) else ""
    return replace(figure, recipe=request.as_texts(), note=f"{figure.note} {note}".strip())


def _made(context: FigureContext, asked: FigureRequest) -> Figure | None:
    if asked.drawing in ("deux-dates", "evolution"):
        make = two_maps_figure if asked.drawing == "deux-dates" else evolution_figure
        return make(context, _pair(context, asked), title=asked.title)
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
        return build(context, choice, title=asked.title)
    if asked.drawing in ("bande", "comparateurs"):
        draw = strip_figure if asked.drawing == "bande" else comparators_figure
        return draw(
            context,
            asked.territory.split(CODE_SEPARATOR),
            indicator=asked.indicator,
            reference_period=asked.period,
            peers=asked.peers,
        )
    if asked.drawing == "couloirs" and CODE_SEPARATOR in asked.territory:
        return corridor_pair_figure(
            context,
            asked.territory.split(CODE_SEPARATOR),
            indicator=asked.indicator,
            reference_period=asked.period,
            selected=asked.selected,
        )
    if asked.drawing == "couloirs":
        return corridor_figure(
            context,
            asked.territory,
            indicator=asked.indicator,
            reference_period=asked.period,
            title=asked.title,
            selected=asked.selected,
        )
    if asked.drawing == "couloir":
        return corridor_across(context, asked.corridor, indicator=asked.indicator)
    if asked.drawing == "courbe":
        return curve_figure(
            context,
            asked.territory.split(CODE_SEPARATOR),
            indicator=asked.indicator,
            title=asked.title,
            selected=asked.selected,
        )
    try:
        if not asked.page:
            return block_figure(
                context,
                asked.indicator,
                changes_of(asked),
                measure=asked.measure,
                targets=asked.targets,
                finding=asked.title,
            )
        return comparison_figure(context, asked.page, asked.indicator, changes_of(asked))
    except UnsupportedLayout as reason:
        raise RequestError(str(reason)) from reason


def _pair(context: FigureContext, asked: FigureRequest) -> PairChoice:
    accumulation = context.settings.indicators[asked.indicator].accumulation
    before, after = (
        periods.reference_period(period, accumulation) for period in (asked.against, asked.period)
    )
    return PairChoice(asked.indicator, asked.level, before, after, asked.territory, asked.selected)


def changes_of(asked: FigureRequest) -> Overrides:
    """What the request of a comparison changes on its page."""
    return Overrides(asked.territories, asked.layout, asked.period, asked.against, asked.axis)


def _check(context: FigureContext, asked: FigureRequest) -> None:
    places = asked.territory.split(CODE_SEPARATOR) if asked.drawing in JOINED else [asked.territory]
    known: list[tuple[str, list[str], Collection[str]]] = [
        (
            "l’indicateur",
            [asked.indicator, *filter(None, asked.targets.split(CODE_SEPARATOR))],
            context.settings.indicators,
        ),
        ("le territoire", places, context.territories.by_code),
        ("le territoire", [asked.selected] if asked.selected else [], context.territories.by_code),
        ("le couloir", [asked.corridor] if asked.corridor else [], context.settings.corridors),
        ("la source", [asked.source] if asked.source else [], context.dataset.sources),
        ("la comparaison", [asked.page] if asked.page else [], context.settings.comparisons),
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
        _check_pair(context, asked)
    if asked.drawing in MAPS:
        within = context.territories[asked.territory].kind
        if within not in ("FR", "REG"):
            raise RequestError(
                "une carte montre la France ou une région : demandez la région, "
                "avec ce territoire mis en avant"
            )
        if asked.indicator not in context.settings.map_indicators:
            raise RequestError(
                f"l’indicateur « {asked.indicator} » ne se dessine pas en carte",
                context.settings.map_indicators,
            )
        if asked.scale != "fixed" and (asked.drawing, asked.measure) != ("carte", "value"):
            raise RequestError("seule la carte d’un niveau a d’autres classes que les fixes")
    if asked.drawing in ("bande", "comparateurs"):
        _check_portrait(context, asked)
    if asked.drawing == "couloir" and not asked.corridor:
        raise RequestError("il manque le couloir")
    if asked.drawing == "comparaison" and not (asked.page or asked.territories and asked.layout):
        raise RequestError("il manque la comparaison")


def _check_pair(context: FigureContext, asked: FigureRequest) -> None:
    if not periods.is_period(asked.against):
        raise RequestError("il manque la première des deux dates (against)")
    pair = _pair(context, asked)
    if periods.months_between(pair.before, pair.after) <= 0:
        raise RequestError(
            f"la première date, « {asked.against} », doit précéder la seconde, « {asked.period} »"
        )


def _check_portrait(context: FigureContext, asked: FigureRequest) -> None:
    kinds = [context.territories[code].kind for code in asked.territory.split(CODE_SEPARATOR)]
    if kinds[0] == "CPAM":
        raise RequestError("un portrait montre la France, une région ou un département")
    if len(set(kinds)) > 1:
        raise RequestError(
            "un territoire se compare à d’autres de même nature : des régions, ou des départements"
        )
    if not context.settings.indicators[asked.indicator].in_percent:
        raise RequestError(
            f"l’indicateur « {asked.indicator} » n’est pas un taux : un portrait compare des taux"
        )
