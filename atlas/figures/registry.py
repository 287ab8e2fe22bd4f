"""The one way from a request to its figure: each request class, and the function of its room."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from pydantic import ValidationError

from atlas.figures.common.brief_caption import with_brief_caption
from atlas.figures.common.context import FigureContext
from atlas.figures.common.figure import Figure
from atlas.figures.common.figure_notes import with_notes_of_values
from atlas.figures.common.findings import with_finding
from atlas.figures.common.former_requests import with_present_names
from atlas.figures.common.request import FigureRequest, RequestError
from atlas.figures.common.request_checks import check_names
from atlas.figures.comparison.layouts import comparison_figure
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.corridors.figure import corridor_figure, corridors_figure
from atlas.figures.corridors.request import CorridorRequest, CorridorsRequest
from atlas.figures.curve.figure import curve_figure
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.figure import key_figures_figure
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.map.figure import map_figure, ranking_figure
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.profile.peer_bars import peer_bars_figure
from atlas.figures.profile.request import PeerBarsRequest, StripRequest
from atlas.figures.profile.strip import strip_figure
from atlas.figures.timeline.figure import timeline_figure
from atlas.figures.timeline.request import TimelineRequest
from atlas.figures.two_dates.figure import evolution_figure, two_maps_figure
from atlas.figures.two_dates.request import EvolutionRequest, TwoMapsRequest
from atlas.incoming_text import MAX_LETTERS, remove_forbidden_characters

# A room gives None when there is nothing to show, and raises RequestError when the request names
# what does not exist or cannot be drawn so.
Room = Callable[[FigureContext, Any], Figure | None]

ROOMS: Mapping[type[FigureRequest], Room] = {
    MapRequest: map_figure,
    RankingRequest: ranking_figure,
    CorridorsRequest: corridors_figure,
    CorridorRequest: corridor_figure,
    CurveRequest: curve_figure,
    ComparisonRequest: comparison_figure,
    StripRequest: strip_figure,
    PeerBarsRequest: peer_bars_figure,
    TwoMapsRequest: two_maps_figure,
    EvolutionRequest: evolution_figure,
    KeyFiguresRequest: key_figures_figure,
    TimelineRequest: timeline_figure,
}
# By the word that links, images and the command line know a figure by.
REQUESTS: Mapping[str, type[FigureRequest]] = {
    request.model_fields["drawing"].default: request for request in ROOMS
}


def figure_of(context: FigureContext, request: FigureRequest) -> Figure | None:
    """The figure asked for, made once for a context; None when there is nothing to show.

    Raises RequestError when the request names a territory, an indicator, a corridor, a source, a
    period or a comparison that does not exist, or what its figure cannot show.
    """
    figure: Figure | None = context.once(request, lambda: _make_figure(context, request))
    return figure


def _make_figure(context: FigureContext, request: FigureRequest) -> Figure | None:
    check_names(context, request)
    if request.source:
        context = context.preferring(request.source)
    figure = ROOMS[type(request)](context, request)
    if figure is None:
        return None
    figure = with_finding(context, with_notes_of_values(context, figure))
    return replace(with_brief_caption(context, figure), request=request)


def request_from_texts(texts: Mapping[str, str], *, lenient: bool = False) -> FigureRequest:
    """The request that plain texts describe, those of former versions too; raises RequestError.

    lenient: what applies to other figures alone is left out, as images of 0.3.0 may hold some.
    """
    texts = with_present_names(
        {
            remove_forbidden_characters(name): remove_forbidden_characters(text)
            for name, text in texts.items()
        }
    )
    drawing = texts.get("drawing", "")
    needs_indicator = drawing not in REQUESTS or REQUESTS[drawing].needs_indicator
    if not drawing or (needs_indicator and "indicator" not in texts):
        raise RequestError("il manque la figure ou l’indicateur")
    if drawing not in REQUESTS:
        given = drawing[: MAX_LETTERS["name"]]
        raise RequestError(f"« {given} » est inconnu ; au choix : {', '.join(REQUESTS)}")
    if lenient:
        elsewhere = _every_field() - set(REQUESTS[drawing].model_fields)
        texts = {name: text for name, text in texts.items() if name not in elsewhere}
    try:
        return REQUESTS[drawing].model_validate(dict(texts))
    except ValidationError as error:
        raise RequestError(_reason(drawing, error)) from error


def _every_field() -> set[str]:
    return {name for request in REQUESTS.values() for name in request.model_fields}


def _reason(drawing: str, error: ValidationError) -> str:
    """The first fault of a request in French."""
    found = error.errors()[0]
    name = str(found["loc"][0])
    if found["type"] == "extra_forbidden":
        if name in _every_field():
            return f"« {name} » ne s’applique pas à la figure « {drawing} »"
        return f"« {name[: MAX_LETTERS['name']]} » n’est pas une précision connue"
    if found["type"] == "string_too_long":
        return f"« {name} » dépasse {found['ctx']['max_length']} caractères"
    expected = found.get("ctx", {}).get("expected", "")
    known = [word for word in re.findall(r"'([^']*)'", expected) if word]
    given = str(found["input"])[: MAX_LETTERS["name"]]
    return f"« {given} » est inconnu ; au choix : {', '.join(known)}"
