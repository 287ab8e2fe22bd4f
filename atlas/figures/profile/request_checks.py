"""What a profile cannot show."""

from __future__ import annotations

from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import RequestError
from atlas.figures.common.request_checks import check_period
from atlas.figures.profile.request import ProfileRequest


def check_profile(context: FigureContext, request: ProfileRequest) -> None:
    """Raises RequestError for a period that is not written as in the data, a caisse, territories
    of several kinds, or an indicator that is not in percent."""
    check_period(request.period)
    kinds = [context.territories[code].kind for code in request.codes]
    if kinds[0] == "CPAM":
        raise RequestError("un portrait montre la France, une région ou un département")
    if len(set(kinds)) > 1:
        raise RequestError(
            "un territoire se compare à d’autres de même nature : des régions, ou des départements"
        )
    if not context.settings.indicators[request.indicator].in_percent:
        raise RequestError(
            f"l’indicateur « {request.indicator} » n’est pas un taux : un portrait compare des taux"
        )
