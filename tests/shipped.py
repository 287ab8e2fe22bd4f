"""The requests of every figure that is shipped, and of those that a visitor makes most."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from atlas.figures.common.context import FigureContext
from atlas.figures.common.request import FigureRequest
from atlas.figures.comparison.request import ComparisonRequest
from atlas.figures.corridors.request import VIEWS, CorridorRequest, CorridorsRequest
from atlas.figures.curve.request import CurveRequest
from atlas.figures.key_figures.request import KeyFiguresRequest
from atlas.figures.map.request import MapRequest, RankingRequest
from atlas.figures.profile.request import PeerBarsRequest, StripRequest
from atlas.figures.timeline.request import TimelineRequest
from atlas.figures.two_dates.request import EvolutionRequest, TwoMapsRequest
from atlas.publications.dossier_blocks import block_request
from atlas.settings import read_settings

SETTINGS, _ = read_settings(Path(__file__).parents[1])
RATE, DOCUMENTS = "activation_rate", "documents_deposited"
Ask = Callable[[FigureContext], FigureRequest]


def _always(request: FigureRequest) -> Ask:
    return lambda context: request


def _shipped() -> Iterator[tuple[str, Ask]]:
    for key, page in SETTINGS.comparisons.items():
        for indicator in page.indicators:
            yield (
                f"{key}/{indicator}",
                _always(ComparisonRequest(indicator=indicator, comparison=key)),
            )
    for key, dossier in SETTINGS.dossiers.items():
        for place, block in enumerate(dossier.blocks):
            if block.kind in ("map", "corridors", "curve", "comparison"):
                yield (
                    f"{key}/{place}-{block.kind}",
                    lambda context, d=dossier, b=block: block_request(context, d, b),
                )
    yield "courbe", _always(CurveRequest(indicator=SETTINGS.display.national_curve))


# Every comparison and dossier of config.yaml, and the national curve.
SHIPPED: dict[str, Ask] = dict(_shipped())
FRANCE = MapRequest(indicator=RATE, period="2025-12")
AQUITAINE = MapRequest(indicator=RATE, territory="REG-75", period="2025-12")
VISITED: dict[str, FigureRequest] = {
    "france": FRANCE,
    "caisses": MapRequest(indicator=RATE, period="2025-12", level="caisses"),
    "écarts": MapRequest(indicator=RATE, period="2025-12", level="regions", measure="gap"),
    "évolutions": MapRequest(
        indicator=RATE, territory="REG-75", period="2025-12", measure="change"
    ),
    "aquitaine": MapRequest(
        indicator=RATE, territory="REG-75", period="2025-12", highlighted="DEP-64"
    ),
    "classement": RankingRequest(indicator=RATE, territory="REG-75", period="2025-12"),
    "territoires": CorridorRequest(indicator=DOCUMENTS, corridor="biologie"),
    "croissances": CorridorsRequest(indicator=DOCUMENTS, territory="REG-93", period="2024"),
    "couloirs-paca-france": CorridorsRequest(
        indicator=DOCUMENTS, territory="REG-93+FR", period="2024", highlighted="REG-93"
    ),
    "quantiles": MapRequest(
        indicator=RATE, territory="REG-75", period="2025-12", classes="quantiles"
    ),
    "bande": StripRequest(indicator=RATE, territory="DEP-40", period="2025-12", peers="voisins"),
    "comparateurs": PeerBarsRequest(
        indicator=RATE, territory="DEP-40", period="2025-12", peers="population"
    ),
    "deux-dates": TwoMapsRequest(indicator=RATE, period="2025-12", compared_to="2024-12"),
    "évolution": EvolutionRequest(indicator=RATE, period="2025-12", compared_to="2024-12"),
    "chiffres-clés": KeyFiguresRequest(territory="REG-75", period="2025-12"),
    "chiffres-clés-corse": KeyFiguresRequest(dossier="corse-2026"),
    "frise": TimelineRequest(),
}
# Asked of the invented data set, which alone has a value for each territory.
INVENTED: dict[str, FigureRequest] = {
    **{
        f"fictif-couloirs-{view}": CorridorsRequest(
            indicator=DOCUMENTS, territory="REG-75", period="2025", view=view
        )
        for view in VIEWS
    },
    "fictif-chiffres-clés": KeyFiguresRequest(territory="DEP-2A"),
    "fictif-france": FRANCE,
    "fictif-île-de-france": MapRequest(indicator=RATE, territory="REG-11", period="2025-12"),
    "fictif-classement": RankingRequest(indicator=RATE, territory="REG-84", period="2025-12"),
    "fictif-bande": StripRequest(
        indicator=RATE, territory="DEP-77", period="2025-12", peers="voisins"
    ),
    "fictif-deux-dates": TwoMapsRequest(
        indicator=RATE,
        territory="REG-75",
        period="2025-12",
        compared_to="2024-12",
        highlighted="DEP-64",
    ),
}
